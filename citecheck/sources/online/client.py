"""One address asked with GET, every hop under guard, within limits of size and time.

The client is urllib3, whose connections are made by `Guard.connect`: `HTTPConnection._new_conn` is the one place where
urllib3 opens a socket, for http and for https. It follows no redirect, keeps no cookie and decodes nothing by itself.
Proxies of the environment are not used, since after one the guard could not see where a name leads.
"""

from __future__ import annotations

import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from functools import cached_property
from http.client import HTTPException
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, SSLError
from urllib3.exceptions import TimeoutError as HTTPTimeout

from citecheck.model.outcomes import Reason
from citecheck.sources.online.guard import Guard, Refused, Unresolved

CONNECT: Final = 5.0  # seconds until there is a connection
READ: Final = 8.0  # seconds between two pieces of an answer
TOTAL: Final = 20.0  # seconds of one hop, however it drips
MOST_HOPS: Final = 8
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PERMANENT: Final = frozenset({301, 308})
_SCHEMES: Final = MappingProxyType({"http": 80, "https": 443})
_PIECE: Final = 65_536  # bytes read at once
_WIRE: Final = 64 * 1024 * 1024  # bytes that are received in all, packed or not
_KEPT: Final = ("content-type", "etag", "last-modified", "retry-after", "x-rate-limit-interval", "x-rate-limit-limit")
_LONGEST_HEADER: Final = 1_000  # characters of a header that is kept
_LONGEST_URL: Final = 4_000  # characters
_PATH: Final = "/%:@!$&'()*+,;=~-._"  # what RFC 3986 allows in a path, and `%` as it is written
_QUERY: Final = _PATH + "?"


class Question(NamedTuple):
    """An address to ask, and how.

    `most` is the number of bytes of the unpacked body that are read; an answer with more is `too-large` where it is
    wanted `whole`, and cut otherwise.
    """

    url: str
    accept: str = "text/html,application/xhtml+xml,*/*;q=0.8"
    most: int = 65_536
    whole: bool = False


class Answer(NamedTuple):
    """What came back: `status` and `final`, the address that gave it, or the `reason` why nothing usable did.

    `moved` is the address that permanent redirects point to before any other hop, if they do. `words` are the reason in
    a reader's words. `headers` are those of the last hop that are kept, by their names in lower case. `body` is
    unpacked.
    """

    url: str
    final: str
    status: int = 0
    reason: Reason | None = None
    words: str = ""
    moved: str = ""
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes = b""

    @property
    def good(self) -> bool:
        """Whether it is what was requested."""
        return self.reason is None and 200 <= self.status < 300


class Limits(NamedTuple):
    """Seconds that a connection, one read and one hop may take, and the hops of one address."""

    connect: float = CONNECT
    read: float = READ
    total: float = TOTAL
    hops: int = MOST_HOPS


Turn = Callable[[str], AbstractContextManager[None]]
"""Waits until a host may be asked, and lets the next wait until that is done. Raises Unanswered."""


class Unanswered(Exception):
    """A hop that gave nothing usable."""

    def __init__(self, reason: Reason, words: str) -> None:
        super().__init__(words)
        self.reason: Final = reason
        self.words: Final = words


class Client:
    """Asks addresses. `agent` is how it names itself; `turn` is asked before each hop."""

    def __init__(self, guard: Guard, turn: Turn, *, agent: str, limits: Limits | None = None) -> None:
        self._guard = guard
        self._turn = turn
        self._agent = agent
        self._limits = limits or Limits()

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return _tls()

    def ask(self, question: Question, validators: Mapping[str, str] = MappingProxyType({})) -> Answer:
        """The answer to a question, which never raises; `validators` are the headers of a conditional request."""
        url, moved, permanent = question.url, "", True
        seen: set[str] = set()
        try:
            for _ in range(self._limits.hops):
                seen.add(url)
                with self._turn(host_of(url)):
                    status, headers, body = self._hop(url, question, validators if url == question.url else {})
                location = headers.get("location", "")
                if status not in _REDIRECTS or not location:
                    kept = {name: headers[name][:_LONGEST_HEADER] for name in _KEPT if name in headers}
                    return Answer(question.url, url, status, None, "", moved, kept, body)
                permanent = permanent and status in _PERMANENT
                url = _followed(url, location)
                moved = url if permanent else moved
                if url in seen:
                    return Answer(question.url, url, status, None, "it redirects in a circle", moved)
        except Unanswered as error:
            return Answer(question.url, url, 0, error.reason, error.words, moved)
        return Answer(question.url, url, 310, None, f"it redirects more than {self._limits.hops} times", moved)

    def _hop(self, url: str, question: Question, validators: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        """The status, headers and body that one address gives. Raises Unanswered."""
        parts = _parts(url)
        headers = {
            "User-Agent": self._agent,
            "Accept": question.accept,
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **validators,
        }
        context = self._tls if parts.scheme == "https" else None  # which takes a while to make, the first time
        with _Alarm(self._limits.total) as alarm:
            connection = self._connection(parts, context, alarm)
            try:
                connection.request("GET", _target(parts), headers=headers, preload_content=False, decode_content=False)
                response = connection.getresponse()
                found = {name.lower(): value for name, value in response.headers.items()}
                redirects = response.status in _REDIRECTS and "location" in found
                body = b"" if redirects else _body(response, question, found)
                if alarm.rang:  # what looks like the end of an answer is that of the connection
                    raise TimeoutError
                return response.status, found, body
            except Refused as error:
                raise Unanswered(Reason.REFUSED, str(error)) from error
            except Unresolved as error:
                raise self._unresolved(error) from error
            except (OSError, HTTPError, HTTPException, ValueError) as error:
                raise _failure(error, alarm) from error
            finally:
                connection.close()

    def _unresolved(self, error: Unresolved) -> Unanswered:
        """What a name without an address means: nothing where no name has one."""
        if not self._guard.online:
            return Unanswered(Reason.OFFLINE, "there is no network")
        return Unanswered(Reason.NO_HOST if error.settled else Reason.TIMEOUT, str(error))

    def _connection(self, parts: SplitResult, context: ssl.SSLContext | None, alarm: _Alarm) -> _Guarded:
        host, port = parts.hostname or "", parts.port or _SCHEMES[parts.scheme]
        made: _Guarded
        if context:
            made = _GuardedTLS(host, port, timeout=self._limits.read, ssl_context=context)
        else:
            made = _Guarded(host, port, timeout=self._limits.read)
        made.connecting = lambda: self._connected(host, port, alarm)
        return made

    def _connected(self, host: str, port: int, alarm: _Alarm) -> socket.socket:
        line = self._guard.connect(host, port, self._limits.connect)
        line.settimeout(self._limits.read)
        alarm.watch(line)
        return line


class _Guarded(HTTPConnection):
    """A connection that is made by the guard."""

    connecting: Callable[[], socket.socket]

    def _new_conn(self) -> socket.socket:
        return self.connecting()


class _GuardedTLS(HTTPSConnection, _Guarded):
    """The same with TLS on top: the certificate is held to the name, and not to the address."""


class _Alarm:
    """Shuts a connection when its time is up: the timeout of single reads never ends an answer that drips."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._line: socket.socket | None = None
        self.rang = False

    def watch(self, line: socket.socket) -> None:
        """Watches a connection; by a handle of its own, since TLS takes the other over."""
        self._line = line.dup()
        if self.rang:
            self._ring()

    def _ring(self) -> None:
        self.rang = True
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> _Alarm:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._line is not None:
            self._line.close()


def _tls() -> ssl.SSLContext:
    """Certificates are checked against those that the system trusts, and those of `certifi` where it is installed."""
    context = ssl.create_default_context()
    with suppress(ImportError, OSError):
        import certifi

        context.load_verify_locations(certifi.where())
    return context


# Addresses --------------------------------------------------------------------------------------------------


def host_of(url: str) -> str:
    """The host of an address in lower case; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _followed(url: str, location: str) -> str:
    """The address that a redirect points to, as the header of the answer has it, in whatever bytes."""
    try:
        written = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        written = location
    try:
        return urljoin(url, written.strip()).partition("#")[0]
    except ValueError as error:
        raise Unanswered(Reason.BROKEN, "it redirects to what is no address") from error


def _parts(url: str) -> SplitResult:
    """The parts of an address that may be asked, its host in ASCII. Raises Unanswered."""
    if len(url) > _LONGEST_URL:
        raise Unanswered(Reason.REFUSED, f"the address has more than {_LONGEST_URL:,} characters")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise Unanswered(Reason.NO_HOST, "its host is no name of a host") from error
    if parts.scheme not in _SCHEMES:
        raise Unanswered(Reason.REFUSED, f"{parts.scheme or 'a relative'} address: only http and https are asked")
    if "@" in parts.netloc:
        raise Unanswered(Reason.REFUSED, "the address has a user name in it")
    if not host or not all(33 <= ord(each) < 127 for each in host):
        raise Unanswered(Reason.NO_HOST, "its host is no name of a host")
    bracketed = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=bracketed if port is None else f"{bracketed}:{port}", fragment="")


def _target(parts: SplitResult) -> str:
    """The path and the query as they are sent: no space, no control character and no other script in them."""
    query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    return (quote(parts.path, safe=_PATH) or "/") + query


# Answers ----------------------------------------------------------------------------------------------------


def _body(response: BaseHTTPResponse, question: Question, headers: Mapping[str, str]) -> bytes:
    """The body, unpacked, as far as it is wanted. Raises Unanswered."""
    packing = headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise Unanswered(Reason.NO_TEXT, f"the answer is packed as {packing[:20]}, which was not asked for")
    wire = _wire(response)
    pieces = wire if packing in ("identity", "") else _unpacked(wire)
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > question.most:
            if question.whole:
                raise Unanswered(Reason.TOO_LARGE, f"the answer has more than {question.most:,} bytes")
            break
    return bytes(body[: question.most])


def _wire(response: BaseHTTPResponse) -> Iterator[bytes]:
    """The body as it is received, piece by piece. Raises Unanswered."""
    received = 0
    while piece := response.read(_PIECE, decode_content=False):
        received += len(piece)
        yield piece
        if received > _WIRE:
            raise Unanswered(Reason.TOO_LARGE, f"the answer has more than {_WIRE:,} bytes")


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces without their packing, none of them large: a small one may hold gigabytes."""
    unpacking: Any = None
    for piece in pieces:
        if unpacking is None:
            raw = piece[:2] != b"\x1f\x8b" and piece[:1] != b"\x78"
            unpacking = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS | 32)
        try:
            yield unpacking.decompress(piece, _PIECE)
            while unpacking.unconsumed_tail:
                yield unpacking.decompress(unpacking.unconsumed_tail, _PIECE)
        except zlib.error as error:
            raise Unanswered(Reason.BROKEN, "the answer cannot be unpacked") from error


def _failure(error: Exception, alarm: _Alarm) -> Unanswered:
    """What a failure of a connection is called."""
    if alarm.rang or isinstance(error, (TimeoutError, HTTPTimeout)):
        return Unanswered(Reason.TIMEOUT, "it did not answer in time")
    if isinstance(error, (ssl.SSLError, SSLError)):
        return Unanswered(Reason.TLS, "its certificate or its encryption is not sound")
    return Unanswered(Reason.BROKEN, "the connection broke, or the answer was no HTTP")
