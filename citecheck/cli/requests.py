"""What `citecheck check` is asked for, and the run that this comes to. Knows nothing of how it was asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final, NamedTuple

from citecheck.errors import UsageError

Run = Callable[[], int]
"""What a command does, once its arguments are understood; returns the exit status."""


def words(lists: Iterable[str] | None) -> tuple[str, ...]:
    """The words of an option that is repeatable and whose words are separated by commas."""
    return tuple(word for each in lists or () for word in each.replace(",", " ").split())


def settings(**given: object) -> dict[str, object]:
    """What the command line says, by the keys of a settings file; what it does not say is left out."""
    lists = ("select", "ignore", "extend_exclude")
    told = {key: list(value) if key in lists else value for key, value in given.items() if value}  # type: ignore[call-overload]
    return {key.replace("_", "-"): value for key, value in told.items()}


class CheckOptions(NamedTuple):
    """The parameters of `citecheck check`, named as in `citecheck.cli.check`, and their defaults."""

    paths: list[str] | None = None
    exclude: list[str] | None = None
    as_: str | None = None
    stdin_filename: str | None = None
    encoding: str | None = None
    language: str | None = None
    show_files: bool = False
    select: list[str] | None = None
    ignore: list[str] | None = None
    pedantic: bool | None = None
    fail_on: str | None = None
    fail_on_not_understood: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    fixable: list[str] | None = None
    unfixable: list[str] | None = None
    since: str | None = None
    changed_lines: bool = False
    baseline: str | None = None
    no_baseline: bool = False
    update_baseline: bool = False
    add_ignores: bool = False
    format: list[str] | None = None
    output: str | None = None
    statistics: bool = False
    quiet: bool = False
    color: str = "auto"
    exit_zero: bool = False
    watch: bool = False
    jobs: int | None = None
    no_cache: bool = False


# Options that decide by themselves what is done or told, and those that would do nothing beside them.
_NOT_BESIDE: Final[Mapping[str, str]] = {
    "add_ignores": "fix unsafe_fixes diff fixable unfixable since changed_lines baseline update_baseline format output "
    "statistics watch",
    "show_files": "add_ignores fix unsafe_fixes diff fixable unfixable changed_lines update_baseline watch",
    "diff": "format output statistics fail_on exit_zero update_baseline",
    "fix": "update_baseline",
    "statistics": "format output",
    "no_baseline": "baseline update_baseline",
}
# Options that do nothing by themselves, and those of which one has to stand beside them.
_ONLY_WITH: Final[Mapping[str, str]] = {"unsafe_fixes": "fix diff", "fixable": "fix diff", "unfixable": "fix diff"}


def build_check(asked: CheckOptions) -> Run:
    """The run that is asked for; what some runs alone need is imported by them.

    Raises UsageError where an option would be passed over for another.
    """
    from citecheck.cli.commands import check as command
    from citecheck.cli.commands.inputs import InputSelection

    _reject_conflicts(asked)
    paths = asked.paths or [os.curdir]
    given = settings(
        select=words(asked.select),
        ignore=words(asked.ignore),
        extend_exclude=asked.exclude,
        pedantic=asked.pedantic,
        fail_on=asked.fail_on,
        fail_on_not_understood=asked.fail_on_not_understood,
        encoding=asked.encoding,
        language=asked.language,
    )
    reading = partial(InputSelection, given, asked.as_, asked.stdin_filename)
    if asked.show_files:
        return partial(command.show_files, paths, reading(), since=asked.since)
    if asked.add_ignores:
        from citecheck.cli.commands.add_ignores import add_ignores

        return partial(add_ignores, paths, reading())
    scope = command.FindingFilter(
        baseline=asked.baseline,
        no_baseline=asked.no_baseline,
        update_baseline=asked.update_baseline,
        since=asked.since,
        changed_lines=asked.changed_lines,
    )
    fixing = None
    if asked.fix or asked.diff:
        from citecheck.cli.commands.fix import Fixing

        fixing = Fixing(asked.unsafe_fixes, asked.diff, words(asked.fixable), words(asked.unfixable))
    telling = command.OutputOptions(
        formats=tuple(asked.format or ()),
        output=asked.output,
        statistics=asked.statistics,
        quiet=asked.quiet,
        color=asked.color,
    )

    def run() -> int:
        return command.check(
            paths,
            reading(),
            scope,
            telling,
            fixing=fixing,
            exit_zero=asked.exit_zero,
            processes=asked.jobs,
            caching=not asked.no_cache,
        )

    if asked.watch:
        from citecheck.cli.commands.watch import watch

        return partial(watch, paths, run)
    return run


def _reject_conflicts(asked: CheckOptions) -> None:
    for deciding, others in _NOT_BESIDE.items():
        for other in others.split():
            if getattr(asked, deciding) and getattr(asked, other):
                raise UsageError(f"{_option(other)} does nothing beside {_option(deciding)}; leave out one of the two")
    for word, needed in _ONLY_WITH.items():
        if getattr(asked, word) and not any(getattr(asked, each) for each in needed.split()):
            raise UsageError(f"{_option(word)} does nothing without {' or '.join(map(_option, needed.split()))}")


def _option(field: str) -> str:
    return f"--{field.replace('_', '-')}"
