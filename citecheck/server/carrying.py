"""Places of a text to the text that has become of it: what was typed since is between two parts that stayed."""

from __future__ import annotations

from collections.abc import Callable

from citecheck.text.spans import Span


class Carrying:
    """Carries places from a text to a later one, and back.

    The two have a beginning and an end in common; a place between them is in one of the texts only.
    """

    def __init__(self, before: str, after: str) -> None:
        shorter = min(len(before), len(after))
        head = _alike(shorter, lambda start, end: before.startswith(after[start:end], start))
        left = shorter - head
        tail = _alike(
            left,
            lambda start, end: (
                before[len(before) - end : len(before) - start] == after[len(after) - end : len(after) - start]
            ),
        )
        self._head = head
        self._before = len(before) - tail  # where the common end begins
        self._moved = len(after) - len(before)

    def back(self, offset: int) -> int | None:
        """Where an offset of the later text was; None where it was not there yet."""
        if offset <= self._head:
            return offset
        return offset - self._moved if offset >= self._before + self._moved else None

    def forth(self, span: Span) -> Span | None:
        """Where a span of the earlier text is; None where anything in it was changed."""
        if span.end <= self._head:
            return span
        return Span(span.start + self._moved, span.end + self._moved) if span.start >= self._before else None


def _alike(most: int, equal: Callable[[int, int], bool]) -> int:
    """How many of so many code points are alike, by halves: a comparison of long parts is one of bytes."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if equal(low, middle):
            low = middle
        else:
            high = middle - 1
    return low
