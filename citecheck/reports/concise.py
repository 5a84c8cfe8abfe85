"""The concise report: one line a diagnostic, for editors, `grep` and people who know the rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from citecheck.model.results import Result, Summary
from citecheck.reports.summary import Closing
from citecheck.reports.terminal import Screen


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes `path:line:column: CODE [severity] message` for each diagnostic, then the summary."""
    shown, paint = screen.shown, screen.paint
    closing = Closing()
    for result in closing.passing(results):
        for each in result.diagnostics:
            place = f"{paint('path', shown(each.path))}:{each.place}:"
            weight = paint(each.severity, f"[{each.severity}]")
            stream.write(f"{place} {screen.rule(each.code, each.code, each.rule)} {weight} {shown(each.message)}\n")
    stream.writelines(f"{line}\n" for line in closing.lines(screen))
    return closing.summary
