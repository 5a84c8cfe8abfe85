"""The report for people: the line at fault with carets, the places that explain it, the fix, and a summary.

    docs/kettle.md
      3:67  error  no source is numbered 3  CC101 undefined-marker
         3 | … at sea level [1], and at 71 °C on Everest [3].
           |                                             ^^^
         fix: …

Nothing of a document is ever read as markup or sent to a terminal raw: lines are composed from strings, escaped
first, and Rich is asked only for the codes that colour them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, TextIO

from citecheck.engine import Result, Summary
from citecheck.findings import Diagnostic, Excerpt, Fix, Safety
from citecheck.reports.screen import Screen, cells, wrapped
from citecheck.reports.tally import tally
from citecheck.text import Position

STYLES: Final = {
    "path": "bold",
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "code": "dim",
    "gutter": "dim",
    "related": "cyan",
    "fix": "green",
    "heading": "bold",
}
_INDENT: Final = "  "
_BEFORE: Final = 0.6  # of the room for a line that is cut, the share before the fault


@lru_cache(maxsize=1024)  # the same few words, again and again
def paint(style: str, text: str) -> str:
    """A text in a style, as a terminal with the eight colours wants it."""
    from rich.color import ColorSystem  # slow to import, and nothing else needs it
    from rich.style import Style

    return Style.parse(STYLES[style]).render(text, color_system=ColorSystem.STANDARD)


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes the diagnostics of each document under its path, then the summary."""
    summary = Summary()
    for result in results:
        summary += result.summary
        if result.diagnostics:
            stream.write("\n".join(_document(result, screen)) + "\n\n")
    if not screen.quiet:
        stream.write(_coloured(tally(summary), summary, screen) + "\n")
    return summary


def _document(result: Result, screen: Screen) -> Iterator[str]:
    yield screen.paint("path", screen.shown(result.path))
    excerpts = (each for diagnostic in result.diagnostics for each in _excerpts(diagnostic))
    gutter = len(str(max(excerpt.line for excerpt in excerpts)))
    for number, diagnostic in enumerate(result.diagnostics):
        if number:
            yield ""
        yield from _title(diagnostic, screen)
        yield from _pictures(diagnostic, gutter, screen)
        if diagnostic.fix:
            yield f"{_INDENT * 2}{' ' * gutter} {screen.paint('gutter', '=')} {_fix(diagnostic.fix, screen)}"


def _excerpts(diagnostic: Diagnostic) -> Iterator[Excerpt]:
    yield diagnostic.excerpt
    yield from (each.excerpt for each in diagnostic.related)


def _fix(fix: Fix, screen: Screen) -> str:
    note = "" if fix.safety is Safety.SAFE else " (not safe to apply unasked)"
    return f"{screen.paint('fix', 'fix:')} {screen.shown(fix.title)}{note}"


def _title(diagnostic: Diagnostic, screen: Screen) -> Iterator[str]:
    """Where, how bad, what, and which rule says so."""
    line, column = diagnostic.start
    weight, place = diagnostic.severity, f"{_INDENT}{line}:{column}"
    rule = f"{diagnostic.code} {diagnostic.rule}"
    words = f"{place} {weight}: {screen.shown(diagnostic.message)}"
    *lines, last = wrapped(words, screen.width, _INDENT * 2)
    fits = cells(last) + 2 + len(rule) <= screen.width
    lines.append(last)
    lines[0] = lines[0].replace(f" {weight}:", f" {screen.paint(weight, weight)}:", 1)
    if fits:
        lines[-1] += f"  {screen.paint('code', rule)}"
    else:
        lines.append(_INDENT * 2 + screen.paint("code", rule))
    yield from lines


def _pictures(diagnostic: Diagnostic, gutter: int, screen: Screen) -> Iterator[str]:
    yield from _picture(diagnostic.excerpt, diagnostic.start, diagnostic.end, diagnostic.severity, "", gutter, screen)
    for each in diagnostic.related:
        yield from _picture(each.excerpt, each.start, each.end, "related", each.message, gutter, screen)


def _picture(
    excerpt: Excerpt, start: Position, end: Position, style: str, message: str, gutter: int, screen: Screen
) -> Iterator[str]:
    """A line of the document, and carets under the part of it that is meant."""
    mark, margin = ("-" if style == "related" else "^"), _INDENT * 2
    room = screen.width - len(margin) - gutter - 3
    first = max(0, start.column - excerpt.column)
    last = len(excerpt.text) if end.line > start.line else min(end.column - excerpt.column, len(excerpt.text))
    line, indent, length = _window(excerpt.text, first, max(first, last), room, screen)
    bar = screen.paint("gutter", "|")
    yield f"{margin}{screen.paint('gutter', f'{excerpt.line:>{gutter}}')} {bar} {line}".rstrip()
    carets = " " * indent + screen.paint(style, mark * max(1, length))
    if message:
        message = screen.shown(message)
        if indent + length + 1 + cells(message) > room:
            yield f"{margin}{' ' * gutter} {bar} {carets}"
            carets = " " * max(0, min(indent, room - cells(message)))
            yield f"{margin}{' ' * gutter} {bar} {carets}{message}"
            return
        carets += f" {message}"
    yield f"{margin}{' ' * gutter} {bar} {carets}"


def _window(text: str, first: int, last: int, room: int, screen: Screen) -> tuple[str, int, int]:
    """The part of a line that fits: its visible text, the cells before the meant part, and the cells of that part."""
    before, meant, after = screen.shown(text[:first]), screen.shown(text[first:last]), screen.shown(text[last:])
    over = cells(before) + cells(meant) + cells(after) - room
    if over <= 0:
        return before + meant + after, cells(before), cells(meant)
    ellipsis = screen.ellipsis
    meant = _head(meant, room - 2 * len(ellipsis), ellipsis)
    spare = room - cells(meant)
    left = min(cells(before), max(int(spare * _BEFORE), spare - cells(after)))
    before = _tail(before, left, ellipsis)
    after = _head(after, spare - cells(before), ellipsis)
    return before + meant + after, cells(before), cells(meant)


def _head(text: str, width: int, ellipsis: str) -> str:
    """The beginning of a text, cut to a width in cells."""
    if cells(text) <= width:
        return text
    while text and cells(text) > width - len(ellipsis):
        text = text[: -max(1, (cells(text) - width) // 2)]
    return text + ellipsis


def _tail(text: str, width: int, ellipsis: str) -> str:
    """The end of a text, cut to a width in cells."""
    if cells(text) <= width:
        return text
    while text and cells(text) > width - len(ellipsis):
        text = text[max(1, (cells(text) - width) // 2) :]
    return ellipsis + text


def _coloured(line: str, summary: Summary, screen: Screen) -> str:
    """The summary, its findings in the colour of the worst of them."""
    read, found = line.split(": ")
    worst = "error" if summary.errors else "warning" if summary.warnings else "info" if summary.infos else "fix"
    return f"{read}: {screen.paint(worst, found)}"
