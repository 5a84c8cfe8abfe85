"""Names as they are compared, and the names that an entry may be cited by."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from citecheck.lexicon import phrases, words_of
from citecheck.text.patterns import lazy_regex

PARTICLES: Final = frozenset(phrases("authors.particles", "names.particles"))
_ARTICLES: Final = frozenset(phrases("authors.articles"))
ORGANISATIONS: Final = frozenset(phrases("authors.organisations"))
_OTHER_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "a", "œ": "o"})
_UMLAUTS: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"))  # `Mueller` and `Müller` are one
_NOT_COMPARED = lazy_regex(r"[^\p{L}\p{N}]+")
_WORD = lazy_regex(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’\u02bc‐‑-]*+\.?")
_AND: Final = words_of("joining.and", "authors.and")
JOINING: Final = rf"(?:&|\s(?:{_AND.spaced})\s)"
UNSPACED_JOINING: Final = rf"(?:{_AND.unspaced}|、)"
_OTHERS: Final = words_of("names.others", "authors.others").across_lines()
OTHERS: Final = rf"(?:(?:{_OTHERS.spaced})(?!\w)|et\.? al\b\.?|{_OTHERS.unspaced})"
_HEAD = lazy_regex(rf"[,;/:(\[，；：、（［&]|\s(?:{_AND.spaced})\s|\s[–—-]\s|{_AND.unspaced}|\s?{OTHERS}")
_INITIALS = lazy_regex(r"(?:\p{Lu}\p{M}?\.?[-‐]?){1,3}")
_FOLLOWING_INITIALS = lazy_regex(r"[\s,]*(?:\p{Lu}\.?[\s-]?){1,4}(?![\p{Ll}\p{M}])")
_GIVEN = lazy_regex(r",\s*\p{Lu}[\p{L}\p{M}'’.-]*")
_BEHIND = lazy_regex(r"[,\s]+(?:\p{Lu}[\p{L}\p{M}.-]*+\s){1,3}(?P<particles>(?:\p{Ll}++\s?){1,3}+)")
_ACRONYM = lazy_regex(r"[(\[（]\s*(\p{Lu}[\p{Lu}\p{Ll}&-]{1,9})\s*[)\]）]")
_ELIDED = lazy_regex(r"\p{Ll}{1,4}['’](?=\p{Lu})")
_EAST = lazy_regex(r"[\p{Han}\p{Hiragana}\p{Katakana}\u30fc]{1,12}")
_MOST_WORDS: Final = 3  # of a surname
_AUTHOR = r"\p{Lu}[\p{L}\p{M}'’-]+(?:\s\p{Lu}[\p{L}\p{M}'’-]+)?,\s(?:\p{Lu}\.?[\s-]?){1,4}"
_COUNTABLE = lazy_regex(
    rf"\s*(?P<author>{_AUTHOR})(?:(?:[,;]\s?)?(?:&\s|/|(?:{_AND.spaced})\s)?(?P<author>{_AUTHOR})){{0,9}}\s*"
)


class FirstAuthor(NamedTuple):
    """Whom an entry is listed under: the name as a label shows it, and all names as compared that may be cited."""

    shown: str
    variants: frozenset[str]


@lru_cache(maxsize=4_096)  # a text says the same few names again and again
def folded(name: str) -> str:
    """A name as it is compared: letters and digits in lower case, without accents; umlauts as plain vowels."""
    plain = name.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(filter(lambda each: not unicodedata.combining(each), plain)).translate(_OTHER_LETTERS)
    plain = _NOT_COMPARED.sub("", plain)
    for pair, vowel in _UMLAUTS:
        plain = plain.replace(pair, vowel)
    return plain


def words(text: str) -> list[str]:
    """The words of names, initials among them."""
    return _WORD.findall(text)


def is_initials(word: str) -> bool:
    """Whether a word is only the initials of given names: `H.`, `J-P.`, `HK`."""
    return _INITIALS.fullmatch(word) is not None


def without_possessive(name: str) -> str:
    """A name without the ending of a possessive: `Lund’s`, `Torres’`."""
    for ending in ("'s", "’s", "\u02bcs", "'", "’"):
        if name.endswith(ending):
            return name[: -len(ending)]
    return name


def first_author(segment: str) -> FirstAuthor | None:
    """Whom the names that an entry begins with put first; None where there is no name."""
    head = _HEAD.search(segment)
    name = (segment[: head.start()] if head else segment).strip(" .,\t\n*_")
    rest = segment[head.start() :] if head else ""
    if east := _EAST.match(name):
        return FirstAuthor(east[0], frozenset(_east_variants(east[0])))
    every = words(name)
    own = [word for word in every if not (is_initials(word) and len(every) > 1 and not name.isupper())] or every
    if not own or not any(map(str.isalpha, own[0])):
        return None
    variants = {folded(name), folded(" ".join(own))}
    if _is_organisation(own):
        return FirstAuthor(" ".join(name.split()), frozenset({*variants, *_of_organisation(own, rest)} - {""}))
    inverted = head is not None and head[0] == "," and (_FOLLOWING_INITIALS.match(rest) or _GIVEN.match(rest))
    surname = [word for place, word in enumerate(own) if place or word.casefold() not in PARTICLES] or own
    variants |= {folded(" ".join(surname)), folded(surname[0]), folded(surname[-1])}
    variants |= set(_with_particles(own))
    if elided := _ELIDED.match(own[0]):
        variants.add(folded(" ".join([own[0][elided.end() :], *own[1:]])))
    if inverted and (behind := _BEHIND.match(rest)):
        before = [word for word in behind["particles"].split() if word in PARTICLES]
        variants |= {folded(" ".join([*before[place:], *own])) for place in range(len(before))}
    if acronym := _ACRONYM.match(rest):
        variants.add(folded(acronym[1]))
    shown = own if inverted or len(own) < len(every) else own[_natural_surname(own) :]
    return FirstAuthor(" ".join(shown), frozenset(variants - {""}))


def _east_variants(name: str) -> Iterator[str]:
    yield folded(name)
    if len(name) > _MOST_WORDS:
        yield folded(name[:2])


def _is_organisation(own: Sequence[str]) -> bool:
    lower = [word.casefold().strip(".") for word in own]
    small = any(word.islower() and each not in PARTICLES for word, each in zip(own, lower, strict=True))
    return len(own) > 1 and (small or len(own) > _MOST_WORDS + 1 or any(each in ORGANISATIONS for each in lower))


def _of_organisation(own: Sequence[str], rest: str) -> Iterator[str]:
    """What an organisation is cited by besides its whole name: its acronym, or the name without its article."""
    capitals = [word for word in own if word[0].isupper()]
    if own[0].casefold() in _ARTICLES:
        yield folded(" ".join(own[1:]))
    yield folded("".join(word[0] for word in capitals))
    yield folded("".join(word[0] for word in own))
    if own[0].isupper() and len(own[0]) > 1:
        yield folded(own[0])
    if acronym := _ACRONYM.match(rest):
        yield folded(acronym[1])


def _with_particles(own: Sequence[str]) -> Iterator[str]:
    """The surname at the end of a name in natural order, with the particles before it."""
    start = _natural_surname(own)
    for place in range(start, len(own)):
        yield folded(" ".join(own[place:]))


def _natural_surname(own: Sequence[str]) -> int:
    """Where the surname begins in `Ursula von der Leyen`."""
    start = len(own) - 1
    while start and own[start - 1].casefold() in PARTICLES:
        start -= 1
    return start


def author_count(segment: str) -> int | None:
    """How many authors are named, where all of them are by surname and initials; None where nobody can tell."""
    found = _COUNTABLE.fullmatch(segment)
    return len(found.captures("author")) if found else None


def is_east_asian(text: str) -> bool:
    """Whether a text is in Chinese or Japanese characters."""
    return _EAST.match(text) is not None
