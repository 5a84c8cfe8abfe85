"""Identifiers and addresses in the words of an entry, as they are written; whether they are sound a check may say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from citecheck.identifiers import BRACKETS
from citecheck.identifiers.doi import PAGES
from citecheck.model.sources import Field
from citecheck.readers.addresses import PART
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

# The scheme may be misspelt (`ttps://`, `http//`, `https:/`): what was meant as an address is one, and a check may say
# what is wrong.
_ADDRESS = lazy_regex(
    rf"\b(?:(?:h{{0,2}}t{{1,3}}ps?|h?tt?ps{{2}}|htpps?|httsp?|thtps?|ftp|file|sandbox)(?:[:;]{{1,2}}/{{1,3}}|//:?)|www\.(?=[\w-]+\.))"
    rf"(?=[^\s./<>()]){PART}++",
    regex.IGNORECASE,
)
_WWW = lazy_re(r"www\.", re.IGNORECASE)
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DESTINATION = lazy_regex(r"\]\(\s*<?([^\s<>()]+(?:\([^\s()]*\)[^\s()<>]*)*+)")
_NEXT_LINE = lazy_regex(r"\n[ \t]*([^\s<>]{1,300})>")  # RFC 3986, appendix C: white space inside <> is to be ignored
_NEXT_LINE_OF_CELL = lazy_regex(r"<br[ ]?/?>[ ]?([\w%~-]{0,80}[./-][\w%~./-]{0,80}\w)")

# Crossref: `10.`, four to nine digits, a slash, then anything printable. Old ones of Wiley hold `<`, `>` and `;`.
_DOI = lazy_regex(r"\b10\.\d{4,9}(?:/|%2F)(?:[^\s\"<“”，。；、]|<(?=\d))++", regex.IGNORECASE)
_NAMED_DOI = lazy_regex(
    r"\b(?:doi:?\s?(?:https?:/{1,2}(?:dx\.)?doi\.org/)?|(?:dx\.)?doi\.org/)"
    r"((?=[^\s/]{0,20}\d)[^\s/\"<“”，。；、]*+/(?:[^\s\"<“”，。；、]|<(?=\d))*+)",
    regex.IGNORECASE,
)
_NAMED = tuple(  # the word that announces an identifier, in lower case, and what is written after it
    (name, word, lazy_regex(pattern, regex.IGNORECASE))
    for name, word, pattern in (
        ("isbn", "isbn", r"isbn(?:-1[03])?(?:\s?\(?(?:pbk|hbk|e|print|online)\.?\)?)?\s?[:：]?\s{0,3}"
                         r"(\d[\d\-–‐ ]{6,20}[\dX](?!\w)|\d[\w\-–]{7,18})"),
        ("issn", "issn", r"issn(?:-l)?(?:\s?\((?:print|online)\))?\s?[:：]?\s{0,3}(\d[\w\-–‐]{5,11})"),
        ("arxiv", "arxiv", r"arxiv(?:\.org/(?:abs|pdf|html)/|\s?[:：]\s?(?:abs/)?|\s(?=\d{4}\.))"
                           r"((?:[a-z-]+(?:\.[a-z]{2})?/)?\d[\d.]*(?:v\d+)?)"),
        ("pmid", "pmid", r"pmid\s?[:：]?\s{0,3}(\d\w*)"),
        ("pmid", "pubmed", r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|nih\.gov/pubmed/)(\d+)"),
        ("pmcid", "pmc", r"pmcid\s?[:：]?\s{0,3}(\w+)|\b(PMC\d+)\b"),
    )
)  # fmt: skip
_PAGE = lazy_regex(rf"[?#]|(?:{PAGES})+(?![\w./-])")
_TRAILING = ".,;:!?'\"”’»，。；：、"
_EMPHASIS = "*_"
_WIDEST_EMPHASIS = 300  # code points between its beginning and an address in it
_BRACKET = lazy_re(r"[()\[\]{}<>]")


def urls(text: str, offset: int) -> Iterator[Field]:
    """The addresses in a text that begins at an offset of its document, in the order written.

    One in angle brackets that runs over a line's end is read as one, and so is one that a cell breaks at a slash. A
    link within the site, `[plan](plan.md)`, counts.
    """
    taken = 0
    spans = list(_addresses(text))
    if "](" in text:
        spans = sorted({*spans, *(found.span(1) for found in _DESTINATION.finditer(text))})
    for start, end in spans:
        if start < taken:
            continue
        broken = _NEXT_LINE.match(text, end) if start and text[start - 1] == "<" else None
        if broken:
            yield Field(text[start:end] + broken[1], Span(offset + start, offset + broken.end(1)))
            taken = broken.end()
        elif (taken := _end(text, start, end)) > start:
            value = text[start:taken]
            if torn := _NEXT_LINE_OF_CELL.match(text, taken) if value.endswith(("/", "-")) else None:
                value, taken = value + torn[1], torn.end()
            elif text.startswith(f"]({value}", taken) and not text.startswith(")", taken + 2 + len(value)):
                continue  # `[https://salt.example/](https://salt.example/pans)`: the link has all of it
            yield Field(value, Span(offset + start, offset + taken))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses are, looked for only where the slashes after a scheme do, or `www.`."""
    end = 0
    for sign in _signs(text):
        start = sign
        while start > end and text[start - 1] in _LETTERS:
            start -= 1
        if start >= end and (found := _ADDRESS.match(text, start)):
            end = found.end()
            yield found.span()


def _signs(text: str) -> list[int]:
    """Where `://` is, or what somebody may write for it, and `www.`."""
    found: list[int] = []
    slash = text.find("/")
    while slash >= 0:
        start = slash
        while start and slash - start < 2 and text[start - 1] in ":;":
            start -= 1
        if start < slash or text.startswith("/", slash + 1):
            found.append(start)
        slash = text.find("/", slash + 1)
    if "ww." in text or "WW." in text:
        found += (sign.start() for sign in _WWW.finditer(text))
        found.sort()
    return found


def _end(text: str, start: int, end: int) -> int:
    """Where an address or a DOI ends: before the sentence's punctuation, and before a bracket that it does not open."""
    opened: list[str] = []
    for bracket in _BRACKET.finditer(text, start, end):
        if bracket[0] not in BRACKETS:
            opened.append(bracket[0])
        elif opened and opened[-1] == BRACKETS[bracket[0]]:
            opened.pop()
        else:
            end = bracket.start()
            break
    while end > start and (text[end - 1] in _TRAILING or _closes(text, start, text[end - 1])):
        end -= 1
    return end


def _closes(text: str, start: int, character: str) -> bool:
    """Whether a character after an address closes emphasis: the value of a parameter may well end in `_`."""
    return character in _EMPHASIS and character in text[max(0, start - _WIDEST_EMPHASIS) : start]


def identifiers(text: str, offset: int) -> dict[str, Field]:
    """The first identifier of each kind in a text that begins at an offset of its document.

    The keys are `doi`, `isbn`, `issn`, `arxiv`, `pmid` and `pmcid`; a value is as written, without the word before it.
    """
    found: dict[str, Field] = {}
    lower = text.lower()
    if "10." in text and (match := _DOI.search(text)):
        found["doi"] = _field(text, match.start(), _of_address(text, match), offset)
    elif "doi" in lower and (match := _NAMED_DOI.search(text)):
        found["doi"] = _field(text, *match.span(1), offset)
    for name, word, pattern in _NAMED:
        if word in lower and name not in found and (match := pattern.search(text)):
            found[name] = _field(text, *match.span(match.lastindex or 0), offset)
    return found


def _of_address(text: str, doi: regex.Match[str]) -> int:
    """Where a DOI ends that is in an address: before what the site adds, a query or `/full`."""
    page = _PAGE.search(text, *doi.span()) if text[doi.start() - 1 : doi.start()] == "/" else None
    return page.start() if page else doi.end()


def _field(text: str, start: int, end: int, offset: int) -> Field:
    end = _end(text, start, end)
    return Field(text[start:end], Span(offset + start, offset + end))
