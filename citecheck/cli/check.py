"""`citecheck check`: its options, and the run that they come to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from citecheck.cli.declarations import Option, flag_of, given_settings, words
from citecheck.cli.options import (
    DOCUMENTS,
    EXECUTION,
    FIXES,
    NEW,
    OUTPUT,
    RULES,
    SOURCES,
    AllowPrivate,
    As,
    BaselineFile,
    CacheDir,
    Colour,
    Config,
    Diff,
    DryRun,
    Encoding,
    Exclude,
    ExtendSelect,
    FailOn,
    Ignore,
    Isolated,
    Jobs,
    Language,
    MaxAge,
    NoBaseline,
    NoCache,
    Offline,
    Online,
    Paths,
    Pedantic,
    Refresh,
    Registry,
    Select,
    StdinFilename,
    rule_words,
)
from citecheck.errors import UsageError
from citecheck.files.decoding import STDIN

if TYPE_CHECKING:  # what only some runs need is imported by them
    from citecheck.cli.commands.check import FindingFilter, OutputOptions
    from citecheck.cli.commands.fix import Fixing
    from citecheck.cli.commands.inputs import InputSelection
    from citecheck.cli.commands.online import AskingOptions

_SILENT: Final = 2  # times that quiet is requested


def _reports() -> Iterable[str]:
    from citecheck.reports import REPORTS

    return REPORTS


class Check(NamedTuple):
    """Check documents and report what is wrong."""

    paths: Paths = ()
    exclude: Exclude = ()
    as_: As = None
    stdin_filename: StdinFilename = None
    encoding: Encoding = None
    language: Language = None
    show_files: Annotated[bool, Option("List the documents that would be checked, and stop.", group=DOCUMENTS)] = False
    select: Select = ()
    extend_select: ExtendSelect = ()
    ignore: Ignore = ()
    pedantic: Pedantic = False
    fail_on: FailOn = None
    max_warnings: Annotated[int | None, Option("Most warnings that do not fail the run.", "N", RULES)] = None
    fail_on_not_understood: Annotated[
        bool,
        Option("Fail on documents whose citations were not understood.", group=RULES, setting="fail-on-not-understood"),
    ] = False
    fix: Annotated[bool, Option("Apply safe fixes, which do not change what a document says.", group=FIXES)] = False
    unsafe_fixes: Annotated[
        bool,
        Option("With --fix or --diff: also unsafe fixes, which delete, merge or renumber.", group=FIXES),
    ] = False
    diff: Diff = False
    fixable: Annotated[tuple[str, ...], Option("Fix only these rules.", "RULES", FIXES, completion=rule_words)] = ()
    unfixable: Annotated[tuple[str, ...], Option("Do not fix these rules.", "RULES", FIXES, completion=rule_words)] = ()
    online: Online = False
    offline: Offline = False
    refresh: Refresh = False
    max_age: MaxAge = None
    require_checked: Annotated[
        str | None,
        Option("With --online: fail unless this share of the sources could be checked.", "SHARE", SOURCES),
    ] = None
    dry_run: DryRun = False
    allow_private: AllowPrivate = ()
    registry: Registry = ()
    since: Annotated[str | None, Option("Only documents changed since a git revision.", "REV", NEW)] = None
    changed_lines: Annotated[
        bool,
        Option("Only findings that the change touches or causes; since REV, or the last commit.", group=NEW),
    ] = False
    baseline: BaselineFile = None
    no_baseline: NoBaseline = False
    update_baseline: Annotated[bool, Option("Remove findings that are gone from the baseline.", group=NEW)] = False
    add_ignores: Annotated[bool, Option("Insert an ignore comment for every finding.", group=NEW)] = False
    format: Annotated[
        tuple[str, ...],
        Option(
            "One of text, concise, grouped, json, jsonl, sarif, github, gitlab, junit, rdjson, checkstyle, markdown, "
            "html; or REPORT:FILE. Repeatable.",
            "REPORT",
            OUTPUT,
            completion=_reports,
        ),
    ] = ()
    output: Annotated[str | None, Option("Write the report to a file; its folder is made.", "FILE", OUTPUT)] = None
    statistics: Annotated[
        bool, Option("Count findings per rule, as text or json, instead of listing them.", group=OUTPUT)
    ] = False
    show_all: Annotated[bool, Option("Show all findings, not ten of each rule in each document.", group=OUTPUT)] = False
    quiet: Annotated[
        int, Option("Print findings without the summary; twice, -qq, print nothing.", group=OUTPUT, short="-q")
    ] = 0
    color: Colour = "auto"
    exit_zero: Annotated[bool, Option("Exit with 0 whatever is found.", group=EXECUTION)] = False
    watch: Annotated[bool, Option("Check again whenever something changes.", group=EXECUTION)] = False
    config: Config = None
    isolated: Isolated = False
    jobs: Jobs = None
    no_cache: NoCache = False
    cache_dir: CacheDir = None

    def run(self) -> int:
        """Checks, fixes, or lists what would be checked. Raises UsageError where an option could do nothing."""
        from citecheck.cli.commands import check as command

        _reject_conflicts(self)
        paths = self.paths or (os.curdir,)
        if self.show_files:
            return command.show_files(paths, self._inputs(), since=self.since)
        if self.add_ignores:
            from citecheck.cli.commands.add_ignores import add_ignores

            return add_ignores(paths, self._inputs())
        if self.watch:
            from citecheck.cli.commands.watch import watch

            return watch(paths, self._once, config=self.config)
        return self._once()

    def _once(self) -> int:
        if self.quiet < _SILENT:
            return self._check()
        if STDIN in self.paths and self.fix:
            raise UsageError("-qq prints nothing, but standard input is fixed to standard output; write -q")
        with open(os.devnull, "w", encoding="utf-8") as nothing, redirect_stdout(nothing), redirect_stderr(nothing):
            return self._check()

    def _check(self) -> int:
        from citecheck.cli.commands import check as command

        return command.check(
            self.paths or (os.curdir,),
            self._inputs(),
            self._filter(),
            self._output(),
            fixing=self._fixing(),
            exit_zero=self.exit_zero,
            max_warnings=self.max_warnings,
            processes=self.jobs,
            cache_at=self.cache_dir,
            caching=not self.no_cache,
            asking=self._asking(),
        )

    def _inputs(self) -> InputSelection:
        from citecheck.cli.commands.inputs import InputSelection

        return InputSelection(
            given_settings(self), self.as_, self.stdin_filename, config=self.config, isolated=self.isolated
        )

    def _filter(self) -> FindingFilter:
        from citecheck.cli.commands.check import FindingFilter

        return FindingFilter(
            baseline=self.baseline,
            no_baseline=self.no_baseline,
            update_baseline=self.update_baseline,
            since=self.since,
            changed_lines=self.changed_lines,
        )

    def _output(self) -> OutputOptions:
        from citecheck.cli.commands.check import OutputOptions

        return OutputOptions(
            formats=self.format,
            output=self.output,
            statistics=self.statistics,
            quiet=self.quiet > 0,
            show_all=self.show_all,
            color=self.color,
        )

    def _asking(self) -> AskingOptions | None:
        if not self.online:
            return None
        from citecheck.cli.commands.online import AskingOptions

        return AskingOptions.of(
            max_age=self.max_age,
            offline=self.offline,
            refresh=self.refresh,
            require_checked=self.require_checked,
            dry_run=self.dry_run,
            allow_private=self.allow_private,
            registries=self.registry,
        )

    def _fixing(self) -> Fixing | None:
        if not (self.fix or self.diff):
            return None
        from citecheck.cli.commands.fix import Fixing

        return Fixing(self.unsafe_fixes, self.diff, words(self.fixable), words(self.unfixable))


# Options that decide by themselves what is done or reported, and those that would do nothing beside them.
_NOT_BESIDE: Final[Mapping[str, str]] = {
    "add_ignores": "fix unsafe_fixes diff fixable unfixable since changed_lines baseline update_baseline format output "
    "statistics watch",
    "show_files": "add_ignores fix unsafe_fixes diff fixable unfixable changed_lines update_baseline watch",
    "diff": "format output statistics fail_on exit_zero max_warnings update_baseline",
    "exit_zero": "max_warnings",
    "online": "fix diff add_ignores show_files watch",
    "offline": "refresh max_age dry_run",
    "refresh": "max_age",
    "fix": "update_baseline",
    "no_baseline": "baseline update_baseline",
}
# Options that do nothing by themselves, and those of which one has to be given with them.
_ONLY_WITH: Final[Mapping[str, str]] = {
    **dict.fromkeys(("unsafe_fixes", "fixable", "unfixable"), "fix diff"),
    **dict.fromkeys("offline refresh max_age require_checked dry_run allow_private registry".split(), "online"),
}


def _reject_conflicts(asked: Check) -> None:
    for deciding, others in _NOT_BESIDE.items():
        for other in others.split():
            if getattr(asked, deciding) and getattr(asked, other):
                raise UsageError(f"{flag_of(other)} cannot be combined with {flag_of(deciding)}; remove one of them")
    for word, needed in _ONLY_WITH.items():
        if getattr(asked, word) and not any(getattr(asked, each) for each in needed.split()):
            raise UsageError(f"{flag_of(word)} does nothing without {' or '.join(map(flag_of, needed.split()))}")
