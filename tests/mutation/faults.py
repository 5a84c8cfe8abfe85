"""A fault put into a module of a running program."""

from __future__ import annotations

import ast
import functools
import gc
import importlib
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Final, TypeVar

from tests.mutation.mutants import Mutant

_Kind = TypeVar("_Kind")
_NEVER_FAULTY: Final = "citecheck.rulebook.pages"  # and to read all the pages again takes long


def put_in(name: str, mutant: Mutant) -> None:
    """Makes a statement of a module faulty, wherever the program already holds what came of it."""
    module = importlib.import_module(name.removesuffix(".__init__"))
    statement = mutant.statement()
    code = compile(ast.Module([statement], []), str(module.__file__), "exec")
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        _replace_functions(module, code)
    else:
        _replace_values(module, code)
    for cached in _all(functools._lru_cache_wrapper):
        if cached.__module__.startswith(("citecheck", "tests")) and cached.__module__ != _NEVER_FAULTY:
            cached.cache_clear()


def _replace_functions(module: ModuleType, code: CodeType) -> None:
    """Gives the functions the faulty code; whoever calls them, by whatever name, runs it."""
    faulty = {(inner.co_qualname, inner.co_firstlineno): inner for inner in _within(code)}
    for function in _all(FunctionType):
        if function.__module__ == module.__name__:
            old = function.__code__
            new = faulty.get((old.co_qualname, old.co_firstlineno))
            if new is not None and new.co_freevars == old.co_freevars:
                function.__code__ = new


def _within(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _within(constant)


def _replace_values(module: ModuleType, code: CodeType) -> None:
    """Gives the module, and whoever imported it from there, the faulty value of a name."""
    before = vars(module).copy()
    after = before.copy()
    exec(code, after)
    for name in before:
        if after[name] is not before[name]:
            for other in list(sys.modules.values()):
                if vars(other).get(name) is before[name]:
                    setattr(other, name, after[name])


def _all(kind: type[_Kind]) -> list[_Kind]:
    return [thing for thing in gc.get_objects() if type(thing) is kind]
