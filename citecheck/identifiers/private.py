"""Addresses that lead nowhere for anyone but their writer."""

from __future__ import annotations

import regex

from citecheck.identifiers.url import Address, below, read
from citecheck.text.patterns import lazy_regex

_LOCAL_SCHEMES = frozenset("file sandbox blob content chrome-extension moz-extension obsidian zotero".split())
# RFC 6761 and 6762, RFC 8375, and ICANN's resolution 2024.07.29.06 for `internal`.
_LOCAL_DOMAINS = ("localhost", "local", "internal", "home.arpa", "localdomain")
_OWN = (  # what is open to the one who uploaded or asked, and to nobody else: host, and beginning of the path
    ("ppl-ai-file-upload.s3.amazonaws.com", "/"),
    ("ppl-ai-code-interpreter-files.s3.amazonaws.com", "/"),
    ("oaiusercontent.com", "/"),
    ("chatgpt.com", "/c/"),
    ("chat.openai.com", "/c/"),
    ("claude.ai", "/chat/"),
    ("gemini.google.com", "/app/"),
    ("mail.google.com", "/mail/"),
    ("outlook.office.com", "/mail/"),
    ("outlook.live.com", "/mail/"),
)
_OWN_HOSTS = frozenset(host for host, _ in _OWN)
# Parameters by which storage services sign an address for a while: Amazon S3 and CloudFront, Google Cloud Storage,
# Azure (`sig` beside `se`, its expiry), Alibaba OSS, Tencent COS, Volcengine TOS.
_SIGNED = lazy_regex(
    r"[?&;](?:x-(?:amz|goog|oss|tos)-signature|awsaccesskeyid|googleaccessid|ossaccesskeyid|key-pair-id|q-signature)=",
    regex.IGNORECASE,
)
_AZURE = lazy_regex(r"(?=[^#]*[?&;]sig=)[^#]*[?&;]se=", regex.IGNORECASE)


def privacy(written: str) -> str | None:
    """Why nobody else can follow an address, in words; None where nothing shows that."""
    address = read(written)
    if address is None:
        return None
    if address.scheme in _LOCAL_SCHEMES:
        return f"a {address.scheme}: address leads nowhere on another computer"
    if address.scheme not in ("http", "https", "ftp"):
        return None
    if below(address.host, _LOCAL_DOMAINS) or _private(address.host):
        return f"{address.host} leads nowhere outside its own network"
    if _SIGNED.search(address.query) or (below(address.host, ("windows.net",)) and _AZURE.match(address.query)):
        return "the address is signed for a while, with a key in it, and then expires"
    return f"only its owner can open an address at {address.host}" if _owned(address) else None


def _private(host: str) -> bool:
    """Whether a host is an IP address of a private network, of the machine itself or of its link (RFC 6890)."""
    if not (host[-1:].isdecimal() or host.startswith("[")):
        return False
    from ipaddress import AddressValueError, IPv4Address, IPv6Address

    try:
        number = IPv6Address(host[1:-1]) if host.startswith("[") else IPv4Address(host)
    except AddressValueError:
        return False
    return number.is_private or number.is_link_local or number.is_unspecified


def _owned(address: Address) -> bool:
    return below(address.host, _OWN_HOSTS) and any(
        below(address.host, (host,)) and address.path.startswith(path) for host, path in _OWN
    )
