"""Checkstyle's XML, which many tools read: a `file` a document, an `error` a diagnostic."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from citecheck.reports.places import relative
from citecheck.reports.screen import Screen
from citecheck.reports.xml import DECLARATION, tag
from citecheck.results import Result, Summary

_FORMAT = "4.3"  # the version of Checkstyle whose form this is; consumers ask for one


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes every document that was read, with what is wrong in it; nothing is left out."""
    summary = Summary()
    stream.write(f"{DECLARATION}<{tag('checkstyle', version=_FORMAT)}>\n")
    for result in results:
        summary += result.summary
        if result.unread is not None:
            continue
        stream.write(f"<{tag('file', name=relative(result.path))}>\n")
        for each in result.diagnostics:
            place = {"line": each.start.line, "column": each.start.column, "severity": each.severity}
            stream.write(f"<{tag('error', **place, message=each.message, source=f'citecheck.{each.code}')}/>\n")
        stream.write("</file>\n")
    stream.write("</checkstyle>\n")
    return summary
