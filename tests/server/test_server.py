"""The server as an editor meets it: each request, and what is sent without one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.server.client import PULLING, Client, Refusal, session

TEXT = """\
# Kettles

Water boils [1] and freezes [3]. Steam is hot [1, 2][^n].

## Sources

[1] Ada Lovelace. "Thermometry for kitchens". https://heat.museum/a, 2019.
[2] Charles Babbage. "On boiling", 2020.
[5] Mary Somerville. "Cold", 2021.

[^n]: A remark.
"""

NUMBERS = count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Client]:
    with session(folder) as client:
        yield client


@pytest.fixture
def uri(client: Client, folder: Path) -> Iterator[str]:
    uri = (folder / f"kettles-{next(NUMBERS)}.md").as_uri()  # or what was sent of one test would pass for another's
    client.open(uri, TEXT)
    yield uri
    client.close(uri)


def shape(range: dict[str, Any]) -> tuple[int, int, int, int]:
    start, end = range["start"], range["end"]
    return start["line"], start["character"], end["line"], end["character"]


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [each["code"] for each in found]


def test_diagnostics_are_sent_with_places_codes_and_severities(client: Client, uri: str) -> None:
    found = client.published(uri, 1)
    assert ["CC101", "CC102"] == codes(found)
    assert [(2, 28, 2, 31), (8, 0, 8, 34)] == [shape(each["range"]) for each in found]
    assert ["no source is numbered 3", "nothing in the text cites source 5"] == [each["message"] for each in found]
    assert [1] == found[1]["tags"]


def test_diagnostics_follow_what_is_typed(client: Client, uri: str) -> None:
    place = {"line": 2, "character": 29}
    change = {"range": {"start": place, "end": {"line": 2, "character": 30}}, "text": "5"}
    client.change(uri, 2, change)
    assert [] == client.published(uri, 2)


def test_what_is_closed_has_its_diagnostics_taken_back(client: Client, folder: Path) -> None:
    uri = (folder / "closed.md").as_uri()
    client.open(uri, TEXT)
    assert client.published(uri, 1)
    client.close(uri)
    client.open(uri, "Nothing.\n", version=7)
    assert [] == client.published(uri, 7)


def test_a_client_that_pulls_is_sent_none(folder: Path) -> None:
    with session(folder, PULLING) as client:
        assert "diagnosticProvider" in client.abilities
        uri = (folder / "pulled.md").as_uri()
        client.open(uri, TEXT)
        report = client.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        assert ["CC101", "CC102"] == codes(report["items"])
        again = {"textDocument": {"uri": uri}, "previousResultId": report["resultId"]}
        assert "unchanged" == client.ask("textDocument/diagnostic", again)["kind"]
        assert "textDocument/publishDiagnostics" not in [each["method"] for each in client.told]


def test_a_client_that_does_not_pull_is_not_asked_to(client: Client) -> None:
    assert "diagnosticProvider" not in client.abilities


def test_hover_shows_the_source(client: Client, uri: str) -> None:
    found = client.at("hover", uri, 2, 13)
    assert (2, 13, 2, 14) == shape(found["range"])
    words = found["contents"]["value"]
    assert "Thermometry for kitchens" in words
    assert "<https://heat.museum/a>" in words
    assert "cited 2 times" in words


def test_hover_of_an_undefined_marker_names_the_labels_near_it(client: Client, uri: str) -> None:
    assert "no source has the label 3; near it: 2" in client.at("hover", uri, 2, 29)["contents"]["value"]


def test_hover_of_an_ignore_comment_is_the_rule(client: Client, folder: Path) -> None:
    uri = (folder / "ignored.md").as_uri()
    client.open(uri, "Boils [3]. <!-- citecheck: ignore CC101 -->\n\n## Sources\n\n1. One.\n")
    assert "undefined-marker" in client.at("hover", uri, 0, 37)["contents"]["value"]


def test_words_of_a_document_are_no_markdown(client: Client, folder: Path) -> None:
    uri = (folder / "hostile.md").as_uri()
    client.open(uri, "Boils [1].\n\n## Sources\n\n[1] <img src=x onerror=y> [go](command:evil) `code`, 2019.\n")
    words = client.at("hover", uri, 0, 7)["contents"]["value"]
    assert "\\<img" in words
    assert "\\[go\\](command" in words


def test_definition_is_the_entry_and_references_are_all_places(client: Client, uri: str) -> None:
    (found,) = client.at("definition", uri, 2, 13)
    assert (6, 1, 6, 2) == shape(found["range"])
    places = client.at("references", uri, 6, 1, context={"includeDeclaration": True})
    assert [(2, 13, 2, 14), (2, 47, 2, 48), (6, 1, 6, 2)] == [shape(each["range"]) for each in places]
    assert 2 == len(client.at("references", uri, 6, 1, context={"includeDeclaration": False}))


def test_highlights_tell_the_entry_from_its_uses(client: Client, uri: str) -> None:
    found = client.at("documentHighlight", uri, 2, 47)
    assert [2, 2, 3] == [each["kind"] for each in found]


def test_definition_of_a_footnote(client: Client, uri: str) -> None:
    (found,) = client.at("definition", uri, 2, 54)
    assert 10 == found["range"]["start"]["line"]


def test_rename_changes_the_entry_and_every_marker(client: Client, uri: str) -> None:
    assert "1" == client.at("prepareRename", uri, 2, 13)["placeholder"]
    (change,) = client.at("rename", uri, 2, 13, newName="9")["documentChanges"]
    assert 1 == change["textDocument"]["version"]
    places = [(2, 13, 2, 14), (2, 47, 2, 48), (6, 1, 6, 2)]
    assert places == [shape(each["range"]) for each in change["edits"]]


@pytest.mark.parametrize("column", [12, 13, 14, 15])
def test_a_marker_of_one_label_is_that_label_wherever_it_is_pointed_to(client: Client, uri: str, column: int) -> None:
    assert (2, 13, 2, 14) == shape(client.at("prepareRename", uri, 2, column)["range"])


def test_the_label_of_a_reference_link_is_at_its_end(client: Client, folder: Path) -> None:
    uri = (folder / "link.md").as_uri()
    client.open(
        uri, "Mead is [old][1], and so is [beer][2].\n\n[1]: https://mead.museum/a\n[2]: https://mead.museum/b\n"
    )
    assert (0, 14, 0, 15) == shape(client.at("prepareRename", uri, 0, 10)["range"])
    (change,) = client.at("rename", uri, 0, 10, newName="7")["documentChanges"]
    assert [(0, 14, 0, 15), (2, 1, 2, 2)] == [shape(each["range"]) for each in change["edits"]]


@pytest.mark.parametrize(("new", "reason"), [("2", "is taken"), ("a]b", "cannot be a label")])
def test_rename_is_refused_with_the_reason(client: Client, uri: str, new: str, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        client.at("rename", uri, 2, 13, newName=new)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Boils [1-3].\n\n## Sources\n\n[1] One.\n[2] Two.\n[3] Three.\n", "point to one label"),
        ("Boils [1-3] [2].\n\n## Sources\n\n[1] One.\n[2] Two.\n[3] Three.\n", "without writing it"),
        ("Boils [2], [1].\n\n## Sources\n\n1. One.\n2. Two.\n", "renumber the sources instead"),
        ("Boils [7], [1].\n\n## Sources\n\n[1] One.\n[2] Two.\n", "listed nowhere"),
    ],
)
def test_a_label_that_cannot_be_renamed_says_why(client: Client, folder: Path, text: str, reason: str) -> None:
    uri = (folder / "refused.md").as_uri()
    client.open(uri, text)
    column = text.index("] [2") + 3 if "] [2" in text else text.index("[") + 1
    with pytest.raises(Refusal, match=reason):
        client.at("prepareRename", uri, 0, column)


def labels(offers: list[dict[str, Any]]) -> list[str]:
    return [each["label"] for each in offers]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Tea [", ["1", "2", "5"]),
        ("Tea [1, ", ["1", "2", "5"]),
        ("Tea [boi", ["1", "2", "5"]),
        ("Tea [^", ["n"]),
        ("Tea 【", ["1", "2", "5"]),
        ("Tea a[", []),
        ("Tea [@", []),
        ("Tea", []),
    ],
)
def test_completion_offers_what_can_follow(client: Client, uri: str, typed: str, expected: list[str]) -> None:
    place = {"line": 3, "character": 0}
    client.change(uri, 2, {"range": {"start": place, "end": place}, "text": f"\n{typed}\n"})
    assert expected == labels(client.at("completion", uri, 4, len(typed)))


def test_nothing_is_completed_in_code(client: Client, uri: str) -> None:
    place = {"line": 3, "character": 0}
    client.change(uri, 2, {"range": {"start": place, "end": place}, "text": "\n```\nx = 1\n```\n"})
    client.published(uri, 2)
    end = {"line": 5, "character": 5}
    client.change(uri, 3, {"range": {"start": end, "end": end}, "text": " ["})
    assert [] == client.at("completion", uri, 5, 7)


def test_completion_finds_a_source_by_the_words_of_its_entry(client: Client, uri: str) -> None:
    offers = client.at("completion", uri, 2, 13)
    assert "On boiling" == offers[1]["detail"]
    assert "Babbage" in offers[1]["filterText"]


def test_symbols_folds_links_and_lenses(client: Client, uri: str) -> None:
    document = {"textDocument": {"uri": uri}}
    sources, notes = client.ask("textDocument/documentSymbol", document)
    assert ("Sources", "3 sources") == (sources["name"], sources["detail"])
    assert "[2] On boiling" == sources["children"][1]["name"]
    assert "[n] A remark" == notes["children"][0]["name"]
    assert {"startLine": 4, "endLine": 8} in client.ask("textDocument/foldingRange", document)
    links = client.ask("textDocument/documentLink", document)
    assert ["https://heat.museum/a"] == [each["target"] for each in links]
    lenses = client.ask("textDocument/codeLens", document)
    assert ["cited 2 times", "cited once", "cited once"] == [each["command"]["title"] for each in lenses]


def test_lenses_and_hints_are_turned_on_and_off(folder: Path) -> None:
    with session(folder, options={"codeLens": False, "inlayHints": True}) as client:
        uri = (folder / "hints.md").as_uri()
        client.open(uri, TEXT)
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
        hints = client.ask("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": whole})
        assert ["Thermometry for kitchens", "A remark"] == [each["label"] for each in hints]
        assert [] == client.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})


def actions(client: Client, uri: str, line: int, **context: object) -> dict[str, dict[str, Any]]:
    range = {"start": {"line": line, "character": 0}, "end": {"line": line + 1, "character": 0}}
    params = {"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": [], **context}}
    return {each["title"]: each for each in client.ask("textDocument/codeAction", params)}


def new_text(client: Client, text: str, action: dict[str, Any]) -> str:
    """The text after an action, whose edits are applied from the last to the first."""
    edit = action.get("edit") or client.ask("codeAction/resolve", action)["edit"]
    lines = text.split("\n")
    for each in reversed(edit["documentChanges"][0]["edits"]):
        line, start, last, end = shape(each["range"])
        lines[line : last + 1] = (lines[line][:start] + each["newText"] + lines[last][end:]).split("\n")
    return "\n".join(lines)


def test_ignore_here_writes_the_comment(client: Client, uri: str) -> None:
    after = new_text(client, TEXT, actions(client, uri, 2)["Ignore CC101 here"])
    assert TEXT.replace("[^n].", "[^n]. <!-- citecheck: ignore CC101 -->") == after


def test_a_quick_fix_is_offered_with_its_finding(client: Client, folder: Path) -> None:
    uri = (folder / "unused.md").as_uri()
    text = "Boils [1].\n\n## Sources\n\n[1] One, 2019.\n[2] Two, 2020.\n"
    client.open(uri, text)
    found = actions(client, uri, 5)
    title = next(each for each in found if "CC102" in each and "Ignore" not in each)
    assert "CC102" == found[title]["diagnostics"][0]["code"]
    assert "Boils [1].\n\n## Sources\n\n[1] One, 2019.\n" == new_text(client, text, found[title])


def test_renumbering_is_refused_with_the_reason(client: Client, uri: str) -> None:
    renumber = actions(client, uri, 2)["Renumber the sources by first citation"]
    assert "names source 3, which is not listed" in renumber["disabled"]["reason"]


def test_renumbering_and_fixing_all(client: Client, folder: Path) -> None:
    uri = (folder / "order.md").as_uri()
    text = "Boils [2]. Freezes [1][1].\n\n## Sources\n\n[1] One, 2019.\n[2] Two, 2020.\n"
    client.open(uri, text)
    renumbered = new_text(client, text, actions(client, uri, 0)["Renumber the sources by first citation"])
    assert "Boils [1]. Freezes [2][2].\n\n## Sources\n\n[1] Two, 2020.\n[2] One, 2019.\n" == renumbered
    only = actions(client, uri, 0, only=["source.fixAll"])
    assert ["Apply all safe fixes of citecheck"] == list(only)
    assert "Freezes [1].\n" in new_text(client, text, only["Apply all safe fixes of citecheck"])


def test_what_takes_long_is_offered_only_where_a_person_asks(client: Client, uri: str) -> None:
    assert not any("Renumber" in title for title in actions(client, uri, 2, triggerKind=2))


def test_entries_that_are_listed_twice_are_merged(client: Client, folder: Path) -> None:
    uri = (folder / "twice.md").as_uri()
    entry = 'Ada Lovelace. "Thermometry for kitchens". https://heat.museum/a, 2019.'
    text = f"Boils [1]. Freezes [2].\n\n## Sources\n\n[1] {entry}\n[2] {entry}\n"
    client.open(uri, text)
    merged = new_text(client, text, actions(client, uri, 0)["Merge sources that are listed twice"])
    assert f"Boils [1]. Freezes [1].\n\n## Sources\n\n[1] {entry}\n" == merged
