"""Notebooks: their Markdown cells are one document, and what is said of it has its place in a cell and in the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck import lint, parse
from citecheck.cli import status
from citecheck.errors import UnreadableFile
from citecheck.model.findings import Edit
from citecheck.readers import FORMATS
from citecheck.text.spans import Span
from tests.test_linear_time import LENGTH, runs_away

CODE: dict[str, Any] = {
    "cell_type": "code",
    "metadata": {},
    "execution_count": None,
    "source": ["salt[9]"],
    "outputs": [{"output_type": "stream", "name": "stdout", "text": "So [8]."}],
}
LIST = '## Sources\n\n1. A. Moss, "Salt", 1901, p. 3.\n2. B. Lund, "Tea", 1902, p. 4.\n'


def cell(source: str | list[str], kind: str = "markdown", **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def notebook(*cells: Any, indent: int | None = 1, ascii: bool = True) -> str:
    whole = {"cells": cells, "metadata": {"source": "So [7]."}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=indent, ensure_ascii=ascii)


SALT = notebook(cell(["# Salt\n", "\n", 'It is "mined" [1], é [3].'], id="salt-1"), CODE, cell(LIST + "\nSee [2]."))


def text_of(raw: str) -> str:
    return parse(raw, name="salt.ipynb").text


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ([cell("So."), CODE, cell(["It\n", "is."])], "So.\n\nIt\nis."),
        ([cell("So.", kind="raw"), cell("It.")], "It."),
        ([{**cell("So.", kind="raw"), "metadata": {"format": "text/markdown"}}], "So."),
        ([{**cell("So.", kind="raw"), "metadata": {"raw_mimetype": "text/markdown"}}], "So."),
        ([cell("So.", attachments={"source": {"text/plain": "no"}})], "So."),
        ([cell("")], ""),
        ([cell('A "b" \\ \t é 茶 \U0001f980')], 'A "b" \\ \t é 茶 \U0001f980'),
        ([], ""),
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("ascii", [True, False])
def test_markdown_cells_are_one_text(cells: list[Any], text: str, indent: int | None, ascii: bool) -> None:
    assert text == text_of(notebook(*cells, indent=indent, ascii=ascii))


def test_worksheets_of_nbformat_3_are_read() -> None:
    sheets = [{"cells": [cell("So."), {**CODE, "input": "x"}]}, {"cells": [cell("It.")]}]
    assert "So.\n\nIt." == text_of(json.dumps({"worksheets": sheets, "nbformat": 3}))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "its JSON is broken (line 1: Expecting value)"),
        ('{"cells": [\n{]}', "its JSON is broken (line 2: "),
        ("[]", "it has no cells"),
        ('{"cells": 3}', "it has no cells"),
        ('{"cells": [3]}', "it has no cells"),
        ("[" * 100_000, "it is nested too deeply"),
        ('{"cells": [{"cell_type": "markdown", "source": "a", "sourc\\u0065": "bc"}]}', "has its source twice"),
    ],
)
def test_a_file_that_is_no_notebook_is_unreadable(
    raw: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UnreadableFile):
        parse(raw, name="salt.ipynb")
    (tmp_path / "salt.ipynb").write_text(raw, encoding="utf-8")
    assert 2 == status(["check", str(tmp_path / "salt.ipynb")])
    told = capsys.readouterr().err
    assert 1 == told.count("\n")
    assert f"cannot be read as a notebook: {reason}" in told or reason in told


def test_findings_have_their_places_in_the_cell_and_in_the_file() -> None:
    first, second = lint(SALT, name="salt.ipynb")
    assert ("CC101", "CC110") == (first.code, second.code)
    assert first.cell
    assert (1, "salt-1", 3, 22) == (first.cell.number, first.cell.id, *first.cell.start)
    assert "cell 1:3:22" == first.place
    assert "[3]" == first.span.of(SALT)
    line = SALT.splitlines()[first.start.line - 1]
    assert "[3]" == line[first.start.column - 1 : first.end.column - 1]
    assert 'It is "mined" [1], é [3].' == first.excerpt.text
    assert second.cell
    assert (3, None, 6, 5) == (second.cell.number, second.cell.id, *second.cell.start)
    assert "[2]" == second.span.of(SALT)


def test_reports_say_the_cell_or_the_line_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "salt.ipynb"
    path.write_text(SALT, encoding="utf-8")
    line = 1 + SALT[: SALT.index("[3]")].count("\n")

    def told(format: str) -> str:
        for _ in range(2):  # afresh, and from the cache
            status(["check", str(path), "--select", "CC101", "--format", format, "--cache-dir", str(tmp_path / "kept")])
        out = capsys.readouterr().out
        assert out[: len(out) // 2] == out[len(out) // 2 :]
        return out[: len(out) // 2]

    assert f"{path}:cell 1:3:22: CC101 [error] no source is numbered 3\n" in told("concise")
    assert "  cell 1:3:22 error: no source is numbered 3  CC101 undefined-marker\n    3 | It is" in told("text")
    assert f"line={line},endLine={line}" in told("github")
    (found,) = json.loads(told("json"))["diagnostics"]
    assert (1, "salt-1", 3, 22) == tuple(found[key] for key in ("cell", "cell_id", "line", "column"))
    assert "[3]" == SALT[found["start"] : found["end"]]
    (run,) = json.loads(told("sarif"))["runs"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert line == region["startLine"]


def fixed(raw: str, path: Path) -> str:
    path.write_text(raw, encoding="utf-8", newline="")
    status(["check", str(path), "--fix", "--select", "CC107,CC405,CC102", "--unsafe-fixes"])
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_fixes_edit_the_strings_of_the_file_and_nothing_else(indent: int | None, tmp_path: Path) -> None:
    listing = [
        "## Sources\n",
        "\n",
        "1. Ä. Moss, 1901, p. 3.\n",
        "2. B. Lund, 1902, p. 4.\n",
        "3. C. Rook, 1903, p. 5.",
    ]
    raw = notebook(cell(['It is \\ "so" [1][1].\n', "And [2]."]), CODE, cell(listing), indent=indent)
    after = fixed(raw, tmp_path / "salt.ipynb")
    gone = raw.replace("[1][1]", "[1]").replace("3. C. Rook, 1903, p. 5.", "")
    assert gone.replace("p. 4.\\n", "p. 4.") == after
    assert 'It is \\ "so" [1].\nAnd [2].' == "".join(json.loads(after)["cells"][0]["source"])


def test_what_a_fix_writes_is_escaped_as_the_file_is() -> None:
    for ascii, written in ((True, '\\u00e9 \\"a\\"\\n'), (False, 'é \\"a\\"\\n')):
        raw = notebook(cell(["Tea é\n", "is."]), ascii=ascii)
        found = FORMATS["notebook"].source_map(raw, "a.ipynb")
        assert found
        made = [(edit.text, edit.span.of(raw)) for edit in found.edits([Edit(Span(0, 3), 'é "a"\n')]) or ()]
        assert [(written, "Tea")] == made
        assert found.edits([Edit(Span(5, 40), "")]) is None


def test_refusals_name_the_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "salt.ipynb"
    path.write_text(SALT, encoding="utf-8")
    assert 1 == status(["renumber", str(path)])
    assert "line 3 of cell 1 names source 3, which is not listed" in capsys.readouterr().err
    assert SALT == path.read_text(encoding="utf-8")


def test_a_notebook_is_numbered_anew(tmp_path: Path) -> None:
    raw = notebook(cell(["Tea is so [2].\n", "Salt is so [1]."]), CODE, cell(LIST))
    path = tmp_path / "salt.ipynb"
    path.write_text(raw, encoding="utf-8")
    assert 0 == status(["renumber", str(path)])
    first, code, listing = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert "Tea is so [1].\nSalt is so [2]." == "".join(first["source"])
    assert CODE == code
    assert '## Sources\n\n1. B. Lund, "Tea", 1902, p. 4.\n2. A. Moss, "Salt", 1901, p. 3.\n' == listing["source"]


def test_comments_are_not_added_to_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "salt.ipynb"
    path.write_text(SALT, encoding="utf-8")
    assert 1 == status(["check", str(path), "--add-ignores"])
    assert "cell 1:3:22: CC101 cannot be ignored here" in capsys.readouterr().out
    assert SALT == path.read_text(encoding="utf-8")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=12), st.lists(st.text(max_size=6), max_size=4)), max_size=4),
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_every_place_of_the_text_leads_to_the_file_and_back(
    sources: list[str | list[str]], ascii: bool, indent: int | None
) -> None:
    raw = notebook(*map(cell, sources), indent=indent, ascii=ascii)
    found = FORMATS["notebook"].source_map(raw, "a.ipynb")
    assert found
    assert "\n\n".join("".join(source) for source in sources) == found.text
    for start, character in enumerate(found.text):
        span = Span(start, start + 1)
        written = found.written(span)
        if written.end > written.start:
            assert span == found.read(written)
            assert character in (json.loads(f'"{written.of(raw)}"'), "\n")


@pytest.mark.parametrize("piece", ["[", "{", '"', '"\\', '"a":', '{"cells":[', "\\n", "\\u00e9", '","', "a"])
def test_no_file_takes_longer_than_its_length_warrants(piece: str) -> None:
    def work(text: str) -> None:
        for raw in (text, f'{{"cells": [{{"cell_type": "markdown", "source": ["{text}"]}}]}}'):
            try:
                parse(raw, name="a.ipynb")
            except UnreadableFile:
                continue

    assert not runs_away(work, piece, LENGTH)
