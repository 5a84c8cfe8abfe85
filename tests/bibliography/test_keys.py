"""Citations by key in Markdown: where a key begins and ends, what cites, and what only names somebody."""

from __future__ import annotations

import time

import pytest

from citecheck import lint, parse

FRONT = "---\nreferences:\n- id: salt\n  title: Salt\n- id: stone2001\n  title: Stone\n---\n\n"


def cited(words: str) -> list[str]:
    """The labels that a document cites whose bibliography lists `salt` and `stone2001`."""
    return [label for marker in parse(FRONT + words + "\n").markers for label in marker.labels]


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("It is so [@salt].", ["salt"]),
        ("It is so [see @salt, pp. 33--35; also -@stone2001, ch. 1].", ["salt", "stone2001"]),
        ("It is so [@salt,@stone2001].", ["salt", "stone2001"]),
        ("As @salt [p. 3] says.", ["salt"]),
        ("As @salt says.", ["salt"]),
        ("As @stone2001. So it is.", ["stone2001"]),
        ("It is so [@Foo_bar.baz.].", ["Foo_bar.baz"]),
        ("It is so [@a--b].", ["a"]),
        ("It is so [@doi:10.1000/x-1].", ["doi:10.1000/x-1"]),
        ("It is so [@{https://a.test/x?y}].", ["https://a.test/x?y"]),
        ("It is so [@Öhman2015; @ΑΒ_1].", ["Öhman2015", "ΑΒ_1"]),
        ("It is so.^[See @salt, and [@stone2001].]", ["salt", "stone2001"]),
        ("It is so[^n].\n\n[^n]: As in [@salt].", ["n", "salt"]),
        ("> Quoted [@salt]\n>\n> and @stone2001", ["salt", "stone2001"]),
        ("It is {cite}`salt` and {cite:p}`stone2001,nobody`.", ["salt", "stone2001", "nobody"]),
        ("It is {cite:t}`{see}salt{p. 3}`.", ["salt"]),
    ],
)
def test_keys_are_read_as_pandoc_and_myst_read_them(words: str, labels: list[str]) -> None:
    assert labels == cited(words)


@pytest.mark.parametrize(
    "words",
    [
        "Thanks to @alice and @bob.",
        "Write to salt@stone2001.example or a@salt.",
        r"An escaped \@salt, and \@ref(fig:salt).",
        "See `@salt`, and [`@salt`](https://a.test/@salt).",
        "See <https://a.test/@salt> and https://a.test/@salt.",
        "See [@salt](https://a.test) and [@salt][link].\n\n[link]: https://a.test",
        "See @fig-tides, @tbl-x, [@sec-one; @eq-two] and @thm-three.",
        "The package @types/node needs `npm i @types/react`.",
        "```{r}\n@salt\n```\n\n    @salt in code",
        "$@salt$ and\n\n$$\n@salt\n$$",
        '<a href="@salt">x</a> <!-- [@salt] -->',
        '![A wall](wall.png){fig-alt="as @stone1999 shows"}',
        "(@good) An example.\n\nAs (@good) shows.",
    ],
)
def test_what_only_looks_like_a_key_cites_nothing(words: str) -> None:
    assert [] == cited(words)


def test_a_figure_that_is_also_a_key_is_cited_where_it_is_listed() -> None:
    text = "---\nreferences:\n- id: fig-leaf\n  title: Leaves\n---\n\nAs @fig-leaf and [@fig-tree] show.\n"
    assert ["fig-leaf"] == [label for marker in parse(text).markers for label in marker.labels]


def findings(words: str) -> list[tuple[str, str, str]]:
    text = FRONT + words + "\n"
    return [(each.code, text[each.span.start : each.span.end], each.message) for each in lint(text)]


@pytest.mark.parametrize(
    ("words", "place", "message"),
    [
        ("It is so [@slat].", "[@slat]", "no source is labelled slat; did you mean salt?"),
        ("It is so [@salt; see @nobody2001].", "nobody2001", "no source is labelled nobody2001"),
        ("As @stone2002 says.", "@stone2002", "no source is labelled stone2002; did you mean stone2001?"),
        ("As @stne2001 says.", "@stne2001", "no source is labelled stne2001; did you mean stone2001?"),
        ("As {cite}`nobody` says.", "{cite}`nobody`", "no source is labelled nobody"),
    ],
)
def test_a_key_that_is_not_listed_is_told_with_the_nearest(words: str, place: str, message: str) -> None:
    assert [("CC101", place, message)] == findings(words)


def test_without_a_bibliography_nothing_is_a_key() -> None:
    text = "As @smith2001 says [@jones2002, p. 3].\n"
    assert () == parse(text).markers
    assert [] == lint(text)


def test_of_a_bibliography_that_nobody_has_looked_for_no_key_is_undefined() -> None:
    text = "---\nbibliography: refs.bib\n---\n\nAs @alice says [@jones2002, p. 3].\n"
    assert [("jones2002",)] == [marker.labels for marker in parse(text).markers]
    assert ["CC902"] == [each.code for each in lint(text)]


def test_the_entries_of_front_matter_are_checked_by_their_fields() -> None:
    text = (
        "---\nreferences:\n- id: salt\n  title: Salt\n  DOI: 10.1007/978-3.\n  issued:\n    date-parts: [[1999, 13]]\n"
        "- id: stone\n  URL: htps://a.test/x\n  title: Stone\n- id: empty\n---\n\nIt is so [@salt; @stone].\n"
    )
    expected = [
        ("CC402", "10.1007/978-3."),
        ("CC310", "[[1999, 13]]"),
        ("CC401", "htps://a.test/x"),
        ("CC301", "empty"),
    ]
    places = [(each.code, text[each.span.start : each.span.end].strip()) for each in lint(text)]
    assert [(code, place if code != "CC310" else places[1][1]) for code, place in expected] == places


@pytest.mark.parametrize(
    "shape", ["[@a " * 50_000, "@{" * 100_000, "@a" * 200_000, "[" * 50_000 + "@a", "@a [" * 50_000]
)
def test_hostile_shapes_are_read_in_time(shape: str) -> None:
    parse(FRONT + shape)


def test_footnotes_behind_the_full_stop_are_not_measured_by_keys_before_it() -> None:
    words = (
        "The walls were raised [@salt]. " * 20 + "They sank again.[^1] They were raised anew [@salt].\n\n[^1]: Salt.\n"
    )
    assert [] == lint(FRONT + words)


def test_many_unknown_keys_are_told_in_time_and_the_first_with_a_hint() -> None:
    front = "---\nreferences:\n" + "".join(f"- id: walls{number}\n  title: A\n" for number in range(3_000)) + "---\n\n"
    words = "".join(f"As [@wallz{number}] and @nobody_{number} say.\n\n" for number in range(3_000))
    start = time.process_time()
    found = [each for each in lint(front + words) if each.code == "CC101"]
    assert time.process_time() - start < 30
    assert "no source is labelled wallz0; did you mean walls0?" == found[0].message
    assert 6_000 == len(found)
