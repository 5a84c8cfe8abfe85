"""What applies to a document by where it is: settings, what is excluded, the baseline, and bibliographies.

All of it is read once and kept until something changes on disk; then `renew` lets it go.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from types import MappingProxyType
from typing import Final, NamedTuple

from citecheck.config.layers import EffectiveSettings, SettingsResolver
from citecheck.execution.baseline import Baseline, nearest_baseline
from citecheck.execution.libraries import Library
from citecheck.files.decoding import Input
from citecheck.files.roots import Root
from citecheck.model.key_spaces import Beside
from citecheck.model.results import Result
from citecheck.readers import format_for

_LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(  # of the protocol, where no suffix tells the format
    {
        "markdown": "markdown",
        "quarto": "markdown",
        "rmd": "markdown",
        "mdx": "markdown",
        "latex": "latex",
        "tex": "latex",
        "bibtex": "bibtex",
        "restructuredtext": "rst",
        "rst": "rst",
        "plaintext": "text",
        "text": "text",
    }
)


class Neighbours(NamedTuple):
    """What is beside a document: the bibliographies that were found, and what it is joined with."""

    files: tuple[str, ...] = ()
    beside: Beside | None = None


class Projects:
    """What applies to the documents of a workspace."""

    def __init__(self) -> None:
        self._reading = Lock()  # documents are analysed side by side
        self.renew()

    def renew(self) -> None:
        """Forgets what was read, as something may have changed."""
        self._settings = SettingsResolver()
        self._library = Library()
        self._baseline = lru_cache(maxsize=16)(Baseline.read)

    def input(self, path: str, language: str) -> Input | None:
        """A document as it is to be read; None where it is excluded, or of no format that is read.

        Raises CitecheckError where the settings are faulty.
        """
        format = (format_for(path) if os.path.splitext(path)[1] else None) or _LANGUAGES.get(language)
        if format is None:
            return None
        applied = self.applied(path)
        if applied.excludes(path):
            return None
        root = Root.of(path)
        outside = root.refusal(path) is not None
        return Input(path, format, settings=applied.settings_of(path), root=None if outside else root)

    def applied(self, path: str) -> EffectiveSettings:
        """The settings of a document. Raises SettingsError."""
        return self._settings.of(path)

    def neighbours(self, each: Input, text: str) -> Neighbours:
        """What is beside a document with such a text."""
        with self._reading:
            self._library.begin_run()
            companions = self._library.opened(each, text)
            beside = self._library.beside(companions)
        files = companions.bibliographies if companions else ()
        return Neighbours(tuple(one.path for one in files if one.path), beside)

    def fresh(self, result: Result) -> Result:
        """What is not known by the baseline. Raises SettingsError where it is malformed."""
        path = self.applied(result.path).baseline or nearest_baseline(os.path.dirname(result.path))
        return self._baseline(path).of_document(result.path).without_known(result) if path else result
