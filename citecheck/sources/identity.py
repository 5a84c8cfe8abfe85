"""The identity of a source: what it is called in a lock file and in a cache, however a document numbers it."""

from __future__ import annotations

from hashlib import sha256

import regex

from citecheck.identifiers.tracking import tracked
from citecheck.identifiers.url import bare, decoded
from citecheck.model.sources import Source
from citecheck.text.patterns import lazy_regex

_VERSION = lazy_regex(r"v\d+$", regex.IGNORECASE)
_NOT_WORDS = lazy_regex(r"[\W_]+")
_LENGTH = 16  # digits of a hash


def identity(source: Source) -> str:
    """The DOI, arXiv id, PMID or ISBN of a source, else its address, else a hash of its title and author, or its words.

    Each begins with what it is: `doi:`, `arxiv:`, `pmid:`, `isbn:`, `https:`, `title:`.
    """
    record = source.record
    if record.doi:
        return f"doi:{decoded(record.doi.value).lower()}"
    if record.arxiv:
        return f"arxiv:{_VERSION.sub('', record.arxiv.value.lower())}"
    if record.pmid:
        return f"pmid:{record.pmid.value}"
    if record.isbn:
        return f"isbn:{_NOT_WORDS.sub('', record.isbn.value).upper()}"
    if record.url:
        return address_identity(record.url.value)
    named = record.title.value if record.title else source.text
    written = f"{named} {record.author.value}" if record.title and record.author else named
    return f"title:{sha256(_NOT_WORDS.sub(' ', written).casefold().strip().encode()).hexdigest()[:_LENGTH]}"


def address_identity(address: str) -> str:
    """An address without what two authors put differently: scheme, `www.`, tracking, a closing slash, a host's case."""
    tracking = tracked(address if "://" in address else f"https://{address}")
    host, slash, path = bare(tracking.clean if tracking else address).partition("/")
    return f"https://{host.lower()}{slash}{path.partition('#')[0]}".rstrip("/?&")
