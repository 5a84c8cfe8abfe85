"""Sources and the labels they carry: CC102, CC103 and CC301."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from citecheck.checks.databases import uncited_entries
from citecheck.checks.entries import keyed_entries
from citecheck.checks.families import Checks
from citecheck.checks.leaked_tokens import tokens_of, visible_text
from citecheck.checks.link_targets import normalised
from citecheck.checks.messages import called
from citecheck.model.citations import CITATIONS, FOOTNOTES, Key, Marker
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Finding, Fix, RelatedSpan, Removal, Severity
from citecheck.model.sources import ListKind, Source, SourceList
from citecheck.recognition.entries.works import Work
from citecheck.recognition.evidence.unread_shapes import bare_numbers
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_NUMBER = lazy_regex(r"\d+")
_LINE_ENDS = lazy_regex(r"[ \t]*+(?:\r\n|\n|\r|\Z)(?:[ \t]*+(?:\r\n|\n|\r))*+")
_NAME = lazy_regex(r"[\p{L}\p{N}+_-]+")
_SEVERAL = 3  # sources that are cited so: nobody writes that by chance
_COMPARED = 10  # works under one label that another is compared with


def unused_source(document: Document, *, databases: bool) -> Iterator[Finding]:
    """CC102: a source that no visible marker or link names; with `databases`, an entry that no document cites.

    What a malformed marker was meant to name is not unused. Of a list that is cited in a way that is not read, `(3)`,
    or now and then with bare numbers, `… dawn.7`, nobody can tell what is. A source that a link of another number leads
    to is, but to delete it would be wrong.
    """
    meant = _meant(document)
    led: dict[str, Marker] | None = None
    bare: frozenset[str] | None = None
    doubtful = frozenset(label for way in document.not_understood for label in way.labels)
    told: set[Key] = set()
    for listing in document.source_lists:
        if listing.kind is ListKind.AUTHORS:
            yield from _unnamed(listing, document)
            continue
        if databases and listing.kind is ListKind.DATABASE:
            yield from uncited_entries(document)
            continue
        uncited = [(each.key, each) for each in listing.sources if each.key and not document.cites(each.key)]
        if not uncited or not _expected(listing, document):
            continue
        if bare is None:
            bare = bare_numbers(document.text)
        labels = [source.label or "" for source in listing.sources]
        if len(bare.intersection(labels)) >= _SEVERAL:
            continue
        if listing.numbering != FOOTNOTES and not doubtful.isdisjoint(labels):
            continue
        for key, source in uncited:
            if key in told or key.label in meant:
                continue
            told.add(key)
            message = f"nothing in the text cites {called(source.label, listing.kind)}"
            related = tuple(_hidden_uses(key, document))
            if led is None:
                led = {normalised(marker.address): marker for marker in reversed(document.markers) if marker.address}
            leading = led.get(normalised(source.record.url.value)) if led and source.record.url else None
            if leading:
                related += (RelatedSpan(leading.span, "a marker of another number links to its address"),)
            removal = None if leading else Removal(key)
            yield Finding(source.span, message, label=source.label, related=related, removal=removal)


def _unnamed(listing: SourceList, document: Document) -> Iterator[Finding]:
    """The entries that nothing cites by author and year, in a list of which at least half is cited so.

    One that the text seems to name is not told, nor one that a citation without an entry may have been meant for.
    """
    facts = document.author_years
    uncited = [source for source in listing.sources if source.key and source.key not in document.cited]
    if facts is None or not uncited or 2 * len(uncited) > len(listing.sources):
        return
    meant = {near.key for reading in facts.readings for near in reading.near}
    for source in uncited:
        if source.key not in facts.doubtful and source.key not in meant:
            message = f"nothing in the text cites {called(source.label, listing.kind)}"
            yield Finding(source.span, message, label=source.label)


def _meant(document: Document) -> set[str]:
    """The labels in the repairs of malformed markers."""
    if not document.malformed:
        return set()
    repairs = " ".join(malformed.repair or "" for malformed in document.malformed).casefold()
    return {*_NUMBER.findall(repairs), *_NAME.findall(repairs)}


def _expected(listing: SourceList, document: Document) -> bool:
    """Whether the entries of a list are expected to be cited.

    A footnote's definition is, where it is not shown if nothing names it. Entries under a heading such as
    "further reading" are not, and a list of whose numbering the text makes no use is a bibliography.
    """
    if listing.numbering == FOOTNOTES and not document.structure.conventions.shows_all_notes:
        return True
    if listing.kind in (ListKind.READING, ListKind.UNLABELLED, ListKind.DATABASE):
        return False
    citing = document.cited.keys() | document.cited_elsewhere
    return any(key.numbering == listing.numbering and document.settles(key) for key in citing)


def _hidden_uses(key: Key, document: Document) -> Iterator[RelatedSpan]:
    """Where a key is named out of the reader's sight."""
    for marker in document.hidden:
        if any(citation.key == key for citation in marker.citations):
            yield RelatedSpan(marker.span, "cited only here, where no reader sees it")


def duplicate_source_number(document: Document) -> Iterator[Finding]:
    """CC103: one label is listed again, for another work; of no harm in a list that nothing cites.

    Where it is the only one, and a number that is cited is listed nowhere, an address is not the rest of an entry. A
    key is defined once, whatever for.
    """
    kinds = _kinds(document)
    repeated = sum(len(entries) > 1 for entries in document.listed.values())
    in_parts = repeated > 1 or document.cited.keys() <= document.listed.keys()
    for key, (first, *others) in document.listed.items():
        if not others or (kinds.get(key) is ListKind.READING and not document.hidden):
            continue
        if kinds.get(key) is ListKind.DATABASE:
            yield from _keyed_alike(first, others, document)
            continue
        works = [Work(first)]
        for other in others:
            work = Work(other)
            if key.numbering == CITATIONS or not any(
                work.same(known, in_parts=in_parts) for known in works[:_COMPARED]
            ):
                works.append(work)
                message = f"{called(other.label, kinds.get(key))} is listed twice"
                related = (RelatedSpan(first.span, "first listed here"),)
                yield Finding(other.span, message, label=other.label, related=related)


def _keyed_alike(first: Source, others: Sequence[Source], document: Document) -> Iterator[Finding]:
    """Entries of a database under a key that is taken: some tools take the first, some the last, some none of them."""
    words = first.span.of(document.text)
    for other in others:
        if other.span == first.span:
            continue
        message, severity = f"{called(other.label, ListKind.DATABASE)} is listed twice", None
        if other.label != first.label:
            message, severity = f"key {other.label} differs from {first.label} in case alone", Severity.WARNING
        related = (RelatedSpan(first.label_span, "first listed here"),)
        fix = None
        if other.span.of(document.text) == words:
            fix = Fix("delete the second of two equal entries", (Edit(_with_line(other.span, document.text), ""),))
        yield Finding(other.label_span, message, label=other.label, related=related, fix=fix, severity=severity)


def _with_line(span: Span, text: str) -> Span:
    """A span with the line ends after it, where it begins a line and nothing else is there."""
    if span.start and text[span.start - 1] not in "\r\n":
        return span
    behind = _LINE_ENDS.match(text, span.end)
    return Span(span.start, behind.end()) if behind else span


def _kinds(document: Document) -> dict[Key, ListKind]:
    """The kind of list that each key is listed in."""
    return {source.key: listing.kind for listing in document.source_lists for source in listing.sources if source.key}


def empty_source(document: Document) -> Iterator[Finding]:
    """CC301: an entry has a label and nothing else: no letter and no digit in any script.

    A leaked token says nothing of a source. `[1](https://salt.example)` tells where it is. A list of nothing but empty
    entries that nothing cites is a form to be filled in.
    """
    leaky = bool(document.source_lists) and bool(tokens_of(document))
    for listing in document.source_lists:
        if listing.kind is ListKind.DATABASE:
            yield from _without_fields(document)
            continue
        empty = [source for source in listing.sources if source.label is not None and _is_empty(source, leaky=leaky)]
        if len(empty) == len(listing.sources) and not any(source.key in document.cited for source in empty):
            continue
        told = None
        for source in empty:
            if source.span != told:
                told = source.span  # an entry with several labels is several sources, but one fault
                yield Finding(source.span, f"{called(source.label, listing.kind)} is empty", label=source.label)


def _without_fields(document: Document) -> Iterator[Finding]:
    """The entries of databases in whose fields there is no letter and no digit."""
    for entry in keyed_entries(document):
        if entry.closed and not any(map(str.isalnum, "".join(field.value for field in entry.fields))):
            yield Finding(entry.label_span, f"{called(entry.label, ListKind.DATABASE)} is empty", label=entry.label)


def _is_empty(source: Source, *, leaky: bool) -> bool:
    words = visible_text(source.text) if leaky else source.text
    return not any(map(str.isalnum, words)) and not source.record.url


CHECKS: Final[Checks] = {
    "CC102": unused_source,
    "CC103": duplicate_source_number,
    "CC301": empty_source,
}
