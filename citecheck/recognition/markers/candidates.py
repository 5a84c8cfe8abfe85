"""Marks: everything in a text that is written like a marker, before anyone asks whether it is one.

Whether `[3]` cites a source or indexes an array cannot be determined from the brackets. A mark says what is
written and how it is among its neighbours; the numbering of the document decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

import regex

from citecheck.limits import MOST_MARKERS, bounded
from citecheck.model.citations import Range, Syntax
from citecheck.model.structure import Link, Structure
from citecheck.recognition.labels import display_label
from citecheck.recognition.markers.grammar import (
    DASH,
    DIGIT,
    ENDS,
    GROUP,
    ITEM,
    ITEMS,
    LEAD_INITIALS,
    LOCATOR,
    NUMBER,
)
from citecheck.recognition.markers.ranges import free_labels, spelled_out
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import SUPERSCRIPTS, Span, SpanSet

# What opens a mark, with what can follow it: a link `[text](address)` or a tag `<p>` opens none.
_OPENINGS = {
    "[": rf"\[(?=[\^\s\d]|(?i:{LEAD_INITIALS}))",  # a number, a note, or a word of `LEAD`
    "<": r"<(?i:(?=sup>))",
    "^": r"\^(?=\d)",
    "$": r"\$(?=[{^])",
    **{character: character for character in f"［【{SUPERSCRIPTS}"},
}
_SUPERSCRIPT = f"[{SUPERSCRIPTS}]{{1,3}}"
_BRACKETED = lazy_regex(
    rf"\\?\[(?P<note>\^[^\]\s\[\^]{{1,80}})\^?\]|\\?\[(?P<group>\s?{ITEMS}\s?)\\?\]"
    rf"|\[(?P<weak>{NUMBER}(?::\s?{NUMBER}(?:\s?{DASH}\s?{NUMBER})?|(?:[/+]{NUMBER})++))\]"
)
_RAISED = lazy_regex(rf"(?P<raised>{_SUPERSCRIPT}(?:[⁻⁾,˒˙·–‑-]{_SUPERSCRIPT})*+)")
_MARKS = {  # by what they begin with, so that a text has none compiled that it has no use for
    "[": _BRACKETED,
    "\\": _BRACKETED,
    "<": lazy_regex(
        rf"(?i:<sup>)\s?(?:<a\b[^<>]*>)?(?P<tag>{ITEM}(?:\s?,\s?{ITEM})*+)(?:(?i:</a>))?\s?(?i:</sup>)",
    ),
    "^": lazy_regex(rf"\^(?P<caret>{ITEM}(?:,\s?{ITEM})*+)\^"),
    "$": lazy_regex(rf"\$(?:\{{\}})?\^\{{?\[?(?P<power>{ITEM}(?:,\s?{ITEM})*+)\]?\}}?\$"),
    "［": lazy_regex(rf"［(?P<wide>{ITEMS})］"),
    "【": lazy_regex(rf"【(?P<corner>{ITEMS})(?:†[^【】\n]{{0,80}})?】"),
    **dict.fromkeys(SUPERSCRIPTS, _RAISED),
}
# A group with words in it, `[see 3]`, `[12, p. 34]`: they make a large pattern, which few texts need.
_WORDED = lazy_regex(rf"\\?\[(?P<worded>\s?{GROUP}\s?)\\?\]")
_SYNTAXES: Final = {  # of what the groups of these patterns match
    "note": Syntax.FOOTNOTE,
    "number": Syntax.BRACKET,
    "group": Syntax.BRACKET,
    "worded": Syntax.BRACKET,
    "wide": Syntax.BRACKET,
    "weak": Syntax.BRACKET,
    "corner": Syntax.LENTICULAR,
    "tag": Syntax.SUPERSCRIPT,
    "raised": Syntax.SUPERSCRIPT,
    "caret": Syntax.SUPERSCRIPT,
    "power": Syntax.SUPERSCRIPT,
}
_HAS_DIGIT = lazy_re(rf"\\?\[[^\[\]]{{0,40}}{DIGIT}")
_NUMBER_ALONE = lazy_re(r"\[(?P<number>[0-9]{1,5})\]")
_ITEM = lazy_regex(ENDS)
_RAISED_ITEM = lazy_regex(rf"({_SUPERSCRIPT})(?:[⁻–‑-]({_SUPERSCRIPT}))?+")
_LOCATOR = lazy_re(LOCATOR)
_DIGIT = lazy_regex(DIGIT)
_BETWEEN = lazy_regex(rf"[^\S\n]?{DASH}\s?|\s{DASH}")  # a line that begins with a dash and a space is an item
_ANCHOR = lazy_regex(r"""<a\b[^<>]*?\bhref\s*=\s*["']?([^"'\s<>]*)[^<>]*>\s?$""", regex.IGNORECASE)
_FOLLOWING_ANCHOR = lazy_regex(r"\s?</a>", regex.IGNORECASE)


class Context(Enum):
    """How a mark relates to its neighbours."""

    STANDALONE = "free"  # after a space, punctuation, a quotation, another mark
    WORD_SUFFIX = "attached"  # to a word of prose: `treaty[3]`
    IDENTIFIER_SUFFIX = "glued"  # to what looks like an identifier: `argv[1]`, `name-string[1]`
    UNORDERED = "unordered"  # `[4, 1, 9]`: what cites only where most of it is listed
    WEAK = "interval"  # `in [0, 1]`, `7 [2, 12]`, `[1:45]`: what cites only where all of it is listed
    CODE_LIKE = "example"  # in what looks like code in a plain text: a comment may cite there
    CODE = "code"  # `x = [1, 2]`, `[3] = x`, `x ∈ [1, 2]`


_INHERITED = (Context.WORD_SUFFIX, Context.IDENTIFIER_SUFFIX, Context.CODE)  # by the next mark: `grid[4][5]`


class Candidate(NamedTuple):
    """Something written like a marker: its labels with their places, its ranges, and its context."""

    text: str
    span: Span
    syntax: Syntax
    labels: tuple[tuple[str, Span], ...]
    standing: Context
    ranges: tuple[Range, ...] = ()
    address: str | None = None


def word_before(text: str, mark: Candidate) -> str:
    """The end of the word that a mark is at, with what else is there in twelve code points."""
    return text[max(0, mark.span.start - 12) : mark.span.start]


def find_candidates(layout: Structure) -> list[Candidate]:
    """Every mark outside opaque places, in reading order."""
    text = layout.text
    links = _Links(layout)
    found: list[Candidate] = []
    budget = free_labels(text)
    for match in bounded(_matches(text), "brackets and superscript numbers that may be markers", MOST_MARKERS):
        start, kind = match.start(), match.lastgroup
        if start in layout.opaque and kind not in ("tag", "power"):
            continue
        mark = _framed(text, links.joined(_number(text, match) if kind == "number" else _mark(text, match)))
        if mark.ranges:
            budget -= len(mark.labels)
            mark = mark if budget > 0 else _ends_only(mark)
        if found and found[-1].standing in _INHERITED and _shares_standing(text, found[-1], mark):
            mark = mark._replace(standing=found[-1].standing)
        if start in layout.code and kind != "power":
            mark = mark._replace(standing=Context.CODE_LIKE if mark.standing is Context.STANDALONE else Context.CODE)
        if found and (whole := _range_between(text, found[-1], mark)):
            found[-1] = whole
        else:
            found.append(mark)
    return found


def _shares_standing(text: str, before: Candidate, mark: Candidate) -> bool:
    """Whether a mark is as the one immediately before it does: `grid[4][5]`, or the next row of an array."""
    between = text[before.span.end : mark.span.start]
    return not between or (before.standing is Context.CODE and len(mark.labels) > 1 and between.strip() == ",")


def _matches(text: str) -> Iterator[re.Match[str] | regex.Match[str]]:
    """The places where the grammar of marks matches, looked for only after the characters that open one."""
    end = 0
    for opening in _openings(tuple(filter(text.__contains__, _OPENINGS))).finditer(text):
        start = opening.start()
        if start and text[start] == "[" and text[start - 1] == "\\":
            start -= 1
        if start >= end and (match := _NUMBER_ALONE.match(text, start) or _other(text, start)):
            end = match.end()
            yield match


def _other(text: str, start: int) -> regex.Match[str] | None:
    """A match for any mark but a number alone; for one with words in it where it could be."""
    match = _MARKS[text[start]].match(text, start)
    return match or (_WORDED.match(text, start) if _HAS_DIGIT.match(text, start) else None)


@lru_cache(maxsize=64)
def _openings(characters: tuple[str, ...]) -> regex.Pattern[str]:
    """A pattern for what any of the characters opens; for a single one it is a plain search, and much faster."""
    return lazy_regex("|".join(map(_OPENINGS.__getitem__, characters)) or r"(?!)")


def _number(text: str, match: re.Match[str] | regex.Match[str]) -> Candidate:
    """The commonest mark, a number alone in brackets."""
    span = Span(*match.span())
    labels = ((display_label(match["number"]), Span(span.start + 1, span.end - 1)),)
    return Candidate(match[0], span, Syntax.BRACKET, labels, context_of(text, span, labels, ()))


def _mark(text: str, match: re.Match[str] | regex.Match[str]) -> Candidate:
    span = Span(*match.span())
    kind = str(match.lastgroup)
    if kind == "note":
        start, end = match.span("note")
        label = match["note"][1:]
        return Candidate(match[0], span, Syntax.FOOTNOTE, ((label, Span(start + 1, end)),), Context.STANDALONE)
    start, end = match.span(kind)
    digit = _DIGIT.search(text, start, end)
    behind = digit.end() if digit else start
    locators = [Span(*found.span()) for found in _LOCATOR.finditer(text, behind, end)] if kind == "worded" else []
    pattern = _RAISED_ITEM if kind == "raised" else _ITEM
    labels, ranges = labels_within(text, Span(start, end), pattern, locators)
    if kind == "weak" and ":" in text[start:end]:
        labels, ranges = labels[:1], ()
    standing = context_of(text, span, labels, ranges) if _SYNTAXES[kind] is Syntax.BRACKET else Context.STANDALONE
    weak = kind == "weak" or (kind in ("group", "worded") and _is_weak(text, start, end))
    if weak and standing in (Context.STANDALONE, Context.UNORDERED):
        standing = Context.WEAK  # `[see 1]`, `[1:45]`: a citation where every label is listed
    linked = _ANCHOR.search(text, span.start, start) if kind == "tag" else None
    return Candidate(
        match[0],
        span,
        _SYNTAXES[kind],
        labels,
        standing,
        ranges,
        address=linked[1] if linked else None,
    )


def _is_weak(text: str, start: int, end: int) -> bool:
    """Whether what comes between brackets does not begin as labels do, or is set to the right, as in `[ 2] .text`."""
    padded = text[start] == " "
    return not _DIGIT.match(text, start + padded) or (padded and text[end - 1] != " ")


def labels_within(
    text: str, within: Span, pattern: regex.Pattern[str] = _ITEM, locators: Sequence[Span] = ()
) -> tuple[tuple[tuple[str, Span], ...], tuple[Range, ...]]:
    """The labels within a span but for locators, ranges spelled out unless they are absurd, and the ranges."""
    labels: list[tuple[str, Span]] = []
    ranges: list[Range] = []
    for item in pattern.finditer(text, *within):
        span = Span(*item.span())
        if any(locator.covers(span) for locator in locators):
            continue
        first = display_label(item[1])
        if item[2] is None:
            labels.append((first, span))
            continue
        last = display_label(item[2])
        ranges.append(Range(int(first), int(last), span))
        labels += [(label, span) for label in spelled_out(int(first), int(last))]
    return tuple(labels), tuple(ranges)


def _ends_only(mark: Candidate) -> Candidate:
    """The mark with nothing of its ranges but their ends."""
    ends = {str(end) for each in mark.ranges for end in (each.first, each.last)}
    spans = {each.span for each in mark.ranges}
    return mark._replace(
        labels=tuple((label, span) for label, span in mark.labels if span not in spans or label in ends)
    )


# Neighbours -------------------------------------------------------------------------------------------------

_WORD = lazy_regex(r"(?<![\w.$\-])[\w.$\-]++$")
_POSSESSIVE = lazy_re(r"[^\W\d_]['’]s$")
_UNCLOSED = lazy_re(r"(?<![\w\]])\[\d{1,3}$")  # what a marker is at that has lost its bracket: `[3[4]`
_PROSE_WORD = lazy_regex(
    r"(?:\p{L}*[\p{Ll}\p{Lo}]|\p{Lu}{2,12}|\p{Lu}{1,5}\d{2,4}|[\p{L}\d]*\p{L}{3}[\p{L}\d]*|[\d.,]*\d|\p{L}+(?:-\p{L}+)+)[.]?"
)
_CAMEL = lazy_regex(r"\p{Ll}\p{Lu}\p{Ll}")
_INDEXED = frozenset(
    """a arg args argv arr array b bit blob buf buffer byte bytes c cell cells char col cols column columns d data dict
    e elem element elements f field fields frame g h hl i idx index indices input item items j k key keys l len
    line lines list lst m map mask matrix mem memory n name node nodes num nums o obj output p params parts path
    paths pos ptr q r range reg regs res result results ret row rows s self sequence set signature slice stack
    state str string t table tuple type types u v val value values var vec vector w word words x xs y ys z""".split()
)
_COUNTED = frozenset(["index", "slot"])  # of what is numbered itself: `slot [2] is free`
_INTERVAL_WORD = lazy_regex(
    r"(?:∈|⊂|⊆|(?<![\d.,])\d{1,3}(?:[.,]\d+)?%?|\b(?:in|between|within|clamp(?:ed)?|from|to|over|on|of|median|mean|iqr|scale|shape|ci"
    r"|likert|×|x|as))(?:\s(?:of|the|at))?\Z",
    regex.IGNORECASE,
)
_ATTRIBUTES = ("{.", "{#", "{:")  # of words in brackets, which Pandoc does not show: `[1]{.pnum} The name …`
_PROMPT = lazy_re(r"(?:^|\s)(?:In|Out)\Z")  # of an interactive Python: `In [1]: import salt`
_LOGGED = lazy_regex(r"(?:^|[\s'\"])g?make\Z|\d\d:\d\d:\d\d(?:\.\d+)? \S+ [\w./-]+\Z")  # `make[3]: …`, `sshd[811]: …`
_CELL_END = lazy_re(r"[ \t]*\|")
_BULLET = lazy_re(r"(?:^|\n)[ \t]*[-*+•][ \t]+\Z")
_TWO_WORDS = lazy_regex(r"\p{Ll}{2,} \p{Ll}{3,}$")  # `the session key[7].` is prose
_CLAUSE_END = lazy_regex(r"(?:\[\d{1,3}\]){0,9}+[.,;)]{1,2}(?:\s|$)")
_VALUES = lazy_regex(r"\bvalues?:\Z", regex.IGNORECASE)  # `Tuning values: [2, 4, 8]`
_SIZE = lazy_regex(r"\b(?:sizes?|shapes?|strides?|dilations?|padding|kernels?)(?: (?:of|is|are))?\Z", regex.IGNORECASE)
_LOOP = lazy_re(r"\bfor \w{1,20} in\Z")  # `for grain in [1, 5]:`
_REACTION = lazy_regex(
    r"[- ](?:photo|retro|hetero)?-?(?:cycloadd|sigmatropic)", regex.IGNORECASE
)  # `[4+2] cycloaddition`
_ARRAY = lazy_regex(  # `the list [3, 1, 5]`, `sorted into [1, 5, 3]`
    r"\b(?:arrays?|lists?|vectors?|tuples?|sequences?|permutations?|orders?|inputs?|outputs?|nums|numbers|values?|sizes?"
    r"|shapes?|strides?|dim(?:ension)?s?|tensors?|layers|ind(?:ic|ex)es|weights|elements|sets?|stacks?|queues?|sort(?:ed|s)?"
    r"|returns?|like|example|e\.g\.)(?: (?:of|is|are|as|into?|with))?[:,]?\Z",
    regex.IGNORECASE,
)
_INTERVAL_NAME = lazy_regex(
    r"(?:∈|⊂|⊆|\b(?:range|interval|bounds|domain|segment))[:,]?(?:\s(?:of|the))?\Z", regex.IGNORECASE
)


def _unlike_citations(labels: Sequence[str]) -> bool:
    """Whether numbers are an array rather than labels: nobody cites a source twice in one bracket, or `[3, 2, 4]`."""
    numbers = [int(label) for label in labels if label.isdecimal()]
    return len(numbers) > 2 and (len(set(numbers)) < len(numbers) or numbers != sorted(numbers))


def _is_pair_of_one(text: str, span: Span, labels: Sequence[tuple[str, Span]], said: str) -> bool:
    """Whether one number twice measures or names something: `[0/0]`, `[2+2]`, `[3,3]-shift`, `strides of [2, 2]`."""
    if labels[0][0] != labels[1][0]:
        return False
    signed = any(sign in span.of(text) for sign in "/+")
    return signed or text.startswith(("-", "‐"), span.end) or _SIZE.search(said) is not None


def context_of(text: str, span: Span, labels: Sequence[tuple[str, Span]], ranges: tuple[Range, ...]) -> Context:
    """How what is written in a span, with these labels and ranges, is among its neighbours."""
    before = text[max(0, span.start - 40) : span.start]
    after = text[span.end : span.end + 3]
    stripped = before.rstrip(" \u00a0")
    said = stripped.removesuffix("\n").rstrip(" \u00a0")  # in the line above, where this one begins with the mark
    if ("=" in after and after.lstrip(" ")[0] == "=") or stripped[-1:] == "=" or after[:2] in _ATTRIBUTES:
        return Context.CODE
    if after[:1] == ":" and (_PROMPT.search(stripped) or _LOGGED.search(before)):
        return Context.CODE
    if after[:1] == ":" and _BULLET.search(before):
        return Context.WEAK  # what the items mention may be bytes, or sources listed elsewhere
    if after[:2] == ":[" or before.endswith("]:"):
        return Context.CODE  # of a row of them, `[3]:[0]:[32]:[10.0.0.1]`, as routers print routes
    if len(labels) > 1 and not ranges and _unlike_citations([label for label, _ in labels]):
        array = _ARRAY.search(said) or _INTERVAL_NAME.search(said) or _INTERVAL_WORD.search(said)
        beside = _beside(text, span, labels, before)
        citing = beside in (Context.STANDALONE, Context.WORD_SUFFIX) and not array
        return Context.UNORDERED if citing else Context.WEAK
    if len(labels) > 1 and (_VALUES.search(said) or (after[:1] == ":" and _LOOP.search(said))):
        return Context.CODE
    if len(labels) == 2 and (_REACTION.match(text, span.end) or _is_pair_of_one(text, span, labels, said)):
        return Context.CODE
    if len(labels) == 2 or ranges:
        if stripped.endswith("|") and _CELL_END.match(text, span.end) and not ranges:
            return Context.WEAK  # all of a table's cell
        if text.startswith("[0-9]", span.start):
            return Context.WEAK  # of a pattern
        if _INTERVAL_NAME.search(said):
            return Context.WEAK if ranges else Context.CODE
        if _INTERVAL_WORD.search(said):
            return Context.WEAK
    return _beside(text, span, labels, before)


def _beside(text: str, span: Span, labels: Sequence[tuple[str, Span]], before: str) -> Context:
    """How what is written in a span relates to the word or the sign immediately before it."""
    last = before[-1:]
    if (last and last in "@#&\\") or (last == "[" and len(labels) > 1 and text[span.end : span.end + 1] == ","):
        return Context.CODE  # `[[1, 0], [0, 1]]`; but `[[1], [2]]` cites
    if before.endswith(("()", "/")):
        return Context.IDENTIFIER_SUFFIX
    if not (last.isalnum() or last == "_") or last > "\u2e7f":  # East Asian text has no spaces between words
        counted = last == " " and before.rstrip(" \u00a0").rpartition(" ")[2].casefold() in _COUNTED
        return Context.WEAK if counted else Context.STANDALONE
    if _UNCLOSED.search(before):
        return Context.STANDALONE
    if _POSSESSIVE.search(before):
        return Context.WORD_SUFFIX
    word = _WORD.search(before)
    bare = word[0].rstrip(".") if word else ""
    named = bare.casefold() in _INDEXED and not (_TWO_WORDS.search(before) and _CLAUSE_END.match(text, span.end))
    pattern = text.startswith("[0", span.start) and labels[0][0] != "0"  # `salt[02]`
    natural = _PROSE_WORD.fullmatch(bare) and not _CAMEL.search(bare) and not named and not pattern
    return Context.WORD_SUFFIX if natural else Context.IDENTIFIER_SUFFIX


def _framed(text: str, mark: Candidate) -> Candidate:
    """The mark with the brackets and tags that are right about it: `<sup>[1]</sup>`, `<a href="#r1">[1]</a>`."""
    start, end = mark.span
    if not text[max(0, start - 2) : start].rstrip().endswith(">"):
        return mark
    address = mark.address
    if opening := _ANCHOR.search(text, max(0, start - 200), start):
        closing = _FOLLOWING_ANCHOR.match(text, end)
        if closing:
            start, end, address = opening.start(), closing.end(), opening[1]
    if text[start - 5 : start].lower() == "<sup>" and text[end : end + 6].lower() == "</sup>":
        start, end = start - 5, end + 6
    if (start, end) == mark.span:
        return mark
    return mark._replace(span=Span(start, end), text=text[start:end], address=address)


def _range_between(text: str, first: Candidate, last: Candidate) -> Candidate | None:
    """`[1]–[3]`, two marks with a dash between them, is one mark over a range."""
    if first.syntax is not Syntax.BRACKET or last.syntax is not Syntax.BRACKET:
        return None
    if len(first.labels) != 1 or len(last.labels) != 1 or not _BETWEEN.fullmatch(text, first.span.end, last.span.start):
        return None
    (low, low_span), (high, high_span) = first.labels[0], last.labels[0]
    span = Span(low_span.start, high_span.end)
    whole = Span(first.span.start, last.span.end)
    labels = tuple((label, span) for label in spelled_out(int(low), int(high)))
    return first._replace(text=whole.of(text), span=whole, labels=labels, ranges=(Range(int(low), int(high), span),))


# Links ------------------------------------------------------------------------------------------------------


class _Links:
    """The links of a layout, to be joined with the marks that are their text."""

    def __init__(self, layout: Structure) -> None:
        self._text = layout.text
        self._by_start: Mapping[int, Link] = {link.span.start: link for link in layout.links}
        self._worded = SpanSet(link.text for link in layout.links if any(map(str.isalpha, link.text.of(layout.text))))
        self._tails = frozenset(link.span.end for link in layout.links if link.reference and link.reference.isdecimal())

    def joined(self, mark: Candidate) -> Candidate:
        """The mark with the link around it: `[1](url)`, `[[1]](url)`, `[[1](url)]`; its address, if it has one."""
        start, end = mark.span
        link = self._by_start.get(start)
        if link is None and start and self._text[start - 1] == "[":
            link = self._by_start.get(start - 1)
            if link is not None and link.text != mark.span:
                return mark
        if link is None and (end in self._tails or (mark.address is None and start in self._worded)):
            # `[3][14]` may show source 3, and link to definition 14; `[as Weir says [3]](https://…)` is a link itself
            mark = mark._replace(standing=Context.WEAK)
        if link is None or link.span.end < end:
            return self._doubled(mark)
        address = mark.address
        span = mark.span
        if link.reference is None or not link.reference.isdecimal():
            address, span = link.address, link.span
        elif link.text == mark.span and link.reference != mark.labels[0][0]:
            return mark._replace(span=link.span, text=link.span.of(self._text), standing=Context.WEAK)
        elif link.reference == mark.labels[0][0]:
            span = link.span
        return self._doubled(mark._replace(span=span, text=span.of(self._text), address=address))

    def _doubled(self, mark: Candidate) -> Candidate:
        """A second pair of brackets, `[[1](url)]` or `[[1]]`, belongs to the mark."""
        start, end = mark.span
        text = self._text
        if start and text[start - 1] == "[" and text[end : end + 1] == "]" and text[end : end + 2] != "](":
            span = Span(start - 1, end + 1)
            return mark._replace(span=span, text=span.of(text))
        return mark


def reference_links(layout: Structure) -> Iterator[tuple[str, Span]]:
    """The label and the place of each link that uses a numbered definition: `[text][1]`."""
    for link in layout.links:
        if link.reference is not None and link.reference.isdecimal():
            yield link.reference, link.span
