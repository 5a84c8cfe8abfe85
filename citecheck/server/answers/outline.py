"""The outline of a document: its source lists and their entries, as symbols and as parts that can be folded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from citecheck.model.document import Document
from citecheck.model.findings import counted
from citecheck.model.sources import ListKind, Source, SourceList
from citecheck.server.answers.words import title
from citecheck.text.spans import Span


class Symbol(NamedTuple):
    """Something with a name: all of it, what to select of it, and what is in it."""

    name: str
    detail: str
    span: Span
    selection: Span
    children: tuple[Symbol, ...] = ()


def symbols(document: Document) -> Iterator[Symbol]:
    """The source lists with their entries."""
    for listing in document.source_lists:
        inside = tuple(map(_entry, _entries(listing)))
        name = listing.heading or ("Footnotes" if listing.kind is ListKind.FOOTNOTES else "Sources")
        span = _trimmed(document.text, listing.span)
        yield Symbol(name, counted(len(inside), "source"), span, Span(span.start, span.start), inside)


def _entry(source: Source) -> Symbol:
    name = f"[{source.label}] {title(source)}" if source.label else title(source)
    return Symbol(name or "[]", "", source.span, source.label_span if source.label else source.span)


def _entries(listing: SourceList) -> Iterator[Source]:
    """The entries of a list, each once however many labels it has."""
    last = None
    for source in listing.sources:
        if source.span != last:
            yield source
        last = source.span


def folds(document: Document) -> Iterator[Span]:
    """What can be folded: each list, and each entry; the client leaves out what is on one line."""
    for listing in document.source_lists:
        yield _trimmed(document.text, listing.span)
        for source in _entries(listing):
            yield _trimmed(document.text, source.span)


def _trimmed(text: str, span: Span) -> Span:
    """A span without the space at its end."""
    words = span.of(text)
    return Span(span.start, span.start + len(words.rstrip()))
