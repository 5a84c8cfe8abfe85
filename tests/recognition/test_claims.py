"""Sentences: where one ends, and that a marker belongs to the sentence before it."""

from __future__ import annotations

import pytest

from citecheck import parse
from citecheck.model.claims import Claim

LIST = "\n\n## Sources\n\n1. Salts, 1901.\n2. Pans, 1902.\n3. Kelps, 1903.\n"
SENTENCES = [
    ("Salt is mined.[1] It is boiled.[2]", ["Salt is mined.[1]", "It is boiled.[2]"]),
    ("Salt is mined. [1] It is boiled. [2]", ["Salt is mined. [1]", "It is boiled. [2]"]),
    ("Salt is mined [1]. It is boiled [2].", ["Salt is mined [1].", "It is boiled [2]."]),
    ("Salt is mined.[1][2] It is boiled.", ["Salt is mined.[1][2]", "It is boiled."]),
    ("Salt is mined.[1] [2] It is boiled.", ["Salt is mined.[1] [2]", "It is boiled."]),
    ("Salt is mined.[1, 2] It is boiled.", ["Salt is mined.[1, 2]", "It is boiled."]),
    ("Salt is mined.[1]It is boiled.[2]", ["Salt is mined.[1]", "It is boiled.[2]"]),
    ("Is salt mined?[1] It is![2] So.", ["Is salt mined?[1]", "It is![2]", "So."]),
    ("“Salt is mined.”[1] It is boiled.", ["“Salt is mined.”[1]", "It is boiled."]),
    ("Salt (mined [1]) is boiled. It is sold.", ["Salt (mined [1]) is boiled.", "It is sold."]),
    ("Salt, says Dr. Olsen, is mined.[1] It is boiled.", ["Salt, says Dr. Olsen, is mined.[1]", "It is boiled."]),
    ("The U.S. mines salt.[1] It is boiled.", ["The U.S. mines salt.[1]", "It is boiled."]),
    ("It costs 3.50 a pound.[1] It is sold.", ["It costs 3.50 a pound.[1]", "It is sold."]),
    ("Salt [1] is mined; pans [2] are not. It is so.", ["Salt [1] is mined; pans [2] are not.", "It is so."]),
    ("Salt is mined.【1】 It is boiled.【2】", ["Salt is mined.【1】", "It is boiled.【2】"]),
    ("盐是开采的。[1]盐是煮的。[2]", ["盐是开采的。[1]", "盐是煮的。[2]"]),
    ("盐是开采的[1]。盐是煮的[2]。", ["盐是开采的[1]。", "盐是煮的[2]。"]),
    ("塩は採れる。[1]塩は煮る。[2]", ["塩は採れる。[1]", "塩は煮る。[2]"]),
    ("Соль добывают.[1] Её варят.[2]", ["Соль добывают.[1]", "Её варят.[2]"]),
    ("Salz wird z. B. abgebaut.[1] Es wird gesotten.", ["Salz wird z. B. abgebaut.[1]", "Es wird gesotten."]),
    ("Salt is `a.b. c` mined.[1] It is boiled.", ["Salt is `a.b. c` mined.[1]", "It is boiled."]),
]


def claims(text: str, format: str = "markdown") -> tuple[Claim, ...]:
    return parse(text, name="example", format=format).claims


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_a_sentence_has_its_markers(text: str, expected: list[str], format: str) -> None:
    assert expected == [claim.text for claim in claims(f"{text}{LIST}", format)]


def test_a_sentence_knows_its_markers_by_what_they_are() -> None:
    first, second = claims(f"Salt is mined.[1] It is boiled [2], and sold.[3]{LIST}")
    assert ["[1]"] == [marker.text for marker in first.markers]
    assert ["[2]", "[3]"] == [marker.text for marker in second.markers]


def test_a_sentence_may_run_over_lines() -> None:
    (claim,) = claims(f"Salt is\nmined in the\nnorth [1].{LIST}")
    assert "Salt is mined in the north [1]." == claim.text


def test_a_sentence_never_crosses_a_block() -> None:
    text = f"Salt is mined [1]\n\n- rock salt [2]\n- sea salt [3]\n\n> Salt is boiled\n\nThe end{LIST}"
    assert ["Salt is mined [1]", "rock salt [2]", "sea salt [3]", "Salt is boiled", "The end"] == [
        claim.text for claim in claims(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Salt is mined [1].",
        "Salt is mined.\n===============",
        "```\nSalt is mined [1].\n```",
        "| Salt | is mined [1]. |\n| --- | --- |\n| Pans | are not. |",
        "<!-- Salt is mined. -->",
        "---\n",
    ],
)
def test_what_is_no_sentence_of_the_body_is_no_claim(text: str) -> None:
    assert [] == [claim.text for claim in claims(f"{text}{LIST}")]


def test_the_entries_of_a_list_are_no_claims() -> None:
    assert ["Salt is mined [1]."] == [
        claim.text for claim in claims(f"Salt is mined [1].{LIST}\n[^1]: A note. On salt.\n")
    ]


def test_the_span_of_a_claim_is_its_place() -> None:
    text = f"# Salt\n\nSalt is *mined*.[1] It is boiled.[2]{LIST}"
    assert ["Salt is *mined*.[1]", "It is boiled.[2]"] == [claim.span.of(text) for claim in claims(text)]


@pytest.mark.parametrize("space", [" ", ""], ids=["words", "one word"])
def test_no_part_of_a_sentence_without_end_is_lost(space: str) -> None:
    text = space.join(f"salt{number}" for number in range(2_000))
    found = claims(text)
    assert len(found) > 1
    assert text.replace(" ", "") == "".join(claim.text.replace(" ", "") for claim in found)


def test_a_sentence_in_the_middle_of_a_block_tells_no_date_of_it() -> None:
    kinds = [claim.kind.value for claim in claims(f"Author: A. Moss. Author: B. Moss mines salt.{LIST}")]
    assert ["metadata", "statement"] == kinds
