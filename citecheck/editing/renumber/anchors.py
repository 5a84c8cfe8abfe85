"""Anchors: names such as `ref-3` that an entry gives itself and that links point to; its number is the entry's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence

import regex

from citecheck.editing.renumber.digits import like
from citecheck.editing.renumber.errors import RenumberError
from citecheck.model.citations import Marker
from citecheck.model.document import Document
from citecheck.model.findings import Edit
from citecheck.model.structure import Structure
from citecheck.recognition.lists.unheaded import ANCHOR
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

_NAME = lazy_regex(r"(?:\b(?:id|name)\s*=\s*[\"']?|\{#)(?P<name>[\w:.-]{0,60}?)(?P<number>\d{1,4})(?=[\"'\s>}])")
_LINK = lazy_regex(r"(?:\]\(|\bhref\s*=\s*[\"']?)#(?P<name>[\w:.-]{0,60}?)(?P<number>\d{1,4})(?=[\"'\s>)])")
_TARGET = lazy_regex(r"(?:\]\(|\bhref\s*=\s*[\"']?)#([\w:.-]{1,64})")


def anchor_edits(
    document: Document, layout: Structure, entries: Mapping[Span, Mapping[str, int]], gone: Collection[Span]
) -> Iterator[Edit]:
    """The edits that name the anchors of entries, and the links to them, by the entries' new numbers.

    `entries` holds, by the span of an entry's lines, its labels and their new numbers; `gone` are the lines of entries
    that go. Raises Refused where a link points to an anchor that could not be found, or that goes with its entry, or
    two anchors would have one name.
    """
    if not gone and not any(label != str(number) for labels in entries.values() for label, number in labels.items()):
        return
    found = [match for match in _NAME.finditer(layout.text) if match.start() not in layout.code]
    places = sorted(entries)
    renamed: dict[str, int] = {}
    names = {match["name"] + match["number"] for match in found}
    for match in found:
        label = _own(match, places, entries)
        if label is not None:
            number = entries[label[0]][label[1]]
            if renamed.setdefault(match["name"] + match["number"], number) != number:
                raise RenumberError(f"two entries have the anchor {match['name']}{match['number']}; give each its own")
            yield from _edit(match, number)
    _refuse_doubles(renamed, names)
    for match in _LINK.finditer(layout.text):
        name = match["name"] + match["number"]
        if name in renamed and match.start() not in layout.code:
            yield from _edit(match, renamed[name])
    _refuse_lost(document, names, entries)
    _refuse_dead(document, layout, renamed, gone)


def _own(
    match: regex.Match[str], places: Sequence[Span], entries: Mapping[Span, Mapping[str, int]]
) -> tuple[Span, str] | None:
    """The entry that an anchor is in, and its label, where the anchor's number is that label."""
    label = match["number"].lstrip("0") or "0"
    place = bisect_right(places, match.start(), key=lambda span: span.start) - 1
    if place < 0 or match.start() >= places[place].end or label not in entries[places[place]]:
        return None
    return places[place], label


def _edit(match: regex.Match[str], number: int) -> Iterator[Edit]:
    if (new := like(match["number"], number)) != match["number"]:
        yield Edit(Span(*match.span("number")), new)


def _refuse_doubles(renamed: Mapping[str, int], names: set[str]) -> None:
    new = {name.removesuffix(_number(name)) + str(number) for name, number in renamed.items()}
    if doubled := sorted(new & (names - renamed.keys())):
        raise RenumberError(f"there is an anchor {doubled[0]} already, outside the list of sources")


def _refuse_lost(document: Document, names: set[str], entries: Mapping[Span, Mapping[str, int]]) -> None:
    """A link to an anchor that nobody wrote, one that a renderer makes perhaps, would point to another entry."""
    changed = {label for labels in entries.values() for label, number in labels.items() if label != str(number)}
    for marker in (*document.markers, *document.hidden):
        name = _target(marker)
        if name and name not in names and marker.citations[0].label in changed & {_number(name)}:
            line = document.line_of(marker.span.start)
            raise RenumberError(f"the marker on line {line} links to #{name}, and no such anchor is in the document")


def _refuse_dead(document: Document, layout: Structure, renamed: Mapping[str, int], gone: Collection[Span]) -> None:
    """A link to an anchor that goes with its entry, and that no other entry takes the name of, would lead nowhere."""
    if not gone:
        return
    going = SpanSet(gone)
    kept: set[str] = set()
    lost: set[str] = set()
    for match in ANCHOR.finditer(layout.text):
        if match.start() not in layout.code:
            (lost if match.start() in going else kept).add(match[1])
    there = {_renamed(name, renamed) for name in kept}
    for match in _TARGET.finditer(layout.text) if lost else ():
        if match[1] in lost and _renamed(match[1], renamed) not in there and match.start() not in going:
            line = document.line_of(match.start())
            raise RenumberError(f"line {line} links to #{match[1]}, which is in an entry that would be deleted")


def _renamed(name: str, renamed: Mapping[str, int]) -> str:
    if name not in renamed:
        return name
    number = _number(name)
    return name.removesuffix(number) + like(number, renamed[name])


def _number(name: str) -> str:
    """The number that a name ends in."""
    return name[len(name.rstrip("0123456789")) :]


def _target(marker: Marker) -> str | None:
    """The anchor in the document that a marker links to."""
    address = marker.address or ""
    return address[1:] if address.startswith("#") else None
