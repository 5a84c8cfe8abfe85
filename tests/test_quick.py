"""`citecheck check …` understood without Typer: as Typer understands it, or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from typer.main import get_command

from citecheck.cli import check
from citecheck.cli import fast_path as quick
from citecheck.cli.requests import CheckOptions, Run
from citecheck.cli.root import app

LINES = """
check
check a.md
check - b.md --quiet
check -q --exit-zero -- -a.md --fix
check --select CC1,CC2 --select=CC301 --ignore CC5 docs
check --format sarif:out.sarif --format json --output out.txt
check --as text --stdin-filename a.txt --language de -
check --exclude 'x/*' --exclude y --pedantic --fail-on warning
check --fix --unsafe-fixes --diff --fixable CC3 --unfixable CC4
check --since main --changed-lines --baseline b.json --no-baseline --update-baseline --add-ignores
check --statistics --watch --jobs 3 --color never --show-files
check -j 2
check --jobs=2 --jobs 4
check a --select=a=b
""".strip().splitlines()

UNCLEAR = """
--help
check --help
check -h
check --selec CC1
check --select
check --select --fix
check -j0
check -j x
check --jobs 0
check --jobs two
check --jobs -1
check -qj2
check --fix=yes
check --color=
check --as
rules
""".strip().splitlines()


def by_typer(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> CheckOptions:
    """What Typer takes a command line for."""
    seen: list[CheckOptions] = []

    def checking(asked: CheckOptions) -> Run:
        seen.append(asked)
        return lambda: 0

    monkeypatch.setattr(check, "build_check", checking)
    get_command(app).main(arguments, prog_name="citecheck", standalone_mode=False)
    return CheckOptions._make(list(value) if isinstance(value, (list, tuple)) else value for value in seen[0])


@pytest.mark.parametrize("line", LINES)
def test_both_understand_the_same(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = line.split()
    expected = by_typer(arguments, monkeypatch)
    assert expected == quick.parse_check(arguments)


@pytest.mark.parametrize("line", ["", *UNCLEAR])
def test_what_is_not_wholly_clear_is_left_to_typer(line: str) -> None:
    assert quick.parse_check(line.split()) is None


def test_completion_is_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_CITECHECK_COMPLETE", "complete_bash")
    assert quick.parse_check(["check"]) is None


def test_the_tables_name_all_options_of_the_command() -> None:
    command: Any = get_command(app)
    options = [each for each in command.commands["check"].params if each.param_type_name == "option"]
    names = {name: each.name for each in options for name in each.opts if name not in ("--help", "-h")}
    assert names == quick._FLAGS | quick._VALUES | quick._LISTS
    assert set(quick._FLAGS.values()) == {each.name for each in options if each.is_flag and each.name != "help"}
    assert set(quick._LISTS.values()) == {each.name for each in options if each.multiple}
    assert set(CheckOptions._fields) == {*names.values(), "paths"}
