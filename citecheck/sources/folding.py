"""Texts as they are compared: without what two authors set differently, and with all that changes what is said.

A document's quotation and the text of its source are folded by one function. What goes: case, forms of letters (Unicode
NFKC), quotation marks, punctuation, emphasis, hyphens, spaces and breaks of lines. What stays: every letter and mark,
every digit, the apostrophe within a word, and beside digits the signs that change their value, as in `≥12` and `1.5 %`.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

import regex

from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import SUPERSCRIPTS

NUMBER_SIGN: Final = "#"
"""What a folded number begins with, so that two of them never run together."""

_RAISED = lazy_re(f"[{SUPERSCRIPTS}]+")
_SAME: Final = str.maketrans(
    {
        "İ": "i",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "\ufffe": None,  # a hyphen at a line's end, as PDFium writes it
        "\x02": None,
    }
)
_IGNORABLE = lazy_regex(r"[\p{Default_Ignorable_Code_Point}--[\u115f\u1160\u3164\uffa0]]+", regex.VERSION1)
_SPACES = lazy_re(r"\s+")
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"  # words run on in these
_LETTERS = r"[\p{L}--[" + _UNSPACED + r"]][\p{L}\p{M}--[" + _UNSPACED + r"]]*+"
_SIGNS = (  # before a number: of a relation, of money, of less than nothing, of a range
    r"(?:[≥≤<>=±+~≈$€£¥₹] ?|(?<![\p{L}\p{M}\d.)\]] ?)-|(?<=[\p{L}\d] )-|(?<=\d)[-–—]{1,2}+){0,4}+"
)
_TOKEN = lazy_regex(
    rf"{_LETTERS}(?:'{_LETTERS})*+|[{_UNSPACED}]\p{{M}}*+"
    rf"|{_SIGNS}(?:(?<![\d.])\.)?+\d++(?:[.,'/:]\d++| \d{{3}}(?!\d))*+(?: ?[%‰°$€£¥₹]|\+(?! ?\d))?+",
    regex.VERSION1,
)
_DIGITS = lazy_re(r"\d+")
_GROUPED = lazy_re(r"(?<=\d)[, '](?=\d{3}(?:\D|$))")
_RANGE = lazy_re(r"[–—]|--")
_MARKER = lazy_re(r" ?\^?\[(?:\d{1,3}(?:(?:, ?|[-–])\d{1,3}){0,20}|[a-z]|note \d{1,2}|citation needed)\]")


def tidy(text: str) -> str:
    """A text in the form in which passages of it are found and shown: one space for any white space, NFKC.

    A superscript digit keeps the sign that it is raised by, `10^6`. The text of a tidy text is itself.
    """
    plain = text.translate(_SAME)
    if not text.isascii():
        plain = unicodedata.normalize("NFKC", _RAISED.sub(r"^\g<0>", plain))
    return _SPACES.sub(" ", _IGNORABLE.sub("", plain)).strip()


class Run:
    """Folded words, to be searched as one run of characters: spaces, and hyphens at a line's end, tell nothing."""

    __slots__ = ("_run", "_starts", "words")

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._run = "".join(words)
        self._starts = list(accumulate(map(len, words), initial=0))

    def __str__(self) -> str:
        return self._run

    def find(self, other: Run, start: int = 0) -> tuple[int, int] | None:
        """The first words from word `start` on that come to another run: the first, and the one after the last."""
        wanted, at = other._run, self._starts[start]
        while (at := self._run.find(wanted, at)) >= 0:
            first = bisect_left(self._starts, at)
            last = bisect_left(self._starts, at + len(wanted))
            if self._starts[first] == at and self._starts[last] == at + len(wanted):
                return first, last
            at += 1
        return None

    def without_signs(self) -> Run:
        """The same without the signs beside digits."""
        return Run([_digits(word) if word[0] == NUMBER_SIGN else word for word in self.words])


@dataclass(frozen=True)
class Folded:
    """A tidy text and its words as they are compared: letters in lower case, and numbers with their signs."""

    text: str

    @cached_property
    def words(self) -> Sequence[str]:
        """The folded words; a number begins with `#`."""
        found = _TOKEN.findall(self.text.lower())
        return [word if word.isalpha() or not _numeric(word) else _number(word) for word in found]

    @cached_property
    def run(self) -> Run:
        """The words in a row."""
        return Run(self.words)

    @cached_property
    def places(self) -> Sequence[tuple[int, int]]:
        """Where each word begins and ends in the text."""
        return [match.span() for match in _TOKEN.finditer(self.text.lower())]

    def passage(self, first: int, last: int) -> str:
        """The text of the words from `first` up to `last`, as it is written."""
        return self.text[self.places[first][0] : self.places[last - 1][1]] if first < last else ""

    def word_at(self, offset: int) -> int:
        """The word that an offset of the text is in or before."""
        return bisect_right(self.places, offset, key=lambda place: place[1])


def folded(text: str) -> Folded:
    """A text as it is compared."""
    return Folded(tidy(text))


def unmarked(text: Folded) -> Folded:
    """The same without what may be markers, such as `[4]`; the very same where there is none."""
    plain = _MARKER.sub("", text.text) if "[" in text.text else text.text
    return text if plain == text.text else Folded(plain)


def _numeric(word: str) -> bool:
    return any(map(str.isdigit, word))


def _number(word: str) -> str:
    bare = _RANGE.sub("-", word)
    return NUMBER_SIGN + _GROUPED.sub("", bare).replace(" ", "")


def _digits(number: str) -> str:
    return "".join(f"{NUMBER_SIGN}{digits}" for digits in _DIGITS.findall(number))
