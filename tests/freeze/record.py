"""What citecheck says of every document below a folder, without the wording of its messages."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

Values = Mapping[str, Any]

# Only these keys are compared: a later version may print more of them, and may word a message or a fix otherwise.
FINDING: Final = ("code", "severity", "label", "start", "end")
RELATED: Final = ("line", "column", "end_line", "end_column")
FIX: Final = ("safety", "edits")
MARKER: Final = ("text", "start", "end", "labels")
SOURCE_LIST: Final = ("heading", "first_label", "line")
SOURCE: Final = (
    *("label", "text", "start", "end", "url", "title", "author", "container", "publisher", "date", "accessed"),
    *("doi", "isbn", "issn", "arxiv", "pmid", "pmcid", "urls"),
)
CLAIM: Final = ("text", "start", "end", "kind", "labels", "covered")


def record(folder: Path, command: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield what `command` says of each document below a folder: its path in the folder, its findings and its reading.

    `command` is the command to run, such as `("citecheck",)` or that of another checkout. Paths come in sorted order.
    Raises CalledProcessError where it fails.
    """
    checked = _run([*command, "check", "--pedantic", "--exit-zero", "--no-cache", "--format", "json", "."], folder)
    inspected = _run([*command, "inspect", "--format", "json", "."], folder)
    findings: dict[str, list[dict[str, Any]]] = {}
    for diagnostic in checked["diagnostics"]:
        findings.setdefault(diagnostic["path"], []).append(_finding(diagnostic))
    for document in sorted(inspected["documents"], key=lambda each: str(each["path"])):
        yield {"path": document["path"], "findings": findings.get(document["path"], []), **_reading(document)}


def _run(command: Sequence[str], folder: Path) -> dict[str, Any]:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True)
    if not done.stdout.startswith(
        "{"
    ):  # files that could not be read end with status 2, and with a report all the same
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _finding(diagnostic: Values) -> dict[str, Any]:
    fix = diagnostic["fix"]
    return {
        **_kept(diagnostic, FINDING),
        "related": [_kept(place, RELATED) for place in diagnostic["related"]],
        "fix": fix and _kept(fix, FIX),
    }


def _reading(document: Values) -> dict[str, Any]:
    return {
        "markers": [_kept(marker, MARKER) for marker in document["markers"]],
        "source_lists": [
            {**_kept(listed, SOURCE_LIST), "sources": [_kept(source, SOURCE) for source in listed["sources"]]}
            for listed in document["source_lists"]
        ],
        "claims": [_kept(claim, CLAIM) for claim in document["claims"]],
    }


def _kept(values: Values, keys: Sequence[str]) -> dict[str, Any]:
    return {key: values.get(key) for key in keys}  # a related place in a file that is not read has no offsets
