"""A prototype of a reader of Org, which nothing ships: one file and one row are all that a format takes.

It reads headings, paragraphs, code, comments, `#+bibliography:`, `#+include:` and `[cite/style:see @key p. 3]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from citecheck.model.citations import CITATIONS, Syntax
from citecheck.model.structure import (
    BibliographyReference,
    Block,
    BlockKind,
    Comment,
    Conventions,
    Heading,
    Inclusion,
    NativeCitation,
    NativeFault,
    Structure,
)
from citecheck.text.spans import Span, SpanSet

CONVENTIONS: Final = Conventions(comment="# {}", rendered=True, folds_case=False)
_HEADING = re.compile(r"^(\*+)[ \t]+([^\n]*)$", re.M)
_BLOCK = re.compile(r"^[ \t]*#\+begin_(\w+)[^\n]*\n(?:(?![ \t]*#\+end_\1)[^\n]*\n)*[^\n]*$", re.M | re.I)
_KEYWORD = re.compile(r"^[ \t]*#\+(\w+):[ \t]*([^\n]*?)[ \t]*$", re.M)
_COMMENT = re.compile(r"^[ \t]*#[ \t]+([^\n]*)$", re.M)
_CITATION = re.compile(r"\[cite(?:/[\w/-]+)?:([^\[\]]*)\]")
_KEY = re.compile(r"@([\w:./+-]*\w)")
_PARAGRAPH = re.compile(r"(?:^[ \t]*[^\s*#][^\n]*(?:\n|\Z))+", re.M)


def layout(text: str) -> Structure:
    """The structure of a text whose only line ending is `\\n`."""
    code = SpanSet(Span(*found.span()) for found in _BLOCK.finditer(text))
    keywords = [found for found in _KEYWORD.finditer(text) if found.start() not in code]
    comments = [found for found in _COMMENT.finditer(text) if found.start() not in code]
    unread = SpanSet([*code, *(Span(*found.span()) for found in (*keywords, *comments))])
    citations = tuple(_citations(text, unread))
    return Structure(
        conventions=CONVENTIONS,
        text=text,
        blocks=tuple(
            Block(BlockKind.PARAGRAPH, Span(*each.span()))
            for each in _PARAGRAPH.finditer(text)
            if each.start() not in unread
        ),
        headings=tuple(
            Heading(Span(*each.span()), len(each[1]), each[2])
            for each in _HEADING.finditer(text)
            if each.start() not in code
        ),
        opaque=SpanSet([*unread, *(each.span for each in citations)]),
        code=code,
        verbatim=code,
        hidden=SpanSet(()),
        links=(),
        definitions=(),
        items={},
        comments=tuple(Comment(Span(*each.span()), each[1]) for each in comments),
        citations=citations,
        faults=tuple(_faults(text, unread)),
        bibliographies=bibliographies(text),
        inclusions=tuple(Inclusion(each[2].strip('"')) for each in keywords if each[1].lower() == "include"),
        whole=any(each[1].lower() == "bibliography" for each in keywords),
        complete=not any(each[1].lower() == "include" for each in keywords),
        everything=any(each[0] == "[cite/n:@*]" for each in _CITATION.finditer(text)),
    )


def bibliographies(text: str) -> tuple[BibliographyReference, ...]:
    """The files of entries that a text names."""
    named = (each for each in _KEYWORD.finditer(text) if each[1].lower() == "bibliography" and each[2])
    return tuple(BibliographyReference(each[2], Span(*each.span(2))) for each in named)


def rendered(text: str) -> str:
    """The text without its comments."""
    return " ".join(_COMMENT.sub("", text).split())


def _citations(text: str, unread: SpanSet) -> Iterator[NativeCitation]:
    for found in _CITATION.finditer(text):
        labels = tuple((key[1], Span(*key.span(1))) for key in _KEY.finditer(text, *found.span(1)))
        if labels and found.start() not in unread:
            yield NativeCitation(Span(*found.span()), Syntax.KEY, labels, CITATIONS)


def _faults(text: str, unread: SpanSet) -> Iterator[NativeFault]:
    for found in _CITATION.finditer(text):
        if "@" not in found[1] and found.start() not in unread:
            yield NativeFault(Span(*found.span()), "a key of a citation begins with @", None)
