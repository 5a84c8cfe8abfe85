"""Sources that go: what nothing cites is deleted, what is listed twice becomes one; as many at once as can.

A removal is examined on its own first, which takes next to no time; what is left is one plan, however many they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from citecheck.editing.renumber.entry_edits import Entry, entries, refuse_entangled
from citecheck.editing.renumber.errors import RenumberError
from citecheck.editing.renumber.planning import plan_edits
from citecheck.editing.renumber.plans import Plan, closing
from citecheck.editing.renumber.soundness import doubts_about, refuse_doubtful
from citecheck.model.citations import CITATIONS, Key
from citecheck.model.document import Document
from citecheck.model.findings import Fix, Fold, Removal, Safety
from citecheck.recognition.entries.disagreement import disagreement
from citecheck.text.spans import Span, SpanSet

_WORTH = 2_000_000  # code points that are read and written for the fixes of one rule in one document
_CITATION = 10  # code points that take as long as what one citation names


def within_budget(document: Document) -> int:
    """How many findings of a rule get a fix that numbers a document again: all, in documents of typical size."""
    citations = sum(len(marker.citations) for marker in document.markers)
    return max(1, _WORTH // max(1, len(document.text) + _CITATION * citations))


def remove_entries(document: Document, removals: Sequence[Removal]) -> Fix:
    """The fix that carries out removals, all of them by one plan. Raises Refused.

    Either none of the sources has another in its place, or each has.
    """
    numbers = closing(document, [each.goes for each in removals])
    kept = {each.goes: each.stays for each in removals if each.stays}
    numbers |= {stays: numbers.get(stays, int(stays.label)) for stays in kept.values()}
    numbers |= {goes: numbers[stays] for goes, stays in kept.items()}
    spans = {each.goes: _spans(document, each.goes) for each in removals}
    plan = Plan(numbers, dropped=frozenset(span for own in spans.values() for span in own))
    folds = [Fold(span, document.listed[stays][0].span) for goes, stays in kept.items() for span in sorted(spans[goes])]
    return Fix(_title(removals[0], numbers), plan_edits(document, plan), Safety.UNSAFE, tuple(folds))


def _title(removal: Removal, numbers: Mapping[Key, int]) -> str:
    if removal.stays:
        return f"cite source {numbers[removal.stays]} in its place, and delete the entry"
    moved = any(str(number) != key.label for key, number in numbers.items())
    return f"delete the entry{', and renumber those after it' if moved else ''}"


def propose_removal(document: Document, removal: Removal) -> Fix | None:
    """The fix that carries out one removal; None where it is refused."""
    chosen, _ = joint_removals(document, [removal])
    try:
        return remove_entries(document, chosen) if chosen else None
    except RenumberError:
        return None


def joint_removals(document: Document, wanted: Iterable[Removal]) -> tuple[list[Removal], dict[Removal, str]]:
    """The removals that nothing prevents and that can be tried at once, and of the others why they cannot.

    What names a source that goes already has to wait for the next time, and is in neither.
    """
    homes = _homes(document)
    left = Counter(home.listing for home in homes.values())
    headings = SpanSet(heading.span for heading in document.structure.headings)
    doubts = doubts_about(document)
    unseen = {citation.key for marker in document.hidden for citation in marker.citations}
    chosen: list[Removal] = []
    refused: dict[Removal, str] = {}
    going: set[Key] = set()
    needed: set[Key] = set()
    for removal in wanted:
        if removal.goes in going or removal.goes in needed or removal.stays in going:
            continue
        own = [homes[span] for span in _spans(document, removal.goes)]
        try:
            refuse_doubtful(doubts, [removal.goes.numbering])
            _refuse_unfit(document, removal, unseen)
            for home in own:
                _refuse_inseparable(document, headings, home, left)
        except RenumberError as reason:
            refused[removal] = str(reason)
            continue
        left.subtract(home.listing for home in own)
        going.add(removal.goes)
        needed |= {removal.stays} if removal.stays else set()
        chosen.append(removal)
    return chosen, refused


class _Home(NamedTuple):
    """An entry, and which of the lists it is in."""

    listing: int
    entry: Entry


def _homes(document: Document) -> Mapping[Span, _Home]:
    return {
        entry.sources[0].span: _Home(place, entry)
        for place, listing in enumerate(document.source_lists)
        for entry in entries(document, listing)
    }


def _spans(document: Document, key: Key) -> set[Span]:
    """The entries that a key is the label of."""
    return {source.span for source in document.listed[key]}


def _refuse_unfit(document: Document, removal: Removal, unseen: set[Key]) -> None:
    """What the text says of a source, or its entry, may speak against taking it out."""
    goes, stays = removal
    if stays is None:
        if goes in document.cited:
            raise RenumberError("the text names it")
        if goes in unseen:
            raise RenumberError("a marker that no reader sees names it (CC111); take that out first")
        return
    if goes.numbering == CITATIONS:
        raise RenumberError("it is cited by its key; name one of the two in all markers, and delete the other")
    if goes.numbering != stays.numbering or not (goes.label.isdecimal() and stays.label.isdecimal()):
        raise RenumberError("only sources that are numbered together are merged; name one of the two in all markers")
    one, other = document.listed[stays][0], document.listed[goes][0]
    if one.span == other.span:
        raise RenumberError("it has both labels; name one of the two in all markers")
    if what := disagreement(one, other):
        raise RenumberError(f"the two differ in {what}; correct the one that is wrong, or merge them by hand")


def _refuse_inseparable(document: Document, headings: SpanSet, home: _Home, left: Mapping[int, int]) -> None:
    """An entry with other labels stays, and so does the last of a list."""
    if len(home.entry.sources) > 1:
        raise RenumberError("its entry has other labels besides; take this one out by hand")
    if left[home.listing] == 1:
        raise RenumberError("no other entry of its list would be left; take the list out by hand")
    refuse_entangled(document, headings, home.entry)
