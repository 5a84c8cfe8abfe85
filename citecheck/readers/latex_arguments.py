"""The arguments of commands in LaTeX, and the keys in those of citations."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, NamedTuple

from citecheck.limits import MOST_FINDINGS, few_enough
from citecheck.model.citations import CITATIONS, Syntax
from citecheck.model.structure import NativeCitation, NativeFault
from citecheck.readers.latex_tokens import Tokens
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_GAP = lazy_regex(r"(?:[ \t]++|%[^\n]*+(?:\n|\Z)|\n(?![ \t]*+\n))*+")  # what may precede an argument
KEYS: Final = lazy_regex(r"(?:[^{}\\%\n]++|%[^\n]*+|\n(?![ \t]*+(?:\n|\Z)))*+")
_SEPARATOR = lazy_regex(r"(?:\s|%[^\n]*+\n?)*+")
_KEY = lazy_regex(r"[^,%\n]++(?:%[^\n]*+|\n(?![ \t]*+,)[^,%\n]*+)*+")
# The keys that a citation without its closing brace begins with, and where its words go on.
_OPEN_KEYS: Final = lazy_regex(r"[ \t]*+([^\s,{}\\%#]++(?:,[ \t]*+[^\s,{}\\%#]++)*+)(?=[\s\\%]|\Z)")
_ANGLES = lazy_regex(r"<[^<>\n]{0,200}+>")
_TRAILING = ".;:!?)]"


class Keys(NamedTuple):
    """The keys of one citation, and where its argument ends; `known` is False where a macro represents some."""

    labels: list[tuple[str, Span]]
    end: int
    known: bool = True


class Arguments:
    """Finds the arguments after a command of a text; `faults` are what is wrong with the keys that were read."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.faults: list[NativeFault] = []
        self._text = text
        self._tokens = tokens

    def gap(self, place: int) -> int:
        """Where an argument begins that may follow at a place."""
        if self._text[place : place + 1] in ("{", "["):
            return place  # as most do
        found = _GAP.match(self._text, place)
        return found.end() if found else place

    def behind_options(self, place: int, most: int) -> int:
        """After up to so many optional arguments."""
        for _ in range(most):
            opened = self.gap(place)
            closed = self._tokens.pairs.get(opened) if self._text.startswith("[", opened) else None
            if closed is None:
                return place
            place = closed + 1
        return place

    def behind_group(self, place: int) -> int:
        """After an argument in braces, where there is one."""
        opened = self.gap(place)
        closed = self._tokens.pairs.get(opened) if self._text.startswith("{", opened) else None
        return place if closed is None else closed + 1

    def behind_argument(self, place: int) -> int:
        """After an optional argument and one in braces, as far as they are there."""
        address = bisect_right(self._tokens.addresses, Span(place, len(self._text)))
        for span in self._tokens.addresses[max(0, address - 1) : address + 1]:
            if place <= span.start <= place + 2:
                return span.end + 1
        return self.behind_group(self.behind_options(place, 2))

    def of_keys(self, place: int) -> int:
        """Where the keys of a citation are to begin."""
        place = self.gap(place)
        while angles := _ANGLES.match(self._text, place):
            place = self.gap(angles.end())
        return self.gap(self.behind_options(place, 2))

    def keys(self, start: int, opened: int) -> Keys:
        """The keys in the argument that opens at a place, of the command that starts at another."""
        end = KEYS.match(self._text, opened + 1).end()  # type: ignore[union-attr]  # it matches nothing, too
        sign = self._text[end : end + 1]
        if sign != "}":
            closed = self._tokens.pairs.get(opened)
            begun = _OPEN_KEYS.match(self._text, opened + 1, end)
            if not sign or closed is None or (begun and self._text[begun.end() : end].strip()):
                return self._unclosed(start, opened)
            return Keys([], closed + 1, known=False)  # a macro represents the keys
        return Keys(self._parted(start, Span(opened + 1, end)), end + 1)

    def _parted(self, start: int, argument: Span) -> list[tuple[str, Span]]:
        """The keys of an argument; tells commas that part no two of them."""
        labels: list[tuple[str, Span]] = []
        kept: list[str] = []  # what stays of the argument without needless commas
        commas, behind = 0, argument.start
        needless = False
        place = self._between(argument.start, argument)
        while place < argument.end:
            if self._text[place] == ",":
                commas += 1
                place = self._between(place + 1, argument)
                continue
            found = _KEY.match(self._text, place, argument.end)
            if found is None:
                break
            key = found[0].split("%")[0].rstrip()
            needless |= commas > bool(labels)
            gap = self._text[behind:place]
            kept += ["," * bool(labels) + gap.rpartition(",")[2] if commas > bool(labels) else gap, key]
            behind = place + len(key)
            labels.append((" ".join(key.split()), Span(place, behind)))
            commas, place = 0, self._between(found.end(), argument)
        if not labels:
            self.fault(Span(start, argument.end + 1), "this citation names no source")
        elif needless or commas:
            words = argument.of(self._text)
            self.fault(argument, "a comma of this citation parts no two keys", None if "%" in words else "".join(kept))
        return labels

    def _between(self, place: int, argument: Span) -> int:
        """After the spaces and comments between two keys."""
        found = _SEPARATOR.match(self._text, place, argument.end)
        return found.end() if found else place

    def fault(self, span: Span, fault: str, repair: str | None = None, cited: NativeCitation | None = None) -> None:
        """Takes in what is wrong with a citation. Raises TooMuch."""
        self.faults.append(NativeFault(span, fault, repair, cited))
        few_enough(len(self.faults), "malformed citations", MOST_FINDINGS)

    def _unclosed(self, start: int, opened: int) -> Keys:
        """What can be read of a citation whose brace is not closed before its paragraph ends."""
        found = _OPEN_KEYS.match(self._text, opened + 1)
        words = found[1].rstrip(_TRAILING) if found else ""
        if not found or not words:
            self.fault(Span(start, opened + 1), "the brace of this citation is not closed")
            return Keys([], opened + 1, known=False)
        keys = Span(found.start(1), found.start(1) + len(words))
        span = Span(start, keys.end)
        labels = self._parted(start, keys)
        cited = NativeCitation(span, Syntax.KEY, tuple(labels), CITATIONS)
        self.fault(span, "the brace of this citation is not closed", f"{span.of(self._text)}}}", cited)
        return Keys([], keys.end)
