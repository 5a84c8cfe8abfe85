"""Quotations: what a careful author changes is accepted, and what says something else is not."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.sources.folding import folded, tidy
from citecheck.sources.quotations import Match, condition_cut, nearest, quoted
from citecheck.sources.source_text import SourceText
from tests.rewritings import HARMFUL, HARMLESS

ROOT = Path(__file__).parents[1]
LEASE = SourceText(
    "The landlord is not permitted to enter the flat unless the tenant agrees. Patients were aged ≥12 years "
    "(CI [1.3-1.7], p < .05), n=5. The company's owner doesn't reply. It fell by 5 °C to -5 °C [4], and the union "
    "would stay for as long as it takes. Nobody said real-time, well-\nknown or α."
)


@cache
def sentences() -> tuple[tuple[str, SourceText], ...]:
    """Sentences of this project's own pages, each with the text that it stands in."""
    found = []
    for path in sorted((ROOT / "rules").glob("CC*.md")):
        prose = path.read_text(encoding="utf-8").split("## Examples")[0].split("```\n")[-1]
        for sentence in re.split(r"(?<=[.!?])\s+|\n\n", prose):
            if 8 <= len(sentence.split()) <= 45 and not re.search(r"[\[\]`*#|…]|\.\.\.", sentence):
                found.append((" ".join(sentence.split()), SourceText(prose)))
    return tuple(found)


def test_there_are_sentences_enough() -> None:
    assert len(sentences()) > 100


@pytest.mark.parametrize("change", HARMLESS)
def test_a_harmless_change_is_accepted(change: str) -> None:
    chance = random.Random(1)
    changed = [(HARMLESS[change](sentence, chance), text) for sentence, text in sentences()]
    assert [] == [one for one, text in changed if one and quoted(one, text).match is not Match.FOUND]


@pytest.mark.parametrize("change", HARMFUL)
def test_a_harmful_change_is_not(change: str) -> None:
    chance = random.Random(1)
    changed = [(HARMFUL[change](sentence, chance), text) for sentence, text in sentences()]
    assert any(one for one, _ in changed)
    assert [] == [one for one, text in changed if one and quoted(one, text).match is Match.FOUND]


@pytest.mark.parametrize(
    ("quotation", "match"),
    [
        ("the landlord is ... permitted to enter", Match.FOUND),  # and CC703 looks at what the ellipsis swallows
        ("the landlord is permitted to enter", Match.MISSING),
        ("CI [1.3-1.7]", Match.FOUND),
        ("CI [9.9-9.9]", Match.MISSING),
        ("CI [9.9-9.9], p < .05", Match.MISSING),
        ("aged 12 years", Match.SIGNS),
        ("aged ≥12 years", Match.FOUND),
        ("aged >= 12 years", Match.SIGNS),
        ("p < .05", Match.FOUND),
        ("p > .05", Match.SIGNS),
        ("p < .5", Match.MISSING),
        ("n = 5", Match.FOUND),
        ("to 5 °C", Match.SIGNS),
        ("to −5 °C", Match.FOUND),
        ("nobody said real‐time, wellknown", Match.FOUND),
        ("well known or α", Match.FOUND),
        ("or alpha", Match.MISSING),
        ("the company", Match.MISSING),  # `company's` is another word
        ("the company's owner does", Match.MISSING),
        ("The company’s owner doesn’t reply", Match.FOUND),
        ("the union would stay for as long as it take", Match.MISSING),
        ("the union [that is, the members] would stay", Match.FOUND),
        ("[it] would stay for as long as it takes", Match.FOUND),
        ("the union [in 2019] would stay", Match.FOUND),  # a year that is added, and replaces none
        ("fell by 5 °C to [-9 °C], and the union", Match.MISSING),  # a figure that is replaced
        ("for as long as it takes … the union would stay", Match.ORDER),
        ("fell by 5 °C … for as long as it takes", Match.FOUND),
        ("The landlord is not permitted [...] unless the tenant agrees (emphasis added)", Match.FOUND),
        ("[T]he tenant agrees", Match.FOUND),
    ],
)
def test_what_a_reader_falls_for(quotation: str, match: Match) -> None:
    assert match == quoted(quotation, LEASE).match


def test_brackets_of_a_source_are_no_alteration_of_it() -> None:
    text = SourceText("It rose (CI [1.3-1.7]) in all arms.")
    assert Match.FOUND == quoted("It rose (CI [1.3-1.7]) in all arms", text).match
    assert Match.MISSING == quoted("It rose (CI [9.9-9.9]) in all arms", text).match


def test_the_nearest_passage_explains() -> None:
    found = nearest("would stay as long as it lasts", LEASE.whole)
    assert found is not None
    assert "would stay for as long as it takes" == found.passage
    assert (("for", "takes"), ("lasts",)) == (found.theirs, found.ours)


def test_a_passage_of_other_words_is_not_near() -> None:
    assert nearest("zebras graze by moonlight upon the hill", LEASE.whole) is None


def test_a_passage_has_what_stands_around_it() -> None:
    passage = quoted("would stay", LEASE).passage(around=10)
    assert ("the union ", "would stay", " for as") == passage


@given(st.text(max_size=200))
def test_a_tidy_text_is_tidy(text: str) -> None:
    assert tidy(text) == tidy(tidy(text))


@given(
    st.text(max_size=60),
    st.text(alphabet=st.characters(categories=["L", "N", "P", "Z"]), max_size=60),
    st.text(max_size=60),
)
def test_what_a_text_has_is_found_in_it(before: str, middle: str, after: str) -> None:
    """Between full stops and spaces, where nothing joins it to what stands around it."""
    if folded(middle).words and not re.search(r"[\[\](){}…]|\.\.|\. \.", middle):
        assert Match.FOUND == quoted(middle, SourceText(f"{before} . ; {middle} ; . {after}")).match


@given(st.text(max_size=300), st.text(max_size=80))
def test_nothing_raises(text: str, quotation: str) -> None:
    source = SourceText(text)
    quoted(quotation, source)
    nearest(quotation, source.whole)


def test_a_hostile_quotation_costs_little() -> None:
    text = SourceText("a " * 200_000)
    assert Match.MISSING == quoted(" ... ".join(["a"] * 200) + " ... b", text).match


@pytest.mark.parametrize(
    ("quotation", "word"),
    [
        ("the landlord is ... permitted to enter the flat unless the tenant agrees", "not"),
        ("The landlord is not permitted to enter the flat", "unless"),
        ("permitted to enter the flat unless the tenant agrees", "not"),
        ("The landlord is not permitted to enter the flat unless the tenant agrees", None),
        ("the tenant agrees", "unless"),
        ("would stay for as long as it takes", None),
    ],
)
def test_a_condition_that_is_cut_off_is_seen(quotation: str, word: str | None) -> None:
    assert word == condition_cut(quoted(quotation, LEASE))
