"""Which machines may be connected to: a name is resolved once, its addresses are judged, and one of them is used.

A document may name any address, and any address may redirect to any other: to the machine itself, to its network, to
the metadata service of a cloud. Names are therefore never judged, as `127.1`, `0x7f.1` and `①②⑦.0.0.1` all point to the
machine itself, and so may any name of the DNS. What is judged is the number that a socket is about to connect to; it is
not resolved a second time, since a resolver may answer differently then.

The table is our own. `ipaddress.is_global` depends on the version of Python, and in 3.11 accepts `::127.0.0.1`,
`64:ff9b::7f00:1`, `fec0::1` and the metadata addresses of two clouds.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any, Final

Address = IPv4Address | IPv6Address
Table = Callable[[Address, int], bool]
"""Whether an address may be connected to at a port."""
Resolver = Callable[..., Sequence[tuple[Any, ...]]]
"""What answers as `socket.getaddrinfo` does."""

# The special-purpose registries of IANA (RFC 6890), as of 2026, and the address of one cloud's metadata service.
_CLOSED: Final = tuple(
    map(
        IPv4Network,
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 "
        "168.63.129.16/32".split(),
    )
)
_OPEN_6: Final = IPv6Network("2000::/3")  # global unicast: all that has been given out
_CLOSED_6: Final = tuple(map(IPv6Network, "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split()))
_MAPPED: Final = IPv6Network("::ffff:0:0/96")  # an IPv4 address follows
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")  # as well, for NAT64 (RFC 6052)
_PORTS: Final = frozenset({80, 443})
_CONTROL: Final = "doi.org"
_MOST_TRIED: Final = 4  # addresses of one name


class Refused(Exception):
    """An address that must not be connected to; nothing was sent."""


class Unresolved(Exception):
    """A name without an address. `settled` is whether it is known to have none, and not only could not be asked."""

    def __init__(self, host: str, *, settled: bool) -> None:
        super().__init__(f"no address of {host} is known")
        self.settled: Final = settled


def public(address: Address, port: int) -> bool:
    """Whether an address is one of the public internet, at a port of the web."""
    return port in _PORTS and is_public(address)


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED)
    if address in _MAPPED or address in _TRANSLATED:
        return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return address in _OPEN_6 and not any(address in network for network in _CLOSED_6)


def allowing(private: Sequence[str]) -> Table:
    """The table of public addresses and, besides, those named: `10.0.0.7`, or `10.0.0.7:8080` for one port.

    Raises ValueError where one is no address. Only a user may name them, never a repository's own settings.
    """
    named = frozenset(map(_named, private))

    def allows(address: Address, port: int) -> bool:
        return public(address, port) or (address, port) in named or ((address, 0) in named and port in _PORTS)

    return allows


def _named(word: str) -> tuple[Address, int]:
    host, colon, port = word.rpartition(":")
    if colon and port.isdecimal() and (host.count(":") == 0 or host.startswith("[")):
        return ip_address(host.strip("[]")), int(port)
    return ip_address(word.strip("[]")), 0


class Guard:
    """Connects to what its table allows, and to nothing else."""

    def __init__(self, table: Table = public, resolve: Resolver = socket.getaddrinfo) -> None:
        self._table = table
        self._resolve = resolve

    def connect(self, host: str, port: int, seconds: float) -> socket.socket:
        """A connection to a host, to be made within so many seconds.

        Raises Unresolved, Refused where any address of the name is refused, and OSError where none of them answers.
        """
        end = time.monotonic() + seconds
        failure = OSError("no address")
        for family, kind, protocol, place in self._judged(host, port)[:_MOST_TRIED]:
            line = socket.socket(family, kind, protocol)
            try:
                line.settimeout(max(end - time.monotonic(), 0.01))
                line.connect(place)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                line.close()
                failure = error
            except BaseException:
                line.close()
                raise
            else:
                return line
        raise failure

    @cached_property
    def online(self) -> bool:
        """Whether names are resolved at all: one that exists wherever there is a network is requested."""
        with suppress(OSError):
            return bool(self._resolve(_CONTROL, 443, type=socket.SOCK_STREAM))
        return False

    def _judged(self, host: str, port: int) -> list[tuple[int, int, int, tuple[Any, ...]]]:
        """Where a name leads, all of it allowed."""
        try:
            found = self._resolve(host, port, type=socket.SOCK_STREAM)
        except UnicodeError as error:  # what cannot be a name, such as one with a label of 64 letters
            raise Unresolved(host, settled=True) from error
        except OSError as error:
            raise Unresolved(host, settled=error.errno != socket.EAI_AGAIN) from error
        if not found:
            raise Unresolved(host, settled=True)
        for _, _, _, _, place in found:
            with suppress(ValueError):
                if self._table(ip_address(str(place[0]).partition("%")[0]), port):
                    continue
            raise Refused(f"{host} leads to {place[0]} at port {port}")
        return [(family, kind, protocol, place) for family, kind, protocol, _, place in found]
