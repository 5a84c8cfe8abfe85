"""The coverage of a document as a strip: runs of sentences that have a source, lack one, or need none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final, NamedTuple

from citecheck.model.readings import ReadClaim

COVERED: Final = "covered"
GAP: Final = "gap"
OTHER: Final = "other"
MOST_CELLS: Final = 300


class Cell(NamedTuple):
    """A run of sentences: of what kind, after how many others, how many, and the first of them by its number.

    Where a cell is of several kinds since there is no room for more, it counts for what the most of it is.
    """

    kind: str
    before: int
    length: int
    first: int


def cells(claims: Sequence[ReadClaim]) -> list[Cell]:
    """The cells of the strip of a document, in reading order."""
    runs: list[Cell] = []
    for kind, run in groupby(enumerate(claims), key=lambda numbered: _kind(numbered[1])):
        numbers = [number for number, _ in run]
        runs.append(Cell(kind, numbers[0], len(numbers), numbers[0]))
    return runs if len(runs) <= MOST_CELLS else _coarse(claims)


def _coarse(claims: Sequence[ReadClaim]) -> list[Cell]:
    """Cells of about the same length; each counts as a gap where at least half of it is one."""
    found: list[Cell] = []
    for number in range(MOST_CELLS):
        start, end = (len(claims) * each // MOST_CELLS for each in (number, number + 1))
        kinds = [_kind(claim) for claim in claims[start:end]]
        kind = GAP if kinds.count(GAP) * 2 >= len(kinds) else COVERED if COVERED in kinds else OTHER
        first = start + kinds.index(kind) if kind in kinds else start
        found.append(Cell(kind, start, end - start, first))
    return found


def _kind(claim: ReadClaim) -> str:
    if claim.covered:
        return COVERED
    return GAP if claim.is_gap else OTHER
