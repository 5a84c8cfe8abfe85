"""Options that several commands have, and what completes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Final

import typer

COLOURS: Final = ("auto", "always", "never")
SEVERITIES: Final = ("error", "warning", "info")


def formats(incomplete: str) -> list[str]:
    """The formats whose names begin so."""
    from citecheck.readers import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def rule_words(incomplete: str) -> list[str]:
    """The codes and names of rules that begin so."""
    from citecheck.rulebook.pages import rules

    words = [word for rule in rules().values() for word in (rule.code, rule.name)]
    return [word for word in words if word.startswith(incomplete)]


def one_of(words: Iterable[str]) -> Callable[[str], list[str]]:
    """A completion that offers those of some words that begin so."""
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]


WHICH: Final = "Documents"
RULES: Final = "Rules"
FIXING: Final = "Fixes"
NEW: Final = "New findings"
TELLING: Final = "Output"
RUN: Final = "Execution"

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATHS", help="Files and folders, - for standard input; the current folder by default."),
]
NamedPaths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATHS", help="Files and folders, - for standard input; . is the current folder."),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(metavar="GLOB", help="Exclude files; a pattern as in a .gitignore.", rich_help_panel=WHICH),
]
As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="FORMAT",
        help="Read everything as markdown or text.",
        autocompletion=formats,
        rich_help_panel=WHICH,
    ),
]
StdinFilename = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="The name of standard input; its suffix chooses the format.", rich_help_panel=WHICH
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The encoding, such as latin-1; utf-8 by default.", rich_help_panel=WHICH),
]
Language = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="The language, such as de; guessed by default.", rich_help_panel=WHICH),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULES",
        help="Only these rules: codes, names or prefixes, separated by commas.",
        autocompletion=rule_words,
        rich_help_panel=RULES,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="RULES", help="Not these rules.", autocompletion=rule_words, rich_help_panel=RULES),
]
Pedantic = Annotated[
    bool | None,
    typer.Option("--pedantic", help="The pedantic rules as well; see `citecheck rules`.", rich_help_panel=RULES),
]
Colour = Annotated[
    str,
    typer.Option(
        metavar="WHEN", help="auto, always or never.", autocompletion=one_of(COLOURS), rich_help_panel=TELLING
    ),
]
BaselineFile = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="The baseline, if it is not the one found by default.", rich_help_panel=NEW),
]
