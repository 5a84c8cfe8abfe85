"""`citecheck check`."""

from __future__ import annotations

import os
from functools import partial
from typing import Annotated

import typer

from citecheck.cli.options import (
    SEVERITIES,
    As,
    Colour,
    Exclude,
    Language,
    Paths,
    StdinFilename,
    one_of,
    rule_words,
    words,
)
from citecheck.cli.rewriting import Diff, Fix, Fixable, Unfixable, UnsafeFixes
from citecheck.cli.root import Run, app


@app.command()
def check(
    paths: Paths = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULES", help="Only these rules: codes, names, prefixes; by commas.", autocompletion=rule_words
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="RULES", help="Not these rules.", autocompletion=rule_words)
    ] = None,
    pedantic: Annotated[
        bool, typer.Option("--pedantic", help="The rules for pedantic readers too; see `citecheck rules`.")
    ] = False,
    exclude: Exclude = None,
    fix: Fix = False,
    unsafe_fixes: UnsafeFixes = False,
    diff: Diff = False,
    fixable: Fixable = None,
    unfixable: Unfixable = None,
    fail_on: Annotated[
        str,
        typer.Option(metavar="SEVERITY", help="What fails: error, warning or info.", autocompletion=one_of(SEVERITIES)),
    ] = "error",
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 whatever is found.")] = False,
    format: Annotated[
        str,
        typer.Option(
            metavar="REPORT", help="text, concise or json.", autocompletion=one_of(("text", "concise", "json"))
        ),
    ] = "text",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print what is found, without the summary.")] = False,
    color: Colour = "auto",
    as_: As = None,
    stdin_filename: StdinFilename = None,
    language: Language = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes; one a processor by default.")
    ] = None,
) -> Run:
    """Check documents and report what is wrong."""
    from citecheck.commands.check import check as run  # late, so that help and completion need not wait for it
    from citecheck.commands.fix import Fixing
    from citecheck.commands.reading import Reading

    fixing = Fixing(unsafe_fixes, diff, words(fixable), words(unfixable)) if fix or diff else None
    return partial(
        run,
        paths or [os.curdir],
        Reading(tuple(exclude or ()), as_, stdin_filename, language),
        select=words(select),
        ignore=words(ignore),
        pedantic=pedantic,
        fixing=fixing,
        fail_on=fail_on,
        exit_zero=exit_zero,
        report=format,
        quiet=quiet,
        color=color,
        jobs=jobs,
    )
