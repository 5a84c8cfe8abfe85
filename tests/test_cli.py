"""The command from end to end: what it prints, where, and its exit status."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from citecheck import __version__, readers
from citecheck.cli import status
from citecheck.reports import REPORTS
from citecheck.rulebook.pages import rules
from tests.processes import interruptible

SOUND = "Boils [1].\n\n## Sources\n\n[1] Thermometry for kitchens, 2019.\n"
FAULTY = SOUND.replace("Boils [1]", "Boils [1], freezes [3]")
DOUBTFUL = SOUND.replace("[1].", "[1][1].")


@dataclass(frozen=True)
class Run:
    """What a run of the command came to."""

    status: int
    out: str
    err: str


Command = Callable[..., Run]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """The command, run in this process in a folder of three documents."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"sound.md": SOUND, "faulty.md": FAULTY, "doubtful.md": DOUBTFUL}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def run(*arguments: str) -> Run:
        code = status(arguments)
        return Run(code, *capfd.readouterr())

    return run


def command(
    *arguments: str, folder: Path, input: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The command, run as users do."""
    return subprocess.run(
        [sys.executable, "-m", "citecheck", *arguments],
        cwd=folder,
        input=input,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **environment},
    )


def test_the_command_checks_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "faulty.md").write_text(FAULTY, encoding="utf-8")
    done = command("check", folder=tmp_path)
    expected = """\
faulty.md
  1:20 error: no source is numbered 3  CC101 undefined-marker
    1 | Boils [1], freezes [3].
      |                    ^^^

1 document, 2 markers, 1 source: 1 error
more on the rule: citecheck rule CC101
"""
    assert (1, expected, b"") == (done.returncode, done.stdout.decode(), done.stderr)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["sound.md"], 0),
        (["faulty.md"], 1),
        (["doubtful.md"], 0),
        (["doubtful.md", "--fail-on", "warning"], 1),
        (["doubtful.md", "--fail-on", "info"], 1),
        (["faulty.md", "--exit-zero"], 0),
        (["faulty.md", "--ignore", "CC101"], 0),
        (["faulty.md", "--ignore", "CC102,undefined-marker"], 0),
        (["faulty.md", "--select", "CC102", "--select", "CC103"], 0),
        (["faulty.md", "--exclude", "faulty.md"], 0),
        (["faulty.md", "missing.md"], 2),
        (["missing.md", "--exit-zero"], 2),
    ],
)
def test_the_exit_status_tells_what_was_found(run: Command, arguments: list[str], expected: int) -> None:
    assert expected == run("check", *arguments).status


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "--select", "CC9O1"], "no rule is called 'CC9O1'; did you mean 'CC901'?"),
        (["check", "--ignore", "unused-sorce"], "no rule is called 'unused-sorce'; did you mean 'unused-source'?"),
        (["check", "--format", "jsn"], "no format is called 'jsn'; did you mean 'json'?"),
        (["check", "--as", "markdwn"], "no format is called 'markdwn'; did you mean 'markdown'?"),
        (["check", "--fail-on", "eror"], "no severity is called 'eror'; did you mean 'error'?"),
        (["check", "--color", "allways"], "no choice of colour is called 'allways'; did you mean 'always'?"),
        (["check", "--language", "german"], "no language is called 'german'; give a code of ISO 639, such as 'de'"),
        (
            ["check", "--select", "CC101", "--ignore", "CC1"],
            "no rule is left to check: all that is selected is ignored",
        ),
        (["check", "--exclude", "[z-a]"], "'[z-a]' is not a valid glob; use the form of a .gitignore"),
        (["check", "--fail-on", "x"], "no severity is called 'x'; choose from error, warning, info"),
        (["check", "--format", "xml"], f"no format is called 'xml'; choose from {', '.join(REPORTS)}"),
        (["check", "--baseline", "/nope/x"], "/nope/x: the baseline cannot be read: No such file or directory"),
        (["baseline", "--baseline", "/nope/x"], "/nope/x: the baseline cannot be written: No such file or directory"),
        (["check", "suond.md"], "no such file or folder: suond.md; did you mean sound.md?"),
        (["check", "--formt", "json"], "no such option: --formt; did you mean --format?"),
        (["check", "sound.txt"], "no such file or folder: sound.txt; did you mean sound.md?"),
        (["check", "suond.txt"], "no such file or folder: suond.txt"),
        (["check", "mound.md"], "no such file or folder: mound.md; did you mean sound.md?"),
        (["check", "gone.md"], "no such file or folder: gone.md"),
        (["inspect", "sound"], "no such file or folder: sound; did you mean sound.md?"),
        (["check", "--select", "F401"], "no rule is called 'F401'; `citecheck rules` lists those that there are"),
        (["rule", "MD013"], "no rule is called 'MD013'; `citecheck rules` lists those that there are"),
        (["chek"], "no such command 'chek'; did you mean 'check'?"),
        (["inspect", "suond.md"], "no such file or folder: suond.md; did you mean sound.md?"),
        (
            ["inspect", "--why", "x", "sound.md"],
            "--why 'x' is no place; write a line, 12, or a line and a column, 12:3",
        ),
        (["inspect", "--why", "99", "sound.md"], "no source is at 99; `citecheck inspect` shows where sources are"),
        (["inspect", "--format", "concise"], "no format is called 'concise'; choose from text, json"),
        (["rule", "CC9O1"], "no rule is called 'CC9O1'; did you mean 'CC901'?"),
        (["rule"], "missing argument 'RULE'"),
    ],
    ids=lambda case: " ".join(case) if isinstance(case, list) else "",
)
def test_what_is_unknown_is_one_line_with_the_nearest(run: Command, arguments: list[str], message: str) -> None:
    answer = run(*arguments)
    assert (2, f"citecheck: {message}\n") == (answer.status, answer.err)


ADDING = "--fix --unsafe-fixes --diff --changed-lines --update-baseline --statistics --watch --format=json --output=a"
QUARRELS = [("--add-ignores", other) for other in [*ADDING.split(), "--since=HEAD", "--baseline=a", "--fixable=CC1"]]
QUARRELS += [("--diff", other) for other in ("--format=json", "--output=a", "--statistics")]
QUARRELS += [("--diff", other) for other in ("--fail-on=info", "--exit-zero", "--max-warnings=1", "--update-baseline")]
QUARRELS += [("--show-files", other) for other in ("--fix", "--diff", "--changed-lines", "--watch")]
QUARRELS += [("--exit-zero", "--max-warnings=3")]
QUARRELS += [("--fix", "--update-baseline"), ("--no-baseline", "--baseline=a"), ("--no-baseline", "--update-baseline")]


@pytest.mark.parametrize(("deciding", "other"), QUARRELS)
def test_no_option_is_passed_over_for_another(run: Command, tmp_path: Path, deciding: str, other: str) -> None:
    answer = run("check", "faulty.md", deciding, other)
    message = f"citecheck: {other.split('=')[0]} cannot be combined with {deciding}; remove one of them\n"
    assert (2, "", message) == (answer.status, answer.out, answer.err)
    assert FAULTY == (tmp_path / "faulty.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--unsafe-fixes"], "--unsafe-fixes does nothing without --fix or --diff"),
        (["--fixable", "CC1"], "--fixable does nothing without --fix or --diff"),
        (["--unfixable=CC1"], "--unfixable does nothing without --fix or --diff"),
        (
            ["--update-baseline"],
            "--update-baseline does nothing without a baseline; `citecheck baseline` writes one",
        ),
        (
            ["--stdin-filename", "a.md"],
            "--stdin-filename does nothing where standard input is not read; give - for the path",
        ),
        (
            ["--format", "json:a.json", "--output", "b.json"],
            "no report is left for --output b.json: each --format has a file of its own",
        ),
    ],
    ids=lambda case: case[0] if isinstance(case, list) else "",
)
def test_no_option_does_nothing(run: Command, tmp_path: Path, words: list[str], message: str) -> None:
    answer = run("check", "faulty.md", *words)
    assert (2, "", f"citecheck: {message}\n") == (answer.status, answer.out, answer.err)
    assert {"sound.md", "faulty.md", "doubtful.md"} == set(os.listdir(tmp_path))


@pytest.mark.parametrize("command", ["renumber", "merge"])
@pytest.mark.parametrize("words", [[], ["--diff"]], ids=["", "diff"])
def test_nothing_is_rewritten_that_was_not_named(run: Command, tmp_path: Path, command: str, words: list[str]) -> None:
    text = SOUND.replace("Boils [1].", "Boils [2], dries [1].") + "[2] Kilns and their keepers, 2018.\n"
    (tmp_path / "sound.md").write_text(text, encoding="utf-8")
    answer = run(command, *words)
    message = "citecheck: name the files or folders to be changed; . is the current folder with all below it\n"
    assert (2, "", message) == (answer.status, answer.out, answer.err)
    assert text == (tmp_path / "sound.md").read_text(encoding="utf-8")
    run(command, ".")
    assert (command == "renumber") == (text != (tmp_path / "sound.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["page.html", "page.docx", "run.log", "page.MD.bak", "a."])
@pytest.mark.parametrize("command", ["check", "check --fix", "inspect", "renumber", "check --show-files", "baseline"])
def test_a_suffix_that_no_format_has_is_an_error(run: Command, tmp_path: Path, command: str, name: str) -> None:
    (tmp_path / name).write_text(SOUND, encoding="utf-8")
    answer = run(*command.split(), name)
    suffix = "." + name.rpartition(".")[2]
    known = ", ".join(readers.FORMATS)
    message = f"citecheck: {name}: no format has the suffix {suffix}; say with --as how to read it ({known})"
    assert (2, message) == (answer.status, answer.err.splitlines()[0])
    assert 0 == run(*command.split(), "--as", "markdown", name).status
    assert 0 == run(*command.split(), "--exclude", name, name).status  # as a hook needs


@pytest.mark.parametrize("name", ["README", "COMMIT_EDITMSG", ".hidden"])
def test_a_name_without_a_suffix_is_text(run: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SOUND, encoding="utf-8")
    assert (0, "") == (run("check", name).status, run("check", name).err)


def test_standard_input_has_a_name_that_a_format_has(tmp_path: Path) -> None:
    named = ["check", "-", "--stdin-filename"]
    for name, expected in {"page.html": 2, "page.md": 0, "README": 0}.items():
        done = command(*named, name, folder=tmp_path, input=SOUND.encode())
        assert (expected, name == "page.html") == (done.returncode, b"no format has the suffix .html" in done.stderr)
    assert 0 == command(*named, "page.html", "--as", "text", folder=tmp_path, input=SOUND.encode()).returncode


def test_a_folder_of_other_files_says_so(run: Command, tmp_path: Path) -> None:
    (tmp_path / "site" / "old").mkdir(parents=True)
    for name in ("a.html", "b.html", "old/c.log", "Makefile"):
        (tmp_path / "site" / name).write_text(SOUND, encoding="utf-8")
    answer = run("check", "site")
    skipped = "3 files with a suffix that no format has (.html, .log): to be read they are named, with --as"
    assert (2, f"citecheck: no documents under site; {skipped}\n") == (answer.status, answer.err)
    assert "no faults found" not in answer.out
    assert "no documents under site; 1 file with" in run("check", "site", "--exclude", "*.html").err
    (tmp_path / "site" / "d.md").write_text(SOUND, encoding="utf-8")
    assert (0, "") == (run("check", "site").status, run("check", "site").err)


@pytest.mark.parametrize("words", [["--format=json", "--output", "link.md"], ["--format", "json:./faulty.md"]])
def test_no_report_replaces_a_document(run: Command, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "link.md").symlink_to("faulty.md")
    answer = run("check", "sound.md", "faulty.md", *words)
    assert 2 == answer.status
    assert ".md: is a document to check, and a report would replace it; write the report elsewhere" in answer.err
    assert FAULTY == (tmp_path / "faulty.md").read_text(encoding="utf-8")


def test_a_family_has_no_page(run: Command) -> None:
    answer = run("rule", "CC1")
    assert 2 == answer.status
    assert re.fullmatch(r"citecheck: 'CC1' names \d+ rules: CC101, CC102, .*\n", answer.err)


def test_what_cannot_be_read_is_named_and_the_others_are_checked(run: Command, tmp_path: Path) -> None:
    (tmp_path / "broken.md").write_bytes(b"Boils \xff [1].\n")
    answer = run("check", "broken.md", "faulty.md", "--format", "concise")
    assert 2 == answer.status
    assert "citecheck: broken.md: cannot be read as text: it is not valid UTF-8 (byte 0xff at offset 6); " in answer.err
    assert [
        "faulty.md:1:20: CC101 [error] no source is numbered 3",
        "1 document, 2 markers, 1 source, 1 not read: 1 error",
    ] == answer.out.splitlines()


@pytest.mark.parametrize("format", ["text", "concise", "grouped"])
def test_where_nothing_can_be_read_one_line_says_so(run: Command, format: str) -> None:
    answer = run("check", "missing.md", "--format", format)
    assert Run(2, "", "citecheck: no such file or folder: missing.md\n") == answer
    assert "1 document, 1 marker, 1 source, 1 not read: no faults found\n" == run("check", "missing.md", "sound.md").out


def test_many_findings_are_folded_unless_all_are_wanted(run: Command, tmp_path: Path) -> None:
    text = SOUND.replace("Boils [1].", "\n\n".join(f"Boils [{number}]." for number in range(1, 30)))
    (tmp_path / "faulty.md").write_text(text, encoding="utf-8")
    folded = run("check", "faulty.md").out.splitlines()
    assert "  … and 18 more CC101 in this document; --show-all shows them" in folded
    assert 10 == sum("CC101 undefined-marker" in line for line in folded)
    whole = run("check", "faulty.md", "--show-all").out.splitlines()
    assert 28 == sum("CC101 undefined-marker" in line for line in whole)
    assert [] == [line for line in whole if "more CC101" in line]
    for format in ("concise", "grouped", "jsonl"):
        assert 28 == run("check", "faulty.md", "--format", format).out.count("CC101")


def test_the_report_ends_with_what_to_do_next(run: Command, tmp_path: Path) -> None:
    assert ["1 document, 2 markers, 1 source: 1 warning", "1 fixable with --fix"] == (
        run("check", "doubtful.md", "--format", "concise").out.splitlines()[1:]
    )
    unused = SOUND.replace("Boils [1].", "Boils [1].") + "[2] Kilns and their keepers, 2018, p. 4.\n"
    (tmp_path / "faulty.md").write_text(unused, encoding="utf-8")
    assert "1 fixable with --fix --unsafe-fixes" in run("check", "faulty.md").out.splitlines()
    last = ["1 fixable with --fix, 1 more with --unsafe-fixes", "more on the rules: citecheck rule CC107 CC102"]
    assert last == run("check").out.splitlines()[-2:]
    assert "fixable with" not in run("check", "--quiet").out
    fixed = run("check", "--fix").out.splitlines()
    assert "more on the rule: citecheck rule CC102" == fixed[-2]
    assert "1 fixed, 1 remaining, 1 of them fixable with --unsafe-fixes" == fixed[-1]


def test_where_there_is_much_the_report_says_how_to_begin(run: Command, tmp_path: Path) -> None:
    text = SOUND.replace("Boils [1].", "\n\n".join(f"Boils [{number}]." for number in range(1, 50)))
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    count, record = "--statistics counts them per rule", "`citecheck baseline` records them"
    for format in ("text", "concise", "grouped"):
        assert 1 == run("check", "--format", format).out.splitlines().count(f"{count}, {record}")
    assert record in run("check", "--statistics").out.splitlines()
    assert record not in run("check", "--select", "CC102").out
    assert record not in run("check", "--quiet").out
    run("baseline")
    for name in "def":
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    assert count in run("check").out.splitlines()


def test_a_folder_without_documents_is_no_pass(run: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = run("check", "empty")
    assert (2, "citecheck: no documents under empty\n") == (answer.status, answer.err)


def test_without_a_command_the_help_is_shown_and_nothing_passes(run: Command) -> None:
    answer = run()
    assert 2 == answer.status
    assert "Usage: citecheck" in answer.out


@pytest.mark.parametrize("arguments", [["--help"], ["check", "-h"], ["inspect", "-h"], ["rule", "-h"], ["rules", "-h"]])
def test_help_fits_a_terminal(run: Command, arguments: list[str]) -> None:
    answer = run(*arguments)
    assert (0, "") == (answer.status, answer.err)
    assert 80 >= max(len(line) for line in answer.out.splitlines())
    assert "..." not in answer.out.replace("]...", "").replace("RULE...", "")


def test_the_version_is_printed(run: Command) -> None:
    assert Run(0, f"citecheck {__version__}\n", "") == run("--version")


def test_check_prints_json(run: Command) -> None:
    report = json.loads(run("check", "--format", "json").out)
    assert ["doubtful.md", "faulty.md"] == [each["path"] for each in report["diagnostics"]]
    assert (3, 1, 1) == tuple(report["summary"][key] for key in ("documents", "errors", "warnings"))


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("5", [("Moss", "author"), ("A", "author"), ("1931", "date"), ("Salt wells", "title")]),
        ("5:15", [("1931", "date")]),
    ],
)
def test_inspect_says_why_a_source_is_read_as_it_is(
    run: Command, tmp_path: Path, place: str, expected: list[tuple[str, str]]
) -> None:
    text = "Wells are salty [1].\n\n## Sources\n\n[1] Moss, A. (1931). Salt wells.\n"
    (tmp_path / "wells.md").write_text(text, encoding="utf-8")
    (source,) = json.loads(run("inspect", "--why", place, "wells.md", "--format", "json").out)["explained"]
    assert expected == [(part["text"], part["read_as"]) for part in source["parts"]]
    for part in source["parts"]:
        assert part["text"] == text[part["start"] : part["end"]]
        assert sum(signal["weight"] for signal in part["signals"]) > 0
    shown = run("inspect", "--why", place, "wells.md").out
    assert "date, not " in shown


def test_inspect_shows_how_documents_were_read(run: Command) -> None:
    assert "sound.md (markdown): 1 marker, 1 citation, 1 source, 1 claim, 1 covered" in run("inspect", "sound.md").out
    report = json.loads(run("inspect", ".", "--format", "json").out)
    assert ["doubtful.md", "faulty.md", "sound.md"] == [each["path"] for each in report["documents"]]


def test_rules_are_listed_and_shown(run: Command) -> None:
    assert "CC101  undefined-marker" in run("rules").out
    assert run("rule", "CC101") == run("rule", "undefined-marker")
    assert run("rule", "CC101").out.startswith("# undefined-marker (CC101)\n")
    assert "\x1b[" in run("rule", "CC101", "--color", "always").out
    pages = [run("rule", code).out for code in ("CC101", "CC102")]
    assert "\n".join(pages) == run("rule", "CC101", "unused-source").out


def test_standard_input_is_read(tmp_path: Path) -> None:
    arguments = ["check", "-", "--format=concise", "--stdin-filename"]
    done = command(*arguments, "docs/a.md", folder=tmp_path, input=FAULTY.encode())
    assert (1, b"docs/a.md:1:20: CC101 [error]") == (done.returncode, done.stdout[:29])
    done = command(*arguments, "docs/a.md", "--exclude", "docs", folder=tmp_path, input=FAULTY.encode())
    assert (0, b"0 documents, 0 markers, 0 sources: nothing checked") == (done.returncode, done.stdout.strip())
    done = command("inspect", "-", folder=tmp_path, input=FAULTY.encode("utf-16"))
    assert done.stdout.startswith(b"<stdin> (markdown): 2 markers")


@pytest.mark.skipif(os.name == "nt", reason="a shell of another kind")
@pytest.mark.parametrize("words", ["check -", "check - --fix", "check - --diff", "inspect -", "renumber -"])
def test_a_closed_standard_input_is_told_in_a_line(tmp_path: Path, words: str) -> None:
    done = subprocess.run(
        f"exec {sys.executable} -m citecheck {words} <&-",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert (2, b"citecheck: there is no standard input to read from") == (done.returncode, done.stderr.splitlines()[0])
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a folder that is current cannot be deleted there")
@pytest.mark.parametrize("word", ["check", "settings", "init", "baseline", "inspect"])
def test_a_folder_that_was_deleted_is_told_in_a_line(run: Command, tmp_path: Path, word: str) -> None:
    (tmp_path / "gone").mkdir()
    os.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    message = "citecheck: the current folder was deleted; change to one that is there\n"
    assert Run(2, "", message) == run(word)


def test_a_link_to_nothing_is_told_as_one(run: Command, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to("gone.md")
    assert "citecheck: link.md: is a link to nothing\n" == run("check", "link.md").err


def test_many_files_are_told_in_order_whatever_the_number_of_processes(run: Command, tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"{number:03}.md").write_text(FAULTY.replace("3", str(number % 40 + 3)), encoding="utf-8")
    one, three = (run("check", "--format", "concise", "--jobs", jobs) for jobs in ("1", "3"))
    assert one == three
    assert [f"{number:03}.md" for number in range(100)] == [line[:6] for line in one.out.splitlines()][:100]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_a_report_that_cannot_be_written_is_no_pass(tmp_path: Path) -> None:
    (tmp_path / "sound.md").write_text(SOUND, encoding="utf-8")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "citecheck", "check"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        )
    assert (2, b"citecheck: the report cannot be written: No space left on device\n") == (done.returncode, done.stderr)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_interruption_and_a_closed_pipe_are_quiet(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number:03}.md").write_text(FAULTY * 200, encoding="utf-8")
    arguments = [sys.executable, "-m", "citecheck", "check", "--format", "concise"]
    for jobs in ("1", "2"):
        with interruptible([*arguments, "--jobs", jobs], tmp_path) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.readline()
            if jobs == "1":
                process.stdout.close()
            else:
                process.send_signal(signal.SIGINT)
            assert "" == process.stderr.read()
            process.wait(timeout=60)
        assert {"1": 141, "2": 130}[jobs] == process.returncode


def test_a_stream_that_knows_no_unicode_takes_everything(tmp_path: Path) -> None:
    text = SOUND.replace("Boils [1]", "Zwölf 水 \x1b[31m [red] [/] [3], [1]")
    (tmp_path / "faulty.md").write_text(text, encoding="utf-8")
    for format in ("text", "concise", "json"):
        done = command("check", "--format", format, folder=tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert (1, b"") == (done.returncode, done.stderr)
        assert done.stdout.isascii()
        assert b"\x1b" not in done.stdout


def test_an_internal_error_never_passes_for_a_finding(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("citecheck.engine.linting.lint_document", broken)
    answer = run("check", "sound.md")
    first, *_, last = answer.err.splitlines()
    assert 2 == answer.status
    assert first.startswith("citecheck: internal error; please report it")
    assert "while checking sound.md" == last
    assert "ZeroDivisionError: by nothing" in answer.err


def test_a_small_run_starts_quickly(tmp_path: Path) -> None:
    (tmp_path / "sound.md").write_text(SOUND, encoding="utf-8")
    code = "import sys; from citecheck.cli import status; status(['check', 'sound.md']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    needless = {"rich", "pathspec", "concurrent.futures.process", "asyncio", "rapidfuzz", "can_ada"}
    assert set() == needless & set(done.stdout.split("\n")[-2].split())


def test_settings_come_from_a_named_file_or_from_none(run: Command, tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('ignore = ["CC101"]\n', encoding="utf-8")
    (tmp_path / "house").mkdir()
    house = 'extend = "base.toml"\nexclude = ["sound.md"]\n'
    (tmp_path / "house" / "strict.toml").write_text(house, encoding="utf-8")
    (tmp_path / "house" / "base.toml").write_text('fail-on = "info"\n', encoding="utf-8")
    assert 0 == run("check").status
    assert 1 == run("check", "--isolated").status
    assert 1 == run("check", "doubtful.md", "--config", "house/strict.toml").status
    assert "doubtful.md\nfaulty.md\n" == run("check", "--show-files", "--config", "house/strict.toml").out
    assert '"info"' in run("settings", "--config", "house/strict.toml").out
    assert "# no settings file" not in run("settings", "--isolated").out
    assert "no settings file" in run("settings", "--isolated").out
    assert "4 findings" not in run("baseline", "--config", "house/strict.toml").out
    for command in ("inspect", "baseline", "settings", "check"):
        both = run(command, "--config", "house/strict.toml", "--isolated")
        assert (2, "citecheck: --config cannot be combined with --isolated; remove one of them\n") == (
            both.status,
            both.err,
        )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "house.toml: cannot be read: No such file or directory"),
        ("ignore = [", "house.toml: is not TOML: "),
        ('ignroe = ["CC1"]', "house.toml: no setting is called 'ignroe'; did you mean 'ignore'?"),
        ('ignore = ["CC1O1"]', "house.toml: no rule is called 'CC1O1'; did you mean 'CC101'?"),
    ],
)
def test_a_named_settings_file_that_will_not_do_is_one_line(
    run: Command, tmp_path: Path, text: str | None, message: str
) -> None:
    if text is not None:
        (tmp_path / "house.toml").write_text(text, encoding="utf-8")
    answer = run("check", "--config", "house.toml")
    assert (2, "", 1) == (answer.status, answer.out, answer.err.count("\n"))
    assert answer.err.startswith(f"citecheck: {message}")


def test_a_pyproject_without_settings_is_told(run: Command, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'salt'\n", encoding="utf-8")
    message = "pyproject.toml: has no settings of citecheck; write them into a table [tool.citecheck]"
    assert Run(2, "", f"citecheck: {message}\n") == run("check", "--config", "pyproject.toml")


def test_rules_are_selected_as_well(run: Command, tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('ignore = ["CC1"]\n', encoding="utf-8")
    assert 0 == run("check", "faulty.md").status
    assert 1 == run("check", "faulty.md", "--extend-select", "CC101").status
    assert 0 == run("check", "doubtful.md", "--extend-select", "CC101", "--fail-on", "info").status
    chosen = run("settings", ".").out
    assert "CC101" not in chosen.splitlines()[-1]
    assert 0 == run("check", "faulty.md", "--extend-select", "CC101", "--ignore", "CC101").status
    (tmp_path / "citecheck.toml").write_text('select = ["CC102"]\nextend-select = ["CC107"]\n', encoding="utf-8")
    assert "2 rules: CC102, CC107" in run("settings").out
    assert 1 == run("check", "doubtful.md", "--fail-on", "warning").status
    assert 0 == run("check", "doubtful.md", "--fail-on", "warning", "--select", "CC101").status


@pytest.mark.parametrize(
    ("most", "words", "expected"),
    [("0", [], 1), ("1", [], 0), ("0", ["--ignore", "CC107"], 0), ("0", ["--format", "json"], 1)],
)
def test_warnings_may_be_limited(run: Command, most: str, words: list[str], expected: int) -> None:
    answer = run("check", "doubtful.md", "--max-warnings", most, *words)
    told = "citecheck: 1 warning, and --max-warnings allows 0\n" if expected else ""
    assert (expected, told) == (answer.status, answer.err)


def test_of_a_limit_only_new_warnings_count(run: Command) -> None:
    run("baseline")
    assert 0 == run("check", "--max-warnings", "0").status
    assert 1 == run("check", "--max-warnings", "0", "--no-baseline").status


def test_results_are_kept_where_it_is_said(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    first = run("check", "--cache-dir", "kept/results")
    assert {"CACHEDIR.TAG", ".gitignore", "results-3"} == set(os.listdir(tmp_path / "kept" / "results"))
    assert not (tmp_path / ".citecheck_cache").exists()

    def never(*_: object, **__: object) -> None:
        raise ZeroDivisionError("checked again")

    monkeypatch.setattr("citecheck.engine.linting.lint_document", never)
    assert first == run("check", "--cache-dir", "kept/results")
    assert 0 == run("baseline", "--cache-dir", "kept/results").status
    assert "checked again" in run("check", "--cache-dir", "other").err
    left = tmp_path / "kept" / "results" / ".citecheck-0123456789abcdef.tmp"
    left.write_bytes(b"of a run that was killed")
    run("check", "--cache-dir", "kept/results")
    assert not left.exists()


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        (".", "holds other files; name a new folder"),
        ("sound.md", "is not a folder; name a new one"),
        ("link", "is not a folder; name a new one"),
        ("sound.md/cache", "cannot be made: "),
    ],
)
def test_no_folder_of_others_becomes_a_cache(run: Command, tmp_path: Path, folder: str, message: str) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o755)
    (tmp_path / "link").symlink_to("elsewhere")
    before = (tmp_path / "elsewhere").stat().st_mode
    names = set(os.listdir(tmp_path))
    answer = run("check", "--cache-dir", folder)
    assert (2, "", 1) == (answer.status, answer.out, answer.err.count("\n"))
    assert f"--cache-dir {tmp_path / folder} {message}" in answer.err.replace(f"{tmp_path}/.", str(tmp_path))
    assert (names, before) == (set(os.listdir(tmp_path)), (tmp_path / "elsewhere").stat().st_mode)
    assert [] == os.listdir(tmp_path / "elsewhere")


def test_a_cache_is_not_named_and_left_out(run: Command) -> None:
    for command in ("check", "baseline"):
        message = "citecheck: --cache-dir cannot be combined with --no-cache; remove one of them\n"
        assert Run(2, "", message) == run(command, "--cache-dir", "kept", "--no-cache")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["sound.md"], 0),
        (["faulty.md"], 1),
        (["missing.md"], 2),
        (["doubtful.md", "--max-warnings", "0"], 1),
        (["faulty.md", "--format", "json"], 1),
        (["doubtful.md", "--diff"], 1),
        (["doubtful.md", "--fix"], 0),
        (["--update-baseline", "--baseline", "known.json"], 0),
    ],
)
def test_quiet_twice_the_status_alone_tells(run: Command, words: list[str], expected: int) -> None:
    run("baseline", "--baseline", "known.json")
    assert Run(expected, "", "") == run("check", "-qq", *words)


def test_quiet_twice_reports_still_go_to_their_files(run: Command, tmp_path: Path) -> None:
    assert Run(1, "", "") == run("check", "--quiet", "--quiet", "--format", "json:a.json", "faulty.md")
    assert 1 == json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["summary"]["errors"]
    wrong = run("check", "-qq", "--select", "zebra")
    assert Run(2, "", "citecheck: no rule is called 'zebra'\n") == wrong  # of how it was called, not of documents


def test_what_is_fixed_to_standard_output_is_not_silenced(tmp_path: Path) -> None:
    done = command("check", "-", "--fix", "-qq", folder=tmp_path, input=DOUBTFUL.encode())
    message = b"citecheck: -qq prints nothing, but standard input is fixed to standard output; write -q\n"
    assert (2, b"", message) == (done.returncode, done.stdout, done.stderr)


HOUSE = "https://docs.example/rules/{code}-{name}.md"
PAGE = "https://docs.example/rules/CC101-undefined-marker.md"


def test_reports_link_to_a_house_s_own_rule_pages(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    plain = run("check", "faulty.md", "--color", "always").out
    assert "\x1b]8;" not in plain
    (tmp_path / "citecheck.toml").write_text(f'rules-url = "{HOUSE}"\n', encoding="utf-8")
    for format in ("text", "concise", "grouped"):
        assert f"\x1b]8;;{PAGE}\x1b\\" in run("check", "faulty.md", "--format", format, "--color", "always").out
        assert "\x1b" not in run("check", "faulty.md", "--format", format).out
    linked = run("check", "faulty.md", "--color", "always").out
    assert plain == re.sub(r"\x1b]8;;[^\x1b]*\x1b\\", "", linked)
    assert f"\x1b]8;;{PAGE}\x1b\\" in run("check", "faulty.md", "--statistics", "--color", "always").out
    assert f"\x1b]8;;{PAGE}\x1b\\" in run("rules", "--color", "always").out
    run("check", "faulty.md", "--output", "a.txt", "--color", "always")
    assert "\x1b" not in (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert PAGE == json.loads(run("check", "faulty.md", "--format", "json").out)["diagnostics"][0]["url"]
    (driver,) = (each["tool"]["driver"] for each in json.loads(run("check", "--format", "sarif").out)["runs"])
    assert PAGE in [rule["helpUri"] for rule in driver["rules"]]
    (found,) = json.loads(run("check", "faulty.md", "--format", "rdjson").out)["diagnostics"]
    assert {"value": "CC101", "url": PAGE} == found["code"]
    assert f"| [CC101](<{PAGE}>) undefined-marker |" in run("check", "faulty.md", "--format", "markdown").out


@pytest.mark.parametrize(
    "address",
    [
        "docs.example/{code}",
        "https://docs.example/rules",
        "javascript:{code}",
        "https://docs.example/{code}\\u001b\\\\",
        "https://docs.example/{code}\\n",
        "https://docs.example/{code}> | `x`",
        "https://dócs.example/{code}",
    ],
)
def test_what_is_no_address_of_rule_pages_is_refused(run: Command, tmp_path: Path, address: str) -> None:
    (tmp_path / "citecheck.toml").write_text(f'rules-url = "{address}"\n', encoding="utf-8")
    for words in (["check"], ["rules"]):
        answer = run(*words)
        assert (2, "") == (answer.status, answer.out)
        assert answer.err.startswith("citecheck: citecheck.toml: 'rules-url' has ")
        assert "which is not an address with {code} or {name} in it, such as 'https://" in answer.err
        assert 1 == answer.err.count("\n")


def test_rules_are_objects(run: Command) -> None:
    told = json.loads(run("rules", "--format", "json").out)
    assert list(rules()) == [each["code"] for each in told["rules"]]
    (each,) = json.loads(run("rule", "CC504", "--format", "json").out)["rules"]
    page = each.pop("page")
    assert page.startswith("# too-many-citations (CC504)")
    assert each in told["rules"]
    assert ({"most"}, "default", None) == (set(each["options"]), each["status"], each["url"])
    assert "citecheck: no format is called 'yaml'; choose from text, json\n" == run("rules", "--format", "yaml").err
    assert "citecheck: no format is called 'yaml'; choose from text, json\n" == run("rule", "CC1", "--format=yaml").err


def test_settings_are_an_object(run: Command, tmp_path: Path) -> None:
    text = 'fail-on = "warning"\nexclude = ["sound.md"]\n[severity]\nCC107 = "info"\n'
    (tmp_path / "citecheck.toml").write_text(text, encoding="utf-8")
    told = json.loads(run("settings", "sound.md", "--format", "json").out)
    assert ("sound.md", ["citecheck.toml"], True) == (told["path"], told["files"], told["excluded"])
    assert {"key": "severity.CC107", "value": "info", "place": "citecheck.toml"} in told["settings"]
    assert {"key": "coverage", "value": "trailing", "place": "default"} in told["settings"]
    assert "CC101" in told["rules"]
    assert "citecheck: no format is called 'toml'; choose from text, json\n" == run("settings", "--format", "toml").err


def test_the_log_of_github_has_colours_and_a_hint(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    hint = "GitHub shows findings beside the lines of a change with --format github"
    assert hint not in run("check").out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    coloured = run("check", "faulty.md").out
    assert "\x1b[1;31merror" in coloured
    assert hint == coloured.splitlines()[-1]
    assert "\x1b" not in run("check", "--color", "never").out
    for words in (["--format", "github"], ["--format", "concise"], ["--quiet"], ["sound.md"]):
        assert hint not in run("check", *words).out
