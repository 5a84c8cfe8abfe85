"""Commands that show and change nothing: `inspect`, `rule`, `rules`."""

from __future__ import annotations

import os
from typing import Annotated, NamedTuple

from citecheck.cli.declarations import Argument, Option, given_settings
from citecheck.cli.options import (
    As,
    Colour,
    Config,
    Encoding,
    Exclude,
    Isolated,
    Language,
    Paths,
    StdinFilename,
    TextOrJson,
    rule_words,
)


class Inspect(NamedTuple):
    """Show how documents are read: markers, sources, claims."""

    paths: Paths = ()
    exclude: Exclude = ()
    as_: As = None
    stdin_filename: StdinFilename = None
    encoding: Encoding = None
    language: Language = None
    config: Config = None
    isolated: Isolated = False
    why: Annotated[str | None, Option("Why what is at this line is read as it is.", "LINE[:COLUMN]")] = None
    format: TextOrJson = "text"
    color: Colour = "auto"

    def run(self) -> int:
        """Prints how documents are read."""
        from citecheck.cli.commands.inputs import InputSelection
        from citecheck.cli.commands.inspect import inspect

        reading = InputSelection(
            given_settings(self), self.as_, self.stdin_filename, config=self.config, isolated=self.isolated
        )
        return inspect(self.paths or (os.curdir,), reading, why=self.why, report=self.format, color=self.color)


class Rule(NamedTuple):
    """Print the pages of rules."""

    rules: Annotated[tuple[str, ...], Argument("Codes or names.", "RULE", rule_words)]
    format: TextOrJson = "text"
    color: Colour = "auto"

    def run(self) -> int:
        """Prints the pages."""
        from citecheck.cli.commands.rules import print_pages

        return print_pages(self.rules, report=self.format, color=self.color)


class Rules(NamedTuple):
    """List all rules."""

    format: TextOrJson = "text"
    color: Colour = "auto"

    def run(self) -> int:
        """Prints the table."""
        from citecheck.cli.commands.rules import print_rules

        return print_rules(report=self.format, color=self.color)
