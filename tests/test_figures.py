"""Figures: by value and unit, in the forms in which people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.sources.figure_support import Stock, strong, supported
from citecheck.sources.figures import Kind, figures, readings

AGREE = [  # a claim and a source that say the same
    ("54 %", "54%"),
    ("54%", "54 percent"),
    ("54 per cent", "54 %"),
    ("12.5%", "12,5 %"),
    ("12,5 %", "12.5 percentage points"),
    ("54 %", "fifty-four percent"),
    ("50 %", "half of the members"),
    ("67 %", "two-thirds of them"),
    ("25 %", "a quarter of them"),
    ("1,234,567", "1.234.567"),
    ("1 234 567", "1,234,567"),
    ("1'234'567", "1,234,567"),
    ("1,234", "1.234"),
    ("12,34,567", "1,234,567"),
    ("1.2 million", "1,200,000"),
    ("1.2 million", "1,234,567"),
    ("1.2m dollars", "$1.2 million"),
    ("$1.2m", "1.2 million dollars"),
    ("$1.2 bn", "US$1,200 million"),
    ("€3.5 million", "3,5 Mio. Euro"),
    ("€2 billion", "2 Milliarden Euro"),
    ("3.5 million", "3.5 millions"),
    ("350 million", "3.5亿"),
    ("35,000", "3.5万"),
    ("3,000,000", "300万"),
    ("100,000", "1 lakh"),
    ("20 million", "2 crore"),
    ("2,500,000", "2.5e6"),
    ("1,000,000", "10^6"),
    ("1,000,000", "10⁶"),
    ("5 × 10^6", "5 million"),
    ("a million people", "1,000,000 people"),
    ("two million", "2 million"),
    ("two hundred and five", "205"),
    ("24", "two dozen"),
    ("0.05", ".05"),
    ("123", "１２３"),
    ("123", "١٢٣"),
    ("about 900", "897"),
    ("nearly 900", "897"),
    ("over 800", "897"),
    ("more than 1.2 million", "1,234,567"),
    ("at least 800", "800"),
    ("24 February 2022", "February 24, 2022"),
    ("24 February 2022", "24.02.2022"),
    ("24 February 2022", "2022-02-24"),
    ("24.02.2022", "24 February 2022"),
    ("02/24/2022", "Feb. 24, 2022"),
    ("24 February 2022", "24. Februar 2022"),
    ("24 de febrero de 2022", "2022-02-24"),
    ("24 février 2022", "February 24th, 2022"),
    ("24 February 2022", "2022年2月24日"),
    ("July 15, 2019", "15 Jul 19"),
    ("May 1, 2019", "SoccerMay 1 2019"),
    ("3 May 2019", "3–5 May 2019"),
    ("5 May 2019", "3–5 May 2019"),
    ("May 2019", "3 May 2019"),
    ("October 2013", "published 2013-11-02. In October, she left"),
    ("18 October 2015", "Published 2015-10-19: on 18 October it rained"),
    ("in 2019", "the 2018–19 season"),
    ("in 2019", "the class of '19"),
    ("the 1990s", "in 1994"),
    ("the 1990s", "the '90s"),
    ("in 2022", "FY2022"),
    ("in 2022", "3 May 2022"),
    ("-3.5", "−3.5"),
    ("3.5 km", "3.5km"),
    ("USD 250", "$250"),
    ("250 dollars", "$250"),
    ("£300,000", "300,000 pounds"),
]
DIFFER = [
    ("54 %", "45 %"),
    ("54 %", "54.3 %"),
    ("54 %", "$54"),
    ("$1.2 million", "€1.2 million"),
    ("$1.2 million", "$1.2 billion"),
    ("900", "897"),
    ("over 900", "897"),
    ("nearly 800", "897"),
    ("1.3 million", "1,234,567"),
    ("24 February 2022", "26 February 2022"),
    ("24 February 2022", "24 February 2021"),
    ("18 October 2015", "posted 2014-10-18, 15:30"),
    ("in 2019", "in 2018"),
    ("the 1990s", "in 1989"),
    ("2022", "2,022 people"),
    ("205", "two hundred"),
    ("2.5", "25"),
]
NAMES = [
    "COVID-19", "Rule 19 applies", "by Section 230 of it", "a Boeing 747", "an F-16", "the 529-plan", "512GB of memory",
    "uranium-235", "at 24/7", "at 15:30", "won 103-98", "in chapter 120", "p. 230", "v1.2.3", "no. 120", "#4711",
    "§ 230", "https://a.example/120", "12 feet (152 m)", "the 250th",
]  # fmt: skip


@pytest.mark.parametrize(("claim", "source"), AGREE)
def test_a_figure_is_found_in_another_form(claim: str, source: str) -> None:
    (figure, *_) = figures(f"it was {claim} in all")
    assert supported(figure, Stock.of(f"They say: {source}."))


@pytest.mark.parametrize(("claim", "source"), DIFFER)
def test_another_figure_is_not(claim: str, source: str) -> None:
    found = [figure for figure in figures(f"it was {claim} in all") if strong(figure)]
    assert found
    assert not all(supported(figure, Stock.of(f"They say: {source}.")) for figure in found)


@pytest.mark.parametrize("words", NAMES)
def test_a_number_that_is_part_of_a_name_is_no_figure(words: str) -> None:
    assert [] == [figure for figure in figures(f"they said {words} was there") if strong(figure)]


@pytest.mark.parametrize("words", ["three of them", "12 months", "in 7 cases", "11 people"])
def test_a_small_number_counts_only_when_asked_for(words: str) -> None:
    (figure,) = figures(f"they said {words}")
    assert not strong(figure)
    assert strong(figure, small=True)


@pytest.mark.parametrize(
    ("digits", "values"),
    [
        ("1,234", {"1234", "1.234"}),
        ("1.234", {"1234", "1.234"}),
        ("1,234.5", {"1234.5"}),
        ("1.234,5", {"1234.5"}),
        ("0,125", {"0.125"}),
        ("12,5", {"12.5"}),
        ("1.234.567", {"1234567"}),
        (".05", {"0.05"}),
    ],
)
def test_a_number_is_read_as_its_signs_allow(digits: str, values: set[str]) -> None:
    assert {Decimal(value) for value in values} == readings(digits)


@given(st.integers(min_value=100, max_value=10**12), st.sampled_from([",", ".", " ", "'", "\u202f", ""]))
def test_a_number_is_found_whatever_groups_its_digits(value: int, sign: str) -> None:
    written = f"{value:,}".replace(",", sign)
    stock = Stock.of(f"In all there were {written} of them.")
    (figure,) = figures(f"there were {value:,} of them")
    assert supported(figure, stock)


@given(st.dates())
def test_a_date_is_found_in_another_form(day: object) -> None:
    from datetime import date

    assert isinstance(day, date)
    if not 1900 <= day.year < 2100:
        return
    (figure,) = figures(f"on {day.day} {day:%B} {day.year}")
    for written in (f"{day:%B} {day.day}, {day.year}", f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y}", f"{day:%m/%d/%Y}"):
        assert supported(figure, Stock.of(f"It was {written} then."))


@given(st.text(max_size=200))
def test_nothing_raises_and_spans_are_inside(text: str) -> None:
    for figure in figures(text):
        assert 0 <= figure.span.start < figure.span.end <= len(text)


def test_a_figure_has_its_kind() -> None:
    text = "On 3 May 2019 in 2018 and the 1990s 5 % of $3m and 250 were lost"
    assert [Kind.DATE, Kind.YEAR, Kind.DECADE, Kind.PERCENT, Kind.MONEY, Kind.NUMBER] == [
        figure.kind for figure in figures(text)
    ]
