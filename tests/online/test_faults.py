"""What each fault of a server comes to, and what a document can never make citecheck connect to."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from citecheck.model.outcomes import Outcome, Reason
from citecheck.sources.online.asking import Asking
from citecheck.sources.online.cache import Cache
from citecheck.sources.online.client import Client, Limits, Question
from citecheck.sources.online.guard import Guard, Refused, allowing, is_public, public
from citecheck.sources.online.liveness import Judgement, judged
from tests.online.server import (
    LOOPBACK,
    PAGE,
    QUICK,
    Clock,
    Exchange,
    Respond,
    Server,
    bomb,
    client,
    dripping,
    endless,
    hosts,
    packed,
    reset,
    serving,
)

OK, WRONG, UNKNOWN = Outcome.OK, Outcome.WRONG, Outcome.UNKNOWN
FAR = "Fri, 01 Jan 2038 00:00:00 GMT"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


class Row(NamedTuple):
    """A fault, what it comes to, and how often it is asked."""

    respond: Respond
    outcome: Outcome
    reason: Reason | None = None
    asked: int = 1


def says(status: int, body: bytes = PAGE, **headers: str) -> Respond:
    return lambda exchange: exchange.send(status, body, **headers)


def sends(data: bytes) -> Respond:
    return lambda exchange: exchange.raw(data)


def leads(to: str, status: int = 302) -> Respond:
    return lambda exchange: exchange.redirect(to, status)


def titled(title: str) -> Respond:
    return says(200, f"<html><head><title>{title}</title></head><body>…".encode())


def first(respond: Respond) -> Respond:
    """What goes wrong once, and is well then."""
    return lambda exchange: respond(exchange) if exchange.number == 1 else exchange.send(200)


def slow(exchange: Exchange) -> None:
    time.sleep(2.5)
    exchange.send(200)


def bounded(exchange: Exchange) -> None:
    if "if-none-match" in exchange.headers:
        exchange.send(304, b"")
    else:
        exchange.send(200, etag='"1"')


ROWS: dict[str, Row] = {
    "/page": Row(says(200), OK),
    "/no-length": Row(sends(HTTP + b"\r\n" + PAGE), OK),
    "/204": Row(sends(b"HTTP/1.1 204 None\r\n\r\n"), OK),
    "/206": Row(says(206), OK),
    "/packed": Row(says(200, packed(PAGE), content_encoding="gzip"), OK),
    "/bom": Row(says(200, b"\xef\xbb\xbf" + PAGE), OK),
    "/wrong-charset": Row(says(200, "<title>Größe</title>".encode("latin-1")), OK),
    "/pdf-as-text": Row(says(200, b"%PDF-1.7 \xff\xfe", content_type="text/plain"), OK),
    "/bomb": Row(says(200, bomb(30 * 1024 * 1024), content_encoding="gzip"), OK),
    "/endless": Row(endless, OK),
    "/429-once": Row(first(says(429, retry_after="2")), OK, None, 2),
    "/503-once": Row(first(says(503)), OK, None, 2),
    "/reset-once": Row(first(reset), OK, None, 2),
    "/moved": Row(leads("/page", 301), OK),
    "/utf8-location": Row(leads("/größe".encode().decode("latin-1")), OK),
    "/gr%C3%B6%C3%9Fe": Row(says(200), OK),
    "/space-in-location": Row(leads("/with space"), OK),
    "/with%20space": Row(says(200), OK),
    "/wikipedia/HTTP_404": Row(titled("404 Not Found - HTTP"), OK),
    "/404": Row(says(404), WRONG),
    "/410": Row(says(410), WRONG),
    "/to-404": Row(leads("/404"), WRONG),
    "/loop": Row(leads("/loop"), WRONG),
    "/ping": Row(leads("/pong"), WRONG),
    "/pong": Row(leads("/ping"), WRONG),
    "/soft": Row(titled("Page not found | Tides"), WRONG),
    "/soft-heading": Row(says(200, b"<title>Tides</title><h1>404</h1>"), WRONG),
    "/soft-german": Row(titled("Seite nicht gefunden – Gezeiten"), WRONG),
    "/deep/down/page": Row(leads("/"), WRONG),
    "/": Row(says(200), OK),
    "/401": Row(says(401), UNKNOWN, Reason.LOGIN),
    "/403": Row(says(403), UNKNOWN, Reason.HTTP_403),
    "/405": Row(says(405), UNKNOWN, Reason.HTTP_4XX),
    "/451": Row(says(451), UNKNOWN, Reason.HTTP_4XX),
    "/999": Row(says(999), UNKNOWN, Reason.HTTP_4XX),
    "/500": Row(says(500), UNKNOWN, Reason.HTTP_5XX, 3),
    "/503": Row(says(503), UNKNOWN, Reason.HTTP_5XX, 3),
    "/429-for-ever": Row(says(429, retry_after="2"), UNKNOWN, Reason.HTTP_429, 3),
    "/to-login": Row(leads("/account/login?next=/"), UNKNOWN, Reason.LOGIN),
    "/account/login": Row(says(200), OK),
    "/wall": Row(titled("Just a moment..."), UNKNOWN, Reason.WALL),
    "/reset": Row(reset, UNKNOWN, Reason.BROKEN, 3),
    "/empty": Row(lambda exchange: None, UNKNOWN, Reason.BROKEN, 3),
    "/garbage": Row(sends(b"\x00\x01\x02 no HTTP at all\r\n\r\n"), UNKNOWN, Reason.BROKEN, 3),
    "/short": Row(sends(HTTP + b"Content-Length: 900\r\n\r\n" + PAGE), UNKNOWN, Reason.BROKEN, 3),
    "/chunked-rubbish": Row(
        sends(HTTP + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nno chunk\r\n"), UNKNOWN, Reason.BROKEN, 3
    ),
    "/not-packed": Row(says(200, b"\x1f\x8bno gzip", content_encoding="gzip"), UNKNOWN, Reason.BROKEN, 3),
    "/brotli": Row(says(200, content_encoding="br"), UNKNOWN, Reason.NO_TEXT),
    "/long-header": Row(sends(HTTP + b"X-A: " + b"a" * 2_000_000), UNKNOWN, Reason.BROKEN, 3),
    "/cookies": Row(sends(HTTP + b"Set-Cookie: a=b\r\n" * 10_000 + b"\r\n"), UNKNOWN, Reason.BROKEN, 3),
    "/slow": Row(slow, UNKNOWN, Reason.TIMEOUT),
    "/drip-body": Row(
        lambda exchange: dripping(exchange, HTTP + b"Content-Length: 90000\r\n\r\n", b"a"), UNKNOWN, Reason.TIMEOUT
    ),
    "/drip-head": Row(lambda exchange: dripping(exchange, HTTP + b"X-A: ", b"a"), UNKNOWN, Reason.TIMEOUT),
    "/to-file": Row(leads("file:///etc/passwd"), UNKNOWN, Reason.REFUSED),
    "/to-ftp": Row(leads("ftp://example.org/"), UNKNOWN, Reason.REFUSED),
    "/to-user": Row(leads("http://me:secret@127.0.0.1/"), UNKNOWN, Reason.REFUSED),
    "/to-other-port": Row(leads("http://127.0.0.1:1/"), UNKNOWN, Reason.REFUSED),
    "/to-loopback": Row(leads("http://127.0.0.2/"), UNKNOWN, Reason.REFUSED),
    "/to-metadata": Row(leads("http://169.254.169.254/latest/meta-data/"), UNKNOWN, Reason.REFUSED),
    "/to-mapped": Row(leads("http://[::ffff:127.0.0.1]/"), UNKNOWN, Reason.REFUSED),
    "/to-nowhere": Row(leads("http://[::1/"), UNKNOWN, Reason.BROKEN, 3),
    "/to-no-host": Row(leads("http://nobody.invalid/"), WRONG),
    "^/hops/\\d+$": Row(lambda exchange: exchange.redirect(f"/hops/{int(exchange.path[6:]) + 1}"), WRONG),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving({path: row.respond for path, row in ROWS.items()}) as started:
        yield started


def ask(server: Server, path: str, clock: Clock | None = None, cache: Cache | None = None) -> Judgement:
    at = hosts(clock)
    asking = Asking(client(server, at), at, cache or Cache(None), now=lambda: 1_800_000_000.0)
    ((_, asked),) = asking.answers([Question(server.url(path))])
    return judged(asked.answer)


@pytest.mark.parametrize("path", ROWS)
def test_a_fault_comes_to_what_is_right(server: Server, path: str) -> None:
    row = ROWS[path]
    asked = "/hops/0" if path.startswith("^") else path
    before, start = server.asked[asked], time.monotonic()
    said = ask(server, asked)
    assert (row.outcome, row.reason, row.asked) == (said.outcome, said.reason, server.asked[asked] - before), said
    assert time.monotonic() - start < 8.0


def test_redirects_are_followed_eight_times_and_no_more(server: Server) -> None:
    ask(server, "/hops/500")
    assert 8 == sum(server.asked[f"/hops/{number}"] for number in range(500, 600))


def test_a_host_that_wants_to_be_left_alone_for_years_is_left_alone_at_once() -> None:
    with serving({"/2038": says(429, retry_after=FAR), "/other": says(200)}) as server:
        clock, start = Clock(), time.monotonic()
        at = hosts(clock)
        asking = Asking(client(server, at), at, Cache(None), now=lambda: 1_800_000_000.0)
        urls = [server.url("/2038"), server.url("/other")]
        answers = [judged(asked.answer) for url in urls for _, asked in asking.answers([Question(url)])]
    assert [(UNKNOWN, Reason.HTTP_429)] * 2 == [(each.outcome, each.reason) for each in answers]
    assert {"/2038": 1} == server.asked
    assert [] == clock.slept
    assert time.monotonic() - start < 1.0


def test_retry_after_is_obeyed_by_seconds_and_by_date() -> None:
    soon = "Fri, 15 Jan 2027 08:00:30 GMT"  # thirty seconds from the test's now
    with serving(
        {"/seconds": first(says(429, retry_after="7")), "/date": first(says(503, retry_after=soon))}
    ) as server:
        for path, expected in (("/seconds", 7.0), ("/date", 30.0)):
            clock = Clock()
            assert OK is ask(server, path, clock).outcome
            assert expected == pytest.approx(sum(clock.slept))


def test_what_the_cache_knows_is_asked_for_with_its_validator(tmp_path: Path) -> None:
    with serving({"/bounded": bounded}) as server:
        at = hosts()
        cache, now = Cache(str(tmp_path)), [1_800_000_000.0]
        asking = Asking(client(server, at), at, cache, now=lambda: now[0])
        for days in (0, 1, 8, 9):
            now[0] = 1_800_000_000.0 + days * 86_400
            ((_, asked),) = asking.answers([Question(server.url("/bounded"))])
            assert OK is judged(asked.answer).outcome
        cache.close()
        conditional = [headers.get("if-none-match") for _, _, _, headers in server.log]
    assert [None, '"1"'] == conditional


def test_certificates_are_checked(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        certificate,
        "-days",
        "2",
    ]
    if subprocess.run([*map(str, made), "-subj", "/CN=localhost"], capture_output=True, check=False).returncode:
        pytest.skip("there is no openssl to make a certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving({"/": says(200)}, wrap=lambda line: context.wrap_socket(line, server_side=True)) as server:
        patient = client(server, hosts(), Limits(connect=5.0, read=5.0, total=10.0))
        said = judged(patient.ask(Question(f"https://localhost:{server.port}/")))
    assert (UNKNOWN, Reason.TLS, 0) == (said.outcome, said.reason, server.asked["/"])


# What must not be connected to ------------------------------------------------------------------------------

HIDDEN = [
    *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "0", "0.0.0.0"),
    *(
        "127。0。0。1",
        "①②⑦.0.0.1",
        "１２７.0.0.1",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "127.0.0.2",
        "127.255.255.254",
    ),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]"),
    *("[2002:7f00:1::]", "[fe80::1]", "[fec0::1]", "[fc00::1]", "[ff02::1]", "[2001:db8::1]", "[3fff::1]"),
    *("169.254.169.254", "2852039166", "0xa9fea9fe", "[::ffff:169.254.169.254]", "[fd00:ec2::254]"),
    *("192.0.0.192", "168.63.129.16", "100.100.100.200", "10.0.0.1", "172.16.0.1", "192.168.0.1", "224.0.0.1"),
    *("255.255.255.255", "198.18.0.1", "192.88.99.1", "203.0.113.7", "240.0.0.1"),
]


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The addresses that any socket of this process is connected to."""
    seen: list[Any] = []

    class Counted(socket.socket):
        def connect(self, address: Any) -> None:
            seen.append(address)
            raise ConnectionRefusedError

        def connect_ex(self, address: Any) -> int:
            seen.append(address)
            return 111

    monkeypatch.setattr(socket, "socket", Counted)
    return seen


@pytest.mark.parametrize("host", HIDDEN)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_of_an_address_within_is_connected_to(host: str, scheme: str, connections: list[Any]) -> None:
    said = judged(Client(Guard(), hosts().turn, agent="test", limits=QUICK).ask(Question(f"{scheme}://{host}/")))
    assert [] == connections
    assert UNKNOWN is said.outcome
    assert said.reason in (Reason.REFUSED, Reason.NO_HOST, Reason.OFFLINE), said


def test_each_spelling_is_refused_at_a_redirect_too() -> None:
    pages = {f"/{number}": leads(f"http://{host}/") for number, host in enumerate(HIDDEN) if host.isascii()}
    with serving(pages) as hostile:
        asked = client(hostile, hosts())
        for path in pages:
            said = judged(asked.ask(Question(hostile.url(path))))
            assert said.reason in (Reason.REFUSED, Reason.NO_HOST, Reason.OFFLINE), (path, said)
        assert len(pages) == hostile.connections


def test_a_name_is_resolved_once_and_its_address_connected_to(connections: list[Any]) -> None:
    answers = iter(["93.184.215.14", LOOPBACK, LOOPBACK])

    def rebinding(host: str, port: int, **given: Any) -> list[tuple[Any, ...]]:
        return list(socket.getaddrinfo(next(answers), port, **given))

    Client(Guard(resolve=rebinding), hosts().turn, agent="test", limits=QUICK).ask(
        Question("http://rebinding.example/")
    )
    assert [("93.184.215.14", 80)] == connections


def test_a_name_with_one_address_within_is_refused(connections: list[Any]) -> None:
    def mixed(host: str, port: int, **given: Any) -> list[tuple[Any, ...]]:
        return [row for each in ("93.184.215.14", "10.0.0.1") for row in socket.getaddrinfo(each, port, **given)]

    with pytest.raises(Refused):
        Guard(resolve=mixed).connect("mixed.example", 80, 1.0)
    assert [] == connections


@pytest.mark.parametrize("port", [22, 25, 8080, 6379, 0])
def test_only_the_ports_of_the_web_are_connected_to(port: int, connections: list[Any]) -> None:
    said = judged(Client(Guard(), hosts().turn, agent="test").ask(Question(f"http://93.184.215.14:{port}/")))
    assert ([], Reason.REFUSED) == (connections if port else [], said.reason if port else Reason.REFUSED)


def test_public_addresses_are_public() -> None:
    from ipaddress import ip_address

    for each in ("93.184.215.14", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001:80b::200e", "::ffff:93.184.215.14"):
        assert is_public(ip_address(each)), each
    assert not public(ip_address("1.1.1.1"), 8080)


def test_a_user_may_allow_an_address_at_a_port() -> None:
    from ipaddress import ip_address

    table = allowing(["10.0.0.7:8080", "10.0.0.8", "[fd00::1]:81"])
    assert [True, False, False, True, False, True] == [
        table(ip_address(address), port)
        for address, port in (
            *(("10.0.0.7", 8080), ("10.0.0.7", 80), ("10.0.0.9", 80)),
            *(("10.0.0.8", 443), ("10.0.0.8", 22), ("fd00::1", 81)),
        )
    ]
    with pytest.raises(ValueError, match="appear to be"):
        allowing(["example.org"])


def test_nothing_but_the_address_and_our_name_is_sent() -> None:
    with serving({"/": says(200, set_cookie="a=b")}) as server:
        ask(server, "/")
        ask(server, "/")
    names = {frozenset(headers) for _, _, _, headers in server.log}
    assert {frozenset({"host", "user-agent", "accept", "accept-encoding", "connection"})} == names


# What an answer costs ---------------------------------------------------------------------------------------

MEASURED = """
import sys
from tests.online.server import client, hosts, only, Server
from citecheck.sources.online.client import Client, Limits, Question
from citecheck.sources.online.guard import Guard
from tests.online.server import everywhere
port = int(sys.argv[1])
asked = Client(Guard(only(port), everywhere), hosts().turn, agent="test", limits=Limits())
for path, most, whole in (("/bomb", 65536, False), ("/bomb", 20 << 20, True), ("/endless", 20 << 20, True)):
    answer = asked.ask(Question(f"http://127.0.0.1:{port}{path}", most=most, whole=whole))
    print(answer.status, answer.reason, len(answer.body))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the most memory that a process had")
def test_a_bomb_of_300_megabytes_costs_no_more_than_60() -> None:
    with serving({"/bomb": says(200, bomb(300 * 1024 * 1024), content_encoding="gzip"), "/endless": endless}) as server:
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, str(server.port)], capture_output=True, text=True, check=True, timeout=60
        )
    *answers, most = done.stdout.splitlines()
    assert ["200 None 65536", "0 too-large 0", "0 too-large 0"] == answers
    assert int(most) <= 60 * 1024, f"{most} kilobytes"
