"""Numbering sources again: entries get other numbers or places, and every marker goes on naming the source it named.

    plans      which number each source is to have, in which order the entries are to be, and which of them go
    removals   which sources can go, and the plan that takes them all out
    soundness  what has to be sound before any number changes
    unread     what shows a number and is no marker, so that it would go on showing the old one
    markers    the markers written with the new numbers, clusters and ranges included
    entries    the entries written with them, moved, deleted
    anchors    the names that links point to, where they end in a source's number

A plan that cannot be carried out without guessing is refused, with the reason, in words for the author.
"""

from __future__ import annotations

from citecheck.editing.renumber.errors import RenumberError
from citecheck.editing.renumber.planning import by_appearance, close_gaps, plan_edits, sorted_list, written_as_shown
from citecheck.editing.renumber.plans import ORDERS, Plan, plan_renumbering
from citecheck.editing.renumber.removals import joint_removals, propose_removal, remove_entries, within_budget
from citecheck.editing.renumber.soundness import refuse_keys

__all__ = [
    "ORDERS",
    "Plan",
    "RenumberError",
    "by_appearance",
    "close_gaps",
    "joint_removals",
    "plan_edits",
    "plan_renumbering",
    "propose_removal",
    "refuse_keys",
    "remove_entries",
    "sorted_list",
    "within_budget",
    "written_as_shown",
]
