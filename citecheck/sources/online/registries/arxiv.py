"""arXiv: preprints, by its API (info.arxiv.org, "arXiv API User's Manual", sections 3.3 and 3.4).

Identifiers are requested without their versions, and the answer names the newest. What does not exist has no entry, or
one without a title. A request that it cannot read is answered with HTTP 200 and one entry called `Error`, and one too
many with `Rate exceeded.` in plain text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree

from citecheck.model.outcomes import Reason
from citecheck.sources.online.client import Answer, Unanswered
from citecheck.sources.online.records import Change, Update, WorkRecord, text
from citecheck.sources.online.registries import Found, Registry
from citecheck.text.patterns import lazy_re

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_ARXIV: Final = "{http://arxiv.org/schemas/atom}"
_ID = lazy_re(r"https?://arxiv\.org/abs/(.{1,60}?)(?:v(\d{1,4}))?", re.IGNORECASE)


def _path(ids: Sequence[str]) -> str:
    return f"/api/query?id_list={quote(','.join(ids), safe=',/')}&max_results={len(ids)}"


def _found(answer: Answer, ids: Sequence[str]) -> Found:
    if not answer.good:
        return {}
    if answer.body.lstrip()[:13].lower() == b"rate exceeded":
        raise Unanswered(Reason.HTTP_429, "arXiv asks for patience")
    if b"<!DOCTYPE" in answer.body or b"<!ENTITY" in answer.body:
        raise Unanswered(Reason.BROKEN, "the answer is no feed")
    try:
        feed = ElementTree.fromstring(answer.body)
    except ElementTree.ParseError as error:
        raise Unanswered(Reason.BROKEN, "the answer is no feed") from error
    if feed.tag != f"{_ATOM}feed":
        raise Unanswered(Reason.BROKEN, "the answer is no feed")
    known = dict(filter(None, map(_entry, feed.iter(f"{_ATOM}entry"))))
    if "" in known:
        raise Unanswered(Reason.CANNOT_TELL, "arXiv could not read the request")
    return {each: known.get(each.casefold()) for each in ids}


def _entry(entry: ElementTree.Element) -> tuple[str, WorkRecord | None] | None:
    """An entry by its identifier, which is empty for an error; None for one that is no paper."""
    title = text(entry.findtext(f"{_ATOM}title"))
    found = _ID.fullmatch(text(entry.findtext(f"{_ATOM}id")))
    if title == "Error":
        return "", None
    if found is None or not title:
        return None
    names = (text(author.findtext(f"{_ATOM}name")) for author in entry.iter(f"{_ATOM}author"))
    published = text(entry.findtext(f"{_ARXIV}doi")).split(" ")[0]
    updates = (Update(Change.VERSION, published),) if published else ()
    surnames = tuple(name.split(" ")[-1] for name in names if name)
    return found[1].casefold(), WorkRecord("arXiv", (title,), surnames, (), updates, int(found[2] or 0))


REGISTRY: Final = Registry(
    "arXiv", "https://export.arxiv.org", _path, _found, accept="application/atom+xml", batch=50, settles=True
)
