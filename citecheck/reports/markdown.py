"""A table in Markdown, for a job's summary or a comment on a change.

The worst come first. GitHub takes comments of 65,536 characters, so the table ends before that, and its last line says
how many findings it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TextIO

from citecheck.model.findings import Diagnostic, counted
from citecheck.model.results import Result, Summary
from citecheck.reports.locations import by_severity, gathered, relative
from citecheck.reports.summary import tally
from citecheck.reports.terminal import Screen, visible
from citecheck.text.patterns import lazy_regex

_ROOM: Final = 60_000  # characters for rows
_SPECIAL: Final = lazy_regex(r"[\\`*_{}\[\]<>()#+!|~$&@]|:(?!\d)|(?<=www)\.")  # all that means something
_HEAD: Final = "| place | severity | rule | what is wrong |\n| :-- | :-- | :-- | :-- |\n"


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes the summary, a row for each diagnostic as far as there is room, and how many rows are left out."""
    every, summary = gathered(results)
    stream.write(f"**citecheck**: {tally(summary)}\n")
    rows = [_row(each, screen) for each in by_severity(each for result in every for each in result.diagnostics)]
    kept, room = 0, _ROOM
    while kept < len(rows) and (room := room - len(rows[kept])) >= 0:
        kept += 1
    if rows:
        stream.write("\n" + _HEAD + "".join(rows[:kept]))
    if more := len(rows) - kept:
        stream.write(f"\nand {counted(more, 'more finding')}, which do not fit here\n")
    return summary


def _row(diagnostic: Diagnostic, screen: Screen) -> str:
    place = as_words(f"{relative(diagnostic.path)}:{diagnostic.place}")
    url = screen.url_of(diagnostic.code, diagnostic.rule)
    rule = f"{f'[{diagnostic.code}](<{url}>)' if url else diagnostic.code} {diagnostic.rule}"
    return f"| {place} | {diagnostic.severity} | {rule} | {as_words(diagnostic.message)} |\n"


def as_words(words: str) -> str:
    """Words that are nothing but words: each sign that could mean anything is as a character reference."""
    return _SPECIAL.sub(lambda sign: f"&#{ord(sign[0])};", visible(words))
