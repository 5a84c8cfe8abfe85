"""What no fix may change, and the first thing that one would.

A text is read before and after, and the two readings are compared: each marker that is still there points to the same
sources, each source is still one, and a reader is shown the numbers that are written wherever that was so. The text
outside the edits is the same because edits replace nothing else; that it also means the same is shown here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from citecheck.editing.edits import Shift
from citecheck.model.citations import Key, Marker
from citecheck.model.document import Document
from citecheck.model.findings import Fix, Safety
from citecheck.model.sources import Source
from citecheck.text.lines import NEWLINE
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

_BETWEEN = lazy_regex(r"[ \t]{0,2}[,;，、；]?[ \t]{0,2}")
_ANCHOR_NUMBER = lazy_regex(r"((?:\b(?:id|name)\s*=\s*[\"']?|#)[\w:.-]{0,80}?)\d{1,4}(?=[\"'\s)}>])")
_SPACE = lazy_regex(r"[\s|>]+")
_SHOWN = 40  # code points of a source that a message shows

_Target = frozenset[str]  # the sources that a key names, by their names; several where a label is listed twice
_Located = tuple[tuple[str, tuple[Key, ...]], ...]


class _Reference(NamedTuple):
    """Something that names sources: a marker, a link, a malformed marker.

    `implied` are those that it names only once it is fixed: what lies between the ends of a reversed range.
    `places` are the words that say where in a source to look, `p4`, each with the targets that it says so of.
    """

    span: Span
    targets: frozenset[_Target]
    implied: frozenset[_Target]
    places: tuple[tuple[str, frozenset[_Target]], ...]


class _References:
    """A document as uses that name sources.

    A source's name is its words. `names` are given where they are to be what they were before a fix. `meant` are the
    names of the sources that keys without one come to name by a fix.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._marked = sorted({use[0] for use in _spans(document)})
        self.names: Mapping[Span, str] = {each.span: self._words(each) for each in document.sources}
        self.meant: Mapping[Key, str] = {}

    def _words(self, source: Source) -> str:
        """A source's words without what renumbering changes in them: its markers, and the numbers of anchors."""
        start, end = source.text_span
        pieces = []
        first, last = (bisect_left(self._marked, Span(offset, offset)) for offset in source.text_span)
        for span in self._marked[first:last]:
            pieces.append(self.document.text[start : max(start, span.start)])
            start = max(start, span.end)
        pieces.append(self.document.text[start : max(start, end)])
        return _SPACE.sub("", _ANCHOR_NUMBER.sub(r"\1", "".join(pieces)))

    @cached_property
    def uses(self) -> list[_Reference]:
        """Every use, in reading order."""
        found = sorted(_spans(self.document))
        return [
            _Reference(
                span,
                self._targets(keys),
                self._targets(implied),
                tuple((words, self._targets(own)) for words, own in located),
            )
            for span, keys, implied, located in found
        ]

    def _targets(self, keys: Iterable[Key]) -> frozenset[_Target]:
        return frozenset(self._target(key) for key in keys)

    def _target(self, key: Key) -> _Target:
        if key in self.meant:
            return frozenset({self.meant[key]})
        sources = self.document.listed.get(key, ())
        return frozenset(self.names[each.span] for each in sources) or frozenset({f"\0{key.label}"})

    def places(self) -> Iterator[list[_Reference]]:
        """The uses, neighbours together: which of them names a source does not matter. No place crosses an entry."""
        place: list[_Reference] = []
        for use in self.uses:
            if place and not (
                _BETWEEN.fullmatch(self.document.text, place[-1].span.end, max(place[-1].span.end, use.span.start))
                and self.owner(use.span) == self.owner(place[-1].span)
            ):
                yield place
                place = []
            place.append(use)
        if place:
            yield place

    @cached_property
    def _entries(self) -> list[Span]:
        return sorted({each.span for each in self.document.sources})

    def owner(self, span: Span) -> str | None:
        """The source in whose entry a span lies; None in the body."""
        place = bisect_right(self._entries, span.start, key=lambda entry: entry.start) - 1
        return self.names[self._entries[place]] if place >= 0 and self._entries[place].covers(span) else None

    def within(self, span: Span) -> list[_Reference]:
        """The uses that share a code point with a span."""
        first = bisect_right(self.uses, span.start, key=lambda use: use.span.end)
        last = bisect_left(self.uses, span.end, key=lambda use: use.span.start)
        return self.uses[first:last]


def _spans(document: Document) -> Iterator[tuple[Span, tuple[Key, ...], tuple[Key, ...], _Located]]:
    """Where a document names sources, the keys named there, those implied, and the locators with theirs."""
    taken = []
    for marker in (*document.markers, *document.hidden):
        taken.append(marker.span)
        yield (
            marker.span,
            tuple(each.key for each in marker.citations),
            tuple(_between(marker)),
            tuple(_located(marker)),
        )
    for malformed in document.malformed:
        if malformed.citations:
            taken.append(malformed.span)
            yield malformed.span, tuple(each.key for each in malformed.citations), (), ()
    taken.sort()
    for link in document.links:
        place = bisect_left(taken, link.span.end, key=lambda span: span.start) - 1
        if place < 0 or taken[place].end <= link.span.start:  # otherwise the link is a marker, or two
            yield link.span, (link.key,), (), ()


def _between(marker: Marker) -> Iterator[Key]:
    """The keys between the ends of a marker's reversed ranges."""
    for each in marker.ranges:
        if each.last < each.first:
            numbering = marker.citations[0].key.numbering
            yield from (Key(numbering, str(number)) for number in range(each.last, each.first + 1))


def _located(marker: Marker) -> Iterator[tuple[str, tuple[Key, ...]]]:
    """The locators of a marker, each with the keys of the label or range that it follows."""
    if not marker.locator:
        return
    parts = [tuple(part) for _, part in groupby(marker.citations, key=lambda citation: citation.span)]
    starts = [marker.span.start, *(part[0].span.start for part in parts[1:]), marker.span.end]
    for part, (start, end) in zip(parts, pairwise(starts), strict=True):
        text = marker.text[start - marker.span.start : end - marker.span.start]
        if words := marker._replace(text=text, span=Span(start, end), citations=part).locator:
            yield words, tuple(citation.key for citation in part)


def first_violation(before: Document, after: Document, fixes: Sequence[Fix]) -> str | None:
    """What the fixes would break, in words for the author; None where they break nothing.

    `after` is the document that the edits of all the fixes make of `before`.
    """
    return next(_Comparison(before, after, fixes).breaches(), None)


class _Comparison:
    """One document before and after some fixes."""

    def __init__(self, before: Document, after: Document, fixes: Sequence[Fix]) -> None:
        self.before = _References(before)
        self.after = _References(after)
        edits = [edit for fix in fixes for edit in fix.edits]
        self.shift = Shift(edits)
        self.takes_lines = any(NEWLINE.search(edit.span.of(before.text)) for edit in edits)
        deleting = (fix for fix in fixes if fix.safety is Safety.UNSAFE and not fix.folds)
        self.deleting = Shift(edit for fix in deleting for edit in fix.edits)
        folds = [fold for fix in fixes for fold in fix.folds]
        cited = {citation.span: citation.key for citation in before.citations} if folds else {}
        known = self.before.names
        self.before.meant = {cited[fold.goes]: known[fold.stays] for fold in folds if fold.goes in cited}
        kept = {known[fold.goes]: known[fold.stays] for fold in folds if fold.goes in known}
        self.before.names = {span: kept.get(name, name) for span, name in self.before.names.items()}
        self.after.names = self._named_as_before()

    def _named_as_before(self) -> dict[Span, str]:
        """The sources as edited, by the names they had: that of the same words, else that of the same place."""
        known = set(self.before.names.values())
        origins = sorted((self.shift.span(span), name) for span, name in self.before.names.items())
        return {
            span: name if name in known else _origin(span, origins) or name for span, name in self.after.names.items()
        }

    def breaches(self) -> Iterator[str]:
        """Everything that is worse afterwards."""
        yield from self._endings()
        yield from self._lost_sources()
        yield from self._shown_otherwise()
        yield from self._counted_otherwise()
        yield from self._marker_breaches()
        yield from self._new_markers()

    def _endings(self) -> Iterator[str]:
        before, after = self.before.document.text, self.after.document.text
        if not {*NEWLINE.findall(after)} <= {*NEWLINE.findall(before)} and NEWLINE.search(before):
            yield "it would bring in line endings of another kind"
        if before and after and (before[-1] in "\r\n") != (after[-1] in "\r\n"):
            yield "it would change whether the last line has an ending"

    def _lost_sources(self) -> Iterator[str]:
        there = {*self.after.names.values()}
        for source in self.before.document.sources:
            if self.before.names[source.span] not in there and not self.deleting.swallows(source.span):
                yield f"the entry on line {self._line(source.span)}, {_shown(source)}, would no longer be a source"
        earlier = {*self.before.names.values()}
        for source in self.after.document.sources:
            if self.after.names[source.span] not in earlier and not self.shift.wrote(source.span):
                yield f"{_shown(source)} would be read as a source"

    def _shown_otherwise(self) -> Iterator[str]:
        amiss = {self.before.names[each.span] for each in self.before.document.sources if _misnumbered(each)}
        for source in self.after.document.sources:
            if _misnumbered(source) and self.after.names[source.span] not in amiss:
                yield f"Markdown would show entry {source.label} as {source.rendered}"

    def _counted_otherwise(self) -> Iterator[str]:
        """Two lists of the body become one where what parted them goes."""
        if not self.takes_lines:
            return
        before, after = self.before.document, self.after.document
        items = after.structure.items
        entries = SpanSet(source.span for source in before.sources)
        for offset, number in before.structure.items.items():
            there = self.shift.span(Span(offset, offset + 1)).start
            if offset not in entries and items.get(there, number) != number:
                yield f"Markdown would count the item on line {self._line(Span(offset, offset))} as {items[there]}"

    def _marker_breaches(self) -> Iterator[str]:
        inside: dict[str, list[_Reference]] = {}
        for use in self.after.uses:
            if (owner := self.after.owner(use.span)) is not None:
                inside.setdefault(owner, []).append(use)
        for place in self.before.places():
            owner = self.before.owner(place[0].span)
            region = self.shift.span(Span(place[0].span.start, place[-1].span.end))
            now = self.after.within(region) if owner is None else inside.get(owner, [])
            kept = [use for use in place if not self._deleted(use)]
            yield from self._differences(place, kept, now, whole=owner is None)

    def _deleted(self, use: _Reference) -> bool:
        """Whether an unsafe fix took a use away and put none in its place."""
        return self.deleting.swallows(use.span) and not self.after.within(self.shift.span(use.span))

    def _differences(
        self, place: list[_Reference], kept: list[_Reference], now: list[_Reference], *, whole: bool
    ) -> Iterator[str]:
        line = self._line(place[0].span)
        named = {target for use in now for target in use.targets}
        for use in kept:
            for target in use.targets:
                if not _within(target, named):
                    yield f"{self._written(use)} on line {line} {_loss(target, bool(now))}"
        if not whole:
            return
        had = {target for use in place for target in use.targets | use.implied}
        for use in now:
            if any(each not in had and not any(each <= target for target in had) for each in use.targets):
                yield f"the marker on line {line} would name another source besides"
        if kept == place and not _look_alike(kept, now):
            yield f"the marker on line {line} would point to another place in its source"

    def _new_markers(self) -> Iterator[str]:
        regions = sorted(self.shift.span(use.span) for use in self.before.uses)
        starts = [region.start for region in regions]
        for use in self.after.uses:
            place = bisect_left(starts, use.span.end) - 1
            known = place >= 0 and any(each.overlaps(use.span) for each in regions[max(0, place - 2) : place + 1])
            if not known and not self.shift.wrote(use.span):
                yield f"{use.span.of(self.after.document.text)} would be read as a marker"

    def _written(self, use: _Reference) -> str:
        return " ".join(use.span.of(self.before.document.text).split())

    def _line(self, span: Span) -> str:
        return self.before.document.line_of(span.start)


def _within(target: _Target, named: Collection[_Target]) -> bool:
    """Whether one of the targets that are named is this one, or has fewer of its sources."""
    return target in named or any(each <= target for each in named)


def _look_alike(before: Iterable[_Reference], after: Iterable[_Reference]) -> bool:
    """Whether uses say of the same sources where in them to look."""
    old, new = (sorted((each for use in uses for each in use.places), key=itemgetter(0)) for uses in (before, after))
    return [words for words, _ in old] == [words for words, _ in new] and all(
        any(words == others and each <= target for others, own in new for each in own)
        for words, targets in old
        for target in targets
    )


def _origin(span: Span, origins: Sequence[tuple[Span, str]]) -> str | None:
    """The source that had its place where the span is now."""
    place = bisect_left(origins, span.end, key=lambda origin: origin[0].start) - 1
    return origins[place][1] if place >= 0 and origins[place][0].overlaps(span) else None


def _misnumbered(source: Source) -> bool:
    """Whether readers are shown another number than is written."""
    written = source.label is not None and source.label.isdecimal()
    return source.rendered is not None and written and int(source.label or "") != source.rendered


def _shown(source: Source) -> str:
    words = " ".join(source.text.split())
    return repr(words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…")


def _loss(target: _Target, read: bool) -> str:
    """What it means that a target is named no longer; `read` tells whether there is a marker still."""
    if min(target).startswith("\0"):
        return "names a source that is not listed (CC101), and nobody would notice any more; fix that first"
    return "would no longer name its source" if read else "would no longer be read as a marker"
