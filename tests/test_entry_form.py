"""How entries are written: what they lead to, how they end, what they share, and what nobody sees in them."""

from __future__ import annotations

import pytest

from citecheck import Settings, lint
from citecheck.model.findings import Diagnostic

COLD = "“A cold spring” The Courier, 2 Mar. 2023"
BOOK = "A. Moss, *Lakes*, 1911."


def document(*entries: str, heading: str = "## Sources") -> str:
    """A text that cites each of the entries."""
    markers = " ".join(f"Claim {number} [{number}]." for number, _ in enumerate(entries, 1))
    return f"{markers}\n\n{heading}\n\n" + "\n".join(f"[{n}] {entry}" for n, entry in enumerate(entries, 1)) + "\n"


def footnotes(*notes: str) -> str:
    """A text with a footnote for each of the notes, and then a list of one sound source."""
    words = " ".join(f"Claim {number}.[^{number}]" for number, _ in enumerate(notes, 1))
    return f"{words}\n\n" + "\n".join(f"[^{number}]: {note}" for number, note in enumerate(notes, 1)) + "\n"


def diagnostics(code: str, text: str) -> list[Diagnostic]:
    return lint(text, name="example.md", settings=Settings(select=(code,)))


def messages(code: str, text: str) -> list[str]:
    return [each.message for each in diagnostics(code, text)]


# Footnotes that are sources ---------------------------------------------------------------------------------

REMARK = "By weight, with the lid on;"


@pytest.mark.parametrize(
    "notes",
    [
        ("https://lakes.example/a;",),
        ("A. Moss, *Lakes*, 1911;",),
        ("“A cold spring” The Courier, 2023;",),
        ("*Lakes*, Exeter: Valley Press, 1911;",),
        (REMARK, "A. Moss, *Lakes*, 1911;", "https://lakes.example/a;"),
    ],
)
def test_footnotes_most_of_which_read_like_sources_are_held_to_be_some(notes: tuple[str, ...]) -> None:
    assert 1 == len(diagnostics("CC306", footnotes(*notes)))


@pytest.mark.parametrize(
    "notes",
    [
        (REMARK,),
        ("*Lakes* is a good book;",),
        ("Lakes froze in 1911;",),
        ("*Lakes*, Exeter: Valley Press;",),
        (REMARK, "A. Moss, *Lakes*, 1911;"),
        (REMARK, REMARK, "A. Moss, *Lakes*, 1911;"),
    ],
)
def test_footnotes_half_of_which_are_remarks_may_end_as_they_like(notes: tuple[str, ...]) -> None:
    assert [] == diagnostics("CC306", footnotes(*notes))


def test_further_reading_is_held_to_be_sources() -> None:
    text = "It is dry [1].\n\n## Sources\n\n[1] Pans, 1902.\n\n## Further reading\n\n- Brine, 1903;\n"
    assert ["this source ends in “;”"] == messages("CC306", text)


def test_remarks_do_not_keep_a_list_from_being_read() -> None:
    text = f"{footnotes(REMARK)}\nIt is dry [1].\n\n## Sources\n\n[1] A. Moss, *Lakes*, 1911;\n"
    assert ["source 1 ends in “;”"] == messages("CC306", text)


# CC304 ------------------------------------------------------------------------------------------------------


def lost(*numbers: int) -> list[str]:
    return [f"source {number} has no address, identifier or page to follow" for number in numbers]


@pytest.mark.parametrize(
    ("headlines", "books", "expected"),
    [
        (1, 0, lost(1)),
        (1, 1, lost(1)),
        (2, 2, lost(1, 2)),
        (2, 3, lost(1, 2)),
        (2, 1, ["2 of 3 sources have no address, identifier or page to follow"]),
        (3, 2, ["3 of 5 sources have no address, identifier or page to follow"]),
    ],
)
def test_a_list_of_which_most_lead_nowhere_is_told_so_once(headlines: int, books: int, expected: list[str]) -> None:
    entries = [COLD.replace("cold", f"{number}th") for number in range(headlines)] + [BOOK] * books
    assert expected == messages("CC304", document(*entries))


def test_each_list_is_read_and_further_reading_is_not() -> None:
    listing = f"\n\n## Sources\n\n[1] {COLD}\n[2] {COLD.replace('cold', 'wet')}\n\n"
    reading = f"## Further reading\n\n- {COLD.replace('cold', 'dry')}\n\n"
    text = f"# One\n\nCold [1]. Wet [2].{listing}# Two\n\nDry [1]. Cool [2].{reading.join([listing, ''])}"
    assert ["2 of 2 sources have no address, identifier or page to follow"] * 2 == messages("CC304", text)
    assert lost(1) == messages("CC304", f"Cold [1].\n\n{reading}## Sources\n\n[1] {COLD}\n")


def test_ten_of_a_lists_other_entries_are_shown() -> None:
    for count in (11, 12):
        (told,) = diagnostics("CC304", document(*[COLD.replace("cold", f"{number}th") for number in range(count)]))
        assert (10, "nor has source 2") == (len(told.related), told.related[0].message)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("“A cold spring” The Courier, 2 Mar. 1995", lost(1)),
        ("“A cold spring” The Courier, 2 Mar. 1994", []),  # in print
        ("“A cold spring” The Courier", lost(1)),
        ("“A cold spring”, 2 Mar. 2023", lost(1)),
        ("“A cold spring”", []),  # a saying perhaps
        ("“A cold spring”. Exeter: Valley Press, 2023", []),
        ("“A cold spring” The Courier, vol. 7, 2023", []),
        ("Issue 7: “A cold spring” The Courier, 2023", []),
        ("A. Moss, “A cold spring” The Courier, 2023", []),
        ("“A cold spring” The Courier, 2023. PMID: 12345678", []),
    ],
)
def test_a_headline_of_the_web_wants_a_way_to_it(entry: str, expected: list[str]) -> None:
    assert expected == messages("CC304", document(entry))


# CC305 ------------------------------------------------------------------------------------------------------

BARE = "https://lakes.example/a"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((BARE,), ["source 1 is an address and nothing else"]),
        ((BOOK, f"<{BARE}>"), ["source 2 is an address and nothing else"]),
        ((BARE, BOOK, f"{BARE}/b"), ["source 1 is an address and nothing else, and so is 1 more"]),
        ((BARE, f"{BARE}/b", f"<{BARE}/c>"), ["source 1 is an address and nothing else, and so are 2 more"]),
        ((f"{BARE} and {BARE}/b",), []),
        ((f"{BARE}, https://ponds.example",), ["source 1 is an address and nothing else"]),
        ((f"*Via*, {BARE}",), []),
        (("",), []),
        (("—",), []),
    ],
)
def test_an_address_without_words_is_told_once_a_list(entries: tuple[str, ...], expected: list[str]) -> None:
    assert expected == messages("CC305", document(*entries))


@pytest.mark.parametrize(
    "entry",
    ["URL: https://a.example/x", "Available at: https://a.example/x", "See https://a.example/x, https://a.example/x/y"],
)
def test_words_that_only_point_at_an_address_say_no_more_than_it(entry: str) -> None:
    assert ["source 1 is an address and nothing else"] == messages("CC305", document(entry))


def test_an_address_alone_is_told_in_whichever_list_it_stands() -> None:
    text = f"Cold [1].\n\n## Sources\n\n[1] {BOOK}\n\n# Two\n\nWet [1].\n\n## Sources\n\n[1] {BARE}\n"
    assert ["source 1 is an address and nothing else"] == messages("CC305", text)


def test_a_definition_that_a_link_uses_may_be_an_address() -> None:
    assert [] == messages("CC305", f"The [lakes][1] are cold, and [wet][2].\n\n[1]: {BARE}\n[2]: {BARE}/b\n")


def test_ten_of_the_other_addresses_are_shown() -> None:
    for count in (11, 12):
        (told,) = diagnostics("CC305", document(*[f"{BARE}/{number}" for number in range(count)]))
        assert (10, "so is source 2") == (len(told.related), told.related[0].message)


# CC306 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (("Salts, 1901;",), ["source 1 ends in “;”"]),
        (("Salts, 1901 (",), ["source 1 ends in “(”"]),
        (("Salts, 1901.", "Pans, 1902,"), ["source 2 ends in “,”"]),
        (("Salts, 1901;", "Pans, 1902,", "Brine, 1903"), ["source 1 ends in “;”, and so does 1 more"]),
        (("Salts, 1901;", "Pans, 1902;", "Brine, 1903;"), ["source 1 ends in “;”, and so do 2 more"]),
        (("Salts, 1901;", "Pans, 1902.", "Brine, 1903."), ["source 1 ends in “;”"]),
        (("《盐》，1901，", "《锅》，1902"), ["source 1 ends in “，”"]),
        (("Salts, 1901;", "Pans, 1902; and", "Brine, 1903."), []),  # one sentence
        (("《盐》，1901；", "《锅》，1902；以及", "《水》，1903。"), []),
        (("Three plates:\n    - the pit\n    - the pan", "Pans, 1902."), []),
        (("Three plates:\n\n- the pit\n- the pan",), []),
        (("Three plates:",), ["source 1 ends in “:”"]),
        ((";", "Pans, 1902.", "Brine, 1903"), []),  # an empty entry is another fault
        (("denied { salt } for pan\n    allow salt;", "Pans, 1902."), []),  # a log
        (("in pans.c\n    salt = boil(brine);", "Pans, 1902."), []),
    ],
)
def test_an_entry_that_breaks_off_is_told(entries: tuple[str, ...], expected: list[str]) -> None:
    assert expected == messages("CC306", document(*entries))


def test_an_entry_that_breaks_off_is_told_in_whichever_list_it_stands() -> None:
    text = f"Cold [1].\n\n## Sources\n\n[1] {BOOK}\n\n# Two\n\nWet [1].\n\n## Sources\n\n[1] Pans, 1902,\n"
    assert ["source 1 ends in “,”"] == messages("CC306", text)


def test_ten_of_the_other_loose_ends_are_shown() -> None:
    for count in (11, 12):
        (told,) = diagnostics("CC306", document(*[f"Salts, sheet {number};" for number in range(count)]))
        assert (10, "and source 2") == (len(told.related), told.related[0].message)


# CC311 ------------------------------------------------------------------------------------------------------

DAY = "2 March 2023"


def dated(date: str, number: int) -> str:
    return f"“Spring, part {number}”, The Courier, {date}, https://lakes.example/{number}"


@pytest.mark.parametrize(
    ("date", "form"),
    [
        ("2023-03-02", "a date in figures, year first"),
        ("2023/3/2", "a date in figures, year first"),
        ("2023 March 2", "a date that begins with the year"),
        ("02.03.2023", "a date in figures, day first"),
        ("2.3.2023", "a date in figures, day first"),
        ("March 2, 2023", "a date that begins with the month"),
    ],
)
def test_a_date_unlike_the_others_is_told(date: str, form: str) -> None:
    usual = "a date that begins with the day"
    entries = [dated(each, number) for number, each in enumerate([DAY, DAY, date, DAY, DAY])]
    assert [f"source 3 has {form}, where the list has {usual}"] == messages("CC311", document(*entries))
    entries = [dated(each, number) for number, each in enumerate([date, date, DAY, date, date])]
    assert [f"source 3 has {usual}, where the list has {form}"] == messages("CC311", document(*entries))


@pytest.mark.parametrize(
    ("days", "others", "expected"), [(4, 1, 1), (3, 1, 0), (3, 2, 0), (4, 2, 0), (8, 2, 2), (5, 0, 0)]
)
def test_a_list_has_a_manner_where_four_in_five_of_five_agree(days: int, others: int, expected: int) -> None:
    entries = [dated(each, number) for number, each in enumerate([DAY] * days + ["2023-03-02"] * others)]
    assert expected == len(diagnostics("CC311", document(*entries)))


def test_years_alone_and_missing_dates_are_no_manner() -> None:
    entries = [dated(each, number) for number, each in enumerate([DAY, DAY, DAY, DAY, "2023"])]
    assert [] == messages("CC311", document(*entries, BARE, "Pans."))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [('""', "straight quotation marks"), ("‘’", "single quotation marks"), ("**", None), ("«»", None)],
)
def test_quotation_marks_unlike_the_others_are_told(marks: str, expected: str | None) -> None:
    entries = [f"“Spring, part {number}”, The Courier, 2023." for number in range(5)]
    entries[2] = entries[2].replace("“", marks[0]).replace("”", marks[1])
    wanted = [f"source 3 has {expected}, where the list has curly quotation marks"] if expected else []
    assert wanted == messages("CC311", document(*entries))


# CC313 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("Salt is sold.", ["Salt is sold."]),
        ("Salt is sold.\n\nIt is dear.", ["Salt is sold."]),
        ("Salt is sold.\n\n## Trade\n\nIt is dear.", ["Salt is sold."]),
        ("---\n\nSalt is sold.", ["Salt is sold."]),
        ("Signed-off-by: A. Moss <moss@lakes.example>", []),
        ("## Trade\n\nSalt is sold.", []),
        ("## Trade", []),
        ("", []),
    ],
)
def test_the_text_ends_with_its_sources_or_begins_a_new_part(behind: str, expected: list[str]) -> None:
    text = f"# Salt\n\nSalt is white [1].\n\n## Sources\n\n[1] Salts, 1901.\n\n{behind}\n"
    assert expected == [each.span.of(text) for each in diagnostics("CC313", text)]


def test_text_between_two_lists_and_behind_footnotes_goes_on() -> None:
    text = "Salt is white [1].\n\n## Sources\n\n[1] Salts.\n\nIt is dear [1].\n\n## Sources\n\n[1] Pans.\n"
    assert [] == messages("CC313", text)
    assert [] == messages("CC313", "Salt is white.[^1]\n\n[^1]: Salts, 1901.\n\nSalt is sold.\n")


# CC312 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is cold [\u200b1].", ["a zero width space (U+200B) hides in this marker at column 13"]),
        ("It is cold [1\u2060].", ["a word joiner (U+2060) hides in this marker at column 14"]),
        ("It is cold［1\u2060］.", ["a word joiner (U+2060) hides in this marker at column 13"]),
        ("It is cold [^\u200b1].", ["a zero width space (U+200B) hides in this marker at column 14"]),
        (
            "It is cold [1](https://ice.exa\u200bmple).",
            ["a zero width space (U+200B) hides in this marker at column 31"],
        ),
        ("It is cold [1\u200b](#s1).", ["a zero width space (U+200B) hides in this marker at column 14"]),
        ("It is cold `[\u200b1]`.", []),
        ("It is \u200bcold [1].", []),
        ("It is cold \u200b[1]\u200b.", []),
    ],
)
def test_what_nobody_sees_is_told_inside_a_marker_alone(text: str, expected: list[str]) -> None:
    assert expected == messages("CC312", f"{text}\n\nIt is wet [1].\n\n## Sources\n\n[1] {BOOK}\n")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("*Ice\u200b*, 1911.", "a zero width space (U+200B) hides in this title"),
        ("*I\u00adce*, 1911.", "a soft hyphen (U+00AD) hides in this title"),
        ("*Ice\ufeff*, 1911.", "a byte order mark (U+FEFF) hides in this title"),
        ("*I\ue001ce*, 1911.", "a private-use character (U+E001) hides in this title"),
        ("*I\ufff9ce*, 1911.", "an interlinear annotation anchor (U+FFF9) hides in this title"),
        ("Ice, https://doi.org/10.1000/ab\u200bc", "a zero width space (U+200B) hides in this address"),
        ("*Ice*, https://ice.exa\u200dmple/x", "a zero width joiner (U+200D) hides in this address"),
        ("*Ice*, https://ice.exa\u034fmple/x", "a combining grapheme joiner (U+034F) hides in this address"),
        ("*Ice*, doi:10.1000/ab\u200bc", "a zero width space (U+200B) hides in this identifier"),
    ],
)
def test_what_nobody_sees_is_told_with_what_it_harms(entry: str, expected: str) -> None:
    (told,) = messages("CC312", document(entry))
    assert expected == told.partition(" at column ")[0]


@pytest.mark.parametrize("entry", ["*Ice*, 1911, in the\u200b north.", "*I\u200dce*, 1911.", "*I\u034fce*, 1911."])
def test_words_beside_a_title_and_what_spells_are_left_alone(entry: str) -> None:
    assert [] == messages("CC312", document(entry))


def test_of_characters_that_nobody_sees_those_for_private_use_stay() -> None:
    text = document("*I\u200bc\ue001e*, 1911.")
    (told,) = diagnostics("CC312", text)
    assert told.message.endswith(", and 1 other")
    assert told.fix
    assert ["\u200b"] == [edit.span.of(text) for edit in told.fix.edits]


def test_a_title_and_an_address_are_two_places() -> None:
    assert 2 == len(diagnostics("CC312", document("[https://ice.exa\u200bmple](https://ice.exa\u200bmple)")))
