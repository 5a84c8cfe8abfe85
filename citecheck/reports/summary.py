"""The last line of a report: what was read, and what was found in it."""

from __future__ import annotations

from citecheck.model.findings import counted
from citecheck.model.results import Summary


def tally(summary: Summary) -> str:
    """What was read and found, in one line: `3 documents, 212 markers, 61 sources: 2 errors, 1 warning`."""
    read = [
        counted(summary.documents, "document"),
        counted(summary.markers, "marker"),
        counted(summary.sources, "source"),
    ]
    if summary.unread:
        read.append(f"{summary.unread} not read")
    if summary.not_understood:
        read.append(f"{summary.not_understood:,} not understood")
    found = [
        counted(number, noun)
        for number, noun in ((summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "info"))
        if number
    ] or [_nothing(summary)]
    if summary.suppressed:
        found.append(f"{summary.suppressed:,} suppressed")
    if summary.baselined:
        found.append(f"{summary.baselined:,} in the baseline")
    if summary.untouched:
        found.append(f"{summary.untouched:,} not touched by the change")
    return f"{', '.join(read)}: {', '.join(found)}"


def _nothing(summary: Summary) -> str:
    """What is said where nothing was found: of a document that was not understood that it is sound is not known."""
    if summary.not_understood:
        return "nothing found in what was understood"
    return "no faults found" if summary.documents else "nothing checked"
