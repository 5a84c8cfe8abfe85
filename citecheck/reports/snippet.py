"""Pictures: a line of a document, and marks under the parts of it that are meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from citecheck.model.findings import Excerpt
from citecheck.reports.terminal import Screen, cells, even
from citecheck.text.lines import Position

RELATED: Final = "related"  # the style of places that explain the fault; any other is the fault's severity
_BEFORE: Final = 0.6  # of the room for a line that is cut, the share before what is meant


class Place(NamedTuple):
    """A part of an excerpt's text, in code points; its style, and what is said of it."""

    start: int
    end: int
    style: str
    message: str = ""

    @classmethod
    def of(cls, excerpt: Excerpt, start: Position, end: Position, style: str, message: str = "") -> Place:
        """The part of an excerpt between two positions; to its end where the second is on another line."""
        size = len(excerpt.text)
        first = min(max(0, start.column - excerpt.column), size)
        last = size if end.line > start.line else min(end.column - excerpt.column, size)
        return cls(first, max(first, last), style, message)

    def apart(self, other: Place) -> bool:
        """Whether the two can be marked side by side."""
        return self.end <= other.start or other.end <= self.start


class Frame(NamedTuple):
    """What pictures are drawn on: the screen, the margin in cells, and the digits of the line numbers beside it."""

    screen: Screen
    margin: int
    gutter: int

    @property
    def room(self) -> int:
        """The cells left for the text of a line."""
        return self.screen.width - self.margin - self.gutter - len(" | ")

    def line(self, text: str, number: int | None = None) -> str:
        """A line of the picture, with a number or without."""
        shown = "" if number is None else str(number)
        paint = self.screen.paint
        gutter = f"{shown:>{self.gutter}}"
        return (
            f"{' ' * self.margin}{paint('gutter', gutter) if shown else gutter} {paint('gutter', '|')} {text}".rstrip()
        )

    def note(self, text: str) -> str:
        """A line below the picture."""
        return f"{' ' * (self.margin + self.gutter)} {self.screen.paint('gutter', '=')} {text}"

    def holds(self, excerpt: Excerpt, places: Sequence[Place]) -> bool:
        """Whether all the places can be shown in one picture."""
        first, last = min(place.start for place in places), max(place.end for place in places)
        apart = all(one.apart(other) for at, one in enumerate(places) for other in places[:at])
        return apart and cells(self.screen.shown(excerpt.text[first:last])) <= self.room - 2 * len(self.screen.ellipsis)

    def picture(self, excerpt: Excerpt, places: Sequence[Place]) -> Iterator[str]:
        """The line of an excerpt, the marks, and what is said of the places."""
        text, screen = excerpt.text, self.screen
        first, last = min(place.start for place in places), max(place.end for place in places)
        line, indent = _window(text, first, last, self.room, screen)
        width = cells(line)
        yield self.line(line, excerpt.line)
        marks = ""
        at = 0
        said: dict[str, int] = {}  # several places of which the same is said have it said once
        for place in sorted(places, key=lambda place: place.start):
            column = indent + cells(screen.shown(text[first : place.start]))
            length = max(1, min(cells(screen.shown(text[place.start : place.end])), width - column))
            mark = "-" if place.style == RELATED else "^"
            marks += " " * (column - at) + screen.paint(place.style, mark * length)
            at = column + length
            if place.message:
                said.setdefault(screen.shown(place.message), column)
        if len(places) == 1 and said and at + 1 + cells(*said) <= self.room:
            marks += f" {said.popitem()[0]}"
        yield self.line(marks)
        for message, column in said.items():
            yield self.line(" " * max(0, min(column, self.room - cells(message))) + message)


def _window(text: str, first: int, last: int, room: int, screen: Screen) -> tuple[str, int]:
    """As much of a line as there is room for, as shown, and the cells before the part that is meant."""
    before, meant, after = screen.shown(text[:first]), screen.shown(text[first:last]), screen.shown(text[last:])
    if cells(before) + cells(meant) + cells(after) <= room:
        return before + meant + after, cells(before)
    ellipsis = screen.ellipsis
    meant = _head(meant, room - 2 * len(ellipsis), ellipsis)
    spare = room - cells(meant)
    before = _tail(before, min(cells(before), max(int(spare * _BEFORE), spare - cells(after))), ellipsis)
    return before + meant + _head(after, spare - cells(before), ellipsis), cells(before)


def _head(text: str, width: int, ellipsis: str) -> str:
    """The beginning of a text, cut to a width in cells."""
    if cells(text) <= width:
        return text
    if even(text):
        return text[: max(0, width - len(ellipsis))] + ellipsis
    while text and cells(text) > width - len(ellipsis):
        text = text[: -max(1, (cells(text) - width) // 2)]
    return text + ellipsis


def _tail(text: str, width: int, ellipsis: str) -> str:
    """The end of a text, cut to a width in cells."""
    if cells(text) <= width:
        return text
    if even(text):
        return ellipsis + text[len(text) - max(0, width - len(ellipsis)) :]
    while text and cells(text) > width - len(ellipsis):
        text = text[max(1, (cells(text) - width) // 2) :]
    return ellipsis + text
