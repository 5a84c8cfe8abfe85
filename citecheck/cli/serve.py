"""`citecheck server`: what editors start."""

from __future__ import annotations

from typing import NamedTuple

from citecheck.errors import UsageError


class Server(NamedTuple):
    """Serve an editor with the Language Server Protocol."""

    def run(self) -> int:
        """Serves until the editor ends the session. Raises UsageError where the library for it is missing."""
        try:
            from citecheck.server.protocol import serve
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs", "attr"):
                raise
            raise UsageError("server needs pygls; install it with: pip install 'citecheck-lint[lsp]'") from error
        return int(not serve())  # as the protocol wants it
