"""Patterns that are compiled when a text first asks for them.

A start would otherwise spend most of its time on some three hundred patterns, and a run over one document needs a
third of them. Nothing compiled is kept from run to run: it would be code, and come out of a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

import regex


class _Lazy:
    """Stands for a pattern; each of its methods is looked up once, and is the pattern's own from then on."""

    def __init__(self, source: str, flags: int, compile: Callable[[str, int], object]) -> None:
        self._source = source
        self._flags = flags
        self._compile = compile
        self._compiled: object = None

    def __getattr__(self, name: str) -> Any:
        if self._compiled is None:
            self._compiled = self._compile(self._source, self._flags)
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def lazy_regex(source: str, flags: int = 0) -> regex.Pattern[str]:
    """A pattern to be compiled at its first use."""
    return cast("regex.Pattern[str]", _Lazy(source, flags, regex.compile))


def lazy_re(source: str, flags: int = 0) -> re.Pattern[str]:
    """The same for Python's own engine, which is the faster one for single characters and for literal beginnings."""
    return cast("re.Pattern[str]", _Lazy(source, flags, re.compile))
