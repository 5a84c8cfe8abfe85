"""Findings to diagnostics: where each is as people count, and the line to show of it."""

from __future__ import annotations

from typing import Final

from citecheck.model.findings import CellPlace, Diagnostic, Excerpt, Finding, RelatedLocation, RelatedSpan, Severity
from citecheck.model.source_map import SourceMap
from citecheck.text.lines import LineIndex
from citecheck.text.spans import Span

_WHOLE_LINE: Final = 400  # code points; a longer line is shown in a window about the fault
_BEFORE: Final = 160  # code points of that window that precede the fault


class Filing:
    """Files the findings of one document, whose path and text these are: the text of its file.

    Where the file holds the document as data, `source_map` says where in it a reader finds what.
    """

    def __init__(
        self, path: str, text: str, lines: LineIndex | None = None, source_map: SourceMap | None = None
    ) -> None:
        self._path = path
        self._text = text
        self._lines = lines or LineIndex(text)
        self._map = source_map
        self._excerpts: dict[int, Excerpt] = {}  # by where they begin; many findings may share a line

    def diagnostic(self, finding: Finding, *, code: str, rule: str, severity: Severity) -> Diagnostic:
        """A finding filed under a rule, by its code and its name."""
        span, position = finding.span, self._lines.position
        return Diagnostic(
            path=self._path,
            code=code,
            rule=rule,
            severity=severity,
            message=finding.message,
            label=finding.label,
            span=span,
            start=position(span.start),
            end=position(span.end),
            excerpt=self._excerpt(span),
            related=tuple(map(self._related, finding.related)),
            fix=finding.fix,
            cell=self._cell(span),
        )

    def _related(self, related: RelatedSpan) -> RelatedLocation:
        span, position = related.span, self._lines.position
        start, end = position(span.start), position(span.end)
        return RelatedLocation(span, start, end, related.message, self._excerpt(span), self._cell(span))

    def _cell(self, span: Span) -> CellPlace | None:
        return self._map.cell(self._map.read(span)) if self._map else None

    def _excerpt(self, span: Span) -> Excerpt:
        document = self._text
        if self._map:
            document, span = self._map.text, self._map.read(span)
            number, column = self._map.cell(span).start
            start, end = self._map.line(span.start)
        else:
            number, column = self._lines.position(span.start)
            start, end = self._lines.line(number)
        first = max(start, span.start - _BEFORE) if end - start > _WHOLE_LINE else start
        if first not in self._excerpts:
            text = document[first : min(end, first + _WHOLE_LINE)].rstrip("\r\n")
            self._excerpts[first] = Excerpt(text, number, column - (span.start - first))
        return self._excerpts[first]
