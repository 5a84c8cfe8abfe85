"""Faults put into documents one at a time, and whether exactly they are told.

Documents are taken that have one source list whose numbers the text cites. In each, an entry in the middle is taken
out, or given the number of its neighbour; a marker is given a number beyond the list, or loses its closing bracket;
and the markers of a source are taken out. What citecheck then says beyond what it said before must be that fault, at as
many places as it has, and nothing else. What a document had wrong before, it has still.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from citecheck import lint, parse
from citecheck.model.citations import Citation, Marker, Syntax
from citecheck.model.document import Document
from citecheck.model.sources import Source
from tests.accuracy.measurement import Outcome

KINDS = ("entry taken out", "entry renumbered", "marker changed", "markers taken out", "bracket left out")
_CODES = frozenset({"CC101", "CC102", "CC103", "CC104", "CC105", "CC106"})
_FEWEST = 2  # entries that are cited; a document with fewer is left alone
_BEYOND = 3  # from the highest number of a list to one that it never had

Told = Counter[tuple[str, str | None]]
"""How often each rule speaks of each label."""


class Use(NamedTuple):
    """A marker, and one of the labels that it names."""

    marker: Marker
    citation: Citation

    @property
    def implied(self) -> bool:
        """Whether a range takes the label in, and nobody wrote it."""
        within = [each for each in self.marker.ranges if each.span == self.citation.span]
        return any(self.citation.label not in (str(each.first), str(each.last)) for each in within)


class Injected(NamedTuple):
    """A document with one fault more, and what is to be told of it."""

    kind: str
    text: str
    expected: Told


class Trial(NamedTuple):
    """A fault that was put into a document, and what was told of it."""

    file: str
    injected: Injected
    found: Told

    @property
    def exact(self) -> bool:
        """Whether the fault was told, and nothing else."""
        return self.found == self.injected.expected


def trials(outcomes: Iterable[Outcome]) -> Iterator[Trial]:
    """Each fault in each document that can have it."""
    for outcome in outcomes:
        before = _told(outcome.text, outcome.file)
        for injected in _injected(parse(outcome.text, name=outcome.file)):
            found = _told(injected.text, outcome.file)
            found.subtract(before)
            yield Trial(outcome.file, injected, Counter({key: count for key, count in found.items() if count}))


def _told(text: str, name: str) -> Told:
    return Counter((each.code, each.label) for each in lint(text, name=name) if each.code in _CODES)


def _injected(document: Document) -> Iterator[Injected]:
    if len(document.source_lists) != 1:
        return
    uses = _uses(document)
    listed = Counter(each.label for each in document.sources)
    sources = [each for each in document.sources if each.label in uses and listed[each.label] == 1 and _is_one(each)]
    if len(sources) < _FEWEST:
        return
    middle = len(sources) // 2
    yield _without(sources[middle], document, uses)
    yield from _renumbered(sources[middle], sources[middle - 1], document, uses)
    for source in sources[middle:]:
        markers = [use.marker for use in uses[source.label or ""]]
        if all(len(each.citations) == 1 and each.syntax is not Syntax.SUPERSCRIPT for each in markers):
            yield _changed(markers, document)
            yield _uncited(markers, document)
            yield from _open(markers[0], document)
            return


def _is_one(source: Source) -> bool:
    """Whether a source has a number, and words."""
    return (source.label or "").isdecimal() and any(map(str.isalnum, source.text))


def _uses(document: Document) -> dict[str, list[Use]]:
    """The uses of each label."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for marker in document.markers:
        for citation in marker.citations:
            uses[citation.label].append(Use(marker, citation))
    return uses


def _undefined(source: Source, uses: dict[str, list[Use]]) -> Told:
    """What is told where a source is gone that was used."""
    return Counter(("CC106" if use.implied else "CC101", source.label) for use in uses[source.label or ""])


def _without(source: Source, document: Document, uses: dict[str, list[Use]]) -> Injected:
    text = document.text
    start = text.rfind("\n", 0, source.span.start) + 1
    end = text.find("\n", source.span.end) + 1 or len(text)
    return Injected("entry taken out", text[:start] + text[end:], _undefined(source, uses))


def _renumbered(
    source: Source, neighbour: Source, document: Document, uses: dict[str, list[Use]]
) -> Iterator[Injected]:
    label = re.compile(rf"\[\^?({source.label})\]").match(document.text, source.span.start)
    if label:
        expected = _undefined(source, uses)
        expected["CC103", neighbour.label] = 1
        yield Injected("entry renumbered", _replaced(document, [(label.span(1), neighbour.label or "")]), expected)


def _changed(markers: Sequence[Marker], document: Document) -> Injected:
    (citation,) = markers[0].citations
    number = str(max(int(each.label) for each in document.sources if each.label and each.label.isdecimal()) + _BEYOND)
    expected: Told = Counter({("CC101", number): 1})
    if len(markers) == 1:
        expected["CC102", citation.label] = 1
    return Injected("marker changed", _replaced(document, [(citation.span, number)]), expected)


def _uncited(markers: Sequence[Marker], document: Document) -> Injected:
    expected: Told = Counter({("CC102", markers[0].citations[0].label): 1})
    return Injected("markers taken out", _replaced(document, [(marker.span, "") for marker in markers]), expected)


def _open(marker: Marker, document: Document) -> Iterator[Injected]:
    if marker.text == f"[{marker.labels[0]}]":
        text = _replaced(document, [(marker.span, marker.text[:-1])])
        yield Injected("bracket left out", text, Counter({("CC105", None): 1}))


def _replaced(document: Document, edits: Iterable[tuple[tuple[int, int], str]]) -> str:
    text = document.text
    for (start, end), new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
