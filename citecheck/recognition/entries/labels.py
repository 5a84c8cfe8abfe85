"""Which field each piece of an entry belongs to: the labels that, taken together, its signals speak for most.

A label is weighed by the signals of its piece and by the label before it, with what parts the two; of all ways to label
an entry the heaviest is taken (Viterbi, 1967). `weights.tsv` has a row for each signal, in whole numbers, and a column
for each label; they were fitted on entries whose fields are known (`tests/accuracy/fitting.py`), and may be read and
corrected by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from operator import add
from pathlib import Path
from typing import Final

from citecheck.recognition.entries.pieces import Kind, Piece
from citecheck.recognition.entries.signals import signals


class Label(StrEnum):
    """What a piece says about; those after the title are apart, since other things are usual there."""

    AUTHOR = "author"
    DATE = "date"
    EDITOR = "editor"  # and translators
    NOTE = "note"  # anything else
    TITLE = "title"
    AUTHOR_BEHIND = "author behind"
    DATE_BEHIND = "date behind"
    EDITOR_BEHIND = "editor behind"
    CONTAINER = "container"
    NUMBER = "number"  # of a volume, an issue, pages, an edition
    PLACE = "place"
    PUBLISHER = "publisher"
    NOTE_BEHIND = "note behind"

    __hash__ = str.__hash__  # that of an enumeration is written in Python, and slow


WEIGHTS: Final = Path(__file__).with_name("weights.tsv")
LABELS: Final = tuple(Label)
_TITLE: Final = LABELS.index(Label.TITLE)
_PLACES: Final = 16  # at least as many as there are labels; a power of two
_IMPOSSIBLE: Final = -(1 << 40)
_ALL: Final = tuple(range(len(LABELS)))
POSSIBLE: Final[Mapping[Kind, Sequence[int]]] = {
    kind: tuple(map(LABELS.index, labels))
    for kind, labels in {
        Kind.NUMBER: (Label.NOTE, Label.TITLE, Label.CONTAINER, Label.NUMBER, Label.NOTE_BEHIND),
        Kind.DATE: (
            *(Label.DATE, Label.NOTE, Label.TITLE, Label.DATE_BEHIND),
            *(Label.CONTAINER, Label.NUMBER, Label.NOTE_BEHIND),
        ),
        Kind.ADDRESS: (Label.NOTE, Label.NOTE_BEHIND),
        **dict.fromkeys(
            (Kind.QUOTED, Kind.LINKED, Kind.EMPHASISED, Kind.TITLED),
            tuple(label for label in Label if label is not Label.AUTHOR),
        ),
    }.items()
}
"""The places in `LABELS` of what a piece may mention; a piece of words may mention anything."""


def follows(label: int, before: int) -> bool:
    """Whether a label, by its place in `LABELS`, may follow another: a title is one run, and nothing returns."""
    return before < _TITLE or label > _TITLE or label == before == _TITLE


def labels(words: str, found: Sequence[Piece]) -> list[Label]:
    """The label of each piece."""
    ways: list[Sequence[int]] = []  # for each piece and each of its labels the label before it on the heaviest way
    heaviest: Sequence[int] = ()
    for piece, (shape, context) in zip(found, signals(words, found) if found else (), strict=True):
        own = list(map(add, _sum(shape), _sum(context)))
        possible = POSSIBLE.get(piece.kind, _ALL)
        reached, way = [_IMPOSSIBLE] * len(LABELS), [0] * len(LABELS)
        if heaviest:
            steps = _steps(piece.before)
            for label in possible:
                best = max(map(add, heaviest, steps[label]))
                way[label] = last = best % _PLACES
                reached[label] = best - last + own[label]
        else:
            first = _row("start")
            for label in possible:
                reached[label] = own[label] + first[label] * _PLACES
        heaviest = reached
        ways.append(way)
    return _traced([weight + end * _PLACES for weight, end in zip(heaviest, _row("end"), strict=False)], ways)


def _traced(heaviest: Sequence[int], ways: Sequence[Sequence[int]]) -> list[Label]:
    """The labels on the heaviest way, from its last one back."""
    traced = []
    label = max(range(len(heaviest)), key=heaviest.__getitem__, default=0)
    for way in reversed(ways):
        traced.append(LABELS[label])
        label = way[label]
    return traced[::-1]


@lru_cache(maxsize=16_384)
def _sum(group: tuple[str, ...]) -> Sequence[int]:
    """What some signals weigh together for each label, times `_PLACES`."""
    return [sum(column) * _PLACES for column in zip(*map(_row, group), strict=True)]


@cache
def _steps(parting: str) -> Sequence[Sequence[int]]:
    """For each label what the way to it weighs from each label that may precede it, with what parts the two.

    The weight is taken times `_PLACES`, and the place of the label before is added: the largest sum tells both.
    """
    plain = [_row(step(label)) for label in LABELS]
    parted = [_row(step(label, parting)) for label in LABELS]
    return [
        [
            (plain[before][label] + parted[before][label]) * _PLACES + before if follows(label, before) else _IMPOSSIBLE
            for before in _ALL[: _TITLE + 1 if label <= _TITLE else len(LABELS)]
        ]
        for label in _ALL
    ]


def step(label: Label, parting: str = "") -> str:
    """The name of the row that weighs the way from a label, with what parts it from the next where that is given."""
    return f"{label} >{parting}"


def weight(signal: str, label: Label) -> int:
    """What a signal weighs for a label."""
    return _row(signal)[LABELS.index(label)]


def _row(signal: str) -> Sequence[int]:
    return _weights().get(signal, _NOTHING)


_NOTHING: Final = (0,) * len(LABELS)


@cache
def _weights() -> Mapping[str, Sequence[int]]:
    return dict(_rows(WEIGHTS.read_text(encoding="utf-8")))


def _rows(table: str) -> Iterator[tuple[str, Sequence[int]]]:
    for line in table.splitlines()[1:]:
        signal, *weights = line.split("\t")
        yield signal, tuple(int(weight or 0) for weight in weights)
