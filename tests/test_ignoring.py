"""Ignore comments for everything that is found: they silence it, and nothing else changes."""

from __future__ import annotations

import pytest

from citecheck import Document, Settings, lint, parse
from citecheck.engine.ignores import Ignored, insert_ignores
from citecheck.readers.markdown import rendered

LIST = "\n## Sources\n\n[1] Thermometry for kitchens, 2019, p. 3.\n"


def ignored(text: str, format: str = "markdown") -> Ignored:
    def read(text: str) -> Document:
        return parse(text, name="kettle.md", format=format)

    return insert_ignores(read(text), Settings(), read)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Boils [3], [1].\n", "Boils [3], [1]. <!-- citecheck: ignore CC101 -->\n"),
        ("Boils [3],\nfreezes [1].\n", "Boils [3], <!-- citecheck: ignore CC101 -->\nfreezes [1].\n"),
        ("Boils [3][3], [1].\n", "Boils [3][3], [1]. <!-- citecheck: ignore CC101 CC107 -->\n"),
        ("# Boils [3]\n\nFreezes [1].\n", "# Boils [3] <!-- citecheck: ignore CC101 -->\n\nFreezes [1].\n"),
        ("- boils [3]\n- freezes [1]\n", "- boils [3] <!-- citecheck: ignore CC101 -->\n- freezes [1]\n"),
        (
            "| a | b |\n| - | - |\n| [1] | [3] |\n",
            "| a | b |\n| - | - |\n| [1] | [3] <!-- citecheck: ignore CC101 --> |\n",
        ),
        ("Boils [3], [1].\r\n", "Boils [3], [1]. <!-- citecheck: ignore CC101 -->\r\n"),
    ],
)
def test_a_comment_goes_where_readers_do_not_see_it(text: str, expected: str) -> None:
    done = ignored(text + LIST)
    assert (expected + LIST, ()) == (done.text, done.left)
    assert [] == lint(done.text, name="kettle.md")


def test_in_plain_text_it_stands_on_a_line_of_its_own() -> None:
    text = "Boils [3],\nfreezes [1].\n\nSources\n\n[1] Thermometry for kitchens, 2019, p. 3.\n"
    done = ignored(text, "text")
    assert f"citecheck: ignore CC101\n{text}" == done.text
    assert 1 == done.silenced


def test_a_definition_stays_one() -> None:
    text = 'Boils [1].\n\n[1]: https://kitchen.org/a "Heat"\n[2]: https://kitchen.org/b "Cold"\n'
    done = ignored(text)
    assert [] == lint(done.text, name="kettle.md")
    assert 'b "Cold"\n' in done.text


def test_what_is_sound_stays_as_it_is() -> None:
    text = "Boils [1].\n" + LIST
    assert text == ignored(text).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Boils <!-- at\nsea level --> [1]. <!-- c -->\n", "<p>Boils [1].</p>"),
        ("Boils  [1],\n  freezes\n", "<p>Boils [1], freezes</p>"),
        ("<!-- a --> Boils\n\n<!-- b<!-- c", "Boils<!-- b<!-- c"),
    ],
)
def test_readers_see_no_comment_but_one_that_nothing_closes(text: str, expected: str) -> None:
    assert expected == rendered(text)


def test_they_see_what_the_format_reads() -> None:
    assert "<dl>" in rendered("Salt\n: white\n")
    assert '<h2 id="salt">' in rendered("## Salt {#salt}\n")
