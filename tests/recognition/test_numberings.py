"""Numberings: which list a label belongs to, where a document has several, and how labels are counted."""

from __future__ import annotations

import pytest

from citecheck import parse
from citecheck.model.citations import FOOTNOTES
from citecheck.model.document import Document

NORTH = "1. Salts of the north, 1901.\n2. Pans of the north, 1902.\n"
SOUTH = "1. Salts of the south, 1903.\n2. Pans of the south, 1904.\n"


def document(text: str, format: str = "markdown") -> Document:
    return parse(text, name="example", format=format)


def resolved(text: str, format: str = "markdown") -> list[tuple[str, list[str]]]:
    """Each citation, with the words of the sources that it resolves to."""
    parsed = document(text, format)
    return [
        (citation.label, [source.text.strip() for source in parsed.listed.get(citation.key, ())])
        for citation in parsed.citations
    ]


def unresolved(text: str, format: str = "markdown") -> list[str]:
    return [label for label, sources in resolved(text, format) if not sources]


def unused(text: str, format: str = "markdown") -> list[str | None]:
    parsed = document(text, format)
    return [source.label for source in parsed.sources if source.key and source.key not in parsed.cited]


def test_each_section_may_have_its_own_list() -> None:
    north = f"# North\n\nSalt [1], pans [2].\n\n## Sources\n\n{NORTH}"
    text = f"{north}\n# South\n\nSalt [1], pans [2].\n\n## Sources\n\n{SOUTH}"
    assert [
        ("1", ["Salts of the north, 1901."]),
        ("2", ["Pans of the north, 1902."]),
        ("1", ["Salts of the south, 1903."]),
        ("2", ["Pans of the south, 1904."]),
    ] == resolved(text)


def test_a_label_of_another_section_does_not_count() -> None:
    more = "3. Brines of the north, 1905.\n"
    north = f"# North\n\nSalt [1], pans [2], brine [3].\n\n## Sources\n\n{NORTH}{more}"
    text = f"{north}\n# South\n\nSalt [1], pans [2], brine [3].\n\n## Sources\n\n{SOUTH}"
    assert ["3"] == unresolved(text)


def test_answers_pasted_one_after_the_other_have_a_list_each() -> None:
    one = "Salt [1], pans [2].\n\nSources:\n[1] https://salt.example/1\n[2] https://salt.example/2\n"
    two = "Kelp [1], ropes [2].\n\nSources:\n[1] https://kelp.example/1\n[2] https://kelp.example/2\n"
    assert ["https://salt.example/1", "https://salt.example/2", "https://kelp.example/1", "https://kelp.example/2"] == [
        source for _, (source,) in resolved(f"{one}\n{two}")
    ]


def test_two_lists_may_share_one_numbering() -> None:
    normative = "## Normative references\n\n[1] Salts, 1901.\n[2] Pans, 1902.\n"
    listed = f"{normative}\n## Informative references\n\n[3] Kelps, 1903.\n"
    assert [] == unresolved(f"Salt [1], pans [2], kelp [3].\n\n{listed}")
    assert [] == unused(f"Salt [1], pans [2], kelp [3].\n\n{listed}")


@pytest.mark.parametrize(
    ("second", "numberings"),
    [
        ("1. Salts of the south, 1903.\n3. Kelps, 1905.\n", [0, 1]),  # it begins with another work
        ("2. Pans of the south, 1904.\n3. Kelps, 1905.\n", [0, 0]),  # a slip of the writer
        ("2. Pans of the north, 1902.\n3. Kelps, 1905.\n", [0, 0]),
        ("1. Salts of the south, 1903.\n2. Pans of the north, 1902.\n3. Brines of the north, 1905.\n", [0, 0]),
        ("1. Salts of the south, 1903.\n2. Pans of the south, 1904.\n3. Brines of the north, 1905.\n", [0, 1]),
        ("3. Kelps, 1905.\n4. Ropes, 1906.\n", [0, 0]),
    ],
)
def test_a_section_begins_where_most_of_the_labels_stand_for_other_works(second: str, numberings: list[int]) -> None:
    more = "3. Brines of the north, 1905.\n" if "Brines" in second else ""
    north = f"# North\n\nSalt [1], pans [2].\n\n## Sources\n\n{NORTH}{more}"
    text = f"{north}\n# South\n\nSalt [1], pans [2].\n\n## Sources\n\n{second}"
    assert numberings == [each.numbering for each in document(text).source_lists]


def test_a_list_may_be_repeated_at_the_end() -> None:
    text = f"# North\n\nSalt [1], pans [2].\n\n### Sources\n\n{NORTH}\n# South\n\nSalt [1].\n\n# References\n\n{NORTH}"
    assert ([], []) == (unresolved(text), unused(text))


def test_a_list_may_stand_before_the_text() -> None:
    text = f"# Sources\n\n{NORTH}\n# Salt\n\nSalt [1], pans [2].\n"
    assert ([], []) == (unresolved(text), unused(text))


def test_footnotes_have_a_numbering_of_their_own() -> None:
    text = f"Salt [1].[^1] Pans [2].\n\n[^1]: In winter.\n\n## Sources\n\n{NORTH}"
    words = [sources for _, sources in resolved(text)]
    assert [["Salts of the north, 1901."], ["In winter."], ["Pans of the north, 1902."]] == words


def test_footnote_marks_may_mean_a_numbered_list() -> None:
    assert [("1", ["Salts of the north, 1901."])] == resolved(f"Salt.[^1]\n\n## Sources\n\n{NORTH}")


def test_brackets_may_mean_footnotes() -> None:
    parsed = document("Salt [1], pans [2].\n\n[^1]: Salts, 1901.\n[^2]: Pans, 1902.\n")
    assert {FOOTNOTES} == {citation.key.numbering for citation in parsed.citations}
    assert 2 == len(parsed.citations)


@pytest.mark.parametrize("start", [0, 1, 5, 12])
def test_a_list_may_count_from_any_number(start: int) -> None:
    listed = "".join(f"[{start + place}] Salts of region {place}, 190{place}.\n" for place in range(3))
    text = f"Salt [{start}], pans [{start + 1}], kelp [{start + 2}].\n\n## Sources\n\n{listed}"
    assert ([], []) == (unresolved(text), unused(text))


def test_a_lazily_numbered_list_counts_up() -> None:
    text = "Salt [1], pans [2], kelp [3].\n\n## Sources\n\n1. Salts, 1901.\n1. Pans, 1902.\n1. Kelps, 1903.\n"
    assert [("1", ["Salts, 1901."]), ("2", ["Pans, 1902."]), ("3", ["Kelps, 1903."])] == resolved(text)


def test_a_lazily_numbered_list_may_count_from_0() -> None:
    text = "Salt [0], pans [1].\n\n## Sources\n\n0. Salts, 1901.\n0. Pans, 1902.\n"
    assert [("0", ["Salts, 1901."]), ("1", ["Pans, 1902."])] == resolved(text)


def test_plain_text_counts_nothing_itself() -> None:
    text = "Salt [1].\n\nSources\n\n1. Salts, 1901.\n1. Pans, 1902.\n"
    assert ["1", "1"] == [source.label for source in document(text, "text").sources]


@pytest.mark.parametrize(
    ("labels", "rendered"),
    [
        ((1, 2, 3), (1, 2, 3)),
        ((3, 5, 6), (3, 4, 5)),
        ((1, 3, 3), (1, 2, 3)),
        ((0, 1, 2), (0, 1, 2)),
    ],
)
def test_a_written_number_is_the_label_and_the_shown_one_is_kept(
    labels: tuple[int, ...], rendered: tuple[int, ...]
) -> None:
    listed = "".join(f"{label}. Salts of region {place}, 190{place}.\n" for place, label in enumerate(labels))
    sources = document(f"Salt [{labels[0]}], pans [{labels[1]}].\n\n## Sources\n\n{listed}").sources
    assert [str(label) for label in labels] == [source.label for source in sources]
    assert list(rendered) == [source.rendered for source in sources]


def test_a_bracketed_label_is_not_counted_by_markdown() -> None:
    sources = document("Salt [3].\n\n## Sources\n\n- [3] Salts, 1901.\n- [5] Pans, 1902.\n").sources
    assert [("3", None), ("5", None)] == [(source.label, source.rendered) for source in sources]


@pytest.mark.parametrize(
    ("cited", "listed"),
    [
        ("[1]", "[01]"),
        ("[01]", "[1]"),
        ("[１]", "[1]"),
        ("[rfc2119]", "[RFC2119]"),
        ("[RFC 2119]", "[RFC2119]"),
        ("［1］", "[1]"),
    ],
)
def test_labels_are_compared_without_case_space_and_leading_zeros(cited: str, listed: str) -> None:
    text = f"Salt is as {cited} has it.\n\n## References\n\n{listed} Key words, 1997.\n"
    assert [["Key words, 1997."]] == [sources for _, sources in resolved(text)]


def test_reference_links_and_definitions_are_one_source_each() -> None:
    text = "[Salt][1] and [pans][2].\n\n[1]: https://salt.example/1\n[2]: https://salt.example/2\n"
    assert ([], []) == (unresolved(text), unused(text))


def test_a_list_in_words_and_its_definitions_are_one_list() -> None:
    words = "## Sources\n\n[[1]] Salts, 1901.\n\n[[2]] Pans, 1902.\n"
    text = f"Salt [[1]], pans [[2]].\n\n{words}\n[1]: https://salt.example/1\n[2]: https://salt.example/2\n"
    assert ([], []) == (unresolved(text), unused(text))
    assert ["1", "2"] == [source.label for source in document(text).sources]
