"""Marks of style about a marker, held against a named style or the document's own convention: CC206 to CC209."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import regex

from citecheck.checks.clusters import marker_clusters
from citecheck.checks.families import Checks
from citecheck.lexicon import phrases, words_of
from citecheck.model.citations import LOOSE, Marker, Syntax
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Finding, Fix, Safety
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_FEWEST = 5  # places from which a convention is reported
_HABIT = 0.8  # the share of them that makes it one
_STYLES: Mapping[str, bool | None] = {  # whether the marker comes after the full stop; None: the document's convention
    "auto": None,
    "ieee": False,  # IEEE Editorial Style Manual: "inside the punctuation"
    "ama": True,  # AMA Manual of Style, 11th edition, 3.6
    "nature": True,
    "vancouver": None,  # the journals that follow it differ
    "wikipedia": True,  # Wikipedia, "Citing sources": ref tags and punctuation
}
_CLOSERS = "\"”’'»)]）」』*_"
_QUOTES = "\"”’'»」』"  # of the closers, those that end a quotation
_NO_NUMBERS = LOOSE | {Syntax.AUTHOR_YEAR}  # which are set as words are
_STOPS = ".。"
_STOP = tuple(_STOPS)  # of which the empty string, unlike of the other, is none
_CLAUSE_ENDS = ".!?,;:。！？，；："
_LATIN = "\u2e7f"  # scripts after it are written without spaces
_NUMBER_BEFORE = lazy_regex(r"\d(?:\s?(?:%|°[CF]?|[kcm]?m|k?g|mg|l|ml|ft|in|mi|s|h|W|kW|MW|V|Hz))?\Z")
_WORD_BEFORE = lazy_regex(
    r"(?<=[\p{L}\p{N},;)][ \n])(?:in |see )?"
    # what is somebody's, `their references [3, 4]`, or goes with the word, `passed by reference [2]`, needs it
    r"(?<!\b(?:an?|the|this|that|these|those|its|his|her|their|our|my|every|each|other|(?:frame|point|terms) of"
    r"|passed by|incorporated by|for|with|['’]s)\s)"
    r"(?:refs?\.|references?|citations?)[ \u00a0]\Z",
    regex.IGNORECASE,
)
_WORDS_BEFORE = phrases("markers.as_words")
_AS_A_WORD = lazy_regex(rf"\b(?:{words_of('markers.as_words').pattern})\s+\Z", regex.IGNORECASE)
# What ends in a full stop that is not the sentence's, or not its alone.
_ABBREVIATED = lazy_regex(
    rf"(?:\.|\b(?:\p{{L}}\.)*\p{{L}}|\b(?:{words_of('splitting.stopped').pattern}))\.[ *_]*\Z",
    regex.IGNORECASE,
)
_NEAR = 40  # code points about a marker in which its neighbours are looked for


class _Ending(NamedTuple):
    """How a sentence ends that has markers at its end: the run of them, and on which side of the full stop it is.

    `keyed` is whether these are keys, which have an order of their own: a footnote may follow the full stop, and
    `[@key]` before it.
    """

    run: Span
    after: bool  # the markers come after the full stop
    keyed: bool


def marker_punctuation_order(document: Document, *, style: str) -> Iterator[Finding]:
    """CC206: a marker precedes the full stop where others are after it, or the other way about."""
    wanted = _STYLES[style]
    if not _may_differ(document, wanted):
        return
    every = list(_endings(document))
    for keyed in (False, True):
        yield from _out_of_order([ending for ending in every if ending.keyed is keyed], document, style)


def _out_of_order(endings: Sequence[_Ending], document: Document, style: str) -> Iterator[Finding]:
    """The endings that are unlike the others, or unlike those of a style."""
    wanted = _STYLES[style]
    usual = wanted if wanted is not None else _habit(ending.after for ending in endings)
    if usual is None:
        return
    spaced = _habit((_spaced(ending.run, document) for ending in endings if ending.after is usual), fewest=1)
    side, other = ("after", "before") if usual else ("before", "after")
    reason = "others are" if wanted is None else f"{style} puts it"
    for ending in endings:
        if ending.after is not usual:
            message = f"this marker is {other} the full stop; {reason} {side} it"
            yield Finding(ending.run, message, fix=_moved(ending, " " if spaced else "", document))


def _may_differ(document: Document, wanted: bool | None) -> bool:
    """Whether any marker may be on the other side of a full stop, by the characters about it alone.

    Most documents are of one mind, and need not be cut into sentences to see that.
    """
    text = document.text
    spans = [marker.span for marker in document.markers if marker.syntax not in _NO_NUMBERS]
    if wanted is not True and not any(_stop_before(text, start) for start, _ in spans):
        return False
    return wanted is False or any(text[end : end + _NEAR].lstrip(_CLOSERS)[:1] in _STOP for _, end in spans)


def _stop_before(text: str, start: int) -> bool:
    """Whether a full stop immediately precedes a place, or before the space or the emphasis there."""
    return text[max(0, start - 6) : start].rstrip(" ").rstrip("*_")[-1:] in _STOP


def _habit(seen: Iterable[bool], fewest: int = _FEWEST) -> bool | None:
    """What nearly all are; None where they are too few, or divided."""
    counts = Counter(seen)
    if counts.total() < fewest:
        return None
    (usual, most), *_ = counts.most_common(1)
    return usual if most >= _HABIT * counts.total() else None


def _endings(document: Document) -> Iterator[_Ending]:
    """The sentences that end in a full stop with markers about it."""
    text = document.text
    for claim in document.claims:
        if not claim.markers or claim.markers[-1].syntax in _NO_NUMBERS:
            continue
        run = _last_run(claim.markers, text)
        behind = text[run.end : claim.span.end]
        keyed = claim.markers[-1].syntax is Syntax.KEY
        if _abbreviated(run, text) or _is_a_word(run, text) or _led_to(run, text):
            continue
        # `“… so.” [4]` has its own order, and so has `“… so [4].”`
        if run.end == claim.span.end and _stop_before(text, run.start) and _closes(claim.markers[-1], run, text):
            yield _Ending(run, after=True, keyed=keyed)
        elif behind.strip(_CLOSERS) in _STOP and not any(map(behind.__contains__, _QUOTES)):
            yield _Ending(run, after=False, keyed=keyed)


def _abbreviated(run: Span, text: str) -> bool:
    """Whether the full stop before markers is that of a word: `cf. [3]`, `Moss et al. [3]`."""
    return _ABBREVIATED.search(text, max(0, run.start - _NEAR), run.start) is not None


def _closes(marker: Marker, run: Span, text: str) -> bool:
    """Whether a marker after a full stop belongs to the sentence before it, rather than opening the next.

    `[KLE+14]` may be a word of its sentence; a number after a full stop and a space hardly is, unless what follows
    goes on with it: words in small letters, or another marker after a comma.
    """
    next_ = text[run.end : run.end + _NEAR].lstrip(" ")[:1]
    if next_ and next_ in ",;":
        return False
    return text[run.start - 1] != " " or (all(map(str.isdecimal, marker.labels)) and not next_.islower())


def _last_run(markers: tuple[Marker, ...], text: str) -> Span:
    """The last marker of a sentence, together with its neighbours: `[1][2]`, `[1], [2]`."""
    start, end = markers[-1].span
    for marker in reversed(markers[:-1]):
        if text[marker.span.end : start].strip(" ,"):
            break
        start = marker.span.start
    return Span(start, end)


def _spaced(run: Span, document: Document) -> bool:
    return document.text[run.start - 1 : run.start] == " "


def _moved(ending: _Ending, space: str, document: Document) -> Fix | None:
    """The fix that takes the markers to the other side of the full stop; None where more than a word ends there."""
    text, run = document.text, ending.run
    markers = run.of(text)
    words_end = _words_end(text, run)
    if ending.after:
        if text[words_end - 1] not in _STOPS:  # emphasis ends there too
            return None
        closed = text[run.end : run.end + 1] in tuple(_STOPS)  # `word.[1].` has one full stop too many
        span, new = Span(words_end - 1, run.end), space + markers + ("" if closed else text[words_end - 1])
        return Fix("put the full stop after the marker", (Edit(span, new),))
    if text[run.end : run.end + 1] not in _STOPS or not text[words_end - 1].isalnum():
        return None
    span, new = Span(words_end, run.end + 1), text[run.end] + space + markers
    return Fix("put the marker after the full stop", (Edit(span, new),))


def _words_end(text: str, run: Span) -> int:
    """Where the words before markers end, and the spaces begin that part them."""
    end = run.start
    while end and text[end - 1] == " ":
        end -= 1
    return end


def marker_spacing(document: Document) -> Iterator[Finding]:
    """CC207: the space before a marker is not as it is before others, or the next sentence has none before it."""
    text = document.text
    groups: dict[Hashable, list[tuple[Span, bool]]] = defaultdict(list)
    for place in marker_clusters(document):
        if place[0].syntax in _NO_NUMBERS:
            continue
        run = Span(place[0].span.start, place[-1].span.end)
        before = text[max(0, run.start - 2) : run.start].rstrip(" ")[-1:]
        if before in tuple(".!?") and (_abbreviated(run, text) or not _closes(place[-1], run, text)):
            continue  # `… is 3 m. [3] argues …`, `(cf. [3])`
        if (before.isalnum() and not _is_a_word(run, text)) or (before and before in _CLAUSE_ENDS):
            numeric = all(label.isdecimal() for label in place[0].labels)
            groups[place[0].syntax, numeric, before in _CLAUSE_ENDS, before > _LATIN].append(
                (run, _spaced(run, document))
            )
        if _glued(run, text):
            fix = Fix("put a space after the marker", (Edit(Span(run.end, run.end), " "),))
            yield Finding(run, "the next sentence begins immediately after this marker", fix=fix)
    for seen in groups.values():
        usual = _habit(spaced for _, spaced in seen)
        if usual is not None:
            odd = (run for run, spaced in seen if spaced is not usual)
            yield from (_space(run, usual, text) for run in odd if usual or not _may_be_a_word(run, text))


def _is_a_word(run: Span, text: str) -> bool:
    """Whether markers are a word of their sentence: `as described in [8]`."""
    words = text[max(0, run.start - _NEAR) : run.start]
    return words.rstrip().casefold().endswith(_WORDS_BEFORE) and _AS_A_WORD.search(words) is not None


def _may_be_a_word(run: Span, text: str) -> bool:
    """Whether a sentence goes on after markers, or points to them: `although [3] found none`, `see, e.g., [3]`."""
    goes_on = text[run.end : run.end + 1] == " " and text[run.end + 1 : run.end + 2].islower()
    return goes_on or _led_to(run, text)


def _led_to(run: Span, text: str) -> bool:
    """Whether markers follow what does not end a sentence, and a space: `see: [3]`, `(Moss 1911; [3])`."""
    before = text[max(0, run.start - 2) : run.start]
    return before[:1] in tuple(",;:–—") and before[1:] == " "


def _glued(run: Span, text: str) -> bool:
    """Whether a sentence ends before a marker and the next begins after it, with no space on either side."""
    before, behind = text[run.start - 1 : run.start], text[run.end : run.end + 2]
    return before in tuple(".!?") and behind[:1].isupper() and behind[1:].islower() and behind[:1] < _LATIN


def _space(run: Span, wanted: bool, text: str) -> Finding:
    if wanted:
        fix = Fix("put a space before the marker", (Edit(Span(run.start, run.start), " "),))
        return Finding(run, "there is no space before this marker, as there is before others", fix=fix)
    fix = Fix("remove the space", (Edit(Span(_words_end(text, run), run.start), ""),))
    return Finding(run, "there is a space before this marker, as before few others", fix=fix)


def marker_after_number(document: Document) -> Iterator[Finding]:
    """CC208: a superscript immediately follows a number or a unit, where it reads as an exponent."""
    for marker in document.markers:
        before = document.text[max(0, marker.span.start - 8) : marker.span.start]
        if marker.syntax is Syntax.SUPERSCRIPT and _NUMBER_BEFORE.search(before):
            yield Finding(marker.span, "after a number, this marker reads as an exponent")


def redundant_reference_word(document: Document) -> Iterator[Finding]:
    """CC209: a word such as "reference" precedes a marker that says as much, in mid-sentence."""
    for marker in document.markers:
        near = max(0, marker.span.start - _NEAR)
        found = _WORD_BEFORE.search(document.text, near, marker.span.start)
        if found and marker.syntax is Syntax.BRACKET:
            fix = Fix("remove the word", (Edit(Span(*found.span()), ""),), Safety.UNSAFE)
            message = f"{marker.text} says as much without the word before it"
            yield Finding(Span(found.start(), marker.span.end), message, fix=fix)


CHECKS: Final[Checks] = {
    "CC206": marker_punctuation_order,
    "CC207": marker_spacing,
    "CC208": marker_after_number,
    "CC209": redundant_reference_word,
}
