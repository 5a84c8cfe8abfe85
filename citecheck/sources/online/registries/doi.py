"""doi.org: every DOI of every agency, by content negotiation (citation.doi.org, "Content Negotiation").

It redirects to the agency, which answers with a record in CSL, or with a page where it knows no better: then the DOI
exists, and nothing else is known. A 404 of doi.org itself says that there is no such DOI.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote, urlsplit

from citecheck.model.outcomes import Reason
from citecheck.sources.online.client import Answer, Unanswered
from citecheck.sources.online.records import WorkRecord, listed, table, text, year_of
from citecheck.sources.online.registries import Found, Registry

_CSL: Final = "application/vnd.citationstyles.csl+json"
_PARTIAL: Final = frozenset({"dataset", "figure", "graphic", "periodical"})


def _path(dois: Sequence[str]) -> str:
    return f"/{quote(dois[0], safe='/')}"


def _found(answer: Answer, dois: Sequence[str]) -> Found:
    away = urlsplit(answer.final).netloc != urlsplit(answer.url).netloc
    if answer.status == 404 and not away:
        return {dois[0]: None}
    if not away and not answer.good:
        raise Unanswered(Reason.CANNOT_TELL, f"HTTP {answer.status} of doi.org")
    work = _csl(answer)
    people = map(table, [*listed(work.get("author")), *listed(work.get("editor"))])
    title = work.get("title")
    return {
        dois[0]: WorkRecord(
            "doi.org",
            tuple(filter(None, [text(title[0] if isinstance(title, list) and title else title)])),
            tuple(filter(None, (text(each.get("family")) or text(each.get("literal")) for each in people))),
            tuple(sorted({year for name in ("issued", "published", "created") for year in _years(work.get(name))})),
            partial=text(work.get("type")) in _PARTIAL,
        )
    }


def _csl(answer: Answer) -> dict[str, Any]:
    """The record; empty where the agency answers with something else, or not at all."""
    if not answer.good or "json" not in answer.headers.get("content-type", ""):
        return {}
    return table(json.loads(answer.body))


def _years(date: object) -> tuple[int, ...]:
    parts = listed(table(date).get("date-parts"))
    return year_of(listed(parts[0])[0]) if parts and listed(parts[0]) else ()


REGISTRY: Final = Registry("doi.org", "https://doi.org", _path, _found, accept=f"{_CSL}, */*;q=0.1", settles=True)
