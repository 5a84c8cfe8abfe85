"""Malformed markers: what is where a marker was meant, in a document that cites.

Nothing is reported that something else explains: an interval, an array, a bracketed aside. A number counts
only when a source is listed under it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from heapq import merge

import regex

from citecheck.lexicon import words_of
from citecheck.limits import MOST_FINDINGS, bounded
from citecheck.model.citations import Citation, Malformed, Marker, Syntax
from citecheck.model.structure import Structure
from citecheck.recognition.labels import display_label
from citecheck.recognition.markers.candidates import Candidate, Context, context_of
from citecheck.recognition.markers.grammar import CLUSTER_END, ITEM
from citecheck.recognition.scopes import LabelIndex
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span, SpanSet

_EAST = r"\p{Lo}。，；：、！？”」』）"  # scripts without spaces between words, and their punctuation
_BLANK_LINE = r"\n[ \t]*\n"
_LETTERS = r"\[(?P<letters>(?-i:l|O|(?=[lIO]*\d)[\dlIO]{2,3}))\](?!\w)"
_FLAGS = regex.VERBOSE | regex.MULTILINE | regex.IGNORECASE
_NUMBERED = lazy_regex(  # begins with a bracket, and with a number, a space or a comma inside it
    rf"""
      \[(?P<gap>[,;\s]{{0,3}}{ITEM}(?:[ ]?[,;][,;\s]{{0,4}}{ITEM})*+(?:\s{{0,2}}[,;])*+\s?)\](?!\]?\(\#)
    | {_LETTERS}
    | (?<=[\s(“".,;:!?{_EAST}]|\d\]|[\p{{L}}\d)])\[(?P<open>\d{{1,3}})
        (?=[.,;:]?(?:\s+[\p{{L}}|("“]|\s*$|\))|\s[;:.!?»–—]|\s--\s|\s?\[\d|[,;]\s\[\d{{1,3}}\](?!\])|[{_EAST}])
    """,
    _FLAGS,
)
_WORDED = lazy_regex(  # with letters inside it, or with a sign for what is not known
    rf"""
      {_LETTERS}
    | (?<![\w)\]])(?<!(?:depends[ ]on|selected[ ]by)[ ])
        \[(?P<nothing>\?{{1,3}}|n|N|nn|NN|\#)\](?=[.,;)\]]|(?<!^[ \t]{{0,3}}\[\S{{1,4}}):|\s*$)
    | \[(?P<wanted>(?:{words_of("missing.notes").across_lines().pattern})[^\[\]\n]{{0,30}})\]
    """,
    _FLAGS,
)
_UNOPENED = lazy_regex(
    rf"""
      (?<=\p{{L}}[.,;:]?"?[ ]|\p{{L}}{{3}}[.,;:]|[{_EAST}][ ]?|\d\])(?P<close>\d{{1,3}})\](?=[.,;:)\s{_EAST}]|$)
    | (?<=[\s.,;:{_EAST}]|\d\])\((?P<mixed>\d{{1,3}})\](?=[.,;:\s{_EAST}]|$)
    """,
    _FLAGS,
)
_SPACED_NOTE = lazy_regex(r"\[\^\p{L}[\p{L}\d]+\s[^\[\]\n^\\]{1,200}\](?![:(\[+*])")
_OPENED = lazy_re(r"\[(?!\d{1,5}\])")
_CLOSED = lazy_regex(rf"\](?<=(?<=[] .,;:(）{_EAST}])(\d{{1,3}})\])")
_GAP = lazy_regex(r"[,;]\s{0,20}(?=[,;])|^\s{0,20}[,;]\s{0,20}|\s{0,20}[,;]\s{0,20}$")
_NUMBER = lazy_regex(r"\d{1,4}")
_TAG = lazy_regex(r"\b(?:cont|appl|priv) $")  # as programs print the tags of ASN.1: `cons: cont [ 0 ]`
_ENDS_CLUSTER = lazy_regex(CLUSTER_END)
_STOP = lazy_regex(r"[.!?。…][\"”’)]?\s?$")
_SPELT = lazy_regex(
    rf"\b(?:{words_of('markers.sounds').pattern}) $", regex.IGNORECASE
)  # what a letter in brackets spells
_TURNED = lazy_regex(r"(?<![\w\])])\][^\s\[\]][^\[\]]{0,30}$")  # the interval `]a, 2]`
_BRACKET_OR_BLANK = lazy_regex(rf"[\[\]]|{_BLANK_LINE}")
_DIGITS = str.maketrans("lIO", "110")
_WORD = 16  # code points before a letter in which a word shows that it is one
_NEAR = 200  # code points in which a bracket finds its partner
_FAR = 1_000  # code points in which to see that a bracket is of no pair; a fix that takes one half would harm
_ANY_BRACKET = lazy_re(r"[()\[\]]")
_BLANK = lazy_regex(_BLANK_LINE)


def malformed(
    layout: Structure, markers: Sequence[Marker], labels: LabelIndex, lists: SpanSet
) -> tuple[Malformed, ...]:
    """The malformed markers of a document; of those in brackets none where none of them resolves."""
    places = (layout.opaque, layout.code, layout.hidden, lists)
    spaced_notes = tuple(_spaced_notes(layout.text, places)) if labels.footnotes else ()
    resolved = any(
        marker.syntax is Syntax.BRACKET and any(labels.lists(citation.key) for citation in marker.citations)
        for marker in markers
    )
    if not resolved:
        return spaced_notes
    spaced = sum(marker.text.startswith("[ ") for marker in markers) * 2 > len(markers)
    at_words = sum(layout.text[marker.span.start - 1 : marker.span.start].isalnum() for marker in markers)
    reader = _Reader(layout.text, labels, spaced=spaced, attached=at_words * 2 > len(markers))
    found = (reader.read(match) for match in _candidates(layout.text) if not _lies_in(match.start(), places))
    return (*spaced_notes, *(one for one in found if one is not None))


def _spaced_notes(text: str, places: Sequence[SpanSet]) -> Iterator[Malformed]:
    """Footnotes whose label holds a space, so that readers see the brackets; only where others are defined."""
    for found in bounded(_SPACED_NOTE.finditer(text), "brackets that may be footnotes", MOST_FINDINGS):
        if not _lies_in(found.start(), places):
            yield Malformed(Span(*found.span()), "a footnote's label holds a space, so that it is shown as text")


def _candidates(text: str) -> Iterator[regex.Match[str]]:
    """The places where a malformed marker may be, looked for only where a bracket does, and is not a plain one."""
    opened = (found.start() for found in _OPENED.finditer(text))
    closed = (found.start(1) - (text[found.start(1) - 1] == "(") for found in _CLOSED.finditer(text))
    end = 0
    for start in merge(opened, closed):
        if start >= end and (match := _pattern(text, start).match(text, start)):
            end = match.end()
            yield match


def _pattern(text: str, start: int) -> regex.Pattern[str]:
    """What a malformed marker that begins here would match, so that a text has none compiled that it has no use for."""
    if text[start] != "[":
        return _UNOPENED
    inside = text[start + 1 : start + 2]
    return _WORDED if inside.isalpha() or inside in "?#" else _NUMBERED


def _lies_in(offset: int, places: Sequence[SpanSet]) -> bool:
    return any(offset in place for place in places)


def _depth(text: str, opening: str, closing: str) -> int:
    """How many brackets of a kind are open at the end of a text."""
    depth = 0
    for bracket in _ANY_BRACKET.findall(text):
        depth = depth + 1 if bracket == opening else max(0, depth - 1) if bracket == closing else depth
    return depth


class _Reader:
    """Reads what was meant, in one document.

    `spaced` where its markers are written `[ 1 ]`, `attached` where they are at words, `treaty[1]`.
    """

    def __init__(self, text: str, labels: LabelIndex, *, spaced: bool, attached: bool) -> None:
        self._text = text
        self._labels = labels
        self._spaced = spaced
        self._attached = attached
        self._readings: dict[str, Callable[[Span, str], Malformed | None]] = {
            "gap": self._gap,
            "letters": self._letters,
            "nothing": lambda span, _: Malformed(span, "this marker names no source"),
            "wanted": lambda span, _: Malformed(span, "a citation is still missing here"),
            "open": self._open,
            "close": self._close,
            "mixed": self._mixed,
        }

    def read(self, match: regex.Match[str]) -> Malformed | None:
        """What a candidate is, if it is anything."""
        kind = match.lastgroup or ""
        return self._readings[kind](Span(*match.span()), match[kind])

    def _gap(self, span: Span, inner: str) -> Malformed | None:
        lead = self._text[self._text.rfind("\n", 0, span.start) + 1 : span.start]
        aligned = inner[:1] == " " and inner[-1:] != " " and not lead.strip()  # `[ 4] .text`, a row of a table
        spaced = inner.strip() != inner and not self._spaced and not aligned
        gap = _GAP.search(inner.strip())
        if not (gap or spaced) or not self._all_listed(span, inner):
            return None
        if _TAG.search(self._text, max(0, span.start - 8), span.start):
            return None
        if self._text[span.start - 1 : span.start].isalnum() and not self._attached:
            return None  # `df[1,]`, a row of a table
        if not gap:
            return self._malformed(span, "there is space inside the brackets", f"[{inner.strip()}]")
        if gap.start() == 0:
            fault = "a label is missing before the comma"
        elif gap.end() == len(inner.strip()):
            fault = "a label is missing after the comma"
        else:
            fault = "a label is missing between two commas"
        return self._malformed(span, fault, f"[{_GAP.sub('', inner.strip())}]")

    def _letters(self, span: Span, inner: str) -> Malformed | None:
        label = inner.translate(_DIGITS)
        if label == inner or label.startswith("0") != (label == "0") or not self._all_listed(span, label):
            return None
        before = self._text[max(0, span.start - _WORD) : span.start]
        closing = _STOP.search(before) or _ENDS_CLUSTER.match(self._text, span.end)
        if before[-1:].isalnum() or not closing or _SPELT.search(before):
            return None  # `the sound [l] is a lateral`
        letter = next(character for character in inner if not character.isdigit())
        return self._malformed(
            span, f"the letter {letter} is written for the digit {letter.translate(_DIGITS)}", f"[{label}]"
        )

    def _open(self, span: Span, label: str) -> Malformed | None:
        if context_of(self._text, span, ((label, span),), ()) in (Context.IDENTIFIER_SUFFIX, Context.CODE):
            return None  # `array[2`
        ahead = self._text[span.end : span.end + _NEAR].lstrip(" ,;")
        if span.start in self._closed or ahead[:1].isdigit() or not self._all_listed(span, label):
            return None
        if self._text[span.end : span.end + 1] == ")" and self._encloses(span, "(", ")") is False:
            return self._mixed(Span(span.start, span.end + 1), label)
        return self._malformed(span, "this marker is not closed", f"[{label}]")

    @cached_property
    def _closed(self) -> frozenset[int]:
        """The offsets of the opening brackets that are closed in their paragraph."""
        closed: set[int] = set()
        open_: list[int] = []
        for found in _BRACKET_OR_BLANK.finditer(self._text):
            if found[0] == "[":
                open_.append(found.start())
            elif found[0] != "]":
                open_.clear()
            elif open_:
                closed.add(open_.pop())
        return frozenset(closed)

    def _close(self, span: Span, label: str) -> Malformed | None:
        behind = self._behind(span)
        opened = _depth(behind, "[", "]") or behind.rfind("(") > behind.rfind(")")
        if opened or _TURNED.search(behind) or not self._all_listed(span, label):
            return None
        return self._malformed(span, "this marker is not opened", f"[{label}]")

    def _mixed(self, span: Span, label: str) -> Malformed | None:
        brackets = span.of(self._text)
        if self._encloses(span, "[", "]") is not False or not self._all_listed(span, label):
            return None
        fault = f"this marker opens with {brackets[0]} and closes with {brackets[-1]}"
        return self._malformed(span, fault, f"[{label}]")

    def _behind(self, span: Span, near: int = _NEAR) -> str:
        """The text of the paragraph immediately before a place, of so many code points at most."""
        return _BLANK.split(self._text[max(0, span.start - near) : span.start])[-1]

    def _encloses(self, span: Span, opening: str, closing: str) -> bool | None:
        """Whether a bracket that is open in the paragraph encloses a place; None where that is too far to see."""
        behind = self._behind(span, _FAR)
        return True if _depth(behind, opening, closing) else None if len(behind) == _FAR else False

    def _malformed(self, span: Span, fault: str, repair: str) -> Malformed:
        return Malformed(span, fault, repair, tuple(self._citations(span, repair)))

    def _citations(self, span: Span, inner: str) -> Iterator[Citation]:
        for label in map(display_label, _NUMBER.findall(inner)):
            mark = Candidate(inner, span, Syntax.BRACKET, ((label, span),), Context.STANDALONE)
            yield Citation(label, span, self._labels.key(mark, label))

    def _all_listed(self, span: Span, inner: str) -> bool:
        return all(self._labels.lists(citation.key) for citation in self._citations(span, inner))
