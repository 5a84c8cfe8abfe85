"""Tokens that a renderer should have replaced: CC601."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import regex

from citecheck.checks.families import Checks
from citecheck.checks.leaked_tokens import LeakedToken, tokens_of, visible_text
from citecheck.checks.messages import called
from citecheck.checks.raw_identifiers import entry_texts
from citecheck.lexicon import words_of
from citecheck.model.citations import FOOTNOTES
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Finding, Fix, Safety
from citecheck.model.sources import ListKind, Source
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

_REACH = 20_000  # code points after the beginning of a frame in which its end is looked for
_BETWEEN = lazy_regex(r"[ \t,;]{0,2}")  # what may come between two tokens of one run
_MENTION = lazy_regex(rf"\b(?:{words_of('markers.examples').pattern})[:,]? ?$")
_MENTIONED = 20  # code points before a token in which words announce it as an example
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "„": "“", "「": "」", "`": "`"}
_BRACKETS = {"(": ")", "[": "]", "【": "】", "（": "）"}
_NUMBER = lazy_regex(r"\d+")
_SAID = {
    "file-address": "leaked address of a file that no reader can open",
    "result-address": "leaked address of a search result, which hides where it leads",
    "origin": "leaked tracking parameter in an address",
    "blank": "this blank was never filled in with a source",
}
_UNTOUCHED = frozenset({"chip-names", "file-address", "result-address", "blank"})  # a reader needs more than a cut
_ENDS = {"cited-tag": lazy_regex(r"</(?:antml:)?cite>"), "frame": lazy_regex(r"^:::[ \t]*\n?", regex.MULTILINE)}
_REST = lazy_regex(r"[ \t]*(?:\r?\n|\Z)")
_AHEAD = lazy_regex(r"(?=[\s.,;:!?)\]}。，；：！？）]|$)")


def leaked_citation_token(document: Document) -> Iterator[Finding]:
    """CC601: a token of a program that shows citations is in the text itself; said once for each run of them.

    What the document's own list explains is a marker and no leak; what is set off as code, quoted, or given as an
    example is spoken of.
    """
    found = [leak for leak in tokens_of(document) if not _spoken_of(leak.span, document)]
    if not found:
        return
    sources = sorted(document.sources, key=lambda source: source.span)
    for run in _runs(list(_unexplained(found, sources, document)), document.text):
        span = Span(run[0].span.start, run[-1].span.end)
        source = _entry(span, sources)
        message = _SAID.get(run[0].form.name, "leaked citation token")
        if len(run) > 1:
            message = f"{len(run)} leaked citation tokens"
        if source is not None and not any(map(str.isalnum, visible_text(source.text))):
            kind = ListKind.FOOTNOTES if source.key and source.key.numbering == FOOTNOTES else None
            yield Finding(span, f"{message} where {called(source.label, kind)} should be", label=source.label)
        elif marker := _marker(run, document):
            fix = Fix(f"write {marker}", (Edit(span, marker),), Safety.UNSAFE)
            yield Finding(span, f"{message}, perhaps for {marker}", fix=fix)
        else:
            yield Finding(span, message, fix=_fix(run, document.text))


def _unexplained(found: Sequence[LeakedToken], sources: Sequence[Source], document: Document) -> Iterator[LeakedToken]:
    """The tokens that nothing explains: no marker, no font, no other rule that mentions a source."""
    read = SpanSet(marker.span for marker in chain(document.markers, document.hidden))
    certain = any(leak.form.name != "delimiter" for leak in found)  # alone, one is a glyph of an icon font
    addressed = SpanSet(
        passage.span for passage in entry_texts(document)
    )  # of what is in an address there, CC405 reports
    for leak in found:
        if leak.form.of_sources:
            told = leak.form.name == "origin" and leak.span.start in addressed
            if not told and _entry(leak.span, sources) is None:
                yield leak
        elif certain and not read.touches(leak.span):
            yield leak


def _spoken_of(span: Span, document: Document) -> bool:
    """Whether the text mentions the token, rather than having it."""
    if document.structure.verbatim.touches(span):
        return True
    before = document.text[max(0, span.start - _MENTIONED) : span.start]
    if before and _QUOTES.get(before[-1]) == document.text[span.end : span.end + 1]:
        return True
    return _MENTION.search(before.rstrip("".join([*_QUOTES, *_BRACKETS]))) is not None


def _runs(leaked: Sequence[LeakedToken], text: str) -> Iterator[list[LeakedToken]]:
    """The tokens, each together with those right beside it."""
    run: list[LeakedToken] = []
    for leak in leaked:
        if run and not _BETWEEN.fullmatch(text, run[-1].span.end, leak.span.start):
            yield run
            run = []
        run.append(leak)
    if run:
        yield run


def _entry(span: Span, sources: Sequence[Source]) -> Source | None:
    """The entry that a token is in."""
    place = bisect_right(sources, span.start, key=lambda source: source.span.start) - 1
    return sources[place] if place >= 0 and sources[place].span.covers(span) else None


def _marker(run: Sequence[LeakedToken], document: Document) -> str:
    """The marker that a run may represent; nothing unless the document lists a source under each of its numbers."""
    numbers = [number for leak in run for number in _NUMBER.findall(leak.numbers)]
    labels = {source.label for source in document.sources}
    if not all(leak.numbers for leak in run) or not labels.issuperset(numbers):
        return ""
    return f"[{', '.join(dict.fromkeys(' '.join(leak.numbers.split()) for leak in run))}]"


def _fix(run: Sequence[LeakedToken], text: str) -> Fix | None:
    """What takes a run out of the text; None where a link or an entry is left without what it begins with.

    Only what was around words is safe to take: with a token that was for a citation goes the last sign that there
    was one.
    """
    span = Span(run[0].span.start, run[-1].span.end)
    named = text[span.start - 1 : span.start] == "[" and text.startswith("](", span.end)
    if named or text.endswith("](", 0, span.start) or any(leak.form.name in _UNTOUCHED for leak in run):
        return None
    kept = " ".join(leak.kept for leak in run if leak.kept)
    safe = all(leak.form.wrapper or leak.kept for leak in run)
    edits = [Edit(span if kept else _cut(span, text), kept)]
    end = span.end
    for leak in run:
        if (pattern := _ENDS.get(leak.form.name)) and (closing := pattern.search(text, end, end + _REACH)):
            edits.append(Edit(Span(*closing.span()), ""))
            end = closing.end()
    title = "keep the text of the token" if kept else "remove the token" if len(run) == 1 else "remove the tokens"
    return Fix(title, tuple(edits), Safety.SAFE if safe else Safety.UNSAFE)


def _cut(span: Span, text: str) -> Span:
    """What to take out with a token: brackets that hold nothing else, the space before it, a line of its own."""
    start, end = span
    if start and _BRACKETS.get(text[start - 1]) == text[end : end + 1] and text[end + 1 : end + 2] != "(":
        start, end = start - 1, end + 1
    line = text.rfind("\n", 0, start) + 1
    if not text[line:start].strip() and (rest := _REST.match(text, end)):
        return Span(line, rest.end())
    if start > line and _AHEAD.match(text, end):
        while start > line and text[start - 1] in " \t":
            start -= 1
    elif start == line or text[start - 1].isspace():
        while text[end : end + 1] in (" ", "\t"):
            end += 1
    return Span(start, end)


CHECKS: Final[Checks] = {
    "CC601": leaked_citation_token,
}
