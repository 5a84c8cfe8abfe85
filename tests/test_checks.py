"""What the pages of the rule book cannot show well: edges of single checks, on small texts."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest

from citecheck import parse
from citecheck.checks import CHECKS
from citecheck.model.citations import Malformed
from citecheck.model.document import Document
from citecheck.model.findings import Finding
from citecheck.model.sources import Dates, Evidence, Field, Names, Record, Source
from citecheck.recognition.entries.works import Work
from citecheck.text.spans import Span

SEAS = "The Aral [1]. The Caspian [2]. The Dead Sea [3].\n\n"


def document(text: str, format: str = "markdown") -> Document:
    return parse(text, name="example", format=format)


def listing(*labels: int | str) -> str:
    """A source list with an entry a label, each of another work."""
    return "Sources\n\n" + "\n".join(
        f"[{label}] Atlas of lake {label}, {1900 + place}." for place, label in enumerate(labels)
    )


def findings(code: str, text: str, format: str = "markdown") -> list[Finding]:
    options = {"databases": False} if code == "CC102" else {}
    return list(CHECKS[code](document(text, format), **options))


def said(code: str, text: str, format: str = "markdown") -> list[tuple[str, str]]:
    """Where a check speaks, and what it says."""
    return [(finding.span.of(text), finding.message) for finding in findings(code, text, format)]


def fixed(code: str, text: str) -> str:
    """The text after every fix of one round; those of a check do not overlap."""
    edits = [edit for finding in findings(code, text) if finding.fix for edit in finding.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def fix_of(code: str, marker: str, *labels: int) -> str:
    """What the fixes of a check make of a marker in a document with three sound ones and a list."""
    text = f"{SEAS}All of them {marker}.\n\n{listing(*labels)}"
    return fixed(code, text).removeprefix(f"{SEAS}All of them ").partition(".\n\nSources")[0]


# CC101 ------------------------------------------------------------------------------------------------------


def test_a_link_without_its_definition_is_one_fault() -> None:
    text = "The Aral [1][1]. Van [3][3]. Tuz [2][2].\n\n[1]: https://lakes.example/1\n[3]: https://lakes.example/3\n"
    assert [("[2]", "no source is numbered 2")] == said("CC101", text)


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("[9]", [("[9]", "no source is numbered 9")]),
        ("[1, 9]", [("9", "no source is numbered 9")]),
        ("[5, 6]", [("5", "no source is numbered 5"), ("6", "no source is numbered 6")]),
        ("[3-4]", [("3-4", "no source is numbered 4")]),
        ("[2-5]", [("2-5", "no source is numbered 4"), ("2-5", "no source is numbered 5")]),
        ("[3-60]", [("3-60", "no source is numbered 60")]),
        ("[3-300]", []),  # of which CC106 speaks
        ("[1-3]", []),
    ],
)
def test_each_label_that_is_not_listed_is_named_once(marker: str, expected: list[tuple[str, str]]) -> None:
    assert expected == said("CC101", f"{SEAS}All of them {marker}.\n\n{listing(1, 2, 3)}")


def test_a_hole_in_a_range_is_not_an_undefined_marker() -> None:
    assert [] == said("CC101", f"The Aral [1]. The Caspian [2]. Both [1-4].\n\n{listing(1, 2, 4)}")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("112", "; did you mean 12?"),
        ("21", "; did you mean 12?"),
        ("122", "; did you mean 12?"),
        ("13", "; did you mean 12?"),
        ("99", ""),
        ("9", ""),
    ],
)
def test_a_number_is_suggested_when_it_is_one_slip_away_and_otherwise_unused(written: str, expected: str) -> None:
    text = f"{SEAS}All of them [{written}].\n\n{listing(1, 2, 3, 12)}"
    assert [(f"[{written}]", f"no source is numbered {written}{expected}")] == said("CC101", text)


@pytest.mark.parametrize("listed", [123, 213, 231])
def test_a_number_may_lack_a_digit_that_another_source_has(listed: int) -> None:
    text = f"{SEAS}All of them [23].\n\n{listing(1, 2, 3, listed)}"
    expected = f"no source is numbered 23; did you mean {listed}?"
    assert [("[23]", expected)] == said("CC101", text)


def test_no_number_is_suggested_that_is_cited_already() -> None:
    text = f"{SEAS}Lake Van [12]. All of them [112].\n\n{listing(1, 2, 3, 12)}"
    assert [("[112]", "no source is numbered 112")] == said("CC101", text)


def test_no_number_is_suggested_where_several_are_amiss() -> None:
    text = f"{SEAS}All of them [112]. None of them [77].\n\n{listing(1, 2, 3, 12)}"
    assert ["no source is numbered 112", "no source is numbered 77"] == [message for _, message in said("CC101", text)]


def test_a_name_is_suggested_whether_it_is_cited_or_not() -> None:
    text = "Cod.[^north-sea] Herring.[^nort-sea] Eel.[^baltic]\n\n[^north-sea]: Catch of 1911.\n[^Dogger]: A bank.\n"
    expected = [
        ("[^nort-sea]", "no footnote is named nort-sea; did you mean north-sea?"),
        ("[^baltic]", "no footnote is named baltic"),
    ]
    assert expected == said("CC101", text)


# CC102 ------------------------------------------------------------------------------------------------------


def test_what_a_malformed_marker_was_meant_to_name_is_not_unused() -> None:
    text = f"{SEAS}All of them [4,].\n\n{listing(1, 2, 3, 4)}"
    start = text.index("[4,]")
    broken = Malformed(Span(start, start + 4), "nothing follows the comma", "[4]")
    assert [] == list(CHECKS["CC102"](replace(document(text), malformed=(broken,)), databases=False))


def test_an_entry_listed_twice_is_unused_once() -> None:
    assert ["4"] == [finding.label for finding in findings("CC102", f"{SEAS}{listing(1, 2, 3, 4, 4)}")]


def test_an_entry_that_is_a_link_by_its_own_number_does_not_use_itself() -> None:
    listed = "".join(f"{number}. [Salts of {number}][{number}]\n" for number in (1, 2, 3))
    defined = "".join(f"[{number}]: https://a.example/{number}\n" for number in (1, 2, 3))
    text = f"So [1], so [others][2].\n\n## Sources\n\n{listed}\n{defined}"
    assert ["3"] == [finding.label for finding in findings("CC102", text)]


def test_a_list_cited_with_bare_numbers_has_no_unused_sources() -> None:
    bare = "Lake Van is salty.3 Lake Tuz is saltier (in winter).4 Lake Tiz has ”tears”.5\n\n"
    assert [] == findings("CC102", f"{SEAS}{bare}{listing(1, 2, 3, 4, 5, 6)}")


@pytest.mark.parametrize(
    "words", ["Lakes are salty.3 Ponds are not.4", "Lakes are salty.3 See fig.4 and sec.5 on salt.6a and salt.3"]
)
def test_two_bare_numbers_may_be_something_else(words: str) -> None:
    assert ["4", "5"] == [found.label for found in findings("CC102", f"{SEAS}{words}\n\n{listing(1, 2, 3, 4, 5)}")][-2:]


@pytest.mark.parametrize(("number", "fixable"), [("1", False), ("3", True)])
def test_an_entry_that_a_marker_of_another_number_leads_to_is_not_deleted(number: str, fixable: bool) -> None:
    listed = "".join(f"[{label}] https://lakes.example/{label}\n" for label in (1, 2))
    (found,) = findings("CC102", f"The Aral [2](https://lakes.example/{number}).\n\n## Sources\n\n{listed}")
    assert ("1", fixable) == (found.label, found.removal is not None)


@pytest.mark.parametrize("hidden", ["", "<span hidden>[1]</span>"])
def test_a_label_is_read_twice_where_only_a_hidden_marker_names_it(hidden: str) -> None:
    listed = "[1] Atlas of lakes, 1911.\n[1] Atlas of seas, 1912.\n"
    text = f"The Aral. {hidden}\n\n## Sources\n\n{listed}"
    assert bool(hidden) == bool(findings("CC103", text))


@pytest.mark.parametrize("entry", ["* [2]: [The sea][2]", "* [2] [The sea][2]", "2. [The sea][2]"])
def test_an_entry_does_not_cite_itself(entry: str) -> None:
    first = entry.replace("2", "1").replace("sea", "lake")
    defined = "[1]: https://lakes.example/1\n[2]: https://lakes.example/2"
    text = f"The Aral [1]. The Dead Sea.\n\n## Sources\n\n{first}\n{entry}\n\n{defined}\n"
    assert ["2"] == [found.label for found in findings("CC102", text)]


# CC103 ------------------------------------------------------------------------------------------------------


class Told(NamedTuple):
    """An entry of which an address and a DOI are known."""

    url: str | None
    doi: str | None

    def names(self) -> Names:
        return Names()

    def dates(self) -> Dates:
        return Dates()

    def urls(self) -> tuple[Field, ...]:
        return (Field(self.url, Span(0, 0)),) if self.url else ()

    def evidence(self) -> tuple[Evidence, ...]:
        return ()

    def identifiers(self) -> dict[str, Field]:
        return {"doi": Field(self.doi, Span(0, 0))} if self.doi else {}


def work(text: str, url: str | None = None, doi: str | None = None) -> Work:
    nowhere = Span(0, 0)
    return Work(Source("1", None, nowhere, nowhere, text, nowhere, Record(Told(url, doi))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (work("Atlas of lakes"), work("atlas  of *Lakes*.")),
        (work("Atlas of lakes"), work("Ada Moss, Atlas of lakes, 1911")),
        (work("Atlas", "https://www.lakes.example/a/"), work("Maps", "http://lakes.example/a#2")),
        (work("Atlas", "https://lakes.example:443/a"), work("Maps", "www.lakes.example/a")),
        (work("Atlas", "https://lakes.example/a#L2"), work("Maps", "https://lakes.example/a#l2")),
        (work("Atlas", "https://lakes.example/a#:~:text=Van"), work("Maps", "https://lakes.example/a#:~:text=Tuz")),
        (work("Atlas", doi="10.1000/ABC"), work("Maps", doi="10.1000/abc")),
        (work("https://lakes.example/a", "https://lakes.example/a"), work("Atlas of lakes")),
        (work("Atlas of lakes"), work("")),
        (work("湖泊地圖集"), work("《湖泊地圖集》")),
    ],
)
def test_one_work_written_in_two_ways_is_one_work(one: Work, other: Work) -> None:
    assert one.same(other)
    assert other.same(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (work("Atlas of lakes"), work("Atlas of seas")),
        (work("Atlas of lakes, 1911"), work("Atlas of lakes, 1912")),
        (work("Atlas", "https://lakes.example/a"), work("Maps", "https://lakes.example/b")),
        (work("Atlas", "https://lakes.example/a#L2"), work("Atlas", "https://lakes.example/a#L7")),
        (work("Atlas", doi="10.1000/abc"), work("Atlas", doi="10.1000/abd")),
        (work("Sea"), work("Seaweed")),
        (work("https://lakes.example/a", "https://lakes.example/a"), work("lakes.example/a/b", "lakes.example/a/b")),
    ],
)
def test_two_works_are_two(one: Work, other: Work) -> None:
    assert not one.same(other)
    assert not other.same(one)


@pytest.mark.parametrize(
    ("text", "listed", "expected"),
    [
        (
            "The Aral [1]. The Dead Sea [2].",
            "[1] Moss on lakes.\n[1] https://lakes.example/2",
            ["source 1 is listed twice"],
        ),
        ("The Aral [1]. The Dead Sea.", "[1] Moss on lakes.\n[1] https://lakes.example/2", []),
        ("Aral [1]. Tuz [2]. Van [3].", "[1] On Aral.\n[1] https://a.example\n[2] On Tuz.\n[2] https://b.example", []),
    ],
)
def test_an_address_is_another_source_where_a_number_is_missing(text: str, listed: str, expected: list[str]) -> None:
    assert expected == [message for _, message in said("CC103", f"{text}\n\nSources\n\n{listed}\n", "text")]


# CC104 ------------------------------------------------------------------------------------------------------


def test_a_plain_marker_leads_where_a_linked_one_of_its_label_does() -> None:
    text = "The Aral [[1]](https://a.example). The Caspian [[2]](https://b.example).\n\nThe Aral again [1].\n"
    assert [] == said("CC104", text)


# CC105 ------------------------------------------------------------------------------------------------------


def test_a_malformed_marker_is_mended_where_there_is_one_reading() -> None:
    empty = document("Nothing [1,] at all [?].\n")
    broken = (Malformed(Span(8, 12), "nothing follows the comma", "[1]"), Malformed(Span(20, 23), "no source is named"))
    first, second = CHECKS["CC105"](replace(empty, malformed=broken))
    assert (first.span, first.message, second.message) == (
        Span(8, 12),
        "nothing follows the comma",
        "no source is named",
    )
    assert first.fix is not None
    assert first.fix.title == "write [1]"
    assert second.fix is None


# CC106 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("[1–300]", [("1–300", "the range 1–300 would name 300 sources")]),
        ("[3-3]", [("3-3", "the range 3–3 names a single source")]),
        ("[1-3]", []),
        ("[1]-[3]", []),
        ("[1-9]", [("1-9", "the range 1–9 includes 4, 5, 6 and 2 more, which are not listed")]),
        ("[3-9]", [("3-9", "the range 3–9 includes 4, 5, 6 and 2 more, which are not listed")]),
    ],
)
def test_a_range_is_judged_by_its_ends_and_by_what_lies_between(marker: str, expected: list[tuple[str, str]]) -> None:
    assert expected == said("CC106", f"{SEAS}All of them {marker}.\n\n{listing(1, 2, 3, 9, 300)}")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[3-1]", "[1-3]"),
        ("[2, 3–1]", "[2, 1–3]"),
        ("[3] – [1]", "[1] – [3]"),
        ("[12-4]", "[4-12]"),
        ("[12-3]", "[12-3]"),  # perhaps 12–13, which is listed
    ],
)
def test_a_backward_range_is_turned_round_unless_it_may_be_a_shortened_one(written: str, expected: str) -> None:
    assert expected == fix_of("CC106", written, 1, 2, 3, 4, 12, 13)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The match ended [3-1] for the home side.", []),
        ("The home side won [3-1].", []),
        ("They are deep [3-1] and wide.", []),  # perhaps an interval
        ("They are deep [3-1][2].", ["3-1"]),
        ("They are deep [3]-[1] and wide.", ["3]-[1"]),
    ],
)
def test_a_score_is_no_backward_range(text: str, expected: list[str]) -> None:
    assert expected == [span for span, _ in said("CC106", f"{SEAS}{text}\n\n{listing(1, 2, 3)}")]


# CC107 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[1][1]", "[1]"),
        ("[1] [1]", "[1]"),
        ("[1][1][1]", "[1]"),
        ("[1][2] [1]", "[1][2]"),
        ("[1][1-3]", "[1-3]"),
        ("[1, 2][2, 1]", "[1, 2]"),
        ("[1, 1]", "[1]"),
        ("[1, 1-3]", "[1-3]"),
        ("[1-3, 2]", "[1-3]"),
        ("[1;2;1]", "[1;2]"),
        ("[1-2, 2-3]", "[1-2, 2-3]"),
        ("[1–3][2]", "[1–3]"),
    ],
)
def test_a_repetition_goes_and_nothing_else(written: str, expected: str) -> None:
    assert findings("CC107", f"{SEAS}All of them {written}.\n\n{listing(1, 2, 3)}")
    assert expected == fix_of("CC107", written, 1, 2, 3)


@pytest.mark.parametrize(
    "marker",
    [
        "[1, p. 4][1, p. 9]",
        "[1][1, p. 9]",
        "[1] and [1]",
        "[1][2]",
        "[1]   [1]",
        "[[1]](https://a.example/1)[[1]](https://a.example/2)",
    ],
)
def test_what_is_cited_twice_for_a_reason_is_left_alone(marker: str) -> None:
    assert [] == said("CC107", f"{SEAS}All of them {marker}.\n\n{listing(1, 2, 3)}")


def test_overlapping_ranges_are_named_with_what_they_share() -> None:
    text = f"{SEAS}All of them [1-3, 2-4].\n\n{listing(1, 2, 3, 4)}"
    assert [("2-4", "sources 2 and 3 are cited twice here")] == said("CC107", text)


def test_a_link_without_its_definition_repeats_nothing_where_others_have_theirs() -> None:
    text = f"{SEAS}So [1][1], so [2][2].\n\n## Sources\n\n1. Salts.\n2. Pans.\n\n[2]: https://a.example/2\n"
    assert [] == said("CC107", text)
    assert ["[1]"] == [place for place, _ in said("CC107", text.replace("[2][2]", "[2]"))]


# CC210 ------------------------------------------------------------------------------------------------------


def test_a_shifted_list_is_one_finding_with_a_few_related_places() -> None:
    entries = "\n".join(f"{number}. Atlas, sheet {number}." for number in [1, *range(3, 20)])
    (finding,) = findings("CC210", f"The coast [1]. The delta [3]. The cape [19].\n\n## Sources\n\n{entries}\n")
    assert finding.message == "written 3, but shown to readers as 2; 16 more entries differ"
    assert len(finding.related) == 10
    assert finding.related[0].message == "written 4, shown as 3"


# CC301 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Sources\n\n1.\n2.\n", []),  # a form to be filled in
        ("Salty [1].\n\n## Sources\n\n1.\n2.\n", ["1", "2"]),
        ("## Sources\n\n1.\n2. Lakes, 1911.\n", ["1"]),
    ],
)
def test_a_form_is_to_be_filled_in(text: str, expected: list[str]) -> None:
    assert expected == [found.label for found in findings("CC301", text)]


def test_an_empty_footnote_is_called_one() -> None:
    text = "Salt.[^a] Pepper.[^b]\n\n[^a]: Sea salt.\n\n[^b]:\n"
    assert ["footnote b is empty"] == [message for _, message in said("CC301", text)]


def test_an_unused_source_that_a_link_of_another_number_leads_to_is_not_to_be_deleted() -> None:
    text = "Deep [[1]](https://sea.test/a), and [[2]](https://sea.test/c).\n\n## Sources\n\n"
    entries = "1. [A](https://sea.test/a)\n2. [B](https://sea.test/b)\n3. [C](https://sea.test/c)\n"
    (found,) = findings("CC102", text + entries)
    assert ("3", None) == (found.label, found.fix)
    assert ["a marker of another number links to its address"] == [related.message for related in found.related]


# CC404, CC405 to CC409 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "fixable"),
    [
        ("https://a.example/x?utm_source=news&\n    id=7", False),
        ("https://a.example/x?id=7&utm_source=\n    news", False),
        ("https://a.example/x?utm_source=new\n    s&id=7", False),
        ("https://a.example/x?id=7&utm_source=news\n    Seen in May.", True),
        ("https://a.example/x?utm_source=news&id=7", True),
    ],
)
def test_of_an_address_that_may_go_on_in_the_next_line_nothing_is_taken_out(address: str, fixable: bool) -> None:
    (found,) = findings("CC405", f"{SEAS}## Sources\n\n1. Salts, 1901.\n2. Teas, {address}\n")
    assert fixable is (found.fix is not None)


@pytest.mark.parametrize(
    ("code", "address", "message"),
    [
        ("CC405", "https://a.example/{}?fbclid=7", "tracked too"),
        ("CC406", "https://bit.ly/salt{}", "hidden too"),
        ("CC407", "https://www.google.com/url?q=https%3A%2F%2Fa.example%2F{}", "a detour too"),
        ("CC409", "https://dx.doi.org/10.5072/salt.{}", "in the older form too"),
    ],
)
def test_what_a_whole_list_has_in_common_is_told_once(code: str, address: str, message: str) -> None:
    entries = "\n".join(f"{place}. Salts of {place}, {address.format(place)}" for place in range(1, 15))
    (found,) = findings(code, f"{SEAS}## Sources\n\n{entries}\n")
    assert "; 13 more are like it" in found.message
    assert [message] * 10 == [each.message for each in found.related]


@pytest.mark.parametrize("written", ["PMID 0", "https://pubmed.ncbi.nlm.nih.gov/0/", "PMCID: PMC0", "arXiv:9913.1"])
def test_a_number_that_nobody_gave_out_is_told_where_nothing_else_hints_at_it(written: str) -> None:
    assert 1 == len(findings("CC404", f"{SEAS}## Sources\n\n1. Salts, {written}\n"))
