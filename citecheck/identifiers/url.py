"""Web addresses, held to RFC 3986 as they are written.

The parsers of browsers (WHATWG, URL Standard, section 4.4) take `https:/x` and `ttps://x` without a word, so no parser
decides here. What RFC 3986 forbids and everybody writes is let through: letters of all scripts, spaces apart, in hosts
(RFC 5890) and paths (RFC 3987), and square brackets in queries.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

import regex

from citecheck.identifiers import Fault
from citecheck.text.patterns import lazy_re, lazy_regex

# RFC 3986, appendix B, with what precedes the first slash held to a scheme and an authority.
_ADDRESS = lazy_re(
    r"(?P<scheme>[a-z][a-z0-9+.-]{0,30}):(?://(?P<authority>[^/?#]*))?(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_ORDINARY = lazy_re(  # what most addresses are like, and nothing is wrong with
    r"https?://(?:[a-zA-Z0-9-]{1,63}\.){1,8}[a-zA-Z][a-zA-Z0-9-]{0,62}(?:[/?#][^\s()\[\]<>{}$*…\\\"]*)?"
)
_START = lazy_regex(r"([a-z]{2,7})([:;]{0,2}[/\\]{1,3}:?)", regex.IGNORECASE)
_AGAIN = lazy_regex(r"https?[:;]?//", regex.IGNORECASE)
_RESOLVED_TWICE = lazy_regex(r"(?:dx\.)?doi\.org/(?=https?:/{1,2}(?:dx\.)?doi\.org/)", regex.IGNORECASE)
_SCHEMES = {
    **{scheme: scheme for scheme in ("http", "https", "ftp")},
    **dict.fromkeys("ttp tp htp htttp hhttp hhtp httpp htpp htpt thtp".split(), "http"),
    **dict.fromkeys("ttps tps htps htttps hhttps hhtps httpps htpps httpss httsp htpts thtps htts".split(), "https"),
}
_TEMPLATE = lazy_regex(r"[{}<>$*…\\]|\.{3}")  # `https://{lang}.example.org` and `https://...` are no addresses yet
_IN_HOST = {",": "a comma", ";": "a semicolon", "(": "a bracket", ")": "a bracket", "[": "a bracket", "]": "a bracket"}
_FRONT = lazy_regex(r"\A(?:[a-z][a-z0-9+.-]{0,30}:/{1,2})?+(?:[^/?#@\s]*+@)?+(?:(?:www\d?|m)\.)*+", regex.IGNORECASE)
_USUAL_PORT = lazy_regex(r"\A([^/?#:]*+):(?:80|443)(?=[/?#]|\Z)")
_DOMAIN = lazy_regex(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}+")
_IPV4 = lazy_regex(r"\d{1,9}(?:\.\d{1,9}){3}")
_HIGHEST_PORT = 65_535
_LONGEST_HOST = 253  # code points; RFC 1035, section 2.3.4
UNCLOSED = Fault("a bracket is opened in the address and not closed")


class Address(NamedTuple):
    """The parts of an address as written; the host in lower case and without port, the query with its `?`."""

    scheme: str
    host: str
    path: str
    query: str
    fragment: str


@lru_cache(maxsize=256)  # several checks read each address of a document
def read(written: str) -> Address | None:
    """The parts of a written address; None where it has no scheme. Sound or not, it never raises."""
    parts = _ADDRESS.fullmatch(written)
    if parts is None:
        return None
    host, _ = _host_and_port(parts["authority"] or "")
    return Address(parts["scheme"].lower(), host.lower(), parts["path"], parts["query"] or "", parts["fragment"] or "")


def bare(written: str) -> str:
    """An address, or a host, without what two authors put differently: scheme, user, `www.` or `m.`, the usual port."""
    return _USUAL_PORT.sub(r"\1", _FRONT.sub("", written))


def decoded(written: str) -> str:
    """An address without its percent-encoding (RFC 3986, section 2.1)."""
    if "%" not in written:
        return written
    from urllib.parse import unquote  # here, as few addresses need it

    return unquote(written)


def below(host: str, domains: Collection[str]) -> bool:
    """Whether a host is one of the domains, or lies below one: compared label by label, never by letters alone."""
    if len(host) > _LONGEST_HOST:
        return False
    while host not in domains:
        _, point, host = host.partition(".")
        if not point:
            return False
    return True


def fault(written: str) -> Fault | None:
    """What is wrong with the form of a web address; what is no web address, a path or `mailto:`, has no fault here."""
    if _ORDINARY.fullmatch(written) and "//" not in written[len("https://") :] and ".." not in written:
        return None
    start = _START.match(written)
    meant = _SCHEMES.get(start[1].lower()) if start else None
    if start is None or meant is None:
        return None
    rest = written[start.end() :]
    if meant != start[1].lower():
        return Fault(f"the scheme of the address is {start[1]}, not {meant}", f"{meant}://{rest.lstrip()}")
    if start[2] != "://":
        return Fault(f"{start[0]} is written where {meant}:// belongs", f"{meant}://{rest.lstrip()}")
    if _AGAIN.match(rest):
        return Fault("the scheme of the address is written twice", rest)
    if resolver := _RESOLVED_TWICE.match(rest):
        return Fault("the resolver of the DOI is in the address twice", rest[resolver.end() :])
    if rest.startswith(" "):
        return Fault("there is a space in the address", f"{start[0]}{rest.lstrip()}")
    parts = _ADDRESS.fullmatch(written)
    authority = parts["authority"] if parts else ""
    if parts is None or _TEMPLATE.search(authority):
        return None
    return _authority_fault(authority, start[0], rest) or _path_fault(parts["path"], written)


def _host_and_port(authority: str) -> tuple[str, str]:
    """The host, and the port with its colon; a colon inside the brackets of an IPv6 address parts nothing."""
    host = authority.rpartition("@")[2]
    name, colon, port = host.rpartition(":")
    return (host, "") if not colon or "]" in port else (name, colon + port)


def _authority_fault(authority: str, start: str, rest: str) -> Fault | None:
    host, port = _host_and_port(authority)
    if " " in authority:
        near = authority.replace(" ", "")
        return Fault("there is a space in the host", f"{start}{near}{rest[len(authority) :]}")
    if host.startswith("["):
        return _ipv6_fault(host)
    if ".." in host or host.startswith("."):
        mended = f"{start}{rest.replace('..', '.', 1)}" if host.count("..") == 1 and host[0] != "." else None
        return Fault("a name is missing between two points of the host", mended)
    if "//" in rest and _IN_HOST.keys() & set(host):
        return None  # two addresses with nothing but a comma between them
    if strange := next((character for character in host if character in _IN_HOST), None):
        mended = host.replace(",", ".")
        sure = strange == "," and "," not in port and _DOMAIN.fullmatch(mended) and "," not in rest[len(authority) :]
        return Fault(f"{_IN_HOST[strange]} is in the host", f"{start}{rest.replace(',', '.')}" if sure else None)
    if _IPV4.fullmatch(host) and (part := next((part for part in host.split(".") if int(part) > 255), None)):
        return Fault(f"no part of an IPv4 address is above 255, and this one has {part}")
    if port[1:] and not (port[1:].isdecimal() and int(port[1:]) <= _HIGHEST_PORT):
        return Fault(f"{port[1:]} is no port number")
    return None


def _ipv6_fault(host: str) -> Fault | None:
    """RFC 3986, section 3.2.2: square brackets in a host enclose an IPv6 address, and nothing else in use."""
    if not host.endswith("]"):
        return Fault("the square bracket of the host is not closed")
    from ipaddress import AddressValueError, IPv6Address  # here, as few hosts are numbers

    try:
        IPv6Address(host[1:-1].replace("%25", "%"))
    except AddressValueError:
        return Fault("the square brackets of the host hold no IPv6 address")
    return None


def _path_fault(path: str, written: str) -> Fault | None:
    if " " in written.strip():
        return Fault("there is a space in the address", written.strip().replace(" ", "%20"))
    if path.count("(") > path.count(")"):
        return UNCLOSED
    return None
