"""What holds of any text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from citecheck import Settings, lint, parse
from citecheck.engine.linting import lint_document
from citecheck.model.document import Document
from citecheck.model.sources import FIELDS
from citecheck.reports import INSPECTIONS, REPORTS
from citecheck.reports.terminal import Screen, plain
from citecheck.text.spans import Span
from tests.strategies import FORMATS, Sound, sound_documents, texts

PEDANTIC = Settings(pedantic=True)
SCREEN = Screen(80, plain, quiet=False, encoding="utf-8")

relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def spans(document: Document) -> Iterator[Span]:
    """Every span that a document has."""
    for marker in (*document.markers, *document.hidden):
        yield marker.span
        yield from (citation.span for citation in marker.citations)
        yield from (range_.span for range_ in marker.ranges)
    for malformed in document.malformed:
        yield malformed.span
    for listing in document.source_lists:
        yield listing.span
    for source in document.sources:
        yield from (source.span, source.label_span, source.text_span)
    yield from (claim.span for claim in document.claims)
    yield from (comment.span for comment in document.structure.comments)
    yield from (use.span for use in document.links)
    yield from document.structure.verbatim


def told(document: Document) -> tuple[object, ...]:
    """All that a document tells of its text."""
    fields = ("urls", *FIELDS)
    records = [
        (source.label, source.key, source.span, source.text, [getattr(source.record, field) for field in fields])
        for source in document.sources
    ]
    lists = [(listing.kind, listing.heading, listing.span, listing.numbering) for listing in document.source_lists]
    rest = (
        document.hidden,
        document.malformed,
        document.links,
        document.structure.headings,
        document.structure.comments,
    )
    return document.markers, records, lists, document.claims, document.cited, rest


def labels(document: Document) -> tuple[list[str], list[str | None]]:
    """What a document cites and lists, whatever its line endings are."""
    return [citation.label for citation in document.citations], [source.label for source in document.sources]


@relaxed
@given(texts, FORMATS)
@example("\ud800[1]\0\r\x0c\n\n[1] \udfff", "markdown")
@example("", "text")
@example("\x1f", "text")
@example("Salt [1].\n\x1c\n[1] A. Olsen, 1901.\n", "text")
def test_spans_lie_in_the_text(text: str, format: str) -> None:
    for span in spans(parse(text, format=format)):
        assert 0 <= span.start <= span.end <= len(text)


@relaxed
@given(texts, FORMATS)
def test_a_span_holds_what_is_said_to_be_there(text: str, format: str) -> None:
    document = parse(text, format=format)
    for marker in document.markers:
        assert any(digit in text for digit in marker.text) or not marker.text
        assert marker.span.covers(marker.citations[0].span)
        if "\r" not in text and "\0" not in text and not any("\ud800" <= each <= "\udfff" for each in text):
            assert marker.text == marker.span.of(text)
    for source in document.sources:
        assert source.span.covers(source.label_span)
        assert source.span.covers(source.text_span)


@relaxed
@given(texts, FORMATS)
def test_markers_come_in_reading_order_and_apart(text: str, format: str) -> None:
    document = parse(text, format=format)
    ends = [(marker.span.start, marker.span.end) for marker in document.markers]
    assert sorted(ends) == ends
    assert all(one[1] <= other[0] for one, other in pairwise(ends))


@relaxed
@given(texts, FORMATS)
def test_the_joins_are_those_of_the_parts(text: str, format: str) -> None:
    document = parse(text, format=format)
    assert {source.key for source in document.sources if source.key} == set(document.listed)
    assert {citation.key for citation in document.citations} <= set(document.cited)


@relaxed
@given(texts, FORMATS)
def test_nothing_raises_and_every_finding_has_a_place(text: str, format: str) -> None:
    for diagnostic in lint(text, format=format, settings=PEDANTIC):
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
        assert diagnostic.start <= diagnostic.end
        assert diagnostic.message
        assert not diagnostic.message.endswith(".")
        for edit in diagnostic.fix.edits if diagnostic.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(text)


@relaxed
@given(texts, FORMATS)
def test_a_text_is_read_the_same_way_every_time(text: str, format: str) -> None:
    assert told(parse(text, format=format)) == told(parse(text, format=format))
    assert lint(text, format=format) == lint(text, format=format)


@relaxed
@given(texts, FORMATS)
@example("## Sources\n<a id='ref1'>\n1. ", "markdown")
@example("[^1]:\n\n\n[^1]", "markdown")
@example("# SOURCE\n:[0]\n- [1]", "markdown")
@example("%\nSOURCE\n\n0.", "text")
@example("[cite: 1]\n¹\n[1]: [1]", "markdown")
def test_line_endings_change_no_label(text: str, format: str) -> None:
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    assert labels(parse(unix, format=format)) == labels(parse(unix.replace("\n", "\r\n"), format=format))
    assert labels(parse(unix, format=format)) == labels(parse(unix.replace("\n", "\r"), format=format))


@relaxed
@given(texts, FORMATS)
def test_a_blank_line_at_the_end_changes_nothing(text: str, format: str) -> None:
    ended = text.replace("\r\n", "\n").replace("\r", "\n") + "\n"
    assert labels(parse(ended, format=format)) == labels(parse(ended + "\n", format=format))


@relaxed
@given(sound_documents(), FORMATS)
def test_everything_resolves_in_a_document_without_faults(sound: Sound, format: str) -> None:
    document = parse(sound.text, format=format)
    assert list(sound.labels) == [source.label for source in document.sources]
    assert list(sound.labels) == [citation.label for citation in document.citations]
    assert set(document.cited) == set(document.listed)


@relaxed
@given(sound_documents(), FORMATS)
def test_no_rule_about_markers_speaks_of_it(sound: Sound, format: str) -> None:
    assert [] == lint(sound.text, format=format, settings=Settings(select=("CC1", "CC2", "CC6")))


@relaxed
@given(sound_documents())
def test_a_marker_more_than_the_list_has_is_undefined(sound: Sound) -> None:
    assume(sound.marker.startswith(" "))  # right behind a word, a number that nothing lists may be an index
    last = str(int(sound.labels[-1]) + 1)
    sentence = f"The oldest pans are gone{sound.marker.format(last)}."
    text = sound.text.replace("# Salt\n\n", f"# Salt\n\n{sentence}\n\n")
    assert last in {diagnostic.label for diagnostic in lint(text, settings=Settings(select=("CC101",)))}


@relaxed
@given(texts, FORMATS)
@pytest.mark.parametrize("report", list(REPORTS))
def test_every_report_can_be_written(report: str, text: str, format: str) -> None:
    result = lint_document(parse(text, name="a.md", format=format), PEDANTIC)
    stream = StringIO()
    REPORTS[report](iter([result]), stream, SCREEN)
    if report == "json":
        assert len(result.diagnostics) == len(json.loads(stream.getvalue())["diagnostics"])


@relaxed
@given(texts, FORMATS)
def test_an_inspection_in_json_is_always_valid(text: str, format: str) -> None:
    stream = StringIO()
    INSPECTIONS["json"](iter([parse(text, name="a.md", format=format)]), stream, SCREEN)
    assert 1 == len(json.loads(stream.getvalue())["documents"])
