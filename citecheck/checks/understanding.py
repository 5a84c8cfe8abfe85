"""What was not understood: CC902."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from citecheck.checks.families import Checks
from citecheck.model.document import Document, NotUnderstood
from citecheck.model.findings import MOST_RELATED, Finding, RelatedSpan, counted
from citecheck.model.sources import ListKind


def not_understood(document: Document) -> Iterator[Finding]:
    """CC902: a document seems to cite in a way that is not read; said once, at the first place.

    Where it seems to cite in several ways, the one of the most uses is reported, and the others are related places.
    """
    if ways := document.not_understood:
        main, *others = ways
        related = tuple(RelatedSpan(way.span, f"{_uses(way)}") for way in islice(others, MOST_RELATED))
        yield Finding(main.span, _message(main, document), related=related)


def _message(way: NotUnderstood, document: Document) -> str:
    """What was read, and what was not."""
    if way.read:
        return f"{_uses(way)}, {'is' if way.uses == 1 else 'are'} read, but not the list that they refer to"
    lists = [listing for listing in document.source_lists if listing.kind is not ListKind.FOOTNOTES]
    if sources := sum(len(listing.sources) for listing in lists):
        verb, them = ("is", "it") if sources == 1 else ("are", "them")
        return f"{counted(sources, 'source')} {verb} read, but not what seems to cite {them}: {_uses(way)}"
    return f"no source is read, nor what seems to cite: {_uses(way)}"


def _uses(way: NotUnderstood) -> str:
    return f"{counted(way.uses, way.noun)}, such as “{way.sample}”"


CHECKS: Final[Checks] = {
    "CC902": not_understood,
}
