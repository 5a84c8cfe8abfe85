"""Entries that are one work listed twice, or nearly: CC302 and CC303."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex

from citecheck.checks.entries import entry_lists, worded_lists
from citecheck.checks.messages import called
from citecheck.identifiers.tracking import tracked
from citecheck.identifiers.url import bare, read
from citecheck.lexicon import words_of
from citecheck.model.document import Document
from citecheck.model.findings import Finding, RelatedSpan, Removal
from citecheck.model.sources import ListKind, Source
from citecheck.model.structure import NativeField
from citecheck.recognition.entries.works import Likeness, Traces
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_SAME = 95.0  # per cent of rapidfuzz's ratio; above, two titles are one
_ALIKE = 80.0
_SHORTEST = 15  # code points of a title worth comparing; `Introduction` is anybody's
_COMPARED = 200  # earlier titles of one outlet that another is compared with
_FEW_ALIKE = 20  # entries of one name that another is compared with
_PARTS = ("volume", "number", "chapter", "part", "pages", "edition", "version")
_TELLING = (
    *_PARTS,
    "doi",
    "isbn",
    "eprint",
    "url",
    "journal",
    "journaltitle",
    "booktitle",
    "howpublished",
    "subtitle",
    "type",
)
_BY_WORDS = "words:"
_SHARED = 6  # entries of a list that may be of one work
_LONGEST = 1000  # code points of an entry whose words are compared
_WORDS = lazy_regex(r"[\W_]+")
_FIGURES = lazy_regex(r"\d+")
_VERSION = lazy_regex(r"v\d+$")
_AGAIN = lazy_regex(rf"(?:{words_of('entries.again').pattern})(?!\w)", regex.IGNORECASE)  # `ibid.` is what is above it


def duplicate_source(document: Document) -> Iterator[Finding]:
    """CC302: two entries of a list point to one work.

    They have one DOI, one arXiv id, one address, the same words, one author, title and year, or one title of one
    outlet.
    """
    for listing, sources in entry_lists(document):
        if listing.kind is ListKind.FOOTNOTES:
            continue  # each note names its source again
        if listing.kind is ListKind.DATABASE:
            yield from _in_database(sources, document)
            continue
        seen: dict[str, Source] = {}
        told: set[Source] = set()
        for source in sources:
            for name, shared in _names(source).items():
                if (first := seen.setdefault(name, source)) is not source and _counts(name, first, source):
                    told.add(source)
                    yield _double(first, source, listing.kind, f"has {shared} of")
                    break
        for first, source, likeness in _in_two_styles(sources):
            if likeness is Likeness.CERTAIN and source not in told and not _listed_twice(first, source):
                told.add(source)
                yield _double(first, source, listing.kind, "has author, title and year of")
        for first, source, alike in _alike(sources, _SAME):
            if alike >= _SAME and source not in told and not _listed_twice(first, source):
                yield _double(first, source, listing.kind, "has title and outlet of")


def _counts(name: str, first: Source, source: Source) -> bool:
    """Whether what two entries share makes one work of them: words that both have may be no source at all."""
    if not name.startswith(_BY_WORDS):
        return True
    record = source.record
    if _listed_twice(first, source):
        return False
    if record.identified or record.date:
        return True
    named = record.title and (record.author or record.container or record.publisher)
    return source.key is not None and bool(named or _FIGURES.search(source.text))


def _listed_twice(first: Source, source: Source) -> bool:
    """Whether two entries have one label, as CC103 says."""
    return source.key is not None and source.key == first.key


def near_duplicate_title(document: Document) -> Iterator[Finding]:
    """CC303: two titles of one outlet are nearly the same, or two entries seem to be of one work."""
    for listing, sources in worded_lists(document):
        told: set[Source] = set()
        for first, source, alike in _alike(sources, _ALIKE):
            told.add(source)
            if alike < _SAME:
                yield _finding(first, source, listing.kind, "has nearly the title of")
        for first, source, likeness in _in_two_styles(sources) if listing.kind is not ListKind.FOOTNOTES else ():
            if likeness is Likeness.LIKELY and source not in told and not _names(first).keys() & _names(source).keys():
                told.add(source)
                yield _finding(first, source, listing.kind, "seems to be the work of")


def _in_two_styles(sources: Sequence[Source]) -> Iterator[tuple[Source, Source, Likeness]]:
    """Pairs of entries that have words in common and are one work, each with the first that it is one with."""
    traces = [Traces(source) for source in sources]
    for place, earlier in _with_common_words(traces):
        for first in earlier:
            if likeness := traces[place].likeness(traces[first]):
                yield sources[first], sources[place], likeness
                break


def _with_common_words(traces: Sequence[Traces]) -> Iterator[tuple[int, Sequence[int]]]:
    """Places of entries, with those of earlier ones that share words in a row; what many share is an outlet's name."""
    sharing: dict[tuple[str, ...], list[int]] = defaultdict(list)
    rows = [_rows(each.text[:_LONGEST]) for each in traces]
    for place, own in enumerate(rows):
        for row in own:
            sharing[row].append(place)
    earlier: dict[int, set[int]] = defaultdict(set)
    for places in sharing.values():
        if 1 < len(places) <= _SHARED:
            for count, place in enumerate(places):
                earlier[place].update(places[:count])
    for place in sorted(earlier):
        near = [each for each in sorted(earlier[place]) if traces[place].may_be(traces[each], rows[place] & rows[each])]
        yield place, near[:_COMPARED]


def _rows(text: str) -> set[tuple[str, ...]]:
    """The words of a text, three in a row each."""
    words = _plain(text).split()
    return set(zip(words, words[1:], words[2:], strict=False))


def _in_database(sources: Sequence[Source], document: Document) -> Iterator[Finding]:
    """Entries of a database that are one work under two keys.

    They have one DOI, arXiv id or address and one title, as the parts of a book may have its DOI; or one title, author
    and year, and no field that tells them apart.
    """
    fields = {entry.span: entry.fields for entry in document.structure.entries}
    seen: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        title = _title(source)
        names = {name: shared for name, shared in _names(source).items() if title}
        if (named := _named_work(source, title)) is not None:
            names[named] = "title, author and year"
        for name, shared in names.items():
            first = next((one for one in seen[name] if _one_work(one, source, fields, certain=name != named)), None)
            if first and first.label != source.label:
                yield _finding(first, source, ListKind.DATABASE, f"has {shared} of")
                break
        for name in names:
            seen[name] = [*seen[name], source][:_FEW_ALIKE]


def _named_work(source: Source, title: str) -> str | None:
    """What a work goes by that has no number: its title, its author and its year."""
    author, date = source.record.author, source.record.date
    if len(title) < _SHORTEST or author is None or date is None:
        return None
    return f"{title}\n{_WORDS.sub('', author.value.casefold())}\n{date.value[:4]}"


def _one_work(one: Source, other: Source, fields: Mapping[Span, tuple[NativeField, ...]], *, certain: bool) -> bool:
    """Whether two entries that share a name are one work; no other field may differ where the name is not `certain`."""
    a, b = _title(one), _title(other)
    if not (a.startswith(b) or b.startswith(a)):
        return False
    mine, others = _told(fields.get(one.span, ())), _told(fields.get(other.span, ()))
    if "related" in mine or "related" in others:
        return False  # a translation, a reprint, and the like, which say so
    telling = _PARTS if certain else _TELLING
    return not any(mine[name] != others[name] for name in telling if name in mine and name in others)


def _told(fields: Iterable[NativeField]) -> Mapping[str, str]:
    """The fields of an entry, their values without case and signs."""
    return {field.name: _WORDS.sub("", field.value.casefold()) for field in fields}


def _double(first: Source, source: Source, kind: ListKind, likeness: str) -> Finding:
    fold = Removal(source.key, first.key) if source.key and first.key and source.key != first.key else None
    return _finding(first, source, kind, likeness)._replace(removal=fold)


def _finding(first: Source, source: Source, kind: ListKind, likeness: str) -> Finding:
    other = "one above" if first.label is None else called(first.label, kind)
    message = f"{called(source.label, kind)} {likeness} {other}"
    if kind is ListKind.DATABASE:
        related = (RelatedSpan(first.label_span, "first listed here"),)
        return Finding(source.label_span, message, label=source.label, related=related)
    return Finding(source.span, message, label=source.label, related=(RelatedSpan(first.span, "first listed here"),))


def _names(source: Source) -> dict[str, str]:
    """What names a work for certain, and what to call it.

    The address of a whole site names none: many works are there.
    """
    record = source.record
    names = {}
    if record.doi:
        names[f"doi:{record.doi.value.casefold()}"] = "the DOI"
    if record.arxiv:
        names[f"arxiv:{_VERSION.sub('', record.arxiv.value.casefold())}"] = "the arXiv id"
    if record.url and (address := _address(record.url.value)).strip("/").count("/"):
        names[address] = "the address"
    if len(words := _plain(source.text)) >= _SHORTEST and not _AGAIN.match(words):
        names[" ".join((_BY_WORDS, words, *(_address(url.value) for url in record.urls[:1])))] = "the words"
    return names


def _address(url: str) -> str:
    """An address without what two authors put differently: scheme, `www.`, tracking, closing slash, a host's case."""
    tracking = tracked(url if "://" in url else f"https://{url}")
    host, slash, path = bare(tracking.clean if tracking else url).partition("/")
    return f"{host.casefold()}{slash}{path}".rstrip("/?#&")


def _alike(sources: Sequence[Source], cutoff: float) -> Iterator[tuple[Source, Source, float]]:
    """Pairs of entries of one outlet whose titles are alike, with the likeness in per cent."""
    for group in _of_same_figures(sources):
        outlets: dict[str, list[tuple[str, Source]]] = defaultdict(list)
        for source in group:
            if len(title := _title(source)) >= _SHORTEST and (outlet := _outlet(source)):
                outlets[outlet].append((title, source))
        for titled in outlets.values():
            yield from _pairs(titled, cutoff)


def _of_same_figures(sources: Sequence[Source]) -> Iterator[Sequence[Source]]:
    """Groups of entries that have the same figures, of which not all have an address: others are apart (`_apart`)."""
    groups: dict[tuple[str, ...], list[Source]] = defaultdict(list)
    if all(source.record.url for source in sources):
        return
    for source in sources:
        groups[_figures(source)].append(source)
    for group in groups.values():
        if len(group) > 1 and not all(source.record.url for source in group):
            yield group


def _figures(source: Source) -> tuple[str, ...]:
    """The figures of an entry but for those in its addresses: a day, a volume, a number in a series."""
    return tuple(sorted(_FIGURES.findall(_words(source))))


def _title(source: Source) -> str:
    title = source.record.title
    return _plain(title.value) if title else ""


def _plain(words: str) -> str:
    """Words in lower case with a space between them."""
    return _WORDS.sub(" ", words.casefold()).strip()


def _pairs(group: Sequence[tuple[str, Source]], cutoff: float) -> Iterator[tuple[Source, Source, float]]:
    from rapidfuzz import fuzz, process  # here, since they take as long to import as all else

    titles = [words for words, _ in group]
    for place, (words, source) in enumerate(group):
        start = max(0, place - _COMPARED)
        alike = process.extract(words, titles[start:place], scorer=fuzz.ratio, score_cutoff=cutoff)
        for _, likeness, other in alike:
            first = group[start + other][1]
            if not _apart(first, source):
                yield first, source, likeness
                break


def _apart(one: Source, other: Source) -> bool:
    """Whether something besides title and figures tells two entries apart, or makes one of them for certain."""
    a, b = one.record, other.record
    if _names(one).keys() & _names(other).keys() or (a.author and b.author and a.author.value != b.author.value):
        return True
    return bool(a.url and b.url)


def _words(source: Source) -> str:
    """An entry's words without its addresses."""
    words = source.text
    for url in source.record.urls:
        words = words.replace(url.value, "")
    return words


def _outlet(source: Source) -> str:
    """Where a work appeared: its container or publisher, otherwise its site."""
    record = source.record
    if name := record.container or record.publisher:
        return name.value.casefold()
    address = read(record.url.value) if record.url else None
    return bare(address.host) if address else ""
