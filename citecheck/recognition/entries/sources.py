"""Sources: the entries of a list with their labels, their words and what the words tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from citecheck.model.citations import FOOTNOTES, Key
from citecheck.model.sources import Field, ListKind, Source
from citecheck.model.structure import Definition, Structure
from citecheck.recognition.entries.record import record
from citecheck.recognition.labels import display_label, normalize_label
from citecheck.recognition.lists.boundaries import BoundedEntry, SourceListCandidate
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_COMMENT = lazy_regex(r"<!--(?:[^-<]|-(?!->)|<(?!!--))*+-->")
_LINKED_LABEL = lazy_regex(r"\\?\]{1,2}\(((?:[^()\s]|\([^()\s]*\))++)\)")


def sources(layout: Structure, listings: Sequence[SourceListCandidate]) -> list[tuple[Source, ...]]:
    """The sources of each list, one for each label of each entry."""
    addresses = {definition.label: _defined(layout, definition) for definition in layout.definitions}
    return [tuple(_of_listing(layout, listing, addresses)) for listing in listings]


def _of_listing(layout: Structure, listing: SourceListCandidate, addresses: Mapping[str, Field]) -> Iterator[Source]:
    rendered = _rendered(layout, listing)
    counted = _lazily_numbered(listing)
    for listed in listing.listed:
        yield from _of_entry(layout, listing, listed, addresses, rendered, counted)


def _of_entry(
    layout: Structure,
    listing: SourceListCandidate,
    listed: BoundedEntry,
    addresses: Mapping[str, Field],
    rendered: Mapping[int, int],
    counted: bool,
) -> Iterator[Source]:
    words = listed.text.of(layout.text)
    told = words
    if "<!--" in words and listed.text.start + words.index("<!--") in layout.verbatim:  # not in plain text
        told, words = _COMMENT.sub(lambda comment: " " * len(comment[0]), words), _COMMENT.sub("", words)
    if listed.entry is None:
        place = Span(listed.span.start, listed.span.start)
        yield Source(None, None, listed.span, place, words, listed.text, record(told, listed.text.start))
        return
    for name, span in listed.entry.labels:
        footnote = listing.kind is ListKind.FOOTNOTES
        label = name if footnote else display_label(name)  # `[^01]` and `[^1]` are two notes
        shown = rendered.get(listed.entry.label_span.start)
        label = str(shown) if shown is not None and counted else label
        address = addresses.get(name) if not footnote and "://" not in words else None
        if linked := _LINKED_LABEL.match(layout.text, span.end, listed.entry.label_span.end):
            address = Field(linked[1], Span(*linked.span(1)))
        yield Source(
            label=label,
            key=Key(FOOTNOTES if footnote else 0, normalize_label(label)),
            span=listed.span,
            label_span=span,
            text=words,
            text_span=listed.text,
            record=record(told, listed.text.start, address),
            rendered=shown,
        )


def _defined(layout: Structure, definition: Definition) -> Field:
    """The address of a link definition; where it is written with escapes, at the whole of the definition."""
    start = layout.text.find(definition.address, *definition.span)
    found = Span(start, start + len(definition.address)) if start >= 0 else definition.span
    return Field(definition.address, found)


def _lazily_numbered(listing: SourceListCandidate) -> bool:
    """Whether all entries are written with one number, as Markdown allows: `1.` `1.` `1.`."""
    labels = listing.labels
    return len(labels) > 1 and len(set(labels)) == 1


def _rendered(layout: Structure, listing: SourceListCandidate) -> dict[int, int]:
    """The number shown for each entry that Markdown counts itself, by where its label begins."""
    return {
        listed.entry.label_span.start: layout.items[listed.entry.label_span.start]
        for listed in listing.listed
        if listed.entry and listed.entry.traits.counted and listed.entry.label_span.start in layout.items
    }
