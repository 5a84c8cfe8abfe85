"""Entries: every line that begins the way an entry of a source list begins.

Most of them are no entries at all: the third step of a recipe begins with `3.`, too, and a wrapped
sentence may begin with its marker. The lists decide which belong to one.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

import regex

from citecheck.lexicon import phrases
from citecheck.limits import MOST_ENTRIES, bounded
from citecheck.model.structure import Structure
from citecheck.recognition.labels import display_label
from citecheck.recognition.lists.headings import NOUNS
from citecheck.recognition.markers.grammar import NUMBER
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import SUPERSCRIPTS, Span


class EntryForm(Enum):
    """How the label of an entry is written."""

    BRACKET = "bracket"  # [1] …  [1]. …  [1]: …  [[1]] …  ［1］ …  [RFC2119] …
    DOT = "dot"  # 1. …  1) …  1、…
    PAREN = "paren"  # (1) …
    COLON = "colon"  # 1: …
    RAISED = "raised"  # ^1 …  ¹ …  <sup>1</sup> …
    CORNER = "corner"  # 【1】 …
    NOTE = "note"  # [^1]: …
    ROW = "row"  # | 1 | … |
    WORD = "word"  # Source 1: …
    PLAIN = "plain"  # 1  …, only under a heading
    TRAILER = "trailer"  # Link: https://… [1]
    ANCHOR = "anchor"  # <a id="ref1"></a> …


class FormTraits(NamedTuple):
    """What entries of a form have in common.

    `bracketed` is whether they are written as markers are, `needs_heading` whether so many lines begin alike that they
    are entries only below a heading for sources, `plain_label` whether the label alone tells an entry there, and
    `counted` whether Markdown numbers them itself.
    """

    bracketed: bool = False
    needs_heading: bool = False
    plain_label: bool = False
    counted: bool = False


TRAITS: Final = {
    EntryForm.BRACKET: FormTraits(bracketed=True, plain_label=True),
    EntryForm.DOT: FormTraits(counted=True),
    EntryForm.PAREN: FormTraits(),
    EntryForm.COLON: FormTraits(),
    EntryForm.RAISED: FormTraits(),
    EntryForm.CORNER: FormTraits(bracketed=True, plain_label=True),
    EntryForm.NOTE: FormTraits(),
    EntryForm.ROW: FormTraits(needs_heading=True, plain_label=True),
    EntryForm.WORD: FormTraits(needs_heading=True, plain_label=True),
    EntryForm.PLAIN: FormTraits(needs_heading=True),
    EntryForm.TRAILER: FormTraits(),
    EntryForm.ANCHOR: FormTraits(needs_heading=True, plain_label=True),
}


class EntryCandidate(NamedTuple):
    """A line that begins like an entry: where its line and its label begin, and where its text does.

    `labels` are as written. `indent` counts the code points before the label, a bullet included. `text_end` is
    where the text ends that precedes its label.
    """

    form: EntryForm
    labels: tuple[tuple[str, Span], ...]
    start: int
    label_span: Span
    text_start: int
    indent: int = 0
    bulleted: bool = False
    colon: bool = False
    text_end: int | None = None

    @property
    def traits(self) -> FormTraits:
        """What entries of its form have in common."""
        return TRAITS[self.form]

    @property
    def number(self) -> int | None:
        """Its first label as a number; None where it is a word."""
        label = self.labels[0][0]
        return int(label) if label.isdecimal() else None


_LABEL = r"(?:I-D\.[\w.-]{3,80}|[^\[\]\n\s^\\](?:[^\[\]\n\\]|\\[^\p{L}\p{N}\s\[\]\\]){0,40}|\s[0-9]{1,4}\s)"
_NUMERALS = rf"{NUMBER}(?:\s?[,;、]\s?{NUMBER})*+"
_TARGET = r"\((?:[^()\s]|\([^()\s]*\))*+\)"  # of a link
_BRACKETS = (
    rf"\\?\[(?:{_LABEL}|\\?\[[\w+-]{{0,20}}\d[\w+-]{{0,20}}\\?\])\\?\](?:{_TARGET})?"  # `[[Page]]` links in a wiki
    rf"(?:[ \t]{{0,3}}\\?\[(?!\d{{4}}){_NUMERALS}\\?\](?!\()|[ \t]{{0,3}}\[\\?\[{NUMBER}\\?\]\]{_TARGET}){{0,200}}+"
)
# What a source is read on, as IEEE, Vancouver and GB/T 7714 put it inside an entry, which may be where its line breaks.
_MEDIA = frozenset(phrases("entries.media"))
_LINKED_TITLE = lazy_regex(r"\d{4}")  # no label, where it is a link
_ANNOUNCED = rf"(?:{NOUNS.pattern})"
# What Pandoc sets about labels where it writes attributes: `[]{#_Ref1 .anchor}`, `[1. ]{.csl-left-margin}`.
_SPANNED = r"(?:\[\]\{\#[^{}\n]{1,80}\}[ \t]*|\[(?=[^\n]{1,12}\]\{\.csl-left-margin\}))"
_ATTRIBUTES = "]{"
_WITHIN_ATTRIBUTES = 16  # code points from its bracket in which the attributes of a label begin
_ANCHORED = r"""(?:<(?:a|span)\b(?=[^<>\n]*>)[^<>\n]*\b(?:id|name)\s*=\s*["']?(?P<anchor>[^"'\s<>]*)[^<>\n]*>
    [ \t]*(?:</(?:a|span)>[ \t]*)?)?+"""
_MARKS = {
    "note": r"\[\^(?P<note>[^\]\s\[\^]{1,80})\^?\](?P<notecolon>:)?",
    "bracket": rf"(?P<bracket>{_BRACKETS})(?P<bcolon>[:：])?\.?",
    "wide": rf"［(?P<wide>{NUMBER})］[:：.]?",
    "corner": rf"【(?P<corner>{NUMBER})】[:：]?",
    "dot": rf"(?P<dot>{NUMBER})(?:\\?[.．]\\?(?![.\d])\)?|\\?[)）、])",
    "paren": rf"[(（](?P<paren>{NUMBER})[)）][.:：]?",
    "colon": rf"(?P<colon>{NUMBER})(?=[:：][ \t]+\S)[:：]",
    "tagged": rf"\[?(?P<tagged>{NUMBER})\]?(?=</(?:a|span)>)",
    "plain": rf"(?P<plain>{NUMBER})(?=[ ]+(?-i:\p{{Lu}})|[ ]{{2,}}\S)",
    "caret": rf"\^(?P<caret>{NUMBER})\^?[.:)]?",
    "tag": rf"<sup>(?:<a\b[^<>\n]*>)?\[?(?P<tag>{NUMBER})\]?(?:</a>)?</sup>",
    "raised": rf"(?P<raised>[{SUPERSCRIPTS}]{{1,3}})[.:)]?",
    "row": rf"""\|[ \t]*(?:<(?:a|span)\b[^<>\n]*>[ \t]*(?:</(?:a|span)>[ \t]*)?)?+
        (?:\*\*)?\\?\[?(?P<row>{NUMBER}(?:\\?\]?<br[ ]?/?>[ \t]?\\?\[?{NUMBER}){{0,20}}+
            |(?<=\[)\p{{L}}[\p{{L}}\d.+:&’_-]{{1,40}}(?=\\?\]))\\?\]?
        (?:{_TARGET})?\.?(?:\*\*)?(?:</(?:a|span)>)?[ \t]*\|""",
    "word": rf"(?P<word>{_ANNOUNCED}[ \t]?\#?{NUMBER})(?=[ \t]*[:：.)—–-])[ \t]*[:：.)—–-]",
    "bare": r"""(?P<bare>(?<=>[ \t]*)(?<=</a>[ \t]*|</span>[ \t]*|["'][ \t]*>[ \t]*))""",
}


def _line(kinds: str, before: str = "") -> regex.Pattern[str]:
    """A pattern for a line that begins with one of some kinds of marks; it has the groups of the others as well."""
    every = (*_MARKS, "notecolon", "bcolon", "anchor")
    marks = "\n    | ".join(_MARKS[kind] for kind in kinds.split())
    others = "".join(f"(?P<{name}>)" for name in every if f"(?P<{name}>" not in before + marks)
    return lazy_regex(
        rf"""
        ^(?P<lead>[ \t\u3000\u00a0>]*+(?:(?:[-*+•‣◦・]|\.\.)[ \t]+)?(?:\#{{1,6}}[ \t]+)?
            (?:<(?:tr|li|p|div|dt|dd|td|span(?![^<>\n]*\b(?:id|name)\s*=))\b[^<>\n]*>[ \t]*){{0,3}}+)
        (?P<mark>{before}(?:\*\*|__)?+
        (?: {marks} | (?!){others} )
        (?:\*\*|__|</a>|\s?</(?:span|div|td|dt)>(?:\s?<(?:span|div|td|dd)\b[^<>\n]*>)?
            |[ ]?\]\{{\.csl-left-margin\}}\[?)?+
        [.:：]?)
        (?P<gap>[ \t]*)
        """,
        regex.VERBOSE | regex.MULTILINE | regex.IGNORECASE,
    )


_ENTRY = _line(" ".join(_MARKS), f"{_ANCHORED}{_SPANNED}?+")
# The same for lines that begin with a number, a bracket or a word, as most do: a text has nothing larger compiled than
# it has a use for.
_COUNTED = _line("dot colon tagged plain")
_IN_BRACKETS = _line("note bracket tagged")
_NAMED = _line("word")
_BRACKETED = lazy_regex(rf"\\?\[\\?\[?({_LABEL})\\?\](?:\]?{_TARGET})?+")
_NUMBER = lazy_regex(NUMBER)
_NUMBERS = lazy_regex(_NUMERALS)
_HEADING_BELOW = lazy_regex(r"[^\n\p{L}\p{N}]*+\n[ \t\n]*+#")  # what the anchor is of, and no entry
_ANCHOR_NUMBER = lazy_regex(r"(?<!^page-\d{1,4}-\d{0,3})\d{1,4}$")  # `page-9-3` is the third place of a page
_FORMS = {
    "note": EntryForm.NOTE,
    "bracket": EntryForm.BRACKET,
    "wide": EntryForm.BRACKET,
    "corner": EntryForm.CORNER,
    "dot": EntryForm.DOT,
    "paren": EntryForm.PAREN,
    "colon": EntryForm.COLON,
    "plain": EntryForm.PLAIN,
    "tagged": EntryForm.ANCHOR,
    "caret": EntryForm.RAISED,
    "tag": EntryForm.RAISED,
    "raised": EntryForm.RAISED,
    "row": EntryForm.ROW,
    "word": EntryForm.WORD,
    "bare": EntryForm.ANCHOR,
}
_TITLE = lazy_regex(r"[\p{Lu}\p{Han}\p{Hiragana}\p{Katakana}《「『“\"\[（(]\D")
_MORE_OF_A_ROUTE = lazy_regex(r"\[[\da-f:.]{1,40}\]:\[", regex.IGNORECASE)  # `[3]:[0]:[32]`
_REPEATED = lazy_regex(rf"\\?\[({NUMBER})(\\?\])[.:]?[ \t]+(?=\S)")
# Begins with the line ending before it: a search for one character is many times as fast as one for `^`.
_LIKELY = lazy_regex(
    r"\n[ \t\u3000\u00a0>]*+(?:(?:[-*+•‣◦・]|\.\.)[ \t]+)?+(?:#{1,6}[ \t]+)?+[*_]{0,2}"
    rf"(?:[\[\\\d\^(（［【|<{SUPERSCRIPTS}0-9]|(?i:{_ANNOUNCED}))"
)


def entries(layout: Structure) -> Iterator[EntryCandidate]:
    """Every line outside code that begins like an entry, in reading order. Raises TooMuch."""
    return bounded(_entries(layout), "lines that begin like an entry", MOST_ENTRIES)


def _entries(layout: Structure) -> Iterator[EntryCandidate]:
    text = layout.text
    if first := _LIKELY.match("\n" + text[:200]):
        yield from _entry_at(layout, 0, first.end() - 2)
    for likely in _LIKELY.finditer(text):
        yield from _entry_at(layout, likely.start() + 1, likely.end() - 1)


def _entry_at(layout: Structure, start: int, sign: int) -> Iterator[EntryCandidate]:
    """The entry that a line begins with, if any; `sign` is where its mark begins, or what is about it."""
    match = _pattern(layout.text, sign).match(layout.text, start)
    if match and match.start("mark") not in layout.code and (entry := _entry(layout.text, match)):
        yield entry


def _pattern(text: str, sign: int) -> regex.Pattern[str]:
    if text[sign].isdecimal():
        return _COUNTED
    if text[sign] in "[\\" and _ATTRIBUTES not in text[sign : sign + _WITHIN_ATTRIBUTES]:
        return _IN_BRACKETS
    return _NAMED if text[sign].isalpha() else _ENTRY


_TRAILER = lazy_regex(
    rf"\n[ \t]*+(?:[\w-]{{2,20}}:[ \t]+)?+(?P<address><?https?://[^\s<>]{{4,1000}}+>?)[ \t]+(?:\#[ \t]*)?"
    rf"\[(?P<label>{NUMBER})\][ \t]*+(?=\n|\Z)"
    rf"|\n[ \t]*+\p{{Lu}}[\w-]{{1,20}}:?[ \t]+\[(?P<label>{NUMBER})\]:?[ \t]+"
    rf"(?P<address><?https?://[^\s<>]{{4,1000}}+>?|(?:commit )?+[0-9a-f]{{7,40}}(?: \(\"[^\n\"]{{1,200}}\"\))?+)"
    rf"[ \t]*+(?=\n|\Z)"
)


def trailers(layout: Structure) -> Iterator[EntryCandidate]:
    """Lines of nothing but an address, or a commit, and a label, as commit messages have them.

    The label follows it, `Link: https://… [1]`, or after the word: `Commit [1]: d77dc29e6e18`.
    """
    if "]" not in layout.text:
        return
    for match in bounded(_TRAILER.finditer(layout.text), "lines that begin like an entry", MOST_ENTRIES):
        if match.start("label") not in layout.code:
            span = Span(*match.span("label"))
            yield EntryCandidate(
                form=EntryForm.TRAILER,
                labels=((display_label(match["label"]), span),),
                start=match.start() + 1,
                label_span=Span(span.start - 1, span.end + 1),
                text_start=match.start("address"),
                colon=True,
                text_end=match.end("address"),
            )


def _entry(text: str, match: regex.Match[str]) -> EntryCandidate | None:
    kind = next(name for name in _FORMS if match[name] is not None)
    form = _FORMS[kind]
    if form is EntryForm.NOTE and not match["notecolon"]:
        form = EntryForm.PLAIN  # `[^1] Title` in a list: no definition, but an entry all the same
    labels = _labels(match, kind)
    if not labels:
        return None
    if kind == "bracket" and (numbered := _numbered_title(match, labels)):
        return numbered
    spaced = bool(match["gap"]) or text[match.end() : match.end() + 1] in "\n"
    if (
        form is EntryForm.DOT
        and not spaced
        and text[match.end("mark") - 1] in ".)"
        and not _TITLE.match(text, match.end())
    ):
        return None  # `1.5 litres` and `2.x` are no entries; `1.陈宗懋` is one
    if kind == "bracket" and labels[0][0].casefold() in _MEDIA:
        return None
    if kind == "bracket" and text[match.end("bracket") - 1] == ")" and _LINKED_TITLE.fullmatch(labels[0][0]):
        return None  # `- [8086](https://…)` has a number for its title
    if match["bcolon"] and _MORE_OF_A_ROUTE.match(text, match.end()):
        return None
    repeated = _REPEATED.match(text, match.end()) if form is EntryForm.DOT else None
    if repeated and int(repeated[1]) == int(labels[0][0]):  # `1. [1] Title`: the bracket is the label
        form, labels = EntryForm.BRACKET, ((display_label(repeated[1]), Span(*repeated.span(1))),)
    return EntryCandidate(
        form=form,
        labels=labels,
        start=match.start("lead"),
        label_span=Span(
            match.start("mark"), repeated.end(2) if form is EntryForm.BRACKET and repeated else match.end("mark")
        ),
        text_start=repeated.end() if form is EntryForm.BRACKET and repeated else match.end(),
        indent=match.start("mark") - match.start("lead"),
        bulleted=match["lead"].strip(" \t>") in ("-", "*", "+", "•", "‣", "◦", "・"),
        colon=bool(match["bcolon"]),
    )


def _numbered_title(match: regex.Match[str], labels: tuple[tuple[str, Span], ...]) -> EntryCandidate | None:
    """The entry whose number is in its anchor, where what that encloses is a link: `<a id="r1">[Salt](…)</a>`."""
    number = _ANCHOR_NUMBER.search(match["anchor"] or "")
    if number is None or labels[0][0].isdecimal() or not match["bracket"].endswith(")"):
        return None
    place = Span(*match.span("anchor"))
    start, title = match.start("mark"), match.start("bracket")
    return EntryCandidate(
        EntryForm.ANCHOR, ((display_label(number[0]), place),), match.start("lead"), Span(start, title), title
    )


def _labels(match: regex.Match[str], kind: str) -> tuple[tuple[str, Span], ...]:
    start, end = match.span(kind)
    if kind == "bare" and not _HEADING_BELOW.match(match.string, end):
        number = _ANCHOR_NUMBER.search(match["anchor"] or "")
        return ((display_label(number[0]), Span(*match.span("anchor"))),) if number else ()
    if kind == "bare":
        return ()
    if kind == "note":
        return ((match["note"], Span(start, end)),)
    if kind == "row" and "<" in match["row"]:  # `[4]<br>[5]`
        numbers = _NUMBER.finditer(match.string, start, end)
        return tuple((display_label(number[0]), Span(*number.span())) for number in numbers)
    if kind != "bracket":
        return ((display_label(match[kind]), Span(start, end)),)
    if (digits := match.string[start + 1 : end - 1]).isdecimal() and match.string[start] == "[":
        return ((display_label(digits), Span(start + 1, end - 1)),)
    labels: list[tuple[str, Span]] = []
    for bracketed in _BRACKETED.finditer(match.string, start, end):
        inner = Span(*bracketed.span(1))
        if _NUMBERS.fullmatch(bracketed[1]):
            numbers = _NUMBER.finditer(match.string, *inner)
            labels += [(display_label(number[0]), Span(*number.span())) for number in numbers]
        else:
            labels.append((display_label(bracketed[1]), inner))
    return tuple(labels)
