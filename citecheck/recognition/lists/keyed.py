"""Source lists without a heading whose labels are words, `[RFC2119] …`: runs of entries that the text before cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from citecheck.model.sources import ListKind
from citecheck.model.structure import Structure
from citecheck.recognition.labels import normalize_label
from citecheck.recognition.lists.boundaries import (
    SourceListCandidate,
    blank_above,
    block_end,
    bounded_entries,
    resembles_reference,
)
from citecheck.recognition.lists.entry_forms import EntryCandidate, EntryForm
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

_GROUP = lazy_regex(r"\[([^\[\]\n]{2,80})\](?![(:])")
_PARTING = lazy_re(r"\s{0,3}[,;]\s{0,3}|\]\[")
_BETWEEN = lazy_re(r"[ \t\n\f>]*")
_FEWEST = 2  # entries, and labels that the text cites: a word in brackets may be a remark, and two hardly


def keyed_lists(layout: Structure, candidates: Sequence[EntryCandidate]) -> Iterator[SourceListCandidate]:
    """The runs among the candidates that are source lists: half of the entries resemble sources, two are cited."""
    worded = [entry for entry in candidates if entry.form is EntryForm.BRACKET and entry.number is None]
    runs = [run for run in _runs(layout, worded) if len(run) >= _FEWEST]
    if not runs:
        return
    places = _first_places(layout)
    ends = [*(run[0].start for run in runs[1:]), len(layout.text)]
    headings = [heading.span.start for heading in layout.headings]
    for run, end in zip(runs, ends, strict=True):
        limit = min([end, *(start for start in headings if start > run[-1].start)])
        own = tuple(bounded_entries(layout, run, limit, annotated=False))
        labels = {normalize_label(label) for entry in run for label, _ in entry.labels}
        cited = sum(places.get(label, len(layout.text)) < run[0].start for label in labels)
        like = sum(resembles_reference(layout.text, one.text) for one in own)
        if len(labels) >= _FEWEST and cited >= _FEWEST and 2 * like >= len(own):
            yield SourceListCandidate(ListKind.NUMBERED, None, Span(own[0].span.start, own[-1].span.end), own)


def _runs(layout: Structure, worded: Sequence[EntryCandidate]) -> Iterator[list[EntryCandidate]]:
    """Entries that follow each other with nothing but their own text between them, the first at the top of a block."""
    run: list[EntryCandidate] = []
    headings = {heading.span.end for heading in layout.headings}
    for entry in worded:
        if run and not _joins(layout.text, run[-1], entry):
            yield run
            run = []
        first = (
            entry.bulleted
            or blank_above(layout.text, entry.start)
            or not headings.isdisjoint((entry.start, entry.start - 1))
        )
        if run or first:  # otherwise it is a marker at which a line is broken
            run.append(entry)
    if run:
        yield run


def _joins(text: str, before: EntryCandidate, entry: EntryCandidate) -> bool:
    if (entry.indent, entry.bulleted) != (before.indent, before.bulleted):
        return False
    end = block_end(text, before.text_start, entry.start, before.indent)
    return _BETWEEN.fullmatch(text, end, entry.start) is not None


def _first_places(layout: Structure) -> Mapping[str, int]:
    """Where each word in brackets comes first, of a group each; what is code or hidden names nothing."""
    places: dict[str, int] = {}
    for found in _GROUP.finditer(layout.text):
        if found.start() not in layout.opaque:
            for label in _PARTING.split(found[1]):
                places.setdefault(normalize_label(label), found.start())
    return places
