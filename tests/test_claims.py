"""Claims: where sentences end, what they do, and which markers support them."""

from __future__ import annotations

import pytest

from citecheck import UsageError, parse
from citecheck.model.claims import ClaimKind

LIST = "\n\n## Sources\n\n[1] Almanac, 1990.\n[2] Atlas, 1991.\n[3] Annals, 1992.\n"


def sentences(text: str) -> list[str]:
    return [claim.text for claim in parse(text).claims]


@pytest.mark.parametrize(
    "expected",
    [
        ["The lake froze.[1]", "It thawed in May.[2]"],
        ["The lake froze. [1] [2]", "It thawed in May."],
        ["“It froze,” he said, “and then it cracked.”[1]", "It thawed in May."],
        ["The gauge belongs to the U.S. Geological Survey.[1]", "It was read daily."],
        ["The gauge was lent by the U.S.[1]", "It was read daily."],
        ["It froze at 5 a.m. Sunday.", "It thawed by noon."],
        ["The ice came from Mt. Erin and from Ft. Dale.", "It was clear."],
        ["See https://lake.example/ice?year=1990.", "The page is old."],
        ["It froze early. (It always does.)[1]", "The mill stood still."],
        ["**The lake froze.**[1]", "*It thawed in May.*[2]"],
        ["The lake froze.【3:1†source】", "It thawed in May."],
        ["The lake froze.[1](https://lake.example/a.html)", "It thawed in May."],
        ["The lake froze.^1^", "It thawed in May."],
        ["What froze?[1]", "The lake did.[2]"],
    ],
)
def test_a_mark_behind_the_full_stop_belongs_to_the_sentence_before_it(expected: list[str]) -> None:
    assert expected == sentences(" ".join(expected))


def test_a_number_may_be_the_subject_of_its_sentence() -> None:
    assert ["The lake froze.", "[3] doubts it."] == sentences(f"The lake froze. [3] doubts it.{LIST}")


def test_scripts_without_spaces_are_split_too() -> None:
    assert ["湖面结冰了。[1]", "五月解冻。[2]"] == sentences("湖面结冰了。[1]五月解冻。[2]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The lake froze in March.", ClaimKind.STATEMENT),
        ("Did the lake freeze?", ClaimKind.QUESTION),
        ("They ask “did the lake freeze?”", ClaimKind.QUESTION),
        ('They ask "did the lake freeze?"', ClaimKind.QUESTION),
        ("Sie fragten: „Fror der See zu?“", ClaimKind.QUESTION),
        ("Ils demandent : « Le lac a-t-il gelé ? »", ClaimKind.QUESTION),
        ("湖面结冰了吗？", ClaimKind.QUESTION),
        ("他们问：“湖面结冰了吗？”", ClaimKind.QUESTION),
        ("هل تجمدت البحيرة؟", ClaimKind.QUESTION),
        ("Three lakes froze [1]:", ClaimKind.LEAD_IN),
        ("三个湖结冰了：", ClaimKind.LEAD_IN),
        ("> The lake froze in March.", ClaimKind.QUOTATION),
        ("Figure 3. The lake in March.", ClaimKind.CAPTION),
        ("![The lake](lake.png) The lake in March.", ClaimKind.CAPTION),
        ("Author: Mira Holt", ClaimKind.METADATA),
        ("Last updated 3 March 1990", ClaimKind.METADATA),
        ("Freezing ........ 12", ClaimKind.METADATA),
        ("Overall, the lake froze less often.", ClaimKind.CONCLUSION),
        ("All this points to milder winters.", ClaimKind.CONCLUSION),
        ("Dies zeigt, dass der See seltener zufriert.", ClaimKind.CONCLUSION),
        ("Damit friert der See seltener zu.", ClaimKind.CONCLUSION),
        ("Par conséquent, le lac gèle moins souvent.", ClaimKind.CONCLUSION),
        ("Cela montre que le lac gèle moins souvent.", ClaimKind.CONCLUSION),
        ("Por lo tanto, el lago se hiela menos.", ClaimKind.CONCLUSION),
        ("Esto demuestra que el lago se hiela menos.", ClaimKind.CONCLUSION),
        ("Pertanto il lago gela di rado.", ClaimKind.CONCLUSION),
        ("Portanto, o lago gela menos.", ClaimKind.CONCLUSION),
        ("Dit betekent dat het meer minder vaak bevriest.", ClaimKind.CONCLUSION),
        ("Следовательно, озеро замерзает реже.", ClaimKind.CONCLUSION),
        ("总而言之，湖面结冰更少。", ClaimKind.CONCLUSION),
        ("したがって湖は凍りにくい。", ClaimKind.CONCLUSION),
        ("これは冬の温暖化を意味する。", ClaimKind.CONCLUSION),
        ("따라서 호수는 덜 언다.", ClaimKind.CONCLUSION),
        ("이는 겨울이 따뜻해졌음을 의미한다.", ClaimKind.CONCLUSION),
        ("이는 전체의 70%이다.", ClaimKind.STATEMENT),
        ("وبالتالي تتجمد البحيرة أقل.", ClaimKind.CONCLUSION),
        ("Damiten heißt ein See.", ClaimKind.STATEMENT),
        ("This report covers four lakes.", ClaimKind.REMARK),
        ("Further research is needed.", ClaimKind.REMARK),
        ("Table 12 lists four lakes.", ClaimKind.REMARK),
        ("Abbildung 2 zeigt vier Seen.", ClaimKind.REMARK),
        ("Tables of lakes are rare.", ClaimKind.STATEMENT),
        ("*Level of evidence: Ia.*", ClaimKind.REMARK),
        ("**[A]**", ClaimKind.REMARK),
        ("(Low certainty)", ClaimKind.REMARK),
        ("(The lake froze. It thawed.)", ClaimKind.STATEMENT),
        ("Dieser Bericht behandelt vier Seen.", ClaimKind.REMARK),
        ("Ce rapport traite de quatre lacs.", ClaimKind.REMARK),
        ("Véase la sección 3.", ClaimKind.REMARK),
        ("Этот отчёт посвящён четырём озёрам.", ClaimKind.REMARK),
        ("本稿では四つの湖を扱う。", ClaimKind.REMARK),
        ("日本報告書は四つの湖を数えた。", ClaimKind.STATEMENT),
        ("이 보고서는 네 호수를 다룬다.", ClaimKind.REMARK),
        ("이 장에서는 네 호수를 다룬다.", ClaimKind.REMARK),
        ("이 장비는 호수에서 쓰였다.", ClaimKind.STATEMENT),
        ("즉시 호수가 얼었다.", ClaimKind.STATEMENT),
        ("以上海为例，湖面结冰更少。", ClaimKind.STATEMENT),
        ("[The lake](https://lake.example)", ClaimKind.POINTER),
        ("[The lake][lake]", ClaimKind.POINTER),
        ("The lake froze, says https://lake.example.", ClaimKind.POINTER),
        ("The lake froze, says [the almanac](https://lake.example).", ClaimKind.POINTER),
    ],
)
def test_a_sentence_is_known_by_what_it_does(text: str, expected: ClaimKind) -> None:
    claims = parse(text + LIST).claims
    assert {expected} == {claim.kind for claim in claims}
    assert all(claim.wants_citation is (expected is ClaimKind.STATEMENT) for claim in claims)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[The annals of the frozen lake](https://lake.example). It is so.", ClaimKind.POINTER),
        ("[The annals](https://lake.example) are read by many to this day. It is so.", ClaimKind.STATEMENT),
    ],
)
def test_a_block_that_is_mostly_links_makes_no_statement(text: str, expected: ClaimKind) -> None:
    last = parse(text + LIST).claims[-1]
    assert ("It is so.", expected) == (last.text, last.kind)


@pytest.mark.parametrize(
    ("coverage", "expected"),
    [
        ("trailing", [True, True, True, False]),
        ("sentence", [False, True, True, False]),
        ("paragraph", [True, True, True, True]),
    ],
)
def test_a_marker_covers_what_the_setting_says(coverage: str, expected: list[bool]) -> None:
    text = "The lake froze. It cracked.[1] It thawed.[2] It stank." + LIST
    assert expected == [claim.covered for claim in parse(text, coverage=coverage).claims]


def test_in_a_covered_paragraph_a_claim_has_its_own_support_before_that_of_others() -> None:
    text = "The lake froze. It cracked.[1] It thawed.[2]" + LIST
    supports = [[marker.text for marker in claim.covering] for claim in parse(text, coverage="paragraph").claims]
    assert [["[1]", "[2]"], ["[1]"], ["[2]"]] == supports


def test_a_marker_covers_nothing_beyond_its_list_item() -> None:
    text = "- The lake froze.\n- It cracked.[1]\n" + LIST
    assert [False, True] == [claim.covered for claim in parse(text, coverage="paragraph").claims]


def test_an_unknown_coverage_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'sentence'"):
        parse("The lake froze.", coverage="sentense")
