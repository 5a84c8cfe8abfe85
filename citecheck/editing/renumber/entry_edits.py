"""Entries written with other numbers, moved to other places, taken out."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from citecheck.editing.edits import apply
from citecheck.editing.renumber.digits import like
from citecheck.editing.renumber.errors import RenumberError
from citecheck.editing.renumber.plans import blocks, numbered
from citecheck.lexicon import words_of
from citecheck.model.citations import Key
from citecheck.model.document import Document
from citecheck.model.findings import Edit
from citecheck.model.sources import Source, SourceList
from citecheck.model.structure import Structure
from citecheck.readers import readable
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span, SpanSet

_BETWEEN = lazy_regex(r"[\s|>]*")
_GAP = lazy_regex(r"\d+\\?[\])）.．、:：]*(?P<gap>[ \t]+)(?=\S)")
_FOREIGN = lazy_regex(  # paragraphs, code, tables, headings, and a quotation after what is none
    r"\n[ \t]*\r?\n(?![\s|>]|<?https?://)|\n(?:```|~~~|\||#{1,6}[ \t])|\A(?![ \t]*>)(?s:.*?)\n>"
)
# What says of the entry before it that its work, or its author, is meant again (Chicago 14.34, 14.67).
_AGAIN = words_of("entries.again").across_lines()
_TIED = lazy_regex(
    r"(?:<\w{1,2}>|[*_(\[“\"]){0,3}"
    rf"(?:(?:{_AGAIN.spaced})(?!\w)|{_AGAIN.unspaced}|⸻|[—–―⸺]{{2,}}|-{{3,}}|_{{3,}})",
    regex.IGNORECASE,
)
# What begins with a number: a wrapped line, or an entry that was read as one.
_NUMBERED_LINE = lazy_re(r"\n[ \t>|*+-]*(?:\d|[\[(（［【]\d{1,3}[\])）］】]|\^\d)")
_TAG = lazy_regex(
    r"<(/?)(a|b|blockquote|center|details|div|em|font|footer|i|ol|section|small|span|strong|sub|sup|table|tbody|ul)\b[^<>]*>",
    regex.IGNORECASE,
)
_WIDEST_GAP = 4  # spaces between a number and its text; with more, CommonMark reads code


class Entry(NamedTuple):
    """An entry with its sources: the lines that it is on, without their last ending."""

    span: Span
    sources: Sequence[Source]

    def first(self, numbers: Mapping[Key, int]) -> int | None:
        """The lowest of its new numbers; None where its labels are words."""
        return min((numbers.get(key, int(key.label)) for key in numbered(self.sources)), default=None)


def entries(document: Document, listing: SourceList) -> list[Entry]:
    """The entries of a list."""
    lines = document.lines
    starts = [lines.line(lines.position(block[0].span.start).line).start for block in blocks(listing)]
    return [Entry(Span(start, block[0].span.end), block) for start, block in zip(starts, blocks(listing), strict=True)]


def label_edits(document: Document, listing: SourceList, numbers: Mapping[Key, int]) -> Iterator[Edit]:
    """The edits that write the labels of a list's entries with their new numbers."""
    own = entries(document, listing)
    for source in listing.sources:
        if source.key in numbers and source.label_span.of(document.text).startswith("<"):
            raise RenumberError(f"HTML counts the entry on line {_line(document, own[0])} and those after it itself")
    if _counted(document, own):
        yield from _counted_edits(document, own, numbers)
        return
    aligned = _aligned(document, own)
    for entry in own:
        sources = [each for each in entry.sources if each.key in numbers and (each.label or "").isdecimal()]
        values = [numbers[each.key] for each in sources if each.key is not None]
        if [int(each.label or 0) for each in sources] == sorted(int(each.label or 0) for each in sources):
            values.sort()
        for source, number in zip(sources, values, strict=True):
            written = source.label_span.of(document.text)
            new = like(written, number)
            if new != written:
                yield Edit(source.label_span, new)
            if len(new) != len(written) and len(entry.sources) == 1:
                yield from _indented(document, entry, source, len(new) - len(written), aligned=aligned)


def _counted(document: Document, own: Sequence[Entry]) -> bool:
    """Whether all entries are written with one number, and Markdown counts them: `1.` `1.` `1.`."""
    written = {source.label_span.of(document.text) for entry in own for source in entry.sources}
    return len(own) > 1 and len(written) == 1 and all(entry.sources[0].rendered is not None for entry in own)


def _counted_edits(document: Document, own: Sequence[Entry], numbers: Mapping[Key, int]) -> Iterator[Edit]:
    """The edits for entries that Markdown counts: only where they begin can be written."""
    new = sorted(number for entry in own if (number := entry.first(numbers)) is not None)
    if any(second != first + 1 for first, second in pairwise(new)):
        raise RenumberError(
            "Markdown counts the entries itself, since all are written with one number; number them first"
        )
    for source in (entry.sources[0] for entry in own):
        if int(source.label_span.of(document.text)) != new[0]:
            yield Edit(source.label_span, str(new[0]))


def _aligned(document: Document, own: Sequence[Entry]) -> bool:
    """Whether the texts of the entries begin in one column, below labels of several widths."""
    widths = {len(entry.sources[0].label_span.of(document.text)) for entry in own}
    columns = {entry.sources[0].text_span.start - entry.span.start for entry in own}
    return len(widths) > 1 and len(columns) == 1


def _indented(document: Document, entry: Entry, source: Source, wider: int, *, aligned: bool) -> Iterator[Edit]:
    """The edits that keep an entry's text where it is, below a label of another width.

    In Markdown the later lines of an item belong to it by their indentation, so that they follow where it cannot stay.
    """
    gap = _GAP.match(document.text, source.label_span.start, entry.span.end)
    if gap is None or gap.end() != source.text_span.start:
        return
    column = gap.end() - entry.span.start
    later = [span for span in _later_lines(document, entry) if _indent(document, span) >= column]
    if not aligned and (source.rendered is None or not later):
        return
    room = len(gap["gap"])
    if room - wider >= 1 and (aligned or room - wider <= _WIDEST_GAP):
        yield Edit(Span(*gap.span("gap")), " " * (room - wider))
    elif wider > 0 and source.rendered is not None:
        for span in later:
            yield Edit(Span(span.start, span.start), " " * wider)


def _later_lines(document: Document, entry: Entry) -> Iterator[Span]:
    lines = document.lines
    first, last = (lines.position(offset).line for offset in entry.span)
    for number in range(first + 1, last + 1):
        line = lines.line(number)
        if line.of(document.text).strip():
            yield line


def _indent(document: Document, line: Span) -> int:
    text = line.of(document.text)
    return len(text) - len(text.lstrip(" "))


def ordered(
    document: Document, layout: Structure, listing: SourceList, numbers: Mapping[Key, int], edits: Sequence[Edit]
) -> Iterator[Edit]:
    """The edits that put a list's entries in the order of their numbers, each as other edits leave it.

    What comes between the entries stays where it is. Raises Refused where something would move along unseen.
    """
    own = [entry for entry in entries(document, listing) if entry.first(numbers) is not None]
    wanted = [entry for run in _runs(own) for entry in sorted(run, key=lambda entry: entry.first(numbers) or 0)]
    if wanted == own:
        return
    _refuse_immovable(document, layout, listing, own)
    for slot, entry in zip(own, wanted, strict=True):
        new = _as_edited(document.text, entry.span, edits)
        if slot is not entry:
            yield Edit(slot.span, new)


def _runs(own: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Entries up to where a label comes again: the definitions below a list repeat its numbers."""
    run: list[Entry] = []
    seen: set[Key] = set()
    for entry in own:
        keys = set(numbered(entry.sources))
        if keys & seen:
            yield run
            run, seen = [], set()
        run.append(entry)
        seen |= keys
    yield run


def _as_edited(text: str, span: Span, edits: Sequence[Edit]) -> str:
    first, last = (bisect_left(edits, bound, key=lambda edit: edit.span.start) for bound in (span.start, span.end + 1))
    inner = [
        Edit(Span(edit.span.start - span.start, edit.span.end - span.start), edit.text)
        for edit in edits[first:last]
        if span.covers(edit.span)
    ]
    return apply(span.of(text), inner)


def _refuse_immovable(document: Document, layout: Structure, listing: SourceList, own: Sequence[Entry]) -> None:
    """Entries that something comes between, or within which something is that is not theirs, stay."""
    advice = "keep their order, with --keep-order or --by list"
    for first, second in pairwise(entries(document, listing)):
        between = Span(first.span.end, max(first.span.end, second.span.start))
        if not _BETWEEN.fullmatch(between.of(document.text)):
            what = "a page break or a fence" if _BETWEEN.fullmatch(between.of(layout.text)) else "text"
            raise RenumberError(f"{what} is between the entries on lines {_lines(document, first, second)}; {advice}")
    headings = SpanSet(heading.span for heading in layout.headings)
    for entry in own:
        line = _line(document, entry)
        if _is_tied(entry):
            raise RenumberError(f"the entry on line {line} refers to the one before it; {advice}")
        seen, written = entry.span.of(layout.text), readable(entry.span.of(document.text))
        if seen.strip() != written.strip():
            raise RenumberError(f"a page break or a fence cuts the entry on line {line}; {advice}")
        _refuse_foreign(document, headings, entry, f"; {advice}")


def _refuse_foreign(document: Document, headings: SpanSet, entry: Entry, advice: str = "") -> None:
    """What follows an entry and is not indented may be its own or not."""
    if headings.touches(entry.span) or _FOREIGN.search(entry.span.of(document.text)):
        raise RenumberError(
            f"after the entry on line {_line(document, entry)} there is text that need not be its own{advice}"
        )


def _is_tied(entry: Entry) -> bool:
    """Whether an entry means the one before it: `Ibid., p. 4`."""
    return _TIED.match(entry.sources[0].text) is not None


def _lines(document: Document, first: Entry, second: Entry) -> str:
    return f"{_line(document, first)} and {_line(document, second)}"


def _line(document: Document, entry: Entry) -> str:
    return document.line_of(entry.sources[0].span.start)


def removals(document: Document, layout: Structure, dropped: Iterable[Span]) -> Iterator[Edit]:
    """The edits that take out entries with their lines, and one of the two blank lines about them.

    Raises Refused where an entry stays that mentions one that goes, and where half of a pair of tags would go, or
    something that is not theirs.
    """
    gone = set(dropped)
    headings = SpanSet(heading.span for heading in layout.headings)
    for listing in document.source_lists:
        own = entries(document, listing)
        going = {entry.span for entry in own if entry.sources[0].span in gone}
        for entry in own:
            if entry.span in going:
                refuse_entangled(document, headings, entry)
        for first, second in pairwise(own):
            if first.span in going and second.span not in going and _is_tied(second):
                raise RenumberError(f"the entry on line {_line(document, second)} refers to the one before it")
        for span in _joined(document.text, sorted(going)):
            yield Edit(_with_blank(document, span), "")


def refuse_entangled(document: Document, headings: SpanSet, entry: Entry) -> None:
    """Raises Refused where the lines of an entry may not be its own alone.

    Tags come in pairs, and no line begins with a number, which may be an entry itself.
    """
    text, line = entry.span.of(document.text), _line(document, entry)
    if _tears_tags(text):
        raise RenumberError(f"tags about the entry on line {line} enclose more than the entry")
    if _NUMBERED_LINE.search(text):
        raise RenumberError(f"a line of the entry on line {line} begins with a number, and may be an entry of its own")
    _refuse_foreign(document, headings, entry)


def _tears_tags(text: str) -> bool:
    """Whether some tag is opened and not closed there, or the other way round."""
    opened: Counter[str] = Counter()
    for closing, name in _TAG.findall(text):
        opened[name.lower()] += -1 if closing else 1
    return any(opened.values())


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans of lines in their order, those as one that nothing but blank lines parts."""
    joined: list[Span] = []
    for span in spans:
        if joined and _BETWEEN.fullmatch(text, joined[-1].end, span.start):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _with_blank(document: Document, span: Span) -> Span:
    """The lines of entries to be taken out; those before them keep the ending of the text's last line."""
    lines, text = document.lines, document.text
    last = lines.line(lines.position(span.end).line)
    if last.end == len(text):
        kept = len(text[: span.start].rstrip())
        return Span(kept, len(text.rstrip()) if text[last.start :].strip() else span.end)
    number = lines.position(span.start).line
    above = lines.line(number - 1).of(text) if number > 1 else ""
    below = lines.line(lines.position(last.end).line)
    end = below.end if not above.strip() and not below.of(text).strip() else last.end
    return Span(span.start, end)
