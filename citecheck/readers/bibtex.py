"""Databases of BibTeX and BibLaTeX: no prose, and every entry a source with named fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from citecheck.bibliography.bibtex import BibEntry, read
from citecheck.bibliography.records import BibRecordReader
from citecheck.limits import MOST_FINDINGS, few_enough
from citecheck.model.citations import CITATIONS
from citecheck.model.sources import Record
from citecheck.model.structure import Comment, Conventions, NativeEntry, Structure
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span, SpanSet

CONVENTIONS: Final = Conventions(comment="% {}", rendered=False, brackets_cite=False)
_LINE = lazy_re(r"[^\n]")
_DIRECTIVE = lazy_regex(r"(?m)^[ \t]*+%++[ \t]*+(citecheck(?![a-z])[^\n]*?)[ \t]*$")


def layout(text: str) -> Structure:
    """The structure of a database, in which nothing but its entries is anything."""
    whole = SpanSet([Span(0, len(text))])
    database = read(text)
    entries = [entry for entry in database.entries if not entry.commented]
    return Structure(
        conventions=CONVENTIONS,
        text=_LINE.sub(" ", text),
        blocks=(),
        headings=(),
        opaque=whole,
        code=whole,
        verbatim=SpanSet(()),
        hidden=SpanSet(()),
        links=(),
        definitions=(),
        items={},
        comments=_comments(text, database.entries),
        entries=tuple(native for entry in entries for native in _natives(entry)),
        strings=frozenset(database.strings),
    )


def _natives(entry: BibEntry) -> Iterator[NativeEntry]:
    """An entry under its key, and under each of its aliases."""
    record = Record(BibRecordReader(entry))
    fields = entry.fields if entry.closed else ()
    labels: set[str] = set()
    for label, span in ((entry.key, entry.key_span), *entry.aliases):
        if label and label.casefold() not in labels:
            labels.add(label.casefold())
            yield NativeEntry(
                span=entry.span,
                label=label,
                label_span=span,
                text_span=Span(entry.head.end, entry.span.end),
                numbering=CITATIONS,
                record=record,
                fields=fields,
                closed=entry.closed,
            )


def _comments(text: str, entries: Iterable[BibEntry]) -> tuple[Comment, ...]:
    """The comments that may hold a directive: lines between entries. To BibTeX a `%` inside an entry is a fault."""
    if "citecheck" not in text:
        return ()
    within = SpanSet(entry.span for entry in entries)
    found = [Comment(Span(*each.span()), each[1]) for each in _DIRECTIVE.finditer(text) if each.start() not in within]
    few_enough(len(found), "ignore comments", MOST_FINDINGS)
    return tuple(found)
