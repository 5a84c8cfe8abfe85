"""Patterns that are compiled when a text first asks for them.

A start would otherwise spend most of its time on some three hundred patterns, and a run over one document needs half.
"""

from __future__ import annotations

from typing import Any, cast

import regex


class _Lazy:
    """Stands for a pattern; each of its methods is looked up once, and is the pattern's own from then on."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags
        self._compiled: regex.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._compiled is None:
            self._compiled = regex.compile(self._source, self._flags)
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def lazy(source: str, flags: int = 0) -> regex.Pattern[str]:
    """A pattern to be compiled at its first use."""
    return cast("regex.Pattern[str]", _Lazy(source, flags))
