"""Titles that are not what their authors wrote: CC307 and CC308."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from citecheck.checks.entries import entry_lists
from citecheck.checks.families import Checks
from citecheck.checks.messages import called
from citecheck.lexicon import words_of
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Finding, Fix, Safety
from citecheck.model.sources import ListKind, Source
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

_CODE = lazy_regex(r"`([\p{L}\p{N} ’'-]{1,100})`")  # words; code has other signs, `salt_lock()`
_COMMIT = lazy_regex(r"\b(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{7,40}\b")  # its subject is written as plain text writes code
_STARRED = lazy_regex(r"(?<![\w*])\*{1,3}([^*\n]{1,200})\*{1,3}(?![\w*])")
_ENTITY = lazy_regex(r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[nm]dash|hellip|#\d{2,5}|#[xX][0-9a-fA-F]{2,5});")
_TAG = lazy_regex(r"</?(?:i|b|em|strong|su[bp]|span|tt|p|br|jats:\w+)\s*+/?>", regex.IGNORECASE)
_TWICE = lazy_regex(r"&amp;(?:amp|lt|gt|quot|apos|nbsp|#\d{2,5});")
# UTF-8 read as Windows-1252 or Latin-1: the first byte of a two-byte or three-byte sequence, then what the next become.
_MOJIBAKE = lazy_regex(
    r"â€[™œ\u009d˜¦“”¢\u0093\u0094]?|Ã[\u0080-\u00bf¡-¿ŠšŽžŒœŸ€‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™›]|Â[\u00a0-\u00bf](?!\w)|ï¿½|\ufffd+"
)
_MARKS = lazy_regex(r"[“”„‟]")  # curly ones pair in several ways: “x”, „x“, ”x”
_CUT = ("…", "...")  # a title that was cut has lost its end, marks and all; the site's name may follow


def title_markup(document: Document) -> Iterator[Finding]:
    """CC307: a title shows signs of its markup or of a broken encoding, or lacks one of two quotation marks.

    Markdown shows backticks and stars as code and emphasis, and entities as characters: there they are no fault.
    """
    for listing, sources in entry_lists(document):
        for source in sources:
            keyed = listing.kind is ListKind.DATABASE
            rendered = document.structure.conventions.rendered and not keyed
            title = source.record.title if _suspected(source.text, rendered) else None
            if title is None:
                continue
            for what, span, plain in (_signs_in_field if keyed else _signs)(source, title.span, document):
                message = f"the title of {called(source.label, listing.kind)} has {what}"
                fix = Fix("write it plainly", (Edit(span, plain),), Safety.UNSAFE) if plain is not None else None
                yield Finding(span, message, label=source.label, fix=fix)
                break  # one is enough to make a reader look


def _suspected(words: str, rendered: bool) -> bool:
    """Whether a title in an entry's words may show any of these signs."""
    if not rendered and (
        ("`" in words and _CODE.search(words)) or ("*" in words and _STARRED.search(words)) or "</" in words
    ):
        return True
    if "&" in words and (_TWICE if rendered else _ENTITY).search(words):
        return True
    if words.isascii():
        return False
    return (
        len(_MARKS.findall(words)) % 2 == 1 or words.count("《") != words.count("》") or bool(_MOJIBAKE.search(words))
    )


def _signs_in_field(source: Source, title: Span, document: Document) -> Iterator[tuple[str, Span, str | None]]:
    """What is wrong in the title of an entry with fields, where backticks may be LaTeX's and stars the work's own."""
    text = document.text
    if entity := _ENTITY.search(text, *title):
        yield "an HTML entity in it", Span(*entity.span()), None
    if tag := _TAG.search(text, *title):
        yield "an HTML tag in it", Span(*tag.span()), None
    if broken := _MOJIBAKE.search(text, *title):
        yield "letters in it that were read in a wrong encoding", Span(*broken.span()), None


def _signs(source: Source, title: Span, document: Document) -> Iterator[tuple[str, Span, str | None]]:
    """What is wrong in a title: what it is called, where, and what to write for it, where only that can be meant."""
    text = document.text
    words = title.of(text)
    rendered = document.structure.conventions.rendered
    if "`" in words and not rendered and not _COMMIT.search(source.text) and (code := _CODE.search(text, *title)):
        yield "backticks in it", Span(*code.span()), code[1]
    if "*" in words and not rendered and (starred := _STARRED.search(text, *title)):
        yield "asterisks in it", Span(*starred.span()), starred[1]
    if "&" in words and (entity := (_TWICE if rendered else _ENTITY).search(text, *title)):
        yield "an HTML entity in it", Span(*entity.span()), None
    if not words.isascii() and (broken := _MOJIBAKE.search(text, *title)):
        yield "letters in it that were read in a wrong encoding", Span(*broken.span()), None
    uneven = len(_MARKS.findall(words)) % 2 and '"' not in words
    if (uneven or words.count("《") != words.count("》")) and not any(cut in words for cut in _CUT):
        yield "an unpaired quotation mark", title, None


# CC308 ------------------------------------------------------------------------------------------------------

_UNTITLED = words_of("soft_404.titles", "soft_404.not_found").across_lines()
_BEGINNINGS = words_of("soft_404.beginnings").across_lines()
_ERROR = words_of("soft_404.error")
_REASONS = words_of("soft_404.reasons").across_lines()
_STATUS = ("401", "403", "404", "500", "502", "503")
_NO_TITLE = lazy_regex(
    rf"(?:(?:(?:{_ERROR.pattern})\s)?(?:{'|'.join(_STATUS)})(?:\s?[-:–]?\s?(?:{_REASONS.pattern}))?"
    rf"|(?:{_UNTITLED.pattern})\W*|(?:{_BEGINNINGS.ended}).{{0,60}})(?:\s[|–—-]\s.{{0,60}})?",
    regex.IGNORECASE,
)
_SIGNS_OF_NONE = (*_UNTITLED.signs, *_BEGINNINGS.signs)
_STATUS_ALONE = lazy_re(rf"(?<!\d)(?:{'|'.join(_STATUS)})(?!\d)")
_LONGEST = 140  # code points; a longer title is somebody's


def is_generic(title: str) -> bool:
    """Whether a title is what a server says when it does not show the page."""
    return len(title) <= _LONGEST and _NO_TITLE.fullmatch(title) is not None


def generic_title(document: Document) -> Iterator[Finding]:
    """CC308: what represents a title is what a server says when it does not show the page."""
    for listing, sources in entry_lists(document):
        for source in sources:
            title = source.record.title if _may_have_none(source.text) else None
            if (
                title
                and is_generic(title.value)
                and "Wikipedia" not in source.text
                and not (source.record.author and title.value.casefold() == "untitled")  # so painters name works
            ):
                owner = called(source.label, listing.kind)
                message = f"“{title.value}” is what a server says, not the title of {owner}"
                yield Finding(title.span, message, label=source.label)


def _may_have_none(words: str) -> bool:
    """Whether an entry's words may have such a title."""
    return any(map(words.lower().__contains__, _SIGNS_OF_NONE)) or _STATUS_ALONE.search(words) is not None


CHECKS: Final[Checks] = {
    "CC307": title_markup,
    "CC308": generic_title,
}
