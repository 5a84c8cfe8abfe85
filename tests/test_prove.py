"""`citecheck prove`: faults put into copies of documents, and which of them would be reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citecheck import lint, parse
from citecheck.cli import status
from citecheck.editing.edits import apply
from citecheck.engine.proving import faults

SOUND = """\
Bells ring at noon [1], and locks close at dusk [2]. Ferries wait for both [3].

## Sources

[1] M. Moss, Bells of the coast, 1990, pp. 3-9.
[2] R. Moss, Locks of the coast, 1994, pp. 11-17.
[3] S. Eklund, Ferries and bells, 1998, pp. 20-31.
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sound.md").write_text(SOUND, encoding="utf-8")
    return tmp_path


def test_each_kind_of_fault_is_put_into_each_entry_and_its_markers() -> None:
    kinds = [fault.kind for fault in faults(parse(SOUND))]
    each = [
        "entry removed",
        "entry relabelled",
        "entry doubled",
        "marker changed",
        "markers removed",
        "bracket dropped",
    ]
    assert each * 3 == kinds


def test_a_fault_is_one_that_the_text_with_it_has() -> None:
    for fault in faults(parse(SOUND)):
        found = {(each.code, each.label) for each in lint(apply(SOUND, fault.edits))}
        assert fault.expected.keys() <= found, fault.kind


def test_all_faults_of_a_sound_document_would_be_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == status(["prove", "--at-least", "1"])
    assert "18 of 18 faults would be reported\n" == capsys.readouterr().out
    assert SOUND == (folder / "sound.md").read_text(encoding="utf-8")


def test_rules_that_are_off_let_faults_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert 1 == status(["prove", "--ignore", "CC102", "--at-least", "0.9"])
    first, *missed = capsys.readouterr().out.splitlines()
    assert "9 of 18 faults would be reported; not these:" == first
    assert "  sound.md:1:20: marker changed, without CC102" in missed


def test_a_seed_draws_the_same_faults_again(capsys: pytest.CaptureFixture[str]) -> None:
    drawn = []
    for seed in ("4", "4", "5"):
        status(["prove", "--faults", "5", "--seed", seed, "--format", "json"])
        drawn.append(json.loads(capsys.readouterr().out))
    assert drawn[0] == drawn[1] != drawn[2]
    assert (5, 5, 5) == (drawn[0]["faults"], drawn[0]["seen"], len(drawn[0]["trials"]))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--at-least", "2"], "--at-least takes a share from 0 to 1"),
        (["--at-least", "most"], "--at-least takes a share from 0 to 1"),
        (["--format", "xml"], "format"),
        (["nothing.md"], "nothing.md"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == status(["prove", *arguments])
    assert words in capsys.readouterr().err


def test_a_document_without_a_list_can_have_no_fault(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "sound.md").write_text("Bells ring at noon.\n", encoding="utf-8")
    assert 2 == status(["prove"])
    assert "citecheck: no fault can be put into these documents" in capsys.readouterr().err
