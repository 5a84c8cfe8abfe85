"""How a document was read, as a report shows it that has the text: frozen, and sent between processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from citecheck.model.citations import Key
from citecheck.model.document import Document
from citecheck.model.findings import Diagnostic
from citecheck.model.outcomes import Verification
from citecheck.model.results import Result
from citecheck.model.structure import BlockKind
from citecheck.text.spans import Span, SpanSet


class ReadClaim(NamedTuple):
    """A sentence: where it is, whether a citation supports it, and whether a reader may expect one."""

    span: Span
    covered: bool
    wanting: bool

    @property
    def is_gap(self) -> bool:
        """Whether it states something and nothing supports it."""
        return self.wanting and not self.covered


class ReadMarker(NamedTuple):
    """A marker: where it is, and which part of it names which source, by the number of the source in the reading."""

    span: Span
    links: tuple[tuple[Span, int], ...]


class ReadSource(NamedTuple):
    """An entry under one label: where it is, what cites it, by number in the reading, and its address.

    `used` is whether anything cites it: what is written as no marker may, too.
    """

    label: str | None
    span: Span
    markers: tuple[int, ...]
    used: bool
    address: str | None


class Reading(NamedTuple):
    """What a report shows of a document beside its findings.

    `text` is what people read of it: for a notebook the text of its cells. `spans` then gives for each span of the file
    that a finding or a check names the span of the text; it is empty where the file is the text. `flowing` are the
    parts whose line ends readers see as spaces, `fixed_width` those whose columns matter: code and tables.
    """

    text: str
    format: str
    headings: tuple[Span, ...]
    flowing: tuple[Span, ...]
    fixed_width: tuple[Span, ...]
    claims: tuple[ReadClaim, ...]
    markers: tuple[ReadMarker, ...]
    sources: tuple[ReadSource, ...]
    spans: Mapping[Span, Span]

    def shown(self, each: Diagnostic | Verification) -> Span:
        """Where in the text a finding is, or what a check is about."""
        return self.spans.get(each.span, each.span)

    @property
    def cites(self) -> bool:
        """Whether the document cites at all, or lists what it could cite."""
        return bool(self.markers or self.sources)


def with_reading(result: Result, document: Document) -> Result:
    """A result with how its document was read."""
    source_map = document.source_map
    placed = [*(each.span for each in result.diagnostics), *(each.span for each in result.verifications)]
    spans = {span: source_map.read(span) for span in placed} if source_map else {}
    numbers = {source.key: number for number, source in reversed([*enumerate(document.sources)]) if source.key}
    markers = tuple(_markers(document, numbers))
    return result._replace(
        reading=Reading(
            text=document.text,
            format=document.format,
            headings=tuple(heading.span for heading in document.structure.headings),
            flowing=tuple(_flowing(document)),
            fixed_width=_fixed_width(document),
            claims=tuple(ReadClaim(each.span, each.covered, each.wants_citation) for each in document.claims),
            markers=markers,
            sources=tuple(_sources(document, markers)),
            spans=spans,
        )
    )


def _markers(document: Document, numbers: Mapping[Key, int]) -> Iterator[ReadMarker]:
    """The markers, and the uses of a source by a reference link, in reading order."""
    citing = [(marker.span, marker.citations) for marker in document.markers]
    citing += [(link.span, (link,)) for link in document.links]
    for span, citations in sorted(citing):
        links = tuple((each.span, numbers[each.key]) for each in citations if each.key in numbers)
        yield ReadMarker(span, ((span, links[0][1]),) if len(citations) == 1 and links else links)


def _sources(document: Document, markers: tuple[ReadMarker, ...]) -> Iterator[ReadSource]:
    citing: dict[int, list[int]] = {}
    for number, marker in enumerate(markers):
        for cited in dict.fromkeys(cited for _, cited in marker.links):
            citing.setdefault(cited, []).append(number)
    for number, source in enumerate(document.sources):
        used = source.key is not None and source.key in document.cited
        address = source.record.url.value if source.record.url else None
        yield ReadSource(source.label, source.span, tuple(citing.get(number, ())), used, address)


def _flowing(document: Document) -> Iterator[Span]:
    """The blocks that are rendered, and have no line break that was meant."""
    for block in document.structure.blocks if document.structure.conventions.rendered else ():
        words = block.span.of(document.structure.text)
        if block.kind not in (BlockKind.CELL, BlockKind.QUOTE) and "  \n" not in words and "\\\n" not in words:
            yield block.span


def _fixed_width(document: Document) -> tuple[Span, ...]:
    """Code, and the lines of tables; of a table only the cells are blocks, and not what separates them."""
    cells = [block.span for block in document.structure.blocks if block.kind is BlockKind.CELL]
    between = (Span(one.end, two.start) for one, two in pairwise(cells))
    inner = [span for span in between if "\n\n" not in span.of(document.structure.text)]
    return tuple(SpanSet([*document.structure.code, *cells, *inner]))
