"""Addresses that only point to another one: link shorteners, detours of search engines, and legacy DOI resolvers."""

from __future__ import annotations

from typing import NamedTuple

import regex

from citecheck.identifiers.url import Address, below, decoded, read
from citecheck.text.patterns import lazy_regex

# Services that give out short addresses for other people's pages, and houses that have one for their own.
_SHORTENERS = frozenset(
    """adf.ly amzn.to apple.co bit.do bit.ly bitly.com bitly.ws bl.ink buff.ly cli.gs clck.ru cutt.ly db.tt dlvr.it
    dwz.cn econ.st fb.me forms.gle fur.ly goo.gl han.gl hubs.la hubs.ly ift.tt is.gd j.mp lnkd.in maps.app.goo.gl
    me2.do mz.cm n.pr nyti.ms on.ft.com on.wsj.com ow.ly politi.co qr.ae rb.gy rebrand.ly redd.it reut.rs s.id
    shorte.st shorturl.at snip.ly soo.gd spoti.fi suo.im t.cn t.co t.ly tcrn.ch tiny.cc tinyurl.com tr.im trib.al
    u.to url.cn urlz.fr v.gd vk.cc wapo.st wp.me x.gd yhoo.it zpr.io""".split()
)
# Host, beginning of the path, and the parameter that holds the target; None where the target is in code or elsewhere.
_DETOURS: tuple[tuple[str, str, str | None], ...] = (
    ("l.facebook.com", "/l.php", "u"),
    ("lm.facebook.com", "/l.php", "u"),
    ("facebook.com", "/l.php", "u"),
    ("l.instagram.com", "/", "u"),
    ("youtube.com", "/redirect", "q"),
    ("out.reddit.com", "/", "url"),
    ("duckduckgo.com", "/l/", "uddg"),
    ("bing.com", "/ck/a", None),
    ("r.search.yahoo.com", "/", None),
    ("linkedin.com", "/redir/redirect", "url"),
    ("linkedin.com", "/safety/go", "url"),
    ("safelinks.protection.outlook.com", "/", "url"),
    ("slack-redir.net", "/link", "url"),
    ("steamcommunity.com", "/linkfilter", "url"),
    ("t.umblr.com", "/redirect", "z"),
    ("vk.com", "/away.php", "to"),
    ("medium.com", "/m/global-identity", "redirectUrl"),
    ("link.zhihu.com", "/", "target"),
    ("link.juejin.cn", "/", "target"),
    ("link.csdn.net", "/", "target"),
    ("baidu.com", "/link", None),
    ("sogou.com", "/link", None),
    ("so.com", "/link", None),
    ("news.google.com", "/rss/articles/", None),
    ("news.google.com", "/articles/", None),
    ("news.google.com", "/read/", None),
    ("urldefense.com", "/v3/", None),
    ("urldefense.proofpoint.com", "/v2/", None),
    ("vertexaisearch.cloud.google.com", "/grounding-api-redirect/", None),
)
_DETOUR_HOSTS = frozenset(host for host, _, _ in _DETOURS)
_GOOGLE = lazy_regex(r"(?:www\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})")
_TARGET = lazy_regex(r"https?://[^\s()<>\[\]\"'`|\\*]+", regex.IGNORECASE)  # what can be in any text as it is
_NO_CHARACTER = "\ufffd"  # represents what was percent-encoded in another encoding than UTF-8
_OLD_RESOLVER = lazy_regex(r"(?:http://(?:www\.|dx\.)?|https://dx\.)doi\.org/(?=10\.)", regex.IGNORECASE)


class Detour(NamedTuple):
    """An address that leads through a host to another; `target` is None where only that host knows it."""

    host: str
    target: str | None


def shortener(written: str) -> str | None:
    """The shortener that an address is one of; None for any other address, and for the shortener's own front page."""
    address = read(written)
    if address is None or not address.path.strip("/"):
        return None
    host = address.host.removeprefix("www.")
    return host if host in _SHORTENERS else None


def detour(written: str) -> Detour | None:
    """Where an address leads by way of another; None where it leads there itself."""
    address = read(written)
    if address is None or address.scheme not in ("http", "https"):
        return None
    if address.path == "/url" and _GOOGLE.fullmatch(address.host):
        target = _target(address, "url") or _target(address, "q")
        return Detour(address.host, target) if target or address.query else None
    if not below(address.host, _DETOUR_HOSTS):
        return None
    for host, path, parameter in _DETOURS:
        if below(address.host, (host,)) and address.path.startswith(path):
            target = _target(address, parameter) if parameter else None
            return Detour(address.host, target) if target or parameter is None else None
    return None


def _target(address: Address, parameter: str) -> str | None:
    """The address that a parameter holds; None where it holds none that can be in a text as it is."""
    for each in address.query[1:].split("&"):
        name, _, value = each.removeprefix("amp;").partition("=")
        if name == parameter and _TARGET.fullmatch(target := decoded(value)) and _NO_CHARACTER not in target:
            return target
    return None


def modern_resolver(written: str) -> str | None:
    """The address of a DOI at `https://doi.org/`, where an older form of it is written.

    The old forms go on working, but are no longer the ones to write (Crossref, "DOI display guidelines", 2017).
    """
    old = _OLD_RESOLVER.match(written)
    return f"https://doi.org/{written[old.end() :]}" if old else None
