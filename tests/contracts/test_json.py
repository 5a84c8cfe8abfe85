"""The promised fields of the JSON reports, and that nothing in a document can break or forge them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from citecheck import Settings, __version__, parse
from citecheck.cli import status
from citecheck.engine.linting import lint_document
from citecheck.model.results import Result
from citecheck.reports import INSPECTIONS, REPORTS
from citecheck.reports.terminal import Screen

HERE = Path(__file__).parent
HOSTILE = {
    "markup": "Boils [red] [/] [bold]x[/bold] [3], freezes [1][1].\n",
    "terminal escapes": "Boils \x1b[31mred\x1b[0m \x9b1m \x07 \x00 [3], freezes [1][1].\n",
    "wide characters": "水は百度で沸く [3]。👩‍👩‍👧 freezes [1][1].\n",
    "bidirectional marks": "Boils \u202e[3]\u202c, \u200bfreezes\ufeff [1][1].\n",
    "quotes": "Boils \"\\\" [3], freezes\u2028 '[1][1]'.\n",
    "a lone surrogate": "Boils \ud800 [3], freezes [1][1].\n",
    "line endings": "Boils [3],\r\nfreezes\r[1][1].\r\n",
}
LIST = """
<!-- citecheck: ignore CC102 -->

## Sources

[1] "Thermometry [red]", *Kitchen* \x1b[0m, 2 March 2019, https://a.example/[1] doi:10.1000/182.
[2] 引用 [/].
[1] "Again", 2020.
"""
NAME = "a\n[red]\x1b[31m\udcff 水.md"


def valid(text: str, schema: str) -> Any:
    """What a report says, once it is known to keep the promises of a schema."""
    assert text.isascii()  # no terminal and no encoding can make anything else of it
    report = json.loads(text)
    promises = json.loads((HERE / f"{schema}.schema.json").read_text(encoding="utf-8"))
    assert [] == list(Draft202012Validator(promises).iter_errors(report))
    return report


def checked(*texts: str) -> Any:
    results = [lint_document(parse(text, name=NAME, format="markdown"), Settings()) for text in texts]
    stream = io.StringIO()
    REPORTS["json"](results, stream, Screen())
    return valid(stream.getvalue(), "check")


def inspected(*texts: str) -> Any:
    stream = io.StringIO()
    INSPECTIONS["json"]([parse(text, name=NAME, format="markdown") for text in texts], stream, Screen())
    return valid(stream.getvalue(), "inspect")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_check_keeps_its_promises(text: str) -> None:
    report = checked(text + LIST)
    assert __version__ == report["version"]
    assert {"CC101", "CC102", "CC103", "CC107", "CC304", "CC901"} == {each["code"] for each in report["diagnostics"]}
    assert {NAME} == {each["path"] for each in report["diagnostics"]}


def test_check_of_nothing_keeps_its_promises() -> None:
    assert [] == checked()["diagnostics"]
    assert {0} == set(checked()["summary"].values())


def test_what_could_not_be_read_is_told() -> None:
    stream = io.StringIO()
    unread = [Result.unreadable("a.md", "a.md: may not be read"), Result.unreadable("", "no documents under b")]
    REPORTS["json"](unread, stream, Screen())
    report = valid(stream.getvalue(), "check")
    assert ([], 2) == (report["diagnostics"], report["summary"]["unread"])
    expected = [("a.md", "a.md: may not be read"), (None, "no documents under b")]
    assert expected == [(each["path"], each["message"]) for each in report["unread"]]


def test_a_diagnostic_says_all_that_is_known() -> None:
    text = "Boils [1] [1], 水 [3].\n\n[1]: https://a.example\n"
    repetition, undefined = checked(text)["diagnostics"]
    assert {
        "path": NAME,
        "code": "CC101",
        "rule": "undefined-marker",
        "severity": "error",
        "message": "no source is numbered 3",
        "label": "3",
        "line": 1,
        "column": 18,
        "end_line": 1,
        "end_column": 21,
        "start": 17,
        "end": 20,
        "related": [],
        "fix": None,
        "url": None,
    } == undefined
    (related,) = repetition["related"]
    assert {"message", "line", "column", "end_line", "end_column"} == related.keys()
    (edit,) = repetition["fix"]["edits"]
    assert "Boils [1], 水 [3]." == text[: edit["start"]] + edit["text"] + text[edit["end"] :].partition("\n")[0]


def test_the_summary_counts() -> None:
    text = "Boils [1, 1].\n\n<!-- citecheck: ignore -->\nFreezes [3].\n\nDries.\n\n## Sources\n\n[1] Heat.\n"
    assert {
        "documents": 2,
        "markers": 4,
        "citations": 6,
        "sources": 2,
        "claims": 6,
        "covered_claims": 4,
        "errors": 0,
        "warnings": 2,
        "infos": 0,
        "suppressed": 2,
        "unread": 0,
        "not_understood": 0,
        "baselined": 0,
        "untouched": 0,
        "asked": 0,
        "ok": 0,
        "wrong": 0,
        "unknown": 0,
    } == checked(text, text)["summary"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_inspect_keeps_its_promises(text: str) -> None:
    (document,) = inspected(text + LIST)["documents"]
    whole = text + LIST
    assert (NAME, "markdown") == (document["path"], document["format"])
    for marker in document["markers"]:
        assert marker["text"] == whole[marker["start"] : marker["end"]]


def test_inspect_of_nothing_keeps_its_promises() -> None:
    assert {"documents": []} == inspected()


def test_inspect_says_what_is_not_understood() -> None:
    (document,) = inspected("It is known [@quill1971]. It was measured [@sarto1988].\n")["documents"]
    expected = {"shape": "pandoc-key", "uses": 2, "text": "[@quill1971]"}
    assert [{**expected, "line": 1, "column": 13, "start": 12, "end": 24}] == document["not_understood"]


def test_inspect_says_all_that_is_known() -> None:
    text = "Water boils [1, 2-3].\n\n## Sources\n\n[1] “Heat” Kitchen, 2 Mar. 2023, https://a.example\n[2] B.\n[3] C.\n"
    (document,) = inspected(text)["documents"]
    assert [
        {"text": "[1, 2-3]", "line": 1, "column": 13, "start": 12, "end": 20, "labels": ["1", "2", "3"]},
    ] == document["markers"]
    (claim,) = document["claims"]
    assert (["1", "2", "3"], True, 1, 1, 0) == tuple(
        claim[key] for key in ("labels", "covered", "line", "column", "start")
    )
    (listing,) = document["source_lists"]
    assert ("Sources", "1", 3) == (listing["heading"], listing["first_label"], listing["line"])
    assert ["1", "2", "3"] == [source["label"] for source in listing["sources"]]
    assert (5, 1, "https://a.example") == tuple(listing["sources"][0][key] for key in ("line", "column", "url"))


@pytest.mark.parametrize("words", ["rules", "rule CC101 CC504", "settings", "check --statistics", "settings a.md"])
def test_what_else_is_an_object_keeps_its_promises(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(HOSTILE["quotes"] + LIST, encoding="utf-8")
    given = 'rules-url = "https://docs.example/{code}"\nlanguage = "en"\n[options.CC504]\nmost = 7\n'
    (tmp_path / "citecheck.toml").write_text(given, encoding="utf-8")
    status([*words.split(), "--format", "json"])
    schema = "statistics" if "--statistics" in words else f"{words.split()[0].rstrip('s')}s"
    told = valid(capsys.readouterr().out, schema)
    assert all(each["url"].startswith("https://docs.example/CC") for each in told.get("statistics", []))
    assert any(told[schema])
