"""Entries that are one work listed twice, or nearly: CC302 and CC303."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from citecheck.checks.entries import entry_lists
from citecheck.checks.families import Checks
from citecheck.checks.messages import called
from citecheck.identifiers.url import bare, read
from citecheck.model.document import Document, per_document
from citecheck.model.findings import Finding, RelatedSpan, Removal
from citecheck.model.sources import ListKind, Source, SourceList
from citecheck.model.structure import NativeField
from citecheck.recognition.entries.works import BY_WORDS, SHORTEST_NAME, Likeness, Work, spaced_words
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_SAME = 95.0  # per cent of rapidfuzz's ratio; above, two titles are one
_ALIKE = 80.0
_COMPARED = 200  # earlier titles of one outlet that another is compared with
_FEW_ALIKE = 20  # entries of one name that another is compared with
_PARTS = ("volume", "number", "chapter", "part", "pages", "edition", "version")
_TELLING = (
    *_PARTS,
    *("doi", "isbn", "eprint", "url", "journal", "journaltitle", "booktitle", "howpublished", "subtitle", "type"),
)
_SHARED = 6  # entries of a list that may be of one work
_LONGEST = 1000  # code points of an entry whose words are compared
_FIGURES = lazy_regex(r"\d+")


def duplicate_source(document: Document) -> Iterator[Finding]:
    """CC302: two entries of a list point to one work.

    They have one DOI, one arXiv id, one address, the same words, one ISBN and title, one author, title and year, or one
    title of one outlet.
    """
    for listing, works in _works(document):
        if listing.kind is ListKind.FOOTNOTES:
            continue  # each note names its source again
        if listing.kind is ListKind.DATABASE:
            yield from _in_database(works, document)
            continue
        told: set[Work] = set()
        for first, work, likeness in _named_alike(works):
            told.add(work)
            yield _double(first, work, listing.kind, likeness)
        for first, work, alike in _in_two_styles(works):
            if alike is Likeness.CERTAIN and work not in told and not _listed_twice(first, work):
                told.add(work)
                yield _double(first, work, listing.kind, "has author, title and year of")
        for first, work, share in _alike(works, _SAME):
            if share >= _SAME and work not in told and not _listed_twice(first, work):
                yield _double(first, work, listing.kind, "has title and outlet of")


@per_document
def _works(document: Document) -> Sequence[tuple[SourceList, Sequence[Work]]]:
    """The works of each list whose entries are sources."""
    return [(listing, list(map(Work, sources))) for listing, sources in entry_lists(document)]


def _named_alike(works: Sequence[Work]) -> Iterator[tuple[Work, Work, str]]:
    """Pairs of works that share a name, each with the first that has it, and how a message says so."""
    seen: dict[str, Work] = {}
    for work in works:
        for name, shared in work.names.items():
            if (first := seen.setdefault(name, work)) is not work and _counts(name, first, work):
                yield first, work, f"has {shared} of"
                break


def _counts(name: str, first: Work, work: Work) -> bool:
    """Whether what two entries share makes one work of them: words that both have may be no source at all."""
    if not name.startswith(BY_WORDS):
        return True
    record = work.record
    if _listed_twice(first, work):
        return False
    if record.identified or record.date:
        return True
    named = record.title and (record.author or record.container or record.publisher)
    return work.source.key is not None and bool(named or _FIGURES.search(work.source.text))


def _listed_twice(first: Work, work: Work) -> bool:
    """Whether two entries have one label, as CC103 says."""
    return work.source.key is not None and work.source.key == first.source.key


def near_duplicate_title(document: Document) -> Iterator[Finding]:
    """CC303: two titles of one outlet are nearly the same, or two entries seem to be of one work."""
    for listing, works in _works(document):
        if listing.kind is ListKind.DATABASE:
            continue
        told: set[Work] = set()
        for first, work, share in _alike(works, _ALIKE):
            told.add(work)
            if share < _SAME:
                yield _finding(first.source, work.source, listing.kind, "has nearly the title of")
        for first, work, alike in _in_two_styles(works) if listing.kind is not ListKind.FOOTNOTES else ():
            if alike is Likeness.LIKELY and work not in told and not work.named_alike(first):
                told.add(work)
                yield _finding(first.source, work.source, listing.kind, "seems to be the work of")


def _in_two_styles(works: Sequence[Work]) -> Iterator[tuple[Work, Work, Likeness]]:
    """Pairs of entries that have words in common and are one work, each with the first that it is one with."""
    for work, earlier in _with_common_words(works):
        for first in earlier:
            if likeness := work.likeness(first):
                yield first, work, likeness
                break


def _with_common_words(works: Sequence[Work]) -> Iterator[tuple[Work, Sequence[Work]]]:
    """Works, with the earlier ones that share words in a row; what many share is the name of an outlet."""
    sharing: dict[tuple[str, ...], list[int]] = defaultdict(list)
    rows = [_rows(work.text[:_LONGEST]) for work in works]
    for place, own in enumerate(rows):
        for row in own:
            sharing[row].append(place)
    earlier: dict[int, set[int]] = defaultdict(set)
    for places in sharing.values():
        if 1 < len(places) <= _SHARED:
            for count, place in enumerate(places):
                earlier[place].update(places[:count])
    for place in sorted(earlier):
        near = [each for each in sorted(earlier[place]) if works[place].may_be(works[each], rows[place] & rows[each])]
        yield works[place], [works[each] for each in near[:_COMPARED]]


def _rows(text: str) -> set[tuple[str, ...]]:
    """The words of a text, three in a row each."""
    words = spaced_words(text).split()
    return set(zip(words, words[1:], words[2:], strict=False))


def _in_database(works: Sequence[Work], document: Document) -> Iterator[Finding]:
    """Entries of a database that are one work under two keys.

    They have one DOI, arXiv id or address and one title, as the parts of a book may have its DOI; or one title, author
    and year, and no field that tells them apart.
    """
    fields = {entry.span: _told(entry.fields) for entry in document.structure.entries}
    seen: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        names = dict(work.names) if work.title else {}
        if work.signature:
            names[work.signature] = "title, author and year"
        for name, shared in names.items():
            telling = _TELLING if name == work.signature else _PARTS
            first = next(
                (one for one in seen[name] if _one_title(one, work) and _one(one, work, fields, telling)), None
            )
            if first and first.source.label != work.source.label:
                yield _finding(first.source, work.source, ListKind.DATABASE, f"has {shared} of")
                break
        for name in names:
            seen[name] = [*seen[name], work][:_FEW_ALIKE]


def _one_title(one: Work, other: Work) -> bool:
    """Whether two titles are one, of which one may lack a subtitle."""
    return one.title.startswith(other.title) or other.title.startswith(one.title)


def _one(one: Work, other: Work, fields: Mapping[Span, Mapping[str, str]], telling: Sequence[str]) -> bool:
    """Whether no field of those that are telling shows that two entries are two works."""
    mine, others = fields.get(one.source.span, {}), fields.get(other.source.span, {})
    if "related" in mine or "related" in others:
        return False  # a translation, a reprint, and the like, which say so
    return not any(mine[name] != others[name] for name in telling if name in mine and name in others)


def _told(fields: Iterable[NativeField]) -> Mapping[str, str]:
    """The fields of an entry, their values without case and signs."""
    return {field.name: spaced_words(field.value).replace(" ", "") for field in fields}


def _double(first: Work, work: Work, kind: ListKind, likeness: str) -> Finding:
    one, other = first.source, work.source
    fold = Removal(other.key, one.key) if other.key and one.key and other.key != one.key else None
    return _finding(one, other, kind, likeness)._replace(removal=fold)


def _finding(first: Source, source: Source, kind: ListKind, likeness: str) -> Finding:
    other = "one above" if first.label is None else called(first.label, kind)
    message = f"{called(source.label, kind)} {likeness} {other}"
    if kind is ListKind.DATABASE:
        related = (RelatedSpan(first.label_span, "first listed here"),)
        return Finding(source.label_span, message, label=source.label, related=related)
    return Finding(source.span, message, label=source.label, related=(RelatedSpan(first.span, "first listed here"),))


def _alike(works: Sequence[Work], cutoff: float) -> Iterator[tuple[Work, Work, float]]:
    """Pairs of entries of one outlet whose titles are alike, with the likeness in per cent."""
    for group in _of_same_figures(works):
        outlets: dict[str, list[Work]] = defaultdict(list)
        for work in group:
            if len(work.title) >= SHORTEST_NAME and (outlet := _outlet(work)):
                outlets[outlet].append(work)
        for titled in outlets.values():
            yield from _pairs(titled, cutoff)


def _of_same_figures(works: Sequence[Work]) -> Iterator[Sequence[Work]]:
    """Groups of entries that have the same figures, of which not all have an address: others are apart (`_apart`).

    Other figures mention another day, another volume, another number in a series.
    """
    groups: dict[tuple[str, ...], list[Work]] = defaultdict(list)
    if all(work.record.url for work in works):
        return
    for work in works:
        groups[_figures(work)].append(work)
    for group in groups.values():
        if len(group) > 1 and not all(work.record.url for work in group):
            yield group


def _figures(work: Work) -> tuple[str, ...]:
    """The figures of an entry but for those in its addresses."""
    words = work.source.text
    for url in work.record.urls:
        words = words.replace(url.value, "")
    return tuple(sorted(_FIGURES.findall(words)))


def _pairs(group: Sequence[Work], cutoff: float) -> Iterator[tuple[Work, Work, float]]:
    if len(group) < 2:
        return
    from rapidfuzz import fuzz, process  # here, since they take as long to import as all else

    titles = [work.title for work in group]
    for place, work in enumerate(group):
        start = max(0, place - _COMPARED)
        alike = process.extract(work.title, titles[start:place], scorer=fuzz.ratio, score_cutoff=cutoff)
        for _, likeness, other in alike:
            first = group[start + other]
            if not _apart(first, work):
                yield first, work, likeness
                break


def _apart(one: Work, other: Work) -> bool:
    """Whether something besides title and figures tells two entries apart, or makes one of them for certain."""
    a, b = one.record, other.record
    if one.named_alike(other) or (a.author and b.author and a.author.value != b.author.value):
        return True
    return bool(a.url and b.url)


def _outlet(work: Work) -> str:
    """Where a work appeared: its container or publisher, otherwise its site."""
    record = work.record
    if name := record.container or record.publisher:
        return name.value.casefold()
    address = read(record.url.value) if record.url else None
    return bare(address.host) if address else ""


CHECKS: Final[Checks] = {
    "CC302": duplicate_source,
    "CC303": near_duplicate_title,
}
