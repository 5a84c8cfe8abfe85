"""Sentences: in which language, where one ends and the next begins, what belongs to it."""

from __future__ import annotations

import pytest

from citecheck import parse
from citecheck.recognition.claims.sentences import language_of

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
        ("Das Salz wird in den Bergen und nicht am Meer gewonnen.", "de"),
        ("Le sel est extrait dans les montagnes.", "fr"),
        ("La sal se extrae en las montañas y no en el mar.", "es"),
        ("Il sale si estrae nelle montagne della regione.", "it"),
        ("O sal é extraído nas montanhas e não em minas.", "pt"),
        ("Het zout wordt in de bergen gewonnen en niet op zee.", "nl"),
        ("Sól wydobywa się w górach, a nie na morzu.", "pl"),
        ("Salt bryts i bergen och inte på havet.", "sv"),
        ("The salt of Das is mined in the hills, see Der Berg and Die Mine.", "en"),
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
        ("Salt is mined ([1]). It is sold.", ["Salt is mined ([1]).", "It is sold."]),
        ("Salt is mined.([1]) It is sold. ([1], [2]) So.", ["Salt is mined.([1])", "It is sold. ([1], [2])", "So."]),
        ("Salt is mined.[1] [2] says so.", ["Salt is mined.[1]", "[2] says so."]),
        ("Salt is mined.  [2] says so.", ["Salt is mined.", "[2] says so."]),
        ("They sold 9 Mt.[1] “We sell more.”[2]", ["They sold 9 Mt.[1]", "“We sell more.”[2]"]),
        ("Salt is dear. (It was cheap.) [2] Tea is cheap.", ["Salt is dear. (It was cheap.) [2]", "Tea is cheap."]),
        ("**1. Supply.** Salt is mined.[1]", ["**1. Supply.**", "Salt is mined.[1]"]),
        ("Approx. 30 pans are in use. See Vol. 3 and Eq. 4.", ["Approx. 30 pans are in use.", "See Vol. 3 and Eq. 4."]),
        ("Its site runs on ASP.NET now. It is slow.", ["Its site runs on ASP.NET now.", "It is slow."]),
        (
            "Das Salz kam im 19. Jahrhundert, bzw. am 3. Oktober, für 5 Mio. Euro und nicht früher.[1] Es ist alt.",
            [
                "Das Salz kam im 19. Jahrhundert, bzw. am 3. Oktober, für 5 Mio. Euro und nicht früher.[1]",
                "Es ist alt.",
            ],
        ),
        (
            "La sal de EE. UU. es cara y el Sr. Gil la vende.[1]",
            ["La sal de EE. UU. es cara y el Sr. Gil la vende.[1]"],
        ),
        ("Соль добывают с 1754 г.[1] Её 5 млн т., ок. 3 %.", ["Соль добывают с 1754 г.[1]", "Её 5 млн т., ок. 3 %."]),
        ("「塩は高い。」と彼は言った[1]。本当か。", ["「塩は高い。」と彼は言った[1]。", "本当か。"]),
        ("“盐很贵。”他说[1]。茶很便宜。", ["“盐很贵。”他说[1]。", "茶很便宜。"]),
        ('"소금은 비싸다."라고 말했다[1]. 차는 싸다.', ['"소금은 비싸다."라고 말했다[1].', "차는 싸다."]),
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
