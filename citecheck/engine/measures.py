"""What a document's citations come to in numbers, under the names that the literature has for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from citecheck.model.citations import Citation, Key, Marker
from citecheck.model.document import Document


class Measures(NamedTuple):
    """How many statements a document makes, how many of them have support, and how many of its citations resolve.

    `supported` statements have at least one marker of which a label resolves. Citations of which nobody can tell
    whether they resolve are not counted.
    """

    statements: int
    supported: int
    citations: int
    resolved: int
    used_sources: int

    @property
    def citation_coverage(self) -> float | None:
        """The share of statements with support; None where nothing is stated.

        It is the highest that citation recall (ALCE, arXiv:2305.14627) can be, whatever the sources say.
        """
        return self.supported / self.statements if self.statements else None

    @property
    def resolvable_rate(self) -> float | None:
        """The share of citations that resolve; None where nothing is cited."""
        return self.resolved / self.citations if self.citations else None


def measures(document: Document) -> Measures:
    """The measures of a document."""
    stated = [claim for claim in document.claims if claim.wants_citation]
    lost = {marker.span for marker in document.listless}
    resolving = {
        marker.span: list(_resolving(marker, document)) for marker in document.markers if marker.span not in lost
    }
    settled = [citation for citation in document.citations if _is_settled(citation.key, document)]
    resolved = [citation for found in resolving.values() for citation in found if _is_settled(citation.key, document)]
    return Measures(
        statements=len(stated),
        supported=sum(any(resolving.get(marker.span) for marker in claim.covering) for claim in stated),
        citations=len(settled),
        resolved=len(resolved),
        used_sources=len({citation.key for citation in resolved}),
    )


def _resolving(marker: Marker, document: Document) -> Iterator[Citation]:
    """The citations of a marker that point to a source, or by its own address to one that is listed nowhere."""
    by_address = marker.address is not None and document.given is None and not document.listed
    return (citation for citation in marker.citations if by_address or document.resolves(citation.key))


def _is_settled(key: Key, document: Document) -> bool:
    """Whether anybody can tell that a key resolves, or that it does not."""
    return document.settles(key) or key in document.listed or key in document.elsewhere
