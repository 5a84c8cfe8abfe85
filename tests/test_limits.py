"""What no document may cost: each limit is told, and nothing of such a document is checked or changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from citecheck import CitecheckError, lint
from citecheck.cli import status
from citecheck.engine.fixing import Read
from citecheck.execution.rewriting import RewriteResult, rewrite_inputs, save
from citecheck.files.decoding import Input
from citecheck.limits import LARGEST, MOST_FINDINGS, MOST_MARKERS, check_size, within_limits
from citecheck.model.document import Document
from citecheck.model.results import Result
from citecheck.model.settings import Settings
from tests.benchmarks.memory import COMMANDS, MEBIBYTE, SHAPES, taken

REPEATED = "Boils [1][1].\n\n## Sources\n\n[1] Thermometry for kitchens, 2019, p. 3.\n"


@pytest.mark.parametrize("command", ["check", "check --fix", "renumber", "inspect"])
def test_too_many_markers_are_told_and_nothing_is_changed(command: str, tmp_path: Path) -> None:
    """In a process of its own: in one that is large already, the memory may be what is told first."""
    text = "[1]" * (MOST_MARKERS + 1)
    (tmp_path / "many.md").write_text(text, encoding="utf-8")
    line = [sys.executable, "-m", "citecheck", *command.split(), "many.md"]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    told = "many.md: not checked: it has more than 100,000 brackets and superscript numbers that may be markers"
    assert (2, f"citecheck: {told}; split it, or exclude it with --exclude\n") == (done.returncode, done.stderr)
    assert text == (tmp_path / "many.md").read_text(encoding="utf-8")


def test_others_are_checked_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("many.md").write_text("[1]" * (MOST_MARKERS + 1), encoding="utf-8")
    Path("sound.md").write_text(REPEATED, encoding="utf-8")
    assert 2 == status(["check", "--format", "concise"])
    told = capsys.readouterr()
    assert "sound.md:1:10: CC107" in told.out
    assert told.err.startswith("citecheck: many.md: not checked: it ")


def test_too_many_findings_are_told_in_a_program_too() -> None:
    text = (
        "Salt [1], [2].\n\n"
        + "Salt is [7]. " * (MOST_FINDINGS + 1)
        + "\n\n## Sources\n\n[1] Salts, 1901.\n[2] Pans, 1902.\n"
    )
    with pytest.raises(CitecheckError, match=r"^it has more than 20,000 findings$"):
        lint(text)


def test_the_size_limit_is_met_to_the_byte() -> None:
    check_size("a.md", LARGEST)
    with pytest.raises(CitecheckError, match=r"^a\.md: not checked: it has more than 8,388,608 bytes; "):
        check_size("a.md", LARGEST + 1)


@pytest.mark.skipif(not hasattr(__import__("signal"), "setitimer"), reason="nothing interrupts here")
def test_the_time_limit_covers_fixing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citecheck.limits.LONGEST", 0.3)
    path = tmp_path / "a.md"
    path.write_text(REPEATED, encoding="utf-8")

    def endless(document: Document, settings: Settings, read: Read) -> RewriteResult:
        while True:
            read(document.text)

    (outcome,) = rewrite_inputs([Input(str(path), "markdown")], endless, save)
    told = f"{path}: not checked: it takes longer than 0 seconds; split it, or exclude it with --exclude"
    assert Result.unreadable(str(path), told) == outcome.result
    assert REPEATED == path.read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="nothing tells how much memory there is")
def test_what_no_count_foresees_ends_at_the_limit_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citecheck.limits.MOST_MEMORY", 1)
    kept: list[bytes] = []

    def hoard() -> None:
        with within_limits("a.md", 1):
            for _ in range(10_000):
                kept.append(bytes(100_000))
                sum(range(10_000))

    with pytest.raises(CitecheckError, match=r"^a\.md: not checked: it takes more than 0 MiB of memory; "):
        hoard()
    assert len(kept) < 10_000


@pytest.mark.skipif(not hasattr(__import__("os"), "wait4"), reason="nothing accounts for processes here")
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("size", "command"), [(MEBIBYTE // 8, "--fix"), (8 * MEBIBYTE, "check")])
def test_hostile_texts_take_little_memory(shape: str, size: int, command: str, tmp_path: Path) -> None:
    """In small; `python -m tests.benchmarks.memory` has all sizes."""
    cost = taken(SHAPES[shape], size, COMMANDS[command], tmp_path)
    assert cost.is_bounded, cost
