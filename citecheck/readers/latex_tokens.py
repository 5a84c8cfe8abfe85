"""LaTeX cut into commands and groups: what TeX reads as such, and what it does not read at all.

Not read are comments, verbatim text, addresses, what comes between `\\iffalse` and its `\\fi`, and what follows
`\\end{document}`. One pass over the text; nothing is looked for twice that is not there.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from citecheck.limits import MOST_EVENTS, few_enough
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

_TOKEN = lazy_re(r"\\(?:([A-Za-z@]++)\*?|(?s:.))|%[^\n]*+|[{}\[\]$]|\n(?:[ \t]*+\n)++")
ENVIRONMENT: Final = lazy_regex(r"[ \t]*+\n?[ \t]*+\{[ \t]*+([^{}\\%\n]{1,60}?)[ \t]*+\}")
_VERBATIM = frozenset(
    "verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim SaveVerbatim verbatimtab lstlisting lstlisting* minted "
    "minted* alltt comment filecontents filecontents* Highlighting code luacode luacode* pycode python sagesilent "
    "asy filecontentsdef VerbatimOut tcblisting dtxexample macrocode".split()
)
_INLINE = lazy_regex(
    r"(?:\[[^\[\]\n]*+\])?+([^\sA-Za-z*{\[])[^\n]{0,1000}?\1|(?:\[[^\[\]\n]*+\])?+\{(?:[^{}\n]++|\{[^{}\n]*+\})*+\}"
)
_QUOTING = frozenset({"verb", "lstinline", "Verb"})
_MINTED = lazy_regex(r"(?:\[[^\[\]\n]*+\])?+\{[^{}\n]*+\}")
_ADDRESSING = frozenset({"url", "href", "path", "nolinkurl", "includegraphics"})
_ADDRESS = lazy_regex(r"[ \t]*+(?:\[[^\[\]\n]*+\])?+\{((?:[^{}\n]++|\{[^{}\n]*+\})*+)\}")
_SPECIAL = _QUOTING | _ADDRESSING | {"begin", "end", "iffalse", "mintinline"}
# A comment within it may hold a dollar; a paragraph ends inside no formula.
_FORMULA = lazy_regex(r"(?s)\$(?:[^$\\\n%]|\\.|%[^\n]*+|\n(?![ \t]*+\n))++\$")
_DISPLAYED = lazy_regex(r"(?s)\$\$(?:[^$\\%]|\\.|%[^\n]*+|\$(?!\$))*+\$\$")
# Commands that begin like a condition and have no `\\fi`: `\\iff` of mathematics, `\\ifthenelse` and similar ones.
_CONDITION = lazy_regex(
    r"\\(if(?!f\b|then|defined\b|undef|blank\b|str|num|bool|toggle)[A-Za-z@]*+|else|fi)(?![A-Za-z@])"
    r"|\\(?s:.)|%[^\n]*+"
)
_NEW_CONDITION = "\\newif"
_FORMULAE: Final = {"[": "\\]", "(": "\\)"}


class Command(NamedTuple):
    """A command by its name, a star left out, and the span of its backslash, name and star."""

    name: str
    span: Span


class Tokens:
    """What a text consists of.

    `commands` are those with a name, in reading order. `pairs` leads from what opens a group or an optional argument,
    `{` or `[`, to what closes it. `signs` are the commands of one sign, such as `\\%`. `breaks` are what parts
    paragraphs: blank lines, verbatim environments. `unread` is what TeX does not read, `comments` apart; `formulae` is
    mathematics between signs, `addresses` what a command treats as an address. After `end` TeX reads nothing.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.commands: list[Command] = []
        self.pairs: dict[int, int] = {}
        self.signs: list[Span] = []
        self.breaks: list[Span] = []
        self.unread: list[Span] = []
        self.comments: list[Span] = []
        self.formulae: list[Span] = []
        self.addresses: list[Span] = []
        self.end = len(text)
        self._groups: list[int] = []
        self._options: list[list[int]] = [[]]  # the `[` that wait for their `]`, in each group that is open
        self._formula = 0  # where the last formula ends
        self._missing: set[str] = set()  # what ends something, and is nowhere ahead
        self._read()

    def _read(self) -> None:
        place: int | None = 0
        while place is not None:
            place = self._read_from(place)
            few_enough(len(self.commands) + len(self.pairs), "commands and groups of LaTeX", MOST_EVENTS)

    def _read_from(self, place: int) -> int | None:
        """Reads to the next place from which text is not read; where it is read again, None at the end."""
        text, commands = self._text, self.commands
        for found in _TOKEN.finditer(text, place):
            start, end = found.span()
            sign = text[start]
            if sign == "\\":
                name = found[1]
                if name is None:
                    self._sign(start, end)
                elif name not in _SPECIAL:
                    commands.append(Command(name, Span(start, end)))
                elif (behind := self._special(name, start, end)) is not None:
                    return behind if behind < len(text) else None
            elif sign == "%":
                self.comments.append(Span(start, end))
            elif sign == "$":
                if start >= self._formula:
                    self._dollar(start)
            elif sign == "\n":
                self.breaks.append(Span(start, end))
                self._options[-1].clear()
            else:
                self._bracket(sign, start)
        return None

    def _bracket(self, sign: str, place: int) -> None:
        if sign == "{":
            self._groups.append(place)
            self._options.append([])
        elif sign == "[":
            self._options[-1].append(place)
        elif sign == "]":
            for opened in self._options[-1]:  # TeX ends an optional argument at the first
                self.pairs[opened] = place
            self._options[-1].clear()
        elif self._groups:
            self.pairs[self._groups.pop()] = place
            self._options.pop()

    def _sign(self, start: int, end: int) -> None:
        self.signs.append(Span(start, end))
        closing = _FORMULAE.get(self._text[start + 1 : end])
        if closing and start >= self._formula and (found := self._find(closing, end)) >= 0:
            self._formula = found + 2
            self.formulae.append(Span(start, self._formula))

    def _dollar(self, start: int) -> None:
        found = _DISPLAYED.match(self._text, start) if self._text.startswith("$$", start) else None
        found = found or _FORMULA.match(self._text, start)
        self._formula = found.end() if found else start + 1
        if found:
            self.formulae.append(Span(*found.span()))

    def _special(self, name: str, start: int, end: int) -> int | None:
        """Takes in a command after which something may not be read; then, the place after that."""
        if name == "begin":
            opened = ENVIRONMENT.match(self._text, end)
            if opened and opened[1] in _VERBATIM:
                behind = self._skip(start, self._closing(f"\\end{{{opened[1]}}}", opened.end()))
                self.breaks.append(Span(start, behind))
                return behind
        elif name == "end":
            closed = ENVIRONMENT.match(self._text, end)
            if closed and closed[1] == "document":
                self.end = closed.end()
                self.commands.append(Command(name, Span(start, end)))
                self.unread.append(Span(closed.end(), len(self._text)))
                return len(self._text)
        elif name == "iffalse":
            return self._skip(start, self._condition(end))
        elif name in _QUOTING:
            quoted = _INLINE.match(self._text, end)
            if quoted:
                return self._skip(start, quoted.end())
        elif name == "mintinline":
            language = _MINTED.match(self._text, end)
            if language and (quoted := _INLINE.match(self._text, language.end())):
                return self._skip(start, quoted.end())
        elif name in _ADDRESSING:
            address = _ADDRESS.match(self._text, end)
            if address:
                self.addresses.append(Span(*address.span(1)))
                self.commands.append(Command(name, Span(start, end)))
                return address.end()
        self.commands.append(Command(name, Span(start, end)))
        return None

    def _skip(self, start: int, end: int) -> int:
        self.unread.append(Span(start, end))
        return end

    def _find(self, words: str, place: int) -> int:
        """Where words are next; what is not found once is not looked for again."""
        if words in self._missing:
            return -1
        found = self._text.find(words, place)
        if found < 0:
            self._missing.add(words)
        return found

    def _closing(self, words: str, place: int) -> int:
        """After the words that end what is not read; where they are not, TeX reads nothing to the end."""
        found = self._find(words, place)
        return len(self._text) if found < 0 else found + len(words)

    def _condition(self, place: int) -> int:
        """After the `\\fi`, or the `\\else`, of a condition that does not hold."""
        depth = 1
        for found in _CONDITION.finditer(self._text, place):
            word = found[1]
            if not word or self._text.endswith(_NEW_CONDITION, 0, found.start()):
                continue
            if word == "fi":
                depth -= 1
            elif word != "else":
                depth += 1
            if not depth or (word == "else" and depth == 1):
                return found.end()
        return len(self._text)


__all__ = ["ENVIRONMENT", "Command", "Tokens"]
