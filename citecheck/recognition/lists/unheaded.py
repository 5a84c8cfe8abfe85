"""Source lists without a heading: runs of numbered entries that the text before them cites."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Final

import regex

from citecheck.model.citations import Syntax
from citecheck.model.sources import ListKind
from citecheck.model.structure import Structure
from citecheck.recognition.labels import is_padded
from citecheck.recognition.lists.boundaries import (
    LARGEST_STEP,
    RULE,
    BoundedEntry,
    SourceListCandidate,
    addressed,
    begins_with_address,
    below_rule,
    blank_above,
    block_end,
    bounded_entries,
    resembles_reference,
    resembles_source,
    with_inline,
)
from citecheck.recognition.lists.entry_forms import EntryCandidate, EntryForm
from citecheck.recognition.lists.entry_starts import begins_entry
from citecheck.recognition.markers.candidates import Candidate, Context
from citecheck.recognition.markers.superscripts import is_exponent, lead_to_names
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

ANCHOR: Final = lazy_regex(r"(?:\b(?:id|name)\s*=\s*[\"']?|\{#)([\w:.-]{1,64})")
_CAPITAL = lazy_regex(r"[*_\"“‘«„]{0,2}[\p{Lu}\p{Lo}]")  # with which a remark begins
# The address of a note or of an entry, as converters of word processors' documents make it: `#_ftn1`, `#ref-1`.
_NOTE = lazy_regex(r"#_?(?:ftn|fn|footnote|edn|endnote|note|ref|cite|bib|source)", regex.IGNORECASE)
_BACK = lazy_regex(r"(?:\[[↑↩⤴^]\S?\]\(#[^()\s]{1,60}\)|[↩⤴]\ufe0e?)[\s>]*\Z")  # leads from a note to where it is cited
_BETWEEN = lazy_re(r"[ \t\n\f>]*")
_TARGET = lazy_re(r"\]\((https?://(?:[^()\s]|\([^()\s]*\))+)\)")  # of a label that is a link
_ENOUGH = 200  # code points of an entry to see whether it is a source
_TAIL = 2_000  # code points after a list that closes a text: signatures, trailers, running headers
_FEW = 2  # entries; in a shorter run, a number in the middle of a line is a marker rather than an entry
_TAIL_PARAGRAPHS = 3


def unheaded_lists(
    layout: Structure,
    candidates: Sequence[EntryCandidate],
    marks: Sequence[Candidate],
    headed: Sequence[SourceListCandidate],
) -> list[SourceListCandidate]:
    """The runs among the candidates that are source lists; `headed` are the lists already found."""
    found: list[SourceListCandidate] = []
    since, following = 0, 0
    lone: SourceListCandidate | None = None  # an entry by itself, which is one if the next goes on with it
    runs = list(_runs(layout, [entry for entry in candidates if not entry.traits.needs_heading]))
    labels = {entry.label_span.start for run in runs if len(run) >= _FEW for entry in run}
    reader = _Reader(layout, [mark for mark in marks if mark.span.start not in labels], headed)
    starts = [*(run[0].start for run in runs[1:]), len(layout.text)]
    for lines, next_start in zip(runs, starts, strict=False):
        limit = min(next_start, reader.limit(lines[-1]))
        run = with_inline(layout, lines, limit) if len(lines) > _FEW else lines
        own = tuple(bounded_entries(layout, run, limit, annotated=False))
        span = Span(own[0].span.start, own[-1].span.end)
        if below_rule(layout.text, run[0].start):
            found.append(SourceListCandidate(ListKind.READING, None, span, own))  # notes at the foot of a page
            continue
        anew = (run[0].number or 0) < following  # otherwise it goes on with the list before it
        listing = SourceListCandidate(ListKind.NUMBERED, None, span, own)
        expected = following
        if lone and resembles_reference(layout.text, lone.listed[0].text):
            expected = int(lone.labels[-1]) + 1
        if reader.is_list(run, own, since if anew else 0, expected):
            if lone and _in_brackets(listing) and lone.labels[-1] == str((run[0].number or 0) - 1):
                found.append(lone)
            found.append(listing)
            since, following = span.end, (run[-1].number or 0) + 1
            lone = None
        else:
            lone = listing if len(run) == 1 and _in_brackets(listing) and reader.cited(listing) else None
    return _without_enumerations(layout.text, found)


def _without_enumerations(text: str, found: Sequence[SourceListCandidate]) -> list[SourceListCandidate]:
    """The lists without those that count what the text is about.

    Such a one is `(1)`, where one in brackets follows, as markers are; and remarks after the markers of a list that
    follows, `[1] began it, [2] ended it`, where that one resembles sources.
    """
    kept: list[SourceListCandidate] = []
    bracketed: set[str] = set()  # with what number the lists in brackets begin that follow
    sourced: set[str] = set()  # the labels of the lists that follow and resemble sources
    for listing in reversed(found):
        first, labels = listing.labels[0], set(listing.labels)
        worked = any(resembles_reference(text, one.text) for one in listing.listed)
        if _in_brackets(listing):
            bracketed.add(first)
        if (_in_brackets(listing) or first not in bracketed) and (worked or not labels <= sourced):
            kept.append(listing)
        if worked:
            sourced |= labels
    return kept[::-1]


def _in_brackets(listing: SourceListCandidate) -> bool:
    entry = listing.listed[0].entry
    return entry is not None and entry.traits.bracketed


def _runs(layout: Structure, candidates: Sequence[EntryCandidate]) -> Iterator[list[EntryCandidate]]:
    """Numbered entries that follow each other with nothing but their own text between them."""
    run: list[EntryCandidate] = []
    headings = {heading.span.start for heading in layout.headings}
    closed = {heading.span.end for heading in layout.headings}
    numbered = [entry for entry in candidates if entry.number is not None and entry.start not in headings]
    for entry, following in zip_longest(numbered, numbered[1:]):
        if run and _joins(layout, run, entry) and not _begins_anew(layout.text, run, entry, following):
            run.append(entry)
            continue
        nested = run and entry.indent > run[0].indent + 1
        if nested or not _stands_free(layout, entry, closed):
            continue
        if run:
            yield run
        run = [entry]
    if run:
        yield run


def _joins(layout: Structure, run: Sequence[EntryCandidate], entry: EntryCandidate) -> bool:
    """Whether an entry is the next of a run."""
    first, before = run[0], run[-1]
    if entry.form is not first.form or abs(entry.indent - first.indent) > 1 or entry.bulleted != first.bulleted:
        return False
    step = (entry.number or 0) - (before.number or 0)
    follows = 0 < step <= LARGEST_STEP or (step <= 0 and _stands_out_of_order(layout.text, run, entry))
    if not (follows or entry.label_span.start in layout.items or entry.colon):
        return False
    end = block_end(layout.text, before.text_start, entry.start, before.indent)
    return _BETWEEN.fullmatch(layout.text, end, entry.start) is not None


def _stands_out_of_order(text: str, run: Sequence[EntryCandidate], entry: EntryCandidate) -> bool:
    """Whether what does not follow the entry above in number is one too, and no line of that one broken at a marker."""
    if begins_entry(text, run, entry):
        return True
    if not entry.traits.bracketed:
        return False
    end = block_end(text, entry.text_start, min(len(text), entry.text_start + _ENOUGH), entry.indent)
    return blank_above(text, entry.start) or resembles_reference(text, Span(entry.text_start, end))


def _begins_anew(
    text: str, run: Sequence[EntryCandidate], entry: EntryCandidate, following: EntryCandidate | None
) -> bool:
    """Whether another list begins, parted from the one above by a blank line: `1.`, `2.`, then `1.`, `2.` once more.

    One that counts from elsewhere goes on below a blank line only where such lines part its entries, too.
    """
    if entry.number not in (0, 1) or run[-1].number == entry.number or not blank_above(text, entry.start):
        return False
    again = run[0].number == entry.number or (len(run) > 1 and not blank_above(text, run[-1].start))
    return again and following is not None and following.number == entry.number + 1


def _stands_free(layout: Structure, entry: EntryCandidate, closed: Collection[int]) -> bool:
    """Whether an entry is no wrapped line: a paragraph begins with it, or its text with an address.

    `closed` is where headings end.
    """
    return (
        entry.colon
        or (entry.form is EntryForm.BRACKET and addressed(layout.text, entry))
        or entry.start == 0
        or entry.start in closed
        or entry.label_span.start in layout.items
        or blank_above(layout.text, entry.start)
        or below_rule(layout.text, entry.start)
        or _ruled_off(layout.text, entry.start)
    )


def _ruled_off(text: str, offset: int) -> bool:
    """Whether the line above is a rule, as between a text and its notes."""
    start = text.rfind("\n", 0, max(0, offset - 1)) + 1
    return RULE.fullmatch(text, start, max(start, offset - 1)) is not None


class _Reader:
    """Judges the runs of one document."""

    def __init__(self, layout: Structure, marks: Sequence[Candidate], headed: Sequence[SourceListCandidate]) -> None:
        self._layout = layout
        self._known = {label for listing in headed for label in listing.labels}
        self._places = _places(layout.text, marks)
        self._linked = {
            (label, mark.address): mark.span.start
            for mark in reversed(marks)
            if mark.address
            for label, _ in mark.labels
        }
        self._resolving = sorted(place for label in self._known for place in self._places.get(label, ()))
        self._headings = [heading.span.start for heading in layout.headings]
        self._definitions = {definition.span.start for definition in layout.definitions if definition.label.isdecimal()}

    def limit(self, entry: EntryCandidate) -> int:
        """Where the last entry of a run ends at the latest."""
        place = bisect_left(self._headings, entry.start)
        end = self._headings[place] if place < len(self._headings) else len(self._layout.text)
        return max(end, entry.label_span.end)

    def is_list(self, run: Sequence[EntryCandidate], own: Sequence[BoundedEntry], since: int, following: int) -> bool:
        """Whether a run is a source list: the text from `since` on and before it cites it, and it resembles one.

        `following` is the number that goes on with the list before it.
        """
        if any(entry.start in self._definitions or entry.label_span.start in self._definitions for entry in run):
            return True
        text = self._layout.text
        start = own[0].span.start
        labels = self._labels(run)
        worded = [one.text for one in own if one.text.of(text).strip(" .,;:")]
        if not worded or labels <= self._known:
            return False
        if len(run) >= _FEW and all(self._linked_before(entry) for entry in run):
            return True
        cited = {label for label in labels if self._cited(label, since, start)}
        like = sum(resembles_reference(text, span) for span in worded)
        if run[0].traits.bracketed:
            placed = sum(begins_with_address(text, span) for span in worded)
            if placed and not cited:
                cited = {label for label in labels if self._cited(label, 0, start)}
            if len(own) == 1:
                counts_on = run[0].number == following
                expected = like == 1 and (counts_on or self._closes(own[-1]))
                noted = counts_on and _CAPITAL.match(text, worded[0].start) is not None  # a remark, `[2] I asked.`
                return bool(cited) and (run[0].colon or placed == 1 or expected or noted)
            if not cited or 2 * like >= len(own) or run[0].colon:
                return bool(cited)
            if is_padded(text, run[0].labels[0][1]):
                return False  # `[01] a key`: the values of a field
            noted = len(own) > 2 and 5 * len(cited) >= 4 * len(labels)  # remarks, nearly every one of them cited
            return noted or self._closes(own[-1])
        if 2 * sum(_BACK.search(text, *one.text) is not None for one in own) > len(own):
            return bool(cited)
        first = run[0].number in (0, 1, following)
        if first and cited and all(begins_with_address(text, span) for span in worded) and self._closes(own[-1]):
            return 2 * len(cited) >= len(labels)
        if len(cited) < 2 or len(own) < 2 or 2 * len(cited) < len(labels):
            return False
        if 2 * sum(map(self._cites, own)) >= len(own):
            return False
        remarks = 5 * len(cited) >= 4 * len(labels) and self._places.keys() <= labels and self._closes(own[-1])
        worked = 5 * like >= 3 * len(own) and any(resembles_source(text, span) for span in worded)
        return worked or (not self._known and remarks)

    def _linked_before(self, entry: EntryCandidate) -> bool:
        """Whether the text above links a label of an entry to the address to which the entry itself links it."""
        targets = _TARGET.findall(self._layout.text, *entry.label_span)
        linked = ((label, target) for (label, _), target in zip(entry.labels, targets, strict=False))
        return any(self._linked.get(each, entry.start) < entry.start for each in linked)

    def cited(self, listing: SourceListCandidate) -> bool:
        """Whether the text before a list cites any of it."""
        return any(self._cited(label, 0, listing.span.start) for label in listing.labels)

    def _labels(self, run: Sequence[EntryCandidate]) -> set[str]:
        """The labels of a run as readers see them: Markdown counts items that are all written with one number."""
        labels = {label for entry in run for label, _ in entry.labels}
        if len(labels) > 1:
            return labels
        starts = [entry.label_span.start for entry in run]
        return {str(self._layout.items[start]) for start in starts if start in self._layout.items} or labels

    def _cited(self, label: str, since: int, until: int) -> bool:
        places = self._places.get(label, [])
        place = bisect_left(places, since)
        return place < len(places) and places[place] < until

    def _cites(self, one: BoundedEntry) -> bool:
        """Whether an entry cites the lists already found, as a piece of advice may and a source does not."""
        place = bisect_left(self._resolving, one.span.start)
        return place < len(self._resolving) and self._resolving[place] < one.span.end

    def _closes(self, last: BoundedEntry) -> bool:
        """Whether hardly anything follows the last entry."""
        tail = self._layout.text[last.span.end : last.span.end + _TAIL]
        return len(tail) < _TAIL and tail.strip().count("\n\n") < _TAIL_PARAGRAPHS


def _places(text: str, marks: Sequence[Candidate]) -> Mapping[str, list[int]]:
    """Where each label is named by a mark that carries no address, and is no exponent.

    The address of a note whose anchor a converter has lost is none; others lead where their anchor is.
    """
    places: dict[str, list[int]] = {}
    of_names = lead_to_names(text, marks)
    noted = {mark.address for mark in marks if mark.address and _NOTE.match(mark.address)}
    lost = noted - {f"#{anchor[1]}" for anchor in ANCHOR.finditer(text)} if noted else noted
    for mark in marks:
        bare = (mark.address is None or mark.address in lost) and mark.standing in (
            Context.STANDALONE,
            Context.WORD_SUFFIX,
        )
        if mark.syntax is Syntax.SUPERSCRIPT and of_names:
            continue
        if bare and not is_exponent(text, mark, raised=False):
            for label, _ in mark.labels:
                places.setdefault(label, []).append(mark.span.start)
    return places
