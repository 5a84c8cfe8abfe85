"""Which words of a document are quoted from a source: where they are, how they read without markup, who is cited."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final, NamedTuple

import regex

from citecheck.model.citations import Marker
from citecheck.model.claims import Claim
from citecheck.model.document import Document
from citecheck.sources.folding import folded
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_FEWEST: Final = 4  # words; fewer are a name or a term
_TITLED: Final = 0.75  # the share of words with a capital that makes a title of them
_SMALL: Final = 3  # letters of a word that has no capital in a title
_LONGEST: Final = 3_000  # code points of a quotation; a longer pair of marks belongs to two quotations

_PAIRS: Final = (("“", "”"), ("«", "»"), ("»", "«"), ("„", "“”"), ("「", "」"), ("『", "』"))
_QUOTED = lazy_regex(
    "|".join(rf"{start}(?P<words>[^{start}{end}]{{8,{_LONGEST}}})[{end}]" for start, end in _PAIRS)
    + rf"|``(?P<words>[^`]{{8,{_LONGEST}}}?)''"
    + rf"|(?<![\w\"])\"(?=\S)(?P<words>[^\"]{{8,{_LONGEST}}})(?<=\S)\"(?!\w)"
    + r"|(?<![\w‘])‘(?P<words>[^‘’]{8,600}(?:’\w[^‘’]{0,600}){0,20})’(?!\w)"
)
_MARKUP = lazy_regex(
    r"</?[a-zA-Z][^<>]{0,300}>|\]\([^()\s]{0,2000}\)|\]\[[^\[\]]{0,200}\]|\\[A-Za-z@]{1,30}\*?|[{}]|\\(?=[^\w\s])"
)
_LINE_SIGNS = lazy_regex(r"(?<=\n)[ \t]*(?:>[ \t]?)+")  # of a block quotation that goes on
_BETWEEN: Final = ' \t\r\n.,;:!?…)"”’»*_'
_WORD = lazy_regex(r"\p{L}[\p{L}\p{M}'’-]*")


class Quotation(NamedTuple):
    """Words in quotation marks that a claim takes from its sources.

    `span` includes the marks. `words` are without markup and markers. `markers` name the sources that it may be from.
    """

    span: Span
    words: str
    markers: tuple[Marker, ...]


def quotations(document: Document) -> Iterator[Quotation]:
    """The quotations of a document that a marker supports; no titles, and no words that its list of sources has."""
    claims = document.claims
    starts = [claim.span.start for claim in claims]
    listed = [folded(source.text).run for source in document.sources]
    text = document.structure.text
    for block in document.blocks:
        found = [
            each
            for each in _QUOTED.finditer(text, block.start, block.end)
            if each.start() not in document.structure.opaque
        ]
        ends = [each.end() for each in found]
        for match in found:
            place = bisect_right(starts, match.end() - 1) - 1
            if place < 0 or not (markers := _own(claims[place], match, ends, text)):
                continue
            words = wording(document, Span(*match.span("words")))
            run = folded(words).run
            if _is_quotation(words) and not any(each.find(run) for each in listed):
                yield Quotation(Span(*match.span()), words, markers)


def wording(document: Document, span: Span) -> str:
    """The words of a span without markers and markup."""
    text = document.structure.text
    pieces, start = [], span.start
    for marker in document.markers:
        if marker.span.end > span.start and marker.span.start < span.end:
            pieces.append(text[start : marker.span.start])
            start = max(start, marker.span.end)
    pieces.append(text[start : span.end])
    bare = _MARKUP.sub("", _LINE_SIGNS.sub("", " ".join(pieces)))
    return unescape(bare) if document.structure.conventions.rendered else bare


def _own(claim: Claim, match: regex.Match[str], ends: Sequence[int], text: str) -> tuple[Marker, ...]:
    """The markers that say where a quotation is from: the first ones after it, and those before it in its sentence.

    Not those before it that close another quotation, nor those after the first ones: they support what follows.
    """
    before = [
        marker for marker in claim.markers if marker.span.end <= match.start() and not _closes(marker, ends, text)
    ]
    behind = [marker for marker in claim.markers if marker.span.start >= match.end() - 1]
    inside = [marker for marker in claim.markers if match.start() < marker.span.start < match.end() - 1]
    first: list[Marker] = []
    for marker in behind:
        if first and text[first[-1].span.end : marker.span.start].strip(_BETWEEN + "-–,"):
            break
        first.append(marker)
    return (*before, *inside, *first)


def _closes(marker: Marker, ends: Sequence[int], text: str) -> bool:
    """Whether only punctuation parts a marker from the end of a quotation before it."""
    place = bisect_right(ends, marker.span.start) - 1
    return place >= 0 and not text[ends[place] : marker.span.start].strip(_BETWEEN)


def _is_quotation(words: str) -> bool:
    """Whether so many words are quoted, and not as a title is, that their source must have them."""
    every = _WORD.findall(words)
    unspaced = len(words) >= 2 * _FEWEST and any(each > "\u2e80" for each in words)
    capital = sum(1 for word in every if word[0].isupper())
    small = sum(1 for word in every if word[0].islower() and len(word) <= _SMALL)
    return (len(every) >= _FEWEST or unspaced) and capital < _TITLED * (len(every) - small)
