"""`citecheck corpus`: tables of documents to a table of results."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, Final

from citecheck.cli.commands import FOUND, PASSED
from citecheck.cli.commands.inputs import InputSelection
from citecheck.config.selection import selected
from citecheck.errors import UsageError, known
from citecheck.execution.runner import processors
from citecheck.model.findings import counted
from citecheck.readers import FORMATS
from citecheck.reports.terminal import visible

if TYPE_CHECKING:
    from citecheck.corpus.run import Progress

_EVERY: Final = 10.0  # seconds between two lines of progress where there is no terminal
_BEAT: Final = 0.2  # seconds between two looks on a terminal


def corpus(
    paths: Sequence[str],
    folder: str,
    reading: InputSelection,
    *,
    text: str,
    name: str | None,
    sample: float,
    seed: int,
    limits: Sequence[tuple[str, float]],
    jobs: int | None,
    batch_rows: int | None,
    seconds: int | None,
) -> int:
    """Checks what an earlier run has left of the documents; returns the exit status."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise UsageError("corpus needs pyarrow; install it with: pip install 'citecheck-lint[arrow]'") from error
    from citecheck.arrow.rows import Work
    from citecheck.corpus.inputs import Columns, inputs
    from citecheck.corpus.run import SUMMARY, Plan, over, run

    settings = reading.book.of_folder(os.curdir).settings
    selected(settings)
    work = Work(known(reading.format or "markdown", FORMATS, "format"), settings)
    plan = Plan(Columns(text, name), work, jobs or processors(), sample=sample, seed=seed)
    plan = plan._replace(batch_rows=batch_rows or plan.batch_rows, seconds=float(seconds or plan.seconds))
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise UsageError(f"{folder}: is no folder; the output folder comes last")
    progress = _Told()
    summary = run(inputs(paths), folder, plan, progress)
    progress.close()
    rows, unchecked, errors = (summary[each] for each in ("rows", "unchecked", "documents_with_errors"))
    sys.stdout.write(
        f"{counted(rows, 'document')}: {errors:,} with errors, {summary['documents_with_warnings']:,} with warnings, "
        f"{unchecked:,} not checked; {visible(os.path.join(folder, SUMMARY))}\n"
    )
    beyond = over(summary, limits)
    for line in beyond:
        sys.stderr.write(f"citecheck: {line}\n")
    return FOUND if beyond else PASSED


class _Told:
    """Tells how far a run is: on a terminal on one line, elsewhere an object on a line now and then."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._start = self._last = monotonic()
        self._first: int | None = None

    def __call__(self, progress: Progress) -> None:
        """Tells it, where enough time has passed."""
        now = monotonic()
        if self._first is None:
            self._first = progress.rows
        if now - self._last < (_BEAT if self._terminal else _EVERY):
            return
        self._last = now
        speed = (progress.rows - self._first) / max(now - self._start, 0.001)
        if self._terminal:
            line = f"{progress.rows:,} documents, {speed:,.0f} a second, {progress.unchecked:,} not checked"
            sys.stderr.write(f"\r\x1b[K{line}  {visible(os.path.basename(progress.input))}")
        else:
            told = {**progress._asdict(), "rows_per_second": round(speed, 1), "seconds": round(now - self._start, 1)}
            sys.stderr.write(json.dumps(told) + "\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Leaves the terminal as it was."""
        if self._terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
