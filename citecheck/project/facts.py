"""What one file says of the keys that its project shares: facts that are joined with those of the other files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from citecheck.model.citations import CITATIONS
from citecheck.model.structure import BibliographyReference, Inclusion, KeyStanding, Structure
from citecheck.readers import FORMATS

_CITING: Final = frozenset({KeyStanding.CERTAIN, KeyStanding.BRACKETED})


class Facts(NamedTuple):
    """The keys that a file cites and lists, the files that it names, and what tells how far to trust both.

    `cites` is generous: what may cite a key is among them. `whole`, `legible` and `everything` are
    those of Structure, `keyed` is whether something cites by key, whatever is listed.
    """

    cites: frozenset[str]
    lists: frozenset[str]
    bibliographies: tuple[BibliographyReference, ...] = ()
    inclusions: tuple[Inclusion, ...] = ()
    whole: bool = True
    legible: bool = True
    everything: bool = False
    keyed: bool = False


def facts(text: str, name: str, format: str) -> Facts:
    """The facts of a file of a format. Raises UnreadableFile and TooMuch."""
    known = FORMATS[format]
    source_map = known.source_map(text, name)
    text = source_map.text if source_map else text
    structure = known.layout(text)
    return Facts(
        cites=frozenset(_cited(structure)) | known.mentions(text),
        lists=frozenset(entry.label for entry in structure.entries if entry.numbering == CITATIONS),
        bibliographies=structure.bibliographies,
        inclusions=structure.inclusions,
        whole=structure.whole,
        legible=structure.legible,
        everything=structure.everything,
        keyed=any(each.numbering == CITATIONS and each.standing in _CITING for each in structure.citations),
    )


def _cited(structure: Structure) -> Iterator[str]:
    broken = (fault.citation for fault in structure.faults if fault.citation)
    for citation in (*structure.citations, *structure.uses, *broken):
        if citation.numbering == CITATIONS:
            yield from (label for label, _ in citation.labels)
