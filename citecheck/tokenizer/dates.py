"""Dates as entries write them, read as far as they are written: a missing month or day stays missing.

Values are ISO 8601, with the seasons (21 spring … 24 winter) and ranges (`2019/2021`) of the Extended Date/Time Format of the Library of Congress, which ISO 8601-2:2019 took in.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from citecheck.document import Field
from citecheck.text import Span

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "jan january januar jänner janvier janv enero ene janeiro gennaio januari января stycznia",
            "feb february februar februari février févr fév febrero fevereiro fev febbraio февраля lutego",
            "mar march märz mrz mars marzo março maart марта marca",
            "apr april avril avr abril abr aprile апреля kwietnia",
            "may mai mayo maio maggio mei мая maja",
            "jun june juni juin junio junho giugno июня czerwca",
            "jul july juli juillet juil julio julho luglio июля lipca",
            "aug august août agosto ago augustus августа sierpnia",
            "sep sept september septembre septiembre setembro settembre сентября września",
            "oct october oktober octobre octubre outubro ottobre октября okt października",
            "nov november novembre noviembre novembro ноября listopada",
            "dec december dezember décembre déc diciembre dic dezembro dicembre декабря dez grudnia",
        ),
        start=1,
    )
    for month in names.split()
}
_SEASONS = {
    season: number
    for number, names in enumerate(
        ("spring frühjahr frühling printemps primavera", "summer sommer été verano estate verão", "autumn fall herbst automne otoño autunno outono", "winter hiver invierno inverno"),
        start=21,
    )
    for season in names.split()
}  # fmt: skip
_YEAR = r"(?:1[4-9]|2[01])\d\d"
_NAME = r"\p{L}{3,10}"
_DATE = regex.compile(
    rf"""(?<![\w/.\-–:])(?:
      (?P<iso>{_YEAR})(?P<dash>[-/.])(?P<isomonth>\d\d?)(?:(?P=dash)(?P<isoday>\d\d?))?(?![\w\-/]|[.]\d)
    | (?P<han>{_YEAR})\s?年(?:\s?(?P<hanmonth>\d\d?)\s?月(?:\s?(?P<handay>\d\d?)\s?[日号號])?)?
    | (?P<year>{_YEAR})(?:[-–/](?P<until>{_YEAR})|,?\s(?P<month3>{_NAME})\.?(?:\s(?P<day3>\d\d?))?(?![\w:]))?(?!\w*\d|\.\d)
    | (?P<first>\d\d?)(?P<local>[./])(?P<second>\d\d?)(?P=local)(?P<localyear>{_YEAR})(?!\w)
    | (?P<day>\d\d?)(?:st|nd|rd|th|er|\.|º)?[\s\-](?:de\s)?(?P<month>{_NAME})\.?,?[\s\-](?:de\s|del\s)?(?P<dayyear>{_YEAR})(?!\w)
    | (?P<name>{_NAME})\.?\s(?:(?P<day2>\d\d?)(?:st|nd|rd|th)?(?:\s?[-–]\s?\d\d?)?,?\s)?(?P<nameyear>{_YEAR})(?!\w)
    )""",
    regex.VERBOSE,
)
# A number behind one of these is no year: `pp. 1641–1650`, `RFC 2026`, `vol. 2001`.
_COUNTED = regex.compile(
    r"(?:\b(?:pp?|pages?|s|no|nos|nr|n|vol|volume|issue|rfc|bcp|std|fyi|iso|iec|ieee|din|en|art|article|section|sec|ch|chapter"
    r"|eip|erc|pep|bip|cve|version|v|id|room|box)[.:]?|[#§№$€£¥])\s?$",
    regex.IGNORECASE,
)
_ACCESS = regex.compile(
    r"\b(?:(?:last\s)?(?:accessed|retrieved|viewed|visited|checked|consulted|access(?:ed)?\sdate)"
    r"|abgerufen|aufgerufen|zugriff|zuletzt\sgeprüft|consultée?|consultado|acesso|acessado|consultato|geraadpleegd|дата\sобращения|обращения)\b"
    r"[^\w\d]{0,3}(?:on|in|at|am|le|el|em|il|op)?[^\w\d]{0,3}$"
    r"|(?:访问|存取|取用|浏览|检索|檢索|引用|閲覧|参照|アクセス)(?:日期|时间|時間|日)?[于於]?\W{0,3}$",
    regex.IGNORECASE,
)
_CONTEXT = 40  # code points before a date that may tell what it is the date of


def dates(text: str, offset: int) -> Iterator[Field]:
    """The dates in a text that begins at an offset of its document, in the order written.

    A day or a month that no calendar has is read as it is written, `2023-02-31`.
    """
    for found in _DATE.finditer(text):
        value = _value(found)
        start = found.start() if "-" in value else max(found.start(), text.find(value[:4], *found.span()))
        if not _COUNTED.search(text, max(0, start - _CONTEXT), start):
            yield Field(value, Span(offset + start, offset + (found.end() if len(value) > 4 else start + 4)))


def _value(found: regex.Match[str]) -> str:
    """What is written as ISO 8601; where the parts are no date together, their year."""
    if year := found["iso"]:
        month, day = int(found["isomonth"]), int(found["isoday"] or 0)
        return _joined(year, month, day) if day or month <= 12 else year  # `2019-20` is a season of sports
    if year := found["han"]:
        return _joined(year, int(found["hanmonth"] or 0), int(found["handay"] or 0))
    if year := found["localyear"]:
        first, second = int(found["first"]), int(found["second"])
        if found["local"] == "." or first > 12:
            return _joined(year, second, first)
        return _joined(year, first, second) if second > 12 else year  # 3/4/2019 is a day in March or in April
    if until := found["until"]:
        return f"{found['year']}/{until}" if found["year"] < until else found["year"]
    year = found["year"] or found["dayyear"] or found["nameyear"]
    name = (found["month3"] or found["month"] or found["name"] or "").casefold()
    day = int(found["day3"] or found["day"] or found["day2"] or 0)
    if name in _SEASONS and not day:
        return f"{year}-{_SEASONS[name]}"
    return _joined(year, _MONTHS[name], day) if name in _MONTHS else year


def _joined(year: str, month: int, day: int) -> str:
    """The parts that there are: year, month, day."""
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}" if month else year


def of_access(text: str, start: int) -> bool:
    """Whether what stands before a date says that it is the day a reader looked: `accessed 3 May 2021`."""
    return _ACCESS.search(text, max(0, start - _CONTEXT), start) is not None
