"""Crossref: DOIs of articles, books, chapters, preprints (api.crossref.org, REST API, "Works").

A 404 says that a DOI is not Crossref's, and not that there is none. What has happened to a work is in its `updated-by`;
`update-to` is of a notice and names the works that it is about. A record may name itself there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from citecheck.sources.online.client import Answer
from citecheck.sources.online.records import Change, Update, WorkRecord, listed, table, text, texts, year_of
from citecheck.sources.online.registries import Found, Registry

_DATES: Final = ("issued", "published", "published-print", "published-online", "posted", "created", "accepted")
_CHANGES: Final = {
    **dict.fromkeys(("retraction", "withdrawal", "removal"), Change.RETRACTION),
    **dict.fromkeys(("expression_of_concern", "partial_retraction"), Change.CONCERN),
    **dict.fromkeys(("correction", "erratum", "corrigendum", "addendum", "clarification"), Change.CORRECTION),
    **dict.fromkeys(("new_version", "new_edition"), Change.VERSION),
}
_PARTIAL: Final = frozenset(  # types whose titles entries do not give, or give in another way
    "component journal journal-issue journal-volume book-series book-set dataset database proceedings "
    "proceedings-series report-series report-component peer-review grant standard-series".split()
)


def _path(dois: Sequence[str]) -> str:
    return f"/works/{quote(dois[0], safe='')}"


def _found(answer: Answer, dois: Sequence[str]) -> Found:
    if answer.status == 404:
        return {dois[0]: None}
    work = table(table(json.loads(answer.body)).get("message"))
    if not work.get("DOI"):
        return {}
    titles = texts(work.get("title"))
    subtitles = texts(work.get("subtitle"))
    joined = tuple(f"{titles[0]}: {subtitle}" for subtitle in subtitles[:1]) if titles else ()
    originals = texts(work.get("original-title"))
    people = [*listed(work.get("author")), *listed(work.get("editor"))]
    years = {year for name in _DATES for year in _years(work.get(name))}
    partial = text(work.get("type")) in _PARTIAL or bool(originals)
    return {
        dois[0]: WorkRecord(
            "Crossref",
            (*titles, *joined, *originals),
            tuple(filter(None, (text(table(each).get("family")) or text(table(each).get("name")) for each in people))),
            tuple(sorted(years)),
            tuple(_updates(work, dois[0])),
            partial=partial,
        )
    }


def _years(date: object) -> tuple[int, ...]:
    parts = listed(table(date).get("date-parts"))
    return year_of(listed(parts[0])[0]) if parts and listed(parts[0]) else ()


def _updates(work: dict[str, Any], doi: str) -> list[Update]:
    found = []
    for each in map(table, listed(work.get("updated-by"))):
        notice, change = text(each.get("DOI")), _CHANGES.get(text(each.get("type")).replace("-", "_").lower())
        if change and not (change is Change.VERSION and notice.casefold() == doi.casefold()):
            found.append(Update(change, notice, _day(each.get("updated"))))
    for each in map(table, listed(table(work.get("relation")).get("is-preprint-of"))):
        if text(each.get("id-type")) == "doi":
            found.append(Update(Change.VERSION, text(each.get("id"))))
    return found


def _day(date: object) -> str:
    parts = listed(table(date).get("date-parts"))
    numbers = [number for number in listed(parts[0]) if isinstance(number, int)] if parts else []
    return "-".join(f"{number:02}" for number in numbers[:3])


REGISTRY: Final = Registry("Crossref", "https://api.crossref.org", _path, _found)
