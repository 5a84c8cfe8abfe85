"""What was to be filled in and was not: CC309."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from citecheck.bibliography.latex import plain
from citecheck.checks.entries import entry_lists
from citecheck.checks.families import Checks
from citecheck.identifiers import doi
from citecheck.model.document import Document
from citecheck.model.findings import Finding
from citecheck.model.sources import Source
from citecheck.model.structure import NativeField
from citecheck.text.patterns import lazy_re
from citecheck.text.spans import Span

# `PubMed [journal]` is what the bibliography tool of the NIH writes.
# Works have such names, and translations of their titles: `The Source` of hip-hop, `Kimi no na wa [Your name]`.
_FILLER = lazy_re(
    r"""(?<![\w-])(?:INSERT|ADD|YOUR|ENTER|REPLACE)_[A-Z_]{3,40}
    | (?<![\w/-])(?:TODO|TBD|FIXME)(?![\w-]|\.\w)(?=\s*(?:$|[:.,;)\]]|add|find|insert|cite|source|link|url))
    | \b(?:19|20)(?:\d\d|XX|xx|YY)[-/](?:XX|xx|MM|mm)(?:[-/](?:XX|xx|DD|dd))?\b
    | \((?:Year|YYYY|(?:19|20)XX)\) | \bDD\sMonth\sYYYY\b
    | (?i:[\[<{(](?:insert\s[\w\s]{2,40}|(?:url|link|title)\shere
        |(?-i:(?!The|Your\s[Nn]ame))(?:your|the|add|full|source)\s(?:url|link|source|title|name|citation)(?:\shere)?
        )[\]>})](?![(\[])
    | (?<!PubMed\s)\[(?:author(?:\sname)?|publisher|journal(?:\sname)?|title|year|access\sdate)\](?![(\[])
    | \blorem\sipsum\sdolor\b)""",
    re.VERBOSE,
)
_BLANK = lazy_re(r"\?{2,}|[Xx]{3,}|(?:19|20)(?:\?\?|[Xx]{2})|(?i:todo|tbd|fixme|lorem ipsum)")
_FILLED_IN = frozenset("title author editor journal journaltitle booktitle publisher year date url doi".split())
_SIGNS = "_ < { [ ( TODO TBD FIXME XX xx YY MM mm ipsum".split()  # without one of these there is no filler
# RFC 2606 keeps these names for examples; nobody publishes there.
_EXAMPLE_HOST = lazy_re(
    r"""\Ahttps?://(?:[\w-]+\.)?(?:example\.(?:com|org|net)|your[-_]?(?:domain|site|website|url)\.\w+|placeholder\.\w+
    |url[-_]?here\b)(?![\w.-]*\w)""",
    re.VERBOSE | re.IGNORECASE,
)


def placeholder_source(document: Document) -> Iterator[Finding]:
    """CC309: an entry holds a blank of a form, an address of nobody's, or a DOI made for tests, and not in code."""
    fields = {entry.span: entry.fields for entry in document.structure.entries if entry.fields}
    for _, sources in entry_lists(document):
        for source in sources:
            span = _blank_field(source, fields[source.span]) if source.span in fields else _blank(source, document)
            if span and span.start not in document.structure.verbatim:
                message = f"“{span.of(document.text)}” is a placeholder, not a source"
                yield Finding(span, message, label=source.label)


def _blank_field(source: Source, fields: Iterable[NativeField]) -> Span | None:
    """The first field of an entry that is still to be filled in, by its value alone."""
    record = source.record
    if record.doi and doi.made_up(record.doi.value):
        return record.doi.span
    for url in record.urls:
        if _EXAMPLE_HOST.match(url.value):
            return url.span
    for field in fields:
        if field.name in _FILLED_IN and (_FILLER.search(plain(field.value)) or _BLANK.fullmatch(plain(field.value))):
            return field.span
    return None


def _blank(source: Source, document: Document) -> Span | None:
    """The first thing in an entry that is still to be filled in."""
    record = source.record
    if record.doi and doi.made_up(record.doi.value):
        return record.doi.span
    for url in record.urls:
        if _EXAMPLE_HOST.match(url.value):
            return url.span
    if not any(map(source.text_span.of(document.text).__contains__, _SIGNS)):
        return None
    filler = _FILLER.search(document.text, *source.text_span)
    return Span(*filler.span()) if filler else None


CHECKS: Final[Checks] = {
    "CC309": placeholder_source,
}
