"""The addresses of sources: CC401 and CC405 to CC409."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from citecheck.checks.entries import keyed_entries
from citecheck.checks.families import Checks
from citecheck.checks.messages import listed
from citecheck.checks.raw_identifiers import RawIdentifier, addresses
from citecheck.identifiers import url
from citecheck.identifiers.private import privacy
from citecheck.identifiers.redirects import detour, modern_resolver, shortener
from citecheck.identifiers.tracking import tracked
from citecheck.model.document import Document
from citecheck.model.findings import MOST_RELATED, Edit, Finding, Fix, RelatedSpan
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_FEW = 3  # findings alike that are reported one by one
_LINE_END = lazy_regex(r"[ \t]*\r?\n")
_PARAMETERS = lazy_regex(r"[ \t]*\r?\n[ \t>]*+[\w%.~-]{0,80}+[&=]")
_UNCLOSED_LINK = lazy_regex(r"[ \t.,;]*+(?:\r?\n(?![^\r\n]*\))|\Z)")  # no bracket to the line's end, nor in the next
_NAMED = 3  # parameters a message names


def malformed_url(document: Document) -> Iterator[Finding]:
    """CC401: what is there as an address is none by its form."""
    for address in addresses(document):
        if fault := url.fault(address.value):
            if fault is not url.UNCLOSED or not _closed_later(address.spans[0], document):
                yield _finding(address, fault.message, fault.repair)
        elif (open_ := _left_open(address, document)) is not None:
            fix = Fix("close the link", (Edit(Span(open_, open_), ")"),))
            yield Finding(address.spans[0], "a bracket is missing after the address", address.label, fix=fix)
        elif _read_as_path(address, document):
            message = "without https:// the link is relative to the document"
            yield _finding(address, message, f"https://{address.value}")


def _read_as_path(address: RawIdentifier, document: Document) -> bool:
    """Whether Markdown reads an address as a path, since it has no scheme: `[Tides](www.harbour.example)`."""
    return (
        document.structure.conventions.rendered
        and address.value.startswith("www.")
        and any(document.text.startswith("](", span.start - 2) for span in address.spans)
    )


def _closed_later(span: Span, document: Document) -> bool:
    """Whether the line goes on to a closing bracket: `https://example.org(seen in May)` lacks only a space."""
    end = document.lines.line(document.lines.position(span.end).line).end
    return ")" in document.text[span.end : end]


def _left_open(address: RawIdentifier, document: Document) -> int | None:
    """Where the bracket belongs that closes a link, if it is missing: `[Baran](https://example.org/Baran_(film)`.

    A title in quotation marks may precede it, and the next line may bring it.
    """
    for span in address.spans:
        if not document.text.startswith("](", span.start - 2):
            continue
        if _UNCLOSED_LINK.match(document.text, span.end, address.end):
            return span.end
        if address.value.endswith(")"):
            rest = document.text[span.end : document.lines.line(document.lines.position(span.end).line).end]
            if ")" not in rest and not rest.strip().startswith(('"', "'")):
                return span.end
    return None


def tracking_parameter(document: Document) -> Iterator[Finding]:
    """CC405: an address carries parameters that only tell where a reader came from."""
    found = []
    for address in addresses(document):
        if tracking := tracked(address.value):
            names = list(dict.fromkeys(tracking.names))
            noun = "parameter" if len(names) == 1 else "parameters"
            message = f"the address carries the tracking {noun} {listed(names, limit=_NAMED)}"
            clean = None if _goes_on(address, document) else tracking.clean
            found.append(_finding(address, message, clean, f"remove {listed(names, limit=_NAMED)}"))
    yield from _gathered(found, "tracked too")


def _goes_on(address: RawIdentifier, document: Document) -> bool:
    """Whether a line may end within an address, whose rest would be left: `?id=7&utm_source=`, and below it `news`."""
    return any(
        _LINE_END.match(document.text, span.end)
        and (address.value[-1] in "&=" or _PARAMETERS.match(document.text, span.end))
        for span in address.spans
    )


def url_shortener(document: Document) -> Iterator[Finding]:
    """CC406: an address is a shortener's, and does not show where it leads."""
    found = [
        _finding(address, f"{host} hides where this address leads")
        for address in addresses(document)
        if (host := shortener(address.value))
    ]
    yield from _gathered(found, "hidden too")


def redirect_url(document: Document) -> Iterator[Finding]:
    """CC407: an address leads through another site to the source."""
    found = []
    for address in addresses(document):
        if way := detour(address.value):
            message = f"the address leads through {way.host} to its source"
            if way.target is None:
                message = f"{way.host} hides where this address leads, and may forget it"
            found.append(_finding(address, message, way.target))
    yield from _gathered(found, "a detour too")


def private_url(document: Document) -> Iterator[Finding]:
    """CC408: nobody but its writer can follow an address."""
    for address in addresses(document):
        if why := privacy(address.value):
            yield _finding(address, why)


def legacy_resolver(document: Document) -> Iterator[Finding]:
    """CC409: a DOI's address is written in an older form than `https://doi.org/`."""
    found = [
        _finding(address, "a DOI's address begins with https://doi.org/ today", modern)
        for address in addresses(document)
        if (modern := modern_resolver(address.value))
    ]
    found += _resolvers_in_fields(document)
    yield from _gathered(found, "in the older form too")


def _resolvers_in_fields(document: Document) -> Iterator[Finding]:
    """The resolvers that precede a DOI in the field for DOIs, to which many tools put one themselves."""
    for entry in keyed_entries(document):
        field = next((each for each in entry.fields if each.name == "doi"), None)
        doi = entry.record.doi if entry.record and field else None
        if field and doi and document.text[field.span.start : doi.span.start].strip():
            resolver = Span(field.span.start, doi.span.start)
            fix = Fix("leave the DOI alone", (Edit(resolver, ""),))
            yield Finding(resolver, "a field for a DOI holds an address before it", entry.label, fix=fix)


def _finding(address: RawIdentifier, message: str, repair: str | None = None, title: str | None = None) -> Finding:
    """A finding about an address at the first of its places; the fix writes the repair at all of them."""
    fix = None
    if repair is not None and address.literal:
        fix = Fix(title or f"write {repair}", tuple(Edit(span, repair) for span in address.spans))
    return Finding(address.spans[0], message, address.label, fix=fix)


def _gathered(findings: Iterable[Finding], alike: str) -> Iterator[Finding]:
    """The findings, those of one message joined into one where a whole list shares its fault."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.message].append(finding)
    for message, group in groups.items():
        if len(group) <= _FEW:
            yield from group
            continue
        first, *others = group
        edits = tuple(edit for finding in group if finding.fix for edit in finding.fix.edits)
        yield Finding(
            first.span,
            f"{message}; {len(others)} more are like it",
            related=tuple(RelatedSpan(other.span, alike) for other in others[:MOST_RELATED]),
            fix=Fix(first.fix.title, edits) if first.fix else None,
        )


CHECKS: Final[Checks] = {
    "CC401": malformed_url,
    "CC405": tracking_parameter,
    "CC406": url_shortener,
    "CC407": redirect_url,
    "CC408": private_url,
    "CC409": legacy_resolver,
}
