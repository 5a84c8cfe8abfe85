"""Documents that share their keys with others: what a LaTeX root takes in, and the sources of a Sphinx project."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from citecheck.cli import status

BIB = "@book{salt, title = {Salt}, isbn = {9780802713735}}\n@book{stone, title = {Stone}, isbn = {9780802713735}}\n"
ROOT = "\\documentclass{{book}}\n\\begin{{document}}\n{}\n\\end{{document}}\n"
LIST = """\\begin{thebibliography}{9}
\\bibitem{salt} Quill, Salt, 1971.
\\bibitem{stone} Rey, Stone, 1980.
\\end{thebibliography}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(*words: str, select: str = "CC101,CC102,CC104,CC113,CC115,CC902") -> list[tuple[str, str, str | None]]:
    """The file, code and label of each finding of a run."""
    with redirect_stdout(StringIO()) as printed:
        status(["check", *(words or (".",)), "--format", "json", "--select", select])
    told = json.loads(printed.getvalue())["diagnostics"]
    return [(each["path"], each["code"], each["label"]) for each in told]


# LaTeX ----------------------------------------------------------------------------------------------------------


def thesis(main: str, **chapters: str) -> dict[str, str]:
    return {
        "refs.bib": BIB,
        "main.tex": ROOT.format(main),
        **{f"chapters/{name}.tex": text for name, text in chapters.items()},
    }


@pytest.mark.parametrize(
    "taken",
    [
        r"\include{chapters/one}",
        r"\input{chapters/one.tex}",
        r"\input chapters/one",
        r'\input{"chapters/one"}',
        r"\input{glyphtounicode}\input{chapters/one}",
        r"\subfile{chapters/one}",
        r"\import{chapters/}{one}",
        r"\subimport{./chapters}{one}",
        r"\includeonly{chapters/two}\include{chapters/one}",
        r"\input{\chapterpath/one}",
        r"\input{chapters/middle}",
        "\\include% a comment\n{chapters/one}",
    ],
)
def test_the_keys_of_a_chapter_are_those_of_its_root(folder: Path, taken: str) -> None:
    one = "It is so \\cite{salt,nobody}.\n"
    write(folder, thesis(f"{taken}\n\\bibliography{{refs}}", one=one, middle="\\input{chapters/one}\n"))
    assert [("chapters/one.tex", "CC101", "nobody")] == found() == found("chapters/one.tex")


def test_a_chapter_that_is_a_document_of_its_own_belongs_to_the_root_that_its_class_names(folder: Path) -> None:
    one = (
        ROOT.format("So \\cite{salt,nobody}.").replace("{book}", "{subfiles}").replace("class{", "class[../main.tex]{")
    )
    write(folder, thesis("\\subfile{chapters/one}\n\\bibliography{refs}", one=one))
    assert [("chapters/one.tex", "CC101", "nobody")] == found()


def test_a_chapter_that_nothing_takes_in_is_not_judged(folder: Path) -> None:
    write(folder, thesis("So \\cite{salt}.\n\\bibliography{refs}", one="So \\cite{nobody}.\n"))
    assert [] == [each for each in found() if each[1] != "CC902"]


@pytest.mark.parametrize("missing", [r"\input{chapters/gone}", r"\input{\made/gone}", r"\input{|made}"])
def test_nothing_is_undefined_or_unused_where_a_chapter_was_not_read(folder: Path, missing: str) -> None:
    write(folder, thesis(f"\\include{{chapters/one}}\n{missing}\n{LIST}", one="So \\cite{salt,nobody}.\n"))
    assert [] == found()


def test_a_picture_that_is_made_elsewhere_cites_nothing(folder: Path) -> None:
    main = f"\\include{{chapters/one}}\\input{{figures/plot.pgf}}\n{LIST}"
    write(folder, thesis(main, one="So \\cite{salt,nobody}.\n"))
    assert [("chapters/one.tex", "CC101", "nobody"), ("main.tex", "CC102", "stone")] == found()


def test_a_list_in_one_file_serves_the_others(folder: Path) -> None:
    write(folder, thesis("\\input{chapters/one}\\input{chapters/list}", one="So \\cite{salt,nobody}.\n", list=LIST))
    assert [("chapters/list.tex", "CC102", "stone"), ("chapters/one.tex", "CC101", "nobody")] == found()


def test_an_entry_that_a_chapter_cites_by_a_command_of_its_own_is_used(folder: Path) -> None:
    main = "\\input{chapters/one}\\input{chapters/list}"
    write(folder, thesis(main, one="So \\cite{salt} and \\mine{stone}. % \\cite{x}\n", list=LIST))
    assert [] == found()


def test_a_citation_in_a_comment_uses_nothing(folder: Path) -> None:
    write(folder, thesis(f"So \\cite{{salt}}. % \\cite{{stone}}\n{LIST}"))
    assert [("main.tex", "CC102", "stone")] == found("main.tex")


def test_a_bibliography_that_the_root_names_and_that_is_not_there_is_one_finding(folder: Path) -> None:
    chapters = dict.fromkeys(("one", "two", "three"), "So \\cite{salt,nobody}.\n")
    write(
        folder,
        thesis("".join(f"\\include{{chapters/{each}}}" for each in chapters) + "\\bibliography{gone}", **chapters),
    )
    assert [("main.tex", "CC113", None)] == found()


def test_a_chapter_of_two_roots_may_cite_what_either_lists(folder: Path) -> None:
    files = thesis("\\include{chapters/one}\n\\bibliography{refs}", one="So \\cite{salt,mud,nobody}.\n")
    files |= {"mud.bib": "@book{mud, title = {Mud}, isbn = {9780802713735}}\n"}
    files |= {"talk.tex": ROOT.format("\\input{chapters/one}\\addbibresource{mud.bib}")}
    write(folder, files)
    assert [("chapters/one.tex", "CC101", "nobody")] == found()


def test_case_tells_keys_apart_in_a_chapter_as_in_its_root(folder: Path) -> None:
    write(folder, thesis("\\include{chapters/one}\\bibliography{refs}", one="So \\cite{SALT}.\n"))
    assert [] == found()
    write(folder, thesis("\\include{chapters/one}\\addbibresource{refs.bib}", one="So \\cite{SALT}.\n"))
    assert [("chapters/one.tex", "CC115", "SALT")] == found()


def test_a_file_outside_the_root_is_not_taken_in(folder: Path) -> None:
    (folder.parent / "secret.tex").write_text(LIST)
    write(folder, thesis("So \\cite{salt}.\\input{../secret}"))
    (folder / "link.tex").symlink_to(folder.parent / "secret.tex")
    assert [] == [each for each in found("main.tex") if each[1] != "CC902"]
    write(folder, thesis("So \\cite{salt}.\\input{link}"))
    assert [] == [each for each in found("main.tex") if each[1] != "CC902"]


def test_documents_that_take_in_each_other_come_to_an_end(folder: Path) -> None:
    write(folder, thesis(f"\\input{{chapters/one}}\n{LIST}", one="\\input{main} So \\cite{salt,nobody}.\n"))
    assert ("chapters/one.tex", "CC101", "nobody") in found()


def test_the_cache_knows_when_another_document_of_the_project_has_changed(folder: Path) -> None:
    files = thesis("\\include{chapters/one}\\include{chapters/list}", one="So \\cite{salt,nobody}.\n", list=LIST)
    write(folder, files)
    expected = [("chapters/list.tex", "CC102", "stone"), ("chapters/one.tex", "CC101", "nobody")]
    assert expected == found() == found()
    write(folder, {"chapters/list.tex": LIST.replace("stone", "nobody")})
    assert [] == found()
    write(folder, {"main.tex": ROOT.format("\\include{chapters/one}\\include{chapters/gone}\\include{chapters/list}")})
    write(folder, {"chapters/list.tex": LIST})
    assert [] == found()


# Sphinx ---------------------------------------------------------------------------------------------------------

CONF = "project = 'Tides'\nextensions = ['sphinx.ext.autodoc']\n"
KEYS = CONF + "bibtex_bibfiles = ['refs.bib']  # of them all\n"


def test_citations_of_a_sphinx_project_are_one_key_space(folder: Path) -> None:
    lists = "Sources\n=======\n\n.. [Quill71] Quill, *Salt*, 1971.\n.. [Rey80] Rey, *Stone*, 1980.\n"
    one = "One\n===\n\nIt is so [Quill71]_, and not so [Nobody99]_.\n"
    write(folder, {"docs/conf.py": CONF, "docs/sources.rst": lists, "docs/parts/one.rst": one})
    assert [("docs/parts/one.rst", "CC101", "Nobody99"), ("docs/sources.rst", "CC102", "Rey80")] == found()
    write(folder, {"src/tides.py": '"""As in [Rey80]_.\n\n.. [Nobody99] Nobody, *None*.\n"""\n'})
    assert [] == found()


def test_without_sphinx_what_another_document_lists_is_unknown(folder: Path) -> None:
    lists = ".. [Quill71] Quill, *Salt*, 1971.\n"
    for settings in ({}, {"conf.py": "HOST = 'a.test'\n"}):
        write(folder, {**settings, "sources.rst": lists, "one.rst": "It is so [Nobody99]_.\n"})
        assert [] == [each for each in found() if each[1] != "CC902"]


@pytest.mark.parametrize("role", [":cite:`{}`", ":cite:p:`{}`", ":footcite:t:`{}`", ":cite:t:`{{see}}{}{{p. 3}}`"])
def test_citing_roles_are_joined_with_the_bibliographies_of_conf_py(folder: Path, role: str) -> None:
    text = f"It is so {role.format('salt')}, and so {role.format('stone,nobody')}.\n"
    write(folder, {"refs.bib": BIB, "conf.py": KEYS, "one.rst": text, "parts/two.rst": role.format("none")})
    assert [("one.rst", "CC101", "nobody"), ("parts/two.rst", "CC101", "none")] == found()


def test_a_directive_may_name_the_bibliography(folder: Path) -> None:
    listing = ".. bibliography:: ../refs.bib\n   :style: plain\n"
    write(folder, {"refs.bib": BIB, "conf.py": CONF, "parts/list.rst": listing, "one.rst": "So :cite:`salt,nobody`.\n"})
    assert [("one.rst", "CC101", "nobody")] == found()
    write(folder, {"parts/list.rst": listing.replace("refs", "gone")})
    assert [("parts/list.rst", "CC113", None)] == found()


@pytest.mark.parametrize(
    "files",
    ["[str(path) for path in HERE.glob('*.bib')]", "[os.path.join(HERE, 'more.bib')]", "FILES", "['refs.bib', MORE]"],
)
def test_bibliographies_that_conf_py_works_out_are_unknown(folder: Path, files: str) -> None:
    conf = f"{CONF}bibtex_bibfiles = {files}\n"
    write(
        folder,
        {"refs.bib": BIB, "conf.py": conf, "one.rst": "So :cite:`salt,nobody`.\n", "two.md": "So {cite}`nobody`.\n"},
    )
    assert [] == found()


def test_roles_without_a_bibliography_are_said_not_to_be_understood(folder: Path) -> None:
    write(folder, {"conf.py": CONF, "one.rst": "So :cite:`salt`. And :cite:`stone`.\n"})
    assert [("one.rst", "CC902", None)] == found()


def test_a_missing_bibliography_of_a_sphinx_project_is_one_finding(folder: Path) -> None:
    write(folder, {"conf.py": KEYS, **{f"{name}.rst": "So :cite:`salt`.\n" for name in ("one", "three", "two")}})
    assert [("one.rst", "CC113", None)] == found()


# Books ----------------------------------------------------------------------------------------------------------

MUD = "@book{mud, title = {Mud}, isbn = {9780802713735}}\n"
LISTING = "---\nreferences:\n- id: silt\n  type: book\n  title: Silt\n---\n\nOn silt.\n"


@pytest.mark.parametrize(
    ("project", "suffix"),
    [
        ({"_quarto.yml": "project:\n  type: book\nbook:\n  chapters: [index.qmd]\nbibliography: refs.bib\n"}, "qmd"),
        ({"_bookdown.yml": "rmd_files: [index.Rmd]\n", "index.Rmd": "---\nbibliography: refs.bib\n---\n"}, "Rmd"),
        ({"index.Rmd": "---\nsite: bookdown::bookdown_site\nbibliography: [refs.bib]\n---\n"}, "Rmd"),
    ],
)
def test_no_key_of_a_book_is_undefined_because_it_is_in_the_file_of_another_chapter(
    folder: Path, project: dict[str, str], suffix: str
) -> None:
    chapters = {
        f"parts/{number:02}.{suffix}": "---\nbibliography: mud.bib\n---\n\nOn mud [@mud; @salt].\n"
        for number in range(12)
    }
    chapters |= {f"{number:02}.{suffix}": "On walls [@salt; @mud; @silt; @nobody].\n" for number in range(12)}
    write(folder, {"refs.bib": BIB, "parts/mud.bib": MUD, f"silt.{suffix}": LISTING, **project, **chapters})
    assert [(f"{number:02}.{suffix}", "CC101", "nobody") for number in range(12)] == found()


def test_what_a_folder_adds_is_joined_with_what_the_project_names(folder: Path) -> None:
    files = {"_quarto.yml": "bibliography: refs.bib\n", "parts/_metadata.yml": "bibliography: mud.bib\n"}
    one = "On mud [@mud; @salt; @nobody].\n"
    write(folder, {"refs.bib": BIB, "parts/mud.bib": MUD, **files, "parts/one.qmd": one})
    assert [("parts/one.qmd", "CC101", "nobody")] == found()


# Formats --------------------------------------------------------------------------------------------------------


def test_formats_that_the_settings_leave_out_are_not_read(folder: Path) -> None:
    write(
        folder,
        {
            "refs.bib": BIB + BIB,
            "a.tex": ROOT.format(f"So \\cite{{nobody}}.{LIST}"),
            "a.md": "So [^gone], so [^a].\n\n[^a]: Salt.\n",
        },
    )
    write(folder, {"citecheck.toml": 'formats = ["markdown", "text"]\n'})
    assert [("a.md", "CC101", "gone")] == found(select="CC101,CC103")
    assert [] == found("a.tex", "refs.bib", select="CC101,CC103")  # as a hook names them
    write(folder, {"citecheck.toml": 'formats = ["latex", "bibtex"]\n'})
    assert {"a.tex", "refs.bib"} == {path for path, _, _ in found(select="CC101,CC103")}


def test_a_bibliography_is_read_for_a_document_whatever_formats_are_checked(folder: Path) -> None:
    text = "---\nbibliography: refs.bib\n---\n\nSo [@salt; @nobody].\n"
    write(folder, {"refs.bib": BIB, "a.md": text, "citecheck.toml": 'formats = ["markdown"]\n'})
    assert [("a.md", "CC101", "nobody")] == found()


def test_an_unknown_format_ends_the_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, {"a.md": "So.\n", "citecheck.toml": 'formats = ["word"]\n'})
    assert 2 == status(["check", "."])
    assert "'word'" in capsys.readouterr().err
