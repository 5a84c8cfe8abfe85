"""Markers written with other numbers, in the document's own style: clusters in order, broken ranges taken apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise, takewhile

from citecheck.editing.renumber.digits import like
from citecheck.editing.renumber.errors import RenumberError
from citecheck.model.citations import Citation, Key, Marker, Syntax
from citecheck.model.document import Document
from citecheck.model.findings import Edit
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import SUPERSCRIPTS, Span, SpanSet

_SEPARATOR = lazy_regex(r"\s{0,2}[,;，、；]\s{0,2}")
_LETTERS = lazy_regex(r"[\p{L}\p{N}]")
_TAG = lazy_regex(r"<[^<>]*>")
_ENDS = lazy_regex(r"(\d{1,9})(\D{1,40})(\d{1,9})")
_LINK_LABEL = lazy_regex(r"\[(\d{1,4})\](?:\[\])?$")  # `[text][3]`, `[3][]`, `[3]`
_NAMED_DEFINITION = lazy_regex(r"\]\[(\d{1,4})\]$")
_RAISED_DASH = lazy_regex(rf"[^{SUPERSCRIPTS}]+")
_FEWEST = 3  # numbers in a row that make a range; two are written out


class Numbers:
    """The new number of each key; a key that is not to change, or that nothing lists, keeps its own.

    `gone` are the keys of sources that go.
    """

    def __init__(self, numbers: Mapping[Key, int], gone: Collection[Key] = ()) -> None:
        self._numbers = numbers
        self._gone = [key for key in gone if key.label.isdecimal()]

    def of(self, citation: Citation) -> int:
        """The number that a citation is to be written with."""
        return self._numbers.get(citation.key, int(citation.label))

    def change(self, citations: Iterable[Citation]) -> bool:
        """Whether any of the citations is to be written otherwise."""
        numbers = self._numbers
        return any(each.key in numbers and str(numbers[each.key]) != each.label for each in citations)

    def touch(self, first: int, last: int, numbering: int) -> bool:
        """Whether a source numbered from one to the other, both among them, is to have another number, or to go."""
        changed = (key for key, number in self._numbers.items() if str(number) != key.label)
        low, high = sorted((first, last))
        return any(key.numbering == numbering and low <= int(key.label) <= high for key in (*changed, *self._gone))


def marker_edits(document: Document, numbers: Numbers) -> Iterator[Edit]:
    """The edits that write every marker, seen or hidden, with the new numbers. Raises Refused."""
    style = _Style(document)
    for markers in (document.markers, document.hidden):
        for run in _runs(markers, document.text):
            yield from _run(run, numbers, style)


def link_edits(document: Document, numbers: Numbers) -> Iterator[Edit]:
    """The edits that write the labels of reference links, `[text][3]`, with the new numbers."""
    within = SpanSet(marker.span for marker in (*document.markers, *document.hidden))
    for link in document.links:
        if numbers.change([link]) and not within.touches(link.span):
            label = _LINK_LABEL.search(link.span.of(document.text))
            if label is None:
                raise RenumberError(
                    f"the link on line {_line(document, link.span)} cannot be written with another number"
                )
            start = link.span.start + label.start(1)
            yield Edit(Span(start, start + len(label[1])), like(label[1], numbers.of(link)))


class _Style:
    """How a document writes what it may have no example of in the marker at hand."""

    def __init__(self, document: Document) -> None:
        self.document = document
        gaps = (gap for marker in document.markers for gap in _gaps(marker))
        self.separator = next((gap for gap in gaps if _SEPARATOR.fullmatch(gap)), ", ")


def _gaps(marker: Marker) -> Iterator[str]:
    """What comes between the labels of a marker."""
    for first, second in pairwise(marker.citations):
        if first.span != second.span:
            yield marker.text[first.span.end - marker.span.start : second.span.start - marker.span.start]


def _runs(markers: Sequence[Marker], text: str) -> Iterator[list[Marker]]:
    """The markers, each with its neighbours of the same kind."""
    run: list[Marker] = []
    for marker in markers:
        if run and (text[run[-1].span.end : marker.span.start].strip(" ,") or marker.syntax is not run[-1].syntax):
            yield run
            run = []
        run.append(marker)
    if run:
        yield run


def _run(run: Sequence[Marker], numbers: Numbers, style: _Style) -> Iterator[Edit]:
    """The edits for neighbours: what named sources in ascending order goes on doing so, and none is named twice."""
    for marker in run:
        _refuse_odd_ranges(marker, numbers, style)
    if not any(numbers.change(marker.citations) for marker in run):
        return
    if len(run) > 1 and all(map(_plain, run)):
        yield from _chain(run, numbers)
        return
    for marker in run:
        if not numbers.change(marker.citations):
            continue
        if marker.syntax is Syntax.SUPERSCRIPT and marker.text[0] in SUPERSCRIPTS:
            yield Edit(marker.span, _raised(marker, numbers, style))
        else:
            yield from _marker(marker, numbers, style)


def _refuse_odd_ranges(marker: Marker, numbers: Numbers, style: _Style) -> None:
    """A range that names no row of sources may have been meant for all that lie between its ends."""
    numbering = marker.citations[0].key.numbering
    for each in marker.ranges:
        odd = each.first >= each.last or each.last - each.first >= len(marker.citations)
        if odd and numbers.touch(each.first, each.last, numbering):
            line = _line(style.document, marker.span)
            raise RenumberError(f"the range {each.first}–{each.last} on line {line} is malformed; fix it first")


def _plain(marker: Marker) -> bool:
    """Whether a marker is one number in brackets and nothing else."""
    alone = len(marker.labels) == 1 and marker.labels[0].isdecimal()
    return alone and marker.address is None and not marker.locator


def _chain(run: Sequence[Marker], numbers: Numbers) -> Iterator[Edit]:
    """The edits for `[1][3]`, where each marker is one number."""
    citations = [marker.citations[0] for marker in run]
    written = [int(citation.label) for citation in citations]
    new = [numbers.of(citation) for citation in citations]
    kept = list(_kept(written, new))
    values = [new[place] for place in kept]
    if written == sorted(written):
        values.sort()
    for place, number in zip(kept, values, strict=True):
        yield from _edit(citations[place].span, run[place], number)
    for place in sorted({*range(len(run))} - {*kept}):  # it follows the marker that names the same source now
        yield Edit(Span(run[place - 1].span.end, run[place].span.end), "")


def _kept(written: Sequence[int], new: Sequence[int]) -> Iterator[int]:
    """The places of markers that stay: those that repeat an earlier one only since two sources became one do not."""
    before: set[int] = set()
    after: set[int] = set()
    for place, (old, number) in enumerate(zip(written, new, strict=True)):
        if number not in after or old in before:
            yield place
        before.add(old)
        after.add(number)


def _edit(span: Span, marker: Marker, number: int) -> Iterator[Edit]:
    """The edit that writes a number where another is, if it is another."""
    written = Span(span.start - marker.span.start, span.end - marker.span.start).of(marker.text)
    if (new := like(written, number)) != written:
        yield Edit(span, new)


def _marker(marker: Marker, numbers: Numbers, style: _Style) -> Iterator[Edit]:
    """The edits for one marker: label by label where its form can stay, again where it cannot."""
    ranges = {each.span for each in marker.ranges}
    parts = [(span, list(group)) for span, group in groupby(marker.citations, key=lambda each: each.span)]
    new = [[numbers.of(citation) for citation in group] for _, group in parts]
    flat = [number for group in new for number in group]
    written = [int(each.label) for each in marker.citations if each.label.isdecimal()]
    ascending = written == sorted(set(written))
    listed = all(_SEPARATOR.fullmatch(gap) for gap in _gaps(marker))
    if ascending and listed and (flat != sorted(set(flat)) or any(map(_broken, new))) and not _located(marker):
        yield _anew(marker, sorted(set(flat)), style)
        return
    for (span, _), group in zip(parts, new, strict=True):
        if span not in ranges:
            yield from _edit(span, marker, group[0])
        elif _broken(group):
            raise RenumberError(f"the range on line {_line(style.document, marker.span)} would have to be taken apart")
        else:
            yield Edit(span, _range(span.of(style.document.text), group))
    if len(parts) == 1 and (named := _NAMED_DEFINITION.search(marker.text)) and not marker.ranges:
        start = marker.span.start + named.start(1)
        if start >= parts[0][0].end and named[1] == marker.citations[0].label:  # `[1][1]`, `[[1]][1]`
            yield from _edit(Span(start, start + len(named[1])), marker, new[0][0])


def _located(marker: Marker) -> bool:
    """Whether words follow the labels, or a link points to one of them."""
    return marker.address is not None or bool(_LETTERS.search(_TAG.sub("", _tail(marker))))


def _tail(marker: Marker) -> str:
    return marker.text[marker.citations[-1].span.end - marker.span.start :]


def _broken(group: Sequence[int]) -> bool:
    """Whether what a range named is no longer a row of numbers."""
    return any(second != first + 1 for first, second in pairwise(group))


def _range(written: str, group: Sequence[int]) -> str:
    """A range as written, with other ends."""
    ends = _ENDS.fullmatch(written)
    if ends is None:
        raise RenumberError(f"the range {written} cannot be written with other numbers")
    return like(ends[1], group[0]) + ends[2] + like(ends[3], group[-1])


def _anew(marker: Marker, numbers: Sequence[int], style: _Style) -> Edit:
    """All labels of a marker written again, in its own separators and dashes."""
    first, last = marker.citations[0].span, marker.citations[-1].span
    span = Span(first.start, last.end)
    ranges = [_ENDS.search(each.span.of(style.document.text)) for each in marker.ranges]
    dash = next((found[2] for found in ranges if found), None)
    separator = "][" if dash and "]" in dash else next(_gaps(marker), style.separator)
    sample = "".join(takewhile(str.isdigit, first.of(style.document.text)))
    pieces: list[str] = []
    for row in _rows(numbers):
        if dash and len(row) >= _FEWEST:
            pieces.append(like(sample, row[0]) + dash + like(sample, row[-1]))
        else:
            pieces += [like(sample, number) for number in row]
    return Edit(span, separator.join(pieces))


def _rows(numbers: Sequence[int]) -> Iterator[list[int]]:
    """The numbers in rows without gaps."""
    for _, row in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in row]


def _raised(marker: Marker, numbers: Numbers, style: _Style) -> str:
    """A marker of superscript digits, `¹²`, `¹⁻³` or `¹,²`, with the new numbers, kept apart where they must be."""
    new = [numbers.of(citation) for citation in marker.citations]
    apart = len({each.span for each in marker.citations}) > 1 or marker.ranges or len(new) == 1
    if not apart and all(number < 10 for number in new):
        return "".join(like("¹", number) for number in sorted(set(new)))
    dash = next((_RAISED_DASH.search(each.span.of(style.document.text)) for each in marker.ranges), None)
    pieces: list[str] = []
    for row in _rows(sorted(set(new))):
        if dash and len(row) >= _FEWEST:
            pieces.append(like("¹", row[0]) + dash[0] + like("¹", row[-1]))
        else:
            pieces += [like("¹", number) for number in row]
    return (next(_gaps(marker), "") or ",").join(pieces)


def _line(document: Document, span: Span) -> str:
    return document.line_of(span.start)
