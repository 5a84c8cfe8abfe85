"""The numbers that works go by: CC402, CC403 and CC404."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from citecheck.checks.families import Checks
from citecheck.checks.raw_identifiers import Doi, arxiv_identifiers, dois, entry_texts, isbns, issns, pmcids, pmids
from citecheck.identifiers import arxiv, doi, isbn, pubmed
from citecheck.model.document import Document, per_document
from citecheck.model.findings import Edit, Finding, Fix, RelatedSpan
from citecheck.text.patterns import lazy_regex

_SIDE_BY_SIDE = lazy_regex(r"[\s\[\](),.;:<>*_]{0,12}+")


def invalid_doi(document: Document) -> Iterator[Finding]:
    """CC402: a DOI is not one, or a link points to another DOI than its text names."""
    if not _mentions(document, "doi", "10."):
        return
    for passage in entry_texts(document):
        found = list(dois(passage, document.text))
        for each in found:
            plain = _plain(each)
            if doi.made_up(plain):
                continue  # CC309 reports it
            if fault := doi.fault(plain):
                repair = fault.repair if plain == each.value else None
                fix = Fix(f"write {repair}", (Edit(each.span, repair),)) if repair else None
                yield Finding(each.span, fault.message, passage.label, fix=fix)
        for first, second in pairwise(found):
            if _of_one_work(first, second, document) and not doi.same(_plain(first), _plain(second)):
                related = (RelatedSpan(first.span, "the DOI in the text"),)
                yield Finding(
                    second.span, f"the link points to another DOI than {_plain(first)}", passage.label, related
                )


def _plain(written: Doi) -> str:
    """A DOI without the backslashes of Markdown."""
    return written.value.replace("\\", "")


def _mentions(document: Document, *words: str) -> bool:
    """Whether any of some words in lower case is where sources are written; else nothing need be read."""
    return any(map(_in_sources(document).__contains__, words))


@per_document
def _in_sources(document: Document) -> str:
    """The text of all sources in lower case."""
    return "\n".join(passage.span.of(document.text) for passage in entry_texts(document)).lower()


def _of_one_work(first: Doi, second: Doi, document: Document) -> bool:
    """Whether a DOI and the resolver's address after it are meant for one work.

    A link and its text are; so is `doi:…` with nothing but punctuation before `https://doi.org/…`. An entry with more
    between them may name a preprint and the article, or a work and its reply.
    """
    between = document.text[first.span.end : second.start]
    if not second.resolver or not _SIDE_BY_SIDE.fullmatch(between):
        return False
    return "](" in between or not first.resolver


def invalid_isbn(document: Document) -> Iterator[Finding]:
    """CC403: what follows the word ISBN or ISSN is none: a strange character, a wrong length, a wrong sum."""
    if not _mentions(document, "isbn", "issn"):
        return
    for passage in entry_texts(document):
        for spans, fault_of in ((isbns, isbn.fault), (issns, isbn.issn_fault)):
            for span in spans(passage, document.text):
                written = span.of(document.text)
                if passage.record and not isbn.issn_fault(written):
                    continue  # exporters put the ISSN of a journal into the field of the ISBN
                if fault := fault_of(written):
                    yield Finding(span, fault.message, passage.label)


def invalid_arxiv_id(document: Document) -> Iterator[Finding]:
    """CC404: arXiv, PubMed or PubMed Central cannot have given out such a number."""
    if not _mentions(document, "arxiv", "pmid", "pubmed", "pmc"):
        return
    today = date.today()
    for passage in entry_texts(document):
        for span in arxiv_identifiers(passage, document.text):
            if fault := arxiv.fault(span.of(document.text), today):
                yield Finding(span, fault.message, passage.label)
        for spans, fault_of in ((pmids, pubmed.pmid_fault), (pmcids, pubmed.pmcid_fault)):
            for span in spans(passage, document.text):
                if fault := fault_of(span.of(document.text)):
                    yield Finding(span, fault.message, passage.label)


CHECKS: Final[Checks] = {
    "CC402": invalid_doi,
    "CC403": invalid_isbn,
    "CC404": invalid_arxiv_id,
}
