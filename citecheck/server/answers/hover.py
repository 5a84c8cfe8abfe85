"""Hover: the sources that a marker names, or the rule that an ignore comment names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from citecheck.checks.suggestions import Suggestions
from citecheck.model.citations import CITATIONS, Key
from citecheck.model.document import Document
from citecheck.model.sources import Source
from citecheck.rulebook.pages import Rule, rules
from citecheck.server.analysis import Analysis
from citecheck.server.answers.libraries import Shelved, shelved
from citecheck.server.answers.places import Spot, entries, spot
from citecheck.server.answers.words import address, escaped, line, times
from citecheck.suppression.comments import Directives
from citecheck.text.spans import Span

_MOST: Final = 5  # sources of one marker
_LONGEST: Final = 600  # code points of an entry
_NEAR: Final = 3  # labels that may have been meant


class Hover(NamedTuple):
    """What is shown of a span, as Markdown or as plain text."""

    span: Span
    words: str


def hover(analysis: Analysis, offset: int, *, markdown: bool) -> Hover | None:
    """What is shown at an offset."""
    document = analysis.readable
    if document is None:
        return None
    if (found := spot(document, offset)) is not None:
        told = list(_sources(document, found, analysis.neighbours.files, markdown=markdown))
        return Hover(found.span, "\n\n".join(told)) if told else None
    return _rule(document, offset, markdown=markdown)


def _sources(document: Document, found: Spot, files: tuple[str, ...], *, markdown: bool) -> Iterator[str]:
    pairs = list(dict(zip(found.keys, found.labels, strict=True)).items())
    for key, label in pairs[:_MOST]:
        listed = list(entries(document, [key]))
        for source in listed:
            yield _source(document, key, source, markdown=markdown)
        if not listed and key.numbering == CITATIONS:
            elsewhere = next((each for each in shelved(files) if each.key == label), None)
            if elsewhere:
                yield _shelved(elsewhere, markdown=markdown)
                continue
        if not listed:
            yield _undefined(document, key, label, markdown=markdown)
    if len(pairs) > _MOST:
        yield f"and {len(pairs) - _MOST:,} more"


def _source(document: Document, key: Key, source: Source, *, markdown: bool) -> str:
    words = line(source.text, _LONGEST)
    at = address(source.record)
    said = times(document, key)
    if not markdown:
        return "\n".join([f"[{source.label}] {words}", *([at] if at and at not in words else []), said])
    link = f"\n\n<{_safe(at)}>" if at else ""
    return f"**{escaped(f'[{source.label}]')}** {escaped(words)}{link}\n\n*{said}*"


def _safe(address: str) -> str:
    """An address as an autolink of Markdown, which spaces and angle brackets would end."""
    return "".join(each if each.isprintable() and each not in " <>" else f"%{ord(each):02X}" for each in address)


def _shelved(each: Shelved, *, markdown: bool) -> str:
    record = each.record
    fields = [record.author, record.title, record.container, record.date] if record else []
    words = line(". ".join(field.value for field in fields if field) or each.words, _LONGEST)
    if not markdown:
        return f"{each.key}: {words}\n{each.path}"
    at = address(record) if record else None
    link = f"\n\n<{_safe(at)}>" if at else ""
    return f"**{escaped(each.key)}** {escaped(words)}{link}\n\n*{escaped(each.path)}*"


def _undefined(document: Document, key: Key, label: str, *, markdown: bool) -> str:
    if document.resolves(key):
        return "its source is not listed here"
    near = list(_near(document, key))
    hint = f"; near it: {', '.join(near)}" if near else ""
    words = f"no source has the label {label}{hint}"
    return escaped(words) if markdown else words


def _near(document: Document, key: Key) -> Iterable[str]:
    """The listed labels that are nearest to one: that which was meant, or the neighbours of a number."""
    if meant := Suggestions(document).near(key):
        return [meant]
    listed = [
        (abs(int(other.label) - int(key.label)), sources[0].label)
        for other, sources in document.listed.items()
        if other.numbering == key.numbering and other.label.isdecimal() and key.label.isdecimal()
    ]
    return [label for _, label in sorted(listed)[:_NEAR] if label]


def _rule(document: Document, offset: int, *, markdown: bool) -> Hover | None:
    """The rule whose name is at an offset in an ignore comment."""
    for directive in Directives.of(document).understood if document.structure.comments else ():
        for target in directive.targets:
            if target.words and target.span.start <= offset <= target.span.end:
                told = [_page(rules()[code], markdown=markdown) for code in sorted(target.codes)[:_MOST]]
                return Hover(target.span, "\n\n".join(told))
    return None


def _page(rule: Rule, *, markdown: bool) -> str:
    """What a rule finds and why, from its page."""
    head = f"{rule.code} {rule.name}"
    why = rule.page.partition("\n## Why\n")[2].partition("\n## ")[0].strip()
    return f"**{head}**\n\n{rule.summary}\n\n{why}" if markdown else f"{head}\n{rule.summary}"
