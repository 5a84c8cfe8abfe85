"""Fits the weights by which entries are read to entries whose fields are labelled: `python -m tests.accuracy.fitting`.

An averaged perceptron over the best labels of each entry (Collins, 2002), with a margin. The halves that
`tests.accuracy.fields` reports are left out.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from citecheck.recognition.entries.dates import dates
from citecheck.recognition.entries.identifiers import urls
from citecheck.recognition.entries.labels import LABELS, POSSIBLE, WEIGHTS, Label, follows, step
from citecheck.recognition.entries.pieces import Piece, pieces
from citecheck.recognition.entries.reading import without_leads
from citecheck.recognition.entries.record import blanked
from citecheck.recognition.entries.signals import signals
from tests.accuracy.fields import Labelled, labelled

OWN: Final = Path(__file__).with_name("entries.jsonl")
_EPOCHS: Final = 12
_SCALE: Final = 10  # of the weights in the table
_OWN_TIMES: Final = 3  # each of our own entries counts as often
_MOST: Final = 1500  # entries of one notation
_SIZE: Final = len(LABELS)
_ALL: Final = tuple(range(_SIZE))
_NEVER: Final = -1e9
_BEHIND: Final = {
    Label.AUTHOR: Label.AUTHOR_BEHIND,
    Label.DATE: Label.DATE_BEHIND,
    Label.EDITOR: Label.EDITOR_BEHIND,
    Label.NOTE: Label.NOTE_BEHIND,
}
_ONLY_BEHIND: Final = (Label.CONTAINER, Label.NUMBER, Label.PLACE, Label.PUBLISHER)

Weights = dict[str, list[float]]


class Lesson(NamedTuple):
    """An entry to learn from: its pieces, the signals of each, and the places in `LABELS` of the right labels."""

    pieces: Sequence[Piece]
    signals: Sequence[Sequence[str]]
    right: Sequence[int]

    @classmethod
    def of(cls, entry: Labelled) -> Lesson:
        """The lesson that a labelled entry is."""
        words = blanked(entry.text, urls(entry.text, 0))
        written = [date.span for date in dates(words, 0)]
        words = without_leads(words)
        found = pieces(words, written)
        known = _placed([_label(entry, piece) for piece in found])
        shown = [[signal for group in groups for signal in group] for groups in signals(words, found)]
        return cls(found, shown, [LABELS.index(label) for label in known])


def _label(entry: Labelled, piece: Piece) -> Label:
    """The label that most of a piece has, as if it stood before the title."""
    shares = Counter[Label]()
    for label, start, end in entry.parts:
        if (shared := min(end, piece.end) - max(start, piece.start)) > 0:
            shares[label] += shared
    return max(shares, key=shares.__getitem__, default=Label.NOTE)


def _placed(found: Sequence[Label]) -> list[Label]:
    """Labels before and behind the title, which is one run: a title told anew further on is a note."""
    titled = [place for place, label in enumerate(found) if label is Label.TITLE]
    first = titled[0] if titled else len(found)
    last = first
    for place in titled:
        last = place if place - last <= 1 else last
    if not titled:
        first = next((place for place, label in enumerate(found) if label in _ONLY_BEHIND), len(found))
        last = first - 1
    return [
        *(Label.NOTE if label in _ONLY_BEHIND else label for label in found[:first]),
        *found[first : last + 1],
        *(Label.NOTE_BEHIND if label is Label.TITLE else _BEHIND.get(label, label) for label in found[last + 1 :]),
    ]


def best(weights: Weights, lesson: Lesson, *, margin: float = 0) -> list[int]:
    """The heaviest labels of an entry, where those that are wrong weigh a margin more."""
    heaviest: list[float] = []
    ways = []
    for place, (piece, shown) in enumerate(zip(lesson.pieces, lesson.signals, strict=True)):
        own = [sum(column) for column in zip(*(weights[signal] for signal in shown), strict=True)]
        reached, way = [_NEVER] * _SIZE, [0] * _SIZE
        for label in POSSIBLE.get(piece.kind, _ALL):
            if place:
                sums = [
                    heaviest[last]
                    + weights[step(LABELS[last])][label]
                    + weights[step(LABELS[last], piece.before)][label]
                    if follows(label, last)
                    else _NEVER
                    for last in _ALL
                ]
                way[label] = max(_ALL, key=sums.__getitem__)
                reached[label] = sums[way[label]]
            else:
                reached[label] = weights["start"][label]
            reached[label] += own[label] + (margin if label != lesson.right[place] else 0)
        heaviest = reached
        ways.append(way)
    ending = [weight + end for weight, end in zip(heaviest, weights["end"], strict=True)]
    traced = [max(_ALL, key=ending.__getitem__)]
    for way in reversed(ways[1:]):
        traced.append(way[traced[-1]])
    return traced[::-1]


def _counted(lesson: Lesson, found: Sequence[int]) -> Iterator[tuple[str, int]]:
    """The rows that weigh in a way of labelling, each with the label that it weighs for."""
    yield "start", found[0]
    yield "end", found[-1]
    for place, label in enumerate(found):
        yield from ((signal, label) for signal in lesson.signals[place])
        if place:
            last = LABELS[found[place - 1]]
            yield step(last), label
            yield step(last, lesson.pieces[place].before), label


def fitted(lessons: Sequence[Lesson]) -> Weights:
    """The weights that read the lessons rightly, averaged over all that were tried."""
    weights: Weights = defaultdict(lambda: [0.0] * _SIZE)
    summed: Weights = defaultdict(lambda: [0.0] * _SIZE)
    count = 1
    order = list(lessons)
    dice = random.Random(7)
    for epoch in range(_EPOCHS):
        dice.shuffle(order)
        wrong = 0
        for lesson in order:
            found = best(weights, lesson, margin=1)
            if found != list(lesson.right):
                wrong += 1
                for sign, way in ((1, lesson.right), (-1, found)):
                    for row, label in _counted(lesson, way):
                        weights[row][label] += sign
                        summed[row][label] += sign * count
            count += 1
        print(f"round {epoch + 1}: {wrong} of {len(order)} not yet right", flush=True)
    return {
        row: [now - each / count for now, each in zip(values, summed[row], strict=True)]
        for row, values in weights.items()
    }


def table(weights: Weights) -> str:
    """The weights as tab-separated values: a row for each signal in whole numbers, a column for each label."""
    rows = {row: [round(_SCALE * value) for value in values] for row, values in weights.items()}
    lines = [
        "\t".join([row, *(str(value or "") for value in values)]) for row, values in sorted(rows.items()) if any(values)
    ]
    return "\n".join(["\t".join(["signal", *LABELS]), *lines]) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit the weights to our own entries and to a folder's half for tuning, and write the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.fitting", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="folders of XML files with labelled entries")
    options = parser.parse_args(arguments)
    own = [Lesson.of(entry) for entry in labelled(OWN.parent)]
    lessons = own * _OWN_TIMES
    for folder in options.folders:
        others = [entry for entry in labelled(folder) if not entry.reported]
        random.Random(7).shuffle(others)
        lessons += [Lesson.of(entry) for entry in others[:_MOST]]
    WEIGHTS.write_text(table(fitted([lesson for lesson in lessons if lesson.pieces])), encoding="utf-8")


if __name__ == "__main__":
    main()
