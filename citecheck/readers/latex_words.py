"""The words of LaTeX: what a reader of the page sees of them, and where each is written."""

from __future__ import annotations

import unicodedata
from typing import Final

from citecheck.model.structure import Wording
from citecheck.text.patterns import lazy_regex

_ACCENTS: Final = dict(
    zip(
        "`'^\"~=.uvHcdbkrt",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0323\u0331\u0328\u030a\u0361",
        strict=True,
    )
)
_LETTERS: Final = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "i": "i", "j": "j", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "S": "§", "P": "¶", "ldots": "…", "dots": "…", "textendash": "–", "textemdash": "—", "textquoteright": "’",
    "textasciitilde": "~", "textunderscore": "_", "textbackslash": "\\", "slash": "/",
    "newblock": " ", "quad": " ", "par": " ", "space": " ", "newline": " ",
}  # fmt: skip
_SPELT: Final = {"``": "“", "''": "”", "---": "—", "--": "–", "~": " ", "`": "‘"}
# Commands of which the first argument is no word of the text.
_SILENT = (
    "label|vspace|hspace|selectlanguage|BibitemShut|bibinfo|bibfield|textcolor|color|fontsize|hypertarget|hyperlink"
    "|bibinfo|translation|setlength|addtolength|cite|foreignlanguage|includegraphics|index"
)
_PIECE = lazy_regex(
    r"\\(?P<address>url|nolinkurl|path|href)[ \t]*+(?:\[[^\[\]\n]*+\])?+\{(?P<where>[^{}\n]*+)\}"
    r"|(?P<accented>\\(?P<accent>[`'^\"~=.]|[uvHcdbkrt](?![A-Za-z]))\s*+"
    r"(?:\{\s*+\\?(?P<letter>[^\W\d_])\s*+\}|\\?(?P<letter>[^\W\d_])))"
    rf"|(?P<silent>\\(?:{_SILENT})(?![A-Za-z@])\*?[ \t]*+(?:\[[^\[\]\n]*+\])?+\{{[^{{}}\n]*+\}})"
    r"|(?P<emphasis>\\(?:emph|textit|textsl)[ \t]*+\{|\{[ \t]*+\\(?:em|it|sl|itshape|slshape)(?![A-Za-z])[ \t\n]*+)"
    r"|(?P<open>\{)|(?P<close>\})"
    r"|\\(?P<word>[A-Za-z@]++)\*?(?:[ \t]*+\{\}|\s++)?+"
    r"|\\(?P<escaped>[%&$#_{}])"
    r"|(?P<space>\\\\(?:\[[^\[\]\n]*+\])?+|\\[ ,;:\n])"
    r"|(?P<nothing>\\(?s:.)|%[^\n]*+(?:\n[ \t]*+)?+|\$)"
    r"|(?P<spelt>``|''|--?-?(?<=--)|~|`)"
)
_ESCAPE = lazy_regex(r"\\([%&$#_{}~])(?:\{\})?+")


def wording(text: str) -> Wording:
    """The words of a text in LaTeX: accents and signs as they are shown, addresses whole, no commands and no braces.

    What is emphasised comes between asterisks: titles are.
    """
    words = _Words(text)
    groups: list[str] = []  # what is at the end of each group that is open
    end = 0
    for found in _PIECE.finditer(text):
        words.copy(end, found.start())
        end = found.end()
        if found["address"]:
            words.address(*found.span("where"))
            words.put(" ", *found.span())
        elif found["emphasis"] or found["open"]:
            groups.append("*" if found["emphasis"] else "")
            words.put(groups[-1], *found.span())
        elif found["close"]:
            words.put(groups.pop() if groups else "", *found.span())
        else:
            words.put(_shown(found.lastgroup or "", found.groupdict()), *found.span())
    words.copy(end, len(text))
    return Wording("".join(words.pieces), tuple(words.starts), tuple(words.ends))


def _shown(kind: str, parts: dict[str, str]) -> str:
    """What is shown for a piece of markup."""
    if parts["accented"]:
        return unicodedata.normalize("NFC", parts["letter"] + _ACCENTS[parts["accent"]])
    if kind == "word":
        return _LETTERS.get(parts["word"], "")
    if kind == "escaped":
        return parts["escaped"]
    if kind == "spelt":
        return _SPELT[parts["spelt"]]
    return " " if kind == "space" else ""


class _Words:
    """Words that are put together, each code point with the span that it is written at."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def copy(self, start: int, end: int) -> None:
        """Takes in text as it is written."""
        self.pieces.append(self._text[start:end])
        self.starts += range(start, end)
        self.ends += range(start + 1, end + 1)

    def put(self, shown: str, start: int, end: int) -> None:
        """Takes in what is shown for a span."""
        self.pieces.append(shown)
        self.starts += [start] * len(shown)
        self.ends += [end] * len(shown)

    def address(self, start: int, end: int) -> None:
        """Takes in an address, without the backslashes before its signs."""
        for found in _ESCAPE.finditer(self._text, start, end):
            self.copy(start, found.start())
            self.put(found[1], *found.span())
            start = found.end()
        self.copy(start, end)
