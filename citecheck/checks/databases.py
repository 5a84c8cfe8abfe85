"""What is wrong in how the entries of a database are written: CC317, CC318 and CC319."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from citecheck.bibliography.bibtex import STANDARD_STRINGS
from citecheck.checks.entries import keyed_entries
from citecheck.checks.families import Checks
from citecheck.checks.messages import called
from citecheck.model.document import Document
from citecheck.model.findings import Finding, RelatedSpan, Severity
from citecheck.model.sources import ListKind
from citecheck.model.structure import NativeField
from citecheck.recognition.labels import Slips
from citecheck.text.patterns import lazy_re
from citecheck.text.spans import Span

_PARENTS = frozenset({"crossref", "xdata"})
_RELATIVES = _PARENTS | {"entryset", "related", "xref"}  # fields that name entries which count as cited with this one
_LISTED = lazy_re(r"[^\s,{}\"]+")


def duplicate_field(document: Document) -> Iterator[Finding]:
    """CC317: an entry has a field twice; one that says the same again does no harm."""
    for entry in keyed_entries(document):
        seen: dict[str, NativeField] = {}
        for field in entry.fields:
            first = seen.setdefault(field.name, field)
            if first is not field and first.value.split() != field.value.split():
                message = f"{called(entry.label, ListKind.DATABASE)} has the field {field.name} twice"
                related = (RelatedSpan(first.name_span, "first given here"),)
                yield Finding(field.name_span, message, label=entry.label, related=related)


def unclosed_entry(document: Document) -> Iterator[Finding]:
    """CC318: an entry is not closed before the next begins, or the file ends."""
    for entry in keyed_entries(document):
        if not entry.closed:
            message = f"{called(entry.label, ListKind.DATABASE)} is not closed: a brace or a quotation mark is missing"
            yield Finding(entry.label_span, message, label=entry.label)


def dangling_crossref(document: Document) -> Iterator[Finding]:
    """CC319: `crossref` or `xdata` names no entry, or a value a `@string` that is not defined.

    A file that defines no string may get them from another, and so may one whose strings are named quite otherwise.
    """
    keys = {entry.label.casefold(): entry.label for entry in document.structure.entries}
    strings = document.structure.strings
    near_keys, near_strings = Slips(keys.values()), Slips(strings)
    for entry in keyed_entries(document):
        for field in entry.fields:
            for name, span in _parents(field):
                if name.casefold() not in keys:
                    meant = near_keys.meant(name)
                    hint = f"; did you mean {meant}?" if meant else ""
                    yield Finding(span, f"{field.name} names {name}, which no entry is{hint}", label=entry.label)
            for name, span in field.strings:
                if name.lower() in strings or name.lower() in STANDARD_STRINGS:
                    continue
                if meant := near_strings.meant(name.lower()):
                    message = f"no @string is called {name}; did you mean {meant}?"
                    yield Finding(span, message, label=entry.label)


def uncited_entries(document: Document) -> Iterator[Finding]:
    """CC102: no document of the project cites an entry, by any of its keys or through an entry that takes it in.

    None where not every document could be read that may cite.
    """
    if not document.keys.joined:
        return
    sources = [source for listing in document.source_lists for source in listing.sources]
    cited = {source.label_span for source in sources if source.key and document.cites(source.key)}
    used = _with_relatives(document, {entry.span for entry in document.structure.entries if entry.label_span in cited})
    for entry in keyed_entries(document):
        if entry.span not in used:
            message = f"no document cites {called(entry.label, ListKind.DATABASE)}"
            yield Finding(entry.label_span, message, label=entry.label, severity=Severity.WARNING)


def _with_relatives(document: Document, used: set[Span]) -> set[Span]:
    """The places of entries, and of those that they name in turn."""
    entries = {entry.label.casefold(): entry for entry in document.structure.entries}
    todo = [entry for entry in document.structure.entries if entry.span in used]
    while todo:
        for field in todo.pop().fields:
            for found in _LISTED.findall(field.value) if field.name in _RELATIVES else ():
                relative = entries.get(found.casefold())
                if relative and relative.span not in used:
                    used.add(relative.span)
                    todo.append(relative)
    return used


def _parents(field: NativeField) -> Iterator[tuple[str, Span]]:
    """The entries that a field takes its entry's other fields from."""
    if field.name in _PARENTS and not field.strings:
        for found in _LISTED.finditer(field.value):
            yield found[0], Span(field.span.start + found.start(), field.span.start + found.end())


CHECKS: Final[Checks] = {
    "CC317": duplicate_field,
    "CC318": unclosed_entry,
    "CC319": dangling_crossref,
}
