"""Whether marks cite where nothing is listed: a list may be missing, or their links may point to the sources."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from itertools import islice, pairwise

import regex

from citecheck.model.citations import Syntax
from citecheck.model.sources import ListKind
from citecheck.recognition.labels import is_padded
from citecheck.recognition.lists.boundaries import resembles_reference, resembles_source
from citecheck.recognition.lists.headings import classify_heading
from citecheck.recognition.markers.candidates import Candidate, Context
from citecheck.recognition.markers.grammar import CLUSTER_END
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

_ENDS_CLUSTER = lazy_regex(CLUSTER_END)
# Of an examination: `(a) Define it. [2]`.
_QUESTION = lazy_regex(r"[ \t]*+(?:[-*][ \t]+)?(?:\d{1,2}[.)]?[ \t]*)?\([a-z]{1,3}\)[ \t]")
_LAST_WORD = lazy_regex(r"\b[\w-]{1,40}$")
_LINE_END = lazy_re(r"[.,;:!?]?[ \t]*(?:\n|\Z)")
_WIDEST_GAP = len(", and ")  # between the marks of one row
_SHORT_LINE = lazy_re(r"^[^\n]{4,40}$", re.MULTILINE)
_ABOUT_HEADING = " \t0123456789.#*_:"
_BELOW = 2_000  # code points under a heading in which to look for sources
_MOST_HEADINGS = 20  # that are looked under; no text has more of them for good reason
_FEWEST = 3  # labels; fewer numbers in brackets need not be citations of a list that is missing
_INSIDE = 2  # marks in mid-line or in rows
_SENTENCES = 2  # that end with a mark
_STOPS = (".", "!", "?", "。", "！", "？")
LED = lazy_regex(r"\b(?:in|from|by|of|to|see|with|and|or|on|than|as|at)\s\Z", regex.IGNORECASE)
_NEAR = 10  # code points
_AT_WORD = lazy_regex(r"[\p{L}\d.,;:!?。，；：！？)”’»*_\"]\Z")
_ENDS_WORD = lazy_regex(r"[\s.,;:!?)\]。，；：！？）]|\Z")
_LONGEST_ENTRY = 400  # code points
_MARGIN = 10  # numbers beyond those that are named that a text cut from a longer one may reach
# Judgments are cited by the year in brackets, and their paragraphs by number: `[2019] UKSC 41 at [55]`.
JUDGMENT = lazy_regex(r"\[(?:19|20)\d\d\] (?:\d+ )?\p{Lu}\w*\p{Lu}")


def cites_without_list(text: str, marks: Iterable[Candidate], *, unnumbered: bool) -> bool:
    """Whether bare numbers in brackets are citations of a list that is missing.

    They are when there are several, first named in ascending order from the beginning, and most of them close a
    clause; under a heading for sources, two will do. Arrays and intervals among them tell that none is a citation, and
    a row of them in one place, `Cite as [1], [2], [3]`, may mention markers.
    """
    marks = list(marks)
    free, closing = _free_and_closing(text, marks)
    if _lists_in_running_text(text, free, {mark.span for mark in closing}):
        return False
    if seem_to_cite(text, marks, headed=False) or _name_works(text, free, closing):
        return True
    named: dict[int, Span] = {}
    for mark in closing:
        for label, _ in mark.labels:
            named.setdefault(int(label), mark.span)
    first = list(named)
    if unnumbered and len(first) > 1 and 2 * len(closing) >= len(free):
        return True
    if len(first) < _FEWEST or first[0] > 1 or max(first) > 2 * len(first) + 2:
        return False
    if all(after.start - before.end <= _WIDEST_GAP for before, after in pairwise(named.values())):
        return False
    if len(closing) < _FEWEST or all(len(mark.labels) > 1 for mark in closing) or _scores(text, closing):
        return False
    rising = sum(low < high for low, high in pairwise(first))
    behind_stops = first[0] == 1 or _behind_stop(text, closing[0])  # counting from nought is rare but after full stops
    rises = 2 * len(closing) >= len(free) and 4 * rising >= 3 * (len(first) - 1) and behind_stops
    return rises and not _lists_all_the_same(text, closing[0].span.end)


def _free_and_closing(text: str, marks: Iterable[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """The numbers in brackets that may cite, and those of them that close a clause.

    None where arrays and intervals among them tell that none does.
    """
    numeric = [
        mark for mark in marks if mark.syntax is Syntax.BRACKET and not mark.address and mark.labels[0][0].isdecimal()
    ]
    at_array = indexed(text, numeric)
    free = [
        mark
        for mark in numeric
        if mark.standing in (Context.STANDALONE, Context.WORD_SUFFIX)
        and mark not in at_array
        and not _framed(text, mark)
    ]
    odd = sum(
        mark.standing not in (Context.STANDALONE, Context.WORD_SUFFIX) or mark in at_array or _from_nought(mark)
        for mark in numeric
    )
    if 4 * odd >= len(numeric):
        return [], []
    return free, [mark for mark in free if _ENDS_CLUSTER.match(text, mark.span.end) or _behind_stop(text, mark)]


def seem_to_cite(text: str, marks: Iterable[Candidate], *, headed: bool) -> list[Candidate]:
    """The numbers in brackets that seem to be citations of a list that is missing, though not counted from the first.

    Most of them close a clause, several of them in mid-line or in rows, `[1][8].`, as scores and the numbers of bugs
    do not; and they come again, count from the beginning, or are where a heading announces sources (`headed`).
    """
    free, closing = _free_and_closing(text, marks)
    labels = [int(label) for mark in closing for label, _ in mark.labels]
    distinct = set(labels)
    if len(distinct) < _FEWEST or len(closing) <= _FEWEST or 2 * len(closing) < len(free):
        return []
    if max(distinct) > 3 * len(distinct) + _MARGIN or _scores(text, closing) or JUDGMENT.search(text):
        return []
    if all(len(mark.labels) > 1 for mark in closing):
        return []  # arrays
    if any(is_padded(text, span) for mark in closing for _, span in mark.labels):
        return []  # of bytes
    if sum(_behind_stop(text, mark) or text.startswith(_STOPS, mark.span.end) for mark in closing) < _SENTENCES:
        return []  # of a scale in one sentence, `never [0], rarely [1]`
    rows = sum(after.span.start == before.span.end for before, after in pairwise(closing))
    inside = sum(not _LINE_END.match(text, mark.span.end) for mark in closing)
    again = len(labels) > len(distinct) or min(distinct) <= 1 or headed
    return free if again and rows + inside >= _INSIDE else []


def named_notes(text: str, marks: Iterable[Candidate]) -> frozenset[str]:
    """The names of footnotes, `[^harbour-log]`, where several are cited and none is defined.

    Each is at a word or after a stop, as no class of letters does.
    """
    names = frozenset(
        mark.labels[0][0]
        for mark in marks
        if mark.syntax is Syntax.FOOTNOTE
        and sum(map(str.isalpha, mark.labels[0][0])) >= _FEWEST
        and _AT_WORD.search(text, max(0, mark.span.start - 1), mark.span.start)
        and _ENDS_WORD.match(text, mark.span.end)
    )
    return names if len(names) > 1 else frozenset()


def _lists_in_running_text(text: str, free: Sequence[Candidate], closed: Container[Span]) -> bool:
    """Whether sources follow numbers that count on, `[1] A. Moss, Salts, 1901. [2] B. Holt, Pans, 1902.`."""
    entries = 0
    for mark, following in pairwise(free):
        counts = mark.span not in closed and int(following.labels[0][0]) == int(mark.labels[0][0]) + 1
        words = Span(mark.span.end, min(following.span.start, mark.span.end + _LONGEST_ENTRY))
        entries = entries + 1 if counts and resembles_reference(text, words) else 0
        if entries >= _FEWEST:
            return True
    return False


def _name_works(text: str, free: Sequence[Candidate], closing: Sequence[Candidate]) -> bool:
    """Whether numbers name works within their clauses, `as told in [1], by Overcast[2] and`: each from the first on.

    Several paragraphs do so, one number comes again, and some close a clause. A number that is by itself may begin
    an entry, of a list that could not be read.
    """
    labels = [int(label) for mark in free for label, _ in mark.labels]
    if not labels or len(closing) < _FEWEST or set(labels) != set(range(1, max(labels) + 1)):
        return False
    if max(labels) < _FEWEST or len(labels) <= max(labels) + 1 or _scores(text, free):
        return False
    apart = text.find("\n\n", free[0].span.start, free[-1].span.start) >= 0
    closed = {mark.span for mark in closing}
    return apart and all(
        len(mark.labels) == 1
        and (
            mark.span in closed
            or mark.standing is Context.WORD_SUFFIX
            or LED.search(text, max(0, mark.span.start - _NEAR), mark.span.start) is not None
        )
        for mark in free
    )


def _lists_all_the_same(text: str, start: int) -> bool:
    """Whether sources are under a heading for them, in a form that nobody could read, as in the columns of a PDF."""
    short = _SHORT_LINE.finditer(text, start)
    heads = (line.end() for line in short if classify_heading(line[0].strip(_ABOUT_HEADING)) is ListKind.NUMBERED)
    for end in islice(heads, _MOST_HEADINGS):
        below = text[end : end + _BELOW].split("\n")
        if sum(resembles_source(row, Span(0, len(row))) for row in below) >= _FEWEST:
            return True
    return False


def _scores(text: str, marks: Sequence[Candidate]) -> bool:
    """Whether numbers are scores: of an examination's questions, or of answers that are counted from 1 each time."""
    lines = [text.rfind("\n", 0, mark.span.start) + 1 for mark in marks]
    if 2 * sum(_QUESTION.match(text, line) is not None for line in lines) >= len(marks):
        return True
    numbers = [int(mark.labels[0][0]) for mark in marks]
    starts = [place for place, number in enumerate(numbers) if number == 1]
    runs = [after - before for before, after in pairwise([*starts, len(numbers)])]
    counted = all(number in (1, before + 1) for before, number in pairwise(numbers))
    return counted and len(runs) > 1 and min(runs) >= _FEWEST


def links_cite(text: str, marks: Iterable[Candidate]) -> bool:
    """Whether links whose text is a number are citations: framed, `[[1]](url)`, or several in running text, from 1."""
    linked = [mark for mark in marks if mark.address]
    if any(not mark.text.startswith("[") or mark.text.startswith(("[[", "[\\[")) for mark in linked):
        return True
    labels = [mark.labels[0][0] for mark in linked]
    if len(set(labels)) < 2 or labels[0] not in ("0", "1"):
        return False  # `Part one ([2](url), [3](url))` counts the parts of something
    return text.find("\n\n", linked[0].span.start, linked[-1].span.start) >= 0


def indexed(text: str, marks: Sequence[Candidate]) -> set[Candidate]:
    """The marks at a word that most of them are at with different numbers, `state[2]`, `state[3]`: it is an array."""
    at: dict[str, list[Candidate]] = {}
    for mark in marks:
        start = mark.span.start
        if mark.standing is Context.WORD_SUFFIX and (word := _LAST_WORD.search(text, max(0, start - 41), start)):
            at.setdefault(word[0], []).append(mark)
    most = max(at.values(), key=len, default=[])
    several = len({label for mark in most for label, _ in mark.labels}) > 1
    return set(most) if several and 2 * len(most) >= len(marks) else set()


def _framed(text: str, mark: Candidate) -> bool:
    """Whether a bracket opens immediately before: `[[1, 2], [3, 4]]`."""
    return text[mark.span.start - 1 : mark.span.start] == "["


def _from_nought(mark: Candidate) -> bool:
    return len(mark.labels) == 2 and mark.labels[0][0] == "0"


def _behind_stop(text: str, mark: Candidate) -> bool:
    return text[mark.span.start - 1 : mark.span.start] in (".", "。", "!", "?", "”", '"')
