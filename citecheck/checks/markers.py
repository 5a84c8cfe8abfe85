"""Markers and the labels they name: CC101, CC104, CC105 and CC106."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import regex

from citecheck.checks.author_years import readings, undefined
from citecheck.checks.clusters import by_definitions
from citecheck.checks.families import Checks
from citecheck.checks.messages import absent, listed
from citecheck.checks.suggestions import Suggestions
from citecheck.model.citations import AUTHORS, CITATIONS, Citation, Key, Marker, Range, Syntax
from citecheck.model.document import Document, per_document
from citecheck.model.findings import MOST_RELATED, Edit, Finding, Fix, RelatedSpan, Severity, counted
from citecheck.model.sources import ListKind
from citecheck.recognition.markers.grammar import CLUSTER_END
from citecheck.recognition.markers.ranges import WIDEST_RANGE
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_ENDS_CLUSTER = lazy_regex(CLUSTER_END)
_SCORED = lazy_regex(
    r"\b(?:w[io]ns?|lost|loses?|losing|beat(?:en|s)?|defeats?|defeated|victory|match|games?|scores?|scored|drew|led|leads?)\b"
    r"[^.!?\n]*\Z",
    regex.IGNORECASE,
)
_NEAR = 60  # code points before a range in which words mention a game
_FEW = 3  # labels that are named one by one
# with letters or a link between them, ends are more than numbers
_ENDS = lazy_regex(r"(\d{1,9})([^\d\p{L}<>()]{1,20})(\d{1,9})")


def undefined_marker(document: Document) -> Iterator[Finding]:
    """CC101: a marker names a label that no source carries.

    The place is the whole marker where it names one label, and is not a link; otherwise the label's. Where nothing at
    all is listed, CC104 says so once instead. Where others are links by definitions, `[2][2]` is one without its
    definition, and one fault.
    """
    if not document.listed and not document.keys.named and document.given is None:
        return
    suggestions = Suggestions(document)
    worded = any(key.numbering != CITATIONS for key in (*document.listed, *(document.given or ())))
    told: tuple[str, int] | None = None
    for marker in document.markers:
        if all(document.resolves(citation.key) for citation in marker.citations):
            continue
        if not worded and marker.citations[0].key.numbering != CITATIONS:
            continue  # a linked one, which needs no list
        if told == (marker.text, marker.span.start) and by_definitions(document):
            continue
        told = marker.text, marker.span.end
        for citation in _undefined(marker, document):
            if in_other_case(citation, document):
                continue  # CC115 reports it
            if citation.key.numbering == AUTHORS and document.author_years:
                span = marker.span if len(marker.citations) == 1 else citation.span
                yield undefined(readings(document)[citation.span], document, span)
                continue
            meant = suggestions.near(citation.key) if document.given is None else None
            hint = f"; did you mean {meant}?" if meant else ""
            span = marker.span if len(marker.citations) == 1 and not leads_away(marker) else citation.span
            yield Finding(span, absent(citation.label, marker.syntax) + hint, label=citation.label)


def label_case_mismatch(document: Document) -> Iterator[Finding]:
    """CC115: a key is listed in another case alone, where keys are case-sensitive."""
    for marker in document.markers:
        for citation in marker.citations:
            if not document.resolves(citation.key) and (listed := in_other_case(citation, document)):
                message = f"the key is listed as {listed}, and keys are case-sensitive"
                yield Finding(citation.span, message, label=citation.label)


def in_other_case(citation: Citation, document: Document) -> str | None:
    """The key that is listed in another case than it is cited in; None where there is none."""
    if citation.key.numbering != CITATIONS:
        return None
    return _in_lower_case(document).get(citation.key.label.lower())


@per_document
def _in_lower_case(document: Document) -> dict[str, str]:
    """The keys of all bibliographies by how they are written in lower case."""
    listed = [sources[0].label or "" for key, sources in document.listed.items() if key.numbering == CITATIONS]
    return {label.lower(): label for label in (*document.keys.keys, *listed)}


def missing_bibliography(document: Document) -> Iterator[Finding]:
    """CC113: a bibliography that the document names, or its project, cannot be read; told at the first of its keys."""
    first = next((marker.span for marker in document.markers if marker.syntax is Syntax.KEY), None)
    for each in document.keys.bibliographies:
        span = each.span or first
        if each.fault and span:
            yield Finding(span, each.fault, severity=Severity.WARNING if each.doubtful else None)


def bare_marker_beside_native(document: Document) -> Iterator[Finding]:
    """CC116: a number in brackets is in a text whose citations are keys or notes of its format; said once."""
    natives = [marker for marker in document.markers if marker.syntax in (Syntax.KEY, Syntax.REFERENCE)]
    bare = [one for one in document.markers if one.syntax is Syntax.BRACKET and one.address is None]
    if not natives or not bare or document.links:
        return
    first, *others = bare
    related = (
        RelatedSpan(natives[0].span, "cited so elsewhere"),
        *(RelatedSpan(marker.span, "shown as text too") for marker in others[: MOST_RELATED - 1]),
    )
    message = f"{first.text} is shown as it is written: the text cites as in {natives[0].text}"
    yield Finding(first.span, message, label=first.labels[0] if first.labels else None, related=related)


def leads_away(marker: Marker) -> bool:
    """Whether a marker is a link to somewhere else than its entry."""
    return marker.address is not None and not marker.address.startswith("#")


def _undefined(marker: Marker, document: Document) -> Iterator[Citation]:
    """The citations of a marker that name nothing, without those that CC106 reports.

    A range names labels that nobody wrote down. Where both its ends are listed, a hole between them is a fault of
    the range; where an end is not, that end is the fault, and what lies between is named only when it is little:
    a typo of the pen, `[3-60]` for `[3-6]`, is one fault and not fifty.
    One that is too wide is itself the fault.
    """
    missing = [citation for citation in marker.citations if not document.resolves(citation.key)]
    ranges = {range_.span: range_ for range_ in marker.ranges}
    missing = [citation for citation in missing if not _too_wide(ranges.get(citation.span))]
    between = Counter(citation.span for citation in missing if not _end(citation, ranges))
    for citation in missing:
        little = between[citation.span] <= _FEW
        if _end(citation, ranges) or (little and not _closed(ranges[citation.span], citation.key, document)):
            yield citation


def _too_wide(range_: Range | None) -> bool:
    return range_ is not None and range_.last - range_.first > WIDEST_RANGE


def _end(citation: Citation, ranges: Mapping[Span, Range]) -> bool:
    """Whether a citation's label is written: on its own, or as an end of a range."""
    range_ = ranges.get(citation.span)
    return range_ is None or citation.label in (str(range_.first), str(range_.last))


def _closed(range_: Range, key: Key, document: Document) -> bool:
    """Whether both ends of a range are listed in the numbering of a key."""
    return all(document.resolves(Key(key.numbering, str(end))) for end in (range_.first, range_.last))


def missing_source_list(document: Document) -> Iterator[Finding]:
    """CC104: a document cites, and lists nothing; said once."""
    lost = document.listless
    if not lost:
        return
    unlabelled = [listing for listing in document.source_lists if listing.kind is ListKind.UNLABELLED]
    if unlabelled:
        message = "the source list has no numbers, so no marker can resolve"
    else:
        keys = {citation.key for marker in lost for citation in marker.citations}
        verb = "names" if len(lost) == 1 else "name"
        sources = counted(len(keys), "source")
        message = f"{counted(len(lost), 'marker')} {verb} {sources}, but no list of sources was found"
    related = tuple(RelatedSpan(listing.span, "the source list") for listing in unlabelled)
    yield Finding(lost[0].span, message, related=related)


def malformed_marker(document: Document) -> Iterator[Finding]:
    """CC105: something is where a marker was meant, and cannot be read as one."""
    for malformed in document.malformed:
        fix = None
        if malformed.repair is not None:
            fix = Fix(f"write {malformed.repair}", (Edit(malformed.span, malformed.repair),))
        yield Finding(malformed.span, malformed.fault, fix=fix)


def invalid_range(document: Document) -> Iterator[Finding]:
    """CC106: a range runs backwards, names one source or far too many, or includes labels that are not listed."""
    for marker in document.markers:
        named = _named(marker)
        for range_ in marker.ranges:
            written = f"the range {range_.first}–{range_.last}"
            if range_.first > range_.last:
                if not _is_score(marker, document.text):
                    yield Finding(range_.span, f"{written} runs backwards", fix=_turned(range_, document))
            elif range_.first == range_.last:
                yield Finding(range_.span, f"{written} names a single source", label=str(range_.first))
            elif _too_wide(range_):
                width = range_.last - range_.first + 1
                yield Finding(range_.span, f"{written} would name {width} sources")
            elif holes := _holes(range_, named[range_.span], document):
                verb = "is" if len(holes) == 1 else "are"
                message = f"{written} includes {listed(holes, limit=_FEW)}, which {verb} not listed"
                yield Finding(range_.span, message, label=holes[0])


def _is_score(marker: Marker, text: str) -> bool:
    """Whether a backward range may be no range: words about it mention a game, or the sentence goes on after it."""
    start, end = marker.span
    if "]" in marker.text.removesuffix("]"):
        return False  # `[3]–[1]`
    return _SCORED.search(text, max(0, start - _NEAR), start) is not None or not _ENDS_CLUSTER.match(text, end)


def _named(marker: Marker) -> Mapping[Span, list[Citation]]:
    """The citations of a marker by the label or range that they are written as."""
    named: dict[Span, list[Citation]] = defaultdict(list)
    for citation in marker.citations if marker.ranges else ():
        named[citation.span].append(citation)
    return named


def _turned(range_: Range, document: Document) -> Fix | None:
    """The fix that changes the ends of a range about, unless it may be a shortened one: `98-9` for `98-99`."""
    ends = _ENDS.fullmatch(range_.span.of(document.text))
    if ends is None:
        return None
    first, last = str(range_.first), str(range_.last)
    whole = first[: -len(last)] + last
    if whole != last and int(whole) > range_.first and any(key.label == whole for key in document.listed):
        return None
    turned = ends[3] + ends[2] + ends[1]
    return Fix(f"write {range_.last}–{range_.first}", (Edit(range_.span, turned),))


def _holes(range_: Range, named: Sequence[Citation], document: Document) -> list[str]:
    """The labels between the ends of a range that are not listed, where both ends are."""
    if not named or not _closed(range_, named[0].key, document):
        return []
    return [citation.label for citation in named if not document.resolves(citation.key)]


CHECKS: Final[Checks] = {
    "CC101": undefined_marker,
    "CC104": missing_source_list,
    "CC105": malformed_marker,
    "CC106": invalid_range,
    "CC113": missing_bibliography,
    "CC115": label_case_mismatch,
    "CC116": bare_marker_beside_native,
}
