"""`prove`: how far a run without findings is to be trusted."""

from __future__ import annotations

import os
from typing import Annotated, NamedTuple

from citecheck.cli.declarations import Option, given_settings
from citecheck.cli.options import (
    As,
    Config,
    Encoding,
    Exclude,
    ExtendSelect,
    Ignore,
    Isolated,
    Language,
    Paths,
    Pedantic,
    Select,
    TextOrJson,
)
from citecheck.errors import UsageError


class Prove(NamedTuple):
    """Put faults into copies of documents; say which are seen."""

    paths: Paths = ()
    faults: Annotated[int, Option("How many faults at most; 100 by default.", "N", least=1)] = 100
    seed: Annotated[int, Option("Which of the possible faults; the same seed draws the same.", "N")] = 1
    at_least: Annotated[str, Option("Fail where a smaller share is reported, such as 0.95.", "SHARE")] = "0"
    exclude: Exclude = ()
    as_: As = None
    encoding: Encoding = None
    language: Language = None
    select: Select = ()
    extend_select: ExtendSelect = ()
    ignore: Ignore = ()
    pedantic: Pedantic = False
    config: Config = None
    isolated: Isolated = False
    format: TextOrJson = "text"

    def run(self) -> int:
        """Tries the faults and prints what became of them. Raises UsageError for a share that is no number."""
        from citecheck.cli.commands.inputs import InputSelection
        from citecheck.cli.commands.prove import prove

        try:
            share = float(self.at_least)
        except ValueError:
            raise UsageError(f"--at-least takes a share from 0 to 1, such as 0.95, not {self.at_least!r}") from None
        reading = InputSelection(given_settings(self), self.as_, None, config=self.config, isolated=self.isolated)
        return prove(
            self.paths or (os.curdir,), reading, count=self.faults, seed=self.seed, at_least=share, report=self.format
        )
