"""Faults put into documents one at a time, and whether exactly they are told.

Of the faults that `citecheck prove` puts into a document, one of each kind is taken, in the middle of it. What is then
said beyond what it said before must be that fault, at as many places as it has, and nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from citecheck import lint, parse
from citecheck.editing.edits import apply
from citecheck.engine.proving import Fault, Reported, faults, reported
from tests.accuracy.measurement import Outcome

KINDS = ("entry removed", "entry relabelled", "entry doubled", "marker changed", "markers removed", "bracket dropped")
_FEWEST = 2  # entries that are cited; a document with fewer is left alone


class Trial(NamedTuple):
    """A fault that was put into a document, and what was told of it."""

    file: str
    fault: Fault
    found: Reported

    @property
    def exact(self) -> bool:
        """Whether the fault was told, and nothing else."""
        return self.found == self.fault.expected


def trials(outcomes: Iterable[Outcome]) -> Iterator[Trial]:
    """One fault of each kind in each document that can have it."""
    for outcome in outcomes:
        before = reported(lint(outcome.text, name=outcome.file))
        for fault in _middle(faults(parse(outcome.text, name=outcome.file))):
            found = reported(lint(apply(outcome.text, fault.edits), name=outcome.file))
            found.subtract(before)
            yield Trial(outcome.file, fault, Counter({key: count for key, count in found.items() if count}))


def _middle(every: Iterable[Fault]) -> Iterator[Fault]:
    """The middle one of each kind, where there are several entries that are cited."""
    kinds: defaultdict[str, list[Fault]] = defaultdict(list)
    for fault in every:
        kinds[fault.kind].append(fault)
    if len(kinds["entry removed"]) >= _FEWEST:
        yield from (own[len(own) // 2] for own in kinds.values())
