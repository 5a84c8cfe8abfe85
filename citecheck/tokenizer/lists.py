"""Source lists: which of the lines that begin like an entry belong to a list of sources, and where each entry ends.

Three things make a list: a heading in the words for it, definitions (`[^1]: …`, `[1]: https://…`) wherever they
stand, and a run of numbered entries that the text before it cites.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from citecheck.document import ListKind
from citecheck.formats.layout import Heading, Layout
from citecheck.text import Span
from citecheck.tokenizer.entries import Entry, Form, entries
from citecheck.tokenizer.marks import Mark, Standing
from citecheck.tokenizer.words import list_kind

_BARE_LEVEL = 7  # a bold line or a bare `Sources:` ranks below every heading
_HEADED_FORMS = frozenset({Form.ROW, Form.PLAIN, Form.ANCHOR})  # entries only below a heading for sources
_LARGEST_STEP = 40  # labels; two neighbours of one list are never further apart
_LINE_CLOSING = regex.compile(r"(?:[:：]|\*\*|__)[ \t]*(?:\n|\Z)")  # noqa: RUF001 - of a bold line, or one with a colon
_LONGEST_BARE_HEADING = 70  # code points
_BULLET = regex.compile(r"^[ \t]{0,3}[-*+•‣◦][ \t]+(?=\S)", regex.MULTILINE)
_BLANK = regex.compile(r"\n[ \t\f>]*(?=\n|\Z)")
_RULE = regex.compile(r"[ \t]*(?:[-*_=~][ \t]*){3,}", regex.MULTILINE)
_KEY_LABEL = regex.compile(r"(?=[^\W_])(?=.*[\p{Lu}\p{Lo}\d])[\p{L}\d][\p{L}\d.+:/&'’\-_ ]{0,30}")  # noqa: RUF001
_ADDRESS_START = regex.compile(r"[ \t]*(?:<|\[)?(?:https?://|www\.|ftp://|doi:)", regex.IGNORECASE)
SOURCE_LIKE = regex.compile(
    r"https?://|\bwww\.|\bdoi\b|\b10\.\d{4}|\b(?:1[5-9]|20)\d\d\b|[“\"«„《].{10,200}[”\"»“》]|\bISBN\b|\bet al\b|\barXiv\b|\bpp?\.\s?\d"  # noqa: RUF001
    r"|\bRFC\s?\d|\b[\w-]+\.(?:com|org|net|io|gov|edu|int|de|uk|fr|cn|jp|ru)/",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry with its end: the span of all of it and the span of its text."""

    entry: Entry | None
    span: Span
    text: Span


@dataclass(frozen=True, slots=True)
class Listing:
    """A source list as written, before its labels are joined with anything."""

    kind: ListKind
    heading: str | None
    span: Span
    listed: tuple[Listed, ...]

    @property
    def labels(self) -> list[str]:
        """The labels of its entries, as written."""
        return [label for one in self.listed if one.entry for label, _ in one.entry.labels]


@dataclass(frozen=True, slots=True)
class _Region:
    """What stands under a heading that announces sources."""

    heading: Heading
    kind: ListKind
    span: Span


def listings(layout: Layout, marks: Sequence[Mark]) -> list[Listing]:
    """Every source list of a text, in reading order."""
    every = list(entries(layout))
    notes = [entry for entry in every if entry.form is Form.NOTE]
    others = [entry for entry in every if entry.form is not Form.NOTE and _may_label(entry, layout)]
    regions = _regions(layout, others)
    found: list[Listing] = []
    free: list[Entry] = []
    taken = 0
    for region in regions:
        first = bisect_left(others, region.span.start, lo=taken, key=_start)
        last = bisect_left(others, region.span.end, lo=first, key=_start)
        free += others[taken:first]
        taken = last
        found += _under_heading(layout, region, others[first:last], notes)
    free += others[taken:]
    found += _without_heading(layout, [entry for entry in free if entry.form not in _HEADED_FORMS], marks, found)
    found += _footnotes(layout, notes, regions)
    return sorted(_without_doubles(found), key=lambda listing: listing.span)


def _start(entry: Entry) -> int:
    return entry.start


def _may_label(entry: Entry, layout: Layout) -> bool:
    """Whether the label can be one at all: `[Title](address)` and `[x] done` begin no labelled entry."""
    if entry.form is not Form.BRACKET or entry.number is not None:
        return True
    label = entry.labels[0][0]
    return (
        len(label) > 1
        and len(entry.labels) == 1
        and not layout.text.startswith("](", entry.labels[0][1].end)
        and not (entry.colon and layout.definitions)  # a named link definition is a link, no source
        and len(label.split()) <= 3
        and _KEY_LABEL.fullmatch(label) is not None
    )


# Under a heading --------------------------------------------------------------------------------------------


def _regions(layout: Layout, candidates: Sequence[Entry]) -> list[_Region]:
    headings = sorted({heading.span.start: heading for heading in [*_bare_headings(layout, candidates), *layout.headings]}.values(), key=lambda heading: heading.span)
    kinds = [list_kind(heading.title) for heading in headings]
    regions: list[_Region] = []
    for place, (heading, kind) in enumerate(zip(headings, kinds, strict=True)):
        if kind is None:
            continue
        following = zip(headings[place + 1 :], kinds[place + 1 :], strict=True)
        ends = (other.span.start for other, other_kind in following if other.level <= heading.level or other_kind)
        end = next(
            (end for end in ends if not _numbered_entry(layout, end, candidates)),
            len(layout.text),
        )
        regions.append(_Region(heading, kind, Span(heading.span.end, end)))
    return regions


def _numbered_entry(layout: Layout, offset: int, candidates: Sequence[Entry]) -> bool:
    """Whether what looks like a heading of plain text continues a numbered list: `2. A history of salt`."""
    if layout.text.startswith("#", offset) or layout.links or layout.items:
        return False
    place = bisect_left(candidates, offset, key=_start)
    if place == 0 or place == len(candidates) or candidates[place].start != offset:
        return False
    entry, before = candidates[place], candidates[place - 1]
    return entry.form is before.form is Form.DOT and entry.number == (before.number or 0) + 1


def _bare_headings(layout: Layout, candidates: Sequence[Entry]) -> Iterator[Heading]:
    """Lines that head a list without being headings: bold ones, ones with a colon, ones right above an entry."""
    text = layout.text
    seen = []
    for closing in _LINE_CLOSING.finditer(text):
        start = text.rfind("\n", 0, closing.start()) + 1
        if closing.end() - start <= _LONGEST_BARE_HEADING:
            seen.append(Span(start, closing.end()))
    previous = -1
    for entry in candidates:
        line = _line_above(text, entry.start) if entry.form is not Form.PLAIN else None
        if line is not None and line.start > previous and line.end - line.start <= _LONGEST_BARE_HEADING:
            seen.append(line)
        previous = entry.start
    for line in seen:
        title = line.of(text).strip(" \t>*_#")
        if line.start not in layout.code and list_kind(title):
            yield Heading(line, _BARE_LEVEL, title.rstrip(":： "))  # noqa: RUF001


def _line_above(text: str, offset: int) -> Span | None:
    """The nearest line above an offset that is not blank, if at most one blank line lies between."""
    end = offset
    while end and text[end - 1] in " \t\n":
        end -= 1
    if not end or text.count("\n", end, offset) > 3:
        return None
    return Span(text.rfind("\n", 0, end) + 1, end)


def _under_heading(layout: Layout, region: _Region, candidates: Sequence[Entry], notes: Sequence[Entry]) -> list[Listing]:
    if region.kind is ListKind.FOOTNOTES:
        candidates = [entry for entry in candidates if entry.number is not None]
    runs = _runs(layout, region, candidates)
    if not runs:
        has_notes = any(region.span.start <= note.start < region.span.end for note in notes)
        return [] if has_notes or region.kind is ListKind.FOOTNOTES else list(_unlabelled(layout, region))
    heading = region.heading.title.strip("# *_:：")  # noqa: RUF001
    kind = ListKind.NUMBERED if region.kind is ListKind.FOOTNOTES else region.kind
    found = []
    for place, run in enumerate(runs):
        limit = runs[place + 1][0].start if place + 1 < len(runs) else region.span.end
        listed = tuple(_ended(layout, run, limit, annotated=True))
        start = region.heading.span.start if place == 0 else run[0].start
        found.append(Listing(kind, heading, Span(start, listed[-1].span.end), listed))
    return found


def _runs(layout: Layout, region: _Region, candidates: Sequence[Entry]) -> list[list[Entry]]:
    """The entries of a region, as runs of one form at one indentation."""
    runs: list[list[Entry]] = []
    last = {entry.form: entry.start for entry in candidates}
    for entry in candidates:
        run = runs[-1] if runs else []
        if not run:
            if _begins_block(layout, entry, region.span.start):
                runs.append([entry])
        elif entry.form is run[0].form and entry.indent <= run[0].indent + 3:
            if _continues(layout, run, entry):
                run.append(entry)
        elif entry.start < last[run[0].form] or entry.indent > run[0].indent or entry.bulleted:
            continue  # a list inside an entry
        elif _begins_block(layout, entry, region.span.start):
            runs.append([entry])
    words = [run for run in runs if run[0].number is None and run[0].form is Form.BRACKET]
    return [run for run in runs if run not in words or len(run) > 1 or len(runs) == 1]


def _begins_block(layout: Layout, entry: Entry, start: int) -> bool:
    """Whether a paragraph or a list item begins with the entry."""
    if entry.bulleted or entry.label_span.start in layout.items or entry.form is Form.ROW:
        return True
    above = layout.text[start : entry.start]
    return not above.strip() or _blank_above(layout.text, entry.start)


def _continues(layout: Layout, run: Sequence[Entry], entry: Entry) -> bool:
    """Whether an entry of the same form goes on with a run, rather than being a wrapped line of it."""
    if entry.label_span.start in layout.items:
        return not run[-1].bulleted or entry.bulleted
    if entry.form in (Form.BRACKET, Form.CORNER, Form.ROW, Form.ANCHOR, Form.WORD) and entry.indent <= run[0].indent + 1:
        return layout.text[entry.text_start : entry.text_start + 1] not in ".,;)"
    number, before = entry.number, run[-1].number
    if number is None or before is None:
        return False
    return before < number <= before + _LARGEST_STEP or (number <= before and _blank_above(layout.text, entry.start))


def _blank_above(text: str, offset: int) -> bool:
    """Whether the line above is blank, or there is none."""
    line = text[text.rfind("\n", 0, max(0, offset - 1)) + 1 : max(0, offset - 1)]
    return not line.strip(" \t\f>")


def _unlabelled(layout: Layout, region: _Region) -> Iterator[Listing]:
    """A list whose entries carry no label: bullets, or paragraphs that read like sources."""
    text, start, end = layout.text, region.span.start, region.span.end
    starts = [found.start() for found in _BULLET.finditer(text, start, end) if found.start() not in layout.code]
    if starts:
        listed = [Span(a, b) for a, b in zip(starts, [*starts[1:], end], strict=True)]
    else:
        blocks = (block.span for block in layout.blocks if region.span.covers(block.span))
        listed = [span for span in blocks if SOURCE_LIKE.search(text, span.start, span.end)]
    if not listed:
        return
    kind = region.kind if region.kind is ListKind.READING else ListKind.UNLABELLED
    found = []
    for span in listed:
        stop = _block_end(text, span.start, span.end, 0)
        bullet = _BULLET.match(text, span.start)
        found.append(Listed(None, Span(span.start, stop), Span(bullet.end() if bullet else span.start, stop)))
    title = region.heading.title.strip("# *_:：")  # noqa: RUF001
    yield Listing(kind, title, Span(region.heading.span.start, found[-1].span.end), tuple(found))


# Where an entry ends ----------------------------------------------------------------------------------------


def _ended(layout: Layout, run: Sequence[Entry], limit: int, *, annotated: bool) -> Iterator[Listed]:
    """The entries of a run with their ends; under a heading, all between two entries belongs to the first."""
    for place, entry in enumerate(run):
        last = place + 1 == len(run)
        stop = limit if last else run[place + 1].start
        end = _block_end(layout.text, entry.text_start, stop, entry.indent) if last or not annotated else stop
        while end > entry.text_start and layout.text[end - 1] in " \t\n\f>|":
            end -= 1
        end = max(end, entry.label_span.end)
        text_start = min(entry.text_start, end)
        yield Listed(entry, Span(entry.label_span.start, end), Span(text_start, end))


def _block_end(text: str, start: int, limit: int, indent: int) -> int:
    """Where an entry's text ends: at a blank line, unless what follows is set in further, or is its address."""
    at = start
    while True:
        blank = _BLANK.search(text, at, limit)
        if blank is None:
            return limit
        following = blank.end()
        while following < limit and text[following] in "\n\f":
            following += 1
        line_end = text.find("\n", following)
        line = text[following : limit if line_end < 0 else min(line_end, limit)]
        empty = not text[start : blank.start()].strip()
        deeper = len(line) - len(line.lstrip(" \t>")) > indent
        if not line.strip():
            if following >= limit:
                return blank.start()
            at = following
        elif _RULE.fullmatch(line) or not (deeper or _ADDRESS_START.match(line) or (empty and line.startswith("```"))):
            return blank.start()
        else:
            at = following


# Without a heading ------------------------------------------------------------------------------------------


def _without_heading(layout: Layout, candidates: Sequence[Entry], marks: Sequence[Mark], headed: Sequence[Listing]) -> list[Listing]:
    """Runs of entries that the text before them cites."""
    places: dict[str, list[int]] = {}
    for mark in marks:
        cites = mark.address is None and mark.standing in (Standing.FREE, Standing.ATTACHED)
        for label, _ in mark.labels if cites else ():
            places.setdefault(label, []).append(mark.span.start)
    known = {label for listing in headed for label in listing.labels}
    found: list[Listing] = []
    since, following = 0, 0
    for run in _free_runs(layout, candidates):
        limit = next((h.span.start for h in layout.headings[bisect_left(layout.headings, run[-1].start, key=lambda h: h.span.start) :]), len(layout.text))
        listed = tuple(_ended(layout, run, max(limit, run[-1].label_span.end), annotated=False))
        span = Span(listed[0].span.start, listed[-1].span.end)
        if _below_rule(layout.text, run[0].start):
            found.append(Listing(ListKind.READING, None, span, listed))  # notes at the foot of a page
            continue
        anew = (run[0].number or 0) < following  # otherwise it goes on with the list before it
        if _is_list(layout, listed, places, known, since if anew else 0):
            found.append(Listing(ListKind.NUMBERED, None, span, listed))
            since, following = found[-1].span.end if anew else since, (run[-1].number or 0) + 1
    return found


def _free_runs(layout: Layout, candidates: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Numbered entries that follow each other with nothing but their own text between them."""
    run: list[Entry] = []
    headings = {heading.span.start for heading in layout.headings}
    for entry in candidates:
        if entry.number is None or entry.start in headings:
            continue
        if run and entry.form is run[0].form and abs(entry.indent - run[0].indent) <= 1 and entry.bulleted == run[0].bulleted:
            end = _block_end(layout.text, run[-1].text_start, entry.start, run[-1].indent)
            joined = not layout.text[end : entry.start].strip(" \t\n\f>")
            ascending = (run[-1].number or 0) < entry.number <= (run[-1].number or 0) + _LARGEST_STEP
            if joined and (ascending or entry.label_span.start in layout.items or entry.colon):
                run.append(entry)
                continue
        elif run and entry.indent > run[0].indent + 1:
            continue
        if run and not _stands_free(layout, entry):
            continue
        if run:
            yield run
        run = [entry] if _stands_free(layout, entry) else []
    if run:
        yield run


def _below_rule(text: str, offset: int) -> bool:
    """Whether a rule of underscores stands above in the same paragraph: printed pages have their notes below it."""
    rule = text.rfind("\n__________", max(0, offset - 1_000), offset)
    return rule >= 0 and _BLANK.search(text, rule, offset - 1) is None


def _stands_free(layout: Layout, entry: Entry) -> bool:
    return (
        entry.colon
        or _below_rule(layout.text, entry.start)
        or entry.start == 0
        or entry.label_span.start in layout.items
        or _blank_above(layout.text, entry.start)
        or any(heading.span.end == entry.start for heading in layout.headings)
    )


def _is_list(layout: Layout, listed: Sequence[Listed], places: dict[str, list[int]], known: Iterable[str], since: int) -> bool:
    """Whether a run without a heading is a source list: the text before it cites it, and it reads like one."""
    text = layout.text
    entries_ = [one.entry for one in listed if one.entry]
    start = listed[0].span.start
    labels = [label for entry in entries_ for label, _ in entry.labels]
    cited = {label for label in labels if any(since <= place < start for place in places.get(label, ()))}
    with_text = [one for one in listed if one.text.of(text).strip(" .,;:")]
    definitions = {definition.span.start for definition in layout.definitions if definition.label.isdecimal()}
    if any(entry.start in definitions or entry.label_span.start in definitions for entry in entries_):
        return True
    if not with_text or set(labels) <= set(known):
        return False
    like = sum(bool(SOURCE_LIKE.search(text, one.text.start, one.text.end)) for one in with_text)
    addressed = sum(bool(_ADDRESS_START.match(text, one.text.start)) for one in with_text)
    closing = not text[listed[-1].span.end :].strip() or text[listed[-1].span.end :].count("\n\n") <= 3
    if entries_[0].form in (Form.BRACKET, Form.CORNER):
        cited |= {label for label in labels if addressed and places.get(label, [start])[0] < start}
        if len(listed) == 1:
            return bool(cited) and (entries_[0].colon or addressed == 1 or (closing and like == 1))
        noted = len(listed) > 2 and 5 * len(cited) >= 4 * len(set(labels))  # remarks, every one of them cited
        return bool(cited) and (2 * like >= len(listed) or closing or noted or entries_[0].colon)
    if entries_[0].form in (Form.DOT, Form.RAISED, Form.PAREN, Form.COLON):
        return len(cited) >= 2 and len(listed) >= 2 and len(cited) * 2 >= len(set(labels)) and 5 * like >= 3 * len(listed)
    return False


# Definitions ------------------------------------------------------------------------------------------------


def _footnotes(layout: Layout, notes: Sequence[Entry], regions: Sequence[_Region]) -> Iterator[Listing]:
    """All footnote definitions of a document, as one list."""
    if not notes:
        return
    starts = sorted(heading.span.start for heading in layout.headings)
    listed: list[Listed] = []
    for place, note in enumerate(notes):
        limit = notes[place + 1].start if place + 1 < len(notes) else len(layout.text)
        heading = bisect_left(starts, note.text_start)
        if heading < len(starts):
            limit = min(limit, starts[heading])
        listed += _ended(layout, [note], limit, annotated=False)
    region = next((region for region in regions if region.span.start <= notes[0].start < region.span.end), None)
    heading_title = region.heading.title.strip("# *_:：") if region else None  # noqa: RUF001
    yield Listing(ListKind.FOOTNOTES, heading_title, Span(listed[0].span.start, listed[-1].span.end), tuple(listed))


def _without_doubles(found: Sequence[Listing]) -> Iterator[Listing]:
    """The lists, without the definitions of labels that are listed in words too: `[[1]] Title` and `[1]: address`."""
    worded = {
        label
        for listing in found
        if listing.kind is not ListKind.FOOTNOTES and listing.heading
        for one in listing.listed
        if one.entry and not one.entry.colon
        for label, _ in one.entry.labels
    }
    for listing in found:
        if listing.heading or listing.kind is ListKind.FOOTNOTES or not worded:
            yield listing
            continue
        kept = tuple(one for one in listing.listed if one.entry and not (one.entry.colon and one.entry.labels[0][0] in worded))
        if kept:
            yield replace(listing, listed=kept)
