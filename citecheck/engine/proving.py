"""Faults for a document, to find out whether they would be reported: how far a run without findings is to be trusted.

Each fault is one small change, of a kind that happens in editing, with the findings that it must lead to. What a
document has wrong before, it has still; only what is found besides counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from citecheck.model.citations import Citation, Marker, Syntax
from citecheck.model.document import Document
from citecheck.model.findings import Diagnostic, Edit
from citecheck.model.sources import Source
from citecheck.text.spans import Span

CODES: Final = frozenset({"CC101", "CC102", "CC103", "CC104", "CC105", "CC106"})
_BEYOND: Final = 3  # from the highest number of a list to one that it never had

Reported = Counter[tuple[str, str | None]]
"""How often each rule reports each label."""


class Fault(NamedTuple):
    """A change that makes a document faulty, where it is made, and what must be reported of it."""

    kind: str
    span: Span
    edits: tuple[Edit, ...]
    expected: Reported


class Use(NamedTuple):
    """A marker, and one of the labels that it names."""

    marker: Marker
    citation: Citation

    @property
    def implied(self) -> bool:
        """Whether a range includes the label, and nobody wrote it."""
        within = [each for each in self.marker.ranges if each.span == self.citation.span]
        return any(self.citation.label not in (str(each.first), str(each.last)) for each in within)


def reported(diagnostics: Sequence[Diagnostic]) -> Reported:
    """What diagnostics say of markers and sources."""
    return Counter((each.code, each.label) for each in diagnostics if each.code in CODES)


def faults(document: Document) -> Iterator[Fault]:
    """Every fault of the kinds below that a document can have: one list of sources, some of them cited once listed."""
    if len(document.source_lists) != 1 or document.source_map:
        return
    uses = _uses(document)
    listed = Counter(source.label for source in document.sources)
    sources = [each for each in document.sources if each.label in uses and listed[each.label] == 1 and _is_one(each)]
    for place, source in enumerate(sources):
        own = uses[source.label or ""]
        yield _removed(source, document, own)
        yield from _relabelled(source, sources[place - 1], document, own)
        yield from _doubled(source, document)
        markers = [use.marker for use in own]
        if all(len(each.citations) == 1 and each.syntax is not Syntax.SUPERSCRIPT for each in markers):
            yield _changed(markers, document)
            yield _uncited(markers)
            yield from _open(markers[0])


def _is_one(source: Source) -> bool:
    """Whether a source has a number, and words."""
    return (source.label or "").isdecimal() and any(map(str.isalnum, source.text))


def _uses(document: Document) -> Mapping[str, Sequence[Use]]:
    """The uses of each label."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for marker in document.markers:
        for citation in marker.citations:
            uses[citation.label].append(Use(marker, citation))
    return uses


def _lines(source: Source, document: Document) -> Span:
    """The lines of an entry with their last ending."""
    start = document.text.rfind("\n", 0, source.span.start) + 1
    return Span(start, document.text.find("\n", source.span.end) + 1 or len(document.text))


def _undefined(source: Source, uses: Sequence[Use]) -> Reported:
    """What is reported where a source is gone that was used."""
    return Counter(("CC106" if use.implied else "CC101", source.label) for use in uses)


def _removed(source: Source, document: Document, uses: Sequence[Use]) -> Fault:
    lines = _lines(source, document)
    return Fault("entry removed", source.span, (Edit(lines, ""),), _undefined(source, uses))


def _relabelled(source: Source, neighbour: Source, document: Document, uses: Sequence[Use]) -> Iterator[Fault]:
    label = _bracketed_label(source, document)
    if label and neighbour is not source:
        expected = _undefined(source, uses)
        expected["CC103", neighbour.label] = 1
        yield Fault("entry relabelled", source.span, (Edit(label, neighbour.label or ""),), expected)


def _doubled(source: Source, document: Document) -> Iterator[Fault]:
    """The entry once more, under the next free number, below the last."""
    lines, label = _lines(source, document), _bracketed_label(source, document)
    below = _lines(document.sources[-1], document)
    if label and all(each.of(document.text).endswith("\n") for each in (lines, below)):
        number = str(_highest(document) + 1)
        text = document.text
        copy = text[lines.start : label.start] + number + text[label.end : lines.end]
        expected: Reported = Counter({("CC102", number): 1})
        yield Fault("entry doubled", source.span, (Edit(Span(below.end, below.end), copy),), expected)


def _bracketed_label(source: Source, document: Document) -> Span | None:
    """Where the label of an entry is written, `[3]` or `[^3]`; None where it has another form."""
    for opening in ("[", "[^"):
        if document.text.startswith(f"{opening}{source.label}]", source.span.start):
            start = source.span.start + len(opening)
            return Span(start, start + len(source.label or ""))
    return None


def _highest(document: Document) -> int:
    """The highest number that is listed or cited."""
    labels = [*(source.label for source in document.sources), *(each.label for each in document.citations)]
    return max(int(label) for label in labels if label and label.isdecimal())


def _changed(markers: Sequence[Marker], document: Document) -> Fault:
    (citation,) = markers[0].citations
    number = str(_highest(document) + _BEYOND)
    expected: Reported = Counter({("CC101", number): 1})
    if len(markers) == 1:
        expected["CC102", citation.label] = 1
    return Fault("marker changed", markers[0].span, (Edit(citation.span, number),), expected)


def _uncited(markers: Sequence[Marker]) -> Fault:
    expected: Reported = Counter({("CC102", markers[0].citations[0].label): 1})
    return Fault("markers removed", markers[0].span, tuple(Edit(marker.span, "") for marker in markers), expected)


def _open(marker: Marker) -> Iterator[Fault]:
    if marker.text == f"[{marker.labels[0]}]":
        closing = Span(marker.span.end - 1, marker.span.end)
        yield Fault("bracket dropped", marker.span, (Edit(closing, ""),), Counter({("CC105", None): 1}))
