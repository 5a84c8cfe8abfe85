"""How the phrases of a language file are written, and what patterns and signs come of them.

A phrase is written as people write it, in lower case where case does not matter. Beside its own characters it may have

- `(a|b)`, either of several, and `[a]` or `[a|b]`, the same or nothing;
- `…2`, up to two words, with the space after the gap: `this …2 report`;
- `……40`, up to forty characters of the same sentence;
- `*` at the end of a word, whatever else belongs to that word;
- an apostrophe, `'`, which is the typographic one too;
- a backslash before one of these signs, which then means itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r"\\(?P<escaped>.)|……(?P<characters>\d+)|…(?P<words>\d+) |(?P<sign>[()\[\]|*])|(?P<plain>.)")
_LONGEST_ENDING: Final = 40  # letters
_GAP: Final = "\0"  # in a spelling, for whatever may be there
_SHORTEST_SIGN: Final = 4  # characters; a shorter sign would be in nearly every text
_SHORTEST_UNSPACED_SIGN: Final = 2
_LONGEST_SIGN: Final = 24
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")  # Thai, Japanese, Chinese
_SUFFIXED: Final = re.compile("[\uac00-\ud7a3]")  # Korean


class _Choice(NamedTuple):
    options: tuple[Sequence[object], ...]
    optional: bool


class _Gap(NamedTuple):
    pattern: str


def pattern(phrase: str) -> str:
    """Return the source of a pattern for a phrase; every repetition in it is bounded or possessive."""
    return _pattern(_parsed(phrase))


def spellings(phrase: str) -> list[str]:
    """Return all that a phrase represents; a gap or an open ending is the character NUL."""
    return list(_spellings(_parsed(phrase)))


def plain_spellings(phrase: str) -> list[str]:
    """Return all that a phrase represents, which may have no gaps.

    Raises ValueError where it has one.
    """
    found = spellings(phrase)
    if any(_GAP in each for each in found):
        raise ValueError(f"a phrase that is compared whole has no gaps: {phrase}")
    return found


def script(phrase: str) -> str:
    """Return how a phrase's script parts words, by the name of the field of `Words` for it."""
    return "unspaced" if _UNSPACED.search(phrase) else "suffixed" if _SUFFIXED.search(phrase) else "spaced"


def signs(phrases: Iterable[str]) -> list[str]:
    """Return few strings in lower case, one of which is in every text that has one of the phrases."""
    pieces = {spelling: _pieces(spelling) for phrase in phrases for spelling in spellings(phrase.lower())}
    found: list[str] = []
    wanted = set(pieces)
    while wanted:
        covered: dict[str, list[str]] = {}
        for spelling in sorted(wanted):
            for piece in pieces[spelling]:
                covered.setdefault(piece, []).append(spelling)
        best = max(covered, key=lambda piece: (len(covered[piece]) * (len(piece) - 1), len(piece), piece))
        found.append(best)
        wanted.difference_update(covered[best])
    for sign in tuple(found):  # the last ones may make earlier ones needless
        others = [other for other in found if other != sign]
        if all(any(other in spelling for other in others) for spelling in pieces):
            found = others
    return sorted(found)


def _pieces(spelling: str) -> set[str]:
    """What of a spelling may be a sign of it: all of its longest run, where no piece of it is long enough."""
    runs = spelling.split(_GAP)
    least = _SHORTEST_SIGN if script(spelling) == "spaced" else _SHORTEST_UNSPACED_SIGN
    found = {
        run[start:end]
        for run in runs
        for start in range(len(run))
        for end in range(start + least, min(len(run), start + _LONGEST_SIGN) + 1)
    }
    return {piece for piece in found if piece == piece.strip()} or {max(runs, key=len)}


def _parsed(phrase: str) -> Sequence[object]:
    tokens = _TOKEN.finditer(phrase)
    parsed, closing = _sequence(tokens, phrase)
    if closing:
        raise ValueError(f"a bracket is closed that was not opened: {phrase}")
    return parsed[0] if len(parsed) == 1 else [_Choice(tuple(parsed), optional=False)]


def _sequence(tokens: Iterator[re.Match[str]], phrase: str) -> tuple[list[list[object]], str]:
    """The alternatives to the next closing bracket, and that bracket; none at the end of the phrase."""
    options: list[list[object]] = [[]]
    for token in tokens:
        sign = token["sign"]
        if sign in ("(", "["):
            inner, closing = _sequence(tokens, phrase)
            if closing != {"(": ")", "[": "]"}[sign]:
                raise ValueError(f"a bracket is not closed: {phrase}")
            options[-1].append(_Choice(tuple(inner), optional=sign == "["))
        elif sign == "|":
            options.append([])
        elif sign in (")", "]"):
            return options, sign
        elif sign == "*":
            options[-1].append(_Gap(rf"\w{{0,{_LONGEST_ENDING}}}+"))
        elif token["words"]:
            options[-1].append(_Gap(rf"(?:\w+ ){{0,{token['words']}}}"))
        elif token["characters"]:
            options[-1].append(_Gap(rf"[^.。]{{0,{token['characters']}}}"))
        elif token["plain"] == "'":
            options[-1].append(_Choice((["'"], ["’"]), optional=False))
        else:
            options[-1].append(token["escaped"] or token["plain"])
    return options, ""


def _pattern(parsed: Sequence[object]) -> str:
    source = ""
    for item in parsed:
        if isinstance(item, _Choice):
            options = list(map(_pattern, item.options))
            single = options[0] if len(options) == 1 and len(options[0]) == 1 else ""
            source += f"{single or '(?:' + '|'.join(options) + ')'}{'?' if item.optional else ''}"
        else:
            source += item.pattern if isinstance(item, _Gap) else _literal(str(item))
    return source


def _literal(character: str) -> str:
    """A character as a pattern has it; a space as itself, so that `Words.across_lines` finds it."""
    return character if character == " " else re.escape(character)


def _spellings(parsed: Sequence[object]) -> Iterator[str]:
    parts = []
    for item in parsed:
        if isinstance(item, _Choice):
            inner = [spelling for option in item.options for spelling in _spellings(option)]
            parts.append(["", *inner] if item.optional else inner)
        else:
            parts.append([_GAP if isinstance(item, _Gap) else str(item)])
    return ("".join(chosen) for chosen in product(*parts))
