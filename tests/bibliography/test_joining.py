"""Documents joined with the bibliographies beside them: which are found, what is said where they are not."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from citecheck.cli import status

BIB = "@book{salt, title = {Salt}}\n@book{stone, title = {Stone}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(*words: str) -> list[tuple[str, str, str | None]]:
    """The file, code and label of each finding of a run over the folder."""
    with redirect_stdout(StringIO()) as printed:
        status(["check", *(words or (".",)), "--format", "json"])
    told = json.loads(printed.getvalue())["diagnostics"]
    return [(each["path"], each["code"], each["label"]) for each in told]


UNKNOWN = "It is so [@salt; @nobody].\n"


def test_a_bibliography_may_be_a_link_within_the_repository(folder: Path) -> None:
    write(folder, shared__salt_dot_bib=BIB, a_dot_md=f"---\nbibliography: refs.bib\n---\n\n{UNKNOWN}")
    (folder / "refs.bib").symlink_to("shared/salt.bib")
    assert [("a.md", "CC101", "nobody")] == [each for each in found() if each[0] == "a.md"]


def test_the_bibliography_of_front_matter_is_read(folder: Path) -> None:
    write(folder, refs_dot_bib=BIB, a_dot_md=f"---\nbibliography: refs.bib\n---\n\n{UNKNOWN}")
    assert [("a.md", "CC101", "nobody")] == found()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("refs_dot_json", '[{"id": "salt", "title": "Salt"}]'),
        ("refs_dot_yaml", "references:\n- id: salt\n  title: Salt\n"),
        ("refs_dot_yml", "salt:\n  type: book\n  title: Salt\n"),
    ],
)
def test_every_notation_of_bibliographies_is_read(folder: Path, name: str, text: str) -> None:
    front = f"---\nbibliography:\n- {name.replace('_dot_', '.')}\n---\n\n"
    write(folder, **{name: text}, a_dot_md=front + UNKNOWN)
    assert [("a.md", "CC101", "nobody")] == found()


@pytest.mark.parametrize(
    ("name", "text", "document"),
    [
        ("_quarto_dot_yml", "bibliography: refs.bib\n", "parts__one_dot_qmd"),
        ("index_dot_Rmd", "---\nbibliography: [refs.bib]\n---\n", "one_dot_Rmd"),
        ("myst_dot_yml", "project:\n  bibliography:\n  - refs.bib\n", "parts__one_dot_md"),
        ("_config_dot_yml", "bibtex_bibfiles:\n- refs.bib\n", "parts__one_dot_md"),
        ("conf_dot_py", "import os\nbibtex_bibfiles = ['refs.bib']\n", "parts__one_dot_md"),
    ],
)
def test_the_bibliography_of_a_project_is_read(folder: Path, name: str, text: str, document: str) -> None:
    write(folder, refs_dot_bib=BIB, **{name: text, document: UNKNOWN})
    path = document.replace("__", "/").replace("_dot_", ".")
    assert [(path, "CC101", "nobody")] == found()


def test_a_part_that_is_taken_into_another_document_may_have_more_sources(folder: Path) -> None:
    write(folder, refs_dot_bib=BIB, _quarto_dot_yml="bibliography: refs.bib\n", _part_dot_qmd=UNKNOWN)
    assert [] == found()


@pytest.mark.parametrize("named", ["missing.bib", "../outside.bib", "~/refs.bib", "/no/such.bib", "refs.enl"])
def test_a_bibliography_that_cannot_be_read_is_one_finding(folder: Path, named: str) -> None:
    (folder.parent / "outside.bib").write_text(BIB)
    write(folder, refs_dot_enl="x", a_dot_md=f"---\nbibliography: {named}\n---\n\n{UNKNOWN}\nAs @nobody2 says.\n")
    assert [("a.md", "CC113", None)] == found()


def test_a_missing_bibliography_of_a_project_is_told_where_a_document_cites(folder: Path) -> None:
    write(folder, _quarto_dot_yml="bibliography: gone.bib\n", a_dot_qmd=UNKNOWN, b_dot_qmd="Nothing cites @all.\n")
    assert [("a.qmd", "CC113", None)] == found()


@pytest.mark.parametrize("named", ["packages.bib", "https://a.test/refs.bib", "$refs$.bib", "made.bib"])
def test_a_bibliography_that_is_made_elsewhere_is_not_missed(folder: Path, named: str) -> None:
    code = '```{r}\nwrite_bib("made.bib")\n```\n'
    write(folder, a_dot_Rmd=f"---\nbibliography: '{named}'\n---\n\n{UNKNOWN}\n{code}")
    assert [] == found()


def test_a_link_that_leads_out_of_the_root_is_not_followed(folder: Path) -> None:
    (folder.parent / "secret.bib").write_text(BIB)
    (folder / "refs.bib").symlink_to(folder.parent / "secret.bib")
    write(folder, a_dot_md=f"---\nbibliography: refs.bib\n---\n\n{UNKNOWN}")
    assert ("a.md", "CC113", None) in found("a.md")


def test_the_cache_knows_when_a_bibliography_has_changed(folder: Path) -> None:
    write(folder, refs_dot_bib=BIB, a_dot_md=f"---\nbibliography: refs.bib\n---\n\n{UNKNOWN}")
    assert [("a.md", "CC101", "nobody")] == found() == found()
    write(folder, refs_dot_bib=BIB + "@book{nobody, title = {None}}\n")
    assert [] == found()
    (folder / "refs.bib").unlink()
    assert [("a.md", "CC113", None)] == found()


def test_workers_are_given_the_keys(folder: Path) -> None:
    write(folder, refs_dot_bib=BIB, _quarto_dot_yml="bibliography: refs.bib\n")
    filler = "The walls were raised twice. " * 4_000
    write(folder, **{f"c{number}_dot_qmd": f"{UNKNOWN}\n{filler}\n" for number in range(3)})
    expected = [(f"c{number}.qmd", "CC101", "nobody") for number in range(3)]
    assert expected == found(".", "--jobs", "2", "--no-cache", "--select", "CC101")


def test_an_entry_of_a_database_that_nothing_cites_is_not_told(folder: Path) -> None:
    write(folder, refs_dot_bib=BIB, a_dot_md="---\nbibliography: refs.bib\n---\n\nIt is so [@salt].\n")
    assert [] == found()


def test_a_fix_reads_the_bibliography_too(folder: Path) -> None:
    text = "---\nbibliography: refs.bib\n---\n\nIt is so [@salt]. See <https://a.test/x?utm_source=b>.\n"
    write(folder, refs_dot_bib=BIB, a_dot_md=text)
    assert [] == found("--fix", "a.md")
    assert text == (folder / "a.md").read_text()


def paper(citation: str, naming: str) -> str:
    return f"\\documentclass{{article}}\n\\begin{{document}}\nIt is so {citation}.\n{naming}\n\\end{{document}}\n"


@pytest.mark.parametrize(
    ("citation", "naming", "expected"),
    [
        (r"\cite{salt,nobody}", r"\bibliography{refs}", [("CC101", "nobody")]),
        (r"\citep[p.~3]{salt}", r"\bibliographystyle{plain} \bibliography{IEEEabrv,refs}", []),
        (r"\cite{Salt}", r"\bibliography{refs}", []),  # BibTeX finds it
        (r"\cite{Salt}", r"\addbibresource{refs.bib} \printbibliography", [("CC115", "Salt")]),  # biber does not
        (r"\cite{nobody}", r"\bibliography{refs} \input{more}", []),
        (r"\cite{nobody}", r"\bibliography{gone}", [("CC113", None)]),
        (r"\cite{nobody}", r"\bibliography{\folder/refs}", [("CC113", None)]),
        (r"\cite{nobody}", r"% \bibliography{gone}", [("CC902", None)]),
    ],
)
def test_a_paper_is_joined_with_the_files_that_it_names(
    folder: Path, citation: str, naming: str, expected: list[tuple[str, str | None]]
) -> None:
    write(folder, refs_dot_bib=BIB, a_dot_tex=paper(citation, naming))
    assert [("a.tex", *each) for each in expected] == found("a.tex", "--ignore", "CC104")


def test_what_bibtex_has_made_stands_for_a_file_that_is_not_there(folder: Path) -> None:
    printed = "\\begin{thebibliography}{1}\n\\bibitem[Quill(1971)]{salt}\n\\bibitem{stone}\n\\end{thebibliography}\n"
    write(folder, a_dot_bbl=printed, a_dot_tex=paper(r"\cite{salt,stone,nobody}", r"\bibliography{gone}"))
    assert [("a.tex", "CC101", "nobody")] == found("a.tex")
