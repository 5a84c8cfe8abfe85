"""SARIF 2.1.0, as code scanning services take it (OASIS standard, 27 March 2020).

Columns count code points (`columnKind`). GitHub takes 25,000 results of a run: where there are more the worst are kept,
and a notification says how many are left out. Fingerprints have no line numbers in them. Consumers offer a fix to be
applied by a click, so only safe ones are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from json import dumps
from typing import Any, Final, TextIO

from citecheck import __version__
from citecheck.execution.fingerprints import unique_fingerprints
from citecheck.home import HOME
from citecheck.model.findings import Diagnostic, Fix, Safety, Severity
from citecheck.model.results import Result, Summary
from citecheck.reports.locations import gathered, uri
from citecheck.reports.rule_page import manual
from citecheck.reports.summary import unchecked
from citecheck.reports.terminal import Screen, visible
from citecheck.rulebook.pages import Rule, rules
from citecheck.text.lines import Position
from citecheck.text.spans import Span

MOST: Final = 25_000  # results of a run
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FINGERPRINT: Final = "citecheck/v1"


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes one run: the rules that spoke, what they said, what was not read, and what is left out."""
    every, summary = gathered(results)
    found = [pair for result in every for pair in unique_fingerprints(result.diagnostics)]
    kept = found
    if len(found) > MOST:
        kept = sorted(found, key=lambda pair: -pair[1].severity.weight)[:MOST]
    codes = sorted({each.code for _, each in kept})
    places = {code: place for place, code in enumerate(codes)}
    driver = {
        "name": "citecheck",
        **({"informationUri": HOME} if HOME else {}),
        "semanticVersion": __version__,
        "rules": [_rule(rules()[code], screen) for code in codes],
    }
    unread = [(result.unread, "error" if result.failed else "warning") for result in every if result.unread is not None]
    told = [_notification(level, reason) for reason, level in unread]
    told += [_notification("note", words) for result in every for words in unchecked(result)]
    if len(found) > MOST:
        told.append(_notification("warning", f"{len(found) - MOST} results are left out: a run has at most {MOST}"))
    head = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder that citecheck was run in."}}},
        "invocations": [
            {"executionSuccessful": not any(result.failed for result in every), "toolExecutionNotifications": told}
        ],
    }
    stream.write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{dumps(head)[:-1]}, "results": [')
    stream.write(",".join(f"\n{dumps(_result(each, print_, places))}" for print_, each in kept))
    stream.write("\n]}]}\n")
    return summary


def _notification(level: str, words: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": visible(words)}}


def _rule(rule: Rule, screen: Screen) -> dict[str, Any]:
    text = manual(rule)
    url = screen.url_of(rule.code, rule.name)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": text, "markdown": text},
        **({"helpUri": url} if url else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(diagnostic: Diagnostic, print_: str, places: Mapping[str, int]) -> dict[str, Any]:
    file = _file(diagnostic.path)
    told: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": places[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": visible(diagnostic.message)},
        "locations": [_location(file, diagnostic.start, diagnostic.end)],
        "partialFingerprints": {_FINGERPRINT: print_},
    }
    if diagnostic.related:
        told["relatedLocations"] = [
            {**_location(file, each.start, each.end), "message": {"text": visible(each.message)}}
            for each in diagnostic.related
        ]
    if diagnostic.fix and diagnostic.fix.safety is Safety.SAFE:
        told["fixes"] = [_fix(diagnostic.fix, file)]
    return told


def _file(path: str) -> dict[str, str]:
    address = uri(path)
    return {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": "SRCROOT"}


def _location(file: Mapping[str, str], start: Position, end: Position) -> dict[str, Any]:
    region = {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
    return {"physicalLocation": {"artifactLocation": file, "region": region}}


def _fix(fix: Fix, file: Mapping[str, str]) -> dict[str, Any]:
    edits = [{"deletedRegion": _deleted(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    return {
        "description": {"text": visible(fix.title)},
        "artifactChanges": [{"artifactLocation": file, "replacements": edits}],
    }


def _deleted(span: Span) -> dict[str, int]:
    return {"charOffset": span.start, "charLength": span.end - span.start}
