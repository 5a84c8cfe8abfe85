"""Faults put into the documents of a run, one at a time, and whether each would be reported under their settings."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from citecheck.editing.edits import apply
from citecheck.engine.linting import lint_document
from citecheck.engine.proving import Fault, faults, reported
from citecheck.errors import CitecheckError, UnreadableFile
from citecheck.execution.libraries import Library
from citecheck.execution.runner import Job, with_document
from citecheck.files.decoding import Input
from citecheck.model.document import Document
from citecheck.model.findings import Diagnostic
from citecheck.model.key_spaces import Beside
from citecheck.text.lines import Position


class Trial(NamedTuple):
    """A fault that was put into a document: of which kind, where, what had to be reported of it and what was not.

    `expected` and `missed` are codes; `start` is where the sound document has what was changed.
    """

    path: str
    kind: str
    start: Position
    expected: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def seen(self) -> bool:
        """Whether all that had to be reported was."""
        return not self.missed


class _Subject(NamedTuple):
    """A document that is tried: its text as it was read, and its bibliographies."""

    job: Input
    text: str
    beside: Beside | None


class _Chosen(NamedTuple):
    subject: _Subject
    fault: Fault
    start: Position


def trials(jobs: Iterable[Job], *, count: int, seed: int) -> Iterator[Trial | CitecheckError]:
    """Up to so many faults, drawn from all that the documents can have, in their order; the same for the same seed.

    An error in the place of a document that cannot be read. Texts are kept while faults are drawn: memory grows with
    the documents that have one.
    """
    library = Library()
    chosen: list[_Chosen] = []
    drawn = random.Random(seed)
    met = 0
    for job in jobs:
        if isinstance(job, CitecheckError):
            yield job
            continue
        try:
            subject, found = _possible(job, library)
        except UnreadableFile as error:
            yield error
            continue
        for fault, start in found:  # a reservoir: each fault that was met is as likely to be among the chosen
            met += 1
            each = _Chosen(subject, fault, start)
            if len(chosen) < count:
                chosen.append(each)
            elif (place := drawn.randrange(met)) < count:
                chosen[place] = each
    chosen.sort(key=lambda each: (each.subject.job.name, each.start, each.fault.kind))
    yield from map(_tried, chosen)


def _possible(job: Input, library: Library) -> tuple[_Subject, Sequence[tuple[Fault, Position]]]:
    text = job.read()
    subject = _Subject(job, text, library.beside(library.opened(job, text)))

    def found(document: Document) -> list[tuple[Fault, Position]]:
        return [(fault, document.lines.position(fault.span.start)) for fault in faults(document)]

    return subject, with_document(text, job.name, job.format, job.settings, found, subject.beside)


def _tried(chosen: _Chosen) -> Trial:
    subject, fault, start = chosen
    sound = reported(_diagnostics(subject, subject.text))
    from_fault = reported(_diagnostics(subject, apply(subject.text, fault.edits)))
    from_fault.subtract(sound)
    missed = [each for each, count in fault.expected.items() if from_fault[each] < count]
    return Trial(subject.job.name, fault.kind, start, _codes(fault.expected), _codes(missed))


def _diagnostics(subject: _Subject, text: str) -> Sequence[Diagnostic]:
    settings = subject.job.settings

    def lint(document: Document) -> Sequence[Diagnostic]:
        return lint_document(document, settings, counting=False).diagnostics

    return with_document(text, subject.job.name, subject.job.format, settings, lint, subject.beside)


def _codes(expected: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
    return tuple(sorted({code for code, _ in expected}))
