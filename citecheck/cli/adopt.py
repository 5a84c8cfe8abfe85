"""Commands for a repository that takes citecheck up: `baseline`, `settings`, `init`, `schema`."""

from __future__ import annotations

import os
from typing import Annotated, NamedTuple

from citecheck.cli.declarations import Argument, given_settings
from citecheck.cli.options import (
    As,
    BaselineFile,
    CacheDir,
    Config,
    Encoding,
    Exclude,
    ExtendSelect,
    Ignore,
    Isolated,
    Jobs,
    Language,
    NoCache,
    Paths,
    Pedantic,
    Select,
    TextOrJson,
)


class Baseline(NamedTuple):
    """Record today's findings; `check` then reports only new ones."""

    paths: Paths = ()
    exclude: Exclude = ()
    as_: As = None
    encoding: Encoding = None
    language: Language = None
    config: Config = None
    isolated: Isolated = False
    select: Select = ()
    extend_select: ExtendSelect = ()
    ignore: Ignore = ()
    pedantic: Pedantic = False
    baseline: BaselineFile = None
    jobs: Jobs = None
    no_cache: NoCache = False
    cache_dir: CacheDir = None

    def run(self) -> int:
        """Writes the baseline."""
        from citecheck.cli.commands.baseline import write_baseline
        from citecheck.cli.commands.inputs import InputSelection

        reading = InputSelection(given_settings(self), self.as_, config=self.config, isolated=self.isolated)
        return write_baseline(
            self.paths or (os.curdir,),
            reading,
            file=self.baseline,
            processes=self.jobs,
            cache_at=self.cache_dir,
            caching=not self.no_cache,
        )


class SettingsOf(NamedTuple):
    """Print the settings that apply to a path, with their origin."""

    path: Annotated[str, Argument("A document or a folder; the current one by default.", "PATH")] = os.curdir
    format: TextOrJson = "text"
    config: Config = None
    isolated: Isolated = False

    def run(self) -> int:
        """Prints the settings."""
        from citecheck.cli.commands.inputs import InputSelection
        from citecheck.cli.commands.settings import print_settings

        reading = InputSelection(config=self.config, isolated=self.isolated)
        return print_settings(self.path, reading, report=self.format)


class Init(NamedTuple):
    """Write a settings file to start from."""

    def run(self) -> int:
        """Writes the file."""
        from citecheck.cli.commands.settings import write_starting_file

        return write_starting_file()


class Schema(NamedTuple):
    """Print the JSON Schema of the settings."""

    def run(self) -> int:
        """Prints the schema."""
        from citecheck.cli.commands.settings import print_schema

        return print_schema()
