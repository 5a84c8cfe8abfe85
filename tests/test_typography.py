"""Marks of style about a marker: on which side of the full stop, with which space, behind which word."""

from __future__ import annotations

import pytest

from citecheck import Settings, UsageError, lint
from citecheck.config.selection import STYLES
from citecheck.model.findings import Diagnostic

LIST = """

## Sources

[1] D. Rowe, *Burning lime*, 1938.
[2] Estate papers, 1790.
[Rowe38] D. Rowe, *Slaking lime*, 1939.
"""


def diagnostics(code: str, text: str, **options: object) -> list[Diagnostic]:
    settings = Settings(select=(code,), options={code: options} if options else {})
    return lint(f"{text}{LIST}", name="example.md", settings=settings)


def told(code: str, text: str, **options: object) -> list[str]:
    """The places that a rule speaks of."""
    return [each.span.of(f"{text}{LIST}") for each in diagnostics(code, text, **options)]


def fixed(code: str, text: str, **options: object) -> str:
    """The text without its list, after every fix of one round."""
    edits = [edit for each in diagnostics(code, text, **options) if each.fix for edit in each.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# CC206 ------------------------------------------------------------------------------------------------------

BEFORE, AFTER = "The fire must be slow [1].", "The fire must be slow.[1]"


@pytest.mark.parametrize(
    ("style", "wrong", "right"),
    [
        ("ieee", AFTER, BEFORE),
        ("ama", BEFORE, AFTER),
        ("nature", BEFORE, AFTER),
        ("wikipedia", BEFORE, AFTER),
    ],
)
def test_a_named_style_asks_for_its_own_order_even_of_one_marker(style: str, wrong: str, right: str) -> None:
    side, other = ("before", "after") if right == BEFORE else ("after", "before")
    message = f"this marker is {other} the full stop; {style} puts it {side} it"
    assert [message] == [each.message for each in diagnostics("CC206", wrong, style=style)]
    assert [] == told("CC206", right, style=style)


@pytest.mark.parametrize("style", ["auto", "vancouver"])
def test_other_styles_ask_for_the_habit_of_the_document(style: str) -> None:
    assert [] == told("CC206", BEFORE, style=style) + told("CC206", AFTER, style=style)
    message = "this marker is after the full stop; others are before it"
    text = f"{BEFORE} {BEFORE} {BEFORE} {BEFORE} {AFTER}"
    assert [message] == [each.message for each in diagnostics("CC206", text, style=style)]


@pytest.mark.parametrize("code", ["CC205", "CC206"])
def test_an_unknown_style_is_an_error_that_helps(code: str) -> None:
    with pytest.raises(
        UsageError, match=f"no value of option 'style' of {code} is called 'ieeee'; did you mean 'ieee'"
    ):
        diagnostics(code, BEFORE, style="ieeee")


@pytest.mark.parametrize("style", STYLES)
def test_every_style_is_understood(style: str) -> None:
    assert [] == told("CC206", "Boils.", style=style)


@pytest.mark.parametrize(
    ("after", "before", "expected"),
    [
        (4, 1, ["[1]"]),
        (3, 1, []),  # too few
        (1, 4, ["[1]"]),
        (3, 2, []),  # divided
        (7, 2, []),
        (8, 2, ["[1]", "[1]"]),
    ],
)
def test_a_habit_is_four_in_five_of_five_at_least(after: int, before: int, expected: list[str]) -> None:
    assert expected == told("CC206", " ".join([AFTER] * after + [BEFORE] * before))


@pytest.mark.parametrize("words", ["as is drawn in", "says Moss et al.", "(cf.", "see refs.", "(Moss 1911;", "so:"])
def test_a_marker_that_is_a_word_of_its_sentence_has_no_other_side(words: str) -> None:
    text = f"It is slow, {words} [1]{')' * words.count('(')}."
    assert [] == told("CC206", text, style="nature") + told("CC207", f"{AFTER} " * 9 + text)


@pytest.mark.parametrize(
    "text", ["“The fire is slow [1].”", "He said it “is slow [1].”", '"It is slow [1]."', "«It is slow [1].»"]
)
def test_the_end_of_a_quotation_has_an_order_of_its_own(text: str) -> None:
    assert [] == told("CC206", text, style="nature")


def test_sentences_without_markers_tell_of_no_habit() -> None:
    text = f"A kiln is drawn from below. {BEFORE} Wet stone bursts."
    assert ["[1]"] == told("CC206", text, style="nature")


@pytest.mark.parametrize(
    ("style", "text", "expected"),
    [
        ("ieee", "It was slow.[1] It was wet [2].", "It was slow [1]. It was wet [2]."),
        ("ieee", "It was slow. [1] It was wet[2].", "It was slow[1]. It was wet[2]."),
        ("ieee", "It was slow.[1][2] It was wet [2].", "It was slow [1][2]. It was wet [2]."),
        ("ieee", "It was slow.[Rowe38] It was wet [2].", "It was slow [Rowe38]. It was wet [2]."),
        ("ieee", "It was slow.[1]. It was wet [2].", "It was slow [1]. It was wet [2]."),
        ("ieee", "It was slow [2].\n\n火很慢。[1]\n", "It was slow [2].\n\n火很慢 [1]。\n"),
        ("nature", "It was slow [1]. It was wet.[2]", "It was slow.[1] It was wet.[2]"),
        ("nature", "It was slow [1], [2]. It was wet.[2]", "It was slow.[1], [2] It was wet.[2]"),
        ("nature", "It was slow [1]. It was wet. [2]", "It was slow. [1] It was wet. [2]"),
        ("nature", "It was slow [1] [2]. It was wet.[2]", "It was slow.[1] [2] It was wet.[2]"),
        ("nature", "It was slow [1] and wet [2].", "It was slow [1] and wet.[2]"),
        ("nature", "It was kiln X [1].", "It was kiln X.[1]"),
        ("nature", "It was kiln 7 [1].", "It was kiln 7.[1]"),
        ("nature", "火很慢[1]。", "火很慢。[1]"),
    ],
)
def test_the_full_stop_moves_with_the_space_that_others_have(style: str, text: str, expected: str) -> None:
    assert expected == fixed("CC206", text, style=style)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("ieee", "**The fire must be slow.** [1]"),
        ("ieee", "*The fire must be slow.*[1]"),
        ("nature", "(The fire must be slow [1])."),
        ("nature", "The fire must be **slow** [1]."),
    ],
)
def test_where_more_than_a_word_ends_the_order_is_told_and_not_changed(style: str, text: str) -> None:
    assert ["[1]"] == told("CC206", text, style=style)
    assert text == fixed("CC206", text, style=style)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("ieee", "Kilns of Rowe & Co.[1] burn lime."),  # the full stop of an abbreviation
        ("ieee", "Kilns of Rowe & Co.[1] burn lime.\n\n- The fire is slow [1]\n- It is drawn in version 1.X [2]"),
        ("ieee", "The fire must be slow. [Rowe38]"),  # perhaps a word of what follows
        ("ieee", "The fire must be slow. [2] doubts it."),
        ("ieee", "The fire must be slow. [2]  doubts it."),
        ("ieee", "“The fire must be slow.” [1]"),
        ("nature", "Limestone [1]... gives gas. Chalk [1] does too.\n\n- The fire is slow [1]\n- The stone is wet[2]"),
        ("ieee", "The fire must be slow. [1]; [2] And so it cools."),
        ("ieee", "The fire must be slow.[1](https://a.example), [2](https://b.example) And so it cools."),
        ("ieee", "Kilns burn lime, chalk, etc.[1]"),
        ("ieee", "So it is in the U.S.[2]"),
        ("ieee", "The fire went on and on... [1]"),
        ("nature", "Is the fire slow [1]?"),
    ],
)
def test_a_marker_that_ends_no_sentence_has_no_side(style: str, text: str) -> None:
    assert [] == told("CC206", text, style=style)


# CC207 ------------------------------------------------------------------------------------------------------

UNSPACED = "Wet stone bursts[1]. Chalk burns[2]. Kilns are drawn[1]. The draw is slow[2]."
SPACED = UNSPACED.replace("[", " [")
BEHIND_STOPS = "Wet stone bursts. [1] Chalk burns. [2] Kilns are drawn. [1] The draw is slow. [2] Kilns cool. [1]"


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (f"{SPACED} The fire is hot[1].", "put a space before the marker", f"{SPACED} The fire is hot [1]."),
        (f"{UNSPACED} The fire is hot [1].", "remove the space", f"{UNSPACED} The fire is hot[1]."),
        (f"{UNSPACED} It lies in a basin [1].", "remove the space", f"{UNSPACED} It lies in a basin[1]."),
        (f"{BEHIND_STOPS} It is lime.[2]", "put a space before the marker", f"{BEHIND_STOPS} It is lime. [2]"),
        (f"{SPACED} Slow.[1]The fire is hot.", "put a space after the marker", f"{SPACED} Slow.[1] The fire is hot."),
        (f"{SPACED} Slow![1]The fire is hot.", "put a space after the marker", f"{SPACED} Slow![1] The fire is hot."),
    ],
)
def test_a_space_is_put_in_or_taken_out_where_others_differ(text: str, title: str, expected: str) -> None:
    assert [title] == [each.fix.title for each in diagnostics("CC207", text) if each.fix]
    assert expected == fixed("CC207", text)


@pytest.mark.parametrize(
    "text",
    [
        SPACED.replace(" [2].", "[2].", 1),  # three of four: too few
        f"{SPACED} {UNSPACED}",
        f"{SPACED} It is white ([1]).",
        f"{SPACED} The shaft is deep, the pit is dry,[1] and wet.",  # behind punctuation, a habit of its own
        f"{UNSPACED} It was slaked later [Rowe38].",  # a name, a habit of its own
        f"{UNSPACED} The shaft is drawn as in [1].",
        f"{UNSPACED} The shaft is drawn in ref. [1].".replace("ref.", "reference"),
        f"See [1] for lime. {UNSPACED}",
        f"[1] tells of lime. {BEHIND_STOPS}",
        f"{SPACED} 火很慢[1]。",
        f"{BEHIND_STOPS.replace('. [', '.[')} The shaft is 3 m. [2] argues that it is 4 m.",
        f"{'It is deep,[1] and wet. ' * 9}Sources: [1], [2].",
        f"{'It is deep,[1] and wet. ' * 9}It is slaked (see, e.g., [2]).",
    ],
)
def test_a_space_is_no_fault_where_it_has_its_reason(text: str) -> None:
    assert [] == told("CC207", text)


@pytest.mark.parametrize(
    "text", ["Rowe et al.[1]'s kiln is big.", "It is drawn in Fig.[1]B of the book.", "It is wet[1]The end."]
)
def test_what_goes_on_behind_a_marker_is_no_next_sentence(text: str) -> None:
    assert [] == told("CC207", text)


def test_the_space_that_others_have_is_told() -> None:
    (found,) = diagnostics("CC207", f"{UNSPACED} The fire is hot [1].")
    assert "there is a space before this marker, as before few others" == found.message


def test_a_marker_is_judged_with_its_neighbours() -> None:
    assert ["[1][2]"] == told("CC207", f"{SPACED} The fire is hot[1][2].")


# CC208 and CC209 --------------------------------------------------------------------------------------------

RAISED = 'Pines taper.<sup><a href="#s1">1</a></sup> They float.<sup><a href="#s2">2</a></sup> '


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It held 400", True),
        ("It held 40 %", True),
        ("It was 38 m", True),
        ("It was 38m", True),
        ("It made 12 kW", True),
        ("It was 90 °C", True),
        ("It was tall", False),
        ("The pond was of the same form", False),
        ("It held 400 pines", False),
    ],
)
def test_a_raised_marker_behind_a_number_or_a_unit_reads_as_an_exponent(words: str, expected: bool) -> None:
    marker = '<sup><a href="#s2">2</a></sup>'
    assert [marker] * expected == told("CC208", f"{RAISED}{words}{marker} and froze.")


def test_a_marker_in_brackets_is_no_exponent() -> None:
    assert [] == told("CC208", "The pond held 400[1]. It froze [2].")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The gate is closed, see ref. [1].", ["see ref. [1]"]),
        ("The gate is closed as in references [1, 2].", ["in references [1, 2]"]),
        ("The gate is closed by citation [2].", ["citation [2]"]),
        ("The gate is closed, see ref. [^a].\n\n[^a]: D. Rowe, 1940.", []),
        ("References [1] and [2] tell of it.", []),
        ("He gave a reference [1] to her.", []),
        ("The gate, in the references [1, 2], is closed.", []),
        ("The author’s references [1, 2] are few.", []),
        ("The terms of reference [2] are lost, and it was passed by reference [1].", []),
        ("It was left for reference. [1]", []),
    ],
)
def test_a_word_for_the_brackets_is_told_in_mid_sentence(text: str, expected: list[str]) -> None:
    assert expected == told("CC209", text)


@pytest.mark.parametrize("word", ["In", "By", "See", "from", "References", "Unlike", "See source", "Siehe"])
def test_a_marker_is_a_word_of_its_sentence_behind_such_a_word(word: str) -> None:
    text = f"{'Lime is slaked[1]. ' * 8}{word} [1], lime is sold."
    assert [] == told("CC207", text)


def test_a_marker_may_be_a_word_where_its_sentence_goes_on() -> None:
    text = f"{'Lime is slaked[1]. ' * 8}Years later [1] found none."
    assert [] == told("CC207", text)
