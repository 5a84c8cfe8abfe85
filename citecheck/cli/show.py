"""Commands that show and change nothing: `inspect`, `rule`, `rules`."""

from __future__ import annotations

import os
from functools import partial
from typing import Annotated

import typer

from citecheck.cli.options import As, Colour, Encoding, Exclude, Language, Paths, StdinFilename, one_of, rule_words
from citecheck.cli.requests import Run, settings
from citecheck.cli.root import Grouped, app


@app.command(cls=Grouped)
def inspect(
    paths: Paths = None,
    format: Annotated[
        str, typer.Option(metavar="REPORT", help="text or json.", autocompletion=one_of(("text", "json")))
    ] = "text",
    exclude: Exclude = None,
    color: Colour = "auto",
    as_: As = None,
    stdin_filename: StdinFilename = None,
    encoding: Encoding = None,
    language: Language = None,
) -> Run:
    """Show how documents are read: markers, sources, claims."""
    from citecheck.cli.commands.inputs import InputSelection
    from citecheck.cli.commands.inspect import inspect as run

    reading = InputSelection(
        settings(extend_exclude=exclude, encoding=encoding, language=language), as_, stdin_filename
    )
    return partial(run, paths or [os.curdir], reading, report=format, color=color)


@app.command()
def rule(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="A code or a name.", autocompletion=rule_words)],
    color: Colour = "auto",
) -> Run:
    """Print the page of a rule."""
    from citecheck.cli.commands.rules import print_rule

    return partial(print_rule, rule, color=color)


@app.command()
def rules(color: Colour = "auto") -> Run:
    """List all rules."""
    from citecheck.cli.commands.rules import print_rules

    return partial(print_rules, color=color)
