"""Which listed label was perhaps meant by one that is not listed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from citecheck.model.citations import CITATIONS, Key
from citecheck.model.document import Document
from citecheck.recognition.labels import Slips

_HINTS = 50  # labels a document; one with more needs another list, not hints
_CANDIDATES = 300  # labels compared with one; more would make a long list of names slow
_LONGEST = 40  # code points of a label worth comparing
_ALIKE = 0.8  # a difflib ratio: one letter in five may differ


class Suggestions:
    """The nearest listed labels of a document, looked for only when asked."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[Key, str | None] = {}
        missing = {key for key in document.cited if key not in document.listed and _digits(key.label)}
        self._amiss = Counter(key.numbering for key in missing)
        self._by_digits: dict[tuple[int, str], list[str]] | None = None

    def near(self, key: Key) -> str | None:
        """The one listed label, as written, that a key may be a typo of; None where there is none, or several."""
        if key.numbering == CITATIONS:
            return self._keys.meant(key.label)
        if key not in self._known:
            far = len(key.label) > _LONGEST or len(self._known) >= _HINTS
            meant = None if far else self._respelled(key) or self._miscounted(key)
            self._known[key] = meant and self._document.listed[meant][0].label
        return self._known[key]

    @cached_property
    def _keys(self) -> Slips:
        """What a key may be a typo of: those of all bibliographies, as they are written."""
        document = self._document
        listed = (sources[0].label for key, sources in document.listed.items() if key.numbering == CITATIONS)
        return Slips([*document.keys.keys, *(label for label in listed if label)])

    def _respelled(self, key: Key) -> Key | None:
        """A label with the same digits and nearly the same letters."""
        if key.label.isdecimal():
            return None
        from difflib import get_close_matches  # here, as most documents need no suggestion

        close = get_close_matches(key.label, self._alike_in_digits(key)[:_CANDIDATES], n=1, cutoff=_ALIKE)
        return Key(key.numbering, close[0]) if close else None

    def _alike_in_digits(self, key: Key) -> list[str]:
        """The listed labels of the key's numbering whose digits are the key's."""
        if self._by_digits is None:
            self._by_digits = defaultdict(list)
            for numbering, label in self._document.listed:
                self._by_digits[numbering, _digits(label)].append(label)
        return self._by_digits.get((key.numbering, _digits(key.label)), [])

    def _miscounted(self, key: Key) -> Key | None:
        """A label that differs by one typo in a digit, where nothing else names it.

        Any number is one typo away from a dozen others. A likely reading is only one that would otherwise go unused,
        in a document where no other number is wrong: where several are, the list is, and not the digits. A single
        digit says too little to guess from.
        """
        if len(_digits(key.label)) < 2 or self._amiss[key.numbering] > 1:
            return None
        slips = {Key(key.numbering, label) for label in _slips(key.label)}
        meant = [slip for slip in slips if slip in self._document.listed and slip not in self._document.cited]
        return meant[0] if len(meant) == 1 else None


def _digits(label: str) -> str:
    return "".join(filter(str.isdecimal, label))


def _slips(label: str) -> Iterator[str]:
    """Every label that one digit left out, put in, mistaken or changed about with its neighbour makes of a label."""
    for place in range(len(label) + 1):
        before, here, after = label[:place], label[place : place + 1], label[place + 1 :]
        for digit in "0123456789":
            yield before + digit + here + after
            if here.isdecimal():
                yield before + digit + after
        if here.isdecimal():
            yield before + after
            if after[:1].isdecimal():
                yield before + after[0] + here + after[1:]
