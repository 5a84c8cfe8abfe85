"""The text that an editor has: changed as the editor changes it, with its positions as offsets.

A line ends at `\n`, `\r\n` or `\r`, and nowhere else, as in the protocol; a form feed or U+2028 ends none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from citecheck.text.lines import LineIndex
from citecheck.text.spans import Span
from citecheck.text.units import Unit, code_points, code_units

_MARK: Final = "\ufeff"  # a byte order mark that an editor counts as a character


class Place(NamedTuple):
    """A position as the protocol has it: line and column, both counted from 0, the column in code units."""

    line: int
    character: int


class Stretch(NamedTuple):
    """A range as the protocol has it; `end` is exclusive."""

    start: Place
    end: Place


class Change(NamedTuple):
    """Words that take the place of a stretch; of the whole text where there is none."""

    words: str
    stretch: Stretch | None = None


class Positions:
    """Turns places in an editor's text into offsets and back; the lines are counted once.

    Offsets are code points of the text without its byte order mark.
    """

    def __init__(self, text: str, unit: Unit) -> None:
        self._text = text
        self._unit = unit
        self._lines = LineIndex(text)
        self._mark = len(text) - len(unmarked(text))

    def offset(self, place: Place) -> int:
        """The offset of a place; beyond a line's end that is its end, and beyond the last line that of the text."""
        return max(0, self.raw_offset(place) - self._mark)

    def raw_offset(self, place: Place) -> int:
        """The same with the byte order mark counted."""
        if place.line >= len(self._lines.starts):
            return len(self._text)
        start, end = self._lines.line(place.line + 1)
        words = self._text[start:end].rstrip("\r\n")
        return start + code_points(words, place.character, self._unit)

    def place(self, offset: int) -> Place:
        """Where an offset is."""
        offset += self._mark
        line, column = self._lines.position(offset)
        start = offset - column + 1
        return Place(line - 1, code_units(self._text[start:offset], self._unit))

    def stretch(self, span: Span) -> Stretch:
        """Where a span is."""
        return Stretch(self.place(span.start), self.place(span.end))

    def span(self, stretch: Stretch) -> Span:
        """The span of a stretch; an empty one where it ends before it begins."""
        start = self.offset(stretch.start)
        return Span(start, max(start, self.offset(stretch.end)))


def unmarked(text: str) -> str:
    """A text without the byte order mark that it may begin with."""
    return text.removeprefix(_MARK)


def changed(text: str, changes: Iterable[Change], unit: Unit) -> str:
    """A text after changes, each of which is made to what the one before it has left."""
    for change in changes:
        if change.stretch is None:
            text = change.words
            continue
        positions = Positions(text, unit)
        start, end = map(positions.raw_offset, change.stretch)
        text = text[:start] + change.words + text[max(start, end) :]
    return text
