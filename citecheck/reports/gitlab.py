"""GitLab's Code Quality report: an array of findings, each with a fingerprint of its own.

GitLab drops findings with equal fingerprints, and compares those of two branches to tell what is new: so they are
unique, and no line number is in them. Each is at a line, so that a document which could not be read has no place
here: the status of the run reports it. See "Code Quality report format" in GitLab's documentation.
"""

from __future__ import annotations

from collections.abc import Iterable
from json import dumps
from typing import Any, Final, TextIO

from citecheck.execution.fingerprints import unique_fingerprints
from citecheck.model.findings import Diagnostic, Severity
from citecheck.model.results import Result, Summary
from citecheck.reports.locations import relative
from citecheck.reports.terminal import Screen, visible

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes an array with an object for each diagnostic; nothing is left out."""
    summary = Summary()
    stream.write("[")
    separator = "\n"
    for result in results:
        summary += result.summary
        for print_, each in unique_fingerprints(result.diagnostics):
            stream.write(separator + dumps(_issue(each, print_)))
            separator = ",\n"
    stream.write("\n]\n")
    return summary


def _issue(diagnostic: Diagnostic, print_: str) -> dict[str, Any]:
    return {
        "description": visible(f"{diagnostic.message} ({diagnostic.rule})"),
        "check_name": diagnostic.code,
        "fingerprint": print_,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": relative(diagnostic.path),
            "lines": {"begin": diagnostic.start.line, "end": diagnostic.end.line},
        },
    }
