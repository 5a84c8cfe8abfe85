"""What a house asks of its sources: CC314, CC315 and CC316."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import regex

from citecheck.checks.entries import entry_lists
from citecheck.checks.wording import called
from citecheck.document import Document, Source
from citecheck.findings import Finding
from citecheck.patterns import lazy
from citecheck.retractions import Retractions

_NAMES = {  # what messages call a field whose name is no word
    "accessed": "day of access",
    "arxiv": "arXiv id",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmcid": "PMCID",
    "pmid": "PMID",
    "url": "address",
}
_HOST = lazy(r"\A(?:[a-z]+:)?/{0,2}(?:[^/?#@\s]*@)?([\w.-]+)", regex.IGNORECASE)


def missing_field(document: Document, *, fields: Sequence[str]) -> Iterator[Finding]:
    """CC314: an entry says nothing of a field that the settings require of every source.

    A container is as good as a publisher: each says who published.
    """
    for listing, sources in entry_lists(document):
        for source in sources:
            if missing := [_NAMES.get(field, field) for field in fields if not _has(source, field)]:
                message = f"{called(source.label, listing.kind)} names no {' and no '.join(missing)}"
                yield Finding(source.span, message, label=source.label)


def _has(source: Source, field: str) -> bool:
    alike = ("publisher", "container") if field in ("publisher", "container") else (field,)
    return any(getattr(source.record, name) for name in alike)


def disallowed_host(document: Document, *, allow: Sequence[str], deny: Sequence[str]) -> Iterator[Finding]:
    """CC315: an address leads to a host that the settings deny, or to one that they do not allow."""
    allowed, denied = (frozenset(host.casefold().strip(".") for host in hosts) for hosts in (allow, deny))
    for _, sources in entry_lists(document):
        for source in sources:
            for url in source.record.urls:
                found = _HOST.match(url.value)
                host = found[1].casefold().strip(".") if found and "." in found[1] else ""
                if host and _under(host, denied):
                    yield Finding(url.span, f"{host} is a host that the settings deny", label=source.label)
                elif host and allowed and not _under(host, allowed):
                    yield Finding(url.span, f"{host} is no host that the settings allow", label=source.label)


def _under(host: str, domains: Collection[str]) -> bool:
    """Whether a host is one of the domains or lies in one, by whole labels: `lakes.example`, not `notlakes.example`."""
    labels = host.split(".")
    return any(".".join(labels[place:]) in domains for place in range(len(labels)))


def retracted_source(document: Document, *, file: Retractions) -> Iterator[Finding]:
    """CC316: an entry's DOI or PMID is that of a work which was retracted."""
    for listing, sources in entry_lists(document):
        for source in sources:
            doi, pmid = source.record.doi, source.record.pmid
            day = file.by_doi.get(doi.value.casefold()) if doi else None
            if day is None and pmid:
                day = file.by_pmid.get(pmid.value)
            if day is not None:
                on = f" on {day}" if day else ""
                message = f"{called(source.label, listing.kind)} was retracted{on}"
                yield Finding((doi or pmid or source).span, message, label=source.label)
