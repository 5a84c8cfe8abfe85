"""Lists whose numbers do not ascend, and lines of an entry that only begin like another."""

from __future__ import annotations

import pytest

from citecheck import Settings, lint, parse

FORMS = ["{}. ", "{}) ", "({}) ", "[{}] ", "{}: "]
WORDS = ("Salts", "Teas", "Ropes", "Lamps", "Clocks", "Pans")
ORDERS = [
    (13, 25, 27, 4, 7, 6),
    (2, 1, 3),
    (3, 1, 2),
    (5, 4, 3, 2, 1),
    (1, 99, 2),
    (1, 2, 2, 3),
    (1, 1, 2, 3),
    (1, 2, 1),
]


def cited(numbers: tuple[int, ...]) -> str:
    return " ".join(f"It is sold in town {number} [{number}]." for number in sorted(set(numbers)))


def entries(numbers: tuple[int, ...], form: str, source: str) -> list[str]:
    return [form.format(number) + source.format(word) for number, word in zip(numbers, WORDS, strict=False)]


def labels(text: str, format: str) -> list[list[str | None]]:
    return [[source.label for source in each.sources] for each in parse(text, name="a", format=format).source_lists]


SOURCES = [
    "A. Moss, {} of the north, 1901.",
    "{} of the north",
    "“{} of the north”",
    "A. Moss, {} of the north, https://north.example/page",
    "{} of the north, www.north.example/2/no",
]


@pytest.mark.parametrize("numbers", ORDERS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("head", ["Sources\n\n", "Quellen:\n", "参考文献\n\n"])
def test_every_line_that_is_numbered_begins_an_entry(
    numbers: tuple[int, ...], form: str, source: str, head: str
) -> None:
    text = f"{cited(numbers)}\n\n{head}" + "\n".join(entries(numbers, form, source)) + "\n"
    assert [list(map(str, numbers))] == labels(text, "text")


@pytest.mark.parametrize("numbers", [order for order in ORDERS if 99 not in order])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("parting", ["\n", "\n\n"])
@pytest.mark.parametrize("format", ["text", "markdown"])
def test_a_list_without_a_heading_need_not_ascend(
    numbers: tuple[int, ...], form: str, parting: str, format: str
) -> None:
    own = entries(numbers, form, "A. Moss, {} of the north, 1901.")
    assert [list(map(str, numbers))] == labels(f"{cited(numbers)}\n\n{parting.join(own)}\n", format)


@pytest.mark.parametrize("numbers", [(13, 25, 27, 4, 7, 6), (2, 1, 3), (1, 2, 2, 3)])
def test_the_later_lines_of_such_entries_may_be_set_in(numbers: tuple[int, ...]) -> None:
    own = entries(numbers, "{}. ", "A. Moss, {} of the north,\n    vol. 4, Oxford\n    1901.")
    for parting in ("\n", "\n\n"):
        assert [list(map(str, numbers))] == labels(f"{cited(numbers)}\n\nSources\n\n{parting.join(own)}\n", "text")
        assert [list(map(str, numbers))] == labels(f"{cited(numbers)}\n\n{parting.join(own)}\n", "text")


@pytest.mark.parametrize("numbers", [(13, 25, 27, 4, 7, 6), (13, 7, 12, 4)])
def test_titles_alone_in_lines_of_their_own_are_no_headings(numbers: tuple[int, ...]) -> None:
    own = "\n\n".join(entries(numbers, "{}. ", "{} of the north"))
    assert [list(map(str, numbers))] == labels(f"{cited(numbers)}\n\nSources\n\n{own}\n", "text")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_nothing_is_undefined_or_deleted_for_its_place(name: str) -> None:
    numbers = (13, 25, 27, 4, 7, 6)
    text = f"{cited(numbers)}\n\nSources:\n\n" + "\n".join(entries(numbers, "{}. ", "{} of the north, 1901.")) + "\n"
    assert [] == lint(text, name=name, settings=Settings(select=("CC101", "CC102", "CC103")))


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_number_that_stands_twice_in_a_list_without_a_heading_is_told(name: str) -> None:
    numbers = (1, 2, 2, 3)
    text = f"{cited(numbers)}\n\n" + "\n".join(entries(numbers, "{}. ", "A. Moss, {} of 1901.")) + "\n"
    found = lint(text, name=name, settings=Settings(select=("CC101", "CC103")))
    assert [("CC103", "2")] == [(each.code, each.label) for each in found]


BROKEN = [
    "A. Moss, Salts of the north, vol.\n4. Oxford, 1901.",
    "A. Moss, Salts of the north, 1901, pp. 31-\n3. Oxford.",
    "A. Moss, Salts of the north and\n3. of the south, 1901.",
    "A. Moss, Salts of the north,\n2. Aufl., Berlin 1901.",
    "A. Moss, Salzwege. Berlin 1901.\n2. Aufl., Leipzig 1902.",
    "A. Moss, Salzwege, 1901. Abgerufen am\n4. März 2003.",
    "A. Moss, Salzwege. 1901.\n4. März 2003, abgerufen.",
    "A. Moss, Les sels du nord, n°\n4. Paris, 1901.",
    "A. Moss, Salts of the north (1901:\n4) and of the south.",
    "A. Moss, Salts of the north. Oxford:\n2019. 40 pages.",
    "A. Moss, Salts of the north, as told\nin Oxford and elsewhere, long ago.\n4. Then printed.",
]


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("head", ["Sources\n\n", ""])
def test_a_line_that_goes_on_with_its_entry_begins_none(broken: str, head: str) -> None:
    text = f"{cited((5, 6, 7))}\n\n{head}5. {broken}\n6. B. Reed, Teas, 1902.\n7. C. Fern, Ropes, 1903.\n"
    assert [["5", "6", "7"]] == labels(text, "text")


def test_behind_a_blank_line_another_list_may_begin_its_count() -> None:
    own = "1. A. Moss, Salts, 1901.\n2. B. Reed, Teas, 1902.\n"
    other = own.replace("190", "193").replace("Moss", "Fern")
    assert [["1", "2"]] == labels(f"{cited((1, 2))}\n\n{own}\n{other}", "text")  # the one that the text cites
    assert [["1", "2"], ["1", "2"]] == labels(f"{cited((1, 2))}\n\n{own}\n{cited((1, 2))}\n\n{other}", "text")


@pytest.mark.parametrize(
    "steps",
    [
        "3. Boil the brine.\n1. Rake the pan.\n2. Dry the salt.",
        "3. Boil the brine.\n\n2. Dry the salt.\n\n2. Rake it.",
        "7 Years of salt were read.\n3 Were lost.\n5 Were found.",
    ],
)
def test_what_nothing_cites_is_no_list(steps: str) -> None:
    assert [] == labels(f"It is done so.\n\n{steps}\n", "text")


def test_sections_keep_their_headings() -> None:
    text = (
        "1. Salts\n\nThey are mined.\n\n2. Teas\n\n2.1. Green teas\n\nThey are dried.\n\n3. Ropes\n\nThey are spun.\n"
    )
    assert 4 == len(parse(text, name="a.txt").structure.headings)
