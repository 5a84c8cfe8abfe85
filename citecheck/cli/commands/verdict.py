"""Whether a run fails, and how: by what it could not read, or by what it found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from citecheck.cli.commands import FAILED, FOUND, PASSED
from citecheck.config.layers import SettingsResolver
from citecheck.model.findings import Severity, counted
from citecheck.model.outcomes import counts_of
from citecheck.model.results import Result


class RunVerdict:
    """What a run comes to: whether a document could not be read, or has a finding that weighs what its settings say.

    Or was not understood, where they say that this fails too. More warnings than `max_warnings` fail it as well, and so
    does a share of the sources that could be checked, of those asked about, below what is `required`. Where sources
    were asked about and none could be checked, the run itself has failed.
    """

    def __init__(self, book: SettingsResolver, max_warnings: int | None = None, required: float = 0.0) -> None:
        self._book = book
        self._required = required
        self._asked = self._checked = 0
        self._max_warnings = max_warnings
        self._warnings = 0
        self.unread = False
        self._found = False

    def watching(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results, looked at as they pass."""
        for result in results:
            self.unread |= result.failed
            self._warnings += result.summary.warnings
            online = counts_of(each for each in result.verifications if each.online)
            self._asked += online["asked"]
            self._checked += online["ok"] + online["wrong"]
            if result.diagnostics or result.tolerated or result.summary.not_understood:
                self._found |= self._fails(result)
            yield result

    def _fails(self, result: Result) -> bool:
        applied, summary = self._book.of(result.path), result.summary
        tolerated = result.tolerated and Severity.WARNING.weight >= applied.fail_on.weight
        not_understood = summary.not_understood > 0 and applied.fail_on_not_understood
        return tolerated or not_understood or summary.reaches(applied.fail_on)

    def status(self, *, exit_zero: bool = False) -> int:
        """The exit status of the run; `exit_zero` is whether findings are to pass."""
        if self.unread or self._unchecked:
            return FAILED
        return FOUND if (self._found or self.reasons) and not exit_zero else PASSED

    @property
    def _unchecked(self) -> bool:
        return self._asked > 0 and self._checked == 0

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is said where more fails the run than what was found."""
        return tuple(filter(None, (self._excess, self._shortfall)))

    @property
    def _shortfall(self) -> str | None:
        asked = f"asked about {counted(self._asked, 'source')}"
        if self._unchecked:
            return f"{asked}, and none could be checked; is there a network?"
        if self._checked < self._required * self._asked:
            share = self._checked / self._asked
            return f"{asked}, of which {share:.0%} could be checked, and --require-checked wants {self._required:.0%}"
        return None

    @property
    def _excess(self) -> str | None:
        if self._max_warnings is None or self._warnings <= self._max_warnings:
            return None
        return f"{counted(self._warnings, 'warning')}, and --max-warnings allows {self._max_warnings:,}"
