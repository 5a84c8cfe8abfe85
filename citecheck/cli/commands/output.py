"""What commands write to: the screen of standard output, and standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Final

from citecheck.errors import known
from citecheck.model.results import Result
from citecheck.reports.terminal import Screen, coloured, linked, on_github, plain, visible, width_of
from citecheck.reports.text import paint

_COLOURS: Final = ("auto", "always", "never")


def screen(
    color: str, *, quiet: bool = False, advising: bool = True, show_all: bool = False, rules_url: str = ""
) -> Screen:
    """What reports on standard output are written on. Raises UsageError for an unknown choice of colour."""
    choice = known(color, _COLOURS, "choice of colour")
    painted = coloured(sys.stdout, choice, os.environ)
    encoding = sys.stdout.encoding or "utf-8"
    return Screen(
        width_of(sys.stdout),
        paint if painted else plain,
        quiet=quiet,
        encoding=encoding,
        advising=advising,
        show_all=show_all,
        rules_url=rules_url,
        links=painted and linked(sys.stdout, os.environ),
        on_github=on_github(os.environ),
    )


def report_unreadable(results: Iterable[Result]) -> Iterator[Result]:
    """The results, those of documents that could not be read told on standard error as they pass."""
    for result in results:
        if result.unread is not None:
            sys.stdout.flush()  # so that on a terminal the two streams keep their order
            weight = "warning: " if result.tolerated else ""
            sys.stderr.write(f"citecheck: {weight}{visible(result.unread)}\n")
        yield result
