"""What was meant for a marker and is none, with the one reading that there is; and what only looks so."""

from __future__ import annotations

import pytest

from citecheck import parse

LISTED = "\n\n## Sources\n\n" + "".join(f"{at}. Works of {1900 + at}.\n" for at in range(1, 13))
FAR = "x " * 120


def malformed(text: str, listing: str = LISTED) -> list[tuple[str, str, str | None]]:
    whole = f"Salt [1]. {text}{listing}"
    return [(each.span.of(whole), each.fault, each.repair) for each in parse(whole, name="a.md").malformed]


@pytest.mark.parametrize(
    ("text", "written", "fault", "repair"),
    [
        ("So it is [,2].", "[,2]", "a label is missing before the comma", "[2]"),
        ("So it is [2,].", "[2,]", "a label is missing after the comma", "[2]"),
        ("So it is [02,].", "[02,]", "a label is missing after the comma", "[02]"),
        ("So it is [2,,3].", "[2,,3]", "a label is missing between two commas", "[2,3]"),
        ("So it is [2, ; 3].", "[2, ; 3]", "a label is missing between two commas", "[2; 3]"),
        ("So it is [ 2 ].", "[ 2 ]", "there is space inside the brackets", "[2]"),
        ("\n\n[ 2 ] says so.", "[ 2 ]", "there is space inside the brackets", "[2]"),
        ("So it is [ 2].", "[ 2]", "there is space inside the brackets", "[2]"),
        ("So it is [2 ].", "[2 ]", "there is space inside the brackets", "[2]"),
        ("So it is [l].", "[l]", "the letter l is written for the digit 1", "[1]"),
        ("So it is [I2].", "[I2]", "the letter I is written for the digit 1", "[12]"),
        ("So it is [1O].", "[1O]", "the letter O is written for the digit 0", "[10]"),
        ("So it is [?].", "[?]", "this marker names no source", None),
        ("So it is [n].", "[n]", "this marker names no source", None),
        ("So it is [#].", "[#]", "this marker names no source", None),
        ("So it is [#]: a salt.", "[#]", "this marker names no source", None),
        ("So it is [citation needed].", "[citation needed]", "a citation is still missing here", None),
        ("So it is [source?].", "[source?]", "a citation is still missing here", None),
        ("So it is [Quelle fehlt].", "[Quelle fehlt]", "a citation is still missing here", None),
        ("So it is [2. And so on.", "[2", "this marker is not closed", "[2]"),
        ("So it is [2 and so on [3].", "[2", "this marker is not closed", "[2]"),
        ("So it is [2 (and so on [3]).", "[2", "this marker is not closed", "[2]"),
        ("So it is [2 [3].", "[2", "this marker is not closed", "[2]"),
        ("So it is in pan 12[2 and so on.", "[2", "this marker is not closed", "[2]"),
        ("(So it is [2.) And so on.", "[2", "this marker is not closed", "[2]"),
        ("So it is [2 – and so on.", "[2", "this marker is not closed", "[2]"),
        ('So it is [2 "and" so on.', "[2", "this marker is not closed", "[2]"),
        ("So it is boiled[2. And so on.", "[2", "this marker is not closed", "[2]"),
        ("So it is.[2 And so on.", "[2", "this marker is not closed", "[2]"),
        ("C'est ainsi [2 ; et ainsi.", "[2", "this marker is not closed", "[2]"),
        ("| a | b |\n| - | - |\n| so [2 | so |", "[2", "this marker is not closed", "[2]"),
        ("So it is [3][2", "[2", "this marker is not closed", "[2]"),
        ("So it is [2[3].", "[2", "this marker is not closed", "[2]"),
        ("So it is [2, [3], [4].", "[2", "this marker is not closed", "[2]"),
        ("So it is [3]2].", "2]", "this marker is not opened", "[2]"),
        ('It is "so." 2] And so on.', "2]", "this marker is not opened", "[2]"),
        ("所以是（见 [2）。然后", "[2", "this marker is not closed", "[2]"),
        ("所以是 [2。然后", "[2", "this marker is not closed", "[2]"),
        ("所以是。[2然后", "[2", "this marker is not closed", "[2]"),
        ("(So it is [2) and so on.", "[2", "this marker is not closed", "[2]"),
        ("(So (it) is [2) and so on.", "[2", "this marker is not closed", "[2]"),
        (f"(So {FAR} is [2) and so on.", "[2", "this marker is not closed", "[2]"),
        (f"(So {FAR * 9} is [2) and so on.", "[2", "this marker is not closed", "[2]"),
        ("1) So (it is [2) and so on.", "[2", "this marker is not closed", "[2]"),
        ("1) So it is [2) and so on.", "[2)", "this marker opens with [ and closes with )", "[2]"),
        ("So it is [2). And so on.", "[2)", "this marker opens with [ and closes with )", "[2]"),
        ("So it is (2]. And so on.", "(2]", "this marker opens with ( and closes with ]", "[2]"),
        ("So it was.2] And so on.", "2]", "this marker is not opened", "[2]"),
        ("所以是。2] 然后", "2]", "this marker is not opened", "[2]"),
        ("So it is 2]. And so on.", "2]", "this marker is not opened", "[2]"),
        (f"(It {FAR} is 2]. And so on.", "2]", "this marker is not opened", "[2]"),
        ("(It is.\n\nSo it is.\n\nAnd so is 2]. And on.", "2]", "this marker is not opened", "[2]"),
        ("So it is. [l] And so on.", "[l]", "the letter l is written for the digit 1", "[1]"),
        ("So it is [l][2].", "[l]", "the letter l is written for the digit 1", "[1]"),
        ("So it is [2 and so\n\non].", "[2", "this marker is not closed", "[2]"),
    ],
)
def test_what_was_meant_for_a_marker(text: str, written: str, fault: str, repair: str | None) -> None:
    assert [(written, fault, repair)] == malformed(text)


@pytest.mark.parametrize(
    "text",
    [
        "So it is cons: cont [ 2 ]",  # a tag, as programs print it
        "So it is:\n\n  [ 2] .salt    PANS   00",  # set to the right
        "Depends on [n]: SALT [=y]",
        "selected by [n]:",
        "So it is [2, [3]], as pans are.",
        "So it is [2,13].",  # a list of numbers, no label of ours
        "So it is [13,].",
        "So it is [ 13 ].",
        "So it is [O].",
        "So it is [0l].",
        "So it is [lI].",  # eleven letters, and no digit
        "The cell a[l] is free.",
        "The sound [l] is a lateral.",
        "It ends in the sound [l].",
        "The rule [I2] is older.",
        "So df[1,] is the row.",
        "So is df[,2].",
        "So it is ]a, 2] there.",
        "The crew [3 men, one of whom, as told in [2], lived on] left.",
        f"The crew [2 of the officers, {FAR}came late] left.",
        "So it is [l]and on.",
        "He wrote [n]ever again.",
        "So it is [? or !].",
        "So it is [2 of 3].",
        "So it is [2 ; 3 ; 4.",
        "So it is [2, and so on].",
        "So it is (see 2] there.",
        "So it is f(2] there.",
        "So it is (1, 2] there.",
        "So it is [1, 2) there.",
        "So it is [0, 1), then [2) and on] there.",
        "So it is [see (2] there.",
        f"So it is [see {FAR} (2] there.",
        "So it is no.2] there.",
        "So it is array[2 and on.",
        "So it is salt_pan[2 and on.",
        "So it is [see 2] there.",
        "So it is [13. And so on.",
        "So it is 13]. And so on.",
        "So it is `[2,]` there.",
        "So it is <span hidden>[2,]</span> there.",
        "So it is [2 3 4 and on.",
        "So it is.\n\n[#]: author: (A. Salter)\n[#]: editor: (B. Panner)\n",  # a remark in Markdown's own way
        "So it is.\n[n]: the number of pans\n",
        "So it is.\n   [???]: the number of pans\n",
    ],
)
def test_what_only_looks_like_a_broken_marker(text: str) -> None:
    assert [] == malformed(text)


def test_where_all_markers_are_spaced_none_is_broken() -> None:
    text = "Salt [ 1 ], tea [ 2 ], ice [ 3 ] and [ 4 ]."
    assert [] == [each.fault for each in parse(f"{text}{LISTED}", name="a.md").malformed]


def test_where_markers_stand_at_words_broken_ones_do() -> None:
    text = f"Salt[1], tea[2], and so ice[3,].{LISTED}"
    assert ["[3,]"] == [each.span.of(text) for each in parse(text, name="a.md").malformed]


def test_where_no_marker_in_brackets_resolves_nothing_was_meant() -> None:
    assert () == parse(f"Salt. So it is [2,].{LISTED}", name="a.md").malformed


def test_what_was_meant_uses_its_source() -> None:
    text = f"Salt [1]. So it is [2,].{LISTED}"
    (broken,) = parse(text, name="a.md").malformed
    assert ["2"] == [citation.label for citation in broken.citations]
