"""The words of a command line to a command: what is wrong with them is one line, with the word that was meant.

Typer would take longer to import than a document to check, and commands run before every commit; it is asked for help
and for completion only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Final, cast

from citecheck.cli.declarations import REQUIRED, Command, Option, Parameter, parameters
from citecheck.errors import UsageError, nearest, shown

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "check": ("check", "Check"),
    "report": ("report", "Report"),
    "inspect": ("show", "Inspect"),
    "rule": ("show", "Rule"),
    "rules": ("show", "Rules"),
    "pin": ("sources", "Pin"),
    "sources": ("sources", "Sources"),
    "renumber": ("rewrite", "Renumber"),
    "merge": ("rewrite", "Merge"),
    "prove": ("prove", "Prove"),
    "compare": ("compare", "Compare"),
    "corpus": ("corpus", "Corpus"),
    "baseline": ("adopt", "Baseline"),
    "settings": ("adopt", "SettingsOf"),
    "init": ("adopt", "Init"),
    "schema": ("adopt", "Schema"),
    "server": ("serve", "Server"),
    "mcp": ("mcp", "Mcp"),
}
"""The module and the class of each command; a run imports one of them."""

# What other tools call it.
_COMMANDS_ELSEWHERE: Final = {"explain": "rule", "lint": "check", "help": "--help", "version": "--version"}
_OPTIONS_ELSEWHERE: Final = {
    "--output-format": "--format",
    "--output-file": "--output",
    "--extend-ignore": "--ignore",
    "--stats": "--statistics",
}
_MOST_DIGITS: Final = 9  # of a number


def command_of(name: str) -> type[Command]:
    """The class of a command. Raises UsageError for a word that is none."""
    if name not in COMMANDS:
        raise UsageError(f"no such command {shown(name)}{_hint_for_command(name)}")
    module, class_ = COMMANDS[name]
    return cast("type[Command]", getattr(import_module(f"{__package__}.{module}"), class_))


def parse(command: type[Command], arguments: Sequence[str]) -> Command:
    """A command with the options that its arguments give. Raises UsageError, for the first that is wrong."""
    reader = _Reader(command)
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            for each in rest:
                reader.positional(each)
        elif argument == "-" or not argument.startswith("-"):
            reader.positional(argument)
        elif argument.startswith("--"):
            reader.long(argument, rest)
        else:
            reader.short(argument, rest)
    return reader.command()


class _Reader:
    """What has been given of a command so far."""

    def __init__(self, command: type[Command]) -> None:
        self._command = command
        self._given: dict[str, object] = {}
        every = parameters(command).values()
        options = [(each, each.declared) for each in every if isinstance(each.declared, Option)]
        self._flags = {each.flag: each for each, _ in options} | {declared.short: each for each, declared in options}
        self._arguments = [each for each in every if not isinstance(each.declared, Option)]

    def positional(self, word: str) -> None:
        """Takes a word without a flag."""
        for each in self._arguments:
            if each.is_repeatable or each.field not in self._given:
                self._take(each, each.field, word)
                return
        raise UsageError(f"one argument too many: {shown(word)}")

    def long(self, word: str, rest: Iterator[str]) -> None:
        """Takes `--flag`, `--flag value` or `--flag=value`."""
        flag, equals, value = word.partition("=")
        parameter = self._option(flag)
        if not parameter.is_flag:
            self._take(parameter, flag, self._value(parameter, flag, rest, value if equals else None))
        elif equals:
            raise UsageError(f"{flag} takes no value")
        else:
            self._raise_flag(parameter)

    def short(self, word: str, rest: Iterator[str]) -> None:
        """Takes `-q`, several in one word, `-qq`, and at the end one with its value, `-j2` or `-j 2`."""
        for at, letter in enumerate(word[1:], 1):
            flag = f"-{letter}"
            parameter = self._option(flag)
            if not parameter.is_flag:
                self._take(parameter, flag, word[at + 1 :] or self._value(parameter, flag, rest))
                return
            self._raise_flag(parameter)

    def command(self) -> Command:
        """The command. Raises UsageError where an argument is missing."""
        for each in self._arguments:
            if each.default is REQUIRED and each.field not in self._given:
                raise UsageError(f"missing argument {each.declared.metavar!r}")
        return self._command(**self._given)

    def _option(self, flag: str) -> Parameter:
        if flag not in self._flags:
            meant = _OPTIONS_ELSEWHERE.get(flag)
            meant = meant if meant in self._flags else nearest(flag, [*self._flags, "--help"])
            if meant == flag:
                raise UsageError(f"{flag} takes no value")
            raise UsageError(f"no such option: {shown(flag, quoted=False)}{_did_you_mean(meant)}")
        return self._flags[flag]

    def _value(self, parameter: Parameter, flag: str, rest: Iterator[str], attached: str | None = None) -> str:
        """The value of an option: what is attached to it, else the next word unless that is an option itself."""
        value = next(rest, "") if attached is None else attached
        if not value or (attached is None and value.startswith("-") and value != "-"):
            raise UsageError(f"{flag} needs a value: {flag} {parameter.declared.metavar}")
        return value

    def _raise_flag(self, parameter: Parameter) -> None:
        count = cast("int", self._given.get(parameter.field, 0))
        self._given[parameter.field] = count + 1 if parameter.is_counted else True

    def _take(self, parameter: Parameter, flag: str, value: str) -> None:
        if parameter.is_repeatable:
            self._given[parameter.field] = (*cast("tuple[str, ...]", self._given.get(parameter.field, ())), value)
        elif parameter.is_number:
            self._given[parameter.field] = _number(parameter, flag, value)
        else:
            self._given[parameter.field] = value


def _number(parameter: Parameter, flag: str, value: str) -> int:
    least = parameter.declared.least if isinstance(parameter.declared, Option) else 0
    if not (value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS and int(value) >= least):
        raise UsageError(f"{flag} must be a whole number, at least {least}, not {shown(value)}")
    return int(value)


def _hint_for_command(name: str) -> str:
    if name in _COMMANDS_ELSEWHERE:
        return _did_you_mean(_COMMANDS_ELSEWHERE[name])
    if os.path.exists(name):
        return f"; did you mean citecheck check {shown(name, quoted=False)}?"
    return _did_you_mean(nearest(name, COMMANDS), quoted=True)


def _did_you_mean(word: str | None, *, quoted: bool = False) -> str:
    if word is None:
        return ""
    return f"; did you mean {word!r}?" if quoted else f"; did you mean {word}?"
