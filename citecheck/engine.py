"""One document in, diagnostics out. Prints nothing and opens no file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from citecheck.checks import CHECKS
from citecheck.config import Settings, options, selected
from citecheck.directives import UNUSED_IGNORE, Directives, Suppression
from citecheck.document import Document
from citecheck.findings import Diagnostic, Excerpt, Finding, Related, RelatedPlace, Severity
from citecheck.results import Result, Summary, counts
from citecheck.rulebook import Rule, rules
from citecheck.text import Span

_WHOLE_LINE: Final = 400  # code points; a longer line is shown in a window about the fault
_BEFORE: Final = 160  # code points of that window that stand before the fault


def lint_document(document: Document, settings: Settings, *, counting: bool = True) -> Result:
    """Runs the selected checks on a document and files what they find, by position and then by code.

    Without `counting` the summary leaves the claims out, which few reports tell and which take time to find.
    Raises UsageError where the settings name a rule that does not exist.
    """
    codes, planned = _plan(settings)
    directives = Directives.of(document)
    suppression = Suppression(document, directives.understood)
    found = [(code, each) for code, given in planned for each in CHECKS[code](document, **given)]
    kept = [(code, each) for code, each in found if not suppression.silences(code, each.span)]
    if UNUSED_IGNORE in codes:  # last, when it is known what the directives silenced
        unused = [(UNUSED_IGNORE, each) for each in (*directives.faults, *suppression.unused(codes))]
        found += unused
        kept += [(code, each) for code, each in unused if not suppression.silences(code, each.span)]
    kept.sort(key=lambda each: (each[1].span, each[0]))
    diagnostics = tuple(_file(kept, document, settings))
    summary = _summary(document, diagnostics, suppressed=len(found) - len(kept), counting=counting)
    return Result(document.name, diagnostics, summary, text=document.text if diagnostics else "")


@lru_cache(maxsize=8)  # asked once a document, and a run has one answer, or few
def _plan(settings: Settings) -> tuple[frozenset[str], Sequence[tuple[str, Mapping[str, object]]]]:
    """The rules that settings select, and the options of those that have a check."""
    codes = selected(settings)
    return codes, [(code, options(settings, code)) for code in sorted(codes - {UNUSED_IGNORE})]


def _file(findings: list[tuple[str, Finding]], document: Document, settings: Settings) -> Iterator[Diagnostic]:
    book = rules()
    for code, finding in findings:
        yield _diagnostic(finding, book[code], settings.severity.get(code, book[code].severity), document)


def _diagnostic(finding: Finding, rule: Rule, severity: Severity, document: Document) -> Diagnostic:
    position = document.lines.position
    return Diagnostic(
        path=document.name,
        code=rule.code,
        rule=rule.name,
        severity=severity,
        message=finding.message,
        label=finding.label,
        span=finding.span,
        start=position(finding.span.start),
        end=position(finding.span.end),
        excerpt=_excerpt(finding.span, document),
        related=tuple(_related(each, document) for each in finding.related),
        fix=finding.fix,
    )


def _related(related: Related, document: Document) -> RelatedPlace:
    span, position = related.span, document.lines.position
    excerpt = _excerpt(span, document)
    return RelatedPlace(span, position(span.start), position(span.end), related.message, excerpt)


def _excerpt(span: Span, document: Document) -> Excerpt:
    number, column = document.lines.position(span.start)
    start, end = document.lines.line(number)
    first = max(start, span.start - _BEFORE) if end - start > _WHOLE_LINE else start
    text = document.text[first : min(end, first + _WHOLE_LINE)].rstrip("\r\n")
    return Excerpt(text, number, column - (span.start - first))


def _summary(document: Document, diagnostics: tuple[Diagnostic, ...], suppressed: int, *, counting: bool) -> Summary:
    return Summary(
        documents=1,
        markers=len(document.markers),
        citations=sum(len(marker.citations) for marker in document.markers),
        sources=sum(len(listing.sources) for listing in document.source_lists),
        claims=len(document.claims) if counting else 0,
        covered_claims=sum(claim.covered for claim in document.claims) if counting else 0,
        suppressed=suppressed,
        not_understood=int(bool(document.not_understood)),
        **counts(diagnostics),
    )
