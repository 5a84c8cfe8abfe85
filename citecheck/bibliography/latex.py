"""What a field's LaTeX says in plain letters: braces, commands and escapes taken away, accents put together."""

from __future__ import annotations

from typing import Final
from unicodedata import normalize

import regex

from citecheck.text.patterns import lazy_re, lazy_regex

_MARKUP: Final = frozenset("{}\\~$")
_ACCENTS: Final = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
}
_LETTERS: Final = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "i": "i",
    "j": "j",
    "textendash": "–",
    "textemdash": "—",
    "textquoteright": "’",
    "ldots": "…",
}
_ACCENT = lazy_regex(r"\\(?:(['`^\"~=.])\s*+|([uvHckrd])(?:\s++|(?=\{)))(?:\{\\?([^\W\d_])\}|\\?([^\W\d_]))")
_ESCAPE = lazy_re(r"\\([&_%#$ ])")
_COMMAND = lazy_regex(r"\\(?:([A-Za-z]++)\*?\s*+|.)", regex.DOTALL)
_LINK = lazy_regex(r"\\(?:url|path|nolinkurl)\s*+\{([^{}]*+)\}|\\href\s*+\{([^{}]*+)\}")
_GONE: Final = str.maketrans({"{": "", "}": "", "~": " ", "$": ""})


def plain(written: str) -> str:
    """A value without its LaTeX, on one line."""
    if not _MARKUP.isdisjoint(written):
        written = _ACCENT.sub(_accented, written)
        written = _ESCAPE.sub(r"\1", written)
        written = _COMMAND.sub(lambda command: _LETTERS.get(command[1], ""), written).translate(_GONE)
        written = normalize("NFC", written)
    return " ".join(written.split())


def _accented(found: regex.Match[str]) -> str:
    return (found[3] or found[4]) + _ACCENTS[found[1] or found[2]]


def verbatim(written: str) -> str:
    """An address or identifier without the escapes that TeX may need: `\\_`, `\\%`, `{}`."""
    if _MARKUP.isdisjoint(written):
        return written.strip()
    written = _ESCAPE.sub(r"\1", written.replace("{\\textunderscore}", "_").replace("\\textunderscore", "_"))
    return written.replace("\\~{}", "~").replace("\\~", "~").replace("{", "").replace("}", "").strip()


def linked(written: str) -> tuple[int, int] | None:
    """Where the address is that a value links to, `\\url{…}` or `\\href{…}{…}`; None where there is none."""
    found = _LINK.search(written)
    return (found.span(1) if found[1] is not None else found.span(2)) if found else None
