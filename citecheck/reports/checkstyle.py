"""Checkstyle's XML, which many tools read: a `file` a document, an `error` a diagnostic.

A document that could not be read has an error at its first line, as every error has to have one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from citecheck.model.findings import Severity
from citecheck.model.results import Result, Summary
from citecheck.reports.locations import named
from citecheck.reports.terminal import Screen
from citecheck.reports.xml import DECLARATION, tag

_FORMAT = "4.3"  # the version of Checkstyle whose form this is; consumers ask for one


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes every document with what is wrong in it; nothing is left out."""
    summary = Summary()
    stream.write(f"{DECLARATION}<{tag('checkstyle', version=_FORMAT)}>\n")
    for result in results:
        summary += result.summary
        stream.write(f"<{tag('file', name=named(result))}>\n")
        if result.unread is not None:
            severity = Severity.ERROR if result.failed else Severity.WARNING
            unread = tag("error", line=1, severity=severity, message=result.unread, source="citecheck")
            stream.write(f"<{unread}/>\n")
        for each in result.diagnostics:
            place = {"line": each.start.line, "column": each.start.column, "severity": each.severity}
            stream.write(f"<{tag('error', **place, message=each.message, source=f'citecheck.{each.code}')}/>\n")
        stream.write("</file>\n")
    stream.write("</checkstyle>\n")
    return summary
