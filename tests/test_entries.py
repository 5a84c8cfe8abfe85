"""Source entries: what the pages of CC302 to CC316 cannot show well."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from citecheck import Settings, lint
from citecheck.checks import CHECKS
from citecheck.config.retractions import retractions
from citecheck.config.selection import options
from citecheck.errors import SettingsError, UsageError
from citecheck.model.findings import Finding
from citecheck.recognition import parse

COPIED = "Osei, P., Moss, A., 1995. Salts of the harbour – and of the shore. Journal of Salts 50, 3-9."
SPRING = "“A cold spring in the valley” The Courier, 2 Mar. 2023"


def document(*entries: str, heading: str = "## Sources") -> str:
    """A text that cites each of the entries."""
    markers = " ".join(f"Claim {number} [{number}]." for number, _ in enumerate(entries, 1))
    return f"{markers}\n\n{heading}\n\n" + "\n".join(f"[{n}] {entry}" for n, entry in enumerate(entries, 1)) + "\n"


def findings(code: str, text: str, **given: object) -> list[Finding]:
    return list(CHECKS[code](parse(text, name="example", format="markdown"), **given))


def messages(code: str, *entries: str) -> list[str]:
    return [finding.message for finding in findings(code, document(*entries))]


@pytest.mark.parametrize(
    "entries",
    [
        ("A https://a.example/x", "B http://www.a.example/x/"),
        ("A https://a.example/x?utm_source=b&page=2", "B https://a.example/x?page=2"),
        ("A doi:10.1000/AB", "B https://doi.org/10.1000/ab"),
        ("A arXiv:2101.00001v1", "B https://arxiv.org/abs/2101.00001"),
        (SPRING, SPRING),
        (COPIED, COPIED),
        (COPIED, COPIED.replace("– ", "- ").upper()),
    ],
)
def test_one_work_under_two_labels_is_told_once(entries: tuple[str, ...]) -> None:
    assert 1 == len(messages("CC302", *entries))


@pytest.mark.parametrize(
    "entries",
    [
        ("A https://a.example", "B https://a.example/"),
        ("A https://a.example/x?page=1", "B https://a.example/x?page=2"),
        (SPRING, "“A cold spring in the valley” The Gazette, 2 Mar. 2023"),
        (SPRING, "“A cold spring in the valley” The Courier, 2 Mar. 2022"),
        ("A. Moss, *Lakes*, vol. 1, 1911.", "A. Moss, *Lakes*, vol. 2, 1911."),
        ("Ibid., at page 12.", "Ibid., at page 12."),
        ("[The salt road](https://a.example/1)", "[The salt road](https://b.example/1)"),
        (COPIED, COPIED.replace("-9", "-11")),
    ],
)
def test_two_works_are_not_one(entries: tuple[str, ...]) -> None:
    assert [] == messages("CC302", *entries)
    assert [] == messages("CC303", *entries)


def test_footnotes_name_a_source_as_often_as_they_like() -> None:
    note = "A. Moss, *Lakes*, 1911, https://a.example/lakes, p. {}."
    text = "One.[^a] Two.[^b]\n\n[^a]: " + note.format(1) + "\n[^b]: " + note.format(2) + "\n"
    assert [] == findings("CC302", text)


def test_remarks_in_footnotes_are_no_sources() -> None:
    text = "One.[^a] Two.[^b]\n\n[^a]: By weight, that is;\n[^b]: Not counting the `lid`,\n"
    assert [] == [diagnostic.code for diagnostic in lint(text)]


def test_a_list_that_shares_a_fault_is_told_so_once() -> None:
    text = document(f"{SPRING},", f"{SPRING.replace('cold', 'wet')},", f"{SPRING.replace('cold', 'dry')},")
    for code in ("CC304", "CC306"):
        (finding,) = findings(code, text)
        assert 2 == len(finding.related)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("https://ja.wikipedia.org/wiki/藤岡弘、", False),
        ("https://ja.wikipedia.org/wiki/藤岡弘,", True),
        ("藤岡弘、", True),
    ],
)
def test_the_title_of_a_page_may_end_in_punctuation(entry: str, told: bool) -> None:
    assert told is bool(findings("CC306", document(f"Actors, {entry}")))


def test_the_punctuation_of_a_whole_list_goes_at_once() -> None:
    (finding,) = findings("CC306", document(f"{SPRING}, ", "Lakes;"))
    assert finding.fix
    assert 2 == len(finding.fix.edits)


@pytest.mark.parametrize(
    "entry",
    [
        "“A cold spring” The Courier, 2 Mar. 1931",
        "“A cold spring” The Courier 12(3), 2023",
        "“A cold spring” courier.example.org, 2 Mar. 2023",
        "A. Moss, “A cold spring” The Courier, 2 Mar. 2023",
        "「冷たい泉が見つかる」『朝の新聞』2019年4月5日、3面",
        "“Cold” means below the mean of thirty years",
        "commit 1f0fc1d (“Add a spring”, 2019-11-20)",
    ],
)
def test_what_can_be_followed_or_is_no_web_page_needs_no_address(entry: str) -> None:
    assert [] == messages("CC304", entry)


@pytest.mark.parametrize(
    "entry", ["“A cold spring”, 2 Mar. 2023", "“A cold spring” ABC 7, 2 Mar. 2023", "“Spring” AP/Reuters"]
)
def test_a_headline_without_an_address_leads_nowhere(entry: str) -> None:
    assert ["source 1 has no address, identifier or page to follow"] == messages("CC304", entry)


@pytest.mark.parametrize(
    "title", ["CAPTCHA - Wikipedia", "Wayback Machine - Wikipedia", "Just a moment of silence", "The 404 bus"]
)
def test_a_title_that_only_sounds_like_an_error_is_a_title(title: str) -> None:
    assert [] == messages("CC308", f"[{title}](https://a.example/x)")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("Rothko, M. *Untitled*. 1949. Oil on canvas.", 0),
        ("Judd, Donald. (1971). *Untitled* [Sculpture]. Walker Art Center.", 0),
        ("“Untitled.” Medium, 2020. https://a.example/x", 1),
    ],
)
def test_a_work_of_an_artist_may_be_untitled(entry: str, expected: int) -> None:
    assert expected == len(messages("CC308", entry))


@pytest.mark.parametrize(
    "entry",
    [
        "The YYYY-MM-DD form, https://dates.example/iso",
        "Tcl/TK. https://tcl.example/tk",
        "A. Moss (author), *Lakes* (publisher unknown), 1911.",
        "[Title](https://a.example/title)",
        "https://not-example.com/x and https://example.com.a.example/y",
        "National Atlas, map (insert), 20XX: a novel, the year (of rain)",
        "Attention, https://doi.org/10.5555/3295222.3295349",
        "K. Osorio, “Awards” (The Source), 2003",
        "M. Shinkai, *Kimi no na wa* [Your name], 2016",
        "Grazing, https://www.cabidigitallibrary.example/doi/pdf/10.5555/20053211636",
    ],
)
def test_what_only_looks_like_a_blank_is_none(entry: str) -> None:
    assert [] == messages("CC309", entry)


@pytest.mark.parametrize(
    ("entry", "blank"),
    [
        ("[Author], [Title], [Year].", "[Author]"),
        ("[Insert Source Here]", "[Insert Source Here]"),
        ("[YOUR NAME], *Lakes*, [Your URL Here]", "[YOUR NAME]"),
        ("Author, A. A. (Year). Title of article.", "(Year)"),
        ("Moss, A. (20XX). *Lakes*.", "(20XX)"),
        ("Lakes. Accessed: DD Month YYYY.", "DD Month YYYY"),
        ("Lorem ipsum dolor sit amet, 1911.", "Lorem ipsum dolor"),
    ],
)
def test_a_blank_is_one_in_capitals_too(entry: str, blank: str) -> None:
    assert [f"“{blank}” is a placeholder, not a source"] == messages("CC309", entry)


def test_a_doi_that_is_made_up_is_told_once() -> None:
    entry = "Moss, A. *Lakes*. doi:10.xxxx/xxxxx"
    assert (1, 0) == (len(messages("CC309", entry)), len(messages("CC402", entry)))


def test_tomorrow_is_published_and_next_month_is_printed_but_nobody_read_it_then() -> None:
    tomorrow, later = date.today() + timedelta(days=1), date.today() + timedelta(days=60)
    assert [] == messages("CC310", f"“Rain” The Courier, {tomorrow}", f"“Rain” The Courier, {later:%Y-%m}")
    assert [f"{later} is still to come"] == messages("CC310", f"“Rain” The Courier, {later}")
    assert [f"{later:%Y-%m} is still to come"] == messages("CC310", f"Rain, accessed {later:%Y-%m}")


def test_what_nobody_sees_is_named_where_it_stands() -> None:
    text = document("[Ice](https://ice.exa\u200b\u200bmple/x)")
    (finding,) = findings("CC312", text)
    column = text.split("\n")[-2].index("\u200b") + 1
    message = f"a zero width space (U+200B) hides in this address at column {column}, and 1 other"
    assert message == finding.message
    assert finding.fix
    assert 2 == len(finding.fix.edits)


@pytest.mark.parametrize("title", ["می\u200cرود", "שלום\u200f!", "क्\u200dष", "👨\u200d👩\u200d👧"])
def test_what_a_script_spells_with_stays(title: str) -> None:
    assert [] == findings("CC312", document(f"[{title}](https://a.example/x)"))


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("Verbs, https://fa.wikipedia.org/wiki/می\u200cرود", False),
        ("Verbs, https://fa.wikipedia.org/wiki/ab\u200crod", True),
        ("[ស\u200bស](https://a.example/x)", False),
        ("[s\u200bs](https://a.example/x)", True),
    ],
)
def test_joiners_and_spaces_nobody_sees_stay_in_scripts_that_spell_with_them(entry: str, told: bool) -> None:
    assert told is bool(findings("CC312", document(entry)))


def test_a_private_use_character_is_told_of_and_left() -> None:
    (finding,) = findings("CC312", document("[Ice \ue001](https://a.example/x)"))
    assert finding.fix is None


def test_an_unknown_field_is_an_error_that_helps() -> None:
    with pytest.raises(
        UsageError, match="no value of option 'fields' of CC314 is called 'autor'; did you mean 'author'"
    ):
        options(Settings(options={"CC314": {"fields": ["autor"]}}), "CC314")


def test_a_list_of_anything_but_strings_is_an_error() -> None:
    with pytest.raises(SettingsError, match="'deny' of CC315 must be a list of strings"):
        options(Settings(options={"CC315": {"deny": [4]}}), "CC315")


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("a.example", True),
        ("www.a.example", True),
        ("a.example.", True),
        ("ba.example", False),
        ("a.example.org", False),
    ],
)
def test_hosts_are_compared_by_whole_labels(host: str, told: bool) -> None:
    text = document(f"Ice, https://user@{host}:8080/a.example")
    assert told == bool(findings("CC315", text, allow=[], deny=["A.example"]))


HEADER = "Record ID,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature\n"


def test_a_list_of_retractions_is_read_with_its_days(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = [
        "1,6/1/2007 0:00,10.1000/AB,0,Retraction",
        "2,,unavailable,123,Retraction",
        "3,1/2/2008,10.1000/c,0,Correction",
    ]
    path.write_text("\ufeff" + HEADER + "\n".join(rows), encoding="utf-8")
    found = retractions(str(path))
    assert ({"10.1000/ab": "2007-06-01"}, {"123": ""}) == (dict(found.by_doi), dict(found.by_pmid))


def test_a_list_in_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("doi\n10.1000/a\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="has no column OriginalPaperDOI"):
        options(Settings(options={"CC316": {"file": str(path)}}), "CC316")
    with pytest.raises(SettingsError, match="cannot be read"):
        options(Settings(options={"CC316": {"file": str(tmp_path / "none.csv")}}), "CC316")


def test_a_retraction_is_found_by_doi_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"{HEADER}1,6/1/2007 0:00,10.1000/ab,0,Retraction\n", encoding="utf-8")
    text = document("Ice, https://doi.org/10.1000/AB")
    (diagnostic,) = lint(text, settings=Settings(select=("CC316",), options={"CC316": {"file": str(path)}}))
    assert ("source 1 was retracted on 2007-06-01", "10.1000/AB") == (diagnostic.message, diagnostic.span.of(text))


def test_what_a_bibliography_tool_writes_behind_pubmed_is_no_blank() -> None:
    assert [] == messages("CC309", "Doran AL. Wings. J River Med. 2014 44(4) 27-82. PubMed [journal] PMID 24568259")
    assert 1 == len(messages("CC309", "Doran AL. Wings. [journal] 2014 44(4) 27-82."))
