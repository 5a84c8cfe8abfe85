"""The baseline: what is known is not told, what is new is, whatever moves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from citecheck.cli import status
from citecheck.execution.baseline import NAME

LIST = "\n## Sources\n\n[1] Thermometry for kitchens, 2019, p. 3.\n"
ABOVE = "".join(f"A line that says nothing, number {number}.\n\n" for number in range(10))

Told = Callable[..., list[str]]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """The findings that the command tells, in a folder of two documents; then what it says on standard error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("Boils [3], dries [4], freezes [1].\n" + LIST, encoding="utf-8")
    (tmp_path / "b.md").write_text("Boils [3], freezes [1]. Again [3].\n" + LIST, encoding="utf-8")

    def run(*arguments: str) -> list[str]:
        status(arguments or ["check", "--format", "concise", "--quiet"])
        answer = capsys.readouterr()
        return [*answer.out.splitlines(), *answer.err.splitlines()]

    return run


def edit(path: str, old: str, new: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_known_is_not_told(told: Told) -> None:
    assert ["citecheck-baseline.json: 4 findings in 2 documents: 4 CC101"] == told("baseline")
    assert [] == told()
    assert ["2 documents, 6 markers, 2 sources: no faults found, 4 in the baseline"] == told("check")
    assert 4 == len(told("check", "--format", "concise", "--quiet", "--no-baseline"))


def test_it_counts_by_file_and_rule(told: Told) -> None:
    told("baseline")
    table = json.loads(Path(NAME).read_text(encoding="utf-8"))
    counts = {
        file: {code: sum(each.values()) for code, each in rules.items()} for file, rules in table["files"].items()
    }
    assert {"a.md": {"CC101": 2}, "b.md": {"CC101": 2}} == counts


def test_exactly_what_is_new_is_told_whatever_moves(told: Told) -> None:
    told("baseline")
    edit("a.md", "Boils", ABOVE + "Boils")
    edit("b.md", "\n## Sources", "\nSteams [7].\n\n## Sources")
    expected = ["b.md:3:8: CC101 [error] no source is numbered 7"]
    assert expected == told()
    edit("b.md", "Boils", ABOVE + "Boils")
    assert ["b.md:23:8: CC101 [error] no source is numbered 7"] == told()


def test_the_baseline_is_the_same_when_lines_are_put_above(told: Told) -> None:
    told("baseline")
    before = Path(NAME).read_bytes()
    edit("a.md", "Boils", ABOVE + "Boils")
    told("baseline")
    assert before == Path(NAME).read_bytes()


def test_a_line_that_was_edited_keeps_what_was_known_of_it(told: Told) -> None:
    told("baseline")
    edit("a.md", "Boils", "It boils")
    assert [] == told()
    edit("a.md", "dries [4]", "dries [5]")
    assert ["a.md:1:21: CC101 [error] no source is numbered 5"] == told()[:1]


def test_a_second_fault_like_a_known_one_is_new(told: Told) -> None:
    told("baseline")
    edit("a.md", "Boils [3], dries [4], freezes [1].", "Boils [3], dries [4], freezes [1].\nBoils [3].")
    assert ["a.md:2:7: CC101 [error] no source is numbered 3"] == told()


def test_what_is_gone_is_told_and_taken_out(told: Told) -> None:
    told("baseline")
    edit("a.md", "Boils [3], ", "")
    Path("b.md").unlink()
    stale = "citecheck: citecheck-baseline.json: 3 known findings are no longer found"
    assert [f"{stale}; --update-baseline removes them"] == told()
    assert [] == told("check", "--quiet", "--select", "CC102")  # what was not looked for may be there still
    edit("a.md", "freezes", "steams [8], freezes")
    added = "a.md:1:19: CC101 [error] no source is numbered 8"
    update = ("check", "--format", "concise", "--quiet", "--update-baseline")
    assert [added, f"{stale}; removed"] == told(*update)
    assert [added] == told()  # nothing new came in


def test_what_cannot_be_read_does_not_keep_the_rest_from_being_known(told: Told) -> None:
    Path("c.md").write_bytes(b"Boils \xff.")
    written, unread = told("baseline")
    assert "citecheck-baseline.json: 4 findings in 2 documents, 1 not read: 4 CC101" == written
    assert unread.startswith("citecheck: c.md: cannot be read as text")


def test_what_is_not_checked_stays_known(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".git").mkdir()
    Path("docs").mkdir()
    Path("b.md").rename("docs/b.md")
    told("baseline")
    before = Path(NAME).read_bytes()
    assert ["citecheck: no such file or folder: nope.md"] == told("baseline", "nope.md")
    held = "citecheck-baseline.json: 4 findings in 2 documents: 4 CC101"  # what this run did not check among it
    assert [held] == told("baseline", "--select", "CC4")
    assert [held] == told("baseline", "docs")
    monkeypatch.chdir("docs")
    assert [f"../{held}"] == told("baseline")
    assert before == Path("..", NAME).read_bytes()
    Path("b.md").unlink()
    monkeypatch.chdir("..")
    told("baseline", "a.md")
    assert ["a.md"] == list(json.loads(Path(NAME).read_text(encoding="utf-8"))["files"])


def test_nothing_is_written_where_nothing_could_be_read(told: Told) -> None:
    assert ["citecheck: no such file or folder: nope.md"] == told("baseline", "nope.md")
    assert not Path(NAME).exists()


def test_a_baseline_is_replaced_whole_and_keeps_its_mode_and_links(told: Told) -> None:
    told("baseline")
    Path(NAME).rename("known.json")
    Path("known.json").chmod(0o664)
    Path(NAME).symlink_to("known.json")
    with open("known.json", encoding="utf-8") as before:
        edit("a.md", "Boils [3], ", "")
        told("baseline")
        assert 4 == sum(sum(each["CC101"].values()) for each in json.load(before)["files"].values())
    assert 0o664 == Path("known.json").stat().st_mode & 0o777
    assert ["2 documents, 5 markers, 2 sources: no faults found, 3 in the baseline"] == told("check")


def test_it_is_found_from_folders_below(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".git").mkdir()
    Path("docs").mkdir()
    Path("a.md").rename("docs/a.md")
    told("baseline")
    monkeypatch.chdir("docs")
    assert [] == told()
    assert [] == told("check", "--quiet", "--baseline", "../citecheck-baseline.json")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not a baseline: "),
        ("[]", "is not a baseline"),
        ('{"version": 1, "files": {"a.md": []}}', "is not a baseline: what it says of 'a.md' is not a table of counts"),
        (
            '{"version": 2, "files": {}}',
            "is a baseline of another version; delete it, and write it again with `citecheck baseline`",
        ),
    ],
)
def test_a_file_that_is_no_baseline_is_refused(told: Told, text: str, message: str) -> None:
    Path("known.json").write_text(text, encoding="utf-8")
    (line,) = told("check", "--baseline", "known.json")
    assert line.startswith(f"citecheck: known.json: {message}")


def test_a_baseline_that_is_asked_for_must_be_there(told: Told) -> None:
    (line,) = told("check", "--baseline", "gone.json")
    assert "citecheck: gone.json: the baseline cannot be read: No such file or directory" == line


UNREAD = "citecheck: c.md: cannot be read as text"


def test_a_document_that_cannot_be_read_is_known_by_its_path(told: Told) -> None:
    told("baseline")
    Path("c.md").write_bytes(b"Boils \xff.")
    assert [True] == [line.startswith(UNREAD) for line in told()]
    assert 2 == status(["check", "--quiet"])
    told("baseline")
    assert ["c.md"] == json.loads(Path(NAME).read_text(encoding="utf-8"))["unread"]
    assert [] == told()
    assert 0 == status(["check", "--quiet"])
    assert ["2 documents, 6 markers, 2 sources, 1 not read: no faults found, 5 in the baseline"] == told("check")
    assert 2 == status(["check", "--quiet", "--no-baseline"])


def test_a_document_that_can_be_read_again_is_taken_out(told: Told) -> None:
    Path("c.md").write_bytes(b"Boils \xff.")
    told("baseline")
    Path("c.md").write_bytes(b"Boils.")
    (gone,) = told()
    assert gone.startswith("citecheck: citecheck-baseline.json: 1 known finding is no longer found")
    told("check", "--quiet", "--update-baseline")
    assert "unread" not in json.loads(Path(NAME).read_text(encoding="utf-8"))
    Path("c.md").write_bytes(b"Boils \xff.")
    assert [True] == [line.startswith(UNREAD) for line in told()]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 200_000, "it is nested too deeply"),
        ('{"files": ' * 200_000, "it is nested too deeply"),
        (f'{{"version": {"9" * 5_000}, "files": {{}}}}', "Exceeds the limit"),
        (f'{{"version": 1, "files": {{"a.md": {{"CC101": {{"x": {"9" * 4_000}}}}}}}}}', "is not a table of counts"),
        ('{"version": 1, "files": {}, "unread": "a.md"}', "is not a list of paths"),
        ('{"version": 1, "files": {}, "unread": [["a.md"]]}', "is not a list of paths"),
        ("\ud800", "can't decode"),
    ],
    ids=["lists", "tables", "a version", "a count", "a word", "lists of paths", "no text"],
)
def test_a_baseline_that_is_none_is_one_line(told: Told, text: str, reason: str) -> None:
    Path(NAME).write_bytes(text.encode("utf-8", "surrogatepass"))
    for words in (["check"], ["baseline"]):
        assert 2 == status(words)
        line, again = told(*words)
        assert line == again
        assert line.startswith(f"citecheck: {NAME}: is not a baseline: ")
        assert reason in line


def test_it_names_the_rules_that_it_holds_most_of(told: Told) -> None:
    many = {f"CC{102 + number}": {"0-0": 9 - number} for number in range(6)}
    Path(NAME).write_text(json.dumps({"version": 1, "files": {"c.md": many}}), encoding="utf-8")
    Path("c.md").write_text("Boils.\n", encoding="utf-8")
    held = "43 findings in 3 documents: 9 CC102, 8 CC103, 7 CC104, 6 CC105, 5 CC106, 8 of other rules"
    assert [f"citecheck-baseline.json: {held}"] == told("baseline", "a.md", "b.md")


def test_it_uses_the_results_of_earlier_runs(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    told("check")

    def never(*_: object, **__: object) -> None:
        raise ZeroDivisionError("checked again")

    monkeypatch.setattr("citecheck.engine.linting.lint_document", never)
    assert ["citecheck-baseline.json: 4 findings in 2 documents: 4 CC101"] == told("baseline")
    assert "ZeroDivisionError: checked again" in told("baseline", "--no-cache")
