"""Lists by author as people write them: an entry a line, hanging lines, works in press, and a remark below the last.

A list of paragraphs is bounded by blank lines before anybody knows how it is cited. Here its paragraphs are cut into
entries, where several are written in one, and what is none goes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

import regex

from citecheck.model.sources import ListKind
from citecheck.model.structure import Structure
from citecheck.recognition.author_year.works import NO_DATE, YEAR
from citecheck.recognition.lists.boundaries import BoundedEntry, SourceListCandidate
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_LINE = lazy_regex(r"^(?P<indent>[ \t]*+)(?P<words>\S[^\n]*)", regex.MULTILINE)
# How an entry by an author begins: `Lund, H.`, `Lund H, `, `Lund, Hans. `, `Hans Lund. 2019.`, `———.`
_NAME = r"\p{Lu}[\p{L}\p{M}'’-]+"
_BEGINS = lazy_regex(
    rf"[-–—_]{{2,}}|(?:\p{{Ll}}{{1,4}}\s){{0,3}}{_NAME}(?:\s{_NAME}){{0,2}},\s(?:\p{{Lu}}\.|\p{{Lu}}\p{{Ll}}+)"
    rf"|\p{{Lu}}[^\n\d*]{{2,120}}?[(\[（]{YEAR}[a-z]?[)\],，）]|\p{{Lu}}[^\n\d*]{{2,80}}?[.,]\s{YEAR}[a-z]?[.:,]\s\S"
)
_NAMED = lazy_regex(rf"{_NAME}(?:\s{_NAME})?[,;]\s?\p{{Lu}}")
_UNDATED = lazy_regex(rf"[\p{{Lu}}\p{{Lo}}][^\n]{{0,200}}?[(\[（]{NO_DATE}(?:-[a-z])?[)\]）]")
_PROSE = lazy_regex(rf"[^.\n]{{2,80}}[(（]{YEAR}[a-z]?[)）]['’s]{{0,2}}\s\p{{Ll}}")
# How the line above ends an entry: with a word, a number, a bracket or emphasis, and a stop; or with an address.
_ENDED = lazy_regex(r"(?r)(?:(?:\p{L}{2}|[\d)\]*_>”])[.)\]>*_”]+|\d|://\S{1,200})[ \t]*\n\Z")
_SHARE: Final = 0.6  # of the lines of a paragraph that begin like an entry


def by_line(layout: Structure, found: Sequence[SourceListCandidate]) -> list[SourceListCandidate]:
    """The lists, those of paragraphs without labels cut into the entries that they have."""
    return [_cut(layout, listing) if listing.kind is ListKind.UNLABELLED else listing for listing in found]


def _cut(layout: Structure, listing: SourceListCandidate) -> SourceListCandidate:
    first = listing.listed[0]
    if first.text != first.span:  # of bullets
        return listing
    entries = [Span(*piece) for span in _paragraphs(layout, listing) for piece in _pieces(layout.text, span)]
    while len(entries) > 1 and _PROSE.match(layout.text, *entries[-1]):
        entries.pop()
    listed = tuple(BoundedEntry(None, span, span) for span in entries)
    return listing._replace(listed=listed, span=Span(listing.span.start, entries[-1].end))


def _paragraphs(layout: Structure, listing: SourceListCandidate) -> Iterator[Span]:
    """The paragraphs of a list with those of works that have no year: in press, or for want of one."""
    own = {one.span.start: one.span for one in listing.listed}
    headings = layout.headings
    following = bisect_left(headings, listing.span.end, key=lambda heading: heading.span.start)
    end = headings[following].span.start if following < len(headings) else len(layout.text)
    place = bisect_left(layout.blocks, listing.span.start + 1, key=lambda block: block.span.start)
    for block in layout.blocks[place:]:
        if block.span.start >= end:
            return
        if block.span.start in own:
            yield own[block.span.start]
        elif _UNDATED.match(layout.text, *block.span) or (
            listing.listed[0].span.start < block.span.start < listing.span.end
            and _NAMED.match(layout.text, *block.span)
        ):
            yield block.span


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """The entries of a paragraph: each from a line that begins like one, where most do or the others are indented."""
    lines = [*_LINE.finditer(text, *span)]
    if len(lines) < 2:
        yield span
        return
    least = min(len(line["indent"]) for line in lines)
    outer = [line for line in lines if len(line["indent"]) == least]
    hanging = len(outer) < len(lines) and lines[0] in outer
    begun = [line for line in outer if _BEGINS.match(text, line.start("words"), span.end)]
    if not hanging:
        begun = [line for line in begun if line.start() == span.start or _ENDED.search(text, span.start, line.start())]
    if len(begun) < 2 or lines[0] not in begun or (not hanging and len(begun) < _SHARE * len(lines)):
        yield span
        return
    starts = [line.start("words") for line in (outer if hanging and len(begun) == len(outer) else begun)]
    for start, stop in zip(starts, [*starts[1:], span.end], strict=True):
        yield Span(start, start + len(text[start:stop].rstrip()))
