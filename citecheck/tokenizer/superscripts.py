"""Raised numbers: most of running text's are exponents, charges or counts of nucleons, and some cite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from citecheck.document import Syntax
from citecheck.patterns import lazy
from citecheck.tokenizer.marks import Mark, word_before
from citecheck.tokenizer.numbering import Labels

_UNIT = lazy(r"(?r)(?:^|[^\p{L}])(?:\p{L}{1,2}|cm|km|mm|nm|ft|yd|mi|sec|log|sin|cos|tan|exp|kg|[\d)\]]+)\Z")
_CLOSED_WORD = lazy(r"(?:\p{Ll}{4}|[\p{L})\"”’»][.,;:!?]|[。，；：！？」”])[\"”’»)]?\Z")
_STOPPED_WORD = lazy(r"(?:\p{Ll}{2}[)\"”’»]?[.,;:!?]|[。，；：！？」”])[\"”’»)]?\Z")
_SIGNS = frozenset("⁻⁺")
_BEFORE_ISOTOPES = frozenset("δΔ (/–-\n")
_ELEMENT = lazy(r"\p{Lu}\p{Ll}?(?!\p{L})")
_BEFORE_NAME = lazy(r"(?:\A|\n|>|[,;|·]\s)\s{0,8}\Z")
_NAME = lazy(r" ?(?:\p{Lu}[\p{L}.]|\p{Han}{2})")
_NEAR = 10  # code points
_FEWEST = 3  # numbers that count from the first
_HIGHEST = 200  # of the numbers that cite so where no list has them


def raised_by_habit(text: str, marks: Sequence[Mark], labels: Labels) -> bool:
    """Whether superscripts cite in this document."""
    found = set()
    for mark in marks:
        if mark.syntax is Syntax.SUPERSCRIPT and not (_is_of_unit(text, mark) or _is_science(text, mark)):
            found |= {label for label, _ in mark.labels if labels.lists(labels.key(mark, label))}
    smallest = min((len(group) for group in labels.scopes.labels if group), default=0)
    return len(found) >= min(2, max(1, smallest)) and not lead_to_names(text, marks)


def lead_to_names(text: str, marks: Iterable[Mark]) -> bool:
    """Whether raised numbers lead from authors to where they work: `¹ Harbour Office, ² School of Tides`."""
    named = {
        mark.labels[0][0]
        for mark in marks
        if mark.syntax is Syntax.SUPERSCRIPT
        and _BEFORE_NAME.search(text, max(0, mark.span.start - _NEAR), mark.span.start)
        and _NAME.match(text, mark.span.end)
    }
    return named >= {"1", "2"}


def raised_cites(text: str, mark: Mark, listed: Sequence[bool]) -> bool:
    """Whether a raised mark cites where others do; `listed` is whether there is a source under each of its labels."""
    if _is_science(text, mark):
        return False
    if any(listed):
        return mark.address is not None or not _is_of_unit(text, mark)  # `km²` cites nothing
    highest = max(int(label) for label, _ in mark.labels)
    return highest < _HIGHEST and (mark.address is not None or _CLOSED_WORD.search(word_before(text, mark)) is not None)


def is_exponent(text: str, mark: Mark, *, raised: bool) -> bool:
    """Whether a mark is a raised number that cites nothing; one at a unit may, where markers are `raised`."""
    if mark.syntax is not Syntax.SUPERSCRIPT:
        return False
    return _is_science(text, mark) or (not raised and _is_of_unit(text, mark))


def seem_raised(text: str, marks: Iterable[Mark]) -> list[Mark]:
    """The raised numbers that seem to cite where nothing is listed: behind stops, counted from the first."""
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


def _is_of_unit(text: str, mark: Mark) -> bool:
    """Whether a raised number may be the power of a unit or of a figure, which has but one."""
    return len({span for _, span in mark.labels}) == 1 and _UNIT.search(word_before(text, mark)) is not None


def _is_science(text: str, mark: Mark) -> bool:
    """Whether a raised number is a negative power, `ha⁻¹`, a charge, `PO₄³⁻`, or a count of nucleons, `δ¹³C`."""
    before, after = text[max(0, mark.span.start - 1) : mark.span.start], text[mark.span.end : mark.span.end + 1]
    isotope = before in _BEFORE_ISOTOPES and _ELEMENT.match(text, mark.span.end) is not None
    return before in _SIGNS or after in _SIGNS or isotope


def split_raised(mark: Mark, labels: Labels) -> Mark:
    """`¹²` where twelve is not listed, but one and two are."""
    if mark.syntax is not Syntax.SUPERSCRIPT or len(mark.labels) != 1:
        return mark
    label, span = mark.labels[0]
    digits = tuple((digit, span) for digit in label)
    known = [labels.lists(labels.key(mark, digit)) for digit, _ in digits]
    return mark if labels.lists(labels.key(mark, label)) or not all(known) else mark._replace(labels=digits)
