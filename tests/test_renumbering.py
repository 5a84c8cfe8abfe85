"""Sources numbered anew in rarer forms: markers, entries, anchors and definitions, and what is refused of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from citecheck.editing.edits import apply
from citecheck.editing.renumber import (
    Plan,
    RenumberError,
    by_appearance,
    close_gaps,
    plan_edits,
    propose_removal,
    sorted_list,
    within_budget,
    written_as_shown,
)
from citecheck.editing.renumber import plan_renumbering as plan_of
from citecheck.engine.fixing import renumber_document
from citecheck.model.citations import Key
from citecheck.model.document import Document
from citecheck.model.findings import Fix, Removal, Safety
from citecheck.model.sources import Source
from citecheck.recognition import parse

HEAD = "\n\n## Sources\n\n"
SIX = HEAD + "".join(
    f"[{number}] {thing}, 190{number}.\n"
    for number, thing in enumerate(("Salts", "Teas", "Ferries", "Clocks", "Lamps", "Ropes"), 1)
)
TURNED = "So [3], so [1], so [2], so [4], so [5], so [6]. "  # 3 becomes 1, 1 becomes 2, 2 becomes 3


def read(text: str, format: str = "markdown") -> Document:
    return parse(text, name="example", format=format)


def renumbered(
    text: str, format: str = "markdown", *, order: str = "appearance", start: int | None = None, move: bool = True
) -> str:
    return renumber_document(read(text, format), partial(read, format=format), order=order, start=start, move=move).text


def moved(marker: str, first: str = TURNED) -> str:
    """What becomes of a marker behind those that say which number becomes which."""
    return renumbered(f"{first}All that {marker} says.{SIX}").partition("All that ")[2].partition(" says.")[0]


def refusal(text: str, format: str = "markdown", *, start: int | None = None, move: bool = True) -> str:
    with pytest.raises(RenumberError) as refused:
        renumbered(text, format, start=start, move=move)
    return str(refused.value)


def deletion(document: Document, source: Source) -> Fix | None:
    return propose_removal(document, Removal(source.key)) if source.key else None


def folded(document: Document, stays: Source, goes: Source) -> Fix | None:
    return propose_removal(document, Removal(goes.key, stays.key)) if stays.key and goes.key else None


# Markers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("[1][1]", "[2][2]"),  # said twice by its writer, not by the new numbers
        ("[1, p. 7; 3]", "[2, p. 7; 1]"),  # the page is that of one source
        ("[1, p. 7][3]", "[2, p. 7][1]"),
        ("[4, p. 7][1]", "[4, p. 7][2]"),
        ("[1, 2][3]", "[2, 3][1]"),
        (
            "[[1]](https://salt.example)[[3]](https://ferry.example)",
            "[[2]](https://salt.example)[[1]](https://ferry.example)",
        ),
        ("[1, 2, 3]", "[1, 2, 3]"),
        ("[1,2,3,6]", "[1,2,3,6]"),
        ("[2]–[5]", "[1][3]–[5]"),
        ("[1], [3]", "[1], [2]"),
        ("[1] and [3]", "[2] and [1]"),
    ],
)
def test_neighbours_are_put_in_order_where_nothing_hangs_on_their_places(marker: str, expected: str) -> None:
    assert expected == moved(marker)


def test_a_range_is_taken_apart_though_its_ends_ascend() -> None:
    assert "[1, 3]" == moved("[2-3]", "So [2], so [1], so [3], so [4]. ")
    assert "[1, 3–5]" == moved("[2–5]", "So [2], so [1], so [3], so [4], so [5]. ")


@pytest.mark.parametrize(
    ("example", "expected"),
    [("[5; 6]", "[1; 3; 4]"), ("[5,6]", "[1,3,4]"), ("[5, p. 3; 6]", "[1, 3, 4]"), ("[5]", "[1, 3, 4]")],
)
def test_a_range_is_taken_apart_with_the_separator_of_other_markers(example: str, expected: str) -> None:
    assert expected == moved("[2-4]", f"{TURNED}As {example} has it. ")


@pytest.mark.parametrize(
    ("start", "expected"),
    [(8, "Mined.⁸ Boiled.⁹ Both.⁸⁹"), (9, "Mined.⁹ Boiled.¹⁰ Both.⁹,¹⁰"), (10, "Mined.¹⁰ Boiled.¹¹ Both.¹⁰,¹¹")],
)
def test_raised_digits_run_together_as_long_as_they_can_be_told_apart(start: int, expected: str) -> None:
    text = f"Mined.² Boiled.¹ Both.¹²{HEAD}1. Salts, 1901.\n2. Teas, 1902.\n"
    assert expected == renumbered(text, start=start).partition("\n")[0]


def test_raised_digits_are_no_range_unless_they_were() -> None:
    text = f"Mined.³ Boiled.¹ Sold.² All.¹,²,³{HEAD}1. Salts, 1901.\n2. Teas, 1902.\n3. Lamps, 1903.\n"
    assert "Mined.¹ Boiled.² Sold.³ All.¹,²,³" == renumbered(text).partition("\n")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So［１５］, so［１３］.\n\n## Sources\n\n［１３］ Salts.\n［１５］ Teas.\n", "So［１］, so［２］."),
        ("ملح [١٥]، ماء [١٣].\n\n## المراجع\n\n[١٣] كتاب.\n[١٥] بحر.\n", "ملح [١]، ماء [٢]."),
        (
            "So [03], so [01], so [02-03].\n\n## Sources\n\n[01] Salts.\n[02] Teas.\n[03] Lamps.\n",
            "So [01], so [02], so [01, 03].",
        ),
    ],
)
def test_numbers_keep_their_digits(text: str, expected: str) -> None:
    assert expected == renumbered(text).partition("\n")[0]


@pytest.mark.parametrize(
    ("marker", "reason"),
    [
        ("[3-3]", "the range 3–3 on line 1 is malformed; fix it first"),
        ("³⁻¹", "the range 3–1 on line 1 is malformed; fix it first"),
    ],
)
def test_a_range_that_names_no_row_of_sources_is_refused(marker: str, reason: str) -> None:
    first = "So³, so¹, so², so⁴. " if marker[0] != "[" else TURNED
    assert reason == refusal(f"{first}All that {marker} says.{SIX}")


def test_a_range_that_is_too_wide_to_be_spelled_out_is_refused() -> None:
    entries = "".join(f"[{number}] Salts, volume {number}.\n" for number in range(1, 301))
    reason = "the range 1–300 on line 1 is malformed; fix it first"
    assert reason == refusal(f"So [3], so [1–300].{HEAD}{entries}")


def test_more_ranges_than_can_be_followed_are_refused() -> None:
    entries = "".join(f"[{number}] Salts, volume {number}.\n" for number in range(1, 202))
    text = f"So [201]. {'So [1-200]. ' * 100}{HEAD}{entries}"
    assert refusal(text).endswith("on line 1 is one of more than can be followed; split the document")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("See [a page][2], so [1].", "See [a page][1], so [2]."),
        ("See [a page][2][1].", "See [a page][1][2]."),
        ("So [2][2], so [1][1].", "So [1][1], so [2][2]."),
        ("So [[2]][2], so [[1]][1].", "So [[1]][1], so [[2]][2]."),
    ],
)
def test_a_link_to_a_definition_goes_on_leading_there(before: str, after: str) -> None:
    entries = ["https://salt.example", "https://tea.example"]
    text = f"{before}\n\n[1]: {entries[0]}\n[2]: {entries[1]}\n"
    document = read(text)
    expected = f"{after}\n\n[1]: {entries[1]}\n[2]: {entries[0]}\n"
    assert expected == apply(text, plan_edits(document, plan_of(document)))


# Plans ------------------------------------------------------------------------------------------------------


def test_numbers_are_given_by_appearance_and_entries_move_unless_told_otherwise() -> None:
    document = read(f"So [2], so [1].{HEAD}[1] Salts.\n[2] Teas.\n")
    assert plan_of(document, order="appearance", start=None, move=True) == plan_of(document)
    assert f"So [1], so [2].{HEAD}[1] Teas.\n[2] Salts.\n" == renumber_document(document, read).text
    assert ({Key(0, "2"): 1, Key(0, "1"): 2}, 1) == (plan_of(document).numbers, len(plan_of(document).moving))
    assert () == plan_of(document, order="list").moving


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "So [2].\n\n## Sources\n\n[1] Salts.\n[2] [3] Teas.\n",
            "So [1].\n\n## Sources\n\n[1] [2] Teas.\n[3] Salts.\n",
            id="the second label of an entry follows its first",
        ),
        pytest.param(
            "So [2].\n\n## Sources\n\n[1] Salts.\n[2] Teas, see [4].\n[3] Lamps.\n[4] Ropes.\n",
            "So [1].\n\n## Sources\n\n[1] Teas, see [4].\n[2] Salts.\n[3] Lamps.\n[4] Ropes.\n",
            id="what only an entry names is not cited",
        ),
        pytest.param(
            "So [39], so [3].\n\n## Sources\n\n[3] Salts.\n[39] Teas.\n",
            "So [1], so [2].\n\n## Sources\n\n[1] Teas.\n[2] Salts.\n",
            id="numbers with gaps",
        ),
        pytest.param(
            "So [40], so [3].\n\n## Sources\n\n[3] Salts.\n[40] Teas.\n",
            "So [40], so [3].\n\n## Sources\n\n[3] Salts.\n[40] Teas.\n",
            id="numbers that are names",
        ),
        pytest.param(
            "So [2], so [1].\n\n## Sources\n\n1. Salts.\n2. Teas.\n\n## Further reading\n\n2. Lamps.\n1. Ropes.\n",
            "So [1], so [2].\n\n## Sources\n\n1. Teas.\n2. Salts.\n\n## Further reading\n\n2. Lamps.\n1. Ropes.\n",
            id="further reading is not numbered",
        ),
    ],
)
def test_what_counts_is_counted(before: str, after: str) -> None:
    assert after == renumbered(before)


# Entries ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("9. Salts.\n10. Teas.", "1. Teas.\n2. Salts.", id="entries of a line"),
        pytest.param(
            "[9] Salts,\n    1901.\n[10] Teas,\n     1902.",
            "[1] Teas,\n     1902.\n[2] Salts,\n    1901.",
            id="lines that Markdown does not hold to a column",
        ),
        pytest.param(
            "[9]     Salts.\n[10]    Teas.", "[1]     Teas.\n[2]     Salts.", id="a column far from the numbers"
        ),
        pytest.param("［９］Salts.\n［１０］Teas.", "［１］Teas.\n［２］Salts.", id="no space behind the number"),
    ],
)
def test_the_text_of_an_entry_stands_where_it_stood(before: str, after: str) -> None:
    brackets = "［１０］, so［９］" if "［" in before else " [10], so [9]"
    cited = "［１］, so［２］" if "［" in before else " [1], so [2]"
    assert f"So{cited}.{HEAD}{after}\n" == renumbered(f"So{brackets}.{HEAD}{before}\n")


@pytest.mark.parametrize(
    ("number", "start", "before", "after"),
    [
        pytest.param(9, 10, "9. Salts,\n   1901.", "10. Salts,\n    1901.", id="they follow"),
        pytest.param(9, 10, "9.  Salts,\n    1901.", "10. Salts,\n    1901.", id="the space gives way to one"),
        pytest.param(9, 10, "9. Salts,\n   of\n   1901.", "10. Salts,\n    of\n    1901.", id="all of them"),
        pytest.param(9, 10, "9. Salts,\nof 1901.", "10. Salts,\nof 1901.", id="lazy ones stay"),
        pytest.param(9, 10, "9. Salts,\n  XIV, 1901.", "10. Salts,\n  XIV, 1901.", id="lazy ones set in stay"),
        pytest.param(10, 9, "10.   Salts,\n      1901.", "9.    Salts,\n      1901.", id="four spaces are no code"),
        pytest.param(10, 9, "10.    Salts,\n       1901.", "9.    Salts,\n       1901.", id="five would be"),
        pytest.param(9, 100, "[9]  Salts,\n     1901.", "[100]  Salts,\n     1901.", id="brackets keep their lines"),
    ],
)
def test_later_lines_of_an_item_belong_to_it_below_a_wider_or_narrower_number(
    number: int, start: int, before: str, after: str
) -> None:
    assert f"So [{start}].{HEAD}{after}\n" == renumbered(f"So [{number}].{HEAD}{before}\n", start=start)


def test_labels_of_one_width_are_no_column() -> None:
    text = f"So [8], so [9].{HEAD}[8]  Salts.\n[9]  Teas.\n"
    assert f"So [10], so [11].{HEAD}[10]  Salts.\n[11]  Teas.\n" == renumbered(text, start=10)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("So [3], so [2], so [1].|[1] [2] Salts.\n[3] Teas.", "So [1], so [2], so [3].|[1] Teas.\n[2] [3] Salts."),
        ("So [3], so [2], so [1].|[2] [1] Salts.\n[3] Teas.", "So [1], so [2], so [3].|[1] Teas.\n[2] [3] Salts."),
    ],
)
def test_the_labels_of_one_entry_keep_their_order(before: str, after: str) -> None:
    assert after.replace("|", HEAD) + "\n" == renumbered(before.replace("|", HEAD) + "\n")


def test_a_raised_number_at_the_very_end_of_an_entry_moves_with_it() -> None:
    text = f"Mined.² Boiled.¹{HEAD}1. Salts, as at sea²\n2. Teas, as at sea¹\n"
    assert f"Mined.¹ Boiled.²{HEAD}1. Teas, as at sea²\n2. Salts, as at sea¹\n" == renumbered(text)


def test_a_range_the_wrong_way_round_may_have_been_meant_for_what_lies_between_its_ends() -> None:
    text = f"So [1, 4], so [3-1], so [2].{HEAD}[1] Salts.\n[2] Teas.\n[3] Ropes.\n[4] Lamps.\n"
    assert "the range 3–1 on line 1 is malformed; fix it first" == refusal(text)


def test_a_range_the_wrong_way_round_stays_where_nothing_in_it_changes() -> None:
    text = f"So [1], so [2], so [2-1], so [4], so [3].{HEAD}[1] Salts.\n[2] Teas.\n[3] Ropes.\n[4] Lamps.\n"
    assert "So [1], so [2], so [2-1], so [3], so [4]." == renumbered(text).partition(HEAD)[0]


def test_a_list_that_markdown_counts_begins_with_its_first_number() -> None:
    text = f"So [2], so [1].{HEAD}1. Salts.\n1. Teas.\n"
    assert f"So [5], so [6].{HEAD}5. Teas.\n5. Salts.\n" == renumbered(text, start=5)


def test_a_list_that_markdown_counts_has_no_gaps() -> None:
    document = read(f"So [2], so [1].{HEAD}1. Salts.\n1. Teas.\n")
    with pytest.raises(RenumberError) as refused:
        plan_edits(document, Plan({Key(0, "1"): 1, Key(0, "2"): 3}))
    assert "Markdown counts the entries itself, since all are written with one number; number them first" == str(
        refused.value
    )


def test_one_work_that_is_listed_twice_under_a_number_has_one_number_still() -> None:
    text = f"So [1].{HEAD}[1] Salts.\n[1] Salts.\n"
    assert f"So [5].{HEAD}[5] Salts.\n[5] Salts.\n" == renumbered(text, start=5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "So [2], so [1].\n\n## Sources\n\n[1] Salts.\n\n### Of the sea\n\n[2] Teas.\n",
            "after the entry on line 5 there is text that need not be its own; "
            "keep their order, with --keep-order or --by list",
        ),
        *(
            (
                f"So [3], so [1].\n\n## Sources\n\n[1] Salts, p. 4.\n[2] Teas.\n[3] {again}\n",
                "the entry on line 7 refers to the one before it; keep their order, with --keep-order or --by list",
            )
            for again in ("Ibid., p. 9.", "*Ibid.* 9.", "Ebd., S. 9.", "op. cit., p. 9.", "———, *Ropes*.", "Там же.")
        ),
        *(
            (
                f"So [2], so [1].\n\n## Sources\n\n[1] Salts.\n[2] Teas.\n{more}\n",
                "after the entry on line 6 there is text that need not be its own; "
                "keep their order, with --keep-order or --by list",
            )
            for more in ("```\ncode\n```", "| a | b |\n|---|---|", "> Quoted.")
        ),
        (
            "So [2], so [1].\n\n## Sources\n\n[1] Salts.\n<!-- keep -->\n[2] Teas.\n",
            "text is between the entries on lines 5 and 7; keep their order, with --keep-order or --by list",
        ),
    ],
)
def test_entries_that_hang_on_what_is_about_them_stay(text: str, reason: str) -> None:
    assert reason == refusal(text)


# Anchors ----------------------------------------------------------------------------------------------------

ANCHORED = (
    "{head}So [[2]](#r-2), so [[1]](#r-1).{more}\n\n## Sources\n\n"
    '<a id="r-1"></a>[1] Salts.\n<a id="r-2"></a>[2] Teas.\n{tail}'
)


@pytest.mark.parametrize(
    ("head", "more", "tail"),
    [
        ('<a id="fig-2"></a>', " See [the figure](#fig-2).", ""),
        ("", " Write `[2](#r-2)` for it.", ""),
        ("", "", '\n## Notes\n\n<a id="note-2"></a>Boil it.\n'),
        ("", "", '\n## Notes\n\n<a id="note-9"></a>Boil it.\n'),
        ("", ' Write `<a id="r-3">` for it.', ""),
    ],
)
def test_only_the_anchors_of_entries_and_links_to_them_are_renamed(head: str, more: str, tail: str) -> None:
    before = ANCHORED.format(head=head, more=more, tail=tail)
    after = before.replace("[[2]](#r-2), so [[1]](#r-1)", "[[1]](#r-1), so [[2]](#r-2)")
    assert after.replace("Salts", "?").replace("Teas", "Salts").replace("?", "Teas") == renumbered(before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "So [[1]](#r0001), so [[0]](#r0000).\n\n## Sources\n\n"
            '<a id="r0000"></a>[0] Salts.\n<a id="r0001"></a>[1] Teas.\n',
            "So [[0]](#r0000), so [[1]](#r0001).\n\n## Sources\n\n"
            '<a id="r0000"></a>[0] Teas.\n<a id="r0001"></a>[1] Salts.\n',
        ),
        (
            'So [[2]](#p9), so [[1]](#p7).\n\n## Sources\n\n<a id="p7"></a>[1] Salts.\n<a id="p9"></a>[2] Teas.\n',
            'So [[1]](#p9), so [[2]](#p7).\n\n## Sources\n\n<a id="p9"></a>[1] Teas.\n<a id="p7"></a>[2] Salts.\n',
        ),
        (
            "So [[2]](#sources), so [[1]](#sources).\n\n## Sources\n\n[1] Salts.\n[2] Teas.\n",
            "So [[1]](#sources), so [[2]](#sources).\n\n## Sources\n\n[1] Teas.\n[2] Salts.\n",
        ),
        (
            "So [[2]](#list-7), so [[1]](#list-7).\n\n## Sources\n\n[1] Salts.\n[2] Teas.\n",
            "So [[1]](#list-7), so [[2]](#list-7).\n\n## Sources\n\n[1] Teas.\n[2] Salts.\n",
        ),
    ],
)
def test_an_anchor_is_named_by_the_number_of_its_entry_alone(before: str, after: str) -> None:
    assert after == renumbered(before)


def test_anchors_may_stand_in_the_words_of_entries() -> None:
    entries = '[1] <a id="r-1"></a>Salts.\n[2] <a id="r-2"></a>Teas.\n'
    text = f"So [[2]](#r-2), so [[1]](#r-1).\n\n## Sources\n\n{entries}"
    swapped = entries.replace("Salts", "?").replace("Teas", "Salts").replace("?", "Teas")
    assert f"So [[1]](#r-1), so [[2]](#r-2).\n\n## Sources\n\n{swapped}" == renumbered(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "# A\n\nSo [[2]](#r-2), so [[1]](#r-1).\n\n### Sources\n\n"
            '<a id="r-1"></a>[1] Salts.\n<a id="r-2"></a>[2] Teas.\n\n'
            '# B\n\nSo [1], so [2].\n\n### Sources\n\n<a id="r-1"></a>[1] Lamps.\n[2] Ropes.\n',
            "two entries have the anchor r-1; give each its own",
        ),
        (
            '<a id="r-1"></a>So [[3]](#r-3), so [[2]](#r-2).\n\n## Sources\n\n'
            '<a id="r-2"></a>[2] Salts.\n<a id="r-3"></a>[3] Teas.\n',
            "there is an anchor r-1 already, outside the list of sources",
        ),
        (
            "So [[2]](#TEX2), so [[1]](#TEX1).\n\n## Sources\n\n[1] Salts.\n[2] Teas.\n",
            "the marker on line 1 links to #TEX2, and no such anchor is in the document",
        ),
    ],
)
def test_anchors_that_cannot_be_renamed_are_refused(text: str, reason: str) -> None:
    assert reason == refusal(text)


# Pages ------------------------------------------------------------------------------------------------------

BREAK = (
    "\n\nRowe                    Salts                    [Page 1]\n\f\n"
    "RFC 9             Salts of the sea             May 1999\n\n"
)


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        (
            f"[1] Salts, 1901.{BREAK}[2] Teas, 1902.\n",
            "a page break or a fence is between the entries on lines 5 and 11",
        ),
        (
            f"[1] Salts of the{BREAK}    north, 1901.\n[2] Teas, 1902.\n",
            "a page break or a fence cuts the entry on line 5",
        ),
    ],
)
def test_entries_stay_where_a_page_ends_among_them(entries: str, reason: str) -> None:
    text = f"So [2], so [1].\n\nReferences\n\n{entries}{BREAK.replace('Page 1', 'Page 2')}Author's Address\n"
    assert f"{reason}; keep their order, with --keep-order or --by list" == refusal(text, "text")
    assert "So [2], so [1]." == renumbered(text, "text", order="list").partition("\n")[0]


# Fixes ------------------------------------------------------------------------------------------------------


def outcome(fix: Fix | None, text: str) -> str | None:
    """What a fix makes of a text; None where there is no fix."""
    return apply(text, fix.edits) if fix else None


@pytest.mark.parametrize(
    ("body", "entries", "place", "after"),
    [
        ("So [1].", "[1] Salts.\n[2] Teas.\n", 1, "So [1].|[1] Salts.\n"),
        ("So [1].", "[1] [2] Salts.\n[3] Teas.\n", 2, "So [1].|[1] [2] Salts.\n"),
        ("So [1], so [5].", "[1] Salts.\n[3] Teas.\n[5] Lamps.\n", 1, "So [1], so [5].|[1] Salts.\n[5] Lamps.\n"),
        ("So [2].", "[1] Salts.\n[2] Teas.\n", 0, "So [1].|[1] Teas.\n"),
        (
            "So [1], so [3].",
            "[1] Salts.\n[2] Teas.\n[2] Teas.\n[3] Lamps.\n",
            1,
            "So [1], so [2].|[1] Salts.\n[2] Lamps.\n",
        ),
        ("So [1].", "[1] Salts.\n[2] Teas.\n[2] Teas.\n", 1, "So [1].|[1] Salts.\n"),
        ("So [1].", "[1] Salts.\n\n[2] Teas.\n\n[2] Teas.\n", 1, "So [1].|[1] Salts.\n"),
        ("So [1].", "[2] Teas.\n[1] Salts.\n[2] Teas.\n", 0, "So [1].|[1] Salts.\n"),
        ("So [1].", "[1] Salts.\n[2] Teas,\n    of 1931 and\n    (1932).\n", 1, "So [1].|[1] Salts.\n"),
        (
            "So [1], so [5].",
            "[1] Salts.\n\n[2] Teas.\n\n[2] Teas.\n\n[5] Lamps.\n",
            1,
            "So [1], so [5].|[1] Salts.\n\n[5] Lamps.\n",
        ),
        ("So [1], so [1,].", "[1] Salts.\n[2] Teas.\n[3] Lamps.\n", 1, "So [1], so [1,].|[1] Salts.\n[2] Lamps.\n"),
        (
            "So [1], as source 1 has it.",
            "[1] Salts.\n[2] Teas.\n[3] Lamps, see source 3.\n",
            1,
            "So [1], as source 1 has it.|[1] Salts.\n[2] Lamps, see source 3.\n",
        ),
        ("So `source 3` [1].", "[1] Salts.\n[2] Teas.\n[3] Ropes.\n", 1, "So `source 3` [1].|[1] Salts.\n[2] Ropes.\n"),
    ],
)
def test_an_entry_that_nothing_cites_goes(body: str, entries: str, place: int, after: str) -> None:
    text = f"{body}{HEAD}{entries}"
    document = read(text)
    fix = deletion(document, document.sources[place])
    assert after.replace("|", HEAD) == outcome(fix, text)
    assert fix is not None
    anew = ", and renumber those after it" if after.partition("|")[2] not in entries and "5" not in after else ""
    assert (f"delete the entry{anew}", Safety.UNSAFE) == (fix.title, fix.safety)


@pytest.mark.parametrize(
    ("before", "entry", "behind"),
    [
        ("[1] Salts.\n", "[2] Teas.\n", "</div>\n"),
        ("[1] Salts.\n", "[2] Teas.\n", "<!-- end -->\n\nSo.\n"),
        ("- Of old\n  - [1] Salts.\n", "  - [2] Teas.\n", "- Of late\n"),
    ],
)
def test_what_is_right_behind_an_entry_and_not_its_own_stays(before: str, entry: str, behind: str) -> None:
    text = f"So [1].{HEAD}{before}{entry}{behind}"
    document = read(text)
    assert f"So [1].{HEAD}{before}{behind}" == outcome(deletion(document, document.sources[1]), text)


@pytest.mark.parametrize(
    ("body", "entries", "place"),
    [
        pytest.param("So [2].", "[1] Salts.\n[2] Teas.\n", 1, id="cited"),
        pytest.param("So.", "- Salts, 1901.\n- Teas.\n", 0, id="without a label"),
        pytest.param(
            'So [1]. <span style="display:none">[2]</span>', "[1] Salts.\n[2] Teas.\n", 1, id="cited out of sight"
        ),
        pytest.param("So [2].", "[1] Salts.\n\n## Notes\n\nSo.\n\n## References\n\n[2] Lamps.\n", 0, id="alone"),
        pytest.param("So [1], so [1-300].", "[1] Salts.\n[2] Teas.\n", 1, id="in a range that is too wide"),
        pytest.param(
            "So [1], so [3].", "[1] Salts.\n[2] Teas.\n[3] Ibid., p. 4.\n", 1, id="meant by the entry behind it"
        ),
        pytest.param("So [1], [so](#tea).", '[1] Salts.\n[2] <a id="tea"></a>Teas.\n', 1, id="linked by its anchor"),
        pytest.param("So [1].", "[1] [2] Salts.\n[3] Teas.\n", 1, id="one of two labels"),
        pytest.param(
            "So [1], so [3].", "[1] Salts.\n[2] Teas.\n[2] Ropes.\n[3] Lamps.\n", 1, id="one number for two works"
        ),
        pytest.param(
            "So [1], so [3,].", "[1] Salts.\n[2] Teas.\n[3] Lamps.\n", 1, id="a malformed marker would change"
        ),
        pytest.param("So [1], as source 3 has it.", "[1] Salts.\n[2] Teas.\n[3] Lamps.\n", 1, id="words would change"),
        *(
            pytest.param(f"So [1], so {marker}.", "[1] Salts.\n[2] Teas.\n", 1, id=f"named by {marker!a}")
            for marker in (
                "[2\u2060]",
                "here[2\xad]",
                "［\u200b2］",
                "[2}",
                "[\u200b2, p. 4]",
                "here(2]",
                "[#2]",
                "[1, 2",
                "[2.]",
            )
        ),
        *(
            pytest.param("So [1].", f"1. Salts.\n2. Teas,\n{line}\n", 1, id=f"with the line {line}")
            for line in ("    1998.", "(4) ropes", "[4], ropes", "  12, 1931.")
        ),
        *(
            pytest.param("So [1].", f"[1] Salts.\n[2] Teas.\n{more}\n", 1, id=f"with {more}")
            for more in ("```\ncode\n```", "| a | b |", "> Quoted.", "### Lamps", "\nWords.\n\n[3] Lamps.")
        ),
    ],
)
def test_an_entry_that_cannot_go_stays(body: str, entries: str, place: int) -> None:
    document = read(f"{body}{HEAD}{entries}")
    assert deletion(document, document.sources[place]) is None


@pytest.mark.parametrize(
    "line", ["4. ropes of the north", "4) ropes", "(4) ropes", "[4], ropes", "2. Aufl. 1931", "1931", "  > 12, 1931"]
)
def test_no_line_that_begins_with_a_number_goes_with_an_entry(line: str) -> None:
    text = f"So [1], so [3].\n\nSources\n\n1. Salts, 1901.\n2. Teas and\n{line}\n3. Lamps, 1903.\n"
    document = read(text, "text")
    assert ["1", "2", "3"] == [source.label for source in document.sources]
    assert deletion(document, document.sources[1]) is None
    words = read(text.replace(f"\n{line}\n", "\nropes of 1931.\n"), "text")
    assert deletion(words, words.sources[1]) is not None


@pytest.mark.parametrize(
    ("body", "entries", "stays", "goes", "after"),
    [
        (
            "So [1], so [2], so [3].",
            "[1] Salts.\n[2] Salts.\n[3] Teas.\n",
            0,
            1,
            "So [1], so [1], so [2].|[1] Salts.\n[2] Teas.\n",
        ),
        (
            "So [1], so [2], so [3].",
            "[1] Salts.\n[2] Salts: of the sea.\n[3] Teas.\n",
            1,
            0,
            "So [1], so [1], so [2].|[1] Salts: of the sea.\n[2] Teas.\n",
        ),
        ("So [1], so [7].", "[1] Ropes.\n[4] Salts.\n[7] Salts.\n", 1, 2, "So [1], so [4].|[1] Ropes.\n[4] Salts.\n"),
        ("So [1], so [3].", "[1] [2] Salts.\n[3] Salts.\n", 0, 2, "So [1], so [1].|[1] [2] Salts.\n"),
        (
            "So [1], so [2].",
            "[1] Salts.\n[1] Salts.\n[2] Salts.\n",
            0,
            2,
            "So [1], so [1].|[1] Salts.\n[1] Salts.\n",
        ),
        ("So [1], so [2].", "[1] Salts.\n[1] Salts.\n[2] Salts.\n", 2, 0, "So [1], so [1].|[1] Salts.\n"),
        ("So [1], so [2].", "[1] Salts.\n[2] Salts.\n[2] Salts.\n", 0, 1, "So [1], so [1].|[1] Salts.\n"),
        (
            "So [1], so [2](#ref2).",
            '[1] <a id="ref1"></a>Salts.\n[2] <a id="ref2"></a>Salts.\n',
            0,
            1,
            'So [1], so [1](#ref1).|[1] <a id="ref1"></a>Salts.\n',
        ),
    ],
)
def test_two_entries_of_one_work_become_one(body: str, entries: str, stays: int, goes: int, after: str) -> None:
    text = f"{body}{HEAD}{entries}"
    document = read(text)
    first, second = document.sources[stays], document.sources[goes]
    fix = folded(document, first, second)
    assert after.replace("|", HEAD) == outcome(fix, text)
    assert fix is not None
    number = 4 if "[4]" in entries else 1
    assert (f"cite source {number} in its place, and delete the entry", Safety.UNSAFE) == (fix.title, fix.safety)
    gone = sorted(source.span for source in document.sources if source.key == second.key)
    assert [(span, first.span) for span in gone] == [(fold.goes, fold.stays) for fold in fix.folds]


@pytest.mark.parametrize(
    ("body", "entries", "stays", "goes"),
    [
        pytest.param("So [1], so [2].", "[1] Salts.\n[2] Salts.\n[3] Teas.\n", 1, 1, id="an entry and itself"),
        pytest.param("So [1], so [3].", "[1] Salts.\n[1] Salts.\n[3] Teas.\n", 0, 1, id="one number"),
        pytest.param("So.", "- Salts, 1901.\n- Salts, 1901.\n", 0, 1, id="no labels"),
        pytest.param("So [1], so [RFC].", "[1] Salts.\n[RFC] Salts.\n[3] Teas.\n", 0, 1, id="a word that goes"),
        pytest.param("So [1], so [RFC].", "[1] Salts.\n[RFC] Salts.\n[3] Teas.\n", 1, 0, id="a word that stays"),
        pytest.param("So [1], so [3].", "[1] [2] Salts.\n[3] Salts.\n", 2, 0, id="one of two labels"),
        pytest.param("So [1], so [2].", "[1] Salts.\n[1] Teas.\n[2] Salts.\n", 0, 2, id="what stays is two works"),
        pytest.param("So [1], so [2].", "[1] Salts.\n[2] Teas.\n[2] Salts.\n", 0, 2, id="what goes is two works"),
        pytest.param("So [1], so [2,].", "[1] Salts.\n[2] Salts.\n[3] Teas.\n", 0, 1, id="a malformed marker"),
        pytest.param(
            "So [1], so [2](#ref2).", '[1] Salts.\n[2] <a id="ref2"></a>Salts.\n', 0, 1, id="an anchor that is lost"
        ),
        pytest.param("So [1], so source 3.", "[1] Salts.\n[2] Salts.\n[3] Teas.\n", 0, 1, id="words"),
        pytest.param("So [1], so[^7].\n\n[^7]: Salts.", "[1] Salts.\n[2] Teas.\n", 0, 1, id="a footnote that stays"),
        pytest.param("So [1], so[^7].\n\n[^7]: Salts.", "[1] Salts.\n[2] Teas.\n", 1, 0, id="a footnote that goes"),
    ],
)
def test_two_entries_that_cannot_become_one_stay(body: str, entries: str, stays: int, goes: int) -> None:
    document = read(f"{body}{HEAD}{entries}")
    assert folded(document, document.sources[stays], document.sources[goes]) is None


@pytest.mark.parametrize(
    ("entries", "after"),
    [
        ("[2] Teas.\n[1] Salts.\n", "[1] Salts.\n[2] Teas.\n"),
        ("[2] Teas.\n\n[1] Salts.\n", "[1] Salts.\n\n[2] Teas.\n"),
        ("[2] Teas, see [1].\n[1] Salts.", "[1] Salts.\n[2] Teas, see [1]."),
        ("[2] Teas.\n[RFC] Ropes.\n[1] Salts.\n", "[1] Salts.\n[RFC] Ropes.\n[2] Teas.\n"),
        ("[1] Salts.\n[2] Teas.\n", None),
    ],
)
def test_entries_are_put_in_the_order_of_their_numbers(entries: str, after: str | None) -> None:
    text = f"So [1], so [2].{HEAD}{entries}"
    document = read(text)
    fix = sorted_list(document, document.source_lists[0])
    assert (after and f"So [1], so [2].{HEAD}{after}") == outcome(fix, text)
    assert fix is None or ("put the entries in the order of their numbers", Safety.UNSAFE) == (fix.title, fix.safety)


@pytest.mark.parametrize(
    ("body", "entries", "after", "safety"),
    [
        (
            "So [3], so [5].",
            "3. Salts.\n5. Teas.\n6. Lamps.\n",
            "So [3], so [4].|3. Salts.\n4. Teas.\n5. Lamps.\n",
            Safety.UNSAFE,
        ),
        (
            "So [3], so on.",
            "3. Salts.\n5. Teas.\n6. Lamps.\n",
            "So [3], so on.|3. Salts.\n4. Teas.\n5. Lamps.\n",
            Safety.SAFE,
        ),
        ("So [3], so [4].", "3. Salts.\n5. Teas.\n6. Lamps.\n", None, None),
        ("So [3], so [9].", "3. Salts.\n5. Teas.\n6. Lamps.\n", None, None),
        ("So [3], so [1].", "1. Salts.\n2. Teas.\n3. Lamps.\n", None, None),
        ("So [3].", "3. Salts.\n3. Teas.\n6. Lamps.\n", None, None),
        ("So [3].", "3. Salts.\n5. Teas.\n5. Lamps.\n", None, None),
        ("So [3], so source 5.", "3. Salts.\n5. Teas.\n6. Lamps.\n", None, None),
    ],
)
def test_the_numbers_that_are_shown_are_written(
    body: str, entries: str, after: str | None, safety: Safety | None
) -> None:
    text = f"{body}{HEAD}{entries}"
    document = read(text)
    fix = written_as_shown(document, document.source_lists[0])
    assert (after and after.replace("|", HEAD)) == outcome(fix, text)
    assert safety == (fix.safety if fix else None)


@pytest.mark.parametrize(
    ("body", "numbers", "in_the_list", "in_the_text"),
    [
        (
            "So [1], so [3].",
            (1, 3),
            "So [1], so [2].|[1] Salts.\n[2] Teas.\n",
            "So [1], so [2].|[1] Salts.\n[2] Teas.\n",
        ),
        (
            "So [3], so [1].",
            (1, 3),
            "So [2], so [1].|[1] Salts.\n[2] Teas.\n",
            "So [1], so [2].|[1] Teas.\n[2] Salts.\n",
        ),
        ("So [1], so [2].", (1, 2), None, None),
        ("So [3], so [2].", (1, 3), None, None),
        ("So [3], as source 3 has it.", (1, 3), None, None),
    ],
)
def test_numbers_follow_the_list_or_the_text(
    body: str, numbers: tuple[int, int], in_the_list: str | None, in_the_text: str | None
) -> None:
    text = f"{body}{HEAD}[{numbers[0]}] Salts.\n[{numbers[1]}] Teas.\n"
    document = read(text)
    assert (in_the_list and in_the_list.replace("|", HEAD)) == outcome(close_gaps(document), text)
    assert (in_the_text and in_the_text.replace("|", HEAD)) == outcome(by_appearance(document), text)


@pytest.mark.parametrize(("length", "expected"), [(0, 2_000_000), (1, 2_000_000), (2000, 1000), (2001, 999)])
def test_the_longer_a_document_is_the_fewer_of_its_findings_number_it_anew(length: int, expected: int) -> None:
    assert expected == within_budget(read("s" * length))


def test_one_finding_of_a_document_of_any_length_numbers_it_anew() -> None:
    assert 1 == within_budget(replace(read(""), text="s" * 2_000_001))
