"""What is at a place: the label of a marker, of a link or of an entry, and all other places of the same key."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from citecheck.model.citations import Citation, Key
from citecheck.model.document import Document
from citecheck.model.sources import Source
from citecheck.text.spans import Span


class Spot(NamedTuple):
    """What is at a place: its span, the labels that it shows, and the keys that these are.

    A label of its own has one key; a marker between its labels, and a range, have those of all. `source` is the entry,
    where the place is the label of one.
    """

    span: Span
    keys: tuple[Key, ...]
    labels: tuple[str, ...]
    source: Source | None = None


def spot(document: Document, offset: int) -> Spot | None:
    """What is at an offset, or ends there."""
    return _marker(document, offset) or _link(document, offset) or _entry(document, offset)


def _marker(document: Document, offset: int) -> Spot | None:
    markers = document.markers
    first = bisect_right(markers, offset, key=lambda marker: marker.span.start) - 1
    for marker in (markers[place] for place in (first, first - 1) if place >= 0):
        if marker.span.start <= offset <= marker.span.end:
            own = [one for one in marker.citations if one.span.start <= offset <= one.span.end]
            inside = [one for one in own if offset < one.span.end] or own
            if not inside and len(marker.citations) > 1:
                return _of(marker.citations, marker.span)
            return _of(marker.citations, (inside or marker.citations)[0].written(document.text))
    return None


def _link(document: Document, offset: int) -> Spot | None:
    found = (link for link in document.links if link.span.start <= offset <= link.span.end)
    return next((Spot(link.written(document.text), (link.key,), (link.label,)) for link in found), None)


def _of(citations: Iterable[Citation], span: Span) -> Spot:
    """The spot of those citations that lie in a span."""
    own = [one for one in citations if span.covers(one.span)]
    return Spot(span, tuple(one.key for one in own), tuple(one.label for one in own))


def _entry(document: Document, offset: int) -> Spot | None:
    for listing in document.source_lists:
        if not listing.span.start <= offset <= listing.span.end:
            continue
        for source in listing.sources:
            if source.key and source.label and _before(source) <= offset <= source.label_span.end:
                return Spot(source.label_span, (source.key,), (source.label,), source)
    return None


def _before(source: Source) -> int:
    """Where an entry's label begins to be pointed at: at its bracket, on the same line."""
    return max(source.span.start, source.label_span.start - 1)


def entries(document: Document, keys: Iterable[Key]) -> Iterator[Source]:
    """The entries of keys, in the order of these, each once."""
    seen: set[Span] = set()
    for key in keys:
        for source in document.listed.get(key, ()):
            if source.span not in seen:
                seen.add(source.span)
                yield source


def uses(document: Document, keys: Iterable[Key]) -> list[Span]:
    """Where the text names any of the keys, in reading order."""
    found = (citation for key in keys for citation in document.uses.get(key, ()))
    return sorted({citation.written(document.text) for citation in found})
