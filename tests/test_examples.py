"""Each document in `examples/` says exactly what `examples/expected/` says it should."""

from __future__ import annotations

from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from citecheck.cli import status

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.is_file())
PROJECTS = sorted((ROOT / "examples" / "projects").glob("*/*"))
EXPECTED = ROOT / "examples" / "expected"


@pytest.fixture(scope="module")
def report() -> list[str]:
    """What one run over the whole folder prints, a line a finding."""
    with chdir(ROOT), redirect_stdout(StringIO()) as printed:
        assert status(["check", "examples", "--format", "concise", "--exit-zero"]) == 0
    return printed.getvalue().splitlines(keepends=True)


def expected(example: Path) -> str:
    """What is to be said of an example; nothing of the folder's own index."""
    if example.name == "README.md":
        return ""
    return (EXPECTED / f"{example.name}.out").read_text(encoding="utf-8")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_example_says_what_is_expected_of_it(example: Path, report: list[str]) -> None:
    assert expected(example) == "".join(line for line in report if line.startswith(f"examples/{example.name}:"))


def test_every_expectation_belongs_to_an_example() -> None:
    names = {f"{example.name}.out" for example in EXAMPLES if example.name != "README.md"}
    names |= {f"{project.parent.name}-{project.name}.out" for project in PROJECTS}
    assert names == {path.name for path in EXPECTED.iterdir()}


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: f"{project.parent.name}-{project.name}")
def test_the_project_says_what_is_expected_of_it(project: Path, report: list[str]) -> None:
    kind, name = project.parent.name, project.name
    told = "".join(line for line in report if line.startswith(f"examples/projects/{kind}/{name}/"))
    assert (EXPECTED / f"{kind}-{name}.out").read_text(encoding="utf-8") == told
    assert bool(told) == (kind == "faulty")
