"""Spans of a text: half-open ranges of code points, and sets of them.

Inside citecheck every offset counts code points, as Python's strings do. Other units are converted at the edge.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The digits from 0 to 9 as a text has them where it raises them."""


class Span(NamedTuple):
    """A half-open range of code points, `text[start:end]`; orders by where it starts."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The part of the text that the span names."""
        return text[self.start : self.end]


class SpanSet:
    """Spans joined where they touch, so that asking whether an offset lies in one is a bisection."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            elif start < end:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, offset: int) -> bool:
        """Whether the code point at the offset lies in one of the spans."""
        place = bisect_right(self._starts, offset) - 1
        return place >= 0 and offset < self._ends[place]

    def __iter__(self) -> Iterator[Span]:
        """The joined spans in order."""
        return map(Span, self._starts, self._ends)

    def __len__(self) -> int:
        return len(self._starts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SpanSet) and (self._starts, self._ends) == (other._starts, other._ends)

    def __hash__(self) -> int:
        return hash((*self._starts, *self._ends))

    def touches(self, span: Span) -> bool:
        """Whether any of the spans shares a code point with the span."""
        place = bisect_left(self._starts, span.end) - 1
        return place >= 0 and span.start < self._ends[place]
