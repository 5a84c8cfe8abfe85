"""Ignore comments: what they silence, and what is said of those that silence nothing."""

from __future__ import annotations

import pytest

from citecheck import Settings, lint
from citecheck.config.selection import selected
from citecheck.engine.linting import lint_document
from citecheck.model.findings import Diagnostic
from citecheck.recognition import parse
from citecheck.suppression.comments import Directives, Suppression

LIST = "\nDry [1].\n\n## Sources\n\n[1] Thermometry for kitchens, 2019.\n"


def diagnostics(text: str, *, format: str = "markdown", settings: Settings | None = None) -> list[Diagnostic]:
    return lint(text, format=format, settings=settings)


def said(text: str, *, format: str = "markdown", settings: Settings | None = None) -> list[tuple[int, str]]:
    return [(each.start.line, each.code) for each in diagnostics(text, format=format, settings=settings)]


def repaired(text: str) -> str:
    """The text after the fix of its only finding that has one."""
    (fix,) = [each.fix for each in diagnostics(text) if each.fix]
    for edit in reversed(fix.edits):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


SILENT = {
    "on the next line": "<!-- citecheck: ignore CC101 -->\nBoils [3], freezes [1].\n",
    "over blank lines": "<!-- citecheck: ignore CC101 -->\n\n\nBoils [3], freezes [1].\n",
    "over another directive": "<!-- citecheck: ignore CC101 -->\n<!-- citecheck: ignore CC107 -->\nBoils [3][1][1].\n",
    "on its own line": "Boils [3], freezes [1]. <!-- citecheck: ignore CC101 -->\n",
    "by name": "Boils [3], freezes [1]. <!-- citecheck: ignore undefined-marker -->\n",
    "by prefix": "Boils [3], freezes [1]. <!-- citecheck: ignore CC1 -->\n",
    "by a code in lower case": "Boils [3], freezes [1]. <!-- citecheck: ignore cc101 -->\n",
    "every rule": "Boils [3][1][1]. <!-- citecheck: ignore -->\n",
    "with a reason": "Boils [3], freezes [1]. <!-- citecheck: ignore CC101 -- source 3 is in print, CC102 -->\n",
    "several by commas": "Boils [3][1][1]. <!-- citecheck: ignore CC101,CC107 -->\n",
    "several by commas and spaces": "Boils [3][1][1]. <!-- citecheck: ignore CC101, CC107 -->\n",
    "in the whole file": "Boils [3].\n\nFreezes [1].\n\n<!-- citecheck: ignore-file CC101 -->\n",
    "in a quotation": "> <!-- citecheck: ignore CC101 -->\n> Boils [3], freezes [1].\n",
    "between off and on": "<!-- citecheck: off CC101 -->\n\nBoils [3], freezes [1].\n\n<!-- citecheck: on CC101 -->\n",
    "from off to the end": "Freezes [1].\n\n<!-- citecheck: off CC101 -->\n\nBoils [3].\n",
    "on a line of a comment that spans two": "Boils [3], freezes [1]. <!-- citecheck: ignore\nCC101 -->\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_a_directive_silences(text: str) -> None:
    assert [] == said(text + LIST)


def test_what_is_silenced_is_counted() -> None:
    document = parse(SILENT["every rule"] + LIST, name="kettle.md", format="markdown")
    assert 2 == lint_document(document, Settings()).summary.suppressed


LOUD = {
    "of another rule": ("Boils [3][1][1]. <!-- citecheck: ignore CC107 -->\n", (1, "CC101")),
    "two lines on": ("<!-- citecheck: ignore CC107 -->\nFreezes [1][1].\nBoils [3].\n", (3, "CC101")),
    "before off": ("Boils [3].\n\n<!-- citecheck: off CC101 -->\n\nFreezes [1], [4].\n", (1, "CC101")),
    "after on": (
        "<!-- citecheck: off -->\n\nFreezes [1], [4].\n\n<!-- citecheck: on -->\n\nBoils [3].\n",
        (7, "CC101"),
    ),
    "after on for one of the rules that are off": (
        "<!-- citecheck: off CC101 CC107 -->\n\n[4]\n\n<!-- citecheck: on CC101 -->\n\nBoils [3][1][1].\n",
        (7, "CC101"),
    ),
    "in code": ("Boils [3], freezes [1]. `<!-- citecheck: ignore -->`\n", (1, "CC101")),
}


@pytest.mark.parametrize(("text", "expected"), LOUD.values(), ids=LOUD)
def test_a_directive_leaves_what_is_not_its_own(text: str, expected: tuple[int, str]) -> None:
    assert [expected] == said(text + LIST)


def test_a_directive_acts_inside_a_source_entry() -> None:
    text = "Boils [1].\n\n## Sources\n\n[1] Thermometry, 2019.\n\n[2] Uncited, 2020. <!-- citecheck: ignore CC102 -->\n"
    assert [] == said(text)


def test_a_directive_acts_inside_a_footnote() -> None:
    text = "Boils [^1].\n\n[^1]: Thermometry, 2019.\n[^2]: Uncited, 2020. <!-- citecheck: ignore CC102 -->\n"
    assert [] == said(text)


def test_a_line_of_plain_text_is_a_directive() -> None:
    text = "citecheck: ignore CC101\nBoils [3], freezes [1].\n\nSources\n\n[1] Thermometry, 2019.\n"
    assert [] == said(text, format="text")


def test_a_line_of_prose_is_no_directive() -> None:
    assert [] == said("citecheck: a linter for citations\n\nIt reads texts.\n", format="text")


UNUSED = {
    "of a rule": ("<!-- citecheck: ignore CC101 -->\nBoils [1].\n", "this ignore of CC101 silences nothing"),
    "of all rules": ("<!-- citecheck: ignore -->\nBoils [1].\n", "this ignore silences nothing"),
    "of two": ("<!-- citecheck: ignore CC101 CC3 -->\nBoils [1].\n", "this ignore of CC101 and CC3 silences nothing"),
    "of one of two": ("Boils [3][1]. <!-- citecheck: ignore CC101 CC3 -->\n", "this ignore of CC3 silences nothing"),
    "of what another one silences": (
        "Boils [3][1]. <!-- citecheck: ignore CC101 --> <!-- citecheck: ignore CC101 -->\n",
        "this ignore of CC101 silences nothing",
    ),
    "in a file": ("<!-- citecheck: ignore-file CC101 -->\nBoils [1].\n", "this ignore-file of CC101 silences nothing"),
    "off": ("<!-- citecheck: off CC101 -->\nBoils [1].\n", "this off of CC101 silences nothing"),
    "on": ("<!-- citecheck: on CC101 -->\nBoils [1].\n", "this on of CC101 ends nothing"),
    "bare on": ("<!-- citecheck: on -->\nBoils [1].\n", "this on ends nothing"),
    "of itself": ("<!-- citecheck: ignore CC901 -->\nBoils [1].\n", "only ignore-file silences CC901"),
    "unknown word": (
        "<!-- citecheck: ignroe CC101 -->\nBoils [1].\n",
        "no directive is called 'ignroe'; did you mean 'ignore'?",
    ),
    "unknown rule": (
        "<!-- citecheck: ignore CC9O1 -->\nBoils [1].\n",
        "no rule is called 'CC9O1'; did you mean 'CC901'?",
    ),
    "nothing": (
        "<!-- citecheck: -->\nBoils [1].\n",
        "a directive needs one of ignore, ignore-file, off, on after the colon",
    ),
}


@pytest.mark.parametrize(("text", "message"), UNUSED.values(), ids=UNUSED)
def test_an_idle_directive_is_a_finding_of_its_own(text: str, message: str) -> None:
    assert [("CC901", message)] == [(each.code, each.message) for each in diagnostics(text + LIST)]


@pytest.mark.parametrize(
    "settings",
    [Settings(select=("CC102", "CC901")), Settings(ignore=("CC101",))],
    ids=["others are selected", "it is ignored"],
)
def test_a_directive_is_judged_only_where_its_rules_are_run(settings: Settings) -> None:
    text = "<!-- citecheck: ignore CC101 -->\nBoils [1]. <!-- citecheck: ignore -->\n"
    assert [] == said(text + LIST, settings=settings)


def test_ignore_file_silences_what_is_said_of_directives() -> None:
    text = "<!-- citecheck: ignore-file CC901 -->\n\n<!-- citecheck: ignore CC101 -->\nBoils [1].\n"
    assert [] == said(text + LIST)


def test_a_known_rule_acts_beside_an_unknown_one() -> None:
    text = "Boils [3], freezes [1]. <!-- citecheck: ignore CC101 CC1O7 -->\n"
    assert [(1, "CC901")] == said(text + LIST)


REPAIRS = {
    "its line": ("Intro.\n\n<!-- citecheck: ignore CC101 -->\nBoils [1].\n", "Intro.\n\nBoils [1].\n"),
    "the end of a line": ("Boils [1]. <!-- citecheck: ignore CC101 -->\nIt does.\n", "Boils [1].\nIt does.\n"),
    "the middle of a line": ("Boils [1] <!-- citecheck: ignore CC101 --> here.\n", "Boils [1] here.\n"),
    "a line with CRLF": ("Intro.\r\n\r\n<!-- citecheck: ignore -->\r\nBoils.\r\n", "Intro.\r\n\r\nBoils.\r\n"),
    "the first of two rules": (
        "Boils [3][1]. <!-- citecheck: ignore CC3, CC101 -- why -->\n",
        "Boils [3][1]. <!-- citecheck: ignore CC101 -- why -->\n",
    ),
    "the last of two rules": (
        "Boils [3][1]. <!-- citecheck: ignore CC101 CC3 -->\n",
        "Boils [3][1]. <!-- citecheck: ignore CC101 -->\n",
    ),
}


@pytest.mark.parametrize(("text", "expected"), REPAIRS.values(), ids=REPAIRS)
def test_the_fix_deletes(text: str, expected: str) -> None:
    assert expected + LIST == repaired(text + LIST)


UNSAFE = {
    "it parts two paragraphs": "First.\n<!-- citecheck: ignore CC101 -->\nBoils [1].\n",
    "its line is raw HTML with it": "First.\n\n<!-- citecheck: ignore CC101 --> *Boils*.\n\nSecond [1].\n",
}


@pytest.mark.parametrize("text", UNSAFE.values(), ids=UNSAFE)
def test_the_fix_is_not_safe_where(text: str) -> None:
    assert ["unsafe"] == [each.fix.safety for each in diagnostics(text + LIST) if each.fix]


def test_every_one_of_many_directives_is_judged() -> None:
    text = "<!-- citecheck: ignore CC101 -->\n" * 2_000
    text += "<!-- citecheck: off CC101 -->\n\n<!-- citecheck: on -->\n\n" * 500
    document = parse(text, name="many.md", format="markdown")
    directives = Directives.of(document)
    suppression = Suppression(document, directives.understood)
    assert 3_000 == len(directives.understood)
    assert 2_500 == len(list(suppression.unused(selected(Settings()))))


FOREIGN = {
    "citecheck-disable-line CC101": "citecheck: ignore CC101",
    "citecheck-disable-next-line": "citecheck: ignore",
    "citecheck-disable-next-line CC101, CC102": "citecheck: ignore CC101 CC102",
    "citecheck-disable CC101 -- in print": "citecheck: off CC101",
    "citecheck-enable": "citecheck: on",
    "citecheck:disable": "citecheck: off",
    "citecheck: disable": "citecheck: off",
    "citecheck: disable=CC101,unused-source": "citecheck: off CC101 unused-source",
    "citecheck-ignore": "citecheck: ignore",
    "citecheck ignore CC101": "citecheck: ignore CC101",
    "citecheck: ignore[CC101]": "citecheck: ignore CC101",
    "citecheck-ignore-start": "citecheck: off",
    "citecheck-ignore-end": "citecheck: on",
    "citecheck-disable-file CC1": "citecheck: ignore-file CC1",
    "citecheck_disable": "citecheck: off",
    "citecheck: noqa: CC101": "citecheck: ignore CC101",
    "citecheck-disable all": "citecheck: off",
}
TOLD = [
    "citecheck is run on this file",
    "citecheck-report-start",
    "citechecker-disable",
    "citecheck ignores brackets in code",
    "citecheck ignore comments go here",
    "citecheck on this page",
    "citecheck",
]


@pytest.mark.parametrize(("words", "right"), FOREIGN.items())
@pytest.mark.parametrize(
    "form", ["Boils [1]. <!-- {} -->\n", "<!-- {} -->\nBoils [1].\n", "{{/* {} */}}\n\nBoils [1].\n"]
)
def test_a_comment_in_the_shape_of_other_linters_is_told(words: str, right: str, form: str) -> None:
    (only,) = diagnostics(form.format(words) + LIST)
    assert ("CC901", f"this silences nothing; write {right!r}") == (only.code, only.message)
    assert words in only.span.of(form.format(words))


@pytest.mark.parametrize(("words", "right"), FOREIGN.items())
@pytest.mark.parametrize("lead", ["", "# ", "// "])
def test_so_is_a_line_of_plain_text(words: str, right: str, lead: str) -> None:
    text = f"{lead}{words}\n\nBoils [1].\n\nSources\n\n[1] Thermometry, 2019, p. 3.\n"
    (only,) = diagnostics(text, format="text")
    assert ("CC901", f"this silences nothing; write {right!r}") == (only.code, only.message)


@pytest.mark.parametrize("words", TOLD)
def test_a_comment_that_speaks_of_citecheck_is_none(words: str) -> None:
    assert [] == said(f"<!-- {words} -->\n\nBoils [1].\n{LIST}")
    assert [] == said(f"{words}\n\nBoils [1].\n\nSources\n\n[1] Thermometry, 2019, p. 3.\n", format="text")


def test_such_a_comment_is_silenced_as_others_are() -> None:
    assert [] == said(f"<!-- citecheck: ignore-file CC901 -->\n\nBoils [1]. <!-- citecheck-disable-line -->\n{LIST}")
