"""The order of numbers, in the text and in the list: CC201 to CC203."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from citecheck.checks.clusters import marker_clusters
from citecheck.checks.families import Checks
from citecheck.editing.renumber import by_appearance, close_gaps, sorted_list
from citecheck.model.citations import FOOTNOTES, Key, Marker
from citecheck.model.document import Document
from citecheck.model.findings import MOST_RELATED, Finding, RelatedSpan, counted
from citecheck.model.sources import ListKind, Source, SourceList
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import SpanSet

_SORTED = 0.9  # the share of neighbours in alphabetical order that makes a list one sorted by author or title
_SPARSE = 4  # with a gap after nearly every number nobody counts: the labels are those of tickets, say
_WORDS = lazy_regex(r"[\p{L}\p{N}]+")


def out_of_order_citation(document: Document) -> Iterator[Finding]:
    """CC201: sources are not cited in the order of their numbers; said once a list.

    A list sorted by author or title is numbered by the alphabet. Within one place any order will do. The fix numbers
    the whole document again, so the first finding has it.
    """
    told = False
    first = _first_citations(document)
    for listing in _numbered(document):
        sources = _entries(listing)
        if _alphabetical(sources):
            continue
        keys = first.keys() & {source.key for source in sources if source.key}
        in_order = sorted(keys, key=lambda key: (first[key].place, int(key.label)))  # at one place any order will do
        late = list(_descents([(int(key.label), first[key].marker) for key in in_order]))
        if late:
            ((number, marker), (before, earlier)), *_ = late
            more = f", and {len(late) - 1} more out of order" if len(late) > 1 else ""
            yield Finding(
                marker.span,
                f"source {number} is first cited after source {before}{more}",
                label=str(number),
                related=(RelatedSpan(earlier.span, f"source {before} is first cited here"),),
                fix=None if told else by_appearance(document),
            )
            told = True


def _number(source: Source) -> int:
    """The number of an entry; of one under a word, none that comes before another."""
    return int(source.label) if source.label and source.label.isdecimal() else 0


def _numbered(document: Document) -> Iterator[SourceList]:
    """The lists whose entries the text cites by number."""
    for listing in document.source_lists:
        numbers = [_number(source) for source in _entries(listing)]
        counted_up = len(numbers) > 1 and max(numbers) - min(numbers) < _SPARSE * len(numbers)
        if listing.kind is ListKind.NUMBERED and listing.numbering != FOOTNOTES and counted_up:
            yield listing


def _entries(listing: SourceList) -> list[Source]:
    """The entries that carry a number, each once, under its first label."""
    firsts = (next(group) for _, group in groupby(listing.sources, key=lambda source: source.span))
    return [source for source in firsts if source.label is not None and source.label.isdecimal()]


def _alphabetical(sources: Sequence[Source]) -> bool:
    """Whether a list is sorted by its entries' first words."""
    words = [" ".join(_WORDS.findall(source.text[:80])).casefold() for source in sources]
    ascending = sum(one <= other for one, other in pairwise(words))
    return len(words) > 2 and ascending >= _SORTED * (len(words) - 1)


class _First(NamedTuple):
    """The first citation of a source: the place, counted from the beginning of the text, and the marker there."""

    place: int
    marker: Marker


def _first_citations(document: Document) -> dict[Key, _First]:
    """Where the text first cites each source, outside of the lists."""
    lists = SpanSet(listing.span for listing in document.source_lists)
    found: dict[Key, _First] = {}
    for number, place in enumerate(marker_clusters(document)):
        if place[0].span.start not in lists:
            for marker in place:
                for citation in marker.citations:
                    found.setdefault(citation.key, _First(number, marker))
    return found


_Numbered = tuple[int, Marker]


def _descents(firsts: Sequence[_Numbered]) -> Iterator[tuple[_Numbered, _Numbered]]:
    """Each number first cited after a greater one, with the greatest before it."""
    if not firsts:
        return
    greatest = firsts[0]
    for first in firsts[1:]:
        if first[0] < greatest[0]:
            yield first, greatest
        else:
            greatest = first


def numbering_gap(document: Document) -> Iterator[Finding]:
    """CC202: the numbers of a list leave some out; said once a list. What the text cites is CC101's to say.

    The fix closes all gaps of the document, so the first finding has it.
    """
    told = False
    for listing in _numbered(document):
        sources = sorted(_entries(listing), key=_number)
        taken = {source.label for source in listing.sources} | {
            key.label for key in document.cited if key.numbering == listing.numbering
        }
        gaps = [
            (before, after)
            for before, after in pairwise(sources)
            if _number(after) - _number(before) > 1 and str(_number(before) + 1) not in taken
        ]
        if gaps:
            before, after = gaps[0]
            more = f", and {counted(len(gaps) - 1, 'more gap')} follow{'s' if len(gaps) == 2 else ''}"
            yield Finding(
                after.label_span,
                f"the numbers jump from {before.label} to {after.label}{more if len(gaps) > 1 else ''}",
                label=after.label,
                related=tuple(
                    RelatedSpan(other.label_span, "and again here") for _, other in gaps[1 : MOST_RELATED + 1]
                ),
                fix=None if told else close_gaps(document),
            )
            told = True


def unordered_source_list(document: Document) -> Iterator[Finding]:
    """CC203: the entries of a list are not in the order of their numbers; said once a list.

    A number that comes again begins another list, or is CC103's to say.
    """
    for listing in _numbered(document):
        sources = _entries(listing)
        late: list[tuple[Source, Source]] = []
        greatest, seen = sources[0], {sources[0].label}
        for source in sources[1:]:
            if source.label in seen:
                break
            seen.add(source.label)
            if _number(source) < _number(greatest):
                late.append((source, greatest))
            else:
                greatest = source
        if late:
            source, greatest = late[0]
            more = f", and {len(late) - 1} more out of order" if len(late) > 1 else ""
            yield Finding(
                source.label_span,
                f"source {source.label} is listed after source {greatest.label}{more}",
                label=source.label,
                related=tuple(
                    RelatedSpan(other.label_span, "out of order too") for other, _ in late[1 : MOST_RELATED + 1]
                ),
                fix=sorted_list(document, listing),
            )


CHECKS: Final[Checks] = {
    "CC201": out_of_order_citation,
    "CC202": numbering_gap,
    "CC203": unordered_source_list,
}
