"""Source lists: which of the lines that begin like an entry belong to a list of sources.

Three things make a list: a heading in the words for it, definitions (`[^1]: …`, `[1]: https://…`) wherever they
are, and a run of numbered entries that the text before it cites.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence

import regex

from citecheck.model.citations import Syntax
from citecheck.model.sources import ListKind
from citecheck.model.structure import Structure
from citecheck.recognition.lists.boundaries import BoundedEntry, SourceListCandidate, bounded_entries
from citecheck.recognition.lists.entry_forms import EntryCandidate, EntryForm, entries, trailers
from citecheck.recognition.lists.headed import Region, announced_regions, headed_lists, headed_regions, start_of
from citecheck.recognition.lists.keyed import keyed_lists
from citecheck.recognition.lists.unheaded import unheaded_lists
from citecheck.recognition.markers.candidates import Candidate
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span, SpanSet

_KEY_LABEL = lazy_regex(r"(?=[^\W_])(?=.*[\p{Lu}\p{Lo}\d])(?:[\p{L}\d][\p{L}\d.+:/&'’\-_ ]{0,30}|I-D\.[\w.-]{3,80})")
_ALONE = lazy_regex(r"\[[^\[\]]{1,99}\][ \t]*+(?=\n[ \t]*+(?:[-*+\[\n]|\Z)|\Z)")
# What a link definition says after its label: an address, perhaps a title in quotation marks (CommonMark 0.31, 4.7).
_DEFINED = lazy_regex(
    r"""<?[a-z][a-z\d+.-]*:\S+[ \t]*+(?:"[^"\n]*+"|'[^'\n]*+'|\([^()\n]*+\))?[ \t]*+$""", regex.I | regex.M
)
_MOST_WORDS = 3  # in a label


def detect_lists(layout: Structure, marks: Sequence[Candidate]) -> list[SourceListCandidate]:
    """Every source list of a text, in reading order."""
    native = SpanSet(entry.span for entry in layout.entries)
    every = [entry for entry in entries(layout) if entry.start not in native]
    notes = [entry for entry in every if entry.form is EntryForm.NOTE]
    names = {definition.label.casefold() for definition in layout.definitions}
    others = [entry for entry in every if entry.form is not EntryForm.NOTE and _may_label(entry, layout, names)]
    told = list(announced_regions(layout))
    others = sorted([*others, *(entry for _, entry in told)], key=start_of)
    headed = headed_regions(layout, others, [heading for heading, _ in told])
    found: list[SourceListCandidate] = []
    free: list[EntryCandidate] = []
    taken = 0
    for region in headed:
        first = bisect_left(others, region.span.start, lo=taken, key=start_of)
        last = bisect_left(others, region.span.end, lo=first, key=start_of)
        free += others[taken:first]
        taken = last
        found += headed_lists(layout, region, others[first:last], notes)
    free += others[taken:]
    defined = {label for note in notes for label, _ in note.labels}
    loose = [mark for mark in marks if mark.syntax is not Syntax.FOOTNOTE or mark.labels[0][0] not in defined]
    found += unheaded_lists(layout, free, loose, found)
    if not found:
        found += keyed_lists(layout, free)
    if not found:
        found += _trailing(layout, loose)
    found += _footnotes(layout, notes, headed)
    return sorted(_without_doubles(found, layout), key=lambda listing: listing.span)


def _may_label(entry: EntryCandidate, layout: Structure, names: Container[str]) -> bool:
    """Whether the label can be one at all: `[Title](address)` and `[x] done` begin no labelled entry.

    `names` are those of the links that are defined, in lower case.
    """
    if entry.form is not EntryForm.BRACKET or entry.number is not None:
        return True
    label = entry.labels[0][0]
    return (
        len(label) > 1
        and len(entry.labels) == 1
        and not layout.text.startswith("](", entry.labels[0][1].end)
        and not (layout.links and layout.text.startswith("][", entry.labels[0][1].end))  # `[RFC 1][rfc1]` is a link
        and not (layout.definitions and (entry.colon or _is_link(entry, layout, names)))
        and len(label.split()) <= _MOST_WORDS
        and _KEY_LABEL.fullmatch(label) is not None
    )


def _is_link(entry: EntryCandidate, layout: Structure, names: Container[str]) -> bool:
    """Whether a label is all there is of an entry, and the name of a link: `- [Salt]`, with `[Salt]: https://…`."""
    return entry.labels[0][0].casefold() in names and _ALONE.match(layout.text, entry.label_span.start) is not None


def _trailing(layout: Structure, marks: Sequence[Candidate]) -> Iterator[SourceListCandidate]:
    """Addresses with a label after them, where the text before them cites one."""
    for run in _ascending(trailers(layout)):
        own = tuple(bounded_entries(layout, run, len(layout.text), annotated=False))
        labels = {label for entry in run for label, _ in entry.labels}
        if any(mark.span.start < run[0].start and label in labels for mark in marks for label, _ in mark.labels):
            yield SourceListCandidate(ListKind.NUMBERED, None, Span(own[0].span.start, own[-1].span.end), own)


def _ascending(every: Iterable[EntryCandidate]) -> Iterator[list[EntryCandidate]]:
    """The entries, cut where they begin to count again."""
    run: list[EntryCandidate] = []
    for entry in every:
        if run and (entry.number or 0) <= (run[-1].number or 0):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


# A note's first line is empty, and the next not indented by four: renderers take that for a paragraph of the body.
_LEFT_OUT = lazy_re(r"[ \t]*\n {0,3}[^ \t\n]")


def _footnotes(
    layout: Structure, notes: Sequence[EntryCandidate], headed: Sequence[Region]
) -> Iterator[SourceListCandidate]:
    """All footnote definitions of a document, as one list."""
    if not notes:
        return
    starts = [heading.span.start for heading in layout.headings]
    own: list[BoundedEntry] = []
    for place, note in enumerate(notes):
        limit = notes[place + 1].start if place + 1 < len(notes) else len(layout.text)
        found = layout.text.find("\n", note.text_start)
        line_end = found if found >= 0 else len(layout.text)
        heading = bisect_left(starts, line_end)  # one in the note's own line is its text, `[^a]: # Mills`
        if heading < len(starts):
            limit = min(limit, starts[heading])
        if layout.conventions.rendered and _LEFT_OUT.match(layout.text, note.text_start):
            limit = line_end
        own += bounded_entries(layout, [note], limit, annotated=False)
    title = next((region.title for region in headed if region.span.start <= notes[0].start < region.span.end), None)
    yield SourceListCandidate(ListKind.FOOTNOTES, title, Span(own[0].span.start, own[-1].span.end), tuple(own))


def _without_doubles(found: Sequence[SourceListCandidate], layout: Structure) -> Iterator[SourceListCandidate]:
    """The lists, without the definitions of labels that are listed in words too: `[[1]] Title` and `[1]: address`."""
    definitions = {definition.span.start for definition in layout.definitions}
    worded = {
        label
        for listing in found
        if listing.kind is not ListKind.FOOTNOTES and listing.heading
        for one in listing.listed
        if one.entry and not _defines(one.entry, layout, definitions)
        for label, _ in one.entry.labels
    }
    for listing in found:
        if listing.kind is ListKind.FOOTNOTES or not worded:
            yield listing
        elif kept := tuple(one for one in listing.listed if not _repeats(one, worded, layout, definitions)):
            yield listing._replace(listed=kept)


def _repeats(one: BoundedEntry, worded: set[str], layout: Structure, definitions: set[int]) -> bool:
    return one.entry is not None and _defines(one.entry, layout, definitions) and one.entry.labels[0][0] in worded


def _defines(entry: EntryCandidate, layout: Structure, definitions: set[int]) -> bool:
    """Whether an entry is written as a link's definition, `[1]: address`, and is one where the format knows any.

    The format knows the first definition of a label alone; a second one is written like it.
    """
    return entry.colon and (
        not definitions
        or entry.start in definitions
        or entry.label_span.start in definitions
        or _DEFINED.match(layout.text, entry.text_start) is not None
    )
