"""What looks like a marker and is none, a row for each form, in documents that cite and in documents that do not."""

from __future__ import annotations

import pytest

from citecheck import parse

SALTS = "\n\n## Sources\n\n" + "\n".join(
    f"[{number}] Salts of region {number}, {1900 + number}." for number in range(8)
)
CITING = "Salt is mined [1]. It is boiled [2]. It is sold [3].\n\n{}\n\nIt is weighed [4]." + SALTS
EITHER = [
    "Code has `a[5]` in it.",
    "Code has `[5]` in it.",
    "```\nrows[5] = [6]\n```",
    "~~~\n[5]\n~~~",
    "```c\nint x[5]; /* [6] */\n```",
    "The index a[5] is the sixth.",
    "The call argv[1] fails.",
    "The call foo.bar[5] fails.",
    "The call matrix[5][6] fails.",
    "The call f()[5] fails.",
    "It is items[5] there.",
    "Set name_of[5] to zero.",
    "x = [5]",
    "x = [5, 6]",
    "- Tuning values: [5, 6, 7]",
    "- Tuning value: [5,6]",
    "for grain in [5, 6]:",
    "make[5]: Leaving directory '/salt'",
    "Jan 12 10:00:01 salt sshd[5]: closed",
    "12:00:01.25 salt pan/boil[5]: closed",
    "[5] = x",
    "It is a [5,5]-sigmatropic shift.",
    "It is a [5,6] sigmatropic shift.",
    "It is a [5+5] photocycloaddition.",
    "Unlike the [1+1], it is slow.",
    "The kernel size is [1, 1] here.",
    "With strides of [2, 2] it is fast.",
    "It is a [5+6] cycloaddition.",
    "The value lies in the interval [5, 6].",
    "The value is in the range [0, 5].",
    "For x ∈ [5, 6] it holds.",
    "Version [1.2.0] is out.",
    "## [1.2.0] - 2020-01-02",
    "He said it was “grate” [sic].",
    "He said […] that it was.",
    "He said [...] that it was.",
    "He [the miner] said so.",
    "Usage: salt [options] [file]",
    "Usage: salt [-n 5] [--grain=6]",
    "See [the guide](https://salt.example/5).",
    "Look at https://salt.example/page[5]=6 now.",
    "Look at https://salt.example/?a[5]=6&b[6]=7 now.",
    "Look at https://salt.example/grain[5].pdf now.",
    "The page [Page 7] ends.",
    "The key [Ctrl] is held.",
    "[x] done",
    "[ ] open",
    "- [x] weigh\n- [ ] boil",
    "- [X] weigh",
    "A [note] aside.",
    "It takes 5] or [6.",
    "The year [1999] is given.",
    "R² is 0.9 over 5 km².",
    "Fe²⁺ and 10⁻⁵ m³.",
    "【注】 盐。",
    "【2024年】 盐。",
    "[[wiki link]]",
    "#[derive(Debug)]",
    "@[5]",
    "It shows [5]:[0]:[48]:[00:02:00:00:00:05] as a route.",
    "It shows 10.0.0.0/8 [5/5] as a route.",
    "&[5]",
]
MARKDOWN = [
    "An image ![5](salt.png) here.",
    "    rows[5] = [6]",
    "It is $x[5] + y$ here.",
    "$$\nx \\in [5, 6]\n$$",
    "<!-- [5] -->",
    "<code>[5]</code>",
    "<pre>\n[5]\n</pre>",
    '<a title="[5]" href="x">salt</a>',
    "<kbd>[5]</kbd>",
    "| `a[5]` | `b[6]` |\n| --- | --- |\n| `c[5]` | `d` |",
    "<script>\nvar a = b[5];\n</script>",
]
TAGGED = """
   Realm ::= SEQUENCE {
           realm   [0] Realm,
           name    [1] PrincipalName,
           kvno    [2] UInt32 OPTIONAL
   }
"""


def markers(text: str, format: str = "markdown") -> list[str]:
    return [marker.text for marker in parse(text, name="example", format=format).markers]


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize("text", EITHER)
def test_it_is_no_marker_in_a_document_that_cites(text: str, format: str) -> None:
    assert ["[1]", "[2]", "[3]", "[4]"] == markers(CITING.replace("{}", text), format)


@pytest.mark.parametrize("text", MARKDOWN)
def test_it_is_no_marker_in_markdown_that_cites(text: str) -> None:
    assert ["[1]", "[2]", "[3]", "[4]"] == markers(CITING.replace("{}", text))


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize("text", EITHER)
def test_it_is_no_marker_in_a_document_that_does_not(text: str, format: str) -> None:
    assert [] == markers(f"# Salt\n\n{text}\n\nThat is all of it.\n", format)


@pytest.mark.parametrize("format", ["markdown", "text"])
def test_two_numbers_behind_in_are_an_interval_unless_both_are_listed(format: str) -> None:
    assert [] == markers(f"The value lies in [0, 9].{SALTS}", format)
    assert ["[1]", "[5, 6]"] == markers(f"Salt is mined [1], as is shown in [5, 6].{SALTS}", format)


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize("text", EITHER)
def test_it_is_no_undefined_marker_either(text: str, format: str) -> None:
    few = SALTS.partition("[5]")[0]
    cited = "Salt is mined [1]. It is boiled [2]. It is sold [3]."
    assert ["[1]", "[2]", "[3]", "[4]"] == markers(f"{cited}\n\n{text}\n\nIt is weighed [4].{few}", format)


def test_front_matter_has_no_markers() -> None:
    assert ["[1]", "[2]"] == markers(f"---\ntitle: Salt [5]\n---\n\nSalt is mined [1], and boiled [2].{SALTS}")


def test_fields_with_tags_are_no_markers() -> None:
    text = f"Salt is mined [1]. It is boiled [2].\n{TAGGED}\nIt is sold [3].{SALTS}"
    assert ["[1]", "[2]", "[3]"] == markers(text, "text")


def test_a_number_in_the_words_of_an_entry_is_no_marker() -> None:
    text = "Salt is mined [1]. It is boiled [2].\n\nSources\n\n[1] Salts [in 3 volumes], 1901.\n[2] Pans [9], 1902.\n"
    assert ["[1]", "[2]"] == markers(text)


def test_the_labels_of_entries_are_no_markers() -> None:
    assert ["[1]", "[2]"] == markers(f"Salt is mined [1]. It is boiled [2].{SALTS}")


def test_a_link_with_words_is_no_marker() -> None:
    text = (
        f"Salt is [mined][salt] [1], and [boiled](https://salt.example/2) [2].\n\n[salt]: https://salt.example\n{SALTS}"
    )
    assert ["[1]", "[2]"] == markers(text)


def test_superscripts_are_exponents_where_brackets_cite() -> None:
    assert ["[1]", "[2]"] == markers(f"A pan of 5 m² holds brine¹ [1]. It is 10³ litres [2].{SALTS}")


@pytest.mark.parametrize(
    "text",
    [
        "# Changelog\n\n## [1.2.0]\n\n- salt [#5]\n\n## [1.1.0]\n\n- pans [#4]\n",
        "See git-salt[1], git-pan[1] and git-brine[5].\n",
        "The matrix [[1, 2], [3, 4]] is small, and [5] is a list.\n",
        "Press [1] for salt or [2] for brine.\n",
        "1. Weigh.\n2. Boil.\n3. Sell.\n\nThen rest.\n",
        "foo[1] + foo[2] = foo[3]\n",
    ],
)
def test_a_document_that_cites_nothing_has_no_markers_and_no_sources(text: str) -> None:
    parsed = parse(text, name="example", format="markdown")
    assert ([], []) == (list(parsed.markers), list(parsed.sources))
