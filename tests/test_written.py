"""Where identifiers and addresses begin and end in an entry, and which of them a check speaks of."""

from __future__ import annotations

import pytest

from citecheck import parse
from citecheck.checks import CHECKS
from citecheck.checks.raw_identifiers import EntryText, arxiv_identifiers, dois, isbns
from citecheck.model.findings import Finding
from citecheck.text.spans import Span

URL, DOI, ISBN, ARXIV, TRACKED, SHORT, DETOUR, PRIVATE, LEGACY = (f"CC40{number}" for number in range(1, 10))


def document(entry: str) -> str:
    return f"Lamps burned oil [1].\n\nSources\n\n[1] {entry}\n"


def findings(code: str, text: str) -> list[Finding]:
    return list(CHECKS[code](parse(text, name="example", format="text" if "\n    " in text else "markdown")))


@pytest.mark.parametrize(
    ("code", "entry", "expected"),
    [
        (DOI, "Oil, [doi](https://doi.org/10.1000/182.)", ["10.1000/182."]),
        (DOI, "Oil, <https://doi.org/10.1000/182,>", ["10.1000/182,"]),
        (DOI, "Oil, [10.1000/182](https://doi.org/10.1000/183)", ["10.1000/183"]),
        (DOI, "Oil, doi:10.1000/182 <https://doi.org/10.1000/183>", ["10.1000/183"]),
        (DOI, "Oil, doi: 10.1000", ["10.1000"]),
        (DOI, "Oil, DOI 10,1000/abc.", ["10,1000/abc"]),
        (DOI, "Oil, (DOI: 10.123/abc)", ["10.123/abc"]),
        (DOI, "Oil, doi:11.1000/182.", ["11.1000/182"]),
        (DOI, "Oil, 10.1000/182/full", ["10.1000/182/full"]),
        (DOI, "Oil ((doi:10.123/abc)).", ["10.123/abc"]),
        (DOI, "Oil, doi:10.123/a(X)b.", ["10.123/a(X)b"]),
        (DOI, "Oil, DOI 10.1000\n", ["10.1000"]),
        (DOI, "Oil, DOI 10.1000 (1912)", ["10.1000"]),
        (DOI, "Oil, DOI 10.123/ab\n    Read in May.", ["10.123/ab"]),
        (DOI, "Oil, see [[1]](https://doi.org/10.123/abc).", ["10.123/abc"]),
        (ISBN, "Oil, ISBN 978-0-306-40615-8.", ["978-0-306-40615-8"]),
        (ISBN, "Oil, ISBN 0-306-4061-2 2004.", ["0-306-4061-2"]),
        (ISBN, "Oil, ISBN 0-306-40615 2004.", ["0-306-40615"]),
        (ISBN, "Oil, ISBN 030640615.", ["030640615"]),
        (ISBN, "Oil, ISBN 0-30-6.", ["0-30-6"]),
        (ISBN, "Oil, ISBN-13: 978 0 306 40615 8 2004.", ["978 0 306 40615 8"]),
        (ISBN, "Oil, ISSN 1234.", ["1234"]),
        (ISBN, "Oil, e-ISSN: 1234-5678, vol. 3", ["1234-5678"]),
        (ARXIV, "Oil, arXiv:2113.01234v2 [cs.CL]", ["2113.01234v2"]),
        (ARXIV, "Oil, <https://arxiv.org/pdf/hep-th/9913001.pdf>", ["hep-th/9913001"]),
        (ARXIV, "Oil, doi:10.48550/arXiv.2101.0573", ["2101.0573"]),
        (ARXIV, "Oil, PMID: 01234; PMCID 3531190", ["01234", "3531190"]),
        (ARXIV, "Oil, PMID: 01234", ["01234"]),
        (ARXIV, "Oil, PMCID 3531190", ["3531190"]),
        (ARXIV, "Oil, https://nih.gov/pubmed/01234.", ["01234"]),
        (ARXIV, "Oil, https://pubmed.ncbi.nlm.nih.gov/01234/", ["01234"]),
        (ARXIV, "Oil, https://www.ncbi.nlm.nih.gov/pmc/articles/PMC0353119/", ["PMC0353119"]),
        (URL, "Oil, http//a.example/p.", ["http//a.example/p"]),
        (URL, "Oil, httpss://a.example/p.", ["httpss://a.example/p"]),
        (URL, "Oil, https:// a.example/p.", ["https:// a.example/p."]),
        (URL, "Oil, https://www. a.org/p", ["https://www. a.org/p"]),
        (URL, "Oil, [p](https://a.example/b c.pdf)", ["https://a.example/b c.pdf"]),
        (URL, "[Oil](https://a.example/p", ["https://a.example/p"]),
        (URL, "[Oil](https://a.example/p.", ["https://a.example/p"]),
        (URL, "[Oil](https://a.example/p\nand of wells", ["https://a.example/p"]),
        (URL, "[Oil](www.a.example/p)", ["www.a.example/p"]),
        (PRIVATE, "Oil, file:///home/oil.pdf.", ["file:///home/oil.pdf"]),
        (PRIVATE, "Oil, sandbox:/mnt/data/oil.csv.", ["sandbox:/mnt/data/oil.csv"]),
        (SHORT, "[[1]](https://bit.ly/3oil)", ["https://bit.ly/3oil"]),
        (SHORT, "Oil, see [[1]](https://bit.ly/3oil).", ["https://bit.ly/3oil"]),
    ],
)
def test_a_fault_is_found_where_it_stands(code: str, entry: str, expected: list[str]) -> None:
    text = document(entry)
    assert expected == [finding.span.of(text) for finding in findings(code, text)]


@pytest.mark.parametrize(
    ("code", "entry"),
    [
        (DOI, "Oil, doi:10.1000/182."),
        (DOI, "Oil (https://doi.org/10.1000/182), 2004."),
        (DOI, "Oil, *doi:10.1000/182*"),
        (DOI, "Oil, [doi](https://doi.org/10.1000/182 )"),
        (DOI, "Oil, https://doi.org/10.1000/\r\n    182"),
        (DOI, r"Oil, doi:10.1007/978-3-319-53088-8\_3"),
        (DOI, "Oil, https://press.example/doi/full/10.1000/182/full"),
        (DOI, "Oil, https://doi.org/10.1000/\n    182"),
        (DOI, "Oil, doi:10.1000/182. Reply: https://doi.org/10.1000/183"),
        (DOI, "Oil, version 10.4/2"),
        (ISBN, "Oil, ISBN 0306406152 2004."),
        (ISBN, "Oil, ISBN 0-306-\n    40615-2, 2004."),
        (ISBN, "Oil, ISBN 0306-40615 2 2004."),
        (ISBN, "Oil, ISBN 0-30."),
        (ISBN, "Oil, ISSN 123."),
        (ISBN, "Oil, ISBN 978-x-xxx-xxxxx-x"),
        (ISBN, "Oil, order 978-0-306-40615-8"),
        (ARXIV, "Oil, arXiv, 2021."),
        (ARXIV, "Oil, https://arxiv.org/list/cs.CL/recent"),
        (ARXIV, "Oil, arXiv:cs.CL, 2021"),
        (ARXIV, "Oil, https://pubmed.ncbi.nlm.nih.gov/?term=oil"),
        (URL, 'Oil, [p](https://a.example/p "A title (of two)")'),
        (URL, 'Oil, [p](https://a.example/p\n   "A title")'),
        (URL, "Oil, [p](https://a.example/\n   p)"),
        (URL, "Oil, www.a.example/p, and [a.example](www/a.html)"),
        (URL, "Oil, https://a.example/p(seen 3 May)"),
        (URL, "Oil, https://a.example,https://b.example"),
        (URL, "Oil, HTTP/2 and http/https"),
        (URL, "Oil, <https://a.example/long/\n    path(1)>"),
        (PRIVATE, "Oil, profile:/home"),
    ],
)
def test_what_is_sound_or_no_identifier_is_left_alone(code: str, entry: str) -> None:
    assert [] == findings(code, document(entry))


def test_an_address_that_is_its_own_text_is_one_finding_with_two_edits() -> None:
    address = "https://a.example/?utm_id=1"
    [finding] = findings(TRACKED, document(f"Oil, [{address}]({address})"))
    assert finding.fix is not None
    assert ["https://a.example/"] * 2 == [edit.text for edit in finding.fix.edits]


def test_addresses_of_the_body_are_nobodys_sources() -> None:
    text = "See [here](https://bit.ly/3oil) and http//a.example/p. Lamps burned oil [1].\n\nSources\n\n[1] Oil, 1912.\n"
    assert [] == findings(SHORT, text) + findings(URL, text)


@pytest.mark.parametrize(
    ("entry", "other"),
    [
        ("Oil, doi:10.1000/182, https://doi.org/10.1000/183", ["10.1000/182"]),
        ("Oil, [10.1000/182](https://doi.org/10.1000/183)", ["10.1000/182"]),
        ("Oil, [https://doi.org/10.1000/182](https://doi.org/10.1000/183)", ["10.1000/182"]),
        (r"Oil, [10.1000/a\_b](https://doi.org/10.1000/a_c)", ["10.1000/a_b"]),
        (r"Oil, [10.1000/a\_b](https://doi.org/10.1000/a_b)", []),
        (r"Oil, [10.1000/a_b](https://doi.org/10.1000/a\_b)", []),
        ("Oil, https://doi.org/10.1000/182, https://doi.org/10.1000/183", []),  # two links, two works
        ("Oil, doi:10.1000/182 and https://doi.org/10.1000/183", []),
        ("Oil, doi:10.1000/182, doi:10.1000/183", []),
    ],
)
def test_a_link_leads_to_the_doi_that_is_its_text(entry: str, other: list[str]) -> None:
    expected = [f"the link points to another DOI than {value}" for value in other]
    assert expected == [finding.message for finding in findings(DOI, document(entry))]


@pytest.mark.parametrize(
    ("entry", "repair"),
    [
        ("Oil, <https://doi.org/10.1000/182.>", "10.1000/182"),
        (r"Oil, <https://doi.org/10.1000/18\_2.>", None),  # what Markdown escapes is not written anew
        ("Oil, <https://doi.org/10.123/a>", None),
    ],
)
def test_a_doi_is_repaired_where_it_is_written_plainly(entry: str, repair: str | None) -> None:
    [finding] = findings(DOI, document(entry))
    assert repair == (finding.fix.edits[0].text if finding.fix else None)


@pytest.mark.parametrize("entry", ["", "\n\nSources\n\n[1] Oil, 1912.\n"])
def test_an_address_without_a_host_is_found_in_a_marker_too(entry: str) -> None:
    text = f"Lamps burned oil [[1]](sandbox:/mnt/data/oil.csv).{entry}"
    assert ["sandbox:/mnt/data/oil.csv"] == [finding.span.of(text) for finding in findings(PRIVATE, text)]


def test_the_address_of_a_linked_marker_is_a_sources() -> None:
    text = "Lamps burned oil [[1]](http://dx.doi.org/10.1000/182)."
    assert ["http://dx.doi.org/10.1000/182"] == [finding.span.of(text) for finding in findings(LEGACY, text)]


def test_an_entry_with_two_labels_is_told_once() -> None:
    text = "Oil [1]. Gas [2].\n\nSources\n\n[1] [2] Lamps, https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example\n"
    assert len(findings(DETOUR, text)) == 1


def test_a_fault_that_a_whole_list_shares_is_told_once() -> None:
    entries = "\n".join(f"[{number}] Lamp {number}, https://a.example/{number}?gclid=x" for number in range(1, 6))
    text = f"Lamps [1, 2, 3, 4, 5].\n\nSources\n\n{entries}\n"
    [finding] = findings(TRACKED, text)
    assert finding.message == "the address carries the tracking parameter gclid; 4 more are like it"
    assert len(finding.related) == 4
    assert finding.fix is not None
    assert len(finding.fix.edits) == 5


SICI = "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"  # the brackets of a DOI are its own


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("doi:10.1000/ab.", ["10.1000/ab"]),
        ("(doi:10.1000/ab)", ["10.1000/ab"]),
        ("[doi:10.1000/ab].", ["10.1000/ab"]),
        ("doi:10.1000/a(b)c", ["10.1000/a(b)c"]),
        ("doi:10.1000/a[b]c", ["10.1000/a[b]c"]),
        ("doi:10.1000/a(b", ["10.1000/a(b"]),
        ("(doi:10.1000/a(b))", ["10.1000/a(b)"]),
        (f"(doi:{SICI})", [SICI]),
        ("[x](https://doi.org/10.1000/a(b)) more", ["10.1000/a(b)"]),
        ("[x](https://doi.org/10.1000/ab.) more", ["10.1000/ab."]),
        ("(https://doi.org/10.1000/ab.) more", ["10.1000/ab"]),
        ("<https://doi.org/10.1000/ab.> more", ["10.1000/ab."]),
        ("“10.1000/ab”", ["10.1000/ab"]),
        ("doi:10.1000/ab, doi:10.1000/cd", ["10.1000/ab", "10.1000/cd"]),
        ("doi:10.1000/\nab", []),  # cut in two
        ("doi:10.1000/\r\nab", []),
        ("doi:10.1000/\n", ["10.1000/"]),
        ("doi:10.1000/ab\ncd", ["10.1000/ab"]),
        ("doi:10.1000", ["10.1000"]),
    ],
)
def test_a_doi_ends_where_its_sentence_or_its_link_goes_on(text: str, expected: list[str]) -> None:
    found = list(dois(EntryText(Span(0, len(text)), None), text))
    assert expected == [each.value for each in found]
    assert expected == [each.span.of(text) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ISBN 0-306-40615-2 2004", ["0-306-40615-2"]),
        ("ISBN 0306406152 2004", ["0306406152"]),
        ("ISBN 0 306 40615 2 2004", ["0 306 40615 2"]),
        ("ISBN 978 0306406157 2004", ["978 0306406157"]),
        ("ISBN 0 8044 2957 X 2004", ["0 8044 2957 X"]),  # an X is the last of ten
        ("ISBN 978-0-306 40615 7", ["978-0-306"]),
        ("ISBN 978-x", []),
        ("ISBN 9780", ["9780"]),
        ("ISBN 978", []),
    ],
)
def test_an_isbn_takes_in_the_spaces_between_its_own_figures(text: str, expected: list[str]) -> None:
    assert expected == [span.of(text) for span in isbns(EntryText(Span(0, len(text)), None), text)]


@pytest.mark.parametrize(
    ("text", "expected"), [("arXiv:21.0", []), ("arXiv:21.01", ["21.01"]), ("arXiv:x.2101", ["x.2101"])]
)
def test_an_arxiv_number_has_four_figures(text: str, expected: list[str]) -> None:
    assert expected == [span.of(text) for span in arxiv_identifiers(EntryText(Span(0, len(text)), None), text)]
