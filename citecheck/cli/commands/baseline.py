"""The baseline of a run: which one applies, and what is said of findings in it that are gone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence, Set
from typing import Final

from citecheck.cli.commands import FAILED, PASSED
from citecheck.cli.commands.caching import cache_for
from citecheck.cli.commands.inputs import InputSelection
from citecheck.cli.commands.output import report_unreadable
from citecheck.cli.commands.progress import watched
from citecheck.config.layers import SettingsResolver
from citecheck.config.selection import selected
from citecheck.errors import CitecheckError
from citecheck.execution.baseline import NAME, Baseline, nearest_baseline
from citecheck.execution.runner import Job, lint_inputs, processors
from citecheck.model.findings import counted
from citecheck.reports.terminal import visible

_SHOWN: Final = 5  # rules named when a baseline has been written


def found_baseline(asked: str | None, book: SettingsResolver) -> Baseline | None:
    """The baseline that is requested, or set, or is beside or above the current folder in its repository."""
    path = asked or _standing(book)
    return Baseline.read(path) if path else None


def _standing(book: SettingsResolver) -> str | None:
    """The baseline that is set, or the nearest, as a path from here."""
    path = book.of_folder(os.curdir).baseline or nearest_baseline(os.getcwd())
    return os.path.relpath(path) if path else None


def looked_for(jobs: Iterable[Job]) -> set[str]:
    """The codes of the rules that are checked in any of the documents."""
    settings = {id(job.settings): job.settings for job in jobs if not isinstance(job, CitecheckError)}
    return set().union(*map(selected, settings.values()))


def tell_stale(known: Baseline, codes: Set[str], *, update: bool) -> None:
    """Says on standard error how many known findings of the rules are gone, and takes them out where that is wanted."""
    gone = known.stale(codes)
    if not gone:
        return
    words = f"{visible(known.path)}: {counted(gone, 'known finding')} {'is' if gone == 1 else 'are'} no longer found"
    if update:
        known.drop_stale(codes)
        sys.stderr.write(f"citecheck: {words}; removed\n")
    else:
        sys.stderr.write(f"citecheck: {words}; --update-baseline removes {'it' if gone == 1 else 'them'}\n")


def write_baseline(
    paths: Sequence[str],
    reading: InputSelection,
    *,
    file: str | None = None,
    processes: int | None = None,
    cache_at: str | None = None,
    caching: bool = True,
) -> int:
    """Writes down all that is wrong now, documents that cannot be read among it, where any were found."""
    path = file or _standing(reading.book) or NAME
    here = reading.book.of_folder(os.curdir).settings
    selected(here)
    known = Baseline.at(path)
    cache = cache_for(here, cache_at, caching=caching)
    jobs = reading.jobs(paths)
    found = lint_inputs(jobs, processes=processes or processors(), counting=False, cache=cache)
    results = list(report_unreadable(watched(found, len(jobs))))
    missing = sum(not result.path for result in results)
    if not results or missing < len(results):
        known.renew(results, looked_for(jobs))
        sys.stdout.write(f"{_contents(known)}\n")
    return FAILED if missing else PASSED


def _contents(known: Baseline) -> str:
    """What a baseline holds, of earlier runs too: how much, and of which rules."""
    rules, documents, unread = known.held()
    named = rules.most_common(_SHOWN)
    parts = [f"{count:,} {visible(code)}" for code, count in named]
    if others := rules.total() - sum(count for _, count in named):
        parts.append(f"{others:,} of other rules")
    held = f"{counted(rules.total(), 'finding')} in {counted(documents, 'document')}"
    held += f", {unread:,} not read" if unread else ""
    return f"{visible(known.path)}: {held}" + (f": {', '.join(parts)}" if parts else "")
