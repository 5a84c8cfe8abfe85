"""Lists that no heading announces: runs of entries that the text before them cites."""

from __future__ import annotations

import pytest

from citecheck import parse
from citecheck.model.sources import ListKind

TWO = "It is mined [1] and boiled [2]."
LONG = "It goes on and on about salt.\n\n" * 3
AFTER = "\n\n" + LONG * 25  # more than a signature


def labels(text: str, format: str = "text") -> list[list[str | None]]:
    document = parse(text, name="a.txt" if format == "text" else "a.md", format=format)
    return [[source.label for source in each.sources] for each in document.source_lists]


def test_entries_may_each_stand_below_the_paragraph_that_cites_them() -> None:
    parts = [f"It is so ([{number}]).\n\n[{number}] A. Moss, Salts, 190{number}." for number in (1, 2, 3)]
    assert [["1"], ["2"], ["3"]] == labels("\n\n".join(parts) + AFTER)
    assert [] == labels("\n\n".join(parts).replace("A. Moss, Salts, 190", "says that it is so ") + AFTER)


def test_exponents_cite_no_list() -> None:
    text = "It falls by 3 Sv decade⁻¹ and 2 mm² in 5 m³.\n\n1. Near (2025–2050)\n2. Far (2050–2200)\n3. Later (2200)\n"
    assert [] == labels(text, "markdown")


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        ("[1] Salts, 1901.\n[2] Pans, 1902.", [["1", "2"]]),
        ("[1] Salts, 1901.\n[2] Pans.", [["1", "2"]]),  # half of them read like sources
        ("[1] Salts.\n[2] Pans.", [["1", "2"]]),  # it closes the text
        ("[1] Salts.\n[2] Pans." + AFTER, []),
        ("[1]: Salts.\n[2]: Pans." + AFTER, [["1", "2"]]),
        ("[1]: Salts.\n[2] Pans." + AFTER, [["1", "2"]]),
        ("[1] Salts, 1901.\n[2] Pans." + AFTER, [["1", "2"]]),
        ("[1] Salts, 1901.\n[2] Pans.\n[3] Tea." + AFTER, []),
        ("[3] Salts, 1901.\n[4] Pans, 1902.", []),  # nothing cites them
        ("[1] Salts, 1901.\n[9] Pans, 1902.", [["1", "9"]]),
        ("[1] Salts, 1901.\n[41] Pans, 1902.", [["1", "41"]]),
        ("[1] Salts, 1901.\n[42] Pans, 1902.", [["1"]]),  # no list has such steps
        ("[1] .\n[2] ;", []),
        ("1. Salts, 1901.\n2. Pans, 1902.", [["1", "2"]]),
        ("1. Salts, 1901.\n2. Pans, 1902.\n3. Tea, 1903.\n4. Ice, 1904.", [["1", "2", "3", "4"]]),
        ("1. Salts, 1901.\n2. Pans, 1902.\n3. Tea, 1903.\n4. Ice, 1904.\n5. Hay, 1905.", []),  # half is cited
        ("----\n[1] Salts, 1901.\n[2] Pans, 1902." + AFTER, [["1", "2"]]),  # below a rule
        ("----a\n[1] Salts, 1901.\n[2] Pans, 1902." + AFTER, []),
        ("[01] Salts, 1901.\n[02] Pans, 1902.", [["1", "2"]]),
        ("[01] Salts.\n[02] Pans.", []),  # the values of a field
        ("1. Salts\n    https://a.example\n\n2. Pans\n    https://b.example", [["1", "2"]]),  # no headings
        ("1. Salts.\n2. Pans.", [["1", "2"]]),
        ("1. Salts.\n2. Pans." + AFTER, []),
        ("0. Salts, 1901.\n1. Pans, 1902.\n2. Tea, 1903.", [["0", "1", "2"]]),
        ("1. Salts.\n2. Pans.\n3. Tea.", []),  # steps of a recipe
        ("1. Salts, 1901.\n2. Pans, 1902.\n3. Tea.", [["1", "2", "3"]]),
        ("1. Salts, 1901.\n2. Pans.\n3. Tea.", []),
        ('1. "Salts of the sea", p. 3.\n2. "Pans of the coast".' + AFTER, [["1", "2"]]),
        ('1. Say "salt" or "brine", not "it".\n2. Say "pan" or "dish", not "it".' + AFTER, []),  # no titles
        ("2. Pans, 1902.", []),
        ("2. Pans, 1902.\n1. Salts, 1901.", [["2", "1"]]),
        ("(1) Salts, 1901.\n(2) Pans, 1902.", [["1", "2"]]),
        ("1: Salts, 1901.\n2: Pans, 1902.", [["1", "2"]]),
        ("¹ Salts, 1901.\n² Pans, 1902.", [["1", "2"]]),
        ("【1】 Salts, 1901.\n【2】 Pans, 1902.", [["1", "2"]]),
        ("1  Salts, 1901.\n2  Pans, 1902.", []),  # without a mark only below a heading
        ("Source 1: Salts, 1901.\nSource 2: Pans, 1902.", []),
        ("[1] Salts, 1901.\n\n[2] Pans, 1902.", [["1", "2"]]),
        ("[1] Salts, 1901.\n\nBy the way.\n\n[2] Pans, 1902.", [["1"], ["2"]]),
        ("[1] Salts, 1901.\n  [2] Pans, 1902.", [["1"]]),
        ("[1] Salts, 1901.\n [2] Pans, 1902.", [["1", "2"]]),
        ("- [1] Salts, 1901.\n- [2] Pans, 1902.", [["1", "2"]]),
        *((f"{bullet} [1] Salts, 1901.\n[2] Pans, 1902.", [["1"]]) for bullet in "-*+•‣◦・"),
        ("[1] Salts, 1901. [2] Pans, 1902.", [["1"]]),
        ("[1] Salts. [2] Pans, 1902.\n[3] Tea, 1903.", [["1", "3"]]),  # two lines are too few to look into
        ("\u2023 1. Salts, 1901.\n\u2023 2. Pans, 1902.", [["1", "2"]]),
        ("[0] Salts, 1901.\n[1] Pans, 1902.\n[2] Tea, 1903.", [["0", "1", "2"]]),
        ("[2] Salts, 1901.\n[1] Pans, 1902.", [["2", "1"]]),
        ("[2]: Salts, 1901.\n[1]: Pans, 1902.", [["2", "1"]]),
        ("[1] Salts. [2] Pans, 1902.\n[3] Tea, 1903.\n[4] Ice, 1904.", [["1", "2", "3", "4"]]),
    ],
)
def test_a_run_of_entries_is_a_list_where_the_text_cites_it(listing: str, expected: list[list[str]]) -> None:
    assert expected == labels(f"{TWO}\n\n{listing}\n")


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        ("[1] Salts, 1901.", [["1"]]),
        ("[1] Salts.", []),
        ("[1]: Salts.", [["1"]]),
        ("[1] https://salt.example" + AFTER, [["1"]]),
        ("[1] See https://salt.example" + AFTER, []),
        ("[1] Salts, 1901." + AFTER, []),
        ("[2] Salts, 1901.", []),
        ("1. Salts, 1901.", []),
    ],
)
def test_a_single_entry_must_look_like_one(listing: str, expected: list[list[str]]) -> None:
    assert expected == labels(f"It is mined [1].\n\n{listing}\n")


@pytest.mark.parametrize(
    ("remark", "expected"),
    [
        ("[3] I asked them.", [["1", "2"], ["3"]]),
        ("[3] _Annals_, ii. 4.", [["1", "2"], ["3"]]),
        ("[3] “Who knows?”", [["1", "2"], ["3"]]),
        ("[3] says so.", [["1", "2"]]),  # a wrapped sentence
        ("[3] prices of 1903, for one", [["1", "2"], ["3"]]),
        ("[4] I asked them.", [["1", "2"]]),
    ],
)
def test_a_remark_may_go_on_with_the_list_before_it(remark: str, expected: list[list[str]]) -> None:
    text = "Mined [1], boiled [2], sold [3], weighed [4].\n\n[1] Salts, 1901.\n[2] Pans, 1902.\n\nBy the way.\n\n"
    assert expected == labels(f"{text}{remark}{AFTER}")


@pytest.mark.parametrize(("number", "expected"), [(3, [["1", "2"], ["3"]]), (4, [["1", "2"]])])
def test_a_single_entry_may_go_on_with_the_list_before_it(number: int, expected: list[list[str]]) -> None:
    text = f"It is mined [1] and boiled [2].\n\n[1] Salts, 1901.\n[2] Pans, 1902.\n\nIt is sold [{number}].\n\n"
    assert expected == labels(f"{text}[{number}] Prices, 1903, for one.{AFTER}")


def test_an_entry_that_stands_in_the_middle_of_a_paragraph_is_none() -> None:
    assert [] == labels("It is mined as was said in\n[1] and boiled as in\n[2] of the pans.\n")
    assert [["1", "2"]] == labels("It is mined [1], boiled [2].\n[1]: Salts, 1901.\n[2]: Pans, 1902.\n")


def test_an_entry_that_begins_with_an_address_needs_no_blank_line_above() -> None:
    assert [["1", "2"]] == labels("It is mined [1] and boiled [2].\n[1] https://a.example/salt\n[2] www.b.example\n")
    assert [] == labels("It is mined [1] and boiled [2], as in\n[1] and as https://a.example/salt has it too.\n")


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("It is so.\n\nIt is so.\n\nIt is so.\n", [["1", "2"]]),
        ("It is so.\n\nIt is so.\n\nIt is so.\n\nIt is so.\n", []),
        ("It goes on and on. " * 100, [["1", "2"]]),
        ("It goes on and on. " * 110, []),
    ],
)
def test_a_list_closes_a_text_where_a_signature_at_most_follows(tail: str, expected: list[list[str]]) -> None:
    assert expected == labels(f"{TWO}\n\n[1] Salts.\n[2] Pans.\n\n{tail}")


def test_steps_are_a_list_where_four_in_five_are_cited() -> None:
    five = "\n".join(f"{number}. Some remark." for number in range(1, 6))
    assert [["1", "2", "3", "4", "5"]] == labels(f"A [1], b [2], c [3], d [4].\n\n{five}\n")
    assert [] == labels(f"A [1], b [2], c [3].\n\n{five}\n")
    assert [] == labels(f"A [1], b [2], c [3], d [4], e [5], f [6].\n\n{five}\n")  # it is no list of all


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        ("1. https://a.example/salts\n2. https://a.example/pans", [["1", "2"]]),
        ("1. https://a.example/salts", [["1"]]),
        ("1. ../salts/north.txt\n2. ./pans.txt", [["1", "2"]]),
        ("1. 8b0137f2c (salt: mine it deeper)\n2. commit 1f00d5a1e (salt: boil it)", [["1", "2"]]),
        ("1. deadbeef (salt: mine it deeper)\n2. 20190318 (salt: boil it)", []),  # a word and a count
        ("1. https://a.example/salts\n2. Pans.", []),
        ("3. https://a.example/salts", []),  # nothing counts from three
        ("\n".join(f"{number}. https://a.example/{number}" for number in range(1, 6)), []),  # few are cited
        ("1. https://a.example/salts\n2. https://a.example/pans" + AFTER, []),
    ],
)
def test_addresses_at_the_end_need_but_one_marker(listing: str, expected: list[list[str]]) -> None:
    assert expected == labels(f"Salt is mined [1]. [3] so.\n\n{listing}\n")


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("[1] Pans, 1902.", [["1", "1"]]),
        ("\n[1] Pans.", [["1", "1"]]),
        ("[1] Pans of the northern coast\n    and its islands, 1902.", [["1", "1"]]),
        ("[1] tells of pans.", [["1"]]),  # a line of the entry before it
    ],
)
def test_two_entries_in_a_row_may_have_one_number(second: str, expected: list[list[str]]) -> None:
    assert expected == labels(f"{TWO}\n\n[1] Salts, 1901.\n{second}\n")


def test_remarks_on_sources_are_no_list_where_one_follows() -> None:
    remarks = "[1] was the first.\n\n[2] was another.\n\n"
    assert [["1", "2"]] == labels(f"{TWO}\n\n{remarks}[1] Salts, 1901.\n[2] Pans, 1902.\n")
    assert [["1", "2"]] == labels(f"{TWO}\n\n{remarks}")


def test_entries_that_cite_another_list_are_no_sources() -> None:
    text = f"{TWO} See [3].\n\n1. Buy “Salts”, 1901 [4].\n2. Boil “Pans”, 1902 [5].\n3. Sell “Brine”, 1903.\n"
    other = "\n## Sources\n\n[4] Salts, 1901.\n[5] Pans, 1902.\n"
    assert [["4", "5"]] == labels(text + other, "markdown")
    assert [["1", "2", "3"], ["4", "5"]] == labels(text.replace(" [5]", "") + other, "markdown")


def test_quotations_alone_make_no_sources() -> None:
    steps = "1. Show “cited sources” first.\n2. Show “all sources” then.\n3. Show {}.\n\n" + "And so on.\n\n" * 4
    assert [] == labels(f"{TWO}\n\n{steps.format('“none of them”')}")
    assert [["1", "2", "3"]] == labels(f"{TWO}\n\n{steps.format('“Salts”, p. 3')}")


def test_headings_are_no_entries_and_entries_may_stand_right_below_one() -> None:
    assert [] == labels(f"{TWO}\n\n## 1. Salts, 1901\n\n## 2. Pans, 1902\n", "markdown")
    assert [["1", "2"]] == labels(f"{TWO}\n\n## Of it\n[1] Salts, 1901.\n[2] Pans, 1902.\n", "markdown")


def test_markdown_counts_a_lazily_numbered_list() -> None:
    assert [["1", "2"]] == labels(f"{TWO}\n\n1. Salts, 1901.\n1. Pans, 1902.\n", "markdown")
    assert [] == labels(f"{TWO}\n\n1. Salts, 1901.\n1. Pans, 1902.\n")


def test_three_notes_are_a_list_where_nearly_all_are_cited() -> None:
    five = "\n".join(f"[{number}] Some remark." for number in range(1, 6))
    assert [["1", "2", "3", "4", "5"]] == labels(f"A [1], b [2], c [3], d [4].\n\n{five}{AFTER}")
    assert [] == labels(f"A [1], b [2], c [3].\n\n{five}{AFTER}")
    assert [] == labels(f"A [1], b [2].\n\n[1] Some remark.\n[2] Another one.{AFTER}")


def test_links_cite_no_list() -> None:
    notes = "1. Salts, 1901.\n2. Pans, 1902.\n"
    assert [] == labels(f"Mined [1](https://a.example), boiled [2](https://b.example).\n\n{notes}", "markdown")
    assert [["1", "2"]] == labels(f"Mined [1], boiled [2].\n\n{notes}", "markdown")


def test_a_list_of_addresses_may_repeat_the_labels_of_another() -> None:
    listing = "[1] Salts, 1901.\n[2] Pans, 1902.\n"
    assert [["1", "2"], ["1", "2"]] == labels(
        f"{TWO}\n\n{listing}\nOnline:\n\n[1] https://a.example\n[2] www.b.example\n"
    )
    assert [["1", "2"]] == labels(f"{TWO}\n\n{listing}\nAgain:\n\n[1] Teas, 1911.\n[2] Cups, 1912.\n")


@pytest.mark.parametrize("enumeration", ["(1) “Salts of the sea”\n(2) “Pans”, 1902", "1. Salts, 1901.\n2. Pans, 1902."])
def test_what_a_text_counts_is_no_list_where_one_in_brackets_follows(enumeration: str) -> None:
    assert [["1", "2"]] == labels(f"{TWO}\n\n{enumeration}")
    document = parse(
        f"{TWO}\n\n{enumeration}\n\nSo it goes.\n\n[1] https://a.example\n[2] www.b.example\n", name="a.txt"
    )
    assert ["https://a.example", "www.b.example"] == [
        source.text for each in document.source_lists for source in each.sources
    ]
    document = parse(f"{TWO}\n\n{enumeration}\n\nSo it goes [3] on.\n\n[3] https://a.example\n", name="a.txt")
    assert 2 == len(document.source_lists)


@pytest.mark.parametrize("margin", ["", "  "])
def test_definitions_are_a_list_though_nothing_cites_them(margin: str) -> None:
    text = f"It is mined.\n\n{margin}[1]: /salt\n{margin}[2]: /pans{AFTER}"
    assert [["1", "2"]] == labels(text, "markdown")
    assert [] == labels(text.replace("]:", "]"), "markdown")


def test_an_entry_in_the_middle_of_a_line_stands_in_the_paragraph_of_another() -> None:
    listing = "[1] Salts, 1901.\n[2] Pans, 1902.\n[3] Teas, 1903. [4] Cups, 1904."
    below = "\n\nAs in [4]"
    assert [["1", "2", "3", "4"]] == labels(f"{TWO}\n\n{listing}\n")
    assert [["1", "2", "3"]] == labels(f"{TWO}\n\n{listing.replace(' [4]', below)}\n")


def test_each_of_several_texts_may_have_its_own_list() -> None:
    first = "It is mined [1] and boiled [2].\n\n[1] Salts, 1901.\n[2] Pans, 1902.\n"
    second = "Tea is dried [1] and cut [2].\n\n[1] Teas, 1911.\n[2] Cups, 1912.\n"
    assert [["1", "2"], ["1", "2"]] == labels(f"{first}\n{second}")
    assert [["1", "2"]] == labels(f"{first}\nTea is dried.\n\n[1] Teas.\n[2] Cups.{AFTER}")


def test_a_list_may_go_on_behind_a_paragraph() -> None:
    more = "[3] Tea, 1903.\n[4] Ice, 1904.\n"
    text = f"A [1], b [2], c [3], d [4].\n\n[1] Salts, 1901.\n[2] Pans, 1902.\n\nThese are newer:\n\n{more}"
    assert [["1", "2"], ["3", "4"]] == labels(text)


def test_notes_may_have_paragraphs_between_them() -> None:
    notes = "[1] It is so in the north.\n\nIn the south it is not.\n\n[2] It is so in the south, 1902.\n"
    assert [["1"], ["2"]] == labels(f"{TWO}\n\n{notes}")
    assert [["2"]] == labels(f"Salt is mined [2].\n\n{notes}")


def test_a_list_ends_at_a_heading() -> None:
    text = f"{TWO}\n\n1. Salts, 1901.\n2. Pans, 1902.\n\n   Bound.\n\n## More\n\nIt is old.\n"
    document = parse(text, name="a.md")
    assert ["Salts, 1901.", "Pans, 1902.\n\n   Bound."] == [source.text for source in document.sources]


def test_notes_below_a_line_of_a_page_are_read_and_need_no_marker() -> None:
    text = f"{TWO}\n\n_______________\n[7] A remark.\n[8] Another.\n\n[1] Salts, 1901.\n[2] Pans, 1902.\n"
    kinds = [each.kind for each in parse(text, name="a.txt", format="text").source_lists]
    assert [ListKind.READING, ListKind.NUMBERED] == kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mined [1].\n\nLink: https://salt.example [1]\n", [["1"]]),
        ("Mined [2].\n\nLink: https://salt.example [1]\n", []),
        ("Link: https://salt.example [1]\n\nMined [1].\n", []),
        (
            "A [1], b [2].\n\nLink: https://a.example [1]\nLink: https://b.example [2]\n\n"
            "C [1].\n\nLink: https://c.example [1]\n",
            [["1", "2"], ["1"]],
        ),
    ],
)
def test_an_address_may_stand_before_its_label(text: str, expected: list[list[str]]) -> None:
    assert expected == labels(text)


@pytest.mark.parametrize("colon", ["", ":"])
def test_trailers_with_labels_are_no_list_in_a_line(colon: str) -> None:
    urls = ["https://a.example", 'commit 321a850bc734 ("salt: boil it down")', "https://b.example"]
    trailers = "".join(f"Link: [{number}]{colon} {url}\n" for number, url in enumerate(urls, 1))
    document = parse(
        f"Salt is mined [1], boiled [2], and sold [3].\n\n{trailers}Signed-off-by: S. Vale\n", name="a.txt"
    )
    assert urls == [source.text for source in document.sources]


def test_each_part_may_have_a_list_in_a_line() -> None:
    part = "Salt is mined [1], and boiled [2].\n\nSources: [1] https://{0}.example; [2] https://{0}.test\n"
    assert [["1", "2"], ["1", "2"]] == labels(f"{part.format('salt')}\n{part.format('brine')}", "markdown")


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("salt.org", [["1", "2"]]),
        ("salt.example.com/brine", [["1", "2"]]),
        ("salt.org says so", []),
        ("salt.orgs", []),
        ("salt", []),
    ],
)
def test_an_address_needs_no_scheme_where_it_is_all_there_is(site: str, expected: list[list[str]]) -> None:
    assert expected == labels(f"Salt is mined [1],\nand boiled [2]\n[1] {site}\n[2] pan\n")


def test_a_marker_at_the_end_of_a_paragraph_begins_no_list() -> None:
    quoted = "> Salt is mined.\n\nIt is boiled [2] too.\n\n"
    text = f"Says\n[1]:\n\n{quoted}[1]: https://a.example\n[2]: https://b.example\n"
    assert [["1", "2"]] == labels(text)


def test_what_is_counted_twice_cites_nothing() -> None:
    before = "    [1] BOX 'salt' size=4\n    [2] PAN 'tea' size=2\n    [3] LID 'tea' box=1\n"
    after = "    [1] BOX 'salt' size=4\n    [2] PAN 'tea' box=1\n"
    document = parse(f"Before the sale:\n\n{before}\nAfter the sale:\n\n{after}\nNothing else.\n", name="a.txt")
    assert ((), ()) == (document.source_lists, document.markers)


def test_a_dump_that_was_cut_cites_nothing_unlisted() -> None:
    dump = "  $ salt dump\n  [...]\n  [2] PAN 'tea' size=2\n        lid=16\n  [...]\n  [16] LID 'tea'\n  [...]\n"
    text = f"Pans leak:\n\n{dump}\nSee [1] and [2].\n\n[1] https://a.example\n[2] https://b.example\n"
    assert ["2", "1", "2"] == [citation.label for citation in parse(text, name="a.txt").citations]


@pytest.mark.parametrize(
    ("notes", "kind"), [("", ListKind.NUMBERED), ("[^1]: Salts.\n[^2]: Pans.\n\n", ListKind.FOOTNOTES)]
)
def test_footnotes_cite_no_list_beside_their_own(notes: str, kind: ListKind) -> None:
    text = f"Salt is mined,[^1] and boiled.[^2]\n\n{notes}Then:\n\n1. Boil it.\n2. Sell it.\n"
    assert [kind] == [each.kind for each in parse(text, name="a.md").source_lists]


@pytest.mark.parametrize("colon", ["", ":"])
def test_what_stands_below_a_label_may_look_like_code(colon: str) -> None:
    text = f"Mined [0], boiled [1].\n\n[0]{colon}\nsalt = mine();\nboil(salt);\n\n[1]{colon}\nhttps://salt.example\n"
    assert [["0", "1"]] == labels(text)


def test_a_heading_that_goes_on_in_a_second_line_ends_in_no_bracket() -> None:
    text = (
        "Salt is mined[1][2], and sold[3].\n\n"
        '1. Salts of the north ("Of the\n   mines", 1901)\n\n'
        '2. Pans of the south ("Of the\n   coast", 1902)\n\n'
        "3. https://salt.example\n"
    )
    document = parse(text, name="example", format="text")
    assert [["1", "2", "3"]] == [[source.label for source in each.sources] for each in document.source_lists]


KEYED = "[RFC9816] A. Moss, Salts, 1991, https://salt.example.\n[Knu84] D. Holt, Pans, 1984.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"It is mined [RFC9816] and boiled [Knu84].\n\n{KEYED}", [["RFC9816", "Knu84"]]),
        (f"It is mined and boiled [RFC9816; Knu84].\n\n{KEYED}", [["RFC9816", "Knu84"]]),
        (f"It is mined [RFC9816] and boiled [Knu84].\n\n{KEYED}".replace("\n[Knu", "\n\n[Knu"), [["RFC9816", "Knu84"]]),
        (f"It is mined [RFC9816] and boiled.\n\n{KEYED}", []),  # one word in brackets may be a remark
        ("Ask the [Mint] or the [Port].\n\n[Mint] makes coins.\n[Port] makes way.\n", []),  # no sources
        (f"{KEYED}\nIt is mined [RFC9816] and boiled [Knu84].\n", []),
    ],
)
def test_labels_may_be_words_where_the_text_before_cites_two(text: str, expected: list[list[str]]) -> None:
    assert expected == labels(text)
    assert expected == labels(text, format="markdown")
