"""What must be sound before anything is renumbered: a marker names one work, and every marker names some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from citecheck.editing.renumber.errors import RenumberError
from citecheck.model.citations import CITATIONS, LOOSE, Syntax
from citecheck.model.document import Document
from citecheck.model.sources import Source
from citecheck.recognition.entries.works import Work
from citecheck.recognition.markers.ranges import WIDEST_RANGE
from citecheck.text.spans import Span


def refuse_doubtful(doubts: Mapping[int, str], numberings: Iterable[int]) -> None:
    """Raises Refused where there are doubts about one of the numberings."""
    for numbering in numberings:
        if numbering in doubts:
            raise RenumberError(doubts[numbering])


def refuse_keys(document: Document) -> None:
    """Raises Refused where a document cites by keys, or by bare numbers."""
    if any(key.numbering == CITATIONS for key in (*document.cited, *document.listed)):
        raise RenumberError("it cites by keys, which are names that other files may use too")
    for marker in document.markers:
        if marker.syntax is Syntax.BARE:
            told = f"line {_line(document, marker.span)} cites with {marker.text!r}, and others like it may not be read"
            raise RenumberError(f"{told}; write markers in brackets")


def doubts_about(document: Document) -> Mapping[int, str]:
    """Why the numbers of a document cannot be trusted, by the numbering that a reason holds for.

    A marker that names nothing may be a typo for one of the sources, for the very one perhaps that nothing else cites.
    Of a label that two works have, nobody can tell which is meant, nor which number the other was to have; and of more
    ranges than a text may have spelled out, all that they name.
    """
    doubts: dict[int, str] = {}
    for key, sources in document.listed.items():
        if len(sources) > 1 and key.numbering not in doubts and _two_works(sources):
            told = f"source {sources[0].label} is listed twice (CC103)"
            doubts[key.numbering] = f"{told}; give one of the two another number"
    for key, citations in document.cited.items():
        if key not in document.listed and key.numbering not in doubts:
            line = _line(document, citations[0].span)
            told = f"line {line} names source {citations[0].label}, which is not listed"
            doubts[key.numbering] = f"{told}; fix that first, since it may be a typo for another"
    for marker in document.markers:
        if marker.syntax in LOOSE:
            told = f"line {_line(document, marker.span)} cites with {marker.text!r}, and others like it may not be read"
            doubts.setdefault(marker.citations[0].key.numbering, f"{told}; write markers in brackets")
        for each in marker.ranges:
            if len(marker.citations) <= each.last - each.first <= WIDEST_RANGE:
                line = _line(document, marker.span)
                told = f"the range {each.first}–{each.last} on line {line} is one of more than can be followed"
                doubts.setdefault(marker.citations[0].key.numbering, f"{told}; split the document")
    return doubts


def _line(document: Document, span: Span) -> str:
    return document.line_of(span.start)


def _two_works(sources: Sequence[Source]) -> bool:
    """Whether entries of one label are of two works."""
    works = [Work(source) for source in sources]
    return any(not work.same(works[0]) for work in works[1:])
