"""Units of a text that a citation stays in: its blocks, each with its words, and which of them belong together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from citecheck.comparison.works import Work, dice, words_of
from citecheck.model.citations import Citation
from citecheck.model.document import Document, per_document
from citecheck.model.sources import ListKind
from citecheck.model.structure import BlockKind
from citecheck.text.spans import Span, SpanSet

_BAND: Final = 80  # units off the diagonal that an alignment may be
_GAP: Final = -0.25  # what leaving a unit without a counterpart costs
_FEWEST: Final = 4  # words of a unit that is known again elsewhere


class Use(NamedTuple):
    """A citation of the body: what it is, the whole of its marker, and the sentence that it supports.

    `words` are those of the sentence without its markers; nothing where the sentence is not known.
    """

    citation: Citation
    span: Span
    unit: int
    words: str


class Unit(NamedTuple):
    """A block of the body, or a heading."""

    kind: str
    span: Span
    words: str
    bag: frozenset[str]


def units_of(document: Document) -> list[Unit]:
    """The blocks and headings of a document outside its source lists and notes, in reading order."""
    structure = document.structure
    spans = [(block.span, str(block.kind)) for block in structure.blocks if block.kind is not BlockKind.NOTE]
    spans += [(heading.span, f"heading {heading.level}") for heading in structure.headings]
    lists = lists_of(document)
    found = []
    for span, kind in sorted(spans):
        if span.start not in lists:
            words = _bare(document, span)
            found.append(Unit(kind, span, words, words_of(words)))
    return found


def uses_of(document: Document, units: Sequence[Unit]) -> list[Use]:
    """The citations of the body: of its markers, of links to sources, and of what was meant as a marker."""
    starts = [unit.span.start for unit in units]
    lists = lists_of(document)
    claims = {marker.span: claim for claim in document.claims for marker in claim.markers}
    every = [(citation, marker.span) for marker in document.markers for citation in marker.citations]
    every += [(citation, citation.span) for citation in document.links]
    every += [(citation, broken.span) for broken in document.malformed for citation in broken.citations]
    known = {marker.span for marker in document.markers} if units else frozenset()
    uses = []
    for citation, span in sorted(every, key=lambda each: (each[1], each[0].span)):
        if span.start in lists:
            continue
        claim = claims.get(span)
        unit = max(0, bisect_right(starts, span.start) - 1)
        words = _bare(document, claim.span) if claim else units[unit].words if span in known else ""
        uses.append(Use(citation, span, unit, words))
    return uses


def lists_of(document: Document) -> SpanSet:
    """Where sources are listed; between the notes of a text is its body."""
    return SpanSet(
        span
        for listing in document.source_lists
        for span in (
            [source.span for source in listing.sources] if listing.kind is ListKind.FOOTNOTES else [listing.span]
        )
    )


def _bare(document: Document, span: Span) -> str:
    """The words of a span without its markers, with single spaces."""
    pieces, start = [], span.start
    for marker in _markers_in(document, span):
        pieces.append(document.structure.text[start : marker.start])
        start = max(start, marker.end)
    return " ".join("".join([*pieces, document.structure.text[start : span.end]]).split())


def _markers_in(document: Document, span: Span) -> Sequence[Span]:
    spans = _marker_spans(document)
    return spans[bisect_left(spans, span.start, key=_start) : bisect_left(spans, span.end, key=_start)]


@per_document
def _marker_spans(document: Document) -> Sequence[Span]:
    return sorted({*(marker.span for marker in document.markers), *(broken.span for broken in document.malformed)})


def _start(span: Span) -> int:
    return span.start


# Alignment --------------------------------------------------------------------------------------------------

Cited = Mapping[int, frozenset[Work]]
"""The works that units cite, by the number of the unit."""


def aligned(old: Sequence[Unit], new: Sequence[Unit], cited: tuple[Cited, Cited]) -> dict[int, int]:
    """The unit of the new text for each of the old that has one: by equal words, then by order, then moved ones."""
    pairs: dict[int, int] = {}
    i = j = 0
    equal = SequenceMatcher(None, [unit.words for unit in old], [unit.words for unit in new])
    for block in equal.get_matching_blocks():  # the last is empty, at both ends
        pairs |= _in_order(old, new, cited, (i, block.a), (j, block.b))
        pairs |= {block.a + step: block.b + step for step in range(block.size)}
        i, j = block.a + block.size, block.b + block.size
    return pairs | _moved(old, new, pairs)


def _in_order(
    old: Sequence[Unit],
    new: Sequence[Unit],
    cited: tuple[Cited, Cited],
    rows: tuple[int, int],
    columns: tuple[int, int],
) -> dict[int, int]:
    """The best pairs of two runs of units that keep their order (Needleman and Wunsch 1970, within a band)."""
    (top, bottom), (left, right) = rows, columns
    height, width = bottom - top, right - left
    if not height or not width:
        return {}
    band = _BAND + abs(height - width)
    best = [[(_GAP * column, "left") for column in range(width + 1)]]
    for row in range(1, height + 1):
        middle = row * width // height
        line = [(_GAP * row, "up")] + [(float("-inf"), "left")] * width
        for column in range(max(1, middle - band), min(width, middle + band) + 1):
            one, two = top + row - 1, left + column - 1
            like = _likeness(old[one], new[two], cited[0].get(one), cited[1].get(two))
            above, beside, corner = best[-1][column][0], line[column - 1][0], best[-1][column - 1][0]
            line[column] = max((corner + like, "both"), (above + _GAP, "up"), (beside + _GAP, "left"))
        best.append(line)
    pairs, row, column = {}, height, width
    while row and column:
        step = best[row][column][1]
        if step == "both":
            pairs[top + row - 1] = left + column - 1
        row, column = row - (step != "left"), column - (step != "up")
    return pairs


def _likeness(one: Unit, two: Unit, works: frozenset[Work] | None, others: frozenset[Work] | None) -> float:
    """How likely it is that two units are one, whatever their languages: negative where they are of two kinds."""
    if one.kind.startswith("heading") != two.kind.startswith("heading"):
        return -1.0
    like = 4 * dice(one.bag, two.bag) + (0.4 if one.kind == two.kind else 0.0)
    if works or others:
        like += (
            3 * len((works or frozenset()) & (others or frozenset())) / max(len(works or ()), len(others or ())) - 0.3
        )
    short, long = sorted((one.span.end - one.span.start, two.span.end - two.span.start))
    return like + (0.3 if 3 * short >= long else -0.3)


def _moved(old: Sequence[Unit], new: Sequence[Unit], pairs: Mapping[int, int]) -> dict[int, int]:
    """The units without a counterpart in order that are, word for word, elsewhere."""
    taken = set(pairs.values())
    left: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(new):
        if number not in taken and len(unit.bag) >= _FEWEST:
            left[unit.words].append(number)
    found = {}
    for number, unit in enumerate(old):
        if number not in pairs and left.get(unit.words):
            found[number] = left[unit.words].pop(0)
    return found
