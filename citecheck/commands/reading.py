"""Which documents are read, and how."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from citecheck.charsets import codec_for
from citecheck.config import known_language
from citecheck.errors import CitecheckError, UsageError, known
from citecheck.files import STDIN, Input
from citecheck.findings import Severity
from citecheck.formats import FORMATS
from citecheck.reports.screen import visible
from citecheck.runner import Job
from citecheck.settings.applied import Book
from citecheck.walking import Skipped, find

_NOTHING: Mapping[str, Any] = {}


class Reading:
    """Which documents are read, and how: what `check` and `inspect` have in common.

    `given` are the settings of the command line, by the keys of a settings file.
    """

    def __init__(
        self, given: Mapping[str, Any] = _NOTHING, format: str | None = None, stdin_filename: str | None = None
    ) -> None:
        self.given: Final = given
        self.format: Final = format
        self.stdin_filename: Final = stdin_filename

    @cached_property
    def book(self) -> Book:
        """The settings of all documents. Raises UsageError where the command line names what does not exist."""
        if language := self.given.get("language"):
            known_language(language)
        if encoding := self.given.get("encoding"):
            codec_for(encoding)
        if severity := self.given.get("fail-on"):
            known(severity, [each.value for each in Severity], "severity")
        return Book(self.given)

    def jobs(self, paths: Sequence[str]) -> list[Job]:
        """The documents under paths with what applies to them; what is skipped is told on standard error.

        Raises UsageError and SettingsError.
        """
        if self.format is not None:
            known(self.format, FORMATS, "format")
        if self.stdin_filename is not None and STDIN not in paths:
            raise UsageError("--stdin-filename does nothing where standard input is not read; give - for the path")
        found = find(paths, excluded=self.book, format=self.format, stdin_filename=self.stdin_filename)
        jobs: list[Job] = []
        for each in found:
            if isinstance(each, Skipped):
                sys.stderr.write(f"citecheck: {visible(str(each))}\n")
            elif isinstance(each, CitecheckError):
                jobs.append(each)
            else:
                jobs.append(self._applied(each))
        return jobs

    def _applied(self, each: Input) -> Input:
        applied = self.book.of(each.name)
        settings = applied.settings_of(each.name)
        return each._replace(settings=settings, codec=applied.codec_of(each.name), lenient=applied.lenient)
