"""The JSON reports: promised fields, kept by a contract test. Offsets and columns count code points.

ASCII only, so that no terminal obeys a document's text and no encoding of the stream spoils it; one diagnostic
a line, so that large reports are written as quickly as they are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import dumps
from typing import TYPE_CHECKING, Any, TextIO

from citecheck import __version__
from citecheck.model.citations import Marker
from citecheck.model.claims import Claim
from citecheck.model.document import Document
from citecheck.model.findings import CellPlace, Diagnostic, Fix, Severity
from citecheck.model.results import Result, Summary
from citecheck.model.sources import FIELDS, Source, SourceList
from citecheck.reports.terminal import Screen
from citecheck.text.lines import Position
from citecheck.text.spans import Span

if TYPE_CHECKING:  # which reports of findings need no page of
    from citecheck.rulebook.pages import Rule


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes one object: the version of citecheck, the diagnostics, the summary, and what could not be read.

    `verification` is what checks against the outside came to.
    """
    summary, failed, verified = Summary(), [], list[dict[str, Any]]()
    stream.write(f'{{"version": {dumps(__version__)},\n"diagnostics": [')
    separator = "\n"
    for result in results:
        summary += result.summary
        failed += unread(result)
        verified += _verifications(result)
        for diagnostic in result.diagnostics:
            stream.write(separator + dumps(_diagnostic(diagnostic, screen)))
            separator = ",\n"
    stream.write(f'\n],\n"verification": {dumps(verified)},')
    stream.write(f'\n"summary": {dumps(summary._asdict())},\n"unread": {dumps(failed)}}}\n')
    return summary


def write_lines(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes an object a line: each diagnostic, as `write` does, and last what else `write` says."""
    summary, failed, verified = Summary(), [], list[dict[str, Any]]()
    for result in results:
        summary += result.summary
        failed += unread(result)
        verified += _verifications(result)
        stream.writelines(f"{dumps(_diagnostic(each, screen))}\n" for each in result.diagnostics)
    last = {"version": __version__, "verification": verified, "summary": summary._asdict(), "unread": failed}
    stream.write(dumps(last) + "\n")
    return summary


def write_documents(documents: Iterable[Document], stream: TextIO, screen: Screen) -> None:
    """Writes one object: how each document was read."""
    stream.write('{"documents": [')
    separator = "\n"
    for document in documents:
        stream.write(separator + dumps(_document(document)))
        separator = ",\n"
    stream.write("\n]}\n")


def write_rules(rules: Iterable[Rule], stream: TextIO, screen: Screen, *, pages: bool = False) -> None:
    """Writes one object: the rules, with their pages in Markdown where these are wanted."""
    told = [_rule(rule, screen) | ({"page": rule.page} if pages else {}) for rule in rules]
    stream.write(dumps({"version": __version__, "rules": told}, indent=2) + "\n")


def _rule(rule: Rule, screen: Screen) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": rule.summary,
        "severity": rule.severity,
        "status": rule.status,
        "since": rule.since,
        "fixable": rule.fixable,
        "options": dict(rule.options),
        "url": screen.url_of(rule.code, rule.name),
    }


def unread(result: Result) -> list[dict[str, str | None]]:
    """What is said of a document that could not be read; without a path where it is none that was found."""
    if result.unread is None:
        return []
    severity = Severity.ERROR if result.failed else Severity.WARNING
    return [{"path": result.path or None, "message": result.unread, "severity": severity}]


def _verifications(result: Result) -> Iterator[dict[str, Any]]:
    """The outcomes of checks against the outside, each of one source, or of one claim and its sources."""
    for each in result.verifications:
        yield {
            "path": result.path,
            "source": each.source,
            "labels": list(each.labels),
            "check": each.aspect,
            "text": each.text,
            "outcome": each.outcome,
            "reason": each.reason,
            "evidence": each.evidence,
            "detail": each.detail,
            "checked_at": each.checked_at,
            "cached": each.cached,
            **_offsets(each.span),
        }


def _diagnostic(diagnostic: Diagnostic, screen: Screen) -> dict[str, Any]:
    return {
        "path": diagnostic.path,
        "code": diagnostic.code,
        "rule": diagnostic.rule,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "label": diagnostic.label,
        **_range(*diagnostic.shown),
        **_cell(diagnostic.cell),
        **_offsets(diagnostic.span),
        "related": [
            {"message": each.message, **_range(*each.shown), **_cell(each.cell)} for each in diagnostic.related
        ],
        "fix": _fix(diagnostic.fix) if diagnostic.fix else None,
        "url": screen.url_of(diagnostic.code, diagnostic.rule),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**_offsets(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safety": fix.safety, "edits": edits}


def _document(document: Document) -> dict[str, Any]:
    return {
        "path": document.name,
        "format": document.format,
        "markers": [_marker(marker, document) for marker in document.markers],
        "not_understood": [
            {"shape": way.shape, "uses": way.uses, "text": way.sample, **_place(way.span, document)}
            for way in document.not_understood
        ],
        "source_lists": [_source_list(listing, document) for listing in document.source_lists],
        "claims": [_claim(claim, document) for claim in document.claims],
    }


def _marker(marker: Marker, document: Document) -> dict[str, Any]:
    return {"text": marker.text, **_place(marker.span, document), "labels": list(marker.labels)}


def _source_list(listing: SourceList, document: Document) -> dict[str, Any]:
    return {
        "heading": listing.heading,
        "first_label": listing.first_label,
        "line": document.lines.position(listing.span.start).line,
        "sources": [_source(source, document) for source in listing.sources],
    }


def _source(source: Source, document: Document) -> dict[str, Any]:
    record = {"url": source.record.url, **{name: getattr(source.record, name) for name in FIELDS}}
    values = {name: field and field.value for name, field in record.items()}
    urls = [url.value for url in source.record.urls]
    return {"label": source.label, "text": source.text, **_place(source.span, document), **values, "urls": urls}


def _claim(claim: Claim, document: Document) -> dict[str, Any]:
    labels = [label for marker in claim.markers for label in marker.labels]
    return {
        "text": claim.text,
        **_place(claim.span, document),
        "kind": claim.kind,
        "labels": labels,
        "covered": claim.covered,
    }


def _place(span: Span, document: Document) -> dict[str, int | str | None]:
    if document.source_map:
        cell = document.source_map.cell(span)
        return {**cell.start._asdict(), **_cell(cell), **_offsets(document.source_map.written(span))}
    return {**document.lines.position(span.start)._asdict(), **_offsets(span)}


def _range(start: Position, end: Position) -> dict[str, int]:
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}


def _cell(place: CellPlace | None) -> dict[str, int | str | None]:
    """The cell that lines are counted in, of a notebook."""
    return {"cell": place.number, "cell_id": place.id} if place else {}


def _offsets(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
