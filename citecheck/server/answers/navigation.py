"""From a marker to its entries and back: definition, references, highlight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from citecheck.model.citations import CITATIONS
from citecheck.server.analysis import Analysis
from citecheck.server.answers.libraries import shelved
from citecheck.server.answers.places import entries, spot, uses
from citecheck.text.spans import Span


class Target(NamedTuple):
    """A place to go to: all of it, and what to select; in the document itself, or in a file with its text."""

    span: Span
    selection: Span
    path: str | None = None
    text: str = ""


def definitions(analysis: Analysis, offset: int) -> tuple[Span | None, list[Target]]:
    """The entries of what is at an offset, and the span that it is at."""
    document = analysis.readable
    found = spot(document, offset) if document else None
    if document is None or found is None:
        return None, []
    targets = [Target(source.span, source.label_span) for source in entries(document, found.keys)]
    labels = {
        label
        for key, label in zip(found.keys, found.labels, strict=True)
        if key.numbering == CITATIONS and key not in document.listed
    }
    if labels:
        targets += [
            Target(each.span, each.span, each.path, each.text)
            for each in shelved(analysis.neighbours.files)
            if each.key in labels
        ]
    return found.span, targets


def references(analysis: Analysis, offset: int, *, declaration: bool) -> list[Span]:
    """The places that name what is at an offset, the labels of its entries among them if these are wanted."""
    document = analysis.readable
    found = spot(document, offset) if document else None
    if document is None or found is None:
        return []
    listed = {source.label_span for source in entries(document, found.keys)} if declaration else set[Span]()
    return sorted({*uses(document, found.keys), *listed})


class Highlight(NamedTuple):
    """A place that is shown with others: a use of a source, or its entry's label."""

    span: Span
    is_entry: bool


def highlights(analysis: Analysis, offset: int) -> Iterator[Highlight]:
    """All places of what is at an offset."""
    document = analysis.readable
    found = spot(document, offset) if document else None
    if document is None or found is None:
        return
    yield from (Highlight(span, is_entry=False) for span in uses(document, found.keys))
    yield from (Highlight(source.label_span, is_entry=True) for source in entries(document, found.keys))
