"""Paths and folders to texts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from citecheck.cli import status
from citecheck.errors import UnreadableFile
from citecheck.files.decoding import Input
from citecheck.files.discovery import Exclusion, find
from citecheck.files.encodings import Encoding, decode
from citecheck.limits import LARGEST
from citecheck.readers import FORMATS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


NOTHING = Exclusion(())


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Boils [1].\n", encoding="utf-8")


def found(*paths: str, exclude: Iterable[str] = (), format: str | None = None) -> list[str]:
    """The names of what is found, or what is said in the place of it."""
    answers = find(paths, excluded=Exclusion(tuple(exclude)), format=format)
    return [each.name if isinstance(each, Input) else str(each) for each in answers]


def test_a_folder_is_walked_in_order(folder: Path) -> None:
    write(folder, "b.md", "a/z.txt", "a/b/c.markdown", "B.MD")
    assert [os.path.join("a", "b", "c.markdown"), os.path.join("a", "z.txt"), "b.md"] == found("a", "b.md")
    assert ["B.MD", "a/b/c.markdown", "a/z.txt", "b.md"] == found(".")
    assert [f"{folder}/a/b/c.markdown", f"{folder}/a/z.txt"] == found(f"{folder}/a")


def test_in_a_folder_only_documents_are_read(folder: Path) -> None:
    write(folder, "a.md", "b.py", "c", "README", "todo", ".gitattributes", ".hidden.md", "Makefile")
    assert [".hidden.md", "README", "a.md", "todo"] == found(".")


def test_a_file_that_is_named_is_read_where_a_format_has_its_suffix(folder: Path) -> None:
    write(folder, "a.html", "b", "c.md")
    formats = [
        (each.name, each.format) if isinstance(each, Input) else str(each)
        for each in find(["a.html", "b", "c.md"], excluded=NOTHING)
    ]
    refusal = f"a.html: no format has the suffix .html; say with --as how to read it ({', '.join(FORMATS)})"
    assert [refusal, ("b", "text"), ("c.md", "markdown")] == formats


def test_a_format_can_be_forced(folder: Path) -> None:
    write(folder, "a.txt", "b.py")
    formats = [
        each.format
        for each in find(["a.txt", ".", "b.py"], excluded=NOTHING, format="markdown")
        if isinstance(each, Input)
    ]
    assert ["markdown", "markdown"] == formats


def test_a_document_is_read_once_however_often_it_is_named(folder: Path) -> None:
    write(folder, "docs/a.md")
    assert ["docs/a.md"] == found("docs/a.md", "docs", "./docs/a.md")


@pytest.mark.parametrize(
    "name", [".git", ".hg", ".svn", "node_modules", ".venv", "__pycache__"], ids=lambda name: name.strip("._")
)
def test_what_nobody_wrote_here_is_passed_over(folder: Path, name: str) -> None:
    write(folder, "a.md", f"{name}/b.md")
    assert ["a.md"] == found(".")


def test_a_virtual_environment_is_passed_over_whatever_its_name(folder: Path) -> None:
    write(folder, "a.md", "env/pyvenv.cfg", "env/b.md")
    assert ["a.md"] == found(".")


def test_gitignore_is_honoured_at_every_level(folder: Path) -> None:
    write(folder, "a.md", "draft.md", "docs/draft.md", "docs/kept.md", "docs/old/b.md", "build/c.md")
    (folder / ".git").mkdir()
    (folder / ".gitignore").write_text("build/\ndraft.md\n# a remark\n")
    (folder / "docs" / ".gitignore").write_text("/old\n!draft.md\n")
    assert ["a.md", "docs/draft.md", "docs/kept.md"] == found(".")
    assert ["docs/draft.md", "docs/kept.md"] == found("docs")


def test_a_line_of_a_gitignore_that_cannot_be_read_is_passed_over(folder: Path) -> None:
    write(folder, "a.md", "b.md")
    (folder / ".gitignore").write_text("!\na\\\n[z-a]\nb.md\n")
    assert ["a.md"] == found(".")


def test_a_gitignore_above_the_repository_is_not_its_own(folder: Path) -> None:
    write(folder, "repository/a.md")
    (folder / "repository" / ".git").mkdir()
    (folder / ".gitignore").write_text("*.md\n")
    assert ["repository/a.md"] == found("repository")


def test_what_is_named_is_read_although_git_ignores_it(folder: Path) -> None:
    write(folder, "build/a.md", "b.md")
    (folder / ".git").mkdir()
    (folder / ".gitignore").write_text("build/\nb.md\n")
    assert ["build/a.md", "b.md"] == found("build", "b.md")


@pytest.mark.parametrize(
    ("glob", "expected"),
    [
        ("a.md", ["docs/b.md", "docs/old/c.md"]),
        ("docs/old", ["a.md", "docs/a.md", "docs/b.md"]),
        ("docs/*.md", ["a.md", "docs/old/c.md"]),
        ("/a.md", ["docs/a.md", "docs/b.md", "docs/old/c.md"]),
        ("**/old/", ["a.md", "docs/a.md", "docs/b.md"]),
    ],
)
def test_exclude_passes_over(folder: Path, glob: str, expected: list[str]) -> None:
    write(folder, "a.md", "docs/a.md", "docs/b.md", "docs/old/c.md")
    assert expected == found(".", exclude=[glob])
    assert expected == found("a.md", "docs/a.md", "docs/b.md", "docs/old/c.md", exclude=[glob])


def test_a_missing_path_is_told_with_the_nearest_and_the_others_are_read(folder: Path) -> None:
    write(folder, "docs/readme.md", "a.md")
    expected = [
        "no such file or folder: docs/raedme.md; did you mean docs/readme.md?",
        "no such file or folder: nowhere/at/all.md",
        "a.md",
    ]
    assert expected == found("docs/raedme.md", "nowhere/at/all.md", "a.md")


def test_a_folder_without_documents_is_told(folder: Path) -> None:
    write(folder, "code/a.py", "a.md")
    skipped = "1 file with a suffix that no format has (.py): to be read they are named, with --as"
    assert [f"no documents under code; {skipped}", "a.md"] == found("code", "a.md")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_told_and_never_waited_for(folder: Path) -> None:
    write(folder, "a.md")
    os.mkfifo("pipe.md")
    assert ["a.md", "pipe.md: is a named pipe, and is skipped"] == found(".")
    assert ["pipe.md: is neither a file nor a folder; pipe its text in, with - for the path"] == found("pipe.md")


def test_links_are_read_but_never_followed_round(folder: Path) -> None:
    write(folder, "docs/a.md")
    (folder / "docs" / "up").symlink_to(folder)
    (folder / "docs" / "b.md").symlink_to(folder / "docs" / "a.md")
    (folder / "docs" / "gone.md").symlink_to(folder / "nothing.md")
    (folder / "round.md").symlink_to(folder / "round.md")
    (folder / "README").symlink_to(folder / "docs")
    assert [
        "README: is a link to a folder, and is skipped",
        "docs/a.md",
        "docs/gone.md: is a link to nothing, and is skipped",
        "round.md: is a link that leads round in a circle, and is skipped",
    ] == found(".")
    assert ["docs/a.md"] == found(".", exclude=["README", "b.md", "gone.md", "round.md"])
    (told,) = found("round.md")
    assert told.startswith("round.md: cannot be read: ")


def test_a_folder_of_what_is_skipped_has_no_documents(folder: Path) -> None:
    (folder / "gone.md").symlink_to(folder / "nothing.md")
    assert ["gone.md: is a link to nothing, and is skipped", "no documents under ."] == found(".")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is permitted here")
def test_a_folder_that_may_not_be_listed_is_told_and_the_others_are_read(folder: Path) -> None:
    write(folder, "a/b.md", "c.md")
    (folder / "a").chmod(0)
    assert ["a: may not be read; its permissions forbid it", "c.md"] == found(".")
    (folder / "a").chmod(0o700)


TEXT = "Zwölf [1] 引用\r\nzwei\rdrei\n"


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), "utf-32-le"),
        (b"\0\0\xfe\xff" + TEXT.encode("utf-32-be"), "utf-32-be"),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"],
)
def test_a_text_is_what_its_mark_says_and_goes_back_byte_for_byte(tmp_path: Path, data: bytes, codec: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    text, encoding = decode(path.read_bytes(), str(path))
    assert (TEXT, codec) == (text, encoding.codec)
    assert data == encoding.encode(text)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Boils [1] \xff.", "it is not valid UTF-8 (byte 0xff at offset 10)"),
        (b"\xef\xbb\xbfab\xc3(", "it is not valid UTF-8 (byte 0xc3 at offset 5)"),
        (b"\xff\xfea\0b", "it is not valid UTF-16-LE (byte 0x62 at offset 4)"),
        (b"\xed\xa0\x80", "it is not valid UTF-8 (byte 0xed at offset 0)"),
    ],
)
def test_what_is_no_text_is_told_with_its_place(data: bytes, expected: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        decode(data, "a.md")
    told = f"a.md: cannot be read as text: {expected}; "
    assert f"{told}save it as UTF-8, say what it is with --encoding, or exclude it with --exclude" == str(error.value)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\0\0", b"\xff\xfe"])
def test_next_to_nothing_is_a_text(data: bytes) -> None:
    text, encoding = decode(data, "a.md")
    assert data == encoding.encode(text)
    assert text in {"", "\0\0"}


def test_without_a_mark_a_text_is_utf_8() -> None:
    assert ("a", Encoding("utf-8", b"")) == decode(b"a", "a.md")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no input without an end")
@pytest.mark.parametrize("command", [["check"], ["inspect"], ["check", "--fix"], ["renumber"]], ids=" ".join)
def test_an_input_without_an_end_is_told(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], command: list[str]
) -> None:
    with open("/dev/zero", encoding="utf-8") as endless:
        monkeypatch.setattr(sys, "stdin", endless)
        assert 2 == status([*command, "-"])
    told = capfd.readouterr()
    assert told.err.startswith("citecheck: <stdin>: not checked: it has more than 8,388,608 bytes")
    assert "\0" not in told.out


@pytest.mark.parametrize("command", [["check"], ["inspect"], ["check", "--fix"]], ids=" ".join)
def test_what_is_too_large_is_told_and_not_read(
    folder: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    write(folder, "small.md")
    with open("large.md", "wb") as file:
        file.truncate(LARGEST + 1)
    assert 2 == status([*command, "large.md", "small.md"])
    assert capsys.readouterr().err.startswith("citecheck: large.md: not checked: it has more than 8,388,608 bytes")
    assert LARGEST + 1 == os.path.getsize("large.md")
