"""The command line read from the declarations of the commands; Typer answers for help and completion alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from citecheck.cli import status
from citecheck.cli.arguments import COMMANDS, command_of, parse
from citecheck.cli.declarations import Option, given_settings, parameters
from citecheck.errors import UsageError
from tests.processes import ENVIRONMENT

EVERY = [(name, each) for name in COMMANDS for each in parameters(command_of(name)).values()]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", {}),
        ("a.md - b.md", {"paths": ("a.md", "-", "b.md")}),
        ("-q --exit-zero -- -a.md --fix", {"quiet": 1, "exit_zero": True, "paths": ("-a.md", "--fix")}),
        ("--select CC1,CC2 --select=CC301 docs", {"select": ("CC1,CC2", "CC301"), "paths": ("docs",)}),
        ("--select=a=b --language=de", {"select": ("a=b",), "language": "de"}),
        ("--as text --as markdown", {"as_": "markdown"}),
        ("-j 2", {"jobs": 2}),
        ("-qq", {"quiet": 2}),
        ("--quiet -q", {"quiet": 2}),
        ("-j3", {"jobs": 3}),
        ("-qj4 --jobs=5", {"quiet": 1, "jobs": 5}),
        ("--stdin-filename - --exclude=-x", {"stdin_filename": "-", "exclude": ("-x",)}),
    ],
)
def test_words_become_options(line: str, expected: dict[str, object]) -> None:
    check: Any = command_of("check")
    assert check(**expected) == parse(check, line.split())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("check --selec CC1", "no such option: --selec; did you mean --select?"),
        ("check --stat", "no such option: --stat; did you mean --statistics?"),
        ("check --output-format json", "no such option: --output-format; did you mean --format?"),
        ("check --zebra", "no such option: --zebra"),
        ("check -x", "no such option: -x"),
        ("init --output-format json", "no such option: --output-format"),
        ("check --select", "--select needs a value: --select RULES"),
        ("check --select --fix", "--select needs a value: --select RULES"),
        ("check --output=", "--output needs a value: --output FILE"),
        ("check --help=1", "--help takes no value"),
        ("check -j", "-j needs a value: -j N"),
        ("check --fix=yes", "--fix takes no value"),
        ("check -j0", "-j must be a whole number, at least 1, not '0'"),
        ("check --jobs two", "--jobs must be a whole number, at least 1, not 'two'"),
        ("check --jobs ²", "--jobs must be a whole number, at least 1, not '²'"),
        (f"check --jobs {'9' * 10_000}", f"--jobs must be a whole number, at least 1, not '{'9' * 80}…'"),
        ("rule", "missing argument 'RULE'"),
        ("settings a b", "one argument too many: 'b'"),
        ("init a", "one argument too many: 'a'"),
        ("chek", "no such command 'chek'; did you mean 'check'?"),
        ("explain CC101", "no such command 'explain'; did you mean rule?"),
        ("help", "no such command 'help'; did you mean --help?"),
        ("version", "no such command 'version'; did you mean --version?"),
        ("zebra --help", "no such command 'zebra'"),
        (".", "no such command '.'; did you mean citecheck check .?"),
        ("--fix", "no such option before a command: --fix; `citecheck --help` shows all"),
    ],
)
def test_what_is_wrong_is_one_line(
    line: str, message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert 2 == status(line.split())
    assert ("", f"citecheck: {message}\n") == capsys.readouterr()


def test_settings_come_from_the_options_that_name_one() -> None:
    command = parse(command_of("check"), ["--select", "CC1,CC2", "--exclude", "a,b", "--fail-on", "info", "--fix"])
    assert {"select": ["CC1", "CC2"], "extend-exclude": ["a,b"], "fail-on": "info"} == given_settings(command)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_read_and_shown(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = command_of(name)
    required = ["x" for each in parameters(command).values() if each.declared.metavar == "RULE"]
    assert 0 == status([name, "--help"])
    shown = capsys.readouterr().out
    assert "<" not in shown
    assert "[x" not in shown
    assert "{" not in shown
    for each in parameters(command).values():
        if isinstance(each.declared, Option):
            words = [each.flag] if each.is_flag else [each.flag, "1"]
            assert f"{each.flag} {each.declared.metavar}".rstrip() in shown
            assert getattr(parse(command, [*required, *words]), each.field) not in (None, False, (), 0)


def test_no_flag_has_two_meanings_in_a_command() -> None:
    for name in COMMANDS:
        flags = [flag for command, each in EVERY if command == name for flag in _flags(each)]
        assert len(flags) == len(set(flags))


def _flags(parameter: Any) -> list[str]:
    declared = parameter.declared
    return [parameter.flag, *filter(None, [declared.short])] if isinstance(declared, Option) else []


class Toy(NamedTuple):
    """Not declared in the form of a command: a field has no annotation of its own."""

    field: int = 0


def test_a_field_without_a_declaration_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        parameters(Toy)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("citecheck ren", {"renumber"}),
        ("citecheck check --no-", {"--no-baseline", "--no-cache"}),
        ("citecheck check --format che", {"checkstyle"}),
        ("citecheck rule undefined-m", {"undefined-marker"}),
    ],
)
def test_a_shell_is_offered_what_may_follow(words: str, expected: set[str], tmp_path: Path) -> None:
    asked = {"_CITECHECK_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        [sys.executable, "-c", "from citecheck.cli import main; main()"],
        cwd=tmp_path,
        env={**ENVIRONMENT, **asked},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert expected == set(done.stdout.split())


@pytest.mark.parametrize("line", ["check a.md", "rules", "rule CC101", "settings", "schema", "check --selec x"])
def test_typer_is_imported_for_help_only(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Boils [1].\n\n## Sources\n\n[1] Heat, 2019, p. 3.\n", encoding="utf-8")
    code = f"import sys; from citecheck.cli import status; status({line.split()!r}); print('typer' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=True
    )
    assert "False" == done.stdout.splitlines()[-1]


def test_a_wrong_command_is_told_before_its_help() -> None:
    with pytest.raises(UsageError):
        command_of("chek")
