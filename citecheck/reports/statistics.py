"""How often each rule speaks.

12  CC101  undefined-marker    error
3  CC107  repeated-citation   warning  fixable
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from citecheck.model.findings import Severity
from citecheck.model.results import Result, Summary
from citecheck.reports.summary import Closing
from citecheck.reports.terminal import Screen
from citecheck.rulebook.pages import rules


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes a line for each rule that spoke, that which spoke most often first, then the summary."""
    closing = Closing()
    spoken: Counter[tuple[str, Severity]] = Counter()
    for result in closing.passing(results):
        spoken.update((each.code, each.severity) for each in result.diagnostics)
    book = rules()
    number = max((len(f"{count:,}") for count in spoken.values()), default=0)
    name = max((len(book[code].name) for code, _ in spoken), default=0)
    for (code, severity), count in sorted(spoken.items(), key=lambda each: (-each[1], each[0])):
        fixable = "  fixable" if book[code].fixable else ""
        painted = screen.paint(severity, f"{severity:<7}")
        line = f"{count:>{number},}  {screen.paint('code', code)}  {book[code].name:<{name}}  {painted}{fixable}"
        stream.write(line.rstrip() + "\n")
    if spoken:
        stream.write("\n")
    stream.writelines(f"{line}\n" for line in closing.lines(screen, listed=False))
    return closing.summary
