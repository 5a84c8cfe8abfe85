"""A text as written, cut into rows and pieces: what of it is marked, and what is said beside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from citecheck.model.readings import Reading
from citecheck.text.lines import LineIndex
from citecheck.text.spans import Span

PROSE: Final = ""
HEADING: Final = "heading"
FLOWING: Final = "flowing"  # the lines of a paragraph, which readers see as one
FIXED: Final = "fixed"  # code and tables, whose columns matter


class Mark(NamedTuple):
    """A part of a text that is shown in a manner of its own: a class of the style sheet, an id, and where it leads."""

    span: Span
    style: str
    id: str = ""
    target: str = ""


class Piece(NamedTuple):
    """A run of text that is marked alike; `anchor` is an id just before it."""

    text: str
    style: str = ""
    id: str = ""
    target: str = ""
    anchor: str = ""


class Stretch(NamedTuple):
    """Pieces in a row that are all in one gap, or in none; `id` is that of the gap where it begins."""

    pieces: tuple[Piece, ...]
    is_gap: bool = False
    id: str = ""


class Lines(NamedTuple):
    """Lines that are shown as one row: where they are, the number of the first, and of what kind they are."""

    span: Span
    number: int
    kind: str


class Marks(NamedTuple):
    """All that is marked in a text: markers and gaps, which do not overlap among themselves; faults, which may.

    `anchors` are ids by the offsets they are put at.
    """

    markers: Sequence[Mark]
    gaps: Sequence[Mark]
    faults: Sequence[Mark]
    anchors: Mapping[int, str]


def rows(reading: Reading, alone: Iterable[int], entries: Iterable[Span]) -> Iterator[Lines]:
    """The rows of a text: paragraphs and entries; elsewhere lines with one of the offsets are by themselves."""
    index = LineIndex(reading.text)
    by_itself = {index.position(min(offset, len(reading.text))).line for offset in alone}
    entry, flow = _numbered(entries, index), _numbered(reading.flowing, index)
    kinds = {
        **dict.fromkeys(flow, FLOWING),
        **_numbered(reading.headings, index, HEADING),
        **_numbered(reading.fixed_width, index, FIXED),
    }
    first, before = 1, None
    for number in range(1, len(index.starts) + 1):
        kind = kinds.get(number, PROSE)
        blank = kind != FIXED and not harmless(index.line(number).of(reading.text)).strip()
        alone_here = number if number in by_itself and number not in flow else None
        now = (kind, entry.get(number) or flow.get(number), alone_here, blank)
        if before is not None and now != before:
            yield from _lines(index, first, number - 1, before)
            first = number
        before = now
    if before is not None:
        yield from _lines(index, first, len(index.starts), before)


def _lines(index: LineIndex, first: int, last: int, like: tuple[object, ...]) -> Iterator[Lines]:
    kind, _, _, blank = like
    if not blank:
        yield Lines(Span(index.line(first).start, index.line(last).end), first, str(kind))


def _numbered(spans: Iterable[Span], index: LineIndex, value: str = "") -> dict[int, str]:
    """The lines that spans are on, with a value, or with what distinguishes the spans."""
    found: dict[int, str] = {}
    for span in spans:
        first, last = index.position(span.start).line, index.position(max(span.start, span.end - 1)).line
        found.update(dict.fromkeys(range(first, last + 1), value or str(span.start)))
    return found


class Cutter:
    """Cuts rows of a text into pieces that are marked alike."""

    def __init__(self, text: str, marks: Marks) -> None:
        self._text = text
        self._marks = marks
        self._faults = _flat(marks.faults)
        edges = {edge for each in (*marks.markers, *marks.gaps, *self._faults) for edge in each.span}
        self._edges = sorted(edges | set(marks.anchors))

    def stretches(self, span: Span) -> tuple[Stretch, ...]:
        """What a row is made of, without the line ending at its end."""
        end = span.start + len(span.of(self._text).rstrip("\r\n"))
        inner = self._edges[bisect_right(self._edges, span.start) : bisect_left(self._edges, end)]
        made: list[tuple[Mark | None, list[Piece], bool]] = []
        for start, stop in zip([span.start, *inner], [*inner, end], strict=True):
            gap = _at(self._marks.gaps, start)
            if not made or made[-1][0] is not gap:
                made.append((gap, [], gap is not None and gap.span.start == start))
            made[-1][1].append(self._piece(Span(start, stop)))
        return tuple(
            Stretch(tuple(pieces), gap is not None, gap.id if gap and begins else "") for gap, pieces, begins in made
        )

    def _piece(self, span: Span) -> Piece:
        marker, fault = _at(self._marks.markers, span.start), _at(self._faults, span.start)
        style = " ".join(each.style for each in (marker, fault) if each)
        id = marker.id if marker and marker.span.start == span.start else ""
        anchor = self._marks.anchors.get(span.start, "")
        return Piece(harmless(span.of(self._text)), style, id, marker.target if marker else "", anchor)


def _at(marks: Sequence[Mark], offset: int) -> Mark | None:
    """The mark that covers an offset, of some in order that do not overlap."""
    place = bisect_right(marks, offset, key=lambda mark: mark.span.start) - 1
    return marks[place] if place >= 0 and offset < marks[place].span.end else None


def _flat(marks: Sequence[Mark]) -> list[Mark]:
    """Marks in order of weight, the heaviest first, without those parts of the others that it covers."""
    kept: list[Mark] = []
    for mark in marks:
        place = bisect_left(kept, mark.span, key=lambda each: each.span)
        start = max(mark.span.start, kept[place - 1].span.end) if place else mark.span.start
        end = min(mark.span.end, kept[place].span.start) if place < len(kept) else mark.span.end
        if start < end:
            kept.insert(place, mark._replace(span=Span(start, end)))
    return kept


class _Pictures(dict[int, str]):
    """What is shown for code points that HTML must not have, found out when they are first met."""

    def __missing__(self, code: int) -> str:
        """A control picture for a control, the replacement character for what is no character; all else as it is.

        HTML Living Standard, section 13.2.3.5, names the parse errors.
        """
        character = chr(code)
        if code < 0x20 and character not in "\t\n":
            character = chr(0x2400 + code)
        elif code == 0x7F:
            character = "\u2421"
        elif 0x80 <= code < 0xA0 or 0xD800 <= code < 0xE000 or 0xFDD0 <= code < 0xFDF0 or code & 0xFFFE == 0xFFFE:
            character = "\ufffd"
        self[code] = character
        return character


_PICTURES: Final = _Pictures()


def harmless(text: str) -> str:
    """A text with only what may be in a page; line endings are line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_PICTURES)
