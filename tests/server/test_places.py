"""Odd texts: what an editor is told is at the places that the command line tells, whatever the editor counts in."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import citecheck
from citecheck.server.texts import Change, Place, Positions, Stretch, changed, unmarked
from citecheck.text.lines import LineIndex
from citecheck.text.units import Unit, code_units
from tests.server.client import PULLING, Client, session

EDITS = int(os.environ.get("CITECHECK_EDITS", "60"))
PLAIN = """\
# Kettles {odd}

Water{odd} boils 😀 [1] and freezes [3]. Steam is hot [1, 2][^n].{odd}

## Sources

[1] Ada Lovelace. "Thermometry for kitchens" 😀. https://heat.museum/a, 2019.
[2] Charles Babbage. "On boiling", 2020.
[5] Mary Somerville. "Cold", 2021.

[^n]: A remark.
"""
ODD = {
    "plain": PLAIN.format(odd=""),
    "crlf": PLAIN.format(odd="").replace("\n", "\r\n"),
    "cr": PLAIN.format(odd="").replace("\n", "\r"),
    "mark": "\ufeff" + PLAIN.format(odd=""),
    "astral": PLAIN.format(odd=" \U00020000é"),
    "form-feed": PLAIN.format(odd=" \f \v \x85"),
    "separator": PLAIN.format(odd=" \u2028 \u2029"),
    "lone-cr": PLAIN.format(odd="\r"),
}
EVERY_TEXT = pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("odd")


@pytest.fixture(scope="module")
def clients(folder: Path) -> Iterator[dict[Unit, Client]]:
    with ExitStack() as stack:
        yield {
            unit: stack.enter_context(session(folder, {"general": {"positionEncodings": [unit.value]}}))
            for unit in Unit
        }


def place(text: str, offset: int, unit: Unit) -> tuple[int, int]:
    """Where an offset is, told from the text itself."""
    head = text[:offset]
    lines = head.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines) - 1, code_units(lines[-1], unit)


def at(position: dict[str, int]) -> tuple[int, int]:
    return position["line"], position["character"]


@lru_cache
def told_by_command(file: Path, text: str) -> list[dict[str, Any]]:
    file.write_bytes(text.encode())
    command = [sys.executable, "-m", "citecheck", "check", "--format", "json", "--no-cache", file.name]
    run = subprocess.run(command, capture_output=True, check=False, cwd=file.parent)
    found: list[dict[str, Any]] = json.loads(run.stdout)["diagnostics"]
    return found


@EVERY_TEXT
@pytest.mark.parametrize("unit", Unit)
def test_findings_are_where_the_command_line_has_them(
    clients: dict[Unit, Client], folder: Path, text: str, unit: Unit
) -> None:
    file = folder / "same.md"
    lines = LineIndex(body := unmarked(text))
    mark = len(text) - len(body)
    expected = []
    for each in told_by_command(file, text):
        ends = []
        for end in ("", "end_"):
            line, column = each[f"{end}line"], each[f"{end}column"]
            start = lines.starts[line - 1]
            shift = mark if line == 1 else 0
            ends.append(
                (line - 1, code_units(body[start : start + column - 1], unit) + shift * code_units("\ufeff", unit))
            )
        expected.append((each["code"], *ends))
    client = clients[unit]
    told = len(client.told)
    client.open(file.as_uri(), text)
    found = client.published(file.as_uri(), 1, since=told)
    client.close(file.as_uri())
    assert expected
    assert expected == [(each["code"], at(each["range"]["start"]), at(each["range"]["end"])) for each in found]


@EVERY_TEXT
@pytest.mark.parametrize("unit", Unit)
def test_every_request_is_answered_about_the_right_place(
    clients: dict[Unit, Client], folder: Path, text: str, unit: Unit
) -> None:
    client, uri = clients[unit], (folder / "asked.md").as_uri()
    client.open(uri, text)
    one, two = text.index("[1]") + 1, text.index("[1,") + 1
    entry = text.index("[1] Ada") + 1
    line, column = place(text, one, unit)

    def span(range: dict[str, Any]) -> tuple[tuple[int, int], tuple[int, int]]:
        return at(range["start"]), at(range["end"])

    def label(offset: int) -> tuple[tuple[int, int], tuple[int, int]]:
        return place(text, offset, unit), place(text, offset + 1, unit)

    assert label(one) == span(client.at("hover", uri, line, column)["range"])
    assert [label(entry)] == [span(each["range"]) for each in client.at("definition", uri, line, column)]
    places = client.at("references", uri, line, column, context={"includeDeclaration": True})
    assert [label(one), label(two), label(entry)] == [span(each["range"]) for each in places]
    assert [label(one), label(two), label(entry)] == [
        span(each["range"]) for each in client.at("documentHighlight", uri, line, column)
    ]
    assert label(one) == span(client.at("prepareRename", uri, line, column)["range"])
    (renamed,) = client.at("rename", uri, line, column, newName="9")["documentChanges"]
    assert [label(one), label(two), label(entry)] == [span(each["range"]) for each in renamed["edits"]]
    offers = client.at("completion", uri, line, column)
    assert [place(text, one, unit)] * 2 == list(span(offers[0]["textEdit"]["range"]))
    document = {"textDocument": {"uri": uri}}
    (sources, _) = client.ask("textDocument/documentSymbol", document)
    assert label(entry) == span(sources["children"][0]["selectionRange"])
    (link,) = client.ask("textDocument/documentLink", document)
    start = text.index("https://")
    assert (place(text, start, unit), place(text, start + len("https://heat.museum/a"), unit)) == span(link["range"])
    lenses = client.ask("textDocument/codeLens", document)
    assert label(entry) == span(lenses[0]["range"])
    client.close(uri)


def random_change(chance: random.Random, text: str, unit: Unit) -> Change:
    """A change that an editor may make of a text: now and then a whole line, mostly a few signs."""
    ends = sorted(chance.choices(range(len(text) + 1), k=2))
    start, end = (each - (text[each - 1 : each + 1] == "\r\n") for each in ends)
    if end - start > 40:
        end = start
    words = "".join(
        chance.choices(
            ["[1]", "[3]", " ", "x.", "\n", "\r\n", "\r", "\f", "\u2028", "😀", "é", "\n\n[7] Seven.\n"], k=2
        )
    )
    return Change(words, Stretch(Place(*place(text, start, unit)), Place(*place(text, end, unit))))


@pytest.mark.parametrize("unit", Unit)
def test_after_random_edits_the_findings_are_those_of_lint(folder: Path, unit: Unit) -> None:
    chance = random.Random(unit.value)
    with session(folder, PULLING, {"general": {"positionEncodings": [unit.value]}}) as client:
        uri, text = (folder / "typed.md").as_uri(), ODD["plain"]
        client.open(uri, text)
        for number in range(2, EDITS + 2):
            change = random_change(chance, text, unit)
            assert change.stretch
            start, end = change.stretch
            stretch = {"start": start._asdict(), "end": end._asdict()}
            client.change(uri, number, {"range": stretch, "text": change.words})
            text = changed(text, [change], unit)
            if len(text) > 3_000:
                text = ODD["plain"]
                client.change(uri, number, {"text": text})
            found = client.pulled(uri)
            positions = Positions(text, unit)
            expected = [
                (each.code, each.message, positions.place(each.span.start), positions.place(each.span.end))
                for each in citecheck.lint(text, name="typed.md")
            ]
            assert expected == [
                (each["code"], each["message"], at(each["range"]["start"]), at(each["range"]["end"])) for each in found
            ]
