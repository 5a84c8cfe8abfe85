"""`citecheck mcp`: what agents start."""

from __future__ import annotations

from typing import NamedTuple

from citecheck.cli.commands import PASSED
from citecheck.errors import UsageError


class Mcp(NamedTuple):
    """Serve an agent with the Model Context Protocol."""

    def run(self) -> int:
        """Serves until the client ends the session. Raises UsageError where the library for it is missing."""
        try:
            from mcp.server.mcpserver import MCPServer  # noqa: F401
        except ImportError as error:
            raise UsageError(
                "mcp needs the official SDK; install it with: pip install 'citecheck-lint[mcp]'"
            ) from error
        from citecheck.mcp.protocol import serve

        serve()
        return PASSED
