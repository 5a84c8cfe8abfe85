"""Source maps: where the text of a document is in its file, for formats whose files hold it as data."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from citecheck.model.findings import CellPlace, Edit, Finding, Fold
from citecheck.text.lines import LineIndex, Position
from citecheck.text.spans import Span


class Cell(NamedTuple):
    """A cell of a notebook whose text is read: its number among all cells, from 1, its id, and the span of its text."""

    number: int
    id: str | None
    span: Span


class Piece(NamedTuple):
    """A run of a document's text, and where the file has it: written as it is, or one code point as an escape."""

    span: Span
    written: Span


class SourceMap:
    """The text of a document, the `raw` text of its file, and how the two belong together.

    `cells` and `pieces` come in order. What comes between two cells is in the text alone.
    """

    def __init__(self, text: str, raw: str, cells: Sequence[Cell], pieces: Sequence[Piece]) -> None:
        self.text: Final = text
        self.raw: Final = raw
        self._lines = LineIndex(text)
        self._cells = cells
        self._pieces = pieces
        self._starts = [piece.span.start for piece in pieces]
        self._written = [piece.written.start for piece in pieces]

    def written(self, span: Span) -> Span:
        """Where the file has a span of the text."""
        if not self._pieces:
            return Span(0, 0)
        start = self._raw(span.start)
        return Span(start, max(start, self._raw(span.end - 1, behind=True) if span.end > span.start else start))

    def _raw(self, offset: int, *, behind: bool = False) -> int:
        """Where the file has a code point, or what is after it."""
        span, written = self._pieces[max(0, bisect_right(self._starts, offset) - 1)]
        if not span.start <= offset < span.end:  # between two cells, or before or after all of them
            return written.end if offset >= span.end else written.start
        if span.end - span.start < written.end - written.start:  # an escape
            return written.end if behind else written.start
        return written.start + offset - span.start + behind

    def read(self, span: Span) -> Span:
        """The span of the text that a span of the file is."""
        return Span(self._offset(span.start), max(self._offset(span.start), self._offset(span.end)))

    def _offset(self, place: int) -> int:
        if not self._pieces:
            return 0
        span, written = self._pieces[max(0, bisect_right(self._written, place) - 1)]
        if not written.start <= place < written.end:
            return span.end if place >= written.end else span.start
        return span.start + (place - written.start if span.end - span.start == written.end - written.start else 0)

    def cell(self, span: Span) -> CellPlace:
        """The cell that a span of the text begins in, and where in the cell the span is."""
        number, id, own = self._cell(span.start)
        first = self._lines.position(own.start).line
        start, end = (self._lines.position(offset) for offset in span)
        return CellPlace(number, id, *(Position(line - first + 1, column) for line, column in (start, end)))

    def _cell(self, offset: int) -> Cell:
        return self._cells[max(0, bisect_right(self._cells, offset, key=lambda cell: cell.span.start) - 1)]

    def line(self, offset: int) -> Span:
        """The line of the text that an offset is in, its line ending included."""
        return self._lines.line(self._lines.position(offset).line)

    def filed(self, finding: Finding) -> Finding:
        """A finding about the text as one about the file; without its fix where the fix reaches beyond a cell."""
        fix = finding.fix
        if fix:
            edits = self.edits(fix.edits)
            folds = tuple(Fold(self.written(fold.goes), self.written(fold.stays)) for fold in fix.folds)
            fix = fix._replace(edits=tuple(edits), folds=folds) if edits is not None else None
        related = tuple(each._replace(span=self.written(each.span)) for each in finding.related)
        return finding._replace(span=self.written(finding.span), related=related, fix=fix)

    def edits(self, edits: Iterable[Edit]) -> list[Edit] | None:
        """What edits of the text are in the file; None where one reaches beyond a cell."""
        made: list[Edit] = []
        for edit in edits:
            if not self._cells or not self._cell(edit.span.start).span.covers(edit.span):
                return None
            made += self._edits(edit)
        return made

    def _edits(self, edit: Edit) -> Iterator[Edit]:
        """The parts of an edit, one for each string that it reaches into; the first writes its text."""
        text = json.dumps(edit.text, ensure_ascii=self.raw.isascii())[1:-1]
        start, end = edit.span
        if start == end:
            begins = start in self._begun  # its own string is the one to write into, not that of the line before
            place = self._raw(start) if begins else self._raw(start - 1, behind=True)
            yield Edit(Span(place, place), text)
            return
        runs: list[Span] = []
        while start < end:
            piece = self._pieces[max(0, bisect_right(self._starts, start) - 1)]
            stop = min(end, max(piece.span.end, start + 1))
            run = self.written(Span(start, stop))
            if runs and runs[-1].end == run.start:
                runs[-1] = Span(runs[-1].start, run.end)
            else:
                runs.append(run)
            start = stop
        for number, run in enumerate(runs):
            yield Edit(run, "" if number else text)

    @cached_property
    def _begun(self) -> frozenset[int]:
        """Where the text of a cell, or of a string in it, begins."""
        pairs = zip(self._pieces, self._pieces[1:], strict=False)
        return frozenset(
            {self._starts[0], *(two.span.start for one, two in pairs if one.written.end < two.written.start)}
        )
