"""Ignore comments for everything that is found in a document: written where they silence it, and change nothing else.

A comment goes to the end of the line at fault, else on a line of its own above, else to the end of the document, where
it is about the whole. Each place is tried: the text is read again, and is kept when the findings are gone, no other has
come or gone, the markers and sources are what they were, and readers of the rendered document see what they saw.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from citecheck.engine.fixing import Read
from citecheck.engine.linting import lint_document
from citecheck.model.document import Document
from citecheck.model.findings import Diagnostic
from citecheck.model.settings import Settings
from citecheck.readers import FORMATS
from citecheck.suppression.comments import UNUSED_IGNORE
from citecheck.text.lines import NEWLINE

_Faults = Counter[tuple[str, str | None, str]]


class Ignored(NamedTuple):
    """A document with its new comments: how many findings they silence, and what could not be silenced."""

    text: str
    silenced: int
    left: Sequence[Diagnostic]


def insert_ignores(document: Document, settings: Settings, read: Read) -> Ignored:
    """The document with a comment for everything that is found in it."""
    found = lint_document(document, settings).diagnostics
    if document.source_map:  # a comment in a cell is for anyone who edits the cell
        return Ignored(document.raw, 0, found)
    lines: dict[int, set[str]] = {}
    for each in found:
        if each.code != UNUSED_IGNORE:  # of the comments themselves no comment of a line applies
            lines.setdefault(each.start.line, set()).add(each.code)
    writer = _Writer(document, settings, read)
    wanted: _Wanted = sorted(lines.items(), reverse=True)
    for place in (writer.at_end, writer.in_cell, writer.above):
        wanted = writer.settle(wanted, place)
    for _, codes in wanted:
        writer.ignore_everywhere(codes)
    left = lint_document(writer.document, settings).diagnostics
    return Ignored(writer.document.text, len(found) - len(left), left)


def ignore_on_line(document: Document, settings: Settings, read: Read, line: int, code: str) -> str | None:
    """The text with a comment for what a rule finds on a line, counted from 1; None where no comment can be there."""
    if document.source_map or code == UNUSED_IGNORE:
        return None
    writer = _Writer(document, settings, read)
    places = (writer.at_end, writer.in_cell, writer.above)
    return writer.document.text if any(not writer.settle([(line, {code})], place) for place in places) else None


_Wanted = Sequence[tuple[int, set[str]]]  # lines and the rules to be silenced there, the last line first
_Place = Callable[[str, int, str], str]  # puts a comment to a line of a text


class _Writer:
    """A document that comments are added to, as long as they do what they are meant to."""

    def __init__(self, document: Document, settings: Settings, read: Read) -> None:
        self.document = document
        self._settings = settings
        self._read = read
        self._comment = document.structure.conventions.comment
        self._newline = (NEWLINE.search(document.text) or ["\n"])[0]

    def settle(self, wanted: _Wanted, place: _Place) -> _Wanted:
        """Adds comments for lines, as many at once as can be together; the lines for which none can."""
        if not wanted or self._stands(place, wanted):
            return ()
        if len(wanted) == 1:
            return wanted
        middle = len(wanted) // 2  # the lower half first, so that the lines of the upper keep their numbers
        return [*self.settle(wanted[:middle], place), *self.settle(wanted[middle:], place)]

    def ignore_everywhere(self, codes: set[str]) -> None:
        """Adds a comment for the whole document, where it can be."""
        comment = self._comment.format(f"citecheck: ignore-file {' '.join(sorted(codes))}")
        text = self.document.text
        gap = "" if text.endswith(("\n", "\r")) else self._newline
        self._accept(f"{text}{gap}{self._newline}{comment}{self._newline}", {(None, code) for code in codes})

    def _stands(self, place: _Place, wanted: _Wanted) -> bool:
        text = self.document.text
        for line, codes in wanted:
            comment = self._comment.format(f"citecheck: ignore {' '.join(sorted(codes))}")
            text = place(text, line, comment)
        return self._accept(text, {(line, code) for line, codes in wanted for code in codes})

    def at_end(self, text: str, line: int, comment: str) -> str:
        """The comment after the line."""
        return self._before_tail(text, line, comment, "")

    def in_cell(self, text: str, line: int, comment: str) -> str:
        """The comment in the last cell of the row of a table."""
        return self._before_tail(text, line, comment, "|")

    def _before_tail(self, text: str, line: int, comment: str, tail: str) -> str:
        start, end = self.document.lines.line(line)
        words = self.document.text[start:end].rstrip()
        end = start + len(words.removesuffix(tail).rstrip() if tail else words)
        return f"{text[:end]} {comment}{text[end:]}"

    def above(self, text: str, line: int, comment: str) -> str:
        """The comment on a line of its own, indented like the line below it."""
        start, end = self.document.lines.line(line)
        words = self.document.text[start:end]
        indent = words[: len(words) - len(words.lstrip(" \t"))]
        return f"{text[:start]}{indent}{comment}{self._newline}{text[start:]}"

    def _accept(self, text: str, silenced: set[tuple[int | None, str]]) -> bool:
        """Takes a text over when the findings of rules on lines are gone from it, and nothing else is different."""
        before = lint_document(self.document, self._settings).diagnostics
        after = self._read(text)
        kept = [each for each in before if not {(each.start.line, each.code), (None, each.code)} & silenced]
        stands = (
            _faults(kept) == _faults(lint_document(after, self._settings).diagnostics)
            and [marker.text for marker in after.markers] == [marker.text for marker in self.document.markers]
            and [source.label for source in after.sources] == [source.label for source in self.document.sources]
        )
        if stands and after.structure.conventions.rendered:
            shown = FORMATS[after.format].rendered
            stands = shown(text) == shown(self.document.text)
        if stands:
            self.document = after
        return stands


def _faults(diagnostics: Sequence[Diagnostic]) -> _Faults:
    return Counter((each.code, each.label, each.message) for each in diagnostics)
