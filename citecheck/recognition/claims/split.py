"""Claims: the sentences of the body, what each of them does, and the markers that support it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import regex

from citecheck.limits import MOST_PARTS, few_enough
from citecheck.model.citations import Marker
from citecheck.model.claims import Claim, ClaimKind, Coverage
from citecheck.model.structure import Block, BlockKind, Structure
from citecheck.recognition.claims.classify import classify_sentence
from citecheck.recognition.claims.sentences import Splitter
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

_CLAIMING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE})
_PICTURE = lazy_regex(r"\s*(?:!\[|<(?:img|figure|picture|figcaption|iframe|video)\b)", regex.IGNORECASE)
_ADDRESS = lazy_regex(r"\]\([^()\s]*\)|\]\[[^\[\]]*\]")
_LETTERS = lazy_regex(r"[\p{L}\p{N}]+")
_POINTING = 0.7  # the share of a block's letters that links have when it only points elsewhere


def claims(
    layout: Structure,
    marks: Sequence[Span],
    markers: Sequence[Marker],
    lists: SpanSet,
    *,
    language: str | None = None,
    coverage: Coverage = Coverage.TRAILING,
) -> tuple[Claim, ...]:
    """The sentences of the blocks outside source lists, each with the markers in it or immediately after it.

    `marks` are the spans of all that is written like a marker, whether it cites or not.
    """
    splitter = Splitter(layout.text, marks, layout.opaque, language)
    starts = [marker.span.start for marker in markers]
    links = [link.span.start for link in layout.links]
    found: list[Claim] = []
    for number, kind, span in prose(layout, lists):
        own = markers[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        shared = _shared_kind(layout, kind, span, links)
        found += _claims(layout.text, splitter.sentences(span), own, number, shared, coverage)
        few_enough(len(found), "sentences", MOST_PARTS)
    return tuple(found)


def prose(layout: Structure, lists: SpanSet) -> Iterator[tuple[int, BlockKind, Span]]:
    """The blocks that claims are in, without the source lists in them; each with its number among all blocks."""
    for number, block in enumerate(layout.blocks):
        if block.kind in _CLAIMING and block.span.start not in lists:
            yield number, block.kind, Span(block.span.start, _end(block, lists))


def _end(block: Block, lists: SpanSet) -> int:
    """Where a block ends; a source list written right below its last line cuts it."""
    if not lists.touches(block.span):
        return block.span.end
    return next(span.start for span in lists if span.end > block.span.start)


def _shared_kind(layout: Structure, kind: BlockKind, block: Span, links: Sequence[int]) -> ClaimKind | None:
    """What all sentences of a block are, where the block as a whole decides it."""
    if kind is BlockKind.QUOTE:
        return ClaimKind.QUOTATION
    if _PICTURE.match(layout.text, block.start, block.end):
        return ClaimKind.CAPTION
    first, last = bisect_left(links, block.start), bisect_right(links, block.end)
    linked = [link.text for link in layout.links[first:last]]
    if not linked:
        return None
    letters = _letters(_ADDRESS.sub("]", block.of(layout.text)))
    return ClaimKind.POINTER if sum(_letters(text.of(layout.text)) for text in linked) > _POINTING * letters else None


def _letters(text: str) -> int:
    return sum(map(len, _LETTERS.findall(text)))


def _claims(
    text: str,
    sentences: Sequence[Span],
    markers: Sequence[Marker],
    block: int,
    kind: ClaimKind | None,
    coverage: Coverage,
) -> Iterator[Claim]:
    """The claims of one block."""
    own: list[list[Marker]] = [[] for _ in sentences]
    starts = [sentence.start for sentence in sentences]
    for marker in markers if sentences else ():
        own[max(0, bisect_right(starts, marker.span.start) - 1)].append(marker)
    covering = _covering(own, coverage)
    for place, (sentence, mine) in enumerate(zip(sentences, own, strict=True)):
        span = Span(sentence.start, max([sentence.end, *(marker.span.end for marker in mine)]))
        # What supports a sentence makes a statement of it; only a block's first may be a caption all the same.
        stated = place > 0 and covering[place]
        own_kind = kind or (
            ClaimKind.STATEMENT if stated else classify_sentence(_bare(text, span, mine), opens=place == 0)
        )
        if own_kind is ClaimKind.CAPTION:
            kind = own_kind  # `Figure 3. The lake in March.`
        yield Claim(" ".join(span.of(text).split()), span, block, own_kind, tuple(mine), covering[place])


def _bare(text: str, span: Span, markers: Sequence[Marker]) -> str:
    """A sentence without its markers: they are no part of how it ends."""
    pieces, start = [], span.start
    for marker in markers:
        pieces.append(text[start : marker.span.start])
        start = marker.span.end
    return "".join([*pieces, text[start : span.end]])


def _covering(own: Sequence[Sequence[Marker]], coverage: Coverage) -> list[tuple[Marker, ...]]:
    """For each sentence of a block the markers that support it, its own or others of its block."""
    if coverage is Coverage.PARAGRAPH:
        every = tuple(marker for markers in own for marker in markers)
        return [tuple(markers) or every for markers in own]
    covering: list[tuple[Marker, ...]] = []
    later: tuple[Marker, ...] = ()
    for markers in reversed(own):
        later = tuple(markers) or (later if coverage is Coverage.TRAILING else ())
        covering.append(later)
    return covering[::-1]
