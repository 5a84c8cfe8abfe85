"""A document that is not understood is no pass: in what is printed, in what is counted, and in the exit status."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from citecheck import Settings, lint, parse
from citecheck.cli import status
from citecheck.engine.linting import lint_document
from citecheck.reports import REPORTS
from citecheck.reports.terminal import Screen
from citecheck.reports.text import paint

LIST = "\n\n## Sources\n\n1. Quill, A. *Tides*, 1971, p. 3.\n2. Sarto, B. *Bays*, 1988, p. 4.\n"
LOST = f"The range is twelve metres {{1}}. It was measured twice {{2}}.{LIST}"
SOUND = f"The range is twelve metres [1]. It was measured twice [2].{LIST}"
FAULTY = SOUND.replace("[2]", "[2, 3]")
WORDS = "2 sources are read, but not what seems to cite them: 2 marked-off numbers, such as “{1}”"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("lost.md", LOST), ("lost.txt", LOST), ("sound.md", SOUND), ("faulty.md", FAULTY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def told(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status of a check, and what it prints."""
    found = status(["check", *arguments])
    return found, capfd.readouterr().out


def summary(capfd: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(told(capfd, "--format", "json", *arguments)[1])["summary"]


@pytest.mark.parametrize("name", ["lost.md", "lost.txt"])
def test_it_is_said_once(name: str) -> None:
    (found,) = lint(LOST, name=name)
    assert ("CC902", "warning", WORDS, 1, 28) == (
        found.code,
        found.severity,
        found.message,
        found.start.line,
        found.start.column,
    )


def test_several_ways_are_one_finding_with_related_places() -> None:
    text = "The range [@quill1971]. It was measured [@sarto1988], and known [@quill1971].<ref>Quill</ref><ref>Obi</ref>"
    (found,) = lint(text)
    assert "no source is read, nor what seems to cite: 3 citation keys, such as “[@quill1971]”" == found.message
    assert ["2 reference tags, such as “<ref>”"] == [each.message for each in found.related]


def test_a_single_key_is_one() -> None:
    (found,) = lint("---\nbibliography: a.bib\n---\n\nIt is known [@quill].\n")
    words = "1 citation key, such as “[@quill]”, is read, but not the list that they refer to"
    assert ("CC902", words) == (found.code, found.message)


def test_markers_whose_list_is_not_read_are_told() -> None:
    text = "It is known [[1]](#ref-1). It was measured [[2]](#ref-2).\n\n## References\n\n- Quill, 1971, p. 3.\n"
    messages = [found.message for found in lint(text) if found.code == "CC902"]
    assert ["2 linked markers, such as “[[1]](#ref-1)”, are read, but not the list that they refer to"] == messages


def test_nothing_is_said_beside_a_missing_list() -> None:
    text = "The range is twelve metres [1]. It was measured twice [2]. Nobody knows why [3]. [@quill1971] [@sarto1988]"
    assert ["CC104"] == [found.code for found in lint(text)]
    assert () == parse(text).not_understood


def test_a_source_is_not_called_unused_that_what_is_not_read_may_cite() -> None:
    text = (
        "A chain is cheap [1]. Two were rowed (2). One sailed (3, 4). All were gone (2).\n\n## Sources\n\n"
        + "".join(f"{number}. Quill, A. *Tides {number}*, 1971, p. {number}.\n" for number in (1, 2, 3, 4, 5))
    )
    assert ["CC902"] == [found.code for found in lint(text, settings=Settings(select=("CC102", "CC902")))]
    assert ["2", "3", "4", "5"] == [
        found.label for found in lint(text.replace("(", "{ ").replace(")", " }"), settings=Settings(select=("CC102",)))
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["lost.md"], 0),
        (["lost.md", "--fail-on", "warning"], 1),
        (["lost.md", "--fail-on-not-understood"], 1),
        (["lost.txt", "--fail-on-not-understood"], 1),
        (["lost.md", "--fail-on-not-understood", "--ignore", "CC902"], 1),
        (["lost.md", "--fail-on-not-understood", "--select", "CC1"], 1),
        (["sound.md", "lost.md", "--fail-on-not-understood", "--no-cache"], 1),
        (["lost.md", "--fail-on-not-understood", "--exit-zero"], 0),
        (["lost.md", "--fail-on-not-understood", "--fix"], 1),
        (["sound.md", "--fail-on-not-understood"], 0),
        (["faulty.md", "--fail-on-not-understood"], 1),
        (["faulty.md", "--fail-on-not-understood", "--ignore", "CC101"], 0),
    ],
)
def test_the_exit_status_tells_what_was_not_understood(arguments: list[str], expected: int) -> None:
    assert expected == status(["check", *arguments])
    assert expected == status(["check", *arguments])  # from the cache, too


def test_settings_can_demand_it(folder: Path) -> None:
    (folder / "old").mkdir()
    (folder / "old" / "lost.md").write_text(LOST, encoding="utf-8")
    (folder / "old" / "citecheck.toml").write_text("fail-on-not-understood = false", encoding="utf-8")
    (folder / "citecheck.toml").write_text("fail-on-not-understood = true", encoding="utf-8")
    assert 1 == status(["check", "lost.md"])
    assert 0 == status(["check", "sound.md"])
    assert 0 == status(["check", "old"])
    (folder / "citecheck.toml").write_text('fail-on-not-understood = "yes"', encoding="utf-8")
    assert 2 == status(["check", "lost.md"])


@pytest.mark.parametrize("rules", [(), ("--ignore", "CC902"), ("--select", "CC102"), ("--select", "CC902")])
def test_it_is_counted_whatever_rules_are_selected(capfd: pytest.CaptureFixture[str], rules: tuple[str, ...]) -> None:
    for _ in range(2):
        assert 1 == summary(capfd, "lost.md", "sound.md", *rules)["not_understood"]
    assert 0 == summary(capfd, "sound.md", "faulty.md", *rules)["not_understood"]


@pytest.mark.parametrize("format", ["text", "concise", "grouped", "github", "markdown"])
@pytest.mark.parametrize("rules", [("--ignore", "CC902"), ("--select", "CC102")])
def test_the_summary_does_not_read_like_a_pass(
    capfd: pytest.CaptureFixture[str], format: str, rules: tuple[str, ...]
) -> None:
    found, text = told(capfd, "lost.md", "sound.md", "--format", format, *rules)
    assert (0, True) == (found, "no faults found" not in text)
    expected = "2 documents, 2 markers, 4 sources, 1 not understood: nothing found in what was understood\n"
    assert expected in text


def test_the_summary_says_it_beside_faults(capfd: pytest.CaptureFixture[str]) -> None:
    summary = "2 documents, 2 markers, 4 sources, 1 not understood: 1 error, 1 warning"
    assert summary in told(capfd, "lost.md", "faulty.md")[1].splitlines()


def test_it_is_counted_though_it_is_ignored_or_known(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "lost.md").write_text(f"{LOST}\n<!-- citecheck: ignore-file CC902 -->\n", encoding="utf-8")
    expected = (
        "1 document, 0 markers, 2 sources, 1 not understood: nothing found in what was understood, 1 suppressed\n"
    )
    assert (0, expected) == told(capfd, "lost.md")
    assert 0 == status(["baseline", "lost.txt"])
    capfd.readouterr()
    found, text = told(capfd, "lost.txt", "--fail-on-not-understood")
    assert 1 == found
    assert text.endswith("1 not understood: nothing found in what was understood, 1 in the baseline\n")


def test_colours_do_not_praise_what_was_not_understood() -> None:
    stream = io.StringIO()
    results = [lint_document(parse(LOST, name="lost.md"), Settings(ignore=("CC902",)))]
    REPORTS["text"](results, stream, Screen(paint=paint))
    assert paint("warning", "nothing found in what was understood") in stream.getvalue()


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("text", "\nNot understood\n  1:28     2 marked-off numbers, such as “{1}”\n"),
        ("json", '"shape": "odd-bracket"'),
    ],
)
def test_inspection_shows_it(capfd: pytest.CaptureFixture[str], format: str, expected: str) -> None:
    assert 0 == status(["inspect", "--format", format, "lost.md"])
    assert expected in capfd.readouterr().out


def test_to_junit_it_is_skipped_where_nothing_is_said_of_it() -> None:
    stream = io.StringIO()
    results = [
        lint_document(parse(text, name=name), Settings(ignore=("CC902",)))
        for name, text in (("lost.md", LOST), ("sound.md", SOUND))
    ]
    REPORTS["junit"](results, stream, Screen())
    lines = [line for line in stream.getvalue().splitlines() if "testcase" in line]
    assert [
        '<testcase name="citations" classname="lost.md"><skipped message="not understood"/></testcase>',
        '<testcase name="citations" classname="sound.md"/>',
    ] == lines


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rst", "It is mined [Moss99]_. It is boiled [Holt01]_.\n"),
        ("a.rst", "It is mined :cite:`moss99`. It is boiled :cite:p:`holt01`.\n"),
        ("a.tex", "It is mined \\cite{moss}.\n"),
    ],
)
def test_keys_without_a_list_are_told_by_the_command(
    name: str, text: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert 1 == summary(capfd, str(tmp_path / name))["not_understood"]
