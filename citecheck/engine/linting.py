"""One document in, diagnostics out. Prints nothing and opens no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from citecheck.checks import CHECKS
from citecheck.config.selection import options, selected
from citecheck.editing.renumber import propose_removal, within_budget
from citecheck.engine.filing import Filing
from citecheck.limits import MOST_FINDINGS, bounded
from citecheck.model.document import Document
from citecheck.model.findings import Diagnostic, Finding
from citecheck.model.outcomes import Verification, counts_of
from citecheck.model.results import Result, Summary, counts
from citecheck.model.settings import Settings
from citecheck.rulebook.pages import rules
from citecheck.suppression.comments import UNUSED_IGNORE, Directives, Suppression


class Found(NamedTuple):
    """What the selected checks find in a document, by position and then by code, and how much comments silence."""

    kept: Sequence[tuple[str, Finding]]
    silenced: int


def lint_document(document: Document, settings: Settings, *, counting: bool = True, suppressing: bool = True) -> Result:
    """Runs the selected checks on a document and files what they find.

    Without `counting` the summary leaves the claims out, which few reports tell and which take time to find; without
    `suppressing` ignore comments silence nothing.
    Raises UsageError where the settings name a rule that does not exist.
    """
    return filed(found_in(document, settings, suppressing=suppressing), document, settings, counting=counting)


def found_in(document: Document, settings: Settings, *, suppressing: bool = True) -> Found:
    """What the selected checks find in a document. Raises UsageError where a rule does not exist."""
    codes, planned = _plan(settings)
    if not suppressing:
        every = ((code, each) for code, given in planned for each in CHECKS[code](document, **given))
        return Found(_in_order(bounded(every, "findings", MOST_FINDINGS)), 0)
    directives = Directives.of(document)
    suppression = Suppression(document, directives.understood)
    every = ((code, each) for code, given in planned for each in CHECKS[code](document, **given))
    found = list(bounded(every, "findings", MOST_FINDINGS))
    kept = [(code, each) for code, each in found if not suppression.silences(code, each.span)]
    if UNUSED_IGNORE in codes:  # last, when it is known what the directives silenced
        unused = [(UNUSED_IGNORE, each) for each in (*directives.faults, *suppression.unused(codes))]
        found += unused
        kept += [(code, each) for code, each in unused if not suppression.silences(code, each.span)]
    return Found(_in_order(kept), len(found) - len(kept))


def _in_order(found: Iterable[tuple[str, Finding]]) -> Sequence[tuple[str, Finding]]:
    return sorted(found, key=lambda each: (each[1].span, each[0]))


def filed(found: Found, document: Document, settings: Settings, *, counting: bool = True) -> Result:
    """The result of a document in which so much is found."""
    diagnostics = tuple(_file(found.kept, document, settings))
    summary = _summary(document, diagnostics, suppressed=found.silenced, counting=counting)
    text = document.raw if diagnostics else ""
    return Result(document.name, diagnostics, summary, text=text, verifications=_written(document))


def _written(document: Document) -> tuple[Verification, ...]:
    """The verifications with their places in the file."""
    if (source_map := document.source_map) is None:
        return document.verifications
    return tuple(each._replace(span=source_map.written(each.span)) for each in document.verifications)


@lru_cache(maxsize=8)  # asked once a document, and a run has one answer, or few
def _plan(settings: Settings) -> tuple[frozenset[str], Sequence[tuple[str, Mapping[str, object]]]]:
    """The rules that settings select, and the options of those that have a check."""
    codes = selected(settings)
    return codes, [(code, options(settings, code)) for code in sorted(codes - {UNUSED_IGNORE})]


def _file(findings: Iterable[tuple[str, Finding]], document: Document, settings: Settings) -> Iterator[Diagnostic]:
    book = rules()
    source_map = document.source_map
    filing = Filing(document.name, document.raw, None if source_map else document.lines, source_map)
    removals = Counter[str]()
    most = within_budget(document)
    for code, finding in findings:
        fix = finding.fix
        if finding.removal:
            removals[code] += 1
            fix = propose_removal(document, finding.removal) if removals[code] <= most else None
        severity = settings.severity.get(code, book[code].severity).at_most(finding.severity)
        whole = finding._replace(fix=fix)
        told = source_map.filed(whole) if source_map else whole
        yield filing.diagnostic(told, code=code, rule=book[code].name, severity=severity)


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
        **counts_of(document.verifications),
    )
