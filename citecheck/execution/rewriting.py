"""Many documents, each read, changed, and written back or shown as a difference.

A document that is to stay as it is is not touched. What cannot be read or written is a result that says so.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import TextIO

from citecheck.engine.fixing import Read
from citecheck.errors import CitecheckError
from citecheck.execution.libraries import Library
from citecheck.execution.locks import LockAt, Locks
from citecheck.execution.runner import Job, with_document
from citecheck.files.decoding import Input
from citecheck.files.encodings import UTF8_WITH_MARK
from citecheck.model.claims import Coverage
from citecheck.model.document import Document
from citecheck.model.key_spaces import Beside
from citecheck.model.results import Result
from citecheck.model.settings import Settings
from citecheck.recognition import parse
from citecheck.text.lines import LineIndex


@dataclass(frozen=True, slots=True)
class RewriteResult:
    """What became of a document: its new text, what is found in it now, and what is to be said about the change.

    `counts` are how often each rule was fixed, `refusals` what was not done, and why.
    """

    text: str
    result: Result
    counts: Mapping[str, int] = field(default_factory=dict)
    refusals: Sequence[str] = ()
    changed: bool = False


Work = Callable[[Document, Settings, Read], RewriteResult]
"""Changes a document; is given what applies to it, and how to read a text as that document was read."""

Delivery = Callable[[Input, str, str], None]
"""Puts the text after in the place of the text before; raises UnwritableFile and UnreadableFile."""


def rewrite_inputs(jobs: Iterable[Job], work: Work, deliver: Delivery) -> Iterator[RewriteResult]:
    """What some work makes of documents in the order given, each delivered before the next is read."""
    library, locks = Library(), Locks()
    for job in jobs:
        if isinstance(job, CitecheckError):
            yield RewriteResult("", Result.unreadable("", str(job)))
            continue
        try:
            text = job.read()
            beside = library.beside(library.opened(job, text))
            lock = locks.of(job)
            worked = partial(_worked, job=job, work=work, beside=beside, lock=lock)
            outcome = with_document(text, job.name, job.format, job.settings, worked, beside, lock)
            if outcome.changed or job.piped is not None:
                deliver(job, text, outcome.text)
        except CitecheckError as error:
            outcome = RewriteResult("", Result.unreadable(job.name, str(error), tolerated=job.tolerates(error)))
        yield outcome


def _worked(document: Document, *, job: Input, work: Work, beside: Beside | None, lock: LockAt | None) -> RewriteResult:
    """What some work makes of a document, at the cost of the same time and memory as a check may have."""

    def read(text: str) -> Document:
        coverage = Coverage(job.settings.coverage)
        parsed = parse(
            text,
            name=job.name,
            format=job.format,
            language=job.settings.language,
            coverage=coverage,
            beside=beside,
        )
        return lock.backed(parsed, job.settings) if lock else parsed

    return work(document, job.settings, read)


def save(each: Input, before: str, after: str) -> None:
    """Writes a document back to where it came from; standard output is where standard input goes."""
    each.write(before, after)


def show(stream: TextIO) -> Delivery:
    """Writes what would change as a unified diff, and leaves files as they are; raises what writing them would."""
    return partial(_show, stream)


def _show(stream: TextIO, each: Input, before: str, after: str) -> None:
    _, encoding = each.encoded(before, after)
    if encoding == UTF8_WITH_MARK:  # without its mark the first line would not be that of the file
        before, after = f"\ufeff{before}", f"\ufeff{after}"
    for line in difflib.unified_diff(_lines(before), _lines(after), each.name, each.name):
        stream.write(line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n")


def _lines(text: str) -> list[str]:
    """The lines of a text with their endings; str.splitlines breaks on more than ends a line."""
    starts = LineIndex(text).starts
    return [line for start, end in pairwise([*starts, len(text)]) if (line := text[start:end])]
