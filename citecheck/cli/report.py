"""`citecheck report`: its options, and the page that they come to."""

from __future__ import annotations

import os
from typing import Annotated, NamedTuple

from citecheck.cli.declarations import Option, given_settings
from citecheck.cli.options import (
    EXECUTION,
    NEW,
    OUTPUT,
    As,
    BaselineFile,
    Config,
    Encoding,
    Exclude,
    ExtendSelect,
    FailOn,
    Ignore,
    Isolated,
    Jobs,
    Language,
    NoBaseline,
    Paths,
    Pedantic,
    Select,
    StdinFilename,
)
from citecheck.errors import UsageError


class Report(NamedTuple):
    """Write a page for people: texts, gaps, sources and findings."""

    paths: Paths = ()
    exclude: Exclude = ()
    as_: As = None
    stdin_filename: StdinFilename = None
    encoding: Encoding = None
    language: Language = None
    select: Select = ()
    extend_select: ExtendSelect = ()
    ignore: Ignore = ()
    pedantic: Pedantic = False
    fail_on: FailOn = None
    baseline: BaselineFile = None
    no_baseline: NoBaseline = False
    compare: Annotated[str | None, Option("Show what changed since an earlier page.", "FILE", NEW)] = None
    output: Annotated[
        str,
        Option("The page; citecheck-report.html by default. Its folder is made.", "FILE", OUTPUT, short="-o"),
    ] = "citecheck-report.html"
    quiet: Annotated[bool, Option("Do not say what was written.", group=OUTPUT, short="-q")] = False
    exit_zero: Annotated[bool, Option("Exit with 0 whatever is found.", group=EXECUTION)] = False
    config: Config = None
    isolated: Isolated = False
    jobs: Jobs = None

    def run(self) -> int:
        """Writes the page; exits as `check` does. Raises UsageError where two baselines are requested."""
        from citecheck.cli.commands.check import FindingFilter, OutputOptions, check
        from citecheck.cli.commands.inputs import InputSelection

        if self.baseline and self.no_baseline:
            raise UsageError("--baseline cannot be combined with --no-baseline; remove one of them")
        reading = InputSelection(
            given_settings(self), self.as_, self.stdin_filename, config=self.config, isolated=self.isolated
        )
        return check(
            self.paths or (os.curdir,),
            reading,
            FindingFilter(baseline=self.baseline, no_baseline=self.no_baseline),
            OutputOptions(("html",), self.output, quiet=self.quiet, naming=True, earlier=self.compare or ""),
            exit_zero=self.exit_zero,
            processes=self.jobs,
        )
