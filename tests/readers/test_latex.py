"""LaTeX: what TeX reads as a citation or an entry is one; nothing is said of what stands in files that are not read."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck import lint, parse
from citecheck.cli import status
from citecheck.config.selection import selected
from citecheck.engine.fixing import fix_document
from citecheck.errors import TooMuch
from citecheck.model.citations import FOOTNOTES
from citecheck.model.document import Document
from citecheck.model.settings import Settings
from citecheck.readers import FORMATS
from citecheck.readers.latex_words import wording
from citecheck.text.spans import Span
from tests.test_linear_time import LENGTH, runs_away

ENTRIES = "".join(f"\\bibitem{{{key}}} {key.title()} Moss, {key}, 190{at}, p. {at}.\n" for at, key in enumerate("abcd"))
LIST = f"\\begin{{thebibliography}}{{9}}\n{ENTRIES}\\end{{thebibliography}}\n"
ALL = "\\nocite{a,b,c,d}\n"


def whole(body: str, preamble: str = "", entries: str = LIST) -> str:
    return f"\\documentclass{{article}}\n{preamble}\\begin{{document}}\n{body}\n{entries}\\end{{document}}\n"


def read(text: str) -> Document:
    return parse(text, name="salt.tex")


def cited(body: str, preamble: str = "") -> list[str]:
    document = read(whole(body, preamble))
    return [label for marker in document.markers for label in marker.labels]


def found(text: str, *codes: str) -> list[tuple[str, str | None]]:
    return [(each.code, each.label) for each in lint(text, name="salt.tex", settings=Settings(select=codes))]


def mended(text: str) -> str:
    chosen = Settings(select=("CC105",))
    return fix_document(read(text), chosen, read, unsafe=False, codes=selected(chosen)).document.text


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        (r"It is mined~\cite{a} and boiled \citep[p.~3]{b,c}.", ["a", "b", "c"]),
        (r"\citet*[see][\S 2]{a} \Citep{b} \nocite{c} \textcite{d}", ["a", "b", "c", "d"]),
        ("\\cite{ a ,\n  b }", ["a", "b"]),
        ("\\cite{a,%\n  b}", ["a", "b"]),
        ("\\cite%\n  [p.~3]\n  {a}", ["a"]),
        (r"\cites[1]{a}[2][3]{b} \parencites{c}{d}", ["a", "b", "c", "d"]),
        (r"\volcite{2}[25]{a}", ["a"]),
        (r"\cite<see>[p. 3]{a} \shortciteA{b}", ["a", "b"]),
        (r"\citet[][hereafter \citetalias{b}]{a}", ["b", "a"]),
        (r"$x \in [1,n]$ \[ y = z \quad \text{by \cite{a}} \]", ["a"]),
        ("\\begin{figure}\\caption[Salt]{Salt \\cite{a}.}\\end{figure}", ["a"]),
        (r"It is so.\footnote{See \cite{a}.}", ["a"]),
        (r"50\% of it \cite{a} \% and \cite{b}", ["a", "b"]),
        (r"A break \\[2pt] \cite{a}", ["a"]),
    ],
)
def test_citation_commands_cite(body: str, keys: list[str]) -> None:
    assert keys == cited(body)


@pytest.mark.parametrize(
    "body",
    [
        "It is mined [1], [2] and [3].",
        "% \\cite{x}",
        r"\verb|\cite{x}| \lstinline{\cite{x}}",
        "\\begin{verbatim}\n\\cite{x}\n\\end{verbatim}",
        "\\begin{lstlisting}[language=TeX]\n\\cite{x}\n\\end{lstlisting}",
        "\\begin{comment}\n\\cite{x}\n\\end{comment}",
        r"\iffalse \ifx\a\b \cite{x} \fi \cite{y} \fi",
        r"\setcitestyle{square} \citestyle{plain} \citetext{so} \cref{x} \ref{y}",
        r"\url{https://example.org/\cite{x}}",
        r"\newcommand{\salt}[1]{\citep{#1}}",
    ],
)
def test_what_only_looks_like_a_citation_is_none(body: str) -> None:
    assert [] == cited(body)


def test_what_follows_the_document_is_not_read() -> None:
    assert [] == found(whole(ALL) + "\\cite{x}\n")


def test_a_comment_in_an_address_is_none() -> None:
    assert ["a"] == cited(r"\url{https://example.org/a%20b} \cite{a}")


@pytest.mark.parametrize(
    ("definition", "use"),
    [
        (r"\newcommand{\salt}[1]{\citep[see][]{#1}}", r"\salt{a}"),
        (r"\newcommand{\salt}[2][p. 3]{\citep[#1]{#2}}", r"\salt[p. 4]{a}"),
        (r"\newcommand\salt[2]{#1 \citep{#2}}", r"\salt{Moss}{a}"),
        (r"\def\salt#1{\cite{#1}}", r"\salt{a}"),
        (r"\let\salt=\citep", r"\salt[p. 3]{a}"),
        (r"\newcommand{\salt}{\citep}", r"\salt{a}"),
    ],
)
def test_a_command_that_the_text_defines_by_a_citation_cites(definition: str, use: str) -> None:
    assert ["a"] == cited(use, preamble=f"{definition}\n")


def test_entries_carry_their_keys_and_their_words() -> None:
    entries = (
        "\\begin{thebibliography}{9}\n"
        '\\bibitem[{G\\"odel(1931)}]{goedel:31} K. G\\"odel, {\\em The Art of Salt},\n'
        "  Springer, 1931, \\url{https://example.org/a\\_b}.\n"
        "\\bibitem{moss} A. Moss, ``Pans and Kettles'', 1902, p.~3.\n"
        "\\end{thebibliography}\n"
    )
    text = whole("", entries=entries)
    first, second = read(text).sources
    assert ["goedel:31", "moss"] == [first.label, second.label]
    assert "goedel:31" == first.label_span.of(text)
    record = first.record
    assert record.title
    assert record.author
    assert record.url
    assert ("The Art of Salt", "K. Gödel") == (record.title.value, record.author.value)
    assert ("https://example.org/a_b", "https://example.org/a\\_b") == (record.url.value, record.url.span.of(text))
    assert second.record.title
    assert "Pans and Kettles" == second.record.title.value


def test_a_document_with_its_own_list_is_held_to_it() -> None:
    assert [("CC101", "x"), ("CC102", "d")] == found(whole(r"\cite{a} \cite{b,x} \cite{c}"), "CC101", "CC102")


def test_a_printed_list_stands_for_a_bibliography_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = "\\bibitem[{{Moss} {et~al.}(1901){Moss}, {de {Lund}}}]{moss}\nA. Moss, 1901.\n"
    (tmp_path / "a.bbl").write_text(
        f"\\begin{{thebibliography}}{{1}}\n{printed}\\end{{thebibliography}}\n", encoding="utf-8"
    )
    (tmp_path / "a.tex").write_text(whole("\\cite{moss}\n\\bibliography{salt}", entries=""), encoding="utf-8")
    assert 0 == status(["check", str(tmp_path / "a.tex"), "--no-cache"]), capsys.readouterr().out


def test_a_key_is_defined_once() -> None:
    again = LIST.replace("\\end{", "\\bibitem{a} A Moss, a, 1900, p. 0.\n\\end{")
    assert [("CC103", "a")] == found(whole(r"\cite{a,b,c,d}", entries=again), "CC103")


def test_keys_are_told_apart_by_case() -> None:
    assert [("CC115", "A")] == found(whole(ALL + r"\cite{A}"), "CC101", "CC115")


@pytest.mark.parametrize(
    "text",
    [
        "It is mined \\cite{x}.\n",
        whole(r"It is mined \cite{x}.", entries=""),
        whole(r"It is mined \cite{x}.", entries="\\bibliography{salt}\n"),
        whole(r"It is mined \cite{x}.", entries="\\printbibliography\n"),
        whole(r"\input{chapter} \cite{x}"),
        whole(r"\cite{\key} \cite{x}"),
        LIST,
    ],
)
def test_nothing_is_said_of_keys_where_others_may_be_in_another_file(text: str) -> None:
    assert [] == found(text, "CC1")


@pytest.mark.parametrize(
    "body",
    [
        r"\nocite{*} \cite{a}",
        r"\cite{a} \saltcite{b} \pans[p. 3]{c,d}",
        "\\newcommand{\\x}{\\cite{b,c,d}} \\cite{a} \\x",
    ],
)
def test_what_may_be_cited_is_not_unused(body: str) -> None:
    assert [] == found(whole(body))


def test_keys_are_held_to_the_files_of_entries_that_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(body: str, preamble: str = "") -> list[str]:
        text = whole(body, preamble, entries="")
        (tmp_path / "paper.tex").write_text(text, encoding="utf-8")
        status(["check", str(tmp_path / "paper.tex"), "--no-cache", "--format", "json"])
        return [each["code"] for each in json.loads(capsys.readouterr().out)["diagnostics"]]

    (tmp_path / "salt.bib").write_text("@book{moss, title={Salt}, year=1901, isbn={}}\n", encoding="utf-8")
    assert [] == told("\\cite{moss}\n\\bibliography{salt}")
    assert ["CC101"] == told("\\cite{moss} \\cite{lund}\n\\bibliography{salt}")
    assert ["CC101"] == told("\\cite{lund}\n\\printbibliography", preamble="\\addbibresource{salt.bib}\n")
    assert ["CC113"] == told("\\cite{moss} \\cite{lund}\n\\bibliography{salt,tea}")
    assert ["CC113"] == told("\\cite{moss} \\cite{lund}\n\\bibliography{\\path/salt}")
    assert [] == told("\\cite{lund}\n\\input{chapter}\\bibliography{salt}")
    (tmp_path / "chapter.tex").write_text("\\cite{lund}\n\\bibliography{tea}\n", encoding="utf-8")
    assert 1 == status(["check", str(tmp_path / "chapter.tex"), "--no-cache"])  # of the paper, where none is called tea
    (tmp_path / "paper.tex").unlink()
    assert 0 == status(["check", str(tmp_path / "chapter.tex"), "--no-cache"])


def test_the_files_of_entries_are_named() -> None:
    text = "\\addbibresource[label=x]{salt.bib}\n\\bibliography{pans, \\path/tea}{}\n"
    named = read(text).structure.bibliographies
    assert ["salt.bib", "pans", "\\path/tea"] == [each.path for each in named]
    assert ["salt.bib", "pans", "\\path/tea"] == [each.span.of(text) for each in named]


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        (r"So \cite{a,,b}.", r"So \cite{a,b}."),
        (r"So \cite{a, , b}.", r"So \cite{a, b}."),
        (r"So \cite{a,}.", r"So \cite{a}."),
        (r"So \cite{,a}.", r"So \cite{a}."),
        (r"So \cite{a and more.", r"So \cite{a} and more."),
        (r"So \cite{a, b and \emph{more}.", r"So \cite{a, b} and \emph{more}."),
        (r"So \cite{}.", r"So \cite{}."),
        (r"So \cite[p. 3{a}.", r"So \cite[p. 3{a}."),
    ],
)
def test_malformed_citations_are_told_and_mended_where_one_reading_is_possible(body: str, fixed: str) -> None:
    text = whole(f"{ALL}\n{body}\n\n")
    assert ["CC105"] == [code for code, _ in found(text)]
    assert text.replace(body, fixed) == mended(text)


def test_one_source_named_twice_is_told() -> None:
    assert [("CC107", "a")] == found(whole(ALL + r"So \cite{a,b,a}."))
    assert [] == found(whole(ALL + r"\citeauthor{a} \citeyear{a} say so."))


def test_marks_and_texts_of_footnotes_are_joined_where_their_numbers_tell() -> None:
    body = "Salt\\footnotemark[1] and tea\\footnotemark[3].\\footnotetext[1]{Mined.}\\footnotetext[2]{Grown.}\n"
    assert [("CC101", "3"), ("CC102", "2")] == found(whole(ALL + body))
    assert [] == found(whole(ALL + body + r"Pans.\footnote{Boiled.}"))
    assert {FOOTNOTES} == {key.numbering for key in read(whole(body, entries="")).cited}


def test_a_comment_silences_the_line() -> None:
    assert [] == found(whole(ALL + "So \\cite{x}. % citecheck: ignore CC101\n"))
    assert [] == found(whole(ALL + "% citecheck: ignore CC101\nSo \\cite{x}.\n"))
    assert [] == found(whole(ALL + "So \\cite{x}.") + "% citecheck: ignore-file CC101\n")


def test_claims_are_the_sentences_of_paragraphs_without_markup() -> None:
    body = (
        "\\section{Salt \\& tea}\nIt is \\emph{mined} in~\\ref{a}~\\citep{a}. It sells.\\footnote{Not here.}\n\n"
        "\\begin{table}Mined: 3\\end{table}\n\\begin{itemize}\\item It is boiled.\\end{itemize}\n"
    )
    document = read(whole(body))
    assert ["It is mined in", "It sells.", "It is boiled."] == [
        each.text.split(" \\ref")[0] for each in document.claims
    ]
    assert [True, False, False] == [claim.covered for claim in document.claims]
    assert [(3, "Salt & tea")] == [(heading.level, heading.title) for heading in document.structure.headings]


def test_words_are_what_is_shown() -> None:
    text = r"{\L}ukasz \v{S}t\'{\i}hel, \href{https://example.org/\%20}{``Salt \& Tea''}, pp.~1--2"
    words = wording(text)
    assert "Łukasz Štíhel, https://example.org/%20 “Salt & Tea”, pp. 1–2" == words.text
    assert r"\v{S}" == text[words.starts[7] : words.ends[7]]
    assert len(words.text) == len(words.starts) == len(words.ends)


def test_a_comment_changes_nothing_that_is_shown() -> None:
    shown = FORMATS["latex"].rendered
    assert shown("It is mined\nand boiled.") == shown("It is mined % so\n% and\n  and boiled.")
    assert shown("It is mined.") != shown("It is boiled.")


def test_keys_are_not_numbered_anew_and_not_merged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = whole(r"\cite{2} \cite{1}", entries=LIST.replace("{a}", "{1}").replace("{b}", "{2}"))
    (tmp_path / "salt.tex").write_text(text, encoding="utf-8")
    for command in ("renumber", "merge"):
        assert 1 == status([command, str(tmp_path / "salt.tex")])
        assert "it cites by keys, which are names that other files may use too" in capsys.readouterr().err
    assert text == (tmp_path / "salt.tex").read_text(encoding="utf-8")


PIECES = (
    *("\\cite", "\\citep", "\\cites", "\\bibitem", "\\begin", "\\end", "\\newcommand", "\\footnotetext", "\\let", "\\"),
    *("{", "}", "[", "]", "$", "%", "#1", ",", "*", "a", "salt", " ", "\n", "\n\n", "|", "é", "``", "\\verb", "\\item"),
    *("{thebibliography}", "{document}", "{verbatim}", "\\section", "\\iffalse", "\\fi", "\\nocite", "\\url", "\\'"),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_read_and_every_span_lies_inside_it(text: str) -> None:
    document = parse(text, name="a.tex")
    assert len(text) == len(document.structure.text)
    inside = Span(0, len(text))
    spans = [each.span for each in document.markers]
    spans += [each.span for each in document.claims]
    spans += [each.span for each in document.sources]
    spans += [each.span for each in document.malformed]
    spans += [each.span for each in lint(text, name="a.tex", settings=Settings(pedantic=True))]
    assert all(inside.covers(span) for span in spans)


HOSTILE = [
    *("\\cite{", "\\cite[", "\\cite{a,", "\\cite<a", "\\cites{a}", "{", "}", "[", "%", "%\n", "\\verb|", "\\verb|a"),
    *("$", "$$", "$a\n\n", "\\iffalse ", "\\iffalse\\fi", "\\begin{a}", "\\end{a}", "\\begin{verbatim}", "\\bibitem{"),
    *("\\newcommand{\\a}[1]{", "\\def\\a{\\cite{#1}", "\\url{", "\\footnote{", "\\[", "\\item ", "a\n\n", "\\cite{a}"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_longer_than_its_length_warrants(piece: str) -> None:
    def work(text: str) -> None:
        with suppress(TooMuch):
            FORMATS["latex"].layout(text)
            FORMATS["latex"].layout("\\begin{document}\\cite[" + text)

    assert not runs_away(work, piece, LENGTH)
