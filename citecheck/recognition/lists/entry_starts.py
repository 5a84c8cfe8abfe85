"""Beginnings: whether a numbered line out of the order of a list begins an entry, or goes on with the one above it.

The numbers of a list need not ascend, and one may appear twice. But where the lines of an entry are broken without
being indented, one may begin with the number of a volume, an edition or a page.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from citecheck.lexicon import words_of
from citecheck.recognition.entries.dates import CALENDAR
from citecheck.recognition.lists.boundaries import blank_above, resembles_source
from citecheck.recognition.lists.entry_forms import EntryCandidate, EntryForm
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

_FURTHEST_SWAP = 3  # numbers: `1.`, `4.`, `2.`, `3.` without blank lines between them
_LONGEST_LINE = 300  # code points of an entry that tell whether it is a source
_NEAR = 2_000  # code points above a line that show how the lines of an entry are indented
_LARGEST = 999  # number out of order; a larger one is a year, or a page
# How the last line of an entry ends: with what closes a sentence, a figure, an address. Looked for from the end.
_COMPLETE = lazy_regex(
    r"(?r)(?:[.!?…)\]}>/\d\"'”’»“」』》。！？][*_`|]{0,3}|\b(?:https?://|www\.)[^\s<>]{1,300})[ \t]*\n?"
)
# How a line ends that goes on: a comma, the first half of a page range, a word or abbreviation before a number.
_GOES_ON = lazy_regex(
    r"(?r)(?:[-–,;:(&№]"
    rf"|(?<![\w/.?=&#-])(?:{words_of('entries.before_number', 'joining.and').pattern})\.?)[ \t]*\n?",
    regex.IGNORECASE,
)
_OPENS = lazy_regex(r"[*_\[({<\"'“‘«„「『《]{0,3}[\p{Lu}\p{Lo}\p{N}]|[*_<\[]{0,2}(?:https?://|www\.)")
# What is counted by a number that ends another sentence: `2. Aufl., Berlin 1999`; and a date, `4. März 2003`.
_EDITION = lazy_regex(
    rf"(?:\p{{L}}+[.,]{{0,2}}[ ]){{0,2}}(?:{words_of('entries.editions').pattern})\b", regex.IGNORECASE
)
_DATE = lazy_regex(r"(\p{L}{3,10})\.?,?[ ](?:1[4-9]|2[01])\d\d\b")
_FLUSH = lazy_re(r"\n([ \t>]*)[^\s>]")


def begins_entry(text: str, run: Sequence[EntryCandidate], entry: EntryCandidate) -> bool:
    """Whether a line begins an entry whose number does not follow that of the entry before it, the last of `run`.

    Right below other lines it does where the line above ends as entries end, and where no line of the entry before
    is as far left; or where it tells a source of its own, as that one does.
    """
    before, number = run[-1], entry.number
    last = before.number or 0
    if number is None or number > _LARGEST:
        return False
    if blank_above(text, entry.start):
        return entry.form is not EntryForm.PLAIN or number < last
    line = _line(text, entry.text_start)
    if entry.form is EntryForm.PLAIN or _GOES_ON.match(text, *_above(text, entry)) or _counts_part(line.of(text)):
        return False
    ended = _COMPLETE.match(text, *_above(text, entry)) is not None
    told = Span(before.text_start, min(entry.start, before.text_start + _LONGEST_LINE))
    if (ended or _swapped(run, number, last)) and resembles_source(text, line) and resembles_source(text, told):
        return True
    other = _above(text, before) if len(run) > 1 else line
    ended = ended or _COMPLETE.match(text, *other) is None  # no entry of the list has a full stop
    return ended and _OPENS.match(text, *line) is not None and not _runs_flush(text, before, entry)


def _above(text: str, entry: EntryCandidate) -> Span:
    """What precedes the line of an entry."""
    end = max(0, entry.start - 1)
    return Span(min(end, max(0, entry.start - _LONGEST_LINE)), end)


def _swapped(run: Sequence[EntryCandidate], number: int, last: int) -> bool:
    """Whether a number may have changed places with a neighbour, or be listed twice in a row."""
    swap = run[-_FURTHEST_SWAP - 1 :]
    again = number < last and any(number == one.number for one in swap)
    return abs(number - last) <= _FURTHEST_SWAP and not again


def _line(text: str, start: int) -> Span:
    end = text.find("\n", start, start + _LONGEST_LINE)
    return Span(start, end if end >= 0 else min(len(text), start + _LONGEST_LINE))


def _counts_part(line: str) -> bool:
    """Whether the number before these words is of an edition, a volume or a day."""
    date = _DATE.match(line)
    return (date is not None and date[1].lower() in CALENDAR) or _EDITION.match(line) is not None


def _runs_flush(text: str, before: EntryCandidate, entry: EntryCandidate) -> bool:
    """Whether an entry has lines that are not indented below its label."""
    start = max(before.text_start, entry.start - _NEAR)
    found = _FLUSH.finditer(text, start, entry.start - 1)
    return any(len(line[1]) <= before.indent for line in found)
