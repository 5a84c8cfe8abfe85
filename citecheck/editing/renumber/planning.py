"""Plans carried out: all the edits that number a document again, and the fixes that are made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from citecheck.editing.renumber.anchors import anchor_edits
from citecheck.editing.renumber.digits import like
from citecheck.editing.renumber.entry_edits import entries, label_edits, ordered, removals
from citecheck.editing.renumber.errors import RenumberError
from citecheck.editing.renumber.marker_edits import Numbers, link_edits, marker_edits
from citecheck.editing.renumber.plans import Plan, numbered, plan_renumbering
from citecheck.editing.renumber.soundness import doubts_about, refuse_doubtful
from citecheck.editing.renumber.unread import refuse_unread, refuse_words
from citecheck.model.citations import FOOTNOTES, Key
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Fix, Safety
from citecheck.model.sources import SourceList
from citecheck.model.structure import Structure
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

_DEFINITION = lazy_regex(r"[ \t>]*\[(\d{1,4})\]:")


def plan_edits(document: Document, plan: Plan) -> tuple[Edit, ...]:
    """The edits that carry out a plan. Raises Refused where that cannot be done without guessing."""
    layout = document.structure
    gone = _gone(document, plan)
    numbers = Numbers(plan.numbers, gone)
    changed = {key for key, number in plan.numbers.items() if str(number) != key.label}
    _refuse_unsound(document, layout, plan, changed)
    edits = {
        *marker_edits(document, numbers),
        *link_edits(document, numbers),
        *_definition_edits(document, layout, plan.numbers),
        *anchor_edits(document, layout, _labels(document, plan), _lines_of(document, plan.dropped)),
    }
    for listing in _listings(document, plan.numbers):
        edits |= {*label_edits(document, listing, plan.numbers)}
    refuse_words(document, layout, changed)
    refuse_unread(document, layout, changed | gone)
    if plan.dropped:
        edits = _instead(edits, [*removals(document, layout, plan.dropped)])
    for listing in plan.moving:
        edits = _instead(edits, [*ordered(document, layout, listing, plan.numbers, sorted(edits, key=_place))])
    return tuple(sorted(edits, key=_place))


def _place(edit: Edit) -> Span:
    return edit.span


def _instead(edits: set[Edit], wider: Sequence[Edit]) -> set[Edit]:
    """The edits with wider ones in the place of those that they take in."""
    inside = SpanSet(Span(edit.span.start, max(edit.span.end, edit.span.start + 1)) for edit in wider)
    return {*wider, *(edit for edit in edits if edit.span.start not in inside)}


def _listings(document: Document, numbers: Mapping[Key, int]) -> Iterator[SourceList]:
    """The lists that have a source with a new number."""
    for listing in document.source_lists:
        if any(source.key in numbers for source in listing.sources):
            yield listing


def _labels(document: Document, plan: Plan) -> dict[Span, dict[str, int]]:
    """The labels of each entry with their new numbers, by the span of its lines."""
    return {
        entry.span: {key.label: plan.numbers[key] for key in numbered(entry.sources) if key in plan.numbers}
        for listing in _listings(document, plan.numbers)
        for entry in entries(document, listing)
    }


def _lines_of(document: Document, dropped: Collection[Span]) -> list[Span]:
    """The lines of the entries that go."""
    listings = document.source_lists if dropped else ()
    own = (entry for listing in listings for entry in entries(document, listing))
    return [entry.span for entry in own if entry.sources[0].span in dropped]


def _definition_edits(document: Document, layout: Structure, numbers: Mapping[Key, int]) -> Iterator[Edit]:
    """The edits for definitions that only say where a listed source is: `[[3]] Title`, and `[3]: address` elsewhere."""
    listed = {source.label_span for source in document.sources}
    numberings = {key.numbering for key in numbers} - {FOOTNOTES}
    for definition in layout.definitions:
        label = _DEFINITION.match(layout.text, definition.span.start)
        if label is None or Span(*label.span(1)) in listed:
            continue
        changed = [
            numbering for numbering in numberings if str(numbers.get(Key(numbering, label[1]), label[1])) != label[1]
        ]
        if changed and len(numberings) > 1:
            raise RenumberError(f"the definition [{label[1]}]: belongs to several lists that are numbered apart")
        for numbering in changed:
            yield Edit(Span(*label.span(1)), like(label[1], numbers[Key(numbering, label[1])]))


def _refuse_unsound(document: Document, layout: Structure, plan: Plan, changed: set[Key]) -> None:
    """What cannot be followed must not come to mean something else."""
    gone = _gone(document, plan)
    refuse_doubtful(doubts_about(document), {key.numbering for key in changed | gone})
    for malformed in document.malformed:
        if any(citation.key in changed for citation in malformed.citations):
            raise RenumberError(f"on line {_line(document, malformed.span)}, {malformed.fault}; fix it first (CC105)")


def _gone(document: Document, plan: Plan) -> set[Key]:
    return {source.key for source in document.sources if source.key and source.span in plan.dropped}


def _line(document: Document, span: Span) -> str:
    return document.line_of(span.start)


# Fixes ------------------------------------------------------------------------------------------------------


def close_gaps(document: Document) -> Fix | None:
    """The fix that numbers the entries in the order they are in, without gaps."""
    return _renumbering(document, order="list", title="number the sources without gaps")


def by_appearance(document: Document) -> Fix | None:
    """The fix that numbers the sources in the order in which the text first cites them."""
    return _renumbering(document, order="appearance", title="number the sources in the order of their first citation")


def _renumbering(document: Document, *, order: str, title: str) -> Fix | None:
    try:
        plan = plan_renumbering(document, order=order)
    except RenumberError:
        return None
    return _fix(document, plan, title)


def sorted_list(document: Document, listing: SourceList) -> Fix | None:
    """The fix that puts the entries of a list in the order of their numbers."""
    return _fix(document, Plan({}, moving=(listing,)), "put the entries in the order of their numbers")


def written_as_shown(document: Document, listing: SourceList) -> Fix | None:
    """The fix that writes the numbers which Markdown shows, in the entries and in all markers that name them.

    Safe where no marker names a source by a number that it is not shown with. None where one names a number that
    is shown and not written: then nobody can tell which of the two its writer meant.
    """
    shown = {source.key: source.rendered for source in listing.sources if source.key and source.rendered is not None}
    written = {key for key in shown if key.label.isdecimal()}
    numbers = {key: number for key, number in shown.items() if key in written and str(number) != key.label}
    if len(written) != len(listing.sources) or any(len(document.listed[key]) > 1 for key in written):
        return None
    named = any(key in document.cited for key in numbers)
    return _fix(document, Plan(numbers), "write the numbers that are shown", Safety.UNSAFE if named else Safety.SAFE)


def _fix(document: Document, plan: Plan, title: str, safety: Safety = Safety.UNSAFE) -> Fix | None:
    try:
        edits = plan_edits(document, plan)
    except RenumberError:
        return None
    return Fix(title, edits, safety) if edits else None
