"""Completion: the labels that can follow `[`, `[^`, `[@`, `【`, `{cite}` or `\\cite{`, with what they name.

A source is found by its label and by the words of its entry. Where the document lists nothing of the kind that is being
written, nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import regex

from citecheck.model.citations import CITATIONS, FOOTNOTES
from citecheck.model.document import Document
from citecheck.model.sources import Source
from citecheck.server.analysis import Analysis
from citecheck.server.answers.libraries import Shelved, shelved
from citecheck.server.answers.words import line, title
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

TRIGGERS: Final = ("[", "^", "@", "{", "`", "【", ",")
_REACH: Final = 200  # code points before the cursor in which a marker begins
_MOST: Final = 1_000  # labels that are offered
_WORDS: Final = 200  # code points of an entry by which it is found

_NOTE: Final = lazy_regex(r"\[\^(?P<typed>[^\[\]\s^]*+)$")
_KEY: Final = lazy_regex(r"(?:\[[^\[\]\n]*?|(?<![\w@]))-?@\{?(?P<typed>[\w:.#%&+?<>~/-]*+)$")
_COMMAND: Final = lazy_regex(
    r"\\[A-Za-z]*cite[A-Za-z]*+\*?(?:\[[^\[\]\n]*+\]){0,2}\{(?:[^{}\n]*,)?[ \t]*+(?P<typed>[^{},\n]*+)$"
)
_ROLE: Final = lazy_regex(r"(?:\{cite[\w:]*+\}|:cite[\w:]*+:)`(?:[^`\n]*,)?[ \t]*+(?P<typed>[^`,\n]*+)$")
_LENTICULAR: Final = lazy_regex(r"【(?P<typed>[^【】\n]*+)$")
_BRACKET: Final = lazy_regex(r"(?<![\w\]\\!])\[(?:[^\[\]\n]*[,;][ \t]*+)?(?P<typed>[^\[\]\n,;^@]*+)$")


class Offer(NamedTuple):
    """A label that can be put in the place of a span: what it names, and the words by which it is found."""

    label: str
    detail: str
    filter: str
    span: Span


def completion(analysis: Analysis, before: str) -> list[Offer]:
    """The labels that can follow the words of a line up to the cursor, which is 0 in their spans."""
    document = analysis.readable
    if document is None:
        return []
    before = before[-_REACH:]
    for pattern in (_NOTE, _COMMAND, _ROLE, _KEY, _LENTICULAR, _BRACKET):
        if match := pattern.search(before):
            return list(_offers(analysis, document, pattern, match))[:_MOST]
    return []


def _offers(
    analysis: Analysis, document: Document, pattern: regex.Pattern[str], match: regex.Match[str]
) -> Iterator[Offer]:
    span = Span(-len(match["typed"]), 0)
    if pattern in (_COMMAND, _ROLE, _KEY):
        yield from (_listed(source, span) for source in _sources(document, [CITATIONS]))
        yield from (_elsewhere(each, span) for each in shelved(analysis.neighbours.files))
    elif pattern is _NOTE:
        yield from (_listed(source, span) for source in _sources(document, [FOOTNOTES]))
    else:
        numberings = {source.key.numbering for source in document.sources if source.key and source.key.numbering >= 0}
        yield from (_listed(source, span) for source in _sources(document, numberings))


def _sources(document: Document, numberings: Iterable[int]) -> Iterator[Source]:
    """The labelled entries of numberings in the order listed; of several of one label, the first."""
    wanted = frozenset(numberings)
    for key, sources in document.listed.items():
        if key.numbering in wanted and sources[0].label:
            yield sources[0]


def _listed(source: Source, span: Span) -> Offer:
    label = source.label or ""
    return Offer(label, title(source), f"{label} {line(source.text, _WORDS)}", span)


def _elsewhere(each: Shelved, span: Span) -> Offer:
    record = each.record
    fields = [record.title, record.author, record.date] if record else []
    words = [field.value for field in fields if field]
    return Offer(each.key, line(words[0] if words else "", 80), line(" ".join([each.key, *words]), _WORDS), span)
