"""Sentences: where a block of prose is cut, with the marks after a full stop kept on the sentence they belong to.

Sentence splitters give a marker after the full stop to the sentence after it (`treaty.[0] He …`). So every mark is
blanked out with as many spaces, the text is split, and each sentence includes again what follows its full stop.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import sentencex

from citecheck.lexicon import by_language, words_of
from citecheck.recognition.claims.subjects import is_sentence_subject
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

_LONGEST_PIECE = 5_000  # code points; the splitter's time grows with the square of a text without sentence ends
_WORD = lazy_regex(r"\p{L}")
_LEADING_MARKUP = lazy_regex(r"[\s>#\-+•|]*(?:[*](?=\s)\s*)?(?:\d{1,3}[.)]\s+)?\s*")
_HARD_BREAK = lazy_regex(r"(?: {2}|\\)\n|<[Bb][Rr] ?/?>\n?")
_EMPHASIS = lazy_regex(r"(?<=[.!?…。！？][\"'”’»)）」』]? *)[*_]{1,3}(?=\s|\Z)|(?<=\s)[*_]{1,3}(?=\w)")
_MARGIN = " \t\f>|"  # before the first word of a line that goes on a quotation, or a row
_CODE = "\u203f"  # in place of code and addresses: part of a word, and neither a letter nor the sign of emphasis
_CLOSING = ".,;:!?'\"”’»)]}>，。；：！？"
_LEAKED = lazy_regex(r"【[^【】\n]{1,400}】")
# What never ends a sentence.
_ABBREVIATION = lazy_regex(rf"\b(?:{words_of('splitting.abbreviations').pattern})\.\s*\Z")
# What ends in a full stop of its own, with a mark after it that is blank here: `the U.S.[5] Talks go on`, `9 Mt. [2]`.
_ENDED = lazy_regex(
    rf"\.(?<=\b(?:\p{{Lu}}\.){{2,4}}|\d\s?\p{{L}}{{1,4}}\.|\b(?:{words_of('splitting.ended').pattern})\.)"
    r" {3,}(?=[\"“«„(]?\p{Lu})"
)
_BEFORE_NUMBER = lazy_regex(rf"\b(?:{words_of('splitting.before_number').pattern})\.\s*\Z")
_ORDINAL = lazy_regex(rf"\b(?:{words_of('splitting.before_ordinal').pattern}) \d{{1,3}}\.\s*\Z")
_GOES_ON = lazy_regex(r"[,;:)]|(?<=\p{Lu}\.)\p{Lu}")  # `5 чел., а`, `ASP.NET`
_SMALL = lazy_regex(r"(?<=\.\s)\p{Ll}(?!\p{Lu})")  # `bzw. auch`; in English `libsalt reads it` may begin a sentence
# What tells in scripts without spaces who is speaking, immediately after a quotation that ends in a full stop.
_SPOKEN = lazy_regex(
    rf"(?<=[.。！？!?][」』”\"])"
    rf"(?:{words_of('splitting.spoken').pattern}|[^\s，。；“”]{{0,10}}(?:{words_of('splitting.saying').pattern})\s*。)"
)
_HOUR = lazy_regex(rf"\b(?:{words_of('splitting.hours').pattern})\s*\Z")
_DAY = lazy_regex(rf"(?:{words_of('splitting.days').ended})|(?:[ECMP][DS]?T|GMT|UTC|BST|CES?T)\b")
_NEAR = 24  # code points before a cut in which an abbreviation is
_ENCLOSED = lazy_regex(r"[(（][ ,;，；、]{2,200}[)）]")  # marks in parentheses, blank
_ASIDE_AFTER = lazy_regex(r"[.!?…][\"”’]?\s+\([^()]{1,600}[.!?]\)\s+(?=\p{Lu})")
_ASIDE = lazy_regex(r"[(（](?:[^()（）]{0,600})[.!?。！？][)）]\s*")
_SCRIPTS = (
    ("ja", lazy_regex(r"[\p{Hiragana}\p{Katakana}]")),
    ("ko", lazy_regex(r"\p{Hangul}")),
    ("zh", lazy_regex(r"\p{Han}")),
    ("ru", lazy_regex(r"\p{Cyrillic}")),
    ("el", lazy_regex(r"\p{Greek}")),
    ("ar", lazy_regex(r"\p{Arabic}")),
    ("hi", lazy_regex(r"\p{Devanagari}")),
    ("th", lazy_regex(r"\p{Thai}")),
)
_OTHER_SCRIPT = lazy_regex(r"[^\u0000-\u036f\u2000-\u218f]")  # no Latin letters, quotation marks, superscripts
_SAMPLE = 4_000  # code points from which a language is guessed
# The small words that tell the languages in Latin letters apart; each language has its own abbreviations.
_SMALL_WORDS = by_language("splitting.small_words")
_LATIN_WORD = lazy_regex(r"[^\W\d_]+")
_FEWEST_SMALL = 3  # different small words of a language, below which it is not told


@lru_cache(maxsize=1)  # asked by anyone who tells the language too, after the claims are split
def language_of(text: str) -> str:
    """The language to split sentences by, guessed from the script that most of the text is in, and its small words."""
    sample = text[:_SAMPLE]
    if not _OTHER_SCRIPT.search(sample):
        return _latin(sample)
    letters = max(1, len(_WORD.findall(sample)))
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) * (20 if language == "ja" else 5) > letters:
            return language
    return _latin(sample)


def _latin(sample: str) -> str:
    """The language in Latin letters that most of the small words are of; English where hardly any tells."""
    counts = Counter(_LATIN_WORD.findall(sample.lower()))
    met = {language: [counts[word] for word in words if word in counts] for language, words in _SMALL_WORDS.items()}
    language = max(met, key=lambda each: sum(met[each]))
    return language if len(met[language]) >= _FEWEST_SMALL else "en"


class Splitter:
    """Cuts the blocks of one text into sentences.

    `marks` are the spans of everything written like a marker, in reading order; `opaque` is code, addresses and tags.
    """

    def __init__(self, text: str, marks: Sequence[Span], opaque: SpanSet, language: str | None) -> None:
        leaked = (Span(*found.span()) for found in _LEAKED.finditer(text)) if "【" in text else ()
        subjects = {mark for before, mark in pairwise([Span(0, 0), *marks]) if is_sentence_subject(text, mark, before)}
        blank = [mark for mark in (*marks, *leaked) if mark not in subjects]
        self._text = text
        words = _without(text, [*((mark, " ") for mark in blank), *((mark, "X") for mark in subjects)], opaque)
        enclosed = [found.span() for found in _ENCLOSED.finditer(words)] if blank else []
        self._words = _ENCLOSED.sub(lambda found: " " * len(found[0]), words) if enclosed else words
        self._mark_ends = {mark.start: mark.end for mark in blank} | dict(enclosed)
        self._language = language or language_of(text)

    def sentences(self, block: Span) -> list[Span]:
        """The sentences of a block, without the space and the list marks about them, with the marks after them."""
        cut = [sentence for piece in self._pieces(block) for sentence in self._split(piece)]
        starts = [self._start(sentence, block) for sentence in cut]
        limits = [*starts[1:], min(block.end, len(self._text))]  # a parser adds the last line end
        ends = [self._end(sentence.end, limit) for sentence, limit in zip(cut, limits, strict=False)]
        return list(map(Span, starts, ends))

    def _pieces(self, block: Span) -> Iterator[Span]:
        """A block cut at its hard line breaks, and where the splitter could not take more, at a space."""
        lead = _LEADING_MARKUP.match(self._text, block.start, block.end)
        start = lead.end() if lead else block.start
        breaks = [found.end() for found in _HARD_BREAK.finditer(self._text, start, block.end)]
        for stop in (*breaks, block.end):
            while stop - start > _LONGEST_PIECE:
                end = self._words.rfind(" ", start + 1, start + _LONGEST_PIECE) + 1 or start + _LONGEST_PIECE
                yield Span(start, end)
                start = end
            if start < stop:
                yield Span(start, stop)
            start = stop

    def _split(self, piece: Span) -> Iterator[Span]:
        """The sentences of a piece, without space about them; those that the splitter cut too soon made whole."""
        flat = piece.of(self._words).replace("\n", " ")
        found = (cut["start_index"] for cut in sentencex.get_sentence_boundaries(self._language, flat))
        cuts = {0} | {cut for cut in found if not self._goes_on(flat, cut)}
        cuts |= {found.end() for pattern in (_ENDED, _ASIDE_AFTER) for found in pattern.finditer(flat)}
        kept = list(_whole(flat, sorted(cuts)))
        first = 0
        for start, end in zip(kept, [*kept[1:], len(flat)], strict=True):
            if not _WORD.search(flat, start, end):
                first = first if not start and self._text[piece.start] in "*_" else end  # `**1. Causes.**`
                continue
            words = flat[first:end]
            lead = len(words) - len(words.lstrip(_MARGIN))
            yield Span(piece.start + first + lead, piece.start + first + len(words.rstrip()))
            first = end

    def _goes_on(self, flat: str, cut: int) -> bool:
        """Whether a sentence goes on where the splitter cut it."""
        near = max(0, cut - _NEAR)
        return (
            _GOES_ON.match(flat, cut) is not None
            or (self._language != "en" and _SMALL.match(flat, cut) is not None)
            or _SPOKEN.match(flat, cut) is not None
            or _ABBREVIATION.search(flat, near, cut) is not None
            or (flat[cut : cut + 1].isdecimal() and _BEFORE_NUMBER.search(flat, near, cut) is not None)
            or (self._language == "de" and _ORDINAL.search(flat, near, cut) is not None)
            or (_HOUR.search(flat, near, cut) is not None and _DAY.match(flat, cut) is not None)
        )

    def _start(self, sentence: Span, block: Span) -> int:
        """Where a sentence starts, the emphasis around its first word included."""
        start = sentence.start
        while start > block.start and self._text[start - 1] in "*_" and self._words[start - 1] == " ":
            start -= 1
        return start

    def _end(self, end: int, limit: int) -> int:
        """Where a sentence ends, closing emphasis and marks after its full stop included."""
        while end < limit:
            behind = end + 1 if self._text[end] in " \n" else end
            if behind in self._mark_ends:
                end = self._mark_ends[behind]
            elif self._text[end] in "*_" and self._words[end] == " ":
                end += 1
            else:
                break
        return end


def _without(text: str, marks: Iterable[tuple[Span, str]], opaque: SpanSet) -> str:
    """The text with fillers in place of marks, spaces of tags and emphasis, and a word of code and addresses."""
    pieces: list[str] = []
    end = 0
    spans = sorted([*marks, *((span, _filler(text, span)) for span in opaque)])
    for span, filler in spans:
        if span.end > end:
            start = max(end, span.start)
            covered = text[start : span.end]
            closing = covered[len(covered.rstrip(_CLOSING)) :] if filler == _CODE else ""  # ends a sentence, no address
            pieces += [text[end:start], filler * (len(covered) - len(closing)), closing]
            end = span.end
    bare = "".join([*pieces, text[end:]])
    return _EMPHASIS.sub(lambda found: " " * len(found[0]), bare) if "*" in bare or "_" in bare else bare


def _filler(text: str, span: Span) -> str:
    tag = text[span.start] == "<" and not text.startswith(("<http", "<mailto", "<ftp"), span.start)
    return " " if tag else _CODE


def _whole(flat: str, cuts: Sequence[int]) -> Iterator[int]:
    """Where sentences start: not before an aside in parentheses."""
    for cut in cuts:
        aside = _ASIDE.match(flat, cut) if cut else None
        if aside is None:
            yield cut
        elif aside.end() < len(flat):
            yield aside.end()
