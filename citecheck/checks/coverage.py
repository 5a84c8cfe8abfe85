"""Claims and their support: CC501 to CC503, CC505 and CC506."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final

import regex

from citecheck.checks.families import Checks
from citecheck.checks.messages import called
from citecheck.lexicon import phrases, words_of
from citecheck.model.citations import FOOTNOTES, Marker, Syntax
from citecheck.model.claims import Claim
from citecheck.model.document import Document
from citecheck.model.findings import Finding, RelatedSpan, counted
from citecheck.model.sources import ListKind
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

_NAMING = frozenset({Syntax.BRACKET, Syntax.KEY, Syntax.AUTHOR_YEAR})
_HABIT = 5  # cited blocks; a message of a few paragraphs has no conventions
_FEWEST_CITATIONS = 10  # of which one source's share says something
_QUOTATION = lazy_regex(
    r"“([^“”]{15,600})”|\"([^\"]{15,600})\"|«([^«»]{15,600})»|„([^„“”]{15,600})[“”]|「([^「」]{8,600})」"
)
_AMOUNT = words_of("claims.amounts").across_lines()
_QUANTITY = lazy_regex(
    rf"\d[\d.,]{{0,14}}\s?(?:%|％|(?:{_AMOUNT.pattern}|[mb]n)\b|{words_of('claims.amounts_unspaced').pattern})"
    r"|[$€£¥₹]\s?\d[\d.,]{0,14}|\b(?:USD|EUR|GBP|US\$)\s?\d[\d.,]{0,14}"
    rf"|\d[\d.,]{{0,14}}\s?(?:{words_of('claims.currencies').pattern})",
    regex.IGNORECASE,
)
_DATE = lazy_regex(rf"(?<![\d.,])(?:1[5-9]|20)\d\d(?:s|{'|'.join(phrases('dates.year_signs'))})?(?![\d%])")
_STUDY = lazy_regex(words_of("claims.studies").whole, regex.IGNORECASE)
_NUMBER = lazy_regex(r"\d+(?:[.,]\d+)*")
_ENDED = lazy_regex(r"[.!。！]['\"’”»)）*_]*\Z")
_FEWEST_SIGNALS = 2
_STOP = lazy_regex(r"[^\p{L}\p{M}\p{N}\s,'’\"“”()\[\]&/–—-]|[ ]{2}\n")  # what a sentence may end in
_LETTER = lazy_regex(r"\p{L}")
_BETWEEN_MARKERS = " \n*_.,;。，；"
_CLOSERS = " \n\"”’'»)]）」』*_"
_LONG = 4_000  # code points; what is longer may be cut where no sentence ends
_WORD = lazy_regex(r"\p{L}[\p{L}'’-]*")
_FEWEST_QUOTED = 4  # words; fewer are a name or a term


def _blocks(document: Document) -> Iterator[list[Claim]]:
    """The claims of each block."""
    for _, claims in groupby(document.claims, key=lambda claim: claim.block):
        yield list(claims)


def _supports_its_claims(document: Document) -> bool:
    """Whether a document makes a convention of supporting what it states.

    At least half of its statements are covered, and three in four of its cited blocks end in a marker, or two in three
    of its statements have one of their own. Specifications and papers cite where they borrow, mostly by name,
    `[RFC2119]`, and state the rest themselves.
    """
    by_name = [_named(marker) for marker in document.markers]
    if 2 * sum(by_name) > len(by_name):
        return False
    stated = [claim for claim in document.claims if claim.wants_citation]
    covered = sum(claim.covered for claim in stated)
    marked = sum(bool(claim.markers) for claim in stated)
    cited = [block for block in _blocks(document) if any(claim.markers for claim in block)]
    closed = sum(bool(block[-1].markers) for block in cited)
    return (
        bool(cited) and 2 * covered >= len(stated) and (4 * closed >= 3 * len(cited) or 3 * marked >= 2 * len(stated))
    )


def _named(marker: Marker) -> bool:
    """Whether a marker in brackets, or a key, names its source by a word."""
    return marker.syntax in _NAMING and not any(label.isdecimal() for label in marker.labels)


def uncited_tail(document: Document) -> Iterator[Finding]:
    """CC501: statements come after the last marker of a cited paragraph, in a document that supports its claims.

    A malformed marker is an attempt to support something, and its own rule reports it.
    """
    if not _may_have_tails(document) or not _supports_its_claims(document):
        return
    cited = [block for block in _blocks(document) if any(claim.markers for claim in block)]
    if len(cited) < _HABIT:
        return
    attempts = SpanSet(malformed.span for malformed in document.malformed)
    for block in cited:
        tail = _tail(block)
        if tail and not any(attempts.touches(claim.span) for claim in block):
            last = next(marker for claim in reversed(block) for marker in reversed(claim.markers))
            yield Finding(
                Span(tail[0].span.start, tail[-1].span.end),
                f"nothing supports {'this sentence' if len(tail) == 1 else f'these {len(tail)} sentences'}, "
                "after the last marker of the paragraph",
                related=(RelatedSpan(last.span, "the last marker"),),
            )


def _may_have_tails(document: Document) -> bool:
    """Whether a sentence may follow the last marker of a block, by the characters there alone.

    In most documents none does, and they need not be cut into sentences to see that.
    """
    text, markers = document.text, document.markers
    starts = [marker.span.start for marker in markers]
    for block in document.blocks:
        last = bisect_left(starts, block.end) - 1
        if last < 0 or starts[last] < block.start:
            continue
        behind = markers[last].span.end
        while last and not text[markers[last - 1].span.end : starts[last]].strip(_BETWEEN_MARKERS):
            last -= 1
        stop = len(text[block.start : starts[last]].rstrip(_CLOSERS)) - 1  # `… so. [4] It is`: a sentence ends before
        ends_before = _STOP.match(text, block.start + stop, block.end) if stop >= 0 else None
        ends = ends_before or _STOP.search(text, behind, block.end)
        if block.end - behind > _LONG or (ends and _LETTER.search(text, max(behind, ends.end()), block.end)):
            return True
    return False


def _tail(block: list[Claim]) -> list[Claim]:
    """The statements after the last marker of a block."""
    last = max(place for place, claim in enumerate(block) if claim.markers)
    return [claim for claim in block[last + 1 :] if claim.wants_citation and not claim.covered]


def uncited_claim(document: Document) -> Iterator[Finding]:
    """CC502: a statement of figures, dates or studies is in a block without a marker.

    Only in a document that supports its claims. A figure that a supported statement gives too is only repeated.
    """
    if not _supports_its_claims(document):
        return
    supported = {number for claim in document.claims if claim.covered for number in _NUMBER.findall(claim.text)}
    for block in _blocks(document):
        if any(claim.markers for claim in block):
            continue
        for claim in block:
            figures = set(_NUMBER.findall(claim.text)) - supported
            whole = _ENDED.search(claim.text) is not None  # `Gross: 40 million` is an entry of a table in words
            if claim.wants_citation and whole and figures and sum(_signals(claim.text)) >= _FEWEST_SIGNALS:
                yield Finding(claim.span, "nothing supports this statement")


def _signals(words: str) -> Iterator[bool]:
    """What shows that a sentence states a fact that somebody found out: each sign, and whether it is there."""
    yield _QUANTITY.search(words) is not None
    yield _DATE.search(words) is not None
    yield _STUDY.search(words) is not None
    yield _NUMBER.search(_DATE.sub("", _QUANTITY.sub("", words))) is not None


def uncited_quotation(document: Document) -> Iterator[Finding]:
    """CC503: a sentence quotes several words, and nothing supports it, in a document that supports its claims."""
    if not _supports_its_claims(document):
        return
    for claim in document.claims:
        if claim.covered or not claim.wants_citation:
            continue
        quoted = next((each for each in _QUOTATION.finditer(claim.text) if _long(each[0])), None)
        if quoted:
            yield Finding(claim.span, "nothing says where this quotation comes from")


def _long(quotation: str) -> bool:
    return len(_WORD.findall(quotation)) >= _FEWEST_QUOTED


def single_source_dominance(document: Document, *, share: float) -> Iterator[Finding]:
    """CC505: one source carries more than its share of a document's citations."""
    counts = Counter({key: len(citations) for key, citations in document.cited.items() if key in document.listed})
    total = counts.total()
    if total < _FEWEST_CITATIONS or len(document.listed) < 3:
        return
    (key, most), *_ = counts.most_common(1)
    if most > share * total:
        source = document.listed[key][0]
        kind = ListKind.FOOTNOTES if key.numbering == FOOTNOTES else None
        message = f"{called(source.label, kind)} carries {most} of {total} citations"
        yield Finding(source.span, message, label=source.label)


def low_coverage(document: Document, *, floor: float) -> Iterator[Finding]:
    """CC506: too few of the document's statements are supported; said once, at the first that is not."""
    wanting = [claim for claim in document.claims if claim.wants_citation]
    bare = [claim for claim in wanting if not claim.covered]
    if bare and len(wanting) - len(bare) < floor * len(wanting):
        covered = len(wanting) - len(bare)
        message = f"{covered} of {counted(len(wanting), 'statement')} are supported, {covered / len(wanting):.0%}"
        yield Finding(bare[0].span, message)


CHECKS: Final[Checks] = {
    "CC501": uncited_tail,
    "CC502": uncited_claim,
    "CC503": uncited_quotation,
    "CC505": single_source_dominance,
    "CC506": low_coverage,
}
