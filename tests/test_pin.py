"""`pin --from`, `sources`, and `check` where there is a lock file: the command from end to end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest

from citecheck.cli import status
from citecheck.sources.lock import read_lock

REPORT = """# The dockers

The union "would stay for as long as it takes", the president said [1]. Dues rise by 54 % [1].
It had 1,204 members in 2021 [2].

## Sources

1. *Union pledges support*, Harbour Gazette, 2022. https://gazette.example/union
2. Minutes of the dockers, 3 May 2022. https://dockers.example/minutes
"""
PAGE = (
    "<title>Union pledges support</title><p>Speaking in the hall, the president said the union <b>would stay</b> for "
    "as long as it takes, and that dues would rise by 54 per cent.<p>Nobody else spoke that day, it is said.</p>"
)
MINUTES = "The treasurer reported 1,204 members at the end of 2021, and nobody had been asked to leave."
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The command, in a repository with a report and its sources."""
    folder = tmp_path / "repository"
    (folder / "sources").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    (folder / "sources/union.html").write_text(PAGE, encoding="utf-8")
    (folder / "sources/2.txt").write_text(MINUTES, encoding="utf-8")
    (tmp_path / "elsewhere.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.chdir(folder)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = status(arguments)
        return (code, *capfd.readouterr())

    return run


def edit(before: str, after: str) -> None:
    path = Path("report.md")
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


def codes(run: Run, *options: str) -> list[str]:
    code, out, _ = run("check", "report.md", "--format", "json", *options)
    assert code in (0, 1)
    return [each["code"] for each in json.loads(out)["diagnostics"]]


def pin(run: Run, *options: str) -> None:
    code, _, err = run("pin", "report.md", "--from", "1=sources/union.html", "--from", "sources/2.txt", *options)
    assert (0, "") == (code, err)


def test_nothing_is_compared_without_a_lock(run: Run) -> None:
    edit("it takes", "it lasts")
    assert [] == codes(run)


@pytest.mark.parametrize("keep", ["evidence", "text"])
def test_an_edited_quotation_is_found(keep: str, run: Run) -> None:
    pin(run, "--keep", keep)
    assert [] == codes(run)
    edit("it takes", "it lasts")
    assert ["CC701"] == codes(run)


@pytest.mark.parametrize("keep", ["evidence", "text"])
def test_an_edited_figure_is_found(keep: str, run: Run) -> None:
    pin(run, "--keep", keep)
    edit("54 %", "45 %")
    edit("1,204", "1,402")
    assert ["CC702", "CC702"] == codes(run)


def test_exchanged_markers_are_found(run: Run) -> None:
    pin(run)
    edit("said [1]", "said [2]")
    assert ["CC706"] == codes(run)


def test_of_a_file_elsewhere_only_passages_are_kept(run: Run) -> None:
    assert 0 == run("pin", "report.md", "--from", "1=../elsewhere.html")[0]
    (made,) = read_lock("citecheck.lock").pins.values()
    assert ("", "") == (made.original, made.file)
    assert {"would stay for as long as it takes", "54 per cent"} == {each.exact for each in made.evidence}
    assert ["CC705"] == codes(run)  # for the source that is not pinned
    edit("it takes", "it lasts")
    assert ["CC701", "CC705"] == codes(run)  # it was this passage, and was edited
    edit("would stay for as long as it lasts", "Nobody else spoke that day")
    assert ["CC705"] == codes(run)  # another one, of which nothing is known


def test_a_text_that_was_edited_is_no_evidence(run: Run) -> None:
    pin(run, "--keep", "text")
    (stored,) = [path for path in Path("citecheck-snapshots").iterdir() if "for as long" in path.read_text("utf-8")]
    stored.write_text(stored.read_text(encoding="utf-8").replace("it takes", "it lasts"), encoding="utf-8")
    edit("it takes", "it lasts")
    assert ["CC704"] == codes(run)


def test_an_original_that_changed_is_no_evidence(run: Run) -> None:
    pin(run)
    Path("sources/2.txt").write_text("The treasurer reported 9,999 members.", encoding="utf-8")
    assert ["CC704"] == codes(run)


def test_a_stored_text_that_is_missing_leaves_an_outcome_unknown(run: Run) -> None:
    pin(run, "--keep", "text")
    for path in Path("citecheck-snapshots").iterdir():
        path.unlink()
    assert ["CC705"] == codes(run)


def test_a_link_out_of_the_repository_is_not_followed(run: Run, tmp_path: Path) -> None:
    pin(run, "--keep", "text")
    (tmp_path / "secret").mkdir()
    for path in list(Path("citecheck-snapshots").iterdir()):
        path.rename(tmp_path / "secret" / path.name)
        path.symlink_to(tmp_path / "secret" / path.name)
    assert ["CC705"] == codes(run)


def test_results_of_earlier_runs_are_not_taken_for_those_of_other_texts(run: Run) -> None:
    pin(run)
    assert [] == codes(run)
    assert [] == codes(run)
    Path("sources/2.txt").write_text("Something else altogether was said there.", encoding="utf-8")
    assert ["CC704"] == codes(run)


def test_stored_texts_are_no_documents(run: Run) -> None:
    pin(run, "--keep", "text")
    Path("citecheck-snapshots/notes.md").write_text(
        "It boils [7].\n\n## Sources\n\n1. A book, p. 3.\n", encoding="utf-8"
    )
    out = json.loads(run("check", ".", "--format", "json")[1])
    assert 2 == out["summary"]["documents"]  # the report and the text of a source that lies beside it


def test_a_page_without_text_is_said_to_be_none(run: Run) -> None:
    Path("sources/2.txt").write_text(" \n1 2 3\n", encoding="utf-8")
    code, out, _ = run("pin", "report.md", "--from", "sources/2.txt")
    assert 1 == code
    assert "has no text" in out
    assert ["CC705", "CC707"] == sorted(codes(run))


def test_pinning_again_changes_nothing(run: Run) -> None:
    pin(run)
    first = Path("citecheck.lock").read_bytes()
    pin(run)
    assert first == Path("citecheck.lock").read_bytes()


def test_a_dry_run_stores_nothing(run: Run) -> None:
    pin(run, "--keep", "text", "--dry-run")
    assert {"report.md", "sources", ".git"} == set(os.listdir()) - {".citecheck_cache"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from", "sources/union.html"], "may be any of 2 sources; say which with --only LABEL"),
        (["--from", "3=sources/union.html"], "no source is labelled 3"),
        (["--from", "1=sources/none.html"], "no such file or folder: sources/none.html"),
        (["--from", "1=report.docx"], "no such file or folder"),
        (["--from", "sources/2.txt", "--keep", "everything"], "no way to keep a text is called 'everything'"),
    ],
)
def test_what_cannot_be_pinned_is_said_in_a_line(options: list[str], said: str, run: Run) -> None:
    code, out, err = run("pin", "report.md", *options)
    assert (2, "") == (code, out)
    assert said in err
    assert 1 == err.count("\n")
    assert not Path("citecheck.lock").exists()


def test_a_broken_lock_fails_the_run_in_a_line(run: Run) -> None:
    Path("citecheck.lock").write_text("<<<<<<< HEAD\n", encoding="utf-8")
    code, out, err = run("check", "report.md")
    assert (2, "") == (code, out)
    assert "is not a lock file of citecheck" in err
    assert 1 == err.count("\n")


def test_sources_are_listed_with_what_they_can_be_checked_by(run: Run) -> None:
    run("pin", "report.md", "--from", "1=sources/union.html")
    code, out, _ = run("sources", "report.md", "--format", "json")
    assert 0 == code
    first, second = json.loads(out)["sources"]
    assert ("1", "https://gazette.example/union", "text") == (first["label"], first["key"], first["stored"])
    assert {"address": "https://gazette.example/union"} == first["checkable_by"]
    assert {"ok": 2} == first["outcomes"]
    assert ("nothing", {"unknown": 2}) == (second["stored"], second["outcomes"])


def test_addresses_are_listed_for_link_checkers(run: Run) -> None:
    code, out, _ = run("sources", "--format", "addresses")
    assert (0, "https://gazette.example/union\nhttps://dockers.example/minutes\n") == (code, out)


def test_reports_know_outcomes(run: Run) -> None:
    run("pin", "report.md", "--from", "1=sources/union.html")
    out = json.loads(run("check", "report.md", "--format", "json")[1])
    assert {"asked": 4, "ok": 2, "wrong": 0, "unknown": 2}.items() <= out["summary"].items()
    first = out["verification"][0]
    assert ("report.md", "https://gazette.example/union", "quotation", "ok") == tuple(
        first[name] for name in ("path", "source", "check", "outcome")
    )
    assert "not-pinned" == out["verification"][-1]["reason"]
    sarif = json.loads(run("check", "report.md", "--format", "sarif")[1])["runs"][0]
    notes = [each["message"]["text"] for each in sarif["invocations"][0]["toolExecutionNotifications"]]
    assert ["figure “1,204”, source 2: not pinned", "figure “2021”, source 2: not pinned"] == notes
    suites = ElementTree.fromstring(run("check", "report.md", "--format", "junit")[1])
    assert 2 == len(suites.findall(".//skipped"))
    assert "against sources: 2 ok, 0 wrong, 2 could not be checked (2 × not pinned)" in run("check", "report.md")[1]


def test_nothing_of_the_network_is_imported_with_or_without_a_lock(run: Run) -> None:
    code = (
        "import sys; from citecheck.cli import status; status(['check', 'report.md', '--no-cache']); "
        "print(*sys.modules, file=sys.stderr)"
    )
    network = {"http", "http.client", "ssl", "socket", "sqlite3", "urllib3", "urllib.request", "pypdfium2"}

    def imported() -> set[str]:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        return set(done.stderr.split())

    without = imported()
    assert set() == without & (network | {"citecheck.sources", "html.parser"})
    pin(run)
    assert set() == imported() & network


ROOT = Path(__file__).parents[1]


def test_the_example_with_passages_is_as_its_readme_shows(run: Run) -> None:
    shutil.copytree(ROOT / "examples/passages", "passages")
    os.chdir("passages")
    before = Path("citecheck.lock").read_bytes()
    files = [word for each in ("1", "2", "3") for word in ("--from", f"passages/{each}.txt")]
    assert 0 == run("pin", "report.md", *files)[0]
    assert before == Path("citecheck.lock").read_bytes()
    shown = run("check", "report.md", "--no-cache")[1]
    assert shown in (ROOT / "examples/passages/README.md").read_text(encoding="utf-8")
    assert shown in (ROOT / "README.md").read_text(encoding="utf-8")


def test_an_ignore_comment_silences_a_finding(run: Run) -> None:
    pin(run)
    edit("The union", "<!-- citecheck: ignore CC701 -->\nThe union")
    edit("it takes", "it lasts")
    assert [] == codes(run)


def test_fixes_leave_findings_of_stored_texts_where_they_are(run: Run) -> None:
    pin(run)
    edit("it takes", "it lasts")
    edit("[2].", "[2][2].")
    code, out, _ = run("check", "report.md", "--fix")
    assert 1 == code
    assert "CC701" in out
    assert "[2][2]" not in Path("report.md").read_text(encoding="utf-8")
