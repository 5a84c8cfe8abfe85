"""What applies to a document: settings, exclusions, baseline, bibliographies; and a client that goes wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.client import PULLING, Client, Refusal, session
from tests.server.test_server import TEXT, codes, labels, shape

OPENINGS = int(os.environ.get("CITECHECK_OPENINGS", "30"))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with session(tmp_path_factory.mktemp("shared")) as client:
        yield client


def test_files_are_watched(client: Client) -> None:
    client.wait(lambda each: each["method"] == "client/registerCapability")
    registered = [each for each in client.told if each["method"] == "client/registerCapability"]
    assert "workspace/didChangeWatchedFiles" == registered[0]["params"]["registrations"][0]["method"]


def folder_event(client: Client, path: Path, kind: int = 2) -> None:
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": kind}]})


def test_settings_apply_and_are_watched(client: Client, tmp_path: Path) -> None:
    settings = tmp_path / "citecheck.toml"
    settings.write_text('ignore = ["CC102"]\n[severity]\nCC101 = "info"\n')
    uri = (tmp_path / "kettles.md").as_uri()
    client.open(uri, TEXT)
    (found,) = client.published(uri, 1)
    assert ("CC101", 3) == (found["code"], found["severity"])
    settings.write_text("")
    told = len(client.told)
    folder_event(client, settings)
    assert ["CC101", "CC102"] == codes(client.published(uri, 1, since=told))


def test_a_fault_in_the_settings_is_shown_where_it_is(client: Client, tmp_path: Path) -> None:
    settings = tmp_path / "citecheck.toml"
    settings.write_text('pedantic = true\nselct = ["CC1"]\n')
    uri = (tmp_path / "kettles.md").as_uri()
    client.open(uri, TEXT)
    assert [] == client.published(uri, 1)
    (fault,) = client.published(settings.as_uri())
    assert (1, 0, 1, 5) == shape(fault["range"])
    assert "selct" in fault["message"]
    shown = [each["params"]["message"] for each in client.told if each["method"] == "window/showMessage"]
    assert 1 == len([each for each in shown if "selct" in each])
    settings.write_text("")
    told = len(client.told)
    folder_event(client, settings)
    assert codes(client.published(uri, 1, since=told))
    assert [] == client.published(settings.as_uri(), since=told)


def test_a_fault_that_the_parser_finds_is_shown_on_its_line(client: Client, tmp_path: Path) -> None:
    settings = tmp_path / "citecheck.toml"
    settings.write_text("pedantic = true\n\nselect = [\n")
    client.open((tmp_path / "kettles.md").as_uri(), TEXT)
    (fault,) = client.published(settings.as_uri())
    assert "is not TOML" in fault["message"]


def test_what_is_excluded_is_left_in_peace(client: Client, tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('exclude = ["drafts/"]\n')
    uri = (tmp_path / "drafts" / "kettles.md").as_uri()
    client.open(uri, TEXT)
    assert [] == client.published(uri, 1)
    assert client.at("hover", uri, 2, 13) is None


def test_what_the_baseline_knows_is_not_shown(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "kettles.md"
    file.write_text(TEXT)
    subprocess.run([sys.executable, "-m", "citecheck", "baseline", "kettles.md"], cwd=tmp_path, check=True)
    client.open(file.as_uri(), TEXT)
    assert [] == client.published(file.as_uri(), 1)
    place = {"line": 2, "character": 5}
    client.change(file.as_uri(), 2, {"range": {"start": place, "end": place}, "text": " [8]"})
    assert ["no source is numbered 8"] == [each["message"] for each in client.published(file.as_uri(), 2)]


BIB = "@book{knuth84,\n  author = {Donald Knuth},\n  title = {The {TeX}book},\n  year = {1984},\n}\n"
LATEX = """\\documentclass{article}\\begin{document}
See \\cite{knuth84}.
\\bibliography{refs}
\\end{document}
"""


@pytest.mark.parametrize(
    ("name", "language", "text", "line", "typed"),
    [
        ("paper.tex", "latex", LATEX, 1, "See \\cite{knuth84, "),
        ("paper.md", "markdown", "---\nbibliography: refs.bib\n---\n\nSee [@knuth84].\n", 4, "See [@"),
        ("paper.qmd", "quarto", "---\nbibliography: refs.bib\n---\n\nSee @knuth84.\n", 4, "See @knu"),
    ],
)
def test_keys_of_a_bibliography_in_another_file(
    client: Client, tmp_path: Path, name: str, language: str, text: str, line: int, typed: str
) -> None:
    (tmp_path / "refs.bib").write_text(BIB)
    uri = (tmp_path / name).as_uri()
    client.open(uri, text, language)
    assert [] == client.published(uri, 1)
    column = text.split("\n")[line].index("knuth84") + 2
    assert "The TeXbook" in client.at("hover", uri, line, column)["contents"]["value"].replace("{", "").replace("}", "")
    (found,) = client.at("definition", uri, line, column)
    assert ((tmp_path / "refs.bib").as_uri(), 0) == (found["uri"], found["range"]["start"]["line"])
    with pytest.raises(Refusal, match="in another file"):
        client.at("prepareRename", uri, line, column)
    place = {"line": line, "character": 0}
    client.change(uri, 2, {"range": {"start": place, "end": place}, "text": f"{typed}\n"})
    (offer,) = client.at("completion", uri, line, len(typed))
    assert ("knuth84", "Knuth" in offer["filterText"]) == (offer["label"], True)


def test_a_bibliography_that_changes_is_read_again(client: Client, tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_text(BIB)
    text = "---\nbibliography: refs.bib\n---\n\nSee [@knuth86].\n"
    uri = (tmp_path / "paper.md").as_uri()
    client.open(uri, text)
    assert ["CC101"] == codes(client.published(uri, 1))
    refs.write_text(BIB.replace("knuth84", "knuth86"))
    told = len(client.told)
    folder_event(client, refs)
    assert [] == client.published(uri, 1, since=told)


def test_the_role_of_myst_is_completed(client: Client, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(BIB)
    (tmp_path / "myst.yml").write_text("version: 1\nproject:\n  bibliography:\n    - refs.bib\n")
    text = "See {cite}`knuth84`, and {cite:p}`\n"
    uri = (tmp_path / "page.md").as_uri()
    client.open(uri, text)
    assert ["knuth84"] == labels(client.at("completion", uri, 0, len(text) - 1))


def test_a_document_that_is_not_saved_is_checked_by_its_language(client: Client, tmp_path: Path) -> None:
    client.open("untitled:Untitled-1", TEXT)
    assert ["CC101", "CC102"] == codes(client.published("untitled:Untitled-1", 1))


@pytest.mark.parametrize(
    ("uri", "language"), [("vscode-notebook-cell:/a.ipynb#1", "markdown"), ("file:///a/b.py", "python")]
)
def test_what_is_no_document_is_left_alone(tmp_path: Path, uri: str, language: str) -> None:
    with session(tmp_path, PULLING) as client:
        client.open(uri, TEXT, language)
        assert [] == client.pulled(uri)


MALFORMED = [
    b"{",
    b"[]",
    b"7",
    b'{"jsonrpc": "1.0", "id": 1, "method": "shutdown"}',
    b'{"jsonrpc": "2.0"}',
    b'{"jsonrpc": "2.0", "id": {"a": 1}, "method": "textDocument/hover", "params": {}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {}}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": null}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///none.md"}}}',
    b'{"jsonrpc": "2.0", "method": "no/such/thing", "params": {}}',
    b'{"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 12345}}',
    b'{"jsonrpc": "2.0", "id": 99, "result": null}',
    b"\xff\xfe\x00",
    b"[" * 100_000,
]


@pytest.mark.parametrize("body", MALFORMED, ids=range(len(MALFORMED)))
def test_a_malformed_message_is_survived(client: Client, body: bytes, tmp_path: Path) -> None:
    client.send_bytes(body)
    uri = (tmp_path / "after.md").as_uri()
    client.open(uri, TEXT)
    assert client.at("hover", uri, 2, 13)
    client.close(uri)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/hover", {}),
        ("textDocument/hover", {"textDocument": {"uri": "file:///none.md"}, "position": {"line": "x", "character": 0}}),
        ("no/such/request", {}),
        ("codeAction/resolve", {"title": "made up", "data": {"uri": 3}}),
    ],
)
def test_a_request_that_cannot_be_met_is_answered(client: Client, method: str, params: Any) -> None:
    with pytest.raises(Refusal):
        client.ask(method, params)


def test_a_place_outside_the_text_is_survived(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "outside.md").as_uri()
    client.open(uri, TEXT)
    far = {"line": 10_000, "character": 10_000}
    client.change(uri, 2, {"range": {"start": far, "end": {"line": 0, "character": 0}}, "text": "x"})
    assert client.at("hover", uri, 99_999, 99_999) is None
    assert ["CC101", "CC102"] == codes(client.published(uri, 2))


def test_a_client_that_goes_without_a_word_ends_the_server(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "citecheck", "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path
    )
    assert process.stdin
    process.stdin.close()
    assert 1 == process.wait(timeout=20)
    assert process.stdout
    process.stdout.close()


def test_answers_do_not_wait_for_a_long_document(tmp_path: Path) -> None:
    body = "".join(f"Kettle {number} boils at a height of its own [{number}].\n\n" for number in range(1, 2_500))
    entries = "".join(f"[{number}] A study of kettle {number}, 2019.\n" for number in range(1, 2_500))
    text = f"{body}## Sources\n\n{entries}"
    with session(tmp_path) as client:
        uri = (tmp_path / "long.md").as_uri()
        client.open(uri, text)
        client.published(uri, 1)
        place = {"line": 0, "character": 0}
        client.change(uri, 2, {"range": {"start": place, "end": place}, "text": "x"})
        time.sleep(0.4)  # the pause, after which it is under way
        begun = time.monotonic()
        found = client.at("hover", uri, 0, text.index("[1]") + 2)
        assert time.monotonic() - begun < 0.5
        assert "cited once" in found["contents"]["value"]
        assert not [each for each in client.told if each.get("params", {}).get("version") == 2]
        client.published(uri, 2)


def resident(process: int) -> int:
    """Bytes of memory of a process."""
    with open(f"/proc/{process}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell the memory of a process")
def test_memory_is_flat(tmp_path: Path) -> None:
    with session(tmp_path) as client:

        def rounds(number: int) -> None:
            for each in range(number):
                uri = (tmp_path / f"{each}.md").as_uri()
                client.open(uri, TEXT)
                place = {"line": 2, "character": 5}
                client.change(uri, 2, {"range": {"start": place, "end": place}, "text": " [8]"})
                client.published(uri, 2)
                client.close(uri)
            client.told.clear()

        rounds(OPENINGS)
        before = resident(client.process.pid)
        rounds(OPENINGS)
        assert resident(client.process.pid) - before < 8_000_000


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ModuleNotFoundError(name='pygls')\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "citecheck", "server"]
    run = subprocess.run(
        command, capture_output=True, text=True, env=environment, check=False, stdin=subprocess.DEVNULL
    )
    assert (2, "") == (run.returncode, run.stdout)
    assert "citecheck: server needs pygls; install it with: pip install 'citecheck-lint[lsp]'\n" == run.stderr


def test_nothing_of_the_server_is_imported_by_other_commands() -> None:
    code = (
        "import json, sys; from citecheck.cli import status; status(['rules', '--format', 'json']); "
        "print(); print(json.dumps(sorted(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = json.loads(run.stdout.splitlines()[-1])
    assert not [each for each in loaded if each.partition(".")[0] in ("pygls", "lsprotocol", "cattrs", "asyncio")]
