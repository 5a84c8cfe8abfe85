"""Natives: the citations and entries that a format has a syntax for; taken as they are, since nobody need guess."""

from __future__ import annotations

from collections.abc import Iterator

from citecheck.model.citations import FOOTNOTES, Citation, Key, Malformed, Marker
from citecheck.model.sources import ListKind, Source, SourceList
from citecheck.model.structure import NativeCitation, NativeEntry, Structure
from citecheck.recognition.entries.record import record, record_of_wording
from citecheck.recognition.labels import normalize_label
from citecheck.text.spans import Span


def native_markers(structure: Structure) -> Iterator[Marker]:
    """The markers in the format's own syntax, in reading order."""
    for native in structure.citations:
        yield Marker(native.span.of(structure.text), native.span, native.syntax, _citations(native, structure))


def native_faults(structure: Structure) -> Iterator[Malformed]:
    """What was meant as one of these and is none."""
    for fault in structure.faults:
        cited = _citations(fault.citation, structure) if fault.citation else ()
        yield Malformed(fault.span, fault.fault, fault.repair, cited)


def native_lists(structure: Structure, text: str) -> Iterator[SourceList]:
    """The entries in the format's own syntax, as one list for each numbering that they belong to.

    The words of an entry with fields are read from the text itself, as its structure may have none.
    """
    for numbering in sorted({entry.numbering for entry in structure.entries}, reverse=True):
        own = [entry for entry in structure.entries if entry.numbering == numbering]
        kind = ListKind.FOOTNOTES if numbering == FOOTNOTES else ListKind.NUMBERED
        if any(entry.record for entry in own):
            kind = ListKind.DATABASE
        span = Span(own[0].span.start, max(entry.span.end for entry in own))
        yield SourceList(kind, None, span, tuple(_source(entry, structure, text) for entry in own), numbering)


def native_uses(structure: Structure) -> Iterator[Citation]:
    """The uses of entries that are no markers."""
    for native in structure.uses:
        yield from _citations(native, structure)


def _citations(native: NativeCitation, structure: Structure) -> tuple[Citation, ...]:
    return tuple(Citation(label, span, _key(native.numbering, label, structure)) for label, span in native.labels)


def _source(entry: NativeEntry, structure: Structure, text: str) -> Source:
    words = entry.text_span.of(text if entry.record else structure.text)
    start, wording = entry.text_span.start, structure.conventions.wording
    return Source(
        label=entry.label,
        key=_key(entry.numbering, entry.label, structure),
        span=entry.span,
        label_span=entry.label_span,
        text=words,
        text_span=entry.text_span,
        record=entry.record or (record_of_wording(words, start, wording) if wording else record(words, start)),
    )


def _key(numbering: int, label: str, structure: Structure) -> Key:
    return Key(numbering, normalize_label(label) if structure.conventions.folds_case else label)
