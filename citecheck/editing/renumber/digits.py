"""Numbers as a document writes them: superscript, full-width, Arabic, Persian, with leading zeros."""

from __future__ import annotations

from typing import Final

from citecheck.text.spans import SUPERSCRIPTS

_ALPHABETS: Final = (SUPERSCRIPTS, "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")


def like(written: str, number: int) -> str:
    """A number in the digits of another, and padded as that one is."""
    digits = str(number)
    for alphabet in _ALPHABETS:
        if written[:1] in alphabet:
            return digits.translate(str.maketrans("0123456789", alphabet))
    return digits.zfill(len(written)) if written[:1] == "0" else digits
