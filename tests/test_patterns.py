"""Patterns are compiled when they are needed, and by nobody but the process that needs them."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import zlib
from pathlib import Path

import regex

import citecheck

SOUND = "Boils [1].\n\n## Sources\n\n[1] Thermometry for kitchens, 2019, p. 3.\n"
PACKAGE = Path(citecheck.__file__).parent


def test_no_code_comes_out_of_a_folder_that_a_checkout_can_bring(tmp_path: Path) -> None:
    """HOME and XDG_CACHE_HOME may lie in a repository; what stands there is neither read nor changed."""
    (tmp_path / "a.md").write_text(SOUND, encoding="utf-8")
    brought = tmp_path / ".cache" / "citecheck" / f"patterns-{sys.implementation.cache_tag}-{regex.__version__}"
    brought.parent.mkdir(parents=True)
    data = b"{" + b"\xff" * 400  # of marshal: a table of nonsense
    brought.write_bytes(zlib.crc32(data).to_bytes(4, "big") + data)
    brought.chmod(0o600)
    before = brought.read_bytes(), brought.stat().st_mtime_ns
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "HOME": str(tmp_path)}
    environment |= {"XDG_CACHE_HOME": str(tmp_path / ".cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "citecheck", "check", "--no-cache", "a.md"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert ("1 document, 1 marker, 1 source: no faults found\n", "") == (done.stdout, done.stderr)
    assert before == (brought.read_bytes(), brought.stat().st_mtime_ns)
    assert ["a.md", brought.name] == sorted(each.name for each in tmp_path.rglob("*") if each.is_file())


def test_nothing_that_is_read_can_be_code() -> None:
    risky = {"marshal", "pickle", "shelve", "dbm", "copyreg", "runpy", "code", "eval", "exec", "compile", "__import__"}
    own = {"arrow/isolation.py", "arrow/worker.py"}  # which pickle for a process of their own, through its pipe
    for file in (each for each in PACKAGE.rglob("*.py") if each.relative_to(PACKAGE).as_posix() not in own):
        nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
        imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        imported |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
        called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        assert set() == (imported | called) & risky, file.name
