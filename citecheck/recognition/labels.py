"""Labels: what a citation and a source agree on, in whatever digits and case they are written."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import decimal, normalize

from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import SUPERSCRIPTS, Span

_MOST_SLIPS = 100  # words of one document
_SHORTEST = 4  # code points of a word that can be distinguished from another
_SHORT = 8  # code points of a word of which two letters are much
_ESCAPE = lazy_regex(r"\\++(?=[^\p{L}\p{N}\s])")  # `KEY\_FORM`, and `KEY\\_FORM` where a converter escaped twice
_SPACE = lazy_regex(r"\s+")
_RAISED = str.maketrans(SUPERSCRIPTS, "0123456789")


def display_label(label: str) -> str:
    """A label as a message shows it: digits in ASCII, runs of spaces folded, escapes and markup gone."""
    if label.isdecimal() and label.isascii():
        return label.lstrip("0") or "0"
    if "\\" in label:
        label = _ESCAPE.sub("", label)
    label = _SPACE.sub(" ", normalize("NFKC", label.translate(_RAISED))).strip()
    if not label.isdecimal():
        return label
    return "".join(str(decimal(digit)) for digit in label).lstrip("0") or "0"


def normalize_label(label: str) -> str:
    """A label as it is compared: `[RFC 2119]` and `[rfc2119]` are one, and so are `[01]` and `[1]`."""
    if label.isdecimal() and label.isascii():
        return label
    return _SPACE.sub("", label).casefold()


def is_padded(text: str, label: Span) -> bool:
    """Whether a number is written with leading zeros, `[07]`, as those of bytes and versions are."""
    return label.end - label.start > 1 and text[label.start] == "0"


class Slips:
    """Finds for a word the one of some others that it is a typo of: a letter or two more, less or otherwise.

    Of a short word a single letter may differ, or each would be a typo of many. So many words are looked at as a writer
    may misspell; for the rest nothing is found, since each is compared with all.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(words)
        self._known: dict[str, str | None] = {}

    def meant(self, word: str) -> str | None:
        """The word that is meant; None where none is near, or several are as near."""
        if word not in self._known and len(self._known) < _MOST_SLIPS:
            self._known[word] = self._nearest(word)
        return self._known.get(word)

    def _nearest(self, word: str) -> str | None:
        from rapidfuzz.distance import OSA  # here, as most documents need no suggestion
        from rapidfuzz.process import extract

        slips = 0 if len(word) < _SHORTEST else 1 if len(word) < _SHORT else 2
        close = [
            each for each in extract(word, self._words, scorer=OSA.distance, score_cutoff=slips, limit=3) if each[1]
        ]
        if not close or (len(close) > 1 and close[0][1] == close[1][1]):
            return None
        return str(close[0][0])
