"""Characters nobody sees, where they do harm: CC312."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from citecheck.checks.families import Checks
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Finding, Fix, counted
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

# Zero-width and other default-ignorable characters, soft hyphens, controls of bidirectional text, and private use.
_UNSEEN = lazy_re(  # its sets are the faster ones
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f\ue000-\uf8ff\U000f0000-\U0010fffd]"
)
# In a title these may be spelling: joiners in Persian, in the scripts of India and in emoji, marks in bidirectional
# text, tags in flags.
_SPELLING = lazy_regex(
    r"[\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200c-\u200f\u202a-\u202e\u2066-\u2069\U000e0020-\U000e007f]"
)
# Between letters of these scripts joiners are spelling everywhere; between those of others, so is the zero-width space.
_JOINING = (
    r"[\p{Arabic}\p{Syriac}\p{Mandaic}\p{Nko}\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}"
    r"\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Tibetan}\p{Extended_Pictographic}\ufe0f]"
)
_UNSPACED = r"[\p{Khmer}\p{Thai}\p{Lao}\p{Myanmar}\p{Tibetan}\p{Javanese}\p{Balinese}]"
_SPELT = lazy_regex(rf"(?<={_JOINING})[\u200c\u200d](?={_JOINING})|(?<={_UNSPACED})[\u200b-\u200d](?={_UNSPACED})")
_MARKER = lazy_regex(r"[\[【［]\^?(?=[^\[\]\n]{0,20}\p{Cf})[\d\p{Cf}][\d\p{Cf},;–\- ]{0,20}[\]】］]")
_PRINTABLE = "\u034f\u115f\u1160\u17b4\u17b5"  # those of them that `str.isprintable` lets pass
_NAMES = {"\u00ad": "a soft hyphen", "\ufeff": "a byte order mark"}


def invisible_character(document: Document) -> Iterator[Finding]:
    """CC312: a character that nobody sees is in a marker, in an address or in the title of a source.

    In an address or a marker none is meant but where its script spells so. In a title only those are reported that no
    script spells with.
    """
    if not _suspected(document.text) or _UNSEEN.search(document.text) is None:
        return
    told = 0
    for place, where in sorted(_places(document)):
        unseen = [Span(*found.span()) for found in _UNSEEN.finditer(document.text, *place)]
        unseen = [span for span in unseen if not _SPELT.match(document.text, span.start)]
        if where == "title":
            unseen = [span for span in unseen if not _SPELLING.match(span.of(document.text))]
        if unseen and unseen[0].start >= told:
            told = place.end
            yield _finding(unseen, where, document)


def _suspected(text: str) -> bool:
    """Whether a text may have such a character; Python knows most of them as not printable."""
    return not text.isascii() and (not text.replace("\n", "").isprintable() or any(map(text.__contains__, _PRINTABLE)))


def _places(document: Document) -> Iterator[tuple[Span, str]]:
    """Where such a character does harm, and what each place is called."""
    for marker in document.markers:
        yield marker.span, "marker"
    for malformed in _MARKER.finditer(document.text):
        if Span(*malformed.span()).start not in document.structure.verbatim:
            yield Span(*malformed.span()), "marker"
    for source in document.sources:
        for url in source.record.urls:
            yield url.span, "address"
        for field in (source.record.doi, source.record.arxiv):
            if field:
                yield field.span, "identifier"
        if _UNSEEN.search(document.text, *source.span) and source.record.title:
            yield source.record.title.span, "title"


def _finding(unseen: list[Span], where: str, document: Document) -> Finding:
    first, *others = unseen
    character = first.of(document.text)
    column = document.lines.position(first.start).column
    rest = f", and {counted(len(others), 'other')}" if others else ""
    message = f"{_name(character)} (U+{ord(character):04X}) hides in this {where} at column {column}{rest}"
    junk = [span for span in unseen if unicodedata.category(span.of(document.text)) != "Co"]
    fix = Fix("delete the invisible characters", tuple(Edit(span, "") for span in junk)) if junk else None
    return Finding(first, message, fix=fix)


def _name(character: str) -> str:
    """What Unicode calls a character, as a message has it."""
    if unicodedata.category(character) == "Co":
        return "a private-use character"
    name = unicodedata.name(character, "character without a name").lower()
    return _NAMES.get(character, f"a{'n' if name[0] in 'aeiou' else ''} {name}")


CHECKS: Final[Checks] = {
    "CC312": invisible_character,
}
