"""Numbers as a document writes them: superscript, full-width, with leading zeros."""

from __future__ import annotations

from typing import Final

_SUPERSCRIPT: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FULL_WIDTH: Final = "０１２３４５６７８９"


def like(written: str, number: int) -> str:
    """A number in the digits of another, and padded as that one is."""
    digits = str(number)
    for alphabet in (_SUPERSCRIPT, _FULL_WIDTH):
        if written[:1] in alphabet:
            return digits.translate(str.maketrans("0123456789", alphabet))
    return digits.zfill(len(written)) if written[:1] == "0" else digits
