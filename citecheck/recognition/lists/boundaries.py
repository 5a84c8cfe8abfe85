"""Where entries are and end: lines above, blank lines, hanging paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from citecheck.model.sources import ListKind
from citecheck.model.structure import Structure
from citecheck.recognition.lists.entry_forms import EntryCandidate, EntryForm
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

_LONGEST_ENTRY = 1_000  # code points in which the label of a next entry is looked for
LARGEST_STEP = 40  # labels; two neighbours of one list are never further apart

_BLANK = lazy_regex(r"(?:\n[ \t\f>]*+(?=\n|\Z))++\n?\f*+")  # all blank lines, to the next that is not
RULE = lazy_regex(r"[ \t]*+(?:[-*_=~][ \t]*+){3,}+")
_ADDRESS_START = lazy_regex(
    r"[ \t]*+(?:<|\[)?(?:https?://|www\.|ftp://|doi:|\.{1,2}/[\w-]"
    r"|[\w-]{1,60}(?:\.[\w-]{1,60}){0,3}+(?<=\.(?:com|org|net|io|gov|edu))(?=/|[ \t]*+$)"
    r"|(?:commit )?+(?=[a-f]{0,9}\d)(?=\d{0,9}[a-f])[\da-f]{7,40}+(?=[ ]\(|[ \t]*+$))",
    regex.IGNORECASE | regex.MULTILINE,
)
_PARTING = (" ", ";", "<br>", "<br/>", "<br />")  # before an entry in the middle of a line
_PARTED = lazy_regex(r"(?r)(?:[\s,;|·•]|<br ?/?>)++\Z", regex.IGNORECASE)
_ITEM = lazy_regex(r"\n([ \t>]*+)(?:[-*+]|\d{1,3}[.)])[ \t]")
_INK = lazy_re(r"\S")
# A line of nothing but tags and comments; an address is none, `<https://…>`.
MARKUP = lazy_regex(r"[ \t>]*+(?:(?:</?\p{L}\w{0,9}(?:\s[^<>\n]{0,200})?>|<!--[^<>\n]{0,200}-->)[ \t]*+)++")
_QUOTED = lazy_regex(r"[“\"«„《][^”\"»“》\n]{10,200}[”\"»“》]")
_SOURCE_LIKE = lazy_regex(
    r"https?://|\b(?:www\.|doi\b|10\.\d{4}|(?:1[5-9]|20)\d\d[a-z]?\b|ISBN\b|et al\b"
    r"|(?=[a-f]{0,9}\d)(?=\d{0,9}[a-f])[\da-f]{10,40}\b"  # a commit
    r"|arXiv\b|pp?\.\s?\d|RFC\s?\d|[\w-]{1,60}\.(?:com|org|net|io|gov|edu|int|de|uk|fr|cn|jp|ru)/)",
    regex.IGNORECASE,
)


class BoundedEntry(NamedTuple):
    """An entry with its end: the span of all of it and the span of its text."""

    entry: EntryCandidate | None
    span: Span
    text: Span


class SourceListCandidate(NamedTuple):
    """A source list as written, before its labels are joined with anything."""

    kind: ListKind
    heading: str | None
    span: Span
    listed: tuple[BoundedEntry, ...]

    @property
    def labels(self) -> list[str]:
        """The labels of its entries, as written."""
        return [label for one in self.listed if one.entry for label, _ in one.entry.labels]

    @property
    def label_spans(self) -> list[Span]:
        """Where its labels are, in the same order."""
        return [span for one in self.listed if one.entry for _, span in one.entry.labels]


def bounded_entries(
    layout: Structure, run: Sequence[EntryCandidate], limit: int, *, annotated: bool
) -> Iterator[BoundedEntry]:
    """The entries of a run with their ends, none beyond the limit.

    In an annotated list all between two entries belongs to the first; elsewhere an entry ends at a blank line. A
    definition of a link belongs to none.
    """
    for place, entry in enumerate(run):
        if entry.text_end is not None:
            text = Span(entry.text_start, entry.text_end)
            label = entry.label_span
            yield BoundedEntry(entry, Span(min(text.start, label.start), max(text.end, label.end)), text)
            continue
        last = place + 1 == len(run)
        stop = limit if last else run[place + 1].start
        following = bisect_right(layout.definitions, entry.text_start, key=lambda definition: definition.span.start)
        if following < len(layout.definitions):
            stop = min(stop, layout.definitions[following].span.start)
        end = block_end(layout.text, entry.text_start, stop, entry.indent) if last or not annotated else stop
        end = _without_margin(layout.text, entry.text_start, _before_outer_item(layout.text, entry, end))
        in_line = not last and "\n" not in layout.text[end:stop]
        if in_line and (sign := _PARTED.search(layout.text, entry.text_start, end)):
            end = sign.start()
        end = max(end, entry.label_span.end)
        start = _INK.search(layout.text, entry.text_start, end)
        yield BoundedEntry(entry, Span(entry.label_span.start, end), Span(start.start() if start else end, end))


def _before_outer_item(text: str, entry: EntryCandidate, end: int) -> int:
    """The end, no further than where a list goes on that the list of sources is in an item of."""
    outer = (found for found in _ITEM.finditer(text, entry.text_start, end) if len(found[1]) < entry.indent)
    return next((found.start() for found in outer), end)


def _without_margin(text: str, start: int, end: int) -> int:
    """The end without space, and without lines of markup that are nothing of the entry: `<a id="s2"></a>`, `</div>`."""
    while True:
        while end > start and _is_margin(text, end - 1):
            end -= 1
        line = text.rfind("\n", start, end) + 1
        if not line or not MARKUP.fullmatch(text, line, end):
            return end
        end = line


def _is_margin(text: str, offset: int) -> bool:
    """Whether nothing of an entry's words is there: space, the edge of a table, the sign of a quotation."""
    character = text[offset]
    return character in " \t\n\f|" or (character == ">" and text[max(0, offset - 1) : offset] in ("", "\n", ">", " "))


def with_inline(layout: Structure, run: Sequence[EntryCandidate], limit: int) -> list[EntryCandidate]:
    """The run with those entries that begin in the middle of a line: `[1] A. [2] B`."""
    whole: list[EntryCandidate] = []
    for entry, following in zip(run, [*(entry.start for entry in run[1:]), limit], strict=True):
        whole.append(entry)
        at = entry.text_start
        stop = block_end(layout.text, at, following, entry.indent)
        while entry.form is EntryForm.BRACKET and whole[-1].number is not None:
            mark = f"[{whole[-1].number + 1}]"
            place = layout.text.find(mark, at, min(stop, at + _LONGEST_ENTRY))
            parted = layout.text.endswith(_PARTING, 0, place)
            if place < 0 or not parted or (stop < limit and place > stop - len(mark) - 2):
                break
            at = place + len(mark) + 1
            inner = Span(place + 1, place + len(mark) - 1)
            label = Span(place, place + len(mark))
            whole.append(EntryCandidate(EntryForm.BRACKET, ((mark[1:-1], inner),), place, label, at, entry.indent))
    numbers = [entry.number for entry in whole]
    return whole if len(set(numbers)) == len(numbers) else list(run)


def block_end(text: str, start: int, limit: int, indent: int) -> int:
    """Where an entry's text ends: at a blank line, unless what follows is indented further, or is its address."""
    blank = _BLANK.search(text, start, limit)
    if blank is None:
        return limit
    empty = not text[start : blank.start()].strip()
    while blank is not None:
        line_end = text.find("\n", blank.end(), limit)
        line = text[blank.end() : limit if line_end < 0 else line_end]
        deeper = len(line) - len(line.lstrip(" \t>")) > indent
        belongs = deeper or _ADDRESS_START.match(line) or (empty and line[:1] not in "#[(|")
        if not line.strip() or not belongs or RULE.fullmatch(line):
            return blank.start()
        empty = False
        blank = _BLANK.search(text, blank.end(), limit)
    return limit


def line_above(text: str, offset: int) -> Span | None:
    """The nearest line above an offset that is not blank, unless more than two blank lines lie between."""
    end = offset
    while end and text[end - 1] in " \t\n":
        end -= 1
    if not end or text.count("\n", end, offset) > 3:
        return None
    return Span(text.rfind("\n", 0, end) + 1, end)


def blank_above(text: str, offset: int) -> bool:
    """Whether the line above is blank, or there is none."""
    end = max(0, offset - 1)
    return not text[text.rfind("\n", 0, end) + 1 : end].strip(" \t\f>")


def below_rule(text: str, offset: int) -> bool:
    """Whether a rule of underscores is above in the same paragraph: printed pages have their notes below it."""
    rule = text.rfind("\n__________", max(0, offset - 1_000), offset)
    return rule >= 0 and _BLANK.search(text, rule, offset - 1) is None


def resembles_reference(text: str, span: Span) -> bool:
    """Whether the words have something that sources have: a title in quotes, or what `tells_a_source` asks for."""
    return resembles_source(text, span) or _QUOTED.search(text, span.start, span.end) is not None


def resembles_source(text: str, span: Span) -> bool:
    """Whether the words have something that hardly anything but a source has: an address, a year, a name, pages."""
    return _SOURCE_LIKE.search(text, span.start, span.end) is not None


def addressed(text: str, entry: EntryCandidate) -> bool:
    """Whether the text of an entry begins with an address, or with the name of a commit."""
    return begins_with_address(text, Span(entry.text_start, len(text)))


def begins_with_address(text: str, span: Span) -> bool:
    """Whether the words begin with an address, or with the name of a commit."""
    return _ADDRESS_START.match(text, span.start, span.end) is not None
