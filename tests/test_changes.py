"""Only what changed, as git tells it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from citecheck.cli import status

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git here")

LIST = "\n## Sources\n\n[1] Thermometry for kitchens, 2019, p. 3.\n[2] Almanac of frost, 2020, p. 9.\n"
OLD = "Boils [3].\n\nFreezes [1].\n\nDries [2].\n" + LIST

Told = Callable[..., list[str]]


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@kitchen.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def commit() -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", "more")


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """The findings that the command tells, in a repository of two documents that each have a fault."""
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet", "--initial-branch", "main")
    for name in ("a.md", "b.md"):
        Path(name).write_text(OLD, encoding="utf-8")
    commit()

    def run(*arguments: str) -> list[str]:
        status(["check", "--format", "concise", "--quiet", *arguments])
        answer = capsys.readouterr()
        return [*answer.out.splitlines(), *answer.err.splitlines()]

    return run


def write(name: str, old: str, new: str) -> None:
    text = Path(name).read_text(encoding="utf-8")
    assert old in text
    Path(name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_only_documents_that_changed_are_checked(told: Told) -> None:
    assert [] == told("--since", "HEAD")
    write("a.md", "Freezes", "It freezes")
    Path("new.md").write_text("Boils [9], [1].\n" + LIST.replace("[2]", "[1]"), encoding="utf-8")
    told_of = [line.split(":")[0] for line in told("--since", "HEAD")]
    assert {"a.md", "new.md"} == set(told_of)
    assert ["a.md", "new.md"] == told("--since", "HEAD", "--show-files")


def test_only_lines_that_changed_count(told: Told) -> None:
    write("a.md", "Freezes [1].", "Freezes [1], steams [7].")
    assert ["a.md:3:21: CC101 [error] no source is numbered 7"] == told("--changed-lines")
    assert ["a.md:3:21: CC101 [error] no source is numbered 7"] == told("--changed-lines", "--since", "HEAD")


def test_lines_above_move_nothing_into_the_change(told: Told) -> None:
    write("a.md", "Boils", "A line.\n\n" * 10 + "Boils")
    assert [] == told("--changed-lines")


def test_a_marker_whose_source_was_deleted_counts(told: Told) -> None:
    write("a.md", "[2] Almanac of frost, 2020, p. 9.\n", "")
    assert ["a.md:5:7: CC101 [error] no source is numbered 2"] == told("--changed-lines")


def test_a_source_whose_last_marker_was_deleted_counts(told: Told) -> None:
    write("a.md", "Dries [2].\n", "")
    assert ["a.md:9:1: CC102 [error] nothing in the text cites source 2"] == told("--changed-lines")


def test_a_document_that_was_renamed_has_changed_where_it_changed(told: Told) -> None:
    git("mv", "a.md", "c.md")
    write("c.md", "Freezes [1].", "Freezes [1], steams [7].")
    git("add", "--all")
    assert ["c.md:3:21: CC101 [error] no source is numbered 7"] == told("--changed-lines")


def test_a_document_that_only_has_another_name_or_mode_has_no_changed_lines(told: Told) -> None:
    git("mv", "a.md", "c.md")
    Path("b.md").chmod(0o755)
    assert [] == told("--changed-lines")
    assert ["b.md", "c.md"] == told("--since", "HEAD", "--show-files")


def test_lines_between_two_changes_do_not_count(told: Told) -> None:
    git("config", "diff.interHunkContext", "100")
    write("b.md", OLD, "Water.\n\n" + OLD + "\nMore.\n")
    assert [] == told("--changed-lines")


def test_a_document_that_git_takes_for_binary_counts_whole(told: Told) -> None:
    Path("a.md").write_bytes(OLD.encode("utf-16"))
    commit()
    Path("a.md").write_bytes(OLD.replace("Freezes", "It freezes").encode("utf-16"))
    assert ["a.md:1:7: CC101 [error] no source is numbered 3"] == told("--changed-lines")


def test_a_branch_is_compared_with_where_it_left(told: Told) -> None:
    git("checkout", "--quiet", "-b", "topic")
    write("a.md", "Freezes", "It freezes")
    commit()
    git("checkout", "--quiet", "main")
    write("b.md", "Freezes", "It freezes")
    commit()
    git("checkout", "--quiet", "topic")
    assert ["a.md"] == told("--since", "main", "--show-files")


def test_names_may_be_anything_and_folders_any(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path("docs")
    folder.mkdir()
    names = ["*.md", "-o.md", '"quoted"\n茶.md', ":(top)x.md"]
    for name in names:
        (folder / name).write_text(OLD, encoding="utf-8")
    commit()
    monkeypatch.chdir(folder)
    for name in names:
        write(name, "Freezes [1].", "Freezes [1], steams [7].")
    lines = told("--changed-lines")
    assert 4 == len(lines)
    assert {"no source is numbered 7"} == {line.split("] ", 1)[1] for line in lines}


@pytest.mark.parametrize("revision", ["nowhere", "--output=forged", "HEAD:a.md"])
def test_a_revision_that_git_does_not_know_ends_the_run(told: Told, revision: str) -> None:
    assert [f"citecheck: git knows no revision {revision!r}"] == told(f"--since={revision}")
    assert not Path("forged").exists()


def test_no_repository_ends_the_run(told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    shutil.rmtree(".git")
    (line,) = told("--since", "HEAD")
    assert line.startswith("citecheck: what changed cannot be determined: fatal: not a git repository")


def test_a_link_that_is_new_is_no_change_of_what_it_leads_to(told: Told) -> None:
    Path("link.md").symlink_to("a.md")
    assert [] == told("--since", "HEAD")
    assert [] == told("--changed-lines")


# What is read beside a document ---------------------------------------------------------------------------------

BIB = "@book{salt, title = {Salt}, isbn = {9780802713735}}\n@book{stone, title = {Stone}, isbn = {9780802713735}}\n"
ROOT = "\\documentclass{book}\n\\begin{document}\n\\include{one}\\include{two}\n\\bibliography{refs}\n\\end{document}\n"


@pytest.fixture
def keyed(told: Told) -> Told:
    """The same for a repository in which a Quarto chapter, and two of a LaTeX document, cite a bibliography."""
    files = {
        "refs.bib": BIB,
        "_quarto.yml": "bibliography: refs.bib\n",
        "c.qmd": "So [@salt; @stone].\n",
        "d.qmd": "No key here.\n",
        "main.tex": ROOT,
        "one.tex": "So \\cite{salt}.\n",
        "two.tex": "So \\cite{stone}.\n",
    }
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")
    commit()
    return told


def test_a_chapter_has_changed_where_its_bibliography_has(keyed: Told) -> None:
    assert [] == keyed("--since", "HEAD", "--show-files")
    write("refs.bib", "{stone,", "{mud,")
    assert ["c.qmd", "main.tex", "one.tex", "refs.bib", "two.tex"] == keyed("--since", "HEAD", "--show-files")
    expected = [
        "c.qmd:1:13: CC101 [error] no source is labelled stone",
        "two.tex:1:4: CC101 [error] no source is labelled stone",
    ]
    assert expected == keyed("--since", "HEAD", "--select", "CC101")
    assert expected == keyed("--changed-lines", "--select", "CC101")


def test_a_chapter_has_changed_where_its_bibliography_is_gone(keyed: Told) -> None:
    Path("refs.bib").unlink()
    expected = [
        "c.qmd:1:4: CC113 [error] the bibliography refs.bib is not there",
        "main.tex:4:15: CC113 [error] the bibliography refs is not there",
    ]
    assert expected == keyed("--since", "HEAD") == keyed("--changed-lines")


def test_what_was_wrong_before_a_bibliography_changed_is_not_told(keyed: Told) -> None:
    write("c.qmd", "@salt;", "@salt; @nobody;")
    commit()
    write("refs.bib", "{stone,", "{mud,")
    told = keyed("--changed-lines", "--select", "CC101")
    assert ["c.qmd:1:22: CC101 [error] no source is labelled stone"] == [
        line for line in told if line.startswith("c.qmd")
    ]


def test_a_chapter_has_changed_where_another_of_its_document_has(keyed: Told) -> None:
    write("main.tex", "\\include{two}", "")
    assert ["main.tex", "one.tex", "two.tex"] == keyed("--since", "HEAD", "--show-files")
