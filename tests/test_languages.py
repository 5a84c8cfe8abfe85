"""Every language of the lexicon is read: `cases/languages/XX.toml` says what a text in it has, and what comes of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from citecheck import Settings, lint, parse
from citecheck.lexicon.building import NO_LANGUAGE, languages
from citecheck.model.claims import ClaimKind
from citecheck.model.sources import ListKind

CASES = Path(__file__).parent / "cases" / "languages"
HEADINGS = {
    "references": ListKind.NUMBERED,
    "notes": ListKind.NUMBERED,  # of notes that read as sources
    "further_reading": ListKind.READING,
}
SENTENCES = {"caption": ClaimKind.CAPTION, "conclusion": ClaimKind.CONCLUSION, "remark": ClaimKind.REMARK}
LISTED = "1. I. Marlowe, “Salts”, 1901, https://salt.example.\n2. I. Marlowe, “Pans”, 1902, https://pans.example.\n"


def cases(table: str) -> list[ParameterSet]:
    """The rows of one table in every case file: a key, what is written, and what is expected where the file says so."""
    return list(_cases(table))


def _cases(table: str) -> Iterator[ParameterSet]:
    for path in sorted(CASES.glob("*.toml")):
        for key, written in tomllib.loads(path.read_text(encoding="utf-8")).get(table, {}).items():
            texts = written.items() if isinstance(written, dict) else [(written, "")]
            yield from (pytest.param(key, text, expected, id=f"{path.stem}-{key}") for text, expected in texts)


def test_every_language_has_its_cases() -> None:
    known = {language.code for language in languages()} - {NO_LANGUAGE}
    assert known == {path.stem for path in CASES.glob("*.toml")}


@pytest.mark.parametrize(("key", "title", "_"), cases("headings"))
def test_a_heading_is_known(key: str, title: str, _: str) -> None:
    (listing,) = parse(f"Salt [1], pans [2].\n\n## {title}\n\n{LISTED}", name="a.md").source_lists
    assert (title, HEADINGS[key]) == (listing.heading, listing.kind)


@pytest.mark.parametrize(("key", "written", "expected"), cases("dates"))
def test_a_date_is_read(key: str, written: str, expected: str) -> None:
    text = f"Salt [1].\n\n## Sources\n\n1. Salt pans. https://salt.example. {written}\n"
    ((source,),) = [listing.sources for listing in parse(text, name="a.md").source_lists]
    found = source.record.accessed if key == "accessed" else source.record.date
    assert expected == (found and found.value)


@pytest.mark.parametrize(("key", "sentence", "_"), cases("sentences"))
def test_a_sentence_is_told_from_a_statement(key: str, sentence: str, _: str) -> None:
    first, *_others = parse(f"{sentence}\n", name="a.md").claims
    assert (SENTENCES[key], sentence) == (first.kind, first.text)


@pytest.mark.parametrize(("key", "sentence", "_"), cases("markers"))
def test_a_note_of_a_missing_citation_is_known(key: str, sentence: str, _: str) -> None:
    assert key == "missing"
    text = f"{sentence} Salt [1].\n\n## Sources\n\n{LISTED}"
    assert ["a citation is still missing here"] == [each.fault for each in parse(text, name="a.md").malformed]


@pytest.mark.parametrize(("key", "written", "_"), cases("pages"))
def test_what_a_page_says_is_no_text(key: str, written: str, _: str) -> None:
    code, text = {
        "furniture": ("CC602", f"Salt is dear.\n\n{written}\n\nIt came by the river.\n"),
        "soft_404": ("CC308", f"Salt [1].\n\n## Sources\n\n1. “{written}”, https://salt.example\n"),
    }[key]
    found = lint(text, format="markdown", settings=Settings(select=(code,), pedantic=True))
    assert [code] == [each.code for each in found]


AUTHOR_YEARS = {
    path.stem: table["author_years"]
    for path in sorted(CASES.glob("*.toml"))
    if "author_years" in (table := tomllib.loads(path.read_text(encoding="utf-8")))
}


@pytest.mark.parametrize("code", AUTHOR_YEARS)
def test_citations_by_author_and_year_are_read(code: str) -> None:
    case = AUTHOR_YEARS[code]
    heading = tomllib.loads((CASES / f"{code}.toml").read_text(encoding="utf-8"))["headings"]["references"]
    text = f"{case['text']}\n## {heading}\n\n{case['sources']}"
    document = parse(text, name="a.md")
    cited = {citation.label for marker in document.markers for citation in marker.citations}
    assert {*case["cited"], *case["undefined"]} == cited
    found = lint(text, format="markdown", settings=Settings(select=("CC101", "CC102", "CC902")))
    assert [("CC101", label) for label in case["undefined"]] == [(each.code, each.label) for each in found]
