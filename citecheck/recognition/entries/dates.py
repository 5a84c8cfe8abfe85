"""Dates as entries write them, read as far as they are written: a missing month or day stays missing.

Values are ISO 8601, with the seasons (21 spring … 24 winter) and ranges (`2019/2021`) of the Extended Date/Time Format
of the Library of Congress, which ISO 8601-2:2019 took in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from citecheck.lexicon import date_words, numbers, phrases, words_of
from citecheck.model.sources import Field
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

_MONTHS = numbers("months")
_SEASONS = numbers("seasons")
_YEAR = r"(?:1[4-9]|2[01])\d\d"
_ANY = r"(?:1[4-9]|2\d)\d\d"  # a day of 2914 is a typo worth reading; the number alone is no year
_ALONE = lazy_regex(rf"(?<![\d_]){_ANY}(?!\d|\.\d\d\d|[A-Z_]|[a-z]\w)")
_NAME = r"\p{L}{3,10}"
_GAP = r"\s{1,40}"  # entries of plain text are wrapped, and indented by twenty spaces and more
_ORDINAL = words_of("dates.ordinals").pattern
_WITHIN = (*date_words("before"), *phrases("dates.of"))
_OF = rf"(?:(?:{'|'.join(_WITHIN)})\s)?"  # `3 de mayo de 2019`
_BEFORE = lazy_regex(  # what may precede a year and belong to its date
    rf"""(?<![\w/.\-–:])(?:
      (?P<day>\d\d?)(?:{_ORDINAL}|\.)?(?:{_GAP}|-){_OF}(?P<month>{_NAME})\.?,?(?:{_GAP}|-){_OF}
    | (?P<name>{_NAME})\.?{_GAP}(?:(?P<nameday>\d\d?)(?:{_ORDINAL})?(?:\s?[-–]\s?\d\d?)?,?{_GAP})?
    | (?P<first>\d\d?)(?P<local>[./])(?P<second>\d\d?)(?P=local)
    )$""",
    regex.VERBOSE,
)
_YEAR_SIGN = f"[{''.join(phrases('dates.year_signs'))}]"
_MONTH_SIGN = f"[{''.join(phrases('dates.month_signs'))}]"
_YEAR_WORD = "|".join(date_words("behind")) or "(?!)"  # `2019. gada 3. martā`
_DAY_SIGN = f"[{''.join(phrases('dates.day_signs'))}]"
_BEHIND = lazy_regex(  # and what may follow it
    rf"""
      (?P<dash>[-/.])(?P<isomonth>\d\d?)(?:(?P=dash)(?P<isoday>\d\d?))?(?!(?!T\d|\p{{Han}})[\w\-/]|\.\d)
    | \s?{_YEAR_SIGN}(?:\s?(?P<hanmonth>\d\d?)\s?{_MONTH_SIGN}(?:\s?(?P<handay>\d\d?)\s?{_DAY_SIGN})?)?
    | (?:[-–/]|\s?[-–‑]\s{{1,40}})(?P<until>{_YEAR})(?![\d/-])
    | \.?{_GAP}(?:{_YEAR_WORD})\.?{_GAP}
      (?:(?P<day>\d\d?)\.?{_GAP}(?P<month>{_NAME})|(?P<month>{_NAME})(?:{_GAP}(?P<day>\d\d?))?)(?![\w:])
    | ,?{_GAP}(?P<month>{_NAME})\.?(?:{_GAP}(?P<day>\d\d?))?(?![\w:]|,?{_GAP}\d{{4}}\b)
    """,
    regex.VERBOSE,
)
CALENDAR = frozenset({*_MONTHS, *_SEASONS})  # what months and seasons are called, in lower case
_NAMES = CALENDAR | {*_WITHIN}
_POINTS = ".,;:-–—()[]{}<>*_|/\"'“”‘’«»"
_PAGES = frozenset(phrases("fields.pages"))
_PAGE_SIGNS = frozenset(sign for sign in _PAGES if len(sign) == 1 and sign.lower() == sign.upper())
_LONGEST_COUNTING = 10  # code points: `chapter:` and what precedes it
_JOINING = ("/", ".", "-", ":", "_")
_SIGNS = ("#", "§", "№", "$", "€", "£", "¥")
_COUNTING = rf"\b(?:{words_of('dates.counted').pattern})[.:]?"
_COUNTING_WORD = lazy_re(rf"{_COUNTING}\Z", re.IGNORECASE)
_PART = lazy_regex(r"[\p{Latin}/.\-–:_]")  # a number after one of these is part of something longer: `v2020`, `-2020`
_RANGED = lazy_re(r"\d\s?[-–‑]\s+\Z")  # `987–` at the end of a line, and the second page on the next
_LONGEST = 64  # code points: `31st de septiembre del `, and a line's end
# A number after one of these is no year: `pp. 1641–1650`, `RFC 2026`, `vol. 2001`.
_COUNTED = lazy_regex(rf"(?:{_COUNTING}|[{''.join(_SIGNS)}])\s{{0,40}}$", regex.IGNORECASE)
_INITIAL = lazy_regex(r"(?:^|[\s.,&-])\p{Lu}\.$")  # `Hollis, S. 1995`
_ACCESSED = words_of("dates.accessed").across_lines()
_CITED = words_of("dates.accessed_in_brackets")
_ACCESSED_UNSPACED = words_of("dates.accessed_unspaced")
_ACCESS = lazy_regex(
    rf"\b(?:(?:{_ACCESSED.pattern})|(?<=\[)(?:{_CITED.pattern}))\b"
    rf"[^\w\d]{{0,3}}(?:{words_of('dates.on').pattern})?[^\w\d]{{0,3}}$"
    rf"|(?:{_ACCESSED_UNSPACED.pattern})(?:{words_of('dates.on_unspaced').pattern})?\W{{0,3}}$",
    regex.IGNORECASE,
)
_SEEN_THEN = words_of("dates.seen")
_SEEN = lazy_regex(rf"\s?(?:{_SEEN_THEN.pattern})")  # after the date: `（2024年3月5日閲覧）`
_LOOKING = (*_ACCESSED.signs, *_ACCESSED_UNSPACED.signs, *_SEEN_THEN.signs)
# The day on which an archive took its copy, as the templates of Wikipedia write it.
_ARCHIVED_ON = words_of("dates.archived").across_lines()
_ARCHIVE_OF = words_of("dates.archive_of").across_lines()
_ARCHIVED_UNSPACED = words_of("dates.archived_unspaced")
_ARCHIVED = lazy_regex(
    rf"\b(?:(?:{_ARCHIVED_ON.pattern})\b[^.;\d]{{0,300}}|(?:{_ARCHIVE_OF.pattern})\s)$"
    rf"|(?:{_ARCHIVED_UNSPACED.pattern})\W{{0,3}}$",
    regex.IGNORECASE,
)
_COPYING = (*_ARCHIVED_ON.signs, *_ARCHIVE_OF.signs, *_ARCHIVED_UNSPACED.signs)
_FAR = 400  # code points before a date, the addresses among them
_CONTEXT = 40  # code points before a date that may tell what it is the date of


def dates(text: str, offset: int) -> Iterator[Field]:
    """The dates in a text that begins at an offset of its document, in the order written.

    A day or a month that no calendar has is read as it is written, `2023-02-31`.
    """
    end = 0
    for year in _ALONE.finditer(text):
        if year.start() < end:
            continue
        value, start, end = _date(text, *year.span())
        if len(value) == len("2914") and value >= "2200":
            continue
        ranged = text[start - 1 : start].isspace() and _RANGED.search(text, max(0, start - _CONTEXT), start)
        if (
            not ranged
            and not _part_of_more(text[start - 1 : start])
            and not _counts(text[max(0, start - _CONTEXT) : start], value)
            and text[end : end + 1] not in _PAGE_SIGNS
        ):
            yield Field(value, Span(offset + start, offset + end))


def _part_of_more(before: str) -> bool:
    """Whether the character before a number makes it part of something longer."""
    return before in _JOINING if before.isascii() and not before.isalpha() else _PART.match(before) is not None


def _counts(before: str, value: str) -> bool:
    """Whether the words before a number say that it is no year; before a range `S.` is no initial, `S. 1901–1920`."""
    end = before.rstrip()
    if end[-1:] == "." and _INITIAL.search(end):
        return "/" in value and end[-2].casefold() in _PAGES
    if end[-1:] not in _SIGNS and not _COUNTING_WORD.search(end[-_LONGEST_COUNTING:]):
        return False
    return _COUNTED.search(before) is not None


def _may_begin(before: str) -> bool:
    """Whether a month, a season or a day in figures precedes a year."""
    last = before[-1:]
    if last in ("/", "."):
        return True
    if not (last.isspace() or last == "-") or before.isspace():
        return False
    word = before.rsplit(None, 1)[-1].strip(_POINTS).casefold()
    return word in _NAMES or not word.isalpha()


def _date(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The date that a year belongs to, as ISO 8601, and where it begins and ends; the year alone, where it is alone."""
    year = text[start:end]
    near = max(0, start - _LONGEST)
    if _may_begin(text[near:start]) and (before := _BEFORE.search(text, near, start)):
        month, day = _month_before(before)
        if month or before["local"]:
            return _joined(year, month, day), before.start(), end
    if behind := _BEHIND.match(text, end):
        if until := behind["until"]:
            return (f"{year}/{until}", start, behind.end()) if year < until else (year, start, end)
        month, day = _month_behind(behind)
        if month or (day and not behind["month"]):
            return _joined(year, month, day), start, behind.end()
    return year, start, end


def _month_before(found: regex.Match[str]) -> tuple[int, int]:
    """Month and day as they are before a year; zeros where there are none, or where nobody knows which is which."""
    if found["local"]:
        first, second = int(found["first"]), int(found["second"])
        if found["local"] == "." or first > 12:
            return second, first
        return (first, second) if second > 12 else (0, 0)  # 3/4/2019 is a day in March or in April
    name = (found["month"] or found["name"]).casefold()
    day = int(found["day"] or found["nameday"] or 0)
    return _MONTHS.get(name) or (0 if day else _SEASONS.get(name, 0)), day


def _month_behind(found: regex.Match[str]) -> tuple[int, int]:
    """Month and day as they are after a year."""
    if found["month"]:
        name, day = found["month"].casefold(), int(found["day"] or 0)
        return _MONTHS.get(name, 0), day
    month, day = int(found["isomonth"] or found["hanmonth"] or 0), int(found["isoday"] or found["handay"] or 0)
    return (month, day) if day or month <= 12 else (0, 0)  # `2019-20` is a winter, or a school year


def _joined(year: str, month: int, day: int) -> str:
    """The parts that there are: year, month, day."""
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}" if month else year


def of_access(text: str, start: int, end: int) -> bool:
    """Whether what is about a date says that it is the day a reader looked: `accessed 3 May 2021`."""
    if _SEEN.match(text, end):
        return True
    before = text[max(0, start - _CONTEXT) : start]
    return may_be_of_access(before) and _ACCESS.search(before) is not None


def may_be_of_access(text: str) -> bool:
    """Whether a text may mention a visit at all."""
    return "[" in text or any(map(text.lower().__contains__, _LOOKING))


def of_archiving(text: str, start: int) -> bool:
    """Whether what precedes a date says that it is the day of an archive's copy: `Archived … on 3 May 2021`."""
    before = text[max(0, start - _FAR) : start]
    return any(map(before.lower().__contains__, _COPYING)) and _ARCHIVED.search(before) is not None
