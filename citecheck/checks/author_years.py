"""Citations by author and year: CC117 to CC119 and CC211, and what CC101 says of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from citecheck.checks.families import Checks
from citecheck.checks.messages import absent, listed
from citecheck.model.author_years import AuthorYear, Verdict
from citecheck.model.citations import AUTHORS, Syntax
from citecheck.model.document import Document, per_document
from citecheck.model.findings import Edit, Finding, Fix, Fold, RelatedSpan, Safety
from citecheck.model.sources import ListKind, Source
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_SHOWN = 3  # entries that a message names
_LEADING = lazy_regex(r"^(?:<[^<>]*>|[^\p{L}\p{N}—–_-])+")
_AGAIN = lazy_regex(r"^[\s>*_•+-]*(?:[-—–―⸺]|_)(?:[-—–―⸺]|_)")
_FEWEST = 4  # entries of a list that is in an order
_LONGEST_KEY = 60  # code points of an entry that are compared


@per_document
def readings(document: Document) -> Mapping[Span, AuthorYear]:
    """How each citation by author and year was decided, by where its label is."""
    decided = document.author_years.readings if document.author_years else ()
    return {reading.citation.span: reading for reading in decided}


def undefined(reading: AuthorYear, document: Document, span: Span) -> Finding:
    """A finding at a place that a citation names no entry, with the entries that may have been meant."""
    label = reading.citation.label
    message = absent(label, Syntax.AUTHOR_YEAR)
    related: tuple[RelatedSpan, ...] = ()
    if reading.near:
        names = [near.label for near in reading.near]
        message += f"; the list has {listed(names, limit=_SHOWN)}"
        related = tuple(RelatedSpan(near.span, f"this is {near.label}") for near in reading.near)
    return Finding(span, message, label=label, related=related, fix=_correction(reading, document))


def _correction(reading: AuthorYear, document: Document) -> Fix | None:
    """The fix that names the one entry which a citation may have been meant for, where nothing else cites it."""
    if len(reading.near) != 1:
        return None
    (near,) = reading.near
    own = reading.citation
    cited = [*document.cited.get(near.key, ()), *document.cited.get(own.key, ())]
    if any(citation.span != own.span for citation in cited):
        return None
    folds = (Fold(own.span, document.listed[near.key][0].span),)
    return Fix(f"write {near.instead}", (Edit(near.place, near.instead),), Safety.UNSAFE, folds)


def possible_undefined_citation(document: Document) -> Iterator[Finding]:
    """CC119: a name and a year that no entry has, on weaker evidence than CC101 asks for."""
    for reading in document.author_years.readings if document.author_years else ():
        if reading.verdict is Verdict.POSSIBLE:
            yield undefined(reading, document, reading.span)


def et_al_mismatch(document: Document) -> Iterator[Finding]:
    """CC117: a citation says "et al." of a work that has one or two authors."""
    for reading in document.author_years.readings if document.author_years else ():
        if reading.authors is not None:
            sources = document.listed.get(reading.citation.key, ())
            people = "a single author" if reading.authors == 1 else "two authors"
            message = f"“et al.” represents several authors, and {reading.citation.label} has {people}"
            related = tuple(RelatedSpan(source.text_span, "the entry") for source in sources)
            yield Finding(reading.span, message, label=reading.citation.label, related=related)


def coauthor_mismatch(document: Document) -> Iterator[Finding]:
    """CC118: a co-author is spelt otherwise in the text than in the list."""
    for reading in document.author_years.readings if document.author_years else ():
        if reading.misnamed:
            place, name = reading.misnamed
            written = place.of(document.text)
            sources = document.listed.get(reading.citation.key, ())
            message = f"{written} is {name} in the list"
            related = tuple(RelatedSpan(source.text_span, "the entry") for source in sources)
            yield Finding(place, message, label=reading.citation.label, related=related)


def unsorted_author_list(document: Document) -> Iterator[Finding]:
    """CC211: a single entry of a list by author is out of order; a list with several is not in that order."""
    for listing in document.source_lists:
        if listing.kind is not ListKind.AUTHORS or listing.numbering != AUTHORS:
            continue
        entries = [source for source in listing.sources if not _AGAIN.match(source.text)]
        keys = [_sorted_by(source) for source in entries]
        breaks = [place for place, (one, other) in enumerate(pairwise(keys), start=1) if one > other]
        if len(keys) < _FEWEST or len(breaks) != 1:
            continue
        place = _displaced(keys, breaks[0])
        if place is not None:
            source = entries[place]
            name = source.label or "this entry"
            message = f"{name} is out of order in a list sorted by author"
            before = entries[place - 1] if place else entries[1]
            related = (RelatedSpan(before.text_span, "its neighbour"),)
            yield Finding(source.span, message, label=source.label, related=related)


def _displaced(keys: Sequence[str], place: int) -> int | None:
    """Which of two neighbours in the wrong order is to be taken out so that all others are in order."""
    for each in (place, place - 1):
        rest = [*keys[:each], *keys[each + 1 :]]
        if all(one <= other for one, other in pairwise(rest)):
            return each
    return None


def _sorted_by(source: Source) -> str:
    """The first surname of an entry as it is sorted by, without accents and signs."""
    words = _LEADING.sub("", source.text)[:_LONGEST_KEY].casefold()
    head = words.split(",")[0].split("(")[0]
    plain = unicodedata.normalize("NFKD", head)
    return "".join(filter(str.isalnum, plain))


CHECKS: Final[Checks] = {
    "CC117": et_al_mismatch,
    "CC118": coauthor_mismatch,
    "CC119": possible_undefined_citation,
    "CC211": unsorted_author_list,
}
