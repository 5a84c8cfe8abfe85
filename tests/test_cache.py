"""Results kept from run to run: found again, never trusted, never in the way."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck import Settings
from citecheck.cli import status
from citecheck.engine.linting import lint_document
from citecheck.execution.cache import Cache, decoded, encoded
from citecheck.files.writing import FOLDER
from citecheck.model.results import Result
from citecheck.recognition import parse

SOUND = "Boils [1].\n\n## Sources\n\n[1] Thermometry for kitchens, 2019, p. 3.\n"
FAULTY = SOUND.replace("Boils [1]", "Boils [1][1], freezes [3]")
PACK = Path(FOLDER, "results-3")
KILLS = int(os.environ.get("CITECHECK_TEST_KILLS", "5"))

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """The command in a folder of two documents: its status, and what it prints."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sound.md").write_text(SOUND, encoding="utf-8")
    (tmp_path / "faulty.md").write_text(FAULTY, encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str, str]:
        code = status(["check", *arguments])
        return code, *capsys.readouterr()

    yield run
    os.chmod(tmp_path, 0o700)


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets no document be checked from now on."""

    def forbid(*_: object, **__: object) -> None:
        raise AssertionError("a document was checked anew")

    return lambda: monkeypatch.setattr("citecheck.engine.linting.lint_document", forbid)


def result(text: str, name: str = "a.md") -> Result:
    return lint_document(parse(text, name=name, format="markdown"), Settings(pedantic=True))


@pytest.mark.parametrize("format", ["text", "concise", "json", "sarif", "rdjson", "gitlab"])
def test_what_is_kept_says_the_same(format: str, run: Run, unread: Callable[[], None]) -> None:
    first = run("--format", format)
    unread()
    assert first == run("--format", format)


def test_a_result_survives_being_kept() -> None:
    for example in sorted(Path("examples").glob("*.md")):
        expected = result(example.read_text(encoding="utf-8"))
        text = expected.text if expected.diagnostics else ""
        assert expected == decoded(encoded(expected), "a.md", text, "markdown")


def test_a_copy_is_known_under_its_own_path(run: Run, unread: Callable[[], None]) -> None:
    run()
    Path("faulty.md").rename("other.md")
    unread()
    _, out, _ = run("--format", "concise")
    assert "other.md:1:23: CC101 [error] no source is numbered 3\n" in out
    assert "faulty" not in out


@pytest.mark.parametrize("arguments", [("--select", "CC3"), ("--pedantic",), ("--as", "text"), ("--no-cache",)])
def test_another_question_is_asked_anew(arguments: tuple[str, ...], run: Run, unread: Callable[[], None]) -> None:
    run()
    unread()
    code, _, err = run(*arguments)
    assert 2 == code
    assert "a document was checked anew" in err


def test_a_changed_document_is_checked_anew(run: Run) -> None:
    assert 1 == run()[0]
    Path("faulty.md").write_text(SOUND, encoding="utf-8")
    assert 0 == run()[0]


def test_no_cache_leaves_no_trace(run: Run) -> None:
    run("--no-cache")
    assert not Path(FOLDER).exists()


def test_git_ignores_the_folder(run: Run) -> None:
    run()
    assert "*\n" == Path(FOLDER, ".gitignore").read_text(encoding="utf-8")
    assert (
        Path(FOLDER, "CACHEDIR.TAG")
        .read_text(encoding="utf-8")
        .startswith("Signature: 8a477f597d28d172789f06886806bc55")
    )


@pytest.mark.parametrize("comment", ["", " <!-- citecheck: ignore CC310 -->"], ids=["told", "silenced"])
def test_a_date_that_is_still_to_come_is_kept_for_a_day(comment: str, run: Run) -> None:
    Path("sound.md").unlink()
    Path("faulty.md").write_text(
        "Boils [1].\n\n## Sources\n\n"
        f"[1] “Boiling” The Kettle, accessed 3 May 2999, https://kettle.net/boiling{comment}\n",
        encoding="utf-8",
    )
    assert ("CC310" in run("--format", "concise")[1]) is not bool(comment)
    (key,) = Cache(FOLDER)._kept
    assert Cache(FOLDER).get(key)
    later = Cache(FOLDER)
    later._today = "2999-05-04"
    assert later.get(key) is None


@pytest.mark.parametrize("size", [0, 4, 9, 40, -1, -20])
def test_a_file_that_was_cut_counts_for_nothing(size: int, run: Run) -> None:
    expected = run()
    PACK.write_bytes(PACK.read_bytes()[:size])
    assert expected == run()
    assert expected == run()


SPAN, NUMBERS = [0, 5], [1, 1, 1, 1, 1, 0, 0]
VERIFIED: list[object] = [
    *("figure", "unknown", "https://a.example", ["1"], SPAN, "5 %", "not-pinned", "", None, False, None, "")
]
FIX: list[object] = ["delete it", [[SPAN, ""]], "safe", []]
FINDING: list[object] = ["CC101", "error", "forged", "3", SPAN, [[SPAN, "here"]], FIX]
FORMATS = ["text", "concise", "grouped", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "checkstyle"]


def with_(place: int, value: object, parts: Sequence[object] = FINDING) -> list[object]:
    """A finding, or what is in it, with something else in a place."""
    return [*parts[:place], value, *parts[place + 1 :]]


ODD_VALUES: Sequence[object] = (7, [[]], True)
EMPTY: Sequence[object] = ([], {})
ODD_PARTS: Sequence[object] = (7, [[]])
ODD = [
    *(
        b"",
        b"{}",
        b"[" * 5000,
        b"null",
        b'[["a"],[],false,[]]',
        b"\xff",
        b"[[-1],[],true,[]]",
        b"[[],[]]",
        b"[[1,2],[[1]]]",
        b"[1e400,[]]",
    ),
    *(
        json.dumps([with_(place, odd, NUMBERS), [], False, []]).encode()
        for place in (0, 6)
        for odd in (-1, True, 1.5, "1", 10**12)
    ),
    *(
        json.dumps([NUMBERS, [finding], False, []]).encode()
        for finding in (
            *(with_(place, odd) for place in range(7) for odd in ODD_VALUES),
            *(with_(place, odd) for place in (0, 1, 2, 3, 4, 6) for odd in EMPTY),
            *(with_(place, None) for place in (0, 1, 2, 4, 5)),
            *(with_(0, code) for code in ("CC000", "CC999", "cc101", "", "../../x", "CC101-undefined-marker")),
            with_(1, "fatal"),
            *(with_(4, span) for span in ([5, 0], [-1, 5], [0, 10**6], [0], [0, 5, 9], [0.0, 5], ["0", "5"])),
            *(with_(5, [related]) for related in ([[0, 10**6], "here"], [SPAN], [SPAN, 7], [SPAN, "here", 1])),
            *(with_(6, with_(place, odd, FIX)) for place in range(4) for odd in (7, [[SPAN]], None)),
            with_(6, with_(1, [[SPAN, "a"], [[2, 7], "b"]], FIX)),
            with_(6, with_(3, [[SPAN, [0, 10**6]]], FIX)),
            FINDING[:-1],
            [*FINDING, 1],
        )
    ),
    *(
        json.dumps([NUMBERS, [], False, [verified]]).encode()
        for verified in (
            *(with_(place, odd, VERIFIED) for place in (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11) for odd in ODD_PARTS),
            with_(4, [0, 10**6], VERIFIED),
            VERIFIED[:-1],
            [*VERIFIED, ""],
        )
    ),
]


def forge(entry: bytes) -> None:
    """Puts an entry in the place of all that are kept."""
    keys = [line[:32] for line in PACK.read_bytes()[:-9].splitlines()]
    body = b"".join(key + b" - " + entry + b"\n" for key in keys)
    PACK.write_bytes(body + b"%08x\n" % zlib.crc32(body))


@pytest.mark.parametrize("format", FORMATS)
def test_what_a_forged_file_says_is_told_where_it_could_be_true(format: str, run: Run) -> None:
    run("--format", format)
    forge(json.dumps([NUMBERS, [FINDING], False, []]).encode())
    assert "forged" in run("--format", format)[1]


def test_odd_entries_of_a_forged_file_count_for_nothing(run: Run) -> None:
    Path("sound.md").unlink()
    expected = {format: run("--format", format, "--no-cache") for format in FORMATS}
    for number, entry in enumerate(ODD):
        run()
        forge(entry)
        format = FORMATS[number % len(FORMATS)]
        assert expected[format] == run("--format", format), entry


@pytest.mark.skipif(os.name == "nt", reason="modes")
def test_nobody_else_may_look_into_the_folder(run: Run) -> None:
    run()
    assert 0o700 == Path(FOLDER).stat().st_mode & 0o777
    Path(FOLDER).chmod(0o777)
    Path("sound.md").write_text(FAULTY, encoding="utf-8")
    PACK.unlink()
    run()
    assert 0o700 == Path(FOLDER).stat().st_mode & 0o777


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reading_of_an_entry(entry: bytes) -> None:
    try:
        decoded(entry, "a.md", "", "markdown")
    except ValueError:
        return


@pytest.mark.skipif(os.name == "nt", reason="links")
@pytest.mark.parametrize("linked", ["folder", "file"])
def test_a_link_is_not_followed(linked: str, run: Run, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "results-3").write_text("mine", encoding="utf-8")
    if linked == "folder":
        Path(FOLDER).symlink_to(outside)
    else:
        Path(FOLDER).mkdir()
        PACK.symlink_to(outside / "results-3")
    expected = run("--exclude", "outside")
    assert expected == run("--exclude", "outside")
    assert ["results-3"] == os.listdir(outside)
    assert "mine" == (outside / "results-3").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_no_error(run: Run, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert (1, "") == run("--quiet", "--format", "concise")[::2]


def test_what_was_used_longest_ago_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citecheck.execution.cache._LARGEST", 1_000)
    folder = str(tmp_path / FOLDER)
    kept: set[bytes] = set()
    for round in range(3):
        cache = Cache(folder)
        for number in range(30):
            cache.put(b"%032x" % (100 * round + number), encoded(result(SOUND)))
        cache.save()
        kept = set(Cache(folder)._kept)
        assert (tmp_path / FOLDER / "results-3").stat().st_size <= 1_009
    assert kept <= {b"%032x" % (200 + number) for number in range(30)}


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_killed_writers_break_nothing(tmp_path: Path) -> None:
    """Two runs over one cache, one of them killed at any moment; `CITECHECK_TEST_KILLS` says how often."""
    dice = random.Random(7)
    for number in range(60):
        text = (FAULTY if number % 3 else SOUND).replace("Boils", f"Boils {number}")
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "citecheck", "check", "--format", "json", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    expected, _ = start().communicate()
    for kill in range(KILLS):
        (tmp_path / "new.md").write_text(SOUND.replace("Boils", f"Boils {kill}"), encoding="utf-8")
        if kill % 4 == 0 and (tmp_path / PACK).exists():
            (tmp_path / PACK).unlink()
        victim, other = start(), start()
        time.sleep(dice.uniform(0.0, 0.6))
        victim.send_signal(signal.SIGKILL)
        out, err = other.communicate()
        victim.communicate()
        assert (1, b"") == (other.returncode, err)
        told = [each for each in json.loads(out)["diagnostics"] if each["path"] != "new.md"]
        assert json.loads(expected)["diagnostics"] == told
        Cache(str(tmp_path / FOLDER))
    left = [name for name in os.listdir(tmp_path / FOLDER) if not name.startswith((".gitignore", "CACHEDIR"))]
    assert "results-3" in left
