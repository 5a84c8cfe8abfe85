"""Source lists under a heading that says so, in the words of `words.py`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from citecheck.model.sources import ListKind
from citecheck.model.structure import Heading, Structure
from citecheck.recognition.lists.boundaries import (
    LARGEST_STEP,
    MARKUP,
    BoundedEntry,
    SourceListCandidate,
    addressed,
    blank_above,
    block_end,
    bounded_entries,
    line_above,
    resembles_reference,
    with_inline,
)
from citecheck.recognition.lists.entry_forms import EntryCandidate, EntryForm
from citecheck.recognition.lists.entry_starts import begins_entry
from citecheck.recognition.lists.headings import classify_heading
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

_BARE_LEVEL = 7  # a bold line or a bare `Sources:` ranks below every heading
_LONGEST_BARE_HEADING = 70  # code points
_CLOSING = tuple(":：*_")  # what closes a line that heads a list: a colon, or the end of bold type
_BULLET = lazy_regex(r"^[ \t]{0,3}[-*+•‣◦][ \t]+(?=\S)", regex.MULTILINE)
_ANNOUNCED = lazy_regex(
    r"\n[ \t>*_]*+(?P<word>\p{L}[\p{L} ]{1,30}+)[*_]{0,2}[:：][*_]{0,2}[ \t]*"
    r"(?P<label>\[(?P<number>[01])\])(?=[ \t]*[^\s,.;)\]\[])"
)
_FIRST = lazy_re(r":[*_]{0,2}[ \t]*\[[01]\]")  # the end of an announcement
_HTML_ITEM = lazy_regex(r"[ \t]*(<li\b[^<>]*>)\s*", regex.IGNORECASE)
_ARROW = lazy_regex(r"(?<=\n)[ \t]*((?:\d{1,3}\.)?[\^↑][ \t]+)(?=\S)")
_NEAR = 500  # code points below a heading
_LONGEST_LINE = 300  # code points of an entry that tell whether it is a source
_ABOUT_TITLE = "# \t>*_:："


class Region(NamedTuple):
    """What is under a heading that announces sources, to the next heading that ends it."""

    heading: Heading
    kind: ListKind
    span: Span

    @property
    def title(self) -> str:
        """The words of the heading."""
        return self.heading.title.strip(_ABOUT_TITLE)


def start_of(entry: EntryCandidate) -> int:
    """Where the line of an entry begins."""
    return entry.start


# Regions ----------------------------------------------------------------------------------------------------


def headed_regions(
    layout: Structure, candidates: Sequence[EntryCandidate], announcing: Iterable[Heading]
) -> list[Region]:
    """What is under each heading for sources: to the next one, or to a heading of the same level or a higher.

    `announcing` are the headings with their first entry on their own line.
    """
    bare = [*announcing, *_bare_headings(layout, candidates)]
    own = [heading for heading in layout.headings if _stands_alone(layout.text, heading.span.start)]
    by_start = {heading.span.start: heading for heading in [*bare, *own]}
    headings = [by_start[start] for start in sorted(by_start)]
    kinds = [classify_heading(heading.title) if not _names_code(layout, heading) else None for heading in headings]
    found: list[Region] = []
    for place, (heading, kind) in enumerate(zip(headings, kinds, strict=True)):
        if kind is None:
            continue
        end = len(layout.text)
        for later in range(place + 1, len(headings)):
            start = headings[later].span.start
            closing = headings[later].level <= heading.level or kinds[later] is not None
            if closing and not _counts_on(layout, start, candidates):
                end = start
                break
        found.append(Region(heading, kind, Span(heading.span.end, end)))
    return found


def _stands_alone(text: str, offset: int) -> bool:
    """Whether a heading is no part of a list's item: `11. ## Salts of the north`."""
    return text.startswith("<", offset) or not text[text.rfind("\n", 0, offset) + 1 : offset].strip(" \t>")


def _names_code(layout: Structure, heading: Heading) -> bool:
    """Whether a heading is the name of something in code, as of a field: `#### `references``."""
    return heading.title.islower() and "`" in heading.span.of(layout.text)


def _counts_on(layout: Structure, offset: int, candidates: Sequence[EntryCandidate]) -> bool:
    """Whether what looks like a heading of plain text continues a numbered list: `2. A history of salt`."""
    if layout.text.startswith("#", offset) or layout.links or layout.items:
        return False
    place = bisect_left(candidates, offset, key=start_of)
    if place == 0 or place == len(candidates) or candidates[place].start != offset:
        return False
    entry, before = candidates[place], candidates[place - 1]
    return entry.form is before.form is EntryForm.DOT and entry.number == (before.number or 0) + 1


def announced_regions(layout: Structure) -> Iterator[tuple[Heading, EntryCandidate]]:
    """Headings with the first entry on their own line, `Sources: [1] https://…; [2] https://…`, and that entry."""
    if not _FIRST.search(layout.text) and "：" not in layout.text:
        return
    text = "\n" + layout.text
    for found in _ANNOUNCED.finditer(text):
        start, label = found.start("word") - 1, found.start("label") - 1
        trailer = text.startswith(f"\n{found['word']}:", text.find("\n", label + 1))  # `Link: [1] …`, `Link: [2] …`
        if start not in layout.code and not trailer and classify_heading(found["word"]):
            number = Span(label + 1, label + 1 + len(found["number"]))
            bracket = Span(label, found.end("label") - 1)
            entry = EntryCandidate(EntryForm.BRACKET, ((found["number"], number),), label, bracket, bracket.end)
            yield Heading(Span(start, label), _BARE_LEVEL, found["word"]), entry


def _bare_headings(layout: Structure, candidates: Sequence[EntryCandidate]) -> Iterator[Heading]:
    """Lines that head a list without being headings: bold ones, ones with a colon, ones right above an entry."""
    text = layout.text
    seen: list[Span] = []
    start = 0
    for line in text.split("\n"):
        ends_like_one = 1 < len(line) <= _LONGEST_BARE_HEADING and line.rstrip(" \t")[-1:] in _CLOSING
        if ends_like_one and (not line.lstrip()[:1].islower() or blank_above(text, start)):
            seen.append(Span(start, start + len(line)))  # not the last words of a sentence
        start += len(line) + 1
    previous = -1
    for entry in candidates:
        above = line_above(text, entry.start) if entry.form is not EntryForm.PLAIN else None
        if above is not None and above.start > previous and above.end - above.start <= _LONGEST_BARE_HEADING:
            seen.append(above)
        previous = entry.start
    for arrow in _ARROW.finditer(text) if "^" in text or "↑" in text else ():
        above = line_above(text, arrow.start())
        if above is not None and above.end - above.start <= _LONGEST_BARE_HEADING:
            seen.append(above)
    for span in seen:
        title = span.of(text).strip(_ABOUT_TITLE)
        if span.start not in layout.code and classify_heading(title):
            yield Heading(span, _BARE_LEVEL, title)


# Lists ------------------------------------------------------------------------------------------------------


def headed_lists(
    layout: Structure, region: Region, candidates: Sequence[EntryCandidate], notes: Sequence[EntryCandidate]
) -> Iterator[SourceListCandidate]:
    """The lists of a region: a run of entries in one form is one list; `notes` are the document's footnotes."""
    if _is_manual(layout, region):
        return
    if region.kind is ListKind.FOOTNOTES:
        candidates = [entry for entry in candidates if entry.number is not None]
    runs = _runs(layout, region, candidates)
    if region.kind is ListKind.READING:  # steps may be counted far below `Resources`
        near = region.heading.span.end + _NEAR
        runs = [run for run in runs if run[0].start < near or _reads_as_sources(layout, run)]
    note = bisect_left(notes, region.span.start, key=start_of)
    has_notes = note < len(notes) and notes[note].start < region.span.end
    if not runs and not has_notes and (ordered := list(_ordered(layout, region))):
        runs = [ordered]
    if not runs and not has_notes and region.kind is not ListKind.FOOTNOTES:
        yield from _unlabelled(layout, region)
    kind = region.kind
    if kind is ListKind.FOOTNOTES:  # remarks, unless they resemble sources, or have their numbers as markers do
        cited = any(run[0].traits.bracketed or _reads_as_sources(layout, run) for run in runs)
        kind = ListKind.NUMBERED if cited else ListKind.READING
    runs = [with_inline(layout, run, region.span.end) for run in runs]
    for place, run in enumerate(runs):
        limit = runs[place + 1][0].start if place + 1 < len(runs) else region.span.end
        own = tuple(bounded_entries(layout, run, limit, annotated=True))
        start = region.heading.span.start if place == 0 else run[0].start
        yield SourceListCandidate(kind, region.title, Span(start, own[-1].span.end), own)


def _is_manual(layout: Structure, region: Region) -> bool:
    """Whether `Reference` heads a manual: the whole document, or sections of its own."""
    if region.title.casefold() != "reference":
        return False
    inner = bisect_left(layout.headings, region.heading.span.end, key=lambda heading: heading.span.start)
    below = inner < len(layout.headings) and layout.headings[inner].span.start < region.span.end
    return region.heading == layout.headings[0] or (below and layout.headings[inner].level > region.heading.level)


def _runs(layout: Structure, region: Region, candidates: Sequence[EntryCandidate]) -> list[list[EntryCandidate]]:
    """The entries of a region, as runs of one form at one indentation.

    A run after the first is a list of sources only where it resembles one: `Next steps` may be there, too.
    """
    runs: list[list[EntryCandidate]] = []
    last = {entry.form: entry.start for entry in candidates}
    for place, entry in enumerate(candidates):
        run = runs[-1] if runs else []
        following = candidates[place + 1] if place + 1 < len(candidates) else None
        if run and entry.form is run[0].form and entry.indent <= run[0].indent + 2:
            if _wrapped(layout, run, entry, following):
                continue
            if _begins_anew(layout, run[-1], entry):
                runs.append([entry])
            elif _continues(layout, run, entry):
                run.append(entry)
        elif run and (entry.start < last[run[0].form] or entry.indent > run[0].indent or entry.bulleted):
            continue  # a list inside an entry
        elif _begins_block(layout, entry, region.span.start):
            runs.append([entry])
    alone = len(runs) == 1
    kept = [run for run in runs if len(run) > 1 or (not _counts(run[0]) and (alone or run[0].number is not None))]
    return [run for place, run in enumerate(kept) if place == 0 or _reads_as_sources(layout, run)]


def _counts(entry: EntryCandidate) -> bool:
    """Whether what looks like a lone entry may be a sentence that begins with a count: `10 Years of salt were read`."""
    bare = entry.form is EntryForm.PLAIN and entry.label_span.start == entry.labels[0][1].start  # not `[^10] Title`
    return bare and entry.number not in (0, 1)


def _reads_as_sources(layout: Structure, run: Sequence[EntryCandidate]) -> bool:
    lines = (Span(entry.text_start, entry.text_start + _LONGEST_LINE) for entry in run)
    return 2 * sum(resembles_reference(layout.text, line) for line in lines) >= len(run)


def _wrapped(
    layout: Structure, run: Sequence[EntryCandidate], entry: EntryCandidate, following: EntryCandidate | None
) -> bool:
    """Whether what begins like an entry is the wrapped line of one: the next line takes up the count again."""
    if entry.label_span.start in layout.items or entry.form is EntryForm.ROW or blank_above(layout.text, entry.start):
        return False
    last = run[-1].number
    if following is None or following.form is not entry.form or last is None:
        return False
    expected = last + 1
    if entry.number == expected:
        lower = layout.text[entry.text_start : entry.text_start + 1].islower() and not addressed(layout.text, entry)
        return following.number == expected and lower
    return following.number == expected and not entry.traits.bracketed and not begins_entry(layout.text, run, entry)


def _begins_anew(layout: Structure, before: EntryCandidate, entry: EntryCandidate) -> bool:
    """Whether the count begins again after text that belongs to no entry."""
    if entry.number is None or before.number is None or entry.number > before.number:
        return False
    if entry.number not in (0, 1):
        return False
    end = block_end(layout.text, before.text_start, entry.start, before.indent)
    return bool(layout.text[end : entry.start].strip(" \t\n\f>"))


def _begins_block(layout: Structure, entry: EntryCandidate, start: int) -> bool:
    """Whether a paragraph or a list item begins with the entry."""
    if entry.bulleted or entry.label_span.start in layout.items or entry.form is EntryForm.ROW:
        return True
    if "<" in layout.text[entry.start : entry.label_span.start]:
        return True  # in an element of its own
    above = line_above(layout.text, entry.start)
    if above is None or above.start < start or blank_above(layout.text, entry.start):
        return True
    return MARKUP.fullmatch(layout.text, *above) is not None


def _continues(layout: Structure, run: Sequence[EntryCandidate], entry: EntryCandidate) -> bool:
    """Whether an entry of the same form goes on with a run, rather than being a wrapped line of it."""
    if entry.label_span.start in layout.items:
        return not run[-1].bulleted or entry.bulleted
    if entry.traits.plain_label and entry.indent <= run[0].indent + 1:
        return layout.text[entry.text_start : entry.text_start + 1] not in ".,;)"
    number, before = entry.number, run[-1].number
    if number is None or before is None:
        return False
    return before <= number <= before + LARGEST_STEP or begins_entry(layout.text, run, entry)


def _ordered(layout: Structure, region: Region) -> Iterator[EntryCandidate]:
    """Entries numbered by their order alone: items of an HTML list, lines after the arrow of a web page's copy."""
    item = _HTML_ITEM if "<ol" in region.span.of(layout.text) else _ARROW
    for number, found in enumerate(item.finditer(layout.text, *region.span), start=1):
        place = Span(found.start(1), found.end())
        yield EntryCandidate(EntryForm.ANCHOR, ((str(number), place),), found.start(1), place, found.end())


def _unlabelled(layout: Structure, region: Region) -> Iterator[SourceListCandidate]:
    """A list whose entries carry no label: bullets, or paragraphs that resemble sources."""
    text, start, end = layout.text, region.span.start, region.span.end
    starts = [found.start() for found in _BULLET.finditer(text, start, end) if found.start() not in layout.code]
    if starts:
        spans = [Span(a, b) for a, b in zip(starts, [*starts[1:], end], strict=True)]
    else:
        first = bisect_left(layout.blocks, start, key=lambda block: block.span.start)
        last = bisect_left(layout.blocks, end, lo=first, key=lambda block: block.span.start)
        spans = [block.span for block in layout.blocks[first:last] if resembles_reference(text, block.span)]
    leading = sum("](" in span.of(text) or resembles_reference(text, span) for span in spans)
    if not leading or (region.kind is ListKind.READING and 2 * leading < len(spans)):
        return  # `Resources` may be anything, and so may `Sources` where nothing looks like one
    own = []
    for span in spans:
        stop = block_end(text, span.start, span.end, 0)
        bullet = _BULLET.match(text, span.start)
        own.append(BoundedEntry(None, Span(span.start, stop), Span(bullet.end() if bullet else span.start, stop)))
        if bullet and region.heading.level == _BARE_LEVEL and text[stop : span.end].strip():
            break  # what follows is another paragraph, and a line that is no heading announces no more than one list
    kind = region.kind if region.kind is ListKind.READING else ListKind.UNLABELLED
    yield SourceListCandidate(kind, region.title, Span(region.heading.span.start, own[-1].span.end), tuple(own))
