"""When two addresses are one place, as far as their words tell."""

from __future__ import annotations

import pytest

from citecheck import Settings, lint
from citecheck.checks.link_targets import same_address

PLACE = "https://lake.example/ice/report"


@pytest.mark.parametrize(
    "other",
    [
        "http://www.lake.example/ice/report/",
        "https://LAKE.example:443/ice/report#page-3",
        "https://lake.example/ice/report?utm_source=news&utm_medium=mail",
        "https://lake.example/ice/r%65port",
        "https://lake.example/ice/report/index.html",
        "https://lake.example/ice/report?page=2",
        "https://m.lake.example/ice/report",
        "https://en.m.lake.example/ice/report",
        "https://lake.example/ice/report?ref=home&source=mail&fbclid=1&amp;_ga=2",
        "https://lake.example/ice/rep…",
    ],
)
def test_addresses_that_differ_in_nothing_that_matters_are_one(other: str) -> None:
    assert same_address(PLACE, other)


@pytest.mark.parametrize(
    "other",
    [
        "https://lake.example/ice",
        "https://pond.example/ice/report",
        "https://lake.example/ice/report2",
        "https://lake.example",
    ],
)
def test_another_host_or_path_is_another_place(other: str) -> None:
    assert not same_address(PLACE, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("https://doi.org/10.1000/182", "https://press.example/doi/full/10.1000/182", True),
        ("https://arxiv.org/abs/2101.00001v2", "https://arxiv.org/pdf/2101.00001", True),
        ("https://arxiv.org/abs/2101.00001", "https://arxiv.org/abs/2101.00002", False),
        ("https://lake.example/?id=1", "https://lake.example/?id=2", False),
        ("https://lake.example/?refid=1", "https://lake.example/?refid=2", False),
        ("https://lake.example/?source_id=1", "https://lake.example/?source_id=2", False),
        ("https://lake.example/?id=1&ref=a", "https://lake.example/?ref=b&id=1", True),
        ("https://lake.example/?id=1&srsltid=a", "https://lake.example/?id=1", True),
    ],
)
def test_a_work_is_known_by_its_number(one: str, other: str, expected: bool) -> None:
    assert expected is same_address(one, other)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1a 2b 1c 2d", []),  # each passage counts its links
        ("1a 2b 3c 1d 2e", []),
        ("1a 2b 1c", ["1"]),
        ("1a 1b 2c 2d", ["1", "2"]),
        ("1a 2b 2c", ["2"]),
        ("1a 2b 2d 1c", ["1", "2"]),
        ("1a 2b 3c 2d 3e", ["2", "3"]),
    ],
)
def test_a_number_leads_to_one_place_unless_the_numbers_begin_again(numbers: str, expected: list[str]) -> None:
    text = " ".join(f"So [[{each[0]}]](https://{each[1]}.example)," for each in numbers.split()) + " it is.\n"
    told = lint(text, name="a.md", settings=Settings(select=("CC112",)))
    assert expected == sorted(each.label or "" for each in told)
