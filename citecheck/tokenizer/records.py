"""Records: what an entry's own words tell of a source. Nothing is invented: what is not written is None."""

from __future__ import annotations

from citecheck.document import Field, Record
from citecheck.patterns import lazy
from citecheck.text import Span
from citecheck.tokenizer.dates import dates, of_access
from citecheck.tokenizer.identifiers import identifiers, urls
from citecheck.tokenizer.titles import Naming, naming

_BRACKETED_DAY = lazy(r"\[(?=\d{4}-\d\d?-\d\d?\])")  # GB/T 7714 writes the day of access so, last
_HOLE = "\ufffc"  # OBJECT REPLACEMENT CHARACTER, which no word, number or space is
_LONGEST = 2_000  # code points of an entry that are read; more is an annotation


def record(text: str, offset: int, address: Field | None = None) -> Record:
    """What the text of an entry tells; it begins at an offset of its document.

    `address` is one that its label carries or its definition gives.
    """
    text = text[:_LONGEST]
    addresses = tuple(urls(text, offset))
    words = _blanked(text, addresses, offset)
    named = naming(words)
    published, accessed = _dates(words, offset, named)
    return Record(
        title=_field(words, named.title, offset),
        author=_field(words, named.author, offset),
        container=_field(words, named.container, offset),
        publisher=_field(words, named.publisher, offset),
        date=published,
        accessed=accessed,
        urls=(address, *addresses) if address else addresses,
        **identifiers(text, offset),
    )


def _blanked(text: str, addresses: tuple[Field, ...], offset: int) -> str:
    """The text, place for place, with holes for addresses: what stands in them is no title and no date."""
    pieces: list[str] = []
    end = 0
    for _, span in addresses:
        start, stop = span.start - offset, span.end - offset
        pieces += [text[end:start], _HOLE * (stop - start)]
        end = stop
    return "".join([*pieces, text[end:]]) if pieces else text


def _dates(words: str, offset: int, named: Naming) -> tuple[Field | None, Field | None]:
    """When it was published, and when a reader looked.

    A date within a title is part of the title; but nobody puts a day into one that is only what was left of the words.
    Of several dates the most precise is taken, of those the first.
    """
    published: list[Field] = []
    accessed: Field | None = None
    title = named.title or Span(0, 0)
    for date in dates(words, offset):
        start, end = date.span.start - offset, date.span.end - offset
        if of_access(words, start) or (words[start - 1 : start] == "[" and _BRACKETED_DAY.match(words, start - 1)):
            accessed = accessed or date
        elif not title.covers(Span(start, end)) or (named.free and len(date.value) > len("2023-03")):
            published.append(date)
    return max(published, key=lambda date: len(date.value), default=None), accessed


def _field(words: str, span: Span | None, offset: int) -> Field | None:
    """A part of the words as a field, its value without line breaks."""
    if span is None:
        return None
    return Field(" ".join(span.of(words).split()), Span(offset + span.start, offset + span.end))
