"""The command that compares two versions of documents: `compare`."""

from __future__ import annotations

import os
from typing import Annotated, NamedTuple

from citecheck.cli.declarations import Argument, Option, given_settings
from citecheck.cli.options import NEW, OUTPUT, As, Colour, Config, Encoding, Exclude, Isolated, Language
from citecheck.errors import UsageError


class Compare(NamedTuple):
    """Tell which citations a new version lost or re-pointed."""

    paths: Annotated[
        tuple[str, ...], Argument("OLD and NEW, two files or two folders; with --since, any.", "PATHS")
    ] = ()
    since: Annotated[
        str | None, Option("Compare the documents that changed since this revision with it.", "REV", NEW)
    ] = None
    format: Annotated[
        str,
        Option(
            "text (the default), json or markdown.", "REPORT", OUTPUT, completion=lambda: ("text", "json", "markdown")
        ),
    ] = "text"
    exclude: Exclude = ()
    as_: As = None
    encoding: Encoding = None
    language: Language = None
    config: Config = None
    isolated: Isolated = False
    color: Colour = "auto"

    def run(self) -> int:
        """Compares, and writes what changed."""
        from citecheck.cli.commands.compare import compare, compare_since
        from citecheck.cli.commands.inputs import InputSelection

        reading = InputSelection(given_settings(self), self.as_, config=self.config, isolated=self.isolated)
        if self.since is not None:
            return compare_since(self.since, self.paths or (os.curdir,), reading, report=self.format, color=self.color)
        if len(self.paths) != 2:
            raise UsageError("name two files or two folders, OLD and NEW, or a revision by --since")
        return compare(*self.paths, reading, report=self.format, color=self.color)
