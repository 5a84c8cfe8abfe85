"""Answers of registries, written after their published schemas, and a server that gives them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from citecheck.sources.online.asking import Asking
from citecheck.sources.online.cache import Cache
from citecheck.sources.online.lookups import Inquiry
from tests.online.server import Clock, Exchange, Respond, Server, client, hosts

JSON = "application/json"


def work(doi: str, title: str, family: str = "Marlow", year: int = 2003, /, **more: Any) -> dict[str, Any]:
    """A work as Crossref has it."""
    people = [{"given": "J.", "family": family, "sequence": "first"}] if family else []
    issued = {"date-parts": [[year, 5]]}
    return {"DOI": doi, "type": "journal-article", "title": [title], "author": people, "issued": issued, **more}


CROSSREF: dict[str, dict[str, Any]] = {
    str(each["DOI"]): each
    for each in (
        work("10.9999/tides.1", "The <i>Tides</i> of Kells &amp;  the\n Sea"),
        work("10.9999/tides.2", "A survey of harbour clocks", "Quillfeather", 2014),
        work("10.9999/tides.3", "Water remembers: a story of ice", "Marlow", 2003),
        work(
            "10.9999/retracted",
            "Steam has a memory",
            **{
                "updated-by": [
                    {"DOI": "10.9999/notice", "type": "retraction", "updated": {"date-parts": [[2007, 6, 1]]}}
                ]
            },
        ),
        work(
            "10.9999/concern",
            "Dew has a memory",
            **{"updated-by": [{"DOI": "10.9999/notice.2", "type": "expression_of_concern"}]},
        ),
        work(
            "10.9999/corrected",
            "Fog has a memory",
            **{"updated-by": [{"DOI": "10.9999/notice.3", "type": "erratum"}]},
        ),
        work(
            "10.9999/notice",
            "Retraction of: a paper on steam",
            **{"update-to": [{"DOI": "10.9999/x", "type": "retraction"}]},
        ),
        work("10.9999/self", "Hail has a memory", **{"updated-by": [{"DOI": "10.9999/SELF", "type": "new_version"}]}),
        work("10.9999/old", "Rain has a memory", **{"updated-by": [{"DOI": "10.9999/new", "type": "new_version"}]}),
        work("10.9999/part", "Figure 3", type="component"),
        work("10.9999/nameless", "On the forms of snow", ""),
        {
            "DOI": "10.9999/untitled",
            "type": "journal-article",
            "title": [],
            "author": [],
            "issued": {"date-parts": [[None]]},
        },
        work("10.9999/years", "On the forms of hail", "Marlow", 2010, **{"published-online": {"date-parts": [[2008]]}}),
        work("10.9999/odd", "On the forms of dew", "", 2003, author="nobody", subtitle=[""], issued=7),
    )
}
DATACITE: dict[str, dict[str, Any]] = {
    "10.5281/zenodo.1": {
        "doi": "10.5281/zenodo.1",
        "titles": [{"title": "Tide tables as software"}],
        "creators": [{"name": "Oakes, Ann", "familyName": "Oakes"}],
        "publicationYear": 2021,
        "types": {"resourceTypeGeneral": "Software"},
        "relatedIdentifiers": [
            {
                "relationType": "IsPreviousVersionOf",
                "relatedIdentifierType": "DOI",
                "relatedIdentifier": "10.5281/zenodo.2",
            }
        ],
    }
}
CSL: dict[str, dict[str, Any]] = {
    "10.7777/medra": {
        "type": "article",
        "title": "On locks",
        "author": [{"family": "Rossi"}],
        "issued": {"date-parts": [[1999]]},
    }
}
ARXIV: dict[str, tuple[str, str, int]] = {  # title, author, newest version
    "2101.00001": ("Attention to the\n  tides", "Ann B. Oakes", 3),
    "hep-th/9901001": ("Strings of pearls", "Carl Diver", 1),
}
PUBMED: dict[str, dict[str, Any]] = {
    "99000017": {
        "title": "Ice remembers.",
        "authors": [{"name": "Marlow J"}],
        "pubdate": "2004 May",
        "pubtype": ["Journal Article", "Retracted Publication"],
    },
    "99000018": {"title": "Ice forgets.", "authors": [{"name": "Van der Stone P"}], "pubdate": "2005", "pubtype": []},
}
BOOKS = {
    "9780134685991": {"title": "The Keeping of Tea", "authors": [{"name": "H. Quillfeather"}], "publish_date": "2014"}
}


def _json(exchange: Exchange, told: object, status: int = 200) -> None:
    exchange.send(status, json.dumps(told).encode(), content_type=JSON)


def crossref(exchange: Exchange) -> None:
    found = CROSSREF.get(unquote(exchange.path.removeprefix("/works/")))
    if found is None:
        exchange.send(404, b"Resource not found.", content_type=JSON)
    else:
        _json(exchange, {"status": "ok", "message-type": "work", "message": found})


def datacite(exchange: Exchange) -> None:
    found = DATACITE.get(unquote(exchange.path.removeprefix("/dois/")))
    if found is None:
        _json(
            exchange, {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]}, 404
        )
    else:
        _json(exchange, {"data": {"id": found["doi"], "type": "dois", "attributes": found}})


def doi_org(exchange: Exchange) -> None:
    doi = exchange.path.removeprefix("/")
    port = exchange.headers["host"].rpartition(":")[2]
    if doi in CSL or doi == "10.7777/page":
        exchange.redirect(f"http://agency.test:{port}/agency/{doi}")
    else:
        exchange.send(404, b"<title>DOI Not Found</title>")


def agency(exchange: Exchange) -> None:
    found = CSL.get(exchange.path.removeprefix("/agency/"))
    if found is None:
        exchange.send(200, b"<title>On weirs</title>")
    else:
        exchange.send(200, json.dumps(found).encode(), content_type="application/vnd.citationstyles.csl+json")


def arxiv(exchange: Exchange) -> None:
    ids = parse_qs(urlsplit(exchange.path).query)["id_list"][0].split(",")
    feed = "".join(
        f"<entry><id>http://arxiv.org/abs/{each}v{ARXIV[each][2]}</id><title>{ARXIV[each][0]}</title>"
        f"<published>2021-01-01T00:00:00Z</published><author><name>{ARXIV[each][1]}</name></author></entry>"
        for each in ids
        if each in ARXIV
    )
    body = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title>{feed}</feed>'
    exchange.send(200, body.encode(), content_type="application/atom+xml")


def pubmed(exchange: Exchange) -> None:
    ids = parse_qs(urlsplit(exchange.path).query)["id"][0].split(",")
    told: dict[str, Any] = {"uids": ids}
    for each in ids:
        told[each] = {"uid": each, **PUBMED.get(each, {"error": "cannot get document summary"})}
    _json(exchange, {"header": {"type": "esummary", "version": "0.3"}, "result": told})


def books(exchange: Exchange) -> None:
    keys = parse_qs(urlsplit(exchange.path).query)["bibkeys"][0].split(",")
    _json(exchange, {key: BOOKS[key[5:]] for key in keys if key[5:] in BOOKS})


PAGES: Mapping[str, Respond] = {
    "^/works/": crossref,
    "^/dois/": datacite,
    "^/10\\.": doi_org,
    "^/agency/": agency,
    "/api/query": arxiv,
    "/entrez/eutils/esummary.fcgi": pubmed,
    "/api/books": books,
}
HOSTS = {
    "Crossref": "crossref.test",
    "DataCite": "datacite.test",
    "doi.org": "doi.test",
    "arXiv": "arxiv.test",
    "PubMed": "pubmed.test",
    "Open Library": "books.test",
}


def bases(server: Server) -> dict[str, str]:
    return {name: f"http://{host}:{server.port}" for name, host in HOSTS.items()}


def inquiry(server: Server, cache: Cache | None = None, **given: Any) -> Inquiry:
    at = hosts(Clock())
    return Inquiry(Asking(client(server, at), at, cache or Cache(None), **given), at, bases(server))
