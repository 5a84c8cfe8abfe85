"""Several numbers at one place: CC204, CC205 and CC504."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Final

from citecheck.checks.clusters import marker_clusters
from citecheck.checks.families import Checks
from citecheck.model.citations import Marker, Syntax
from citecheck.model.document import Document
from citecheck.model.findings import MOST_RELATED, Edit, Finding, Fix, RelatedSpan, counted
from citecheck.recognition.markers.grammar import DASH
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_SEPARATOR = lazy_regex(r"\s{0,20}[,;，；、]\s{0,20}")
_DASH = lazy_regex(rf"\s?({DASH})\s?")
_FEWEST = 3  # numbers in a row that a range replaces
_EN_DASH = "–"
# The range's dash: AMA Manual of Style 3.6 and the NLM's Citing Medicine have a hyphen, IEEE and Nature an en dash.
_DASHES: Mapping[str, str] = MappingProxyType({"ama": "-", "vancouver": "-", "ieee": _EN_DASH, "nature": _EN_DASH})


def unsorted_marker(document: Document) -> Iterator[Finding]:
    """CC204: the numbers at one place do not ascend."""
    for place in marker_clusters(document):
        items = [item for marker in place for item in _items(marker)]
        numbers = [number for number, _ in items]
        if len(numbers) < 2 or numbers == sorted(numbers) or len(set(numbers)) < len(numbers):
            continue
        parts = [span for _, span in items] if len(place) == 1 else [marker.span for marker in place]
        if len(parts) != len(items):
            continue  # groups side by side: each is a place of its own
        order = [other for _, other in sorted(zip(numbers, parts, strict=True))]
        worded = len(place) == 1 and place[0].locator  # whose words would stay after: `[3, p. 2; 1]`
        fix = None if worded else _sorting(parts, order, document.text)
        shown = ", ".join(str(number) for number in sorted(numbers))
        yield Finding(Span(place[0].span.start, place[-1].span.end), f"in order, these are {shown}", fix=fix)


def _sorting(parts: Sequence[Span], order: Sequence[Span], text: str) -> Fix:
    edits = [Edit(span, other.of(text)) for span, other in zip(parts, order, strict=True)]
    return Fix("sort the numbers", tuple(edit for edit in edits if edit.span.of(text) != edit.text))


def _items(marker: Marker) -> Iterator[tuple[int, Span]]:
    """The labels and ranges of a marker as written, each by its first number; none where a label is a word."""
    if all(label.isdecimal() for label in marker.labels):
        for span, citations in groupby(marker.citations, key=lambda citation: citation.span):
            yield int(next(citations).label), span


def uncollapsed_range(document: Document, *, style: str) -> Iterator[Finding]:
    """CC205: three or more numbers in a row are spelled out in one marker."""
    if style == "wikipedia":
        return
    dash = _DASHES.get(style) or _usual_dash(document)
    for marker in document.markers:
        items = list(_items(marker))
        if len(items) != len(marker.citations) or marker.locator:
            continue  # it has a range already, or its last number a page
        for run in _runs(items, document):
            start, end = run[0][1], run[-1][1]
            first, last = start.of(document.text), end.of(document.text)
            span = Span(start.start, end.end)
            fix = Fix(f"write {first}{dash}{last}", (Edit(span, f"{first}{dash}{last}"),))
            yield Finding(span, f"these numbers are the range {first}{dash}{last}", fix=fix)


def _usual_dash(document: Document) -> str:
    """The dash of most of the document's ranges."""
    written = [range_.span.of(document.text) for marker in document.markers for range_ in marker.ranges]
    dashes = Counter(found[1] for each in written if (found := _DASH.search(each)))
    return dashes.most_common()[0][0] if dashes else _EN_DASH


def _runs(items: Sequence[tuple[int, Span]], document: Document) -> Iterator[list[tuple[int, Span]]]:
    """Items that count up by one, with only a separator between them, long enough for a range."""
    run = list(items[:1])
    for before, item in pairwise(items):
        between = document.text[before[1].end : item[1].start]
        if item[0] != before[0] + 1 or not _SEPARATOR.fullmatch(between):
            if len(run) >= _FEWEST:
                yield run
            run = []
        run.append(item)
    if len(run) >= _FEWEST:
        yield run


def too_many_citations(document: Document, *, most: int) -> Iterator[Finding]:
    """CC504: more sources are named at one place than a reader will follow; said once. A range is named as one.

    Of keys a style makes ranges, and nobody sees here how many are left.
    """
    places = (place for place in marker_clusters(document) if place[0].syntax is not Syntax.KEY)
    crowded = [(place, named) for place in places if (named := _named(place)) > most]
    if not crowded:
        return
    (first, count), *others = crowded
    more = f", and more than {most} at {counted(len(others), 'other place')}" if others else ""
    related = tuple(RelatedSpan(_whole(place), f"{named} here") for place, named in others[:MOST_RELATED])
    yield Finding(_whole(first), f"{count} sources are cited at one place{more}", related=related)


def _named(place: Sequence[Marker]) -> int:
    """How many labels and ranges are written at one place, each counted once."""
    return len(
        {(citation.span if marker.ranges else citation.key) for marker in place for citation in marker.citations}
    )


def _whole(place: Sequence[Marker]) -> Span:
    return Span(place[0].span.start, place[-1].span.end)


CHECKS: Final[Checks] = {
    "CC204": unsorted_marker,
    "CC205": uncollapsed_range,
    "CC504": too_many_citations,
}
