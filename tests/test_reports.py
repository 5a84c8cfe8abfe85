"""What people read: the text, concise and inspection reports, the pages of rules."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pytest
from rich.cells import cell_len

from citecheck import Settings, parse
from citecheck.engine.linting import lint_document
from citecheck.model.results import Result, Summary
from citecheck.reports import INSPECTIONS, REPORTS
from citecheck.reports import rule_page as page
from citecheck.reports.summary import tally
from citecheck.reports.terminal import Screen, cells, coloured, linked, shortened, visible, wrapped
from citecheck.reports.text import paint
from citecheck.rulebook.pages import Rule, rules

COLOURED = Screen(paint=paint)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LIST = "\n## Sources\n\n[1] Thermometry for kitchens, 2019.\n"


def result(text: str, name: str = "kettle.md") -> Result:
    return lint_document(parse(text, name=name, format="markdown"), Settings())


def report(text: str, *, format: str = "text", screen: Screen | None = None, name: str = "kettle.md") -> str:
    stream = io.StringIO()
    REPORTS[format]([result(text, name)], stream, screen or Screen())
    return stream.getvalue()


def test_the_text_report_shows_the_line_with_carets() -> None:
    expected = """\
kettle.md
  1:34 error: no source is numbered 3  CC101 undefined-marker
    1 | Water boils at 100 °C [1], or 71 [3].
      |                                  ^^^

1 document, 2 markers, 1 source: 1 error
more on the rule: citecheck rule CC101
"""
    assert expected == report("Water boils at 100 °C [1], or 71 [3].\n" + LIST)


def test_the_text_report_shows_related_places_and_the_fix() -> None:
    expected = """\
kettle.md
  1:10 warning: source 1 is cited twice here  CC107 repeated-citation
    1 | Boils [1][1].
      |        - ^^^
      |        cited here too
      = fix: remove the repetition

1 document, 2 markers, 1 source: 1 warning
1 fixable with --fix
more on the rule: citecheck rule CC107
"""
    assert expected == report("Boils [1][1].\n" + LIST)


def test_of_many_related_places_a_few_are_shown() -> None:
    diagnostic, *_ = result("Boils [1].\n" + LIST + "[1] Again.\n").diagnostics
    many = diagnostic._replace(related=diagnostic.related * 7)
    stream = io.StringIO()
    REPORTS["text"]([Result("kettle.md", (many,), Summary(documents=1))], stream, Screen())
    assert 5 == stream.getvalue().count("first listed here")
    assert "      = and 2 more places" in stream.getvalue().split("\n")


def test_a_report_of_nothing_says_what_was_read() -> None:
    for format in ("text", "concise"):
        assert "1 document, 1 marker, 1 source: no faults found\n" == report("Boils [1].\n" + LIST, format=format)


def test_quiet_leaves_the_summary_out() -> None:
    for format in ("text", "concise"):
        assert "" == report("Boils [1].\n" + LIST, format=format, screen=Screen(quiet=True))


def test_the_concise_report_is_a_line_a_diagnostic() -> None:
    expected = """\
kettle.md:1:7: CC101 [error] no source is numbered 3
kettle.md:1:15: CC107 [warning] source 1 is cited twice here
1 document, 3 markers, 1 source: 1 error, 1 warning
1 fixable with --fix
"""
    assert expected == report("Boils [3], [1][1].\n" + LIST, format="concise")


HOSTILE = {
    "markup": "Boils [red]x[/red] [/] [bold] [3], freezes [1].\n",
    "terminal escapes": "Boils \x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b1m [3], freezes [1].\n",
    "wide characters": "水は百度で沸く、山の上ではもっと低い [3]。 freezes [1].\n",
    "bidirectional marks": "Boils \u202e\u2066[3]\u202c, \u200bfreezes [1].\n",
    "combining marks": "Boils e\u0301e\u0301 [3], freezes [1].\n",
    "tabs": "a\tBoils\t[3], freezes [1].\n",
    "a long line": "word " * 60 + "[3], freezes [1]. " + "word " * 60 + "\n",
    "a long line of wide characters": "水" * 60 + "[3], freezes [1]. " + "水" * 60 + "\n",
    "a huge line": "word " * 6_000 + "[3], freezes [1]. " + "word " * 6_000 + "\n",
}


def picture(text: str, screen: Screen) -> tuple[str, str]:
    """The line of the document that a report shows for source 3, and the line of carets below it."""
    lines = COLOUR.sub("", report(text + LIST, screen=screen)).split("\n")
    title = next(number for number, line in enumerate(lines) if "no source is numbered 3" in line)
    shown, carets = next((a, b) for a, b in pairwise(lines[title:]) if re.match(r" +\d+ \|", a))
    return shown, carets


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("screen", [Screen(), COLOURED, Screen(width=50)], ids=["plain", "coloured", "narrow"])
def test_carets_stand_under_the_fault_and_the_text_is_harmless(text: str, screen: Screen) -> None:
    shown, carets = picture(text, screen)
    assert cell_len(shown[: shown.index("[3]")]) == carets.index("^")
    assert "^^^" == carets.strip(" |")
    assert "" == re.sub(r"[^\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", "", shown)
    assert screen.width >= cell_len(shown)


def test_markup_and_escapes_are_shown_literally() -> None:
    shown, _ = picture(HOSTILE["markup"], COLOURED)
    assert "    1 | Boils [red]x[/red] [/] [bold] [3], freezes [1]." == shown
    shown, _ = picture(HOSTILE["terminal escapes"], COLOURED)
    assert r"    1 | Boils \x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b1m [3], freezes [1]." == shown


@pytest.mark.parametrize("format", ["text", "concise"])
def test_a_name_of_a_file_breaks_no_line(format: str) -> None:
    first, *_ = report("Boils [3], [1].\n" + LIST, format=format, name="a\n\x1b[1m[red].md").split("\n")
    assert first.startswith(r"a\n\x1b[1m[red].md")


def test_colours_change_no_word() -> None:
    text = "Boils [3], [1][1].\n" + LIST
    for format in ("text", "concise"):
        painted = report(text, format=format, screen=COLOURED)
        assert "\x1b[1;31merror\x1b[0m" in painted or "\x1b[1;31m[error]\x1b[0m" in painted
        assert report(text, format=format) == COLOUR.sub("", painted)


def test_on_a_stream_without_unicode_the_carets_still_stand_right() -> None:
    text = report("Zwölf 水 " + "word " * 30 + "[3], freezes [1].\n" + LIST, screen=Screen(encoding="ascii"))
    assert text.isascii()
    (shown, carets) = text.split("\n")[2:4]
    assert shown.index("[3]") == carets.index("^")
    assert 80 >= len(shown)


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_carets_end_where_the_line_is_cut(encoding: str) -> None:
    text = report(f"Boils [1].\n{LIST}[2] Zwölf 水, {'word ' * 30}2019.\n", screen=Screen(encoding=encoding))
    (shown, carets) = text.split("\n")[2:4]
    assert shown.endswith(("...", "…"))
    assert cells(shown) == len(carets)


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        (
            Summary(documents=3, markers=212, sources=61, errors=2, warnings=1),
            "3 documents, 212 markers, 61 sources: 2 errors, 1 warning",
        ),
        (
            Summary(documents=1, markers=1, sources=1, infos=2, suppressed=1),
            "1 document, 1 marker, 1 source: 2 infos, 1 suppressed",
        ),
        (Summary(documents=1200, markers=0, sources=2), "1,200 documents, 0 markers, 2 sources: no faults found"),
        (Summary(documents=1, suppressed=2), "1 document, 0 markers, 0 sources: no faults found, 2 suppressed"),
        (Summary(documents=1, unread=1, errors=1), "1 document, 0 markers, 0 sources, 1 not read: 1 error"),
        (Summary(), "0 documents, 0 markers, 0 sources: nothing checked"),
    ],
)
def test_the_summary_says_what_was_read_and_found(summary: Summary, expected: str) -> None:
    assert expected == tally(summary)


def test_inspection_shows_how_a_document_was_read() -> None:
    text = "Water boils [1]. It freezes.\n\n## Sources\n\n[1] “Heat”, 2023, https://a.example/heat\n"
    stream = io.StringIO()
    INSPECTIONS["text"]([parse(text, name="kettle.md")], stream, Screen())
    lines = stream.getvalue().split("\n")
    assert "kettle.md (markdown): 1 marker, 1 citation, 1 source, 2 claims, 1 covered" == lines[0]
    assert "  1:13     [1]  1" in lines
    assert "Sources at line 3: “Sources”, 1 source, from label 1" in lines
    assert "           url       https://a.example/heat" in lines
    assert ["           cites 1", "  1:18     It freezes.", "           not covered"] == lines[-4:-1]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_inspection_is_harmless(text: str) -> None:
    stream = io.StringIO()
    INSPECTIONS["text"]([parse(text + LIST, name="a\n\x1b.md")], stream, Screen())
    assert "" == re.sub(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", "", stream.getvalue())


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)
@pytest.mark.parametrize("screen", [Screen(), COLOURED], ids=["plain", "coloured"])
def test_the_page_of_a_rule_reads_well(rule: Rule, screen: Screen) -> None:
    stream = io.StringIO()
    page.write_page(rule, stream, screen)
    text = COLOUR.sub("", stream.getvalue())
    assert f"{rule.name} ({rule.code})" in text.split("\n\n")[0]
    assert re.search(r"Incorrect(?: \(\w+\))?:", text)
    assert "```" not in text
    words = [line for line in text.split("\n") if not line.startswith("- http")]
    assert [] == [line for line in words if cell_len(line) > 80 and " " in line.strip()[:78]]


def test_a_wide_line_of_an_example_is_folded_with_its_carets() -> None:
    shown = page.manual(rules()["CC105"])
    assert (
        "Fresh snow weighs sixty kilograms a cubic metre [1], old snow five times\n"
        "as much [2,].\n"
        "        ^^^^ a label is missing after the comma\n"
    ) in shown


def test_the_table_of_rules_has_all_of_them() -> None:
    stream = io.StringIO()
    page.write_table(rules().values(), stream, Screen())
    lines = stream.getvalue().split("\n")
    assert list(rules()) == [line[:5] for line in lines if line.startswith("CC")]
    assert 80 >= max(map(cell_len, lines))


@pytest.mark.parametrize("text", ["", "abc", "日本語", "Zwölf", "e\u0301", "①…–", "한글", "\u2068", "\ufeff"])
def test_cells_are_those_of_a_terminal(text: str) -> None:
    assert cell_len(visible(text)) == cells(visible(text))


def test_what_is_unseen_becomes_visible() -> None:
    assert r"\x1b\x00\x7f\x9b\u200b\u202e\ufeff\u2028\udcff\ue200\n\r" == visible(
        "\x1b\x00\x7f\x9b\u200b\u202e\ufeff\u2028\udcff\ue200\n\r"
    )
    joined = "می\u200cخواهم 👩\u200d🔬 naïve 日本 ½"
    assert joined == visible(joined)


def test_a_text_is_shortened_to_cells() -> None:
    assert "日本…" == shortened("日本語日本語", 6)
    assert "abcdef" == shortened("abcdef", 6)
    assert "abc..." == shortened("abcdefg", 6, "...")


def test_a_text_is_wrapped_at_cells() -> None:
    assert ["  a bb", "    ccc", "    日本"] == list(wrapped("  a bb ccc 日本", 8, "    "))
    assert ["unbreakable", "  word"] == list(wrapped("unbreakable word", 6, "  "))


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "environment", "expected"),
    [
        ("auto", {}, (False, True)),
        ("auto", {"NO_COLOR": "1"}, (False, False)),
        ("auto", {"NO_COLOR": ""}, (False, True)),
        ("auto", {"FORCE_COLOR": "1"}, (True, True)),
        ("auto", {"FORCE_COLOR": "0"}, (False, False)),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, (False, False)),
        ("auto", {"TERM": "dumb"}, (False, False)),
        ("always", {"NO_COLOR": "1"}, (True, True)),
        ("never", {"FORCE_COLOR": "1"}, (False, False)),
        ("auto", {"GITHUB_ACTIONS": "true"}, (True, True)),
        ("auto", {"GITHUB_ACTIONS": "true", "NO_COLOR": "1"}, (False, False)),
    ],
)
def test_colours_are_for_terminals_and_those_who_ask(
    choice: str, environment: dict[str, str], expected: tuple[bool, bool]
) -> None:
    assert expected == tuple(coloured(stream, choice, environment) for stream in (io.StringIO(), Terminal()))


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, (False, False)),
        ({"FORCE_HYPERLINK": "1"}, (True, True)),
        ({"FORCE_HYPERLINK": "0", "WT_SESSION": "x"}, (False, False)),
        ({"VTE_VERSION": "7600"}, (False, True)),
        ({"VTE_VERSION": "4900"}, (False, False)),
        ({"VTE_VERSION": "7.6"}, (False, False)),
        ({"TERM_PROGRAM": "vscode"}, (False, True)),
        ({"TERM_PROGRAM": "Apple_Terminal"}, (False, False)),
        ({"TERM": "xterm-kitty"}, (False, True)),
        ({"GITHUB_ACTIONS": "true"}, (False, False)),
    ],
)
def test_links_are_for_terminals_that_know_them(environment: dict[str, str], expected: tuple[bool, bool]) -> None:
    assert expected == tuple(linked(stream, environment) for stream in (io.StringIO(), Terminal()))
