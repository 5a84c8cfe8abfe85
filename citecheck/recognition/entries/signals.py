"""What each piece of an entry shows of the field that it belongs to: small named signals.

A signal is what a reader sees at a glance: that a piece is the first, that it is written as a name, that a number
follows, that a word of it is in the lexicon. What they count for is in `weights.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, reduce
from operator import and_, or_

from citecheck.lexicon import phrases, words_of
from citecheck.recognition.entries.pieces import Kind, Piece
from citecheck.text.patterns import lazy_re, lazy_regex

_SETS = {
    "container-word": "fields.containers",
    "publisher-word": "fields.publishers",
    "place-word": "fields.places",
    "genre-word": "fields.genres",
}
_WHOLES = (Kind.QUOTED, Kind.LINKED, Kind.EMPHASISED, Kind.TITLED)
_NOTES = ("titles.notes_behind", "titles.visited")
_INITIALS = lazy_regex(r"(?:\p{Lu}\p{Ll}?\.?[\s-]?){1,4}|\p{Lu}{2,3}")
_TOKEN_OF_NAME = lazy_regex(r"\p{Lu}[\p{L}\p{M}'’.\-]*,?|&")
_JOINERS = frozenset(phrases("joining.and"))
_WITHIN_NAMES = _JOINERS.union(phrases("names.particles", "names.particles_only_before"))
_EDITIONS = frozenset(phrases("entries.editions"))
_SHORT = lazy_regex(  # what some characters alone are, if they are more than a word
    r"(?P<dashes>[-—–_]{2}(?s:.*))|(?P<initials>(?=.{1,12}\Z)(?:(?:\p{Lu}\p{Ll}?\.?[\s-]?){1,4}|\p{Lu}{2,3}))"
    rf"|(?P<others>{words_of('names.others').pattern})|(?P<in_press>(?i:{words_of('entries.in_press').pattern})\.?)"
    r"|(?P<host>(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,12})"
)
_OPENING_WORDS = tuple(
    (name, lazy_regex(rf"(?i:{words_of(*groups).pattern}){behind}"))
    for name, groups, behind in (
        ("in", ("fields.in",), r"(?=[\s:]|$)"),
        ("edited", ("fields.edited",), r"(?!\w)"),
        ("counted", ("fields.counted",), r"\.?\s?(?:\d|[IVXLC]+\b|$)"),
        ("note", _NOTES, r"(?!\w)"),
    )
)
_MARKS = ".,;:()[]'’\"“”"
_LONGEST_SHORT = 40  # code points of what is one thing by itself: dashes, `et al.`, the name of a host
_LONGEST_NAMES = 14  # words in a row that may be names
_LONGEST_SMALL = 7  # code points of a small word and the spaces about it
_YEARS = lazy_re(r"\d{4}\s?[-–‑/]\s*\d{4}")
_FIGURE = lazy_re(r"\d")
_BUCKETS = ("none", "one", "two", "three", "some", "some", "many", "many", "many", "long")


Groups = tuple[tuple[str, ...], tuple[str, ...]]
"""The signals of a piece: in its words, and of what is about it."""


def signals(words: str, found: Sequence[Piece]) -> Iterator[Groups]:
    """The signals of each piece in turn."""
    kinds = {piece.kind for piece in found}
    wholes = tuple([kind for kind in _WHOLES if kind in kinds])
    late = len(found) - 3
    dated, last = False, "start"
    ending = (_ending(words, found[-1].end), "end")
    for place, (kind, start, end, before) in enumerate(found):
        shape = _shape(kind, words[start:end])
        after, then = (found[place + 1].before, found[place + 1].kind) if place <= late + 1 else ending
        where = min(place, 4) if late > -2 else -1
        parting = "a small word" if before == " " and _small(words, start) else before
        yield shape, _context(shape[0], parting, last, after, then, where, place >= late, dated, wholes)
        dated, last = dated or (kind is Kind.DATE and shape[0] != "years"), kind  # a range may be of pages


def _ending(words: str, end: int) -> str:
    return "$." if words[end:].strip()[:1] == "." else "$"


def _small(words: str, start: int) -> bool:
    """Whether a small word precedes a piece, with nothing but a space between: `by 2030`."""
    word = words[max(0, start - _LONGEST_SMALL) : start].rstrip().rpartition(" ")[2]
    return word.islower() and len(word) < _LONGEST_SMALL - 2


@lru_cache(maxsize=16_384)
def _context(
    leading: str,
    before: str,
    last: str,
    after: str,
    then: str,
    place: int,
    late: bool,
    dated: bool,
    wholes: Sequence[Kind],
) -> tuple[str, ...]:
    return (
        *(f"behind {before}", f"behind a {last}", f"{leading} behind {before}"),
        *(f"before {after}", f"before a {then}", f"{leading} before {after}", f"{leading} before a {then}"),
        "alone" if place < 0 else f"number {place + 1}",
        "behind a first date" if dated else "before any date",
        *(("late",) if late else ()),
        *(f"with a part {kind}" for kind in wholes),
    )


@lru_cache(maxsize=4096)
def _shape(kind: Kind, text: str) -> tuple[str, ...]:
    """What the words of a piece show by themselves, first what tells most."""
    if kind is Kind.NUMBER:
        return _number(text)
    if kind is Kind.DATE:
        return _date(text)
    if kind is Kind.ADDRESS:
        return ("address",)
    tokens = text.split()
    if not tokens:
        return (_BUCKETS[0],)
    traits = list(map(_traits, tokens))
    every = reduce(or_, traits)
    written = _written(text, tokens, traits)
    count = _BUCKETS[min(len(tokens), 9)]
    found = [written, count] if kind is Kind.WORDS else [kind, count, f"inner-{written}"]
    if every & _IN_LEXICON:
        found += [name for name, trait in _LEXICON_TRAITS if every & trait]
    if not every & _LOWER:
        found.append("no-lower")
    elif sum([trait & _LOWER for trait in traits]) * 2 > len(tokens):
        found.append("mostly-lower")
    if text[0].islower():
        found.append("begins-lower")
    if text[-1] == "." or ". " in text:
        found.append("shortened")
    if every & _FIGURES:
        found.append("figures")
    if traits[0] & _OPENING:
        found += [name for name, pattern in _OPENING_WORDS if pattern.match(text)]
    if traits[-1] & _EDITION:
        found.append("edition")
    return tuple(found)


def _number(text: str) -> tuple[str, ...]:
    last = text.rstrip(".")[-1]
    named = text[0].isalpha() or (last.isalpha() and (" " in text or not last.isascii()))
    ranged = any(dash in text for dash in "-–—‑−")
    return ("counted-range" if named and ranged else "counted" if named else "range" if ranged else "number",)


def _date(text: str) -> tuple[str, ...]:
    if len(text) <= len("2019a") and text[:4].isdecimal():
        return ("year",)
    return ("years",) if _YEARS.fullmatch(text) else ("day",)


def _written(text: str, tokens: Sequence[str], traits: Sequence[int]) -> str:
    """How a run of words is written: as initials, as a name, as several names, as other words."""
    if len(text) <= _LONGEST_SHORT and (short := _SHORT.fullmatch(text)):
        return str(short.lastgroup).replace("_", "-")
    if len(tokens) > _LONGEST_NAMES:
        return "words"
    name = [trait for trait in traits if trait & _OF_NAME]
    if name and reduce(and_, name) & _NAME:
        ends = (name[0] | name[-1]) & _INITIAL
        if len(name) < len(tokens) and reduce(or_, traits) & _JOINER:
            return "names-initials" if ends else "names"
        if len(tokens) <= 4:
            return "name-initials" if ends and len(name) > 1 else "name" if len(name) < 3 else "name-three"
        return "capitals"
    if not text[0].isascii() and not text[0].isupper() and not text[0].islower():
        return "uncased"
    return "words"


# What a word shows: flags, so that those of several words are joined at once.
_LOWER, _OF_NAME, _NAME, _INITIAL, _JOINER, _FIGURES, _OPENING, _EDITION = (1 << place for place in range(8))
_LEXICON_TRAITS = tuple((name, 1 << (8 + place)) for place, name in enumerate(_SETS))
_IN_LEXICON = sum(trait for _, trait in _LEXICON_TRAITS)


@lru_cache(maxsize=8192)
def _traits(token: str) -> int:
    """What a word shows, be it in whatever entry."""
    plain = token.casefold().strip(_MARKS)
    found = _lexicon().get(plain, 0)
    if token[0].islower():
        found |= _LOWER
    if token[0].isupper() or token not in _WITHIN_NAMES:
        found |= _OF_NAME
    if _TOKEN_OF_NAME.fullmatch(token):
        found |= _NAME
    if _INITIALS.fullmatch(token):
        found |= _INITIAL
    if token in _JOINERS or token == "&":
        found |= _JOINER
    if _FIGURE.search(token):
        found |= _FIGURES
    if plain in _openings():
        found |= _OPENING
    return found | _EDITION if plain in _EDITIONS else found


@cache
def _openings() -> frozenset[str]:
    """The first words of what opens a part of an entry."""
    every = phrases("fields.in", "fields.edited", "fields.counted", *_NOTES)
    return frozenset(phrase.split()[0].strip(_MARKS).casefold() for phrase in every)


@cache
def _lexicon() -> Mapping[str, int]:
    """The traits of the words that the lexicon has."""
    found: dict[str, int] = {}
    for name, trait in _LEXICON_TRAITS:
        for word in phrases(_SETS[name]):
            found[word] = found.get(word, 0) | trait
    return found
