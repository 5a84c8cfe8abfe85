"""Leaked tokens and page furniture in their rarer forms, and what is left of a text once they are taken out."""

from __future__ import annotations

import pytest

from citecheck import Settings, lint
from citecheck.checks.leaked_tokens import leaked_tokens, visible_text
from citecheck.model.findings import Diagnostic, Safety

LIST = "\n\n## Sources\n\n1. Tide tables, 1931.\n2. The pilot book, 1954.\n"


def diagnostics(code: str, text: str) -> list[Diagnostic]:
    return lint(text, name="example.md", settings=Settings(select=(code,)))


def said(text: str) -> list[tuple[str, str]]:
    """Where a token is told of, and what is said."""
    return [(each.span.of(text), each.message) for each in diagnostics("CC601", text)]


def fixed(code: str, text: str, *, safe: bool = False) -> str:
    """The text after every fix, or after those that are safe."""
    fixes = [each.fix for each in diagnostics(code, text) if each.fix and (not safe or each.fix.safety is Safety.SAFE)]
    for edit in sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# CC601: where a token stands --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "The tide turns [1] at noon.\n\n## Sources\n\n1. turn0search3\n",
            "leaked citation token where source 1 should be",
        ),
        ("The tide turns.[^a]\n\n[^a]: turn0search3\n", "leaked citation token where footnote a should be"),
        (
            "The tide turns.\n\n## Sources\n\n- Tides, 1931.\n- turn0search3\n",
            "leaked citation token where this source should be",
        ),
        ("The tide turns [1].\n\n## Sources\n\n1. Tides. turn0search3\n", "leaked citation token"),
    ],
)
def test_a_source_that_a_token_swallowed_is_called_what_it_is(text: str, message: str) -> None:
    assert [("turn0search3", message)] == said(text)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("sandbox:/mnt/data/tides.csv", "leaked address of a file that no reader can open"),
        ("[insert source link]", "this blank was never filled in with a source"),
    ],
)
def test_addresses_and_blanks_in_a_source_are_for_other_rules_to_tell(words: str, expected: str) -> None:
    assert [] == said(f"The tide turns [1] at noon [2].{LIST.rstrip()} {words}\n")
    assert [(words, expected)] == said(f"The tide turns [1] at noon [2].{LIST}\n## Appendix\n\nIt turns: {words}\n")
    assert [(words, expected)] == said(f"It turns: {words}\n\nThe tide turns [1] at noon [2].{LIST}")


@pytest.mark.parametrize(
    "text",
    [
        '"turn0search3" is on every page.',
        "‘turn0search3’ is on every page.",
        "The log has e.g. turn0search3 on every page.",
        "The log has, for example: turn0search3 on every page.",
        "The log has tokens like [turn0search3] on every page.",
    ],
)
def test_what_a_text_quotes_or_gives_as_an_example_is_no_leak(text: str) -> None:
    assert [] == said(f"{text}\n")


@pytest.mark.parametrize("text", ["“turn0search3 is on every page.", "The log is unlike any turn0search3 so far."])
def test_what_is_neither_quoted_nor_an_example_is_one(text: str) -> None:
    assert [("turn0search3", "leaked citation token")] == said(f"{text}\n")


# CC601: what is left ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At noon [oai_citation:0‡Tides](http://tides.example/a).\n", "At noon [Tides](http://tides.example/a).\n"),
        (
            "At noon [oai_citation:0](https://tides.example/a).\n",
            "At noon [https://tides.example/a](https://tides.example/a).\n",
        ),
        (
            "At noon [oai_citation:0‡Tides](https://tides.example/a)[oai_citation:1‡Moon](https://tides.example/b).\n",
            "At noon [Tides](https://tides.example/a) [Moon](https://tides.example/b).\n",
        ),
        ("It turns.\n</think>\nIt turns again.\n", "It turns.\nIt turns again.\n"),
        ("\ue203It turns.\ue204 It turns turn0search3 again.\n", "It turns. It turns turn0search3 again.\n"),
        ("[cite_start]It turns [cite: 3] again.\n", "It turns [cite: 3] again.\n"),
    ],
)
def test_what_a_token_holds_is_kept_and_what_stood_about_words_goes(text: str, expected: str) -> None:
    assert expected == fixed("CC601", text, safe=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The buoy is X turn0search3.\n", "The buoy is X.\n"),
        ("It turns\tturn0search3.\n", "It turns.\n"),
        ("It turns  turn0search3, at noon.\n", "It turns, at noon.\n"),
        ("It turns (turn0search3) at noon.\n", "It turns at noon.\n"),
        ("It turns [turn0search3].\n", "It turns.\n"),
        ("It turns（turn0search3）。\n", "It turns。\n"),
        ("It turns.\n\nturn0search3\n\nAgain.\n", "It turns.\n\n\nAgain.\n"),
        ("It turns.\n  turn0search3  \nAgain.\n", "It turns.\nAgain.\n"),
        ("It turns.\nturn0search3", "It turns.\n"),
        ("turn0search3\nIt turns.\n", "It turns.\n"),
        ("It turns turn0search1, turn0search2.\n", "It turns.\n"),
    ],
)
def test_with_a_token_goes_what_held_it_and_the_space_before_it(text: str, expected: str) -> None:
    assert text == fixed("CC601", text, safe=True)
    assert expected == fixed("CC601", text)


def test_the_words_of_a_link_are_taken_out_of_it_and_not_with_it() -> None:
    assert fixed("CC601", "The [turn0search3](https://tides.example/a) turns.\n").endswith(
        "](https://tides.example/a) turns.\n"
    )


def test_the_space_behind_a_token_goes_with_it_where_a_line_begins() -> None:
    assert f"The tide turns.{LIST}" == fixed("CC601", f"[cite_start] The tide turns.{LIST}")


def test_a_link_keeps_its_text_though_it_is_a_token() -> None:
    text = f"The tide turns [turn0search3](https://tide.example).{LIST}"
    assert text == fixed("CC601", text)


def test_a_text_without_its_tokens_keeps_the_addresses() -> None:
    assert "At sandbox:/mnt/data/a.csv it  turns.\n" == visible_text(
        "At sandbox:/mnt/data/a.csv it turn0search3 turns.\n"
    )


@pytest.mark.parametrize(
    ("token", "kept", "numbers"),
    [
        ("turn0search3", "", ""),
        ("[cite: 3, 4]", "", "3, 4"),
        ("【4†source】", "", "4"),
        ('entity["city","Dover","England"]', "Dover", ""),
        ("[oai_citation:1‡Tides](sediment://file_1)", "", ""),
        ("[oai_citation:1‡Tides](https://tides.example)", "[Tides](https://tides.example)", ""),
    ],
)
def test_a_token_is_known_with_what_it_holds(token: str, kept: str, numbers: str) -> None:
    assert [(kept, numbers)] == [(leak.kept, leak.numbers) for leak in leaked_tokens(f"The tide turns. {token}")]


# CC602 ------------------------------------------------------------------------------------------------------

BEES = "Bees keep warm in winter by trembling in a ball, and take turns at its cold edge, where the air is.[1]"
BUTTONS = "Facebook Twitter LinkedIn WhatsApp Reddit Pinterest Telegram Email Print Share Tweet Pin X"


def furniture(text: str) -> list[tuple[str, str]]:
    """The places of furniture, and what kinds of it they are."""
    prefix = "boilerplate, not part of the text: "
    return [(each.span.of(text), each.message.removeprefix(prefix)) for each in diagnostics("CC602", text)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("分享到", "buttons to share it"),
        ("X Facebook LinkedIn", "buttons to share it"),
        ("Share · Tweet · Pin", "buttons to share it"),
        (BUTTONS, "buttons to share it"),
        ("12 Comments", "a comment box"),
        ("Leave a comment 3 comments", "a comment box"),
        (f"[Skip to content](https://bees.example/{'winter/' * 12}#content)", "a link past the menu"),
        ("By using this site, you agree to our use of cookies.", "a cookie notice"),
    ],
)
def test_furniture_is_known_beside_long_lines(line: str, kind: str) -> None:
    for text in (f"{BEES}\n\n{line}\n\n{BEES}", f"{line}\n\n{BEES}", f"{BEES}\n\n{line}", f"{line}\n"):
        assert [(line, kind)] == furniture(text)


@pytest.mark.parametrize("margin", ["", " " * 90])
def test_space_behind_a_line_does_not_make_it_long(margin: str) -> None:
    assert [("Share this article", "buttons to share it")] == furniture(f"{BEES}\n\nShare this article{margin}\n")


@pytest.mark.parametrize(
    "line",
    [
        f"{BUTTONS}!",  # too long for a row of buttons
        "Share Tweet",  # too few
        "Share Tweet Honey",
        "| Share | Tweet | Pin |",
        "```\n\nCopy link\n\n```",
        "    Copy link",
        "[Skip to content](https://bees.example/content)",
        "[Skip to content]",
        "Press\nCopy link",
        "Copy link\nand paste it.",
    ],
)
def test_lines_of_the_author_are_no_furniture(line: str) -> None:
    for text in (f"{BEES}\n\n{line}\n\n{BEES}\n", f"{line}\n\n{BEES}", f"{BEES}\n\n{line}\n"):
        assert [] == furniture(text)
    assert [("Copy link", "buttons to share it")] == furniture(f"Copy link\n\n{BEES}\n\n{line}\n\n{BEES}\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Copy link\n\n", ""),
        ("Copy link", ""),
        ("\n\nCopy link\n", ""),
        ("The queen is X\n\nCopy link", "The queen is X"),
        ("Copy link\nShare this article\n\nBees fly.\n", "Bees fly.\n"),
        ("Bees fly.\n\n\nCopy link\n\n\nThey sting.\n", "Bees fly.\n\n\nThey sting.\n"),
    ],
)
def test_with_furniture_go_the_blank_lines_on_one_side(text: str, expected: str) -> None:
    assert expected == fixed("CC602", text)


# CC601: tokens that are opened and never closed ---------------------------------------------------------------

OPEN, SEP, END = "\ue200", "\ue202", "\ue201"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            f"The tide turns {OPEN}cite{SEP}turn0search3 and is wide {OPEN}cite{SEP}turn0search4{END}. So.\n",
            "The tide turns and is wide. So.\n",
        ),
        (
            f"Die Flut kommt {OPEN}cite{SEP}turn0search3{SEP}turn1view0 zweimal am Tag, sagt der Lotse.\n",
            "Die Flut kommt zweimal am Tag, sagt der Lotse.\n",
        ),
        (
            f"海湾很深{OPEN}cite{SEP}turn0search3潮水很急。岸边有人{OPEN}cite{SEP}turn0search4{END}。\n",
            "海湾很深潮水很急。岸边有人。\n",
        ),
        (
            f"- The pilot book says so {OPEN}filecite{SEP}turn0file0{SEP}L4-L9 on every page.\n- The tide turns.\n",
            "- The pilot book says so on every page.\n- The tide turns.\n",
        ),
        (
            f"La marée monte {OPEN}cite{SEP}turn0search3,turn0search5, et la baie est profonde.\n",
            "La marée monte, et la baie est profonde.\n",
        ),
        (f"The tide turns {OPEN}cite{SEP}turn0search3\n\nThe bay is deep.\n", "The tide turns\n\nThe bay is deep.\n"),
        (
            f"It turns {OPEN}cite{SEP}turn0search3 and is wide. The bay is deep turn0search4{END}. So.\n",
            "It turns and is wide. The bay is deep. So.\n",
        ),
        (
            f"It is in {OPEN}url{SEP}The pilot book{SEP}turn0search3 and nowhere else.\n",
            "It is in The pilot book and nowhere else.\n",
        ),
        (
            f"| tide | wide {OPEN}cite{SEP}turn0search3 and deep |\n| --- | --- |\n",
            "| tide | wide and deep |\n| --- | --- |\n",
        ),
    ],
)
@pytest.mark.parametrize("format", ["md", "txt"])
def test_a_token_that_is_never_closed_takes_no_words_with_it(text: str, kept: str, format: str) -> None:
    told = lint(text, name=f"example.{format}", settings=Settings(select=("CC601",)))
    edits = [edit for each in told if each.fix for edit in each.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert kept == text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (f"It turns {OPEN}cite{SEP}turn0search3 and is wide.", [f"{OPEN}cite{SEP}turn0search3"]),
        (f"It turns {OPEN}cite{SEP}turn0search3and is wide.", [f"{OPEN}cite{SEP}turn0search3"]),
        (f"It turns {OPEN}cite{SEP}turn0search3{SEP}, wide.", [f"{OPEN}cite{SEP}turn0search3{SEP}"]),
        (f"It is {OPEN}navlist{SEP}More on tides", [f"{OPEN}navlist{SEP}"]),
        (f"It is {OPEN}navlist{SEP}{'More on tides. ' * 50}{END}", [f"{OPEN}navlist{SEP}", END]),
        ("It turns 【4†source and is wide. It is deep 【5†source】.", ["【5†source】"]),
        (
            "It turns [oai_citation:0‡Tides and is wide, [oai_citation:1‡Bays](https://a.example/b).",
            ["oai_citation:0", "[oai_citation:1‡Bays](https://a.example/b)"],
        ),
        # closed, each is a token as a whole
        (
            f"See {OPEN}navlist{SEP}More on tides{SEP}turn0news1,turn0news2{END}.",
            [f"{OPEN}navlist{SEP}More on tides{SEP}turn0news1,turn0news2{END}"],
        ),
        (f"It is {OPEN}cite{SEP}turn0search3, turn0search4{END}.", [f"{OPEN}cite{SEP}turn0search3, turn0search4{END}"]),
        (f"It is {OPEN}cite{SEP}turn0search3turn0poll4{END}.", [f"{OPEN}cite{SEP}turn0search3turn0poll4{END}"]),
        (
            f'It is {OPEN}entity{SEP}["city","Dover","a port"]{END}.',
            [f'{OPEN}entity{SEP}["city","Dover","a port"]{END}'],
        ),
    ],
)
def test_a_token_ends_with_its_keys_where_its_end_is_lost(text: str, tokens: list[str]) -> None:
    assert tokens == [leak.span.of(text) for leak in leaked_tokens(text)]
