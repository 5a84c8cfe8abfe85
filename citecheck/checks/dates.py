"""Dates of sources that cannot be: CC310."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from citecheck.checks.entries import entry_lists
from citecheck.checks.families import Checks
from citecheck.lexicon import phrases
from citecheck.model.document import Document
from citecheck.model.findings import Finding, RelatedSpan
from citecheck.model.sources import Field, ListKind, Record
from citecheck.recognition.entries.dates import dates, may_be_of_access
from citecheck.recognition.entries.record import blanked
from citecheck.text.patterns import lazy_re

_HAN_SIGNS = "".join(phrases("dates.year_signs", "dates.month_signs"))
_IN_FIGURES = lazy_re(rf"\d[-/.]\d|\d\s?[{_HAN_SIGNS}]|(?<!\d)(?:29|[3-9]\d)(?!\d)")
_THIS_MILLENNIUM = lazy_re(r"(?<!\d)2\d{3}(?!\d)")


def impossible_date(document: Document) -> Iterator[Finding]:
    """CC310: a date that no calendar has, that is still to come, or on which a page was read before it existed."""
    tomorrow = date.today() + timedelta(days=1)  # it is tomorrow already in some time zone
    for listing, sources in entry_lists(document):
        for source in sources:
            if listing.kind is not ListKind.DATABASE and not _suspected(source.text, tomorrow):
                continue
            record = source.record
            for written in filter(None, (record.date, record.accessed)):
                if fault := _unheard_of(written.value):
                    yield Finding(written.span, f"{_words(written, document)}: {fault}", label=source.label)
                elif _to_come(written, tomorrow, record):
                    yield Finding(written.span, f"{_words(written, document)} is still to come", label=source.label)
            if listing.kind is ListKind.DATABASE:
                continue  # an article is read online, and dated by the issue that comes later
            if record.date and record.accessed and _too_early(record):
                related = (RelatedSpan(record.date.span, "published here"),)
                yield Finding(record.accessed.span, "read before it was published", label=source.label, related=related)


def _suspected(words: str, tomorrow: date) -> bool:
    """Whether an entry may have such a date, whatever each of its dates is of."""
    visited = may_be_of_access(words)
    if not (
        visited
        or _IN_FIGURES.search(words)
        or any(int(number) >= tomorrow.year for number in _THIS_MILLENNIUM.findall(words))
    ):
        return False
    written = [each.value for each in dates(blanked(words), 0)]
    return (visited and len(set(written)) > 1) or any(
        _unheard_of(value) or value > tomorrow.isoformat()[: len(value)] for value in written
    )


def _words(written: Field, document: Document) -> str:
    return " ".join(written.span.of(document.text).split())


@lru_cache(maxsize=256)
def _unheard_of(value: str) -> str | None:
    """What no calendar has in a date; the second part of an EDTF season is no month."""
    if "/" in value or len(value) < len("2023-02") or (len(value) == len("2023-21") and value[5:] > "20"):
        return None
    year, month, *day = map(int, value.split("-"))
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    from calendar import monthrange  # here, as few sources have a day

    if day and not 1 <= day[0] <= monthrange(year, month)[1]:
        return "there is no such day"
    return None


def _to_come(written: Field, tomorrow: date, record: Record) -> bool:
    """Whether a date lies ahead.

    An issue may have a month or a year up to a year ahead, a visit may not. A year alone is the date of a work only
    where the work's author is named too: titles look far ahead, `The market for salt to 2050`.
    """
    value, visit = written.value, written is record.accessed
    if "/" in value or value[5:7] > "12" or (len(value) == len("2023") and not (visit or record.author)):
        return False
    year_ahead = f"{tomorrow.year + 1}-{tomorrow.month:02}"
    latest = tomorrow.isoformat() if visit or len(value) == len("2023-03-02") else year_ahead
    return value > latest[: len(value)]


def _too_early(record: Record) -> bool:
    """Whether the visit lies before the publication, as far as both are written."""
    published, accessed = record.date, record.accessed
    if published is None or accessed is None or "/" in published.value or published.value[5:7] > "12":
        return False
    common = min(len(published.value), len(accessed.value))
    return accessed.value[:common] < published.value[:common] and not _broken(published) and not _broken(accessed)


def _broken(written: Field) -> bool:
    return _unheard_of(written.value) is not None


CHECKS: Final[Checks] = {
    "CC310": impossible_date,
}
