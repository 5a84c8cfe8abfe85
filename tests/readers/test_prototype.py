"""A further format takes one reader: a prototype of Org is joined with bibliographies and projects like all others."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from citecheck import readers
from citecheck.cli import status
from citecheck.readers import FORMATS, Format

ORG = Format("org", frozenset({".org"}), "tests.readers.org_prototype", joined=True)
BIB = "@book{salt, title = {Salt}, isbn = {9780802713735}}\n@book{stone, title = {Stone}, isbn = {9780802713735}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in a citecheck whose table of formats has one more row."""
    more = {**FORMATS, "org": ORG}
    for name, module in list(sys.modules.items()):
        if name.startswith("citecheck.") and getattr(module, "FORMATS", None) is FORMATS:
            monkeypatch.setattr(module, "FORMATS", more)
    monkeypatch.setitem(readers._BY_SUFFIX, ".org", "org")
    (tmp_path / ".git").mkdir()
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*words: str) -> list[tuple[str, str, int, str | None]]:
    with redirect_stdout(StringIO()) as printed:
        status(["check", ".", "--no-cache", "--jobs", "1", "--format", "json", *words])
    told = json.loads(printed.getvalue())["diagnostics"]
    return [(each["path"], each["code"], each["line"], each["label"]) for each in told]


def test_its_keys_are_joined_with_the_bibliography_that_it_names(folder: Path) -> None:
    text = "#+bibliography: refs.bib\n* Salt\nIt is so [cite:@salt; see @nobody p. 3].\n[cite:salt] is none.\n"
    (folder / "a.org").write_text(text, encoding="utf-8")
    assert [("a.org", "CC101", 3, "nobody"), ("a.org", "CC105", 4, None)] == found()


def test_code_is_not_read_and_comments_ignore(folder: Path) -> None:
    code = "#+begin_src text\n[cite:@nobody]\n#+end_src\n"
    ignored = "# citecheck: ignore CC101\nIt is so [cite:@nowhere].\n"
    (folder / "a.org").write_text(f"#+bibliography: refs.bib\n\n{code}\n{ignored}", encoding="utf-8")
    assert [] == found()


def test_what_it_includes_shares_its_keys(folder: Path) -> None:
    (folder / "a.org").write_text('#+bibliography: refs.bib\n#+include: "b.org"\nSo [cite:@salt].\n', encoding="utf-8")
    (folder / "b.org").write_text("So [cite:@stone; @nobody].\n", encoding="utf-8")
    assert [("b.org", "CC101", 1, "nobody")] == found()


def test_a_missing_bibliography_is_one_finding(folder: Path) -> None:
    (folder / "a.org").write_text("#+bibliography: gone.bib\nSo [cite:@salt]. So [cite:@stone].\n", encoding="utf-8")
    assert [("a.org", "CC113", 1, None)] == found()


def test_an_entry_that_it_cites_is_used(folder: Path) -> None:
    (folder / "citecheck.toml").write_text("[options.CC102]\ndatabases = true\n", encoding="utf-8")
    (folder / "a.org").write_text("#+bibliography: refs.bib\nSo [cite:@salt].\n", encoding="utf-8")
    assert [("refs.bib", "CC102", 2, "stone")] == found()
