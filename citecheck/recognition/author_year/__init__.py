"""Citations by author and year, against the entries of a list that have names and a year.

entries ──▶ works ──┐
text ──▶ mentions ──┴──▶ decision over the whole document ──▶ markers, uses, readings
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import regex

from citecheck.lexicon import words_of
from citecheck.model.author_years import AuthorYears
from citecheck.model.citations import AUTHORS, Citation, Key, Marker
from citecheck.model.sources import ListKind, Source
from citecheck.model.structure import Structure
from citecheck.recognition.author_year.decide import FEWEST, decide
from citecheck.recognition.author_year.mentions import mentions
from citecheck.recognition.author_year.names import folded
from citecheck.recognition.author_year.works import Work, works
from citecheck.recognition.lists.boundaries import SourceListCandidate
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

_SELECTED = lazy_regex(words_of("authors.selected").whole, regex.IGNORECASE)


class AuthorYearCitations(NamedTuple):
    """What a document cites by author and year: markers, uses that are none, and the labels and keys of entries.

    `lists` are the places of the lists that have these, `whole` those of the lists that are to have all that is cited.
    """

    markers: tuple[Marker, ...]
    uses: tuple[Citation, ...]
    facts: AuthorYears
    labels: Mapping[Span, tuple[str, Key]]
    lists: frozenset[int]
    whole: frozenset[int]


def author_year_citations(
    layout: Structure,
    found: Sequence[SourceListCandidate],
    listed: Sequence[Sequence[Source]],
    *,
    numbered: bool,
) -> AuthorYearCitations | None:
    """What a document cites by author and year; None where it does not.

    `numbered` is whether markers point to entries by their numbers: then numbered lists are not cited otherwise too.
    """
    own = [
        place
        for place, listing in enumerate(found)
        if listing.kind in (ListKind.UNLABELLED, ListKind.READING)
        or (listing.kind is ListKind.NUMBERED and not numbered)
    ]
    every = [(source, work) for place in own for source, work in zip(listed[place], works(listed[place]), strict=True)]
    read = [work for _, work in every if work]
    if len(read) < FEWEST:
        return None
    keys = _keys(read)
    lists = SpanSet([*(listing.span for listing in found), *(source.span for source, _ in every)])
    body = [block.span for block in layout.blocks if block.span.start not in lists]
    if layout.headings:
        body = sorted([*body, *(each.span for each in layout.headings if each.span.start not in lists)])
    unread = [source for source, work in every if work is None]
    whole = frozenset(place for place in own if _is_whole(found[place]))
    text, every_mention = layout.text, [*mentions(layout.text, body, layout.opaque)]
    decided = decide(text, every_mention, read, keys, unread, body, complete=bool(whole))
    if decided is None:
        return None
    labels = {work.source.span: (work.label, keys[work.source.span]) for work in read}
    return AuthorYearCitations(decided.markers, decided.uses, decided.facts, labels, frozenset(own), whole)


def _is_whole(listing: SourceListCandidate) -> bool:
    """Whether a list is to have all that is cited, and is no selection, nor further reading."""
    return listing.kind is not ListKind.READING and not (listing.heading and _SELECTED.search(listing.heading))


def _keys(read: Sequence[Work]) -> dict[Span, Key]:
    """A key for each entry: name, year and letter, and its place among those that agree in all three."""
    keys: dict[Span, Key] = {}
    taken: dict[str, int] = {}
    for work in read:
        name = f"{folded(work.shown)} {work.years[0]}{work.letter}"
        taken[name] = taken.get(name, 0) + 1
        keys[work.source.span] = Key(AUTHORS, name if taken[name] == 1 else f"{name} ({taken[name]})")
    return keys
