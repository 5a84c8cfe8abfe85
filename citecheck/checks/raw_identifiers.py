"""What sources give as their address and their numbers, as it is written, with each place where it is.

A record keeps the first identifier of a kind, and an address without the sentence's punctuation. A fault may lie in the
second, or in that very punctuation, so identifiers are read here once more from the text of the source. Where white
space follows, trailing punctuation is the sentence's; in the brackets of a link it belongs to what is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from citecheck.identifiers import BRACKETS
from citecheck.model.document import Document, per_document
from citecheck.model.sources import Field, ListKind, Record
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span, SpanSet

_TRAILING = ".,;:!?'\"”’»*_`|"
_CLOSERS = {"](": ")", "<": ">"}  # of a link's destination, and of an address in angle brackets
_DESTINATION = lazy_regex(r"\]\(\s?<?([^\s<>()]++(?:\([^\s()]*+\)[^\s<>()]*+)*+)")
_SPACED = lazy_regex(
    r"(?<=\]\()(https?://[^\s()<>\"']++(?: (?![=\"'])[^\s()<>\"']++){1,8}+)(?=\))"
    r"|\bhttps?:// (?=[\w-]{1,63}\.\w)[^\s()<>]++"
    r"|\bhttps?://(?:[\w-]{1,63}\.){1,4}+ (?:[\w-]{1,63}\.){0,3}+(?:com|org|net|edu|gov|info|io)/[^\s()<>]*+",
    regex.IGNORECASE,
)
_SPACES = (lazy_re(r"\]\([^\s()]+ [^\"'=]"), lazy_re(r"://[\w.-]+\. "))

_BROKEN = lazy_regex(r"[ \t]{0,9}[\r\n]\s*+")  # in angle brackets an address may run over lines (RFC 3986, app. C)
_SUFFIXED = r"(?:[^\s\"<“”，。；、]|<(?=\d))"
_DOI = lazy_regex(
    rf"(?:(?P<resolver>(?:https?:/{{1,2}})?(?:www\.|dx\.)?doi\.org/(?:doi:)?)"
    rf"|\bdoi\s?[:：]?\s?|(?<![\w/.=%?&-])(?=10\.\d{{4,9}}/))"
    rf"(?P<value>(?=[1Il][0Oo][.,/]|\d{{1,4}}[.,]\d{{2,9}}/\S){_SUFFIXED}{{1,400}}+)",
    regex.IGNORECASE,
)
_LABELLED = r"\b(?:\s?\([^()\n]{1,20}\))?[\s:：]{0,4}"
_HYPHEN = r"[\-‐‑‒–—−]"
_HYPHENS = lazy_regex(_HYPHEN)
_SPACE = lazy_regex(r"(?<=\w) ")
_FEWEST_DIGITS = 4  # of a number that somebody meant to give; `978-x-xxx` is none yet
_ISBN = lazy_regex(
    rf"\b[ep]?-?ISBN(?:[- ]?1[03](?=[\s:：)]))?{_LABELLED}"
    rf"(?P<value>[\dO][\da-z]*+(?:{_HYPHEN}\s{{0,20}}[\da-z]++){{0,6}}+"
    rf"(?:[ ](?:\d++(?:{_HYPHEN}[\da-z]++)*+|X\b)){{0,5}}+)",
    regex.IGNORECASE,
)
_ISSN = lazy_regex(
    rf"\b[ep]?-?ISSN(?:-L)?{_LABELLED}(?P<value>\d{{4}} \d{{3}}[\dX]\b|\d{{2}}[\da-z]*+(?:{_HYPHEN}[\da-z]++)?)",
    regex.IGNORECASE,
)
_ARXIV = lazy_regex(
    r"(?:\barxiv\.org/(?:abs|pdf|html|format|ps|e-print|src)/|\barxiv\s?[:：]\s?(?:abs/)?|\b10\.48550/arxiv\.)"
    r"(?P<value>[\w-]++(?:[./](?!(?:pdf|html?|ps)\b)[\w-]++){1,4}+)"
    r"|\barxiv\s(?:preprint\s|e-?print\s)?(?P<value>\d{4}\.\d{4,7}+(?:v\d++)?)\b",
    regex.IGNORECASE,
)
_PMID = lazy_regex(
    r"(?:\bPMID\s?[:：]?\s{0,3}|\bpubmed\.ncbi\.nlm\.nih\.gov/|\bnih\.gov/pubmed/)(?P<value>(?:PMC)?\d(?:(?!PM)\w)*+)",
    regex.IGNORECASE,
)
_PMCID = lazy_regex(
    r"(?:\bPMCID\s?[:：]?\s{0,3}(?P<value>(?=[a-z]{0,4}\d)\w++)|nih\.gov/(?:pmc/)?articles/(?P<value>PMC\w++))",
    regex.IGNORECASE,
)


class RawIdentifier(NamedTuple):
    """A value, and where it is in one entry, which ends at `end`: `[https://…](https://…)` has it twice.

    One that is not `literal` is written otherwise than it reads, as `a\\_b` for `a_b`.
    """

    value: str
    spans: tuple[Span, ...]
    label: str | None
    end: int
    literal: bool = True


class Doi(NamedTuple):
    """A DOI as written, and where; `resolver` is whether it follows `doi.org/`, `start` where that begins."""

    value: str
    span: Span
    start: int
    resolver: bool


class EntryText(NamedTuple):
    """The part of a document that a source is written in: an entry, or a linked marker.

    `record` is what the fields of an entry tell that has fields: nothing is looked for in its words.
    """

    span: Span
    label: str | None
    record: Record | None = None


@per_document
def entry_texts(document: Document) -> tuple[EntryText, ...]:
    """Every entry of every source list, and every other marker that carries its own address, in reading order."""
    entries = {
        source.span: EntryText(source.span, source.label, source.record if listing.kind is ListKind.DATABASE else None)
        for listing in reversed(document.source_lists)
        for source in reversed(listing.sources)
    }
    within = SpanSet(entries)
    linked = [marker.span for marker in document.markers if marker.address and marker.span.start not in within]
    return tuple(sorted([*entries.values(), *(EntryText(span, None) for span in linked)], key=lambda each: each.span))


@per_document
def addresses(document: Document) -> tuple[RawIdentifier, ...]:
    """The addresses of sources, with those that have a space in them."""
    return tuple(_addresses(document))


def _addresses(document: Document) -> Iterator[RawIdentifier]:
    fields = {source.span: [field.span for field in source.record.urls] for source in document.sources}
    broken = _may_be_spaced(document.text)
    for passage in entry_texts(document):
        if passage.record:
            for url in passage.record.urls:
                literal = url.value == url.span.of(document.text)
                yield RawIdentifier(url.value, (url.span,), passage.label, passage.span.end, literal)
            continue
        spaced = [Span(*found.span()) for found in _SPACED.finditer(document.text, *passage.span)] if broken else []
        plain = fields.get(passage.span) or [
            Span(*found.span(1)) for found in _DESTINATION.finditer(document.text, *passage.span)
        ]
        whole = [*spaced, *(span for span in plain if not any(each.overlaps(span) for each in spaced))]
        yield from _grouped(whole, passage, document)


def _may_be_spaced(text: str) -> bool:
    """Whether a space may be in any address of a text: a look for the rare beginnings of that."""
    return ":// " in text or any(pattern.search(text) for pattern in _SPACES)


def _grouped(spans: Iterable[Span], passage: EntryText, document: Document) -> Iterator[RawIdentifier]:
    """The values that are at some spans, each once."""
    places: dict[str, list[Span]] = {}
    for span in sorted(spans):
        places.setdefault(_BROKEN.sub("", span.of(document.text)), []).append(span)
    for value, found in places.items():
        yield RawIdentifier(value, tuple(found), passage.label, passage.span.end)


def dois(passage: EntryText, text: str) -> Iterator[Doi]:
    """The DOIs of a passage, sound or not; one that the end of a line has cut in two is left out."""
    if passage.record:
        if field := passage.record.doi:
            yield Doi(field.span.of(text), field.span, field.span.start, resolver=False)
        return
    end = passage.span.start
    while found := _DOI.search(text, end, passage.span.end):
        start, end = found.span("value")
        cut = text.startswith(("\n", "\r"), end) and text[end : passage.span.end].strip()
        end = _end(text, start, end, opened=_opening(text, found.start()))
        value = text[start:end]
        if not cut or value.partition("/")[2]:
            yield Doi(value, Span(start, end), found.start(), found["resolver"] is not None)


def _opening(text: str, start: int) -> str:
    """The bracket that what starts here is enclosed in, if it is one of a link."""
    return "](" if text.startswith("](", start - 2) else text[start - 1 : start]


def _end(text: str, start: int, end: int, opened: str) -> int:
    """Where a value ends: at the link's closing bracket, or before the punctuation of the sentence."""
    trimmed, open_ = end, []
    for place in range(start, end):
        character = text[place]
        if character in "([{<":
            open_.append(character)
        elif character in BRACKETS and (not open_ or open_.pop() != BRACKETS[character]):
            trimmed = place
            break
    while trimmed > start and text[trimmed - 1] in _TRAILING:
        trimmed -= 1
    closer = _CLOSERS.get(opened)
    closed = text.find(closer, trimmed, end + 1) if closer else -1
    return closed if closed >= 0 else trimmed


def isbns(passage: EntryText, text: str) -> Iterator[Span]:
    """What follows the word ISBN in a passage, without a year that follows."""
    if passage.record:
        yield from _literal(passage.record.isbn, text)
        return
    for span in _values(_ISBN, passage, text):
        first, *others = _SPACE.split(span.of(text))
        value, whole = first, 13 if first.startswith("97") else 10
        while others and len(_HYPHENS.findall(first)) < 2 and _digits(value) < whole and value[-1] not in "Xx":
            value = f"{value} {others.pop(0)}"
        if _digits(value) >= _FEWEST_DIGITS:
            yield Span(span.start, span.start + len(value))


def _digits(value: str) -> int:
    return sum(map(str.isdecimal, value))


def issns(passage: EntryText, text: str) -> Iterator[Span]:
    """What follows the word ISSN in a passage."""
    found = _literal(passage.record.issn, text) if passage.record else _values(_ISSN, passage, text)
    return (span for span in found if _digits(span.of(text)) >= _FEWEST_DIGITS)


def arxiv_identifiers(passage: EntryText, text: str) -> Iterator[Span]:
    """What follows `arXiv:` in a passage, in an address of arxiv.org, or in the DOI that arXiv gives."""
    found = _literal(passage.record.arxiv, text) if passage.record else _values(_ARXIV, passage, text)
    return (span for span in found if _digits(span.of(text)) >= _FEWEST_DIGITS)


def pmids(passage: EntryText, text: str) -> Iterator[Span]:
    """What follows the word PMID in a passage, or in an address of PubMed."""
    return _literal(passage.record.pmid, text) if passage.record else _values(_PMID, passage, text)


def pmcids(passage: EntryText, text: str) -> Iterator[Span]:
    """What follows the word PMCID in a passage, or in an address of PubMed Central."""
    return _literal(passage.record.pmcid, text) if passage.record else _values(_PMCID, passage, text)


def _literal(field: Field | None, text: str) -> Iterator[Span]:
    """The place of a field, where it is written as it reads."""
    if field and field.value == field.span.of(text):
        yield field.span


def _values(pattern: regex.Pattern[str], passage: EntryText, text: str) -> Iterator[Span]:
    return (Span(*found.span("value")) for found in pattern.finditer(text, *passage.span))
