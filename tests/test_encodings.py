"""How documents are written: what is set, what a byte order mark says, what is written back, and what is no text."""

from __future__ import annotations

import codecs
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from citecheck.cli import status
from citecheck.errors import NotText, UsageError
from citecheck.files.encodings import codec_for, decode

TEXT = "Zwölf Kübel à drei Maß [1][1].\r\n\r\n## Quellen\r\n\r\n1. Müller, Das Maß, 1911, S. 3.\r\n"
FIXED = TEXT.replace("[1][1]", "[1]")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in an empty repository: its status, and what it prints."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()

    def run(*arguments: str) -> tuple[int, str, str]:
        code = status(arguments)
        return code, *capsys.readouterr()

    return run


def settings(text: str) -> None:
    Path("citecheck.toml").write_text(text, encoding="utf-8")


def put(name: str, text: str = TEXT, encoding: str = "latin-1") -> Path:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def test_nothing_is_guessed(run: Run) -> None:
    put("a.md")
    code, out, err = run("check", ".")
    assert 2 == code
    assert "a.md: cannot be read as text: it is not valid UTF-8 (byte 0xf6 at offset 2); " in err
    assert "" == out  # nothing was checked, and the error says why


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["--encoding", "latin-1"], ""),
        (["--encoding", "ISO-8859-1"], 'encoding = "utf-8"'),
        ([], 'encoding = "latin-1"'),
        ([], '[per-file-encoding]\n"old/*" = "latin-1"'),
        ([], 'encoding = "utf-8"\n[per-file-encoding]\n"*.md" = "ascii"\n"old/" = "windows-1252"'),
        (["--encoding", "latin-1"], '[per-file-encoding]\n"old/*" = "ascii"'),
    ],
)
@pytest.mark.parametrize("command", ["check", "check --fix", "inspect", "renumber", "merge", "baseline"])
def test_an_encoding_is_set(run: Run, command: str, words: list[str], text: str) -> None:
    settings(text)
    file = put("old/a.md")
    code, out, err = run(*command.split(), *words, "old/a.md")
    assert (0, "") == (code, err)
    if command == "inspect":
        assert "Müller" in out
    assert (FIXED if command == "check --fix" else TEXT) == file.read_bytes().decode("latin-1")


def test_the_nearer_settings_count(run: Run) -> None:
    settings('encoding = "ascii"\n[per-file-encoding]\n"*.md" = "ascii"')
    put("old/a.md")
    Path("old/citecheck.toml").write_text('extend = "../citecheck.toml"\nencoding = "latin-1"', encoding="utf-8")
    assert 0 == run("check", ".")[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_more_than_settings(run: Run, encoding: str) -> None:
    settings('encoding = "latin-1"')
    file = put("a.md", encoding=encoding)
    assert 0 == run("check", "--fix", "a.md")[0]
    assert FIXED.encode(encoding) == file.read_bytes()


def test_one_text_in_two_encodings_has_the_same_findings_from_the_cache(run: Run) -> None:
    settings('[per-file-encoding]\n"a.md" = "latin-1"\n"b.md" = "cp1251"')
    data = put("a.md").read_bytes()
    Path("b.md").write_bytes(data)
    for _ in range(2):
        _, out, _ = run("check", "--format", "json", ".")
        found = json.loads(out)["diagnostics"]
        assert ["CC107", "CC107"] == [each["code"] for each in found]


@pytest.mark.parametrize("words", [["--stdin-filename", "old/a.md"], ["--encoding", "latin-1"]], ids=" ".join)
def test_standard_input_is_read_in_its_encoding(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "citecheck.toml").write_text('[per-file-encoding]\n"old/*" = "latin-1"', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "citecheck", "check", "--fix", *words, "-"],
        cwd=tmp_path,
        input=TEXT.encode("latin-1"),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert (0, FIXED.encode("latin-1")) == (done.returncode, done.stdout)


def test_a_fix_whose_bytes_cannot_be_kept_is_refused(run: Run) -> None:
    text = TEXT.encode("iso2022_jp", "replace").replace(b"Das", b"\x1b$B\x1b(BDas")  # an escape that says nothing
    file = Path("a.md")
    file.write_bytes(text)
    for words in (["check", "--fix"], ["check", "--diff"]):
        code, out, err = run(*words, "--encoding", "iso-2022-jp", "a.md")
        assert (2, False) == (code, "+" in out)
        assert (
            "a.md: is left as it is: its bytes are not those that iso2022-jp has for its text; save it as UTF-8" in err
        )
    assert text == file.read_bytes()


def test_a_fix_that_its_encoding_cannot_write_is_refused(run: Run) -> None:
    entries = "".join(f"[{at}] Holt, The road {'i' * at}, 199{at}, p. {at}.\n" for at in range(1, 5))
    file = put("a.md", f"Wool, salt and tea went by road [1, 2, 3, 4].\n\n## Sources\n\n{entries}")
    settings('style = "ieee"')  # ranges with an en dash
    before = file.read_bytes()
    for words in (["check", "--fix"], ["check", "--diff"]):
        code, _, err = run(*words, "--unsafe-fixes", "--select", "CC205", "--encoding", "latin-1", "a.md")
        told = "a.md: is left as it is: latin-1 has no '\\u2013', which a fix writes; save it as UTF-8"
        assert (2, True) == (code, told in err)
    assert before == file.read_bytes()


NO_ENCODINGS = """zip bz2 hex base64 uu quopri rot13 rot_13 idna punycode undefined unicode_escape raw-unicode-escape
utf-7 utf-16 mbcs cp037 antigravity ../codecs utf9 latin-99"""


@pytest.mark.parametrize("word", [*NO_ENCODINGS.split(), "", "\0", "x" * 100_000], ids=lambda word: word[:20])
def test_only_sets_of_characters_are_encodings(run: Run, word: str) -> None:
    put("a.md")
    written = json.dumps(word)
    for text in (f"encoding = {written}", f'[per-file-encoding]\n"b.md" = {written}'):
        settings(text)
        code, out, err = run("check", ".")
        assert (2, "", 1) == (code, out, err.count("\n"))
        assert err.startswith("citecheck: citecheck.toml: no encoding is called ")
        assert len(err) < 250
    with pytest.raises(UsageError):
        codec_for(word)


def test_an_unknown_encoding_is_told_with_the_nearest(run: Run) -> None:
    message = "citecheck: no encoding is called 'windos-1252'; did you mean 'windows-1252'?\n"
    assert (2, "", message) == run("check", "--encoding", "windos-1252", ".")


@pytest.mark.parametrize(
    "word", "UTF8 utf-8-sig latin1 ISO_8859-15 windows-1252 Shift_JIS koi8-r big5 us-ascii".split()
)
def test_an_encoding_has_the_names_that_people_write(word: str) -> None:
    assert codecs.lookup(word).name.replace("-sig", "") == codecs.lookup(codec_for(word)).name


def test_an_encoding_that_does_not_fit_is_told_with_its_place() -> None:
    with pytest.raises(NotText, match=r"it is not valid ASCII \(byte 0xf6 at offset 2\)"):
        decode(TEXT.encode("latin-1"), "a.md", "ascii")


# No text ----------------------------------------------------------------------------------------------------


@pytest.fixture
def mixed(run: Run) -> Run:
    """Two documents, one of which is no text in the encoding that applies."""
    put("old.md")
    put("new.md", FIXED, "utf-8")
    return run


@pytest.mark.parametrize(
    "command",
    ["check .", "check --fix .", "check --diff .", "inspect .", "renumber .", "merge .", "check --add-ignores ."],
)
def test_a_document_that_is_no_text_may_be_a_warning(mixed: Run, command: str) -> None:
    code, _, err = mixed(*command.split())
    assert (2, True) == (code, "citecheck: old.md: cannot be read as text" in err)
    settings('unreadable = "warning"')
    code, _, err = mixed(*command.split())
    assert (0, True) == (code, "citecheck: warning: old.md: cannot be read as text" in err)


def test_it_is_counted_and_reported_as_one(mixed: Run) -> None:
    settings('unreadable = "warning"')
    report = json.loads(mixed("check", "--format", "json", ".")[1])
    assert (1, 1) == (report["summary"]["documents"], report["summary"]["unread"])
    assert [("old.md", "warning")] == [(each["path"], each["severity"]) for each in report["unread"]]
    (invocation,) = json.loads(mixed("check", "--format", "sarif", ".")[1])["runs"][0]["invocations"]
    assert (True, "warning") == (
        invocation["executionSuccessful"],
        invocation["toolExecutionNotifications"][0]["level"],
    )
    assert 'errors="0"' in mixed("check", "--format", "junit", ".")[1]
    assert "<skipped>old.md: cannot be read" in mixed("check", "--format", "junit", ".")[1]
    assert 'severity="warning"' in mixed("check", "--format", "checkstyle", ".")[1]
    assert '"severity": "WARNING"' in mixed("check", "--format", "rdjson", ".")[1]


def test_it_fails_where_warnings_do(mixed: Run) -> None:
    settings('unreadable = "warning"\nfail-on = "warning"')
    assert 1 == mixed("check", ".")[0]
    assert 0 == mixed("check", ".", "--exit-zero")[0]


def test_what_is_missing_or_too_large_stays_an_error(mixed: Run) -> None:
    settings('unreadable = "warning"')
    assert 2 == mixed("check", "gone.md")[0]
    with open("large.md", "wb") as file:
        file.truncate(1 << 30)
    assert 2 == mixed("check", "large.md")[0]
