"""Where an address is in running text: a bracket inside it is no marker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from citecheck.limits import MOST_PARTS, bounded
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

# RFC 3986 allows square brackets only about an IP literal, yet query strings have them: `?a[0]=1`. A bracket
# belongs to the address when the address goes on after it; `https://example.org/page[1]` ends before it, and so
# does `https://example.org/page[1].` but not `https://example.org/page[1].pdf`.
# Full-width punctuation and quotation marks end an address in East Asian text.
_STOP = r"\s<>\[\]\"`“”‘’«»，。；：、（）【】《》「」！？｜|^"
_FILE = r"\.(?:pdf|html?|php|aspx?|docx?|txt|zip|png|jpe?g)\b"
PART: Final = rf"(?:[^{_STOP}]++|\[[^{_STOP}]*+\](?=[=&\w/]|{_FILE}))"
"""A pattern for a part of an address after its scheme; case does not matter to it."""
_ADDRESS = lazy_regex(rf"(?:https?|ftp)://{PART}*+", regex.IGNORECASE)
_SCHEMES = ("https", "http", "ftp")


def addresses(text: str) -> Iterator[Span]:
    """Where addresses are. Raises TooMuch."""
    return bounded(_addresses(text), "addresses", MOST_PARTS)


def _addresses(text: str) -> Iterator[Span]:
    """Addresses, looked for only where `://` is."""
    end = 0
    sign = text.find("://")
    while sign >= 0:
        before = text[max(end, sign - 5) : sign].lower()
        scheme = next((scheme for scheme in _SCHEMES if before.endswith(scheme)), None)
        if scheme and (found := _ADDRESS.match(text, sign - len(scheme))):
            end = found.end()
            yield Span(*found.span())
        sign = text.find("://", max(end, sign + 3))
