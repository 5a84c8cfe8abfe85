"""`citecheck inspect`: shows how documents were read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from citecheck.cli.commands import FAILED, PASSED
from citecheck.cli.commands.inputs import InputSelection
from citecheck.cli.commands.output import report_unreadable, screen
from citecheck.errors import UsageError, known, shown
from citecheck.execution.runner import parse_inputs
from citecheck.model.document import Document
from citecheck.model.results import Result
from citecheck.reports import EXPLANATIONS, INSPECTIONS
from citecheck.reports.explanation import Explained
from citecheck.text.patterns import lazy_re
from citecheck.text.spans import Span

_PLACE = lazy_re(r"([1-9]\d{0,8})(?::([1-9]\d{0,8}))?")


def inspect(
    paths: Sequence[str],
    reading: InputSelection,
    *,
    why: str | None = None,
    report: str = "text",
    color: str = "auto",
) -> int:
    """Writes how documents were read, or why what is at one place of them is read as it is."""
    write = INSPECTIONS[known(report, INSPECTIONS, "format")]
    unread: list[Result] = []
    documents = _read(parse_inputs(reading.jobs(paths)), unread)
    if why is None:
        write(documents, sys.stdout, screen(color))
    else:
        line, column = _place(why)
        explained = [each for document in documents for each in _explained(document, line, column)]
        if not explained and not unread:
            raise UsageError(f"no source is at {why}; `citecheck inspect` shows where sources are")
        EXPLANATIONS[report](explained, sys.stdout, screen(color))
    return FAILED if any(each.failed for each in unread) else PASSED


def _place(words: str) -> tuple[int, int | None]:
    """The line and perhaps the column that were asked about."""
    found = _PLACE.fullmatch(words)
    if found is None:
        raise UsageError(f"--why {shown(words)} is no place; write a line, 12, or a line and a column, 12:3")
    return int(found[1]), int(found[2]) if found[2] else None


def _explained(document: Document, line: int, column: int | None) -> Iterator[Explained]:
    """The sources on a line, each with the evidence for its parts, or for the one at a column.

    So too the citations by author and year, which are decided by evidence.
    """
    if line > len(document.lines.starts):
        return
    place = document.lines.line(line)
    if column is not None:
        place = Span(place.start + column - 1, place.start + column)
    for reading in document.author_years.readings if document.author_years else ():
        if reading.span.overlaps(place):
            yield Explained(document, reading)
    told: set[Span] = set()
    for source in document.sources:
        if source.span not in told and source.span.start < place.end and place.start < source.span.end:
            told.add(source.span)  # an entry with several labels is several sources
            every = source.record.evidence
            here = tuple(one for one in every if one.span.start < place.end and place.start < one.span.end)
            yield Explained(document, source, here if column is not None and here else every)


def _read(outcomes: Iterable[Document | Result], unread: list[Result]) -> Iterator[Document]:
    """The documents; what could not be read is reported on standard error, and added to a list."""
    for outcome in outcomes:
        if isinstance(outcome, Document):
            yield outcome
        else:
            unread.extend(report_unreadable([outcome]))
