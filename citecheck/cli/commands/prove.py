"""`citecheck prove`: puts faults into copies of documents and says which of them a check would report."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Final

from citecheck.cli.commands import FAILED, FOUND, PASSED
from citecheck.cli.commands.inputs import InputSelection
from citecheck.errors import CitecheckError, UsageError, known
from citecheck.execution.proving import Trial, trials
from citecheck.reports.terminal import visible

_FORMATS: Final = ("text", "json")


def prove(
    paths: Sequence[str], reading: InputSelection, *, count: int, seed: int, at_least: float, report: str = "text"
) -> int:
    """Writes how many faults would be reported and which would not; nothing is written to the documents.

    Returns 1 below the share `at_least`, and 2 where no document could have a fault. Raises UsageError for a share that
    is none.
    """
    known(report, _FORMATS, "format")
    if not 0 <= at_least <= 1:
        raise UsageError("--at-least takes a share from 0 to 1, such as 0.95")
    errors: list[CitecheckError] = []
    tried = list(_sorted_out(trials(reading.jobs(paths), count=count, seed=seed), errors))
    for error in errors:
        sys.stderr.write(f"citecheck: {visible(str(error))}\n")
    if not tried:
        raise UsageError("no fault can be put into these documents: none cites a list of numbered sources")
    seen = sum(trial.seen for trial in tried)
    write = _write_json if report == "json" else _write_text
    write(tried, seen)
    if errors:
        return FAILED
    return PASSED if seen >= at_least * len(tried) else FOUND


def _sorted_out(found: Iterator[Trial | CitecheckError], errors: list[CitecheckError]) -> Iterator[Trial]:
    """The trials; what could not be read is added to a list."""
    for each in found:
        if isinstance(each, Trial):
            yield each
        else:
            errors.append(each)


def _write_text(tried: Sequence[Trial], seen: int) -> None:
    missed = [trial for trial in tried if not trial.seen]
    faults = "fault" if len(tried) == 1 else "faults"
    sys.stdout.write(f"{seen} of {len(tried)} {faults} would be reported{'; not these:' if missed else ''}\n")
    for trial in missed:
        place = f"{visible(trial.path)}:{trial.start.line}:{trial.start.column}"
        sys.stdout.write(f"  {place}: {trial.kind}, without {', '.join(trial.missed)}\n")


def _write_json(tried: Sequence[Trial], seen: int) -> None:
    rows = [
        {
            "path": trial.path,
            "kind": trial.kind,
            "start": {"line": trial.start.line, "column": trial.start.column},
            "expected": list(trial.expected),
            "missed": list(trial.missed),
        }
        for trial in tried
    ]
    json.dump({"faults": len(tried), "seen": seen, "trials": rows}, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
