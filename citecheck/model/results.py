"""What is said of a document, and what that comes to in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from citecheck.model.findings import Diagnostic, Severity
from citecheck.model.outcomes import Verification

if TYPE_CHECKING:  # which only reports with the text ask for
    from citecheck.model.readings import Reading


class Summary(NamedTuple):
    """What was read and what was found, in numbers; summaries of several documents add up.

    Not told, and not among the errors, warnings and infos: what ignore comments silence (`suppressed`), what a baseline
    knows already (`baselined`), and what a change did not touch (`untouched`). Documents that are `not_understood` are
    counted whatever rules are selected, and whatever is silenced. Of what was `asked` of the outside, so much was `ok`,
    `wrong` and `unknown`.
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
    not_understood: int = 0
    baselined: int = 0
    untouched: int = 0
    asked: int = 0
    ok: int = 0
    wrong: int = 0
    unknown: int = 0

    def __add__(self, other: Summary) -> Summary:  # type: ignore[override]  # numbers add up, tuples are joined
        return Summary(*map(int.__add__, self, other))

    def reaches(self, severity: Severity) -> bool:
        """Whether anything was found that weighs as much as the severity."""
        counts = {Severity.ERROR: self.errors, Severity.WARNING: self.warnings, Severity.INFO: self.infos}
        return any(count for each, count in counts.items() if each.weight >= severity.weight)


class Result(NamedTuple):
    """What is said of one document; `unread` is why it could not be read, where it could not.

    `tolerated` means that its settings take this for a warning. `text` is the document's, where anything is said of it:
    what counts in bytes or compares lines needs it. `verifications` are what checks against the outside came to; their
    spans are the file's. `reading` is how it was read, for reports that show the text.
    """

    path: str
    diagnostics: tuple[Diagnostic, ...]
    summary: Summary
    unread: str | None = None
    text: str = ""
    tolerated: bool = False
    verifications: tuple[Verification, ...] = ()
    reading: Reading | None = None

    @classmethod
    def unreadable(cls, path: str, reason: str, *, tolerated: bool = False) -> Result:
        """The result of a document that could not be read."""
        return cls(path, (), Summary(unread=1), reason, tolerated=tolerated)

    @property
    def failed(self) -> bool:
        """Whether the document could not be read, and that fails the run."""
        return self.unread is not None and not self.tolerated

    def only(self, diagnostics: Iterable[Diagnostic], left_out: str) -> Result:
        """The same with some of the diagnostics only; the others are counted in a field of the summary."""
        kept = tuple(diagnostics)
        left = len(self.diagnostics) - len(kept) + getattr(self.summary, left_out)
        return self._replace(diagnostics=kept, summary=self.summary._replace(**counts(kept), **{left_out: left}))


def counts(diagnostics: Sequence[Diagnostic]) -> dict[str, int]:
    """How many diagnostics there are of each severity, by the names of a summary's fields."""
    severities = [each.severity for each in diagnostics]
    return {f"{severity}s": severities.count(severity) for severity in Severity}
