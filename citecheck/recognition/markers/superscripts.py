"""Raised numbers: most of running text's are exponents, charges or counts of nucleons, and some cite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from citecheck.model.citations import Syntax
from citecheck.recognition.markers.candidates import Candidate, word_before
from citecheck.recognition.scopes import LabelIndex
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import SUPERSCRIPTS

_UNIT = lazy_regex(r"(?r)(?:^|[^\p{L}])(?:\p{L}{1,2}|cm|km|mm|nm|ft|yd|mi|sec|log|sin|cos|tan|exp|kg|[\d)\]]+)\Z")
_CLOSED_WORD = lazy_regex(r"(?:\p{Ll}{4}|[\p{L})\"”’»][.,;:!?]|[。，；：！？」”])[\"”’»)]?\Z")
_STOPPED_WORD = lazy_regex(r"(?:\p{Ll}{2}[)\"”’»]?[.,;:!?]|[。，；：！？」”])[\"”’»)]?\Z")
_SIGNS = frozenset("⁻⁺")
_BEFORE_ISOTOPES = frozenset("δΔ (/–-\n")
_ELEMENT = lazy_regex(r"\p{Lu}\p{Ll}?(?!\p{L})")
_BEFORE_NAME = lazy_regex(r"(?:\A|\n|(?<!</sup)>|[,;|·]\s)\s{0,8}\Z")  # after `</sup>` the second of a row is
_NAME = lazy_regex(r" ?(?:\p{Lu}[\p{L}.]|\p{Han}{2})")
_PARTING = lazy_re(r"[ ]?[,;][ ]?|[ ]")  # between superscript marks of one place
_NEAR = 10  # code points
_FEWEST = 3  # numbers that count from the first
_HIGHEST = 200  # of the numbers that cite so where no list has them


def superscripts_cite(text: str, marks: Sequence[Candidate], labels: LabelIndex) -> bool:
    """Whether superscripts cite in this document."""
    found = set()
    for mark in marks:
        if mark.syntax is Syntax.SUPERSCRIPT and not (_is_of_unit(text, mark) or _is_science(text, mark)):
            found |= {label for label, _ in mark.labels if labels.lists(labels.key(mark, label))}
    smallest = min((len(group) for group in labels.scopes.labels if group), default=0)
    return len(found) >= min(2, max(1, smallest)) and not lead_to_names(text, marks)


def lead_to_names(text: str, marks: Iterable[Candidate]) -> bool:
    """Whether superscript numbers lead from authors to where they work: `¹ Harbour Office, ² School of Tides`."""
    named = {
        mark.labels[0][0]
        for mark in marks
        if mark.syntax is Syntax.SUPERSCRIPT
        and _BEFORE_NAME.search(text, max(0, mark.span.start - _NEAR), mark.span.start)
        and _NAME.match(text, mark.span.end)
    }
    return named >= {"1", "2"}


class Row(NamedTuple):
    """A row of superscript marks, `^4^^42^`, `⁴,⁴²`: where it begins, and whether one of its marks names a source."""

    start: int
    resolves: bool


def raised_rows(text: str, marks: Iterable[Candidate], labels: LabelIndex) -> Mapping[int, Row]:
    """The rows of superscript marks, by where each of their marks is; a mark alone is a row."""
    rows: list[list[Candidate]] = []
    for mark in marks:
        if mark.syntax is not Syntax.SUPERSCRIPT:
            continue
        end = rows[-1][-1].span.end if rows else -1
        if end == mark.span.start or (end >= 0 and _PARTING.fullmatch(text, end, mark.span.start)):
            rows[-1].append(mark)
        else:
            rows.append([mark])
    found: dict[int, Row] = {}
    for own in rows:
        known = any(labels.lists(labels.key(mark, label)) for mark in own for label, _ in mark.labels)
        resolves = known and not _is_of_unit(text, own[0])  # `10^3^^21^` may be a power's power
        found |= dict.fromkeys((mark.span.start for mark in own), Row(own[0].span.start, resolves))
    return found


def superscript_cites(text: str, mark: Candidate, listed: Sequence[bool], row: Row) -> bool:
    """Whether a superscript mark cites where others do.

    `listed` is whether there is a source under each of its labels, `row` that of the marks which it is in.
    """
    if _is_science(text, mark):
        return False
    if any(listed):
        return mark.address is not None or not _is_of_unit(text, mark)  # `km²` cites nothing
    highest = max(int(label) for label, _ in mark.labels)
    closed = row.resolves or _CLOSED_WORD.search(text, max(0, row.start - _NEAR), row.start) is not None
    return highest < _HIGHEST and (mark.address is not None or closed)


def is_exponent(text: str, mark: Candidate, *, raised: bool) -> bool:
    """Whether a mark is a superscript number that cites nothing; one at a unit may, where markers are `raised`."""
    if mark.syntax is not Syntax.SUPERSCRIPT:
        return False
    return _is_science(text, mark) or (not raised and _is_of_unit(text, mark))


def seem_raised(text: str, marks: Iterable[Candidate]) -> list[Candidate]:
    """The superscript numbers that seem to cite where nothing is listed: after stops, counted from the first."""
    raised = [
        mark
        for mark in marks
        if mark.syntax is Syntax.SUPERSCRIPT
        and _STOPPED_WORD.search(word_before(text, mark))
        and not _is_science(text, mark)
    ]
    first = list(dict.fromkeys(int(label) for mark in raised for label, _ in mark.labels))
    rising = sum(low < high for low, high in pairwise(first))
    counted = len(first) >= _FEWEST and first[0] <= 1 and 4 * rising >= 3 * (len(first) - 1) and max(first) < _HIGHEST
    return raised if counted and not lead_to_names(text, raised) else []


def _is_of_unit(text: str, mark: Candidate) -> bool:
    """Whether a superscript number may be the power of a unit or of a figure, which has but one."""
    return len({span for _, span in mark.labels}) == 1 and _UNIT.search(word_before(text, mark)) is not None


def _is_science(text: str, mark: Candidate) -> bool:
    """Whether a superscript number is a negative power, `ha⁻¹`, a charge, `PO₄³⁻`, or a count of nucleons, `δ¹³C`."""
    before, after = text[max(0, mark.span.start - 1) : mark.span.start], text[mark.span.end : mark.span.end + 1]
    isotope = before in _BEFORE_ISOTOPES and _ELEMENT.match(text, mark.span.end) is not None
    return before in _SIGNS or after in _SIGNS or isotope


def split_digits(text: str, marks: Sequence[Candidate], labels: LabelIndex) -> list[Candidate]:
    """The marks, with `¹²` as one and two where twelve is not listed, but they are.

    Only superscript characters are side by side so: in `^12^`, as in a document that parts its markers, `¹,²`,
    twelve was meant.
    """
    raised = [mark for mark in marks if mark.syntax is Syntax.SUPERSCRIPT]
    if not raised or _parts(text, raised, labels):
        return list(marks)
    return [_split(text, mark, labels) for mark in marks]


def _parts(text: str, raised: Iterable[Candidate], labels: LabelIndex) -> bool:
    """Whether there is something between superscript numbers that cite at one place."""
    before: Candidate | None = None
    for mark in raised:
        if not any(labels.lists(labels.key(mark, label)) for label, _ in mark.labels) or _is_science(text, mark):
            before = None
            continue
        if len({span for _, span in mark.labels}) > 1:
            return True
        if before and _PARTING.fullmatch(text, before.span.end, mark.span.start):
            return True
        before = mark
    return False


def _split(text: str, mark: Candidate, labels: LabelIndex) -> Candidate:
    if mark.syntax is not Syntax.SUPERSCRIPT or len(mark.labels) != 1:
        return mark
    label, span = mark.labels[0]
    if text[span.start] not in SUPERSCRIPTS:
        return mark
    digits = tuple((digit, span) for digit in label)
    known = [labels.lists(labels.key(mark, digit)) for digit, _ in digits]
    return mark if labels.lists(labels.key(mark, label)) or not all(known) else mark._replace(labels=digits)
