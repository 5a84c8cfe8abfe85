"""Lists under a heading, and where their entries end."""

from __future__ import annotations

import pytest

from citecheck import parse
from citecheck.model.sources import ListKind

CITED = "It is mined [1] and boiled [2]."


def lists(text: str, format: str = "markdown") -> list[list[str | None]]:
    document = parse(text, name="example", format=format)
    return [[source.label for source in each.sources] for each in document.source_lists]


def texts(text: str, format: str = "markdown") -> list[str]:
    return [source.text for source in parse(text, name="example", format=format).sources]


NOUGHT = "[0] Salts, 1901.\n[1] Teas, 1902."
TWO = "1. Salts, 1901.\n2. Teas, 1902."


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (f"## Sources\n\n{TWO}\n\n## More\n\n3. Boil.\n4. Sell.", [["1", "2"]]),
        (f"## Sources\n\n{TWO}\n\n### Older\n\n3. Pans, 1893.\n4. Ice, 1894.", [["1", "2", "3", "4"]]),
        (f"### Sources\n\n{TWO}\n\n## More\n\n3. Pans, 1893.", [["1", "2"]]),
        (f"## Sources\n\n{TWO}\n\n### Further reading\n\n1. Pans, 1893.\n2. Ice, 1894.", [["1", "2"], ["1", "2"]]),
        (f"**Sources**\n\n{TWO}", [["1", "2"]]),
        (f"Sources:\n\n{TWO}", [["1", "2"]]),
        (f"Sources\n\n{TWO}", [["1", "2"]]),
        (f"sources of it\n\n{TWO}", [["1", "2"]]),
        (f"## `sources`\n\n{TWO}\n\nAnd so on.\n\nAnd on.\n\nAnd on.\n\nAnd on.", [["1", "2"]]),
        (f"## `Sources`\n\n{TWO}\n\nAnd so on.\n\nAnd on.\n\nAnd on.\n\nAnd on.", [["1", "2"]]),
        (f"#### Sources\n\n{TWO}\n\n##### Sources online\n\n1. https://a.example", [["1", "2"], ["1"]]),
        (f"## Sources\n\n{TWO}\n\nOnce more:\n\n1. Boil it down.\n2. https://b.example", [["1", "2"], ["1", "2"]]),
        (f"## Sources\n\n{TWO}\n\nNext steps:\n\n1. Boil.\n2. Sell.", [["1", "2"]]),
        (f"## Sources\n\n{TWO}\n\nOnline:\n\n1. https://a.example\n2. https://b.example", [["1", "2"], ["1", "2"]]),
        ("## Sources\n\n1. Salts, 1901.\n   1. first part\n   2. second part\n2. Teas, 1902.", [["1", "2"]]),
        ("## Sources\n\n- 1. Salts, 1901.\n- 2. Teas, 1902.", [["1", "2"]]),
        ("## Sources\n\n[1] Salts, 1901.\n[2] Teas, 1902.\n[2] Teas again, 1903.", [["1", "2", "2"]]),
        ("## Sources\n\n[1] Salts, 1901. [2] Teas, 1902. [3] Ice, 1903.", [["1", "2", "3"]]),
        ("## Sources\n\n[1] Salts, as [2] says, 1901.\n[2] Teas, 1902.", [["1", "2"]]),
        ("## Sources\n\n[1] Salts, 1901. [2] Teas.\n[3] Ice, 1903.", [["1", "2", "3"]]),
        ("## Sources\n\n[1] Salts, 1901. [3] Ice.\n[2] Teas, 1902.", [["1", "2"]]),
        ("## Sources\n\n| 1 | Salts, 1901 |\n| - | - |\n| 2 | Teas, 1902 |", [["1", "2"]]),
        ("## Sources\n\n| 0 | Salts, 1901 |\n| - | - |\n| 6 | Teas |\n| 1 | Pans |", [["0", "6", "1"]]),
        ("## Sources\n\n1 Salts, 1901.\n\n2 Teas, 1902.", [["1", "2"]]),
        ("## Sources\n\n1 Salts, 1901.", [["1"]]),
        ("## Sources\n\n10 Salts were read.", []),  # a count
        ("## Sources\n\n1 salt was read.", []),
        ("## Sources\n\n【3】 Salts, 1901.\n【2】 Teas, 1902.\n【4】 Ice, 1903.", [["3", "2", "4"]]),
        ("## Sources\n\n1、salts of the north, 1901\n2、teas of the south, 1902", [["1", "2"]]),
        ("## Sources\n\n[1] Salts.\n[2] https://a.example\n[2] Teas, 1902.", [["1", "2", "2"]]),
        ("## Sources\n\n[^3] Salts, 1901.", [["3"]]),
        ("## Sources\n\n- salt\n- tea", []),  # of nobody knows what
        ("## Sources\n\n[^s] Salts, 1901.", [["s"]]),
        ("## Sources\n\nSource 1: Salts, 1901.\n\nSource 2: Teas, 1902.", [["Source 1", "Source 2"]]),
        ("## Sources\n\n<ol><li>Salts, 1901.</li><li>Teas, 1902.</li></ol>", [["1", "2"]]),
        ("## Sources\n\n<ol>\n<li>Salts, 1901.</li>\n<li>Teas, 1902.</li>\n</ol>", [["1", "2"]]),
        ("## Sources\n\nSalts, 1901.\n\nTeas, 1902.\n\nAll is well.", [[None, None]]),
        ("## Sources\n\nAll is well.", []),
        ("## sources\n\n- Salts, 1901.\n- Teas, 1902.", [[None, None]]),
        ("## `Sources`\n\n- Salts, 1901.\n- Teas, 1902.", [[None, None]]),
        ("## `sources`\n\n- Salts, 1901.\n- Teas, 1902.", []),  # the name of something in code
        ("> ## Sources\n>\n> Salts, 1901.\n>\n> Teas, 1902.", [[None, None]]),
        ("Sources: \n\n- Salts, 1901.\n- Teas, 1902.", [[None, None]]),
        ("sources:\n\n- Salts, 1901.\n- Teas, 1902.", [[None, None]]),
        (f"Sources:{' ' * 62}\n\n- Salts, 1901.\n- Teas, 1902.", [[None, None]]),
        (f"Sources:{' ' * 63}\n\n- Salts, 1901.\n- Teas, 1902.", []),  # no line of a heading is so long
        ("↑ Salts, 1901.\n↑ Teas, 1902.", []),
        ("Sources\n\n↑ Salts, 1901.\n\n↑ Teas, 1902.", [["1", "2"]]),
        ("Sources\n\n1.^ Salts, 1901.\n\n2.^ Teas, 1902.", [["1", "2"]]),
        ("It goes as it is told by the\nsources:\n\n- Salts, 1901.\n- Teas, 1902.", []),
        ("## Sources\n\n- Salts, 1901.\n- Teas, 1902.\n\n## More\n\n[^a]: Ice.", [[None, None], ["a"]]),
        ("## Sources\n\n- Salts, 1901.\n\n[^a]: Ice.", [["a"]]),
        ("```\nSources:\n```\n\n- Salts, 1901.\n- Teas, 1902.", []),
        ("| Sources |\n| - |\n| 1 | Salts, 1901 |\n| 2 | Teas, 1902 |", []),
        ("## Sources\n\n1. Salts, 1901.\n\nOnce more:\n\n1. https://b.example", [["1"], ["1"]]),
        (f"## Sources\n\n{NOUGHT}\n\nOnce more:\n\n{NOUGHT}", [["0", "1"], ["0", "1"]]),
        ("## Sources\n\n[1] Salts, 1901.\n [2] Teas, 1902.", [["1", "2"]]),
        ("## Sources\n\n[1] Salts, as in\n[2], and more, 1901.\n[2] Teas, 1902.", [["1", "2"]]),
        ("## Sources\n\n[1] Salts, volume\n2. of the works, 1901.\n[2] Teas, 1902.", [["1", "2"]]),
        ("## Notes\n\n1. Salts, 1901.\n2. Remark.", [["1", "2"]]),
        ("## Notes\n\n- Salts, 1901.\n- Teas, 1902.", []),
        ("## Sources\n\nSee below.\n\n[1] Salts, 1901.\n[2] Teas, 1902.", [["1", "2"]]),
        ("## Sources\n\nAs in\n[1] and so on.\n\n[1] Salts, 1901.\n[2] Teas, 1902.", [["1", "2"]]),
    ],
)
def test_what_stands_under_a_heading_for_sources(rest: str, expected: list[list[str | None]]) -> None:
    assert expected == lists(f"{CITED}\n\n{rest}\n")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Notes", ListKind.READING),
        ("Sources", ListKind.NUMBERED),
        ("Further reading", ListKind.READING),
        ("Works cited", ListKind.NUMBERED),
    ],
)
def test_remarks_are_no_sources_but_under_a_heading_that_says_so(heading: str, kind: ListKind) -> None:
    text = f"{CITED}\n\n## {heading}\n\n1. A remark.\n2. Another remark.\n"
    assert [kind] == [each.kind for each in parse(text, name="a.md").source_lists]


@pytest.mark.parametrize(("gap", "count"), [(5, 1), (50, 0)])
def test_steps_far_below_resources_are_no_list(gap: int, count: int) -> None:
    between = "It is boiled, and then it is sold.\n" * gap
    steps = "1. Boil it.\n2. Dry it.\n"
    assert count == len(parse(f"Resources\n\n{between}\n{steps}", name="a.txt").source_lists)


@pytest.mark.parametrize(
    ("form", "kind"), [("[{}]", ListKind.NUMBERED), ("[{}]:", ListKind.NUMBERED), ("{}.", ListKind.READING)]
)
def test_remarks_are_to_be_cited_where_they_are_numbered_as_markers_are(form: str, kind: ListKind) -> None:
    notes = "\n".join(f"{form.format(number)} A remark." for number in (1, 2, 3))
    (listing,) = parse(f"{CITED}\n\n## Notes\n\n{notes}\n", name="a.txt").source_lists
    assert kind is listing.kind


@pytest.mark.parametrize(
    ("half", "kind"), [("A remark.", ListKind.NUMBERED), ("A remark.\n4. Another remark.", ListKind.READING)]
)
def test_notes_of_which_half_read_like_sources_are_sources(half: str, kind: ListKind) -> None:
    text = f"{CITED}\n\n## Notes\n\n1. Salts, 1901.\n2. {half.replace('4.', '3.')}\n"
    assert [kind] == [each.kind for each in parse(text, name="a.md").source_lists]


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        ("[1] Salts of the\nnorth, 1901.\n[2] Teas, 1902.", ["Salts of the\nnorth, 1901.", "Teas, 1902."]),
        ("[1] Salts, 1901.\n\n    Bound in blue.\n\n[2] Teas.", ["Salts, 1901.\n\n    Bound in blue.", "Teas."]),
        ("[1] Salts, 1901.\n\nIt is bound.\n\n[2] Teas.", ["Salts, 1901.\n\nIt is bound.", "Teas."]),
        ("[1] Salts.\n[2] Teas.\n\nhttps://a.example", ["Salts.", "Teas.\n\nhttps://a.example"]),
        ("[1] Salts.\n[2] Teas.\n\nAll is well.", ["Salts.", "Teas."]),
        ("[1] Salts.\n[2] Teas.\n\n   Bound.", ["Salts.", "Teas.\n\n   Bound."]),
        ("[1] Salts.\n[2] Teas.\n\n   ---\n", ["Salts.", "Teas."]),
        ("[1] Salts.\n[2]\n\nTeas.", ["Salts.", "Teas."]),
        ("[1] Salts.\n[2]\n\n## More", ["Salts.", ""]),
        ("> [1] Salts.\n> [2] Teas.\n>\n> And so on.", ["Salts.", "Teas."]),
        ("| [1] | Salts |\n| - | - |\n| [2] | Teas |", ["Salts |\n| - | -", "Teas"]),
        ("[1] Salts.\n[2] Teas.\n\n[salt]: https://a.example", ["Salts.", "Teas."]),
        ("- Salts, 1901.\n\n Bound in blue.\n- Teas, 1902.", ["Salts, 1901.\n\n Bound in blue.", "Teas, 1902."]),
        ("- Salts, 1901.\n\nAll is well.\n\n- Teas, 1902.", ["Salts, 1901.", "Teas, 1902."]),
    ],
)
def test_where_an_entry_ends(listing: str, expected: list[str]) -> None:
    assert expected == texts(f"{CITED}\n\n## Sources\n\n{listing}\n")


@pytest.mark.parametrize(
    "listing",
    [
        "1. Salts of the north, in volume\n2. of the works, 1901.\n2. Teas, 1902.\n3. Ice, 1903.\n",
        "1. Salts, 1901.\n2. Teas, 1902.\n3. Ice of the north, in volume\n1. of the works, 1903.\n",
        "1. Salts, 1901.\n2. Teas, volume\n2. Oxford, 1902.\n3. Ice, 1903.\n",
        "1. Salts, 1901.\n2. Teas, 1902, volume\n2. Oxford.\n3. Ice, 1903.\n",
        "1. Salts, 1901.\n2. Teas, 1902.\n3. Ice, 1903, volume\n2. Oxford.\n",
        "1. Salts, 1901.\n2. Teas, 1902; 1: 2–\n4. https://salt.example\n3. Ice, 1903.\n",
        "1. Salts, 1901.\n2. Teas, 1902, volume\n7. Oxford, 1902.\n3. Ice, 1903.\n",
    ],
)
def test_a_wrapped_line_begins_no_entry(listing: str) -> None:
    assert [["1", "2", "3"]] == lists(f"A [1], b [2], c [3].\n\nSources\n\n{listing}", "text")


@pytest.mark.parametrize("numbers", ["1223", "1324", "1243", "1423"])
def test_what_looks_like_a_source_of_its_own_is_no_wrapped_line(numbers: str) -> None:
    listing = "".join(f"{number}. Salts of the north, 190{number}.\n" for number in numbers)
    assert [list(numbers)] == lists(f"A [1], b [2], c [3].\n\nSources\n{listing}", "text")


def test_a_number_that_comes_again_further_below_begins_an_entry_where_the_line_above_ends_one() -> None:
    listing = "".join(f"{number}. Salts of the north, 190{number}.\n" for number in "1232")
    text = f"A [1], b [2], c [3].\n\nSources\n{listing}"
    assert [["1", "2", "3", "2"]] == lists(text, "text")
    assert [["1", "2", "3"]] == lists(text.replace("1903.", "1903, vol."), "text")


def test_the_bracket_behind_a_number_is_the_label() -> None:
    text = f"{CITED}\n\n## Sources\n\n1. [1] Salts, 1901.\n2. [2] Teas, 1902.\n"
    spans = [source.label_span for source in parse(text, name="a.md").sources]
    assert ["[1]", "[2]"] == [text[span.start - 1 : span.end + 1] for span in spans if span]


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_an_entry_above_another_heads_no_list(format: str) -> None:
    contents = "1. The lie of the land\n2. Sources\n3. Ice of the years to 1903\n"
    assert [] == lists(f"Contents\n\n{contents}\nIt is mined [1].\n", format)


def test_the_numbers_of_a_list_may_have_gaps() -> None:
    listing = "1. Salts, 1901.\n3. Teas, 1902.\n7. Ice, 1903.\n"
    assert [["1", "3", "7"]] == lists(f"A [1], b [3], c [7].\n\nSources\n\n{listing}", "text")


def test_an_entry_that_looks_like_a_heading_counts_on() -> None:
    listing = "1. Salts, by D. Rowe, 1901.\n\n2. A HISTORY OF TEA\n\n3. Ice, 1903.\n"
    assert [["1", "2", "3"]] == lists(f"A [1], b [2], c [3].\n\n1. SOURCES\n\n{listing}", "text")
    other = "1. Salts, by D. Rowe, 1901.\n\n3. A HISTORY OF TEA\n\nIt is so.\n"
    assert [["1"]] == lists(f"A [1].\n\n2. SOURCES\n\n{other}", "text")


def titles(text: str) -> list[str]:
    return [heading.span.of(text).split("\n")[0].strip() for heading in parse(text, name="a.txt").structure.headings]


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ("Sources\n=======\n", ["Sources"]),
        ("Sources\n-----\n", ["Sources"]),
        ("Sources\n----------\n", ["Sources"]),
        ("Sources\n---\n", []),
        ("Sources\n-------------\n", []),
        ("Sources\n-- -- --\n", []),
        ("Salt is old.\n------------\n", []),
        ("Salts    Pans\n-------------\n", []),  # a table
        ("- Salts\n-------\n", []),
    ],
)
def test_text_may_go_on_right_below_an_underlined_heading(top: str, expected: list[str]) -> None:
    assert expected == titles(f"A [1], b [2].\n\n{top}[1]   Salts, the yellow book\n[2]   Teas, the blue book\n")


def test_a_list_may_stand_right_below_an_underlined_heading() -> None:
    rest = "\n\nAnd so on.\n\nAnd on.\n\nAnd on.\n\nAnd on.\n"
    text = f"A [1], b [2].\n\nSources\n=======\n[1]   The yellow book\n[2]   The blue book{rest}"
    assert [["1", "2"]] == lists(text, "text")


@pytest.mark.parametrize("heading", ["§4. Appendix", "4. Appendix [APPENDIX]", "4. [MINED_SALT]", "= Appendix"])
def test_a_section_may_have_a_sign_or_a_name(heading: str) -> None:
    text = f"A [1], b [2].\n\n§3. References [REFS]\n\n{TWO}\n\n{heading}\n\n3. Mine it, 1903.\n"
    assert [["1", "2"]] == lists(text, "text")
    assert heading in titles(text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Sources: [1] https://a.example; [2] https://b.example", ["1", "2"]),
        ("Sources: [0] https://a.example; [1] https://b.example", ["0", "1"]),
        ("Sources: [2] https://a.example; [3] https://b.example", []),
        ("Sources: [1].", []),
        ("Grains: [1] https://a.example; [2] https://b.example", []),
        ("来源：[1] https://a.example", ["1"]),
        ("`Sources: [1] https://a.example`", []),
    ],
)
def test_a_line_may_hold_its_heading_and_its_entries(line: str, expected: list[str]) -> None:
    text = f"A [0], b [1], c [2].\n\n{line}\n\nIt is so, and on it goes.\n\nAnd on.\n\nAnd on.\n\nAnd on.\n"
    document = parse(text, name="a.md")
    assert expected == [source.label for source in document.sources]
    assert [f"[{label}]" for label in expected] == [source.span.of(text)[:3] for source in document.sources]
    assert [line[:2]] * bool(expected) == [text[each.span.start :][:2] for each in document.source_lists]
