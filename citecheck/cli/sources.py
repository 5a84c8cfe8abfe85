"""Commands about the sources of documents: `pin`, `sources`."""

from __future__ import annotations

import os
from typing import Annotated, NamedTuple

from citecheck.cli.declarations import Option, given_settings
from citecheck.cli.options import (
    OUTPUT,
    SOURCES,
    AllowPrivate,
    As,
    Config,
    Encoding,
    Exclude,
    Isolated,
    Language,
    NamedPaths,
    Paths,
)
from citecheck.errors import UsageError


def _keeping() -> tuple[str, ...]:
    return "evidence", "text", "hash"


def _listings() -> tuple[str, ...]:
    return "text", "json", "addresses"


class Pin(NamedTuple):
    """Store texts of sources, to compare claims with them."""

    paths: NamedPaths = ()
    from_: Annotated[
        tuple[str, ...],
        Option("The file of a source: HTML, Markdown, text or PDF; LABEL=FILE says of which. Repeatable.", "FILE"),
    ] = ()
    only: Annotated[str | None, Option("The label of the source that the file is.", "LABEL")] = None
    keep: Annotated[
        str,
        Option(
            "evidence (the default), the passages that documents rely on; text, all; hash, nothing.",
            "WHAT",
            completion=_keeping,
        ),
    ] = "evidence"
    dry_run: Annotated[bool, Option("Say what would be stored or fetched, and store and fetch nothing.")] = False
    missing: Annotated[bool, Option("Fetch only what is not pinned yet.", group=SOURCES)] = False
    check: Annotated[
        bool, Option("Fetch again, store nothing, and say which passages are gone from their sources.", group=SOURCES)
    ] = False
    allow_private: AllowPrivate = ()
    exclude: Exclude = ()
    as_: As = None
    encoding: Encoding = None
    language: Language = None
    config: Config = None
    isolated: Isolated = False

    def run(self) -> int:
        """Stores texts. Raises UsageError where no document or no file is named."""
        from citecheck.cli.commands.inputs import InputSelection
        from citecheck.cli.commands.pin import pin

        if not self.paths:
            raise UsageError("name the documents whose sources are to be pinned; . is the current folder")
        reading = InputSelection(given_settings(self), self.as_, config=self.config, isolated=self.isolated)
        if not self.from_:
            from citecheck.cli.commands.pin_online import Fetching, pin_online

            fetching = Fetching(self.missing, self.check, self.dry_run, self.allow_private)
            return pin_online(self.paths, reading, keep=self.keep, fetching=fetching)
        if self.missing or self.check:
            raise UsageError("--from reads a file; remove --missing and --check, which fetch")
        return pin(self.paths, reading, files=self.from_, only=self.only, keep=self.keep, dry_run=self.dry_run)


class Sources(NamedTuple):
    """List sources, and what each can be checked by."""

    paths: Paths = ()
    format: Annotated[
        str,
        Option(
            "text (the default), json, or addresses: one a line, as link checkers read them.",
            "REPORT",
            OUTPUT,
            completion=_listings,
        ),
    ] = "text"
    exclude: Exclude = ()
    as_: As = None
    encoding: Encoding = None
    language: Language = None
    config: Config = None
    isolated: Isolated = False

    def run(self) -> int:
        """Prints the list."""
        from citecheck.cli.commands.inputs import InputSelection
        from citecheck.cli.commands.sources import list_sources

        reading = InputSelection(given_settings(self), self.as_, config=self.config, isolated=self.isolated)
        return list_sources(self.paths or (os.curdir,), reading, report=self.format)
