"""What a house asks of its sources: CC314, CC315 and CC316."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from citecheck.checks.entries import entry_lists
from citecheck.checks.families import Checks
from citecheck.checks.messages import called
from citecheck.checks.online import retractions
from citecheck.config.retractions import Retractions
from citecheck.identifiers.url import below, read
from citecheck.model.document import Document
from citecheck.model.findings import Finding
from citecheck.model.sources import Source

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
    """CC315: an address points to a host that the settings deny, or to one that they do not allow."""
    allowed, denied = (frozenset(host.casefold().strip(".") for host in hosts) for hosts in (allow, deny))
    for _, sources in entry_lists(document):
        for source in sources:
            for url in source.record.urls:
                host = _host(url.value)
                if host and below(host, denied):
                    yield Finding(url.span, f"{host} is a host that the settings deny", label=source.label)
                elif host and allowed and not below(host, allowed):
                    yield Finding(url.span, f"{host} is no host that the settings allow", label=source.label)


def _host(written: str) -> str:
    """The host of an address; empty where it names none, as a path to a file beside the document does."""
    address = read(f"http://{written}" if written.casefold().startswith("www.") else written)
    return address.host.casefold().strip(".") if address else ""


def retracted_source(document: Document, *, file: Retractions) -> Iterator[Finding]:
    """CC316: an entry's DOI or PMID is that of a work which was retracted, by a list or by what registries answered."""
    yield from retractions(document)
    for listing, sources in entry_lists(document):
        for source in sources:
            fields = ((source.record.doi, file.by_doi), (source.record.pmid, file.by_pmid))
            found = [(each.span, days[key]) for each, days in fields if each and (key := each.value.casefold()) in days]
            for span, day in found[:1]:
                on = f" on {day}" if day else ""
                yield Finding(span, f"{called(source.label, listing.kind)} was retracted{on}", label=source.label)


CHECKS: Final[Checks] = {
    "CC314": missing_field,
    "CC315": disallowed_host,
    "CC316": retracted_source,
}
