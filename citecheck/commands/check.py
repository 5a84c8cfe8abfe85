"""`citecheck check`: checks documents and reports what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from citecheck.commands import FAILED, FOUND, PASSED
from citecheck.commands.fix import Fixing, fix
from citecheck.commands.reading import Reading
from citecheck.commands.terminal import screen, told
from citecheck.config import Settings, selected
from citecheck.errors import known
from citecheck.findings import Severity
from citecheck.reports import REPORTS
from citecheck.runner import lint_inputs, processors


def check(
    paths: Sequence[str],
    reading: Reading,
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    pedantic: bool = False,
    fixing: Fixing | None = None,
    fail_on: str = "error",
    exit_zero: bool = False,
    report: str = "text",
    quiet: bool = False,
    color: str = "auto",
    jobs: int | None = None,
) -> int:
    """Checks documents and writes a report of what is wrong; with `fixing`, of what is left when that is done."""
    write = REPORTS[known(report, REPORTS, "format")]
    severity = Severity(known(fail_on, [each.value for each in Severity], "severity"))
    settings = Settings(select=select, ignore=ignore, pedantic=pedantic, language=reading.language)
    selected(settings)  # an unknown rule is told before anything is read
    if fixing is not None:
        shown, failing = screen(color, quiet=quiet), None if exit_zero else severity
        return fix(paths, reading, settings, fixing, write=write, screen=shown, severity=failing)
    results = lint_inputs(reading.inputs(paths), settings, jobs=jobs or processors())
    summary = write(told(results), sys.stdout, screen(color, quiet=quiet))
    if summary.unread:
        return FAILED
    return FOUND if summary.reaches(severity) and not exit_zero else PASSED
