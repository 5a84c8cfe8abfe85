"""Where in a settings file its fault is: the line that the parser names, or that of the word which is wrong."""

from __future__ import annotations

from typing import Final

from citecheck.text.lines import LineIndex
from citecheck.text.patterns import lazy_re
from citecheck.text.spans import Span

_AT_LINE: Final = lazy_re(r"\(at line (\d+), column (\d+)\)")
_QUOTED: Final = lazy_re(r"'([^']+)'")


def place_of_fault(text: str, message: str) -> Span:
    """The span of what a message about a settings file is about; the first line where the message names nothing."""
    lines = LineIndex(text)
    if (at := _AT_LINE.search(message)) and int(at[1]) <= len(lines.starts):
        return _words(text, lines.line(int(at[1])))
    for word in _QUOTED.findall(message):
        if (start := text.find(word)) >= 0:
            return Span(start, start + len(word))
    return _words(text, lines.line(1))


def _words(text: str, line: Span) -> Span:
    return Span(line.start, line.start + len(line.of(text).rstrip()))
