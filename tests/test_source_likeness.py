"""Sources beside each other and beside the calendar: doubles, dates, suggestions, repetitions."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from citecheck import Settings, lint
from citecheck.engine import linting as engine
from citecheck.model.findings import Diagnostic

TOMORROW = date.today() + timedelta(days=1)
LATER = date.today() + timedelta(days=3)


def document(*entries: str) -> str:
    claims = " ".join(f"Claim {number} [{number}]." for number, _ in enumerate(entries, 1))
    return f"{claims}\n\n## Sources\n\n" + "\n".join(f"[{at}] {entry}" for at, entry in enumerate(entries, 1)) + "\n"


def told(code: str, text: str) -> list[Diagnostic]:
    return lint(text, name="a.md", settings=Settings(select=(code,)))


def messages(code: str, *entries: str) -> list[str]:
    return [each.message for each in told(code, document(*entries))]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (("Salts, doi:10.1000/AB", "Teas, doi:10.1000/ab"), "source 2 has the DOI of source 1"),
        (("Salts, arXiv:2101.00001v2", "Teas, arXiv:2101.00001"), "source 2 has the arXiv id of source 1"),
        (("Salts, https://a.example/x", "Teas, http://m.A.example/x/#"), "source 2 has the address of source 1"),
        (
            (
                "Ada Moss, The salt books. ISBN 978-1-4028-9462-6",
                "Moss, A. (1931). *The Salt Books*. ISBN 9781402894626",
            ),
            "source 2 has ISBN and title of source 1",
        ),
        (
            ("Salts, https://a.example/x#:~:text=Van", "Teas, https://a.example/x#:~:text=Tuz"),
            "source 2 has the address of source 1",
        ),
        (("Salts, https://A.example/x/?#", "Teas, https://a.example/x"), "source 2 has the address of source 1"),
        (("Salts, https://a.example/x?fbclid=1", "Teas, https://a.example/x"), "source 2 has the address of source 1"),
        (
            ("“The low tides of winter”, The Port, 1931", "“The low tides of Winter!”, The Port, 1931"),
            "source 2 has the words of source 1",
        ),
        (
            ("“Low winter tide”, The Port, 1931", "“Low winter tide”, The Port, 1931"),  # fifteen characters
            "source 2 has the words of source 1",
        ),
        (("Salts, https://a.example/x/y", "Teas, www.a.example/x/y?utm_id=1"), "source 2 has the address of source 1"),
        (("Salts, https://a.example/x/y", "Teas, www.a.example/x/y?srsltid=1"), "source 2 has the address of source 1"),
        (
            ("Salts, https://a.example:443/x/y", "Teas, https://www2.a.example/x/y"),
            "source 2 has the address of source 1",
        ),
        (("Salts, doi:10.1000/ab, https://a.example/x",) * 2, "source 2 has the DOI of source 1"),
        (("“The low tides of winter”, The Port, doi:10.1000/ab",) * 2, "source 2 has the DOI of source 1"),
        (("Rowe, D., “The low tides of winter”, The Port",) * 2, "source 2 has the words of source 1"),
        (("“The lower tides”, The Port, 1931",) * 2, "source 2 has the words of source 1"),
        (("*The low tides of winter*, Harbour Press, 1931",) * 2, "source 2 has the words of source 1"),
        (
            ("“The low tides of winter”, The Port, 1931", "“The low tides of winter”, THE PORT, 1931"),
            "source 2 has the words of source 1",
        ),
        (
            ("Rowe, D., “The low tides of winter”, The Port", "“The low tides of winter”, The Port"),
            "source 2 has title and outlet of source 1",
        ),
        (
            ("“The low tides of winter”, The Port", "Rowe, D., “The low tides of winter”, The Port"),
            "source 2 has title and outlet of source 1",
        ),
        (
            (
                "“The low tides of winter”, The Port, 1931, https://a.example/77",
                "“The low tides of winter”, The Port, 1931",
            ),
            "source 2 has title and outlet of source 1",
        ),
        (
            (
                "“The low tides of winter”, The Port, 1931",
                "“The low tides of winter”, The Port, 1931, https://a.example/77",
            ),
            "source 2 has title and outlet of source 1",
        ),
        (
            ("“The low tides of winter”, https://a.example/77", "“The low tides of winter”, a.example"),
            "source 2 has title and outlet of source 1",
        ),
    ],
)
def test_a_work_is_known_again(entries: tuple[str, ...], expected: str) -> None:
    assert [expected] == messages("CC302", *entries)
    assert [["first listed here"]] == [
        [related.message for related in each.related] for each in told("CC302", document(*entries))
    ]


@pytest.mark.parametrize(
    "entries",
    [
        ("Salts, https://a.example/", "Teas, https://a.example/"),  # a whole site
        ("Salts, https://a.example/X", "Teas, https://a.example/x"),
        ("Salts, https://a.example/x?id=1", "Teas, https://a.example/x?id=2"),
        ("“The high tides”, The Port, 1931", "“The high tides”, The Port 1931, p. 3"),  # too short to compare
        ("“The low tides of winter”", "“The low tides of the winter”"),
        ("“Low summer tie”, The Port, 1931", "“Low summer tie”, The Port 1931, p. 3"),
        ("“The low tides of winter”, The Port, 1931", "“The low tides of winter”, The Port, 1932"),
        ("“The low tides of winter”, The Port, 1931", "“The low tides of winter”, The Bay, 1931"),
        (
            "“The low tides of winter”, The Port, https://a.example/x",
            "“The low tides of winter”, The Port, https://a.example/y",
            "Ropes, 1931",
        ),
        ("Salts, https://a.example/x/X", "Teas, https://a.example/x/"),
        ("Rowe, D., “The low tides of winter”, The Port", "Moss, A., “The low tides of winter”, The Port"),
        (
            "“The low tides of winter”, The Port, https://a.example/x",
            "“The low tides of winter”, The Port, https://a.example/y",
        ),
    ],
)
def test_two_works_are_two(entries: tuple[str, ...]) -> None:
    assert [] == messages("CC302", *entries)


def test_each_double_is_one_of_the_first() -> None:
    expected = ["source 2 has the DOI of source 1", "source 4 has the DOI of source 1"]
    assert expected == messages("CC302", *(f"{word}, doi:10.1000/{word[0]}" for word in ("Salts", "Sea", "Teas", "So")))
    title = "“The low tides of winter”, The Port, 1931"
    expected = ["source 3 has the words of source 1"]
    assert expected == messages("CC302", title, "“A lamp for each of the harbours”, The Port, 1931", title)
    expected = ["source 2 has the words of source 1", "source 3 has the words of source 1"]
    assert expected == messages("CC302", title, title, title)


def test_titles_that_differ_in_a_letter_of_twenty_are_the_same() -> None:
    entries = ("“The low tides of May”, The Port, 1931", "“The low tides of Mai”, The Port, 1931")
    assert ["source 2 has title and outlet of source 1"] == messages("CC302", *entries)
    assert [] == messages("CC303", *entries)


def test_chapters_with_the_isbn_of_their_book_are_no_doubles() -> None:
    book = "In *The salt books*. ISBN 978-1-4028-9462-6"
    assert [] == messages(
        "CC302", f"Moss, A. (1931). The wells of Van. {book}", f"Quill, B. (1931). Lamps at sea. {book}"
    )


@pytest.mark.parametrize(("others", "expected"), [(199, 1), (200, 0)])
def test_a_title_is_compared_with_two_hundred_earlier_ones_of_its_figures(others: int, expected: int) -> None:
    title = "“The low tides of winter”, The Port, 1931"
    dice = random.Random(7)
    words = ("".join(dice.choices("bcdfghklmnprst", k=24)) for _ in range(others))  # without figures, which tell apart
    between = (f"“{each}”, The Port, 1931" for each in words)
    assert expected == len(messages("CC302", title, *between, title.replace("low", "lower")))


@pytest.mark.parametrize(("affordable", "expected"), [(1, [True, False]), (2, [True, True])])
def test_a_long_document_is_numbered_anew_only_so_often(
    monkeypatch: pytest.MonkeyPatch, affordable: int, expected: list[bool]
) -> None:
    monkeypatch.setattr(engine, "within_budget", lambda _: affordable)
    found = told("CC302", document(*["Salts, doi:10.1000/ab"] * 3))
    assert expected == [each.fix is not None for each in found]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("The low tides of wintertime", 1),
        ("The high seas of summer time", 0),
        ("The low tides of winter", 0),  # the same, which is for another rule to tell
    ],
)
def test_a_title_may_be_nearly_that_of_another(second: str, expected: int) -> None:
    entries = ("“The low tides of winter”, The Port, 1931", f"“{second}”, The Port, 1931")
    assert ["source 2 has nearly the title of source 1"] * expected == messages("CC303", *entries)


def test_footnotes_name_their_source_each_anew() -> None:
    text = "Salt[^a] and tea[^b].\n\n[^a]: Salts, doi:10.1000/ab\n[^b]: Salts, doi:10.1000/ab\n"
    assert [] == told("CC302", text)


def test_an_entry_without_a_label_is_one_above() -> None:
    text = "Salt.\n\n## Sources\n\n- Salts, doi:10.1000/ab\n- Salts again, doi:10.1000/ab\n"
    assert ["this source has the DOI of one above"] == [each.message for each in told("CC302", text)]


# CC310 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("30 February 2019", "there is no such day"),
        ("29 February 2019", "there is no such day"),
        ("29 February 2020", None),
        ("31 April 2019", "there is no such day"),
        ("2019-00-10", "there is no month 0"),
        ("2019-13-10", "there is no month 13"),
        ("2019-12-31", None),
        ("0 May 2019", None),
        ("Winter 2019", None),
        ("2019–2021", None),
    ],
)
def test_a_day_is_one_of_the_calendar(written: str, fault: str | None) -> None:
    expected = [f"{written}: {fault}"] if fault else []
    assert expected == messages("CC310", f"“Tides at noon”, The Port, {written}")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (f"“Tides at noon”, The Port, {LATER:%Y-%m-%d}", True),
        (f"“Tides at noon”, The Port, {TOMORROW:%Y-%m-%d}", False),
        (f"“Tides at noon”, The Port, {TOMORROW.year + 2}-01", True),
        (f"“Tides at noon”, The Port, {TOMORROW.year + 1}-01", False),  # an issue may be dated ahead
        (f"Rowe, D., *Tides*, {TOMORROW.year + 2}.", True),
        (f"Rowe, D., *Tides*, {TOMORROW.year + 1}.", False),
        (f"Tides to {TOMORROW.year + 20}: https://a.example/x", False),  # titles look ahead
        (f"“Tides at noon”, The Port, 1931, accessed {TOMORROW.year + 1}", True),
        (f"“Tides at noon”, The Port, accessed {LATER:%Y-%m-%d}", True),
        (f"“Tides at noon”, The Port, accessed {TOMORROW:%Y-%m-%d}", False),
        (f"“Tides at noon”, The Port, {TOMORROW.year + 2}–{TOMORROW.year + 3}", False),
    ],
)
def test_a_date_may_be_still_to_come(entry: str, expected: bool) -> None:
    assert expected is any(message.endswith("is still to come") for message in messages("CC310", entry))


@pytest.mark.parametrize(
    ("published", "accessed", "expected"),
    [
        ("3 May 2019", "2 May 2019", True),
        ("3 May 2019", "3 May 2019", False),
        ("3 May 2019", "April 2019", True),
        ("3 May 2019", "May 2019", False),
        ("3 May 2019", "2018", True),
        ("May 2019", "3 April 2019", True),
        ("Spring 2019", "3 January 2019", False),
        ("2019–2021", "3 January 2018", False),
    ],
)
def test_nobody_reads_what_is_not_published(published: str, accessed: str, expected: bool) -> None:
    found = told("CC310", document(f"“Tides at noon”, The Port, {published}, accessed {accessed}"))
    assert ["read before it was published"] * expected == [each.message for each in found]
    assert [["published here"]] * expected == [[related.message for related in each.related] for each in found]


# CC101, CC107 -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "listed", "hint"),
    [
        ("^nort-sea", ["^north-sea", "^baltic"], "north-sea"),
        ("^n0rth-sea", ["^north-sea", "^baltic"], None),  # other digits are another label
        ("^sea", ["^north-sea", "^baltic"], None),
        ("^" + "n" * 41, ["^" + "n" * 40, "^baltic"], None),  # too long to compare
        ("^" + "n" * 40, ["^" + "n" * 39, "^baltic"], "n" * 39),
    ],
)
def test_a_name_that_is_nearly_another_is_suggested(written: str, listed: list[str], hint: str | None) -> None:
    notes = "\n".join(f"[{label}]: Works of {label[1:4]}." for label in listed)
    cited = "".join(f" So it is[{label}]." for label in listed)
    found = told("CC101", f"{cited} And so[{written}].\n\n{notes}\n")
    assert [f"no footnote is named {written[1:]}" + (f"; did you mean {hint}?" if hint else "")] == [
        each.message for each in found
    ]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[1][1]", "source 1 is cited twice here"),
        ("[1, 2][2, 1]", "sources 2 and 1 are cited twice here"),
        ("[1, 2, 3, 4][1, 2, 3, 4]", "sources 1, 2, 3 and 1 more are cited twice here"),
        ("[1, 2][1]", "source 1 is cited twice here"),
        ("[1] [2] [1]", "source 1 is cited twice here"),
    ],
)
def test_what_is_cited_twice_is_named(written: str, message: str) -> None:
    entries = "\n".join(f"[{at}] Works of {1900 + at}." for at in range(1, 5))
    text = f"Salt [1], tea [2], ice [3], hay [4]. So it is {written}.\n\n## Sources\n\n{entries}\n"
    found = told("CC107", text)
    assert [message] == [each.message for each in found]
    assert ["cited here too"] == [related.message for related in found[0].related]


def test_a_footnote_cited_twice_is_called_one() -> None:
    text = "Salt[^a][^a] and tea[^b].\n\n[^a]: Salts.\n[^b]: Teas.\n"
    assert ["footnote a is cited twice here"] == [each.message for each in told("CC107", text)]


HOLLIS = "Hollis, M., & Venn, R. (1977). What the logs of nine ferries tell. Journal of the Canal Society B, 41, 1-38."


@pytest.mark.parametrize(
    "other",
    [
        "Mark Hollis and Ruth Venn. What the logs of nine ferries tell. *J. Canal Soc. B*, 41:1–38, 1977.",
        "M. Hollis, R. Venn, “What the logs of nine ferries tell,” J. Canal Soc., vol. 41, no. 2, pp. 1-38, May 1977.",
        "Hollis M, Venn R. What the logs of nine ferries tell. J Canal Soc. 1977;41:1-38. https://a.example/logs",
        "Hollis M. et al. What the Logs of Nine Ferries Tell (1977), J. Canal Soc.",
        "HOLLIS, Mark ; VENN, Ruth: What the logs of nine ferries tell. In: J. Canal Soc. 41 (1977), S. 1–38.",
    ],
)
def test_one_work_in_two_styles_is_told(other: str) -> None:
    assert ["source 2 has author, title and year of source 1"] == messages("CC302", HOLLIS, other)
    assert [] == messages("CC303", HOLLIS, other)


@pytest.mark.parametrize(
    "other",
    [
        "Mark Hollis and Ruth Venn. What the logs of nine ferries tell. *Northern Rowing*, 1977.",  # in two places
        "Venn, R. What the logs of nine ferries tell. Journal of the Canal Society B, 41, 1-38.",  # no year
    ],
)
def test_what_is_one_work_by_all_likelihood_is_told_apart(other: str) -> None:
    assert [] == messages("CC302", HOLLIS, other)
    assert ["source 2 seems to be the work of source 1"] == messages("CC303", HOLLIS, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # a short title, with its publisher
            "Hollis, M. (1977). Ferry logs. The Lantern Press.",
            "Hollis, Mark. Ferry Logs. The Lantern Press, Port Regis, 1977.",
        ),
        (  # a subtitle that one lacks as a title
            "Hollis, M. (1977). Ferry logs. An essay on chains (2nd ed.). Port Regis: Lantern Press.",
            "M. Hollis, Ferry Logs: An Essay on Chains. Port Regis: Lantern Press, 1977.",
        ),
        (  # the same words and more
            "Hollis, M. (1977). Ferry logs and lamps. Port Regis.",
            "- Hollis, M. (1977). Ferry logs and lamps. Port Regis. Keywords: chains, ferries",
        ),
    ],
)
def test_a_short_title_and_the_same_words_seem_to_be_of_one_work(one: str, other: str) -> None:
    assert ["source 2 seems to be the work of source 1"] == messages("CC303", one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hollis, M. (1977). Ferry logs. Lantern Press.", "Hollis, M. (1977). Ferry logs. Canal Books."),
        ("Hollis, M. (1977). Ferry logs. Lantern Press.", "Hollis, M. (1977). Ferry lamps. Lantern Press."),
        (
            "Hollis, M. (1977). Lamps. In *Ferry logs* (pp. 1-9). Lantern Press.",
            "Hollis, M. (1977). *Ferry logs*. Lantern Press.",
        ),
        (
            "Hollis, M. (1977). The ferry logs of the north, Part I. Lantern Press.",
            "Hollis, M. (1977). The ferry logs of the north, Part II. Lantern Press.",
        ),
        (
            "Hollis, M. (1977). The ferry logs of the north. Lantern Press.",
            "Hollis, M. (1977). The ferry logs of the north: A Portuguese translation. Canal Books.",
        ),
    ],
)
def test_another_publisher_title_chapter_part_or_translation_is_another_work(one: str, other: str) -> None:
    assert [] == messages("CC302", one, other)
    assert [] == messages("CC303", one, other)


@pytest.mark.parametrize(
    "other",
    [
        "Hollis, M., & Venn, R. (1978). What the logs of nine ferries tell. Journal of the Canal Society B, 42, 1-38.",
        "Hollis, M., & Venn, R. (1977). What the logs of nine ferries tell. Journal of the Canal Society B, 41, 39-70.",
        "Hollis, M., & Venn, R. (1977). What the logs of ten ferries tell. Journal of the Canal Society B, 41, 39-70.",
        "Moss, A. (1977). What the logs of nine ferries tell. Journal of the Canal Society B, 41, 1-38.",
        "Hollis, M. (1977). Chains. In R. Venn (Ed.), What the logs of nine ferries tell (pp. 3-9). Lantern Press.",
        "Hollis, M. (1977). What the logs of nine ferries tell, part 2. Journal of the Canal Society B, 43.",
    ],
)
def test_another_year_page_author_or_part_is_another_work(other: str) -> None:
    assert [] == messages("CC302", HOLLIS, other)
    assert [] == messages("CC303", HOLLIS, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Hollis, M. (2020). The chain ferry. https://a.example/1",
            "Hollis, M. (2020). The chain ferry. https://a.example/2",
        ),
        ("Hollis, M. (2020). The chain ferry. doi:10.1000/1", "M. Hollis. The chain ferry. 2020. doi:10.1000/2"),
        ("The ferries of the north: report 3. 2020.", "The ferries of the north: report 4. 2020."),
        ("- **Licence:** free to use", "- **Licence:** free to use"),
        (
            "Editor: to be replaced by the number of draft-salt-harbours. Work in Progress.",
            "Editor: to be replaced by the number of draft-salt-ports. Work in Progress.",
        ),
    ],
)
def test_two_pages_two_identifiers_and_two_numbers_are_two_works(one: str, other: str) -> None:
    assert [] == messages("CC302", one, other)
    assert [] == messages("CC303", one, other)


def test_an_entry_that_is_listed_twice_under_one_number_is_no_double_of_itself() -> None:
    text = f"Claim [1].\n\n## Sources\n\n[1] {HOLLIS}\n[1] {HOLLIS}\n"
    assert [] == told("CC302", text)
