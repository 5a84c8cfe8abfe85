"""How a document was read, for trust and for debugging: its markers, its source lists, its claims.

docs/kettle.md (markdown): 2 markers, 2 citations, 1 source, 1 claim, 1 covered

Markers
  3:36  [1]  → 1
…
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from citecheck.model.citations import Marker
from citecheck.model.claims import Claim
from citecheck.model.document import Document
from citecheck.model.findings import counted
from citecheck.model.sources import FIELDS, ListKind, Source, SourceList
from citecheck.reports.terminal import Screen, cells, shortened, wrapped
from citecheck.text.spans import Span

_INDENT: Final = "  "
_KINDS: Final = {
    ListKind.NUMBERED: "",
    ListKind.FOOTNOTES: "footnotes, ",
    ListKind.READING: "further reading, ",
    ListKind.AUTHORS: "cited by author and year, ",
    ListKind.UNLABELLED: "without labels, ",
    ListKind.DATABASE: "database, ",
}


def write(documents: Iterable[Document], stream: TextIO, screen: Screen) -> None:
    """Writes how each document was read."""
    separator = ""
    for document in documents:
        stream.write(separator + "\n".join(_document(document, screen)) + "\n")
        separator = "\n"


def _document(document: Document, screen: Screen) -> Iterator[str]:
    yield f"{screen.paint('path', screen.shown(document.name))} ({document.format}): {_numbers(document)}"
    if document.markers:
        yield from ("", screen.paint("heading", "Markers"))
        yield from _markers(document, screen)
    if document.not_understood:
        yield from ("", screen.paint("heading", "Not understood"))
        for way in document.not_understood:
            words = f"{counted(way.uses, way.noun)}, such as “{screen.shown(way.sample)}”"
            yield from hanging(at(way.span, document), words, screen)
    for listing in document.source_lists:
        yield from ("", screen.paint("heading", _title(listing, document, screen)))
        for source in listing.sources:
            yield from _source(source, document, screen)
    if document.author_years and (unread := document.author_years.unread):
        yield from ("", screen.paint("heading", f"Names or year not read of {counted(len(unread), 'source')}"))
        for span in unread:
            words = screen.shown(" ".join(span.of(document.text).split()))
            yield from hanging(at(span, document), shortened(words, screen.width, screen.ellipsis), screen)
    if document.claims:
        yield from ("", screen.paint("heading", "Claims"))
        for claim in document.claims:
            yield from _claim(claim, document, screen)


def _numbers(document: Document) -> str:
    counts = (
        (len(document.markers), "marker"),
        (len(document.citations), "citation"),
        (len(document.sources), "source"),
        (len(document.claims), "claim"),
    )
    read = ", ".join(counted(number, noun) for number, noun in counts)
    covered = sum(claim.covered for claim in document.claims)
    return f"{read}, {covered:,} covered" if document.claims else read


def _markers(document: Document, screen: Screen) -> Iterator[str]:
    texts = [shortened(screen.shown(marker.text), screen.width // 2, screen.ellipsis) for marker in document.markers]
    column = min(24, max(map(cells, texts)))
    for marker, text in zip(document.markers, texts, strict=True):
        pad = " " * (column - cells(text))
        yield from hanging(at(marker.span, document), f"{text}{pad}  {_labels((marker,), screen)}", screen)


def _title(listing: SourceList, document: Document, screen: Screen) -> str:
    heading = f"“{screen.shown(listing.heading)}”" if listing.heading else "no heading"
    labels = "" if listing.first_label is None else f", from label {screen.shown(listing.first_label)}"
    cell = document.source_map.cell(listing.span) if document.source_map else None
    line = f"line {document.lines.position(listing.span.start).line}"
    place = f"cell {cell.number}, line {cell.start.line}" if cell else line
    size = counted(len(listing.sources), "source")
    return f"Sources at {place}: {heading}, {_KINDS[listing.kind]}{size}{labels}"


def _source(source: Source, document: Document, screen: Screen) -> Iterator[str]:
    label = "-" if source.label is None else screen.shown(source.label)
    words = screen.shown(" ".join(source.text.split())) or "(empty)"
    yield from hanging(at(source.span, document), f"{label}  {words}", screen)
    record = source.record
    told = [*((name, getattr(record, name)) for name in FIELDS), *(("url", url) for url in record.urls)]
    for name, field in told:
        if field:
            words = f"{screen.paint('code', f'{name:<9}')} {screen.shown(' '.join(field.value.split()))}"
            yield from hanging("", words, screen)


def _claim(claim: Claim, document: Document, screen: Screen) -> Iterator[str]:
    own = _labels(claim.markers, screen)
    later = [marker for marker in claim.covering if marker not in claim.markers]
    if own:
        support = screen.paint("fix", f"cites {own}")
    elif later:
        support = screen.paint("fix", f"covered by {_labels(later, screen)}")
    else:
        support = screen.paint("warning", "not covered")
    words = screen.shown(" ".join(claim.text.split()))
    yield from hanging(at(claim.span, document), words, screen)
    yield from hanging("", support, screen)


def _labels(markers: Iterable[Marker], screen: Screen) -> str:
    return screen.shown(", ".join(label for marker in markers for label in marker.labels))


def at(span: Span, document: Document) -> str:
    """A place as people are shown it: line and column, within its cell where there are cells."""
    cell = document.source_map.cell(span) if document.source_map else None
    line, column = cell.start if cell else document.lines.position(span.start)
    return f"cell {cell.number}:{line}:{column}" if cell else f"{line}:{column}"


def hanging(place: str, words: str, screen: Screen) -> Iterator[str]:
    """A place, and words after it that stay after it where they run over."""
    margin = f"{_INDENT}{place:<8} "
    yield from wrapped(margin + words, screen.width, " " * len(margin))
