"""A progress bar for long runs, on a terminal only."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from citecheck.model.results import Result

_PATIENCE: Final = 1.0  # seconds; a run that is done by then needs no bar


_Thing = TypeVar("_Thing")


def asked_about(answers: Iterable[_Thing], total: int) -> Iterator[_Thing]:
    """The answers as they come; where that takes long, how many have come is shown on standard error."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from answers
        return
    from citecheck.reports.progress_bar import Bar

    started = time.monotonic()
    bar = Bar(total, "asking")
    try:
        for done, answer in enumerate(answers, 1):
            yield answer
            if time.monotonic() - started > _PATIENCE:
                bar.show(done)
    finally:
        bar.hide()


def watched(results: Iterable[Result], total: int) -> Iterator[Result]:
    """The results as they come; where that takes long, how many have come is shown on standard error."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from results
        return
    from citecheck.reports.progress_bar import Bar

    started = time.monotonic()
    bar = Bar(total)
    try:
        for done, result in enumerate(results, 1):
            if result.diagnostics or result.unread is not None:
                bar.hide()  # what is said of it goes where the bar is
            yield result
            if time.monotonic() - started > _PATIENCE:
                bar.show(done)
    finally:
        bar.hide()
