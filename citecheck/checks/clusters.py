"""Where markers are, and in which syntax: CC108 to CC111; and the places at which several are together."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from citecheck.checks.families import Checks
from citecheck.checks.messages import called, written
from citecheck.model.citations import FOOTNOTES, Key, Marker, Syntax
from citecheck.model.document import Document, per_document
from citecheck.model.findings import MOST_RELATED, Edit, Finding, Fix, RelatedSpan, Safety, counted
from citecheck.model.sources import ListKind
from citecheck.recognition.claims.subjects import is_sentence_subject
from citecheck.text.spans import SpanSet

_GAP = 2  # spaces between neighbours; more of them part the columns of a table


@per_document
def marker_clusters(document: Document) -> Sequence[Sequence[Marker]]:
    """The markers, each together with its neighbours: those between which nothing but a space is.

    In `is mined.[1] [2] says so` the second opens a sentence, and is at a place of its own.
    """
    text = document.text
    found: list[list[Marker]] = []
    end = -1
    for marker in document.markers:
        start = marker.span.start
        near = found and start - end <= _GAP and not text[end:start].strip(" ")
        if near and not is_sentence_subject(text, marker.span, found[-1][-1].span):
            found[-1].append(marker)
        else:
            found.append([marker])
        end = marker.span.end
    return found


@per_document
def by_definitions(document: Document) -> bool:
    """Whether markers are links by definitions here, `[3][3]`."""
    return any(f"][{marker.labels[0]}]" in marker.text for marker in document.markers)


def mixed_marker_syntax(document: Document) -> Iterator[Finding]:
    """CC108: one list is cited in two syntaxes; said once for each numbering.

    Footnotes beside a numbered list are two systems and no mixture: each has a numbering of its own.
    """
    cited: dict[int, list[Marker]] = defaultdict(list)
    for marker in document.markers:
        if marker.citations and marker.citations[0].key in document.listed:
            cited[marker.citations[0].key.numbering].append(marker)
    for markers in cited.values():
        counts = Counter(marker.syntax for marker in markers)
        (usual, most), *_ = counts.most_common(1)
        others = [marker for marker in markers if marker.syntax is not usual]
        if not others or len(others) == most:
            continue
        first, *rest = others
        model = next(marker.text for marker in markers if marker.syntax is usual)
        yield Finding(
            first.span,
            f"{written(first.syntax)}, where {counted(most, 'other marker')} of this list are like {model}",
            related=tuple(RelatedSpan(marker.span, "written otherwise too") for marker in rest[:MOST_RELATED]),
            fix=_rewritten(others, usual),
        )


def _rewritten(markers: Sequence[Marker], syntax: Syntax) -> Fix | None:
    """The fix that writes markers in another syntax; None where one of them says more than its labels."""
    edits = []
    for marker in markers:
        text = _in_syntax(marker, syntax)
        if text is None or marker.address is not None or marker.ranges or marker.locator:
            return None
        edits.append(Edit(marker.span, text))
    return Fix("write all markers alike", tuple(edits), Safety.UNSAFE)


def _in_syntax(marker: Marker, syntax: Syntax) -> str | None:
    """What a marker is in another syntax; None where that depends on how the others are written."""
    match syntax:
        case Syntax.BRACKET:
            return f"[{', '.join(marker.labels)}]"
        case Syntax.FOOTNOTE:
            return "".join(f"[^{label}]" for label in marker.labels)
        case Syntax.PAREN:
            return f"({', '.join(marker.labels)})"
        case Syntax.LENTICULAR | Syntax.SUPERSCRIPT | Syntax.REFERENCE | Syntax.BARE | Syntax.KEY | Syntax.AUTHOR_YEAR:
            return None
        case _:
            assert_never(syntax)


def marker_in_heading(document: Document) -> Iterator[Finding]:
    """CC109: a marker is in a heading."""
    headings = SpanSet(heading.span for heading in document.structure.headings)
    for marker in document.markers:
        if marker.span.start in headings:
            yield Finding(marker.span, "this marker is in a heading")


def marker_after_sources(document: Document) -> Iterator[Finding]:
    """CC110: a marker is in text that comes after the source list it cites, with no heading between; said once.

    Footnotes and link definitions are anywhere. After a heading another part begins, such as an appendix.
    """
    ends: dict[int, int] = {}
    for listing in document.source_lists:
        if listing.kind is ListKind.NUMBERED and listing.heading is not None and listing.numbering != FOOTNOTES:
            ends[listing.numbering] = listing.span.end
    lists = SpanSet(listing.span for listing in document.source_lists)
    late = [
        marker
        for marker in document.markers
        if (end := ends.get(marker.citations[0].key.numbering)) is not None
        and marker.span.start > end
        and marker.span.start not in lists
        and not _heading_between(document, end, marker.span.start)
    ]
    if late:
        first, *rest = late
        related = tuple(RelatedSpan(marker.span, "and here") for marker in rest[:MOST_RELATED])
        yield Finding(first.span, "this marker comes after the source list that it cites", related=related)


def _heading_between(document: Document, start: int, end: int) -> bool:
    headings = document.structure.headings
    place = bisect_right(headings, start, key=lambda heading: heading.span.start)
    return place < len(headings) and headings[place].span.start < end


def hidden_marker(document: Document) -> Iterator[Finding]:
    """CC111: markers that no reader sees name listed sources; said once."""
    hidden = [marker for marker in document.hidden if any(_listed(marker, document))]
    if not hidden:
        return
    first, *rest = hidden
    keys = [key for marker in hidden for key in _listed(marker, document)]
    unseen = [key for key in dict.fromkeys(keys) if key not in document.cited]
    so = f", so nothing cites {_named(unseen[0], document)}" if unseen else ""
    more = f" and {len(unseen) - 1} more" if len(unseen) > 1 else ""
    yield Finding(
        first.span,
        f"no reader sees this marker{so}{more}",
        related=tuple(RelatedSpan(marker.span, "nor this one") for marker in rest[:MOST_RELATED]),
        fix=Fix("remove what is hidden", tuple(Edit(marker.span, "") for marker in hidden), Safety.UNSAFE),
    )


def _listed(marker: Marker, document: Document) -> Iterator[Key]:
    return (citation.key for citation in marker.citations if citation.key in document.listed)


def _named(key: Key, document: Document) -> str:
    kind = ListKind.FOOTNOTES if key.numbering == FOOTNOTES else None
    return called(document.listed[key][0].label, kind)


CHECKS: Final[Checks] = {
    "CC108": mixed_marker_syntax,
    "CC109": marker_in_heading,
    "CC110": marker_after_sources,
    "CC111": hidden_marker,
}
