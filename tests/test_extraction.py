"""The text of a source out of its file."""

from __future__ import annotations

import pytest

from citecheck.errors import UnreadableFile, UsageError
from citecheck.sources.extraction import extracted
from citecheck.sources.html_text import html_text
from citecheck.sources.quotations import Match, quoted
from citecheck.sources.source_text import SourceText

SENTENCE = "She said that nothing had been decided, and that dues would rise by 54 percent."
HARMLESS_MARKUP = [
    SENTENCE.replace("nothing", "<b>noth</b>ing"),
    SENTENCE.replace("nothing", "<a href='#x'>nothing</a>"),
    SENTENCE.replace("decided", "de&shy;cided"),
    SENTENCE.replace(" had ", "&nbsp;had\n   "),
    SENTENCE.replace("decided", "decided<sup class=r><a href='#4'>[4]</a></sup>"),
    SENTENCE.replace("decided", "decided<sup><a href='#4'>4</a></sup>"),
    SENTENCE.replace("decided", "decided [12]"),
    SENTENCE.replace("nothing", "nothing<!-- so --><script>var x = 'y'</script>"),
    SENTENCE.replace(", and", ",<br>and"),
    SENTENCE.replace("54", "5<wbr>4"),
    SENTENCE.replace("said", "s&#97;id"),
]


@pytest.mark.parametrize("markup", HARMLESS_MARKUP)
def test_a_sentence_is_found_in_its_page(markup: str) -> None:
    page = html_text(f"<html><body><nav>Home</nav><p>Before.</p><p>{markup}</p><p>After.</p></body></html>")
    assert Match.FOUND == quoted(SENTENCE, SourceText(page.text)).match


def test_blocks_part_words_and_elements_within_a_line_do_not() -> None:
    text = html_text("<p>one</p><p>two <i>th</i>ree</p><table><tr><td>4</td><td>5</td></tr></table>").text
    assert ["one", "two", "three", "4", "5"] == text.split()


def test_a_page_has_its_title_and_its_dates() -> None:
    page = html_text(
        "<title>A &amp; B</title><meta property='article:published_time' content='2019-05-03T10:00'>"
        "<time datetime='2020-01-02'>yesterday</time><p>Text"
    )
    assert "A & B" == page.title
    assert ["A & B", "2019-05-03T10:00", "2020-01-02"] == page.text.split("\n")[:3]


def test_a_raised_number_is_a_power() -> None:
    assert "10^6 m^2" == " ".join(html_text("10<sup>6</sup> m<sup>2</sup>").text.split())


@pytest.mark.parametrize(
    "text", ["<p", "<![CDATA[", "<!doctype", "</", "<script>never", '<a b="c', "&#xffffff;", "<sup>"]
)
def test_broken_pages_are_read(text: str) -> None:
    html_text(text * 50)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<meta charset='iso-8859-1'>caf\xe9".encode("latin-1"), "café"),
        ("café".encode(), "café"),
        (b"caf\xe9", "café"),
        ("\ufeffcafé".encode("utf-16"), "café"),
        (b"<meta charset='rot13'>caf\xc3\xa9", "café"),
    ],
)
def test_a_page_is_decoded_as_it_says(data: bytes, expected: str) -> None:
    assert expected == extracted("a.html", data).text.strip().lstrip("\ufeff")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_plain_text_is_kept_as_it_is(name: str) -> None:
    assert "One\n\n*two* " == extracted(name, b"One\n\n*two* ").text


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(UsageError, match=r"a\.docx: no source is read from such a file"):
        extracted("a.docx", b"")


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines."""
    shown = "BT /F1 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
    ]
    body, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 5\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def test_a_pdf_is_read_with_hyphens_at_line_ends() -> None:
    text = extracted(
        "a.pdf", pdf("She said that nothing had been deci-", "ded, and that dues would rise by 54 percent.")
    ).text
    assert Match.FOUND == quoted(SENTENCE, SourceText(text)).match


def test_a_broken_pdf_is_said_to_be_one() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.pdf: is no PDF that can be read"):
        extracted("a.pdf", b"%PDF-1.4 nothing")


def test_a_pdf_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(UsageError, match=r"pip install 'citecheck-lint\[pdf\]'"):
        extracted("a.pdf", pdf("x"))
