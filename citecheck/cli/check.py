"""`citecheck check`, as Typer understands it."""

from __future__ import annotations

from typing import Annotated

import typer

from citecheck.cli.options import (
    NEW,
    RULES,
    RUN,
    SEVERITIES,
    TELLING,
    WHICH,
    As,
    BaselineFile,
    Colour,
    Encoding,
    Exclude,
    Ignore,
    Language,
    Paths,
    Pedantic,
    Select,
    StdinFilename,
    one_of,
)
from citecheck.cli.requests import CheckOptions, Run, build_check
from citecheck.cli.rewrite import Diff, Fix, Fixable, Unfixable, UnsafeFixes
from citecheck.cli.root import Grouped, app

# Named here as well as in `citecheck.reports`, so that help and completion need not wait for it; a test compares them.
FORMATS = "text concise grouped json jsonl sarif github gitlab junit rdjson checkstyle markdown".split()


@app.command(cls=Grouped)
def check(
    paths: Paths = None,
    exclude: Exclude = None,
    as_: As = None,
    stdin_filename: StdinFilename = None,
    encoding: Encoding = None,
    language: Language = None,
    show_files: Annotated[
        bool,
        typer.Option("--show-files", help="List the documents that would be checked, and stop.", rich_help_panel=WHICH),
    ] = False,
    select: Select = None,
    ignore: Ignore = None,
    pedantic: Pedantic = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="SEVERITY",
            help="Lowest severity that fails: error (default), warning or info.",
            autocompletion=one_of(SEVERITIES),
            rich_help_panel=RULES,
        ),
    ] = None,
    fail_on_not_understood: Annotated[
        bool,
        typer.Option(
            "--fail-on-not-understood",
            help="Fail on documents whose citations were not understood.",
            rich_help_panel=RULES,
        ),
    ] = False,
    fix: Fix = False,
    unsafe_fixes: UnsafeFixes = False,
    diff: Diff = False,
    fixable: Fixable = None,
    unfixable: Unfixable = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="REV", help="Only documents changed since a git revision.", rich_help_panel=NEW),
    ] = None,
    changed_lines: Annotated[
        bool,
        typer.Option(
            "--changed-lines",
            help="Only findings that the change touches or causes; since REV, or the last commit.",
            rich_help_panel=NEW,
        ),
    ] = False,
    baseline: BaselineFile = None,
    no_baseline: Annotated[
        bool, typer.Option("--no-baseline", help="Report all findings, known or not.", rich_help_panel=NEW)
    ] = False,
    update_baseline: Annotated[
        bool,
        typer.Option("--update-baseline", help="Remove findings that are gone from the baseline.", rich_help_panel=NEW),
    ] = False,
    add_ignores: Annotated[
        bool,
        typer.Option("--add-ignores", help="Insert an ignore comment for every finding.", rich_help_panel=NEW),
    ] = False,
    format: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REPORT",
            help=f"One of {', '.join(FORMATS)}; or REPORT:FILE. Repeatable.",
            autocompletion=one_of(FORMATS),
            rich_help_panel=TELLING,
        ),
    ] = None,
    output: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the report to a file.", rich_help_panel=TELLING)
    ] = None,
    statistics: Annotated[
        bool,
        typer.Option("--statistics", help="Count findings per rule instead of listing them.", rich_help_panel=TELLING),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print findings without the summary.", rich_help_panel=TELLING)
    ] = False,
    color: Colour = "auto",
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.", rich_help_panel=RUN)
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever something changes.", rich_help_panel=RUN)
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            min=1,
            metavar="N",
            help="Number of processes; one per CPU core by default.",
            rich_help_panel=RUN,
        ),
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither read nor keep cached results.", rich_help_panel=RUN)
    ] = False,
) -> Run:
    """Check documents and report what is wrong."""
    return build_check(CheckOptions(**locals()))  # all the parameters, by their names
