"""`citecheck check --add-ignores`: writes ignore comments for everything that is found."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from citecheck.cli.commands import FAILED, FOUND, PASSED
from citecheck.cli.commands.inputs import InputSelection
from citecheck.cli.commands.output import report_unreadable
from citecheck.config.selection import selected
from citecheck.engine.ignores import Ignored, insert_ignores
from citecheck.errors import CitecheckError, UsageError
from citecheck.files.decoding import STDIN, Input
from citecheck.limits import within_limits
from citecheck.model.claims import Coverage
from citecheck.model.document import Document
from citecheck.model.findings import counted
from citecheck.model.results import Result
from citecheck.recognition import parse
from citecheck.reports.terminal import visible


def add_ignores(paths: Sequence[str], reading: InputSelection) -> int:
    """Writes a comment for every finding; what cannot be silenced so is reported, and fails the run."""
    if STDIN in paths:
        raise UsageError("standard input cannot be changed; name a file")
    selected(reading.book.of_folder(".").settings)
    status = PASSED
    total = files = 0
    unread: list[Result] = []
    for job in reading.jobs(paths):
        try:
            if isinstance(job, CitecheckError):
                raise job
            ignored = _ignored(job)
        except CitecheckError as error:
            tolerated = not isinstance(job, CitecheckError) and job.tolerates(error)
            unread.extend(report_unreadable([Result.unreadable("", str(error), tolerated=tolerated)]))
            continue
        total += ignored.silenced
        files += bool(ignored.silenced)
        for each in ignored.left:
            place = f"{each.path}:{each.place}"
            sys.stdout.write(visible(f"{place}: {each.code} cannot be ignored here: {each.message}") + "\n")
            status = FOUND
    sys.stdout.write(f"{counted(total, 'finding')} ignored in {counted(files, 'document')}\n")
    return FAILED if any(each.failed for each in unread) else status


def _ignored(each: Input) -> Ignored:
    settings = each.settings
    text = each.read()

    def read(text: str) -> Document:
        coverage = Coverage(settings.coverage)
        return parse(text, name=each.name, format=each.format, language=settings.language, coverage=coverage)

    with within_limits(each.name, len(text)):
        ignored = insert_ignores(read(text), settings, read)
    if ignored.text != text:
        each.write(text, ignored.text)
    return ignored
