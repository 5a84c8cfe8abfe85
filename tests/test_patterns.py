"""Compiled patterns, kept from run to run: never trusted when odd, never in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOUND = "Boils [1].\n\n## Sources\n\n[1] Thermometry for kitchens, 2019, p. 3.\n"

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="nothing tells whose a file is")


def check(folder: Path, home: Path) -> str:
    """What the command says of a folder, with a home of its own."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "XDG_CACHE_HOME": str(home / ".cache")}
    environment |= {"HOME": str(home)}
    command = [sys.executable, "-m", "citecheck", "check", "--no-cache"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with a document, and the home of whoever checks it."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(SOUND, encoding="utf-8")
    (tmp_path / "home").mkdir()
    return tmp_path / "docs", tmp_path / "home"


def kept(home: Path) -> Path:
    """The file of kept patterns, on Linux and on macOS."""
    (found,) = [*home.glob(".cache/citecheck/patterns-*"), *home.glob("Library/Caches/citecheck/patterns-*")]
    return found


def test_patterns_are_kept_for_the_user_alone(folders: tuple[Path, Path]) -> None:
    expected = check(*folders)
    file = kept(folders[1])
    assert 0o600 == file.stat().st_mode & 0o777
    before = file.stat().st_mtime_ns
    assert expected == check(*folders)
    assert before == file.stat().st_mtime_ns  # nothing was compiled anew


@pytest.mark.parametrize("size", [0, 3, 4, 100, -1])
def test_a_damaged_file_counts_for_nothing(size: int, folders: tuple[Path, Path]) -> None:
    expected = check(*folders)
    file = kept(folders[1])
    whole = file.stat().st_size
    file.write_bytes(file.read_bytes()[:size])
    assert expected == check(*folders)
    assert whole == file.stat().st_size


def test_what_others_may_write_is_not_read(folders: tuple[Path, Path]) -> None:
    expected = check(*folders)
    kept(folders[1]).chmod(0o666)
    assert expected == check(*folders)
    assert 0o600 == kept(folders[1]).stat().st_mode & 0o777


def test_a_cache_folder_that_is_none_is_no_error(folders: tuple[Path, Path]) -> None:
    docs, home = folders
    (home / ".cache").write_text("a file", encoding="utf-8")
    assert "no faults found" in check(docs, home)
