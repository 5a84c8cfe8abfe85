"""Forms that are rarer, and no less real: trailers, lists in a line, copies of web pages, East Asian spacing."""

from __future__ import annotations

import pytest

from citecheck import lint, parse
from citecheck.model.settings import Settings
from citecheck.model.sources import ListKind

SALTS = "\n\n## Sources\n\n1. Salts of the north, 1901.\n2. Pans of the south, 1902.\n3. Tables of brine, 1903.\n"
LISTS = [
    ("Link: https://salt.example/north [1]\nLink: https://salt.example/south # [2]", "trailers"),
    ("Commit [1]: d77dc29e6e18d39b\nCommit [2]: 68265d070d3041d1", "commits behind their numbers"),
    ("Link: [1]: https://salt.example/north\nLink: [2]: https://salt.example/south", "addresses behind a word"),
    ("Sources: [1] Salts of the north, 1901. [2] Pans of the south, 1902.", "in the line of the heading"),
    ("**Sources:** [1] https://salt.example/north; [2] https://salt.example/south", "in a bold line"),
    ("## Sources\n\n[1] Salts of the north, 1901. [2] Pans of the south, 1902.", "two in a line"),
    ("## Sources\n\n<ol>\n<li>Salts of the north, 1901.</li>\n<li id='s2'>Pans, 1902.</li>\n</ol>", "HTML"),
    ("References\n\n^ Salts of the north, 1901.\n^ Pans of the south, 1902.", "behind arrows"),
    ("## Sources\n\n1.《北方之盐》，1901。\n2.《南方之盐》，1902。", "no space behind the dot"),
    ("## Sources\n\n\u3000\u3000[1] Salts, 1901.\n\u3000\u3000[2] Pans, 1902.", "set in by full-width spaces"),
    ("## Sources\n\n1\\. Salts of the north, 1901.\n\n2\\. Pans of the south, 1902.", "with an escape"),
    ("## Sources\n\n1. [1] Salts of the north, 1901.\n2. [2] Pans of the south, 1902.", "numbered twice"),
    ('## Sources\n\n<a name="n">1</a>. Salts, 1901.\n\n<a name="p">2</a>. Pans, 1902.', "inside anchors"),
    (
        "## Sources\n\n[1]：[Salts](https://a.example/1), 1901.\n\n[2]：[Pans](https://a.example/2).",
        "a link behind colons",
    ),
    ("## Sources\n\n[ 1 ] Salts of the north, 1901.\n[ 2 ] Pans of the south, 1902.", "with space in the brackets"),
    ("## Sources\n\n[^1] Salts of the north, 1901.\n[^2] Pans of the south, 1902.", "like footnotes, with no colon"),
    ("1. Salts of the north\n2. Pans of the south", "a closing run that holds every label"),
    (
        "## Sources\n\n"
        "<div>\n\n<span class='csl-left-margin'>\\[1\\]\n</span><span>Salts, 1901.</span>\n\n</div>\n\n"
        "<div>\n\n<span class='csl-left-margin'>\\[2\\]\n</span><span>Pans, 1902.</span>\n\n</div>",
        "in the spans of a processor",
    ),
    (
        "## Sources\n\n:::: {#refs}\n::: {#n}\n[\\[1\\] ]{.csl-left-margin}[Salts, 1901.]{.csl-right-inline}\n:::\n\n"
        "::: {#ref-s}\n[\\[2\\] ]{.csl-left-margin}[Pans, 1902.]{.csl-right-inline}\n:::\n::::",
        "in fences and spans with attributes",
    ),
    (
        "## Sources\n\n[]{#_Ref1 .anchor}\\[1\\] Salts, 1901.\n\n[]{#_Ref2 .anchor}\\[2\\] Pans, 1902.",
        "behind bookmarks",
    ),
    (
        '## Sources\n\n| No. | Title |\n|-|-|\n| <a id="r1"></a>1 | Salts |\n| <a id="r2"></a>[2] | Pans |',
        "in cells with anchors",
    ),
    (
        "## Sources\n\n| No. | Title |\n|-|-|\n| [1](https://a.test/1) | Salts |\n| [2](https://a.test/2) | Pans |",
        "in cells that are links",
    ),
    ("<h2 id='s'>Sources</h2>\n\n<ol>\n<li>Salts, 1901.</li>\n<li>Pans, 1902.</li>\n</ol>", "below a heading in HTML"),
    (
        "<h2>Sources</h2>\n<table>\n<tr><td>[1]</td><td>Salts.</td></tr>\n<tr><td>[2]</td><td>Pans.</td></tr>\n</table>",
        "in a table in HTML",
    ),
    ("<h2>Sources</h2>\n<dl>\n<dt>[1]</dt>\n<dd>Salts.</dd>\n<dt>[2]</dt>\n<dd>Pans.</dd>\n</dl>", "as terms in HTML"),
    (
        "<details><summary><b>Sources</b> (2)</summary>\n\n| No. | |\n|-|-|\n| 1 | Salts |\n| 2 | Pans |\n\n</details>",
        "behind a summary",
    ),
    ("## Sources\n\n1. Salts, 1901.\n\n<pre><h2>Salt</h2></pre>\n\n2. Pans, 1902.", "about code with a heading"),
    ("## Sources\n\n[1] Salts, 1901.<br>[2] Pans, 1902.", "parted by the breaks of HTML"),
    ("## Sources\n\n.. [1] Salts of the north, 1901.\n.. [2] Pans of the south, 1902.", "behind two dots"),
]


@pytest.mark.parametrize("listing", [text for text, _ in LISTS], ids=[name for _, name in LISTS])
def test_a_list_may_be_written_so(listing: str) -> None:
    document = parse(f"Salt is mined [1]. It is boiled [2].\n\n{listing}\n", name="a.md")
    assert ["1", "2"] == [source.label for source in document.sources]
    assert ["1", "2"] == [citation.label for citation in document.citations]


@pytest.mark.parametrize(
    ("marker", "labels"),
    [
        ("[1, p. 4; 2, p. 5; 3]", ["1", "2", "3"]),
        ("[1, S. 4 f.; 2]", ["1", "2"]),
        ("[1, с. 14; 3, с. 15]", ["1", "3"]),
        ("[see 1, 2]", ["1", "2"]),
        ("[cf. 1]", ["1"]),
        ("[refs. 1, 2]", ["1", "2"]),
        ("[1, 2, and references therein]", ["1", "2"]),
        ("[1: 46–48]", ["1"]),
        ("[1/2]", ["1", "2"]),
    ],
)
def test_words_and_places_inside_the_brackets_belong_to_the_marker(marker: str, labels: list[str]) -> None:
    document = parse(f"Salt is mined {marker}, and boiled [1].{SALTS}", name="a.md")
    assert (marker, labels) == (document.markers[0].text, list(document.markers[0].labels))


def test_a_number_raised_in_dollars_cites_where_others_do() -> None:
    document = parse(f"Salt is mined.$^{{1}}$ It is boiled,$^{{2,3}}$ and sold.{SALTS}", name="a.md")
    assert [["1"], ["2", "3"]] == [list(marker.labels) for marker in document.markers]


@pytest.mark.parametrize(
    "text",
    [
        "The median was 4 [2, 7] days.",
        "The mean was 3 [1-5] points.",
        "They answered on a scale [1-7] of their own.",
        "The shape [3, 224, 224] is usual.",
        "The directions [100], [110] and [111] are easy.",
        "The cell grid[4][5] is free.",
        "Use `x` or [512] features.",
        "| a | b |\n| - | - |\n| [9] | x |",
        "| a | b |\n| - | - |\n| salt | [2,7]  |",
        "See the pages [4](/p/4) and [5](/p/5).",
        "Characters [^0-9] are dropped.",
        '"[I] want it", she said.',
        "Of its bytes:\n\n- [7]: the kind\n- [8]: how long it is",
    ],
)
def test_measures_and_arrays_are_no_faults(text: str) -> None:
    whole = f"Salt is mined [1]. It is boiled [2]. It is sold [3].\n\n{text}{SALTS}"
    assert [] == [each.message for each in lint(whole, name="a.md", settings=Settings(select=("CC1",)))]


@pytest.mark.parametrize(
    "text",
    [
        "Normalise the values to [0, 1]. Shift to [-1, 1]. If the scale is [1, 5], subtract 1. Beyond [2, 4] is rare.",
        "The vector [1, 2, 3] is short. Its reverse is [3, 2, 1].",
        "Input: [2,1]. Output: [1,2]. Then: [3,1].",
        "Never [0], rarely [1], sometimes [2], often [3], always [4].",
        "A pattern has [a-z], [0-9], [1-9] and [^x].",
    ],
)
def test_a_text_that_cites_nothing_wants_no_list(text: str) -> None:
    assert [] == lint(f"# Notes\n\n{text}\n", name="a.md")


def test_what_comes_behind_the_sources_is_no_second_list_of_them() -> None:
    text = (
        f"Salt is mined [1]. It is boiled [2]. It is sold [3].{SALTS}\nNext steps:\n\n1. Draft a summary.\n2. Stop.\n"
    )
    assert [["1", "2", "3"]] == [
        [source.label for source in each.sources] for each in parse(text, name="a.md").source_lists
    ]


def test_a_list_inside_an_entry_is_part_of_it() -> None:
    nested = "2. Pans, 1902.\n   1. first plate\n   2. second plate\n"
    text = f"Mined [1], boiled [2].\n\n## Sources\n\n1. Salts, 1901.\n{nested}"
    assert ["1", "2"] == [source.label for source in parse(text, name="a.md").sources]


def test_a_footnote_that_only_names_itself_is_not_used() -> None:
    text = "Mined[^a].\n\n[^a]: Salts, 1901.\n[^b]: See [^b] above.\n"
    assert ["nothing in the text cites footnote b"] == [each.message for each in lint(text, name="a.md")]


def test_a_picture_uses_its_definition() -> None:
    text = "[![Build][1]][2] Salt is mined [here][3].\n\n[1]: badge.svg\n[2]: https://a.test\n[3]: https://b.test\n"
    assert [] == [each.code for each in lint(text, name="a.md", settings=Settings(select=("CC102",)))]


def test_expressions_of_mdx_are_code() -> None:
    text = f"Mined [1], boiled [2], sold [3].\n\n<Chart items={{[7, 9]}} />\n\n{{/* [9] */}}{SALTS}"
    assert [["1"], ["2"], ["3"]] == [list(marker.labels) for marker in parse(text, name="a.mdx").markers]


def test_notes_that_hardly_read_like_sources_need_not_be_cited() -> None:
    text = "Salt is mined [1].\n\n## Notes\n\n1. The mine is closed on Sundays.\n2. Bring a lamp.\n"
    assert [ListKind.READING] == [each.kind for each in parse(text, name="a.md").source_lists]


@pytest.mark.parametrize(
    "text",
    [
        "It is sold [3, passim].",
        "It is sold [reviewed in 3].",
        "It is sold (ref. 3).",
        "It is sold $^{[3]}$.",
        "It is sold [3a].",
        "It is sold [3 (p. 4)].",
    ],
)
def test_a_source_that_is_named_in_any_way_is_not_unused(text: str) -> None:
    whole = f"Salt is mined [1]. It is boiled [2]. {text}{SALTS}"
    assert [] == [each.message for each in lint(whole, name="a.md", settings=Settings(select=("CC102",)))]


def test_an_entry_may_begin_with_a_year_in_brackets() -> None:
    notes = "1. Salt Act 1971, s. 12.\n2. [2014] EWCA Civ 311, para. 22.\n"
    text = f"Salt is mined [1]. It is boiled [2].\n\n## Notes\n\n{notes}"
    assert [("1", "Salt Act 1971, s. 12."), ("2", "[2014] EWCA Civ 311, para. 22.")] == [
        (source.label, source.text) for source in parse(text, name="a.md").sources
    ]


@pytest.mark.parametrize(
    "text",
    [
        "By Eq. [5] it is so.",
        "It is so. Lines [5] were restored.",
        "Siehe Randnummern [4] bis [5], so ist es.",
        "So it was held in [2019] UKSC 41 at [5].",
        "The mean was 43 [12] years.",
        "See [18]crown-6.",
        "Use [0-9]+ only.",
        "It has type [7] INTEGER too.",
    ],
)
def test_what_is_named_or_measured_is_no_marker(text: str) -> None:
    whole = f"Salt is mined [1]. It is boiled [2]. It is sold [3].\n\n{text}{SALTS}"
    assert [] == [each.message for each in lint(whole, name="a.md", settings=Settings(select=("CC1",)))]


def test_a_number_far_beyond_the_list_is_a_fault_among_other_markers_too() -> None:
    text = f"Salt is mined [1]. It is boiled [2][77][3].{SALTS}"
    assert ["77"] == [each.label for each in lint(text, name="a.md", settings=Settings(select=("CC101",)))]


def silent(text: str, name: str = "a.md") -> list[str]:
    """What is wrong with a text that is sound, by the default rules."""
    return [f"{each.code} {each.message}" for each in lint(text, name=name)]


@pytest.mark.parametrize(
    "text",
    [
        "Salt.\n\n## References\n\n### North\n\n1. Olsen, 1901.\n1. Brekke, 1903.\n\n### South\n\n1. Vale, 1911.\n",
        "It boils without [the pan][P30].\n\n## References\n\n- [P 30][P30]: Pans\n- [P 54][P54]: More pans\n\n"
        "[P30]: https://salt.example/30\n[P54]: https://salt.example/54\n",
        'More information:\n\n- <https://salt.example/a>\n\n<a name="rule11"></a>\n\n## Rule 11\n\nNo.\n',
        "Pans are of [Salt 1] and [Salt 2].\n\n## References\n\n[Salt 1]: https://salt.example/1\n"
        "[Salt 2]: https://salt.example/2\n\n- [Salt 1]\n- [Salt 2]\n",
        "[SIP-1] asks for it. It boils [SIP-3] and dries [SIP-4].\n\n## References\n\n- [SIP-3] Pans, 1901.\n"
        "- [SIP-4] Lids, 1902.\n\n[SIP-1]: https://salt.example/1\n",
        "One pan¹ boils, the other² does not, and one¹ leaks.\n\n## Open questions\n\nThere are some.\n\n"
        "1. How do pans leak?\n2. Why do lids not?\n3. Who may boil?\n",
        "Each object has these.\n\n#### `references`\n\n- An optional set.\n- Its type MUST be one of:\n  - `Salt`\n",
        "Brine flows at 3 l s⁻¹ and 5 kg ha⁻¹, with δ¹³C and ¹⁸O in it, and 2 kg ha⁻² more.\n\n## References\n\n"
        "1. Salts, 1901.\n2. Pans, 1902.\n3. Lids, 1903.\n4. Boats, 1904.\n",
    ],
    ids=[
        "nothing cites it",
        "links by name",
        "an anchor of a heading",
        "links alone in their lines",
        "a link shaped like a label",
        "questions that close a text",
        "a heading that names a field",
        "powers and isotopes",
    ],
)
def test_a_sound_list_is_left_alone(text: str) -> None:
    assert [] == silent(text)


def test_a_prompt_is_no_marker() -> None:
    text = "In [1]: pan = 3\nOut [1]: 3\n\nIn [2]: pan + 1\nOut [2]: 4\n\nIn [3]: pan\nOut [3]: 3\n"
    assert [] == silent(text, "a.txt")


def test_the_last_words_of_a_sentence_head_no_list() -> None:
    text = "The O stands for salt. Use it for the\nsource:\n\nThe pan is below. Then type:\n\nThe lid is next:\n"
    assert () == parse(text, name="a.txt").source_lists


def test_the_definition_of_a_link_belongs_to_no_entry() -> None:
    entries = "**[Olsen 1901]** Salts.\n\n[Vale 1911]: https://salt.example/v\n**[Vale 1911]** Pans.\n"
    text = f"It boils [Olsen 1901], and dries [Vale 1911].\n\n## References\n\n{entries}"
    sources = parse(text, name="a.md").sources
    assert [("Olsen 1901", []), ("Vale 1911", ["https://salt.example/v"])] == [
        (source.label, [url.value for url in source.record.urls]) for source in sources
    ]


def test_a_raised_number_cites_among_powers_and_isotopes() -> None:
    text = f"Brine flows at 3 l s⁻¹.¹ It holds δ¹³C.² It boils.³{SALTS}"
    assert ["1", "2", "3"] == [citation.label for citation in parse(text, name="a.md").citations]


@pytest.mark.parametrize("array", ["[[1, 0], [0, 1]]", "[[1,1],[0,1]]", "[[2, 3], [3, 1], [1, 2]]"])
def test_the_rows_of_a_matrix_cite_nothing(array: str) -> None:
    assert ["[1]"] == [marker.text for marker in parse(f"The turn {array} is old [1].{SALTS}", name="a.md").markers]


def test_markers_that_share_brackets_cite() -> None:
    document = parse(f"The turn is old [[1], [2]].{SALTS}", name="a.md")
    assert ["1", "2"] == [citation.label for citation in document.citations]


def test_the_name_of_a_wiki_page_is_no_label() -> None:
    listing = "- [[SALT]] — how it is mined.\n- [[salt/INDEX]]\n- [[Pans of 1902]]\n"
    document = parse(f"Salt is mined.\n\n## Sources\n\n{listing}", name="a.md")
    assert [None, None, None] == [source.label for source in document.sources]


def test_a_line_that_is_no_heading_announces_one_list() -> None:
    text = "Source:\n\n- Salts of the north, 1901.\n- Pans, 1902.\n\nWhy it is good:\n\n- it is short;\n- it is old;\n"
    assert 2 == len(parse(text, name="a.md").sources)
    assert 4 == len(parse(f"## {text.replace(':', '')}", name="a.md").sources)


def test_what_a_term_is_defined_as_may_go_on_in_another_paragraph() -> None:
    text = f"Salt\n:   It is mined [1].\n\n    It is boiled [2].\n\nTea\n: It is sold [3].{SALTS}"
    assert ["1", "2", "3"] == [citation.label for citation in parse(text, name="a.md").citations]


@pytest.mark.parametrize(("first", "markers"), [("1", 4), ("2", 0)])
def test_links_that_count_the_parts_of_something_cite_nothing(first: str, markers: int) -> None:
    parts = f"([{first}](https://salt.example/a)), ([3](https://salt.example/b))"
    text = f"Salt in parts {parts}.\n\nTea in parts {parts.replace('salt', 'tea')}.\n"
    assert markers == len(parse(text, name="a.md").markers)


def test_the_anchor_of_the_next_entry_belongs_to_no_entry() -> None:
    listing = '<div id="r1"></div>\n\n- [1] Salts, 1901.\n\n<div id="r2"></div>\n\n- [2] Pans, 1902.\n'
    document = parse(f"Mined [1], boiled [2].\n\n## Sources\n\n{listing}", name="a.md")
    assert ["Salts, 1901.", "Pans, 1902."] == [source.text for source in document.sources]


@pytest.mark.parametrize("sign", [", ", "; ", " | ", " · ", "<br>", ",<br/>"])
def test_what_parts_the_entries_of_a_line_belongs_to_none(sign: str) -> None:
    text = f"Mined [1], boiled [2].\n\nSources: [1] https://a.test/1{sign}[2] https://a.test/2\n"
    assert ["https://a.test/1", "https://a.test/2"] == [source.text for source in parse(text, name="a.md").sources]


@pytest.mark.parametrize(("anchor", "told"), [("_ftn", ["3"]), ("ref-", ["3"]), ("question", [])])
def test_links_to_notes_cite_a_list_without_a_heading(anchor: str, told: list[str]) -> None:
    words = " ".join(f"It is so.[\\[{number}\\]](#{anchor}{number})" for number in (1, 2, 3))
    notes = "\n\n".join(f"[\\[{number}\\]](#{anchor}ref{number}) Salts, 190{number}." for number in (1, 2))
    assert told == [each.label for each in lint(f"{words}\n\n{notes}\n", name="a.md")]


@pytest.mark.parametrize(("anchor", "count"), [('<a name="note{}"></a>', 0), ("", 1)])
def test_links_to_notes_cite_no_list_where_their_anchors_stand_elsewhere(anchor: str, count: int) -> None:
    words = " ".join(f"It is so.[{number}](#note{number})" for number in (1, 2))
    steps = "1. Salts were boiled in 1901.\n2. Pans were sold in 1902.\n"
    notes = "\n\n".join(f"{anchor.format(number)}A remark." for number in (1, 2))
    assert count == len(parse(f"{words}\n\n{steps}\n{notes}\n", name="a.md").source_lists)


def test_tags_about_an_entry_belong_to_none() -> None:
    entries = "".join(f'<div id="ref-{number}">\n\n[{number}] Salts, 190{number}.\n\n</div>\n\n' for number in (1, 2))
    text = f"Mined [1], boiled [2].\n\n## Sources\n\n<div>\n\n{entries}</div>\n"
    assert ["Salts, 1901.", "Salts, 1902."] == [source.text for source in parse(text, name="a.md").sources]


def test_an_entry_is_not_taken_out_with_one_half_of_a_pair_of_tags() -> None:
    text = "Mined [1].\n\n## Sources\n\n[1] Salts, 1901.\n[2] <small>Pans, 1902.\n[3] Brine, 1903.</small>\n"
    (first, second) = lint(text, name="a.md", settings=Settings(select=("CC102",)))
    assert (None, None) == (first.fix, second.fix)


def test_a_link_to_a_chapter_is_no_marker_beside_footnotes() -> None:
    text = "In chapters [1](/ch1) and [2](/ch2) it is mined[^1], boiled [1](#fn1) and sold[^2].\n"
    document = parse(f"{text}\n[^1]: Salts, 1901.\n[^2]: Pans, 1902.\n", name="a.md")
    assert ["[^1]", "[1](#fn1)", "[^2]"] == [marker.text for marker in document.markers]


def test_a_label_that_is_a_link_says_where_its_source_is() -> None:
    listing = "[1](https://salt.example/a)\n[2](https://salt.example/b)\n"
    assert [] == lint(f"Mined [1], boiled [2].\n\n## Sources\n\n{listing}", name="a.md")


def test_a_link_may_have_a_number_for_its_title() -> None:
    listing = "- [8086](https://chips.example/8086)\n- [Chips](https://chips.example)\n"
    document = parse(f"Chips are fried.\n\n## Sources\n\n{listing}", name="a.md")
    assert [None, None] == [source.label for source in document.sources]


def test_one_source_may_have_many_linked_labels() -> None:
    row = r"[\[1\]](https://salt.example/a_(b)#:~:text=x) [\[3\]](https://salt.example/a_(b)#:~:text=y)"
    listing = f"{row} Salts - The Courier\n\n<https://salt.example/a_(b)>\n\n[\\[2\\]](https://tea.example) Teas\n"
    cited = r"Mined [\[1\]](https://salt.example/a_(b)#:~:text=x), boiled[\[3\]](https://salt.example/a_(b)#:~:text=y)"
    text = f"{cited} and sold[\\[2\\]](https://tea.example).\n\n## References\n\n{listing}"
    assert ["1", "3", "2"] == [source.label for source in parse(text, name="a.md").sources]
    assert [] == lint(text, name="a.md", settings=Settings(select=("CC1", "CC3")))


def test_each_linked_label_of_a_row_has_its_own_address() -> None:
    listing = "[[1]](https://salt.example/a) [[2]](https://salt.example/b)\n"
    sources = parse(f"Mined [1], boiled [2].\n\n## Sources\n\n{listing}", name="a.md").sources
    found = [source.record.url.value for source in sources if source.record.url]
    assert ["https://salt.example/a", "https://salt.example/b"] == found


def test_the_heading_in_an_entry_ends_no_list() -> None:
    listing = "1. Salts, 1901.\n2. ## **Pans**, 1902.\n3. Brine, 1903.\n"
    document = parse(f"Mined [1], boiled [2], sold [3].\n\n#### Sources\n\n{listing}", name="a.md")
    assert ["1", "2", "3"] == [source.label for source in document.sources]


def test_a_key_of_authors_and_year_cites_where_the_list_has_such_keys() -> None:
    listing = "[Moss11] Salts, 1911.\n[H+12] Pans, 1912.\n[Ely10] Brine, 1910.\n"
    text = f"Mined [Moss11], boiled [H+12] and sold [Rand13] in box [12B] or [Box7].\n\n## Sources\n\n{listing}"
    assert ["Moss11", "H+12", "Rand13"] == [each.label for each in parse(text, name="a.md").citations]
    few = text.replace("[Ely10] Brine, 1910.\n", "")
    assert ["Moss11", "H+12"] == [each.label for each in parse(few, name="a.md").citations]


def test_running_lines_are_known_without_any_mark_between_pages() -> None:
    furniture = "\n\nMoss                       Expires: May 1999\n\n\nDRAFT       SALTS OF THE NORTH      {}\n\n\n"
    pages = [f"Salt is mined [1], page {page}, and it is" for page in range(4)]
    text = "".join(f"{page}{furniture.format(at)}boiled.\n\n" for at, page in enumerate(pages))
    entries = f"REFERENCES\n\n[1]  A. Moss, Salts of the{furniture.format(9)}     north, 1901.\n\n[2]  Pans, 1902.\n"
    document = parse(text + entries, name="a.txt")
    assert ["1", "2"] == [source.label for source in document.sources]
    assert "A. Moss, Salts of the north, 1901." == " ".join(document.sources[0].text.split())


def test_dollars_about_two_words_in_a_row_are_no_formula() -> None:
    text = f"It costs $5 a pound [1] or $6 a stone [2], and so do the $pans and kettles [3] there$ of it.{SALTS}"
    assert ["[1]", "[2]", "[3]"] == [marker.text for marker in parse(text, name="a.md").markers]


@pytest.mark.parametrize("opening", ["!!! note", '!!! tip "On pans"', "??? note", "???+ note", '=== "North"'])
def test_markers_in_an_admonition_or_a_tab_cite(opening: str) -> None:
    inner = "    It is mined [1].\n\n        salt = pans[3]\n\n    !!! note\n\n        It is boiled [2].\n"
    document = parse(f"Salt.\n\n{opening}\n\n{inner}{SALTS}", name="a.md")
    assert ["[1]", "[2]"] == [marker.text for marker in document.markers]
    assert ["salt = pans[3]"] == [span.of(document.text).strip() for span in document.structure.verbatim]


def test_markers_may_stand_behind_the_end_of_code() -> None:
    text = f"It is so [1].\n\n```\nsalt = [1]\n``` [2][3]\n\nIt is so.{SALTS}"
    assert ["[1]", "[2]", "[3]"] == [marker.text for marker in parse(text, name="a.md").markers]


def test_definitions_behind_such_code_are_read() -> None:
    defined = "[1]: https://salt.example/1\n[2]: https://salt.example/2\n"
    parsed = parse(f"It is so [1].\n\n```\nsalt\n``` [2]\n\nIt is so.{SALTS}\n{defined}", name="a.md")
    assert ["[1]", "[2]"] == [marker.text for marker in parsed.markers]


@pytest.mark.parametrize("margin", ["", "   "])
def test_tags_of_a_notation_are_no_markers(margin: str) -> None:
    lines = ("Ticket ::= SEQUENCE {", "   realm  [1] Realm,", "   sname  [2] PrincipalName", "}")
    notation = "".join(f"{margin}{line}\n" for line in lines)
    text = f"It is so [1], and so [3].\n\n{notation}\nIt is so.{SALTS}"
    assert ["[1]", "[3]"] == [marker.text for marker in parse(text, name="a.txt").markers]


def test_a_document_that_names_itself_cites_nothing() -> None:
    head = "Request for Comments: 9998\n\nThis is [RFC9998], and as in [RFC9997] and [RFC9999] it is so.\n\n"
    text = f"{head}References\n\n[RFC9997] Salts, 1901.\n\n[RFC9996] Pans, 1902.\n"
    assert ["[RFC9997]", "[RFC9999]"] == [marker.text for marker in parse(text, name="a.txt").markers]


def test_an_exclamation_before_a_marker_makes_no_picture_of_it() -> None:
    text = "It costs two pounds a day![1] It is sold [2].\n\n[1]: https://salt.example\n[2]: https://tea.example\n"
    assert ["[1]", "[2]"] == [marker.text for marker in parse(text, name="a.md").markers]


def test_a_list_may_follow_its_lead_without_a_blank_line() -> None:
    text = "It is so:\n- salt is mined in the hills\n- tea is cut [1]\n"
    claims = [claim.text for claim in parse(f"{text}{SALTS}", name="a.txt").claims]
    assert ["It is so:", "salt is mined in the hills", "tea is cut [1]"] == claims


def test_any_sign_that_parts_lines_is_a_space_within_one() -> None:
    text = f"It is mined [1].\u2028It is boiled [2].\x0bIt is sold [3].{SALTS}"
    assert ["[1]", "[2]", "[3]"] == [marker.text for marker in parse(text, name="a.md").markers]
