"""A server on the loopback that has every fault a path, and a guard that lets exactly its port through."""

from __future__ import annotations

import gzip
import re
import socket
import struct
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from typing import Any

from citecheck.sources.online.client import Client, Limits
from citecheck.sources.online.guard import Address, Guard, Table
from citecheck.sources.online.hosts import Hosts, Pace

LOOPBACK = "127.0.0.1"
QUICK = Limits(connect=2.0, read=1.0, total=1.6)
PAGE = b"<!doctype html><title>Tides</title><h1>Tides</h1><p>They come twice a day."
Respond = Callable[["Exchange"], None]


class Exchange:
    """One request, and the connection to answer it by."""

    def __init__(self, line: socket.socket, path: str, headers: Mapping[str, str], number: int) -> None:
        self.line, self.path, self.headers, self.number = line, path, headers, number

    def raw(self, data: bytes) -> None:
        self.line.sendall(data)

    def send(self, status: int, body: bytes = PAGE, **headers: str) -> None:
        sent = {"content_type": "text/html; charset=utf-8", "content_length": str(len(body)), **headers}
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in sent.items())
        self.raw(f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode("latin-1") + body)

    def redirect(self, to: str, status: int = 302) -> None:
        self.send(status, b"", location=to)


class Server:
    """Answers by the table of paths; counts requests by path and by host, and keeps the times of each."""

    def __init__(
        self, pages: Mapping[str, Respond], *, wrap: Callable[[socket.socket], socket.socket] | None = None
    ) -> None:
        self.pages = pages
        self.asked: Counter[str] = Counter()
        self.log: list[tuple[float, str, str, Mapping[str, str]]] = []
        self._wrap = wrap
        self._lock = threading.Lock()
        self._listening = socket.create_server((LOOPBACK, 0), backlog=256)
        self.port: int = self._listening.getsockname()[1]
        self.connections = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str, host: str = LOOPBACK) -> str:
        return f"http://{host}:{self.port}{path}"

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        line.settimeout(20)
        self.connections += 1
        try:
            line = self._wrap(line) if self._wrap else line
        except OSError:
            line.close()
            return
        with suppress(OSError, ValueError), line:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = line.recv(65536)
                if not piece:
                    return
                head += piece
            first, *rest = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in rest if each)}
            path = first.split(" ")[1]
            with self._lock:
                self.asked[path] += 1
                number = self.asked[path]
                self.log.append((time.monotonic(), headers.get("host", ""), path, headers))
            respond = self.pages.get(path) or self.pages.get(path.partition("?")[0]) or self._by_pattern(path)
            respond(Exchange(line, path, headers, number))
            with suppress(OSError):
                line.shutdown(socket.SHUT_WR)
                line.settimeout(0.1)
                line.recv(1)

    def _by_pattern(self, path: str) -> Respond:
        found = (
            respond for pattern, respond in self.pages.items() if pattern.startswith("^") and re.match(pattern, path)
        )
        return next(found, lambda exchange: exchange.send(404, b"<title>Gone</title>"))

    def close(self) -> None:
        self._listening.close()


@contextmanager
def serving(pages: Mapping[str, Respond], **given: Any) -> Iterator[Server]:
    server = Server(pages, **given)
    try:
        yield server
    finally:
        server.close()


def only(port: int) -> Table:
    """A table that allows one port of the loopback and nothing else."""

    def allows(address: Address, asked: int) -> bool:
        return address == ip_address(LOOPBACK) and asked == port

    return allows


def everywhere(host: str, port: int, **given: Any) -> list[tuple[Any, ...]]:
    """A resolver to which every name is the loopback, apart from those that end in `.invalid`."""
    if host.endswith(".invalid"):
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    with suppress(ValueError):
        ip_address(host)
        return list(socket.getaddrinfo(host, port, **given))
    return list(socket.getaddrinfo(LOOPBACK, port, **given))


class Clock:
    """A clock that goes on when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.now += seconds


def hosts(clock: Clock | None = None) -> Hosts:
    """Hosts that are asked as often as one likes, by an injected clock."""
    clock = clock or Clock()
    return Hosts({}, Pace(0.0, 8), clock=clock, sleep=clock.sleep)


def client(server: Server, at: Hosts, limits: Limits = QUICK) -> Client:
    return Client(Guard(only(server.port), everywhere), at.turn, agent="citecheck/test", limits=limits)


# Faults -----------------------------------------------------------------------------------------------------


def dripping(exchange: Exchange, head: bytes, drop: bytes) -> None:
    exchange.raw(head)
    for _ in range(400):
        exchange.raw(drop)
        time.sleep(0.02)


def reset(exchange: Exchange) -> None:
    exchange.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.line.close()


def bomb(size: int) -> bytes:
    """So many bytes of nothing, packed."""
    packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    piece = bytes(1024 * 1024)
    return b"".join(packing.compress(piece) for _ in range(size // len(piece))) + packing.flush()


def endless(exchange: Exchange) -> None:
    exchange.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    with suppress(OSError):
        while True:
            exchange.raw(bytes(65536))


def packed(body: bytes) -> bytes:
    return gzip.compress(body)
