"""Whether a run fails, and how: by what it could not read, or by what it found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from citecheck.cli.commands import FAILED, FOUND, PASSED
from citecheck.config.layers import SettingsResolver
from citecheck.model.findings import Severity, counted
from citecheck.model.results import Result


class RunVerdict:
    """What a run comes to: whether a document could not be read, or has a finding that weighs what its settings say.

    Or was not understood, where they say that this fails too. More warnings than `max_warnings` fail it as well.
    """

    def __init__(self, book: SettingsResolver, max_warnings: int | None = None) -> None:
        self._book = book
        self._max_warnings = max_warnings
        self._warnings = 0
        self.unread = False
        self._found = False

    def watching(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results, looked at as they pass."""
        for result in results:
            self.unread |= result.failed
            self._warnings += result.summary.warnings
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
        if self.unread:
            return FAILED
        return FOUND if (self._found or self.excess) and not exit_zero else PASSED

    @property
    def excess(self) -> str | None:
        """What is said where there are more warnings than may be."""
        if self._max_warnings is None or self._warnings <= self._max_warnings:
            return None
        return f"{counted(self._warnings, 'warning')}, and --max-warnings allows {self._max_warnings:,}"
