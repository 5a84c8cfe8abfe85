"""What shows the number of a source and is no marker: nobody would write the new number there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

import regex

from citecheck.editing.renumber.errors import RenumberError
from citecheck.lexicon import phrases, words_of
from citecheck.model.citations import Key, Syntax
from citecheck.model.document import Document
from citecheck.model.structure import Structure
from citecheck.recognition.labels import display_label, normalize_label
from citecheck.recognition.markers.candidates import Candidate, Context, context_of
from citecheck.recognition.markers.grammar import DASH, ENDS, ITEMS, NUMBER, SEPARATOR
from citecheck.recognition.markers.ranges import spelled_out
from citecheck.recognition.markers.superscripts import is_exponent
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

_MENTION = lazy_regex(
    r"\b(?:sources?|references?|refs?\.|footnotes?|endnotes?|citations?) {1,2}(?:no\.? )?#?(\d{1,3})\b(?![.,]?\d)",
    regex.IGNORECASE,
)
# What readers may be shown and no marker is read in: front matter, and the words of pictures.
_UNREAD = lazy_regex(
    r"\A(?:---|\+\+\+)[ \t]*\n(?s:.{1,20000}?)\n(?:---|\+\+\+|\.\.\.)[ \t]*$"
    r"|!\[(?:[^\[\]]|\[[^\[\]]{0,40}\]){0,500}+\][(\[]"
    r"|\balt=(?:\"[^\"<>]{0,500}\"|'[^'<>]{0,500}')",
    regex.MULTILINE,
)
# After a word, unlike a list in front matter; `A rose![[1]](#r1)` is a picture.
_WRITTEN = lazy_regex(rf"(?<=[\p{{L}}\d.!?\"”’)] ?|!\[)\[{ITEMS}\]")
_NUMBER = lazy_regex(r"\d+")


def refuse_words(document: Document, layout: Structure, changed: Collection[Key]) -> None:
    """Raises Refused where words name a source that gets another number; in entries they may be part of a title."""
    if not changed:
        return
    followed, entered = _followed(document), SpanSet(source.span for source in document.sources)
    labels = {key.label for key in changed}
    named = [citation.span for key in changed for citation in document.cited.get(key, ())]
    named += [Span(*found.span()) for found in _MENTION.finditer(layout.text) if found[1] in labels]
    for span in sorted(named):
        if not any(span.start in places for places in (followed, entered, layout.opaque)):
            words = " ".join(span.of(document.text).split())
            line = _line(document, span)
            raise RenumberError(f"line {line} refers to {words!r}, which is no marker; write a marker instead")


def refuse_unread(document: Document, layout: Structure, touched: Collection[Key]) -> None:
    """Raises Refused where something is shown like a marker of a source that changes or goes, and is not read."""
    labels = {key.label for key in touched}
    for place in _UNREAD.finditer(layout.text) if labels else ():
        if place.start() not in layout.opaque:
            continue
        for found in _WRITTEN.finditer(layout.text, *place.span()):
            if labels & {*_NUMBER.findall(found[0])}:
                line = _line(document, Span(*found.span()))
                raise RenumberError(f"line {line} shows {found[0]} where no marker is read; remove it first")
    for each in _unread(document, layout) if labels else ():
        if not labels.isdisjoint(each.labels):
            shown, line = " ".join(each.span.of(document.text).split()), _line(document, each.span)
            advice = "write it as the markers are, or in words"
            raise RenumberError(
                f"line {line} shows {shown}, which looks like a marker and cannot be read as one; {advice}"
            )


def _followed(document: Document) -> SpanSet:
    """Where what names a source is read, and so is written with its new number."""
    read = [each.span for each in (*document.markers, *document.hidden)]
    read += [each.span for each in document.malformed] + [each.span for each in document.links]
    return SpanSet(read)


def _line(document: Document, span: Span) -> str:
    return document.line_of(span.start)


# Numbers in brackets ----------------------------------------------------------------------------------------

_BRACKETS: Final = {pair[0]: pair[1] for pair in ("()", "[]", "{}", "（）", "［］", "｛｝", "【】", "〔〕", "〈〉")}
_ROUND: Final = ("(", "（")  # which enumerate, number formulas, and say a figure twice
_GAP = rf"(?:\s{{0,3}}{DASH}\s{{0,3}}|{SEPARATOR}|\s{{0,3}}[&|/+·]\s{{0,3}}|\s{{1,4}})"
_NUMBERS = rf"(?P<numbers>{NUMBER}(?:{_GAP}{NUMBER})*+)"
_CANDIDATE = lazy_regex(
    rf"\\?(?P<open>[{regex.escape(''.join(_BRACKETS))}])\s{{0,2}}\^?{_NUMBERS}\s{{0,2}}\\?"
    rf"(?P<close>[{regex.escape(''.join(_BRACKETS.values()))}])"
    rf"|(?i:<sup>)\s{{0,2}}{_NUMBERS}\s{{0,2}}(?i:</sup>)|\^{_NUMBERS}\^"
)
_ITEM = lazy_regex(ENDS)
_NEAR = 40  # code points before a candidate in which to see what it is
_FAR = 2_000  # code points from one item of an enumeration to the next

# What a part of a text, or something in it, is called beside its number; `an article (3)` may cite one.
_NAMED = lazy_regex(
    rf"\b(?:(?i:{words_of('markers.counted').pattern})|{words_of('markers.counted_titled').pattern})\b"
    r"\.?(?:\s{1,2}\d[\d.]{0,8}\p{Ll}?)?\*{0,2}\s{1,3}\Z|[§¶]\s?[\d.]{0,8}\s{0,3}\Z"
)
_WORD = lazy_regex(r"(\p{L}{1,40})\s{1,8}\Z")
_SPELT: Final = list(phrases("numbers.spelled"))
_AND = words_of("joining.and", "joining.or")
_TO = words_of("joining.to").pattern
_ALSO = lazy_regex(rf"\s{{0,3}}(?:[,;]|[,;]?\s?(?:{_AND.spaced}|{_TO})\s|[–—-])\s{{0,3}}")
_OPENS_ITEM = lazy_regex(rf"(?:[,;:，；：、—–]|(?<!\w)(?:{_AND.spaced})|{_AND.unspaced})\s{{0,3}}\Z", regex.IGNORECASE)
_BEGINS_LINE = lazy_regex(r"(?:\A|\n)[ \t>#*+|-]*\Z")
_BEGINS_BLOCK = lazy_regex(r"(?:\A|\n[ \t>]*\n|\n[ \t>]*(?:#+|[*+|-])[ \t])[ \t>#*+|-]*\Z")
_TEXT = lazy_regex(r"\s{0,3}[*_`\"“‘'«$<\\]{0,4}[\p{L}\d]")
# The number of a formula: to the right of it, on a line of its own, or in the markup of one.
_FORMULA = lazy_regex(r"(?:[ \t]{3}|\t|^)[ \t]{0,40}\((\d{1,4})\)[ \t]*$|\\tag\{(\d{1,4})\}", regex.MULTILINE)
_CELL = lazy_regex(r"[ \t]*\|")


class _Candidate(NamedTuple):
    """Numbers of sources in brackets or raised, and nothing else; `bracket` opens them."""

    span: Span
    labels: Sequence[str]
    bracket: str


def _unread(document: Document, layout: Structure) -> Iterator[_Candidate]:
    """What consists of numbers, listed ones but for a few, and is neither read nor the number of something else."""
    found = list(_candidates(document, layout))
    others = _enumerating(layout.text, [each for each in found if each.bracket in _ROUND])
    formulas = {number[1] or number[2] for number in _FORMULA.finditer(layout.text)} if found else set()
    before: _Candidate | None = None  # the last that is the number of something else
    for each in found:
        joined = before and _ALSO.fullmatch(layout.text, before.span.end, each.span.start)
        known = each.span in others or formulas.issuperset(each.labels)
        if each.bracket in _ROUND and (known or joined or _numbers_other(layout.text, each)):
            before = each
        else:
            yield each


def _candidates(document: Document, layout: Structure) -> Iterator[_Candidate]:
    """Numbers in brackets, all of them listed or most, outside of code, of lists, and of what is read."""
    text = layout.text
    listed = {key.label for key in document.listed}
    read, entered = _followed(document), SpanSet(source.span for source in document.sources)
    row = -1  # where the last numbers in parentheses end that are no index
    for found in _CANDIDATE.finditer(text):
        span, bracket = Span(*found.span()), found["open"] or ""
        if bracket and _BRACKETS[bracket] != found["close"]:
            continue
        start = found.start("numbers")  # a tag itself is opaque
        if read.touches(span) or any(start in places for places in (entered, layout.opaque, layout.code)):
            continue
        ends = [
            (display_label(item[1]), display_label(item[2] or item[1])) for item in _ITEM.finditer(found["numbers"])
        ]
        known = [normalize_label(low) in listed and normalize_label(high) in listed for low, high in ends]
        if not all(known) and (bracket in ("", *_ROUND) or 2 * sum(known) <= len(known)):
            continue  # `[4 6 3 9]` may be a marker, though nothing is listed as 9
        in_row = bracket in _ROUND and span.start == row  # `(3)(4)`, of which the second is no call of the first
        if not in_row and (_is_index(text, span, ends) if bracket else _is_power(text, span, ends)):
            continue
        row = span.end if bracket in _ROUND else row
        yield _Candidate(span, [label for low, high in ends for label in spelled_out(int(low), int(high))], bracket)


def _is_index(text: str, span: Span, ends: Sequence[tuple[str, str]]) -> bool:
    """Whether numbers in brackets are at a name, `f(3)` or `argv[1]`, or are values, `x = [1 3]`."""
    before = text[span.start - 1 : span.start]
    called = text[span.start] in "({" and (before.isalnum() or before in (")", "]", "_")) and before < "\u2e7f"
    return called or context_of(text, span, [(low, span) for low, _ in ends], ()) in (
        Context.IDENTIFIER_SUFFIX,
        Context.CODE,
    )


def _is_power(text: str, span: Span, ends: Sequence[tuple[str, str]]) -> bool:
    """Whether a superscript number is an exponent, `10^2^`."""
    labels = tuple((low, span) for low, _ in ends)
    return is_exponent(
        text, Candidate(span.of(text), span, Syntax.SUPERSCRIPT, labels, Context.STANDALONE), raised=False
    )


def _enumerating(text: str, found: Sequence[_Candidate]) -> set[Span]:
    """Where numbers in parentheses head the items of an enumeration, `(1) first, (2) second`."""
    heads = [each for each in found if len(each.labels) == 1 and _TEXT.match(text, each.span.end)]
    spans: set[Span] = set()
    last: dict[int, Span] = {}
    for each in heads:
        number, start = int(each.labels[0]), each.span.start
        before = max(0, start - _NEAR), start
        if _BEGINS_BLOCK.search(text, *before):
            spans.add(each.span)
        earlier = last.get(number - 1)
        opens = _OPENS_ITEM.search(text, *before) or _BEGINS_LINE.search(text, *before)
        if earlier and opens and start - earlier.end < _FAR:
            spans |= {earlier, each.span}
        last[number] = each.span
    return spans


def _numbers_other(text: str, each: _Candidate) -> bool:
    """Whether a number in parentheses is that of something else: of a table, of a column, of what is counted."""
    near, start = max(0, each.span.start - _NEAR), each.span.start
    in_cell = _CELL.match(text, each.span.end) is not None and text[near:start].rstrip(" \t").endswith("|")
    word = _WORD.search(text, near, start)
    twice = word is not None and [word[1].casefold()] == _SPELT[int(each.labels[0]) :][:1]  # `seven (7) days`
    return in_cell or twice or _NAMED.search(text, near, start) is not None
