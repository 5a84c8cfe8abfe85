"""The words of an entry in pieces: the runs between the punctuation that may part one field from the next.

What is in quotation marks, in a link, in emphasis or in title brackets is one piece; so are a date and a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import regex

from citecheck.lexicon import phrases
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

BEGINNING = "^"  # what is before the first piece
HOLE = "\ufffc"  # OBJECT REPLACEMENT CHARACTER, which no word, number or space is: represents an address


class Kind(StrEnum):
    """What sets a piece off from the others."""

    WORDS = "words"
    NUMBER = "number"
    DATE = "date"
    ADDRESS = "address"
    QUOTED = "quoted"
    LINKED = "linked"
    EMPHASISED = "emphasised"
    TITLED = "titled"  # in title brackets, 《》

    __hash__ = str.__hash__  # that of an enumeration is written in Python, and slow


class Piece(NamedTuple):
    """A run of words, and the punctuation before it."""

    kind: Kind
    start: int
    end: int
    before: str  # what parts it from the piece before: one sign, `i` for the stop of an initial, `^` at the beginning


_ENCLOSED = lazy_regex(
    r"""
      (?<!!)\[(?P<linked>(?:[^\[\]\n]|\[[^\[\]\n]*\]){1,400}+)\](?:\([^()\n]{0,300}\)|\[[^\[\]\n]{0,99}\])
    | “(?P<quoted>[^“”]{2,400}(?:“[^“”]{2,100}”[^“”]{0,300})?)”
    | (?<![\w"])"(?P<quoted>[^"]{2,400})"(?!\w)
    | «\s?(?P<quoted>[^«»]{2,400}(?:«[^«»]{2,100}»[^«»]{0,300}){0,3}?)\s?»
    | „(?P<quoted>[^„“”]{2,400})[“”]
    | ``(?P<quoted>[^`']{2,400}(?:'(?!')[^`']{1,300}){0,9}+)''
    | (?<=^|[).,:;]\s)'(?P<quoted>(?:[^'\n]|'(?=\w)){8,400}+)'(?=[.,;]|$)
    | (?<![\w‘])‘(?P<quoted>(?:[^‘’]|’(?=\w)){8,400}+)’(?!\w)
    | 「(?P<quoted>[^「」]{2,200})」 | 『(?P<quoted>[^『』]{2,200})』
    | 《(?P<titled>[^《》]{1,200})》
    | (?<![*\w])(?:\*|\*\*(?=[^*\n]{0,40}\p{L})(?![^*\n]{0,80}(?::\*\*|\*\*:)))
      (?P<emphasised>[^*\n]{2,300})\*{1,2}(?!\*)
    | (?<![_\w])_(?P<emphasised>[^_\n]{2,300})_(?!\w)
    """,
    regex.VERBOSE,
)
_MAY_ENCLOSE = lazy_re(r"[“\"«„`'‘「『《*_]|\]\(|\]\[")
_ORDINALS = "".join(phrases("entries.ordinal"))  # 第12巻
_COUNTERS = "".join(
    sign
    for sign in phrases("fields.pages", "fields.volumes", "fields.issues")
    if len(sign) == 1 and sign.isalpha() and sign.lower() == sign.upper()  # that of a script without cases
)
# What may part pieces: an address, a number, punctuation. Each is found by one of its signs, then by what is about.
_BREAK = lazy_re(
    rf"[\d.,;:?!()\[\]{{}}<>/\n·|—–\-。，、：；！？．（）〔〕［］{HOLE}](?:"
    r"(?<=[()\[\]{}<>。，、：；！？．（）〔〕［］])"
    rf"|(?<=[.,;:?!])(?=[\s,;:.)\]”’\"]|\Z|{HOLE})|(?<=,)(?=[^\W\d_])"
    r"|(?P<number>(?:(?<=\d)(?<![\w.-]\d)|(?<=[A-Za-z]\d)(?<![\w.-][A-Za-z]\d)"
    rf"|(?<=[A-Za-z]{{2}}\d)(?<![\w.-][A-Za-z]{{2}}\d)|(?<=[{_ORDINALS}]\d))"
    r"\d{0,8}[A-Za-z]?(?:\s?[-–—‑−/]{1,2}\s{0,20}[A-Z]{0,2}\d{1,8}[a-z]?)*"
    rf"(?:[{_COUNTERS}](?=\W|[{_ORDINALS}]|\Z)|(?!\w|[.,]\d)))"
    rf"|(?P<address>(?<={HOLE}){HOLE}*)"
    r"|(?<=\s[-–—·|])[-–—·|]{0,2}(?=\s)|(?<=—)—*|(?<=/)/|(?<=\s/)(?=\s)|(?<=\n)\s*\n"
    r")"
)
_COUNTED_BEHIND = lazy_re(  # `312 p.`, `2. Aufl.`; but not `№ 12. С. 19`
    rf"\.?\s(?:{'|'.join(map(re.escape, phrases('fields.editions')))})\b\.?"
    rf"|\s(?:{'|'.join(map(re.escape, phrases('fields.pages')))})\b(?!\.?\s?[\d(])\.?",
    re.IGNORECASE,
)
_LEADING_DASHES = lazy_re(r"\s*[-—–_]{2,}[\s\-—–_]*")  # for the author of the entry before
_SHORT = frozenset(phrases("fields.shortened"))
_COUNTED = frozenset(phrases("fields.counted"))
_YEAR_SIGNS = frozenset(phrases("dates.year_signs"))
_ORDINAL = frozenset(phrases("entries.ordinal"))
_INITIAL = lazy_regex(r"(?:^|[\s.,;&(\-])(?:\p{Lu}\p{Ll}?|\p{Lu}{2,3})$")
_NUMBER = lazy_re(r"\s?\d")
_NEXT_INITIAL = lazy_regex(r"\.[\s-]?-?\p{Lu}\p{Ll}?\.")
_LONGEST_INITIAL = 5  # code points of initials and what precedes them
_LONGEST_WORD = 20  # code points of a word that is written short, or before a number
_SIGNS = ("//", "(", "[", ")", "]", "?", "!", ":", ";", ".", ",", "/", "—", "–", "-", "|", "·")  # the first tells
_SAME = str.maketrans("。，、：；！？．（）〔〕［］{}<>", ".,,:;!?.()()[]()()")


def pieces(words: str, dates: Sequence[Span]) -> list[Piece]:
    """The pieces of the words, in order, with the dates found in them."""
    runs: list[tuple[Kind, int, int]] = []
    end = 0
    for kind, outer, inner in _wholes(words, dates):
        _part(words, end, outer.start, runs)
        runs.append((kind, *inner))
        end = outer.end
    _part(words, end, len(words), runs)
    found: list[Piece] = []
    last = 0
    for kind, start, end in runs:
        found.append(Piece(kind, start, end, _parting(words, last, start) if found else BEGINNING))
        last = end
    return found


def _wholes(words: str, dates: Sequence[Span]) -> Sequence[tuple[Kind, Span, Span]]:
    """What is one piece whatever is in it: its kind, where it begins and ends, and where its words do."""
    found = [(Kind.DATE, date, date) for date in dates if not _glued(words, date)]
    if not _MAY_ENCLOSE.search(words):
        return found
    enclosed = [
        (Kind(each.lastgroup or ""), Span(*each.span()), Span(*each.span(each.lastgroup or 0)))
        for each in _ENCLOSED.finditer(words)
    ]
    if not enclosed:
        return found
    apart = [
        one
        for one in found
        if not any(outer.start < one[1].end and one[1].start < outer.end for _, outer, _ in enclosed)
    ]
    return sorted([*enclosed, *apart], key=lambda whole: whole[1])


def _glued(words: str, date: Span) -> bool:
    """Whether a date is within words that no space parts, as in Chinese: `规划和2035年远景目标`."""
    signed = words[date.end : date.end + 1] in _YEAR_SIGNS or words[date.end - 1] in _YEAR_SIGNS
    before, behind = words[date.start - 1 : date.start], words[date.end :].lstrip("".join(_YEAR_SIGNS))[:1]
    return behind.isalpha() and behind not in _ORDINAL and (signed or before.isalpha())


def _part(words: str, start: int, end: int, runs: list[tuple[Kind, int, int]]) -> None:
    """Add the runs between two wholes."""
    if start == 0 and (dashes := _LEADING_DASHES.match(words, 0, end)):
        start = dashes.end()
        runs.append((Kind.WORDS, 0, start))
    for found in _BREAK.finditer(words, start, end):
        opening, closing = found.span()
        kind = found.lastgroup
        if opening < start:
            continue  # within what follows a number and says what it counts
        if kind == "number":
            opening = _counting(words, start, opening)
            if counted := _COUNTED_BEHIND.match(words, closing, end):
                closing = counted.end()
        elif not kind and words[opening] == "." and not _stops(words, start, opening, end):
            continue
        if start < opening:
            _add_words(words, start, opening, runs)
        if kind:
            runs.append((Kind.NUMBER if kind == "number" else Kind.ADDRESS, opening, closing))
        start = closing
    if start < end:
        _add_words(words, start, end, runs)


def _stops(words: str, start: int, stop: int, end: int) -> bool:
    """Whether a full stop ends more than a word that is written short, or one of several initials."""
    word = words[max(start, words.rfind(" ", start, stop) + 1) : stop]
    counts, short = _shortened(word)
    if counts and _NUMBER.match(words, stop + 1, end):
        return False
    if len(word) <= 2 and word[:1].isupper():
        return not _NEXT_INITIAL.match(words, stop)
    return not short


@lru_cache(maxsize=4096)
def _shortened(word: str) -> tuple[bool, bool]:
    """Whether a word counts what follows, and whether it is usually written short."""
    return word.lstrip("([").casefold() in _COUNTED, word.rsplit("-", 1)[-1].strip("([").casefold() in _SHORT


def _counting(words: str, start: int, figure: int) -> int:
    """Where a number begins, with the letters before its figure and the word that says what it counts: `S. 12`."""
    number = figure
    while number > start and words[number - 1].isascii() and words[number - 1].isalpha():
        number -= 1
    if words[number - 1 : number] in _ORDINAL and number > start:
        number -= 1
    before = words[max(start, number - _LONGEST_WORD) : number].rstrip()
    word = before.removesuffix(".").rsplit(None, 1)[-1:]
    if word and (counting := word[0].lstrip("([")).casefold() in _COUNTED:
        return words.rfind(counting, start, number)
    return number


def _add_words(words: str, start: int, end: int, runs: list[tuple[Kind, int, int]]) -> None:
    """Add a run of words without the spaces at its edges, if it has a letter or figure and is no sign of a year."""
    run = words[start:end]
    inner = run.lstrip()
    start, inner = start + len(run) - len(inner), inner.rstrip()
    if inner and inner not in _YEAR_SIGNS and (inner[0].isalnum() or any(map(str.isalnum, inner))):
        runs.append((Kind.WORDS, start, start + len(inner)))


def _parting(words: str, last: int, start: int) -> str:
    """What parts a piece from that before it, which ends at `last`."""
    parting = _class(words[last:start])
    if parting == "." and words[last - 1].isalpha() and _INITIAL.search(words, max(0, last - _LONGEST_INITIAL), last):
        return "i"
    return parting


@lru_cache(maxsize=1024)
def _class(between: str) -> str:
    """The class of what parts two pieces: the sign in it that tells most."""
    between = between.translate(_SAME)
    return next((sign for sign in _SIGNS if sign in between), " ")
