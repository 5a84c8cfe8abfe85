"""One document in, diagnostics out."""

from __future__ import annotations

import pickle

import pytest

import citecheck
from citecheck import Settings, Severity, UsageError, lint, parse
from citecheck.engine.linting import lint_document
from citecheck.model.findings import Excerpt
from citecheck.model.results import Summary
from citecheck.text.lines import Position

KETTLE = "Boils [3].\nFreezes [1].\n\n## Sources\n\n[1] Thermometry, 2019.\n[2] Uncited, 2020.\n"


def test_diagnostics_know_where_they_are_and_which_rule_says_so() -> None:
    first, second = lint(KETTLE, name="kettle.md")
    assert ("kettle.md", "CC101", "undefined-marker", Severity.ERROR) == (
        first.path,
        first.code,
        first.rule,
        first.severity,
    )
    assert (Position(1, 7), Position(1, 10), "[3]") == (first.start, first.end, first.span.of(KETTLE))
    assert ("no source is numbered 3", "3") == (first.message, first.label)
    assert ("nothing in the text cites source 2", "2") == (second.message, second.label)


def test_diagnostics_come_by_position() -> None:
    spans = [each.span for each in lint("Boils [3][3], [9].\n" + KETTLE)]
    assert sorted(spans) == spans


def test_an_excerpt_is_the_whole_of_a_short_line() -> None:
    first, _ = lint(KETTLE)
    assert Excerpt("Boils [3].", 1, 1) == first.excerpt


def test_an_excerpt_of_a_long_line_is_a_window_about_the_fault() -> None:
    text = "word " * 10_000 + "boils [3]." + " word" * 10_000 + KETTLE.partition("\n")[2]
    (excerpt,) = [each.excerpt for each in lint(text) if each.label == "3"]
    assert 1 == excerpt.line
    assert text[excerpt.column - 1 :].startswith(excerpt.text)
    assert "boils [3]." in excerpt.text
    assert 400 >= len(excerpt.text)


def test_the_summary_counts_what_was_read_and_found() -> None:
    summary = lint_document(parse(KETTLE), Settings()).summary
    assert Summary(documents=1, markers=2, citations=2, sources=2, claims=2, covered_claims=2, errors=2) == summary


def test_summaries_add_up() -> None:
    one = Summary(documents=1, markers=2, errors=1, suppressed=4)
    other = Summary(documents=1, sources=3, warnings=1, unread=1)
    assert Summary(documents=2, markers=2, sources=3, errors=1, warnings=1, suppressed=4, unread=1) == one + other


@pytest.mark.parametrize(
    ("summary", "severity", "expected"),
    [
        (Summary(errors=1), Severity.ERROR, True),
        (Summary(warnings=1, infos=1), Severity.ERROR, False),
        (Summary(warnings=1), Severity.WARNING, True),
        (Summary(errors=1), Severity.INFO, True),
        (Summary(), Severity.INFO, False),
    ],
)
def test_a_summary_reaches_a_severity(summary: Summary, severity: Severity, expected: bool) -> None:
    assert expected is summary.reaches(severity)


def test_a_result_can_go_from_one_process_to_another() -> None:
    result = lint_document(parse(KETTLE), Settings())
    assert result == pickle.loads(pickle.dumps(result))


def test_the_format_follows_the_name_and_is_markdown_without_one() -> None:
    formats = {
        "a.txt": "text",
        "a.md": "markdown",
        "<text>": "markdown",
        "README": "markdown",
        "a.csv": "markdown",
        "./report": "markdown",
        "v1.2/report": "markdown",
    }
    assert formats == {name: parse("text", name=name).format for name in formats}


def test_an_unknown_format_is_an_error_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="no format is called 'markdwon'; did you mean 'markdown'"):
        parse("text", format="markdwon")


def test_every_promised_name_is_there() -> None:
    assert [] == [name for name in citecheck.__all__ if not hasattr(citecheck, name)]
    with pytest.raises(AttributeError, match="has no attribute 'lnit'"):
        _ = citecheck.lnit  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["", "\ufeff", "\0[1]\0", "\ud800 [1]", "[1]\r[2]\r\n", "[" * 1000, "citecheck: "])
@pytest.mark.parametrize("format", ["markdown", "text"])
def test_no_text_is_too_strange(text: str, format: str) -> None:
    assert lint(text, format=format) == lint(text, format=format)
