"""Numberings: which source list a label belongs to, where a document has several.

Two lists may share one numbering (normative and informative references), repeat each other (a section's
list, and the whole again at the end), or each begin again (a list a section, answers pasted one after the
other). Where labels are listed again for other works, the readings are tried and the one that leaves the
fewest citations without a source and the fewest sources without a citation is taken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from citecheck.model.citations import CITATIONS, FOOTNOTES, Key, Syntax
from citecheck.model.sources import ListKind, Source
from citecheck.recognition.entries.works import Work
from citecheck.recognition.labels import normalize_label
from citecheck.recognition.lists.boundaries import SourceListCandidate
from citecheck.recognition.markers.candidates import Candidate


class NumberingScopes(NamedTuple):
    """Where each numbering holds: marks before `ends[i]`, and after the end before it, belong to numbering `i`."""

    ends: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]  # of each numbering, the places of its lists among all lists
    labels: tuple[frozenset[str], ...]
    aside: Mapping[str, int]  # labels of lists put aside, and the numbering of the first list that has each

    def numbering(self, offset: int, label: str) -> int:
        """The numbering that a label of a mark at the offset belongs to.

        A list that was put aside is asked last: notes may share their brackets with references.
        """
        if not self.aside and len(self.ends) < 2:
            return 0
        own = min(bisect_left(self.ends, offset), len(self.ends) - 1) if self.ends else 0
        if self.aside and not (self.labels and label in self.labels[own]):
            return self.aside.get(label, own)
        return own

    def size(self, numbering: int) -> int:
        """How many labels a numbering has."""
        return len(self.labels[numbering]) if numbering < len(self.labels) else 0

    def highest(self) -> dict[int, int]:
        """The highest number that each numbering lists; nothing for one that lists none."""
        numbers = [[int(label) for label in labels if label.isdecimal()] for labels in self.labels]
        return {numbering: max(own) for numbering, own in enumerate(numbers) if own}

    def lists(self, numbering: int, label: str) -> bool:
        """Whether a numbering has the label."""
        if numbering < len(self.labels):
            return label in self.labels[numbering]
        return self.aside.get(label) == numbering


class LabelIndex:
    """What the lists of a document define: the labels of each numbering, those of footnotes, those of a bibliography.

    `numbered` is whether there is any list but footnotes and what is cited by key; `only_links` whether these lists are
    link definitions, `[1]: https://…`, which no renderer shows for `[^1]`.
    """

    def __init__(
        self,
        numbering_scopes: NumberingScopes,
        footnotes: frozenset[str],
        keys: frozenset[str] = frozenset(),
        *,
        only_links: bool = False,
    ) -> None:
        self.scopes: Final = numbering_scopes
        self._only_links: Final = only_links
        self.footnotes: Final = footnotes
        self.keys: Final = keys
        self.numbered: Final = any(numbering_scopes.labels)
        self._alike = (
            len(numbering_scopes.ends) < 2 and not numbering_scopes.aside
        )  # wherever a mark is, its label means the same
        self._known: dict[tuple[bool, str], Key] = {}

    def key(self, mark: Candidate, label: str) -> Key:
        """What a label of a mark means; a syntax without a list of its own means the other list."""
        note = mark.syntax is Syntax.FOOTNOTE
        if not self._alike:
            return self._key(mark, label, note=note)
        key = self._known.get((note, label))
        if key is None:
            key = self._known[note, label] = self._key(mark, label, note=note)
        return key

    def _key(self, mark: Candidate, label: str, *, note: bool) -> Key:
        if note and self._only_links and not mark.text.endswith("^]"):
            return Key(FOOTNOTES, normalize_label(label))
        if (note and (self.footnotes or not self.numbered)) or (not note and not self.numbered and self.footnotes):
            return Key(FOOTNOTES, normalize_label(label))
        name = normalize_label(label)
        return Key(self.scopes.numbering(mark.span.start, name), name)

    def lists(self, key: Key) -> bool:
        """Whether a source is listed under the key."""
        if key.numbering == FOOTNOTES:
            return key.label in self.footnotes
        if key.numbering == CITATIONS:
            return key.label in self.keys
        return self.scopes.lists(*key)


def given_scope(labels: Iterable[str], lists: int, end: int) -> NumberingScopes:
    """The one numbering of a document whose labels the caller gives, up to its end; its own lists belong to it."""
    return NumberingScopes((end,), (tuple(range(lists)),), (frozenset(map(normalize_label, labels)),), {})


def numbering_scopes(
    listings: Sequence[SourceListCandidate], sources: Sequence[Sequence[Source]], marks: Iterable[Candidate]
) -> NumberingScopes:
    """The numberings of a document's numbered lists, by the reading that explains its marks best.

    `sources` are those of each listing, in the same order; footnotes take no part.
    """
    labelled = [
        place for place, listing in enumerate(listings) if listing.kind is not ListKind.FOOTNOTES and listing.labels
    ]
    held = [place for place in labelled if listings[place].kind is not ListKind.READING]
    numbered = held or labelled
    groups = _groups(numbered, sources)
    rest = [[place] for place in labelled if place not in numbered]
    sections = _reading(groups, rest, listings, sources)
    if len(groups) < 2:
        return sections
    cited = [(mark.span.start, normalize_label(label)) for mark in marks for label, _ in mark.labels]
    last = _reading(groups[-1:], [*groups[:-1], *rest], listings, sources)
    first = _reading(groups[:1], [*groups[1:], *rest], listings, sources)
    listed = sum(len(sources[place]) for place in numbered)
    return min(sections, last, first, key=lambda reading: _misfits(reading, cited, listed))


def _groups(numbered: Sequence[int], sources: Sequence[Sequence[Source]]) -> list[list[int]]:
    """The lists, put together until one lists labels again for other works."""
    groups: list[list[int]] = []
    before: dict[str, Source] = {}
    for place in numbered:
        own = {source.key.label: source for source in sources[place] if source.key}
        shared = [label for label in own if label in before and label.isdecimal()]
        differing = sum(not Work(own[label]).same(Work(before[label])) for label in shared)
        anew = differing > 1 or (differing == 1 and shared[0] in ("0", "1"))
        if not groups or (anew and 2 * differing > len(shared)):
            groups.append([place])
            before = own
        else:
            groups[-1].append(place)
            before = {**own, **before}
    return groups


def _reading(
    meant: Sequence[Sequence[int]],
    aside: Sequence[Sequence[int]],
    listings: Sequence[SourceListCandidate],
    sources: Sequence[Sequence[Source]],
) -> NumberingScopes:
    """The reading in which each of the meant groups closes a section, and marks mean the others last of all."""
    return NumberingScopes(
        ends=tuple(listings[group[-1]].span.end for group in meant),
        groups=tuple(map(tuple, meant)),
        labels=tuple(
            frozenset(source.key.label for place in group for source in sources[place] if source.key) for group in meant
        ),
        aside={
            source.key.label: len(meant) + place
            for group in reversed(aside)
            for place in reversed(group)
            for source in sources[place]
            if source.key
        },
    )


def _misfits(reading: NumberingScopes, cited: Iterable[tuple[int, str]], listed: int) -> int:
    """How many citations find no source, and how many of the listed sources no citation."""
    used: set[tuple[int, str]] = set()
    missing = 0
    for offset, label in cited:
        numbering = reading.numbering(offset, label)
        if reading.lists(numbering, label):
            used.add((numbering, label))
        else:
            missing += 1
    return missing + listed - len(used)
