"""What became of each citation of a text in another version of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from citecheck.comparison.units import Unit, Use, aligned, lists_of, units_of, uses_of
from citecheck.comparison.works import Work, dice, words_of, works
from citecheck.model.citations import CITATIONS, Citation, Key
from citecheck.model.document import Document, per_document
from citecheck.model.structure import blanked
from citecheck.recognition.labels import normalize_label
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_SAME_CLAIM: Final = 0.7  # share of common words of a sentence that was reworded
_FEWEST_WORDS: Final = 4  # of a sentence that is known again in another block
_TRANSLATED: Final = 0.85  # share of the words of a text that another has, below which it may be a translation
_SHARED: Final = lazy_regex(r"https?://\S++|\]\([^()]*+\)|\]\[[^\[\]]*+\]|`[^`]*+`")
_NO_WORD: Final = lazy_regex(r"[^\p{L}]+")


class ChangeKind(StrEnum):
    """What became of a citation."""

    LOST = "lost"
    REPOINTED = "re-pointed"  # the same place names another source
    MOVED = "moved"  # to another sentence or block
    ADDED = "added"

    @property
    def fails(self) -> bool:
        """Whether it is a fault, rather than information."""
        return self in (ChangeKind.LOST, ChangeKind.REPOINTED)


class Change(NamedTuple):
    """A citation that is not as it was.

    `old` and `new` are the citation before and after, `old_span` and `new_span` the places of their markers; where one
    is gone or was not there, the span is that of the block it would be in, None where that is gone too.
    """

    kind: ChangeKind
    old: Citation | None
    new: Citation | None
    old_span: Span | None
    new_span: Span | None


class Comparison(NamedTuple):
    """Two versions of a text: what changed, in reading order, and how many citations each has."""

    old: Document
    new: Document
    changes: tuple[Change, ...]
    citations: tuple[int, int]


class _Side(NamedTuple):
    """One of the two versions."""

    document: Document
    units: Sequence[Unit]
    uses: Sequence[Use]


def compare(old: Document, new: Document) -> Comparison:
    """What became of the citations of a document in a new version of it."""
    before, after = _side(old), _side(new)
    translated = _is_translated(before.units, after.units)
    known = works(old, new, translated=translated)
    names = [
        [_work(use, side.document, known[place]) for use in side.uses] for place, side in enumerate((before, after))
    ]
    shared = frozenset(names[0]) & frozenset(names[1])
    cited = _cited(before, names[0], shared), _cited(after, names[1], shared)
    matching = _Matching(before, after, names[0], names[1], aligned(before.units, after.units, cited))
    return Comparison(old, new, tuple(matching.changes()), (len(before.uses), len(after.uses)))


def _side(document: Document) -> _Side:
    units = units_of(document)
    return _Side(document, units, uses_of(document, units))


def _is_translated(old: Sequence[Unit], new: Sequence[Unit]) -> bool:
    """Whether two texts are in two languages: few words of one in lower case are the other's.

    Names, numbers, code and addresses are the same in any.
    """
    one, two = (frozenset(word for unit in side for word in _plain_words(unit.words)) for side in (old, new))
    return len(one & two) < _TRANSLATED * len(one)


def _plain_words(words: str) -> list[str]:
    return [word for word in _NO_WORD.split(_SHARED.sub(" ", words)) if word and word == word.casefold()]


def _work(use: Use, document: Document, known: Mapping[Key, Work]) -> Work:
    """What a citation names: a work, else the address of its link, else no more than a label."""
    key = use.citation.key
    if key.numbering == CITATIONS:
        return key.label
    if key in known:
        return known[key]
    addresses = {marker.span: marker.address for marker in document.markers} if not document.listed else {}
    return ("nowhere", addresses.get(use.span) or key.label)


def _cited(side: _Side, names: Sequence[Work], shared: frozenset[Work]) -> Mapping[int, frozenset[Work]]:
    """What the units of a side cite: the works, or where only one side has a work, its label."""
    found: dict[int, set[Work]] = defaultdict(set)
    for use, name in zip(side.uses, names, strict=True):
        found[use.unit].add(name if name in shared else ("label", use.citation.key.label))
    return {unit: frozenset(each) for unit, each in found.items()}


class _Matching:
    """The citations of both versions, paired one evidence after the other; what is left is lost or added."""

    def __init__(
        self, old: _Side, new: _Side, old_works: Sequence[Work], new_works: Sequence[Work], units: Mapping[int, int]
    ) -> None:
        self._old, self._new = old, new
        self._works = old_works, new_works
        self._units = units
        self._back = {two: one for one, two in units.items()}
        self._lost = list(range(len(old.uses)))
        self._added = list(range(len(new.uses)))
        self._changes: list[tuple[ChangeKind, int | None, int | None]] = []

    def changes(self) -> list[Change]:
        """All that changed, in the order of the new text; what is lost where it was."""
        old, new = self._old.uses, self._new.uses
        work, other_work = self._works[0].__getitem__, self._works[1].__getitem__
        self._pair(None, lambda at: _known_claim(old[at], work(at)), lambda at: _known_claim(new[at], other_work(at)))
        self._pair(None, self._in_old_unit, self._in_new_unit, self._stays)
        self._pair(None, work, other_work, self._flows)
        self._pair(ChangeKind.REPOINTED, lambda at: _known_claim(old[at]), lambda at: _known_claim(new[at]))
        self._pair(ChangeKind.MOVED, work, other_work)
        self._pair(ChangeKind.REPOINTED, lambda at: self._units.get(old[at].unit), lambda at: new[at].unit)
        self._changes += [(ChangeKind.LOST, at, None) for at in self._lost if not _links(old[at], self._new)]
        self._changes += [(ChangeKind.ADDED, None, at) for at in self._added if not _links(new[at], self._old)]
        return sorted((self._change(*each) for each in self._changes), key=_place)

    def _pair(
        self,
        kind: ChangeKind | None,
        of_old: Callable[[int], Hashable],
        of_new: Callable[[int], Hashable],
        agree: Callable[[int, int], bool] | None = None,
    ) -> None:
        """Pairs what is left and alike, in order; None of a kind is as it was, None of a value is like nothing."""
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for at in self._added:
            waiting[of_new(at)].append(at)
        for at in list(self._lost):
            value = of_old(at)
            fits = waiting.get(value, []) if value is not None else []
            found = next((each for each in fits if agree is None or agree(at, each)), None)
            if found is not None:
                fits.remove(found)
                self._lost.remove(at)
                self._added.remove(found)
                if kind:
                    self._changes.append((kind, at, found))

    def _in_old_unit(self, at: int) -> Hashable:
        unit = self._units.get(self._old.uses[at].unit)
        return None if unit is None else (unit, self._works[0][at])

    def _in_new_unit(self, at: int) -> Hashable:
        return self._new.uses[at].unit, self._works[1][at]

    def _stays(self, at: int, other: int) -> bool:
        """Whether a citation that stays in its block stays on its sentence, as far as that can be determined."""
        one, two = self._old.uses[at], self._new.uses[other]
        if not one.words or not two.words or _alike(one.words, two.words):
            return True
        before, after = self._old.units[one.unit].words, self._new.units[two.unit].words
        return not (one.words in after and two.words in before)

    def _flows(self, at: int, other: int) -> bool:
        """Whether a block was split or joined between two citations: one has no counterpart, beside the other's."""
        one, two = self._old.uses[at].unit, self._new.uses[other].unit
        mate = self._units.get(one)
        if mate is not None:
            return two not in self._back and abs(mate - two) == 1
        back = self._back.get(two)
        return back is not None and abs(back - one) == 1

    def _change(self, kind: ChangeKind, at: int | None, other: int | None) -> Change:
        old = self._old.uses[at] if at is not None else None
        new = self._new.uses[other] if other is not None else None
        old_span, new_span = old and old.span, new and new.span
        if old and not new:
            mate = self._units.get(old.unit)
            new_span = self._new.units[mate].span if mate is not None else None
        if new and not old:
            back = self._back.get(new.unit)
            old_span = self._old.units[back].span if back is not None else None
        return Change(kind, old and old.citation, new and new.citation, old_span, new_span)


def _links(use: Use, other: _Side) -> bool:
    """Whether what is a citation in one version is no more than words in brackets in the other.

    `[manual]` cites where a list has it; where a definition has it, it is a link.
    """
    label = use.citation.key.label
    if label.isdecimal() or any(each.citation.key.label == label for each in other.uses):
        return False
    return f"[{label}]" in _folded(other.document)


@per_document
def _folded(document: Document) -> str:
    return normalize_label(blanked(document.text, lists_of(document)))


def _known_claim(use: Use, *beside: Work) -> Hashable:
    """The words of a citation's sentence, where they are enough to know it by."""
    return (use.words, *beside) if len(words_of(use.words)) >= _FEWEST_WORDS else None


def _alike(one: str, two: str) -> bool:
    return one == two or dice(words_of(one), words_of(two)) >= _SAME_CLAIM


def _place(change: Change) -> tuple[int, int]:
    span = change.new_span or change.old_span or Span(0, 0)
    return span.start, change.old_span.start if change.old_span else 0


def failing(changes: Iterable[Change]) -> bool:
    """Whether any citation was lost or re-pointed."""
    return any(change.kind.fails for change in changes)
