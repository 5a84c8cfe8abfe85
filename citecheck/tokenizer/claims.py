"""Claims: the sentences of the body, and the markers that support them.

Sentence splitters give a marker behind the full stop to the sentence after it (`treaty.[0] He …`). So every
marker is blanked out with as many spaces, the text is cut at block boundaries, split, and the markers are put
back: they belong to the sentence that ends before them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import regex
import sentencex

from citecheck.document import Claim, Marker
from citecheck.formats.layout import Block, BlockKind, Layout
from citecheck.text import Span, SpanSet

_CLAIMING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE})
_LONGEST_PIECE = 5_000  # code points; the splitter's time grows with the square of a text without sentence ends
_WORD = regex.compile(r"\p{L}")
_LEADING_MARKUP = regex.compile(r"[\s>*_#\-+•|]*(?:\d{1,3}[.)]\s+)?[\s>*_]*")
_SCRIPTS = (
    ("ja", regex.compile(r"[\p{Hiragana}\p{Katakana}]")),
    ("ko", regex.compile(r"\p{Hangul}")),
    ("zh", regex.compile(r"\p{Han}")),
    ("ru", regex.compile(r"\p{Cyrillic}")),
    ("el", regex.compile(r"\p{Greek}")),
    ("ar", regex.compile(r"\p{Arabic}")),
    ("hi", regex.compile(r"\p{Devanagari}")),
    ("th", regex.compile(r"\p{Thai}")),
)
_OTHER_SCRIPT = regex.compile(r"[\u0370-\u1fff\u2e80-\uffef]")  # a letter beyond the Latin ones
_SAMPLE = 4_000  # code points from which a language is guessed


def language_of(text: str) -> str:
    """The language to split sentences by, guessed from the script that most of the text is in."""
    sample = text[:_SAMPLE]
    if sample.isascii() or not _OTHER_SCRIPT.search(sample):
        return "en"
    letters = max(1, len(_WORD.findall(sample)))
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) * (20 if language == "ja" else 5) > letters:
            return language
    return "en"


def claims(layout: Layout, markers: Sequence[Marker], lists: SpanSet, language: str | None = None) -> tuple[Claim, ...]:
    """The sentences of the blocks outside source lists, each with the markers in it or right behind it.

    A marker covers its own sentence and those before it in its block.
    """
    text = _without(layout.text, (marker.span for marker in markers), layout.opaque)
    language = language or language_of(layout.text)
    starts = [marker.span.start for marker in markers]
    found: list[Claim] = []
    for number, block in enumerate(layout.blocks):
        if block.kind in _CLAIMING and block.span.start not in lists:
            end = _end(block, lists)
            first, last = bisect_left(starts, block.span.start), bisect_left(starts, end)
            sentences = list(_sentences(text, Span(block.span.start, end), language))
            found += _with_markers(layout.text, sentences, markers[first:last], number)
    return tuple(found)


def _end(block: Block, lists: SpanSet) -> int:
    """Where a block ends; a source list written right below its last line cuts it."""
    if not lists.touches(block.span):
        return block.span.end
    return next(span.start for span in lists if span.end > block.span.start)


def _without(text: str, marked: Iterable[Span], opaque: SpanSet) -> str:
    """The text with spaces in place of markers and tags, and a word in place of code and addresses: no sentence ends there."""
    pieces: list[str] = []
    end = 0
    spans = sorted([*((span, " ") for span in marked), *((span, _filler(text, span)) for span in opaque)])
    for span, filler in spans:
        if span.end > end:
            start = max(end, span.start)
            pieces += [text[end:start], filler * (span.end - start)]
            end = span.end
    return "".join([*pieces, text[end:]])


def _filler(text: str, span: Span) -> str:
    tag = text[span.start] == "<" and not text.startswith(("<http", "<mailto", "<ftp"), span.start)
    return " " if tag else "_"


def _sentences(text: str, span: Span, language: str) -> Iterator[Span]:
    """The sentences of a block, without the space and the list marks about them."""
    for piece in _pieces(text, span):
        flat = piece.of(text).replace("\n", " ")
        for sentence in sentencex.get_sentence_boundaries(language, flat):
            words = sentence["text"]
            lead = len(words) - len(words.lstrip())
            start = piece.start + sentence["start_index"] + lead
            end = piece.start + sentence["start_index"] + len(words.rstrip())
            if start < end and _WORD.search(text, start, end):
                yield Span(start, end)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """A block in pieces that the splitter can bear, cut at a space where there is one."""
    start = span.start
    lead = _LEADING_MARKUP.match(text, start, span.end)
    start = lead.end() if lead else start
    while span.end - start > _LONGEST_PIECE:
        end = text.rfind(" ", start + 1, start + _LONGEST_PIECE) + 1 or start + _LONGEST_PIECE
        yield Span(start, end)
        start = end
    if start < span.end:
        yield Span(start, span.end)


def _with_markers(text: str, sentences: Sequence[Span], markers: Sequence[Marker], block: int) -> Iterator[Claim]:
    own: list[list[Marker]] = [[] for _ in sentences]
    starts = [sentence.start for sentence in sentences]
    for marker in markers:
        place = max(0, bisect_left(starts, marker.span.start) - 1) if sentences else -1
        if place >= 0:
            own[place].append(marker)
    covering: tuple[Marker, ...] = ()
    claims_: list[Claim] = []
    for sentence, mine in zip(reversed(sentences), reversed(own), strict=True):
        if mine:
            covering = tuple(mine)
        end = max([sentence.end, *(marker.span.end for marker in mine)])
        words = " ".join(text[sentence.start : end].split())
        claims_.append(Claim(words, Span(sentence.start, end), block, tuple(mine), covering))
    yield from reversed(claims_)
