"""Sentences: in which language, where one ends and the next begins, what belongs to it."""

from __future__ import annotations

import pytest

from citecheck import parse
from citecheck.tokenizer.sentences import language_of

LISTED = "\n\n## Sources\n\n1. Salts, 1901.\n2. Teas, 1902.\n"


def claims(text: str, format: str = "markdown") -> list[str]:
    return [claim.text for claim in parse(text, name="example", format=format).claims]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Salt is mined in the hills.", "en"),
        ("塩は山で採れる。", "ja"),
        ("盐在山里开采。", "zh"),
        ("Соль добывают в горах.", "ru"),
        ("", "en"),
        ("1234", "en"),
        ("Salt is mined in the hills of 山.", "en"),
        ("소금은 산에서 캔다.", "ko"),
        ("Το αλάτι εξορύσσεται.", "el"),
        ("الملح يستخرج من الجبال.", "ar"),
        ("नमक पहाड़ों में खोदा जाता है।", "hi"),
        ("เกลือขุดได้ในภูเขา", "th"),
        ("“Salt” – mined²…", "en"),
        ("salt山山", "zh"),  # more than a fifth
        ("mined salt山山", "en"),
        ("s" * 13 + "山山山山山の", "ja"),  # more than a twentieth
        ("s" * 13 + "山山山山山山の", "zh"),
        ("salt " * 800 + "盐在山里开采。" * 800, "en"),  # the beginning tells
    ],
)
def test_the_script_tells_the_language(text: str, language: str) -> None:
    assert language == language_of(text)


def test_a_language_is_guessed_from_the_first_four_thousand_characters() -> None:
    assert ["en", "zh"] == [language_of("s" * latin + "盐" * 9_000) for latin in (3_200, 3_199)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salt is mined. It is sold.", ["Salt is mined.", "It is sold."]),
        ("Salt is mined [1]. It is sold [2].", ["Salt is mined [1].", "It is sold [2]."]),
        ("Salt is mined.[1] It is sold.[2]", ["Salt is mined.[1]", "It is sold.[2]"]),
        ("Salt is mined.[1][2] It is sold.", ["Salt is mined.[1][2]", "It is sold."]),
        ("Salt is mined. [1] It is sold.", ["Salt is mined. [1]", "It is sold."]),
        ("Salt is mined. [1] says that it is sold.", ["Salt is mined.", "[1] says that it is sold."]),
        ("*Salt is mined.* [1] It is sold.", ["*Salt is mined.* [1]", "It is sold."]),
        ("**Salt** is mined. **Tea** is sold.", ["**Salt** is mined.", "**Tea** is sold."]),
        ("Salt, e.g. from hills, is mined. It is sold.", ["Salt, e.g. from hills, is mined.", "It is sold."]),
        ("Salt is mined by A. B. Moss. It is sold.", ["Salt is mined by A. B. Moss.", "It is sold."]),
        ("It is mined at 9 a.m. on Mondays. It is sold.", ["It is mined at 9 a.m. on Mondays.", "It is sold."]),
        ("It is mined (so they say). It is sold.", ["It is mined (so they say).", "It is sold."]),
        ("Salt costs 3.50 a pound. It is sold.", ["Salt costs 3.50 a pound.", "It is sold."]),
        ("See https://salt.example/a.b. It is sold.", ["See https://salt.example/a.b.", "It is sold."]),
        ("`salt` is mined. `*` is sold. `tea` is cut.", ["`salt` is mined.", "`*` is sold.", "`tea` is cut."]),
        ("- `salt.mine()` digs it up.\n- `salt`", ["`salt.mine()` digs it up."]),
        ("Call `salt.mine()` now. It is sold.", ["Call `salt.mine()` now.", "It is sold."]),
        ("First line.  \nSecond line.", ["First line.", "Second line."]),
        ("Salt is mined! Is it sold? It is.", ["Salt is mined!", "Is it sold?", "It is."]),
        ("塩は採れる。[1] 売れる。", ["塩は採れる。[1]", "売れる。"]),
        ("塩は採れる。[1]売れる。", ["塩は採れる。[1]", "売れる。"]),
        ("Salt is mined.  [1] It is sold.", ["Salt is mined. [1]", "It is sold."]),
        ("Salt is mined.\n[1] It is sold.", ["Salt is mined. [1]", "It is sold."]),
        ("Salt is mined.* [1] It is sold.", ["Salt is mined.* [1]", "It is sold."]),
        ("*Salt is mined.[1]* It is sold.", ["*Salt is mined.[1]*", "It is sold."]),
        ("_Salt is mined._ _It is sold._", ["_Salt is mined._", "_It is sold._"]),
        ("Salt is mined. ***It*** is sold.", ["Salt is mined.", "***It*** is sold."]),
        (
            "Salt is mined. [[1]](https://a.example) It is sold.",
            ["Salt is mined. [[1]](https://a.example)", "It is sold."],
        ),
        ("Salt is mined.【1†salt】 It is sold.", ["Salt is mined.【1†salt】", "It is sold."]),
        ("Salt is mined.【oddly】 It is sold.", ["Salt is mined.【oddly】", "It is sold."]),
        ("Salt is mined.<br>It is sold.", ["Salt is mined.", "It is sold."]),
        ("Salt is mined.\\\nIt is sold.", ["Salt is mined.", "It is sold."]),
        ("Salt is mined in Mt. Fuji. It is sold.", ["Salt is mined in Mt. Fuji.", "It is sold."]),
        ("Salt is sold by the U.S.[1] Talks go on.", ["Salt is sold by the U.S.[1]", "Talks go on."]),
        ("It is mined at 9 a.m. on Monday. It is sold.", ["It is mined at 9 a.m. on Monday.", "It is sold."]),
        ("It is mined till 9 p.m. It is sold.", ["It is mined till 9 p.m.", "It is sold."]),
        ("Salt is mined. (So they say.) It is sold.", ["Salt is mined. (So they say.)", "It is sold."]),
        ("Salt is mined. (So they say.)", ["Salt is mined. (So they say.)"]),
        ("See <https://salt.example/a>. It is sold.", ["See <https://salt.example/a>.", "It is sold."]),
        ("See <b>it</b>. It is sold.", ["See <b>it</b>.", "It is sold."]),
        ("See https://salt.example/a.b) It is sold.", ["See https://salt.example/a.b) It is sold."]),
        ("# Salt is mined. It is sold.\n\nTea is cut.", ["Tea is cut."]),
        ("> Salt is mined. It is sold.", ["Salt is mined.", "It is sold."]),
        ("> Salt is mined.\n> It is sold.", ["Salt is mined.", "It is sold."]),
        ("- 1990. It was so. It is sold.", ["It was so.", "It is sold."]),
    ],
)
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert expected == claims(f"{text}{LISTED}")
