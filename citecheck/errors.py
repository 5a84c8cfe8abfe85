"""What can go wrong in a run, as opposed to in a document.

    CitecheckError
    ├── UsageError          the caller requested something that does not exist: exit status 2
    │   └── SettingsError   a settings file says something citecheck does not know
    ├── TooMuch             a document costs more memory or time than any may
    ├── UnreadableFile      a file is missing, or may not be read
    │   └── NotText         its bytes are no text in the encoding that applies
    ├── UnwritableFile      a file may not be written, or is no longer what was read
    └── RulebookError       a rule page is malformed: citecheck's own fault, or a rule author's

A fault in a document is never an exception: it is a diagnostic.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final


class CitecheckError(Exception):
    """The root: one line, said in the user's words, that tells what to do."""


class UsageError(CitecheckError):
    """The caller named something that does not exist."""


class SettingsError(UsageError):
    """A settings file has an unknown key or a wrong value; `path` is the file, where one says so."""

    def __init__(self, message: str, path: str | None = None) -> None:
        super().__init__(message)
        self.path = path


class TooMuch(CitecheckError):
    """A document has more of something than is checked, or costs more; the words say of what, and follow its name."""


class UnreadableFile(CitecheckError):
    """A file is missing, is not text, or may not be read."""


class NotText(UnreadableFile):
    """The bytes of a file are no text in the encoding that applies."""


class UnwritableFile(CitecheckError):
    """A file may not be written, or changed since it was read; it is as it was."""


class RulebookError(CitecheckError):
    """A rule page does not have the form of one."""


_FEW: Final = 15  # words that fit in a line
_LONGEST: Final = 80  # characters of a word that are repeated
_LETTERS_PER_SLIP: Final = 3  # a word of three to five letters may have one wrong, of six to eight two …
_MOST_SLIPS: Final = 4
_MISREAD: Final = str.maketrans("OoIl", "0011")  # letters that are treated as digits


def known(word: str, words: Collection[str], kind: str) -> str:
    """The word itself, when it is one of the words; otherwise a UsageError that names the nearest, or all if few."""
    if word in words:
        return word
    meant = nearest(word, words)
    hint = f"; did you mean {meant!r}?" if meant else ""
    if words and not meant and len(words) <= _FEW:
        hint = f"; choose from {', '.join(words)}"
    raise UsageError(f"no {kind} is called {shown(word)}{hint}")


def nearest(word: str, words: Collection[str]) -> str | None:
    """The one of the words that was meant; None where none is near, or several are as near.

    Near is what begins so, or differs in few letters, two that changed places counting as one. A number is meant as it
    is written, unless a letter was treated as a digit: `CC9O1` is CC901, and `CC399` is no typo for CC309.
    """
    from rapidfuzz.distance import OSA  # here, as most words are known

    most = min(len(word) // _LETTERS_PER_SLIP, _MOST_SLIPS)
    if not most:
        return None
    folded = word.casefold()
    begun = [each for each in words if each.startswith(folded)]
    if len(begun) == 1:
        return begun[0]
    if (plain := word.translate(_MISREAD)) in words:
        return plain
    alike = [each for each in words if _digits(each) == _digits(word)]
    near = [(OSA.distance(folded, each.casefold(), score_cutoff=most), each) for each in alike]
    least = min((distance for distance, _ in near), default=most + 1)
    meant = [each for distance, each in near if distance == least <= most]
    return meant[0] if len(meant) == 1 else None


def _digits(word: str) -> str:
    return "".join(filter(str.isdecimal, word))


def shown(word: str, *, quoted: bool = True) -> str:
    """A word, in quotes as a rule, as far as it fits in a line."""
    fitting = word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…"
    return repr(fitting) if quoted else fitting
