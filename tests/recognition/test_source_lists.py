"""Source lists: the headings that announce one, the forms of entries, and where lists and entries begin and end."""

from __future__ import annotations

import pytest

from citecheck import parse
from citecheck.model.document import Document
from citecheck.model.sources import ListKind

BODY = "Salt is mined [1]. It is boiled [2].\n\n"
ENTRIES = "1. Salts of the north, 1901.\n2. Pans of the south, 1902.\n"
HEADINGS = [
    # English
    "References",
    "Reference list",
    "References[edit]",
    "Applicable documents",
    "Applicable and reference documents",
    "Quellenliste",
    "Literatur- und Quellenverzeichnis",
    "Webgrafía",
    "References cited",
    "Sources",
    "Sources used",
    "Source list",
    "Bibliography",
    "Selected bibliography",
    "Works cited",
    "Works Consulted",
    "Literature",
    "Literature cited",
    "Citations",
    "Footnotes",
    "Endnotes",
    "Notes",
    "Notes and references",
    "References and notes",
    "Normative references",
    "Key sources",
    "Sources (accessed 2020)",
    "7. References",
    "7.2 Informative References",
    "VII. References",
    "A. References",
    "Appendix B: Sources",
    "REFERENCES",
    "📚 Sources",
    "**Sources**",
    # German
    "Quellen",
    "Quellenverzeichnis",
    "Quellenangaben",
    "Literatur",
    "Literaturverzeichnis",
    "Literatur und Quellen",
    "Einzelnachweise",
    "Nachweise",
    "Fußnoten",
    "Anmerkungen",
    "Belege",
    # French
    "Références",
    "Références bibliographiques",
    "Bibliographie",
    "Sources citées",
    "Ouvrages cités",
    "Notes et références",
    # Spanish
    "Referencias",
    "Referencias bibliográficas",
    "Fuentes",
    "Fuentes consultadas",
    "Bibliografía",
    "Obras citadas",
    "Notas",
    # Portuguese
    "Referências",
    "Referências bibliográficas",
    "Fontes",
    "Citações",
    # Italian
    "Riferimenti",
    "Riferimenti bibliografici",
    "Fonti",
    "Bibliografia",
    "Opere citate",
    # Dutch
    "Bronnen",
    "Bronvermelding",
    "Bronnenlijst",
    "Referenties",
    "Literatuurlijst",
    "Voetnoten",
    # Russian
    "Источники",
    "Список литературы",
    "Литература",
    "Примечания",
    "Ссылки",
    "Библиография",
    # Chinese
    "参考文献",
    "参考资料",
    "參考文獻",
    "资料来源",
    "引用来源",
    "引用",
    "来源",
    "注释",
    "主要参考文献",
    "五、参考资料",
    # Japanese
    "出典",
    "Lähdeluettelo",
    "Bibliography section",
    "The main sources",
    "Sources used in this report",
    "SOURCES USED IN THIS SECTION",
    "Works cited in the article",
    "References for this article",
    "Πηγές",
    "ΠΗΓΕΣ",
    "Βιβλιογραφία",
    "Odnośniki",
    "Použitá literatura",
    "Посилання",
    "المصادر والمراجع",
    "เอกสารอ้างอิง",
    "参照文献",
    "引用文献",
    "参考文献一覧",
    "脚注",
    # and others
    "Źródła",
    "Källor",
    "Kilder",
    "Lähteet",
    "Kaynakça",
    "Джерела",
    "참고문헌",
    "참고 자료",
]
READING = [
    "Selected further reading",
    "Further reading",
    "See also",
    "Related documents",
    "External links",
    "Related work",
    "Recommended reading",
    "Weiterführende Literatur",
    "Siehe auch",
    "Pour aller plus loin",
    "Voir aussi",
    "Véase también",
    "Leituras recomendadas",
    "Vedi anche",
    "Zie ook",
    "См. также",
    "延伸阅读",
    "関連項目",
]
OTHER = [
    "Reference implementation",
    "Reference architecture",
    "Meta reference",
    "API reference",
    "Notes on salt",
    "Sources of salt",
    "Data sources and methods",
    "Open source",
    "Quellen des Salzes",
    "Citation style",
    "Release notes",
    "Bibliography tools",
    "参考实现",
]
FORMS = [
    ("0. {}", ["0", "1"]),
    ("1. {}", ["1", "2"]),
    ("1) {}", ["1", "2"]),
    ("(1) {}", ["1", "2"]),
    ("[1] {}", ["1", "2"]),
    ("[1]. {}", ["1", "2"]),
    ("[1]: {}", ["1", "2"]),
    ("[[1]] {}", ["1", "2"]),
    ("\\[1\\] {}", ["1", "2"]),
    ("1: {}", ["1", "2"]),
    ("^1 {}", ["1", "2"]),
    ("^1^ {}", ["1", "2"]),
    ("¹ {}", ["1", "2"]),
    ("- [1] {}", ["1", "2"]),
    ("* [1] {}", ["1", "2"]),
    ("* 1. {}", ["1", "2"]),
    ("- 1) {}", ["1", "2"]),
    ("• [1] {}", ["1", "2"]),
    ("【1】 {}", ["1", "2"]),
    ("【1】{}", ["1", "2"]),
    ("［1］ {}", ["1", "2"]),
    ("[1](https://salt.example/1) {}", ["1", "2"]),
    ("**[1]** {}", ["1", "2"]),
    ("**1.** {}", ["1", "2"]),
    ("> [1] {}", ["1", "2"]),
    ("### [1] {}", ["1", "2"]),
    ("Source 1: {}", ["Source 1", "Source 2"]),
    ("- Source 1: {}", ["Source 1", "Source 2"]),
    ('<a id="ref1"></a>[1] {}', ["1", "2"]),
    ('<a id="ref1"></a> {}', ["1", "2"]),
    ('<a name="ref1">[1]</a> {}', ["1", "2"]),
    ("<sup>1</sup> {}", ["1", "2"]),
    ("1、{}", ["1", "2"]),
    ("1  {}", ["1", "2"]),
    ("01. {}", ["1", "2"]),
    ("１. {}", ["1", "2"]),
]


def document(text: str, format: str = "markdown") -> Document:
    return parse(text, name="example", format=format)


def labels(text: str, format: str = "markdown") -> list[list[str | None]]:
    """The labels of each list."""
    return [[source.label for source in listing.sources] for listing in document(text, format).source_lists]


def entries(text: str, format: str = "markdown") -> list[tuple[str | None, str]]:
    """Label and words of each entry, its line breaks folded."""
    return [(source.label, " ".join(source.text.split())) for source in document(text, format).sources]


# Headings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_announces_a_source_list(heading: str) -> None:
    (listing,) = document(f"# Salt\n\n{BODY}## {heading}\n\n{ENTRIES}").source_lists
    assert (ListKind.NUMBERED, ["1", "2"]) == (listing.kind, [source.label for source in listing.sources])
    assert heading.strip("*") == listing.heading


@pytest.mark.parametrize("heading", HEADINGS)
def test_so_does_a_bare_line_with_a_colon(heading: str) -> None:
    assert [["1", "2"]] == labels(f"{BODY}{heading.strip('*')}:\n\n{ENTRIES}", "text")
    assert [["1", "2"]] == labels(f"{BODY}{heading.strip('*')}:\n\n{ENTRIES}")


@pytest.mark.parametrize(
    "heading",
    [
        "# Sources",
        "###### Sources",
        "## Sources ##",
        "## Sources:",
        "Sources\n-------",
        "Sources\n=======",
        "**Sources**",
        "**Sources:**",
        "__Sources__",
        "Sources:",
        "Sources",
        "### *Sources*",
        "### `Sources`",
        "## Sources {#sources}",
        "---\n\nSources:",
    ],
)
def test_a_heading_may_be_written_in_any_way(heading: str) -> None:
    assert [["1", "2"]] == labels(f"{BODY}{heading}\n\n{ENTRIES}")


@pytest.mark.parametrize("heading", READING)
def test_a_list_for_further_reading_is_told_apart(heading: str) -> None:
    text = f"{BODY}## Sources\n\n{ENTRIES}\n## {heading}\n\n- Brines, 1903.\n- Kelps, 1904.\n"
    assert [ListKind.NUMBERED, ListKind.READING] == [listing.kind for listing in document(text).source_lists]


@pytest.mark.parametrize("heading", OTHER)
def test_other_headings_announce_none(heading: str) -> None:
    text = f"Salt is mined.\n\n## {heading}\n\n1. Weigh the salt.\n2. Boil it.\n"
    assert [] == labels(text)


def test_a_list_ends_at_the_next_heading_of_its_rank() -> None:
    text = f"{BODY}## Sources\n\n{ENTRIES}\n## Copyright\n\n1. Free to copy.\n2. Free to sell.\n"
    assert [["1", "2"]] == labels(text)


def test_a_list_goes_on_below_a_heading_of_lower_rank() -> None:
    text = f"{BODY}## Sources\n\n### North\n\n1. Salts, 1901.\n\n### South\n\n2. Pans, 1902.\n\n## Copyright\n\nNone.\n"
    assert ["1", "2"] == [source.label for source in document(text).sources]


def test_a_contents_list_is_no_source_list() -> None:
    text = f"Contents\n\n1. Salt .......... 1\n2. Sources ....... 2\n\n{BODY}Sources\n\n{ENTRIES}"
    assert [["1", "2"]] == labels(text, "text")


# Entries ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "expected"), FORMS, ids=[form for form, _ in FORMS])
def test_an_entry_may_be_written_in_any_form(form: str, expected: list[str]) -> None:
    first = form.format("A. Olsen, Salts of the north, 1901.")
    for digit in "01１¹":
        if digit in first.partition("A. Olsen")[0]:
            head, rest = first.split("A. Olsen")
            second = head.replace(digit, {"0": "1", "1": "2", "１": "２", "¹": "²"}[digit]) + "A. Olsen" + rest
            break
    if form.startswith("01."):
        second = first.replace("01.", "02.")
    (found,) = labels(f"Salt is mined [1].\n\n## Sources\n\n{first}\n\n{second}\n")
    assert expected == found


@pytest.mark.parametrize(
    "medium", ["[Online]. Available:", "[Online].Available:", "[Internet]. Salt Press; 1901.", "[EB/OL]."]
)
def test_a_line_that_begins_with_a_medium_goes_on_an_entry(medium: str) -> None:
    one = f"[1] A. Olsen, Salts of the north, 1901.\n{medium} https://salt.example/north"
    listing = f"{one}\n[2] B. Reed, Pans of the south, 1902.\n{medium} https://salt.example/south"
    for format in ("markdown", "text"):
        assert [["1", "2"]] == labels(f"{BODY}Sources:\n\n{listing}\n", format)
        assert (one.removeprefix("[1] ").replace("\n", " "),) == tuple(
            words for _, words in entries(f"{BODY}Sources:\n\n{listing}\n", format)
        )[:1]


def test_the_definition_of_an_entry_is_no_entry_of_its_own() -> None:
    listing = (
        "* [1]: [The north][1]\n* [2]: [The south][2]\n\n[1]: https://salt.example/1\n[2]: https://salt.example/2\n"
    )
    assert [["1", "2"]] == labels(f"{BODY}## Sources\n\n{listing}")


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("- Salt is white.\n- It is boiled.\n- See [the pans](pans.md).", 0),
        ("- Salt is white.\n- See [the pans](pans.md).", 1),
        ("- https://salt.example/1\n- https://salt.example/2", 1),
    ],
)
def test_items_that_lead_nowhere_are_no_further_reading(items: str, expected: int) -> None:
    assert expected == len(document(f"{BODY}## Resources\n\n{items}\n").source_lists)


def test_the_anchor_of_a_heading_is_no_entry() -> None:
    listing = '<a id="s1"></a> Salts, 1901.\n\n<a id="s2"></a> Pans, 1902.\n\n<a id="part3"></a>\n\n### Of the pans\n'
    assert [["1", "2"]] == labels(f"{BODY}## Sources\n\n{listing}")


def test_a_comment_is_no_part_of_an_entry() -> None:
    listing = "1. Salts <!-- to be checked --> of the north, 1901.\n2. Pans, 1902.\n"
    text = f"{BODY}## Sources\n\n{listing}"
    assert ["Salts of the north, 1901.", "Pans, 1902."] == [words for _, words in entries(text)]
    assert "Salts <!-- to be checked --> of the north, 1901." == entries(text, "text")[0][1]
    (first, _) = document(text).sources
    assert first.record.title
    assert "Salts of the north" == first.record.title.value


def test_an_anchor_that_encloses_a_link_numbers_the_entry() -> None:
    items = "".join(f'- <a id="ref-{number}">[Salt {number}](https://salt.example)</a>\n' for number in (1, 2, 3))
    assert [["1", "2", "3"]] == labels(f"{BODY}## Sources\n\n{items}")


@pytest.mark.parametrize(
    "form", [form for form, _ in FORMS if not form.startswith(("<a id", "###")) and "<sup>" not in form]
)
def test_the_words_of_an_entry_begin_behind_its_label(form: str) -> None:
    text = f"Salt is mined [1].\n\n## Sources\n\n{form.format('Salts of the north, 1901.')}\n"
    assert ["Salts of the north, 1901."] == [words for _, words in entries(text)]


@pytest.mark.parametrize("lines", ["\n", "\n\n"], ids=["close", "apart"])
@pytest.mark.parametrize("form", ["[{}] ", "{}. ", "- [{}] ", "【{}】"])
def test_entries_may_stand_close_or_apart(form: str, lines: str) -> None:
    listed = lines.join(f"{form.format(number)}Salts of region {number}, 190{number}." for number in range(1, 5))
    assert [["1", "2", "3", "4"]] == labels(f"{BODY}## Sources\n\n{listed}\n")


def test_one_entry_may_carry_several_labels() -> None:
    body = "Salt is mined [5], boiled [6] and sold [11]."
    text = f"{body}\n\nSources\n\n[5] [6] [11] https://salt.example/all\n[7] Pans, 1902.\n"
    assert [["5", "6", "11", "7"]] == labels(text)
    sources = document(text).sources
    assert 1 == len({source.span for source in sources[:3]})
    assert ["[5] [6] [11] https://salt.example/all"] == list({source.span.of(text) for source in sources[:3]})


def test_an_entry_may_have_its_labels_in_one_bracket() -> None:
    text = "Salt is mined [1], boiled [3], sold [2].\n\n## Sources\n\n- [1, 3]: https://salt.example/a\n- [2]: https://salt.example/b\n"
    assert [["1", "3", "2"]] == labels(text)


def test_an_entry_may_go_on_in_further_lines() -> None:
    text = f"{BODY}## Sources\n\n[1] A. Olsen, Salts of\n    the north,\n    1901.\n[2] Pans, 1902.\n"
    assert [("1", "A. Olsen, Salts of the north, 1901."), ("2", "Pans, 1902.")] == entries(text)
    assert [("1", "A. Olsen, Salts of the north, 1901."), ("2", "Pans, 1902.")] == entries(text, "text")


def test_a_line_of_an_entry_may_begin_with_a_marker() -> None:
    text = f"{BODY}Sources\n\n[1] A. Olsen, whose tables were copied by\n    [2], 1901.\n[2] Pans, 1902.\n"
    assert ["1", "2"] == [label for label, _ in entries(text, "text")]


def test_an_entry_may_have_several_paragraphs() -> None:
    first = "1. Salts of the north, 1901.\n\n   A reprint is in the library.\n\n"
    text = f"{BODY}## Sources\n\n{first}2. Pans, 1902.\n\nThe end.\n"
    assert [("1", "Salts of the north, 1901. A reprint is in the library."), ("2", "Pans, 1902.")] == entries(text)


def test_an_address_below_an_entry_belongs_to_it() -> None:
    text = f"{BODY}Sources\n\n[1] Salts, 1901.\n\nhttps://salt.example/1\n\n[2] Pans, 1902.\n\nhttps://salt.example/2\n"
    assert [("1", "Salts, 1901. https://salt.example/1"), ("2", "Pans, 1902. https://salt.example/2")] == entries(text)


def test_text_below_the_last_entry_does_not() -> None:
    text = f"{BODY}Sources\n\n{ENTRIES}\nThis page was last changed in May.\n"
    assert ("2", "Pans of the south, 1902.") == entries(text)[-1]


def test_an_empty_entry_is_one() -> None:
    assert [("1", "Salts, 1901."), ("2", "")] == entries(f"{BODY}## Sources\n\n1. Salts, 1901.\n2.\n")


def test_a_table_row_is_an_entry() -> None:
    text = f"{BODY}## Sources\n\n| No. | Work |\n| --- | --- |\n| 1 | Salts, 1901 |\n| [2] | Pans, 1902 |\n"
    assert [("1", "Salts, 1901"), ("2", "Pans, 1902")] == entries(text)


def test_a_list_without_labels_is_one_list_that_nothing_can_resolve_to() -> None:
    (listing,) = document(f"{BODY}## Sources\n\n- Salts of the north, 1901.\n- Pans of the south, 1902.\n").source_lists
    assert (ListKind.UNLABELLED, [None, None]) == (listing.kind, [source.label for source in listing.sources])


def test_entries_by_words() -> None:
    text = (
        "As in [KLE+14] and [Salt99].\n\n## References\n\n[KLE+14] Kelp on ropes, 2014.\n\n[Salt99] Salt lakes, 1999.\n"
    )
    assert [["KLE+14", "Salt99"]] == labels(text)


@pytest.mark.parametrize("feed", ["\f\n", "\n"])  # pages copied from the web have only their running lines
def test_a_printed_page_break_cuts_no_entry(feed: str) -> None:
    text = (
        "   Salt is mined [1].  It is boiled [2].\n\n4.  References\n\n"
        '   [1]  Olsen, A., "Salts of the\n\n\n\nOlsen               Informational            [Page 3]\n'
        + feed
        + 'RFC 9999              Salts              May 1999\n\n\n        north", 1901.\n\n'
        '   [2]  Pans, P., "Pans", 1902.\n\n\n\nOlsen               Informational            [Page 4]\n'
        + feed
        + "RFC 9999              Salts              May 1999\n\n\nAuthor's Address\n\n   A. Olsen\n"
    )
    assert [("1", 'Olsen, A., "Salts of the north", 1901.'), ("2", 'Pans, P., "Pans", 1902.')] == entries(text, "text")


# Without a heading ------------------------------------------------------------------------------------------


def test_a_closing_run_of_numbered_entries_is_a_list() -> None:
    text = f"{BODY}1. “Salts of the north” The Salt, 2 Mar. 1901,\n\n2. “Pans of the south” The Pan, 3 Mar. 1902,\n"
    assert [["1", "2"]] == labels(text, "text")
    assert [["1", "2"]] == labels(text)
    assert [None] == [listing.heading for listing in document(text).source_lists]


def test_a_closing_run_may_count_from_0() -> None:
    text = (
        "Salt is mined.[0] It is boiled.[1]\n\n0. “Salts” The Salt, 2 Mar. 1901,\n\n1. “Pans” The Pan, 3 Mar. 1902,\n"
    )
    assert [["0", "1"]] == labels(text, "text")


def test_steps_that_nothing_cites_are_no_list() -> None:
    assert [] == labels("Make salt so:\n\n1. Boil the brine.\n2. Skim it.\n3. Dry the salt.\n")


def test_definitions_may_stand_anywhere() -> None:
    first = "Salt is mined [1].\n\n[1]: https://salt.example/1 “Salts”\n\n"
    text = f"{first}It is boiled [2].\n\n[2]: https://salt.example/2\n\nThe end.\n"
    assert ["1", "2"] == [source.label for source in document(text).sources]


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        ("- [K1] Kelp on ropes, 2014.\n- [K2] Salt lakes, 1999.", ["K1", "K2"]),
        ("- [K] Kelp on ropes, 2014.\n- [S] Salt lakes, 1999.", [None, None]),  # one letter is no name
        ("- [K1, K2] Kelp on ropes, 2014.\n- [K3] Salt lakes, 1999.", ["K3"]),
        ("- [Kelp](https://kelp.example), 2014.\n- [Salt](https://salt.example), 1999.", [None, None]),
        ("- [Kelp][k] on ropes, 2014.\n- [Salt][s] lakes, 1999.\n\n[k]: /k\n[s]: /s", [None, None]),
        ("- [Kelp]\n- [Salt]\n\n[kelp]: https://kelp.example\n[SALT]: https://salt.example", [None, None]),
        ("- [K1] Kelp on ropes, 2014.\n- [K2] Salt lakes, 1999.\n\n[Salt]: https://salt.example", ["K1", "K2"]),
        ("- [Kelp on long ropes] 2014.\n- [Salt of the old lakes] 1999.", [None, None]),  # titles
        ("- [Kelp on Ropes] by Rowe, 2014.\n- [Salt Lakes] by Moss, 1999.", ["Kelp on Ropes", "Salt Lakes"]),
        ("- [kelp] On ropes, 2014.\n- [salt] Of lakes, 1999.", [None, None]),
        ("- [x] Kelp, 2014.\n- [ ] Salt, 1999.", [None, None]),
    ],
)
def test_a_word_in_brackets_may_name_a_source(listing: str, expected: list[str | None]) -> None:
    named = " ".join(f"[{label}]" for label in expected if label)
    sources = document(f"As in {named} and so on.\n\n## References\n\n{listing}\n").sources
    assert expected == [source.label for source in sources]


@pytest.mark.parametrize(
    ("words", "unused"),
    [
        ("As in [ISO-646] it is, and in [ECMA-6].", []),
        ("As in [ISO-646, ECMA-6] it is.", []),
        ("As in [ISO-646] it is, and in `[ECMA-6]`.", ["ECMA 6"]),
        ("As in [ISO-646] it is, and in [ECMA-7].", ["ECMA 6"]),
    ],
)
def test_a_name_may_be_punctuated_otherwise_where_it_is_used(words: str, unused: list[str]) -> None:
    text = f"{words}\n\n## References\n\n[ISO 646] Codes, 1991.\n\n[ECMA 6] More codes, 1991.\n"
    parsed = document(text)
    assert unused == [source.label for source in parsed.sources if source.key and source.key not in parsed.cited]


def test_a_definition_may_open_the_text() -> None:
    assert [["1"]] == labels("[1]: /salt\n\nSee [it][1].\n")


def test_words_in_brackets_that_the_text_never_uses_are_no_labels() -> None:
    listing = "- [K1] Kelp on ropes, 2014.\n- [K2] Salt lakes, 1999.\n"
    assert [[None, None]] == labels(f"As was said.\n\n## References\n\n{listing}")
    assert [["K1", "K2"]] == labels(f"As in [K2].\n\n## References\n\n{listing}")


def test_named_definitions_are_links_and_no_sources() -> None:
    assert [] == labels(
        "See the [manual].\n\n[manual]: https://salt.example/manual\n[Guide]: https://salt.example/guide\n"
    )


# Footnotes --------------------------------------------------------------------------------------------------


def test_footnote_definitions_are_one_list_wherever_they_stand() -> None:
    second = "[^pan]: Pans, 1902.\n\n    A reprint is in the library.\n\n"
    text = f"Salt.[^1]\n\n[^1]: Salts, 1901.\n\nPans.[^pan]\n\n{second}End.\n"
    (listing,) = document(text).source_lists
    assert ListKind.FOOTNOTES == listing.kind
    assert [("1", "Salts, 1901."), ("pan", "Pans, 1902. A reprint is in the library.")] == entries(text)


def test_a_footnote_in_a_sentence_defines_nothing() -> None:
    assert [("1", "Salts, 1901.")] == entries("It was only the salt[^1]: nothing else.\n\n[^1]: Salts, 1901.\n")


def test_footnotes_and_a_numbered_list_stand_side_by_side() -> None:
    text = f"Salt is mined [1].[^1] It is boiled [2].\n\n[^1]: In winter too.\n\n## Sources\n\n{ENTRIES}"
    kinds = {listing.kind: [source.label for source in listing.sources] for listing in document(text).source_lists}
    assert {ListKind.FOOTNOTES: ["1"], ListKind.NUMBERED: ["1", "2"]} == kinds
