"""Which rules settings select."""

from __future__ import annotations

from pathlib import Path

import pytest

from citecheck import Settings, Severity, UsageError, lint
from citecheck.cli import status
from citecheck.config.selection import named, selected
from citecheck.rulebook.pages import Status, rules

DEFAULT = frozenset(code for code, rule in rules().items() if rule.status is Status.DEFAULT)


def test_without_a_word_the_default_rules_are_selected() -> None:
    assert DEFAULT == selected(Settings())


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("CC101",), {"CC101"}),
        (("cc101",), {"CC101"}),
        (("undefined-marker", "CC102"), {"CC101", "CC102"}),
        (("CC9",), {"CC901", "CC902"}),
        (("CC",), DEFAULT),
    ],
)
def test_select_narrows_to_what_is_named(words: tuple[str, ...], codes: frozenset[str]) -> None:
    assert codes == selected(Settings(select=words))


def test_ignore_subtracts() -> None:
    assert DEFAULT - {"CC102", "CC301"} == selected(Settings(ignore=("unused-source", "CC301")))


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("CC9O1", "no rule is called 'CC9O1'; did you mean 'CC901'?"),
        ("undefined-makrer", "no rule is called 'undefined-makrer'; did you mean 'undefined-marker'?"),
        ("unused-sou", "no rule is called 'unused-sou'; did you mean 'unused-source'?"),
        ("unused", "no rule is called 'unused'"),
        ("CC399", "no rule is called 'CC399'"),
        ("zebra", "no rule is called 'zebra'"),
        ("", "no rule is called ''"),
    ],
)
def test_an_unknown_rule_is_an_error_with_the_nearest(word: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        named(word)
    assert message == str(error.value)


@pytest.mark.parametrize("settings", [Settings(options={"CC9O1": {}}), Settings(severity={"CC9O1": Severity.INFO})])
def test_options_and_severities_are_those_of_rules_that_exist(settings: Settings) -> None:
    with pytest.raises(UsageError, match=r"no code of a rule is called 'CC9O1'; did you mean 'CC901'?"):
        lint("Boils [1].", settings=settings)


def test_an_unknown_language_is_an_error_from_python_too() -> None:
    with pytest.raises(UsageError, match="no language is called 'xx'"):
        lint("Boils [1].", settings=Settings(language="xx"))


def test_to_select_and_ignore_the_same_is_an_error() -> None:
    with pytest.raises(UsageError, match="no rule is left to check"):
        selected(Settings(select=("CC101",), ignore=("CC1",)))


def test_pedantic_readers_get_all_rules_but_those_that_need_a_setting() -> None:
    pedantic = frozenset(code for code, rule in rules().items() if rule.status is Status.PEDANTIC)
    assert pedantic
    assert DEFAULT | pedantic == selected(Settings(pedantic=True))
    assert pedantic & selected(Settings(select=("CC1",), pedantic=True)) == {
        code for code in pedantic if code.startswith("CC1")
    }


def test_the_command_line_can_ask_for_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "salt.md"
    document.write_text("# Salt [1]\n\nSalt is mined [1].\n\n## Sources\n\n1. A. Olsen, *Salts*, 1901, p. 7.\n")
    assert "marker-in-heading" not in said(document, capsys)
    assert "marker-in-heading" in said(document, capsys, "--pedantic")


def said(document: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    status(["check", str(document), "--exit-zero", *arguments])
    return capsys.readouterr().out
