"""Citations by author and year: what is read of entries, what is taken for a citation, and what for none."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck import Settings, lint, parse
from citecheck.model.author_years import Signal, Verdict
from citecheck.model.citations import Syntax
from citecheck.model.document import Document
from citecheck.model.sources import ListKind
from citecheck.recognition.author_year.works import works

LIST = """

## References

Ito, M. (2018). *Pans*. Pan Press.

Lund, H., Sato, K., & Fell, S. (2021). Brine. *Salt Letters, 3*, 1–8.

Obi, K. (1999). *Herons*. Pan Press.

Rey, A., & Müller, P. (2019). *Reeds*. Pan Press.
"""
SOUND = "Brine freezes late (Lund et al., 2021), pans are old (Ito, 2018), and so are reeds (Rey & Müller, 2019).\n\n"


def document(text: str, sources: str = LIST) -> Document:
    return parse(SOUND + text + sources, name="a.md")


def found(text: str, *codes: str, sources: str = LIST) -> list[tuple[str, str | None]]:
    settings = Settings(select=codes or ("CC101", "CC102"), pedantic=True)
    return [(each.code, each.label) for each in lint(SOUND + text + sources, format="markdown", settings=settings)]


# Entries ----------------------------------------------------------------------------------------------------

ENTRIES = [  # as styles write one work, and what it is called
    ("Lund, H., & Sato, K. (2020). Brine. *Salt Letters, 3*, 1–8.", "Lund 2020"),
    ("Lund, H. and Sato, K., 2020. Brine. Salt Letters, 3, pp. 1–8.", "Lund 2020"),
    ("Lund, H. and Sato, K. (2020) ‘Brine’, *Salt Letters*, 3, pp. 1–8.", "Lund 2020"),
    ("Lund, Hannah, and Kenji Sato. 2020. “Brine.” *Salt Letters* 3: 1–8.", "Lund 2020"),
    ("LUND, H.; SATO, K. Brine. *Salt Letters*, v. 3, p. 1–8, 2020.", "LUND 2020"),
    ("LUND, Hannah et SATO, Kenji, 2020. Brine. In : *Salt Letters*.", "LUND 2020"),
    ("Lund H, Sato K (2020) Brine. Salt Letters 3:1–8", "Lund 2020"),
    ("Hannah Lund. 2020. Brine. Pan Press.", "Lund 2020"),
    ("Lund, H., Sato, K.: Brine, Salt Letters, 3, 1–8, 2020.", "Lund 2020"),
    ("van der Berg, J. (2020a). *Brine*. Pan Press.", "van der Berg 2020a"),
    ("Kant, I. (1781/1998). *Critique*. Pan Press.", "Kant 1781"),
    ("World Salt Organization. (2020). *Brine*. https://salt.example", "World Salt Organization 2020"),
    ("Fell, D. (Ed.). (2020). *Brine*. Pan Press.", "Fell 2020"),
    ("Krug, Ute (Hrsg.) (2020): Sole. Reiher Verlag.", "Krug 2020"),
    ("Lund, H. (n.d.-b). *Brine*. Pan Press.", "Lund n.d.-b"),
    ("Lund, H. (in press). *Brine*. Pan Press.", "Lund in press"),
    ("林晓河、王海（2020）。《卤水》。苍鹭出版社。", "林晓河 2020"),
]


@pytest.mark.parametrize(("entry", "label"), ENTRIES)
def test_an_entry_is_read_to_names_and_year(entry: str, label: str) -> None:
    text = f"So.\n\n## References\n\n{entry}\n\nZahn, K. (1999). *Tides*. Pan Press. https://tides.example\n"
    (listing,) = parse(text, name="a.md").source_lists
    first, _ = works(listing.sources)
    assert label == (first and first.label)


@pytest.mark.parametrize(
    ("entry", "cited"),
    [
        ("World Salt Organization. (2020). *Brine*. https://salt.example", "WSO"),
        ("van der Berg, J. (2020). *Brine*. Pan Press.", "Berg"),
        ("Berg, J. van der (2020). *Brine*. Pan Press.", "van der Berg"),
        ("Müller, P. (2020). *Brine*. Pan Press.", "Mueller"),
        ("García Márquez, G. (2020). *Brine*. Pan Press.", "Garcia Marquez"),
        ("O’Neill, P. (2020). *Brine*. Pan Press.", "O'Neill"),
        ("Kant, I. (1781/2020). *Critique*. Pan Press.", "Kant"),
    ],
)
def test_an_entry_is_found_by_every_name_that_it_goes_by(entry: str, cited: str) -> None:
    assert [] == found(f"So it is ({cited}, 2020). See Obi (1999).", "CC101", sources=f"{LIST}\n{entry}\n")


def test_dashes_stand_for_the_names_above() -> None:
    sources = f"{LIST}\n———. (2020). *Reeds again*. Pan Press.\n"
    read = document("So it is (Rey & Müller, 2020).", sources)
    assert "Rey 2020" in [source.label for source in read.sources]
    assert [] == found("So it is (Rey & Müller, 2020), and Obi (1999) agrees.", sources=sources)


def test_an_entry_a_line_is_an_entry() -> None:
    lines = "\n".join(line for line in LIST.splitlines() if line and "#" not in line)
    (listing,) = document("", f"\n\n## References\n\n{lines}\n").source_lists
    assert ["Ito 2018", "Lund 2021", "Obi 1999", "Rey 2019"] == [source.label for source in listing.sources]


def test_lines_that_are_set_in_go_on_with_an_entry() -> None:
    hanging = "Ito, M. (2018). *Pans*.\n  Pan Press.\nLund, H. (2021). *Brine*.\n  Pan Press.\n"
    text = f"Brine (Lund 2021), pans (Ito 2018), reeds (Rey 2019).\n\nReferences\n\n{hanging}Rey, A. (2019). *Reeds*.\n"
    (listing,) = parse(text, format="text").source_lists
    assert ["Ito 2018", "Lund 2021", "Rey 2019"] == [source.label for source in listing.sources]


# Citations --------------------------------------------------------------------------------------------------

CITED = [  # what cites Obi 1999
    "(Obi, 1999)",
    "(see Obi, 1999, pp. 3–4)",
    "Obi (1999)",
    "Obi’s (1999) herons",
    "(Lund et al., 2021; Obi, 1999)",
    "(K. Obi, 1999)",
    "(OBI, 1999: 12)",
    "Obi (1999: 12–14; cf. Ito 2018)",
    "Importantly, Obi (1999)",
    "(Obi,\n1999)",
    "[Obi 1999]",
    "（Obi，1999）",
    "the herons of Obi, as counted in spring (1999)",
]


@pytest.mark.parametrize("citation", CITED)
def test_a_citation_is_read_in_each_form(citation: str) -> None:
    assert [] == found(f"So it is {citation}.")


UNCITED = [  # what has a year and cites nothing
    "*Saltpan* (1995) is a film.",
    "Hannah Quill (1819–1875) drew them.",
    "Table 2 (2019) has them.",
    "The Salt Act (2012) forbids it.",
    "In May (2020) it rained.",
    "It was written down (published 1848).",
    "“Brine” (2004) is a song.",
    "Quill, A., & Hale, V. (2004). *How to cite this*. Pan Press.",
    "It is `Quill (2004)` in code.",
    "Quill (1901, as cited in Lund et al., 2021) says so.",
    'Write "Quill et al. 2004" in such a case.',
]


@pytest.mark.parametrize("text", UNCITED)
def test_what_is_no_citation_is_not_undefined(text: str) -> None:
    assert [("CC102", "Obi 1999")] == found(text)


UNDEFINED = [
    ("It is so (Quill, 2004).", "Quill 2004"),
    ("It is so (Quill & Hale, 2004).", "Quill 2004"),
    ("Quill et al. (2004) say so.", "Quill 2004"),
    ("Lund et al. (2004) say so.", "Lund 2004"),
    ("It is so (Lund et al., 2021; Quill, 2004).", "Quill 2004"),
    ("It is so (Lumd et al., 2021).", "Lumd 2021"),
]


@pytest.mark.parametrize(("text", "label"), UNDEFINED)
def test_a_citation_without_an_entry_is_told(text: str, label: str) -> None:
    assert [("CC101", label)] == found(f"Obi (1999) agrees. {text}")


def test_a_name_alone_is_told_on_request() -> None:
    assert [] == found("Obi (1999) agrees. Façade (2003) is fun.")
    assert [("CC119", "Façade 2003")] == found("Obi (1999) agrees. Façade (2003) is fun.", "CC119")


def test_letters_are_missing_or_needless() -> None:
    sources = LIST.replace("(1999)", "(1999a)") + "\nObi, K. (1999b). *Terns*. Pan Press.\n"
    assert [("CC101", "Obi 1999")] == found("It is so (Obi, 1999).", sources=sources)
    assert [("CC101", "Obi 1999c")] == found("It is so (Obi, 1999a, 1999b, 1999c).", sources=sources)
    assert [("CC101", "Ito 2018a")] == found("Obi (1999) agrees (Ito, 2018a).")
    assert [] == found("It is so (Obi, 1999a, b).", sources=sources)


def test_works_of_one_name_and_year_are_told_apart_by_others() -> None:
    sources = f"{LIST}\nObi, K., & Hale, V. (1999). *Terns*. Pan Press.\n"
    assert [("CC102", "Obi 1999")] == found("It is so (Obi, 1999).", sources=sources)
    assert [] == found("It is so (Obi, 1999; Obi & Hale, 1999).", sources=sources)


def test_what_cannot_be_read_silences_its_name() -> None:
    assert [] == found(
        "So it is (Quill, 2004); Obi (1999).", sources=f"{LIST}\nQuill, A. *Harbours*. https://a.example\n"
    )


def test_the_case_of_a_name_is_the_name() -> None:
    sources = f"{LIST}\nNowak, J. (2014). *Sól*. Czapla.\n"
    assert [] == found("Według Nowaka (2014) i Obi (1999).", sources=sources)


# Decisions --------------------------------------------------------------------------------------------------


def test_a_document_that_cites_by_number_is_left_to_its_numbers() -> None:
    text = "Ito (2018) was the first [1], and Lund (2021) followed [2].\n\n## References\n\n"
    read = parse(
        f"{text}[1] Ito, M. (2018). *Pans*.\n\n[2] Lund, H. (2021). *Brine*.\n\n[3] Rey, A. (2019). *So*.\n",
        name="a.md",
    )
    assert read.author_years is None


def test_a_list_that_nothing_names_is_no_list_by_author() -> None:
    assert parse(f"Salt is old.{LIST}", name="a.md").author_years is None


def test_a_reading_list_is_not_expected_to_be_cited() -> None:
    more = "".join(f"\nAmes, T. ({year}). *Tides*. Pan Press.\n" for year in range(2000, 2008))
    assert [] == found("Obi (1999).", "CC102", sources=LIST + more)


def test_a_selection_has_not_all_that_is_cited() -> None:
    assert [] == found("So (Quill, 2004).", sources=LIST.replace("References", "Selected references"))


def test_a_marker_covers_its_bracket() -> None:
    marker = document("So it is (see Lund et al., 2021, p. 3; Obi, 1999).").markers[-1]
    assert ("(see Lund et al., 2021, p. 3; Obi, 1999)", ("Lund 2021", "Obi 1999")) == (marker.text, marker.labels)
    assert marker.syntax is Syntax.AUTHOR_YEAR


def test_a_sentence_with_a_citation_is_covered() -> None:
    assert all(claim.covered for claim in document("").claims)


def test_the_evidence_is_kept() -> None:
    read = document("It is so (Quill & Hale, 2004).").author_years
    assert read is not None
    (reading,) = [each for each in read.readings if each.verdict is Verdict.UNDEFINED]
    assert (Signal.SECOND_NAME, Signal.HOUSE_SEPARATOR, Signal.LOCATOR_TAIL) == reading.evidence


def test_the_list_has_a_kind_of_its_own() -> None:
    (listing,) = document("Obi (1999).").source_lists
    assert ListKind.AUTHORS is listing.kind


# Fixes ------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["Obi", "Lund", "Quill", "Rey & Müller", "Ito et al."])
YEARS = st.sampled_from(["1999", "2018", "2018a", "2021", "2004", "n.d."])


@given(st.lists(st.tuples(NAMES, YEARS, st.booleans()), max_size=6))
def test_spans_are_of_what_is_cited_whatever_is_written(cited: list[tuple[str, str, bool]]) -> None:
    text = " ".join(f"So {name} ({year})." if told else f"So ({name}, {year})." for name, year, told in cited)
    read = document(text)
    for marker in read.markers:
        assert marker.text == marker.span.of(read.text)
        assert all(marker.span.covers(citation.span) for citation in marker.citations)
    spans = [marker.span for marker in read.markers]
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
