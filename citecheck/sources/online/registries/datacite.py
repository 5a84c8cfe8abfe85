"""DataCite: DOIs of data, software, theses, preprints (api.datacite.org, JSON:API, "Retrieving a single DOI")."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote

from citecheck.sources.online.client import Answer
from citecheck.sources.online.records import Change, Update, WorkRecord, listed, table, text, year_of
from citecheck.sources.online.registries import Found, Registry

_NEWER: Final = frozenset({"IsPreviousVersionOf", "IsObsoletedBy"})
_PARTIAL: Final = frozenset({"Dataset", "Collection", "Image", "PhysicalObject", "Sound", "Audiovisual", "Other"})
PREFIXES: Final = frozenset(  # of DOIs that are known to be DataCite's: arXiv, Zenodo, figshare, Dryad, OSF, Dataverse
    "10.48550 10.5281 10.6084 10.5061 10.17605 10.7910 10.17632 10.4230 10.3929 10.5445 10.14279 10.15468".split()
)


def _path(dois: Sequence[str]) -> str:
    return f"/dois/{quote(dois[0], safe='')}"


def _found(answer: Answer, dois: Sequence[str]) -> Found:
    if answer.status == 404:
        return {dois[0]: None}
    work = table(table(table(json.loads(answer.body)).get("data")).get("attributes"))
    if not work.get("doi"):
        return {}
    titles = tuple(filter(None, (text(table(each).get("title")) for each in listed(work.get("titles")))))
    people = map(table, [*listed(work.get("creators")), *listed(work.get("contributors"))])
    years = {*year_of(work.get("publicationYear"))}
    for each in map(table, listed(work.get("dates"))):
        years.update(year_of(each.get("date")))
    kind = text(table(work.get("types")).get("resourceTypeGeneral"))
    return {
        dois[0]: WorkRecord(
            "DataCite",
            titles,
            tuple(filter(None, (text(each.get("familyName")) or _surname(text(each.get("name"))) for each in people))),
            tuple(sorted(years)),
            tuple(_updates(work)),
            partial=kind in _PARTIAL,
        )
    }


def _surname(name: str) -> str:
    """The surname of `Curie, Marie`, and the name of an organisation."""
    return name.partition(",")[0]


def _updates(work: dict[str, Any]) -> Iterator[Update]:
    for each in map(table, listed(work.get("relatedIdentifiers"))):
        if text(each.get("relationType")) in _NEWER and text(each.get("relatedIdentifierType")) == "DOI":
            yield Update(Change.VERSION, text(each.get("relatedIdentifier")))


REGISTRY: Final = Registry("DataCite", "https://api.datacite.org", _path, _found, accept="application/vnd.api+json")
