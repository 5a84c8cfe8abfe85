"""One source named twice at one place: CC107."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from citecheck.checks.clusters import by_definitions, marker_clusters
from citecheck.checks.families import Checks
from citecheck.checks.messages import called, listed
from citecheck.model.citations import Key, Marker, Syntax
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Finding, Fix, RelatedSpan
from citecheck.model.sources import ListKind
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_NAMED = 3  # labels a message names
_SEPARATOR = lazy_regex(r"\s*[,;，；、]\s*")
_Name = tuple[Key, str | None]


class _Item(NamedTuple):
    """One part of a marker as written, a label or a range, and what it names, with the labels as messages show them."""

    span: Span
    names: Mapping[_Name, str]


def repeated_citation(document: Document) -> Iterator[Finding]:
    """CC107: a marker, or a run of neighbours, names one source more than once.

    Two locators in one source, `[2, p. 4][2, p. 9]`, are two citations; so are links to two places. Where
    others are links by definitions, `[3][3]` is one without its definition.
    """
    defined = by_definitions(document)
    for place in marker_clusters(document):
        if defined and len(place) == 2 and place[0].text == place[1].text:
            continue
        if sum(len(marker.citations) for marker in place) > 1:
            yield from _repetitions(place, document)


def _items(marker: Marker) -> list[_Item]:
    """The parts of a marker in the order written; none where it says where in a source to look."""
    if marker.locator:
        return []
    return [
        _Item(span, {(citation.key, _shown(marker)): citation.label for citation in citations})
        for span, citations in groupby(marker.citations, key=lambda citation: citation.span)
    ]


def _shown(marker: Marker) -> str | None:
    """What a marker shows of its sources: links point to two places, `\\citeauthor` and `\\citeyear` say two things."""
    if marker.syntax is Syntax.KEY and marker.address is None:
        return marker.text[: marker.citations[0].span.start - marker.span.start]
    return marker.address


def _repetitions(place: Sequence[Marker], document: Document) -> Iterator[Finding]:
    """What is named again at one place, in reading order."""
    parts = [_items(marker) for marker in place]
    owners = _owners(item for items in parts for item in items)
    for number, (marker, items) in enumerate(zip(place, parts, strict=True)):
        again = [{name: owners[name] for name in item.names if owners[name] != item.span} for item in items]
        needless = [len(repeated) == len(item.names) for repeated, item in zip(again, items, strict=True)]
        if items and all(needless):
            names = {name: label for item in items for name, label in item.names.items()}
            first = next(iter(again[0].values()))
            yield _finding(marker, marker.span, [*names.values()], first, _without_marker(place, number))
            continue
        for index, (item, repeated) in enumerate(zip(items, again, strict=True)):
            if repeated:
                cut = _without_item(items, index, document) if needless[index] else None
                labels = [item.names[name] for name in repeated]
                yield _finding(marker, item.span, labels, next(iter(repeated.values())), cut)


def _owners(items: Iterable[_Item]) -> dict[_Name, Span]:
    """The part that each name stays in: a range rather than a label it includes, then the part that comes first."""
    owners: dict[_Name, Span] = {}
    for item in sorted(items, key=lambda item: -len(item.names)):
        for name in item.names:
            owners.setdefault(name, item.span)
    return owners


def _finding(marker: Marker, span: Span, labels: list[str], first: Span, cut: Span | None) -> Finding:
    """The finding about labels that a span names again; `cut` is what can go with nothing lost."""
    footnote = marker.syntax is Syntax.FOOTNOTE
    if len(labels) == 1:
        subject = f"{called(labels[0], ListKind.FOOTNOTES if footnote else None)} is"
    else:
        subject = f"{'footnotes' if footnote else 'sources'} {listed(labels, limit=_NAMED)} are"
    related = (RelatedSpan(first, "cited here too"),)
    fix = Fix("remove the repetition", (Edit(cut, ""),)) if cut else None
    return Finding(span, f"{subject} cited twice here", label=labels[0], related=related, fix=fix)


def _without_marker(place: Sequence[Marker], number: int) -> Span:
    """What to cut so that a marker goes, and the space between it and a neighbour."""
    if number:
        return Span(place[number - 1].span.end, place[number].span.end)
    return Span(place[0].span.start, place[1].span.start)


def _without_item(items: list[_Item], index: int, document: Document) -> Span | None:
    """What to cut so that one of several parts goes, and a separator; None where something else comes between."""
    before, after = (items[index - 1], items[index]) if index else (items[0], items[1])
    if not _SEPARATOR.fullmatch(document.text[before.span.end : after.span.start]):
        return None
    return Span(before.span.end, after.span.end) if index else Span(before.span.start, after.span.start)


CHECKS: Final[Checks] = {
    "CC107": repeated_citation,
}
