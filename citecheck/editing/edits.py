"""Edits: what they make of a text, and where its offsets are afterwards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from citecheck.model.findings import Edit
from citecheck.text.spans import Span


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with every span replaced; the edits neither overlap nor reach beyond the text."""
    pieces: list[str] = []
    end = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        pieces += [text[end : edit.span.start], edit.text]
        end = edit.span.end
    return "".join([*pieces, text[end:]])


def sound(edits: Iterable[Edit], length: int) -> bool:
    """Whether edits can be applied together to a text of that length."""
    spans = sorted(edit.span for edit in edits)
    inside = all(0 <= span.start <= span.end <= length for span in spans)
    return inside and all(first.end <= second.start and first != second for first, second in pairwise(spans))


def conflict(edits: Iterable[Edit], taken: Sequence[Span]) -> bool:
    """Whether an edit shares a code point with a span that is taken, or is beside one; `taken` is sorted.

    What two edits make of neighbouring words neither of them has seen.
    """
    for edit in edits:
        place = bisect_right(taken, edit.span.end, key=lambda span: span.start) - 1
        if place >= 0 and edit.span.start <= taken[place].end:
            return True
    return False


class Shift:
    """Where the offsets of a text are once its edits are applied."""

    __slots__ = ("_edits", "_moved", "_starts")

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits = sorted(edits, key=lambda edit: edit.span)
        self._starts: list[int] = []  # where the text of each edit begins
        self._moved: list[int] = []  # how far what follows each edit moves
        total = 0
        for edit in self._edits:
            self._starts.append(edit.span.start + total)
            total += len(edit.text) - (edit.span.end - edit.span.start)
            self._moved.append(total)

    def span(self, span: Span) -> Span:
        """Where a span is: its bounds where nothing replaced them, otherwise those of what replaced them."""
        return Span(self._bound(span.start, last=False), self._bound(span.end, last=True))

    def _bound(self, offset: int, *, last: bool) -> int:
        place = self._place(offset)
        if place < 0:
            return offset
        start, end = self._edits[place].span
        if offset > end or (offset == end and (last or start < end)):
            return offset + self._moved[place]
        if offset == start or not last:
            return self._starts[place]
        return self._starts[place] + len(self._edits[place].text)

    def swallows(self, span: Span) -> bool:
        """Whether a single edit replaces all of a span."""
        place = self._place(span.start)
        return place >= 0 and self._edits[place].span.covers(span)

    def _place(self, offset: int) -> int:
        """The last edit that begins at or before an offset; -1 where there is none."""
        return bisect_right(self._edits, offset, key=lambda edit: edit.span.start) - 1

    def wrote(self, span: Span) -> bool:
        """Whether a span of the edited text has, or is at, any part of what an edit wrote."""
        place = bisect_right(self._starts, span.end) - 1
        return place >= 0 and span.start <= self._starts[place] + len(self._edits[place].text)
