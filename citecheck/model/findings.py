"""What a check says (a finding) and what a reader is reported (a diagnostic).

What a finding may have many of is a tuple: between processes a tuple is sent sooner than a dataclass.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from citecheck.model.citations import Key
from citecheck.text.lines import Position
from citecheck.text.spans import Span

MOST_RELATED: Final = 10
"""Related places of one finding where many share its fault: a reader gets the idea from fewer."""


class Severity(StrEnum):
    """How much a fault weighs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def weight(self) -> int:
        """A rank to compare by: an error outweighs a warning, a warning an info."""
        return {Severity.ERROR: 3, Severity.WARNING: 2, Severity.INFO: 1}[self]

    def at_most(self, other: Severity | None) -> Severity:
        """The lighter of two severities; this one where there is no other."""
        return self if other is None else min(self, other, key=lambda each: each.weight)


class Safety(StrEnum):
    """Whether a fix may be applied by default: a safe one leaves a document that says the same."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """The text that takes the place of a span."""

    span: Span
    text: str


class Fold(NamedTuple):
    """Two entries of one work that become one: the span of the entry that goes, and of the one that stays.

    Or a citation that names no entry, by where its label is, and the entry that it names afterwards.
    """

    goes: Span
    stays: Span


class Fix(NamedTuple):
    """Edits that are applied together or not at all.

    `folds` are the entries whose citations name another entry afterwards; of every other fix it is demanded that each
    marker leads where it led.
    """

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE
    folds: tuple[Fold, ...] = ()


class Removal(NamedTuple):
    """A source that is to go, and the one that its markers name from then on; None where none names it.

    It becomes a fix only when it is wanted: each numbers the document again, and many are carried out as one.
    """

    goes: Key
    stays: Key | None = None

    @property
    def safety(self) -> Safety:
        """Unsafe, all of them: the marker, and not the entry, may be what is wrong."""
        return Safety.UNSAFE


class RelatedSpan(NamedTuple):
    """Another place that explains a finding, such as where a label was first listed."""

    span: Span
    message: str


class Finding(NamedTuple):
    """What a check says: where, what, and perhaps how to fix it: by a fix, or by a source that goes.

    `label` is the label the finding is about, where there is one. `severity` is set where this case of the fault weighs
    less than its rule does; it lowers what the rule or the settings say, and never raises it.
    """

    span: Span
    message: str
    label: str | None = None
    related: tuple[RelatedSpan, ...] = ()
    fix: Fix | None = None
    removal: Removal | None = None
    severity: Severity | None = None


class Excerpt(NamedTuple):
    """The part of a line to show: `text` begins at column `column` (from 1) of line `line`.

    A whole line where it is of human length, a window about the fault where it is not.
    """

    text: str
    line: int
    column: int


class CellPlace(NamedTuple):
    """Where in a cell of a notebook a place is: lines are counted from the cell's first, `end` is exclusive.

    `number` is that of the cell among all cells, from 1; `id` is the cell's own, where it has one.
    """

    number: int
    id: str | None
    start: Position
    end: Position


class RelatedLocation(NamedTuple):
    """A related place as a reader finds it; `end` is exclusive. Positions are the file's; `cell` is of a notebook."""

    span: Span
    start: Position
    end: Position
    message: str
    excerpt: Excerpt
    cell: CellPlace | None = None

    @property
    def shown(self) -> tuple[Position, Position]:
        """Its positions as its excerpt has them: in a cell, where there is one."""
        return (self.cell.start, self.cell.end) if self.cell else (self.start, self.end)


class Diagnostic(NamedTuple):
    """A finding filed under its rule and its document; `end` is exclusive.

    Spans and positions are the file's. In a notebook, whose file is no text for readers, `cell` says where they look.
    """

    path: str
    code: str
    rule: str
    severity: Severity
    message: str
    label: str | None
    span: Span
    start: Position
    end: Position
    excerpt: Excerpt
    related: tuple[RelatedLocation, ...] = ()
    fix: Fix | None = None
    cell: CellPlace | None = None

    @property
    def shown(self) -> tuple[Position, Position]:
        """Its positions as its excerpt has them: in a cell, where there is one."""
        return (self.cell.start, self.cell.end) if self.cell else (self.start, self.end)

    @property
    def place(self) -> str:
        """Where a reader looks: `2:8`, in a notebook `cell 3:2:8`."""
        (line, column), _ = self.shown
        return f"cell {self.cell.number}:{line}:{column}" if self.cell else f"{line}:{column}"


def counted(number: int, noun: str) -> str:
    """A number of things, as every message says it: `1 marker`, `12 markers`, `1,200 markers`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
