"""What stands without support: when a document is held to its habit of citing, and what is told of it then."""

from __future__ import annotations

import pytest

from citecheck import Settings, lint
from citecheck.model.findings import Diagnostic

LIST = "\n\n## Sources\n\n[1] Dew and water, 1929.\n[2] Minutes, vol. 6.\n[3] Letters, 1811.\n[Moss29] Tow, 1929.\n"
SENTENCES = {
    "m": "Flax lies in the dew.[1]",
    "u": "It is pulled by hand.",
    "n": "Flax is tied in beets.[Moss29]",  # by name
    "q": "Who pulls it?",
    "f": "In 1764 the mills sold 40 million yards.",
}


def document(pattern: str) -> str:
    """A paragraph for each word of the pattern, a sentence for each of its letters."""
    return "\n\n".join(" ".join(SENTENCES[letter] for letter in word) for word in pattern.split()) + LIST


def diagnostics(code: str, text: str, **options: object) -> list[Diagnostic]:
    settings = Settings(select=(code,), options={code: options} if options else {})
    return lint(text, name="example.md", settings=settings)


def told(code: str, text: str) -> list[str]:
    """The places that a rule speaks of."""
    return [each.span.of(text) for each in diagnostics(code, text)]


# Whether a document supports its claims ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("m m f f", 2),  # half of the statements are covered
        ("m m f f f", 0),
        ("um um um mu f", 1),  # three in four cited paragraphs end in a marker
        ("um um mu f", 0),
        ("mmu mmu", 0),  # no figure to tell of
        ("mmu mm f", 1),  # two in three statements have a marker of their own
        ("mmu mmu mm uf", 0),
        ("n m f", 1),  # half of the markers are names
        ("n n m f f", 0),
        ("f", 0),
    ],
)
def test_a_figure_needs_support_where_the_document_supports_its_claims(pattern: str, expected: int) -> None:
    assert [SENTENCES["f"]] * expected == told("CC502", document(pattern))


def test_footnotes_that_are_named_are_no_citations_by_name() -> None:
    text = (
        f"Flax lies in the dew.[^dew] It is tied.[^tow]\n\n{SENTENCES['f']}\n\n[^dew]: Dew, 1929.\n[^tow]: Tow, 1930.\n"
    )
    assert [SENTENCES["f"]] == told("CC502", text)


# CC501 ------------------------------------------------------------------------------------------------------

U = SENTENCES["u"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("mu m m m m", [U]),
        ("m m m m mu", [U]),
        ("mmmmmu mm mm m m", [U]),
        ("mmmmmu mm m m", []),  # four paragraphs make no habit
        ("mmmmmu mm m m uu", []),
        ("u m m m m mu", [U]),  # a paragraph that does not cite has no tail
        ("mmmmmuu m m m m", [f"{U} {U}"]),
        ("mu mu mmm mmm mmm mmm mmm mmm", [U, U]),
        ("mmu mmu mmu mmu mmu", [U] * 5),
        ("mmu mmu mmu mmu mmuu", []),
        ("um um um um mu", [U]),
        ("um um um mu mu", []),
        ("m m m m um", []),
        ("m m m m mq", []),
        ("mmmuq mm mm m m", [U]),
        ("nu n n n n", []),
        ("m m m m m u", []),
    ],
)
def test_a_paragraph_has_a_tail_behind_its_last_marker(pattern: str, expected: list[str]) -> None:
    assert expected == told("CC501", document(pattern))


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Flax is tied. [1] It is dried.", "It is dried."),
        ("Flax is tied. [1] [2] It is dried.", "It is dried."),
        ("Flax is tied.[1][2] It is dried.", "It is dried."),
        ("Flax is tied [1], [2]. It is dried.", "It is dried."),
        ("“Flax is tied.” [1] It is dried.", "It is dried."),
        ("“Flax is tied.”[1] It is dried.", "It is dried."),
        ("Flax is tied [1]. It is dried.", "It is dried."),
        ("Flax is tied [1] and dried. It is sold.", "It is sold."),
        ("Flax is tied [1] and dried, not sold! It is burnt.", "It is burnt."),
        ("[1] tells how flax is tied. It is dried.", "It is dried."),
        ("亚麻收割了[1]。亚麻晒干了。", "亚麻晒干了。"),
        ("- Flax is tied.[1] It is dried.", "It is dried."),
        ("> A word.\n\nFlax is tied.[1] It is dried.", "It is dried."),
        ("Flax is tied [1] and dried.", None),
        ("Flax is tied [1] and dried (in the wind).", None),
        ("Flax is tied. [1] [2]", None),
        ("Flax is tied. It is dried. [1]", None),
        ("Flax is tied [1]. Overall, it is dear.", None),
        ("Flax is tied [1]. It is dried [1, 2", "It is dried [1, 2"),
        ("Flax is tied [1]. It is dried [2,].", None),  # an attempt, of which another rule speaks
        ("Flax is tied [1]. See [the minutes](https://linen.example).", None),
    ],
)
def test_a_tail_begins_where_the_cited_sentence_ends(paragraph: str, expected: str | None) -> None:
    text = f"{document('m m m m').removesuffix(LIST)}\n\n{paragraph}{LIST}"
    assert [expected] * bool(expected) == told("CC501", text)
    first = f"{paragraph}\n\n{document('m m m m')}"
    assert [expected] * bool(expected) == told("CC501", first)


def test_a_tail_is_told_with_its_length_and_with_the_last_marker() -> None:
    text = document("mmmmmu mmmmuu mm m m").replace("dew.[1] It", "dew.[1][2] It")
    messages = [
        "nothing supports this sentence, after the last marker of the paragraph",
        "nothing supports these 2 sentences, after the last marker of the paragraph",
    ]
    found = diagnostics("CC501", text)
    assert messages == [each.message for each in found]
    assert [("[2]", "the last marker")] * 2 == [
        (related.span.of(text), related.message) for each in found for related in each.related
    ]


def test_a_marker_that_covers_its_paragraph_leaves_no_tail() -> None:
    settings = Settings(select=("CC501",), coverage="paragraph")
    assert [] == lint(document("mu m m m m"), name="example.md", settings=settings)


# CC502 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In 1764 the mills sold 40 million yards.", True),
        ("The mills sold 40% more in 1764.", True),
        ("According to traders, a bale fetched $40.", True),
        ("The census of 1764 names no mill.", True),
        ("In 1764 the valley had 7 mills.", True),
        ("A study of 7 mills found no flax.", True),
        ("The mills stood still in 1764.", False),  # one sign each
        ("The mills sold 40 million yards.", False),
        ("The valley had 7 mills.", False),
        ("A study of the mills found no flax.", False),
        ("In 1764 sales: 40 million yards", False),  # no sentence
        ("Did the mills sell 40 million yards in 1764?", False),
        ("Overall, the mills sold 40 million yards in 1764.", False),
        ("In 1929 the mills sold 30 million yards.", False),  # figures that are supported elsewhere
        ("In 1929 the mills sold 31 million yards.", True),
    ],
)
def test_two_signs_of_research_want_a_source(sentence: str, expected: bool) -> None:
    text = f"Flax lies in the dew.[1] By 1929 it fed 30 mills.[2] It is tied.[1]\n\n{sentence}{LIST}"
    assert [sentence] * expected == told("CC502", text)


@pytest.mark.parametrize("pattern", ["ff m m m", "m ff m m", "m m m ff"])
def test_each_figure_of_an_uncited_paragraph_is_told_wherever_it_stands(pattern: str) -> None:
    assert [SENTENCES["f"]] * 2 == told("CC502", document(pattern))


def test_a_figure_in_a_cited_paragraph_is_none_of_an_uncited_one() -> None:
    assert [] == told("CC502", document("m m mf m"))


# CC503 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("She called it “the whole of the harvest”.", True),
        ('She called it "a candle of tow".', True),  # four words
        ("She called it “scutched and wasted”.", False),
        ("She called it “very”, or “the whole of the harvest”.", True),
        ("Overall, it was “the whole of the harvest”.", False),
        ("Was it “the whole of the harvest”?", False),
        ("It was “the whole of the harvest”.[1]", False),
        ("She called it the whole of the harvest.", False),
    ],
)
def test_words_quoted_want_a_source(sentence: str, expected: bool) -> None:
    for text in (f"{sentence}\n\n{document('m m m')}", f"{document('m m m').removesuffix(LIST)}\n\n{sentence}{LIST}"):
        assert [sentence] * expected == told("CC503", text)


def test_words_quoted_are_left_alone_where_little_is_supported() -> None:
    sentence = "She called it “the whole of the harvest”."
    assert [] == told("CC503", f"{sentence} It was pulled. It was tied.\n\n{document('m')}")


# CC505 ------------------------------------------------------------------------------------------------------


def cited(*labels: object) -> str:
    return " ".join(f"Flax, sheet {place} [{label}]." for place, label in enumerate(labels))


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ((1, 1, 1, 1, 1, 1, 2, 2, 3, 3), ["source 1 carries 6 of 10 citations"]),
        ((3, 3, 3, 3, 3, 3, 2, 2, 1, 1), ["source 3 carries 6 of 10 citations"]),
        ((1, 1, 1, 1, 1, 2, 2, 2, 3, 3), []),  # half of them
        ((1, 1, 1, 1, 1, 1, 2, 2, 3), []),  # nine: too few
        ((1, 1, 1, 1, 1, 1, 2, 2, 3, 9), []),  # what names nothing does not count
    ],
)
def test_a_source_carries_too_much_beyond_half_of_ten_citations(labels: tuple[int, ...], expected: list[str]) -> None:
    assert expected == [each.message for each in diagnostics("CC505", cited(*labels) + LIST)]


@pytest.mark.parametrize(("share", "expected"), [(0.3, 1), (0.5, 1), (0.6, 0), (0.9, 0)])
def test_how_much_a_source_may_carry_is_set(share: float, expected: int) -> None:
    assert expected == len(diagnostics("CC505", cited(1, 1, 1, 1, 1, 1, 2, 2, 3, 3) + LIST, share=share))


@pytest.mark.parametrize(("sources", "expected"), [(2, []), (3, ["source 1 carries 8 of 10 citations"])])
def test_two_sources_have_no_balance(sources: int, expected: list[str]) -> None:
    listing = "\n".join(f"[{number}] Flax, sheet {number}." for number in range(1, sources + 1))
    text = f"{cited(*[1] * 8, 2, 2)}\n\n## Sources\n\n{listing}\n"
    assert expected == [each.message for each in diagnostics("CC505", text)]


def test_a_footnote_that_carries_too_much_is_called_one() -> None:
    notes = "".join(f"\n\n[^{name}]: Flax, sheet {name}." for name in "abc")
    (found,) = diagnostics("CC505", cited(*["^a"] * 8, "^b", "^c") + notes + "\n")
    assert ("footnote a carries 8 of 10 citations", "a") == (found.message, found.label)


# CC506 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "floor", "expected"),
    [
        ("m u", 0.6, ["1 of 2 statements are supported, 50%"]),
        ("m u", 0.5, []),
        ("m m u", 0.6, []),
        ("m m u", 0.7, ["2 of 3 statements are supported, 67%"]),
        ("m m m", 1.0, []),
        ("q m", 1.0, []),
        ("u", 0.5, ["0 of 1 statement are supported, 0%"]),
    ],
)
def test_the_share_of_supported_statements_is_held_against_a_floor(
    pattern: str, floor: float, expected: list[str]
) -> None:
    assert expected == [each.message for each in diagnostics("CC506", document(pattern), floor=floor)]


def test_low_coverage_is_told_at_the_first_statement_without_support() -> None:
    text = document("m q f u")
    assert [SENTENCES["f"]] == [each.span.of(text) for each in diagnostics("CC506", text, floor=0.9)]
