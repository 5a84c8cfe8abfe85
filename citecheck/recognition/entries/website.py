"""The site in the title of a page: servers write `Tides at noon - Harbour News`, and lists copy it whole.

A dash precedes subtitles too, so only the address tells: what is parted off names a site where its host does.
"""

from __future__ import annotations

import regex

from citecheck.identifiers.url import read
from citecheck.recognition.entries.reading import FieldSpans
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_PARTING = lazy_regex(r"\s[|–—·-]\s")
_WORD = lazy_regex(r"[^\W_]+")
_EVERYWHERE = frozenset("www com org net edu gov co ac blog news docs info web".split())  # in hosts
_LONGEST = 60  # code points of a site's name
_SHORTEST = 3  # letters that distinguish one site from another
_SHARE = 0.4  # of the letters of a name that are in a host: `World Salt Foundation` at worldsalt.example


def split_site_name(named: FieldSpans, words: str, address: str) -> FieldSpans:
    """The names of an entry, with the site that follows or before the title as its container."""
    title = named.title
    partings = list(_PARTING.finditer(words, *title)) if title and not named.container else []
    read_address = read(address) if partings else None
    if title is None or read_address is None:
        return named
    first, last = partings[0], partings[-1]
    for rest, site in (
        (Span(title.start, last.start()), Span(last.end(), title.end)),
        (Span(first.end(), title.end), Span(title.start, first.start())),
    ):
        if _is_of(site.of(words), read_address.host):
            return named._replace(title=rest, container=site)
    return named


def _is_of(name: str, host: str) -> bool:
    """Whether a name is that of the site at a host, as far as their letters tell."""
    names = _WORD.findall(name.casefold())
    letters = "".join(names)
    if len(name) > _LONGEST or len(letters) < _SHORTEST:
        return False
    labels = set(regex.split(r"[.-]", host)) - _EVERYWHERE
    joined = host.replace("-", "")
    shared = sum(len(word) for word in names if len(word) > _SHORTEST and word in joined)
    return not labels.isdisjoint(names) or letters in joined or shared >= _SHARE * len(letters)
