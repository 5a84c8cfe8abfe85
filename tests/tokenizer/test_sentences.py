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
    ],
)
def test_the_script_tells_the_language(text: str, language: str) -> None:
    assert language == language_of(text)


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
        ("Call `salt.mine()` now. It is sold.", ["Call `salt.mine()` now.", "It is sold."]),
        ("First line.  \nSecond line.", ["First line.", "Second line."]),
        ("Salt is mined! Is it sold? It is.", ["Salt is mined!", "Is it sold?", "It is."]),
        ("塩は採れる。[1] 売れる。", ["塩は採れる。[1]", "売れる。"]),
    ],
)
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert expected == claims(f"{text}{LISTED}")
