"""Records: what an entry's own words tell of a source. Nothing is invented: what is not written is None."""

from __future__ import annotations

import regex

from citecheck.document import Record
from citecheck.formats.addresses import ADDRESS

# Crossref's guidance on matching DOIs: a prefix of `10.` and four to nine digits, then anything printable.
_DOI = regex.compile(r"\b10\.\d{4,9}/[^\s\"<>“”，。；]+")  # noqa: RUF001
_LINK = regex.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*+)\]\(<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*+)>?(?:\s+[\"'][^\"'\n]*[\"'])?\)")
_QUOTED = regex.compile(r"“([^“”]{2,400})”|\"([^\"]{2,400})\"|«\s?([^«»]{2,400}?)\s?»|„([^„“”]{2,400})[“”]|《([^《》]{1,200})》|「([^「」]{1,200})」")
_EMPHASISED = regex.compile(r"(?<![*\w])\*([^*\n]{2,300})\*(?!\*)|(?<![_\w])_([^_\n]{2,300})_(?!\w)")
_APA = regex.compile(r"\((?:19|20|1[5-8])\d\d[a-z]?(?:,[^()]{0,24})?\)[.,:]?\s+([^.?!]{4,300}[.?!])")
_TRAILING = ".,;:!?'\"”’»)]}>，。；：、"  # noqa: RUF001
_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero janeiro gennaio januari января",
            "feb february februar février febrero fevereiro febbraio februari февраля",
            "mar march märz mars marzo março maart марта",
            "apr april avril abril aprile апреля",
            "may mai mayo maio maggio mei мая",
            "jun june juni juin junio junho giugno июня",
            "jul july juli juillet julio julho luglio июля",
            "aug august août agosto augustus августа",
            "sep sept september septembre septiembre setembro settembre сентября",
            "oct october oktober octobre octubre outubro ottobre oktober октября okt",
            "nov november novembre noviembre novembro ноября",
            "dec december dezember décembre diciembre dezembro dicembre декабря dez",
        ),
        start=1,
    )
    for month in names.split()
}
_MONTH = r"\p{L}{3,10}"
_DATE = regex.compile(
    rf"""\b(?:
      (?P<iso>(?:1[5-9]|20)\d\d)[-/.](?P<isomonth>[01]?\d)(?:[-/.](?P<isoday>[0-3]?\d))?(?!\d)
    | (?P<han>(?:1[5-9]|20)\d\d)\s?年(?:\s?(?P<hanmonth>[01]?\d)\s?月(?:\s?(?P<handay>[0-3]?\d)\s?[日号])?)?
    | (?P<day>[0-3]?\d)(?:st|nd|rd|th|\.)?\s(?:de\s)?(?P<month>{_MONTH})\.?,?\s(?:de\s)?(?P<year>(?:1[5-9]|20)\d\d)\b
    | (?P<month2>{_MONTH})\.?\s(?:(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?,\s?)?(?P<year2>(?:1[5-9]|20)\d\d)\b
    | (?P<year3>(?:1[5-9]|20)\d\d)\b
    )""",
    regex.VERBOSE,
)
_CONTAINER = regex.compile(r"\s*(?:[,.:–—|-]\s*)?(?:in:?\s+)?[*_]?([^\d\s,.;|()\[\]*_][^,;|()\[\]*_\n]{1,80})[*_]?(?=\s*[,.;(|]|\s*$)", regex.IGNORECASE)  # noqa: RUF001


def record(text: str, address: str | None = None) -> Record:
    """What the text of an entry tells; `address` is one that its label carries or its definition gives."""
    link = _LINK.search(text) if "](" in text else None
    found = ADDRESS.search(text) if "://" in text else None
    url = address or (link[2] if link else found[0].rstrip(_TRAILING) if found else None)
    doi = _DOI.search(text) if "10." in text else None
    words = _without_addresses(text)
    title, after = _title(words, link)
    return Record(
        title=title,
        url=url,
        doi=doi[0].rstrip(_TRAILING) if doi else None,
        date=_date(words),
        container=_container(words, after) if after is not None else None,
    )


def _without_addresses(text: str) -> str:
    return ADDRESS.sub("", text) if "://" in text else text


def _title(words: str, link: regex.Match[str] | None) -> tuple[str | None, int | None]:
    """The title, and where in the words it ends when it is set off so plainly that what follows is its container."""
    quoted = _QUOTED.search(words)
    if quoted and not (link and link[1].strip()):
        return _clean(next(group for group in quoted.groups() if group)), quoted.end()
    if link and link[1].strip():
        return _clean(link[1]), None
    dated = _APA.search(words)
    if dated:
        return _clean(dated[1].rstrip(".")), dated.end()
    emphasised = _EMPHASISED.search(words)
    if emphasised:
        return _clean(emphasised[1] or emphasised[2]), None
    title = _clean(words.strip(" \t\n-–—:：|<>()[]").rstrip("-–—:：,")).strip()  # noqa: RUF001
    return title or None, None


def _clean(title: str) -> str:
    return " ".join(title.split()).rstrip(",")


def _container(words: str, after: int) -> str | None:
    found = _CONTAINER.match(words, after)
    if not found:
        return None
    name = found[1].strip()
    return name if name.casefold().rstrip(".") not in _MONTHS and not name.isdecimal() else None


def _date(words: str) -> str | None:
    """The first date, as far as it is written: `2023-03-02`, `2023-03` or `2023` (ISO 8601)."""
    for found in _DATE.finditer(words):
        year = found["iso"] or found["han"] or found["year"] or found["year2"] or found["year3"]
        named = found["month"] or found["month2"]
        month = _MONTHS.get(named.casefold()) if named else int(found["isomonth"] or found["hanmonth"] or 0)
        if month is None:
            if found["month2"] and not found["day2"]:
                return str(year)  # `Springer 2019`
            continue
        day = int(found["isoday"] or found["handay"] or found["day"] or found["day2"] or 0)
        if month > 12 or day > 31:
            continue
        return "-".join([year, *([f"{month:02}"] if month else []), *([f"{day:02}"] if month and day else [])])
    return None
