"""Citations by key in Markdown: those of pandoc, `[see @key, p. 3; -@other]` and `@key [p. 3]`, and the roles of MyST.

The grammar is that of the pandoc manual, "Citation syntax", as far as it tells where a key begins and ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from citecheck.model.citations import CITATIONS, Syntax
from citecheck.model.structure import KeyStanding, Link, NativeCitation
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span, SpanSet

_LETTER = r"[\p{L}\p{M}\p{N}_]"
_KEY = rf"(?:{{(?P<braced>[^\s{{}}]++(?:{{[^\s{{}}]*+}}[^\s{{}}]*+)*+)}}|(?P<plain>(?:{_LETTER}|\*(?!\*))(?:{_LETTER}|[:.#$%&\-+?<>~/](?={_LETTER})|://(?={_LETTER}))*+))"
# A key, and what else decides about a group: brackets, what is escaped, and the blank lines that no group crosses.
_SIGNS = lazy_regex(
    r"\\[^\n]|(?P<break>\n[ \t>]*+(?=\n))|(?P<open>\[)|(?P<close>\])"
    rf"|(?<![\p{{L}}\p{{M}}\p{{N}}_\\@/.])(?P<mark>-?@){_KEY}"
)
_MARK = lazy_re(r"(?<![\w\\@/.])@(?=[\w{*])")  # where a key may begin
_SUFFIX = lazy_re(r"[ ]\[(?!\^)[^\[\]\n@]{1,200}\](?![(\[:{])")
_ATTRIBUTES = lazy_regex(r"(?<=[)\]`])\{[^{}]{1,2000}\}")  # of a picture, a span, a piece of code
_EXAMPLE = lazy_regex(r"^[ \t]{0,3}\(@([\w-]++)\)[ \t]", 8)  # MULTILINE
# What Quarto and bookdown refer to, by the beginnings of its labels.
_REFERENCE = lazy_re(
    r"(?:fig|tbl|tab|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|nte|tip|wrn|imp|cau|suppfig|supptbl)[-:]"
)
_ROLE = lazy_regex(r"\{(?:foot)?cite(?:[:a-z]*+)\}(`++)([^`\n]++(?:\n[^`\n]++)?)\1(?!`)")
_LABEL = lazy_regex(
    r"(?:\{[^{}]{0,200}+\})?([^\s,{}](?:[^,{}\n]{0,200}[^\s,{}])?)(?:\{[^{}]{0,200}+\})?\s{0,20}+(?:,|$)"
)


class _Group(NamedTuple):
    """A bracket that is open, and the keys straight in it."""

    start: int
    keys: list[tuple[str, Span]]


def key_citations(text: str, opaque: SpanSet, links: Iterable[Link]) -> tuple[NativeCitation, ...]:
    """The citations by key in a text, in reading order; the text of links may name anybody."""
    found = list(_roles(text, opaque)) if "cite" in text and "}`" in text else []
    if "@" in text and any(mark.start() not in opaque for mark in _MARK.finditer(text)):
        found += _pandoc(text, opaque, SpanSet(link.span for link in links))
        found.sort(key=lambda citation: citation.span)
    return tuple(found)


def uncited_keys(text: str, span: Span) -> tuple[NativeCitation, ...]:
    """The citations of a `nocite` at a place: what is listed though nothing in the text cites it."""
    found = (sign for sign in _SIGNS.finditer(text, *span) if sign["mark"])
    keys = ((sign["braced"] or sign["plain"], "braced" if sign["braced"] else "plain", sign) for sign in found)
    return tuple(
        NativeCitation(
            Span(*sign.span()), Syntax.KEY, ((label, Span(*sign.span(group))),), CITATIONS, KeyStanding.BRACKETED
        )
        for label, group, sign in keys
    )


def _roles(text: str, opaque: SpanSet) -> Iterator[NativeCitation]:
    """The roles of MyST: `` {cite:p}`a,b` ``, whose labels are code to other readers."""
    for role in _ROLE.finditer(text):
        if role.start() in opaque:
            continue
        if labels := role_labels(text, Span(*role.span(2))):
            yield NativeCitation(Span(*role.span()), Syntax.KEY, labels, CITATIONS, KeyStanding.BRACKETED)


def role_labels(text: str, span: Span) -> tuple[tuple[str, Span], ...]:
    """The keys in the words of a citing role, as in `a,b` or `{see}a{p. 3}`, each with its place."""
    found = _LABEL.finditer(span.of(text))
    return tuple((each[1], Span(span.start + each.start(1), span.start + each.end(1))) for each in found)


def _pandoc(text: str, opaque: SpanSet, linked: SpanSet) -> Iterator[NativeCitation]:
    """The citations of pandoc: groups in brackets, and keys that are in the text."""
    attributes = SpanSet(Span(*found.span()) for found in _ATTRIBUTES.finditer(text)) if "{" in text else SpanSet(())
    examples = frozenset(_EXAMPLE.findall(text)) if "(@" in text else frozenset()
    groups: list[_Group] = []
    for sign in _signs(text, opaque):
        start, end = sign.span()
        if start in opaque or start in attributes:
            continue
        if sign["mark"]:
            label = sign["braced"] or sign["plain"]
            key = (label, Span(*sign.span("braced" if sign["braced"] else "plain")))
            if label in examples or start in linked or text.startswith("](", end):
                continue
            if groups:
                groups[-1].keys.append(key)
            else:
                yield _bare(text, start, end, key)
        elif sign["open"]:
            groups.append(_Group(start, []))
        elif sign["close"] and groups:
            yield from _closed(text, groups.pop(), end)
        elif sign["break"]:
            for group in groups:
                yield from _loose(text, group)
            groups.clear()
    for group in groups:
        yield from _loose(text, group)


def _signs(text: str, opaque: SpanSet) -> Iterator[regex.Match[str]]:
    """What decides about the keys of a text, looked for only in paragraphs that may have one."""
    end = scanned = 0
    while mark := _MARK.search(text, end):
        end = mark.end()
        if mark.start() not in opaque:
            start = max(text.rfind("\n\n", scanned, end), scanned)
            close = text.find("\n\n", end)
            close = len(text) if close < 0 else close + 2
            yield from _SIGNS.finditer(text, start, close)
            end = scanned = close


def _closed(text: str, group: _Group, end: int) -> Iterator[NativeCitation]:
    """The citation that a pair of brackets is; a note's text, `^[see @key]`, and that of a link are prose."""
    if not group.keys or text.startswith(("(", "[", "{", ":"), end):
        return
    if text.startswith("^", group.start - 1) or text.startswith("[^", group.start):
        yield from _loose(text, group)
        return
    standing = KeyStanding.BRACKETED
    if all(_REFERENCE.match(label) for label, _ in group.keys):
        standing = KeyStanding.LISTED
    labels = tuple(
        key for key in group.keys if key[0] != "*" and not (_REFERENCE.match(key[0]) and len(group.keys) > 1)
    )
    if labels:
        yield NativeCitation(Span(group.start, end), Syntax.KEY, labels, CITATIONS, standing)


def _loose(text: str, group: _Group) -> Iterator[NativeCitation]:
    """The keys of a bracket that is no group, each by itself."""
    for key in group.keys:
        start = text.rfind("@", 0, key[1].start)
        yield _bare(text, start, key[1].end + text.startswith("}", key[1].end), key)


def _bare(text: str, start: int, end: int, key: tuple[str, Span]) -> NativeCitation:
    """A key in the text, with the pages after it in brackets."""
    if suffix := _SUFFIX.match(text, end):
        end = suffix.end()
    standing = KeyStanding.LISTED if _REFERENCE.match(key[0]) or key[0] == "*" else KeyStanding.BARE
    return NativeCitation(Span(start, end), Syntax.KEY, (key,), CITATIONS, standing)
