"""Labels on the move: markers and entries with other numbers, texts after edits, what no fix may change."""

from __future__ import annotations

from functools import partial

import pytest

from citecheck.editing.edits import Shift, apply, conflict, sound
from citecheck.editing.preservation import first_violation
from citecheck.editing.renumber import RenumberError
from citecheck.engine.fixing import renumber_document
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Fix, Safety
from citecheck.recognition import parse
from citecheck.text.spans import Span

WORKS = ["Salts, 1901.", "Teas, 1902.", "Ferries, 1903.", "Clocks, 1904.", "Lamps, 1905."]
FIRST = "So [3], so [1], so [2], so [4], so [5]. "  # 3 becomes 1, 1 becomes 2, 2 becomes 3


def listing(form: str = "[{}] {}") -> str:
    return "\n\n## Sources\n\n" + "\n".join(form.format(at, work) for at, work in enumerate(WORKS, 1)) + "\n"


def read(text: str, format: str = "markdown") -> Document:
    return parse(text, name="example", format=format)


def renumbered(text: str, format: str = "markdown", *, order: str = "appearance", start: int | None = None) -> str:
    return renumber_document(read(text, format), partial(read, format=format), order=order, start=start).text


def moved(marker: str) -> str:
    """What becomes of a marker where 3 becomes 1, 1 becomes 2, and 2 becomes 3."""
    text = f"{FIRST}All that {marker} says.{listing()}"
    return renumbered(text).partition("All that ")[2].partition(" says.")[0]


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("[3]", "[1]"),
        ("[4]", "[4]"),
        ("[1, 2]", "[2, 3]"),
        ("[1,3]", "[1,2]"),  # what ascended goes on ascending
        ("[3, 1]", "[1, 2]"),
        ("[2, 1]", "[3, 2]"),  # what did not does not
        ("[1][3]", "[1][2]"),
        ("[3][1]", "[1][2]"),
        ("[1] [3]", "[1] [2]"),
        ("[1, 3, 4]", "[1, 2, 4]"),
        ("[1-2]", "[2-3]"),
        ("[1-3]", "[1-3]"),
        ("[2-4]", "[1, 3, 4]"),
        ("[2–5]", "[1, 3–5]"),
        ("[1, 4-5]", "[2, 4-5]"),
        ("[3, 4–5]", "[1, 4–5]"),
        ("[1; 3]", "[1; 2]"),
        ("[1, p. 3]", "[2, p. 3]"),
        ("[1, 3, p. 3]", "[2, 1, p. 3]"),  # the place stays with its source
        ("[03]", "[01]"),
        ("<sup>[1, 3]</sup>", "<sup>[1, 2]</sup>"),
        ("［1，3］", "［1，2］"),
        ("［３］", "［１］"),
        ("【3†L3】", "【1†L3】"),
    ],
)
def test_a_marker_keeps_its_manner(marker: str, expected: str) -> None:
    assert expected == moved(marker)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mined.³ Boiled.¹ Sold.¹,³", "Mined.¹ Boiled.² Sold.¹,²"),
        ("Mined.³ Boiled.¹ Sold.¹³", "Mined.¹ Boiled.² Sold.¹²"),
        ("Mined.³ Boiled.¹ Sold.² All.¹⁻³", "Mined.¹ Boiled.² Sold.³ All.¹⁻³"),
        ("Mined.³ Boiled.¹ Sold.² All.²⁻⁴", "Mined.¹ Boiled.² Sold.³ All.¹,³,⁴"),
        ("Mined.^3^ Boiled.^1^ Sold.^1,3^", "Mined.^1^ Boiled.^2^ Sold.^1,2^"),
    ],
)
def test_a_raised_marker_keeps_its_manner(text: str, expected: str) -> None:
    assert expected == renumbered(f"{text} Dear.⁴ Old.⁵{listing()}").partition(" Dear")[0]


@pytest.mark.parametrize(
    ("marker", "reason"),
    [
        ("[3-1]", "the range 3–1 on line 1 is malformed; fix it first"),
        ("[2-4, p. 3]", "the range on line 1 would have to be taken apart"),
    ],
)
def test_what_cannot_be_written_is_refused(marker: str, reason: str) -> None:
    with pytest.raises(RenumberError) as refused:
        moved(marker)
    assert reason == str(refused.value)


@pytest.mark.parametrize(
    ("order", "start", "text", "expected"),
    [
        ("list", None, "So [7], so [3].", ["[2]", "[1]"]),
        ("list", 5, "So [7], so [3].", ["[6]", "[5]"]),
        ("appearance", 0, "So [7], so [3].", ["[0]", "[1]"]),
        ("appearance", None, "So [3], so [7].", ["[1]", "[2]"]),
    ],
)
def test_numbers_begin_where_they_are_told_to(order: str, start: int | None, text: str, expected: list[str]) -> None:
    entries = "\n\n## Sources\n\n[3] Salts, 1901.\n[7] Teas, 1902.\n"
    after = read(renumbered(f"{text}{entries}", order=order, start=start))
    assert expected == [marker.text for marker in after.markers]


def test_what_nothing_cites_comes_last_in_its_order() -> None:
    after = read(renumbered(f"So [4], so [2].{listing()}"))
    assert ["Clocks", "Teas", "Salts", "Ferries", "Lamps"] == [each.text.partition(",")[0] for each in after.sources]
    assert ["1", "2", "3", "4", "5"] == [each.label for each in after.sources]


@pytest.mark.parametrize(
    "text",
    [
        "So [RFC2119], so [RFC20].\n\n## Sources\n\n[RFC20] Salts.\n[RFC2119] Teas.\n",
        "So [61], so [20].\n\n## Sources\n\n[20] Salts, 1901.\n[61] Teas, 1902.\n",  # numbers of tickets
        "Nothing.\n\n## Sources\n\n[2] Salts, 1901.\n[1] Teas, 1902.\n",
        "So [2], so [1].\n\n## Further reading\n\n- Salts, 1901.\n",
    ],
)
def test_what_does_not_count_stays(text: str) -> None:
    assert text == renumbered(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("9. Salts,\n   1901.\n10. Teas,\n    1902.", "1.  Teas,\n    1902.\n2. Salts,\n   1901."),
        ("[9]  Salts, 1901.\n[10] Teas, 1902.", "[1]  Teas, 1902.\n[2]  Salts, 1901."),
        ("[9] Salts, 1901.\n[10] Teas, 1902.", "[1] Teas, 1902.\n[2] Salts, 1901."),
        ("[9] Salts, 1901.\n\n[10] Teas, 1902.", "[1] Teas, 1902.\n\n[2] Salts, 1901."),
    ],
)
def test_an_entry_stands_as_it_stood(before: str, after: str) -> None:
    first = "So [10], so [9].\n\n## Sources\n\n"
    assert f"So [1], so [2].\n\n## Sources\n\n{after}\n" == renumbered(f"{first}{before}\n")


# Edits ------------------------------------------------------------------------------------------------------

EDITS = [Edit(Span(2, 4), "xyz"), Edit(Span(6, 6), "+"), Edit(Span(8, 10), "")]


def test_edits_replace_what_they_span() -> None:
    assert "01xyz45+67" == apply("0123456789", EDITS)
    assert "01xyz45+67" == apply("0123456789", EDITS[::-1])


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, 2), Span(0, 2)),
        (Span(0, 1), Span(0, 1)),
        (Span(2, 4), Span(2, 5)),
        (Span(3, 4), Span(2, 5)),
        (Span(2, 3), Span(2, 5)),
        (Span(4, 5), Span(5, 6)),
        (Span(4, 6), Span(5, 8)),
        (Span(6, 7), Span(7, 9)),
        (Span(7, 8), Span(9, 10)),
        (Span(8, 10), Span(10, 10)),
    ],
)
def test_a_span_moves_with_the_text(span: Span, expected: Span) -> None:
    assert expected == Shift(EDITS).span(span)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, 1), False),
        (Span(0, 2), False),
        (Span(2, 4), True),
        (Span(3, 4), True),
        (Span(3, 5), False),
        (Span(4, 5), False),
        (Span(5, 5), False),
        (Span(8, 9), True),
    ],
)
def test_an_edit_swallows_a_span(span: Span, expected: bool) -> None:
    assert expected is Shift(EDITS).swallows(span)


@pytest.mark.parametrize(
    ("span", "expected"), [(Span(0, 1), False), (Span(0, 2), True), (Span(5, 6), True), (Span(6, 7), False)]
)
def test_what_an_edit_wrote_is_known(span: Span, expected: bool) -> None:
    assert expected is Shift(EDITS[:1]).wrote(span)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([Edit(Span(0, 2), ""), Edit(Span(2, 4), "")], True),
        ([Edit(Span(0, 3), ""), Edit(Span(2, 4), "")], False),
        ([Edit(Span(2, 2), "a"), Edit(Span(2, 2), "b")], False),
        ([Edit(Span(2, 10), "")], True),
        ([Edit(Span(2, 11), "")], False),
        ([Edit(Span(-1, 1), "")], False),
        ([], True),
    ],
)
def test_edits_are_sound_together(edits: list[Edit], expected: bool) -> None:
    assert expected is sound(edits, 10)


@pytest.mark.parametrize(
    ("span", "expected"), [(Span(0, 1), False), (Span(0, 2), True), (Span(4, 5), True), (Span(5, 6), False)]
)
def test_neighbouring_edits_quarrel(span: Span, expected: bool) -> None:
    assert expected is conflict([Edit(span, "")], [Span(2, 4)])


# What no fix may change -------------------------------------------------------------------------------------

TEXT = "Mined [1], boiled [2, p. 4].\n\n## Sources\n\n1. Salts, 1901.\n2. Teas, 1902.\n"


def broken(old: str, new: str, *, safety: Safety = Safety.SAFE, text: str = TEXT) -> str | None:
    """What is wrong with a fix that writes one thing for another."""
    start = text.index(old)
    fix = Fix("write it", (Edit(Span(start, start + len(old)), new),), safety)
    return first_violation(read(text), read(apply(text, fix.edits)), [fix])


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[1]", "[2]", "[1] on line 1 would no longer name its source"),
        ("[1]", "(1)", "[1] on line 1 would no longer be read as a marker"),
        ("[1]", "[1, 2]", "the marker on line 1 would name another source besides"),
        ("p. 4", "p. 5", "the marker on line 1 would point to another place in its source"),
        ("1901.\n", "1901.\r\n", "it would bring in line endings of another kind"),
        ("1902.\n", "1902.", "it would change whether the last line has an ending"),
        ("1. Salts, 1901.\n", "", "the entry on line 5, 'Salts, 1901.', would no longer be a source"),
        ("[1]", "[ 1 ]", None),
        ("Mined", "Dug", None),
    ],
)
def test_what_a_fix_would_break_is_said(old: str, new: str, reason: str | None) -> None:
    assert reason == broken(old, new)


@pytest.mark.parametrize(
    ("second", "reason"),
    [("1. ice", "Markdown would count the item on line 6 as 3"), ("- ice", None)],
)
def test_what_parts_two_lists_stays(second: str, reason: str | None) -> None:
    text = f"1. pans\n2. kilns\n\nAdvertisement\n\n{second}\n\n{TEXT}"
    assert reason == broken("Advertisement\n\n", "", text=text)


def test_a_page_stays_with_its_source() -> None:
    text = TEXT.replace("[2, p. 4]", "[2, p. 4; 1]")
    assert broken("2, p. 4; 1", "1, p. 4; 2", text=text) == (
        "the marker on line 1 would point to another place in its source"
    )
    assert broken("2, p. 4; 1", "1; 2, p. 4", text=text) is None


def test_an_unsafe_fix_may_delete() -> None:
    assert broken("[1]", "", safety=Safety.UNSAFE) is None
    assert broken("[1]", "") == "[1] on line 1 would no longer be read as a marker"


def test_a_long_source_is_named_by_its_beginning() -> None:
    words = "Salts and pans and kilns of the north and the south"
    text = TEXT.replace("Salts", words)
    assert broken(f"1. {words}, 1901.\n", "", text=text) == (
        "the entry on line 5, 'Salts and pans and kilns of the north an…', would no longer be a source"
    )


LISTED = "\n\n## Sources\n\n1. Salts, 1901.\n2. Teas, 1902.\n3. Lamps, 1903.\n"
ELSE = "would no longer name its source"
UNREAD = "would no longer be read as a marker"
UNNOTICED = "names a source that is not listed (CC101), and nobody would notice any more; fix that first"
BESIDES = "the marker on line 1 would name another source besides"
ENDINGS = "it would bring in line endings of another kind"


@pytest.mark.parametrize(
    ("text", "old", "new", "reason"),
    [
        # a malformed marker, and a reversed range, name what they were meant to
        (f"Mined [1], sold [2,,3].{LISTED}", "[2,,3]", "[2, 3]", None),
        (f"Mined [1], sold [2,,3].{LISTED}", "[2,,3]", "[2]", f"[2,,3] on line 1 {ELSE}"),
        (f"Mined [1], sold [3-1].{LISTED}", "[3-1]", "[1-3]", None),
        (f"Mined [1], sold [3-2].{LISTED}", "[3-2]", "[1-3]", BESIDES),
        # so do links, and markers in entries
        (f"See [it][2], so [1].{LISTED}\n[2]: /teas\n", "[2]", "[3]", f"[it][2] on line 1 {ELSE}"),
        (f"Mined [1].{LISTED}4. Ice, as in [1].\n", "as in [1]", "1904", f"[1] on line 8 {UNREAD}"),
        (f"Mined [1].{LISTED}4. Ice, as in [1].\n", "as in [1]", "as in [2]", f"[1] on line 8 {ELSE}"),
        # neighbours may change about
        (f"Mined [2][1].{LISTED}", "[2][1]", "[1][2]", None),
        (f"Mined [2], [1].{LISTED}", "[2], [1]", "[1, 2]", None),
        (f"Mined [2] and [1].{LISTED}", "[2] and [1]", "[1] and [2]", BESIDES),
        (f"Mined [2, p. 4][1].{LISTED}", "[2, p. 4][1]", "[1][2, p. 4]", None),
        # what is not listed stays so
        (f"Mined [1], [2], sold [9].{LISTED}", "[9]", "[8]", f"[9] on line 1 {UNNOTICED}"),
        # numbers as Markdown shows them
        (f"Mined [1].{LISTED}", "2. Teas", "4. Teas", "Markdown would show entry 4 as 2"),
        (
            f"Mined [1].{LISTED.replace('2. Teas', '5. Teas')}",
            "3. Lamps",
            "4. Lamps",
            "Markdown would show entry 4 as 3",
        ),
        (f"Mined [1].{LISTED.replace('2. Teas', '5. Teas')}", "Mined", "Dug", None),
        # what the edits did not write is read as it was
        (f"Mined [1], sold [2], as `so [3]` says.{LISTED}", "as `", "as ", "[3] would be read as a marker"),
        (f"Mined [1], sold [2], as `[3]` says.{LISTED}", "`[3]`", "[3]", None),
        (f"Mined [1].{LISTED}\n## More\n\n4. Ice, 1904.\n", "## More", "", "'Ice, 1904.' would be read as a source"),
        (f"Mined [1].{LISTED}", "1903.\n", "1903.\n4. Ice, 1904.\n", None),
        # line ends
        (f"Mined [1].{LISTED}".replace("\n", "\r\n"), "Mined", "Dug", None),
        (f"Mined [1].{LISTED}".replace("\n", "\r\n"), "Mined", "Dug\nand mined", ENDINGS),
        ("Mined.", "Mined.", "Mined.\nSold.", None),
        ("Mined.", "Mined.", "", None),
        (f"Mined [1,\n3].{LISTED}", "[1,\n3]", "[1]", f"[1, 3] on line 1 {ELSE}"),
        (f"Mined [1].{LISTED}", "1903.\n", "1903.\n\n", None),
    ],
)
def test_what_the_whole_document_means_stays(text: str, old: str, new: str, reason: str | None) -> None:
    assert reason == broken(old, new, text=text)
