"""Entries of a database that no document cites: told where that is asked for, and every document was read."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from citecheck.cli import status

BIB = "@book{salt, title = {Salt}, isbn = {9780802713735}}\n@book{stone, title = {Stone}, isbn = {9780802713735}}\n"
ROOT = "\\documentclass{{book}}\n\\begin{{document}}\n{}\n\\end{{document}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(*words: str, select: str = "CC101,CC102,CC104,CC113,CC115,CC902") -> list[tuple[str, str, str | None]]:
    """The file, code and label of each finding of a run."""
    with redirect_stdout(StringIO()) as printed:
        status(["check", *(words or (".",)), "--format", "json", "--select", select])
    told = json.loads(printed.getvalue())["diagnostics"]
    return [(each["path"], each["code"], each["label"]) for each in told]


@pytest.fixture
def databases(folder: Path) -> Path:
    (folder / "citecheck.toml").write_text("[options.unused-source]\ndatabases = true\n", encoding="utf-8")
    return folder


FRONT = "---\nbibliography: refs.bib\n---\n\n"
CITING = {
    "a.md": f"{FRONT}So [@KEY].\n",
    "a.tex": ROOT.format("So \\cite{KEY}.\\bibliography{refs}"),
    "a.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "metadata": {}, "source": f"{FRONT}So [@KEY].\n"}]}),
    "b.ipynb": json.dumps(
        {
            "cells": [
                {"cell_type": "raw", "metadata": {}, "source": FRONT.splitlines(keepends=True)},
                {"cell_type": "markdown", "metadata": {}, "source": ["So\n", "[@KEY]."]},
            ]
        }
    ),
}


@pytest.mark.parametrize("name", CITING)
def test_an_entry_that_no_document_cites_is_told_where_that_is_asked_for(databases: Path, name: str) -> None:
    write(databases, {"refs.bib": BIB, name: CITING[name].replace("KEY", "salt")})
    assert [("refs.bib", "CC102", "stone")] == found() == found("refs.bib")
    write(databases, {"citecheck.toml": ""})
    assert [] == found()


def test_it_weighs_less_than_an_unused_source_of_a_printed_list(databases: Path) -> None:
    write(databases, {"refs.bib": BIB, "a.md": CITING["a.md"].replace("KEY", "salt")})
    assert 0 == status(["check", "refs.bib", "--quiet"])
    assert 1 == status(["check", "refs.bib", "--quiet", "--fail-on", "warning"])


@pytest.mark.parametrize(
    "other",
    [
        {"b.md": "---\nbibliography: refs.bib\nnocite: '@*'\n---\n\nSo [@salt].\n"},
        {"b.tex": ROOT.format("\\nocite{*}\\bibliography{refs}")},
        {"b.tex": ROOT.format("\\cite{\\macro}\\bibliography{refs}")},  # a key that nobody knows
        {"b.ipynb": "no JSON"},
        {"b.md": "---\nbibliography: refs.bib\nnocite: |\n  @stone\n---\n"},
        {"b.md": "---\nbibliography: refs.bib\n---\n\nSo says @stone.\n"},
        {"sub/b.tex": "\\cite{stone}"},
        {"b.py": '"""As in :cite:`stone`."""\n'},
        {"b.Rnw": "\\cite{stone}\n"},
    ],
)
def test_it_is_not_told_where_another_document_cites_it_or_could_not_be_read(
    databases: Path, other: dict[str, str]
) -> None:
    write(databases, {"refs.bib": BIB, "a.md": CITING["a.md"].replace("KEY", "salt"), **other})
    assert [] == [each for each in found() if each[1] == "CC102"]


def test_a_bibliography_that_no_document_uses_is_not_judged(databases: Path) -> None:
    write(databases, {"refs.bib": BIB, "a.md": "Nothing is cited.\n"})
    assert [] == found()


def test_aliases_and_relatives_of_what_is_cited_are_used(databases: Path) -> None:
    bib = """@incollection{one, title = {One}, crossref = {whole}}
@collection{whole, title = {Whole}, xdata = {house}}
@xdata{house, publisher = {House}}
@book{two, ids = {zwei, deux}, title = {Two}}
@book{three, title = {Three}}
"""
    write(databases, {"refs.bib": bib, "a.md": CITING["a.md"].replace("KEY", "one; @deux")})
    assert [("refs.bib", "CC102", "three")] == found()


def test_a_key_that_nocite_names_is_checked_like_others(folder: Path) -> None:
    front = "---\nbibliography: refs.bib\nnocite: |\n  @salt, @nobody1\n---\n"
    write(
        folder,
        {
            "refs.bib": BIB,
            "a.md": f"{front}\nSo [@salt].\n",
            "b.tex": ROOT.format(r"\nocite{nobody2}\bibliography{refs}"),
        },
    )
    assert [("a.md", "CC101", "nobody1"), ("b.tex", "CC101", "nobody2")] == found()


def test_the_cache_knows_what_other_documents_cite(databases: Path) -> None:
    write(databases, {"refs.bib": BIB, "a.md": CITING["a.md"].replace("KEY", "salt")})
    assert [("refs.bib", "CC102", "stone")] == found() == found()
    write(databases, {"b.md": CITING["a.md"].replace("KEY", "stone")})
    assert [] == found()
