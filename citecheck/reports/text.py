"""The report for people: the line at fault with carets, the places that explain it, the fix, and a summary.

    docs/kettle.md
      3:24 warning: source 1 is cited twice here  CC107 repeated-citation
        3 | Water boils at 100 °C [1][1].
          |                        - ^^^
          |                        cited here too
          = fix: remove the repetition

Nothing of a document is ever read as markup or sent to a terminal raw: lines are composed from strings, escaped
first, and Rich is asked only for the codes that colour them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, TextIO

from citecheck.model.findings import Diagnostic, Excerpt, Fix, Safety, counted
from citecheck.model.results import Result, Summary
from citecheck.reports.snippet import RELATED, Frame, Place
from citecheck.reports.summary import Closing
from citecheck.reports.terminal import Screen, cells, wrapped

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
_DRAWN: Final = 10  # findings of one rule in one document
_RELATED: Final = 5  # places shown with a fault; more would bury the next one


@lru_cache(maxsize=1024)  # the same few words, again and again
def paint(style: str, text: str) -> str:
    """A text in a style, as a terminal with the eight colours wants it."""
    from rich.color import ColorSystem  # slow to import, and nothing else needs it
    from rich.style import Style

    return Style.parse(STYLES[style]).render(text, color_system=ColorSystem.STANDARD)


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes the diagnostics of each document under its path, then the summary."""
    closing = Closing()
    for result in closing.passing(results):
        if result.diagnostics:
            stream.write("\n".join(_document(result, screen)) + "\n\n")
    for number, line in enumerate(closing.lines(screen, drawn=True)):
        stream.write((line if number else _coloured(line, closing.summary, screen)) + "\n")
    return closing.summary


def _document(result: Result, screen: Screen) -> Iterator[str]:
    yield screen.paint("path", screen.shown(result.path))
    yield from _findings(tuple(diagnostic._replace(path="") for diagnostic in result.diagnostics), screen)


@lru_cache(maxsize=16)  # copies of a document have the same lines
def _findings(diagnostics: Sequence[Diagnostic], screen: Screen) -> Sequence[str]:
    drawn, folded = _folded(diagnostics, screen)
    excerpts = (each for diagnostic in drawn for each in _excerpts(diagnostic))
    frame = Frame(screen, len(_INDENT * 2), len(str(max(excerpt.line for excerpt in excerpts))))
    lines: list[str] = []
    for diagnostic in drawn:
        lines += [""] if lines else []
        lines += [*_title(diagnostic, screen), *_pictures(diagnostic, frame)]
        if diagnostic.fix:
            lines.append(frame.note(_fix(diagnostic.fix, screen)))
    lines += [""] if folded else []
    for code, count in folded.items():
        name = screen.paint("code", code)
        lines.append(f"{_INDENT}{screen.ellipsis} and {count:,} more {name} in this document; --show-all shows them")
    return lines


def _folded(diagnostics: Sequence[Diagnostic], screen: Screen) -> tuple[Sequence[Diagnostic], Mapping[str, int]]:
    """The findings to draw, and how many of each rule are left out since a reader gets the idea from the first."""
    if screen.show_all:
        return diagnostics, {}
    met = Counter[str]()
    drawn = []
    for each in diagnostics:
        met[each.code] += 1
        if met[each.code] <= _DRAWN:
            drawn.append(each)
    return drawn, {code: count - _DRAWN for code, count in met.items() if count > _DRAWN}


def _excerpts(diagnostic: Diagnostic) -> Iterator[Excerpt]:
    yield diagnostic.excerpt
    yield from (each.excerpt for each in diagnostic.related)


def _fix(fix: Fix, screen: Screen) -> str:
    note = "" if fix.safety is Safety.SAFE else " (unsafe)"
    return f"{screen.paint('fix', 'fix:')} {screen.shown(fix.title)}{note}"


def _title(diagnostic: Diagnostic, screen: Screen) -> Iterator[str]:
    """Where, how bad, what, and which rule says so."""
    weight, place = diagnostic.severity, f"{_INDENT}{diagnostic.place}"
    rule = f"{diagnostic.code} {diagnostic.rule}"
    words = f"{place} {weight}: {screen.shown(diagnostic.message)}"
    *lines, last = wrapped(words, screen.width, _INDENT * 2)
    named = screen.rule(rule, diagnostic.code, diagnostic.rule)
    fits = cells(last) + 2 + len(rule) <= screen.width
    lines.append(last)
    lines[0] = lines[0].replace(f" {weight}:", f" {screen.paint(weight, weight)}:", 1)
    if fits:
        lines[-1] += f"  {named}"
    else:
        lines.append(_INDENT * 2 + named)
    yield from lines


def _pictures(diagnostic: Diagnostic, frame: Frame) -> Iterator[str]:
    """The fault and the places that explain it, those on its own line in one picture with it."""
    excerpt = diagnostic.excerpt
    beside = [Place.of(excerpt, *diagnostic.shown, diagnostic.severity)]
    elsewhere = []
    for each in diagnostic.related[:_RELATED]:
        place = Place.of(each.excerpt, *each.shown, RELATED, each.message)
        if each.excerpt == excerpt and frame.holds(excerpt, [*beside, place]):
            beside.append(place)
        else:
            elsewhere.append((each.excerpt, place))
    yield from frame.picture(excerpt, beside)
    for where, place in elsewhere:
        yield from frame.picture(where, [place])
    if (more := len(diagnostic.related) - _RELATED) > 0:
        yield frame.note(f"and {counted(more, 'more place')}")


def _coloured(line: str, summary: Summary, screen: Screen) -> str:
    """The summary, its findings in the colour of the worst of them."""
    read, found = line.split(": ")
    doubtful = summary.warnings or summary.not_understood
    worst = "error" if summary.errors else "warning" if doubtful else "info" if summary.infos else "fix"
    return f"{read}: {screen.paint(worst, found)}"
