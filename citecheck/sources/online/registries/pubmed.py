"""PubMed: articles of medicine, by the E-utilities of NCBI (NBK25499, "ESummary").

What does not exist has an `error` in its place. Of a retracted article `pubtype` has `Retracted Publication`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from citecheck.model.outcomes import Reason
from citecheck.sources.online.client import Answer, Unanswered
from citecheck.sources.online.records import Change, Update, WorkRecord, listed, table, text, texts, year_of
from citecheck.sources.online.registries import Found, Registry

_DATES: Final = ("pubdate", "epubdate", "sortpubdate", "printpubdate")
_CHANGES: Final = {
    "Retracted Publication": Change.RETRACTION,
    "Expression of Concern": Change.CONCERN,
    "Corrected and Republished Article": Change.CORRECTION,
}


def _path(ids: Sequence[str]) -> str:
    return f"/entrez/eutils/esummary.fcgi?db=pubmed&retmode=json&tool=citecheck&id={','.join(ids)}"


def _found(answer: Answer, ids: Sequence[str]) -> Found:
    if not answer.good:
        return {}
    told = table(json.loads(answer.body))
    if "result" not in told:
        limited = "rate limit" in text(told.get("error")).lower()
        raise Unanswered(Reason.HTTP_429 if limited else Reason.CANNOT_TELL, text(told.get("error")) or "no result")
    result = table(told["result"])
    return {each: _record(table(result[each])) for each in ids if each in result}


def _record(work: dict[str, Any]) -> WorkRecord | None:
    if work.get("error"):
        return None
    names = (text(table(each).get("name")) for each in listed(work.get("authors")))
    title = text(work.get("title"))
    translated = title.startswith("[")  # PubMed has titles of other languages in English, in brackets
    return WorkRecord(
        "PubMed",
        tuple(filter(None, (title.strip("[]"), text(work.get("vernaculartitle"))))),
        tuple(name.rpartition(" ")[0] or name for name in names if name),
        tuple(sorted({year for name in _DATES for year in year_of(work.get(name))})),
        tuple(Update(_CHANGES[each]) for each in texts(work.get("pubtype")) if each in _CHANGES),
        partial=translated,
    )


REGISTRY: Final = Registry("PubMed", "https://eutils.ncbi.nlm.nih.gov", _path, _found, batch=100, settles=True)
