"""The words by which citecheck knows what it reads: groups of phrases, each language's in a file of its own.

People write `languages/XX.toml`; `python -m citecheck.lexicon` compiles all of them to `lexicon.json`, which alone is
read at run time. A module asks for groups by name and gets their phrases, or the source of a pattern together with the
signs without which that pattern matches nothing: both come from the same phrases, and cannot part.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

COMPILED: Final = Path(__file__).with_name("lexicon.json")
_END: Final = r"(?!\B\w)"  # not within a word; after `cf.` anything may be


class Words(NamedTuple):
    """The sources of patterns for some groups, and, where `groups.toml` asks for them, the signs of their phrases.

    `spaced` is of phrases in scripts with spaces between words, `suffixed` of those in scripts that also set particles
    at a word's end, as Korean does, `unspaced` of those in scripts without spaces; each may be empty. A text in lower
    case that has none of the `signs` has none of the phrases.
    """

    spaced: str
    suffixed: str
    unspaced: str
    signs: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """The phrases as alternatives, wherever they are, even within a longer word."""
        return "|".join(filter(None, (self.spaced, self.suffixed, self.unspaced)))

    @property
    def whole(self) -> str:
        """The phrases as alternatives that are no part of a longer word, where their script has words."""
        suffixed = self.suffixed and rf"\b(?:{self.suffixed})"
        spaced = self.spaced and rf"\b(?:{self.spaced}){_END}"
        return "|".join(filter(None, (spaced, suffixed, self.unspaced)))

    @property
    def ended(self) -> str:
        """The phrases as alternatives after which no word goes on, where their script has words."""
        spaced = self.spaced and rf"(?:{self.spaced}){_END}"
        return "|".join(filter(None, (spaced, self.suffixed, self.unspaced)))

    def across_lines(self) -> Words:
        """The same with any white space where a phrase has a space, as between the words of a wrapped text."""
        spaced, suffixed, unspaced = (each.replace(" ", r"\s") for each in self[:3])
        return Words(spaced, suffixed, unspaced, self.signs)

    def may_be_in(self, lower: str) -> bool:
        """Whether a text in lower case has any sign of the phrases; most texts are read no further."""
        return any(map(lower.__contains__, self.signs))


def words_of(*groups: str) -> Words:
    """Return the patterns and the signs of all languages' phrases in the groups."""
    found = [_lexicon()["patterns"][group] for group in groups]
    spaced, suffixed, unspaced = (
        "|".join(filter(None, (each[script] for each in found))) for script in Words._fields[:3]
    )
    return Words(spaced, suffixed, unspaced, tuple(dict.fromkeys(sign for each in found for sign in each["signs"])))


def phrases(*groups: str) -> tuple[str, ...]:
    """Return all languages' phrases in the groups, spelled out, in the order of the files and of their lines."""
    return tuple(dict.fromkeys(phrase for group in groups for each in by_language(group).values() for phrase in each))


def by_language(group: str) -> Mapping[str, tuple[str, ...]]:
    """Return the phrases of a group, spelled out, by the code of their language."""
    found: Mapping[str, list[str]] = _lexicon()["phrases"][group]
    return {language: tuple(each) for language, each in found.items()}


def date_words(place: str) -> tuple[str, ...]:
    """Return the words that dates have before a month or a year, `before`, or after a year that is first, `behind`."""
    return tuple(_lexicon()["dates"][place])


def numbers(group: str) -> Mapping[str, int]:
    """Return the words of a group with the numbers they represent.

    `months` from 1, `seasons` from 21; `values`, such as `million`; `parts`, such as `half`, which is 2.
    """
    found: Mapping[str, int] = _lexicon()["numbers"][group]
    return found


def money() -> Mapping[str, str]:
    """Return the words for money with their codes of ISO 4217."""
    found: Mapping[str, str] = _lexicon()["money"]
    return found


@cache
def _lexicon() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(COMPILED.read_bytes())
    return found
