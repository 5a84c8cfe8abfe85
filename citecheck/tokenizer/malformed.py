"""Malformed markers: what stands where a marker was meant, in a document that cites."""

from __future__ import annotations

from collections.abc import Sequence

from citecheck.document import Malformed, Marker
from citecheck.formats.layout import Layout
from citecheck.tokenizer.markers import Labels


def malformed(layout: Layout, markers: Sequence[Marker], labels: Labels) -> tuple[Malformed, ...]:
    """The malformed markers of a document."""
    return ()
