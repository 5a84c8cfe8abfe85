"""Plans: which number each source is to have, in which order the entries are to be, and which of them go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from citecheck.editing.renumber.soundness import doubts_about, refuse_doubtful, refuse_keys
from citecheck.model.citations import CITATIONS, FOOTNOTES, Citation, Key
from citecheck.model.document import Document
from citecheck.model.sources import ListKind, Source, SourceList
from citecheck.text.spans import Span, SpanSet

ORDERS: Final = ("appearance", "list")
_SPARSE: Final = 20  # numbers to an entry


class Plan(NamedTuple):
    """What is to become of the sources of a document.

    `numbers` are the new numbers of keys; two keys of one number are folded into one source. `moving` are the lists
    whose entries are to be in the order of their numbers. `dropped` are the spans of entries that go.
    """

    numbers: Mapping[Key, int]
    moving: tuple[SourceList, ...] = ()
    dropped: frozenset[Span] = frozenset()


def plan_renumbering(
    document: Document, *, order: str = "appearance", start: int | None = None, move: bool = True
) -> Plan:
    """Sources numbered in the order of their first citation, or of their lists, each numbering for itself.

    `start` is the first number; None means 0 where a numbering begins with it, and 1 elsewhere. What nothing cites
    comes after what is cited. Labels that are words stay, and so do numbers that do not count. Raises Refused where a
    marker names nothing, or a label two works: then the numbers do not tell which source is meant; and where sources
    are cited by keys.
    """
    refuse_keys(document)
    numbers: dict[Key, int] = {}
    moving: list[SourceList] = []
    doubts = doubts_about(document)
    for numbering, listings in _numberings(document).items():
        entries = [entry for listing in listings for entry in blocks(listing)]
        if order == "appearance":
            ranks = _ranks(document, numbering)
            entries.sort(key=lambda entry: _rank(entry, ranks))
        else:
            ranks = {}
        cited = sorted((key for entry in entries for key in numbered(entry) if key in ranks), key=ranks.__getitem__)
        rest = (key for entry in entries for key in sorted(numbered(entry), key=_number))
        keys = list(dict.fromkeys([*cited, *rest]))
        if not keys or _names(keys):
            continue
        refuse_doubtful(doubts, [numbering])
        first = start if start is not None else min(1, *map(_number, keys))
        numbers.update({key: first + place for place, key in enumerate(keys)})
        moving += listings if move and order == "appearance" else ()
    return Plan(numbers, tuple(moving))


def _names(keys: Collection[Key]) -> bool:
    """Whether numbers are names, those of tickets or standards: a list that counts leaves fewer out."""
    return max(map(_number, keys)) >= _SPARSE * len(keys)


def _numberings(document: Document) -> Mapping[int, list[SourceList]]:
    """The lists that are cited by number, by the numbering that they share."""
    used = {key.numbering for key in document.cited}
    found: dict[int, list[SourceList]] = defaultdict(list)
    for listing in document.source_lists:
        if listing.numbering in used and listing.kind in (ListKind.NUMBERED, ListKind.FOOTNOTES):
            found[listing.numbering].append(listing)
    return found


def blocks(listing: SourceList) -> list[list[Source]]:
    """The entries of a list: an entry of several labels is several sources of one span."""
    entries: dict[Span, list[Source]] = {}
    for source in listing.sources:
        entries.setdefault(source.span, []).append(source)
    return list(entries.values())


def numbered(entry: Iterable[Source]) -> list[Key]:
    """The keys of an entry's sources that are numbers."""
    return [source.key for source in entry if source.key is not None and source.key.label.isdecimal()]


def _number(key: Key) -> int:
    return int(key.label)


def _ranks(document: Document, numbering: int) -> dict[Key, int]:
    """The keys of a numbering that the body names, by where it first does.

    What only an entry names is ranked with what nothing names: entries move.
    """
    entries = SpanSet(source.span for source in document.sources)
    ranks: dict[Key, int] = {}
    for place, citation in enumerate(_in_order(document)):
        key = citation.key
        if key.numbering == numbering and key.label.isdecimal() and citation.span.start not in entries:
            ranks.setdefault(key, place)
    return ranks


def _in_order(document: Document) -> Iterator[Citation]:
    """Every visible citation by its place; of a reference link, by that of its end, where its label is."""
    found = [(citation.span.start, place, citation) for place, citation in enumerate(document.citations)]
    found += [(link.span.end - 1, 0, link) for link in document.links]
    return (citation for _, _, citation in sorted(found, key=lambda each: each[:2]))


def _rank(entry: Iterable[Source], ranks: Mapping[Key, int]) -> tuple[bool, int]:
    """Where an entry is: by its first citation; what the body does not name stays after, in its order."""
    own = [ranks[key] for key in numbered(entry) if key in ranks]
    return (not own, min(own, default=0))


def closing(document: Document, dropped: Iterable[Key]) -> dict[Key, int]:
    """The numbers left by sources that go: a numbering without gaps stays one, one that has gaps is left alone."""
    numbers: dict[Key, int] = {}
    gone = set(dropped)
    for numbering in {key.numbering for key in gone}:
        keys = sorted(
            (key for key in document.listed if key.numbering == numbering and key.label.isdecimal()), key=_number
        )
        if keys and numbering not in (FOOTNOTES, CITATIONS) and _number(keys[-1]) - _number(keys[0]) + 1 == len(keys):
            kept = [key for key in keys if key not in gone]
            numbers.update({key: _number(keys[0]) + place for place, key in enumerate(kept)})
    return numbers
