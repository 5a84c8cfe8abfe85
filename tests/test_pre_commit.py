"""The hooks, run by pre-commit itself in a scratch repository: commits that pass, are refused, and are mended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import regex

from citecheck.files.discovery import PROSE
from citecheck.readers import FORMATS

HOME = Path(__file__).parents[1]
SOUND = "Boils [1].\n\n## Sources\n\n[1] Thermometry for kitchens, 2019, p. 3.\n"
FAULTY = SOUND.replace("Boils [1]", "Boils [1], freezes [3]")
DOUBTFUL = SOUND.replace("[1].", "[1][1].")
CONFIG = """\
repos:
  - repo: {hooks}
    rev: {revision}
    hooks:
      - id: {hook}
"""

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git here")


@dataclass(frozen=True)
class Scratch:
    """A repository whose commits are checked, and the repository that the hooks come from."""

    folder: Path
    hooks: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            arguments, cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )

    def uses(self, hook: str) -> None:
        revision = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=self.hooks, encoding="utf-8").strip()
        text = CONFIG.format(hooks=self.hooks, revision=revision, hook=hook)
        (self.folder / ".pre-commit-config.yaml").write_text(text, encoding="utf-8")

    def commits(self, name: str, text: str) -> subprocess.CompletedProcess[str]:
        (self.folder / name).write_text(text, encoding="utf-8")
        self.run("git", "add", "--all")
        return self.run("git", "commit", "--message", "more")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    pytest.importorskip("pre_commit")
    root = tmp_path_factory.mktemp("hooks")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PYTHONPATH"))}
    environment |= {
        "PRE_COMMIT_HOME": str(root / "home"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PIP_NO_COMPILE": "1",  # installing takes most of the time
        **{f"GIT_{who}_{what}": "a@kitchen.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    hooks = root / "citecheck"
    hooks.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(HOME / name, hooks)
    for name in ("citecheck", "rules"):
        shutil.copytree(HOME / name, hooks / name, ignore=shutil.ignore_patterns("__pycache__"))
    made = Scratch(root / "documents", hooks, environment)
    made.folder.mkdir()
    for folder in (hooks, made.folder):
        for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--allow-empty", "-m", "first"]):
            subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)
    made.uses("citecheck")
    installed = made.run(sys.executable, "-m", "pre_commit", "install", "--install-hooks")
    if "No matching distribution" in installed.stdout or "ConnectionError" in installed.stdout:
        pytest.skip("no package index to install the hooks from")
    assert 0 == installed.returncode, installed.stdout + installed.stderr
    return made


def test_the_hooks_take_every_format_and_name_that_is_read_in_a_folder() -> None:
    text = (HOME / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (pattern,) = set(regex.findall(r"files: (.+)", text))
    names = [suffix for each in FORMATS.values() for suffix in each.suffixes if suffix]
    names += [place for name in PROSE for place in (name, name.title(), f"docs/{name}")]
    others = ["MYREADME", "README.log", "docs/NEWS.py", "md"]
    assert names == list(filter(regex.compile(pattern).search, [*names, *others]))


def test_commits_are_checked(scratch: Scratch) -> None:
    scratch.uses("citecheck")
    assert 0 == scratch.commits("sound.md", SOUND).returncode
    refused = scratch.commits("faulty.md", FAULTY)
    expected = """\
- exit code: 1

faulty.md
  1:20 error: no source is numbered 3  CC101 undefined-marker
    1 | Boils [1], freezes [3].
      |                    ^^^

1 document, 2 markers, 1 source: 1 error
"""
    assert 1 == refused.returncode
    assert expected in refused.stderr
    assert 0 == scratch.commits("faulty.md", SOUND).returncode


def test_the_fixing_hook_mends_and_fails_once(scratch: Scratch) -> None:
    scratch.uses("citecheck-fix")
    refused = scratch.commits("doubtful.md", DOUBTFUL)
    assert 1 == refused.returncode
    assert "- files were modified by this hook" in refused.stderr
    assert SOUND == (scratch.folder / "doubtful.md").read_text(encoding="utf-8")
    scratch.run("git", "add", "--all")
    assert 0 == scratch.run("git", "commit", "--message", "mended").returncode


def test_the_hooks_can_be_tried(scratch: Scratch) -> None:
    (scratch.folder / "tried.md").write_text(FAULTY, encoding="utf-8")
    command = (sys.executable, "-m", "pre_commit", "try-repo", str(scratch.hooks), "citecheck")
    tried = scratch.run(*command, "--files", "tried.md")
    assert 1 == tried.returncode
    assert "1:20 error: no source is numbered 3  CC101 undefined-marker" in tried.stdout
