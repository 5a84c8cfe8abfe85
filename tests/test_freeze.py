"""Recording what citecheck says of a folder, and comparing two records."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.freeze.__main__ import main

CITECHECK = f"{sys.executable} -m citecheck"
SOUND = "Boils [1], freezes [2].\n\n## Sources\n\n1. Kettle, 2001, p. 3.\n2. Frost, 2002, p. 4.\n"


def _recorded(folder: Path, name: str) -> str:
    place = folder.parent / name
    assert main(["record", str(folder), str(place), "--command", CITECHECK]) == 0
    return str(place)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.md").write_text(SOUND, encoding="utf-8")
    (folder / "sub" / "b.md").write_text(SOUND, encoding="utf-8")
    return folder


def test_two_records_of_the_same_folder_are_equal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", _recorded(folder, "before"), _recorded(folder, "after")]) == 0
    assert "0 of 2 documents differ\n" == capsys.readouterr().out


def test_only_the_document_that_changed_is_shown_with_what_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _recorded(folder, "before")
    (folder / "sub" / "b.md").write_text(
        SOUND.replace("[2]", "[3]").replace("2. Frost", "[1] Frost").replace("1. Kettle", "[1] Kettle"),
        encoding="utf-8",
    )
    assert main(["compare", before, _recorded(folder, "after"), "--lines", "99"]) == 1
    path, *lines, count = capsys.readouterr().out.splitlines()
    assert "sub/b.md" == path
    assert "1 of 2 documents differ" == count
    assert any(line.startswith('  + finding {"code": "CC101"') for line in lines)
    assert any(line.startswith("  - marker") and '"[2]"' in line for line in lines)
    assert any(line.startswith('  + finding {"code": "CC103"') and '"related": [{"column": 1' in line for line in lines)


def test_a_document_that_came_or_went_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _recorded(folder, "before")
    (folder / "a.md").rename(folder / "c.md")
    assert main(["compare", before, _recorded(folder, "after")]) == 1
    assert "a.md\n  - the document\nc.md\n  + the document\n2 of 3 documents differ\n" == capsys.readouterr().out
