"""Mentions: where a text has a year that names precede, as a citation by author and year has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import regex

from citecheck.lexicon import phrases, words_of
from citecheck.limits import MOST_MARKERS, bounded
from citecheck.model.author_years import Form, Signal
from citecheck.recognition.author_year.names import JOINING, OTHERS, PARTICLES, UNSPACED_JOINING, is_initials
from citecheck.recognition.author_year.works import NO_DATE, UNDATED, YEAR
from citecheck.recognition.entries.dates import CALENDAR
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

_YEAR = lazy_regex(
    rf"(?<![\d\p{{L}}./:_#%@–-]|[$€£]\s?)(?P<year>{YEAR})(?P<letter>(?!s\b)[a-z](?![\p{{L}}\d]))?"
    rf"(?:\]?\s?[/\[(]\s?(?P<other>{YEAR})[\])]?)?(?![\d\p{{L}}%]|[.,:/]\d|-\p{{L}})"
    rf"|(?<=[(（\[,;，；]\s?)(?P<undated>{NO_DATE})(?:-?(?P<letter>[a-z])(?!\p{{L}}))?(?=\s?[)\]）,;，；:])"
)
_LETTERS = lazy_regex(r"\s?(?:,|&|;)\s?(?P<letter>[a-z])(?![\p{L}\d'’.])")
_PERIOD = lazy_regex(rf"\s?[–—-]{{1,2}}\s?(?:{YEAR}|\d\d\b|\p{{L}}+|[)\]])")
_TOKEN = lazy_regex(
    rf"\s?[*_]{{0,2}}(?P<others>{OTHERS})[*_]{{0,2}}(?:['’]s)?|(?P<joining>{JOINING}|/)"
    r"|(?P<elided>\p{Ll}{1,4}['’](?=\p{Lu}))|(?P<word>\p{L}[\p{L}\p{M}\d]*(?:['’\u02bc‐‑-](?!s\b)[\p{L}\p{M}\d]+)*\.?(?:['’]s?(?!\p{L}))?)|(?P<sign>\S)"
)
_EAST = lazy_regex(
    rf"(?r)(?P<names>[\p{{Han}}\p{{Hiragana}}\p{{Katakana}}\u30fc、・]{{1,24}}?)\s?(?P<others>{OTHERS})?(?P<separator>[，,])?\s?\Z"
)
_EAST_LETTER = lazy_regex(r"[\p{Han}\p{Hiragana}\p{Katakana}\u30fc][，,]?\s?\Z")
_EAST_NAMES = lazy_regex(r"[\p{Han}\p{Hiragana}\p{Katakana}\u30fc、・]")
_LONGEST_EAST: Final = 24  # characters of names in a row
_EAST_TAIL = lazy_regex(rf"\s?(?:{OTHERS})?[，,]?\s?\Z")  # what may be between names in such a text and their year
_LONGEST_TAIL: Final = 8
_JOINED_EAST = lazy_regex(UNSPACED_JOINING)
_INHERITS = lazy_regex(rf"[\])]?\s{{0,2}}(?:[,;，；、]|{JOINING})\s{{0,2}}(?:{JOINING}\s{{0,2}})?\[?|\]?\s?\[")
_ONLY_YEARS = lazy_regex(rf"(?:[\s,;，；/\[\]]|c\.|ca\.|{YEAR}[a-z]?|\b[a-z]\b|{JOINING})*")
_TAIL = lazy_regex(
    rf"\]?\s?(?:[)\]）;；]"
    rf"|[,:，：]?\s?(?:\d|[ivxl]{{1,6}}\b|§|(?:{words_of('locators.words', 'locators.before_number').pattern})[\s.\d])"
    rf"|[,，]?\s?(?:{words_of('authors.secondary').across_lines().pattern})|[,;]\s?[a-z]\b|[,，]\s?[\p{{L}}“\"][^()]{{0,80}}[)\]]|\[)",
)
_INITIALS_BETWEEN = lazy_regex(r"\p{Lu}\p{L}+,\s(?:\p{Lu}\.[\s-]?){1,4}")
_ENTRY_GOES_ON = lazy_regex(
    r"[)\]）]?\s{0,2}[.,:]?\s{1,3}[\"“«„*_《]|[)\]）][.:]\s{1,3}\p{Lu}|[)\]）]?,\s{1,3}[\"“«„*_]"
)
_QUOTES: Final = (*"\"'“”‘’«»„`",)
_MARGIN = " \t*_-+•>#|\n"
_SMALL_WORDS: Final = frozenset(phrases("authors.small_words"))
_NO_NAMES: Final = frozenset(phrases("authors.no_names"))
_CLOSING: Final = {"(": ")", "[": "]", "（": "）", "［": "］"}
_EDITORS = lazy_regex(words_of("authors.editors").pattern, regex.IGNORECASE)
_PARTING: Final = frozenset(",，、;；:)(")
_COMMAS: Final = ",，、;；"
_BEFORE: Final = 240  # code points before a year in which its names are
_NEAR: Final = 80  # code points before it in which nearly all names are
_BEHIND: Final = 240  # code points after it in which its bracket closes
_MOST_NAMES: Final = 12
_SHORT: Final = 4  # code points of a word that a stop may follow within a name: `St.`, `Jr.`


class Name(NamedTuple):
    """One of the names before a year: where its words are, at most so many as may belong to it."""

    words: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From its first word to its last."""
        return Span(self.words[0].start, self.words[-1].end)


class Mention(NamedTuple):
    """A year and the names that precede it, both in reading order.

    `others` is whether "et al." follows the names, `joined` whether a word joins the last two of them; `separator` is
    what is between names and year, `closes` whether what follows ends a citation. `against` are signals that this is
    none. `group` is the bracket that the year is in.
    """

    names: tuple[Name, ...]
    joined: bool
    others: bool
    years: tuple[str, ...]
    letter: str
    year_span: Span
    form: Form
    separator: str = ""
    closes: bool = False
    against: tuple[Signal, ...] = ()
    group: Span | None = None


class _Names(NamedTuple):
    names: tuple[Name, ...] = ()
    joined: bool = False
    others: bool = False
    separator: str = ""


class _Token(NamedTuple):
    kind: str
    text: str
    span: Span


def mentions(text: str, blocks: Sequence[Span], opaque: SpanSet) -> Iterator[Mention]:
    """Every year of some blocks that names may precede, in reading order."""
    return bounded(_mentions(text, blocks, opaque), "years that names may precede", MOST_MARKERS)


def _mentions(text: str, blocks: Sequence[Span], opaque: SpanSet) -> Iterator[Mention]:
    for block in blocks:
        last: Mention | None = None
        for found in _YEAR.finditer(text, *block):
            if found.start() in opaque:
                continue
            end = found.end("letter") if found["letter"] else found.end("year") if found["year"] else found.end()
            span = Span(found.start("year") if found["year"] else found.start(), end)
            if found["other"]:
                span = Span(span.start, found.end("other"))
            years = (found["year"] or UNDATED, *filter(None, [found["other"]]))
            mention = _mention(text, block, span, years, found["letter"] or "", last)
            if mention is None:
                continue
            yield mention
            last = mention
            for more in _more_letters(text, mention, block.end):
                yield more
                last = more


def _more_letters(text: str, mention: Mention, limit: int) -> Iterator[Mention]:
    """The same year with other letters: `2019a, b`."""
    end = mention.year_span.end
    while mention.letter and (found := _LETTERS.match(text, end, limit)):
        end = found.end()
        yield mention._replace(letter=found["letter"], year_span=Span(found.start("letter"), end))


def _mention(
    text: str, block: Span, span: Span, years: tuple[str, ...], letter: str, last: Mention | None
) -> Mention | None:
    group = _group(text, block, span)
    closes = _TAIL.match(text, span.end, min(block.end, span.end + _BEHIND)) is not None
    if last and _INHERITS.fullmatch(text, last.year_span.end, span.start) and (group or not last.group):
        return last._replace(years=years, letter=letter, year_span=span, closes=closes)
    start, end, form = max(block.start, span.start - _BEFORE), span.start, Form.BARE
    if group is not None:
        inner = group.start + 1
        form = Form.NARRATIVE if _ONLY_YEARS.fullmatch(text, inner, span.start) else Form.PARENTHETICAL
        start, end = (max(start, inner), end) if form is Form.PARENTHETICAL else (start, group.start)
    names = _names_before(text, start, end, whole=start in (block.start, group and group.start + 1))
    if not names.names:
        if group is None:
            return None
        form = Form.DISTANT if form is Form.NARRATIVE else form
    against = tuple(_against(text, block, span, names))
    return Mention(
        names.names, names.joined, names.others, years, letter, span, form, names.separator, closes, against, group
    )


def _group(text: str, block: Span, span: Span) -> Span | None:
    """The bracket that a year is in, with both its signs; None where it is in none."""
    depth = 0
    for place in range(span.start - 1, max(block.start, span.start - _BEFORE) - 1, -1):
        character = text[place]
        if character in ")]）］":
            depth += 1
        elif character in _CLOSING:
            if depth == 0:
                if character == "[" and place and _ONLY_YEARS.fullmatch(text, place + 1, span.start):
                    outer = _group(text, block, Span(place, span.end))
                    if outer:
                        return outer
                end = text.find(_CLOSING[character], span.end, min(block.end, span.end + _BEHIND))
                return Span(place, end + 1) if end >= 0 else None
            depth -= 1
    return None


def _names_before(text: str, start: int, end: int, *, whole: bool) -> _Names:
    """The names immediately before an offset; `whole` is whether nothing was cut off at the start."""
    tail = _EAST_TAIL.search(text, max(start, end - _LONGEST_TAIL), end)
    if tail and _EAST_LETTER.search(text, max(start, tail.start() - 1), tail.start()):
        return _east_names(text, start, end)
    near = max(start, end - _NEAR)
    names, left = _walk(_tokens(text, near, end, whole=whole and near == start))
    if left < 0 and near > start:  # the names go on before what was looked at
        names, _ = _walk(_tokens(text, start, end, whole=whole))
    return names


def _tokens(text: str, start: int, end: int, *, whole: bool) -> list[_Token]:
    tokens = [_token(found) for found in _TOKEN.finditer(text, start, end)]
    return tokens if whole else tokens[1:]


def _token(found: regex.Match[str]) -> _Token:
    kind = found.lastgroup or "sign"
    return _Token(kind, found[kind], Span(*found.span(kind)))


def _walk(tokens: list[_Token]) -> tuple[_Names, int]:
    """The names at the end of some words, read backwards, and the place of the word before them; -1 where none is."""
    place = len(tokens) - 1
    separator, joined, others = "", False, False
    while place >= 0 and _parts(tokens[place]):
        separator = tokens[place].text if tokens[place].text in ",，" else separator
        place -= 1
    if place >= 0 and tokens[place].kind == "others":
        others, place = True, place - 1
        if place >= 0 and tokens[place].text in ",，":
            place -= 1
    names: list[Name] = []
    while place >= 0 and len(names) < _MOST_NAMES:
        words, place = _name(tokens, place, ended=bool(names) or others)
        if not words:
            break
        names.append(Name(words))
        if place < 0:
            break
        if tokens[place].kind == "joining":
            joined = joined or len(names) == 1
            place -= 1
            if place >= 0 and tokens[place].text in ",，":
                place -= 1
        elif tokens[place].text in _COMMAS:
            joined = joined or (tokens[place].text in ";；、" and len(names) == 1 and place > 0)
            place -= 1
        else:
            break
    if len(names) < 2:
        joined = False
    return _Names(tuple(reversed(names)), joined, others, separator), place


def _parts(token: _Token) -> bool:
    """Whether something may be between names and their year: a comma, or what says that these are editors."""
    return token.text in _PARTING or (token.kind == "word" and _EDITORS.fullmatch(token.text) is not None)


def _name(tokens: Sequence[_Token], place: int, *, ended: bool) -> tuple[tuple[Span, ...], int]:
    """The words of one name that ends at a place, and the place before it."""
    words: list[Span] = []
    kept = 0
    while place >= 0 and tokens[place].kind == "word":
        word = tokens[place].text
        first = word[0]
        if first.isupper() or not (first.islower() or first.isupper()):
            if words and word.endswith(".") and len(word) > _SHORT and not is_initials(word):
                break  # the end of a sentence
            words.append(tokens[place].span)
            kept = len(words)
        elif words and (word in PARTICLES or word in _SMALL_WORDS):
            words.append(tokens[place].span)
            kept = kept + 1 if word in PARTICLES and kept == len(words) - 1 else kept
        else:
            break
        place -= 1
    place += len(words) - kept
    return tuple(reversed(words[:kept])), place


def _east_names(text: str, start: int, end: int) -> _Names:
    """The names before an offset in text without spaces, where nobody can tell yet what belongs to the first."""
    found = _EAST.search(text, start, end)
    if found is None:
        return _Names()
    begin = found.start("names")
    while begin > start and _EAST_NAMES.match(text, begin - 1, begin) and found.end("names") - begin < _LONGEST_EAST:
        begin -= 1
    spans, offset = [], begin
    for joint in _JOINED_EAST.finditer(text, begin, found.end("names")):
        if joint.start() > offset:
            spans.append(Span(offset, joint.start()))
        offset = joint.end()
    if offset < found.end("names"):
        spans.append(Span(offset, found.end("names")))
    names = tuple(Name((span,)) for span in spans)
    return _Names(names, len(names) > 1, found["others"] is not None, found["separator"] or "")


def _against(text: str, block: Span, span: Span, found: _Names) -> Iterator[Signal]:
    """What shows that a year after names is no citation."""
    if _PERIOD.match(text, span.end, block.end):
        yield Signal.LIFE_DATES
    if not found.names:
        return
    last = found.names[-1].words[-1].of(text).casefold().rstrip(".")
    if last in CALENDAR:
        yield Signal.MONTH
    if last in _NO_NAMES and not found.others:
        yield Signal.STOP_WORD
    start = found.names[0].span.start
    if text[start - 1 : start] in _QUOTES and text[span.end : span.end + 1] in _QUOTES:
        yield Signal.QUOTED
    if _INITIALS_BETWEEN.search(text, start, span.start):
        yield Signal.INITIALS_BETWEEN
    if not text[block.start : start].strip(_MARGIN) and _ENTRY_GOES_ON.match(text, span.end, block.end):
        yield Signal.ENTRY_LIKE_BLOCK
