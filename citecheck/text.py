"""Places in a text: spans of code points, and the lines and columns a person counts.

Inside citecheck every offset counts code points, as Python's strings do. Other units (UTF-8 bytes of a
parser, UTF-16 of an editor) are converted at the edge where they come in or go out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from citecheck.patterns import lazy

NEWLINE: Final = lazy(r"\r\n|\n|\r")
"""What editors break on; str.splitlines breaks on more."""
SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The digits from 0 to 9 as a text has them where it raises them."""
_STRIDE = 256  # bytes between two checkpoints of a ByteIndex
_CONTINUATION = bytes(range(0x80, 0xC0))  # all bytes of a code point but its first, in UTF-8


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


class Position(NamedTuple):
    """A place as editors show it: line and column, both counted from 1, the column in code points."""

    line: int
    column: int


class LineIndex:
    """Turns offsets into positions: the lines are counted once, when first asked for, then a bisection each time.

    Lines end at `\\n`, `\\r\\n` or `\\r` and nowhere else.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each line begins."""
        if "\r" in self._text:
            return (0, *(newline.end() for newline in NEWLINE.finditer(self._text)))
        return (0, *accumulate(len(line) + 1 for line in self._text.split("\n")))[:-1]

    def position(self, offset: int) -> Position:
        """Line and column of an offset in code points."""
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def line(self, number: int) -> Span:
        """The span of a line counted from 1, its line ending included."""
        end = self.starts[number] if number < len(self.starts) else len(self._text)
        return Span(self.starts[number - 1], end)


class ByteIndex:
    """Turns UTF-8 byte offsets into code points; built once for a text that is not all ASCII.

    Without its continuation bytes UTF-8 has one byte a code point. How many there are is known for every 256th
    byte, so an offset costs a look at the few bytes before it.
    """

    __slots__ = ("_bytes", "_counts")

    def __init__(self, encoded: bytes) -> None:
        self._bytes = encoded
        self._counts = [0]
        for start in range(0, len(encoded), _STRIDE):
            piece = encoded[start : start + _STRIDE].translate(None, _CONTINUATION)
            self._counts.append(self._counts[-1] + len(piece))

    def code_point(self, offset: int) -> int:
        """The code point that begins at a byte offset."""
        checkpoint = offset // _STRIDE
        tail = self._bytes[checkpoint * _STRIDE : offset]  # may begin within a code point, which is counted already
        return self._counts[checkpoint] + len(tail.decode(errors="ignore"))


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
