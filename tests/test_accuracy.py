"""The accuracy tool, over a folder small enough to be counted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citecheck.editing.edits import apply
from citecheck.readers import format_for
from tests.accuracy.__main__ import main
from tests.accuracy.injection import KINDS, trials
from tests.accuracy.measurement import Measurement, Outcome
from tests.accuracy.tables import accuracy_table, findings_table, injection_table, listing, missed, wrong_documents

FAULTY = """\
Snow falls on the pass from October [1], and the inn closes in November [4].

## Sources

[1] A. Weatherby, Snow on the Pass, 1990, pp. 3-9.
[2] B. Innes, Closed until Spring, 1994, pp. 11-17.
"""
SOUND = """\
The pass opens in May [1].

## Sources

[1] A. Weatherby, Snow on the Pass, 1990, pp. 3-9.
"""
TRUTH = [
    {"file": "letters/faulty.md", "undefined": ["4"], "unused": ["2", "3"], "duplicate": []},
    {"file": "letters/sound.md", "undefined": [], "unused": [], "duplicate": []},
    {"file": "letters/later.xyz", "undefined": ["1"], "unused": [], "duplicate": []},
    {"file": "root.md", "undefined": [], "unused": [], "duplicate": []},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four documents that somebody read, one of them in no format that is read, and one that nobody did."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "innocent").mkdir()
    (tmp_path / "letters/faulty.md").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "letters/sound.md").write_text(SOUND, encoding="utf-8")
    (tmp_path / "letters/later.xyz").write_text(SOUND, encoding="utf-8")
    (tmp_path / "innocent/index.md").write_text("Take a[0] from the array.\n", encoding="utf-8")
    (tmp_path / "root.md").write_text(SOUND, encoding="utf-8")
    (tmp_path / "README.md").write_text(FAULTY, encoding="utf-8")
    lines = "".join(json.dumps({"citing": True, **entry}) + "\n" for entry in TRUTH)
    (tmp_path / "truth.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def _rows(table: str) -> dict[str, list[str]]:
    """The cells of each row of a table by its first."""
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("|")]
    return {first: others for first, *others in rows}


def test_a_set_is_a_folder_and_a_file_of_the_root_counts_when_the_truth_names_it(folder: Path) -> None:
    measurement = Measurement.of(folder)
    assert [".", "innocent", "letters"] == list(measurement.sets)
    assert ("letters/later.xyz",) == measurement.unread


def test_labels_are_counted_by_kind(folder: Path) -> None:
    rows = _rows(accuracy_table(Measurement.of(folder)))
    undefined, unused, duplicate = (
        ["1", "1", "100.0 %", "100.0 %"],
        ["2", "1", "50.0 %", "100.0 %"],
        ["0", "0", "–", "–"],
    )
    assert ["2", "1", *undefined, *unused, *duplicate] == rows["letters"]
    assert ["3", "2", *undefined, *unused, *duplicate] == rows["all"]


def test_findings_are_counted_in_documents_that_nobody_read_too(folder: Path) -> None:
    rows = _rows(findings_table(Measurement.of(folder)))
    assert ["1", "1", "2"] == rows["documents"]
    assert ["0", "0", "1"] == rows["documents with a finding"]
    assert ["–", "–", "50.0 (1)"] == rows["CC101 undefined-marker"]


def test_a_wrong_document_is_named_with_its_labels(folder: Path) -> None:
    assert "- letters/faulty.md: unused and not found: 3" == wrong_documents(Measurement.of(folder))


def test_findings_can_be_read_one_by_one(folder: Path) -> None:
    line = FAULTY.splitlines()[0]
    expected = f"letters/faulty.md:1:{line.index('[4]') + 1}: no source is numbered 4\n    {line}"
    assert expected == listing(Measurement.of(folder), "CC101", "letters", 20)


def test_the_command_prints_both_tables(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(folder), "--wrong"])
    printed = capsys.readouterr().out
    assert all(words in printed for words in ("| set |", "| findings per 100 documents |", "- letters/faulty.md"))


def test_the_tables_are_put_between_two_comments_as_often_as_one_likes(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- accuracy:begin -->\nstale\n<!-- accuracy:end -->\nafter\n", encoding="utf-8")
    main([str(folder), "--into", str(page)])
    once = page.read_text(encoding="utf-8")
    main([str(folder), "--into", str(page)])
    assert once == page.read_text(encoding="utf-8")
    assert "stale" not in once
    assert once.startswith("before\n<!-- accuracy:begin -->\n\n| set |")
    assert once.endswith("|\n\n<!-- accuracy:end -->\nafter\n")


EXAMPLES = Path(__file__).parents[1] / "examples"
WEATHER = """\
Snow falls on the pass [1], and rain in the valley [2]. It thaws in May [3], as they say [2].

## Sources

[1] A. Weatherby, Snow on the Pass, 1990, pp. 3-9.
[2] B. Innes, Rain in the Valley, 1994, pp. 11-17.
[3] C. Thorne, The Thaw, 1998, pp. 20-31.
"""


def test_faults_are_put_into_a_document_one_at_a_time() -> None:
    found = list(trials([Outcome("a.md", WEATHER, (), None)]))
    assert [
        ("entry removed", WEATHER.replace("[2] B. Innes, Rain in the Valley, 1994, pp. 11-17.\n", "")),
        ("entry relabelled", WEATHER.replace("[2] B.", "[1] B.")),
        ("entry doubled", WEATHER + "[4] B. Innes, Rain in the Valley, 1994, pp. 11-17.\n"),
        ("marker changed", WEATHER.replace("valley [2]", "valley [6]")),
        ("markers removed", WEATHER.replace("valley [2]", "valley ").replace("say [2]", "say ")),
        ("bracket dropped", WEATHER.replace("valley [2]", "valley [2")),
    ] == [(trial.fault.kind, apply(WEATHER, trial.fault.edits)) for trial in found]
    assert [
        {("CC101", "2"): 2},
        {("CC101", "2"): 2, ("CC103", "1"): 1},
        {("CC102", "4"): 1},
        {("CC101", "6"): 1},
        {("CC102", "2"): 1},
        {("CC105", None): 1},
    ] == [dict(trial.fault.expected) for trial in found]
    assert all(trial.exact for trial in found)


def test_faults_that_are_not_told_are_counted_and_named(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/a.md").write_text(WEATHER, encoding="utf-8")
    lone = WEATHER.replace("[2] B. Innes, Rain in the Valley, 1994, pp. 11-17.\n", "").replace(
        "as they say [2]", "dear"
    )
    (tmp_path / "letters/b.txt").write_text(lone.replace("[2]. It thaws in May [3]", "by the SEA[3]"), encoding="utf-8")
    measurement = Measurement.of(tmp_path)
    table = _rows(injection_table(measurement))
    assert table["letters"] == table["all"]
    assert ["1 of 2", "1 of 2", "2 of 2", "1 of 2", "2 of 2", "2 of 2", "75.0 %"] == table["letters"]
    assert "- letters/b.txt, entry removed: nothing, not CC101 3 × 1" in missed(measurement).splitlines()


def test_every_fault_in_an_example_is_told() -> None:
    """The documents that show each citation style show each fault too, whatever else is wrong with them."""
    files = [
        path
        for path in sorted(EXAMPLES.iterdir())
        if path.is_file() and format_for(path.name) not in (None, "notebook")
    ]
    found = list(trials(Outcome(path.name, path.read_text(encoding="utf-8"), (), None) for path in files))
    assert set(KINDS) == {trial.fault.kind for trial in found}
    assert [] == [(trial.file, trial.fault.kind) for trial in found if not trial.exact]
