"""What a page shows of a document: from its result to plain values that a template only has to set out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeVar

from citecheck.model.findings import Diagnostic, RelatedLocation, Safety, Severity, counted
from citecheck.model.outcomes import Outcome
from citecheck.model.readings import Reading
from citecheck.model.results import Result, Summary
from citecheck.reports.locations import relative
from citecheck.reports.page import rows, strip
from citecheck.reports.page.addresses import linked
from citecheck.reports.page.rows import Cutter, Mark, Marks, Stretch, harmless
from citecheck.reports.terminal import Screen, visible
from citecheck.text.lines import LineIndex
from citecheck.text.spans import Span

_Value = TypeVar("_Value")

_WORST_FIRST: Final = (Outcome.WRONG, Outcome.UNKNOWN, Outcome.OK)
_FIXED_BY: Final = {Safety.SAFE: "--fix", Safety.UNSAFE: "--fix --unsafe-fixes"}
_PROPORTIONAL: Final = frozenset({"markdown", "notebook"})  # formats whose columns mean nothing, apart from their code


class Note(NamedTuple):
    """A finding beside its line."""

    id: str
    severity: Severity
    place: str
    message: str
    code: str
    rule: str
    url: str | None
    fix: str
    related: tuple[str, ...]


class Use(NamedTuple):
    """A marker that cites a source: its id, and the line it is on."""

    target: str
    line: int


class SourceNote(NamedTuple):
    """An entry with what cites it, beside its first line."""

    id: str
    label: str
    uses: tuple[Use, ...]
    used: bool
    address: str | None


class RowView(NamedTuple):
    """Lines of a document, and what is said beside them."""

    line: int
    kind: str
    stretches: tuple[Stretch, ...]
    notes: tuple[Note, ...]
    sources: tuple[SourceNote, ...]


class CellView(NamedTuple):
    """A run of sentences in the strip, in units of one sentence, and where it leads."""

    kind: str
    before: int
    length: int
    target: str
    label: str


class OutcomeView(NamedTuple):
    """What a check against the outside came to."""

    outcome: Outcome
    line: int
    aspect: str
    labels: str
    text: str
    reason: str
    evidence: str
    checked_at: str


class Facts(NamedTuple):
    """What a document comes to in numbers: its summary, its sources that are cited, and its sentences without any."""

    summary: Summary
    used: int
    gaps: int

    @property
    def cites(self) -> bool:
        """Whether it cites at all, or lists what it could cite."""
        return bool(self.summary.markers or self.summary.sources)

    @property
    def percent(self) -> int | None:
        """How many of a hundred sentences have a source, rounded down: a hundred is all."""
        return self.summary.covered_claims * 100 // self.summary.claims if self.cites and self.summary.claims else None

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return self.summary.errors + self.summary.warnings + self.summary.infos

    @property
    def others(self) -> int:
        """How many sentences have no source and need none."""
        return self.summary.claims - self.summary.covered_claims - self.gaps

    def plus(self, other: Facts) -> Facts:
        """What both come to."""
        return Facts(self.summary + other.summary, self.used + other.used, self.gaps + other.gaps)


class DocumentView(NamedTuple):
    """All that a page shows of one document."""

    id: str
    name: str
    facts: Facts
    is_prose: bool
    cells: tuple[CellView, ...]
    rows: tuple[RowView, ...]
    outcomes: tuple[OutcomeView, ...]


def document_view(number: int, result: Result, reading: Reading, screen: Screen) -> DocumentView:
    """What a page shows of a document that could be read."""
    id = f"d{number}"
    cells = strip.cells(reading.claims) if reading.cites else []
    return DocumentView(
        id,
        visible(relative(result.path)),
        facts(result, reading),
        reading.format in _PROPORTIONAL,
        tuple(_cells(id, cells, reading)),
        tuple(_rows(id, cells, result, reading, screen)),
        tuple(_outcomes(result, reading)),
    )


def facts(result: Result, reading: Reading) -> Facts:
    """What a document comes to in numbers."""
    gaps = sum(claim.is_gap for claim in reading.claims) if reading.cites else 0
    return Facts(result.summary, sum(source.used for source in reading.sources), gaps)


def _rows(id: str, cells: Sequence[strip.Cell], result: Result, reading: Reading, screen: Screen) -> Iterator[RowView]:
    index = LineIndex(reading.text)
    places = [reading.shown(each) for each in result.diagnostics]
    notes = [_note(f"{id}n{number}", each, screen) for number, each in enumerate(result.diagnostics, 1)]
    entries = [source.span for source in reading.sources]
    sources = [_source(id, number, reading, index) for number in range(len(reading.sources))]
    cutter = Cutter(reading.text, _marks(id, cells, reading, result.diagnostics))
    noted, listed = _in_order(places, notes), _in_order(entries, sources)
    every = list(rows.rows(reading, (span.start for span in places), entries))
    for row, after in zip(every, [*every[1:], None], strict=False):
        end = after.span.start if after else len(reading.text) + 1
        beside = tuple(_before(end, noted)), tuple(_before(end, listed))
        yield RowView(row.number, row.kind, cutter.stretches(row.span), *beside)


def _in_order(spans: Iterable[Span], values: Iterable[_Value]) -> deque[tuple[Span, _Value]]:
    return deque(sorted(zip(spans, values, strict=True), key=lambda placed: placed[0]))


def _before(end: int, placed: deque[tuple[Span, _Value]]) -> Iterator[_Value]:
    """What is placed before an offset, taken out."""
    while placed and placed[0][0].start < end:
        yield placed.popleft()[1]


def _marks(id: str, cells: Sequence[strip.Cell], reading: Reading, diagnostics: Iterable[Diagnostic]) -> Marks:
    """What is marked in the text. A gap has an id where a cell of the strip points to it, as other sentences do."""
    firsts = {cell.first for cell in cells}
    gaps, anchors = [], {}
    for number, claim in enumerate(reading.claims if reading.cites else ()):
        own = f"{id}c{number}" if number in firsts else ""
        if claim.is_gap:
            gaps.append(Mark(claim.span, "", own))
        elif own and claim.covered:
            anchors[claim.span.start] = own
    worst = sorted(diagnostics, key=lambda each: -each.severity.weight)
    faults = [Mark(reading.shown(each), each.severity) for each in worst]
    return Marks(list(_markers(id, reading)), sorted(gaps), faults, anchors)


def _markers(id: str, reading: Reading) -> Iterator[Mark]:
    """The markers, those that name several sources in parts, each of which points to its own."""
    end = 0
    for number, marker in enumerate(reading.markers):
        own = f"{id}m{number}"
        start = max(end, marker.span.start)
        for span, source in marker.links:
            if span.start < start:
                continue  # a source that a range implies: its ends are links
            if start < span.start:
                yield Mark(Span(start, span.start), "m", own if start == marker.span.start else "")
            yield Mark(span, "m", own if span.start == marker.span.start else "", f"{id}s{source}")
            start = span.end
        end = max(end, marker.span.end)
        if start < end:
            yield Mark(Span(start, end), "m", own if start == marker.span.start else "")


def _cells(id: str, cells: Iterable[strip.Cell], reading: Reading) -> Iterator[CellView]:
    index = LineIndex(reading.text)
    for cell in cells:
        line = index.position(reading.claims[cell.first].span.start).line
        target = "" if cell.kind == strip.OTHER else f"{id}c{cell.first}"
        label = f"line {line}: {counted(cell.length, 'sentence')}"
        yield CellView(cell.kind, cell.before, cell.length, target, label)


def _note(id: str, each: Diagnostic, screen: Screen) -> Note:
    fix = f"{each.fix.title}, by {_FIXED_BY[each.fix.safety]}" if each.fix else ""
    return Note(
        id,
        each.severity,
        each.place,
        visible(each.message),
        each.code,
        each.rule,
        linked(screen.url_of(each.code, each.rule)),
        visible(fix),
        tuple(map(_related, each.related)),
    )


def _related(each: RelatedLocation) -> str:
    line = f"line {each.shown[0].line}" + (f" of cell {each.cell.number}" if each.cell else "")
    return visible(f"{line}: {each.message}")


def _source(id: str, number: int, reading: Reading, index: LineIndex) -> SourceNote:
    source = reading.sources[number]
    uses = tuple(Use(f"{id}m{each}", _line(reading.markers[each].span, index)) for each in source.markers)
    return SourceNote(f"{id}s{number}", visible(source.label or ""), uses, source.used, linked(source.address))


def _line(span: Span, index: LineIndex) -> int:
    return index.position(span.start).line


def _outcomes(result: Result, reading: Reading) -> Iterator[OutcomeView]:
    """What checks against the outside came to, the worst first."""
    index = LineIndex(reading.text)
    for each in sorted(result.verifications, key=lambda each: _WORST_FIRST.index(each.outcome)):
        yield OutcomeView(
            each.outcome,
            _line(reading.shown(each), index),
            each.aspect,
            visible(", ".join(each.labels)),
            harmless(each.text),
            each.reason or "",
            harmless(each.evidence),
            each.checked_at or "",
        )
