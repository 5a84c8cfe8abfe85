"""`citecheck inspect`: shows how documents were read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from citecheck.cli.commands import FAILED, PASSED
from citecheck.cli.commands.inputs import InputSelection
from citecheck.cli.commands.output import report_unreadable, screen
from citecheck.errors import known
from citecheck.execution.runner import parse_inputs
from citecheck.model.document import Document
from citecheck.model.results import Result
from citecheck.reports import INSPECTIONS


def inspect(paths: Sequence[str], reading: InputSelection, *, report: str = "text", color: str = "auto") -> int:
    """Writes how documents were read."""
    write = INSPECTIONS[known(report, INSPECTIONS, "format")]
    unread: list[Result] = []
    write(_read(parse_inputs(reading.jobs(paths)), unread), sys.stdout, screen(color))
    return FAILED if any(each.failed for each in unread) else PASSED


def _read(outcomes: Iterable[Document | Result], unread: list[Result]) -> Iterator[Document]:
    """The documents; what could not be read is reported on standard error, and added to a list."""
    for outcome in outcomes:
        if isinstance(outcome, Document):
            yield outcome
        else:
            unread.extend(report_unreadable([outcome]))
