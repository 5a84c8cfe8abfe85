"""Every machine format is what its consumers take, whatever stands in a document or in its name."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import xmlschema
from jsonschema import Draft7Validator, Draft202012Validator

from citecheck import Settings, parse
from citecheck.cli.check import Check
from citecheck.cli.declarations import parameters
from citecheck.engine.linting import lint_document
from citecheck.model.findings import Safety, Severity
from citecheck.model.results import Result, Summary
from citecheck.readers import FORMATS
from citecheck.reports import REPORTS, sarif
from citecheck.reports import locations as places
from citecheck.reports.terminal import Screen

PUBLISHED = Path(__file__).parent / "published"
NAMES = {
    "plain": "docs/kettle.md",
    "commands": "a::error file=b.md,line=1::forged%0A%25,c:d.md",
    "a line end": "a\nb\r\n::error::forged.md",
    "XML": "]]><!--<b a='1' b=\"2\">&amp;.md",
    "escapes": "a\x1b[31mred\x1b[0m\x07\x00.md",
    "emoji": "茶 👩‍👩‍👧 🫖.md",
    "no text": "a\udcff.md",
    "Markdown": "a|b`c`[d](https://example.org)@everyone <script>.md",
}
TEXTS = {
    "commands": "Boils\n::error::forged %0A %25 [3], freezes [1][1].\n",
    "XML": 'Boils [1] ]]> <!-- <b a="1"> &amp; \' [3], freezes [1][1]. <!-- c -->\n',
    "escapes": "Boils \x1b[31m \x07 \x00 \x9b1m \ufffe [3], freezes [1][1].\n",
    "emoji": "水は百度で沸く 👩‍👩‍👧 [3]。🫖 freezes [1][1].\n",
    "a lone surrogate": "Boils \ud800 [3], freezes [1][1].\n",
    "line endings": "Boils [3],\r\nfreezes\r[1][1].\r\n",
    "Markdown": "Boils | `x` [3], <script> @everyone freezes [1][1].\n",
}
LIST = '\n## Sources\n\n[1] "Thermometry |<b>::", Kitchen & Co, 2 March 2019, pp. 3-4.\n[1] "Again", 2020, p. 9.\n'
CASES = [(name, text + LIST) for name in NAMES.values() for text in TEXTS.values()]

UNREAD = [Result.unreadable("b.md", "b.md: may not be read"), Result.unreadable("", "no documents under c")]

Checked = Callable[..., str]


def results(name: str, *texts: str) -> list[Result]:
    return [lint_document(parse(text, name=name, format="markdown"), Settings()) for text in texts]


def report(format: str, every: list[Result]) -> str:
    stream = io.StringIO()
    REPORTS[format](every, stream, Screen())
    return stream.getvalue()


def valid(text: str, schema: str) -> Any:
    """What a report says, once the schema of its consumer holds of it."""
    told = json.loads(text)
    known = json.loads((PUBLISHED / schema).read_text(encoding="utf-8"))
    validator = Draft7Validator if "draft-07" in known["$schema"] else Draft202012Validator
    assert [] == [error.message for error in validator(known).iter_errors(told)]
    return told


XSD = {name: xmlschema.XMLSchema(PUBLISHED / name) for name in ("jenkins-junit.xsd", "checkstyle.xsd")}


def valid_xml(text: str, schema: str) -> ElementTree.Element:
    root = ElementTree.fromstring(text.encode("utf-8"))
    assert [] == [error.reason for error in XSD[schema].iter_errors(root)]
    return root


def test_the_help_names_every_format() -> None:
    words = parameters(Check)["format"].declared.help
    assert words.startswith(f"One of {', '.join(REPORTS)};")
    assert f"Read everything as one of {', '.join(FORMATS)}." == parameters(Check)["as_"].declared.help


@pytest.mark.parametrize(("name", "text"), CASES)
def test_sarif(name: str, text: str) -> None:
    every = results(name, text)
    (run,) = valid(report("sarif", every), "sarif-2.1.0.json")["runs"]
    assert len(every[0].diagnostics) == len(run["results"])
    assert "unicodeCodePoints" == run["columnKind"]
    for told, each in zip(run["results"], every[0].diagnostics, strict=True):
        rule = run["tool"]["driver"]["rules"][told["ruleIndex"]]
        assert (each.code, each.rule) == (rule["id"], rule["name"])
        assert rule["help"]["markdown"].startswith(f"# {each.rule} ({each.code})")
        place = told["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", place["artifactLocation"]["uri"])
        assert tuple(each.start) == (place["region"]["startLine"], place["region"]["startColumn"])
        assert len(each.related) == len(told.get("relatedLocations", ()))
        assert ("fixes" in told) == (each.fix is not None and each.fix.safety is Safety.SAFE)


def test_sarif_offers_safe_fixes_only() -> None:
    (repeated,) = (each for each in results("a.md", TEXTS["emoji"] + LIST)[0].diagnostics if each.code == "CC107")
    assert repeated.fix
    for safety in Safety:
        each = repeated._replace(fix=repeated.fix._replace(safety=safety))
        told = valid(report("sarif", [Result("a.md", (each,), Summary())]), "sarif-2.1.0.json")
        assert (safety is Safety.SAFE) == ("fixes" in told["runs"][0]["results"][0])


def test_what_has_no_address_names_none() -> None:
    every = results("a.md", TEXTS["emoji"] + LIST)
    (run,) = json.loads(report("sarif", every))["runs"]
    assert not {"informationUri", "downloadUri"} & run["tool"]["driver"].keys()
    assert {"name": "citecheck"} == json.loads(report("rdjson", every))["source"]


@pytest.mark.parametrize(
    ("format", "schema"),
    [("sarif", "sarif-2.1.0.json"), ("gitlab", "gitlab-code-quality.json"), ("rdjson", "rdjson.json")],
)
def test_a_notebook_is_reported_by_the_lines_of_its_file(format: str, schema: str) -> None:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["é boils\n", "[1][1], [3].\n"]}]
    cells.append({"cell_type": "markdown", "metadata": {}, "source": [LIST]})
    raw = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}, indent=1)
    every = [lint_document(parse(raw, name="salt.ipynb"), Settings())]
    line = raw[: raw.index("[3]")].count("\n") + 1
    assert line in [each.start.line for each in every[0].diagnostics]
    told = valid(report(format, every), schema)
    assert str(line) in re.findall(r'"(?:startLine|line|begin)": ?(\d+)', json.dumps(told))


def test_sarif_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 2)
    every = [*results("a.md", TEXTS["emoji"] + LIST), Result.unreadable("b.md", "b.md: may not be read")]
    (run,) = valid(report("sarif", every), "sarif-2.1.0.json")["runs"]
    (invocation,) = run["invocations"]
    assert ["error", "error"] == [each["level"] for each in run["results"]]
    assert not invocation["executionSuccessful"]
    unread, left_out = (each["message"]["text"] for each in invocation["toolExecutionNotifications"])
    assert "b.md: may not be read" == unread
    assert re.fullmatch(r"\d+ results are left out: a run has at most 2", left_out)


@pytest.mark.parametrize(("name", "text"), CASES)
def test_gitlab(name: str, text: str) -> None:
    told = valid(report("gitlab", results(name, text, text)), "gitlab-code-quality.json")
    prints = [each["fingerprint"] for each in told[: len(told) // 2]]
    assert len(prints) == len(set(prints))


@pytest.mark.parametrize(("name", "text"), CASES)
def test_junit(name: str, text: str) -> None:
    every = [*results(name, text, "Boils.\n"), Result.unreadable(name, f"{name}: gone")]
    root = valid_xml(report("junit", every), "jenkins-junit.xsd")
    assert len(every[0].diagnostics) == len(root.findall("testsuite/testcase/failure"))
    assert 1 == len(root.findall("testsuite/testcase/error"))
    assert str(len(every[0].diagnostics) + 2) == root.get("tests")


@pytest.mark.parametrize(("name", "text"), CASES)
def test_checkstyle(name: str, text: str) -> None:
    every = [*results(name, text), *UNREAD]
    root = valid_xml(report("checkstyle", every), "checkstyle.xsd")
    *told, unread, other = [each.get("message") for each in root.iter("error")]
    assert [each.message for each in every[0].diagnostics] == told
    assert ["b.md: may not be read", "no documents under c"] == [unread, other]
    assert ["b.md", "citecheck"] == [each.get("name") for each in root][-2:]


@pytest.mark.parametrize(("name", "text"), CASES)
def test_rdjson(name: str, text: str) -> None:
    (every,) = results(name, text)
    *told, unread, other = valid(report("rdjson", [every, *UNREAD]), "rdjson.json")["diagnostics"]
    assert ("b.md: may not be read", "b.md") == (unread["message"], unread["location"]["path"])
    assert "no documents under c" == other["message"]
    lines = re.split(rb"(?<=\n)|(?<=\r)(?!\n)", text.encode("utf-8", "surrogatepass"))
    for each, diagnostic in zip(told, every.diagnostics, strict=True):
        place = each["location"]["range"]
        start, end = place["start"], place["end"]
        if start["line"] == end["line"]:
            seen = lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1]
            assert diagnostic.span.of(text) == seen.decode("utf-8", "surrogatepass")


COMMAND = re.compile(
    r"::(?P<kind>error|warning|notice|debug|set-output|add-mask)(?: (?P<properties>[^:]*))?::(?P<data>.*)"
)


def commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """The workflow commands of a log, as a runner reads it: line by line."""
    for line in re.split(r"\r\n|\n|\r", text):
        if "::" in line:
            found = COMMAND.fullmatch(line)
            assert found, line
            pairs = (pair.split("=", 1) for pair in (found["properties"] or "").split(",") if pair)
            yield found["kind"], {key: unescaped(value) for key, value in pairs}, unescaped(found["data"])


def unescaped(value: str) -> str:
    for code, sign in {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}.items():
        value = value.replace(code, sign)
    return value


@pytest.mark.parametrize(("name", "text"), CASES)
def test_github(name: str, text: str) -> None:
    (every,) = results(name, text)
    log = report("github", [every])
    assert "\x1b" not in log
    told = list(commands(log))
    assert len(every.diagnostics) == len(told)
    if "\x1b" not in name and "\udcff" not in name:
        assert {places.relative(name)} == {properties["file"] for _, properties, _ in told}
    assert {each.message for each in every.diagnostics} == {data for _, _, data in told}


def test_github_shows_ten_of_a_kind_and_says_how_many_more() -> None:
    (every,) = results("a.md", "Boils " + " ".join(f"[{number}]." for number in range(3, 40)) + LIST)
    (first, *_) = every.diagnostics
    many = tuple(first._replace(severity=severity) for severity in Severity for _ in range(12))
    told = list(commands(report("github", [Result("a.md", many, Summary())])))
    assert [10, 10, 10] == [sum(kind == each for kind, _, _ in told) for each in ("error", "warning", "notice")]
    expected = "2 more errors and 2 more warnings and 3 more infos not shown here: GitHub shows ten annotations"
    assert told[-1][2].startswith(expected)


@pytest.mark.parametrize(("name", "text"), CASES)
def test_markdown(name: str, text: str) -> None:
    (every,) = results(name, text)
    table = report("markdown", [every])
    rows = table.split("\n\n", 1)[1].splitlines()
    assert len(every.diagnostics) + 2 == len(rows)
    assert {5} == {row.count("|") for row in rows}
    assert not re.search(r"<|`|@|\x1b|\]\(", table)


def test_markdown_ends_before_a_comment_is_full() -> None:
    (every,) = results("a.md", TEXTS["emoji"] + LIST)
    many = Result("a.md", every.diagnostics * 500, Summary())
    table = report("markdown", [many])
    assert len(table) < 65_536
    left_out = re.search(r"and ([\d,]+) more findings, which do not fit here\n\Z", table)
    assert left_out
    assert len(many.diagnostics) == table.count("\n| ") - 2 + int(left_out[1].replace(",", ""))


@pytest.mark.parametrize(("name", "text"), CASES)
def test_jsonl(name: str, text: str) -> None:
    every = results(name, text)
    *diagnostics, last = [json.loads(line) for line in report("jsonl", every).splitlines()]
    assert json.loads(report("json", every)) == {**last, "diagnostics": diagnostics}


@pytest.mark.parametrize("format", REPORTS)
def test_nothing_found_is_a_report_too(format: str) -> None:
    assert report(format, results("a.md", "Boils [1].\n\n## Sources\n\n[1] Heat, 2019, p. 3.\n")).endswith("\n")
    assert report(format, []).endswith("\n")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_fingerprints_stay_when_lines_are_put_above(text: str) -> None:
    def fingerprints(text: str) -> tuple[list[str], list[str]]:
        every = results("a.md", text)
        (run,) = json.loads(report("sarif", every))["runs"]
        gitlab = [each["fingerprint"] for each in json.loads(report("gitlab", every))]
        return [each["partialFingerprints"]["citecheck/v1"] for each in run["results"]], gitlab

    above = "".join(f"A line that says nothing, number {number}.\n\n" for number in range(10))
    assert fingerprints(text + LIST) == fingerprints(above + text + LIST)
