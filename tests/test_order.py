"""The order of numbers in the text and in the list, and what markers make of the labels that they name."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from citecheck import Settings, lint
from citecheck.model.findings import Diagnostic

WORKS = ("Salts", "Pans", "Brine", "Tubs", "Ovens", "Kilns", "Ash", "Wells")  # in no order


def cited(*labels: object) -> str:
    return " ".join(f"Salt, sheet {place} [{label}]." for place, label in enumerate(labels))


def listed(labels: Iterable[object], works: Iterable[str] = WORKS * 4, heading: str = "Sources") -> str:
    entries = [f"[{label}] {work}, 1911." for label, work in zip(labels, works, strict=False)]
    return f"\n\n## {heading}\n\n" + "\n".join(entries) + "\n"


def diagnostics(code: str, text: str) -> list[Diagnostic]:
    return lint(text, name="example.md", settings=Settings(select=(code,)))


def messages(code: str, text: str) -> list[str]:
    return [each.message for each in diagnostics(code, text)]


# CC201 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ((1, 2, 3), []),
        ((1, 2, 1, 3, 2), []),
        ((1, 3, 3), []),
        (("2, 1", 3), []),  # within one place any order will do
        (("2][1", 3), []),
        ((), []),
        ((3,), []),
        ((1, 9, 2), []),  # what is not listed has no place in the order
        ((2, 1, 3), ["source 1 is first cited after source 2"]),
        ((1, 3, 2, 2), ["source 2 is first cited after source 3"]),
        (("1, 3", 2), ["source 2 is first cited after source 3"]),
        (("3][1", 2), ["source 2 is first cited after source 3"]),
        ((3, 2, 1), ["source 2 is first cited after source 3, and 1 more out of order"]),
        ((2, 3, 1, 3), ["source 1 is first cited after source 3"]),
    ],
)
def test_sources_are_first_cited_in_the_order_of_their_numbers(labels: tuple[object, ...], expected: list[str]) -> None:
    assert expected == messages("CC201", cited(*labels) + listed((1, 2, 3)))


def test_all_that_are_out_of_order_are_counted_and_the_greater_number_is_shown() -> None:
    text = cited(5, 4, 3, 2, 1) + listed(range(1, 6))
    (found,) = diagnostics("CC201", text)
    assert "source 4 is first cited after source 5, and 3 more out of order" == found.message
    assert [("[5]", "source 5 is first cited here")] == [(each.span.of(text), each.message) for each in found.related]
    assert ("[4]", "4") == (found.span.of(text), found.label)


@pytest.mark.parametrize(
    ("works", "expected"),
    [
        (("Ash", "Brine", "Salts"), 0),
        (("Ash", "Ash", "Salts"), 0),  # one author twice
        (("ash", "Brine", "salts"), 0),
        (("Ash", "Salts", "Brine"), 1),
        (("Ash", "Brine"), 1),  # two are soon in order
        ((*"ABCDEFGHIJ", "A"), 0),  # one of ten neighbours
        ((*"ABCDEFGH", "A", "B", "A"), 1),
    ],
)
def test_a_list_in_the_order_of_the_alphabet_has_its_own_order(works: tuple[str, ...], expected: int) -> None:
    labels = range(1, len(works) + 1)
    assert expected == len(diagnostics("CC201", cited(2, 1, *labels) + listed(labels, works)))


def test_each_list_is_told_of_and_the_first_finding_mends_the_document() -> None:
    part = cited(2, 1, 3) + listed((1, 2, 3))
    first, second = diagnostics("CC201", f"# One\n\n{part}\n# Two\n\n{part}")
    assert (True, False) == (first.fix is not None, second.fix is not None)
    ordered = cited(2, 1, 3) + listed((1, 2, 3), ("Ash", "Brine", "Salts"))
    assert 1 == len(diagnostics("CC201", f"# One\n\n{ordered}\n# Two\n\n{part}"))


@pytest.mark.parametrize(("labels", "expected"), [((1, 2, 3), 0), ((1, 3, 2), 1)])
def test_a_marker_inside_an_entry_is_no_first_citation(labels: tuple[int, ...], expected: int) -> None:
    sources = listed((1, 2, 3), ("Salts, with [3]", "Pans", "Brine")).lstrip()
    assert expected == len(diagnostics("CC201", f"{sources}\n## Salt\n\n{cited(*labels)}\n"))


def test_footnotes_and_names_have_no_order() -> None:
    text = "Salt.[^2] Brine.[^1] Tubs.[^3]\n\n[^1]: Salts, 1911.\n[^2]: Pans, 1912.\n[^3]: Brine, 1913.\n"
    assert [] == [message for code in ("CC201", "CC202", "CC203") for message in messages(code, text)]
    text = cited("Salts11", "Pans11") + listed(("Pans11", "Salts11"))
    assert [] == [message for code in ("CC201", "CC202", "CC203") for message in messages(code, text)]


# CC202 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ((1, 2, 3), []),
        ((2, 3), []),
        ((3, 1, 2), []),
        ((1, 2, 4), ["the numbers jump from 2 to 4"]),
        ((4, 2, 1), ["the numbers jump from 2 to 4"]),
        ((1, 3, 5), ["the numbers jump from 1 to 3, and 1 more gap follows"]),
        ((1, 3, 5, 7), ["the numbers jump from 1 to 3, and 2 more gaps follow"]),
        ((1, 8), ["the numbers jump from 1 to 8"]),
        ((1, 9), []),  # tickets, say
        ((1, 2, 14), []),
        ((1, 2, 12), ["the numbers jump from 2 to 12"]),
    ],
)
def test_numbers_that_a_list_leaves_out_are_told(labels: tuple[int, ...], expected: list[str]) -> None:
    assert expected == messages("CC202", cited(labels[0]) + listed(labels))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (cited(1, 3) + listed((1, 2, 4)), 0),  # another rule speaks of it
        (cited(1, 4) + listed((1, 2, 4)), 1),
        (cited(1, "^3") + "\n\n[^3]: By weight.\n" + listed((1, 2, 4)), 1),  # a footnote is another number
        (cited(1) + listed((1, 2, 4), heading="Further reading"), 0),
        (cited(1, 2, 2) + listed((1, 1, 2)), 0),
    ],
)
def test_a_number_that_the_text_cites_is_no_gap(text: str, expected: int) -> None:
    assert expected == len(diagnostics("CC202", text))


@pytest.mark.parametrize(("entries", "shown"), [(3, 1), (12, 10), (13, 10)])
def test_ten_of_the_other_gaps_are_shown(entries: int, shown: int) -> None:
    (found,) = diagnostics("CC202", cited(1) + listed(range(1, 2 * entries, 2)))
    assert (shown, "3") == (len(found.related), found.label)


def test_the_gaps_of_a_document_are_closed_together() -> None:
    part = cited(1, 2, 4) + listed((1, 2, 4))
    first, second = diagnostics("CC202", f"# One\n\n{part}\n# Two\n\n{part}")
    assert (True, False) == (first.fix is not None, second.fix is not None)


# CC203 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ((1, 2, 3), []),
        ((1, 3, 4), []),
        ((2, 1, 3), ["source 1 is listed after source 2"]),
        ((1, 3, 4, 2), ["source 2 is listed after source 4"]),
        ((3, 1, 2), ["source 1 is listed after source 3, and 1 more out of order"]),
        ((5, 4, 3, 2, 1), ["source 4 is listed after source 5, and 3 more out of order"]),
        ((1, 10, 11, 2, 3), ["source 2 is listed after source 11, and 1 more out of order"]),
        ((1, 2, 3, 2), []),  # a number that comes again is another fault
        ((1, 2, 3, 1, 5, 4), []),  # or begins another list
        ((2, 1, 3, 1), ["source 1 is listed after source 2"]),
    ],
)
def test_entries_stand_in_the_order_of_their_numbers(labels: tuple[int, ...], expected: list[str]) -> None:
    assert expected == messages("CC203", cited(*sorted(set(labels))) + listed(labels))


@pytest.mark.parametrize(("late", "shown"), [(2, 1), (11, 10), (12, 10)])
def test_ten_of_the_other_entries_out_of_order_are_shown(late: int, shown: int) -> None:
    labels = (late + 1, *range(1, late + 1))
    text = cited(*sorted(labels)) + listed(labels)
    (found,) = diagnostics("CC203", text)
    assert (f"source 1 is listed after source {late + 1}, and {late - 1} more out of order", "1") == (
        found.message,
        found.label,
    )
    assert [("2", "out of order too")] == [(each.span.of(text), each.message) for each in found.related[:1]]
    assert shown == len(found.related)


def test_each_list_out_of_order_is_told_and_sorted() -> None:
    part = cited(1, 2, 3) + listed((2, 1, 3))
    assert [True, True] == [each.fix is not None for each in diagnostics("CC203", f"# One\n\n{part}\n# Two\n\n{part}")]


# CC101 and CC104 to CC106 -----------------------------------------------------------------------------------


def said(code: str, marker: str, *labels: int) -> list[tuple[str, str]]:
    """Where a rule speaks of a marker behind three sound ones, and what it says."""
    text = f"{cited(1, 2, 3)} All of it {marker}.{listed(labels)}"
    return [(each.span.of(text), each.message) for each in diagnostics(code, text)]


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("[9]", [("[9]", "9")]),
        ("[9](#s9)", [("[9](#s9)", "9")]),
        ("[9](https://salt.example/9)", [("9", "9")]),  # the link itself is sound
        ("[1, 9]", [("9", "9")]),
        ("[3-6]", [("3-6", "4"), ("3-6", "5"), ("3-6", "6")]),
        ("[3-7]", [("3-7", "4"), ("3-7", "5"), ("3-7", "6"), ("3-7", "7")]),
        ("[3-8]", [("3-8", "8")]),  # more are hardly meant
        ("[3-7, 9]", [("3-7", "4"), ("3-7", "5"), ("3-7", "6"), ("3-7", "7"), ("9", "9")]),
        ("[3-8, 9]", [("3-8", "8"), ("9", "9")]),
    ],
)
def test_labels_that_are_not_listed_are_named_where_they_are_written(
    marker: str, expected: list[tuple[str, str]]
) -> None:
    wanted = [(place, f"no source is numbered {label}") for place, label in expected]
    assert wanted == said("CC101", marker, 1, 2, 3)


def test_every_marker_is_held_against_the_list() -> None:
    text = cited(1, 2, 3, 8, 1, 9) + listed((1, 2, 3))
    found = diagnostics("CC101", text)
    assert [("no source is numbered 8", "8"), ("no source is numbered 9", "9")] == [
        (each.message, each.label) for each in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{cited(1, 2, 3, 9)}{listed((1, 2, 3))}", "no source is numbered 9"),
        (cited("RFC2119", "RFC2120", "RFC2121") + listed(("RFC2119", "RFC2120")), "no source is labelled RFC2121"),
        (f"{cited('^1', '^9')}\n\n[^1]: Salts, 1911.\n", "no footnote is numbered 9"),
        (f"{cited('^salt', '^brine')}\n\n[^salt]: Salts, 1911.\n", "no footnote is named brine"),
    ],
)
def test_what_is_not_there_is_called_what_it_would_be(text: str, expected: str) -> None:
    assert [expected] == messages("CC101", text)


NO_LIST = "but no list of sources was found"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (cited(1, 2, 3), f"3 markers name 3 sources, {NO_LIST}"),
        (cited(1, 2, 3, 2), f"4 markers name 3 sources, {NO_LIST}"),
        (cited(1, 2, 3, 4), f"4 markers name 4 sources, {NO_LIST}"),
        (cited("^1", "^2"), f"2 markers name 2 sources, {NO_LIST}"),
        (cited("^1"), f"1 marker names 1 source, {NO_LIST}"),
        (cited("^1", "^1"), f"2 markers name 1 source, {NO_LIST}"),
        (
            cited(1, 2, 3) + "\n\n## Sources\n\n- Salts, 1911.\n- Pans, 1912.\n",
            "the source list has no numbers, so no marker can resolve",
        ),
        (
            cited(1, 2, 3) + "\n\n## Further reading\n\n- Salts, 1911.\n- Pans, 1912.\n",
            f"3 markers name 3 sources, {NO_LIST}",
        ),
    ],
)
def test_markers_without_a_list_are_told_once_at_the_first(text: str, expected: str) -> None:
    (found,) = diagnostics("CC104", text)
    assert (expected, text.index("[")) == (found.message, found.span.start)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Salt is mined[1][2]. It is boiled[2][3]. It is sold[4].", 5),  # as models write where their list is lost
        ("Salt is mined [1, 2]. It is boiled [3, 4]. It is sold [5].", 3),
        ("The pans are [1, 2]. The vats are [2, 3]. The lamps are [3, 4].", 0),  # pairs of something
        ("(a) Define salt. [1]\n\n(b) Weigh it. [2]\n\n(c) Sell it. [3]", 0),  # an examination
        ("1 (a) Define salt. [1]\n\n(b) Weigh it. [2]\n\nSell it. [3]", 0),
        ("How is it? Dear [1], cheap [2], gone [3].\n\nHow was it? Hot [1], cold [2], damp [3].", 0),  # answers
        ("Salt is mined [1]. It is boiled [2]. It is sold [3].\n\nIt is mined [1], and boiled [2].", 5),
        ("The row is {'salt': [1, 2], 'tea': [3]}, and so on.\n\nThe next is {'salt': [4, 5], 'tea': [6]}, and on.", 0),
        # a list that nobody can read is none that is missing, but a heading alone is no list
        (f"{cited(1, 2, 3)}\n\nReferences 12\n\nHolt 1901\n\nWeir 1902\n\nGale 1903", 0),
        ("Salt is mined [1]. It is boiled [2]. It is sold [3].\n\n## References", 3),
    ],
)
def test_what_is_numbered_for_other_reasons_needs_no_list(text: str, count: int) -> None:
    told = [message.partition(" name")[0] for message in messages("CC104", f"{text}\n")]
    assert [f"{count} markers"] * (count > 0) == told


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ((1, 2), []),
        ((1, 2, "1, 2"), []),
        ((1, 2, 3), ["1 marker names 1 source, but no list of sources was found"]),
        ((1, 2, 3, 4), ["2 markers name 2 sources, but no list of sources was found"]),
    ],
)
def test_a_marker_leads_where_a_linked_one_of_its_label_does(plain: tuple[object, ...], expected: list[str]) -> None:
    linked = "Mined [[1]](https://salt.example/1). Boiled [[2]](https://salt.example/2)."
    assert expected == messages("CC104", f"{linked} {cited(*plain)}\n")


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("[1-3]", None),
        ("[2-4]", None),  # 4 is not listed, which is another fault
        ("[3-5]", "the range 3–5 includes 4, which is not listed"),
        ("[3-7]", "the range 3–7 includes 4 and 6, which are not listed"),
        ("[3-3]", "the range 3–3 names a single source"),
        ("[1-201]", "the range 1–201 includes 4, 6, 8 and 192 more, which are not listed"),
        ("[1-202]", "the range 1–202 would name 202 sources"),
    ],
)
def test_a_range_names_some_sources_all_of_them_listed(marker: str, expected: str | None) -> None:
    wanted = [(marker.strip("[]"), expected)] if expected else []
    assert wanted == said("CC106", marker, 1, 2, 3, 5, 7, 201, 202)


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("[3-1]", "[1-3]"),
        ("[12-1]", "[1-12]"),  # 11 is listed, but comes before 12
        ("[12-2]", "[2-12]"),
        ("[12-3]", None),  # 12 to 13 perhaps
        ("[13-12]", "[12-13]"),
        ("[3](#c)-[1](#a)", None),
    ],
)
def test_a_range_that_runs_backwards_is_turned_where_it_has_one_reading(marker: str, expected: str | None) -> None:
    text = f"{cited(1, 2, 3)} All of it {marker}.{listed((1, 2, 3, 11, 12, 13))}"
    (found,) = diagnostics("CC106", text)
    assert found.message.endswith(" runs backwards")
    assert expected == (found.fix and f"[{found.fix.edits[0].text}]")
