"""Sources numbered anew: a row a form in which documents cite and list."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from citecheck.cli import status
from citecheck.editing.renumber import RenumberError
from citecheck.engine.fixing import fix_document, renumber_document
from citecheck.model.settings import Settings
from citecheck.recognition import parse

WORKS = {"a": "Anders, *Rivers*, 1999", "b": "Berg, *Lakes*, 2001", "c": "Chen, *Seas*, 2003", "d": "Diaz, *Ice*, 2005"}


def renumbered(
    text: str, format: str = "markdown", *, order: str = "appearance", start: int | None = None, move: bool = True
) -> str:
    read = partial(parse, name="waters", format=format)
    return renumber_document(read(written(text)), read, order=order, start=start, move=move).text


def written(text: str) -> str:
    """The text with the works in the place of their letters: `[1] a` is an entry."""
    return re.sub(r"(?<=[ >])([abcd])(?=$|[,\r\n])", lambda found: WORKS[found[1]], text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "One [2], two [1].\n\n## Sources\n\n[1] a\n[2] b\n",
            "One [1], two [2].\n\n## Sources\n\n[1] b\n[2] a\n",
            id="adjacent entries",
        ),
        pytest.param(
            "---\npages: [1, 2]\n---\n\nOne [2], two [1].\n\n## Sources\n\n[1] a\n[2] b\n",
            "---\npages: [1, 2]\n---\n\nOne [1], two [2].\n\n## Sources\n\n[1] b\n[2] a\n",
            id="a list in front matter",
        ),
        pytest.param(
            "One [2], two [1].\n\n## Sources\n\n1. a\n2. b\n",
            "One [1], two [2].\n\n## Sources\n\n1. b\n2. a\n",
            id="an ordered list",
        ),
        pytest.param(
            "One [2], two [1].\n\n## Sources\n\n1. a\n1. b\n",
            "One [1], two [2].\n\n## Sources\n\n1. b\n1. a\n",
            id="a list that Markdown counts",
        ),
        pytest.param(
            "One [1], two [0].\n\n## Sources\n\n0. a\n1. b\n",
            "One [0], two [1].\n\n## Sources\n\n0. b\n1. a\n",
            id="from nought",
        ),
        pytest.param(
            "One [3], two [5], three [6].\n\n## Sources\n\n3. a\n5. b\n6. c\n",
            "One [1], two [2], three [3].\n\n## Sources\n\n1. a\n2. b\n3. c\n",
            id="gaps",
        ),
        pytest.param(
            "One [4], all [1, 3-4], some [2][3].\n\n## Sources\n\n[1] a\n[2] b\n[3] c\n[4] d\n",
            "One [1], all [1-3], some [3][4].\n\n## Sources\n\n[1] d\n[2] a\n[3] c\n[4] b\n",
            id="groups and ranges",
        ),
        pytest.param(
            "One [2], all [1]–[3], last [4].\n\n## Sources\n\n[1] a\n[2] b\n[3] c\n[4] d\n",
            "One [1], all [1]–[3], last [4].\n\n## Sources\n\n[1] b\n[2] a\n[3] c\n[4] d\n",
            id="a range between two markers",
        ),
        pytest.param(
            "One [2], two [4], three [1–3].\n\n## Sources\n\n[1] a\n[2] b\n[3] c\n[4] d\n",
            "One [1], two [2], three [1, 3, 4].\n\n## Sources\n\n[1] b\n[2] d\n[3] a\n[4] c\n",
            id="a range that breaks",
        ),
        pytest.param(
            "One [2, p. 4], two [1, § 3].\n\n## Sources\n\n[1] a\n[2] b\n",
            "One [1, p. 4], two [2, § 3].\n\n## Sources\n\n[1] b\n[2] a\n",
            id="locators",
        ),
        pytest.param(
            "The river rose² and fell¹⁻³.\n\n## Sources\n\n1. a\n2. b\n3. c\n",
            "The river rose¹ and fell¹⁻³.\n\n## Sources\n\n1. b\n2. a\n3. c\n",
            id="superscripts",
        ),
        pytest.param(
            "One.<sup>2</sup> Two.<sup>1,3</sup>\n\n## Sources\n\n1. a\n2. b\n3. c\n",
            "One.<sup>1</sup> Two.<sup>2,3</sup>\n\n## Sources\n\n1. b\n2. a\n3. c\n",
            id="tags",
        ),
        pytest.param(
            "One.[^2] Two.[^1] Named.[^name]\n\n[^1]: a\n[^2]: b\n[^name]: c\n",
            "One.[^1] Two.[^2] Named.[^name]\n\n[^1]: b\n[^2]: a\n[^name]: c\n",
            id="footnotes",
        ),
        pytest.param(
            'One [[2]](#ref-2), two [[1]](#ref-1).\n\n## Sources\n\n<a id="ref-1"></a>[1] a\n<a id="ref-2"></a>[2] b\n',
            'One [[1]](#ref-1), two [[2]](#ref-2).\n\n## Sources\n\n<a id="ref-1"></a>[1] b\n<a id="ref-2"></a>[2] a\n',
            id="anchors",
        ),
        pytest.param(
            "One [[2]](https://b.example/), two [[1]](https://a.example/).\n\n"
            "## Sources\n\n[1] https://a.example/\n[2] https://b.example/\n",
            "One [[1]](https://b.example/), two [[2]](https://a.example/).\n\n"
            "## Sources\n\n[1] https://b.example/\n[2] https://a.example/\n",
            id="links",
        ),
        pytest.param(
            "One [2], and [a page][1].\n\n[1]: https://a.example/\n[2]: https://b.example/\n",
            "One [1], and [a page][2].\n\n[1]: https://b.example/\n[2]: https://a.example/\n",
            id="definitions",
        ),
        pytest.param(
            "One [[2]], two [[1]].\n\n## Sources\n\n[[1]] a\n\n[[2]] b\n\n[1]: https://a.example/\n[2]: https://b.example/\n",
            "One [[1]], two [[2]].\n\n## Sources\n\n[[1]] b\n\n[[2]] a\n\n[2]: https://a.example/\n[1]: https://b.example/\n",
            id="definitions of listed sources",
        ),
        pytest.param(
            "One [3], two [1].\n\n## Sources\n\n[1] [2] a\n[3] b\n",
            "One [1], two [2].\n\n## Sources\n\n[1] b\n[2] [3] a\n",
            id="several labels on one entry",
        ),
        pytest.param(
            "# A\n\nOne [2], two [1].\n\n### Sources\n\n[1] a\n[2] b\n\n"
            "# B\n\nOne [1], two [2].\n\n### Sources\n\n[1] c\n[2] d\n",
            "# A\n\nOne [1], two [2].\n\n### Sources\n\n[1] b\n[2] a\n\n"
            "# B\n\nOne [1], two [2].\n\n### Sources\n\n[1] c\n[2] d\n",
            id="a list a section",
        ),
        pytest.param(
            "One [3], two [1].\n\n## Sources\n\n[1] a\n[2] b\n[3] c, see [1].\n",
            "One [1], two [2].\n\n## Sources\n\n[1] c, see [2].\n[2] a\n[3] b\n",
            id="markers inside entries, and what nothing cites",
        ),
        pytest.param(
            "One [02], two [01].\n\n## Sources\n\n[01] a\n[02] b\n",
            "One [01], two [02].\n\n## Sources\n\n[01] b\n[02] a\n",
            id="leading zeros",
        ),
        pytest.param(
            "一【2】二【1】。\n\n## 参考文献\n\n【1】 a\n【2】 b\n",
            "一【1】二【2】。\n\n## 参考文献\n\n【1】 b\n【2】 a\n",
            id="corner brackets",
        ),
        pytest.param(
            "One [2], two [RFC2119], three [1].\n\n## Sources\n\n[1] a\n[2] b\n[RFC2119] c\n",
            "One [1], two [RFC2119], three [2].\n\n## Sources\n\n[1] b\n[2] a\n[RFC2119] c\n",
            id="labels that are words stay",
        ),
        pytest.param(
            "See [RFC 447][447] and [RFC 391][391].\n\n[391]: https://a.example/\n[447]: https://b.example/\n",
            "See [RFC 447][447] and [RFC 391][391].\n\n[391]: https://a.example/\n[447]: https://b.example/\n",
            id="numbers that are names stay",
        ),
        pytest.param(
            "One [2], two [1].\r\n\r\n## Sources\r\n\r\n[1] a\r\n[2] b",
            "One [1], two [2].\r\n\r\n## Sources\r\n\r\n[1] b\r\n[2] a",
            id="line endings stay",
        ),
        pytest.param(
            'One [2], two [1]. <span style="display:none">[1]</span>\n\n## Sources\n\n[1] a\n[2] b\n',
            'One [1], two [2]. <span style="display:none">[2]</span>\n\n## Sources\n\n[1] b\n[2] a\n',
            id="hidden markers",
        ),
    ],
)
def test_every_marker_goes_on_naming_its_source(before: str, after: str) -> None:
    assert written(after) == renumbered(before)
    assert written(after) == renumbered(after)


def test_the_later_lines_of_an_item_follow_a_wider_number() -> None:
    entries = "".join(f"{number}. a, volume {number}.\n\n   Read in {number + 1900}.\n\n" for number in range(1, 10))
    text = f"Ten [10]. {' '.join(f'V [{number}].' for number in range(1, 10))}\n\n## Sources\n\n{entries}10. b\n"
    after = renumbered(text)
    assert written("10. a, volume 9.\n\n    Read in 1909.") in after
    assert written("9. a, volume 8.\n\n   Read in 1908.") in after


def test_a_column_of_entries_stays_one() -> None:
    entries = "".join(f"[{number}]{'  ' if number < 10 else ' '}a, volume {number}.\n" for number in range(1, 11))
    text = f"Ten [10]. {' '.join(f'V [{number}].' for number in range(1, 10))}\n\nReferences\n\n{entries}"
    after = renumbered(text, "text")
    assert written("[1]  a, volume 10.\n[2]  a, volume 1.") in after
    assert after.endswith(written("[10] a, volume 9.\n"))


def test_the_first_number_can_be_chosen() -> None:
    assert written("One [0], two [1].\n\n## Sources\n\n0. b\n1. a\n") == renumbered(
        "One [2], two [1].\n\n## Sources\n\n1. a\n2. b\n", start=0
    )


def test_entries_can_stay_where_they_are() -> None:
    text = "One [2], two [1].\n\n## Sources\n\n[1] a\n[2] b\n"
    assert written("One [1], two [2].\n\n## Sources\n\n[2] a\n[1] b\n") == renumbered(text, move=False)


def test_the_list_can_give_the_order() -> None:
    text = "One [7], two [3].\n\n## Sources\n\n[3] a\n[7] b\n"
    assert written("One [2], two [1].\n\n## Sources\n\n[1] a\n[2] b\n") == renumbered(text, order="list")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "One [2], two [1].\n\n## Sources\n\n[1] a\n[2] b\n[2] c\n",
            "source 2 is listed twice (CC103); give one of the two another number",
        ),
        (
            "One [3], two [1], lost [2].\n\n## Sources\n\n[1] a\n[3] b\n",
            "line 1 names source 2, which is not listed; fix that first, since it may be a typo for another",
        ),
        (
            "One [3], two [1], all [3-1].\n\n## Sources\n\n[1] a\n[2] b\n[3] c\n",
            "the range 3–1 on line 1 is malformed; fix it first",
        ),
        (
            "One [2], two [1], three [1,].\n\n## Sources\n\n[1] a\n[2] b\n",
            "on line 1, a label is missing after the comma; fix it first (CC105)",
        ),
        (
            "One [2], two [1], three [1, 9,].\n\n## Sources\n\n[1] a\n[2] b\n",
            "line 1 refers to '[1, 9,]', which is no marker; write a marker instead",
        ),
        (
            "One [02], two [01], three [01,].\n\n## Sources\n\n[01] a\n[02] b\n",
            "on line 1, a label is missing after the comma; fix it first (CC105)",
        ),
        (
            "One [2], two [1], as source 2 has it.\n\n## Sources\n\n[1] a\n[2] b\n",
            "line 1 refers to 'source 2', which is no marker; write a marker instead",
        ),
        (
            "Eins [2], zwei [1], wie Quelle 2 sagt.\n\n## Quellen\n\n[1] a\n[2] b\n",
            "line 1 refers to 'Quelle 2', which is no marker; write a marker instead",
        ),
        (
            "One [2], two [1], [as in 1 and 2].\n\n## Sources\n\n[1] a\n[2] b\n",
            "line 1 refers to '[as in 1 and 2]', which is no marker; write a marker instead",
        ),
        (
            '---\nabstract: "One [2], two [1]."\n---\n\nOne [2], two [1].\n\n## Sources\n\n[1] a\n[2] b\n',
            "line 2 shows [2] where no marker is read; remove it first",
        ),
        (
            "One [2], two [1].\n\n![Ice, after [1]](ice.png)\n\n## Sources\n\n[1] a\n[2] b\n",
            "line 3 shows [1] where no marker is read; remove it first",
        ),
        (
            'One [2], two [1], ice![[2]](#r2)\n\n## Sources\n\n<a id="r1"></a>[1] a\n\n<a id="r2"></a>[2] b\n',
            "line 1 shows [2] where no marker is read; remove it first",
        ),
        (
            "One [2], two [1].\n\n## Sources\n\n<ol>\n<li>Salts of the sea.</li>\n<li>Teas.</li>\n</ol>\n",
            "HTML counts the entry on line 6 and those after it itself",
        ),
        (
            'One [2], two [1].\n\n<img src="ice.png" alt="Ice, after [1, 2]">\n\n## Sources\n\n[1] a\n[2] b\n',
            "line 3 shows [1, 2] where no marker is read; remove it first",
        ),
        (
            "One [[2]](#ref2), two [[1]](#ref1).\n\n## Sources\n\n[1] a\n[2] b\n",
            "the marker on line 1 links to #ref2, and no such anchor is in the document",
        ),
        (
            "One [2], two [1].\n\n## Sources\n\n[1] a\n\nThe next is out of print.\n\n[2] b\n",
            "after the entry on line 5 there is text that need not be its own; "
            "keep their order, with --keep-order or --by list",
        ),
    ],
)
def test_what_cannot_be_done_without_guessing_is_refused(text: str, reason: str) -> None:
    with pytest.raises(RenumberError) as refused:
        renumbered(text)
    assert reason == str(refused.value)


def test_numbers_out_of_their_order_are_refused_where_markdown_counts() -> None:
    with pytest.raises(RenumberError, match="Markdown would show entry 1 as 3"):
        renumbered("One [2], two [1].\n\n## Sources\n\n1. a\n2. b\n", move=False)


# Merging ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One [1], two [2], three [3].", "One [1], two [1], three [2]."),
        ("Both [1][2], all [1-3].", "Both [1], all [1, 2]."),
        ("Both [1, 2], late [3].", "Both [1], late [2]."),
    ],
)
def test_a_source_that_is_listed_twice_becomes_one(before: str, after: str) -> None:
    first, last = "Anders, *Rivers*, https://rivers.example/page", "Chen, *Seas*, https://seas.example/page"
    text = f"{before}\n\n## Sources\n\n[1] {first}\n[2] {first}\n[3] {last}\n"
    read = partial(parse, name="waters", format="markdown")
    done = fix_document(read(text), Settings(select=("CC302",)), read, unsafe=True)
    assert f"{after}\n\n## Sources\n\n[1] {first}\n[2] {last}\n" == done.document.text


# The commands -----------------------------------------------------------------------------------------------

TURNED = written("One [2], two [1].\n\n## Sources\n\n[1] a\n[2] b\n")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a document whose sources are cited out of order, that is the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "waters.md").write_text(TURNED, encoding="utf-8")
    return tmp_path


def test_renumber_writes_the_file(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert 0 == status(["renumber", "."])
    assert renumbered(TURNED) == (folder / "waters.md").read_text(encoding="utf-8")
    assert ("1 of 1 document changed\n", "") == capfd.readouterr()


def test_renumber_can_show_what_it_would_do(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert 1 == status(["renumber", "--diff", "."])
    assert TURNED == (folder / "waters.md").read_text(encoding="utf-8")
    out, err = capfd.readouterr()
    assert ["-One [2], two [1].", "+One [1], two [2]."] == out.splitlines()[3:5]
    assert "1 of 1 document would change\n" == err


def test_renumber_tells_what_it_refuses(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "waters.md").write_text(TURNED.replace("One", "Source 2"), encoding="utf-8")
    assert 1 == status(["renumber", "."])
    reason = "line 1 refers to 'Source 2', which is no marker; write a marker instead"
    assert (
        "0 of 1 document changed, 1 refused\n",
        f"citecheck: waters.md: is not renumbered: {reason}\n",
    ) == capfd.readouterr()


def test_renumber_has_two_orders(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert 2 == status(["renumber", "--by", "lists", "."])
    assert "citecheck: no order is called 'lists'; did you mean 'list'?\n" == capfd.readouterr().err
    assert 0 == status(["renumber", "--by", "list", "--from", "0", "."])
    assert "One [1], two [0]." in (folder / "waters.md").read_text(encoding="utf-8")


def test_merge_writes_the_file(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    entry = "Anders, *Rivers*, https://rivers.example/page"
    (folder / "waters.md").write_text(f"One [1], two [2].\n\n## Sources\n\n1. {entry}\n2. {entry}\n", encoding="utf-8")
    assert 0 == status(["merge", "."])
    expected = f"One [1], two [1].\n\n## Sources\n\n1. {entry}\n"
    assert expected == (folder / "waters.md").read_text(encoding="utf-8")
    assert "1 of 1 document changed\n" == capfd.readouterr().out
