"""Leaked tokens: every form of them, what only looks like one, what the source list makes of them, and the fixes."""

from __future__ import annotations

from itertools import chain

import pytest

from citecheck import parse
from citecheck.checks import CHECKS
from citecheck.checks.leaked_tokens import FORMS, leaked_tokens, visible_text
from citecheck.model.findings import Finding, Safety

CARD = (
    '<grok:render card_id="4f1a" card_type="citation_card" type="render_inline_citation">\n'
    '<argument name="citation_id">3</argument>\n</grok:render>'
)
TOKENS = [
    ("delimited", "\ue200cite\ue202turn0search3\ue202turn1view0\ue201"),
    ("delimited", "\ue200filecite\ue202turn0file2\ue202L4-L9\ue201"),
    ("delimited", "\ue200navlist\ue202More on tides\ue202turn0news1,turn0news2\ue201"),
    ("numbered-delimiter", "\uea0112\uea02"),
    ("key", "turn0search3"),
    ("key", "turn12news4"),
    ("key", "turn0image0"),
    ("key", "turn0product21"),
    ("key", "citeturn0search3"),
    ("key", "citeturn0search3turn0news5turn1view0"),
    ("key", "fileciteturn0file0L12-L20"),
    ("key", "navlistturn0news1"),
    ("content-reference", ":contentReference[oaicite:2]{index=2}"),
    ("content-reference", "::contentReference[oaicite:10]{index=10}"),
    ("content-reference", ":contentReference[oaicite:0]"),
    ("content-reference", r":contentReference\[oaicite:1\]{index=1}"),
    ("content-reference", "oaicite:4"),
    ("chip", "[oai_citation:0‡tides.example](https://tides.example/table)"),
    ("chip", "[oai_citation:3†Tides](https://tides.example/spring_(tide))"),
    ("chip", "[oai_citation_attribution:1‡Tides](https://tides.example/a)"),
    ("chip", "[oai_citation:2‡Pilot book.pdf](sediment://file_00ab)"),
    ("chip", "[oai_citation:1]"),
    ("chip", "oai_citation:5"),
    ("chip-names", "Tide Office+2Harbour News+1"),
    ("chip-names", "Wikipedia+3The Pilot+3Almanac+1"),
    ("attribution", '({"attribution":{"attributableIndex":"1009-1"}})'),
    ("dagger", "【4†source】"),
    ("dagger", "【4:0†source】"),
    ("dagger", "【12:3†pilot-book.pdf】"),
    ("dagger", "【7†L12-L15】"),
    ("dagger", "[3†source]"),
    ("dagger", "[3†L4-L9]"),
    ("dagger", "[12†summary]"),
    ("dagger", "【turn0file1†L3-L8】"),
    ("dagger", "filecite【turn0file1†L3-L8】"),
    ("dagger", "【F:tides/table.py†L12-L40】"),
    ("dagger", "【5e07f1†L1-L11】"),
    ("entity", 'entity["city","Dover","England"]'),
    ("cited-words", "[cite_start]"),
    ("cited-words", "[cite_end]"),
    ("cited-words", "[span_1](start_span)"),
    ("cited-words", "[span_12](end_span)"),
    ("cited-words", r"\[cite\_start\]"),
    ("cited-words", r"\[cite_start]"),
    ("cited-words", r"\[span\_1\](start\_span)"),
    ("cited-numbers", "[cite: 3]"),
    ("cited-numbers", "[cite:3]"),
    ("cited-numbers", "[cite: 3, 4]"),
    ("cited-numbers", "[cite: 3-5, 9]"),
    ("cited-numbers", "[Cite: 1, 2]"),
    ("cited-numbers", "[cite: 1.2.4]"),
    ("cited-numbers", "[cite: 1.1, 5.1]"),
    ("cited-numbers", "[cite: uploaded:pilot-book.pdf]"),
    ("cited-numbers", r"\[cite: 3, 4\]"),
    ("cited-tag", '<cite index="0-1">'),
    ("cited-tag", '<cite index="12-3,14-1" >'),
    ("tag", "[web:3]"),
    ("tag", "[attached_file:1]"),
    ("tag", "[attached_image:2]"),
    ("tag", "[conversation_history:4]"),
    ("tag", "[code_file:1]"),
    ("tag", "[generated_image:1]"),
    ("plain-tag", "[file:2]"),
    ("plain-tag", "[page:14]"),
    ("plain-tag", "[memory:1]"),
    ("plain-tag", "[chart:3]"),
    ("citation-number", "[citation:3]"),
    ("piped", "<|file-528246887823|>"),
    ("piped", "<|im_end|>"),
    ("numbered-link", "[3](@ref)"),
    ("numbered-link", "[1,4](@ref)"),
    ("element", '<mcreference link="https://tides.example/a" index="0">0</mcreference>'),
    ("ornament", '<div align="center">⁂</div>'),
    ("ornament", '<div style="text-align: center">⁂</div>'),
    ("hidden-notes", '<span style="display:none">[^1_2][^1_10]</span>'),
    ("card", CARD),
    ("card-part", '<grok-card data-id="9c" data-type="citation_card">'),
    ("card-link", '[](grok_render_citation_card_json={"cardIds":["4f1a"]})'),
    ("card-link", "grok_card://citation/4f1a"),
    ("raised-number", "[^1^]"),
]
ADDRESSES = [
    ("file-address", "sandbox:/mnt/data/tides.csv", "leaked address of a file that no reader can open"),
    (
        "file-address",
        "https://ppl-ai-file-upload.s3.amazonaws.com/web/direct-files/7/pilot.pdf",
        "leaked address of a file that no reader can open",
    ),
    (
        "result-address",
        "https://vertexaisearch.cloud.google.com/grounding-api-redirect/AUZIYQ-x_2=",
        "leaked address of a search result, which hides where it leads",
    ),
]
ORIGINS = [
    ("https://tides.example/a?utm_source=chatgpt.com", "https://tides.example/a"),
    ("https://tides.example/a?utm_source=openai&b=1", "https://tides.example/a?b=1"),
    ("https://tides.example/a?b=1&utm_source=perplexity", "https://tides.example/a?b=1"),
    ("https://tides.example/a?b=1&amp;utm_source=copilot.com&amp;c=2", "https://tides.example/a?b=1&amp;c=2"),
    ("https://tides.example/?referrer=grok.com", "https://tides.example/"),
]
BLANKS = [
    "INSERT_SOURCE_URL",
    "PASTE_LINK_HERE",
    "ADD_CITATION_1",
    "URL_HERE",
    "[insert source]",
    "[Add citation here]",
    "[insert source link]",
]
LINES = [
    ("frame", ':::writing{variant="document" id="48213"}'),
    ("draft", "</think>"),
]
INNOCENT = [
    "turn left and search 0",
    "turn 0 search 3",
    "A U-turn0search3d by nobody",
    "see https://tides.example/turn0search3 there",
    "the variable last_turn0search3",
    "[citation needed]",
    "[citation: Smith]",
    "C++11 and C++14",
    "Ctrl+1 and Alt+2, GMT+1, A+1B+2",
    "Wikipedia+1 in a sum",
    "a[1] = b[2]",
    "<cite>The Pilot </cite>",
    '<cite index="">The Pilot</cite>',
    "【note】",
    "【3】",
    "【3月】",
    r"\\cite{a}",
    "[cite:@doe2001]",
    "[cite: Doe]",
    "[cite: page 1.2]",
    "[`tide`](@ref)",
    "[Tides](@ref)",
    "【F:tides】",
    "【Tides†1】",
    "[span_1](#start)",
    "entity[0]",
    'entity["name"]',
    "[web](https://tides.example)",
    "[file:2](https://tides.example)",
    "[[image:1]]",
    "[image:1]: ./tide.png",
    "[^1^](#note-1)",
    "[^note^]",
    "::: writing",
    ":::note{title=x}",
    "A <think> element",
    "grok the render of a card",
    "5† and 6‡ are footnotes of a table",
    "(see attribution)",
    "oaicite",
    "https://tides.example/?utm_source=newsletter",
    "https://tides.example/?utm_source=openair",
    "set YOUR_WEBHOOK_URL",
    "[insert coin]",
    "[add](https://tides.example)",
    "sandbox: a box of sand",
    "a <|> b and <|name|> of F#",
]


def findings(text: str, format: str = "markdown") -> list[Finding]:
    return list(CHECKS["CC601"](parse(text, name="example", format=format)))


def said(text: str, format: str = "markdown") -> list[tuple[str, str]]:
    """Where the rule speaks, and what it says."""
    return [(finding.span.of(text), finding.message) for finding in findings(text, format)]


def fixed(text: str, *, safe: bool = False) -> str:
    """The text after every fix, or after those that are safe."""
    fixes = [each.fix for each in findings(text) if each.fix and (not safe or each.fix.safety is Safety.SAFE)]
    for edit in sorted(chain.from_iterable(fix.edits for fix in fixes), key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def test_every_form_has_a_row() -> None:
    rows = {form for form, _ in TOKENS + LINES} | {form for form, *_ in ADDRESSES} | {"delimiter", "origin", "blank"}
    assert {form.name for form in FORMS} == rows


@pytest.mark.parametrize(("form", "token"), TOKENS, ids=[token for _, token in TOKENS])
def test_a_token_is_known_by_its_form(form: str, token: str) -> None:
    text = f"The tide turns at noon. {token}"
    assert [(form, token)] == [(leak.form.name, leak.span.of(text)) for leak in leaked_tokens(text)]


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize("token", [token for _, token in TOKENS])
def test_a_token_is_found_at_the_end_of_a_sentence(token: str, format: str) -> None:
    text = f"The tide turns at noon {token}.\n\nIt turns again at night.\n"
    assert [(token, "leaked citation token")] == said(text, format)


@pytest.mark.parametrize(("form", "line"), LINES)
def test_a_token_that_is_a_line_is_found_as_one(form: str, line: str) -> None:
    assert [form] == [leak.form.name for leak in leaked_tokens(f"The tide.\n{line}\nIt turns.\n")]
    assert [] == leaked_tokens(f"The tide {line} turns.")


@pytest.mark.parametrize(("form", "address", "message"), ADDRESSES)
def test_an_address_that_leaked_is_found_outside_a_source(form: str, address: str, message: str) -> None:
    for text in (f"The tide turns: {address}\n", f"The [tide]({address}) turns.\n", f"It turns [1]({address}).\n"):
        assert [(address, message)] == said(text)
        assert text == fixed(text)
    assert [] == said(f"The tide turns [1].\n\n## Sources\n\n1. Tides, 1931. {address}\n")


@pytest.mark.parametrize(("address", "clean"), ORIGINS)
def test_the_name_of_a_program_is_cut_out_of_an_address(address: str, clean: str) -> None:
    assert f"The [tide]({clean}) turns.\n" == fixed(f"The [tide]({address}) turns.\n", safe=True)
    assert f"It turns: {clean}\n" == fixed(f"It turns: {address}\n", safe=True)
    assert [] == said(f"The tide turns [1].\n\n## Sources\n\n1. Tides, 1931. {address}\n")


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_that_was_never_filled_in_is_found_outside_a_source(blank: str) -> None:
    text = f"The tide turns at noon ({blank}).\n"
    assert [(blank, "this blank was never filled in with a source")] == said(text)
    assert text == fixed(text)


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_looks_like_a_token_is_none(text: str, format: str) -> None:
    assert [] == said(f"The tide: {text}, it says. It turns at noon.\n", format)


@pytest.mark.parametrize(
    "text",
    [
        "The log has `turn0search3` on every page.",
        "```\nturn0search3 [cite: 4]\n```\n",
        "    turn0search3 [cite: 4]\n",
        "The log has “turn0search3” on every page.",
        'The log has "[cite: 4]" on every page.',
        "The log has tokens such as 【4:0†source】 on every page.",
        "Write no numbers (e.g. [cite: 4]).",
        r"All tags (\[cite\_start\]) must go.",
    ],
)
@pytest.mark.parametrize("format", ["markdown", "text"])
def test_a_token_that_a_text_speaks_of_is_left_alone(text: str, format: str) -> None:
    assert [] == said(text, format)


def test_private_use_characters_alone_are_glyphs_of_a_font() -> None:
    assert [] == said(
        "| \ue200 | home |\n| --- | --- |\n| \ue201 | menu |\n\nThe glyphs \ue202 to \ue206 are arrows.\n"
    )


def test_beside_a_token_they_are_what_is_left_of_one() -> None:
    text = "\ue203The tide turns at noon.\ue204\ue200cite\ue202turn0search3\ue201\n"
    assert ["\ue203", "\ue204\ue200cite\ue202turn0search3\ue201"] == [span for span, _ in said(text)]


@pytest.mark.parametrize(
    ("run", "message"),
    [
        ("[cite: 3][cite: 4]", "2 leaked citation tokens"),
        ("turn0search1, turn0search2; turn0news1", "3 leaked citation tokens"),
        ("【4:0†source】【4:1†source】", "2 leaked citation tokens"),
        ("[span_1](end_span) [span_2](start_span)", "2 leaked citation tokens"),
        (f"{CARD}{CARD}", "2 leaked citation tokens"),
    ],
)
def test_tokens_side_by_side_are_one_finding(run: str, message: str) -> None:
    assert [(run, message)] == said(f"The tide turns at noon {run}.\n")


def test_tokens_with_words_between_them_are_several() -> None:
    assert 2 == len(said("The tide turns [cite: 3] at noon [cite: 4].\n"))


# The source list --------------------------------------------------------------------------------------------

LIST = "\n\n## Sources\n\n1. Tide tables, 1931.\n2. The pilot book, 1954.\n"


@pytest.mark.parametrize("marker", ["【1†source】", "【1】", "[^1^]"])
def test_a_marker_that_the_list_explains_is_no_leak(marker: str) -> None:
    assert [] == said(f"The tide turns at noon{marker}. It turns again【2】.{LIST}")


def test_a_raised_number_without_a_list_is_one_fault_and_not_two() -> None:
    document = parse("The tide turns at noon[^1^]. It turns again[^2^].\n", name="example", format="markdown")
    assert [] == [finding for code in ("CC101", "CC104") for finding in CHECKS[code](document)]
    assert 2 == len(list(CHECKS["CC601"](document)))


@pytest.mark.parametrize(
    ("token", "marker"),
    [
        ("[cite: 2]", "[2]"),
        ("[cite: 1, 2]", "[1, 2]"),
        ("[cite: 1-2]", "[1-2]"),
        ("[citation:2]", "[2]"),
        ("[citation:1][citation:2]", "[1, 2]"),
        ("[2†source]", "[2]"),
        ("[2†L4-L9]", "[2]"),
    ],
)
def test_numbers_that_the_list_has_may_be_meant(token: str, marker: str) -> None:
    text = f"The tide turns at noon {token}.{LIST}"
    (finding,) = findings(text)
    assert finding.message.endswith(f"perhaps for {marker}")
    assert finding.fix
    assert finding.fix.safety is Safety.UNSAFE
    assert f"The tide turns at noon {marker}.{LIST}" == fixed(text)


@pytest.mark.parametrize("token", ["[cite: 3]", "[cite: 1, 3]", "【4:1†source】", "turn0search1", "[web:1]"])
def test_other_tokens_are_held_against_no_number(token: str) -> None:
    assert [(token, "leaked citation token")] == said(f"The tide turns at noon {token}.{LIST}")


@pytest.mark.parametrize("token", ["turn0search3", ":contentReference[oaicite:1]{index=1}", "[cite: 7]", "[web:2]"])
def test_a_token_may_have_swallowed_a_source(token: str) -> None:
    text = f"The tide turns [1] at noon [2].\n\n## Sources\n\n1. Tide tables, 1931.\n2. {token}\n"
    assert [(token, "leaked citation token where source 2 should be")] == said(text)
    (empty,) = CHECKS["CC301"](parse(text, name="example", format="markdown"))
    assert "source 2 is empty" == empty.message
    assert text == fixed(text)


def test_a_token_beside_an_entrys_words_has_swallowed_nothing() -> None:
    text = f"The tide turns [1] at noon [2].{LIST.rstrip()} turn0search3\n"
    assert [("turn0search3", "leaked citation token")] == said(text)
    assert [] == list(CHECKS["CC301"](parse(text, name="example", format="markdown")))


def test_a_text_without_its_tokens_has_all_the_rest() -> None:
    assert "The tide  turns.\n" == visible_text("The tide [cite_start] turns.turn0search3\n")


# Fixes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[cite_start]The tide turns.\n", "The tide turns.\n"),
        ("* [cite_start]**High tide** is at noon.\n", "* **High tide** is at noon.\n"),
        ("[span_1](start_span)The tide turns[span_1](end_span).\n", "The tide turns.\n"),
        ('The <cite index="0-1">tide turns</cite> at noon.\n', "The tide turns at noon.\n"),
        ("At noon [oai_citation:0‡Tides](https://tides.example/a).\n", "At noon [Tides](https://tides.example/a).\n"),
        ('In entity["city","Dover","England"] it turns.\n', "In Dover it turns.\n"),
        (':::writing{variant="email"}\nThe tide turns.\n:::\nNext.\n', "The tide turns.\nNext.\n"),
        ('The tide.\n\n<div align="center">⁂</div>\n\nIt turns.\n', "The tide.\n\n\nIt turns.\n"),
    ],
)
def test_what_stood_about_words_is_taken_out_unasked(text: str, expected: str) -> None:
    assert expected == fixed(text, safe=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It turns at noon. citeturn0search3\nAnd at night.\n", "It turns at noon.\nAnd at night.\n"),
        ("It turns turn0search3 at noon.\n", "It turns at noon.\n"),
        ("It turns at noon (turn0search3).\n", "It turns at noon.\n"),
        ("It turns at noon【turn0search3】.\n", "It turns at noon.\n"),
        ("It turns [cite: 3, 4], and again.\n", "It turns, and again.\n"),
        ("It turns.\r\nturn0search3\r\nAgain.\r\n", "It turns.\r\nAgain.\r\n"),
        ("水位在中午变化turn0search3\n", "水位在中午变化\n"),
        ("In 1931turn0search3\n", "In 1931\n"),
        ("水位在中午变化[citation:1][citation:8]。\n", "水位在中午变化。\n"),
    ],
)
def test_what_stood_for_a_citation_is_taken_out_only_when_asked(text: str, expected: str) -> None:
    assert text == fixed(text, safe=True)
    assert expected == fixed(text)


@pytest.mark.parametrize("text", ["See [the table](turn0search3).\n", "It turns. Tide Office+2Harbour News+1\n"])
def test_nothing_is_taken_out_where_something_would_be_left_in_the_air(text: str) -> None:
    assert 1 == len(findings(text))
    assert text == fixed(text)


@pytest.mark.parametrize("token", [token for _, token in TOKENS])
def test_fixing_leaves_nothing_to_fix(token: str) -> None:
    once = fixed(f"The tide turns at noon {token}.\n")
    assert once == fixed(once)
