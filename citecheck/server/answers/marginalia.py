"""What is shown beside the text: how often an entry is cited, the title beside a marker, and where links lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from citecheck.model.document import Document
from citecheck.model.sources import ListKind
from citecheck.server.analysis import Analysis
from citecheck.server.answers.words import times, title
from citecheck.text.spans import Span

_UNUSED: Final = "CC102"
_HINT: Final = 40  # code points of a title beside a marker


class Note(NamedTuple):
    """Words beside a span; for a link the address."""

    span: Span
    words: str


def lenses(analysis: Analysis) -> Iterator[Note]:
    """How often each entry is cited; nothing for one of which CC102 says that it is not."""
    document = analysis.readable
    if document is None:
        return
    told = {each.span for each in analysis.diagnostics if each.code == _UNUSED}
    for listing in document.source_lists:
        if listing.kind is ListKind.DATABASE:
            continue  # other documents cite it
        for source in listing.sources:
            cited = source.key in document.cited
            if source.key and (cited or (listing.kind is not ListKind.READING and source.span not in told)):
                yield Note(source.label_span, times(document, source.key))


def hints(document: Document, within: Span) -> Iterator[Note]:
    """The titles of what markers of a single label name, each at the end of its marker."""
    for marker in document.markers:
        if len(marker.citations) == 1 and within.overlaps(marker.span):
            sources = document.listed.get(marker.citations[0].key, ())
            if sources:
                yield Note(Span(marker.span.end, marker.span.end), title(sources[0], _HINT))


def links(document: Document) -> Iterator[Note]:
    """Where the addresses and DOIs of entries lead."""
    seen: set[Span] = set()
    for source in document.sources:
        doi = source.record.doi
        found = [(field.span, field.value) for field in source.record.urls]
        if doi and not any(span.overlaps(doi.span) for span, _ in found):
            found.append((doi.span, f"https://doi.org/{doi.value}"))
        for span, address in found:
            if address.lower().startswith(("https://", "http://")) and span not in seen:
                seen.add(span)
                yield Note(span, address)
