"""Marks: what is written like a marker, its labels, and how it stands among its neighbours."""

from __future__ import annotations

import pytest

from citecheck.model.citations import Syntax
from citecheck.readers import FORMATS
from citecheck.recognition.markers.candidates import Candidate, Context, find_candidates, reference_links
from citecheck.recognition.markers.ranges import spelled_out

FREE, ATTACHED, GLUED = Context.STANDALONE, Context.WORD_SUFFIX, Context.IDENTIFIER_SUFFIX
INTERVAL, EXAMPLE, CODE = Context.WEAK, Context.CODE_LIKE, Context.CODE
UNORDERED = Context.UNORDERED


def found(text: str, format: str = "markdown") -> list[Candidate]:
    return find_candidates(FORMATS[format].layout(text))


STANDINGS = [
    ("Salt is mined [1].", FREE),
    ("“Salt”[1] is mined.", FREE),
    ("[1] is on salt.", FREE),
    ("Salt, [1] is mined.", FREE),
    ("塩は[1]採れる。", FREE),  # no spaces between words
    ("Salt mine[1] it is.", ATTACHED),
    ("NATO[1] it is.", ATTACHED),
    ("the miner's[1] salt", ATTACHED),
    ("the miner’s[1] salt", ATTACHED),
    ("RFC2119[1] it is.", ATTACHED),
    ("AB12[1] it is.", ATTACHED),
    ("salt-water[1] it is.", ATTACHED),
    ("in 1,200[1] it is.", ATTACHED),
    ("etc.[1] it is.", FREE),
    ("saltPan[1] it is.", GLUED),
    ("salt_pan[1] it is.", GLUED),
    ("x1[1] it is.", GLUED),
    ("$salt[1] it is.", GLUED),
    ("a_[1] it is.", GLUED),
    ("argv[1] it is.", GLUED),
    ("X[1] it is.", GLUED),
    ("Key[1] it is.", GLUED),
    ("the session key[1].", ATTACHED),  # prose, since it closes a clause
    ("the session key[1], it is", ATTACHED),
    ("(the session key[1].)", ATTACHED),
    ("the session key[1] of it", GLUED),
    ("a key[1].", GLUED),
    ("salt()[1] it is.", GLUED),
    ("x = [1] it is.", CODE),
    ("x =[1] it is.", CODE),
    ("[1] = x", CODE),
    ("[1]= x", CODE),
    ("[1]  = x", CODE),
    ("so [1] a = x", FREE),
    ("[1]{.pnum} The pan is hot.", CODE),
    ("[1]{#step} and [1]{: .step}", CODE),
    ("Hot [1]{2}", FREE),
    ("In [1]: import salt", CODE),
    ("Out [1]: salt", CODE),
    ("Within [1]: salt", FREE),
    ("In [1] it is.", FREE),
    ("@[1] it is.", CODE),
    ("#[1] it is.", CODE),
    ("&[1] it is.", CODE),
    ("the slot [1] it is.", INTERVAL),
    ("Index [1] it is.", INTERVAL),
    ("the slot, [1] it is.", FREE),
    ("[ 1] .salt", INTERVAL),
    ("[ 1 ] it is.", FREE),
    ("[1 ] it is.", FREE),
    ("[ 1, 2] .salt", INTERVAL),
    ("[1, 2] it is.", FREE),
    ("so [1, 2, 3] it is.", FREE),
    ("so [1, 3, 2] it is.", UNORDERED),
    ("in [1, 3, 2] it is.", INTERVAL),
    ("the list [1, 3, 2] it is.", INTERVAL),
    ("sorted into [1, 3, 2].", INTERVAL),
    ("see treaty[1, 3, 2].", UNORDERED),
    ("the matrix[1, 3, 2] of it", INTERVAL),
    ("see [see 1, 3, 2].", INTERVAL),
    ("so [2, 1] it is.", FREE),
    ("so [1, 1, 2] it is.", UNORDERED),
    ("so [3, 1, 2-4] it is.", FREE),
    ("in [1, 2] it is.", INTERVAL),
    ("in\n[1, 2] it is.", INTERVAL),  # in the line above
    ("in \n[1, 2] it is.", INTERVAL),  # as where lines end in CRLF
    ("range \n[1, 2] it is.", CODE),
    ("so it is in\n\n[1, 2] it is.", FREE),
    ("in [1, 2, 3] it is.", FREE),
    ("$[0-9] it is.", INTERVAL),
    ("so [0-8] it is.", FREE),
    ("in [1] it is.", FREE),
    ("in the [1, 2] it is.", INTERVAL),
    ("In [1-3] it is.", INTERVAL),
    ("in of [1, 2] it is.", INTERVAL),
    ("12 [1, 2] it is.", INTERVAL),
    ("1.5% [1, 2] it is.", INTERVAL),
    ("1999 [1, 2] it is.", FREE),
    ("Bin [1, 2] it is.", FREE),
    ("range [1, 2] it is.", CODE),
    ("range of [1, 2] it is.", CODE),
    ("bounds: [1, 2] it is.", CODE),
    ("range [1-3] it is.", INTERVAL),
    ("range [1] it is.", FREE),
    ("in ［1, 2］ it is.", INTERVAL),
    ("so ［1, 2］ it is.", FREE),
    ("so [1:45] it is.", INTERVAL),
    ("salt mine[1:45] it is.", ATTACHED),
    ("argv[1:45] it is.", GLUED),
    ("x = [1:45] it is.", CODE),
    ("so [1/2] it is.", INTERVAL),
    ("so [see 1] it is.", INTERVAL),
    ("so [ 1 ] it is.", FREE),
    ("so [[1, 0], [2, 1]] it is.", CODE),
    ("so [[1], [2]] it is.", FREE),
    ("so [[1, 2]] it is.", FREE),
    ("so it is [9[1] it is.", FREE),
    ("- [1] it is.", FREE),
    ("- [1]: it is.", INTERVAL),
    ("the salt[02] it is.", GLUED),
    ("the salt[0] it is.", ATTACHED),
    ("In [1]: import salt", CODE),
    ("In\u00a0\\[1]: import salt", CODE),
]


@pytest.mark.parametrize(("text", "standing"), STANDINGS, ids=[text for text, _ in STANDINGS])
def test_how_a_mark_stands(text: str, standing: Context) -> None:
    assert standing is found(text, "text")[0].standing


@pytest.mark.parametrize(
    ("text", "standings"),
    [
        ("matrix[1][2] it is.", [GLUED, GLUED]),
        ("salt mine[1][2] it is.", [ATTACHED, ATTACHED]),
        ("x = [1][2] it is.", [CODE, CODE]),
        ("so [1][2] it is.", [FREE, FREE]),
        ("matrix[1] [2] it is.", [GLUED, FREE]),
        ("so [1, 3, 2][2] it is.", [UNORDERED, FREE]),
        ("route [5]:[0]:[48] it is.", [CODE, CODE, CODE]),
        ("[[1, 0], [2, 1]]", [CODE, CODE]),
        ("[[1, 0], [2]]", [CODE, FREE]),
        ("[[1, 0]; [2, 1]]", [FREE, FREE]),
        ("x = [1, 2] and [3, 4] it is.", [CODE, FREE]),
        ("salt mine[1], [1, 2] it is.", [ATTACHED, FREE]),
    ],
)
def test_a_mark_stands_as_the_one_right_before_it(text: str, standings: list[Context]) -> None:
    assert standings == [mark.standing for mark in found(text, "text")]


def test_what_looks_like_code_in_a_plain_text_may_cite_in_a_comment() -> None:
    text = "The salt is weighed here.\n\n    weigh(salt);  # as [1] says\n    pan[2] = salt;\n\nAnd so on.\n"
    assert [EXAMPLE, CODE] == [mark.standing for mark in found(text, "text")]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("[1, p. 4; 2]", ["1", "2"]),
        ("[1: p. 4; 2]", ["1", "2"]),
        ("[see 1, pp. 3-5]", ["1"]),
        ("[s. 1, S. 4]", ["1"]),
        ("[1-3, S. 4]", ["1", "2", "3"]),
        ("[1:45]", ["1"]),
        ("[12:3-5]", ["12"]),
        ("[1/2]", ["1", "2"]),
        ("[1+2+3]", ["1", "2", "3"]),
        ("[３]", ["3"]),
        ("［1、2］", ["1", "2"]),
        ("【3†L4-L7】", ["3"]),
        ("¹²˒³", ["12", "3"]),
        ("¹⁻³", ["1", "2", "3"]),
        ("$^{1,2}$", ["1", "2"]),
        ("${}^{[1]}$", ["1"]),
        ("^1,2^", ["1", "2"]),
        ("<SUP>1, 2</SUP>", ["1", "2"]),
        ("[^salt]", ["salt"]),
        ("[^1^]", ["1"]),
        ("[007]", ["7"]),
        ("[０７]", ["7"]),
        ("[００]", ["0"]),
        (r"\[7\]", ["7"]),
        (r"a\\[7]", ["7"]),
        ("[0]", ["0"]),
        ("[00]", ["0"]),
    ],
)
def test_the_labels_of_a_mark(text: str, labels: list[str]) -> None:
    assert [labels] == [[label for label, _ in mark.labels] for mark in found(f"It is so {text} there.")]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (1, 3, ["1", "2", "3"]),
        (3, 3, ["3"]),
        (3, 1, ["3", "1"]),
        (1, 201, [str(number) for number in range(1, 202)]),
        (1, 202, ["1", "202"]),
        (0, 1, ["0", "1"]),
    ],
)
def test_what_a_range_stands_for(first: int, last: int, labels: list[str]) -> None:
    assert labels == spelled_out(first, last)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1]–[3]", [["1", "2", "3"]]),
        ("[1] -- [3]", [["1", "2", "3"]]),
        ("[1]  –  [3]", [["1"], ["3"]]),
        ("[1]–\n[3]", [["1", "2", "3"]]),
        ("[1]\n–[3]", [["1", "2", "3"]]),
        ("[1]\n- [3]", [["1"], ["3"]]),
        ("[1]–[3, 4]", [["1"], ["3", "4"]]),
        ("[1, 2]–[3]", [["1", "2"], ["3"]]),
        ("[1], [3]", [["1"], ["3"]]),
        ("[1][3]", [["1"], ["3"]]),
        ("[^1]–[^3]", [["1"], ["3"]]),
        ("[1]–[^3]", [["1"], ["3"]]),
        ("[^1]–[3]", [["1"], ["3"]]),
    ],
)
def test_a_dash_between_two_marks_makes_a_range_of_them(text: str, expected: list[list[str]]) -> None:
    assert expected == [[label for label, _ in mark.labels] for mark in found(f"It is so {text} there.")]


@pytest.mark.parametrize(
    ("text", "whole", "address"),
    [
        ("[1](#r1)", "[1](#r1)", "#r1"),
        ("[[1]](#r1)", "[[1]](#r1)", "#r1"),
        ("[[1](#r1)]", "[[1](#r1)]", "#r1"),
        ("[[1]]", "[[1]]", None),
        ("[1]]", "[1]", None),
        ("<sup>[1]</sup>", "<sup>[1]</sup>", None),
        ("<SUP>[1]</SUP>", "<SUP>[1]</SUP>", None),
        ("<sup>[1]", "[1]", None),
        ("<sub>[1]</sub>", "[1]", None),
        ("[1]</sup>", "[1]", None),
        ("<sup>see <b>salt</b>[1]</sup>", "[1]", None),
        ("[[1] pans](#r1)", "[1]", None),
        ('<a href="#r1">[1]</a>', '<a href="#r1">[1]</a>', "#r1"),
        ('<a href="#r1"> [1] </a>', '<a href="#r1"> [1] </a>', "#r1"),
        ('<a href="#r1">  [1] </a>', "[1]", None),
        ('<a href="#r1">[1] here</a>', "[1]", None),
        ('<sup><a href="#r1">[1]</a></sup>', '<sup><a href="#r1">[1]</a></sup>', "#r1"),
        ('<a href="#r1"><sup>1</sup></a>', '<a href="#r1"><sup>1</sup></a>', "#r1"),
        ('<sup><a href="#r1">1</a></sup>', '<sup><a href="#r1">1</a></sup>', "#r1"),
        ("[1][s]", "[1][s]", "https://salt.example"),
        ("[1 pan](#r1)", "", None),
    ],
)
def test_a_mark_takes_in_the_link_and_the_tags_about_it(text: str, whole: str, address: str | None) -> None:
    marked = found(f"It is so {text} there.\n\n[s]: https://salt.example\n")
    assert ([(whole, address)] if whole else []) == [(mark.text, mark.address) for mark in marked]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1][1]", ["[1][1]"]),
        ("[1][2]", ["[1]", "[2]"]),
        ("[[1]][1]", ["[[1]]", "[1]"]),
        ("[[3]][2]", ["[[3]][2]"]),
        ("[pans][1]", []),
    ],
)
def test_a_number_may_be_named_after_its_own_definition(text: str, expected: list[str]) -> None:
    definitions = "[1]: https://salt.example\n[2]: https://pans.example\n"
    assert expected == [mark.text for mark in found(f"It is so {text} there.\n\n{definitions}")]


@pytest.mark.parametrize(("text", "standings"), [("[1][2]", [FREE, INTERVAL]), ("[[3]][2]", [INTERVAL])])
def test_a_link_by_another_number_cites_only_what_is_listed(text: str, standings: list[Context]) -> None:
    definitions = "[1]: https://salt.example\n[2]: https://pans.example\n"
    assert standings == [mark.standing for mark in found(f"It is so {text} there.\n\n{definitions}")]


def test_a_link_may_open_the_text() -> None:
    text = '<a href="#r1">[1]</a> says so.'
    assert ['<a href="#r1">[1]</a>'] == [mark.text for mark in found(text)]


def test_a_plain_text_has_no_links_about_its_marks() -> None:
    assert ["[1]"] == [mark.text for mark in found("It is so [[1]](https://salt.example) there.", "text")]
    assert ["[[1]]"] == [mark.text for mark in found("It is so [[1]] (as they say) there.", "text")]


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("[1]", Syntax.BRACKET),
        ("[1, 2]", Syntax.BRACKET),
        ("[1:45]", Syntax.BRACKET),
        ("［1］", Syntax.BRACKET),
        ("【1】", Syntax.LENTICULAR),
        ("[^1]", Syntax.FOOTNOTE),
        ("¹", Syntax.SUPERSCRIPT),
        ("<sup>1</sup>", Syntax.SUPERSCRIPT),
        ("^1^", Syntax.SUPERSCRIPT),
        ("$^{1}$", Syntax.SUPERSCRIPT),
    ],
)
def test_the_syntax_of_a_mark(text: str, syntax: Syntax) -> None:
    assert [syntax] == [mark.syntax for mark in found(f"It is so {text} there.")]


def test_ranges_spell_out_five_thousand_labels_and_one_more_every_four_code_points() -> None:
    text = "[1-100] " * 70 + "[1-100, 105] "
    text += "." * (4_840 - len(text))
    counts = [len(mark.labels) for mark in found(text)]
    assert [*[100] * 62, *[2] * 8, 3] == counts  # 6,210 labels in all; then the ends alone
    assert ["1", "100", "105"] == [label for label, _ in found(text)[-1].labels]


@pytest.mark.parametrize(("text", "first"), [("[1] is so \\", "[1]"), ("[1]] is so [", "[1]")])
def test_what_ends_a_text_is_no_part_of_the_mark_that_opens_it(text: str, first: str) -> None:
    assert [first] == [mark.text for mark in found(text, "text")]


def test_a_link_by_number_uses_the_definition_of_that_number() -> None:
    text = "See [pans][1] and [lids][s] and [1].\n\n[1]: https://salt.example\n[s]: https://pans.example\n"
    links = reference_links(FORMATS["markdown"].layout(text))
    assert [("1", "[pans][1]"), ("1", "[1]")] == [(label, span.of(text)) for label, span in links]
