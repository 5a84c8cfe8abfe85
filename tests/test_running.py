"""How a run goes: several reports at once, files, statistics, watching, progress."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from citecheck.cli import status
from tests.processes import ENVIRONMENT, interruptible

SOUND = "Boils [1].\n\n## Sources\n\n[1] Thermometry for kitchens, 2019, p. 3.\n"
FAULTY = SOUND.replace("Boils [1]", "Boils [1], freezes [3]")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder of two documents: its status, and what it prints."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sound.md").write_text(SOUND, encoding="utf-8")
    (tmp_path / "faulty.md").write_text(FAULTY, encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str, str]:
        code = status(["check", *arguments])
        return code, *capsys.readouterr()

    return run


def test_several_reports_are_written_at_once(run: Run) -> None:
    formats = ("--format", "concise", "--format", "sarif:out.sarif", "--format", "gitlab:gitlab.json")
    code, out, _ = run(*formats)
    assert 1 == code
    assert "faulty.md:1:20: CC101 [error] no source is numbered 3\n" in out
    (sarif,) = json.loads(Path("out.sarif").read_text(encoding="utf-8"))["runs"]
    (issue,) = json.loads(Path("gitlab.json").read_text(encoding="utf-8"))
    assert ("CC101", "CC101") == (sarif["results"][0]["ruleId"], issue["check_name"])


def test_a_report_goes_to_a_file(run: Run) -> None:
    assert (1, "", "") == run("--format", "json", "--output", "out.json")
    assert 1 == json.loads(Path("out.json").read_text(encoding="utf-8"))["summary"]["errors"]


@pytest.mark.parametrize("words", [["--format", "json", "--output", "a/b/out.json"], ["--format", "json:a/b/out.json"]])
@pytest.mark.parametrize("repository", [False, True])
def test_the_folder_of_a_report_is_made(run: Run, words: list[str], repository: bool) -> None:
    if repository:
        Path(".git").mkdir()
    assert (1, "", "") == run(*words)
    assert 1 == json.loads(Path("a/b/out.json").read_text(encoding="utf-8"))["summary"]["errors"]


@pytest.mark.parametrize("repository", [False, True])
@pytest.mark.parametrize("file", ["out/a/b.json", "out/b.json", "deep/out/a/b.json", "deep/../out/a/b.json"])
def test_no_folder_is_made_outside_through_a_link(
    run: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, file: str, repository: bool
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (tmp_path / "deep").mkdir()
    (tmp_path / "out").symlink_to(outside)
    (tmp_path / "deep" / "out").symlink_to(outside)
    if repository:
        (tmp_path / ".git").mkdir()
    elif file == "out/b.json":
        return  # the folder that was named is there: what is written stays inside of it
    code, out, err = run("--format", "json", "--output", file)
    assert (2, "", 1) == (code, out, err.count("\n"))
    assert f"citecheck: {file}: is a link that points outside {tmp_path}; name the report by its real path" in err
    assert [] == list(outside.iterdir())


@pytest.mark.parametrize("file", ["folder", "folder/", "new/"])
def test_no_report_takes_the_place_of_a_folder(run: Run, tmp_path: Path, file: str) -> None:
    (tmp_path / "folder").mkdir()
    assert (2, "", f"citecheck: {file}: is a folder; name a file in it for the report\n") == run("--output", file)
    assert not (tmp_path / "new").exists()


def test_a_report_below_a_file_is_one_line(run: Run) -> None:
    code, out, err = run("--output", "sound.md/out.txt")
    assert (2, "", 1) == (code, out, err.count("\n"))
    assert err.startswith("citecheck: sound.md/out.txt: the report cannot be written: ")


def test_two_reports_do_not_share_a_file(run: Run) -> None:
    code, _, err = run("--format", "json:out", "--format", "sarif:out")
    assert 2 == code
    assert err.startswith("citecheck: two reports cannot both go to out; ")


def test_statistics_count_by_rule(run: Run) -> None:
    Path("more.md").write_text(FAULTY.replace("[1],", "[1][1],"), encoding="utf-8")
    expected = """\
2  67 %  CC101  undefined-marker   error    2 documents
1  33 %  CC107  repeated-citation  warning  1 document   1 fixable

3 documents, 6 markers, 3 sources: 2 errors, 1 warning
1 fixable with --fix
"""
    assert (1, expected, "") == run("--statistics")
    code, out, err = run("--statistics", "--format", "json", "gone.md", ".")
    told = json.loads(out)
    assert (2, "citecheck: no such file or folder: gone.md\n") == (code, err)
    assert (3, "gone.md") == (told["summary"]["documents"], told["unread"][0]["message"].rpartition(" ")[2])
    assert {
        "code": "CC107",
        "rule": "repeated-citation",
        "severity": "warning",
        "findings": 1,
        "percent": 33.3,
        "documents": 1,
        "safe_fixes": 1,
        "unsafe_fixes": 0,
        "url": None,
    } == told["statistics"][1]
    assert (1, "", "") == run("--statistics", "--format", "json:counts.json", "--format", "text", "--output", "counts")
    assert told["statistics"] == json.loads(Path("counts.json").read_text(encoding="utf-8"))["statistics"]
    assert expected == Path("counts").read_text(encoding="utf-8")
    message = "citecheck: no format of --statistics is called 'sarif'; choose from text, json\n"
    assert (2, "", message) == run("--statistics", "--format", "sarif")


def test_files_are_shown(run: Run) -> None:
    assert (0, "faulty.md\nsound.md\n", "") == run("--show-files")
    assert (0, "sound.md\n", "") == run("--show-files", "--exclude", "faulty.md")


def test_what_cannot_be_watched_ends_the_run(run: Run) -> None:
    assert (2, "", "citecheck: standard input cannot be watched\n") == run("--watch", "-")
    assert (2, "", "citecheck: no such file or folder: gone.md\n") == run("--watch", "gone.md")


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_watching_checks_again_when_something_changes(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    command = [sys.executable, "-u", "-m", "citecheck", "check", "--watch", "--format", "concise"]
    with interruptible(command, tmp_path) as process:
        assert process.stdout
        told = until_watching(process)
        assert "a.md:1:20: CC101 [error] no source is numbered 3" in told
        time.sleep(1)  # until the watcher is in place
        (tmp_path / "a.md").write_text(SOUND, encoding="utf-8")
        assert "1 document, 1 marker, 1 source: no faults found" in until_watching(process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert (130, "") == (process.returncode, err)


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals")
def test_watching_clears_the_terminal_and_says_when(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    (tmp_path / "a.md").write_text(SOUND, encoding="utf-8")
    (tmp_path / "house.toml").write_text('ignore = ["CC101"]\n', encoding="utf-8")
    terminal, end = os.openpty()
    command = [sys.executable, "-m", "citecheck", "check", "--watch", "--config", "house.toml", "--color", "never"]
    environment = {**ENVIRONMENT, "TERM": "xterm"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=end, stderr=end) as process:
        os.close(end)
        try:
            first = until(terminal, b"Ctrl+C ends it")
            time.sleep(1)  # until the watcher is in place
            (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
            second = until(terminal, b"Ctrl+C ends it")
            (tmp_path / "house.toml").write_text("", encoding="utf-8")
            third = until(terminal, b"Ctrl+C ends it")
        finally:
            process.kill()
            os.close(terminal)
    for shown in (first, second, third):
        assert shown.lstrip(b"\r\n").startswith(b"\x1b[2J")
        assert re.search(rb"checked at \d\d:\d\d:\d\d; watching, Ctrl", shown)
    assert [b"no faults found" in shown for shown in (first, second, third)] == [True, True, False]


def until(terminal: int, end: bytes) -> bytes:
    """What a terminal shows up to some words."""
    shown = b""
    while not shown.endswith(end):
        shown += os.read(terminal, 1)
    return shown


def until_watching(process: subprocess.Popen[str]) -> list[str]:
    """The lines that a watching run prints, until it waits for a change."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        if "; watching, Ctrl+C ends it" in line:
            break
        lines.append(line.rstrip("\n"))
    return lines


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals")
def test_long_runs_show_their_progress_on_a_terminal_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from citecheck.cli.commands import progress
    from citecheck.model.results import Result, Summary

    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    results = [Result(f"{number}.md", (), Summary()) for number in range(3)]
    assert results == list(progress.watched(iter(results), 3))
    assert "" == capfd.readouterr().err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert results == list(progress.watched(iter(results), 3))
    assert "checking" in capfd.readouterr().err


def test_what_is_no_file_is_skipped_with_a_word(run: Run) -> None:
    Path("\x1b[31mgone.md").symlink_to("nothing.md")
    _, out, err = run("--format", "concise", "--quiet")
    assert "citecheck: \\x1b[31mgone.md: is a link to nothing, and is skipped\n" == err
    assert "faulty.md:1:20: CC101 [error] no source is numbered 3\n" == out
