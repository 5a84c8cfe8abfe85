"""A finding may weigh less than its rule: what every report, `--fail-on`, a baseline and the cache make of that."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from citecheck.cli import status
from citecheck.model.findings import Severity

TWICE = "@book{salt, title = {Salt}, isbn = {9780802713735}}\n@book{salt, title = {Salt cellars}, year = 1980}\n"
IN_ANOTHER_CASE = "@book{salt, title = {Salt}, isbn = {9780802713735}}\n@book{SALT, title = {Cellars}, year = 1980}\n"
SELECTED = ("--select", "CC103")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(IN_ANOTHER_CASE, encoding="utf-8")
    return tmp_path


def run(*words: str) -> tuple[int, str]:
    with redirect_stdout(StringIO()) as printed:
        code = status(["check", *words, *SELECTED])
    return code, printed.getvalue()


def severities(*words: str) -> list[str]:
    return [each["severity"] for each in json.loads(run("refs.bib", "--format", "json", *words)[1])["diagnostics"]]


def test_the_lighter_of_two_severities() -> None:
    assert Severity.WARNING is Severity.ERROR.at_most(Severity.WARNING)
    assert Severity.INFO is Severity.INFO.at_most(Severity.WARNING)
    assert Severity.ERROR is Severity.ERROR.at_most(None)


def test_a_key_in_another_case_weighs_less_than_one_that_is_defined_twice(folder: Path) -> None:
    assert ["warning"] == severities()
    (folder / "refs.bib").write_text(TWICE, encoding="utf-8")
    assert ["error"] == severities()


@pytest.mark.parametrize(("set_to", "expected"), [("error", "warning"), ("warning", "warning"), ("info", "info")])
def test_settings_lower_it_further_and_never_raise_it(folder: Path, set_to: str, expected: str) -> None:
    (folder / "citecheck.toml").write_text(f'[severity]\nCC103 = "{set_to}"\n', encoding="utf-8")
    assert [expected] == severities()


@pytest.mark.parametrize(("fail_on", "expected"), [("error", 0), ("warning", 1), ("info", 1)])
def test_a_run_fails_by_the_severity_of_the_finding(fail_on: str, expected: int) -> None:
    assert expected == run("refs.bib", "--fail-on", fail_on)[0]


def test_warnings_are_counted_by_the_severity_of_the_finding() -> None:
    assert 1 == run("refs.bib", "--max-warnings", "0")[0]
    assert "1 warning" in run("refs.bib")[1]


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("text", "warning"),
        ("concise", "[warning]"),
        ("grouped", "warning"),
        ("github", "::warning "),
        ("gitlab", '"severity": "minor"'),
        ("sarif", '"level": "warning"'),
        ("rdjson", '"severity": "WARNING"'),
        ("checkstyle", 'severity="warning"'),
        ("junit", 'type="warning"'),
        ("markdown", "| warning |"),
    ],
)
def test_every_report_says_the_severity_of_the_finding(report: str, words: str) -> None:
    assert words in run("refs.bib", "--format", report)[1]


def test_the_cache_keeps_it() -> None:
    assert ["warning"] == severities() == severities()


def test_a_baseline_takes_a_finding_whatever_it_weighs(folder: Path) -> None:
    with redirect_stdout(StringIO()):
        status(["baseline", "refs.bib", *SELECTED])
    assert [] == severities()
    (folder / "refs.bib").write_text(TWICE, encoding="utf-8")
    assert ["error"] == severities()  # another label: `salt`, and not `SALT`


@pytest.mark.parametrize(
    ("named", "expected"), [("gone.bib", "error"), ("../gone.bib", "warning"), ("~/gone.bib", "warning")]
)
def test_a_bibliography_that_may_be_there_for_its_author_weighs_less(folder: Path, named: str, expected: str) -> None:
    (folder / "a.md").write_text(f"---\nbibliography: {named}\n---\n\nSo [@salt].\n", encoding="utf-8")
    printed = run("a.md", "--format", "json", "--select", "CC113")[1]
    assert [expected] == [each["severity"] for each in json.loads(printed)["diagnostics"]]
