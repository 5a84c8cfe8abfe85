"""The protocol: tools and their answers for the official SDK, over standard input and output."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Annotated, Final, TypeVar
from urllib.parse import urlsplit
from urllib.request import url2pathname

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.shared.exceptions import MCPError
from mcp.types import ToolAnnotations
from pydantic import Field

from citecheck import __version__
from citecheck.errors import CitecheckError
from citecheck.mcp import tools

_READS: Final = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_Answer = TypeVar("_Answer")

_Text = Annotated[str | None, Field(description="The document; give this or path.")]
_Path = Annotated[str | None, Field(description="A file below the client's roots; give this or text.")]
_Format = Annotated[
    str | None,
    Field(description="markdown (the default), text, rst, latex, bibtex, notebook; by the suffix of a path."),
]
_Select = Annotated[
    list[str] | None, Field(description="Codes, names or prefixes of rules; the default rules if empty.")
]
_Sources = Annotated[
    list[str] | None,
    Field(description="The passages that the text may cite, numbered from 1, where it does not list them itself."),
]
_Limit = Annotated[int, Field(ge=1, le=tools.MOST, description="The most findings in the answer, errors first.")]


def server() -> MCPServer:
    """The server with its three tools."""
    served = MCPServer(
        "citecheck",
        version=__version__,
        instructions="Check the citations of a text before you show it: each marker must name a source.",
        log_level="ERROR",
    )

    @served.tool(title="Check citations", annotations=_READS, structured_output=True)
    async def check_citations(
        context: Context,
        text: _Text = None,
        path: _Path = None,
        format: _Format = None,
        select: _Select = None,
        sources: _Sources = None,
        limit: _Limit = 50,
    ) -> tools.Checked:
        """Find markers without a source, sources that nothing cites, malformed entries and other citation faults."""
        roots = await _roots(context) if path is not None else []
        return _answered(lambda: tools.check(tools.given(text, path, roots, format), select or (), sources, limit))

    @served.tool(title="Fix citations", annotations=_READS, structured_output=True)
    async def fix_citations(
        text: Annotated[str, Field(description="The document.")],
        format: _Format = None,
        unsafe: Annotated[bool, Field(description="Fixes that delete, merge or renumber entries, too.")] = False,
    ) -> tools.Fixed:
        """Return the text with its citation faults fixed as far as that changes nothing else. Writes no file."""
        return _answered(lambda: tools.fix(tools.given(text, None, (), format), unsafe=unsafe))

    @served.tool(title="Explain a rule", annotations=_READS)
    async def explain_rule(
        rule: Annotated[str, Field(description="The code or name of a rule, such as CC101 or undefined-marker.")],
    ) -> str:
        """Return the page of a rule: what it reports and why, with examples."""
        return _answered(lambda: tools.explain(rule))

    return served


def _answered(work: Callable[[], _Answer]) -> _Answer:
    """The answer, or the one line that says what is wrong, as an error of the tool."""
    try:
        return work()
    except CitecheckError as error:
        raise ToolError(str(error)) from error


async def _roots(context: Context) -> list[str]:
    """The folders that the client allows to be read; none where it names none."""
    capabilities = context.client_capabilities
    if capabilities is None or capabilities.roots is None:
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # newer revisions of the protocol have no roots; then there are none
            listed = await context.session.list_roots()
    except MCPError:
        return []
    addresses = [urlsplit(str(root.uri)) for root in listed.roots]
    return [url2pathname(each.path) for each in addresses if each.scheme == "file"]


def serve() -> None:
    """Serves until the client closes standard input."""
    server().run("stdio")
