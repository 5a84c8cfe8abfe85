"""Commands for a repository that takes citecheck up: `baseline`, `settings`, `init`, `schema`."""

from __future__ import annotations

import os
from functools import partial
from typing import Annotated

import typer

from citecheck.cli.options import As, BaselineFile, Encoding, Exclude, Ignore, Language, Paths, Pedantic, Select
from citecheck.cli.requests import Run, settings, words
from citecheck.cli.root import Grouped, app


@app.command(cls=Grouped)
def baseline(
    paths: Paths = None,
    exclude: Exclude = None,
    as_: As = None,
    encoding: Encoding = None,
    language: Language = None,
    select: Select = None,
    ignore: Ignore = None,
    pedantic: Pedantic = None,
    baseline: BaselineFile = None,
) -> Run:
    """Record today's findings; `check` then reports only new ones."""
    from citecheck.cli.commands.baseline import write_baseline
    from citecheck.cli.commands.inputs import InputSelection

    given = settings(
        select=words(select),
        ignore=words(ignore),
        extend_exclude=exclude,
        pedantic=pedantic,
        encoding=encoding,
        language=language,
    )
    return partial(write_baseline, paths or [os.curdir], InputSelection(given, as_), file=baseline)


@app.command(name="settings")
def settings_(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A document or a folder; the current one.")] = os.curdir,
) -> Run:
    """Print the settings that apply to a path, with their origin."""
    from citecheck.cli.commands.inputs import InputSelection
    from citecheck.cli.commands.settings import print_settings

    return partial(print_settings, path, InputSelection())


@app.command()
def init() -> Run:
    """Write a settings file to start from."""
    from citecheck.cli.commands.settings import write_starting_file

    return write_starting_file


@app.command()
def schema() -> Run:
    """Print the JSON Schema of the settings."""
    from citecheck.cli.commands.settings import print_schema

    return print_schema
