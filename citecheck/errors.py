"""What can go wrong in a run, as opposed to in a document.

    CitecheckError
    ├── UsageError          the caller asked for something that does not exist: exit status 2
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
    """A settings file has an unknown key or a wrong value."""


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


def known(word: str, words: Collection[str], kind: str) -> str:
    """The word itself, when it is one of the words; otherwise a UsageError that names the nearest, or all if few."""
    if word in words:
        return word
    import difflib  # here, as most words are known

    close = difflib.get_close_matches(word, words, n=max(1, len(words)))
    nearest = max(close, key=lambda each: _likeness(word, each), default=None)
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    if words and not nearest and len(words) <= _FEW:
        hint = f"; choose from {', '.join(words)}"
    raise UsageError(f"no {kind} is called {shown(word)}{hint}")


def shown(word: str) -> str:
    """A word in quotes, as far as it fits in a line."""
    return repr(word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…")


_MISREAD = str.maketrans("OoIl", "0011")  # letters that are taken for digits


def _likeness(word: str, other: str) -> tuple[float, int, bool]:
    """How alike two words are: by what they share, then by how much of it is in its place, then by looks alone."""
    from difflib import SequenceMatcher

    in_place = sum(one == another for one, another in zip(word, other, strict=False))
    return SequenceMatcher(None, other, word).ratio(), in_place, word.translate(_MISREAD) == other
