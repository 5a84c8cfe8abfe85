"""What a page begins with: the sentence that says it all, the documents, the findings, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from citecheck import __version__
from citecheck.model.findings import Severity, counted
from citecheck.model.outcomes import Outcome
from citecheck.model.results import Summary
from citecheck.reports.page.gathering import Entry, Gathered, Listed, Unread
from citecheck.reports.page.trend import Change, written
from citecheck.reports.page.views import Facts
from citecheck.reports.terminal import Screen
from citecheck.rulebook.pages import Rule, rules


class RuleCount(NamedTuple):
    """A rule that found something, and how often."""

    rule: Rule
    times: int
    url: str | None


class IndexView(NamedTuple):
    """All that a page says of its documents together."""

    headline: str
    citing: Facts
    summary: Summary
    found: tuple[tuple[Severity, str], ...]
    entries: tuple[Entry, ...]
    listed: tuple[Listed, ...]
    unlisted: int
    rules: tuple[RuleCount, ...]
    unread: tuple[Unread, ...]
    not_understood: tuple[Entry, ...]
    set_aside: tuple[str, ...]
    outcomes: tuple[tuple[Outcome, int], ...]
    change: Change | None
    folder: str
    version: str
    data: Iterator[str]


def index_view(found: Gathered, folder: str, screen: Screen) -> IndexView:
    """What the page says of all documents; `folder` is where each has a page of its own, if they have."""
    summary = found.summary
    listed = [each for severity in Severity for each in found.listed[severity]]
    total = found.codes.total()
    book = rules()
    return IndexView(
        headline=_headline(found),
        citing=found.citing,
        summary=summary,
        found=tuple(_found(summary)),
        entries=tuple(sorted(found.entries, key=lambda entry: entry.worst_first)),
        listed=tuple(listed),
        unlisted=total - len(listed),
        rules=tuple(
            RuleCount(book[code], count, screen.url_of(code, book[code].name))
            for code, count in sorted(found.codes.items())
        ),
        unread=tuple(found.unread),
        not_understood=tuple(found.not_understood),
        set_aside=tuple(_set_aside(summary)),
        outcomes=tuple((outcome, found.outcomes[outcome]) for outcome in Outcome if found.outcomes[outcome]),
        change=found.change,
        folder=folder,
        version=__version__,
        data=written(found.pasts),
    )


def _headline(found: Gathered) -> str:
    """The one sentence: how much of the text has a source, and how many sources are cited."""
    citing, documents = found.citing, found.summary.documents
    if not documents:
        return "No document could be read."
    if not citing.cites:
        return "Nothing is cited here." if documents == 1 else f"None of {documents:,} documents cites anything."
    sentences = counted(citing.summary.claims, "sentence")
    support = f"{citing.summary.covered_claims:,} of {sentences} have a source ({citing.percent or 0}\u00a0%)"
    used = f"{citing.used:,} of {counted(citing.summary.sources, 'source')} {'is' if citing.used == 1 else 'are'} cited"
    among = f"In the {citing.summary.documents:,} documents that cite, " if citing.summary.documents < documents else ""
    return f"{among}{support}, and {used}."


def _found(summary: Summary) -> Iterator[tuple[Severity, str]]:
    counts = {Severity.ERROR: summary.errors, Severity.WARNING: summary.warnings, Severity.INFO: summary.infos}
    for severity, count in counts.items():
        if count:
            yield severity, counted(count, severity)


def _set_aside(summary: Summary) -> Iterator[str]:
    """What was found and is not on the page, and why."""
    if summary.suppressed:
        yield f"{counted(summary.suppressed, 'finding')} suppressed by comments"
    if summary.baselined:
        yield f"{counted(summary.baselined, 'finding')} known before, in the baseline"
    if summary.untouched:
        yield f"{counted(summary.untouched, 'finding')} not touched by the change"
