"""Recognition: from a text to the document that it is.

text ── formats ──▶ layout ──▶ marks ─┐
└──────▶ lists ─┴─▶ numberings ──▶ markers, sources ──▶ claims ──▶ Document
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from types import MappingProxyType
from typing import TypeVar

from citecheck.model.citations import AUTHORS, CITATIONS, FOOTNOTES, Citation, Key, Malformed, Marker, Syntax
from citecheck.model.claims import Coverage
from citecheck.model.document import Document, NotUnderstood
from citecheck.model.key_spaces import Beside
from citecheck.model.sources import ListKind, Source, SourceList
from citecheck.model.structure import Structure
from citecheck.readers import FORMATS
from citecheck.recognition.author_year import AuthorYearCitations, author_year_citations
from citecheck.recognition.author_year.lists import by_line
from citecheck.recognition.claims.split import claims, prose
from citecheck.recognition.entries.sources import sources
from citecheck.recognition.evidence.decide import Decision, decide, marker
from citecheck.recognition.evidence.unread_shapes import Chain, not_understood, shaped_candidates
from citecheck.recognition.labels import display_label, is_padded, normalize_label
from citecheck.recognition.lists.boundaries import BoundedEntry, SourceListCandidate
from citecheck.recognition.lists.detect import detect_lists
from citecheck.recognition.lists.entry_forms import EntryForm
from citecheck.recognition.markers.candidates import Candidate, Context, find_candidates, reference_links
from citecheck.recognition.markers.informal import informal_references
from citecheck.recognition.markers.key_labels import key_label_candidates, near_key_labels
from citecheck.recognition.markers.malformed import malformed
from citecheck.recognition.markers.superscripts import split_digits
from citecheck.recognition.natives import (
    cited_elsewhere,
    key_space,
    keys_elsewhere,
    native_faults,
    native_lists,
    native_markers,
    native_uses,
    settled,
)
from citecheck.recognition.scopes import LabelIndex, NumberingScopes, given_scope, numbering_scopes
from citecheck.text.lines import LineIndex
from citecheck.text.spans import Span, SpanSet

_span_of = attrgetter("span")
T = TypeVar("T")
Placed = TypeVar("Placed", bound=Marker | Malformed | SourceList)


def parse(
    text: str,
    *,
    name: str,
    format: str,
    language: str | None = None,
    coverage: Coverage = Coverage.TRAILING,
    beside: Beside | None = None,
    given: Collection[str] | None = None,
) -> Document:
    """The document that a text is.

    `format` is a name in `citecheck.readers.FORMATS`; `language` a code such as `de` by which sentences are
    split, guessed from the script where it is None; `coverage` is which sentences a marker supports besides its own;
    `beside` is what other files say of the keys that it cites and lists, None where nobody has looked for any; `given`
    are the labels that the caller lists in place of the text, which is known to cite then, None where it lists its own.
    Never raises because of what the text says, but for UnreadableFile where a format needs a file of another form.
    """
    source_map = FORMATS[format].source_map(text, name)
    text = source_map.text if source_map else text
    layout = FORMATS[format].layout(text)
    known = key_space(layout, beside)
    layout = settled(layout, known)
    every = find_candidates(layout) if layout.conventions.brackets_cite else []
    found = by_line(layout, detect_lists(layout, every)) if layout.conventions.brackets_cite else []
    listed = sources(layout, found)
    names = {label for listing in found if listing.kind is not ListKind.FOOTNOTES for label in listing.labels}
    if worded := key_label_candidates(layout, names, given or ()):
        every = sorted([*every, *worded], key=lambda mark: mark.span)
    visible, hidden, inner = _placed(every, found, layout)
    standing = (Context.STANDALONE, Context.WORD_SUFFIX)
    if given is None:
        scope = numbering_scopes(found, listed, [mark for mark in visible if mark.standing in standing])
    else:
        scope = given_scope(given, len(found), len(text))
    native = tuple(native_lists(layout, text))
    keys = frozenset(key.label for key in _keys(native) if key.numbering == CITATIONS)
    labels = LabelIndex(
        scope, _footnote_labels(found, listed, native), keys, only_links=_only_link_definitions(layout, found)
    )
    visible = split_digits(layout.text, visible, labels)
    links = (*_links(layout, found, labels), *native_uses(layout))
    habits = _habits(layout, found, visible, labels, links, given=given)
    citing_marks: list[Candidate] = []
    rejected: list[Candidate] = []
    for mark in visible:
        (citing_marks if habits.cites(mark) else rejected).append(mark)
    markers = _in_order(_markers(citing_marks, inner, labels, habits), native_markers(layout))
    if layout.conventions.brackets_cite and labels.numbered:
        shaped = shaped_candidates(Chain(layout, found, labels, markers, rejected))
        markers = _in_order(markers, (marker(mark, labels) for mark in shaped))
        every = sorted([*every, *shaped], key=_span_of) if shaped else every
    unseen = tuple(marker(mark, labels) for mark in hidden if habits.cites(mark))
    listing_spans = SpanSet([*(listing.span for listing in found), *(entry.span for entry in layout.entries)])
    broken = _in_order(malformed(layout, markers, labels, listing_spans), native_faults(layout))
    loose = [mark for mark in rejected if not habits.refers_within(mark)]
    mentions = (
        *informal_references(layout, loose, labels, listing_spans, raised=habits.raised),
        *near_key_labels(layout, {*names, *(given or ())}, labels, listing_spans),
    )
    named = _named(layout, found, listed, markers, labels) if given is None else None
    if named:
        markers = _in_order(markers, named.markers)
    mentions = (*mentions, *named.uses) if named else mentions
    citing = [*(marker.citations for marker in markers), links, *(one.citations for one in broken)]
    telling = [one.citations for one in markers if one.syntax is not Syntax.BARE]  # of those others may be lost
    used = {key.numbering for own in (*telling, links, *(one.citations for one in broken)) for _, _, key in own}
    cited = _joined((citation.key, citation) for citations in (*citing, mentions) for citation in citations)
    lists = _in_order(_source_lists(found, listed, scope, used, cited, named), native)
    named_spans = (marker.span for marker in named.markers) if named else ()
    spans = sorted([*(mark.span for mark in every), *(native.span for native in layout.citations), *named_spans])
    split = partial(claims, layout, spans, markers, listing_spans, language=language, coverage=coverage)
    return Document(
        name=name,
        format=format,
        text=text,
        lines=LineIndex(text),
        structure=layout,
        source_map=source_map,
        markers=markers,
        hidden=unseen,
        malformed=broken,
        links=links,
        source_lists=lists,
        outlining=lambda: tuple(span for _, _, span in prose(layout, listing_spans)),
        splitting=split,
        doubting=lambda: (
            *(() if beside is not None and known.named else _unlisted_keys(layout)),
            *_doubts(layout, found, labels, markers, rejected),
        ),
        author_years=named.facts if named else None,
        cited=cited,
        keys=known,
        elsewhere=keys_elsewhere(layout, known) if layout.citations else frozenset(),
        cited_elsewhere=cited_elsewhere(layout, known) if layout.entries else frozenset(),
        given=None if given is None else frozenset(Key(0, normalize_label(label)) for label in given),
        listed=_joined((source.key, source) for listing in lists for source in listing.sources if source.key),
    )


def _named(
    layout: Structure,
    found: Sequence[SourceListCandidate],
    listed: Sequence[Sequence[Source]],
    markers: Sequence[Marker],
    labels: LabelIndex,
) -> AuthorYearCitations | None:
    """What is cited by author and year, unless the format has keys to cite by, or more is cited by number."""
    keyed = any(native.numbering == CITATIONS for native in layout.citations)
    keyed = keyed or any(entry.numbering == CITATIONS for entry in layout.entries)
    if keyed or not layout.conventions.brackets_cite:
        return None
    plain = [marker for marker in markers if marker.address is None and marker.citations[0].key.numbering >= 0]
    leading = sum(any(labels.lists(citation.key) for citation in marker.citations) for marker in plain)
    named = author_year_citations(layout, found, listed, numbered=leading > 0)
    if named is None or (not leading and len(plain) >= len(named.markers)):
        return None
    return named


def _unlisted_keys(layout: Structure) -> Iterator[NotUnderstood]:
    """The citations by key of a text that lists none, where no bibliography was opened or missed (CC113)."""
    keyed = [native for native in layout.citations if native.numbering == CITATIONS]
    if keyed and not any(entry.numbering == CITATIONS for entry in layout.entries):
        labels = frozenset(label for native in keyed for label, _ in native.labels)
        first = keyed[0].span
        yield NotUnderstood("citation-key", "citation key", len(keyed), first, first.of(layout.text), labels, read=True)


def _doubts(
    layout: Structure,
    found: Sequence[SourceListCandidate],
    labels: LabelIndex,
    markers: Sequence[Marker],
    rejected: Sequence[Candidate],
) -> tuple[NotUnderstood, ...]:
    """The ways of citing that are not read; in a format where brackets cite nothing, its own syntax is all there is."""
    if not layout.conventions.brackets_cite:
        return ()
    return not_understood(Chain(layout, found, labels, markers, rejected))


def _placed(
    every: Iterable[Candidate], found: Sequence[SourceListCandidate], layout: Structure
) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
    """The marks of the body, those no reader sees, and those inside the entries of a list; labels are none of these."""
    entries = [one for listing in found for one in listing.listed]
    labelling = SpanSet(one.entry.label_span for one in entries if one.entry)
    within = SpanSet(one.text for listing in found if listing.kind is not ListKind.FOOTNOTES for one in listing.listed)
    notes = [one for listing in found if listing.kind is ListKind.FOOTNOTES for one in listing.listed]
    visible: list[Candidate] = []
    hidden: list[Candidate] = []
    inner: list[Candidate] = []
    for mark in every:
        start = mark.span.start
        if start in labelling or (mark.syntax is Syntax.FOOTNOTE and _of_itself(mark, notes)):
            continue
        place = hidden if start in layout.hidden else inner if start in within else visible
        place.append(mark)
    return visible, hidden, inner


def _of_itself(mark: Candidate, notes: Sequence[BoundedEntry]) -> bool:
    """Whether a footnote's own text names the footnote: nobody is led there by it."""
    place = bisect_right(notes, mark.span.start, key=lambda note: note.span.start) - 1
    if place < 0 or notes[place].span.end < mark.span.end:
        return False
    entry = notes[place].entry
    return entry is not None and normalize_label(entry.labels[0][0]) == normalize_label(mark.labels[0][0])


def _footnote_labels(
    found: Iterable[SourceListCandidate], listed: Iterable[Sequence[Source]], native: Iterable[SourceList]
) -> frozenset[str]:
    noted = [own for listing, own in zip(found, listed, strict=True) if listing.kind is ListKind.FOOTNOTES]
    labels = frozenset(source.key.label for own in noted for source in own if source.key)
    return labels.union(key.label for key in _keys(native) if key.numbering == FOOTNOTES)


def _only_link_definitions(layout: Structure, found: Sequence[SourceListCandidate]) -> bool:
    """Whether a renderer takes every entry for the definition of a link."""
    definitions = {definition.span.start for definition in layout.definitions}
    entries = [one.entry for listing in found for one in listing.listed]
    return bool(entries and definitions and layout.conventions.rendered) and all(
        entry is not None and not definitions.isdisjoint((entry.start, entry.label_span.start)) for entry in entries
    )


def _keys(lists: Iterable[SourceList]) -> Iterator[Key]:
    return (source.key for listing in lists for source in listing.sources if source.key)


def _habits(
    layout: Structure,
    found: Iterable[SourceListCandidate],
    visible: Sequence[Candidate],
    labels: LabelIndex,
    links: Iterable[Citation],
    *,
    given: Collection[str] | None,
) -> Decision:
    """How the document cites, by all that it lists and all that is written like a marker."""
    text = layout.text
    linked = frozenset(link.key.numbering for link in links if link.span.of(text).strip("[]") != link.label)
    unnumbered = any(listing.kind is ListKind.UNLABELLED for listing in found)
    padded = any(is_padded(text, span) for listing in found for span in listing.label_spans)
    return decide(text, visible, labels, linked=linked, unnumbered=unnumbered, padded=padded, given=given)


def _markers(
    cited: Iterable[Candidate], inner: Iterable[Candidate], labels: LabelIndex, habits: Decision
) -> tuple[Marker, ...]:
    """The marks that cite. Inside an entry a number in brackets cites only what is listed: it may be of a title."""
    body = [marker(mark, labels) for mark in cited]
    entries = [
        marker(mark, labels)
        for mark in inner
        if habits.cites(mark) and all(labels.lists(labels.key(mark, label)) for label, _ in mark.labels)
    ]
    return _in_order(body, entries)


def _in_order(some: Iterable[Placed], others: Iterable[Placed]) -> tuple[Placed, ...]:
    """Both together in reading order; the first are in order already."""
    added = list(others)
    return tuple(sorted([*some, *added], key=_span_of)) if added else tuple(some)


def _links(layout: Structure, found: Sequence[SourceListCandidate], labels: LabelIndex) -> Iterable[Citation]:
    """The uses of sources by links, `[text][2]`; not by the entry itself, `2. [Title][2]` or `* [2]: Title`."""
    own: dict[str, list[Span]] = {}
    for listing in found if layout.links else ():
        for one in listing.listed:
            if one.entry and listing.kind is not ListKind.FOOTNOTES:
                for label, place in one.entry.labels:
                    own.setdefault(label, []).extend([Span(place.start - 1, place.end), one.text])
    within = {label: SpanSet(spans) for label, spans in own.items()}
    for label, span in reference_links(layout):
        if label in within and span.start in within[label]:
            continue
        name = normalize_label(label)
        yield Citation(display_label(label), span, Key(labels.scopes.numbering(span.start, name), name))


def _source_lists(
    found: Sequence[SourceListCandidate],
    listed: Sequence[Sequence[Source]],
    scope: NumberingScopes,
    used: Container[int],
    cited: Container[Key],
    named: AuthorYearCitations | None,
) -> Iterable[SourceList]:
    numbering = {place: number for number, group in enumerate(scope.groups) for place in group}
    for place, (listing, own) in enumerate(zip(found, listed, strict=True)):
        if named and place in named.lists:
            yield _authors_list(listing, own, named, whole=place in named.whole)
            continue
        footnotes = listing.kind is ListKind.FOOTNOTES
        number = FOOTNOTES if footnotes else numbering.get(place, len(scope.groups) + place)
        kind = listing.kind
        if kind is ListKind.NUMBERED and (number not in used or number >= len(scope.groups)):
            kind = ListKind.READING  # a list that nothing cites, or that was put aside, is not expected to be cited
        keyed = tuple(source._replace(key=Key(number, source.key.label)) if source.key else source for source in own)
        yield SourceList(kind, listing.heading, listing.span, _labelled(keyed, listing, cited), number)


def _authors_list(
    listing: SourceListCandidate, own: Iterable[Source], named: AuthorYearCitations, *, whole: bool
) -> SourceList:
    """A list whose entries are cited by author and year; those of a selection need not be."""
    unread = (None, None)
    labelled = [(source, *named.labels.get(source.span, unread)) for source in own]
    keyed = tuple(source._replace(label=label, key=key) for source, label, key in labelled)
    kind = (
        ListKind.AUTHORS if whole and listing.kind is ListKind.UNLABELLED else ListKind.READING
    )  # numbers may cite, too
    return SourceList(kind, listing.heading, listing.span, keyed, AUTHORS)


def _labelled(own: tuple[Source, ...], listing: SourceListCandidate, cited: Container[Key]) -> tuple[Source, ...]:
    """The sources of a list; where the text uses none of the words in brackets before them, these are no labels."""
    entries = [one.entry for one in listing.listed if one.entry and one.entry.form is EntryForm.BRACKET]
    words = {normalize_label(label) for entry in entries for label, _ in entry.labels if not label.isdecimal()}
    if not words or any(source.key in cited for source in own if source.key and source.key.label in words):
        return own
    bare = [source.key and source.key.label in words for source in own]
    return tuple(
        source._replace(label=None, key=None) if alone else source for source, alone in zip(own, bare, strict=True)
    )


def _joined(pairs: Iterable[tuple[Key, T]]) -> Mapping[Key, tuple[T, ...]]:
    """What belongs to each key, in reading order."""
    found: dict[Key, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return MappingProxyType({key: tuple(values) for key, values in found.items()})


__all__ = ["parse"]
