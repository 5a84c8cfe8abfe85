"""How a command is declared: a class whose docstring is its help, its fields the options, and its `run` what it does.

    class Merge(NamedTuple):
        \"\"\"Merge sources that are listed twice.\"\"\"

        paths: Paths = ()
        diff: Annotated[bool, Option("Show the changes as a diff, and write nothing.")] = False

        def run(self) -> int: ...

What reads the command line (`arguments`), what settings it gives, its help and its completion (`typer_help`) all come
from these fields. The type of a field says what its option takes: `bool` nothing; `str` a value; `int` a number, or
nothing where it has no metavar and is counted; `tuple[str, ...]` a value each time that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple, Protocol, get_args, get_origin, get_type_hints

Completion = Callable[[], Iterable[str]]
"""The words that a value can be."""


class Option(NamedTuple):
    """An option: what it does, what its value is called, and the group of the help that it is shown in.

    `short` is a flag of one letter. `setting` is the key of a settings file that it overrides; `least` the smallest
    number that it takes.
    """

    help: str
    metavar: str = ""
    group: str = "Options"
    short: str = ""
    setting: str = ""
    least: int = 0
    completion: Completion | None = None


class Argument(NamedTuple):
    """What is on the command line without a flag."""

    help: str
    metavar: str
    completion: Completion | None = None


class Command(Protocol):
    """A command with its options as they were given."""

    def run(self) -> int:
        """Does what is requested; returns the exit status. Raises UsageError where an option can do nothing."""


class Parameter(NamedTuple):
    """A field of a command, as the command line sees it."""

    field: str
    type: object
    declared: Option | Argument
    default: object

    @property
    def flag(self) -> str:
        """The long flag: `--fail-on` of `fail_on`, and `--from` of `from_`, which is a word of Python."""
        return flag_of(self.field)

    @property
    def is_repeatable(self) -> bool:
        """Whether it takes several values."""
        return get_origin(self.type) is tuple

    @property
    def is_flag(self) -> bool:
        """Whether it takes no value."""
        return self.type is bool or self.is_counted

    @property
    def is_counted(self) -> bool:
        """Whether it counts how often it is given."""
        return self.type is int and not self.declared.metavar

    @property
    def is_number(self) -> bool:
        """Whether its value is a number."""
        return not self.is_flag and int in (self.type, *get_args(self.type))


def flag_of(field: str) -> str:
    """The long flag of a field."""
    return f"--{field.strip('_').replace('_', '-')}"


@lru_cache(maxsize=32)
def parameters(command: type[Command]) -> Mapping[str, Parameter]:
    """The parameters of a command by their fields, in their order."""
    defaults: Mapping[str, object] = getattr(command, "_field_defaults", {})
    found: dict[str, Parameter] = {}
    for field, hint in get_type_hints(command, include_extras=True).items():
        type_, declared = get_args(hint)
        found[field] = Parameter(field, type_, declared, defaults.get(field, REQUIRED))
    return found


REQUIRED: Final = object()
"""The default of a parameter that has to be given."""


def given_settings(command: Command) -> dict[str, object]:
    """The settings that the options of a command give, by the keys of a settings file; those not given are left out.

    The words of a list may be separated by commas, apart from globs, which may have some.
    """
    settings: dict[str, object] = {}
    for field, parameter in parameters(type(command)).items():
        declared, value = parameter.declared, getattr(command, field)
        if isinstance(declared, Option) and declared.setting and value:
            many = isinstance(value, tuple)
            settings[declared.setting] = list(value if declared.metavar == GLOB else words(value)) if many else value
    return settings


GLOB: Final = "GLOB"


def words(lists: Iterable[str]) -> tuple[str, ...]:
    """The words of an option that is repeatable and whose words are separated by commas."""
    return tuple(word for each in lists for word in each.replace(",", " ").split())
