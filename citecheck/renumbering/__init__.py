"""Numbering sources anew: entries get other numbers or places, and every marker goes on naming the source it named.

    plans     which number each source is to have, in which order the entries are to stand, and which of them go
    markers   the markers written with the new numbers, clusters and ranges included
    entries   the entries written with them, moved, deleted
    anchors   the names that links lead to, where they end in a source's number

A plan that cannot be carried out without guessing is refused, with the reason, in words for the writer.
"""

from __future__ import annotations

from citecheck.renumbering.plans import ORDERS, Plan, renumbered
from citecheck.renumbering.refusal import Refused
from citecheck.renumbering.rewriting import (
    affordable,
    by_appearance,
    closed_up,
    deletion,
    folded,
    rewritten,
    sorted_list,
    written_as_shown,
)

__all__ = [
    "ORDERS",
    "Plan",
    "Refused",
    "affordable",
    "by_appearance",
    "closed_up",
    "deletion",
    "folded",
    "renumbered",
    "rewritten",
    "sorted_list",
    "written_as_shown",
]
