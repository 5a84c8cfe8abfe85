"""Numbers, and what a reader is shown for them: CC210."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from citecheck.checks.families import Checks
from citecheck.editing.renumber import written_as_shown
from citecheck.model.document import Document
from citecheck.model.findings import MOST_RELATED, Finding, RelatedSpan
from citecheck.model.sources import ListKind, Source


def rendered_number_mismatch(document: Document) -> Iterator[Finding]:
    """CC210: an entry's written number is not the one that readers see; said once a list.

    Where no marker names anything, nobody is sent to the wrong entry.
    """
    if not document.markers:
        return
    for listing in document.source_lists:
        if listing.kind is not ListKind.NUMBERED:
            continue
        shifted = [source for source in listing.sources if _shifted(source)]
        if shifted:
            first, *others = shifted
            yield Finding(
                first.label_span,
                f"written {first.label}, but shown to readers as {first.rendered}{_so_too(len(others))}",
                label=first.label,
                related=tuple(
                    RelatedSpan(other.label_span, f"written {other.label}, shown as {other.rendered}")
                    for other in others[:MOST_RELATED]
                ),
                fix=written_as_shown(document, listing),
            )


def _shifted(source: Source) -> bool:
    """Whether an entry is shown under another number than it is written with."""
    if source.rendered is None or source.label is None or not source.label.isdecimal():
        return False
    return source.rendered != int(source.label)


def _so_too(others: int) -> str:
    """The end of a message that tells how many more entries share its fault."""
    if not others:
        return ""
    return "; 1 more entry differs" if others == 1 else f"; {others} more entries differ"


CHECKS: Final[Checks] = {
    "CC210": rendered_number_mismatch,
}
