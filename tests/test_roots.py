"""Links that lead out of a repository: nothing behind them is read, quoted or written, by whatever way they are met."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from citecheck.errors import UnreadableFile, UnwritableFile
from citecheck.files.decoding import Input
from citecheck.files.discovery import Exclusion, find
from citecheck.files.roots import Root, repository_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links")

SECRET = "The vault is below the mill [1][1], and its key is kept [7].\n\n## Sources\n\n1. Mill book, 1911, p. 3.\n"
SOUND = "Flour was sold by the sack [1].\n\n## Sources\n\n1. Mill book, 1911, p. 3.\n"
FIXABLE = SOUND.replace("[1].", "[1][1].")

Run = Callable[..., subprocess.CompletedProcess[str]]


class Ground:
    """A repository with links out of it, and what they lead to."""

    def __init__(self, folder: Path) -> None:
        self.outside = folder / "outside"
        self.repository = folder / "repository"
        (self.outside / ".git").mkdir(parents=True)  # another repository is no less outside
        (self.repository / ".git").mkdir(parents=True)
        (self.repository / "docs").mkdir()
        (self.outside / "secret.md").write_text(SECRET, encoding="utf-8")
        (self.repository / "sound.md").write_text(SOUND, encoding="utf-8")
        self.link("out.md", "../outside/secret.md")
        self.link("docs/absolute.md", str(self.outside / "secret.md"))
        self.link("chain.md", "docs/chain.md")
        self.link("docs/chain.md", "../through/secret.md")
        self.link("through", "../outside")
        self.link("docs/up", "../..")

    def link(self, name: str, target: str) -> None:
        """Puts a link into the repository."""
        (self.repository / name).symlink_to(target)

    def run(self, *arguments: str, input: str = "", folder: str = ".") -> subprocess.CompletedProcess[str]:
        """The command, run in the repository as users do."""
        return subprocess.run(
            [sys.executable, "-m", "citecheck", *arguments],
            cwd=self.repository / folder,
            input=input,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        )

    def untouched(self) -> bool:
        """Whether all that is outside is as it was."""
        return ["secret.md"] == [each.name for each in self.outside.iterdir() if each.name != ".git"] and SECRET == (
            self.outside / "secret.md"
        ).read_text(encoding="utf-8")


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return Ground(tmp_path)


NAMES = ["out.md", "docs/absolute.md", "chain.md", "docs/chain.md", "through/secret.md", "docs/up/outside/secret.md"]
COMMANDS = [
    "check",
    "check --fix --unsafe-fixes",
    "check --diff --unsafe-fixes",
    "check --add-ignores",
    "check --show-files",
    "check --format json",
    "check --no-cache --statistics",
    "renumber",
    "merge",
    "inspect",
    "baseline",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_link_out_is_skipped_with_a_word_in_a_walk(ground: Ground, command: str) -> None:
    done = ground.run(*command.split(), ".")
    assert 0 == done.returncode
    skipped = {
        line.partition(":")[0] for line in done.stderr.replace("citecheck: ", "").splitlines() if "skipped" in line
    }
    assert {"out.md", "docs/absolute.md", "chain.md", "docs/chain.md", "through", "docs/up"} == skipped
    assert f"out.md: is a link that points outside {ground.repository}, and is skipped" in done.stderr
    assert "vault" not in done.stdout + done.stderr
    assert ground.untouched()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_link_out_that_is_named_is_an_error(ground: Ground, command: str) -> None:
    done = ground.run(*command.split(), *NAMES)
    told = f"is a link that points outside {ground.repository}; use the real path of its target instead"
    assert (2, [f"citecheck: {name}: {told}" for name in NAMES]) == (
        done.returncode,
        [line for line in done.stderr.splitlines() if " fixed" not in line and "would change" not in line],
    )
    assert "vault" not in done.stdout + done.stderr
    assert ground.untouched()


def test_a_folder_behind_a_link_out_is_an_error(ground: Ground) -> None:
    for name in ("through", "through/", "docs/up/outside", "docs/up"):
        done = ground.run("check", "--fix", name)
        assert (2, True) == (done.returncode, "is a link that points outside" in done.stderr)
    assert ground.untouched()


def test_the_others_that_are_named_are_checked(ground: Ground) -> None:
    done = ground.run("check", "out.md", "sound.md", "--format", "json")
    report = json.loads(done.stdout)
    assert (2, 1, [None]) == (
        done.returncode,
        report["summary"]["documents"],
        [each["path"] for each in report["unread"]],
    )


def test_what_is_piped_in_has_no_name_behind_a_link_out(ground: Ground) -> None:
    done = ground.run("check", "--fix", "--stdin-filename", "through/secret.md", "-", input=FIXABLE)
    assert (2, "") == (done.returncode, done.stdout)


def test_a_file_by_its_real_path_is_checked(ground: Ground) -> None:
    assert 1 == ground.run("check", "../outside/secret.md").returncode
    assert 1 == ground.run("check", str(ground.outside)).returncode


@pytest.mark.parametrize("link", ["report.sarif", "docs/up/outside/report.sarif", "baseline.json"])
def test_no_report_and_no_baseline_is_written_through_a_link_out(ground: Ground, link: str) -> None:
    for name in ("report.sarif", "baseline.json"):
        ground.link(name, f"../outside/{name}")
    for words in (
        ["check", "--output", link],
        ["check", "--format", f"sarif:{link}"],
        ["baseline", "--baseline", link],
    ):
        done = ground.run(*words, "sound.md")
        assert (2, "") == (done.returncode, done.stdout)
        assert f"citecheck: {link}: is a link that points outside {ground.repository}; name the " in done.stderr
    assert ground.untouched()


def test_a_baseline_that_is_found_is_not_read_through_a_link_out(ground: Ground) -> None:
    (ground.outside / "known.json").write_text('{"version": 1, "files": {}}')
    ground.link("citecheck-baseline.json", "../outside/known.json")
    for words in (["check"], ["check", "--update-baseline"], ["baseline"]):
        done = ground.run(*words, "sound.md")
        assert (2, "") == (done.returncode, done.stdout)
    assert '{"version": 1, "files": {}}' == (ground.outside / "known.json").read_text()


def test_settings_behind_a_link_out_are_not_read(ground: Ground) -> None:
    (ground.outside / "citecheck.toml").write_text('select = ["vault"]')
    ground.link("docs/citecheck.toml", "../../outside/citecheck.toml")
    (ground.repository / "docs" / "a.md").write_text(SOUND)
    for name in ("docs/a.md", "through/a.md"):
        done = ground.run("settings", name if name.startswith("docs") else "through")
        assert (2, True) == (done.returncode, "is a link that points outside" in done.stderr)
        assert "vault" not in done.stderr


def test_a_gitignore_that_is_a_link_is_not_followed(ground: Ground) -> None:
    (ground.outside / "globs").write_text("*.md\n")
    ground.link(".gitignore", "../outside/globs")
    assert 0 == ground.run("check", ".").returncode


def test_nothing_of_the_repository_itself_is_a_document(ground: Ground) -> None:
    (ground.repository / ".git" / "config").write_text("token = vault [1]\n")
    (ground.repository / ".git" / "COMMIT_EDITMSG").write_text("Grind finer\n")
    ground.link("config.md", ".git/config")
    walked, named = ground.run("inspect", "."), ground.run("inspect", "config.md")
    assert "citecheck: config.md: is a link that points into .git, and is skipped\n" in walked.stderr
    assert (2, "") == (named.returncode, named.stdout)
    assert "vault" not in walked.stdout
    assert 0 == ground.run("check", ".git/COMMIT_EDITMSG").returncode  # as a hook names it


# Inside -----------------------------------------------------------------------------------------------------


@pytest.fixture
def inside(tmp_path: Path) -> Ground:
    """A repository whose links lead to its own files."""
    ground = Ground(tmp_path)
    for name in ("out.md", "docs/absolute.md", "chain.md", "docs/chain.md", "through", "docs/up"):
        (ground.repository / name).unlink()
    (ground.repository / "docs" / "real.md").write_text(FIXABLE)
    ground.link("a.md", "b.md")
    ground.link("b.md", "docs/real.md")
    ground.link("docs/z.md", "real.md")
    ground.link("manual", "docs")
    return ground


@pytest.mark.parametrize(
    "paths",
    ["a.md", "b.md docs/z.md", "manual/real.md", "manual", "docs", ". a.md", "docs/real.md manual", "manual/z.md a.md"],
)
def test_a_file_inside_is_checked_once_under_its_real_path(inside: Ground, paths: str) -> None:
    done = inside.run("check", "--format", "json", *paths.split())
    report = json.loads(done.stdout)
    assert (0, "") == (done.returncode, done.stderr)
    assert ["docs/real.md"] == [each["path"] for each in report["diagnostics"]]
    assert (2 if "." in paths.split() else 1) == report["summary"]["documents"]


def test_a_path_from_elsewhere_is_shown_from_there(inside: Ground) -> None:
    done = inside.run("check", "--show-files", "../a.md", "z.md", str(inside.repository / "b.md"), folder="docs")
    assert ["real.md"] == done.stdout.splitlines()
    done = inside.run("check", "--show-files", str(inside.repository / "a.md"))
    assert [str(inside.repository / "docs" / "real.md")] == done.stdout.splitlines()


def test_a_fix_is_written_once_and_the_links_stay(inside: Ground) -> None:
    done = inside.run("check", "--fix", "a.md", "docs/z.md", "manual")
    assert (0, True) == (done.returncode, "1 fixed" in done.stdout)
    assert SOUND == (inside.repository / "docs" / "real.md").read_text()
    assert ["b.md", "docs/real.md", "real.md"] == [
        os.readlink(inside.repository / name) for name in ("a.md", "b.md", "docs/z.md")
    ]


def test_settings_are_those_of_the_real_path(inside: Ground) -> None:
    (inside.repository / "docs" / "citecheck.toml").write_text('ignore = ["CC107"]')
    assert "no faults found" in inside.run("check", "a.md").stdout
    (inside.repository / "citecheck.toml").write_text('exclude = ["docs/"]')
    (inside.repository / "docs" / "citecheck.toml").unlink()
    assert "" == inside.run("check", "--show-files", "a.md").stdout


def test_a_link_says_how_to_read_a_file_whose_name_does_not(inside: Ground) -> None:
    (inside.repository / "docs" / "notes").write_text(SOUND)
    (inside.repository / "docs" / "page.log").write_text(SOUND)
    inside.link("notes.md", "docs/notes")
    inside.link("page.md", "docs/page.log")
    inside.link("real.txt", "docs/real.md")
    names = ["notes.md", "page.md", "real.txt"]
    found = find([str(inside.repository / name) for name in names], excluded=Exclusion(()))
    assert ["markdown"] * 3 == [each.format for each in found if isinstance(each, Input)]


def test_a_repository_that_is_itself_behind_a_link_is_checked(inside: Ground) -> None:
    (inside.outside.parent / "shortcut").symlink_to("repository")
    for name in ("shortcut", "shortcut/a.md"):
        done = inside.run("check", "--show-files", f"../../{name}", folder="docs")
        assert (0, "") == (done.returncode, done.stderr)


def test_in_no_repository_the_root_is_the_folder_that_was_named(tmp_path: Path) -> None:
    for name in ("papers/old", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "elsewhere" / "a.md").write_text(SOUND)
    (tmp_path / "papers" / "a.md").write_text(SOUND)
    (tmp_path / "papers" / "b.md").symlink_to("../elsewhere/a.md")
    (tmp_path / "papers" / "old" / "c.md").symlink_to("../a.md")
    (tmp_path / "link").symlink_to("papers")

    def names(path: str) -> list[str]:
        return [str(each if isinstance(each, Exception) else each[0]) for each in find([path], excluded=Exclusion(()))]

    papers = str(tmp_path / "papers")
    assert [f"{papers}/a.md", f"{papers}/b.md"] == names(papers)  # the second is skipped, the third the first again
    assert [f"{tmp_path}/link/a.md", f"{tmp_path}/link/b.md"] == names(str(tmp_path / "link"))
    assert names(f"{papers}/b.md")[0].startswith(f"{papers}/b.md: is a link that points outside {papers}; ")
    assert names(f"{papers}/old/c.md")[0].startswith(f"{papers}/old/c.md: is a link that points outside {papers}/old; ")


def test_a_repository_within_another_is_one_of_its_own(tmp_path: Path) -> None:
    for name in (".git", "part/.git", "part/docs"):
        (tmp_path / name).mkdir(parents=True)
    assert str(tmp_path / "part") == repository_of(str(tmp_path / "part" / "docs"))
    assert str(tmp_path) == repository_of(str(tmp_path))
    assert Root(str(tmp_path), os.path.realpath(tmp_path)) == Root.of(str(tmp_path / "a.md"))


# Between the check and the write ----------------------------------------------------------------------------


def document(ground: Ground, name: str) -> Input:
    (found,) = find([str(ground.repository / name)], excluded=Exclusion(()))
    assert isinstance(found, Input)
    return found


def test_a_file_that_becomes_a_link_is_neither_read_nor_written(ground: Ground) -> None:
    found = document(ground, "sound.md")
    (ground.repository / "sound.md").unlink()
    ground.link("sound.md", "../outside/secret.md")
    with pytest.raises(UnreadableFile, match=r"sound\.md: has become a link while it was checked; run again"):
        found.read()
    with pytest.raises(UnreadableFile):
        found.write(SECRET, SOUND)
    assert ground.untouched()


def test_a_folder_that_becomes_a_link_is_not_written_through(ground: Ground) -> None:
    (ground.repository / "work").mkdir()
    (ground.repository / "work" / "secret.md").write_text(SECRET)
    found = document(ground, "work/secret.md")
    (ground.repository / "work").rename(ground.repository / "moved")
    ground.link("work", "../outside")
    with pytest.raises(UnwritableFile, match=r"is a link that points outside .*, and is left as it is"):
        found.write(SECRET, SOUND)
    assert ground.untouched()
    assert SECRET == (ground.repository / "moved" / "secret.md").read_text()
