"""Options that several commands have, and what completes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Final

import typer

COLOURS: Final = ("auto", "always", "never")
SEVERITIES: Final = ("error", "warning", "info")


def formats(incomplete: str) -> list[str]:
    """The formats whose names begin so."""
    from citecheck.formats import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def rule_words(incomplete: str) -> list[str]:
    """The codes and names of rules that begin so."""
    from citecheck.rulebook import rules

    words = [word for rule in rules().values() for word in (rule.code, rule.name)]
    return [word for word in words if word.startswith(incomplete)]


def one_of(words: Iterable[str]) -> Callable[[str], list[str]]:
    """A completion that offers those of some words that begin so."""
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]


def words(lists: Iterable[str] | None) -> tuple[str, ...]:
    """The words of an option that is repeatable and whose words are separated by commas."""
    return tuple(word for each in lists or () for word in each.replace(",", " ").split())


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATHS", help="Files and folders, - for standard input; the current folder by default."),
]
As = Annotated[
    str | None,
    typer.Option("--as", metavar="FORMAT", help="Read everything as markdown or text.", autocompletion=formats),
]
StdinFilename = Annotated[
    str | None, typer.Option(metavar="NAME", help="What standard input is called; its suffix chooses the format.")
]
Exclude = Annotated[
    list[str] | None, typer.Option(metavar="GLOB", help="Pass files over, as a line of .gitignore would; repeatable.")
]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="The language of the documents, such as de; guessed by default.")
]
Colour = Annotated[str, typer.Option(metavar="WHEN", help="auto, always or never.", autocompletion=one_of(COLOURS))]
