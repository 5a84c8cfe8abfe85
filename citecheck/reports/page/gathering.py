"""What the documents of a page come to, as their results pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import IO, Final, NamedTuple

from citecheck.model.findings import Severity
from citecheck.model.results import Result, Summary
from citecheck.reports.locations import relative
from citecheck.reports.page import trend
from citecheck.reports.page.templates import template
from citecheck.reports.page.trend import Change, Past
from citecheck.reports.page.views import Facts, Note, document_view
from citecheck.reports.terminal import Screen, visible

MOST_LISTED: Final = 2_000  # findings of each severity in the list of all


class Entry(NamedTuple):
    """A document in the index, and where the temporary file has its part of the page."""

    id: str
    name: str
    facts: Facts
    start: int
    size: int
    change: Change | None = None

    @property
    def file(self) -> str:
        """The name of a page of its own."""
        return f"{int(self.id[1:]):05}.html"

    @property
    def worst_first(self) -> tuple[int, ...]:
        """What entries are sorted by: errors, warnings, infos, and sentences without a source."""
        summary = self.facts.summary
        return (-summary.errors, -summary.warnings, -summary.infos, -self.facts.gaps)


class Listed(NamedTuple):
    """A finding in the list of all, with its document."""

    entry: Entry
    note: Note


class Unread(NamedTuple):
    """Why a document could not be read, and whether that fails the run."""

    message: str
    failed: bool


class Gathered:
    """What the documents of a page come to, as they pass."""

    def __init__(self, kept: IO[bytes], earlier: Mapping[str, Past] | None) -> None:
        self.summary = Summary()
        self.citing = Facts(Summary(), 0, 0)
        self.entries: list[Entry] = []
        self.unread: list[Unread] = []
        self.not_understood: list[Entry] = []
        self.codes: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.pasts: dict[str, Past] = {}
        self.listed: dict[Severity, list[Listed]] = {severity: [] for severity in Severity}
        self._kept = kept
        self._earlier = earlier

    def add(self, result: Result, screen: Screen) -> None:
        """Adds a document: its part of the page is written, the rest counted."""
        self.summary += result.summary
        if result.unread is not None:
            self.unread.append(Unread(visible(result.unread), result.failed))
        if result.reading is None:
            return
        view = document_view(len(self.entries) + 1, result, result.reading, screen)
        start = self._kept.tell()
        self._kept.write(template("document.html").render(document=view).encode())
        entry = Entry(view.id, view.name, view.facts, start, self._kept.tell() - start, self._change(result))
        self.entries.append(entry)
        self.codes.update(each.code for each in result.diagnostics)
        self.outcomes.update(each.outcome for each in view.outcomes)
        if view.facts.cites:
            self.citing = self.citing.plus(view.facts)
        if result.summary.not_understood:
            self.not_understood.append(entry)
        for note in (note for row in view.rows for note in row.notes):
            if len(self.listed[note.severity]) < MOST_LISTED:
                self.listed[note.severity].append(Listed(entry, note))

    def _change(self, result: Result) -> Change | None:
        """How a document differs from what an earlier page has of it; None where there is no such page."""
        path = relative(result.path)
        now = trend.past(result.summary.claims, result.summary.covered_claims, result.diagnostics)
        self.pasts[path] = now
        return None if self._earlier is None else trend.change(self._earlier.get(path), now)

    @property
    def change(self) -> Change | None:
        """How all documents differ from those of the earlier page."""
        if self._earlier is None:
            return None
        return trend.overall(self._earlier, self.pasts)

    def part(self, entry: Entry) -> str:
        """The part of the page that is a document's."""
        self._kept.seek(entry.start)
        return self._kept.read(entry.size).decode()
