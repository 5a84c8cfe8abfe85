"""The action and the snippets for continuous integration: what their consumers take, and the action's script itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

HOME = Path(__file__).parents[1]
CI = HOME / "examples" / "ci"
FAULTY = "Boils [1], freezes [3].\n\n## Sources\n\n[1] Thermometry for kitchens, 2019, p. 3.\n"


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-actions", [HOME / "action.yml"]),
        ("github-workflows", [*sorted(CI.glob("github-*.yml")), CI / "reviewdog.yml"]),
        ("gitlab-ci", [CI / "gitlab-ci.yml"]),
    ],
)
def test_snippets_keep_to_the_schemas_of_their_consumers(schema: str, files: list[Path]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, files)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (0, "ok -- validation done\n") == (done.returncode, done.stdout)


def test_the_hooks_keep_to_their_schema() -> None:
    hooks = YAML(typ="safe").load(HOME / ".pre-commit-hooks.yaml")
    schema = json.loads((HOME / "tests/contracts/published/pre-commit-hooks.json").read_text(encoding="utf-8"))
    assert [] == [error.message for error in Draft7Validator(schema).iter_errors(hooks)]
    assert ["citecheck", "citecheck-fix"] == [hook["id"] for hook in hooks]


def test_a_source_distribution_has_what_its_tests_read() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {"/.ci/run", "/.pre-commit-hooks.yaml", "/action.yml"} <= set(included)


@pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="no bash here")
def test_the_action_reads_its_inputs_as_words_only(tmp_path: Path) -> None:
    *_, step = YAML(typ="safe").load(HOME / "action.yml")["runs"]["steps"]
    command = tmp_path / "citecheck"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m citecheck "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in ("a b.md", "-o.md", "$(touch forged).md"):
        (folder / name).write_text(FAULTY, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(HOME),
        "CITECHECK": str(command),
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "PATHS": "a b.md\n-o.md\n$(touch forged).md\n",
        "ARGS": "--fail-on warning $(touch-forged) ;",
        "SARIF": "out.sarif",
        "SUMMARY": "true",
    }
    script = [shutil.which("bash") or "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    refused = subprocess.run(script, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (2, []) == (refused.returncode, list(folder.glob("forged")))  # `;` names no file
    environment["ARGS"] = "--fail-on\n  warning\n\n--exit-zero\n"
    assert 0 == subprocess.run(script, cwd=folder, env=environment, capture_output=True, check=False).returncode
    environment["ARGS"] = ""
    done = subprocess.run(script, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (1, 3) == (done.returncode, done.stdout.count("::error file="))
    assert 3 == len(json.loads((folder / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"])
    assert "3 documents, 6 markers, 3 sources: 3 errors" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert [] == list(folder.glob("forged"))
