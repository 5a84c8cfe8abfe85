"""One document in, diagnostics out. Prints nothing and opens no file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from citecheck.checks import CHECKS
from citecheck.config import Settings, options, selected
from citecheck.directives import UNUSED_IGNORE, Directives, Suppression
from citecheck.document import Document
from citecheck.findings import Diagnostic, Excerpt, Finding, Related, RelatedPlace, Severity
from citecheck.rulebook import Rule, rules
from citecheck.text import Span

_WHOLE_LINE: Final = 400  # code points; a longer line is shown in a window about the fault
_BEFORE: Final = 160  # code points of that window that stand before the fault


class Summary(NamedTuple):
    """What was read and what was found, in numbers; summaries of several documents add up.

    Not told, and not among the errors, warnings and infos: what ignore comments silence (`suppressed`), what a baseline
    knows already (`baselined`), and what a change did not touch (`untouched`).
    """

    documents: int = 0
    markers: int = 0
    citations: int = 0
    sources: int = 0
    claims: int = 0
    covered_claims: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    suppressed: int = 0
    unread: int = 0
    baselined: int = 0
    untouched: int = 0

    def __add__(self, other: Summary) -> Summary:  # type: ignore[override]  # numbers add up, tuples are joined
        return Summary(*map(int.__add__, self, other))

    def reaches(self, severity: Severity) -> bool:
        """Whether anything was found that weighs as much as the severity."""
        counts = {Severity.ERROR: self.errors, Severity.WARNING: self.warnings, Severity.INFO: self.infos}
        return any(count for each, count in counts.items() if each.weight >= severity.weight)


class Result(NamedTuple):
    """What is said of one document; `unread` is why it could not be read, where it could not.

    `text` is the document's, where anything is said of it: what counts in bytes or compares lines needs it.
    """

    path: str
    diagnostics: tuple[Diagnostic, ...]
    summary: Summary
    unread: str | None = None
    text: str = ""

    @classmethod
    def unreadable(cls, path: str, reason: str) -> Result:
        """The result of a document that could not be read."""
        return cls(path, (), Summary(unread=1), reason)

    def only(self, diagnostics: Iterable[Diagnostic], left_out: str) -> Result:
        """The same with some of the diagnostics only; the others are counted in a field of the summary."""
        kept = tuple(diagnostics)
        counts = _counts(kept) | {left_out: len(self.diagnostics) - len(kept) + getattr(self.summary, left_out)}
        return self._replace(diagnostics=kept, summary=self.summary._replace(**counts))


def lint_document(document: Document, settings: Settings, *, counting: bool = True) -> Result:
    """Runs the selected checks on a document and files what they find, by position and then by code.

    Without `counting` the summary leaves the claims out, which few reports tell and which take time to find.
    Raises UsageError where the settings name a rule that does not exist.
    """
    codes = selected(settings)
    directives = Directives.of(document)
    suppression = Suppression(document, directives.understood)
    checks = sorted(codes - {UNUSED_IGNORE})
    found = [(code, each) for code in checks for each in CHECKS[code](document, **options(settings, code))]
    kept = [(code, each) for code, each in found if not suppression.silences(code, each.span)]
    if UNUSED_IGNORE in codes:  # last, when it is known what the directives silenced
        unused = [(UNUSED_IGNORE, each) for each in (*directives.faults, *suppression.unused(codes))]
        found += unused
        kept += [(code, each) for code, each in unused if not suppression.silences(code, each.span)]
    kept.sort(key=lambda each: (each[1].span, each[0]))
    diagnostics = tuple(_file(kept, document, settings))
    summary = _summary(document, diagnostics, suppressed=len(found) - len(kept), counting=counting)
    return Result(document.name, diagnostics, summary, text=document.text if diagnostics else "")


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
        **_counts(diagnostics),
    )


def _counts(diagnostics: Sequence[Diagnostic]) -> dict[str, int]:
    severities = [each.severity for each in diagnostics]
    return {f"{severity}s": severities.count(severity) for severity in Severity}
