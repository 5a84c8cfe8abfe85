"""Plans carried out: all the edits that number a document anew, and the fixes that are made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

import regex

from citecheck.document import FOOTNOTES, Document, Key, Source, SourceList
from citecheck.findings import Edit, Fix, Fold, Safety
from citecheck.formats import FORMATS
from citecheck.formats.layout import Layout
from citecheck.patterns import lazy
from citecheck.renumbering.anchors import anchor_edits
from citecheck.renumbering.digits import like
from citecheck.renumbering.entries import entries, label_edits, ordered, removals
from citecheck.renumbering.markers import Numbers, link_edits, marker_edits
from citecheck.renumbering.plans import Plan, closing, numbered, renumbered
from citecheck.renumbering.refusal import Refused
from citecheck.text import Span, SpanSet
from citecheck.tokenizer.grammar import ITEMS
from citecheck.works import Work

_MENTION = lazy(
    r"\b(?:sources?|references?|refs?\.|footnotes?|endnotes?|citations?) {1,2}(?:no\.? )?#?(\d{1,3})\b(?![.,]?\d)",
    regex.IGNORECASE,
)
# What readers may be shown and no marker is read in: front matter, and the words of pictures.
_UNREAD = lazy(
    r"\A(?:---|\+\+\+)[ \t]*\n(?s:.{1,20000}?)\n(?:---|\+\+\+|\.\.\.)[ \t]*$"
    r"|!\[(?:[^\[\]]|\[[^\[\]]{0,40}\]){0,500}+\][(\[]"
    r"|\balt=(?:\"[^\"<>]{0,500}\"|'[^'<>]{0,500}')",
    regex.MULTILINE,
)
# Behind a word, unlike a list in front matter; `A rose![[1]](#r1)` is a picture.
_WRITTEN = lazy(rf"(?<=[\p{{L}}\d.!?\"”’)] ?|!\[)\[{ITEMS}\]")
_NUMBER = lazy(r"\d+")
_DEFINITION = lazy(r"[ \t>]*\[(\d{1,4})\]:")


def rewritten(document: Document, plan: Plan) -> tuple[Edit, ...]:
    """The edits that carry out a plan. Raises Refused where that cannot be done without guessing."""
    layout = _layout(document.format, document.text)
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
    _refuse_words(document, layout, changed)
    _refuse_unread(document, layout, changed | gone)
    if plan.dropped:
        edits = _instead(edits, [*removals(document, layout, plan.dropped)])
    for listing in plan.moving:
        edits = _instead(edits, [*ordered(document, layout, listing, plan.numbers, sorted(edits, key=_place))])
    return tuple(sorted(edits, key=_place))


@lru_cache(maxsize=1)  # one document is asked about again and again, for each of its findings
def _layout(format: str, text: str) -> Layout:
    return FORMATS[format].layout(text)


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


def _definition_edits(document: Document, layout: Layout, numbers: Mapping[Key, int]) -> Iterator[Edit]:
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
            raise Refused(f"the definition [{label[1]}]: belongs to several lists that are numbered apart")
        for numbering in changed:
            yield Edit(Span(*label.span(1)), like(label[1], numbers[Key(numbering, label[1])]))


def _refuse_unsound(document: Document, layout: Layout, plan: Plan, changed: set[Key]) -> None:
    """What cannot be followed must not come to mean something else."""
    new = {Key(key.numbering, str(number)) for key, number in plan.numbers.items()}
    for key in document.cited:
        if key not in document.listed and key in new:
            raise Refused(f"source {key.label} is cited and not listed (CC101), and another would get its number")
    for malformed in document.malformed:
        if any(citation.key in changed for citation in malformed.citations):
            raise Refused(f"on line {_line(document, malformed.span)}, {malformed.fault}; mend it first (CC105)")
    for key in changed | _gone(document, plan):
        if _two_works(sources := document.listed.get(key, ())):
            label = sources[0].label
            raise Refused(f"source {label} is listed twice (CC103); give one of the two another number")


def _gone(document: Document, plan: Plan) -> set[Key]:
    return {source.key for source in document.sources if source.key and source.span in plan.dropped}


def _refuse_words(document: Document, layout: Layout, changed: set[Key]) -> None:
    """What names a source and is no marker would go on naming its old number; in entries it may be part of a title."""
    if not changed:
        return
    read = [each.span for each in (*document.markers, *document.hidden)]
    read += [each.span for each in document.malformed] + [each.span for each in document.links]
    followed = SpanSet(read)
    entered = SpanSet(source.span for source in document.sources)
    labels = {key.label for key in changed}
    named = [citation.span for key in changed for citation in document.cited.get(key, ())]
    named += [Span(*found.span()) for found in _MENTION.finditer(layout.text) if found[1] in labels]
    for span in sorted(named):
        if not any(span.start in places for places in (followed, entered, layout.opaque)):
            words = " ".join(span.of(document.text).split())
            line = _line(document, span)
            raise Refused(f"line {line} speaks of {words!r}, which is no marker; write a marker instead")


def _refuse_unread(document: Document, layout: Layout, changed: Collection[Key]) -> None:
    """What is shown like a marker, and is none, would go on showing the old number."""
    labels = {key.label for key in changed}
    for place in _UNREAD.finditer(layout.text) if labels else ():
        if place.start() not in layout.opaque:
            continue
        for found in _WRITTEN.finditer(layout.text, *place.span()):
            if labels & {*_NUMBER.findall(found[0])}:
                line = _line(document, Span(*found.span()))
                raise Refused(f"line {line} shows {found[0]} where no marker is read; take it out first")


def _two_works(sources: Sequence[Source]) -> bool:
    """Whether a number is listed for two works, so that nobody can tell which of them is to get another."""
    works = [Work.of(source) for source in sources]
    return any(not work.same(works[0]) for work in works[1:])


def _line(document: Document, span: Span) -> int:
    return document.lines.position(span.start).line


# Fixes ------------------------------------------------------------------------------------------------------

_WORTH = 2_000_000  # code points that are read and written for the fixes of one rule in one document


def affordable(document: Document) -> int:
    """How many findings of a rule get a fix that numbers a document anew: all, in documents of human length."""
    return max(1, _WORTH // max(1, len(document.text)))


def deletion(document: Document, source: Source) -> Fix | None:
    """The fix that takes out a source that nothing cites, and closes the gap in a numbering that had none.

    None for one of several labels of an entry, for the only entry of a list, for what a hidden marker names, and where
    numbering anew is refused.
    """
    if source.key is None or source.key in document.cited:
        return None
    unseen = {citation.key for marker in document.hidden for citation in marker.citations}
    dropped = frozenset(each.span for each in document.listed[source.key])
    if source.key in unseen or _shared(document, dropped):
        return None
    plan = Plan(closing(document, [source.key]), dropped=dropped)
    moved = any(str(number) != key.label for key, number in plan.numbers.items())
    title = f"delete the entry{', and number those behind it anew' if moved else ''}"
    return _fix(document, plan, title)


def folded(document: Document, stays: Source, goes: Source) -> Fix | None:
    """The fix that makes one source of two entries of one work: markers name the first, the other goes.

    None where the two are numbered apart, or a label is no number, and where numbering anew is refused.
    """
    if stays.key is None or goes.key is None or stays.span == goes.span or stays.key.numbering != goes.key.numbering:
        return None
    if not (stays.key.label.isdecimal() and goes.key.label.isdecimal()) or stays.key == goes.key:
        return None
    gone = frozenset(each.span for each in document.listed[goes.key])
    if _shared(document, gone) or _two_works(document.listed[stays.key]):
        return None
    numbers = closing(document, [goes.key])
    number = numbers.get(stays.key, int(stays.key.label))
    plan = Plan(numbers | {stays.key: number, goes.key: number}, dropped=gone)
    folds = tuple(Fold(span, stays.span) for span in sorted(gone))
    return _fix(document, plan, f"cite source {number} in its place, and delete the entry", folds=folds)


def _shared(document: Document, gone: Collection[Span]) -> bool:
    """Whether one of the entries that are to go has other labels besides, or is the only one of its list."""
    for listing in document.source_lists:
        own = entries(document, listing)
        going = [entry for entry in own if entry.sources[0].span in gone]
        if any(len(entry.sources) > 1 for entry in going) or (going and len(own) == len(going)):
            return True
    return False


def closed_up(document: Document) -> Fix | None:
    """The fix that numbers the entries in the order they stand in, without gaps."""
    return _renumbering(document, order="list", title="number the sources without gaps")


def by_appearance(document: Document) -> Fix | None:
    """The fix that numbers the sources in the order in which the text first cites them."""
    return _renumbering(document, order="appearance", title="number the sources in the order of their first citation")


def _renumbering(document: Document, *, order: str, title: str) -> Fix | None:
    try:
        plan = renumbered(document, order=order)
    except Refused:
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


def _fix(
    document: Document, plan: Plan, title: str, safety: Safety = Safety.UNSAFE, folds: tuple[Fold, ...] = ()
) -> Fix | None:
    try:
        edits = rewritten(document, plan)
    except Refused:
        return None
    return Fix(title, edits, safety, folds) if edits else None
