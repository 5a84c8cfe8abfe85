"""Addresses that markers carry, beside those of their sources: CC112."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import regex

from citecheck.checks.families import Checks
from citecheck.checks.messages import called
from citecheck.identifiers.tracking import may_track
from citecheck.identifiers.url import bare, decoded
from citecheck.model.citations import FOOTNOTES, Key, Marker
from citecheck.model.document import Document
from citecheck.model.findings import MOST_RELATED, Finding, RelatedSpan
from citecheck.model.sources import ListKind, Source
from citecheck.recognition.lists.unheaded import ANCHOR
from citecheck.text.patterns import lazy_regex

_EDITION = lazy_regex(r"\A(?:(?:m|mobile|amp|en)\.)++")  # of a site
_DEFAULT_PAGE = lazy_regex(r"(?<!/)/++(?:index\.(?:html?|php)|amp)?/*+\Z")
# A paper under its DOI (Crossref's form) or its arXiv number (since 2007) is one paper at any host and in any version.
_WORK = lazy_regex(r"\b10\.\d{4,9}/[^\s?&#]+|arxiv(?:\.org/(?:abs|pdf|html)/|[.:])(\d{4}\.\d{4,5})", regex.IGNORECASE)
_CUT = ("…", "...")  # an address that its writer shortened
_MANY = 3  # findings, or numbers that point to several places: more of them have one cause


def marker_address_mismatch(document: Document) -> Iterator[Finding]:
    """CC112: a linked marker leads elsewhere than its source, or a number without a source points to two places.

    Where many do, the numbers were shifted or mixed up as a whole, and that is said once.
    """
    unlisted: dict[Key, list[Marker]] = defaultdict(list)
    found: list[Finding] = []
    others = {use.key.numbering for use in document.links if use.span.of(document.text).strip("[]") != use.label}
    for marker in document.markers:
        if marker.address is None or "://" not in marker.address or len(marker.citations) != 1:
            continue
        citation = marker.citations[0]
        if citation.key.numbering in others:
            continue  # the list defines addresses of links with words; `[2](https://…)` beside them names a version
        sources = document.listed.get(citation.key, ())
        if not sources:
            unlisted[citation.key].append(marker)
        elif not _leads_to(marker.address, sources):
            kind = ListKind.FOOTNOTES if citation.key.numbering == FOOTNOTES else None
            message = f"this link does not point to the address of {called(citation.label, kind)}"
            found.append(Finding(marker.span, message, citation.label, (RelatedSpan(sources[0].span, "listed here"),)))
    yield from _together(found)
    yield from _divided(unlisted)
    yield from _to_other_entries(document)


def _to_other_entries(document: Document) -> Iterator[Finding]:
    """Links that point to the entry of another source of the document, where most point to their own."""
    linked = [
        (marker, marker.citations[0])
        for marker in document.markers
        if marker.address and marker.address.startswith("#") and len(marker.citations) == 1
    ]
    if not linked:
        return
    anchors = _anchors(document)
    known = [(each, anchors[each[0].address or ""]) for each in linked if each[0].address in anchors]
    astray = [(marker, one, entry) for (marker, one), entry in known if entry.key != one.key]
    if 2 * len(astray) >= len(known):
        return
    for marker, one, entry in astray:
        if one.key in document.listed and entry.key and entry.key.numbering == one.key.numbering:
            message = f"this link points to {called(entry.label, None)}"
            yield Finding(marker.span, message, one.label, (RelatedSpan(entry.span, "it leads here"),))


def _anchors(document: Document) -> Mapping[str, Source]:
    """The source that each anchor of an entry is at, by the address in the document that leads there."""
    found: dict[str, Source] = {}
    for source in reversed(document.sources):
        start = document.text.rfind("\n", 0, source.span.start) + 1
        for anchor in ANCHOR.finditer(document.text, start, source.span.end):
            found[f"#{anchor[1]}"] = source
    return found


def _together(found: list[Finding]) -> Iterator[Finding]:
    """The findings, as one where they are many."""
    if len(found) <= _MANY:
        yield from found
        return
    first, *others = found
    related = (*first.related, *(RelatedSpan(other.span, "nor does this one") for other in others[:MOST_RELATED]))
    yield first._replace(message=f"{first.message}, nor do {len(others)} others to theirs", related=related)


def _leads_to(address: str, sources: tuple[Source, ...]) -> bool:
    """Whether an address is that of a source, or no source has one."""
    records = [source.record for source in sources]
    known = [field.value for record in records for field in (*record.urls, *([record.doi] if record.doi else []))]
    return not known or any(same_address(address, other) for other in known)


def _begin_anew(divided: Sequence[tuple[Key, Marker, Marker]]) -> bool:
    """Whether the numbers that point to two places count from 1 again at the second: each passage has its own."""
    again = sorted(divided, key=lambda each: each[2].span)
    counted = [key.label for key, _, _ in again] == [str(number) for number in range(1, len(again) + 1)]
    return counted and len(again) > 1 and all(first.span < again[0][2].span for _, first, _ in again)


def _divided(unlisted: Mapping[Key, list[Marker]]) -> Iterator[Finding]:
    """Numbers that point to two places; none where so many do that the numbers name nothing, or where they restart."""
    divided = []
    for key, (first, *others) in unlisted.items():
        other = next((one for one in others if not same_address(one.address or "", first.address or "")), None)
        if other is not None:
            divided.append((key, first, other))
    if (len(divided) > _MANY and 3 * len(divided) > len(unlisted)) or _begin_anew(divided):
        return
    for key, first, other in divided:
        message = f"{key.label} links to another address here than at its first mention"
        yield Finding(other.span, message, key.label, (RelatedSpan(first.span, "first mentioned here"),))


def same_address(one: str, other: str) -> bool:
    """Whether two addresses point to one place, or to one work, as far as their words show.

    Generous: scheme, `www.`, port, fragment, tracking parameters, closing slash, percent-encoding and case count for
    nothing (RFC 3986, section 6.2, and what servers do beyond it), nor does a query that only one of them has.
    """
    if one == other:
        return True
    work, same = _work(one), _work(other)
    if work and same:
        return work == same
    first, second = normalised(one), normalised(other)
    if first.endswith(_CUT) or second.endswith(_CUT):
        first, second = (each.rstrip(".…") for each in (first, second))
        return first.startswith(second) or second.startswith(first)
    (path, query), (other_path, other_query) = (each.partition("?")[::2] for each in (first, second))
    return path == other_path and (query == other_query or ("/" in path and not (query and other_query)))


def _work(address: str) -> str | None:
    found = _WORK.search(decoded(address))
    return (found[1] or found[0]).casefold().rstrip("./") if found else None


def normalised(address: str) -> str:
    """An address without what makes no difference to where it leads; see `same_address`."""
    plain = decoded(_unescaped(address)).casefold().strip()
    plain = _EDITION.sub("", bare(plain)).partition("#")[0]
    path, _, query = plain.partition("?")
    host = path.partition("/")[0]
    kept = sorted(part for part in query.split("&") if part and not may_track(part, host))
    return _DEFAULT_PAGE.sub("", path) + ("?" + "&".join(kept) if kept else "")


def _unescaped(address: str) -> str:
    """An address without the escapes of HTML: `&amp;` for `&`."""
    if "&" not in address:
        return address
    from html import unescape  # here, as it takes as long to import as all else

    return unescape(address)


CHECKS: Final[Checks] = {
    "CC112": marker_address_mismatch,
}
