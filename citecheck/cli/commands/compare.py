"""`citecheck compare`: two versions of documents, each pair read and compared."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from citecheck.cli.commands import FAILED, FOUND, PASSED
from citecheck.cli.commands.inputs import InputSelection
from citecheck.cli.commands.output import report_unreadable, screen
from citecheck.comparison.changes import Comparison, failing
from citecheck.comparison.changes import compare as compared
from citecheck.errors import CitecheckError, UsageError, known
from citecheck.execution.changes import Changes
from citecheck.execution.runner import Job, parse_inputs
from citecheck.files.decoding import Input
from citecheck.model.document import Document
from citecheck.model.results import Result
from citecheck.reports.comparison import COMPARISONS, Compared, shown_alone
from citecheck.reports.terminal import visible


class _Pair(NamedTuple):
    """A document before and after."""

    old: Job
    new: Job


def compare(old: str, new: str, reading: InputSelection, *, report: str = "text", color: str = "auto") -> int:
    """Compares two files, or the files of the same relative paths in two folders; returns the exit status."""
    if os.path.isdir(old) != os.path.isdir(new):
        raise UsageError(f"{old} and {new}: name two files or two folders")
    before, after = _below(old, reading), _below(new, reading)
    if not os.path.isdir(old):
        return _written([_Pair(*before.values(), *after.values())], [], report, color)
    pairs = [_Pair(before[name], after[name]) for name in before if name in after]
    alone = [os.path.join(old, name) for name in before if name not in after]
    alone += [os.path.join(new, name) for name in after if name not in before]
    return _written(pairs, alone, report, color)


def compare_since(
    revision: str, paths: Sequence[str], reading: InputSelection, *, report: str = "text", color: str = "auto"
) -> int:
    """Compares documents that changed since a git revision with what they were; new ones have no counterpart."""
    changes = Changes(revision)
    pairs: list[_Pair] = []
    alone: list[str] = []
    for job in reading.jobs(paths):
        if isinstance(job, CitecheckError):
            pairs.append(_Pair(job, job))
        elif job.name in changes:
            data = changes.before(job.name)
            if data is None:
                alone.append(job.name)
            else:
                pairs.append(_Pair(job._replace(name=f"{revision}:{job.name}", piped=data), job))
    return _written(pairs, alone, report, color)


def _below(path: str, reading: InputSelection) -> dict[str, Job]:
    """The documents of a path by their paths below it."""
    found: dict[str, Job] = {}
    for number, job in enumerate(reading.jobs([path])):
        name = os.path.relpath(job.name, path) if isinstance(job, Input) else f"\0{number}"
        found[name] = job
    return found


def _written(pairs: Iterable[_Pair], alone: Sequence[str], report: str, color: str) -> int:
    """Writes the report of all pairs; returns the exit status."""
    write = COMPARISONS[known(report, COMPARISONS, "format")]
    unread: list[Result] = []
    done = Compared(list(_comparisons(pairs, unread)), alone)
    write(done, sys.stdout, screen(color))
    sys.stdout.flush()
    for line in shown_alone(done):
        sys.stderr.write(f"citecheck: {line}\n")
    if any(each.failed for each in unread):
        return FAILED
    return FOUND if any(failing(each.changes) for each in done.pairs) else PASSED


def _comparisons(pairs: Iterable[_Pair], unread: list[Result]) -> Iterator[Comparison]:
    """The comparison of each pair; what could not be read is reported on standard error, and added to a list."""
    for pair in pairs:
        documents: list[Document] = []
        for outcome in parse_inputs(pair if pair.old is not pair.new else pair[:1]):
            if isinstance(outcome, Document):
                documents.append(outcome)
            else:
                unread.extend(report_unreadable([outcome]))
        for document in documents:
            if document.not_understood:
                way = document.not_understood[0]
                told = f"seems to cite by {way.noun}s such as {way.sample!r}, which are not compared"
                sys.stderr.write(f"citecheck: {visible(document.name)}: {visible(told)}\n")
        if len(documents) == len(pair):
            yield compared(*documents)
