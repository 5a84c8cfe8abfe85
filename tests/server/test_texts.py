"""The text that an editor has: positions in three units, and changes, against a client that counts for itself."""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.server.carrying import Carrying
from citecheck.server.texts import Change, Place, Positions, Stretch, changed
from citecheck.text.spans import Span
from citecheck.text.units import Unit, code_points, code_units

EDITS = int(os.environ.get("CITECHECK_EDITS", "300"))
ODD = [
    "a",
    "é",
    "ł",
    "中",
    "😀",
    "\U00020000",
    "\n",
    "\r\n",
    "\r",
    "\f",
    "\v",
    "\x85",
    "\u2028",
    "\u2029",
    "\ufeff",
    "[1]",
]
ENCODINGS = {Unit.UTF_8: ("utf-8", 1), Unit.UTF_16: ("utf-16-le", 2), Unit.UTF_32: ("utf-32-le", 4)}
TEXTS = st.lists(st.sampled_from(ODD), max_size=12).map("".join)
EVERY_UNIT = pytest.mark.parametrize("unit", Unit)


@EVERY_UNIT
@given(text=TEXTS)
def test_code_units_are_those_of_the_encoding(unit: Unit, text: str) -> None:
    codec, width = ENCODINGS[unit]
    assert len(text.encode(codec)) // width == code_units(text, unit)


@EVERY_UNIT
@given(text=TEXTS, count=st.integers(0, 40))
def test_code_points_of_so_many_units_are_the_most_that_fit(unit: Unit, text: str, count: int) -> None:
    fitting = [length for length in range(len(text) + 1) if code_units(text[:length], unit) <= count]
    assert fitting[-1] == code_points(text, count, unit)


def test_half_of_a_pair_counts_as_one() -> None:
    assert code_units("\ud83d", Unit.UTF_16) == 1
    assert code_points("a\ud83db", 2, Unit.UTF_16) == 2


class Typist:
    """A client that keeps its text as lines, and each line as units, as an editor may."""

    def __init__(self, text: str, unit: Unit) -> None:
        self.unit = unit
        self.text = text

    def place(self, offset: int) -> Place:
        """Counted from the text's beginning, sign by sign."""
        line, column, at = 0, 0, 0
        while at < offset:
            sign = self.text[at]
            pair = self.text.startswith("\r\n", at)
            if sign in "\r\n" and not (pair and at + 1 == offset):
                line, column = line + 1, 0
            else:
                column += code_units(sign, self.unit)
            at += 2 if pair and at + 1 < offset else 1
        return Place(line, column)


@EVERY_UNIT
@given(text=TEXTS)
def test_every_place_leads_back_to_its_offset(unit: Unit, text: str) -> None:
    mark = int(text.startswith("\ufeff"))
    positions, typist = Positions(text, unit), Typist(text, unit)
    for offset in range(len(text) - mark + 1):
        if text[offset + mark - 1 : offset + mark + 1] == "\r\n":
            continue  # no client has a cursor within a line ending
        place = positions.place(offset)
        assert typist.place(offset + mark) == place
        assert offset == positions.offset(place)


@EVERY_UNIT
def test_a_place_beyond_a_line_is_its_end(unit: Unit) -> None:
    positions = Positions("ab\r\nc", unit)
    assert [2, 5, 5] == [positions.offset(Place(*each)) for each in ((0, 99), (1, 99), (9, 0))]


@EVERY_UNIT
def test_random_edits_leave_the_text_that_the_client_has(unit: Unit) -> None:
    chance = random.Random(20251201)
    text = "".join(chance.choices(ODD, k=60))
    for _ in range(EDITS):
        if len(text) > 400:
            text = text[:200]
        ends = sorted(chance.choices(range(len(text) + 1), k=2))
        start, end = (each - (text[each - 1 : each + 1] == "\r\n") for each in ends)
        typist, words = Typist(text, unit), "".join(chance.choices(ODD, k=chance.randrange(4)))
        change = Change(words, Stretch(typist.place(start), typist.place(end)))
        expected = text[:start] + words + text[end:]
        assert expected == changed(text, [change], unit)
        text = expected


def test_a_change_without_a_stretch_is_the_whole_text() -> None:
    assert changed("old", [Change("new"), Change("er", Stretch(Place(0, 3), Place(0, 3)))], Unit.UTF_16) == "newer"


@given(head=TEXTS, before=TEXTS, after=TEXTS, tail=TEXTS)
def test_what_stayed_is_carried_and_what_changed_is_not_mistaken(head: str, before: str, after: str, tail: str) -> None:
    old, new = head + before + tail, head + after + tail
    carrying = Carrying(old, new)
    for offset in range(len(new) + 1):
        was = carrying.back(offset)
        assert was is None or old[:was] == new[:offset] or old[was:] == new[offset:]
    for start in range(len(old) + 1):
        for end in range(start, len(old) + 1):
            now = carrying.forth(Span(start, end))
            assert now is None or old[start:end] == now.of(new)
    assert Span(0, len(head)) == carrying.forth(Span(0, len(head)))
