"""Why an entry is read as it is: what each of its pieces shows, and how much that weighs.

A piece is compared with the best that it would be otherwise, the pieces about it being what they are. The names of the
signals are those of the rows of `weights.tsv`, but for `then`, which is the weight of what follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citecheck.model.sources import Evidence
from citecheck.recognition.entries.labels import LABELS, POSSIBLE, Label, follows, labels, step, weight
from citecheck.recognition.entries.pieces import Kind, Piece, pieces
from citecheck.recognition.entries.reading import without_leads
from citecheck.recognition.entries.signals import signals
from citecheck.text.spans import Span

_READ_AS = {Label.DATE: "date", Label.NUMBER: "volume or pages", Label.NOTE: "nothing"}
_BEHIND = " behind"


def evidence(words: str, dates: Sequence[Span]) -> Iterator[Evidence]:
    """The evidence for each piece of an entry's words, as `reading.read_fields` takes them; spans are in the words."""
    words = without_leads(words)
    found = pieces(words, dates)
    told = labels(words, found)
    shown = [[*shape, *context] for shape, context in signals(words, found)] if found else []
    for place, piece in enumerate(found):
        span = Span(piece.start, piece.end)
        if piece.kind is Kind.ADDRESS:
            yield Evidence(span.of(words), span, "address, identifier, or what leads to one", "", ())
            continue
        best = _weighed(told[place], place, found, told, shown[place])
        others = {
            label: _weighed(label, place, found, told, shown[place])
            for label in _possible(piece, told[place - 1 : place], told[place + 1 : place + 2])
            if _name(label) != _name(told[place])
        }
        if not others:
            yield Evidence(span.of(words), span, _name(told[place]), "", ())
            continue
        other = max(others, key=lambda label: sum(others[label].values()))
        more = {name: weight - others[other][name] for name, weight in best.items()}
        ordered = sorted(((name, value) for name, value in more.items() if value), key=lambda one: -abs(one[1]))
        yield Evidence(span.of(words), span, _name(told[place]), _name(other), tuple(ordered))


def _possible(piece: Piece, before: Sequence[Label], after: Sequence[Label]) -> Iterator[Label]:
    """The labels that a piece could have between those of its neighbours."""
    for place in POSSIBLE.get(piece.kind, range(len(LABELS))):
        if all(follows(place, LABELS.index(label)) for label in before) and all(
            follows(LABELS.index(label), place) for label in after
        ):
            yield LABELS[place]


def _weighed(
    label: Label, place: int, found: Sequence[Piece], told: Sequence[Label], shown: Sequence[str]
) -> dict[str, int]:
    """What each signal of a piece weighs for a label between its neighbours'."""
    weights = {signal: weight(signal, label) for signal in shown}
    if place == 0:
        weights["start"] = weight("start", label)
    else:
        for row in (step(told[place - 1]), step(told[place - 1], found[place].before)):
            weights[f"after {row}"] = weight(row, label)
    if place + 1 == len(found):
        weights["end"] = weight("end", label)
    else:
        after, parting = told[place + 1], found[place + 1].before
        weights[f"then {after}"] = weight(step(label), after) + weight(step(label, parting), after)
    return weights


def _name(label: Label) -> str:
    """A label as a reader knows it, be it before or after the title."""
    plain = Label(label.removesuffix(_BEHIND))
    return _READ_AS.get(plain, plain.value)
