"""Commands for a repository that takes citecheck up: `baseline`, `settings`, `init`, `schema`."""

from __future__ import annotations

import os
from typing import Annotated, NamedTuple

from citecheck.cli.declarations import Argument, given_settings
from citecheck.cli.options import As, BaselineFile, Encoding, Exclude, Ignore, Language, Paths, Pedantic, Select


class Baseline(NamedTuple):
    """Record today's findings; `check` then reports only new ones."""

    paths: Paths = ()
    exclude: Exclude = ()
    as_: As = None
    encoding: Encoding = None
    language: Language = None
    select: Select = ()
    ignore: Ignore = ()
    pedantic: Pedantic = False
    baseline: BaselineFile = None

    def run(self) -> int:
        """Writes the baseline."""
        from citecheck.cli.commands.baseline import write_baseline
        from citecheck.cli.commands.inputs import InputSelection

        reading = InputSelection(given_settings(self), self.as_)
        return write_baseline(self.paths or (os.curdir,), reading, file=self.baseline)


class SettingsOf(NamedTuple):
    """Print the settings that apply to a path, with their origin."""

    path: Annotated[str, Argument("A document or a folder; the current one by default.", "PATH")] = os.curdir

    def run(self) -> int:
        """Prints the settings."""
        from citecheck.cli.commands.inputs import InputSelection
        from citecheck.cli.commands.settings import print_settings

        return print_settings(self.path, InputSelection())


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
