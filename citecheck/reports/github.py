"""Workflow commands of GitHub Actions, which show findings beside the lines of a change.

GitHub shows ten annotations of a kind for each step. The worst come first, and a closing notice says how many there are
besides; it is itself one of the ten notices. See "Workflow commands for GitHub Actions" in GitHub's documentation, and
`@actions/core` for what is escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from citecheck.model.findings import Diagnostic, Severity, counted
from citecheck.model.results import Result, Summary
from citecheck.reports.locations import by_severity, gathered, relative
from citecheck.reports.summary import tally
from citecheck.reports.terminal import Screen, visible
from citecheck.text.patterns import lazy_re

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SHOWN: Final = {Severity.ERROR: 10, Severity.WARNING: 10, Severity.INFO: 9}  # and the closing notice
_LINE_END: Final = lazy_re(r"([\r\n])")
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes a command for each of the worst findings, a notice of what is left out, and the summary."""
    every, summary = gathered(results)
    written: Counter[Severity] = Counter()
    left_out: Counter[Severity] = Counter()
    for each in by_severity(diagnostic for result in every for diagnostic in result.diagnostics):
        if written[each.severity] < _SHOWN[each.severity]:
            stream.write(_command(each) + "\n")
            written[each.severity] += 1
        else:
            left_out[each.severity] += 1
    if left_out:
        more = " and ".join(counted(count, f"more {severity}") for severity, count in left_out.items())
        words = f"{more} not shown here: GitHub shows ten annotations of a kind for each step"
        stream.write(f"::notice title=citecheck::{words}\n")
    if not screen.quiet:
        stream.write(tally(summary) + "\n")
    return summary


def _command(diagnostic: Diagnostic) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(diagnostic))
    message = visible(diagnostic.message).translate(_DATA)
    return f"::{_COMMANDS[diagnostic.severity]} {properties}::{message}"


def _properties(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    start, end = diagnostic.start, diagnostic.end
    yield "file", relative(diagnostic.path)
    yield "line", str(start.line)
    yield "endLine", str(end.line)
    if start.line == end.line:  # GitHub takes columns on one line only
        yield "col", str(start.column)
        yield "endColumn", str(end.column)
    yield "title", f"{diagnostic.code} {diagnostic.rule}"


def _property(value: str) -> str:
    """A value as a property of a command; its line ends are kept, since a path may have some."""
    seen = "".join(part if part in "\r\n" else visible(part) for part in _LINE_END.split(value))
    return seen.translate(_PROPERTY)
