"""Natives: the citations and entries that a format has a syntax for; taken as they are, since nobody need guess."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from citecheck.model.citations import CITATIONS, FOOTNOTES, Citation, Key, Malformed, Marker
from citecheck.model.key_spaces import Beside, Bibliography, KeySpace
from citecheck.model.sources import ListKind, Source, SourceList
from citecheck.model.structure import KeyStanding, NativeCitation, NativeEntry, Structure
from citecheck.recognition.entries.record import record, record_of_wording
from citecheck.recognition.labels import Slips, normalize_label
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

_KEY_LIKE = lazy_regex(r"\d|_|:|\p{Ll}\p{Lu}")


def key_space(structure: Structure, beside: Beside | None) -> KeySpace:
    """The bibliographies of a document: those that were opened for it, with the places where it names them.

    None means that nobody has looked for any: then nothing is known of what is in those that it names.
    """
    named = {each.path: each for each in reversed(structure.bibliographies)}
    if beside is None:
        beside = Beside(tuple(Bibliography(path) for path in named))
    inline = any(entry.numbering == CITATIONS for entry in structure.entries)
    placed = (
        each._replace(span=here.span, folds_case=here.folds_case) if (here := named.get(each.name)) else each
        for each in beside.bibliographies
    )
    return KeySpace(tuple(placed), inline, beside.cited)


def settled(structure: Structure, keys: KeySpace) -> Structure:
    """The structure with those of its citations that are some, by what is known of the keys."""
    if not any(native.standing is not KeyStanding.CERTAIN for native in structure.citations):
        return structure
    listed = _listed(structure, keys)
    slips = Slips(listed)
    cited = tuple(native for native in structure.citations if _cites(native, keys, listed, slips))
    opaque = SpanSet([*structure.opaque, *(native.span for native in cited)]) if cited else structure.opaque
    return structure._replace(citations=cited, opaque=opaque)


def _listed(structure: Structure, keys: KeySpace) -> frozenset[str]:
    """The keys that are known, as they are written."""
    return keys.keys | {entry.label for entry in structure.entries if entry.numbering == CITATIONS}


def _cites(native: NativeCitation, keys: KeySpace, listed: frozenset[str], slips: Slips) -> bool:
    match native.standing:
        case KeyStanding.CERTAIN:
            return True
        case KeyStanding.BRACKETED:
            return keys.named
        case KeyStanding.BARE:
            label = native.labels[0][0]
            return label in listed or (keys.named and keys.complete and _may_be_key(label, slips))
        case KeyStanding.LISTED:
            return any(label in listed for label, _ in native.labels)
        case _:
            assert_never(native.standing)


def _may_be_key(label: str, slips: Slips) -> bool:
    """Whether an unknown `@word` was meant for a key: it looks like one, or is a typo of one that is listed."""
    return _KEY_LIKE.search(label) is not None or slips.meant(label) is not None


def keys_elsewhere(structure: Structure, keys: KeySpace) -> frozenset[Key]:
    """What may be cited because another file lists it."""
    return frozenset(_key(CITATIONS, label, structure) for label in keys.keys)


def cited_elsewhere(structure: Structure, keys: KeySpace) -> frozenset[Key]:
    """What other documents of the project cite."""
    return frozenset(_key(CITATIONS, label, structure) for label in keys.cited or ())


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
