"""Records that fields tell: nothing is read out of prose, and what a field does not say plainly is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from citecheck.bibliography.bibtex import BibEntry
from citecheck.bibliography.latex import linked, plain, verbatim
from citecheck.model.sources import Dates, Evidence, Field, Names
from citecheck.model.structure import NativeField
from citecheck.text.patterns import lazy_re
from citecheck.text.spans import Span

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "jan january,feb february,mar march,apr april,may,jun june,jul july,aug august,"
        "sep sept september,oct october,nov november,dec december".split(","),
        1,
    )
    for name in names.split()
}
_YEAR = lazy_re(r"\d{4}")
_NUMBER = lazy_re(r"\d{1,2}")
_DAY = lazy_re(r"\d{4}(?:-\d\d?(?:-\d\d?)?)?")
_RANGE = lazy_re(r"\d{4}(?:-\d\d(?:-\d\d)?)?/(?:\d{4}(?:-\d\d(?:-\d\d)?)?|\.\.)?")
_ADDRESS = lazy_re(r"(?:https?|ftp)://[^\s{}<>\"|\\^]+", re.IGNORECASE)
_RESOLVER = lazy_re(
    r"(?:(?:https?://)?(?:(?:www|dx)\.)?doi\.org/|https?://(?:[\w-]+\.)*doi\.[\w.-]+/|doi:\s*)+", re.IGNORECASE
)
_ARXIV = lazy_re(r"arxiv:\s*", re.IGNORECASE)
_SEVERAL = lazy_re(r"[^\s,;/]+")  # numbers of one field, each of them whole
_SEPARATOR = lazy_re(r"[,;/]")
_NUMBERS = lazy_re(r"[\dXx\s,;/{}\-‐‑–—]+")
_DIGITS: Final = {"isbn": 10, "issn": 8}  # of the shortest of each kind
_TRAILING: Final = ".,;:)"


class BibRecordReader:
    """Reads the fields of an entry of BibTeX or BibLaTeX."""

    def __init__(self, entry: BibEntry) -> None:
        self._entry = entry

    def names(self) -> Names:
        """Who wrote what."""
        return Names(
            title=self._first("title"),
            author=self._first("author", "editor"),
            container=self._first("journaltitle", "journal", "booktitle", "maintitle"),
            publisher=self._first("publisher", "institution", "school", "organization"),
        )

    def dates(self) -> Dates:
        """When: a date in ISO 8601, or year, month and day; a month in other words than English is left out."""
        return Dates(self._date(), self._iso("urldate"))

    def urls(self) -> tuple[Field, ...]:
        """The address of the work, and one that is alone in what else tells how it was published."""
        return tuple(field for name in ("url", "howpublished", "note") for field in self._addresses(name))

    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing: the format names the fields."""
        return ()

    def identifiers(self) -> Mapping[str, Field]:
        """The numbers that works go by."""
        found = {name: self._identifier(name) for name in ("doi", "pmid", "pmcid")}
        found |= {name: self._number(name) for name in _DIGITS}
        found["arxiv"] = self._arxiv()
        return {name: field for name, field in found.items() if field}

    def _first(self, *names: str) -> Field | None:
        for name in names:
            if (field := self._entry.field(name)) and (value := plain(field.value)):
                return Field(value, field.span)
        return None

    def _addresses(self, name: str) -> Iterator[Field]:
        field = self._entry.field(name)
        if field is None:
            return
        if place := linked(field.value):
            yield _part(field, *place, verbatim)
        elif name == "url":
            yield _part(field, 0, len(field.value), verbatim)
        elif found := _ADDRESS.fullmatch(field.value.strip().rstrip(_TRAILING)):
            yield _part(field, field.value.index(found[0]), field.value.index(found[0]) + len(found[0]), verbatim)

    def _identifier(self, name: str) -> Field | None:
        field = self._entry.field(name)
        if field is None or field.strings:
            return None
        start = _RESOLVER.match(field.value.lstrip()) if name == "doi" else None
        lead = len(field.value) - len(field.value.lstrip()) + (start.end() if start else 0)
        whole = _part(field, lead, len(field.value), verbatim)
        return whole if whole.value else None

    def _number(self, name: str) -> Field | None:
        """The first ISBN or ISSN of several; None where other words are beside them.

        What is too short to be one is a part of it, set off by spaces.
        """
        field = self._entry.field(name)
        if field is None or not _NUMBERS.fullmatch(field.value):
            return None
        first = _SEVERAL.search(field.value)
        if first and _digits(first[0]) >= _DIGITS[name]:
            return _part(field, *first.span(), verbatim)
        whole = _digits(field.value) < 2 * min(_DIGITS.values()) and not _SEPARATOR.search(field.value)
        return _part(field, 0, len(field.value), verbatim) if whole else None

    def _arxiv(self) -> Field | None:
        kind = self._entry.field("archiveprefix") or self._entry.field("eprinttype")
        field = self._entry.field("eprint")
        if field is None or field.strings or kind is None or kind.value.strip().casefold() != "arxiv":
            return None
        lead = _ARXIV.match(field.value)
        return _part(field, lead.end() if lead else 0, len(field.value), verbatim)

    def _date(self) -> Field | None:
        if self._entry.field("date"):
            return self._iso("date")
        year = self._entry.field("year")
        if year is None or not _YEAR.fullmatch(year.value.strip()):
            return None
        written, at = year.value.strip(), year.span
        month = self._entry.field("month")
        number = _month(month.value) if month else None
        if month is None or number is None:
            return Field(written, at)
        written = f"{written}-{number:02}"
        if not 1 <= number <= 12:
            return Field(written, month.span)
        day = self._entry.field("day")
        if day and _NUMBER.fullmatch(day.value.strip()):
            return Field(f"{written}-{int(day.value):02}", day.span)
        return Field(written, at)

    def _iso(self, name: str) -> Field | None:
        field = self._entry.field(name)
        return _dated(field.value.strip(), field.span) if field else None


def _digits(written: str) -> int:
    return sum(map(str.isdecimal, written.casefold().replace("x", "0")))


def _dated(written: str, span: Span) -> Field | None:
    """A date of ISO 8601, its parts written in full; None for anything else."""
    if _DAY.fullmatch(written):
        year, *parts = written.split("-")
        return Field("-".join([year, *(part.zfill(2) for part in parts)]), span)
    return Field(written, span) if _RANGE.fullmatch(written) else None


def _month(written: str) -> int | None:
    words = plain(written).casefold().rstrip(".")
    return int(words) if _NUMBER.fullmatch(words) else _MONTHS.get(words)


def _part(field: NativeField, start: int, end: int, meaning: Callable[[str], str]) -> Field:
    """A part of a value: what it means, and where it is without the spaces about it."""
    written = field.value[start:end]
    start += len(written) - len(written.lstrip())
    end -= len(written) - len(written.rstrip())
    if field.strings:  # joined: what is in the file is not what it means
        return Field(meaning(written), field.span)
    return Field(meaning(written), Span(field.span.start + start, field.span.start + max(start, end)))


class ItemRecordReader:
    """Reads an item of the Citation Style Language, whose values are at hand with their places."""

    def __init__(self, fields: Mapping[str, Field], dates: Mapping[str, Field], authors: Sequence[Field]) -> None:
        self._fields = fields
        self._dates = dates
        self._authors = authors

    def names(self) -> Names:
        """Who wrote what."""
        author = None
        if self._authors:
            span = Span(self._authors[0].span.start, self._authors[-1].span.end)
            author = Field(", ".join(each.value for each in self._authors), span)
        get = self._fields.get
        return Names(get("title"), author, get("container-title"), get("publisher"))

    def dates(self) -> Dates:
        """When."""
        return Dates(self._dates.get("issued"), self._dates.get("accessed"))

    def urls(self) -> tuple[Field, ...]:
        """The address."""
        return (self._fields["URL"],) if "URL" in self._fields else ()

    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing: the format names the fields."""
        return ()

    def identifiers(self) -> Mapping[str, Field]:
        """The numbers that works go by."""
        return {
            name.lower(): self._fields[name]
            for name in ("DOI", "ISBN", "ISSN", "PMID", "PMCID")
            if name in self._fields
        }
