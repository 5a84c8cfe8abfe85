"""Which documents are read, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from citecheck.errors import CitecheckError, UsageError, known
from citecheck.files import Input, find
from citecheck.formats import FORMATS

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
