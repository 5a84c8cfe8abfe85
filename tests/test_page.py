"""The page: what it says of documents, that it is the same each time, and that nothing in it comes to life."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import citecheck
from citecheck.engine.linting import lint_document
from citecheck.model.outcomes import Aspect, Outcome, Reason, Verification
from citecheck.model.readings import Reading, with_reading
from citecheck.model.settings import Settings
from citecheck.reports.page import MOST_DOCUMENTS, strip, trend
from citecheck.reports.page.addresses import linked
from citecheck.reports.page.rows import harmless
from citecheck.reports.page.templates import template
from citecheck.reports.page.views import DocumentView, document_view
from citecheck.reports.terminal import Screen
from citecheck.text.spans import Span
from tests.strategies import FORMATS, texts

EXAMPLES = Path(__file__).parent.parent / "examples"
KETTLE = """\
# Kettles

A kettle is a pot [1]. It whistles [2, 4].

Some kettles are blue. They boil at once [1].

Others are made of copper and nobody has said why that is so.

## Sources

1. A. Ash, "Pots", https://ash.kettles.net/pots, 2019.
2. B. Beech, "Whistles", https://beech.kettles.net/whistles, 2020.
3. C. Cedar, "Corks", https://cedar.kettles.net/corks, 2021.
"""
HOSTILE = """\
# <script>alert(1)</script>

<img src=x onerror=alert(2)> "onclick=alert(3)" {{ 7 * 7 }} {% raw %} \u202egnirts\u202c </p></article> [1].
Nothing & nobody &lt;b&gt; says <!-- this --> ]]> so \x00 \x0c \x85 \ufffe.

## Sources

1. <a href="javascript:alert(4)">javascript:alert(5)</a>, javascript:alert(6), 2019.
2. data:text/html,<script>alert(7)</script>, https://example.org/"onmouseover="alert(8)
"""


class Elements(HTMLParser):
    """Counts what a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]


def report(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "citecheck", *arguments, "--isolated"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def view(text: str, format: str = "markdown") -> DocumentView:
    document = citecheck.parse(text, name="kettle.md", format=format)
    result = with_reading(lint_document(document, Settings()), document)
    assert result.reading
    return document_view(1, result, result.reading, Screen())


def shown(each: DocumentView) -> str:
    """The text of a view, without what parts it into rows."""
    pieces = (piece.text for row in each.rows for stretch in row.stretches for piece in stretch.pieces)
    return "".join(pieces)


def test_a_page_is_written_and_the_exit_status_is_that_of_check(tmp_path: Path) -> None:
    (tmp_path / "kettle.md").write_text(KETTLE)
    run = report(tmp_path, "report", "kettle.md", "-o", "out/page.html")
    assert (1, "") == (run.returncode, run.stderr)
    assert run.stdout.startswith("out/page.html: 1 document, 3 markers, 3 sources: ")
    page = (tmp_path / "out" / "page.html").read_text(encoding="utf-8")
    assert "4 of 5 sentences have a source (80\u00a0%), and 2 of 3 sources are cited." in page
    assert "no source is numbered 4" in page


def test_check_writes_the_same_page(tmp_path: Path) -> None:
    (tmp_path / "kettle.md").write_text(KETTLE)
    report(tmp_path, "report", "kettle.md", "-o", "one.html")
    report(tmp_path, "check", "kettle.md", "--format", "html:two.html")
    to_output = report(tmp_path, "check", "kettle.md", "--format", "html").stdout
    one, two = ((tmp_path / name).read_text(encoding="utf-8") for name in ("one.html", "two.html"))
    assert one == two == to_output


def test_numbers_are_those_of_json(tmp_path: Path) -> None:
    paths = sorted(map(str, EXAMPLES.glob("*.*")))
    report(tmp_path, "report", *paths, "-o", "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    found = json.loads(report(tmp_path, "check", *paths, "--format", "json").stdout)
    numbers = dict(re.findall(r"<div><dt>(\w+)</dt><dd>([\d,]+)</dd></div>", page))
    summary = found["summary"]
    expected = {name: summary[name] for name in ("documents", "markers", "citations", "sources")}
    assert expected | {"sentences": summary["claims"]} == {
        name: int(value.replace(",", "")) for name, value in numbers.items()
    }
    assert summary["covered_claims"] == sum(each.covered for each in trend.read(str(tmp_path / "page.html")).values())
    assert len(found["diagnostics"]) == page.count('role="note"') == page.count("<li data-severity=")
    listed = [unescape(each) for each in re.findall(r"</a> <bdi>(.*?)</bdi> <small>CC", page)]
    assert sorted(each["message"] for each in found["diagnostics"]) == sorted(listed)


def test_two_runs_write_the_same_bytes_whatever_the_number_of_processes(tmp_path: Path) -> None:
    paths = sorted(map(str, EXAMPLES.glob("*.*")))
    report(tmp_path, "report", *paths, *paths, "-o", "one.html", "--jobs", "1")
    report(tmp_path, "report", *paths, *paths, "-o", "two.html", "--jobs", "2")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_a_hostile_document_stays_text(tmp_path: Path) -> None:
    name = "a'\"><script>alert(9)<!--.md"
    (tmp_path / name).write_text(HOSTILE, encoding="utf-8")
    report(tmp_path, "report", ".", "-o", "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    elements = Elements(page)
    assert 2 == elements.names.count("script")  # our own, and the block of data
    assert not [each for each in elements.names if each in ("img", "iframe", "object", "link", "base", "embed")]
    assert not [each for each, _ in elements.attributes if each.startswith("on") or each == "style"]
    leading = [value for each, value in elements.attributes if each in ("href", "src")]
    assert leading
    assert not [each for each in leading if not each.startswith(("#", "https://", "http://"))]
    assert "49" not in re.sub(r"<script.*?</script>|<style.*?</style>|#\w+", "", page, flags=re.DOTALL)


def test_ids_are_unique_and_links_lead_to_them(tmp_path: Path) -> None:
    report(tmp_path, "report", str(EXAMPLES), "-o", "page.html")
    elements = Elements((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert len(elements.ids) == len(set(elements.ids))
    leading = {value[1:] for name, value in elements.attributes if name == "href" and value.startswith("#")}
    assert set() == leading - set(elements.ids)


def test_what_was_not_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "kettle.md").write_text(KETTLE)
    (tmp_path / "bytes.md").write_bytes(b"\xff\xfe\xfa")
    run = report(tmp_path, "report", ".", "-o", "page.html")
    assert 2 == run.returncode
    assert re.search(r"not read</span> <bdi>[^<]*bytes\.md", (tmp_path / "page.html").read_text(encoding="utf-8"))


def test_many_documents_are_a_folder_of_pages_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for number in range(MOST_DOCUMENTS + 1):
        (tmp_path / "docs" / f"{number:04}.md").write_text(
            f"Kettle {number} is a pot [1].\n\n## Sources\n\n1. A pot.\n"
        )
    run = report(tmp_path, "report", "docs", "-o", "page.html")
    assert "citecheck: too large for one page: each document has its own in page_files\n" == run.stderr
    pages = sorted((tmp_path / "page_files").iterdir())
    assert MOST_DOCUMENTS + 1 == len(pages)
    index = (tmp_path / "page.html").read_text(encoding="utf-8")
    files = {tmp_path / each for each in re.findall(r'href="(page_files/\d+\.html)#d\d+"', index)}
    assert set(pages) == files
    assert "Kettle 500 is a pot" in pages[-1].read_text(encoding="utf-8")
    (tmp_path / "page_files" / "mine.txt").touch()
    report(tmp_path, "report", "docs/0000.md", "-o", "page.html")
    assert ["mine.txt"] == [each.name for each in (tmp_path / "page_files").iterdir()]


def test_a_page_says_what_changed_since_an_earlier_one(tmp_path: Path) -> None:
    (tmp_path / "kettle.md").write_text(KETTLE)
    report(tmp_path, "report", "kettle.md", "-o", "before.html")
    (tmp_path / "kettle.md").write_text(KETTLE.replace("[2, 4]", "[2, 5]").replace("why that is so.", "why [1]."))
    report(tmp_path, "report", "kettle.md", "-o", "after.html", "--compare", "before.html")
    said = re.search(r"since the earlier page: (.*?)<", (tmp_path / "after.html").read_text(encoding="utf-8"))
    assert said
    assert "1 new, 1 gone, 1 the same, coverage +20 points" == said[1]


@pytest.mark.parametrize("text", ["", "{}", trend.BEGINS, f'{trend.BEGINS}{{"version": 1}}{trend.ENDS}', "[" * 99_999])
def test_an_earlier_page_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "kettle.md").write_text(KETTLE)
    (tmp_path / "before.html").write_text(text)
    run = report(tmp_path, "report", "kettle.md", "-o", "page.html", "--compare", "before.html")
    assert (2, "citecheck: before.html: is not a page that `citecheck report` wrote\n") == (run.returncode, run.stderr)
    assert not (tmp_path / "page.html").exists()


def test_without_jinja_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "kettle.md").write_text(KETTLE)
    (tmp_path / "jinja2.py").write_text("raise ImportError")
    run = report(tmp_path, "report", "kettle.md")
    assert "citecheck: a page needs Jinja; install it with: pip install 'citecheck-lint[report]'\n" == run.stderr
    assert (2, ["jinja2.py", "kettle.md"]) == (run.returncode, sorted(each.name for each in tmp_path.glob("*.*")))


def test_fixing_and_a_page_do_not_go_together(tmp_path: Path) -> None:
    (tmp_path / "kettle.md").write_text(KETTLE)
    run = report(tmp_path, "check", "kettle.md", "--fix", "--format", "html:page.html")
    assert (2, True) == (run.returncode, "`citecheck report`" in run.stderr)


def test_gaps_are_sentences_that_state_something_and_have_no_source() -> None:
    gaps = [
        "".join(piece.text for piece in each.pieces)
        for row in view(KETTLE).rows
        for each in row.stretches
        if each.is_gap
    ]
    assert ["Others are made of copper and nobody has said why that is so."] == gaps


def test_a_source_tells_what_cites_it() -> None:
    sources = [source for row in view(KETTLE).rows for source in row.sources]
    assert [("1", (3, 5)), ("2", (3,)), ("3", ())] == [
        (each.label, tuple(use.line for use in each.uses)) for each in sources
    ]
    assert [True, True, False] == [each.used for each in sources]


def test_outcomes_of_checks_are_listed_the_worst_first() -> None:
    document = citecheck.parse(KETTLE, name="kettle.md")
    result = lint_document(document, Settings())
    span = Span(KETTLE.index("It whistles"), KETTLE.index(" [2, 4]"))
    found = Verification(Aspect.QUOTATION, Outcome.OK, "beech", ("2",), span, "It <b>whistles")
    missing = found._replace(outcome=Outcome.UNKNOWN, reason=Reason.NOT_PINNED)
    result = with_reading(result._replace(verifications=(found, missing)), document)
    assert result.reading
    view = document_view(1, result, result.reading, Screen())
    assert [("unknown", 3, "not-pinned"), ("ok", 3, "")] == [
        (each.outcome, each.line, each.reason) for each in view.outcomes
    ]
    page = template("document.html").render(document=view)
    assert "2 checks against the sources: 1 ok, 1 unknown" in page
    assert "<q><bdi>It &lt;b&gt;whistles</bdi></q>" in page


def test_findings_are_beside_their_lines() -> None:
    beside = {row.line: [note.code for note in row.notes] for row in view(KETTLE).rows if row.notes}
    assert {3: ["CC101"], 13: ["CC102"]} == beside


@given(texts, FORMATS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_word_of_a_text_is_lost(text: str, format: str) -> None:
    assert "".join(harmless(text).split()) == "".join(shown(view(text, format)).split())


@given(st.text(max_size=60))
def test_what_is_linked_is_a_web_address(address: str) -> None:
    for written in (address, f"https://{address}", f"javascript:{address}", f"https://example.org/{address}"):
        url = linked(written)
        assert url is None or re.fullmatch(r"https?://[!-~]+", url, re.IGNORECASE)
        assert url is None or not set(url) & set(' "<>[]{}|\\^`')


def test_a_strip_has_a_cell_for_each_run_and_no_more_than_there_is_room_for() -> None:
    words = " ".join("A kettle is a pot [1]." for _ in range(100))
    reading = view_reading(f"{words}\n\n## Sources\n\n1. A pot.\n")
    assert [("covered", 100)] == [(cell.kind, cell.length) for cell in strip.cells(reading.claims)]
    paragraphs = "\n\n".join(f"A pot {number} is hot [1].\n\nIt is blue, number {number}." for number in range(400))
    cells = strip.cells(view_reading(f"{paragraphs}\n\n## Sources\n\n1. A pot.\n").claims)
    assert (strip.MOST_CELLS, 800) == (len(cells), sum(cell.length for cell in cells))


def view_reading(text: str) -> Reading:
    document = citecheck.parse(text)
    reading = with_reading(lint_document(document, Settings()), document).reading
    assert reading
    return reading
