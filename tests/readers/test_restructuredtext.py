"""reStructuredText: what docutils reads as a footnote or a citation is one, and what it does not read is told."""

from __future__ import annotations

import random
from collections.abc import Sequence

import docutils.core
import pytest
from docutils import nodes

from citecheck import lint, parse
from citecheck.model.document import Document
from citecheck.model.settings import Settings

NOTES = "\n\n.. [1] Salts, 1901.\n.. [2] Pans, 1902.\n"


def read(text: str) -> Document:
    return parse(text, name="salt.rst")


def cited(text: str) -> list[str]:
    return [label for marker in read(text).markers for label in marker.labels]


def listed(text: str) -> list[str | None]:
    return [source.label for source in read(text).sources]


def found(text: str, *codes: str) -> list[tuple[str, int, str | None]]:
    return [
        (each.code, each.start.line, each.label) for each in lint(text, name="a.rst", settings=Settings(select=codes))
    ]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("It is mined [1]_ and boiled [2]_.", ["1", "2"]),
        ("It is mined ([1]_), boiled [2]_; sold.", ["1", "2"]),
        ("It is mined\n[1]_\nand boiled.", ["1"]),
        ("* It is mined [1]_.\n* It is boiled [2]_.", ["1", "2"]),
        (".. note:: It is mined [1]_.\n\n   It is boiled [2]_.", ["1", "2"]),
        ("A title [1]_\n============\n\nIt is so.", ["1"]),
        ("===========\nTitle [1]_\n===========\n\nIt is so.", ["1"]),
        ("+-----+----------+\n| a   | b [1]_   |\n+-----+----------+", ["1"]),
        ("==== ======\nsalt b [1]_\n==== ======\n", ["1"]),
        ("1. Step one::\n\n     code [9]_\n\n   Then [1]_.", ["1"]),
        ("The source [Knuth84]_ says so.", ["Knuth84"]),
        ("| It is mined [1]_\n| and boiled [2]_", ["1", "2"]),
        ("Term [1]_\n   It is defined [2]_.", ["1", "2"]),
        (":Author: A. Moss [1]_", ["1"]),
    ],
)
def test_references_cite(text: str, labels: list[str]) -> None:
    assert labels == cited(text + NOTES)


@pytest.mark.parametrize(
    "text",
    [
        "It is ``salt[1]_`` and `pan [1]_`.",
        "It is so::\n\n   salt [1]_",
        "It is so::\n\n> salt [1]_\n> pan [2]_",
        ".. code-block:: md\n\n   ## Policy [1]_ [2]",
        ".. math:: x [1]_",
        ".. This is a comment [1]_\n   that goes on [2]_.",
        ">>> salt [1]_",
        ".. |salt| image:: salt[1].png",
        ".. toctree::\n   :maxdepth: 2\n\n   salt [1]_",
        ":param list[int] salt: the `salt[1]`",
    ],
)
def test_code_and_comments_do_not(text: str) -> None:
    assert [] == cited(text + NOTES)


@pytest.mark.parametrize(
    ("notes", "labels"),
    [
        (".. [1] Salts.\n.. [2] Pans.", ["1", "2"]),
        (".. [1] Salts.\n\n   More of it.\n\n.. [2] Pans.", ["1", "2"]),
        ("* .. [1] Salts.\n* .. [2] Pans.", ["1", "2"]),
        ("  .. [1] Salts.\n  .. [2] Pans.", ["1", "2"]),
        (".. [#] Salts.\n.. [1] Pans.\n.. [#mill] Mills.", ["2", "1", "mill"]),
        (".. [*] Salts.\n.. [*] Pans.", ["*", "†"]),
        (".. [1]\n   Salts.\n.. [2] Pans.", ["1", "2"]),
        (".. [Knuth84] Pans.\n.. [29c3] Salts.", ["Knuth84", "29c3"]),
        (".. _[1]: https://salt.example", ["1"]),
    ],
)
def test_entries_are_listed(notes: str, labels: list[str]) -> None:
    assert labels == listed(f"It is so.\n\n{notes}\n")


def test_anonymous_notes_are_named_in_their_order() -> None:
    text = "It is mined [#]_, boiled [2]_, sold [#]_.\n\n.. [2] Two.\n.. [#] First.\n.. [#] Second.\n"
    assert ["1", "2", "3"] == cited(text)
    assert [] == found(text, "CC1")


def test_what_names_nothing_and_what_nothing_names_is_told() -> None:
    text = f"It is mined [1]_ and sold [3]_.{NOTES}"
    assert [("CC101", 1, "3"), ("CC102", 4, "2")] == found(text, "CC1")


def test_keys_may_be_listed_in_another_document() -> None:
    assert [] == found("It is mined [Moss99]_.\n", "CC1")
    assert [] == found("It is mined.\n\n.. [Holt01] Pans, 2001.\n", "CC1")
    own = "It is mined [Moss99]_.\n\n.. [Holt01] Pans, 2001.\n"
    assert [("CC101", 1, "Moss99"), ("CC102", 3, "Holt01")] == found(own, "CC1")
    assert [("CC103", 4, "Moss99")] == found("It is so.\n\n.. [Moss99] Salts.\n.. [Moss99] Pans.\n", "CC103")


def test_an_escaped_bracket_is_no_reference() -> None:
    assert [] == list(read(f"It is escaped \\\\[1]_ here.{NOTES}").structure.citations)


def test_a_list_that_nothing_cites_is_a_bibliography() -> None:
    assert [] == found(f"It is so.{NOTES}", "CC1")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("It is so in REP 143[1]_, see there.", "It is so in REP 143\\ [1]_, see there."),
        ("It is mined.[1]_ It is sold.", "It is mined. [1]_ It is sold."),
        ("It is mined [1] _ there.", "It is mined [1]_ there."),
        ("It is mined [1]__ there.", "It is mined [1]_ there."),
        ("It is mined [1]_there.", "It is mined [1]_\\ there."),
    ],
)
def test_a_reference_that_is_shown_raw_is_mended(wrong: str, right: str) -> None:
    text = f"{wrong} And [2]_.{NOTES}"
    (fault,) = lint(text, name="a.rst", settings=Settings(select=("CC1",)))
    assert "CC105" == fault.code
    assert fault.fix
    (edit,) = fault.fix.edits
    fixed = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert f"{right} And [2]_.{NOTES}" == fixed
    assert ["1", "2"] == cited(fixed)
    assert _docutils(fixed) == (2, 2)


@pytest.mark.parametrize("entry", [".. [2]: Pans, 1902.", "..[2] Pans, 1902.", ".. [2]Pans, 1902."])
def test_an_entry_that_is_a_comment_is_mended(entry: str) -> None:
    text = f"It is mined [1]_ and boiled [2]_.\n\n.. [1] Salts, 1901.\n\n{entry}\n"
    (fault,) = [each for each in lint(text, name="a.rst") if each.code == "CC105"]
    assert fault.fix
    (edit,) = fault.fix.edits
    fixed = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert ["1", "2"] == listed(fixed)
    assert _docutils(fixed) == (2, 2)


@pytest.mark.parametrize("text", ["def f(x: list[int]_): pass", "The array a[1]_x is so.", "Type `x[1]`_ there."])
def test_code_without_notes_is_no_fault(text: str) -> None:
    assert [] == found(text, "CC1")


def test_a_bare_number_may_name_a_native_note() -> None:
    text = f"It is mined [1] and boiled [2].{NOTES}"
    assert ["1", "2"] == cited(text)
    assert [] == found(text, "CC101", "CC102")


def test_headings_have_levels_in_the_order_met() -> None:
    text = "=====\nSalts\n=====\n\nMines\n-----\n\nPans\n~~~~\n\nSeas\n-----\n"
    assert [("Salts", 1), ("Mines", 2), ("Pans", 3), ("Seas", 2)] == [
        (each.title, each.level) for each in read(text).structure.headings
    ]


def test_an_ignore_comment_silences() -> None:
    assert [] == found(f"It is mined [1]_ and sold [3]_.\n\n.. citecheck: ignore-file CC101 CC102{NOTES}", "CC1", "CC9")


# Against docutils -------------------------------------------------------------------------------------------


def _docutils(text: str) -> tuple[int, int]:
    """How many notes and citations docutils reads in a text, and how many references to them, resolved or not."""
    quiet = {"report_level": 5, "halt_level": 6, "_disable_config": True, "syntax_highlight": "none"}
    tree = docutils.core.publish_doctree(text, settings_overrides=quiet)
    entries = [*tree.findall(nodes.footnote), *tree.findall(nodes.citation)]
    references = [*tree.findall(nodes.footnote_reference), *tree.findall(nodes.citation_reference)]
    lost = [each for each in tree.findall(nodes.problematic) if each.astext().endswith("]_")]
    return len(entries), len(references) + len(lost)


WORDS = ["salt", "It is mined", "pans and seas", "``code [1]_``", "*boiled*", "\\[1]_", "(see", "mined)", "list[1]"]
MARKS = [" [1]_", " [#]_", " [#mill]_", " [*]_", " [Moss99]_", "[2]_", " ([2]_)", " [2]_.", " -[1]_", " [1] _ ", " `x`"]
ENTRIES = [".. [1] Salts.", ".. [#] Pans.", ".. [#mill] Mills.", ".. [*] Seas.", ".. [Moss99] Moss.", ".. [2]\n   Two."]
BLOCKS = ["{}", "* {}", "1. {}", ".. note:: {}", "  {}", ":field: {}", "{}::\n\n   code [1]_", ".. {}", "| {}"]


def _sentence(chance: random.Random) -> str:
    return "".join(chance.choice(WORDS) + chance.choice([*MARKS, " "]) for _ in range(chance.randint(1, 4)))


def _generated(chance: random.Random) -> str:
    paragraphs: Sequence[str] = [chance.choice(BLOCKS).format(_sentence(chance)) for _ in range(chance.randint(1, 5))]
    notes = chance.sample(ENTRIES, chance.randint(0, len(ENTRIES)))
    return "\n\n".join(paragraphs) + "\n\n" + chance.choice(("\n", "\n\n")).join(notes) + "\n"


@pytest.mark.parametrize("seed", range(500))
def test_docutils_reads_as_many(seed: int) -> None:
    text = _generated(random.Random(seed))
    structure = read(text).structure
    assert _docutils(text) == (len(structure.entries), len(structure.citations)), text
