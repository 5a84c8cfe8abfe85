"""Open Library: books by ISBN (openlibrary.org/dev/docs/api/books).

It does not have all books, and a few of its records are of other books: it confirms, and never contradicts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from citecheck.sources.online.client import Answer
from citecheck.sources.online.records import WorkRecord, listed, table, text
from citecheck.sources.online.registries import Found, Registry


def _path(isbns: Sequence[str]) -> str:
    return f"/api/books?bibkeys={','.join(f'ISBN:{each}' for each in isbns)}&jscmd=data&format=json"


def _found(answer: Answer, isbns: Sequence[str]) -> Found:
    if not answer.good:
        return {}
    told = table(json.loads(answer.body))
    return {each: _record(table(told[key])) if (key := f"ISBN:{each}") in told else None for each in isbns}


def _record(work: dict[str, object]) -> WorkRecord:
    title, subtitle = text(work.get("title")), text(work.get("subtitle"))
    names = (text(table(each).get("name")) for each in listed(work.get("authors")))
    return WorkRecord(
        "Open Library",
        tuple(filter(None, (title, f"{title}: {subtitle}" if subtitle else ""))),
        tuple(name.split(" ")[-1] for name in names if name),
        partial=True,
    )


REGISTRY: Final = Registry("Open Library", "https://openlibrary.org", _path, _found, batch=50)
