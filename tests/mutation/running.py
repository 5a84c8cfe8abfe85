"""The tests, run in a process of its own in which one module of citecheck is not as it was written."""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

TESTS: Final = (  # what sees most is asked first
    *("test_rules.py", "tokenizer", "test_entries.py", "test_claims.py", "test_checks.py", "test_written.py"),
    *("test_leaked_tokens.py", "test_boilerplate.py", "test_addresses.py", "test_identifiers.py"),
    *("test_directives.py", "test_fixes.py", "test_renumber.py", "test_examples.py"),
    *("test_fix_properties.py", "test_properties.py"),
)
_OPTIONS: Final = ("-x", "-q", "--no-header", "--tb=no", "-p", "no:xdist", "-p", "no:cacheprovider", "-p", "no:logging")
_OWN: Final = ("citecheck", "tests")
_STUCK: Final = 120  # seconds of a processor; a run without a fault takes a sixth


class _Faulty(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds one module, and loads it from a syntax tree."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self._name = name
        self._path = path
        self._tree = tree

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        package = self._path.name == "__init__.py"
        inside = [str(self._path.parent)] if package else None
        return importlib.util.spec_from_file_location(
            fullname, self._path, loader=self, submodule_search_locations=inside
        )

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._tree, self._path, "exec"), module.__dict__)


def warmed_up(root: Path) -> bool:
    """Whether the tests pass without a fault; libraries and patterns are ready then for the runs that follow."""
    passed = _pytest(root) == pytest.ExitCode.OK
    for name in list(sys.modules):
        if name.partition(".")[0] in _OWN and name != "tests" and not name.startswith("tests.mutation"):
            del sys.modules[name]
    return passed


def start(root: Path, path: Path, tree: ast.Module) -> int:
    """Runs the tests with a fault in one module; the number of the process, whose status is 0 where none failed."""
    child = os.fork()
    if child:
        return child
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (_STUCK, _STUCK + 5))
        relative = path.relative_to(root).with_suffix("")
        name = ".".join(relative.parts[:-1] if relative.name == "__init__" else relative.parts)
        sys.meta_path.insert(0, _Faulty(name, path, tree))
        os._exit(_pytest(root))
    except BaseException:
        os._exit(99)


def _pytest(root: Path) -> int:
    os.environ["CITECHECK_EXAMPLES"] = "20"
    silence, kept = os.open(os.devnull, os.O_WRONLY), (os.dup(1), os.dup(2))
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        return int(pytest.main([*_OPTIONS, "--hypothesis-seed=1", *(str(root / "tests" / test) for test in TESTS)]))
    finally:
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
