"""What the commands do, once their arguments are understood: each returns an exit status."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from citecheck.config import Settings, named, selected
from citecheck.document import Document
from citecheck.engine import Result
from citecheck.errors import CitecheckError, UsageError, known
from citecheck.files import Input, find
from citecheck.findings import Severity
from citecheck.formats import FORMATS
from citecheck.reports import INSPECTIONS, REPORTS
from citecheck.reports.screen import Screen, coloured, plain, visible, width_of
from citecheck.reports.text import paint
from citecheck.rulebook import rules
from citecheck.runner import lint_inputs, parse_inputs, processors

PASSED: Final = 0
FOUND: Final = 1
FAILED: Final = 2
_COLOURS: Final = ("auto", "always", "never")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Reading:
    """Which documents are read, and how: what `check` and `inspect` have in common."""

    exclude: tuple[str, ...] = ()
    format: str | None = None
    stdin_filename: str | None = None
    language: str | None = None

    def inputs(self, paths: Sequence[str]) -> Iterator[Input | CitecheckError]:
        """The documents under paths. Raises UsageError for a format or language that does not exist."""
        if self.format is not None:
            known(self.format, FORMATS, "format")
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            raise UsageError(f"no language is called {self.language!r}; give a code of ISO 639, such as 'de'")
        return find(paths, exclude=self.exclude, format=self.format, stdin_filename=self.stdin_filename)


def check(
    paths: Sequence[str],
    reading: Reading,
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    fail_on: str = "error",
    exit_zero: bool = False,
    report: str = "text",
    quiet: bool = False,
    color: str = "auto",
    jobs: int | None = None,
) -> int:
    """Checks documents and writes a report of what is wrong."""
    write = REPORTS[known(report, REPORTS, "format")]
    severity = Severity(known(fail_on, [each.value for each in Severity], "severity"))
    settings = Settings(select=select, ignore=ignore, language=reading.language)
    selected(settings)  # an unknown rule is told before anything is read
    screen = _screen(color, quiet=quiet)
    results = lint_inputs(reading.inputs(paths), settings, jobs=jobs or processors())
    summary = write(_told(results), sys.stdout, screen)
    if summary.unread:
        return FAILED
    return FOUND if summary.reaches(severity) and not exit_zero else PASSED


def inspect(paths: Sequence[str], reading: Reading, *, report: str = "text", color: str = "auto") -> int:
    """Writes how documents were read."""
    write = INSPECTIONS[known(report, INSPECTIONS, "format")]
    unread: list[Result] = []
    settings = Settings(language=reading.language)
    write(_read(parse_inputs(reading.inputs(paths), settings), unread), sys.stdout, _screen(color))
    return FAILED if unread else PASSED


def print_rule(word: str, *, color: str = "auto") -> int:
    """Prints the page of a rule, named by its code or its name."""
    codes = named(word)
    if len(codes) > 1:
        raise UsageError(f"{word!r} names {len(codes)} rules: {', '.join(sorted(codes))}")
    from citecheck.reports.page import write_page

    (code,) = codes
    write_page(rules()[code], sys.stdout, _screen(color))
    return PASSED


def print_rules(*, color: str = "auto") -> int:
    """Prints the table of all rules."""
    from citecheck.reports.page import write_table

    write_table(rules().values(), sys.stdout, _screen(color))
    return PASSED


def _screen(color: str, *, quiet: bool = False) -> Screen:
    choice = known(color, _COLOURS, "choice of colour")
    painted = coloured(sys.stdout, choice, os.environ)
    encoding = sys.stdout.encoding or "utf-8"
    return Screen(width_of(sys.stdout), paint if painted else plain, quiet=quiet, encoding=encoding)


def _told(results: Iterable[Result]) -> Iterator[Result]:
    """The results, those of documents that could not be read told on standard error as they pass."""
    for result in results:
        if result.unread is not None:
            sys.stdout.flush()  # so that on a terminal the two streams keep their order
            sys.stderr.write(f"citecheck: {visible(result.unread)}\n")
        yield result


def _read(outcomes: Iterable[Document | Result], unread: list[Result]) -> Iterator[Document]:
    """The documents; what could not be read is told on standard error, and added to a list."""
    for outcome in outcomes:
        if isinstance(outcome, Document):
            yield outcome
        else:
            unread.extend(_told([outcome]))
