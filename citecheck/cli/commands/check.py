"""`citecheck check`: checks documents and reports what is wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TextIO

from citecheck.cli.commands import FAILED, FOUND, PASSED
from citecheck.cli.commands.baseline import found_baseline, looked_for, tell_stale
from citecheck.cli.commands.caching import cache_for, cache_place
from citecheck.cli.commands.destinations import Destination, destinations, keep_apart, write_all
from citecheck.cli.commands.inputs import InputSelection
from citecheck.cli.commands.output import report_unreadable, screen
from citecheck.cli.commands.progress import watched
from citecheck.cli.commands.verdict import RunVerdict
from citecheck.config.selection import selected
from citecheck.errors import CitecheckError, UsageError
from citecheck.execution.runner import Job, lint_inputs, processors, read_inputs
from citecheck.files.writing import sweep
from citecheck.model.results import Result, Summary
from citecheck.reports import COUNTING, READING, REPORTS, STATISTICS
from citecheck.reports.terminal import visible

if TYPE_CHECKING:  # what only some runs need is imported by them
    from citecheck.cli.commands.changed import ChangedSelection
    from citecheck.cli.commands.fix import Fixing
    from citecheck.cli.commands.online import AskingOptions


class OutputOptions(NamedTuple):
    """How what is found is reported: the reports and where they go.

    `naming` is whether standard output names the files that were written; `earlier` is a page to compare with.
    """

    formats: tuple[str, ...] = ()
    output: str | None = None
    statistics: bool = False
    quiet: bool = False
    show_all: bool = False
    color: str = "auto"
    naming: bool = False
    earlier: str = ""

    def for_people(self, places: Sequence[Destination]) -> bool:
        """Whether standard output has nothing on it that a machine reads."""
        return all(each.file or each.report == "text" for each in places)


class FindingFilter(NamedTuple):
    """What of all that is wrong is reported: not what is in the baseline, perhaps only what changed."""

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
    reading: InputSelection,
    scope: FindingFilter,
    telling: OutputOptions,
    *,
    fixing: Fixing | None = None,
    exit_zero: bool = False,
    max_warnings: int | None = None,
    processes: int | None = None,
    cache_at: str | None = None,
    caching: bool = True,
    asking: AskingOptions | None = None,
) -> int:
    """Checks documents and writes reports of what is wrong; with `fixing`, of what is left when that is done.

    With `asking`, sources are asked about as well.
    """
    places = destinations(telling.formats, telling.output, STATISTICS if telling.statistics else REPORTS)
    here = reading.book.of_folder(os.curdir).settings._replace(online=asking is not None)
    if here.select or here.ignore or here.options:
        selected(here)  # an unknown rule is reported before anything is read
    screen(telling.color)
    if fixing:
        fixing.codes(here)
        if any(place.report in READING for place in places):
            raise UsageError("--format html shows documents as they are; fix them, then run `citecheck report`")
    known = None if scope.no_baseline else found_baseline(scope.baseline, reading.book)
    if scope.update_baseline and not known:
        raise UsageError("--update-baseline does nothing without a baseline; `citecheck baseline` writes one")
    sweep(paths)
    jobs = reading.jobs(paths)
    keep_apart(places, (job.name for job in jobs if not isinstance(job, CitecheckError)))
    changes = _changes(jobs, scope)
    if changes:
        jobs = changes.jobs
    verdict = RunVerdict(reading.book, max_warnings, asking.required if asking else 0.0)

    def fresh(results: Iterable[Result]) -> Iterator[Result]:
        """What is new of the results, told where it could not be read, and judged."""
        results = report_unreadable(map(known.without_known, results) if known else results)
        if changes and scope.changed_lines:
            results = changes.touched(results)
        return verdict.watching(results)

    def write(results: Iterable[Result], stream: TextIO) -> None:
        shown = screen(
            telling.color,
            quiet=telling.quiet,
            advising=fixing is None,
            show_all=telling.show_all,
            rules_url=reading.book.of_folder(os.curdir).rules_url,
        )._replace(earlier=telling.earlier)
        _tell_written(places, write_all(results, places, stream, shown), telling)

    if fixing:
        from citecheck.cli.commands.fix import fix

        tally_on = None if telling.quiet else sys.stdout if telling.for_people(places) else sys.stderr
        changed = fix(paths, jobs, fixing, fresh=fresh, write=write, tally_on=tally_on)
        status = _status(verdict, exit_zero=exit_zero)
        return FOUND if fixing.diff and changed and status == PASSED else status
    counting = not telling.statistics and any(place.report in COUNTING for place in places)
    total, codes = len(jobs), looked_for(jobs) if known else set()
    each = jobs if changes else drained(jobs)
    read = any(place.report in READING for place in places)
    if asking:
        from citecheck.cli.commands.online import ask, would_ask

        if read:
            raise UsageError("--format html cannot be combined with --online; write another report")
        folder = cache_place(cache_at, caching=caching)
        if asking.dry_run:
            return would_ask(jobs, asking, folder, sys.stdout)
        results = ask(jobs, asking, folder, counting=counting)
    elif read:
        results = read_inputs(each, processes=processes or processors())
    else:
        cache = cache_for(here, cache_at, caching=caching)
        results = lint_inputs(each, processes=processes or processors(), counting=counting, cache=cache)
    write(fresh(watched(results, total)), sys.stdout)
    if known:
        tell_stale(known, codes, update=scope.update_baseline)
    return _status(verdict, exit_zero=exit_zero)


def _status(verdict: RunVerdict, *, exit_zero: bool) -> int:
    """The exit status; what no report says of it is reported on standard error."""
    for reason in verdict.reasons:
        sys.stdout.flush()  # so that on a terminal the two streams keep their order
        sys.stderr.write(f"citecheck: {reason}\n")
    return verdict.status(exit_zero=exit_zero)


def _tell_written(places: Sequence[Destination], summary: Summary, telling: OutputOptions) -> None:
    """Names the files that were written, where that is wanted, and those that nobody named."""
    for file in (place.file for place in places if place.file and place.report in READING):
        from citecheck.reports.page import folder_of
        from citecheck.reports.summary import tally

        if telling.naming and not telling.quiet:
            sys.stdout.write(f"{visible(file)}: {tally(summary)}\n")
        if os.path.isdir(folder := folder_of(file)) and not telling.quiet:
            sys.stdout.flush()
            sys.stderr.write(f"citecheck: too large for one page: each document has its own in {visible(folder)}\n")


def drained(jobs: list[Job]) -> Iterator[Job]:
    """The jobs in order, each taken out when it is reached: as they become fewer, more is known, and is kept too."""
    jobs.reverse()
    while jobs:
        yield jobs.pop()


def _changes(jobs: Sequence[Job], scope: FindingFilter) -> ChangedSelection | None:
    """The documents that changed, where only these are wanted."""
    if not scope.narrows:
        return None
    from citecheck.cli.commands.changed import changed_selection

    return changed_selection(jobs, scope.since)


def show_files(paths: Sequence[str], reading: InputSelection, *, since: str | None = None) -> int:
    """Prints the documents that would be checked, a line each."""
    jobs: Sequence[Job] = reading.jobs(paths)
    if changes := _changes(jobs, FindingFilter(since=since)):
        jobs = changes.jobs
    unread = [job for job in jobs if isinstance(job, CitecheckError)]
    for job in jobs:
        if not isinstance(job, CitecheckError):
            sys.stdout.write(visible(job.name) + "\n")
    for error in unread:
        sys.stderr.write(f"citecheck: {visible(str(error))}\n")
    return FAILED if unread else PASSED
