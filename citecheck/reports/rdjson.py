"""Reviewdog's diagnostic format, `rdjson`: lines from 1, columns from 1 in bytes of UTF-8, ends exclusive.

A fix becomes a suggestion where it is safe and a single edit: suggestions are taken one by one, and half of a fix would
leave the document worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import dumps
from typing import Any, TextIO

from citecheck.home import HOME
from citecheck.model.findings import Diagnostic, Safety
from citecheck.model.results import Result, Summary
from citecheck.reports.locations import named, relative
from citecheck.reports.terminal import Screen, visible
from citecheck.text.lines import LineIndex
from citecheck.text.spans import Span


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes one object with all diagnostics, and one for what could not be read; nothing is left out."""
    summary = Summary()
    source = {"name": "citecheck"} | ({"url": HOME} if HOME else {})
    stream.write(f'{{"source": {dumps(source)},\n"diagnostics": [')
    separator = "\n"
    for result in results:
        summary += result.summary
        for each in _told(result, screen):
            stream.write(separator + dumps(each))
            separator = ",\n"
    stream.write("\n]}\n")
    return summary


def _told(result: Result, screen: Screen) -> Iterator[dict[str, Any]]:
    if result.unread is not None:
        severity = "ERROR" if result.failed else "WARNING"
        yield {"message": visible(result.unread), "location": {"path": named(result)}, "severity": severity}
    lines = LineIndex(result.text)
    for each in result.diagnostics:
        yield _diagnostic(each, result.text, lines, screen)


def _diagnostic(diagnostic: Diagnostic, text: str, lines: LineIndex, screen: Screen) -> dict[str, Any]:
    path = relative(diagnostic.path)
    related = [
        {"message": visible(each.message), "location": {"path": path, "range": _range(each.span, text, lines)}}
        for each in diagnostic.related
    ]
    told: dict[str, Any] = {
        "message": visible(diagnostic.message),
        "location": {"path": path, "range": _range(diagnostic.span, text, lines)},
        "severity": diagnostic.severity.upper(),
        "code": {"value": diagnostic.code},
    }
    if url := screen.url_of(diagnostic.code, diagnostic.rule):
        told["code"]["url"] = url
    if related:
        told["related_locations"] = related
    fix = diagnostic.fix
    if fix and fix.safety is Safety.SAFE and len(fix.edits) == 1:
        told["suggestions"] = [{"range": _range(edit.span, text, lines), "text": edit.text} for edit in fix.edits]
    return told


def _range(span: Span, text: str, lines: LineIndex) -> dict[str, Any]:
    return {"start": _place(span.start, text, lines), "end": _place(span.end, text, lines)}


def _place(offset: int, text: str, lines: LineIndex) -> dict[str, int]:
    line = lines.position(offset).line
    before = text[lines.line(line).start : offset]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
