"""`citecheck check`: checks documents and reports what is wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TextIO

from citecheck.cache import FOLDER, Cache
from citecheck.commands import FAILED, FOUND, PASSED
from citecheck.commands.destinations import Destination, destinations, keep_apart, write_all
from citecheck.commands.known import found_baseline, looked_for, tell_stale
from citecheck.commands.progress import watched
from citecheck.commands.reading import Reading
from citecheck.commands.terminal import screen, told
from citecheck.config import selected
from citecheck.errors import CitecheckError
from citecheck.reports import COUNTING
from citecheck.reports.screen import visible
from citecheck.results import Result, Summary
from citecheck.runner import Job, lint_inputs, processors
from citecheck.settings.files import root_of

if TYPE_CHECKING:  # what only some runs need is imported by them
    from citecheck.commands.fix import Fixing
    from citecheck.commands.narrowing import Narrowed


class Telling(NamedTuple):
    """How what is found is told: the reports and where they go."""

    formats: tuple[str, ...] = ()
    output: str | None = None
    statistics: bool = False
    quiet: bool = False
    color: str = "auto"

    def for_people(self, places: Sequence[Destination]) -> bool:
        """Whether standard output has nothing on it that a machine reads."""
        return all(each.file or each.report == "text" for each in places)


class Scope(NamedTuple):
    """What of all that is wrong is told: not what is in the baseline, perhaps only what changed."""

    baseline: str | None = None
    no_baseline: bool = False
    update_baseline: bool = False
    since: str | None = None
    changed_lines: bool = False

    @property
    def narrows(self) -> bool:
        """Whether git is asked what changed."""
        return self.since is not None or self.changed_lines


def check(
    paths: Sequence[str],
    reading: Reading,
    scope: Scope,
    telling: Telling,
    *,
    fixing: Fixing | None = None,
    exit_zero: bool = False,
    processes: int | None = None,
    caching: bool = True,
) -> int:
    """Checks documents and writes reports of what is wrong; with `fixing`, of what is left when that is done."""
    places = destinations(telling.formats, telling.output)
    here = reading.book.of_folder(os.curdir).settings
    if here.select or here.ignore or here.options:
        selected(here)  # an unknown rule is told before anything is read
    screen(telling.color)
    if fixing:
        fixing.codes(here)
    known = None if scope.no_baseline else found_baseline(scope.baseline, reading.book)
    jobs = reading.jobs(paths)
    keep_apart(places, (job.name for job in jobs if not isinstance(job, CitecheckError)))
    changes = _changes(jobs, scope)
    if changes:
        jobs = changes.jobs
    verdict = Verdict(reading)

    def write(results: Iterable[Result], stream: TextIO) -> Summary:
        if known:
            results = map(known.without_known, results)
        if changes and scope.changed_lines:
            results = changes.touched(results)
        return _written(verdict.watching(results), places, telling, stream)

    def failed() -> bool:
        return verdict.failed and not exit_zero

    if fixing:
        from citecheck.commands.fix import fix

        tally_on = None if telling.quiet else sys.stdout if telling.for_people(places) else sys.stderr
        return fix(paths, jobs, fixing, write=write, failed=failed, tally_on=tally_on)
    counting = any(place.report in COUNTING for place in places)
    cache = Cache(cache_folder() if caching and here.cacheable else None)
    total, codes = len(jobs), looked_for(jobs) if known else set()
    each = jobs if changes else drained(jobs)
    results = lint_inputs(each, processes=processes or processors(), counting=counting, cache=cache)
    summary = write(told(watched(results, total)), sys.stdout)
    if known:
        tell_stale(known, codes, update=scope.update_baseline)
    if summary.unread:
        return FAILED
    return FOUND if failed() else PASSED


def drained(jobs: list[Job]) -> Iterator[Job]:
    """The jobs in order, each taken out when it is reached: as they become fewer, more is known, and is kept too."""
    jobs.reverse()
    while jobs:
        yield jobs.pop()


def cache_folder() -> str:
    """Where results are kept: at the root of the repository, or in the current folder where that is in none."""
    here = os.getcwd()
    return os.path.join(root_of(here) or here, FOLDER)


def _changes(jobs: Sequence[Job], scope: Scope) -> Narrowed | None:
    """The documents that changed, where only these are wanted."""
    if not scope.narrows:
        return None
    from citecheck.commands.narrowing import narrowed

    return narrowed(jobs, scope.since)


def _written(results: Iterable[Result], places: Sequence[Destination], telling: Telling, stream: TextIO) -> Summary:
    shown = screen(telling.color, quiet=telling.quiet)
    if not telling.statistics:
        return write_all(results, places, stream, shown)
    from citecheck.reports.statistics import write

    return write(results, stream, shown)


class Verdict:
    """Whether a run fails: whether any document has a finding that weighs what its settings say fails.

    Or was not understood, where they say that this fails, too.
    """

    def __init__(self, reading: Reading) -> None:
        self._book = reading.book
        self.failed = False

    def watching(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results, looked at as they pass."""
        for result in results:
            if result.diagnostics or result.summary.not_understood:
                self.failed |= self._fails(result)
            yield result

    def _fails(self, result: Result) -> bool:
        applied, summary = self._book.of(result.path), result.summary
        return summary.reaches(applied.fail_on) or bool(summary.not_understood and applied.fail_on_not_understood)


def show_files(paths: Sequence[str], reading: Reading, *, since: str | None = None) -> int:
    """Prints the documents that would be checked, a line each."""
    jobs: Sequence[Job] = reading.jobs(paths)
    if changes := _changes(jobs, Scope(since=since)):
        jobs = changes.jobs
    unread = [job for job in jobs if isinstance(job, CitecheckError)]
    for job in jobs:
        if not isinstance(job, CitecheckError):
            sys.stdout.write(visible(job.name) + "\n")
    for error in unread:
        sys.stderr.write(f"citecheck: {visible(str(error))}\n")
    return FAILED if unread else PASSED
