"""A client of the language server over standard input and output: what an editor sends, and what it gets."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_PATIENCE: Final = 30.0  # seconds that an answer may take

ABILITIES: Final[Mapping[str, Any]] = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "workspaceEdit": {"documentChanges": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
    "textDocument": {
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "codeAction": {"resolveSupport": {"properties": ["edit"]}, "disabledSupport": True},
        "publishDiagnostics": {"relatedInformation": True, "tagSupport": {"valueSet": [1]}},
    },
}
PULLING: Final = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}


def merged(*tables: Mapping[str, Any]) -> dict[str, Any]:
    """Tables laid over one another, entry by entry."""
    whole: dict[str, Any] = {}
    for table in tables:
        for key, value in table.items():
            own = whole.get(key)
            whole[key] = merged(own, value) if isinstance(own, dict) and isinstance(value, dict) else value
    return whole


class Refusal(Exception):
    """An error that the server answers with."""

    def __init__(self, error: Mapping[str, Any]) -> None:
        super().__init__(error["message"])
        self.code = error["code"]


class Client:
    """One session with a server."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.abilities: dict[str, Any] = {}
        self.told: list[dict[str, Any]] = []  # notifications and requests of the server, in order
        self._answers: dict[int, queue.Queue[dict[str, Any]]] = {}
        self._heard = threading.Condition()
        self._number = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            message = json.loads(stream.read(length))
            if "method" in message and "id" in message:
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": None})
            with self._heard:
                if "method" in message:
                    self.told.append(message)
                elif message.get("id") in self._answers:
                    self._answers[message["id"]].put(message)
                self._heard.notify_all()

    def send(self, message: object) -> None:
        self.send_bytes(json.dumps(message).encode())

    def send_bytes(self, body: bytes, header: bytes | None = None) -> None:
        assert self.process.stdin
        self.process.stdin.write((header or b"Content-Length: %d\r\n\r\n" % len(body)) + body)
        self.process.stdin.flush()

    def notify(self, method: str, params: object) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def begin(self, method: str, params: object) -> int:
        """Asks, and does not wait; the number is that of the answer."""
        self._number += 1
        self._answers[self._number] = queue.Queue()
        self.send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params})
        return self._number

    def end(self, number: int) -> Any:
        message = self._answers[number].get(timeout=_PATIENCE)
        del self._answers[number]
        if "error" in message:
            raise Refusal(message["error"])
        return message["result"]

    def ask(self, method: str, params: object) -> Any:
        return self.end(self.begin(method, params))

    def published(self, uri: str, version: int | None = None, *, since: int = 0) -> list[dict[str, Any]]:
        """The diagnostics that the server sends of a document, of a version of it."""
        end = time.monotonic() + _PATIENCE
        with self._heard:
            while True:
                for message in reversed(self.told[since:]):
                    params = message["params"]
                    if message["method"] == "textDocument/publishDiagnostics" and params["uri"] == uri:
                        if version is None or params.get("version") == version:
                            found: list[dict[str, Any]] = params["diagnostics"]
                            return found
                        break
                if not self._heard.wait(end - time.monotonic()):
                    raise TimeoutError(f"nothing was told of {uri}; but {self.told[-3:]}")

    def wait(self, expected: Callable[[dict[str, Any]], bool]) -> None:
        """Waits until the server has told something that is expected."""
        with self._heard:
            if not self._heard.wait_for(lambda: any(map(expected, self.told)), _PATIENCE):
                raise TimeoutError(f"only {self.told[-3:]} was told")

    def pulled(self, uri: str) -> list[dict[str, Any]]:
        """The diagnostics of a document, asked for."""
        found: list[dict[str, Any]] = self.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
        return found

    def open(self, uri: str, text: str, language: str = "markdown", version: int = 1) -> None:
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, version: int, *changes: Mapping[str, Any]) -> None:
        params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}
        self.notify("textDocument/didChange", params)

    def close(self, uri: str) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def at(self, method: str, uri: str, line: int, character: int, **more: object) -> Any:
        """Asks about a place."""
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        return self.ask(f"textDocument/{method}", {**place, **more})


@contextmanager
def session(folder: Path, *abilities: Mapping[str, Any], options: object = None) -> Iterator[Client]:
    """A session in a folder, from its first message to its last."""
    process = subprocess.Popen(
        [sys.executable, "-m", "citecheck", "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
    )
    client = Client(process)
    try:
        params = {
            "processId": None,
            "rootUri": folder.as_uri(),
            "capabilities": merged(ABILITIES, *abilities),
            "initializationOptions": options,
        }
        client.abilities = client.ask("initialize", params)["capabilities"]
        client.notify("initialized", {})
        yield client
        client.ask("shutdown", None)
        client.notify("exit", None)
        assert process.wait(timeout=_PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()
