"""Inputs that once broke something, replayed; the beginning of a file's name is the target that it broke."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzzing.targets import TARGETS

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.suffix != ".md")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
@pytest.mark.parametrize("target", TARGETS)
def test_what_was_broken_holds(path: Path, target: str) -> None:
    TARGETS[target](path.read_bytes())
