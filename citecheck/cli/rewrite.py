"""Commands that change documents: `renumber`, `merge`."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from citecheck.cli.declarations import Option, given_settings
from citecheck.cli.options import As, Config, Diff, Encoding, Exclude, Isolated, Language, NamedPaths, StdinFilename
from citecheck.errors import UsageError


class Renumber(NamedTuple):
    """Renumber the sources, and every marker with them."""

    paths: NamedPaths = ()
    by: Annotated[
        str,
        Option(
            "appearance (the default), by first citation, or list, in the order of the list.",
            "ORDER",
            completion=lambda: ("appearance", "list"),
        ),
    ] = "appearance"
    from_: Annotated[int | None, Option("The first number; by default 0 or 1, as in the list.", "N")] = None
    keep_order: Annotated[bool, Option("Keep the entries in place, under their new numbers.")] = False
    diff: Diff = False
    exclude: Exclude = ()
    as_: As = None
    stdin_filename: StdinFilename = None
    encoding: Encoding = None
    language: Language = None
    config: Config = None
    isolated: Isolated = False

    def run(self) -> int:
        """Renumbers documents, or shows how they would change."""
        from citecheck.cli.commands.fix import renumber
        from citecheck.cli.commands.inputs import InputSelection

        reading = InputSelection(
            given_settings(self), self.as_, self.stdin_filename, config=self.config, isolated=self.isolated
        )
        return renumber(
            _named(self.paths), reading, by=self.by, start=self.from_, keep_order=self.keep_order, diff=self.diff
        )


class Merge(NamedTuple):
    """Merge sources that are listed twice."""

    paths: NamedPaths = ()
    diff: Diff = False
    exclude: Exclude = ()
    as_: As = None
    stdin_filename: StdinFilename = None
    encoding: Encoding = None
    language: Language = None
    config: Config = None
    isolated: Isolated = False

    def run(self) -> int:
        """Merges the entries of documents, or shows how they would change."""
        from citecheck.cli.commands.fix import merge
        from citecheck.cli.commands.inputs import InputSelection

        reading = InputSelection(
            given_settings(self), self.as_, self.stdin_filename, config=self.config, isolated=self.isolated
        )
        return merge(_named(self.paths), reading, diff=self.diff)


def _named(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths; raises UsageError where none is given, as nobody rewrites all below a folder without saying so."""
    if not paths:
        raise UsageError("name the files or folders to be changed; . is the current folder with all below it")
    return paths
