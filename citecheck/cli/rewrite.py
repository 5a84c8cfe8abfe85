"""Commands that change documents: `renumber`, `merge`; and the options of `check` that do."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Final

import typer

from citecheck.cli.options import (
    FIXING,
    As,
    Encoding,
    Exclude,
    Language,
    NamedPaths,
    StdinFilename,
    one_of,
    rule_words,
)
from citecheck.cli.requests import Run, settings
from citecheck.cli.root import Grouped, app
from citecheck.errors import UsageError

_ORDERS: Final = ("appearance", "list")

Fix = Annotated[
    bool,
    typer.Option("--fix", help="Apply safe fixes, which do not change what a document says.", rich_help_panel=FIXING),
]
UnsafeFixes = Annotated[
    bool,
    typer.Option(
        "--unsafe-fixes",
        help="With --fix or --diff: also unsafe fixes, which delete, merge or renumber.",
        rich_help_panel=FIXING,
    ),
]
Diff = Annotated[
    bool, typer.Option("--diff", help="Show the changes as a diff, and write nothing.", rich_help_panel=FIXING)
]
Fixable = Annotated[
    list[str] | None,
    typer.Option(metavar="RULES", help="Fix only these rules.", autocompletion=rule_words, rich_help_panel=FIXING),
]
Unfixable = Annotated[
    list[str] | None,
    typer.Option(metavar="RULES", help="Do not fix these rules.", autocompletion=rule_words, rich_help_panel=FIXING),
]


def _named(paths: list[str] | None) -> list[str]:
    """The paths; raises UsageError where none is given, as nobody rewrites all below a folder without saying so."""
    if not paths:
        raise UsageError("name the files or folders to be changed; . is the current folder with all below it")
    return paths


@app.command(cls=Grouped)
def renumber(
    paths: NamedPaths = None,
    by: Annotated[
        str,
        typer.Option(
            metavar="ORDER",
            help="appearance, by first citation, or list, as the entries stand.",
            autocompletion=one_of(_ORDERS),
        ),
    ] = "appearance",
    from_: Annotated[
        int | None,
        typer.Option("--from", min=0, metavar="N", help="The first number; by default 0 or 1, as in the list."),
    ] = None,
    keep_order: Annotated[
        bool, typer.Option("--keep-order", help="Keep the entries in place, under their new numbers.")
    ] = False,
    diff: Diff = False,
    exclude: Exclude = None,
    as_: As = None,
    stdin_filename: StdinFilename = None,
    encoding: Encoding = None,
    language: Language = None,
) -> Run:
    """Renumber the sources, and every marker with them."""
    from citecheck.cli.commands.fix import renumber as run  # late, so that help and completion need not wait for it
    from citecheck.cli.commands.inputs import InputSelection

    reading = InputSelection(
        settings(extend_exclude=exclude, encoding=encoding, language=language), as_, stdin_filename
    )
    return partial(run, _named(paths), reading, by=by, start=from_, keep_order=keep_order, diff=diff)


@app.command(cls=Grouped)
def merge(
    paths: NamedPaths = None,
    diff: Diff = False,
    exclude: Exclude = None,
    as_: As = None,
    stdin_filename: StdinFilename = None,
    encoding: Encoding = None,
    language: Language = None,
) -> Run:
    """Merge sources that are listed twice."""
    from citecheck.cli.commands.fix import merge as run
    from citecheck.cli.commands.inputs import InputSelection

    reading = InputSelection(
        settings(extend_exclude=exclude, encoding=encoding, language=language), as_, stdin_filename
    )
    return partial(run, _named(paths), reading, diff=diff)
