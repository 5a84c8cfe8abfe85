"""Changes to a sentence: those that a careful author makes to what he quotes, and those that make it another one."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable, Mapping
from typing import Final

Change = Callable[[str, random.Random], str | None]
"""A changed sentence; None where the sentence has nothing to change so."""

_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def _words(sentence: str) -> list[str]:
    return sentence.split()


def _plain_places(words: list[str]) -> list[int]:
    """The words inside that are letters only, and so can be marked or replaced without touching punctuation."""
    return [place for place in range(1, len(words) - 1) if _WORD.fullmatch(words[place])]


def _at_a_word(change: Callable[[str], str]) -> Change:
    def changed(sentence: str, chance: random.Random) -> str | None:
        words = _words(sentence)
        places = _plain_places(words)
        if not places:
            return None
        place = chance.choice(places)
        words[place] = change(words[place])
        return " ".join(words)

    return changed


def _gapped(sign: str) -> Change:
    """An ellipsis in place of some words in the middle."""

    def changed(sentence: str, chance: random.Random) -> str | None:
        words = _words(sentence)
        if len(words) < 8:
            return None
        start = chance.randrange(3, len(words) - 4)
        if any(map(str.isdigit, "".join(words[start - 1 : start + 2]))):
            return None  # `2 500` is one number
        return " ".join([*words[:start], sign, *words[start + 1 :]])

    return changed


def _curly(sentence: str, chance: random.Random) -> str | None:
    changed = re.sub(r"(?<=\w)'(?=\w)", "’", sentence).replace('"', "”")
    return changed if changed != sentence else None


def _wrapped(sentence: str, chance: random.Random) -> str | None:
    return "\n".join(textwrap.wrap(sentence, 30, break_long_words=False, break_on_hyphens=False))


def _hyphenated(sentence: str, chance: random.Random) -> str | None:
    words = _words(sentence)
    long = [place for place, word in enumerate(words) if re.fullmatch(r"[^\W\d_]{6,}", word)]
    if not long:
        return None
    place = chance.choice(long)
    words[place] = f"{words[place][:3]}-\n{words[place][3:]}"
    return " ".join(words)


def _full_width(sentence: str, chance: random.Random) -> str | None:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in sentence)


def _dashes(sentence: str, chance: random.Random) -> str | None:
    changed = re.sub(r" [–—] |—", " -- ", sentence)
    return changed if changed != sentence else None


def _bracketed_letter(sentence: str, chance: random.Random) -> str | None:
    return f"[{sentence[0].swapcase()}]{sentence[1:]}" if sentence[:2].isalpha() else None


def _comma_at_the_end(sentence: str, chance: random.Random) -> str | None:
    return f"{sentence[:-1]}," if sentence.endswith(".") else None


HARMLESS: Final[Mapping[str, Change]] = {
    "curly quotes": _curly,
    "wrapped lines": _wrapped,
    "no-break spaces": lambda sentence, chance: sentence.replace(" ", "\xa0"),
    "soft hyphens": _at_a_word(lambda word: f"{word[:1]}\xad{word[1:]}"),
    "a hyphenated line end": _hyphenated,
    "a small first letter": lambda sentence, chance: sentence[0].lower() + sentence[1:],
    "a bracketed first letter": _bracketed_letter,
    "a comma for the full stop": _comma_at_the_end,
    "an ellipsis": _gapped("…"),
    "an ellipsis in brackets": _gapped("[...]"),
    "a spaced ellipsis": _gapped(". . ."),
    "four points": _gapped("...."),
    "emphasis": _at_a_word(lambda word: f"*{word}*"),
    "emphasis that is said": lambda sentence, chance: (
        (bold := _at_a_word(lambda word: f"**{word}**")(sentence, chance)) and f"{bold} (emphasis added)"
    ),
    "sic": _at_a_word(lambda word: f"{word} [sic]"),
    "a word in brackets": _at_a_word(lambda word: "[they]"),
    "a marker inside": _at_a_word(lambda word: f"{word} [4]"),
    "full width": _full_width,
    "two hyphens for a dash": _dashes,
}
"""Nineteen changes after which a quotation is still one."""


def _not_inserted(sentence: str, chance: random.Random) -> str | None:
    changed = re.sub(r"\b(is|are|was|were|has|have|will|can)\b", r"\1 not", sentence, count=1)
    return changed if changed != sentence else None


def _digit_changed(sentence: str, chance: random.Random) -> str | None:
    digits = [match.start() for match in re.finditer(r"\d", sentence)]
    if not digits:
        return None
    place = chance.choice(digits)
    return f"{sentence[:place]}{(int(sentence[place]) + chance.randrange(1, 9)) % 10}{sentence[place + 1 :]}"


def _swapped(sentence: str, chance: random.Random) -> str | None:
    words = _words(sentence)
    plain = _plain_places(words)
    places = [each for each in plain if each + 1 in plain and words[each].lower() != words[each + 1].lower()]
    if not places:
        return None
    place = chance.choice(places)
    words[place : place + 2] = [words[place + 1], words[place]]
    return " ".join(words)


def _dropped(sentence: str, chance: random.Random) -> str | None:
    words = _words(sentence)
    plain = _plain_places(words)
    places = [each for each in plain if each - 1 in plain and words[each].lower() != words[each + 1].lower()]
    if not places:
        return None
    del words[chance.choice(places)]
    return " ".join(words)


HARMFUL: Final[Mapping[str, Change]] = {
    "not inserted": _not_inserted,
    "a digit changed": _digit_changed,
    "a word replaced": _at_a_word(lambda word: "zebra"),
    "two words swapped": _swapped,
    "a plural s": _at_a_word(lambda word: f"{word}s"),
    "a word dropped": _dropped,
}
"""Six changes after which it is none."""
