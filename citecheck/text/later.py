"""What is worked out only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Later(Generic[_Value]):
    """A value that is made at the first call, and kept: most runs never ask for the claims of a document.

    The value depends on nothing that changes, so that nobody can tell when it was made.
    """

    __slots__ = ("_kept", "_make")

    def __init__(self, make: Callable[[], _Value]) -> None:
        self._make = make
        self._kept: list[_Value] = []

    def __call__(self) -> _Value:
        """The value."""
        if not self._kept:
            self._kept.append(self._make())
        return self._kept[0]
