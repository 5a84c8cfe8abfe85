"""The README shows what citecheck does, and CONTRIBUTING.md what there is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

from citecheck.cli import status
from citecheck.rulebook.index import with_table
from citecheck.rulebook.pages import rules

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS: list[tuple[str, str]] = regex.findall(r"^```(\w+)\n(.*?)^```$", README, regex.MULTILINE | regex.DOTALL)

Printed = Callable[..., str]


def first_block(language: str) -> str:
    """The first block of the README in a language."""
    return next(text for name, text in BLOCKS if name == language)


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Printed:
    """What citecheck says of the README's document, given further arguments."""
    (tmp_path / "tea.md").write_text(first_block("markdown"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> str:
        assert status(["check", "tea.md", *arguments]) == 1
        return capsys.readouterr().out

    return run


def test_the_first_two_commands_are_one_line_each() -> None:
    commands = [text for name, text in BLOCKS if name == "sh"][:2]
    assert [1, 1] == [text.count("\n") for text in commands]


def test_the_report_is_the_one_that_is_printed(printed: Printed) -> None:
    assert first_block("text") == printed()


def test_the_object_is_the_one_that_is_printed(printed: Printed) -> None:
    assert json.loads(first_block("json")) == json.loads(printed("--format", "json", "--select", "CC101"))


def test_the_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {"text": first_block("markdown")}
    exec(first_block("python"), names)
    assert "2 CC101 no source is numbered 3\n" in capsys.readouterr().out


def test_contributing_has_a_line_for_every_folder() -> None:
    package = ROOT / "citecheck"
    places = {f"{each.parent.name}/" for each in package.glob("*/*.py")} | {
        each.name for each in package.glob("[!_]*.py")
    }
    assert set() == places - set(regex.findall(r"^  ([a-z_]+(?:\.py|/)) ", CONTRIBUTING, regex.MULTILINE))


def test_the_table_of_rules_is_fresh() -> None:
    assert with_table(README, rules().values()) == README, "stale: python -m citecheck.rulebook.index"
