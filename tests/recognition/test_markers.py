"""Markers, a row for each form: what is found of it, and which labels it names."""

from __future__ import annotations

import pytest

from citecheck import parse
from citecheck.model.citations import FOOTNOTES, Syntax
from citecheck.model.document import Document

SALTS = "\n\n## Sources\n\n" + "\n".join(
    f"[{number}] Salts of region {number}, {1900 + number}." for number in range(13)
)
KEYS = """

## References

[RFC2119] Key words, 1997.
[KLE+14] Kelp on ropes, 2014.
[S1] Survey of the bay, 2001.
[Knuth84] Setting type, 1984.
"""
NOTES = "\n\n[^1]: The first note.\n[^salt]: On salt.\n[^2.b]: On pans.\n"


def document(text: str, format: str = "markdown") -> Document:
    return parse(text, name="example", format=format)


def found(text: str, format: str = "markdown") -> list[tuple[str, list[str]]]:
    """Each marker as written, with its labels."""
    return [(marker.text, list(marker.labels)) for marker in document(text, format).markers]


NUMBERED = [
    ("[1]", ["1"]),
    ("[0]", ["0"]),
    ("[12]", ["12"]),
    ("[1,2]", ["1", "2"]),
    ("[1, 2]", ["1", "2"]),
    ("[1;2]", ["1", "2"]),
    ("[1; 2]", ["1", "2"]),
    ("[1 and 2]", ["1", "2"]),
    ("[1, 2, and 3]", ["1", "2", "3"]),
    ("[1 & 2]", ["1", "2"]),
    ("[1 und 2]", ["1", "2"]),
    ("[1 y 2]", ["1", "2"]),
    ("[1，2]", ["1", "2"]),
    ("[1、2]", ["1", "2"]),
    ("[1, 3-5]", ["1", "3", "4", "5"]),
    ("[1-3]", ["1", "2", "3"]),
    ("[1–3]", ["1", "2", "3"]),
    ("[1—3]", ["1", "2", "3"]),
    ("[1‑3]", ["1", "2", "3"]),
    ("[1 – 3]", ["1", "2", "3"]),
    ("[1--3]", ["1", "2", "3"]),
    ("[1~3]", ["1", "2", "3"]),
    ("[1]–[3]", ["1", "2", "3"]),
    ("[1] - [3]", ["1", "2", "3"]),
    ("[5-3]", ["5", "3"]),
    ("[01]", ["1"]),
    (r"\[1\]", ["1"]),
    (r"\[1, 2\]", ["1", "2"]),
    ("［1］", ["1"]),
    ("［１］", ["1"]),
    ("［1，2］", ["1", "2"]),
    ("【1】", ["1"]),
    ("【1†source】", ["1"]),
    ("【1†L3-L9】", ["1"]),
    ("【1, 2】", ["1", "2"]),
]
LOCATED = [
    "[12, p. 34]",
    "[12,\n   p. 34]",
    "[12, p.\n   34]",
    "[12, p.34]",
    "[12, pp. 3–5]",
    "[12: p. 34]",
    "[12; p. 34]",
    "[12, Sec. 3]",
    "[12, §4.2]",
    "[12, chap. 7]",
    "[12, Fig. 1]",
    "[12, Table 2]",
    "[12, Theorem 3]",
    "[12, S. 34]",
    "[12, Kap. 3]",
    "[12, стр. 34]",
    "[12, pág. 34]",
    "[12, Appendix B]",
    "[12, note 4]",
    "[12 p. 34]",
    "[12, p.\n34]",
    "[12,\nSec. 3 and\nAppendix B]",
]
LINKED = [
    ("[1](https://salt.example/1)", "https://salt.example/1"),
    ("[[1]](https://salt.example/1)", "https://salt.example/1"),
    ("[[1](https://salt.example/1)]", "https://salt.example/1"),
    (r"[\[1\]](#ref-1)", "#ref-1"),
    ('[1](https://salt.example/1 "Salts")', "https://salt.example/1"),
    ('<a href="#ref1">[1]</a>', "#ref1"),
    ('<sup><a href="#ref1">1</a></sup>', "#ref1"),
    ('<sup><a href="#ref1">[1]</a></sup>', "#ref1"),
    ('<a href="#ref1"><sup>1</sup></a>', "#ref1"),
    ("[^1^](#ref1)", "#ref1"),
]
RAISED = [
    ("¹", ["1"]),
    ("¹²", ["12"]),
    ("¹,²", ["1", "2"]),
    ("¹⁻³", ["1", "2", "3"]),
    ("¹–³", ["1", "2", "3"]),
    ("^1^", ["1"]),
    ("^1,2^", ["1", "2"]),
    ("<sup>1</sup>", ["1"]),
    ("<sup>1,2</sup>", ["1", "2"]),
    ("<sup>1-3</sup>", ["1", "2", "3"]),
    ("<sup>[1]</sup>", ["1"]),
]
FOOTNOTED = [("[^1]", ["1"]), ("[^salt]", ["salt"]), ("[^2.b]", ["2.b"]), ("[^1^]", ["1"])]
KEYED = [
    ("[see RFC2119]", ["RFC2119"]),
    ("[cf. RFC2119, S. 4]", ["RFC2119"]),
    ("[RFC2119]", ["RFC2119"]),
    ("[rfc2119]", ["rfc2119"]),
    ("[RFC 2119]", ["RFC 2119"]),
    ("[KLE+14]", ["KLE+14"]),
    ("[S1]", ["S1"]),
    ("[Knuth84; KLE+14]", ["Knuth84", "KLE+14"]),
    ("[Knuth84, KLE+14]", ["Knuth84", "KLE+14"]),
    ("[Knuth84, p. 7]", ["Knuth84"]),
    ("[Knuth84; Holt2019a]", ["Knuth84", "Holt2019a"]),  # which no list has
    ("[Holt2019; S1]", ["Holt2019", "S1"]),
    ("[Knuth84, Fig12]", ["Knuth84"]),
    (r"\[S1\]", ["S1"]),
]
PLACES = [
    "Salt is mined {}.",
    "Salt is mined.{}",
    "Salt is mined. {}",
    "Salt is mined.{} It is also boiled.",
    "Salt is mined,{} and boiled.",
    "Salt{} is mined.",
    "{} has the oldest figures.",
    "Salt is mined ({}).",
    "Salt is mined (see {} for figures).",
    "“Salt is mined” {}.",
    "**Salt is mined {}.**",
    "*Salt* {} is mined.",
    "**Salt is mined**{}.",
    "`salt` {} is mined.",
    "[Salt](https://salt.example) {} is mined.",
    "Salt is 97 % pure {}.",
    "Salt is mined {}; it is also boiled.",
    "Salt is mined {}: deep down.",
    "Salt is mined {}?",
    "Is salt mined? {}",
    "- Salt is mined {}.",
    "1. Salt is mined {}.",
    "> Salt is mined {}.",
    "| Salt | Mined |\n| --- | --- |\n| rock | deep {} |",
    "Salt is\nmined\n{}.",
    "盐是开采的{}。",
    "盐是开采的（{}）。",
    "塩は採掘される{}。塩は甘くない。",
    "Соль добывают {}.",
]


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize(("marker", "labels"), NUMBERED)
def test_a_number_in_brackets(marker: str, labels: list[str], format: str) -> None:
    text = f"Salt is mined {marker}.{SALTS}"
    if format == "text" and marker.startswith("\\"):
        text = f"Salt is mined {marker}, and boiled.{SALTS}"
    assert [(marker, labels)] == found(text, format)


@pytest.mark.parametrize("marker", LOCATED)
def test_a_place_in_the_source_belongs_to_the_marker(marker: str) -> None:
    assert [(marker, ["12"])] == found(f"Salt is mined {marker}.{SALTS}")


@pytest.mark.parametrize("listed", ["", SALTS], ids=["alone", "with a list"])
@pytest.mark.parametrize(("marker", "address"), LINKED)
def test_a_linked_marker_has_an_address(marker: str, address: str, listed: str) -> None:
    if marker.endswith("1</a></sup>") or marker.startswith('<a href="#ref1"><sup>'):
        listed = SALTS  # a raised number cites only where there is a list
    text = f"Salt is mined {marker}.\n\nIt is boiled {marker.replace('1', '2')}.{listed}"
    first, _ = document(text).markers
    assert (marker, ("1",), address) == (first.text, first.labels, first.address)


@pytest.mark.parametrize(("marker", "labels"), RAISED)
def test_a_raised_number_where_numbers_are_listed(marker: str, labels: list[str]) -> None:
    text = f"Salt is boiled.{marker.replace('[', '').replace(']', '')} Salt is mined.{marker}"
    more = "Water is not.<sup>4</sup> Brine is.<sup>5</sup>"
    assert (marker, labels) in found(f"{text} {more}{SALTS}")


def test_a_raised_number_of_two_digits_is_two_numbers_where_only_those_are_listed() -> None:
    text = "Salt is mined.¹² Brine is boiled.²\n\nSources\n\n1. Salts, 1901.\n2. Brines, 1902.\n"
    assert [("¹²", ["1", "2"]), ("²", ["2"])] == found(text)


@pytest.mark.parametrize(("marker", "labels"), FOOTNOTED)
def test_a_footnote(marker: str, labels: list[str]) -> None:
    (one,) = document(f"Salt is mined.{marker}{NOTES}").markers
    assert (marker, labels, Syntax.FOOTNOTE) == (one.text, list(one.labels), one.syntax)
    assert FOOTNOTES == one.citations[0].key.numbering


def test_a_footnote_without_a_definition_is_a_marker_all_the_same() -> None:
    assert [("[^1]", ["1"]), ("[^3]", ["3"])] == found(f"Salt is mined.[^1] It is boiled.[^3]{NOTES}")
    assert [("[^1]", ["1"])] == found("Salt is mined.[^1]\n")


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize(("marker", "labels"), KEYED)
def test_a_label_that_is_a_word_where_it_is_listed(marker: str, labels: list[str], format: str) -> None:
    assert [(marker, labels)] == found(f"Salt is mined {marker}, and boiled.{KEYS}", format)


def test_a_label_of_the_shape_of_listed_ones_is_a_marker_too() -> None:
    assert ["[RFC2119]", "[S1]", "[RFC9999]"] == [marker for marker, _ in found(f"[RFC2119], [S1], [RFC9999].{KEYS}")]


def test_a_key_alone_is_no_marker_where_few_are_listed() -> None:
    assert [("[Knuth84]", ["Knuth84"])] == found(f"Salt is mined [Knuth84], and boiled [Holt2019].{KEYS}")
    keys = KEYS.replace("[S1]", "[Moss19]")
    assert ["[Knuth84]", "[Moss19]", "[Holt2019]"] == [
        written for written, _ in found(f"Salt is mined [Knuth84] [Moss19], and boiled [Holt2019].{keys}")
    ]


def test_a_key_may_be_written_small() -> None:
    keys = KEYS.replace("[S1]", "[moss2019] Bays.\n[weir2018] Tides.\n[gale2017]")
    text = f"Salt is mined [moss2019], boiled [weir2018] and sold [holt2020].{keys}"
    assert ["[moss2019]", "[weir2018]", "[holt2020]"] == [written for written, _ in found(text)]


@pytest.mark.parametrize("digits", ["٠١٢٣", "۰۱۲۳", "０１２３"])
def test_digits_of_any_script_are_digits(digits: str) -> None:
    one, two, three = list(digits)[1:]
    text = f"الملح قديم [{one}، {two}]. النهر [{three}].\n\n## المراجع\n\n[1] كتاب، 2001.\n[{two}] بحر، 2002.\n"
    document = parse(text, name="example", format="markdown")
    assert [["1", "2"], ["3"]] == [[each.label for each in marker.citations] for marker in document.markers]
    assert ["1", "2"] == [source.label for source in document.sources]


def test_two_labels_of_a_shape_tell_of_a_third() -> None:
    keys = KEYS.replace("[S1]", "[Bay1] Bays, 2000.\n[Bay2]")
    assert ["[Bay1]", "[Bay2]", "[Bay7]"] == [written for written, _ in found(f"So [Bay1], [Bay2] and [Bay7].{keys}")]
    letters = KEYS.replace("[S1]", "[S1] Bays, 2000.\n[S2]")
    assert ["[S1]", "[S2]", "[S7]"] == [written for written, _ in found(f"So [S1], [S2] and [S7].{letters}")]
    one = KEYS.replace("[S1]", "[Bay1]")
    assert ["[Bay1]", "[RFC2119]"] == [written for written, _ in found(f"So [Bay1], [RFC2119] and [Bay7].{one}")]


def test_a_labelled_source_by_its_word() -> None:
    listed = "Sources\n\nSource 1: Salts, 1901.\nSource 2: Pans, 1902.\n"
    text = f"Salt is mined [Source 1]. It is boiled [Source 2].\n\n{listed}"
    assert [("[Source 1]", ["Source 1"]), ("[Source 2]", ["Source 2"])] == found(text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[1][2]", [("[1]", ["1"]), ("[2]", ["2"])]),
        ("[1] [2]", [("[1]", ["1"]), ("[2]", ["2"])]),
        ("[1], [2]", [("[1]", ["1"]), ("[2]", ["2"])]),
        ("[1][2][3]", [("[1]", ["1"]), ("[2]", ["2"]), ("[3]", ["3"])]),
        ("[1, 2][3]", [("[1, 2]", ["1", "2"]), ("[3]", ["3"])]),
        ("【1】【2】", [("【1】", ["1"]), ("【2】", ["2"])]),
    ],
)
def test_neighbours_are_markers_each(written: str, expected: list[tuple[str, list[str]]]) -> None:
    assert expected == found(f"Salt is mined {written}.{SALTS}")


@pytest.mark.parametrize("place", PLACES)
def test_a_marker_is_found_wherever_it_stands(place: str) -> None:
    assert [("[1]", ["1"])] == found(f"{place.format('[1]')}{SALTS}")


@pytest.mark.parametrize("place", [place for place in PLACES if "`" not in place and "](" not in place])
def test_a_marker_is_found_in_plain_text_too(place: str) -> None:
    assert [("[1]", ["1"])] == found(f"{place.format('[1]')}{SALTS}", "text")


@pytest.mark.parametrize("place", PLACES)
def test_a_footnote_is_found_wherever_it_stands(place: str) -> None:
    assert [("[^1]", ["1"])] == found(f"{place.format('[^1]')}{NOTES}")


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display:none">[1][2]</span>',
        '<div style="display: none">\n\n[1] [2]\n\n</div>',
        "<span hidden>[1] and [2]</span>",
        '<span style="visibility:hidden">[1]<b>x</b>[2]</span>',
        '<span id="a" HIDDEN = "until-found">[1][2]</span>',
    ],
)
def test_what_no_reader_sees_is_no_visible_marker(hidden: str) -> None:
    parsed = document(f"Salt is mined [3].\n\n{hidden}\n\nIt is boiled [4].{SALTS}")
    assert ["[3]", "[4]"] == [marker.text for marker in parsed.markers]
    assert ["1", "2"] == [label for marker in parsed.hidden for label in marker.labels]
    assert {"3", "4"} == {key.label for key in parsed.cited}


@pytest.mark.parametrize(
    "attributes",
    [
        'title="a hidden gem"',
        "title='a hidden gem'",
        'class="x hidden md:block"',
        'title="display: none"',
        "aria-hidden=true",
        "data-x=/hidden/",
        'class={far ? "hidden" : ""}',
    ],
)
def test_a_word_in_an_attribute_hides_nothing(attributes: str) -> None:
    parsed = document(f"Salt is mined <abbr {attributes}>in pans [1]</abbr>, and boiled [2].{SALTS}")
    assert ["[1]", "[2]"] == [marker.text for marker in parsed.markers]


def test_a_reference_link_uses_its_definition() -> None:
    parsed = document(
        "Salt is [mined][1] and [boiled][2].\n\n[1]: https://salt.example/1\n[2]: https://salt.example/2\n"
    )
    assert [] == list(parsed.markers)
    assert ["1", "2"] == [use.label for use in parsed.links]
    assert {"1", "2"} == {key.label for key in parsed.cited}


def test_a_bare_reference_link_is_a_marker_of_its_definition() -> None:
    text = "Salt is mined [1], and boiled [2].\n\n[1]: https://salt.example/1\n[2]: https://salt.example/2\n"
    assert [("[1]", ["1"]), ("[2]", ["2"])] == found(text)


def test_linked_markers_need_no_list() -> None:
    text = "Salt is mined [[1]](https://salt.example/1). It is boiled [[2]](https://salt.example/2).\n"
    assert [["1"], ["2"]] == [labels for _, labels in found(text)]


def test_numbers_that_count_up_cite_a_list_that_is_missing() -> None:
    assert ["[1]", "[2]", "[3]"] == [
        marker for marker, _ in found("Salt is mined [1]. It is boiled [2]. It is sold [3].\n")
    ]


@pytest.mark.parametrize(
    ("marker", "syntax"), [("[1]", Syntax.BRACKET), ("［1］", Syntax.BRACKET), ("【1】", Syntax.LENTICULAR)]
)
def test_a_marker_has_the_syntax_that_it_is_written_in(marker: str, syntax: Syntax) -> None:
    (one,) = document(f"Salt is mined {marker}.{SALTS}").markers
    assert syntax == one.syntax


def test_each_label_has_its_place() -> None:
    text = f"Salt is mined [1, 3-5; 12].{SALTS}"
    (one,) = document(text).markers
    assert ["1", "3-5", "3-5", "3-5", "12"] == [citation.span.of(text) for citation in one.citations]
    assert [(3, 5, "3-5")] == [(each.first, each.last, each.span.of(text)) for each in one.ranges]


def test_an_absurd_range_is_only_its_ends() -> None:
    (one,) = [each for each in document(f"Salt is mined [1-9000]. So [2]. So [3].{SALTS}").markers if each.ranges]
    assert ("1", "9000") == one.labels
