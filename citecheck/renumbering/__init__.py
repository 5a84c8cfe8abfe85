"""Numbering sources anew: entries get other numbers or places, and every marker goes on naming the source it named.

    plans      which number each source is to have, in which order the entries are to stand, and which of them go
    removals   which sources can go, and the plan that takes them all out
    soundness  what has to be sound before any number changes
    unread     what shows a number and is no marker, so that it would go on showing the old one
    markers    the markers written with the new numbers, clusters and ranges included
    entries    the entries written with them, moved, deleted
    anchors    the names that links lead to, where they end in a source's number

A plan that cannot be carried out without guessing is refused, with the reason, in words for the writer.
"""

from __future__ import annotations

from citecheck.renumbering.plans import ORDERS, Plan, renumbered
from citecheck.renumbering.refusal import Refused
from citecheck.renumbering.removals import affordable, proposed, removed, together
from citecheck.renumbering.rewriting import by_appearance, closed_up, rewritten, sorted_list, written_as_shown

__all__ = [
    "ORDERS",
    "Plan",
    "Refused",
    "affordable",
    "by_appearance",
    "closed_up",
    "proposed",
    "removed",
    "renumbered",
    "rewritten",
    "sorted_list",
    "together",
    "written_as_shown",
]
