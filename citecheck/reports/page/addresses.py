"""Addresses as a page may link to them."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from citecheck.identifiers.url import fault, read
from citecheck.text.patterns import lazy_re

_LONE_PERCENT: Final = lazy_re(r"%(?![0-9A-Fa-f]{2})")
_HOST: Final = lazy_re(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE)


def linked(address: str | None) -> str | None:
    """The address as a link may have it: of http or https, sound, and with all encoded that a URL must not have.

    None for all others: no `javascript:`, no `data:`, no path that would be one of the reader's own machine.
    """
    parts = read(address) if address else None
    if address is None or parts is None or parts.scheme not in ("http", "https") or fault(address):
        return None
    if not _HOST.fullmatch(parts.host):
        return None
    before, number_sign, after = address.partition("#")
    return f"{_quoted(before)}{number_sign}{_quoted(after)}"


def _quoted(part: str) -> str:
    return _LONE_PERCENT.sub("%25", quote(part, safe="%:/?@!$&'()*+,;=-._~"))
