"""The grouped report: under each path a line a diagnostic, its columns aligned.

docs/kettle.md
  3:24  error    CC101  no source is numbered 3
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from citecheck.model.results import Result, Summary
from citecheck.reports.summary import Closing
from citecheck.reports.terminal import Screen


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes the diagnostics of each document under its path, then the summary."""
    closing = Closing()
    for result in closing.passing(results):
        if result.diagnostics:
            stream.write("\n".join(_lines(result, screen)) + "\n\n")
    stream.writelines(f"{line}\n" for line in closing.lines(screen))
    return closing.summary


def _lines(result: Result, screen: Screen) -> Iterable[str]:
    yield screen.paint("path", screen.shown(result.path))
    places = [each.place for each in result.diagnostics]
    width = max(map(len, places))
    for place, each in zip(places, result.diagnostics, strict=True):
        severity = screen.paint(each.severity, f"{each.severity:<7}")
        rule = screen.rule(each.code, each.code, each.rule)
        yield f"  {place:<{width}}  {severity}  {rule}  {screen.shown(each.message)}"
