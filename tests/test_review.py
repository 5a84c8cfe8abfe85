"""Reviews: what a program is told of the answer that it is about to show, whole or while it is being written."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck import Diagnostic, Settings, UsageError, fix, review, review_stream
from citecheck.text.spans import Span

PASSAGES = [
    "Harbour ice closed the port for 41 days in 1893, the log of the pilots says.",
    "The lighthouse was lit with rape oil until 1871, and with paraffin from then on.",
    "Salt from the pans was taxed at two shillings a bushel.",
    "The breakwater was built by convicts between 1849 and 1872.",
    "Herring landings fell from 9,000 barrels to 1,200 within ten years.",
]
ANSWERS = {  # every statement has a marker, and every passage is used
    "prose": (
        "The port was closed by ice for 41 days in 1893 [1]. Its lighthouse burned rape oil until 1871 [2]. "
        "Salt was taxed at two shillings a bushel [3].\n\nConvicts built the breakwater [4]. "
        "Landings of herring fell to 1,200 barrels [5].\n"
    ),
    "list": (
        "## The harbour\n\n- Ice closed it for 41 days in 1893.[1]\n- The lighthouse burned rape oil at first.[2]\n"
        "- Salt paid two shillings a bushel.[3]\n- Convicts built the breakwater.[4]\n- The herring failed.[5]\n"
    ),
    "groups": (
        "The port froze in 1893, and its light had changed its oil by then [1, 2]. Salt was taxed and the breakwater "
        "was built by convicts [3-4]. Fewer herring were landed each year [5].\n"
    ),
    "footnotes": (
        "The port froze in 1893.[^1] Its lighthouse burned rape oil.[^2] Salt was taxed.[^3]\n\n"
        "The breakwater took 23 years.[^4] The herring failed within ten.[^5]\n"
    ),
    "german": (
        "Der Hafen war 1893 für 41 Tage vom Eis verschlossen [1]. Der Leuchtturm brannte bis 1871 mit Rüböl [2]. "
        "Auf Salz lag eine Steuer [3].\n\nSträflinge bauten den Wellenbrecher [4]. Der Hering blieb aus [5].\n"
    ),
}
TAILS = {"footnotes": "[^{}]", "list": "[{}]"}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_sound_answer_is_ok(answer: str) -> None:
    told = review(ANSWERS[answer], sources=PASSAGES)
    assert told.ok
    assert ((), (), (), (), 1.0, 1.0, "") == (
        told.diagnostics,
        told.unresolved,
        told.unused,
        told.uncited,
        told.coverage,
        told.resolvable_rate,
        told.feedback(),
    )


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_marker_that_names_no_passage_is_undefined(answer: str) -> None:
    text = ANSWERS[answer].replace("5]", "7]")
    told = review(text, sources=PASSAGES)
    assert not told.ok
    assert ["7"] == [citation.label for citation in told.unresolved] == [each.label for each in told.diagnostics]
    assert ("5",) == told.unused
    assert () == told.uncited
    assert "numbered 7" in told.feedback()
    assert told.feedback().endswith("The sources are numbered 1 to 5.")


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_passage_that_nothing_cites_is_unused(answer: str) -> None:
    told = review(ANSWERS[answer], sources=[*PASSAGES, "The ferry ran on Sundays."])
    assert told.ok
    assert (("6",), (), (), ()) == (told.unused, told.unresolved, told.uncited, told.diagnostics)


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_statement_without_a_marker_is_uncited(answer: str) -> None:
    bare = "\nThe ferry sank in 1902.\n" if answer != "german" else "\nDie Fähre sank 1902.\n"
    told = review(ANSWERS[answer] + bare, sources=PASSAGES)
    assert [bare.strip()] == [claim.text for claim in told.uncited]
    assert ((), ()) == (told.unused, told.unresolved)
    assert told.coverage is not None
    assert 1.0 > told.coverage
    assert bare.strip() in told.feedback()


def test_a_lone_marker_is_judged_by_the_passages() -> None:
    assert ["7"] == [each.label for each in review("Salt melts ice [7].", sources=PASSAGES).unresolved]
    assert [] == [each.label for each in review("Salt melts ice [7].").unresolved]  # nothing says that it cites


def test_passages_may_have_ids() -> None:
    by_id = {"doc-1": PASSAGES[0], "doc-2": PASSAGES[1]}
    told = review("Ice closed the port [doc-1]. Oil lit it [Doc-2, doc-9]. See [the manual].", sources=by_id)
    assert ["doc-9"] == [citation.label for citation in told.unresolved]
    assert () == told.unused
    listed = review("Ice closed the port [doc-1].", sources=[{"id": "doc-1", "text": "…"}, {"text": "…"}])
    assert ("doc-1", "2") == listed.labels
    assert ("2",) == listed.unused


def test_the_first_number_is_the_callers() -> None:
    assert review("Ice [0]. Oil [1].", sources=PASSAGES[:2], first=0).ok
    assert not review("Ice [0]. Oil [2].", sources=PASSAGES[:2], first=0).ok


def test_a_list_in_the_text_does_not_make_up_for_a_passage() -> None:
    text = "Ice [1]. Oil [7].\n\n## Sources\n\n[1] Log, 1893, p. 4.\n[7] Made up, 2020, p. 1.\n"
    assert ["7"] == [each.label for each in review(text, sources=PASSAGES).unresolved]
    assert review(text).ok


def test_a_text_does_not_silence_its_review() -> None:
    text = "<!-- citecheck: ignore-file -->\nIce [7].\n"
    assert ["CC101"] == [each.code for each in review(text, sources=PASSAGES).diagnostics]


def test_without_sources_the_text_lists_its_own() -> None:
    told = review("Ice [1]. Oil [3].\n\n## Sources\n\n[1] Log, 1893, p. 4.\n[2] Oil, 1871, p. 2.\n")
    assert ["3"] == [each.label for each in told.unresolved]
    assert ("2",) == told.unused
    assert None is told.labels
    assert 0.5 == told.resolvable_rate


def test_what_is_undefined_has_no_measure() -> None:
    told = review("## A heading\n", sources=PASSAGES)
    assert (None, None, True) == (told.coverage, told.resolvable_rate, told.ok)


def test_safe_fixes_are_applied_on_demand() -> None:
    assert "Ice [1].\n" == review("Ice [1][1].\n", sources=PASSAGES).fixed
    assert "Ice [1].\n\n## Sources\n\n[1] Log, 1893, p. 4.\n" == (
        fix("Ice [1][1].\n\n## Sources\n\n[1] Log, 1893, p. 4.\n").text
    )


def test_feedback_is_bounded() -> None:
    text = " ".join(f"Ice number {number} melts [{number}]." for number in range(6, 20))
    lines = review(text, sources=PASSAGES).feedback(limit=3).splitlines()
    assert ["1.", "2.", "3.", "And"] == [line.split()[0] for line in lines[:4]]
    assert "The sources are numbered 1 to 5." == lines[-1]


QUOTING = {
    f"{number}": f"{before}The log says that “{words}” [{number}].{after}"
    for number, words, before, after in [
        (1, "Harbour ice closed the port for 41 days", "", " The port slept."),
        (2, "was lit with rape oil until 1871", "It changed [2]. ", ""),
        (3, "taxed at two shillings a bushel", "", "\n\nSo it was [3]."),
        (4, "was built by convicts between 1849 and 1872", "", ""),
        (5, "fell from 9,000 barrels to 1,200", "", ""),
    ]
}
ALTERED = {
    "1": ("41", "14"),
    "2": ("until", "before"),
    "3": ("two", "three"),
    "4": ("convicts", "prisoners"),
    "5": ("1,200", "2,100"),
}


@pytest.mark.parametrize("number", QUOTING)
def test_an_altered_quotation_is_wrong(number: str) -> None:
    sound, altered = QUOTING[number], QUOTING[number].replace(*ALTERED[number])
    assert review(sound, sources=PASSAGES, texts=PASSAGES).ok
    told = review(altered, sources=PASSAGES, texts=PASSAGES)
    assert not told.ok
    assert {(number,)} == {each.labels for each in told.wrong}
    assert () == told.diagnostics
    assert f"source {number} does not have" in told.feedback()


def test_two_sources_of_one_label_are_refused() -> None:
    with pytest.raises(UsageError, match="two sources are labelled 'DOC-1'"):
        review("Ice.", sources={"doc-1": "…", "DOC-1": "…"})
    with pytest.raises(UsageError, match="sources is a list of passages"):
        review("Ice.", sources="one passage")
    with pytest.raises(UsageError, match="no rule is called"):
        review("Ice.", settings=Settings(select=("CC999",)))


# While it is being written ----------------------------------------------------------------------------------


def cut(text: str, seed: int) -> Iterator[str]:
    """The text in pieces of random lengths, as a model sends them."""
    chance = random.Random(seed)
    at = 0
    while at < len(text):
        size = chance.choice((1, 2, 5, 40))
        yield text[at : at + size]
        at += size


def keys(found: list[Diagnostic]) -> list[tuple[Span, str, str]]:
    return sorted((each.span, each.code, each.message) for each in found)


PARTS = [
    *("Ice melts [{}]. ", "Salt is taxed[{}]. ", "Oil burns.[{}] ", "Rain falls [1][{}]. ", "Herring [2, {}] failed. "),
    *("See [^{}]. ", "盐是开采的[{}]。", "As [{}] says, it is so. ", "It is (see [{}]) so! ", "A [1-{}] range. "),
    *("Nothing is cited. ", "Use `x[{}]. y` here. ", "It is *very [{}]. wide* here. ", "[Salt][{}] is sold. "),
    *("\n\n", "\n\n## A heading\n\n", "\n- an item [{}]\n- another\n\n", "\n\n1. first [{}].\n2. second.\n\n"),
    *(
        "\n\n> A quotation [{}].\n\n",
        "\n\n```\nx[{}] = 1. Not cited.\n```\n\n",
        "\n\n| a | b |\n| --- | --- |\n| c | d [{}] |\n\n",
    ),
    *(
        "\n\n[{}]: https://salt.test/a\n\n",
        "\n\n[^{}]: A note of 1901.\n\n",
        "\n\n## Sources\n\n[{}] Log, 1893, p. 4.\n\n",
    ),
    *(
        "<!-- citecheck: ignore CC101 --> ",
        "turn0search3 ",
        "[{}](https://salt.test/b) says so. ",
        "array[{}] and [0, 1]. ",
    ),
]
words = st.lists(st.tuples(st.sampled_from(PARTS), st.integers(1, 12)), max_size=25).map(
    lambda parts: "".join(part.format(number) for part, number in parts)
)


@given(words, st.integers(), st.sampled_from([1, 3, 5]), st.sampled_from(["markdown", "text"]))
@settings(max_examples=1000, deadline=None, derandomize=True)
def test_a_stream_finds_what_the_whole_text_has(text: str, seed: int, passages: int, format: str) -> None:
    whole = review(text, sources=PASSAGES[:passages], format=format)
    streamed = list(review_stream(cut(text, seed), sources=PASSAGES[:passages], format=format))
    assert keys(list(whole.diagnostics)) == keys(streamed)


def test_a_stream_tells_of_a_finished_sentence_before_the_next() -> None:
    sent: list[str] = []

    def pieces() -> Iterator[str]:
        for word in ["Ice melts [7]", ". ", "Oil burns [1]. ", "Salt is taxed [9]. ", "And"]:
            sent.append(word)
            yield word

    found = [(each.label, len(sent)) for each in review_stream(pieces(), sources=PASSAGES)]
    assert [("7", 2), ("9", 4)] == found


def test_a_stream_waits_where_a_bracket_or_code_is_open() -> None:
    text = "Ice `melts [7]. and oil` burns. [See [8]. here](https://salt.test) and [9]. Then\n"
    found = [each.label for each in review_stream(iter(text), sources=PASSAGES)]
    assert ["9"] == found


def test_a_stream_without_sources_tells_all_at_the_end() -> None:
    text = "Ice [3]. Oil [1].\n\n## Sources\n\n[1] Log, 1893, p. 4.\n[2] Oil, 1871, p. 2.\n"
    assert keys(list(review(text).diagnostics)) == keys(list(review_stream(iter(text))))
