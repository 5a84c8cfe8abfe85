"""What the claims of a document come to when they are compared with the texts of their own sources."""

from __future__ import annotations

import pytest

import citecheck
from citecheck.model.outcomes import Aspect, Outcome, Reason, Verification

UNION = "The head of the union said that it would stay for as long as it takes. Costs rose by 54 % in 2019."
HALL = "The hall was open to all who came on that day, and 1,200 people did."
SOURCES = """
## Sources

1. *Union pledges support*. https://news.example/union?utm_source=x
2. The register of the hall, doi:10.1000/182
3. Another book, 1999. ISBN 978-3-16-148410-0
"""


def verified(text: str, texts: dict[str, str] | None = None, *, small: bool = False) -> list[Verification]:
    given = {"1": UNION, "2": HALL} if texts is None else texts
    return list(citecheck.verify(f"# Report\n\n{text}\n{SOURCES}", given, small=small))


def outcomes(text: str, texts: dict[str, str] | None = None) -> list[str]:
    return [each.outcome.value for each in verified(text, texts)]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ('They would "stay for as long as it takes" [1].', "ok"),
        ("They would “stay for as long as it takes” [1].", "ok"),
        ("They would «stay for as long as it takes» [1].", "ok"),
        ("They would ‘stay for as long as it takes’ [1].", "ok"),
        ('They would "stay for as long as *it* [takes](https://a.example)" [1].', "ok"),
        ('They would "stay for as long\nas it takes" [1].', "ok"),
        ('They would "stay for [1] as long as it takes" [1].', "ok"),
        ('They would "stay for as long as it lasts" [1].', "wrong"),
        ('They would "stay for as long as it takes" [2].', "wrong"),
        ('They would "stay for as long as it takes" [3].', "unknown"),
        ('They would "stay for as long as it lasts" [1][3].', "unknown"),
        ('They would "stay for as long as it takes" [2][1].', "ok"),
        ("Costs rose by 54 percent [1].", "ok"),
        ("Costs rose by 45 percent [1].", "wrong"),
        ("Costs rose by 45 percent [1][3].", "unknown"),
        ("Some 1200 people came [2].", "ok"),
        ("Some 1300 people came [2].", "wrong"),
        ("It was in 2019 [1].", "ok"),
        ("It was in 2018 [1].", "wrong"),
    ],
)
def test_a_claim_is_compared_with_its_own_sources(text: str, outcome: str) -> None:
    assert [outcome] == outcomes(text)


@pytest.mark.parametrize(
    "text",
    [
        'The "Hall of Fame" was full [1].',  # a term
        'In "The Lord of the Rings and Other Tales" it is [1].',  # a title
        'In "Union pledges support" they say so [1].',  # the source's own title
        'They would "stay for as long as it lasts".',  # nothing is cited
        "Twelve people came, and 7 of them left [1].",  # small numbers
        "See `4711` and COVID-19 [1].",
        "[1] See https://a.example/2018/45",
    ],
)
def test_what_is_no_quotation_and_no_figure_is_not_compared(text: str) -> None:
    assert [] == outcomes(text)


def test_small_numbers_are_compared_on_request() -> None:
    assert [Outcome.WRONG] == [each.outcome for each in verified("There were 7 of them [1].", small=True)]


def test_only_the_marker_of_a_quotation_counts() -> None:
    text = 'They would "stay for as long as it takes" [2], and it was "open to all who came on that day" [1].'
    first, second = verified(text)
    assert (("2",), "1") == (first.labels, first.elsewhere)
    assert (("1",), "2") == (second.labels, second.elsewhere)


def test_a_marker_before_a_quotation_counts() -> None:
    assert ["ok"] == outcomes('The union [1] would "stay for as long as it takes".')


def test_a_passage_explains() -> None:
    (found,) = verified('They would "stay for as long as it lasts" [1].')
    assert "stay for as long as it takes" == found.evidence
    assert "“takes” where this has “lasts”" == found.detail


def test_a_text_is_found_by_the_identity_of_its_source() -> None:
    text = 'They would "stay for as long as it takes" [1]. Some 1200 people came [2].'
    assert ["ok", "ok"] == outcomes(text, {"https://news.example/union": UNION, "doi:10.1000/182": HALL})


def test_a_missing_text_makes_nothing_wrong() -> None:
    found = verified('They would "stay for as long as it lasts" [1]. Costs rose by 45 % [1].', {})
    assert [(Outcome.UNKNOWN, Reason.NOT_PINNED)] * 2 == [(each.outcome, each.reason) for each in found]


def test_an_empty_text_is_none() -> None:
    found = verified('They would "stay for as long as it lasts" [1].', {"1": " \n"})
    assert [Aspect.QUOTATION, Aspect.SNAPSHOT] == [each.aspect for each in found]
    assert [(Outcome.UNKNOWN, Reason.NO_TEXT)] * 2 == [(each.outcome, each.reason) for each in found]


def test_outcomes_are_in_reading_order_and_have_their_place() -> None:
    text = 'Costs rose by 54 % [1]; they would "stay for as long as it takes" [1].'
    document = citecheck.parse(text + SOURCES)
    found = citecheck.verify(document, {"1": UNION})
    assert [Aspect.FIGURE, Aspect.QUOTATION] == [each.aspect for each in found]
    assert ["54 %", '"stay for as long as it takes"'] == [each.span.of(document.text) for each in found]
    assert ["https://news.example/union"] * 2 == [each.source for each in found]


def test_a_quotation_in_latex_is_read() -> None:
    text = "Say ``stay for as long as \\emph{it} takes''~\\cite{union}, up 54\\%~\\cite{union}."
    document = citecheck.parse(text, name="a.tex")
    assert ["ok", "ok"] == [each.outcome.value for each in citecheck.verify(document, {"union": UNION})]
