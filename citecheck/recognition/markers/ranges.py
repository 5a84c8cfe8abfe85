"""The labels that a range represents, `[1-3]`, and how many of them a text may have spelled out."""

from __future__ import annotations

WIDEST_RANGE = 200  # from one end to the other; a wider range is an absurdity that is reported, not spelled out
_FREE_LABELS = 5_000
_LENGTH_OF_ONE = 4  # code points of text for each label more
_MOST_LABELS = 100_000


def free_labels(text: str) -> int:
    """How many labels ranges may spell out, so that no text of many ranges fills the memory."""
    return min(_MOST_LABELS, _FREE_LABELS + len(text) // _LENGTH_OF_ONE)


def spelled_out(first: int, last: int) -> list[str]:
    """The labels that a range represents; only its two ends where it is reversed or absurdly wide."""
    if first == last:
        return [str(first)]
    if not first < last <= first + WIDEST_RANGE:
        return [str(first), str(last)]
    return [str(number) for number in range(first, last + 1)]
