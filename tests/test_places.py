"""Markers by where they stand and where they lead: neighbours, headings, hidden text, links, and what fixes make."""

from __future__ import annotations

import pytest

from citecheck import Settings, lint
from citecheck.model.findings import Diagnostic

WORKS = "Salts Teas Ferries Clocks Lamps Kilns Ponds Hives Looms Wells Mills Barns Ovens Ropes".split()


def listing(count: int = 4, label: str = "{}. ") -> str:
    entries = (f"{label.format(at)}{work}, {1900 + at}." for at, work in enumerate(WORKS[:count], 1))
    return "\n\n## Sources\n\n" + "\n".join(entries) + "\n"


def linked(count: int = 4) -> str:
    entries = (f"{at}. [{work}](https://{work.lower()}.example/a)" for at, work in enumerate(WORKS[:count], 1))
    return "\n\n## Sources\n\n" + "\n".join(entries) + "\n"


def told(code: str, text: str) -> list[Diagnostic]:
    return lint(text, name="a.md", settings=Settings(select=(code,)))


def said(code: str, text: str) -> list[tuple[str, str]]:
    return [(each.span.of(text), each.message) for each in told(code, text)]


def fixed(code: str, text: str) -> str:
    edits = [edit for each in told(code, text) if each.fix for edit in each.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# Neighbours -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markers", "together"),
    [
        ("[2][1]", True),
        ("[2] [1]", True),
        ("[2]  [1]", True),
        ("[2]   [1]", False),
        ("[2]. [1]", False),
        ("[2]; [1]", False),
        ("[2]\n[1]", False),
        ("[2]\t[1]", False),
    ],
)
def test_markers_are_neighbours_where_only_a_space_or_two_stand_between(markers: str, together: bool) -> None:
    assert [markers] * together == [part for part, _ in said("CC204", f"{markers} It is so.{listing()}")]


# CC108 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "odd", "usual"),
    [
        ("Salt [1], tea [2], ice 【3】.", "a number in lenticular brackets", "[1]"),
        ("Salt 【2】, tea 【1】, ice [3].", "a number in brackets", "【2】"),
        ("Salt[^1], tea[^2], ice [3].", "a number in brackets", "[^1]"),
        ("Salt [1], tea[^2], ice [3].", "a footnote", "[1]"),
    ],
)
def test_the_odd_marker_is_told_what_the_others_are_like(text: str, odd: str, usual: str) -> None:
    assert [f"{odd}, where 2 other markers of this list are like {usual}"] == [
        message for _, message in said("CC108", f"{text}{listing()}")
    ]


@pytest.mark.parametrize(
    ("odd", "written"),
    [
        ("Salt [1], tea [2], ice 【3】", "Salt [1], tea [2], ice [3]"),
        ("Salt [1], tea [2], ice 【3】【4】, hay [4]", "Salt [1], tea [2], ice [3][4], hay [4]"),
        ("Salt [1], tea [2], ice 【3, 4】", "Salt [1], tea [2], ice [3, 4]"),
        ("Salt [1], tea [2], ice <sup>【3】</sup>", "Salt [1], tea [2], ice [3]"),
        ("Salt[^1], tea[^2], ice [3]", "Salt[^1], tea[^2], ice [^3]"),
        ("Salt[^1], tea[^2], ice [3, 4]", "Salt[^1], tea[^2], ice [^3][^4]"),
    ],
)
def test_the_odd_marker_is_written_like_the_others(odd: str, written: str) -> None:
    assert f"{written}.{listing()}" == fixed("CC108", f"{odd}.{listing()}")


@pytest.mark.parametrize(
    "text",
    [
        "Salt [1], tea [2], ice [【3】](https://ponds.example/a).",  # its link would be lost
        "Salt [1], tea [2], ice 【1-2】.",  # a range
        "Salt [1], tea [2], ice 【3†L4】.",  # lines of a page
        "Salt [1], tea [2], ice 【3】, hay 【4†L4】, tar [4].",  # all or none
        "Salt 【1】, tea 【2】, ice [3].",  # nobody is advised to write these
    ],
)
def test_a_marker_that_would_lose_something_is_left_to_its_writer(text: str) -> None:
    (found,) = told("CC108", f"{text}{listing()}")
    assert found.fix is None


@pytest.mark.parametrize(
    "text",
    [
        "Salt [1], tea【2】.",  # which of them is odd?
        "Salt 【1】, tea 【2】, ice [9].",
        "Salt[^1] and tea[^2], ice [1], hay [2], tar [3].\n\n[^1]: Salty.\n[^2]: Green.",  # two systems
    ],
)
def test_no_mixture(text: str) -> None:
    assert [] == said("CC108", f"{text}{listing()}")


def test_each_list_has_a_syntax_of_its_own() -> None:
    parts = ("# Salt\n\nIt is so [1], and so [2], and so 【3】.", "# Tea\n\nIt is so 【1】, and so 【2】, and so [3].")
    text = "\n".join(part + listing(3, f"{{}}. {name} and ") for part, name in zip(parts, ("Wool", "Wax"), strict=True))
    assert ["【3】", "[3]"] == [part for part, _ in said("CC108", text)]


def test_ten_further_places_are_shown_of_those_written_otherwise() -> None:
    text = "So it is [1]. " * 13 + "So it is 【2】. " * 12 + listing()
    (found,) = told("CC108", text)
    assert ["written otherwise too"] * 10 == [each.message for each in found.related]


# CC109 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Salt [1]\n\nIt is so [2].", ["[1]"]),
        ("It is so [1].\n\n## Tea [2] and ice\n\nIt is so [2].\n\n### Hay [3]", ["[2]", "[3]"]),
        ("# Salt\n\n[1] It is so [2].", []),
    ],
)
def test_a_marker_in_a_heading_is_shown(text: str, expected: list[str]) -> None:
    message = "this marker is in a heading"
    assert [(marker, message) for marker in expected] == said("CC109", f"{text}{listing()}")


# CC110 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Salt [1], tea [2].{listing(2)}\nAnd so it is [1].\n", ["[1]"]),
        (f"Salt [1], tea [2].{listing(2)}\nAnd so it is [1].\n\n## More\n\nHay.\n", ["[1]"]),
        (f"Salt [1], tea [2].{listing(2)}\nAnd so it is [2].\n\n## More\n\nAnd so it is [1].\n", ["[2]"]),
        (f"Salt [1], tea [2].{listing(2)}\n## More\n\nAnd so it is [1].\n", []),
        (f"# Ports\n\nSalt [1].\n\n## Tea\n\nTea [2].{listing(2)}", []),
        (f"Salt [1], tea [2].{listing(2)}3. Ferries, a reply to [1].\n", []),
        (f"Salt [1], tea [2], ice[^a].{listing(2)}\n[^a]: As in [1].\n", []),
        ("Salt[^1], tea[^2].\n\n## Notes\n\n[^1]: Salts.\n[^2]: Teas.\n\nAnd so it is[^1].\n", []),
    ],
)
def test_what_comes_behind_the_sources_and_before_a_heading_is_late(text: str, expected: list[str]) -> None:
    assert [(marker, "this marker comes after the source list that it cites") for marker in expected] == said(
        "CC110", text
    )


def test_ten_further_places_are_shown_of_those_that_are_late() -> None:
    (found,) = told("CC110", f"Salt [1], tea [2].{listing(2)}\n" + "And so it is [1]. " * 12 + "\n")
    assert ["and here"] * 10 == [each.message for each in found.related]


# CC111 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [
        ("[1]", "no reader sees this marker"),
        ("[2]", "no reader sees this marker, so nothing cites source 2"),
        ("[1][2]", "no reader sees this marker, so nothing cites source 2"),
        ("[2][3]", "no reader sees this marker, so nothing cites source 2 and 1 more"),
        ("[3, 4][2]", "no reader sees this marker, so nothing cites source 3 and 2 more"),
        ("[2][2]", "no reader sees this marker, so nothing cites source 2"),
    ],
)
def test_what_only_a_hidden_marker_cites_is_counted(hidden: str, expected: str) -> None:
    text = f"Salt [1]. <span hidden>Tea {hidden}.</span>{listing()}"
    assert [expected] == [message for _, message in said("CC111", text)]


def test_a_hidden_footnote_is_called_one() -> None:
    text = "Salt[^a]. <span hidden>Tea[^b].</span>\n\n[^a]: Salts.\n[^b]: Teas.\n"
    assert [("[^b]", "no reader sees this marker, so nothing cites footnote b")] == said("CC111", text)


def test_all_that_is_hidden_goes_and_ten_further_places_are_shown() -> None:
    text = f"Salt [1]. <span hidden>{'Tea [1]. ' * 12}</span>{listing()}"
    (found,) = told("CC111", text)
    assert ["nor this one"] * 10 == [each.message for each in found.related]
    assert text.replace("Tea [1]", "Tea ") == fixed("CC111", text)


# CC112 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("[[1]](https://salts.example/a)", []),
        ("[[1]](https://teas.example/a)", ["this link does not point to the address of source 1"]),
        ("[[1]](#sources)", []),  # within the document
        ("[[1]](../salts.md)", []),
        ("[[1, 2]](https://salts.example/a)", []),  # which of them?
        ("[[9]](https://ponds.example/a)", []),
    ],
)
def test_a_linked_marker_leads_to_its_source(marker: str, expected: list[str]) -> None:
    text = f"Hay [3]. Salt {marker}, and [[2]](https://ferries.example/a).{linked()}"
    others = ["this link does not point to the address of source 2"]
    assert [*expected, *others] == [message for _, message in said("CC112", text)]


@pytest.mark.parametrize(
    ("entry", "address", "expected"),
    [
        ("Salts, doi:10.1000/182", "https://doi.org/10.1000/182", True),
        ("Salts, doi:10.1000/182", "https://doi.org/10.1000/183", False),
        ("Salts, https://salts.example/a, https://salts.example/b", "https://salts.example/b", True),
        ("Salts, https://salts.example/a, doi:10.1000/182", "https://press.example/10.1000/182", True),
        ("Salts, 1901.", "https://salts.example/a", True),  # nothing is known of its address
    ],
)
def test_a_source_may_have_several_ways_to_it(entry: str, address: str, expected: bool) -> None:
    text = f"Salt [[1]]({address}). Tea [2].\n\n## Sources\n\n1. {entry}\n2. Teas, 1902.\n"
    assert expected is (not said("CC112", text))


def test_a_number_that_is_listed_twice_may_lead_to_either() -> None:
    entries = "[1] Salts, https://salts.example/a\n[1] Teas, https://teas.example/a\n[2] Ferries, 1903.\n"
    text = f"It is so [[1]](https://teas.example/a), and so [2].\n\n## Sources\n\n{entries}"
    assert [] == said("CC112", text)


def test_a_linked_footnote_is_called_one() -> None:
    text = "Salt [^1^](https://teas.example/a).\n\n[^1]: Salts, https://salts.example/a\n"
    assert ["this link does not point to the address of footnote 1"] == [message for _, message in said("CC112", text)]


def test_a_number_that_leads_to_two_places_is_shown_where_it_leads_elsewhere() -> None:
    first, again, elsewhere = ("[[7]](https://salts.example/a)",) * 2 + ("[[7]](https://teas.example/a)",)
    text = f"Salt {first}. Tea {again}. Ice {elsewhere}. Hay {elsewhere}.\n"
    (found,) = told("CC112", text)
    assert (text.index(elsewhere), "7") == (found.span.start, found.label)
    assert "7 links to another address here than at its first mention" == found.message
    assert [(0 + len("Salt "), "first mentioned here")] == [(each.span.start, each.message) for each in found.related]


@pytest.mark.parametrize(("several", "all_", "expected"), [(3, 3, 3), (4, 12, 4), (4, 11, 0), (3, 5, 3)])
def test_numbers_name_nothing_where_four_and_a_third_lead_to_several_places(
    several: int, all_: int, expected: int
) -> None:
    links = [f"[[{at}]](https://salts.example/{at})" for at in range(1, all_ + 1)]
    others = [f"[[{at}]](https://teas.example/{at})" for at in range(several, 0, -1)]
    text = " ".join(f"So it is {link}." for link in [*links, *others])
    assert expected == len(told("CC112", f"{text}\n"))
