"""Authors and years: citations such as `(Lund, 2021)` and `Lund (2021)` of what a list of sources names so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from citecheck.model.structure import Structure
from citecheck.recognition.entries.dates import CALENDAR
from citecheck.recognition.lists.boundaries import SourceListCandidate
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_YEAR = lazy_regex(r"(?<![\d–—-])(?:1[5-9]|20)\d\d(?!\d|[–—-]\d)")
_NAME = lazy_regex(r"(?<![\p{L}'’-])(?:\p{Lu}[\p{L}'’-]{1,30}|\p{Lo}[\p{L}·]{1,30})")
_GROUP = lazy_regex(
    r"[(（\[［]([^()（）\[\]［］]{0,160}?(?<!\d)(?:1[5-9]|20)\d\d(?!\d)[^()（）\[\]［］]{0,160})[)）\]］]"
)
_PART = lazy_regex(r"[^;；]+")
# What immediately precedes the year: a name, perhaps one of several, and no title, `*Salt* (1995)`.
_NAMED = lazy_regex(
    r"(?r)(?:\p{Lu}[\p{L}'’.-]{0,30}|\p{Lo}[\p{L}·]{0,30}|\bal\.?[*_]?|\bu\.\s?a\.|\b[Hh]rsg\.|\b[Ee]ds?\.)"
    r"['’]?[\s,，.:]{0,3}\Z"
)
_STOP = lazy_regex(r"[.!?。！？;；:：]\s|\n[ \t]*\n|[)）\]］\d]|。")
_LETTERS = lazy_regex(r"\p{L}+")
_BEFORE = 60  # code points before a year in parentheses in which its names are
_LEADING = 2  # names at the beginning of an entry that it may be cited by: a surname is the first or the second
_ENTRY = 400  # code points of an entry in which its names and its year are looked for

Dated = frozenset[tuple[str, str]]
"""Names, in lower case, each with a year."""


def dated_names(layout: Structure, listings: Iterable[SourceListCandidate]) -> Dated:
    """The names that entries begin with, each with the years of its entry."""
    found = set()
    for listing in listings:
        for one in listing.listed:
            words = layout.text[one.text.start : min(one.text.end, one.text.start + _ENTRY)]
            years = _YEAR.findall(words)
            names = [name[0].casefold() for name, _ in zip(_NAME.finditer(words), range(_LEADING), strict=False)]
            found |= {(name, year) for name in names for year in years}
    return frozenset(found)


def author_years(text: str, listed: Dated) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """The places where a name precedes a year as in a citation, each with those pairs of them that are listed."""
    for group in _GROUP.finditer(text):
        for part in _PART.finditer(group[1]):
            if not (year := _YEAR.search(part[0])):
                continue
            words = part[0][: year.start()]
            if not words.strip():
                words = _STOP.split(text[max(0, group.start() - _BEFORE) : group.start()])[-1]
            last = _NAMED.search(words)
            if (
                last
                and not any(map(str.isdecimal, words))
                and CALENDAR.isdisjoint(_LETTERS.findall(last[0].casefold()))
            ):
                names = [name.casefold().removesuffix("'s").removesuffix("’s") for name in _NAME.findall(words)]
                pairs = [(name, each) for name in names for each in _YEAR.findall(part[0])]
                yield Span(*group.span()), tuple(f"{name} {each}" for name, each in pairs if (name, each) in listed)


def _is_date(words: str) -> bool:
    """Whether words name a month or a season: `May 2021`."""
    return not CALENDAR.isdisjoint(_LETTERS.findall(words.casefold()))
