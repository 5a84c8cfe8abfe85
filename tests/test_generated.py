"""A reduced run of the generated documents, and their oracle: it reads what was written, and sees what is broken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.generated.documents import Generated, document, styles_together
from tests.generated.oracle import Finding, Reading, changed, checked, settled
from tests.generated.running import judged
from tests.generated.styles import LISTS, MARKERS

SEED = 18
NUMBERS = range(300)
RUNS = {  # a few of the documents for each command; those from 500 on get the fixes of pedantic rules, too
    "check": range(200),
    "fix": range(200, 260),
    "unsafe fixes": range(500, 560),
    "renumber": range(260, 320),
    "merge": range(320, 380),
}


@pytest.fixture(scope="module")
def documents() -> list[Generated]:
    return [document(SEED, number) for number in NUMBERS]


def test_the_oracle_reads_what_was_written(documents: list[Generated]) -> None:
    for each in documents:
        reading = Reading(each.text, each)
        cited = {word: tuple(label for label, _ in labels) for word, labels in reading.cited.items()}
        assert dict(each.claims) == cited, each.number
        assert [entry.label for entry in each.entries] == [label for _, label in reading.entries], each.number
        assert {*each.odd} == {*reading.odd}, each.number


def test_there_are_many_styles(documents: list[Generated]) -> None:
    together = styles_together()
    assert {marker for _, marker, _ in together} == {*MARKERS}
    assert {listing for _, _, listing in together} == {*LISTS}


def sound(documents: list[Generated]) -> Generated:
    """A document of two sources or more, whose first is cited, with nothing odd, undefined or listed twice."""
    return next(
        each
        for each in documents
        if each.marker == "adjacent"
        and not each.odd
        and each.text.count("\r") == 0
        and not Reading(each.text, each).undefined
        and (each.list == "brackets" and len({entry.label for entry in each.entries}) == len(each.entries) > 2)
        and each.entries[0].label in next(iter(each.claims.values()))
    )


def exchanged(each: Generated) -> str:
    """Two entries with each other's words, under their own labels."""
    first, second = (entry.text.partition("] ")[2] for entry in each.entries[:2])
    return each.text.replace(first, "#").replace(second, first).replace("#", second)


def without_entry(each: Generated) -> str:
    return each.text.replace(each.entries[0].text, "")


def without_a_word(each: Generated) -> str:
    return each.text.replace("history", "", 1)


def without_a_claim(each: Generated) -> str:
    return each.text.replace(next(iter(each.claims)), "", 1)


def without_a_marker(each: Generated) -> str:
    return each.text.replace(f"[{each.entries[0].label}]", "", 1)


def with_other_endings(each: Generated) -> str:
    return each.text.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("harm", "command", "kind"),
    [
        (exchanged, "fix", "marker names another source"),
        (without_entry, "fix", "source lost"),
        (without_entry, "merge", "source lost"),
        (without_entry, "unsafe fixes", "cited source deleted"),
        (without_a_word, "unsafe fixes", "words lost"),
        (without_a_claim, "merge", "claim lost or moved"),
        (without_a_marker, "fix", "marker no longer names its source"),
        (with_other_endings, "fix", "line endings changed"),
    ],
    ids=lambda each: each if isinstance(each, str) else each.__name__,
)
def test_the_oracle_sees_what_is_broken(
    documents: list[Generated], harm: Callable[[Generated], str], command: str, kind: str
) -> None:
    each = sound(documents)
    assert [] == [*changed(each, command, each.text, [])]
    assert kind in {failure.kind for failure in changed(each, command, harm(each), [])}


def test_the_oracle_sees_what_check_misses_and_invents(documents: list[Generated]) -> None:
    each = next(each for each in documents if each.sure and not each.odd and Reading(each.text, each).undefined)
    assert "undefined label missed" in {failure.kind for failure in checked(each, [])}
    word = next(word for word, labels in each.claims.items() if labels)
    invented = Finding("CC101", "99", each.text.index(word) + len(word), len(each.text))
    assert "undefined label invented" in {failure.kind for failure in checked(each, [invented])}


def test_the_oracle_wants_a_second_run_to_change_nothing(documents: list[Generated]) -> None:
    assert [] == [*settled(documents[0], "fix", "a\n", "a\n")]
    assert ["a second run changes more"] == [each.kind for each in settled(documents[0], "fix", "a\n", "b\n")]


def test_the_oracle_wants_a_reason(documents: list[Generated]) -> None:
    each = documents[0]
    silent = [f"citecheck: {each.name}: is not renumbered: "]
    told = [f"citecheck: {each.name}: is not renumbered: source 3 is listed twice (CC103)"]
    assert ["refused without a reason"] == [failure.kind for failure in changed(each, "renumber", each.text, silent)]
    assert [] == [*changed(each, "renumber", each.text, told)]
    each = sound(documents)  # its numbers are not those of appearance
    assert ["left out of order, and no word why"] == [
        failure.kind for failure in changed(each, "renumber", each.text, [])
    ]


@pytest.mark.parametrize("command", RUNS)
def test_no_promise_is_broken(command: str) -> None:
    verdict = judged(SEED, RUNS[command], commands=[command])
    assert [] == [f"{each.document.number}: {each.kind}: {each.detail}" for each in verdict.failures]
    assert len(RUNS[command]) == verdict.outcomes.total()
    assert command == "check" or verdict.outcomes[command, "changed"]
