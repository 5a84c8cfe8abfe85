"""The command itself: what all its commands hang on."""

from __future__ import annotations

import sys
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand

from citecheck import __version__
from citecheck.cli.commands import FAILED

_COLUMNS: Final = 80


class Grouped(TyperCommand):
    """A command whose help shows its options in groups: those of its parameters' panels, in their order."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Writes a section for each group."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            if record := parameter.get_help_record(ctx):
                panel = getattr(parameter, "rich_help_panel", None)
                title = panel or ("Arguments" if parameter.param_type_name == "argument" else "Options")
                groups.setdefault(title, []).append(record)
        for title, records in groups.items():
            with formatter.section(title):
                formatter.write_dl(records)


app = typer.Typer(
    name="citecheck",
    epilog="Exit status: 0 nothing at or above the failing severity, 1 something, 2 the run itself failed.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": _COLUMNS},
)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"citecheck {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Check the citations of documents: that every marker has its source, and every source is used."""
    if context.invoked_subcommand is None:
        sys.stdout.write(f"{context.get_help()}\n")
        raise typer.Exit(FAILED)  # a run that checks nothing must not pass
