"""Identifiers and addresses as they are written: what is wrong with one, and how it would be right.

The functions here take a written value and nothing else. They know no document and no place in it; what they say of a
value is said in words that a finding can use.
"""

from __future__ import annotations

from typing import Final, NamedTuple

BRACKETS: Final = {")": "(", "]": "[", "}": "{", ">": "<"}
"""Which bracket each one closes: a value ends before one that it does not open."""


class Fault(NamedTuple):
    """What is wrong with a written value; `repair` is the value fixed, where there is one way to fix it."""

    message: str
    repair: str | None = None
