"""Entries read as records: what is written of a source, where it is written, and nothing that is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck import parse
from citecheck.model.sources import FIELDS, Field, Record
from citecheck.recognition.entries.dates import dates
from citecheck.recognition.entries.record import _parser, record

NUMBERS = ("volume", "issue", "pages", "edition", "place", "editor")


def fields(text: str) -> dict[str, str]:
    """What was read of an entry, without its addresses and numbers."""
    read = record(text, 0)
    return {name: field.value for name in FIELDS if name not in NUMBERS and (field := getattr(read, name))}


def every(read: Record) -> list[Field]:
    return [*read.urls, *(field for name in FIELDS if (field := getattr(read, name)))]


ENTRIES = {
    "a link to a definition": ("[The keeping of dough][7], 2019", {"title": "The keeping of dough", "date": "2019"}),
    "a link in an anchor": (
        '<a id="r1">[The keeping of dough](https://dough.example/keeping)</a>',
        {"title": "The keeping of dough"},
    ),
    "quoted title, outlet, date": (
        "“A cold spring” The Courier, 2 Mar. 2023,",
        {"title": "A cold spring", "container": "The Courier", "date": "2023-03-02"},
    ),
    "APA, a book": (
        "Hollis, M. (2018). *The chemistry of dough*. Millstone Press.",
        {
            "title": "The chemistry of dough",
            "author": "Hollis, M.",
            "publisher": "Millstone Press",
            "date": "2018",
        },
    ),
    "APA, an article": (
        "Ferrand, A. (2021, March 3). Slow fermentation. *Journal of Dough*, 12(3), 1–9. https://doi.org/10.1000/182",
        {
            "title": "Slow fermentation",
            "author": "Ferrand, A.",
            "container": "Journal of Dough",
            "date": "2021-03-03",
            "doi": "10.1000/182",
        },
    ),
    "IEEE": (
        'M. Hollis and A. B. Ferrand, "Cold doughs," J. Dough Sci., pp. 1641-1650, Mar. 2019, doi: 10.1000/182.',
        {
            "title": "Cold doughs",
            "author": "M. Hollis and A. B. Ferrand",
            "container": "J. Dough Sci.",
            "date": "2019-03",
            "doi": "10.1000/182",
        },
    ),
    "Vancouver": (
        "Hollis M, Ferrand AB. Cold doughs. J Dough Sci. 2019 Mar 5;12(3):1641-7. PMID: 31234567; PMCID: PMC6543210.",
        {
            "title": "Cold doughs",
            "author": "Hollis M, Ferrand AB",
            "container": "J Dough Sci",
            "date": "2019-03-05",
            "pmid": "31234567",
            "pmcid": "PMC6543210",
        },
    ),
    "MLA": (
        "Hollis, Mary. “Cold Doughs.” *Journal of Dough*, vol. 12, no. 3, 2019, pp. 1–9.",
        {"title": "Cold Doughs", "author": "Hollis, Mary", "container": "Journal of Dough", "date": "2019"},
    ),
    "Chicago": (
        "Carvalho, Ines. *Salt and Stone*. Porto: Casa do Sal, 1987.",
        {"title": "Salt and Stone", "author": "Carvalho, Ines", "publisher": "Casa do Sal", "date": "1987"},
    ),
    "RFC, wrapped": (
        'Varga, E. and P. Osei, "Signals between\n           lighthouses", RFC 9999,\n           March 1997.',
        {"title": "Signals between lighthouses", "author": "Varga, E. and P. Osei", "date": "1997-03"},
    ),
    "author, title, year": (
        "E. Varga, Daylight comets, 1962.",
        {"title": "Daylight comets", "author": "E. Varga", "date": "1962"},
    ),
    "GB/T 7714": (
        "王小明. 盐路的历史[J]. 交通史研究, 2019, 12(3): 45-60.",
        {"title": "盐路的历史", "author": "王小明", "container": "交通史研究", "date": "2019"},
    ),
    "Chinese, title brackets": (
        "王小明：《盐路的历史》，《交通史研究》2019年3月5日。",
        {"title": "盐路的历史", "author": "王小明", "container": "交通史研究", "date": "2019-03-05"},
    ),
    "a link and a note": (
        "[Tide tables](https://tides.example/tables), Harbour Office, accessed on 3 May 2021",
        {"title": "Tide tables", "container": "Harbour Office", "accessed": "2021-05-03"},
    ),
    "title: address": ("How bread rises: https://bread.example/rise", {"title": "How bread rises"}),
    "address - title": ("https://bread.example/rise - How bread rises (PDF)", {"title": "How bread rises (PDF)"}),
    "an address": ("https://bread.example/2019/03/04/rise", {}),
    "no date, and a visit": (
        "Smith, J. (n.d.). Loaves. Retrieved March 3, 2020, from https://bread.example/loaves",
        {"title": "Loaves", "author": "Smith, J.", "accessed": "2020-03-03"},
    ),
    "a year in a title": ("Bread prices to 2050: https://bread.example/prices", {"title": "Bread prices to 2050"}),
    "numbers of books and journals": (
        "*Loaves*, ISBN 978-3-16-148410-0, ISSN 2049-3630",
        {"title": "Loaves", "isbn": "978-3-16-148410-0", "issn": "2049-3630"},
    ),
}


@pytest.mark.parametrize(("text", "expected"), ENTRIES.values(), ids=ENTRIES.keys())
def test_an_entry_tells_what_is_written_in_it(text: str, expected: dict[str, str]) -> None:
    assert expected == fields(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://a.example/x_(y), and <https://b.example/z>.", ["https://a.example/x_(y)", "https://b.example/z"]),
        ("[Plan](plans/kitchen.md)", ["plans/kitchen.md"]),
        ("[Plan](https://a.example/x_(y))", ["https://a.example/x_(y)"]),
        ("http//a.example/x and ttps://b.example", ["http//a.example/x", "ttps://b.example"]),
        ("https://a.example/?id=x_ and https://b.example/*.", ["https://a.example/?id=x_", "https://b.example/*"]),
        ("_Salt_, **https://a.example/x_**, 1901", ["https://a.example/x"]),
        ("Salt, *https://a.example/x_*.", ["https://a.example/x_"]),
        (f"_{'x' * 400} https://a.example/x_", ["https://a.example/x_"]),
        ("www.a.example/x.", ["www.a.example/x"]),
        ("Www.a.example and WWW.b.example", ["Www.a.example", "WWW.b.example"]),
        ("WWW.a.example alone", ["WWW.a.example"]),
        ("Www.a.example alone", ["Www.a.example"]),
        ("<https://a.example/long/\n     way>", ["https://a.example/long/way"]),
        (
            "https://a.example/x[2].pdf and https://b.example/y[2].",
            ["https://a.example/x[2].pdf", "https://b.example/y"],
        ),
        ("见 https://a.example/x。下一句", ["https://a.example/x"]),
        ("HTTP/1.1 and either/or", []),
    ],
)
def test_addresses_are_read_as_they_are_written(text: str, expected: list[str]) -> None:
    assert expected == [url.value for url in record(text, 0).urls]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("doi:10.1002/(SICI)1097(1995)46:9<646::AID>3.0.CO;2-Z.", "10.1002/(SICI)1097(1995)46:9<646::AID>3.0.CO;2-Z"),
        ("[10.1000/182](https://doi.org/10.1000/182)", "10.1000/182"),
        ("https://a.example/doi/10.1000/182/full?src=b", "10.1000/182"),
        ("https://a.example/doi/10.1000/182/pdfdirect", "10.1000/182"),
        ("(doi: 10.1000/182)", "10.1000/182"),
        ("version 10.12/13", None),
    ],
)  # fmt: skip
def test_a_doi_ends_where_it_ends(text: str, expected: str | None) -> None:
    doi = record(text, 0).doi
    assert expected == (doi and doi.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arXiv:2101.00001v2 [cs.DL]", "2101.00001v2"),
        ("https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://arxiv.org/pdf/2101.00001.pdf", "2101.00001"),
    ],
)
def test_an_arxiv_id_is_read_in_both_forms(text: str, expected: str) -> None:
    arxiv = record(text, 0).arxiv
    assert expected == (arxiv and arxiv.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 March 2023", ["2023-03-02"]),
        ("March 2, 2023", ["2023-03-02"]),
        ("2nd Mar. 2023", ["2023-03-02"]),
        ("2023-03-02", ["2023-03-02"]),
        ("2023-03-02T10:00", ["2023-03-02"]),
        ("2023/3/2", ["2023-03-02"]),
        ("2. März 2023", ["2023-03-02"]),
        ("2 de marzo de 2023", ["2023-03-02"]),
        ("2 марта 2023", ["2023-03-02"]),
        ("2023年3月2日", ["2023-03-02"]),
        ("2023年3月", ["2023-03"]),
        ("02.03.2023", ["2023-03-02"]),
        ("14/3/2023", ["2023-03-14"]),
        ("3/14/2023", ["2023-03-14"]),
        ("3/4/2023", ["2023"]),
        ("March 2023", ["2023-03"]),
        ("(2023, March 2)", ["2023-03-02"]),
        ("2023 Mar 2", ["2023-03-02"]),
        ("Spring 2020", ["2020-21"]),
        ("2019–2021", ["2019/2021"]),
        ("2019-20", ["2019"]),
        ("c. 1850", ["1850"]),
        ("2019a", ["2019"]),
        ("31 February 2020", ["2020-02-31"]),
        ("2020-13-01", ["2020-13-01"]),
        ("30 June 2914", ["2914-06-30"]),
        ("n.d.", []),
        ("pp. 1641-1650", []),
        ("RFC 2026", []),
        ("v2020, x-2020, 12020, 2020.12345", []),
        ("2914 sheep", []),
    ],
)
def test_a_date_is_read_as_far_as_it_is_written(text: str, expected: list[str]) -> None:
    assert expected == [date.value for date in dates(text, 0)]


@pytest.mark.parametrize("before", ["doi:", "DOI ", "doi: ", "https://doi.org/", "doi:https://dx.doi.org/"])
@pytest.mark.parametrize("number", ["10.1000/182", "11.1000/182", "10,1000/182"])
def test_what_is_announced_as_a_doi_is_one_though_it_is_misspelt(before: str, number: str) -> None:
    read = record(f"Salts, {before}{number}.", 0).doi
    assert read
    assert number == read.value


@pytest.mark.parametrize("site", ["pubmed.ncbi.nlm.nih.gov", "www.ncbi.nlm.nih.gov/pubmed"])
def test_an_address_of_pubmed_holds_its_number(site: str) -> None:
    read = record(f"Salts, https://{site}/31234567/", 0).pmid
    assert read
    assert "31234567" == read.value


def test_a_field_stands_where_its_span_says() -> None:
    text = "Bread rises [1].\n\nSources\n\n[1]: https://bread.example/rise\n"
    (source,) = parse(text, name="example", format="markdown").sources
    assert ["https://bread.example/rise"] == [url.span.of(text) for url in source.record.urls]


def test_the_address_of_a_definition_stands_where_it_is_written() -> None:
    text = "Bread rises [1].\n\n[1]: <https://bread.example/rise>\n"
    (source,) = parse(text, name="example", format="markdown").sources
    assert ["https://bread.example/rise"] == [url.value for url in source.record.urls]
    assert ["https://bread.example/rise"] == [url.span.of(text) for url in source.record.urls]


def test_a_comment_in_an_entry_moves_nothing() -> None:
    text = (
        "Bread rises [1].\n\n## Sources\n\n1. <!-- check --> “Rise” The Courier, 2 May 2019, https://bread.example/a\n"
    )
    (source,) = parse(text, name="example", format="markdown").sources
    for field in every(source.record):
        if "-" not in field.value:
            assert field.value == field.span.of(text)


@given(st.text(alphabet=" \n“”\"'()[]<>《》*_`.,:;/-–0123456789abcdoiDOXS年月日http://w.", max_size=200))
def test_any_text_is_read_and_every_span_lies_inside_it(text: str) -> None:
    for field in every(record(text, 7)):
        assert 7 <= field.span.start < field.span.end <= 7 + len(text)


def test_entries_of_the_same_words_are_read_once_and_placed_each() -> None:
    words = "Osei, P. (2019). Tides at noon. https://t.example"
    here, there = record(words, 0), record(words, 100)
    assert [(field.value, field.span.start + 100) for field in every(here)] == [
        (field.value, field.span.start) for field in every(there)
    ]
    read = _parser.cache_info().misses
    assert every(record(words, 200))
    assert read == _parser.cache_info().misses
