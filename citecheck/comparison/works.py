"""Which sources of two documents are the same work: by DOI, address, title and own words; at last by their places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import count
from typing import Final

from citecheck.model.citations import CITATIONS, Key
from citecheck.model.document import Document
from citecheck.model.sources import Source
from citecheck.recognition.entries.works import Work as WorkOfEntry
from citecheck.text.patterns import lazy_regex

_LANGUAGE: Final = r"[a-z]{2}(?:[-_][a-z]{2,4})?"
# What an address has for each language: a host `de.`, a folder `/de/`, a parameter `hl=de`.
_OF_LANGUAGE: Final = lazy_regex(rf"^{_LANGUAGE}\.(?=[^/]*\.)|/{_LANGUAGE}(?=/|$)|[?&](?:hl|lang|locale)=[^&]*")
_NO_LETTER: Final = lazy_regex(r"[^\p{L}\p{N}]+")
_FEWEST_LETTERS: Final = 12  # of a title, or of an entry's words; fewer may be anybody's
_ALIKE: Final = 0.5  # share of common words from which two entries at one place are one entry, reworded

Work = Hashable
"""What sources of one work have in common, in both documents."""


def works(old: Document, new: Document, *, translated: bool) -> tuple[Mapping[Key, Work], Mapping[Key, Work]]:
    """The work of each key that is listed in two documents.

    `translated` is whether the two are in different languages: an entry may have been translated then, and is known by
    its label among the entries that nothing else matches.
    """
    before, after = _listed(old), _listed(new)
    found = _Matches(before, after)
    found.unite(_words)
    for identity in (_doi, _address, _title, _neutral_address):
        found.match(identity)
    found.match(_label, (lambda one, two: not _elsewhere(one, two)) if translated else _reworded)
    for identity in (_doi, _address):
        found.merge(identity)
    return found.result()


class _Matches:
    """The sources of two documents, matched one evidence after the other; a number for each work."""

    def __init__(self, before: Mapping[Key, Source], after: Mapping[Key, Source]) -> None:
        self._sides = before, after
        self._works: tuple[dict[Key, int], dict[Key, int]] = {}, {}
        self._numbers = count()

    def unite(self, identity: Callable[[Source], Hashable]) -> None:
        """Makes one work of all sources of the same identity, on both sides: an entry may be listed twice."""
        old, new = (self._open(side, identity) for side in (0, 1))
        for value in old.keys() & new.keys():
            work = next(self._numbers)
            self._works[0].update(dict.fromkeys(old[value], work))
            self._works[1].update(dict.fromkeys(new[value], work))

    def match(
        self, identity: Callable[[Source], Hashable], agree: Callable[[Source, Source], bool] | None = None
    ) -> None:
        """Matches what no other evidence has: where as many sources have the same identity, in their order."""
        old, new = (self._open(side, identity) for side in (0, 1))
        for value, keys in old.items():
            others = new.get(value, [])
            pairs = list(zip(keys, others, strict=True)) if len(keys) == len(others) else _by_label(keys, others)
            for one, two in pairs:
                if agree is None or agree(self._sides[0][one], self._sides[1][two]):
                    self._works[0][one] = self._works[1][two] = next(self._numbers)

    def merge(self, identity: Callable[[Source], Hashable]) -> None:
        """Gives what is left the work of a matched source of the same identity: it is listed twice on one side."""
        known = {
            value: work
            for side in (0, 1)
            for key, work in self._works[side].items()
            if (value := identity(self._sides[side][key])) is not None
        }
        for side in (0, 1):
            for value, keys in self._open(side, identity).items():
                if value in known:
                    self._works[side].update(dict.fromkeys(keys, known[value]))

    def result(self) -> tuple[Mapping[Key, Work], Mapping[Key, Work]]:
        """The works by key; what has no counterpart is a work of its own side."""
        alone = [{key: (side, key) for key in sources} for side, sources in enumerate(self._sides)]
        return {**alone[0], **self._works[0]}, {**alone[1], **self._works[1]}

    def _open(self, side: int, identity: Callable[[Source], Hashable]) -> Mapping[Hashable, list[Key]]:
        found: dict[Hashable, list[Key]] = defaultdict(list)
        for key, source in self._sides[side].items():
            if key not in self._works[side] and (value := identity(source)) is not None:
                found[value].append(key)
        return found


def _by_label(keys: Sequence[Key], others: Sequence[Key]) -> list[tuple[Key, Key]]:
    """The pairs with the same label, where one side has more of a kind."""
    by_label = {key.label: key for key in others}
    return [(key, by_label[key.label]) for key in keys if key.label in by_label]


def _listed(document: Document) -> Mapping[Key, Source]:
    return {key: sources[0] for key, sources in document.listed.items() if key.numbering != CITATIONS}


def _doi(source: Source) -> Hashable:
    return source.record.doi.value.casefold() if source.record.doi else None


def _address(source: Source) -> Hashable:
    work = WorkOfEntry(source)
    return work.place if work.address else None


def _title(source: Source) -> Hashable:
    return _letters(source.record.title.value) if source.record.title else None


def _words(source: Source) -> Hashable:
    return _letters(source.text)


def _neutral_address(source: Source) -> Hashable:
    """The address without what it has for each language."""
    work = WorkOfEntry(source)
    address, fragment = work.place
    return (_OF_LANGUAGE.sub("", address), fragment) if address else None


def _label(source: Source) -> Hashable:
    return source.key


def _letters(words: str) -> str | None:
    letters = _NO_LETTER.sub("", words.casefold())
    return letters if len(letters) >= _FEWEST_LETTERS else None


def _elsewhere(one: Source, two: Source) -> bool:
    """Whether the identifiers or the hosts of two entries tell that they are two works."""
    if _doi(one) and _doi(two):
        return _doi(one) != _doi(two)
    a, b = WorkOfEntry(one), WorkOfEntry(two)
    return bool(a.address and b.address) and _site(a.address) != _site(b.address)


def _site(address: str | None) -> str:
    return _OF_LANGUAGE.sub("", address or "").partition("/")[0]


def _reworded(one: Source, two: Source) -> bool:
    """Whether an entry of the same label and language is the other with some of its words changed.

    A label that is a name, as footnotes have, is an identity itself.
    """
    return not _elsewhere(one, two) and (
        not (one.label or "").isdecimal() or dice(words_of(one.text), words_of(two.text)) >= _ALIKE
    )


def words_of(text: str) -> frozenset[str]:
    """The words and numbers of a text, in lower case."""
    return frozenset(filter(None, _NO_LETTER.split(text.casefold())))


def dice(one: Iterable[str], other: Iterable[str]) -> float:
    """How much two sets have in common, from 0 to 1 (Dice's coefficient)."""
    a, b = frozenset(one), frozenset(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
