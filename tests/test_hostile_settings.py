"""Settings, baselines and globs from strangers: one line within a second, exit status 2, no traceback, no hang."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from pathspec import GitIgnoreSpec

from citecheck.files.globs import Globs, readable

SOUND = "Flour was sold by the sack [1].\n\n## Sources\n\n1. Mill book, 1911, p. 3.\n"
PATIENCE = 20  # seconds for a whole process on a busy machine; what is refused takes it less than one

SETTINGS = {
    "lists": ("select = " + "[" * 50_000, "is nested too deeply"),
    "tables": ("severity = " + "{a = " * 20_000, "is nested too deeply"),
    "a dotted key": ("a." * 40_000 + "b = 1", "is nested too deeply"),
    "a quoted key": ('"\\"".' * 20_000 + "b = 1", "is nested too deeply"),
    "a dotted table": ("[" + "a . " * 20_000 + "b]", "is nested too deeply"),
    "a number of many digits": ("pedantic = " + "9" * 100_000, "is not TOML: Exceeds the limit"),
    "a number of 64 kilobytes": ("[options.CC504]\nmost = 0x" + "f" * 100_000, "is too great a number"),
    "much": ("#" * 200_000, "has more than 131,072 bytes, which is the most that settings may have"),
    "many numbers": ("select = [" + "1," * 60_000 + "]", "'select' must be a list of strings"),
    "a long word": ('select = ["' + "k" * 100_000 + '"]', "no rule is called 'kkkk"),
    "a long key": ("k" * 100_000 + " = 1", "no setting is called 'kkkk"),
    "no path": ('extend = "a\\u0000b"', "'extend' is not a path: 'a\\x00b'"),
    "no path of a baseline": ('baseline = "a\\u0000b"', "'baseline' is not a path: 'a\\x00b'"),
    "stars": (f'exclude = ["{"a*" * 30}b"]', "is not a valid glob: it has more than 16"),
    "stars for files": (
        f'[per-file-ignores]\n"{"a*" * 30}b" = ["CC1"]',
        "is not a valid glob: it has more than 16 stars",
    ),
    "stars for encodings": (
        f'[per-file-encoding]\n"{"a*" * 30}b" = "latin-1"',
        "is not a valid glob: it has more than 16",
    ),
    "a long glob": (
        f'exclude = ["{"?" * 5_000}"]',
        "is not a valid glob: it has more than 16 stars, or 4,096 characters",
    ),
    "another codec": ('encoding = "zip"', "no encoding is called 'zip'"),
}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "citecheck", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository of a document whose name takes long to compare."""
    (tmp_path / ".git").mkdir()
    (tmp_path / f"{'a' * 100}.md").write_text(SOUND)
    return tmp_path


@pytest.mark.parametrize(("text", "reason"), SETTINGS.values(), ids=SETTINGS)
def test_settings_that_nobody_would_write_are_one_line(folder: Path, text: str, reason: str) -> None:
    (folder / "citecheck.toml").write_text(text)
    done = run(folder, "check", ".")
    assert (2, "", 1) == (done.returncode, done.stdout, done.stderr.count("\n"))
    assert done.stderr.startswith("citecheck: citecheck.toml: ")
    assert reason in done.stderr
    assert len(done.stderr) < 400


def test_so_is_a_baseline(folder: Path) -> None:
    (folder / "citecheck-baseline.json").write_text("[" * 500_000)
    done = run(folder, "check", ".")
    told = "citecheck: citecheck-baseline.json: is not a baseline: it is nested too deeply\n"
    assert (2, "", told) == (done.returncode, done.stdout, done.stderr)


def test_so_is_a_glob_of_the_command_line(folder: Path) -> None:
    done = run(folder, "check", "--exclude", "a*" * 30 + "b", ".")
    assert (2, "", 1) == (done.returncode, done.stdout, done.stderr.count("\n"))


def test_settings_of_other_tools_are_not_judged(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("a." * 40_000 + "b = 1\n" + "#" * 500_000)
    assert 0 == run(folder, "check", ".").returncode


@pytest.mark.parametrize("glob", ["a*" * 30 + "b", "a*" * 16 + "b", "**/a*/" * 8 + "b", "*a" * 10_000])
def test_a_gitignore_holds_nobody_up(folder: Path, glob: str) -> None:
    deep = folder / "/".join(["a" * 40] * 20)
    deep.mkdir(parents=True)
    (deep / f"{'a' * 100}.md").write_text(SOUND)
    (folder / ".gitignore").write_text(f"{glob}\n")
    assert 0 == run(folder, "check", ".").returncode


@pytest.mark.parametrize(
    "glob",
    [
        "a*" * 16 + "b",
        "**/" + "a*" * 14 + "b",
        "**/a/" * 8 + "b",
        "**/a*/" * 5 + "b",
        "**/*a*/" * 4 + "b",
        "?*" * 16 + "b",
    ],
)
@pytest.mark.parametrize(
    "path", ["a" * 255, "/".join(["a" * 10] * 300), "/".join("a" * 2_000)], ids=["name", "names", "deep"]
)
def test_a_glob_takes_no_longer_than_a_path_is_long(glob: str, path: str) -> None:
    assert Globs([glob]).verdict(path) is None  # with Python's own pattern engine as it is this does not end


def test_globs_match_what_pathspec_says_they_match() -> None:
    chance = random.Random(18)
    pieces = ["a", "b", "*", "**", "?", "/", "/**/", "**/", "/*/", "[ab]", "[a-b]", ".", "ab", "*a", "a*", "\\*"]
    for _ in range(3_000):
        globs = ["".join(chance.choices(pieces, k=chance.randint(1, 8))) for _ in range(chance.randint(1, 2))]
        globs[-1] = chance.choice(["", "", "!"]) + globs[-1]
        spec, ours = GitIgnoreSpec.from_lines(globs), readable(globs)
        for _ in range(5):
            names = ["".join(chance.choices("abc*", k=chance.randint(1, 4))) for _ in range(chance.randint(1, 5))]
            path = "/".join(names) + chance.choice(["", "", "/"])
            assert spec.check_file(path).include == ours.verdict(path), (globs, path)


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("a[!b]c", "a/c", None),  # as git has it: no sign of a name is a slash
        ("a[+-9]c", "a/c", None),
        ("a[!b]c", "axc", True),
        ("[!a]*b", "c/b", None),
        ("docs/**/old/", "docs/a/old/", True),
        ("docs/**/old/", "docs/a/old", None),
        ("!*.md", "a.md", False),
    ],
)
def test_a_glob_is_a_line_of_a_gitignore(glob: str, path: str, expected: bool | None) -> None:
    assert expected is Globs([glob]).verdict(path)
