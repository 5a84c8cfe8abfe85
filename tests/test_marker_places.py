"""Where markers stand and lead: addresses, mixed syntaxes, hidden and late markers, several at one place."""

from __future__ import annotations

import pytest

from citecheck import Settings, lint
from citecheck.checks.link_targets import normalised, same_address
from citecheck.model.findings import Diagnostic

WORKS = "Salts Teas Ferries Clocks Lamps Kilns Ponds Hives Looms Wells Mills Barns".split()


def listing(count: int = 4, *, linked: bool = False) -> str:
    entries = (
        f"{at}. {f'[{work}](https://{work.lower()}.example/a)' if linked else f'{work}, {1900 + at}.'}"
        for at, work in enumerate(WORKS[:count], 1)
    )
    return "\n\n## Sources\n\n" + "\n".join(entries) + "\n"


def told(code: str, text: str, **options: object) -> list[Diagnostic]:
    settings = Settings(select=(code,), options={code: options} if options else {})
    return lint(text, name="a.md", settings=settings)


def said(code: str, text: str, **options: object) -> list[tuple[str, str]]:
    return [(each.span.of(text), each.message) for each in told(code, text, **options)]


def fixed(code: str, text: str, **options: object) -> str:
    edits = [edit for each in told(code, text, **options) if each.fix for edit in each.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# CC112 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("https://user@WWW.Lake.example:443/ice/", "lake.example/ice"),
        ("http://lake.example:80/ice#top", "lake.example/ice"),
        ("http://lake.example:8080/ice", "lake.example:8080/ice"),
        ("https://lake.example/ice/index.php", "lake.example/ice"),
        ("https://lake.example/ice/amp", "lake.example/ice"),
        ("https://lake.example/ice?b=2&a=1&utm_source=x", "lake.example/ice?a=1&b=2"),
        ("https://lake.example/ice?a=1&amp;b=2", "lake.example/ice?a=1&b=2"),
        ("https://lake.example/ice?ref=x", "lake.example/ice"),
        ("ftp://lake.example/ice", "lake.example/ice"),
    ],
)
def test_what_makes_no_difference_to_where_an_address_leads(written: str, plain: str) -> None:
    assert plain == normalised(written)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("https://lake.example/ice?a=1", "https://lake.example/ice?a=2", False),
        ("https://lake.example/ice?a=1", "https://lake.example/ice", True),
        ("https://lake.example?a=1", "https://lake.example", False),  # the whole site
        ("https://lake.example/ic...", "https://lake.example/ice/report", True),
        ("https://lake.example/ic...", "https://lake.example/pond", False),
        ("https://doi.org/10.1000/182", "https://doi.org/10.1000/183", False),
        ("https://doi.org/10.1000/182.", "https://dx.doi.org/10.1000/182", True),
        ("https://doi.org/10.1000/182", "https://lake.example/ice", False),
    ],
)
def test_two_addresses_lead_to_one_place(one: str, other: str, expected: bool) -> None:
    assert expected is same_address(one, other)
    assert expected is same_address(other, one)


def led(*numbers: tuple[int, str]) -> str:
    return " ".join(f"It is so [[{number}]](https://{work.lower()}.example/a)." for number, work in numbers)


def test_links_that_lead_elsewhere_are_told_one_by_one_up_to_three() -> None:
    text = led((1, "Teas"), (2, "Teas"), (3, "Hives"), (4, "Hives")) + listing(linked=True)
    assert ["1", "3", "4"] == [each.label for each in told("CC112", text)]


def test_many_links_that_lead_elsewhere_have_one_cause() -> None:
    numbers = [(at + 1, WORKS[(at + 1) % 12]) for at in range(12)]
    text = led(*numbers) + listing(12, linked=True)
    (only,) = told("CC112", text)
    assert "this link does not point to the address of source 1, nor do 11 others to theirs" == only.message
    assert ["listed here", *["nor does this one"] * 10] == [each.message for each in only.related]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Salt [[1]](https://a.example/x). Tea [[1]](https://b.example/x).", ["1"]),
        ("Salt [[1]](https://a.example/x). Tea [[1]](https://www.a.example/x/).", []),
        ("Salt [[1]](#a). Tea [[1]](#b). Ice [[2]](https://a.example/x).", []),
        ("Salt [[1, 2]](https://a.example/x). Tea [[1, 2]](https://b.example/x).", []),
    ],
)
def test_a_number_without_a_source_leads_to_one_place(text: str, labels: list[str]) -> None:
    assert labels == [each.label for each in told("CC112", f"{text}\n")]


def test_numbers_that_all_lead_to_several_places_name_nothing() -> None:
    every = range(1, 5)
    text = " ".join(f"Salt [[{at}]](https://a.example/{at}). Tea [[{at}]](https://b.example/{at})." for at in every)
    assert [] == told("CC112", f"{text}\n")
    sound = " ".join(f"Ice [[{at}]](https://c.example/{at})." for at in range(5, 14))
    assert 4 == len(told("CC112", f"{text} {sound}\n"))


def test_a_source_without_an_address_is_no_other_place() -> None:
    assert [] == told("CC112", f"It is so [[1]](https://a.example/x).{listing()}")


# CC108 ------------------------------------------------------------------------------------------------------


def test_the_rarer_syntax_is_told_with_the_usual_one() -> None:
    text = f"Salt [1], tea [2], ice 【3】 and hay 【4】. So [1].{listing()}"
    (only,) = told("CC108", text)
    assert "a number in lenticular brackets, where 3 other markers of this list are like [1]" == only.message
    assert ["written otherwise too"] == [each.message for each in only.related]
    assert f"Salt [1], tea [2], ice [3] and hay [4]. So [1].{listing()}" == fixed("CC108", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salt [1], tea 【2】.", 0),  # as many of each
        ("Salt [1], tea [2], ice [3].", 0),
        ("Salt[^1] and tea [1], ice [2].\n\n[^1]: A remark.", 0),  # two systems
        ("Salt [1], tea [2], ice 【3†source】.", 1),
        ("Salt [1], tea [2], ice 【9】.", 0),  # no source of the list
    ],
)
def test_two_syntaxes_of_one_list(text: str, expected: int) -> None:
    assert expected == len(told("CC108", f"{text}{listing()}"))


def test_what_says_more_than_its_labels_is_left_to_its_writer() -> None:
    (only,) = told("CC108", f"Salt [1], tea [2], ice 【3†L4-L7】.{listing()}")
    assert only.fix is None


# CC110, CC111 -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Salt [1], tea [2].{listing(2)}\nAnd so it is [1], and so [2].\n", ["[1]"]),
        (f"Salt [1], tea [2].{listing(2)}\n## More\n\nAnd so it is [1].\n", []),
        ("Salt [1], tea [2].\n\n[1]: https://a.example\n[2]: https://b.example\n\nAnd so it is [1].\n", []),
        ("Salt[^1], tea[^2].\n\n[^1]: Salts.\n[^2]: Teas.\n\nAnd so it is[^1].\n", []),
    ],
)
def test_a_marker_behind_the_sources_comes_too_late(text: str, expected: list[str]) -> None:
    found = told("CC110", text)
    assert expected == [each.span.of(text) for each in found]
    assert [["and here"]] * len(expected) == [[related.message for related in each.related] for each in found]


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [
        ("<span hidden>[1]</span>", "no reader sees this marker"),
        ("<span hidden>[3]</span>", "no reader sees this marker, so nothing cites source 3"),
        ("<span hidden>[3][4]</span>", "no reader sees this marker, so nothing cites source 3 and 1 more"),
    ],
)
def test_a_hidden_marker_cites_for_nobody(hidden: str, expected: str) -> None:
    assert [expected] == [each.message for each in told("CC111", f"Salt [1], tea [2]. {hidden}{listing()}")]
    assert [] == told("CC111", f"Salt [1], tea [2]. <span hidden>[9]</span>{listing()}")


# CC204, CC205, CC504 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[2, 1]", "[1, 2]"),
        ("[3, 1-2]", "[1-2, 3]"),
        ("[2][1]", "[1][2]"),
        ("[2] [1]", "[1] [2]"),
        ("[3, 1][2]", "[3, 1][2]"),  # groups side by side
        ("[1, 2]", "[1, 2]"),
        ("[2, 1, 2]", "[2, 1, 2]"),
        ("[2]  [1]", "[1]  [2]"),
        ("[2]   [1]", "[2]   [1]"),  # apart
        ("[2, p. 3][1]", "[1][2, p. 3]"),
        ("[2, p. 3; 1]", "[2, p. 3; 1]"),  # page 3 is of 2
        ("[2; 1, p. 3]", "[2; 1, p. 3]"),
    ],
)
def test_the_numbers_of_a_place_are_sorted(written: str, expected: str) -> None:
    text = f"Salt [1], tea [2], ice [3]. So it is {written}.{listing()}"
    assert text.replace(f"is {written}.", f"is {expected}.") == fixed("CC204", text)


@pytest.mark.parametrize("opening", ["[1]", "[2]"])
def test_a_marker_that_opens_the_next_sentence_is_at_another_place(opening: str) -> None:
    text = f"Salt is mined.[2] {opening} says so, and [1] too.{listing()}"
    assert [] == told("CC107", text)
    assert [] == told("CC204", text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[1, 2, 3]", "[1–3]"),
        ("[1,2,3,4]", "[1–4]"),
        ("[1, 2]", "[1, 2]"),
        ("[1, 2, 4]", "[1, 2, 4]"),
        ("[4, 1, 2, 3]", "[4, 1–3]"),
        ("[1; 2; 3]", "[1–3]"),
        ("[1, 2 and 3]", "[1, 2 and 3]"),
        ("[1-2, 3, 4]", "[1-2, 3, 4]"),
        ("[1, 2, 3, p. 5]", "[1, 2, 3, p. 5]"),  # page 5 is of 3
    ],
)
def test_three_in_a_row_are_a_range(written: str, expected: str) -> None:
    text = f"Salt [1], tea [2], ice [3]. So it is {written}.{listing()}"
    assert text.replace(f"is {written}.", f"is {expected}.") == fixed("CC205", text, style="auto")


@pytest.mark.parametrize(("written", "expected"), [("[01, 02, 03]", "[01–03]"), ("［１、２、３］", "［１–３］")])
def test_a_range_has_the_digits_that_were_there(written: str, expected: str) -> None:
    text = f"Salt [1], tea [2], ice [3]. So it is {written}.{listing()}"
    assert text.replace(written, expected) == fixed("CC205", text, style="auto")


@pytest.mark.parametrize(
    ("style", "expected"), [("ama", "[1-3]"), ("nature", "[1–3]"), ("wikipedia", "[1, 2, 3]"), ("auto", "[1—3]")]
)
def test_a_range_has_the_dash_of_its_style_or_document(style: str, expected: str) -> None:
    text = f"Salt [1—2], tea [2—3], ice [3-4]. So it is [1, 2, 3].{listing()}"
    assert text.replace("is [1, 2, 3].", f"is {expected}.") == fixed("CC205", text, style=style)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So it is [1, 2, 3].", []),
        ("So it is [1, 2, 3, 4].", ["4 sources are cited at one place"]),
        ("So it is [1][2][3] [4].", ["4 sources are cited at one place"]),
        ("So it is [1][2][2][3].", []),
        ("So it is [1-4].", []),  # a range is named as one
        (
            "It is [1, 2, 3, 4]. So it is [1][2][3][4].",
            ["4 sources are cited at one place, and more than 3 at 1 other place"],
        ),
    ],
)
def test_a_place_bears_three_sources(text: str, expected: list[str]) -> None:
    assert expected == [each.message for each in told("CC504", f"{text}{listing()}")]
