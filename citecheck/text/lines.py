"""Lines of a text and positions in them, as a person counts both."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

NEWLINE: Final = lazy_regex(r"\r\n|\n|\r")
"""What editors break on; str.splitlines breaks on more."""


class Position(NamedTuple):
    """A place as editors show it: line and column, both counted from 1, the column in code points."""

    line: int
    column: int


class LineIndex:
    """Turns offsets into positions: the lines are counted once, when first requested, then a bisection each time.

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
