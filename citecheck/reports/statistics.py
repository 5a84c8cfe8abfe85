"""How many findings there are of each rule, of all findings how many per cent, and in how many documents.

12  80 %  CC101  undefined-marker   error    3 documents
 3  20 %  CC107  repeated-citation  warning  1 document   3 fixable
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from json import dumps
from typing import TextIO

from citecheck import __version__
from citecheck.model.findings import Safety, Severity, counted
from citecheck.model.results import Result, Summary
from citecheck.reports.json import unread
from citecheck.reports.summary import Closing
from citecheck.reports.terminal import Screen


@dataclass
class _Count:
    """What was found of a rule, at one severity."""

    code: str
    rule: str
    severity: Severity
    findings: int = 0
    documents: int = 0
    fixable: dict[Safety, int] = field(default_factory=lambda: dict.fromkeys(Safety, 0))


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes a line for each rule, that with most findings first, then the summary."""
    closing = Closing()
    counts = _counted(closing.passing(results))
    total = sum(each.findings for each in counts)
    rows = [
        (
            f"{each.findings:,}",
            _shown(_percent(each, total)),
            each.code,
            each.rule,
            each.severity,
            counted(each.documents, "document"),
            f"{sum(each.fixable.values()):,} fixable" if any(each.fixable.values()) else "",
        )
        for each in counts
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for findings, share, code, rule, severity, documents, fixable in rows:
        number, percent, _, name, weight, place, _ = widths
        painted = screen.paint(severity, f"{severity:<{weight}}")
        head = f"{findings:>{number}}  {share:>{percent}}  {screen.rule(code, code, rule)}  {rule:<{name}}"
        stream.write(f"{head}  {painted}  {documents:<{place}}  {fixable}".rstrip() + "\n")
    if rows:
        stream.write("\n")
    stream.writelines(f"{line}\n" for line in closing.lines(screen, listed=False))
    return closing.summary


def write_json(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes one object: the version of citecheck, an object for each rule, the summary, and what could not be read."""
    closing, failed = Closing(), []

    def passing() -> Iterable[Result]:
        for result in closing.passing(results):
            failed.extend(unread(result))
            yield result

    counts = _counted(passing())
    total = sum(each.findings for each in counts)
    told = [
        {
            "code": each.code,
            "rule": each.rule,
            "severity": each.severity,
            "findings": each.findings,
            "percent": round(_percent(each, total), 1),
            "documents": each.documents,
            "safe_fixes": each.fixable[Safety.SAFE],
            "unsafe_fixes": each.fixable[Safety.UNSAFE],
            "url": screen.url_of(each.code, each.rule),
        }
        for each in counts
    ]
    summary = closing.summary
    whole = {"version": __version__, "statistics": told, "summary": summary._asdict(), "unread": failed}
    stream.write(dumps(whole, indent=2) + "\n")
    return summary


def _counted(results: Iterable[Result]) -> list[_Count]:
    """What was found of each rule, that with most findings first."""
    counts: dict[tuple[str, Severity], _Count] = {}
    for result in results:
        met = set()
        for each in result.diagnostics:
            key = each.code, each.severity
            count = counts.setdefault(key, _Count(each.code, each.rule, each.severity))
            count.findings += 1
            if each.fix:
                count.fixable[each.fix.safety] += 1
            met.add(key)
        for key in met:
            counts[key].documents += 1
    return sorted(counts.values(), key=lambda each: (-each.findings, each.code))


def _shown(percent: float) -> str:
    return f"{percent:.0f} %" if percent >= 1 else "<1 %"


def _percent(count: _Count, total: int) -> float:
    return 100 * count.findings / total
