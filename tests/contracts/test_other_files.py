"""Findings in a bibliography and in a notebook, as every consumer takes them: reports, baseline, ignore comments."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from citecheck.cli import status

PUBLISHED = Path(__file__).parent / "published"
BIB = """% The walls.
@book{salt, title = {Salt}, isbn = {9780802713735}}

@book{stone,
  title = {Stone},
  doi = {https://doi.org/10.1000/182},
}

@book{salt, title = {Cellars}, year = 1980}
"""
CELLS: list[dict[str, Any]] = [
    {"cell_type": "code", "metadata": {}, "source": ["x = 1\n"], "outputs": [], "execution_count": None, "id": "c0"},
    {"cell_type": "markdown", "metadata": {}, "source": ["# Salt\n", "\n", 'It is "so" [1], [3].\n'], "id": "c1"},
    {"cell_type": "markdown", "metadata": {}, "source": ["## Sources\n", "\n", "[1] Salt, 1971, p. 3.\n"], "id": "c2"},
]
NOTEBOOK = json.dumps({"cells": CELLS, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"
FAULTY = (
    NOTEBOOK.split("\n").index('    "It is \\"so\\" [1], [3].\\n"') + 1
)  # the line of the file that the marker is on
SELECT = ("--select", "CC101,CC103,CC409")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "nb.ipynb").write_text(NOTEBOOK, encoding="utf-8")
    return tmp_path


def report(format: str) -> str:
    with redirect_stdout(StringIO()) as printed:
        status(["check", ".", "--format", format, "--quiet", *SELECT])
    return printed.getvalue()


def valid(text: str, schema: str) -> Any:
    told = json.loads(text)
    known = json.loads((PUBLISHED / schema).read_text(encoding="utf-8"))
    validator = Draft7Validator if "draft-07" in known["$schema"] else Draft202012Validator
    assert [] == [error.message for error in validator(known).iter_errors(told)]
    return told


def test_a_reader_is_told_the_cell_and_the_line_of_the_bibliography() -> None:
    places = [line.split(" ")[0] for line in report("concise").splitlines()]
    assert ["nb.ipynb:cell", "refs.bib:6:10:", "refs.bib:9:7:"] == places
    assert "nb.ipynb:cell 2:3:17: CC101" in report("concise")


def test_sarif() -> None:
    told = valid(report("sarif"), "sarif-2.1.0.json")
    places = [each["locations"][0]["physicalLocation"] for each in told["runs"][0]["results"]]
    lines = {(each["artifactLocation"]["uri"], each["region"]["startLine"]) for each in places}
    assert {("refs.bib", 6), ("refs.bib", 9), ("nb.ipynb", FAULTY)} == lines


def test_sarif_says_where_the_key_was_first_listed() -> None:
    results = json.loads(report("sarif"))["runs"][0]["results"]
    (twice,) = (each for each in results if each["ruleId"] == "CC103")
    assert 2 == twice["relatedLocations"][0]["physicalLocation"]["region"]["startLine"]


def test_gitlab() -> None:
    told = valid(report("gitlab"), "gitlab-code-quality.json")
    lines = {(each["location"]["path"], each["location"]["lines"]["begin"]) for each in told}
    assert {("refs.bib", 6), ("refs.bib", 9), ("nb.ipynb", FAULTY)} == lines
    assert 3 == len({each["fingerprint"] for each in told})


def test_rdjson_and_the_fix_of_a_field() -> None:
    told = valid(report("rdjson"), "rdjson.json")
    found = {each["code"]["value"]: each for each in told["diagnostics"]}
    start = found["CC101"]["location"]["range"]["start"]
    raw = NOTEBOOK.split("\n")[start["line"] - 1].encode()
    assert b"[3]" == raw[start["column"] - 1 : start["column"] + 2]
    assert "refs.bib" == found["CC409"]["location"]["path"]
    assert ["10.1000/182"] == [each["text"] for each in found["CC409"]["suggestions"]] or found["CC409"]["suggestions"]


def test_github() -> None:
    lines = report("github").splitlines()
    assert any(line.startswith(f"::error file=nb.ipynb,line={FAULTY},") for line in lines)
    assert any(line.startswith("::error file=refs.bib,line=9,") for line in lines)


def test_a_baseline_knows_both(folder: Path) -> None:
    with redirect_stdout(StringIO()):
        assert 0 == status(["baseline", ".", *SELECT])
    assert "" == report("concise")
    (folder / "refs.bib").write_text("\n\n" + BIB + "@book{stone, title = {Another}}\n", encoding="utf-8")
    assert ["refs.bib:12:7:"] == [line.split(" ")[0] for line in report("concise").splitlines()]


def test_ignore_comments_silence_both(folder: Path) -> None:
    ignored = BIB.replace("\n@book{salt, title = {C", "\n% citecheck: ignore CC103\n@book{salt, title = {C")
    (folder / "refs.bib").write_text(ignored, encoding="utf-8")
    cells = [*CELLS[:1], {**CELLS[1], "source": ["It is so [1], [3]. <!-- citecheck: ignore CC101 -->\n"]}, *CELLS[2:]]
    (folder / "nb.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}), encoding="utf-8")
    assert ["refs.bib:6:10:"] == [line.split(" ")[0] for line in report("concise").splitlines()]


def test_a_fix_of_a_field_changes_nothing_else(folder: Path) -> None:
    with redirect_stdout(StringIO()):
        status(["check", "refs.bib", "--fix", *SELECT])
    assert BIB.replace("https://doi.org/10.1000/182", "10.1000/182") == (folder / "refs.bib").read_text(
        encoding="utf-8"
    )
