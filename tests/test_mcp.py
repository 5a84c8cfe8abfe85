"""The tools for agents, driven by a client of the official SDK."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client import ClientRequestContext
from mcp.types import CallToolResult, ListRootsResult, Root
from pydantic import FileUrl

from citecheck.cli import status
from tests.processes import ENVIRONMENT

FAULTY = "Ice closed the port [3].\n\n## Sources\n\n[1] Log, 1893, p. 4.\n"
PARAMETERS = StdioServerParameters(command=sys.executable, args=["-m", "citecheck", "mcp"], env=ENVIRONMENT)


def driven(work: Callable[[Client], Coroutine[Any, Any, None]], roots: list[Path] | None = None) -> None:
    """Does some work with a client of the installed command, which allows some roots to be read."""

    async def named(context: ClientRequestContext) -> ListRootsResult:
        return ListRootsResult(roots=[Root(uri=FileUrl(root.as_uri())) for root in roots or []])

    async def run() -> None:
        callback = named if roots is not None else None
        async with Client(PARAMETERS, list_roots_callback=callback, mode="legacy") as client:
            await work(client)

    asyncio.run(run())


def held(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    assert isinstance(result.structured_content, dict)
    return result.structured_content


def said(result: CallToolResult) -> str:
    return "".join(getattr(block, "text", "") for block in result.content)


def test_a_client_checks_fixes_and_asks() -> None:
    async def work(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert {"check_citations", "fix_citations", "explain_rule"} == set(tools)
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
        assert all(tool.description for tool in tools.values())
        assert all(tools[name].output_schema for name in ("check_citations", "fix_citations"))
        told = held(await client.call_tool("check_citations", {"text": FAULTY}))
        assert [("CC101", 1), ("CC102", 5)] == [(each["code"], each["line"]) for each in told["findings"]]
        assert (False, 0, 2) == (told["ok"], told["left_out"], told["errors"])
        one = held(await client.call_tool("check_citations", {"text": FAULTY, "limit": 1, "select": ["CC1"]}))
        assert (1, 1) == (len(one["findings"]), one["left_out"])
        passages = {"text": "Ice [1]. Oil [3].", "sources": ["log", "lamps"]}
        told = held(await client.call_tool("check_citations", passages))
        assert ["no source is numbered 3"] == [each["message"] for each in told["findings"]]
        fixed = held(await client.call_tool("fix_citations", {"text": FAULTY.replace("[3]", "[1][1]")}))
        assert (FAULTY.replace("[3]", "[1]"), {"CC107": 1}, 0) == (fixed["text"], fixed["fixed"], fixed["left"])
        page = said(await client.call_tool("explain_rule", {"rule": "undefined-marker"}))
        assert page.startswith("# ")
        assert "CC101" in page

    driven(work)


def test_what_is_wrong_is_one_line() -> None:
    async def work(client: Client) -> None:
        cases: list[tuple[str, dict[str, Any], str]] = [
            ("explain_rule", {"rule": "CC999"}, "no rule is called 'CC999'"),
            ("explain_rule", {"rule": "CC1"}, "names"),
            ("check_citations", {}, "give either text or path"),
            ("check_citations", {"text": FAULTY, "select": ["nothing"]}, "no rule is called 'nothing'"),
            ("check_citations", {"text": FAULTY, "format": "word"}, "no format is called 'word'"),
            ("check_citations", {"path": "a.md"}, "the client names no roots"),
            ("check_citations", {"text": "x" * 9_000_000}, "more than 8,388,608 bytes"),
        ]
        for name, arguments, expected in cases:
            result = await client.call_tool(name, arguments)
            assert result.is_error
            assert expected in said(result)

    driven(work)


def test_files_are_read_below_the_roots_only(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    for folder in (root, outside):
        folder.mkdir()
        (folder / "a.md").write_text(FAULTY, encoding="utf-8")
    (root / "link.md").symlink_to(outside / "a.md")
    (root / "citecheck.toml").write_text('ignore = ["CC102"]\n', encoding="utf-8")

    async def work(client: Client) -> None:
        for path in ("a.md", str(root / "a.md")):
            told = held(await client.call_tool("check_citations", {"path": path}))
            assert ["CC101"] == [each["code"] for each in told["findings"]]
        for path in ("link.md", str(outside / "a.md"), "../outside/a.md", "none.md", ".", "/etc/passwd"):
            result = await client.call_tool("check_citations", {"path": path})
            assert result.is_error, path
            assert "no such file below the roots" in said(result)

    driven(work, [root])


def test_an_answer_is_bounded() -> None:
    text = (
        " ".join(f"Ice number {number} [{number}]." for number in range(2, 900))
        + "\n\n## Sources\n\n[1] Log, 1893, p. 4.\n"
    )

    async def work(client: Client) -> None:
        result = await client.call_tool("check_citations", {"text": text, "limit": 20})
        told = held(result)
        assert 20 == len(told["findings"])
        assert told["left_out"] > 0
        assert 15_000 > len(json.dumps(told))
        assert (await client.call_tool("check_citations", {"text": text, "limit": 1000})).is_error

    driven(work)


def test_without_the_library_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    assert 2 == status(["mcp"])
    assert "pip install 'citecheck-lint[mcp]'" in capsys.readouterr().err
