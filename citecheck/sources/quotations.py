"""Quotations: whether a text has quoted words, by exact match of folded segments in their order.

An ellipsis parts a quotation into segments. What an author adds or alters is in square brackets: it is first taken
for the source's own words, and only then for an alteration. No score decides: the passage that is nearest explains.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

import regex

from citecheck.lexicon import phrases, words_of
from citecheck.sources.folding import NUMBER_SIGN, Folded, Run, tidy
from citecheck.sources.source_text import SourceText
from citecheck.text.patterns import lazy_regex

_FARTHEST: Final = 400  # words that an ellipsis may represent: about a page
_ALTERED: Final = 12  # words that an alteration in brackets may represent
_TRIED: Final = 500  # places where the first segment is, from which the others are looked for
_SLACK: Final = 4  # words by which a nearest passage may be longer than what is quoted
_CLOSE: Final = 0.5  # the share of the quoted words that the nearest passage has, to be worth showing

_CONDITIONS: Final = frozenset(phrases("quotations.conditions"))
_END = lazy_regex(r"[.!?;。！？]")
_ELLIPSIS = lazy_regex(r"[\[(] ?(?:\.{2,5}|…|\. \. \.(?: \.)?) ?[\])]|\. \. \.(?: \.)?|\.{3,5}|…")
_ADDED = lazy_regex(rf"[\[(](?:{words_of('quotations.added').pattern})[^\[\]()]{{0,40}}[\])]", regex.IGNORECASE)
_MARKER = lazy_regex(r"\[\d{1,3}(?:, ?\d{1,3}){0,9}\]")
_BRACKETS = lazy_regex(r"[\p{L}\p{M}']*+\[([^\[\]]{0,80})\][\p{L}\p{M}']*+")
_SPELT = lazy_regex(r"\p{L}{1,2}")


class Match(StrEnum):
    """How a text has a quotation."""

    FOUND = "found"
    SIGNS = "signs"  # its letters and digits, but other signs beside digits
    ORDER = "order"  # each of its segments, in another order
    MISSING = "missing"


class Passage(NamedTuple):
    """A passage of a source: what it says before, the words themselves, and what comes next."""

    prefix: str
    exact: str
    suffix: str


class Quoted(NamedTuple):
    """What a text has of a quotation: `first` and `last` bound the words in `text`, where it has them."""

    match: Match
    text: Folded
    first: int = 0
    last: int = 0
    gaps: tuple[tuple[int, int], ...] = ()

    def passage(self, around: int = 120) -> Passage:
        """The passage, with so many code points on either side at most, and whole words."""
        return passage_at(self.text.text, self.text.places[self.first][0], self.text.places[self.last - 1][1], around)


def passage_at(text: str, start: int, end: int, around: int = 120) -> Passage:
    """What a text has from one offset to another, with so many code points on either side at most, and whole words."""
    first, last = max(0, start - around), min(len(text), end + around)
    if first:
        first = max(first, min(start, text.find(" ", first - 1, start) + 1))
    if last < len(text):
        last = max(end, text.rfind(" ", end, last + 1))
    return Passage(text[first:start], text[start:end], text[end:last])


class Nearest(NamedTuple):
    """The passage of a text that is most like a quotation, and the words in which the two differ.

    `around` is the passage with a few words on either side.
    """

    passage: str
    around: str
    theirs: tuple[str, ...]
    ours: tuple[str, ...]


class _Gap(NamedTuple):
    """What may come between two segments: so many words, and numbers among them or not."""

    words: int
    numbers: bool = True


class _Segments(NamedTuple):
    """The runs of a quotation's segments, and the gap between each and the next."""

    runs: tuple[Run, ...]
    gaps: tuple[_Gap, ...]


def quoted(quotation: str, source: SourceText) -> Quoted:
    """How the text of a source has a quotation, which is given without its quotation marks."""
    readings = list(_readings(quotation))
    texts = [source.whole] if source.unmarked is source.whole else [source.whole, source.unmarked]
    for reading in readings:
        kept = all(gap.numbers for gap in reading.gaps)
        for text in texts if kept else texts[:1]:  # what may be a marker may be the number that is replaced
            if found := _placed(reading, text):
                return found
    for reading in readings:
        plain = all(gap.numbers for gap in reading.gaps)
        if plain and len(reading.runs) > 1 and all(texts[-1].run.find(run) for run in reading.runs):
            return Quoted(Match.ORDER, texts[-1])
    if readings and _without_signs(readings[0], texts[-1].run.without_signs()):
        return Quoted(Match.SIGNS, texts[-1])
    return Quoted(Match.MISSING, texts[-1])


def condition_cut(found: Quoted) -> str | None:
    """The word that a quotation leaves out and that turns its statement round, or binds it: `not`, `unless`.

    It is in what an ellipsis swallows, or immediately before or after the words that are quoted, in their sentence.
    """
    words = found.text.words
    for first, last in found.gaps:
        for word in words[first:last]:
            if word in _CONDITIONS:
                return word
    for place, inside in ((found.last, found.last - 1), (found.first - 1, found.first)):
        if 0 <= place < len(words) and words[place] in _CONDITIONS and not _ends_between(found.text, place, inside):
            return words[place]
    return None


def _ends_between(text: Folded, one: int, other: int) -> bool:
    """Whether a sentence ends between two words that follow each other."""
    (_, end), (start, _) = sorted((text.places[one], text.places[other]))
    return _END.search(text.text, end, start) is not None


def _readings(quotation: str) -> Iterator[_Segments]:
    """A quotation as it is written; without what its author added; with what he altered in brackets as a gap."""
    plain = tidy(quotation)
    yield from _segments([plain])
    if "[" not in plain and "(" not in plain:
        return
    bare = _MARKER.sub(" ", _ADDED.sub(" ", plain))
    if bare != plain:
        yield from _segments([bare])
    if "[" in bare:
        yield from _segments(list(_around_alterations(bare)))


def _around_alterations(plain: str) -> Iterator[str | _Gap]:
    """The parts of a quotation around what is in brackets; `[t]he` is a letter of its word."""
    start = 0
    for bracket in _BRACKETS.finditer(plain):
        spelt = _SPELT.fullmatch(bracket[1]) and len(bracket[0]) > len(bracket[1]) + 2
        if spelt or _ELLIPSIS.fullmatch(f"[{bracket[1]}]"):
            continue
        digits = any(map(str.isdigit, bracket[1]))
        inside = Folded(plain[: bracket.start()]).words and Folded(plain[bracket.end() :]).words
        if digits and not inside:
            continue  # nobody could tell what it replaces
        yield plain[start : bracket.start()]
        yield _Gap(_ALTERED, numbers=not digits)  # a number in brackets may be added, and replaces none
        start = bracket.end()
    yield plain[start:]


def _segments(parts: Sequence[str | _Gap]) -> Iterator[_Segments]:
    """The segments of a quotation, if there are words in it."""
    runs: list[Run] = []
    gaps: list[_Gap] = []
    pending: _Gap | None = None
    for part in parts:
        if isinstance(part, _Gap):
            pending = part
            continue
        for place, piece in enumerate(_ELLIPSIS.split(part)):
            if place:
                pending = _Gap(_FARTHEST)
            if (run := Folded(piece.strip()).run).words:
                if runs:
                    gaps.append(pending or _Gap(0))
                runs.append(run)
                pending = None
    if runs:
        yield _Segments(tuple(runs), tuple(gaps))


def _placed(reading: _Segments, text: Folded) -> Quoted | None:
    """Where a text has the segments in their order, none farther from the next than its gap allows."""
    start = 0
    for _ in range(_TRIED):
        found = text.run.find(reading.runs[0], start)
        if found is None:
            return None
        places = _following(reading, text, found)
        if places:
            gaps = tuple((one[1], other[0]) for one, other in pairwise(places))
            return Quoted(Match.FOUND, text, places[0][0], places[-1][1], gaps)
        start = found[0] + 1
    return None


def _following(reading: _Segments, text: Folded, first: tuple[int, int]) -> list[tuple[int, int]]:
    """The places of all segments from that of the first on; none where one is missing, or too far."""
    places = [first]
    for run, gap in zip(reading.runs[1:], reading.gaps, strict=True):
        behind = places[-1][1]
        if behind >= len(text.words):
            return []
        found = text.run.find(run, behind)
        if found is None or found[0] - behind > gap.words:
            return []
        if not gap.numbers and any(word[0] == NUMBER_SIGN for word in text.words[behind : found[0]]):
            return []
        places.append(found)
    return places


def _without_signs(reading: _Segments, text: Run) -> bool:
    return all(text.find(run.without_signs()) for run in reading.runs)


def nearest(quotation: str, text: Folded) -> Nearest | None:
    """The passage that has most of the words of a quotation; None where it has less than half of them.

    Rare words count more than common ones. It explains a verdict, and never makes one.
    """
    ours = Folded(_ELLIPSIS.sub(" ", tidy(quotation))).words
    window = _window(ours, text)
    if window is None:
        return None
    theirs = text.words[window[0] : window[1]]
    blocks = [
        block for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks() if block.size
    ]
    if sum(block.size for block in blocks) < _CLOSE * len(ours):
        return None
    first = max(0, blocks[0].b - blocks[0].a)  # as many words before the first common one as are quoted before it
    last = min(len(theirs), blocks[-1].b + len(ours) - blocks[-1].a)
    theirs = theirs[first:last]
    common = Counter(ours) & Counter(theirs)
    return Nearest(
        text.passage(window[0] + first, window[0] + last),
        text.passage(max(0, window[0] + first - _SLACK), min(len(text.words), window[0] + last + _SLACK)),
        tuple(Counter(theirs) - common),
        tuple(Counter(ours) - common),
    )


def _window(ours: Sequence[str], text: Folded) -> tuple[int, int] | None:
    """The run of words that has most of some words, by their rarity."""
    places = defaultdict[str, list[int]](list)
    wanted = set(ours)
    for place, word in enumerate(text.words):
        if word in wanted:
            places[word].append(place)
    weights = {word: 1 / len(each) for word, each in places.items()}
    length = len(ours) + _SLACK
    inside: deque[tuple[int, str]] = deque()
    counts = Counter[str]()
    best, score, weight = 0, 0.0, 0.0
    for place, word in sorted((place, word) for word, each in places.items() for place in each):
        inside.append((place, word))
        counts[word] += 1
        weight += weights[word] if counts[word] == 1 else 0.0
        while inside[0][0] <= place - length:
            _, gone = inside.popleft()
            counts[gone] -= 1
            weight -= weights[gone] if not counts[gone] else 0.0
        if weight > score + 1e-9:
            best, score = inside[0][0], weight
    if not places:
        return None
    return max(0, best - _SLACK), min(len(text.words), best + length)
