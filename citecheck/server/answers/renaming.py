"""Rename: the label under the cursor, in its entry and in every marker."""

from __future__ import annotations

from typing import NamedTuple

from citecheck.editing.renumber import RenumberError
from citecheck.engine.renaming import refusal, renamed, renaming_edits
from citecheck.errors import CitecheckError
from citecheck.model.findings import Edit
from citecheck.server.analysis import Analysis
from citecheck.server.answers.places import Spot, spot
from citecheck.text.spans import Span


class Refused(Exception):
    """What was requested is not done; says why, in words for the author."""


class Renameable(NamedTuple):
    """A label that can be renamed, and where it is."""

    span: Span
    label: str


def renameable(analysis: Analysis, offset: int) -> Renameable | None:
    """The label at an offset; None where there is none. Raises Refused where it cannot be renamed."""
    document = analysis.readable
    found = spot(document, offset) if document else None
    if document is None or found is None:
        return None
    if reason := _unclear(found) or refusal(document, found.keys[0]):
        raise Refused(reason)
    return Renameable(found.span, found.labels[0])


def rename(analysis: Analysis, offset: int, new: str) -> tuple[Edit, ...]:
    """The edits that rename the label at an offset. Raises Refused."""
    document = analysis.readable
    found = spot(document, offset) if document else None
    if document is None or found is None:
        raise Refused("there is no label here")
    if reason := _unclear(found):
        raise Refused(reason)
    try:
        renamed(document, found.keys[0], new, analysis.read)
        return renaming_edits(document, found.keys[0], new)
    except (RenumberError, CitecheckError) as error:
        raise Refused(str(error)) from error


def _unclear(found: Spot) -> str | None:
    return "point to one label of the marker" if len(set(found.keys)) > 1 else None
