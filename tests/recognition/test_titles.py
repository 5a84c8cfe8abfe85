"""Names in entries: title, author, container and publisher, in each way to set them off, and dates beside them."""

from __future__ import annotations

import pytest

from citecheck.model.sources import FIELDS
from citecheck.recognition.entries.dates import dates
from citecheck.recognition.entries.record import record


def named(text: str) -> dict[str, str]:
    """What was read of an entry but its dates and addresses."""
    read = record(text, 0)
    kept = ("title", "author", "container", "publisher")
    return {name: field.value for name in FIELDS if name in kept and (field := getattr(read, name))}


ENTRIES = [
    # a link's text
    ("Osei, P., [Tide tables](https://t.example), Harbour Office", "Tide tables", "Osei, P.", "Harbour Office", None),
    ("Osei [Tide tables](https://t.example) (2019)", "Tide tables", "Osei", None, None),
    ("[“Tide tables”](https://t.example)", "Tide tables", None, None, None),
    ("[*Tide tables*](https://t.example)", "Tide tables", None, None, None),
    ("Tide tables, [PDF](https://t.example)", "Tide tables", None, None, None),
    ("Tide tables, [link](https://t.example), [2](https://u.example)", "Tide tables", None, None, None),
    ("[Tide tables](https://t.example), May 2019", "Tide tables", None, None, None),
    ("[Tide tables](https://t.example), accessed May 2019", "Tide tables", None, None, None),
    ("[Tide [big] tables](https://t.example)", "Tide [big] tables", None, None, None),
    # quotation marks
    ('Osei, P., "Tides at noon", Harbour News', "Tides at noon", "Osei, P.", "Harbour News", None),
    ("Osei: „Ebbe und Flut“, Hafenblatt", "Ebbe und Flut", "Osei", "Hafenblatt", None),
    ("Osei. « La marée basse ». Le Port", "La marée basse", "Osei", "Le Port", None),
    ("Osei. ‘The low tide’s hour’. The Port", "The low tide’s hour", "Osei", "The Port", None),
    ("大西「潮の時刻」港の新聞", "潮の時刻", "大西", "港の新聞", None),
    ("“Tides”, Harbour News", "Tides", None, "Harbour News", None),
    ("The “ebb” of it, Harbour News", "The “ebb” of it", None, "Harbour News", None),
    ("The history of “tides at noon in Porto”, 1987", "The history of “tides at noon in Porto”", None, None, None),
    ('Osei, "Tides at noon," in *Harbour News*, vol. 3', "Tides at noon", "Osei", "Harbour News", None),
    ("See “Tides at noon”", "Tides at noon", None, None, None),
    ("2019. “Tides at noon”", "Tides at noon", None, None, None),
    ("Osei (2019). “Tides at noon”", "Tides at noon", "Osei", None, None),
    ('^ a b Osei, P., "Tides at noon". The Port. 3 May 2019.', "Tides at noon", "Osei, P.", "The Port", None),
    ('^ Jump up to: a b "Tides at noon". The Harbour.', "Tides at noon", None, "The Harbour", None),
    ('^ z aa De Witt, H., "Tides at noon".', "Tides at noon", "De Witt, H.", None, None),
    ("^ A Tide at Noon. https://t.example", "A Tide at Noon", None, None, None),
    (
        "Tides at noon. Archived from the original on 2016-03-04. Retrieved 2010-01-03.",
        "Tides at noon",
        None,
        None,
        None,
    ),
    # title brackets, types
    ("《潮》", "潮", None, None, None),
    ("大西：《潮》，《港》，2019", "潮", "大西", "港", None),
    ("Osei P. Tides at noon[M]. Porto: Casa do Sal, 1987", "Tides at noon", "Osei P.", None, "Casa do Sal"),
    ("Osei P. Tides at noon[EB/OL]. https://t.example", "Tides at noon", "Osei P.", None, None),
    (
        "Osei P. Tides [Internet]. Porto: Casa; 2021 [cited 2022 Mar 3]. https://t.example",
        "Tides",
        "Osei P.",
        None,
        "Casa",
    ),
    # a year in brackets before it
    ("Osei, P. (2019). Tides at noon. Harbour Press.", "Tides at noon", "Osei, P.", None, "Harbour Press"),
    ("Osei, P. (2019, May 3). Tides at noon.", "Tides at noon", "Osei, P.", None, None),
    ("Osei, P. (n.d.). Tides at noon.", "Tides at noon", "Osei, P.", None, None),
    ("Osei, P. (in press). Tides at noon.", "Tides at noon", "Osei, P.", None, None),
    ("Osei, P. (2019). *Tides at noon*. Porto: Casa do Sal, 2019.", "Tides at noon", "Osei, P.", None, "Casa do Sal"),
    ("(2019) Tides at noon", "Tides at noon", None, None, None),
    ("*Tides at noon*. (2019). Harbour Press.", "Tides at noon", None, None, "Harbour Press"),
    ("Osei (3 May 2019). “Tides at noon”. The Port", "Tides at noon", "Osei", "The Port", None),
    ("Port Authority (2019, May 3). “Tides at noon”", "Tides at noon", "Port Authority", None, None),
    # a year between full stops before it
    (
        "Paul Osei and Eva B. Varga. 2019. Tides at noon. The Port 3",
        "Tides at noon",
        "Paul Osei and Eva B. Varga",
        "The Port",
        None,
    ),
    ("Paul Osei et al. 2019. *Tides at noon*. The Port", "Tides at noon", "Paul Osei et al.", None, "The Port"),
    ("P. Osei, Tides at noon, 163 (2010) 51–59.", "Tides at noon", "P. Osei", None, None),
    ("Tides of noon. 2019. The Port.", "Tides of noon", None, None, None),
    # what leads to an address
    ("Tides at noon\n   URL: https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon URL: https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon. Available at: https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon. Available at https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon, retrieved from https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon. Retrieved 3 May 2020 from https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon (URL: https://t.example)", "Tides at noon", None, None, None),
    ("Tides at noon | Link: https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon – Source: https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon [Online]. Available: https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon\n    - Link: https://t.example\n    - Date: 2020-01-02", "Tides at noon", None, None, None),
    ("Tides at noon\n  Date: 2020-01-02\n  URL: https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon, see https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon, abrufbar unter: https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon. Disponible en: https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon。链接：https://t.example", "Tides at noon", None, None, None),
    ("Tides at noon, doi: 10.1234/tides", "Tides at noon", None, None, None),
    ("Tides at noon arXiv:2301.12345", "Tides at noon", None, None, None),
    ("Title: Tides at noon\nURL: https://t.example", "Tides at noon", None, None, None),
    ("Tides seen from https://t.example", "Tides seen from", None, None, None),
    ("The URL of tides https://t.example", "The URL of tides", None, None, None),
    # the site behind or before the title of a page
    ("Tides at noon - Harbour News: https://harbour.example/t", "Tides at noon", None, "Harbour News", None),
    ("[Tides at noon | The Port](https://www.theport.example/t)", "Tides at noon", None, "The Port", None),
    (
        "https://worldsalt.example/t - Salt – a tale – World Salt Foundation",
        "Salt – a tale",
        None,
        "World Salt Foundation",
        None,
    ),
    ("Harbour News | Tides at noon, https://harbour.example/t", "Tides at noon", None, None, None),
    ("Tides – a history of noons, https://harbour.example/t", "Tides – a history of noons", None, None, None),
    ("Tides - IT, https://it.example/t", "Tides - IT", None, None, None),
    ("Tides - Harbour News", "Tides - Harbour News", None, None, None),
    ("Tides - Harbour News, www.harbour.example", "Tides", None, "Harbour News", None),
    # italics
    ("Osei, Paul. *Tides at noon*. Harbour Press, 1987.", "Tides at noon", "Osei, Paul", None, "Harbour Press"),
    ("P. Osei, _Tides at noon_, 1987.", "Tides at noon", "P. Osei", None, None),
    ("Tides at noon and at night. *Harbour News*, 1987.", "Tides at noon and at night", None, "Harbour News", None),
    ("P. Osei. Tides at noon and night. *Harbour News*", "Tides at noon and night", "P. Osei", "Harbour News", None),
    ("Tides and ebbs. *Harbour News*, 1987.", "Tides and ebbs", None, "Harbour News", None),
    ("It is *very* old", "It is *very* old", None, None, None),
    ("**Tides at noon** – The Port, 3 May 2019. https://t.example", "Tides at noon", None, None, "The Port"),
    (
        "OSEI, Paul. **Tides at noon**. 2. ed. Porto: Casa do Sal, 2019.",
        "Tides at noon",
        "OSEI, Paul",
        None,
        "Casa do Sal",
    ),
    ("Tides at noon, Phys. Rev. **47**, 777", "Tides at noon", None, "Phys. Rev", None),
    # full stops
    (
        "OSEI, Paul, Eva VARGA. Tides at early noon. *The Port*. 2019",
        "Tides at early noon",
        "OSEI, Paul, Eva VARGA",
        "The Port",
        None,
    ),
    (
        "Osei, Paul, and Eva Varga. Tides at noon. Porto: Sal, 2019",
        "Tides at noon",
        "Osei, Paul, and Eva Varga",
        None,
        "Sal",
    ),
    (
        "Osei, Paul ; Varga, Eva: Tides at noon. In: *Hafen* 3 (2019), S. 4",
        "Tides at noon",
        "Osei, Paul ; Varga, Eva",
        None,
        None,
    ),
    ("Ebbs, Tides: A History of Noon", "Ebbs, Tides: A History of Noon", None, None, None),
    ("Osei P-K, Ó Briain S. Tides at noon. The Port. 2019", "Tides at noon", "Osei P-K, Ó Briain S.", "The Port", None),
    ("Осей, П. Приливы / П. Осей // Гавань. — 2019", "Приливы", "Осей, П.", "Гавань", None),
    ("Osei (2019) 'The low tide's hour', The Port", "The low tide's hour", "Osei", "The Port", None),
    (
        "The pilots' and the sailors' 'low tide' at noon",
        "The pilots' and the sailors' 'low tide' at noon",
        None,
        None,
        None,
    ),
    ("Osei P, Varga E. Tides at noon. Harbour News. 2019", "Tides at noon", "Osei P, Varga E.", "Harbour News", None),
    ("Osei P, et al. Tides at noon. Harbour News. 2019", "Tides at noon", "Osei P, et al.", "Harbour News", None),
    ("P. Osei, Tides at noon, 1962.", "Tides at noon", "P. Osei", None, None),
    ("P. Osei: Tides at noon", "Tides at noon", "P. Osei", None, None),
    ("J. van der Berg and E. Varga. Tides at noon. 1962.", "Tides at noon", "J. van der Berg and E. Varga", None, None),
    ("See https://t.example and “Tides at noon and night”", "Tides at noon and night", None, None, None),
    # what is left
    ("Tides at noon (2019)", "Tides at noon", None, None, None),
    ("Tides at noon, 1987.", "Tides at noon", None, None, None),
    ("Tides of 1987 at noon", "Tides of 1987 at noon", None, None, None),
    ("https://t.example Tides at noon.", "Tides at noon", None, None, None),
    ("Tides (at noon)", "Tides (at noon)", None, None, None),
    ("Tides (at noon, 1987.", "Tides (at noon", None, None, None),
    ("Tides at noon), 1987.", "Tides at noon", None, None, None),
    ("(Tides) at noon and night", "(Tides) at noon and night", None, None, None),
    ("Tides at (noon), 1987.", "Tides at (noon)", None, None, None),
    ("Tides at noon etc.", "Tides at noon etc", None, None, None),
    ("12–14", None, None, None, None),
    ("“Salts of the north”, Printemps, 1990", "Salts of the north", None, None, None),
]


@pytest.mark.parametrize(
    ("text", "title", "author", "container", "publisher"), ENTRIES, ids=[row[0] for row in ENTRIES]
)
def test_who_wrote_what(
    text: str, title: str | None, author: str | None, container: str | None, publisher: str | None
) -> None:
    expected = {"title": title, "author": author, "container": container, "publisher": publisher}
    assert {name: value for name, value in expected.items() if value} == named(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("32/12/2019", ["2019-12-32"]),
        ("12/12/2019", ["2019"]),
        ("13/12/2019", ["2019-12-13"]),
        ("12/13/2019", ["2019-12-13"]),
        ("12/12/2019 and 3 May 2020", ["2019", "2020-05-03"]),
        ("3.4.2019", ["2019-04-03"]),
        ("3 Abc 2019", ["2019"]),
        ("Winter 2019", ["2019-24"]),
        ("Fall, 2019", ["2019"]),
        ("3 Fall 2019", ["2019"]),
        ("May 3–5, 2019", ["2019-05-03"]),
        ("3-May-2019", ["2019-05-03"]),
        ("2019 May", ["2019-05"]),
        ("2019, May 3", ["2019-05-03"]),
        ("2019 Abc", ["2019"]),
        ("2019-12", ["2019-12"]),
        ("2019-13", ["2019"]),
        ("2019-13-01", ["2019-13-01"]),
        ("2019.5.3", ["2019-05-03"]),
        ("2019 年 5 月", ["2019-05"]),
        ("2019年", ["2019"]),
        ("2019/2020", ["2019/2020"]),
        ("2019/2018", ["2019"]),
        ("2019–2020", ["2019/2020"]),
        ("1399", []),
        ("1400", ["1400"]),
        ("2199", ["2199"]),
        ("2200", []),
        ("3 May 2200", ["2200-05-03"]),
        ("12019", []),
        ("2019A", []),
        ("2019ab", []),
        ("2019.123", []),
        ("x/2019", []),
        ("x_2019", []),
        ("é2019", []),
        ("次2019", ["2019"]),
        ("p. 2019", []),
        ("pages 2019", []),
        ("No. 2019", []),
        ("ISO 2019", []),
        ("§ 2019", []),
        ("$2019", []),
        ("€ 2019", []),
        ("chapter: 2019", []),
        ("pop 2019", ["2019"]),
        ("on 2019", ["2019"]),
        ("(2019)", ["2019"]),
    ],
)
def test_a_date_is_read_where_it_is_one(text: str, expected: list[str]) -> None:
    assert expected == [date.value for date in dates(text, 0)]


@pytest.mark.parametrize(
    ("text", "date", "accessed"),
    [
        ("“Tides at noon”, 3 May 2019, accessed 4 June 2020", "2019-05-03", "2020-06-04"),
        ("“Tides at noon”, accessed 4 June 2020", None, "2020-06-04"),
        ("“Tides at noon”, last visited on 2020-06-04", None, "2020-06-04"),
        ("“Tides at noon”, abgerufen am 4. Juni 2020", None, "2020-06-04"),
        ("“Tides at noon”, consulté le 4 juin 2020", None, "2020-06-04"),
        ("“Tides at noon”, дата обращения: 04.06.2020", None, "2020-06-04"),
        ("“潮”，访问日期：2020年6月4日", None, "2020-06-04"),
        ("王. 潮[EB/OL]. (2019-05-03)[2020-06-04]. https://t.example", "2019-05-03", "2020-06-04"),
        ("“Tides accessed at noon”, 4 June 2020", "2020-06-04", None),
        ("“Tides at noon”, 4 June 2020, and accessed", "2020-06-04", None),
    ],
)
def test_the_day_of_a_visit_is_not_that_of_the_source(text: str, date: str | None, accessed: str | None) -> None:
    read = record(text, 0)
    assert (date, accessed) == (read.date and read.date.value, read.accessed and read.accessed.value)
