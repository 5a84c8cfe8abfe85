"""Help and completion, by Typer, from the declarations of the commands; Typer reads no command line that runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from inspect import Parameter as Accepted
from inspect import Signature, cleandoc
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand
from typer.main import get_command

from citecheck.cli.arguments import COMMANDS, command_of
from citecheck.cli.declarations import REQUIRED, Command, Completion, Option, Parameter, parameters

_COLUMNS: Final = 80
_EPILOG: Final = "Exit status: 0 nothing at or above the failing severity, 1 something, 2 the run itself failed."


def answer(arguments: Sequence[str]) -> int:
    """Prints the help that is requested, or what completes a line; returns the exit status."""
    try:
        _application().main(list(arguments), prog_name="citecheck", standalone_mode=False)
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def _application() -> Any:
    app = typer.Typer(
        name="citecheck",
        epilog=_EPILOG,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": _COLUMNS},
    )
    app.callback(invoke_without_command=True)(_root)
    for name in COMMANDS:
        command = command_of(name)
        app.command(name=name, cls=_Help, help=cleandoc(command.__doc__ or ""))(_function(command))
    return get_command(app)


def _root(
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version and exit.")] = False,
) -> None:
    """Check the citations of documents: that every marker has its source, and every source is used."""


class _Help(TyperCommand):
    """A command whose help shows its options as they are declared, in their groups."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The words of the usage line: `[OPTIONS] [PATHS]...`."""
        return ["[OPTIONS]", *filter(None, map(_place, _declared(self)))]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Writes a section for each group."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in _declared(self):
            groups.setdefault(_group(each), []).append((_heading(each), each.declared.help))
        groups.setdefault("Options", []).append(("-h, --help", "Show this message and exit."))
        for title, records in groups.items():
            with formatter.section(title):
                formatter.write_dl(records)


def _declared(command: TyperCommand) -> Iterable[Parameter]:
    return parameters(command_of(command.name or "")).values()


def _place(parameter: Parameter) -> str:
    """Where an argument is on the line; nothing for an option, as all of these come before."""
    if isinstance(parameter.declared, Option):
        return ""
    word = parameter.declared.metavar
    word = word if parameter.default is REQUIRED else f"[{word}]"
    return f"{word}..." if parameter.is_repeatable else word


def _group(parameter: Parameter) -> str:
    return parameter.declared.group if isinstance(parameter.declared, Option) else "Arguments"


def _heading(parameter: Parameter) -> str:
    declared = parameter.declared
    if not isinstance(declared, Option):
        return declared.metavar
    short = f"{declared.short}, " if declared.short else ""
    return f"{short}{parameter.flag} {declared.metavar}".rstrip()


def _function(command: type[Command]) -> Callable[..., None]:
    """A function with the parameters of a command, as Typer wants one; it is never called."""

    def function(**_: object) -> None:
        raise NotImplementedError

    every = [_accepted(each) for each in parameters(command).values()]
    function.__signature__ = Signature(every)  # type: ignore[attr-defined]  # what `inspect` reads
    function.__annotations__ = {each.name: each.annotation for each in every}
    return function


def _accepted(parameter: Parameter) -> Accepted:
    declared = parameter.declared
    options: dict[str, Any] = {"help": declared.help, "metavar": declared.metavar or None}
    if declared.completion:
        options["autocompletion"] = _beginning(declared.completion)
    if isinstance(declared, Option):
        info = typer.Option(*filter(None, (parameter.flag, declared.short)), **options)
    else:
        info = typer.Argument(**options)
    kind: Any = list[str] if parameter.is_repeatable else bool if parameter.is_flag else str
    required = parameter.default is REQUIRED
    default: Any = Accepted.empty if required else False if parameter.is_flag else None
    annotation: Any = Annotated[kind if required or parameter.is_flag else kind | None, info]
    return Accepted(parameter.field, Accepted.KEYWORD_ONLY, default=default, annotation=annotation)


def _beginning(completion: Completion) -> Callable[[str], list[str]]:
    """A completion that offers the words that begin so."""
    return lambda incomplete: [word for word in completion() if word.startswith(incomplete)]
