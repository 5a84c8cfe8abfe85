"""Which documents are read, and how."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from citecheck.config.layers import SettingsResolver
from citecheck.config.selection import known_language
from citecheck.errors import CitecheckError, UsageError, known
from citecheck.execution.runner import Job
from citecheck.files.decoding import STDIN, Input
from citecheck.files.discovery import SkippedFile, find
from citecheck.files.encodings import codec_for
from citecheck.model.findings import Severity
from citecheck.readers import FORMATS
from citecheck.reports.terminal import visible

_NOTHING: Mapping[str, Any] = {}


class InputSelection:
    """Which documents are read, and how: what `check` and `inspect` have in common.

    `given` are the settings of the command line, by the keys of a settings file; `config` and `isolated` are those of
    SettingsResolver.
    """

    def __init__(
        self,
        given: Mapping[str, Any] = _NOTHING,
        format: str | None = None,
        stdin_filename: str | None = None,
        *,
        config: str | None = None,
        isolated: bool = False,
    ) -> None:
        self.given: Final = given
        self.format: Final = format
        self.stdin_filename: Final = stdin_filename
        self._config = config
        self._isolated = isolated

    @cached_property
    def book(self) -> SettingsResolver:
        """The settings of all documents. Raises UsageError where the command line names what does not exist."""
        if language := self.given.get("language"):
            known_language(language)
        if encoding := self.given.get("encoding"):
            codec_for(encoding)
        if severity := self.given.get("fail-on"):
            known(severity, [each.value for each in Severity], "severity")
        if self._config is not None and self._isolated:
            raise UsageError("--config cannot be combined with --isolated; remove one of them")
        return SettingsResolver(self.given, config=self._config, isolated=self._isolated)

    def jobs(self, paths: Sequence[str]) -> list[Job]:
        """The documents under paths with what applies to them; what is skipped is reported on standard error.

        Raises UsageError and SettingsError.
        """
        if self.format is not None:
            known(self.format, FORMATS, "format")
        if self.stdin_filename is not None and STDIN not in paths:
            raise UsageError("--stdin-filename does nothing where standard input is not read; give - for the path")
        found = find(paths, excluded=self.book, format=self.format, stdin_filename=self.stdin_filename)
        jobs: list[Job] = []
        for each in found:
            if isinstance(each, SkippedFile):
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
