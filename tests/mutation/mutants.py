"""Small faults in a module: each a change of one node of its syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import Final, NamedTuple

_COMPARED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_REACHED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_FUNCTIONS: Final = (ast.FunctionDef, ast.Lambda)
_TESTED: Final = (ast.If, ast.IfExp, ast.While, ast.comprehension)


class _Change(NamedTuple):
    kind: str
    old: ast.AST
    new: ast.AST


class Mutant(NamedTuple):
    """A statement of a module with a fault: the line it is on, and one node that gives way to another."""

    original: ast.stmt
    line: int
    change: _Change

    def statement(self) -> ast.stmt:
        """The faulty statement: a copy, but for the node that is new."""
        _, old, new = self.change
        faulty: ast.stmt = copy.deepcopy(self.original, {id(old): ast.copy_location(new, old)})
        return ast.fix_missing_locations(faulty)


def mutants(source: str) -> Iterator[Mutant]:
    """Every fault that can be put into a module's functions, and into the numbers beside them."""
    tree = ast.parse(source)
    done = _done_at_import(tree)
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef) and statement.name in done:
            continue
        silent = set(_unread(statement))
        line = statement.lineno
        for node in ast.walk(statement):
            line = getattr(node, "lineno", line)
            if node in silent:
                silent.update(ast.iter_child_nodes(node))
            else:
                yield from (Mutant(statement, line, change) for change in _changes(node))


def _changes(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.Constant):
        yield from _constant(node)
    else:
        yield from _operator(node)
        yield from _statement(node)
    if isinstance(node, _TESTED):
        yield from _test(node)


def _unread(statement: ast.stmt) -> Iterator[ast.AST]:
    """What no test could see: docstrings, annotations, imports, decorators, `strict`; words outside functions: data.

    Nor what is read once, as the module is: the defaults of fields and arguments.
    """
    within = {inner for node in ast.walk(statement) if isinstance(node, _FUNCTIONS) for inner in ast.walk(node)}
    for node in ast.walk(statement):
        words = isinstance(node, ast.Constant) and not isinstance(node.value, int) and node not in within
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if words or docstring or isinstance(node, (ast.Import, ast.ImportFrom)) or _is_for_types(node):
            yield node
        elif isinstance(node, (ast.AnnAssign, ast.arg)) and node.annotation:
            yield node.annotation
        elif isinstance(node, ast.FunctionDef):
            yield from (node.returns, *node.decorator_list) if node.returns else node.decorator_list
        elif isinstance(node, ast.arguments):
            yield from (default for default in (*node.defaults, *node.kw_defaults) if default)
        elif isinstance(node, ast.ClassDef):
            yield from node.decorator_list
            yield from (
                each.value for each in node.body if isinstance(each, (ast.Assign, ast.AnnAssign)) and each.value
            )
        elif isinstance(node, ast.keyword) and node.arg == "strict":  # asserts what holds anyway
            yield node


def _done_at_import(tree: ast.Module) -> set[str]:
    """The private functions that are called as the module is read, and named nowhere else: nobody calls them again."""
    within = {inner for node in ast.walk(tree) if isinstance(node, _FUNCTIONS) for inner in ast.walk(node)}
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call) and node not in within}
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id.startswith("_")]
    return {name.id for name in names if name in called} - {name.id for name in names if name not in called}


def _is_for_types(node: ast.AST) -> bool:
    """Whether the words are for the type checker alone."""
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("cast", "TypeVar")


def _constant(node: ast.Constant) -> Iterator[_Change]:
    value = node.value
    if isinstance(value, bool):
        yield _Change("truth", node, ast.Constant(not value))
    elif isinstance(value, int):
        yield _Change("number", node, ast.Constant(value + 1))
    elif isinstance(value, str) and value:
        yield _Change("words", node, ast.Constant(f"XX{value}"))


def _operator(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARED:
        yield _Change("comparison", node.ops[0], _COMPARED[type(node.ops[0])]())
    elif isinstance(node, ast.BinOp) and type(node.op) in _REACHED:
        yield _Change("arithmetic", node.op, _REACHED[type(node.op)]())
    elif isinstance(node, ast.BoolOp):
        for place in range(len(node.values)):
            rest = node.values[:place] + node.values[place + 1 :]
            kind = f"condition {place + 1} dropped"
            yield _Change(kind, node, rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield _Change("not dropped", node, node.operand)


def _statement(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value):
        yield _Change("nothing returned", node.value, ast.Constant(None))
    elif isinstance(node, ast.Continue):
        yield _Change("break for continue", node, ast.Break())
    elif isinstance(node, ast.Break):
        yield _Change("continue for break", node, ast.Continue())
    elif isinstance(node, (ast.Expr, ast.AugAssign)):
        yield _Change("statement dropped", node, ast.Pass())


def _test(node: ast.If | ast.IfExp | ast.While | ast.comprehension) -> Iterator[_Change]:
    for test in node.ifs if isinstance(node, ast.comprehension) else [node.test]:
        yield _Change("condition turned round", test, ast.UnaryOp(ast.Not(), test))


def _is_nothing(node: ast.expr) -> bool:
    """Whether a result is None, or is as good as that to whoever asks whether something is so."""
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)
