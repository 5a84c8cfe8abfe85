"""Whether a run fails, and how: by what it could not read, or by what it found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from citecheck.commands import FAILED, FOUND, PASSED
from citecheck.findings import Severity
from citecheck.results import Result
from citecheck.settings.applied import Book


class Verdict:
    """What a run comes to: whether a document could not be read, or has a finding that weighs what its settings say."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.unread = False
        self._found = False

    def watching(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results, looked at as they pass."""
        for result in results:
            self.unread |= result.failed
            if result.diagnostics or result.tolerated:
                least = self._book.of(result.path).fail_on
                tolerated = result.tolerated and Severity.WARNING.weight >= least.weight
                self._found |= tolerated or result.summary.reaches(least)
            yield result

    def status(self, *, exit_zero: bool = False) -> int:
        """The exit status of the run; `exit_zero` is whether findings are to pass."""
        if self.unread:
            return FAILED
        return FOUND if self._found and not exit_zero else PASSED
