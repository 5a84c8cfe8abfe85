"""Figures of a text: percentages, money, quantities, dates and years, each by its value and its unit.

One scan finds them in a claim and in the text of a source. A number that can be read in two ways, as `1.234`, has both
values: what it is compared with decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

import regex

from citecheck.lexicon import date_words, money, numbers, phrases, words_of
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import SUPERSCRIPTS, Span


class Kind(StrEnum):
    """What a figure measures."""

    PERCENT = "percent"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    YEAR = "year"
    DECADE = "decade"


class Hedge(StrEnum):
    """How exact a number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


class Day(NamedTuple):
    """A day or a month of a calendar, as far as it is written."""

    year: int | None
    month: int
    day: int | None = None


class Figure(NamedTuple):
    """A figure as it is written.

    `values` are its readings: of a percentage in per cent, of money in whole units of it, of a year the year, of a
    decade its first. `days` are those of a date. `unit` is a currency's code of ISO 4217, or empty. `step` is the unit
    of its last written digit that counts, by which it may be rounded: 100 000 of `1.2 million`, 100 of `900`.
    `scaled` is whether a word says its size. `named` is whether it belongs to a name, as in `Boeing 747`.
    """

    kind: Kind
    span: Span
    values: frozenset[Decimal] = frozenset()
    days: frozenset[Day] = frozenset()
    unit: str = ""
    hedge: Hedge = Hedge.EXACT
    step: Decimal = Decimal(1)
    scaled: bool = False
    named: bool = False


_YEARS: Final = range(1000, 2100)
_VALUES: Final = numbers("values")
_PARTS: Final = numbers("parts")
_MONTHS: Final = numbers("months")
_MONEY: Final = money()
_PERCENT: Final = frozenset(phrases("figures.percent"))
_HOT: Final = frozenset({*_VALUES, *_PARTS, *_MONTHS})
_HEDGES: Final[Mapping[str, Hedge]] = {
    **dict.fromkeys(phrases("figures.about"), Hedge.ABOUT),
    **dict.fromkeys(phrases("figures.over"), Hedge.OVER),
    **dict.fromkeys(phrases("figures.under"), Hedge.UNDER),
}
_SMALLEST_SCALE: Final = 100
_DOZEN: Final = 12
_LONGEST_NUMBER: Final = 30  # digits and what groups them; what is longer is no quantity
_LOOKED_AT: Final = 40  # code points before a number
_MOST_WORDS: Final = 12  # of a number in words
_TWENTIES: Final = 40  # `'39` is 2039, and `'40` is 1940


def _either(words: Iterable[str]) -> str:
    """Words as alternatives, the longest first."""
    return "|".join(sorted(map(regex.escape, words), key=len, reverse=True))


_ORDINAL = words_of("dates.ordinals").pattern
_OF = rf"(?:(?:{_either((*date_words('before'), *phrases('dates.of')))}) )?"
_WORD = lazy_regex(r"\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}+")  # `SoccerMay` is what a page makes of two elements
_DAY_BEFORE = lazy_regex(
    rf"(?<![\d.,:/])(?:(?P<since>\d\d?)(?:{_ORDINAL})? ?[-–/&] ?)?(?P<day>\d\d?)(?:{_ORDINAL}|\.)?[ -]?{_OF}$",
    regex.IGNORECASE,
)
_YEAR_BEHIND = lazy_regex(
    rf"\.?(?:,?[ -]{_OF}(?P<year>1[0-9]\d\d|20\d\d)(?![\d,]\d)|[ -]['’]?(?P<short>\d\d)(?![\d:.,%]))?", regex.IGNORECASE
)
_DAY_BEHIND = lazy_regex(
    rf"\.? ?(?P<day>\d\d?)(?:{_ORDINAL})?(?![\d:]|[.,]\d)(?: ?[-–&] ?(?P<until>\d\d?)(?:{_ORDINAL})?(?![\d:]))?"
    r"(?:,? (?P<year>1[0-9]\d\d|20\d\d)(?![\d,]\d))?",
    regex.IGNORECASE,
)
_NUMERIC_DATE = lazy_re(
    r"(?<![\d./-])(?P<first>\d{1,4})(?P<sign>[-/.])(?P<second>\d\d?)(?P=sign)(?P<third>\d{1,4})(?![\d/-]|\.\d)"
)
_HAN_DATE = lazy_regex(
    rf"(?P<year>\d{{4}}) ?[{''.join(phrases('dates.year_signs'))}]"
    rf"(?: ?(?P<month>\d\d?) ?[{''.join(phrases('dates.month_signs'))}]"
    rf"(?: ?(?P<day>\d\d?) ?[{''.join(phrases('dates.day_signs'))}])?)?"
)
_RANGE = lazy_re(r"(?<![\d.,/–-])(?P<first>1\d\d\d|20\d\d)[-–/](?P<last>\d\d)(?![\d–/-])")
_SHORT_YEAR = lazy_re(r"(?<![\w'’])['’](?P<short>\d\d)(?P<decade>s)?(?!\w)")
_DIGITS = lazy_re(r"\d{1,3}(?:(?:,\d{2,3})+|(?:[.'’ ]\d{3})+)(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?|(?<![\d\w])\.\d+")
_POWER = lazy_re(
    rf" ?[x×·] ?10(?:\^(?P<power>-?\d\d?)|(?P<raised>[{SUPERSCRIPTS}]{{1,2}}))|[eE]\+?(?P<exponent>\d\d?)(?!\w)"
)
_RAISED = lazy_re(rf"\^(?P<power>\d\d?)|(?P<raised>[{SUPERSCRIPTS}]{{1,2}})")
_LESS = lazy_re(r"[-–](?P<other>\d{1,9})(?![\d.,%])")
_DECADE = lazy_re(r"['’]?s(?!\w)")
_NEXT = lazy_regex(r"[ -]?(?P<one>[\p{L}\p{M}]+|\p{Sc}|%|‰)(?P<two>\.?[ ](?:[\p{L}\p{M}]+|100))?")
_COIN = lazy_regex(r"(?:(?<!\p{L})\p{L}{1,3}\.?)?\p{Sc} ?$|(?<!\p{L})(?:[A-Z]{3}|rs\.?) ?$", regex.IGNORECASE)
_CALLING = lazy_regex(r"(?P<word>[\p{L}\p{M}][\p{L}\p{M}'’.&-]{0,30}+) $")
_OPENING = lazy_regex(r"(?:^|[.!?:;]['\"”’)\]]* ?|[\"“‘(])$")
_NUMBERING = lazy_regex(rf"\b(?:{words_of('dates.counted').pattern})[.]? $", regex.IGNORECASE)
_PART_OF = lazy_regex(r"[\p{L}_]$|[\p{L}\d][-‑/_]$|[\d:][:./]$|\d[-–,]$|[#§№@/] ?$")
_CONVERTED = lazy_regex(r"\d[^\d().,;:]{1,20}\((?:about |c\. ?|~)?$")  # `50 feet (15 m)`: the author's own sum
_MEASURES = "km|kg|mm|cm|m|g|t|ha|ft|mi|lb|lbs|mph|kph|kmh|[mkgt]w|[mkg]?hz|yd|yards|metres|meters|[kmgt]wh"
_GOING_ON = lazy_regex(rf"(?!(?:{_MEASURES})(?!\w))[\p{{L}}_]|-\p{{L}}|[:/]\d|\.\d|[-–]\d+[-–/]", regex.IGNORECASE)
_ARTICLE = lazy_regex(r" (?:an?|the)$", regex.IGNORECASE)
_LAST_WORDS = lazy_regex(r"(?:(?P<more>[\p{L}.']{1,20}+(?: [\p{L}.']{1,20}+)?) )?(?P<last>[\p{L}.'~≈<>≥≤]{1,20}+)$")
_JOINED = lazy_re(r"[ -](?:and )?")


class _Levelled(dict[int, int | str]):
    """Code points to those they are compatible with, one for one, so that offsets stay; spaces are plain."""

    def __missing__(self, key: int) -> int | str:
        written = chr(key)
        plain = unicodedata.normalize("NFKC", written)
        found = " " if written.isspace() else plain if len(plain) == 1 and written not in SUPERSCRIPTS else written
        self[key] = found
        return found


_LEVEL = _Levelled({ord("−"): "-"})


class _Word(NamedTuple):
    """A word that tells a number or a month: in lower case, and where it is."""

    text: str
    start: int
    end: int


class _Behind(NamedTuple):
    """What is written after a number and belongs to it: its scale, its unit, and where it ends."""

    end: int
    scale: int = 1
    letter: bool = False
    percent: bool = False
    unit: str = ""


def figures(text: str) -> list[Figure]:
    """The figures of a text in the order of their places; spans count its code points."""
    level = text.translate(_LEVEL)
    words = [_Word(lower, *match.span()) for match in _WORD.finditer(level) if (lower := match[0].lower()) in _HOT]
    found: list[Figure] = []
    taken = bytearray(len(level))
    for figure in (*_dates(level, words), *_short_years(level), *_numbers(level), *_spelt(level, words)):
        start, end = figure.span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append(figure)
    return sorted(found, key=lambda figure: figure.span)


def _dates(text: str, words: Iterable[_Word]) -> Iterator[Figure]:
    for word in words:
        if word.text in _MONTHS:
            yield from _around_month(text, word)
    for match in _NUMERIC_DATE.finditer(text):
        if days := frozenset(filter(_real, _numeric(match))):
            yield Figure(Kind.DATE, Span(*match.span()), days=days)
    for written in _HAN_DATE.finditer(text):
        year, month, day = (int(each) if each else None for each in written.group("year", "month", "day"))
        span = Span(*written.span())
        if month and _real(found := Day(year, month, day)):
            yield Figure(Kind.DATE, span, days=frozenset({found}))
        elif year:
            yield Figure(Kind.YEAR, span, frozenset({Decimal(year)}))


def _around_month(text: str, word: _Word) -> Iterator[Figure]:
    """The date that a month belongs to; a month alone is named, as it may be a name, or a verb."""
    month = _MONTHS[word.text]
    start, end = word.start, word.end
    before = _DAY_BEFORE.search(text, max(0, start - _LOOKED_AT), start)
    behind = _DAY_BEHIND.match(text, end) if before is None else None
    last = behind or _YEAR_BEHIND.match(text, end)
    found = before or behind
    year = int(last["year"]) if last and last["year"] else None
    if before and last and last["short"]:
        year = _century(int(last["short"]))
    elif last and not found and not year:
        last = None
    days = [int(each) for each in found.groupdict().values() if each and len(each) < len("2000")] if found else []
    written = [Day(year, month, day) for day in days] or [Day(year, month)]
    dated = frozenset(filter(_real, written))
    if dated:
        span = Span(before.start() if before else start, last.end() if last else end)
        yield Figure(Kind.DATE, span, days=dated, named=not days and year is None)


def _numeric(match: re.Match[str]) -> Iterator[Day]:
    """What days a date of numbers may be: both readings of `02/03/2020`."""
    first, second, third = match.group("first", "second", "third")
    if len(first) == len("2000") and len(third) < len("200"):
        yield Day(int(first), int(second), int(third))
    elif len(first) < len("200") and len(third) in (len("20"), len("2000")):
        year = int(third) if len(third) == len("2000") else _century(int(third))
        yield Day(year, int(second), int(first))
        yield Day(year, int(first), int(second))


def _century(short: int) -> int:
    return 2000 + short if short < _TWENTIES else 1900 + short


def _real(day: Day) -> bool:
    """Whether a calendar has the day, and the next one."""
    if day.year and day.year not in _YEARS:
        return False
    try:
        date(day.year or 2000, day.month, day.day or 1)
    except ValueError:
        return False
    return True


def _short_years(text: str) -> Iterator[Figure]:
    """`2018–19` is two years; `'19` is one, and `'90s` a decade."""
    for match in _RANGE.finditer(text):
        first, last = int(match["first"]), int(match["first"][:2] + match["last"])
        if last > first:
            yield Figure(Kind.YEAR, Span(*match.span("first")), frozenset({Decimal(first)}))
            yield Figure(Kind.YEAR, Span(*match.span("last")), frozenset({Decimal(last)}))
    for match in _SHORT_YEAR.finditer(text):
        year = Decimal(_century(int(match["short"])))
        kind = Kind.DECADE if match["decade"] else Kind.YEAR
        yield Figure(kind, Span(*match.span()), frozenset({year}))


def _numbers(text: str) -> Iterator[Figure]:
    for match in _DIGITS.finditer(text):
        if match.end() - match.start() <= _LONGEST_NUMBER and (figure := _number(text, match)):
            yield figure


def _number(text: str, match: re.Match[str]) -> Figure | None:
    digits = match[0]
    before = text[max(0, match.start() - _LOOKED_AT) : match.start()]
    coin = _coin(before)
    before = before[: len(before) - len(coin)]
    power = _POWER.match(text, match.end())
    if digits == "10" and (raised := _RAISED.match(text, match.end())):
        value = Decimal(10) ** _exponent(raised)
        return Figure(Kind.NUMBER, Span(match.start(), raised.end()), frozenset({value}), step=value, scaled=True)
    behind = _behind(text, power.end() if power else match.end(), coin=bool(coin))
    start, end = match.start() - len(coin), behind.end
    unit = _MONEY[coin.strip().lower()] if coin else behind.unit
    written = readings(digits)
    named = bool(_PART_OF.search(before) or _CONVERTED.search(before) or _GOING_ON.match(text, end))
    score = _LESS.match(text, match.end())
    named = named or bool(score and digits.isdecimal() and int(score["other"]) < int(digits) < _YEARS.start)
    scaled = bool(power) or (behind.scale > 1 and not behind.letter)
    plain = not (scaled or unit or behind.percent) and digits.isdecimal()
    if plain and len(digits) == len("2000"):
        if decade := _DECADE.match(text, match.end()):
            return Figure(Kind.DECADE, Span(start, decade.end()), written)
        if int(digits) in _YEARS and _hedge(before) is Hedge.EXACT:
            return Figure(Kind.YEAR, Span(start, match.end()), written, hedge=_hedge(before), named=named)
    kind = Kind.PERCENT if behind.percent else Kind.MONEY if unit else Kind.NUMBER
    factors = {Decimal(behind.scale) * _raised(power)} | ({Decimal(1)} if behind.letter else set())
    return Figure(
        kind,
        Span(start, end),
        frozenset(value * factor for value in written for factor in factors),
        unit=unit,
        hedge=_hedge(before),
        step=_step(digits) * max(factors),
        scaled=scaled,
        named=named or (kind is Kind.NUMBER and not scaled and _called(before)),
    )


def _coin(before: str) -> str:
    """The sign or the code of money that immediately precedes a number, with its space."""
    match = _COIN.search(before)
    return match[0] if match and match[0].strip().lower() in _MONEY else _sign(before)


def _sign(before: str) -> str:
    bare = before.rstrip(" ")
    sign = bare[-1:]
    return before[len(bare) - 1 :] if sign in _MONEY and unicodedata.category(sign) == "Sc" else ""


def _behind(text: str, start: int, *, coin: bool) -> _Behind:
    """The words after a number that say its scale, that it is a percentage, or money."""
    found = _Behind(start)
    while match := _NEXT.match(text, found.end):
        if (more := _told(match, found, coin=coin)) is None:
            break
        found = more
    return found


def _told(match: regex.Match[str], sofar: _Behind, *, coin: bool) -> _Behind | None:
    """What the next word, or two, add to what is known of a number; None where they do not belong to it."""
    one, two = match["one"].lower(), (match["two"] or "").lower()
    for word, end in ((one + two, match.end()), (one, match.end("one"))):
        if word in _PERCENT and not sofar.percent:
            return sofar._replace(end=end, percent=True)
        if word in _MONEY and not coin and not sofar.unit:
            return sofar._replace(end=end, unit=_MONEY[word])
        scale = _VALUES.get(word, 0)
        letter = len(word) == 1 and word.isascii()
        if scale >= _SMALLEST_SCALE and (not letter or match.start() == match.start("one")):
            return sofar._replace(end=end, scale=sofar.scale * scale, letter=letter and not coin)
    if one[0] > "\u2e80":  # no spaces part the words of Chinese
        for length in range(min(len(one), 3), 0, -1):
            if (scale := _VALUES.get(one[:length], 0)) >= _SMALLEST_SCALE:
                return sofar._replace(end=match.start("one") + length, scale=sofar.scale * scale)
            if one[:length] in _MONEY and not sofar.unit:
                return sofar._replace(end=match.start("one") + length, unit=_MONEY[one[:length]])
    return None


def readings(digits: str) -> frozenset[Decimal]:
    """What a written number may be: `1,234` is 1234 or 1.234, `1,234.5` one thing only."""
    bare = digits.replace(" ", "").replace("'", "").replace("’", "")
    comma, point = bare.count(","), bare.count(".")
    if comma and point:
        grouping = "," if bare.rfind(".") > bare.rfind(",") else "."
        found = [bare.replace(grouping, "").replace(",", ".")]
    elif comma > 1 or point > 1:
        found = [bare.replace(",", "").replace(".", "")]
    elif comma or point:
        whole, fraction = bare.replace(",", ".").split(".")
        found = [f"{whole or 0}.{fraction}"]
        if len(fraction) == len("000") and whole.strip("0"):
            found.append(f"{whole}{fraction}")
    else:
        found = [bare]
    return frozenset(Decimal(each).normalize() for each in found)


def _step(digits: str) -> Decimal:
    """The unit of the last digit that counts: .1 of `1.5`, 100 of `900`, 1 of `897`."""
    exponent = max(int(value.as_tuple().exponent) for value in readings(digits))
    return Decimal(10) ** exponent


def _raised(power: re.Match[str] | None) -> Decimal:
    return Decimal(10) ** (_exponent(power) if power else 0)


def _exponent(power: re.Match[str]) -> int:
    plain = next((power[name] for name in ("power", "exponent") if power.groupdict().get(name)), None)
    return int(plain or "".join(str(SUPERSCRIPTS.index(each)) for each in power["raised"]))


def _hedge(before: str) -> Hedge:
    """How exact the words before a number make it: `about`, `more than a`."""
    match = _LAST_WORDS.search(_ARTICLE.sub("", before.rstrip()).lower())
    if match is None:
        return Hedge.EXACT
    words = f"{match['more'] or ''} {match['last']}".split()
    tails = (" ".join(words[place:]) for place in range(len(words)))
    return next((_HEDGES[tail] for tail in tails if tail in _HEDGES), Hedge.EXACT)


def _called(before: str) -> bool:
    """Whether the word before a number makes a name of it: `Boeing 747`, `Section 230`, `no. 12`."""
    if _NUMBERING.search(before):
        return True
    match = _CALLING.search(before)
    if match is None or not match["word"][0].isupper():
        return False
    return not _OPENING.search(before[: match.start()].rstrip(" ") or "") and match["word"].lower() not in _HEDGES


def _spelt(text: str, words: Sequence[_Word]) -> Iterator[Figure]:
    """Numbers in words, and parts of one: `two hundred million`, `two-thirds`."""
    row: list[_Word] = []
    for word in (*words, None):
        if word and word.text in _VALUES and (len(word.text) > 1 or word.text > "\u2e80"):
            if row and not (_JOINED.fullmatch(text[row[-1].end : word.start]) and len(row) < _MOST_WORDS):
                yield _in_words(text, row)
                row = []
            row.append(word)
            continue
        if word and word.text in _PARTS:
            yield _part(text, word, row)
        if row:
            yield _in_words(text, row)
            row = []


def _in_words(text: str, row: Sequence[_Word]) -> Figure:
    start, values = row[0].start, [_VALUES[word.text] for word in row]
    before = text[max(0, start - _LOOKED_AT) : start]
    behind = _behind(text, row[-1].end, coin=False)
    scaled = max(values) >= _SMALLEST_SCALE
    article = _ARTICLE.search(before.rstrip())
    counted = not scaled or len(values) > 1 or article is not None
    kind = Kind.PERCENT if behind.percent else Kind.MONEY if behind.unit else Kind.NUMBER
    return Figure(
        kind,
        Span(start, behind.end),
        frozenset({_composed(values)}),
        unit=behind.unit,
        hedge=_hedge(before),
        step=Decimal(max(values)),
        scaled=scaled,
        named=not counted,
    )


def _composed(values: Iterable[int]) -> Decimal:
    """The value of number words in a row: `two hundred and five thousand`."""
    total = current = 0
    for value in values:
        if value == _DOZEN and current:
            current *= value
        elif value < _SMALLEST_SCALE:
            current += value
        elif value == _SMALLEST_SCALE:
            current = max(1, current) * value
        else:
            total += max(1, current) * value
            current = 0
    return Decimal(total + current)


def _part(text: str, word: _Word, row: Sequence[_Word]) -> Figure:
    """`two-thirds` is a percentage, rounded as people do; a source may have it, and no claim is held to it."""
    joined = row and _JOINED.fullmatch(text[row[-1].end : word.start])
    many = _VALUES[row[-1].text] if joined else 1
    exact = Decimal(100 * many) / _PARTS[word.text]
    values = frozenset({exact, Decimal(round(exact)), round(exact, 1), Decimal(int(exact))})
    return Figure(Kind.PERCENT, Span(word.start, word.end), values, hedge=Hedge.ABOUT, named=True)
