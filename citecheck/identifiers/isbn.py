"""ISBN and ISSN: the numbers of books and of journals, and their check digits.

An ISBN has 13 digits and begins with 978 or 979 (ISO 2108:2017), or 10 as until 2006 (ISO 2108:1992), where the last
may be X for ten. An ISSN has 8, the last of them perhaps X (ISO 3297:2022). Where the hyphens of an ISBN are depends
on the publisher, and nobody reads them; they are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable

from citecheck.identifiers import Fault
from citecheck.text.patterns import lazy_regex

_BETWEEN = lazy_regex(r"[\s\-‐‑‒–—−\u00ad]+")


def fault(written: str) -> Fault | None:
    """What is wrong with an ISBN, with or without hyphens or spaces; nothing can be repaired."""
    digits = _BETWEEN.sub("", written).upper()
    if strange := _strange(digits, 10):
        return _character_fault("ISBN", strange, " of 10 digits")
    if len(digits) not in (10, 13):
        return Fault(f"an ISBN has 10 or 13 digits, and this one has {len(digits)}")
    if len(digits) == 10:
        return _sum_fault("ISBN", digits, _modulo_11(digits))
    if digits[:3] not in ("978", "979"):
        return Fault(f"an ISBN of 13 digits begins with 978 or 979, not {digits[:3]}")
    return _sum_fault("ISBN", digits, _modulo_10(digits))


def issn_fault(written: str) -> Fault | None:
    """What is wrong with an ISSN, with or without its hyphen; nothing can be repaired."""
    digits = _BETWEEN.sub("", written).upper()
    if strange := _strange(digits, 8):
        return _character_fault("ISSN", strange)
    if len(digits) != 8:
        return Fault(f"an ISSN has 8 digits, and this one has {len(digits)}")
    return _sum_fault("ISSN", digits, _modulo_11(digits))


def _strange(digits: str, length: int) -> str | None:
    """The first character that is no digit; X is one at the end of that length."""
    body = digits[:-1] if len(digits) == length and digits[-1] == "X" else digits
    return next((character for character in body if not "0" <= character <= "9"), None)


def _character_fault(kind: str, strange: str, where: str = "") -> Fault:
    return Fault(
        f"X is allowed only at the end of an {kind}{where}" if strange == "X" else f"{strange} is no digit of an {kind}"
    )


def _modulo_11(digits: str) -> str:
    """The check digit by ISO 2108:1992 and ISO 3297: weights that fall to 2, and a remainder of ten written X."""
    weights: Iterable[int] = range(len(digits), 1, -1)
    rest = -sum(weight * int(digit) for weight, digit in zip(weights, digits[:-1], strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def _modulo_10(digits: str) -> str:
    """The check digit by ISO 2108:2017, that of any EAN-13: weights 1 and 3 in turn."""
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:-1])) % 10)


def _sum_fault(kind: str, digits: str, check: str) -> Fault | None:
    if digits[-1] == check:
        return None
    return Fault(f"the {kind}'s check digit is {digits[-1]}, and by its other digits would be {check}")
