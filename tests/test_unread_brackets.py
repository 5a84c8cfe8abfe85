"""Nothing is numbered anew, merged or deleted beside numbers of sources that may be a marker and cannot be read."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from citecheck.cli import status
from citecheck.editing.renumber import RenumberError
from citecheck.engine.fixing import fix_document, renumber_document
from citecheck.model.settings import Settings
from citecheck.recognition import parse

LIST = "\n\n## Sources\n\n1. Anders, *Rivers*, 1999.\n2. Berg, *Lakes*, 2001.\n3. Chen, *Seas*, 2003.\n"
READ = partial(parse, name="waters.md", format="markdown")


def renumbered(body: str) -> str:
    return renumber_document(READ(f"{body}{LIST}"), READ).text.partition("\n\n## Sources")[0]


@pytest.mark.parametrize(
    "shown",
    [
        "[1 2]",
        "[2  1]",
        "(2)",
        "(1, 2)",
        "(1; 2)",
        "(1–2)",
        "(1 & 2)",
        "(01)",
        "\\(2)",
        "{2}",
        "〔2〕",
        "（1 2）",
        "<sup>1 2</sup>",
        "<sup>2;1</sup>",
        "^1; 2^",
        "[1 2 9]",
        "{2 9 1}",
    ],
)
def test_numbers_that_may_be_a_marker_are_refused_with_their_place(shown: str) -> None:
    with pytest.raises(RenumberError) as refused:
        renumbered(f"The lake rose [2], the river fell [1].\n\nThe valley filled {shown}. So it stayed [3].")
    told = " ".join(shown.split())
    assert str(refused.value) == (
        f"line 3 shows {told}, which looks like a marker and cannot be read as one; "
        "write it as the markers are, or in words"
    )


@pytest.mark.parametrize(
    "words",
    [
        "It rose (1) and the ice went (2).",
        "It rose (1), and (2) was wrong.",
        "The ice went. (2) So did the snow.",
        "Smith (2) saw it.",
        "In 1999 (2), it rose.",
        "水位上升（2）。",
        "It rose\n(2).",
        "A paper (2) has it.",
        "Since Node.js (2), nobody has.",
        "| rose | (2), for one |",
        "It rose (3)(2).",
    ],
)
def test_parentheses_that_may_cite_are_refused(words: str) -> None:
    with pytest.raises(RenumberError, match="which looks like a marker"):
        renumbered(f"The lake rose [2], the river fell [1].\n\n{words} So it stayed [3].")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("It was (1) cold, (2) wet, and (3) dark.", id="an enumeration"),
        pytest.param("It has two parts: (1) a mouth; (2) a source.", id="an enumeration behind a colon"),
        pytest.param("它有两部分：(1)河口；(2)源头。", id="an enumeration without spaces"),
        pytest.param("(1) The mouth is wide.\n\n(2) The source is not.", id="paragraphs"),
        pytest.param("#### (2) The mouth", id="a heading"),
        pytest.param("- (1) mouth\n- (2) source", id="items"),
        pytest.param("It calls f(2) and read(1), then argv[1] is read.", id="calls and indexes"),
        pytest.param("It sets x = [1 2] first.", id="values"),
        pytest.param("It says `(2)` and `[1 2]`.", id="code"),
        pytest.param("Table (2) shows it, and so do Figures (1) and (2).", id="cross-references"),
        pytest.param("By eq. (2) and equations (1), (2), it falls.", id="equations"),
        pytest.param("Under Article 4 (2) and § 3 (1) it is forbidden.", id="pinpoints of a law"),
        pytest.param("It took two (2) days.", id="a figure said twice"),
        pytest.param("    v = s / t    (2)\n\nBy (2) it falls.", id="a formula with its number"),
        pytest.param("| mouth | source |\n| --- | --- |\n| (1) | (2) |", id="columns"),
        pytest.param("It rose (9), and (2001), and [sic].", id="what no source is numbered"),
        pytest.param("It rose [2 9], and (1, 2, 9).", id="what is not listed for the most part"),
        pytest.param("It calls f(2)(1).", id="a call of what a call returns"),
        pytest.param("It rose by 3 m², and 10^2^ times.", id="exponents"),
    ],
)
def test_numbers_of_something_else_are_no_hindrance(words: str) -> None:
    body = f"The lake rose [2], the river fell [1].\n\n{words}\n\nSo it stayed [3]."
    assert body.replace("rose [2], the river fell [1]", "rose [1], the river fell [2]") == renumbered(body)


def test_several_numbers_in_a_footnote_are_refused() -> None:
    text = "It rose.[^2] It fell.[^1] It stayed.[^1 2]\n\n[^1]: Anders.\n[^2]: Berg.\n"
    with pytest.raises(RenumberError, match=r"line 1 shows \[\^1 2\], which looks like a marker"):
        renumber_document(READ(text), READ)


def test_a_number_that_does_not_change_is_no_hindrance() -> None:
    assert "It rose [1], fell [2], rested (3) [3]." == renumbered("It rose [1], fell [2], rested (3) [3].")
    assert "It rose [1], fell [2] (3) [3]." == renumbered("It rose [2], fell [1] (3) [3].")


def test_a_volume_in_an_entry_is_no_hindrance() -> None:
    text = f"It rose [2], fell [1], rested [3].{LIST}".replace("*Lakes*", "*Lakes* 4 (2)")
    assert "*Lakes* 4 (2)" in renumber_document(READ(text), READ).text


@pytest.mark.parametrize("shown", ["(3)", "[2 3]", "<sup>2 3</sup>", "(1–3)", "{3}"])
def test_no_source_is_deleted_that_may_be_named_there(shown: str) -> None:
    text = f"It rose [1], fell [2] {shown}.{LIST}"
    done = fix_document(READ(text), Settings(), READ, unsafe=True)
    assert text == done.document.text
    assert [f"line 1 shows {shown}, which looks like a marker"] == [
        each.reason.partition(" and cannot")[0] for each in done.refusals if each.code == "CC102"
    ]


@pytest.mark.parametrize("shown", ["(3)", "[1 3]", "<sup>1 3</sup>", "(2, 3)", "{3}"])
def test_no_source_is_merged_that_may_be_named_there(shown: str) -> None:
    entry = "Anders, *Rivers*, https://rivers.example/page"
    text = (
        f"It rose [1], fell [2] {shown}, and stayed [3].\n\n## Sources\n\n1. {entry}\n2. Berg, *Lakes*.\n3. {entry}\n"
    )
    done = fix_document(READ(text), Settings(select=("CC302",)), READ, unsafe=True)
    assert text == done.document.text
    assert 1 == len(done.refusals)


def test_the_command_fails_and_tells_why(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "waters.md"
    path.write_text(f"It rose [2], fell [1] (2), and stayed [3].{LIST}", encoding="utf-8")
    assert 1 == status(["renumber", str(path)])
    assert "is not renumbered: line 1 shows (2), which looks like a marker" in capfd.readouterr().err
    assert path.read_text(encoding="utf-8").startswith("It rose [2], fell [1] (2)")
