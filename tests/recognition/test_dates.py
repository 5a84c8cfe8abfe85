"""Dates in entries: where one begins and ends, what stands beside it, and what is no year."""

from __future__ import annotations

import pytest

from citecheck.recognition.entries.dates import dates, of_access
from citecheck.recognition.entries.record import record


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" 2019", ["2019"]),
        ("\n  2019", ["2019"]),
        ("Salt. 2914 sheep. 2019", ["2019"]),
        ("2019年5月3日2020年6月4日", ["2019-05-03", "2020-06-04"]),  # with nothing between
        ("2017–2018, 2020–2021", ["2017/2018", "2020/2021"]),
        ("2019–2019", ["2019"]),
        ("2019-00-03", ["2019-00-03"]),
        ("2019 Salts 3", ["2019"]),
        ("2019, Salts", ["2019"]),
        ("los precios del 2019", ["2019"]),
        ("3. del 2019", ["2019"]),
        ("(May 2019)", ["2019-05"]),
        ("Salt.May 2019", ["2019"]),
        (f"RFC\n{' ' * 22}2104, February\n{' ' * 22}1997", ["1997-02"]),  # set in far
        ("1st of May 2019", ["2019-05"]),
        ("May 3rd, 2019", ["2019-05-03"]),
        ("3.5.2019 and 4/13/2020", ["2019-05-03", "2020-04-13"]),
    ],
)
def test_the_parts_of_a_date_belong_together(text: str, expected: list[str]) -> None:
    assert expected == [date.value for date in dates(text, 0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salt, 3 May 2019.", ["3 May 2019"]),
        ("Salt, 2019-20.", ["2019"]),
        ("Salt, 2019-05.", ["2019-05"]),
        ("Salt, 2019/05/03, p. 4", ["2019/05/03"]),
        ("Salt, 2019 Salts 3", ["2019"]),
        ("Salt, 2019年。", ["2019"]),
        ("Salt, 2019年5月。", ["2019年5月"]),
        ("Salt, 2019–2018.", ["2019"]),
        ("Salt, 2018–2019.", ["2018–2019"]),
        ("Salt, 3/4/2019.", ["3/4/2019"]),
        ("Salt, 3 Abc 2019.", ["2019"]),
        ("Salt, Winter 2019.", ["Winter 2019"]),
    ],
)
def test_a_date_stands_where_it_is_written(text: str, expected: list[str]) -> None:
    assert expected == [text[date.span.start - 7 : date.span.end - 7] for date in dates(text, 7)]


@pytest.mark.parametrize(
    "text",
    [
        "x2019",  # the number of a part
        "The pan x2019 leaks",
        "salt–2019",
        "salt-2019",
        "salt:2019",
        "salt.2019",
        "Act § 2019",
        "at £ 2019",
        "of #2019",
        "the page 2019",
        "see version 2019",
        "see ISSN 2019",
    ],
)
def test_a_number_of_something_else_is_no_year(text: str) -> None:
    assert [] == [date.value for date in dates(text, 0)]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("accessed ", True),
        ("Accessed: ", True),
        ("Salt, last accessed on ", True),
        ("retrieved ", True),
        ("viewed at ", True),
        ("visited (", True),
        ("checked ", True),
        ("consulted ", True),
        ("abgerufen am ", True),
        ("Zugriff: ", True),
        ("zuletzt geprüft am ", True),
        ("acesso em ", True),
        ("geraadpleegd op ", True),
        ("дата обращения: ", True),
        ("访问于", True),
        ("閲覧日：", True),
        ("[cited ", True),
        ("[Consulta: ", True),
        ("Dostęp: ", True),
        ("Erişim: ", True),
        ("Hämtad den ", True),
        ("as it was cited ", False),
        ("accessed by boat in May, ", False),
        ("the accessible pan, ", False),
        ("unaccessed ", False),
        ("Salt, ", False),
        ("", False),
    ],
)
def test_what_stands_before_a_date_tells_of_a_visit(before: str, expected: bool) -> None:
    assert expected is of_access(f"{before}2019-05-03", len(before), len(before) + 10)


@pytest.mark.parametrize(
    ("text", "date", "accessed"),
    [
        # of two visits the first
        ("“Tides at noon”, accessed 4 June 2020, retrieved 5 June 2021", None, "2020-06-04"),
        # the most precise, and of equals the first
        ("“Tides at noon”, 2017, 3 May 2019, 4 June 2020", "2019-05-03", None),
        ("“Tides at noon”, 2018, 2017", "2018", None),
        # a day in brackets is that of a visit where it comes in figures
        ("王. 潮[EB/OL]. [2020-06-04]. https://t.example", None, "2020-06-04"),
        ("王. 潮[EB/OL]. [2020-06]. https://t.example", "2020-06", None),
        ("王. 潮[EB/OL]. [2020]. https://t.example", "2020", None),
        ("王. 潮[EB/OL]. (2020-06-04). https://t.example", "2020-06-04", None),
        # what stands behind a day may tell of a visit too
        ("“潮汐”, 2017年3月4日（2020年6月4日閲覧）", "2017-03-04", "2020-06-04"),
        ("“潮汐”, 2017, 2020-06-04 访问", "2017", "2020-06-04"),
        # the day of an archive's copy is neither
        (
            "“Tides”. [Archived](https://t.example/a) from [it](https://t.example) on 3 May 2019. Retrieved June 2010",
            None,
            "2010-06",
        ),
        (
            "Tide Board. 2001. Archived (PDF) from the original on 2016-03-04. Retrieved 2010-01-03.",
            "2001",
            "2010-01-03",
        ),
        ("„Gezeiten“, 2011. Archiviert vom Original am 5. März 2016; abgerufen am 3. Mai 2015.", "2011", "2015-05-03"),
        (
            "„Gezeiten“ (Memento vom 25. Dezember 2018 im Internet Archive), abgerufen am 3. Mai 2015.",
            None,
            "2015-05-03",
        ),
        ("« Marées » [archive du 5 mars 2016] (consulté le 3 mai 2015)", None, "2015-05-03"),
        ("«Mareas». Archivado desde el original el 5 de marzo de 2016.", None, None),
        ("潮汐. (原始内容存档于2016-03-05).", None, None),
        ("“Tides”, National Archives, 3 May 2019.", "2019-05-03", None),
        ("“Gelgit”, 3 Mayıs 2024", "2024-05-03", None),
        # a year in a title belongs to it, and a day in what was left of the words does not
        ("“Tides of 3 May 2019”, 2020", "2020", None),
        ("“Tides of 3 May 2019”", None, None),
        ("Tides of 3 May 2019 at noon", "2019-05-03", None),
        ("Tides of May 2019 at noon", None, None),
        ("Tides at noon 2019-05-03", "2019-05-03", None),
        # where nothing names the source
        ("https://t.example 2019", "2019", None),
        ("2019", "2019", None),
    ],
)
def test_the_date_of_a_source_is_chosen(text: str, date: str | None, accessed: str | None) -> None:
    read = record(text, 0)
    assert (date, accessed) == (read.date and read.date.value, read.accessed and read.accessed.value)
