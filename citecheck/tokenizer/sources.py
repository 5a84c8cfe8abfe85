"""Sources: the entries of a list with their labels, their words and what the words tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

from citecheck.document import FOOTNOTES, Key, ListKind, Source
from citecheck.formats.layout import Layout
from citecheck.text import Span
from citecheck.tokenizer.entries import Form
from citecheck.tokenizer.labels import normalised, written
from citecheck.tokenizer.lists import Listed, Listing
from citecheck.tokenizer.records import record

_COMMENT = regex.compile(r"<!--(?:[^-]|-(?!->))*+-->")
_LINKED_LABEL = regex.compile(r"\]\(([^()\s]+)\)")
_FORMS_MARKDOWN_COUNTS = frozenset({Form.DOT})


def sources(layout: Layout, listing: Listing) -> tuple[Source, ...]:
    """The sources of a list, one for each label of each entry."""
    addresses = {definition.label: definition.address for definition in layout.definitions}
    restarted = _rendered(layout, listing)
    return tuple(source for listed in listing.listed for source in _of_entry(layout, listing, listed, addresses, restarted))


def _of_entry(
    layout: Layout, listing: Listing, listed: Listed, addresses: Mapping[str, str], rendered: Mapping[int, int]
) -> Iterator[Source]:
    words = _COMMENT.sub("", listed.text.of(layout.text)) if layout.comments else listed.text.of(layout.text)
    if listed.entry is None:
        yield Source(None, None, listed.span, Span(listed.span.start, listed.span.start), words, listed.text, record(words))
        return
    linked = _LINKED_LABEL.search(layout.text, *listed.entry.label_span)
    for name, span in listed.entry.labels:
        label = written(name)
        shown = rendered.get(listed.entry.label_span.start)
        number = shown if shown is not None and _lazily_numbered(listing) else None
        label = str(number) if number is not None else label
        footnote = listing.kind is ListKind.FOOTNOTES
        address = linked[1] if linked else addresses.get(name) if not footnote and "://" not in words else None
        yield Source(
            label=label,
            key=Key(FOOTNOTES if footnote else 0, normalised(label)),
            span=listed.span,
            label_span=span,
            text=words,
            text_span=listed.text,
            record=record(words, address),
            rendered=shown,
        )


def _lazily_numbered(listing: Listing) -> bool:
    """Whether all entries are written with one number, as Markdown allows: `1.` `1.` `1.`."""
    labels: Sequence[str] = listing.labels
    return len(labels) > 1 and len(set(labels)) == 1


def _rendered(layout: Layout, listing: Listing) -> dict[int, int]:
    """The number shown for each entry that Markdown counts itself, by where its label begins."""
    return {
        listed.entry.label_span.start: layout.items[listed.entry.label_span.start]
        for listed in listing.listed
        if listed.entry and listed.entry.form in _FORMS_MARKDOWN_COUNTS and listed.entry.label_span.start in layout.items
    }
