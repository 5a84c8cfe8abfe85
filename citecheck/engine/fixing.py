"""Fixes, applied in rounds until none is left, each round proved to leave a document that still says the same.

A round takes as many fixes as do not conflict, reads the text that they make, and asks the invariant about it. Where
it is broken, halves of them are tried, down to the single fix that breaks it: that one is refused, and told with the
reason. One fix may uncover another, which the next round finds; what is refused is tried again each round, so that the
last round is what a second run would be, and changes nothing.

Sources that are to go have rounds of their own, since each numbers the document again: all of them are one plan.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from citecheck.editing.edits import apply, conflict, sound
from citecheck.editing.preservation import first_violation
from citecheck.editing.renumber import (
    RenumberError,
    joint_removals,
    plan_edits,
    plan_renumbering,
    refuse_keys,
    remove_entries,
    within_budget,
)
from citecheck.engine.linting import filed, found_in, lint_document
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Finding, Fix, Removal, Safety
from citecheck.model.results import Result
from citecheck.model.settings import Settings
from citecheck.text.spans import Span

ROUNDS: Final = 400  # more than fixes ever uncover one another
_TRIES: Final = 16  # parts of a round's fixes that are tried at least; a fault is found in less
_MERGE: Final = "CC302"  # duplicate-source, whose fix folds an entry into the first of its work
_MARKERS: Final = Settings(select=("CC1",))  # the family whose findings no fix may add to

Read = Callable[[str], Document]
"""Reads a text as the document that is being changed: under its name, in its format."""

_Mends = tuple[str, Finding]  # the code of a rule, and what it found
_Wanted = tuple[Fix | Removal, list[_Mends]]  # a fix, and what it fixes


class Refusal(NamedTuple):
    """A fix that would have made a document worse: where it was wanted, what it would have done, and why not."""

    place: str
    code: str
    title: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.code} is not fixed ({self.title}): {self.reason}"


class Fixed(NamedTuple):
    """A document after its fixes: what is still found in it, how often each rule was fixed, and what was refused."""

    document: Document
    result: Result
    counts: Mapping[str, int]
    refusals: tuple[Refusal, ...] = ()

    @property
    def text(self) -> str:
        """The text after the fixes, as its file has it."""
        return self.document.raw


@dataclass(frozen=True, slots=True)
class _Round:
    """What a round came to: the document it made, the rules of what is fixed in it."""

    document: Document
    mended: Sequence[str]


def fix_document(
    document: Document, settings: Settings, read: Read, *, unsafe: bool = False, codes: frozenset[str] | None = None
) -> Fixed:
    """Applies the fixes of a document's findings, until none is left that can be.

    `unsafe` includes those that delete, merge, renumber or reorder; `codes` are the rules to be fixed, None all.
    Fixes that undo each other are all refused, and the document is as it was.
    """
    original = document
    mended: list[str] = []  # the rules of what was fixed, in order
    seen = {document.text: 0}  # each text, and how much was fixed before it
    for _ in range(ROUNDS):
        found = found_in(document, settings)
        wanted = [
            (code, each)
            for code, each in found.kept
            if wants(code, each.fix or each.removal, unsafe=unsafe, codes=codes)
        ]
        refusals: list[Refusal] = []
        done = _round(document, wanted, read, refusals)
        if done is None:
            return Fixed(document, filed(found, document, settings), Counter(mended), tuple(refusals))
        document = done.document
        mended += done.mended
        if document.text in seen:
            return _unsettled(original, settings, mended[seen[document.text] :])
        seen[document.text] = len(mended)
    return _unsettled(original, settings, mended)


def wants(code: str, fix: Fix | Removal | None, *, unsafe: bool, codes: frozenset[str] | None = None) -> bool:
    """Whether a finding of a rule has a fix of the kind that is requested."""
    if fix is None or (codes is not None and code not in codes):
        return False
    return unsafe or fix.safety is Safety.SAFE


def _round(document: Document, wanted: Sequence[_Mends], read: Read, refusals: list[Refusal]) -> _Round | None:
    """What fixes make of a document that can be applied together; None where every single one is refused."""
    gathered = _gathered(wanted)
    removals = [fix for fix in gathered if isinstance(fix, Removal)]
    tries = max(_TRIES, within_budget(document))
    for folding in (False, True):
        going, unfit = joint_removals(document, [each for each in removals if (each.stays is not None) is folding])
        for removal, reason in unfit.items():
            refusals += _refusals(document, (removal, gathered[removal]), reason)
        if done := _settled(document, [(each, gathered[each]) for each in going], read, refusals, tries=tries):
            return done
    left = {fix: mends for fix, mends in gathered.items() if isinstance(fix, Fix)}
    while left:
        chosen = [(each, left.pop(each)) for each in _peaceful(left)]
        if done := _settled(document, chosen, read, refusals, tries=2 * len(chosen)):
            return done
    return None


def _gathered(wanted: Iterable[_Mends]) -> dict[Fix | Removal, list[_Mends]]:
    """The fixes in reading order, each with all that it fixes."""
    gathered: dict[Fix | Removal, list[_Mends]] = {}
    for code, finding in wanted:
        if (fix := finding.fix or finding.removal) is not None:
            gathered.setdefault(fix, []).append((code, finding))
    return gathered


def _peaceful(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes in reading order, those left out that conflict with an earlier one."""
    chosen: list[Fix] = []
    taken: list[Span] = []
    for fix in fixes:
        if not conflict(fix.edits, taken):
            chosen.append(fix)
            for edit in fix.edits:
                insort(taken, edit.span)
    return chosen


def _settled(
    document: Document, chosen: Sequence[_Wanted], read: Read, refusals: list[Refusal], *, tries: int
) -> _Round | None:
    """The first of ever smaller parts of the fixes that breaks nothing.

    So many parts are `tries`, all of them where it is twice the fixes; what is left then is refused with its part.
    """
    parts = deque([chosen] if chosen else [])
    while parts:
        part = parts.popleft()
        after, reason = _tried(document, [fix for fix, _ in part], read)
        if reason is None:
            return _Round(after, [code for _, mends in part for code, _ in mends])
        tries -= 1
        middle = len(part) // 2
        if middle and tries > 0:
            parts += (part[:middle], part[middle:])
        else:
            refusals += [refusal for each in part for refusal in _refusals(document, each, reason)]
    return None


def _refusals(document: Document, wanted: _Wanted, reason: str) -> list[Refusal]:
    fix, mends = wanted
    title = fix.title if isinstance(fix, Fix) else "merge the two" if fix.stays else "delete the entry"
    return [Refusal(_place(document, finding.span.start), code, title, reason) for code, finding in mends]


def _place(document: Document, offset: int) -> str:
    """Where a fix is refused: a line, in a notebook one of a cell, `cell 3:2`."""
    if document.source_map is None:
        return document.line_of(offset)
    cell = document.source_map.cell(Span(offset, offset))
    return f"cell {cell.number}:{cell.start.line}"


def _tried(document: Document, fixes: Sequence[Fix | Removal], read: Read) -> tuple[Document, str | None]:
    """What fixes make of a document, and why they are not to; removals are one fix."""
    removals = [fix for fix in fixes if isinstance(fix, Removal)]
    try:
        whole = [fix for fix in fixes if isinstance(fix, Fix)] + (
            [remove_entries(document, removals)] if removals else []
        )
    except RenumberError as refused:
        return document, str(refused)
    edits = [edit for fix in whole for edit in fix.edits]
    if not sound(edits, len(document.text)):
        return document, "its edits overlap"
    text = apply(document.text, edits)
    if text == document.text:
        return document, "it would change nothing"
    raw = _in_file(document, edits) if document.source_map else text
    if raw is None:
        return document, "it reaches beyond a cell"
    after = read(raw)
    if after.text != text:
        return document, "the file has no place for what it writes"
    return after, first_violation(document, after, whole) or _new_fault(document, after)


def _in_file(document: Document, edits: Sequence[Edit]) -> str | None:
    """The text of the file that holds a document, with edits of the document in it; None where they cannot be."""
    assert document.source_map
    made = document.source_map.edits(edits)
    return None if made is None else apply(document.raw, made)


def _new_fault(before: Document, after: Document) -> str | None:
    """The rule about markers and their sources that would find more than it does now."""
    now = found_in(after, _MARKERS).kept
    known = Counter(code for code, _ in found_in(before, _MARKERS).kept) if now else Counter[str]()
    for code, finding in now:
        known[code] -= 1
        if known[code] < 0:
            return f"{code} would report: {finding.message}"
    return None


def _unsettled(document: Document, settings: Settings, codes: Iterable[str]) -> Fixed:
    """A document left as it was, since fixes of these rules undo each other."""
    first, *others = sorted(set(codes))
    partners = f"its fixes and those of {' and '.join(others)}" if others else "its fixes"
    reason = f"{partners} undo each other; leave {'one of them' if others else 'it'} out with --unfixable"
    return Fixed(document, lint_document(document, settings), {}, (Refusal("1", first, "all fixes", reason),))


def fixed_by(document: Document, fix: Fix, read: Read) -> Document:
    """A document after one fix. Raises RenumberError, with the reason, where it would not say the same."""
    after, reason = _tried(document, [fix], read)
    if reason is not None:
        raise RenumberError(reason)
    return after


def merge_document(document: Document, settings: Settings, read: Read) -> Fixed:
    """A document whose entries of one work are folded into the first of them.

    Raises RenumberError where its sources are cited by keys.
    """
    refuse_keys(document)
    only = settings._replace(select=(_MERGE,), ignore=(), ignore_here=())
    return fix_document(document, only, read, unsafe=True)


def renumber_document(
    document: Document, read: Read, *, order: str = "appearance", start: int | None = None, move: bool = True
) -> Document:
    """A document with its sources renumbered, and every marker with them.

    Raises Refused where that cannot be done without guessing, or would change what a marker names.
    """
    edits = plan_edits(document, plan_renumbering(document, order=order, start=start, move=move))
    if not edits:
        return document
    after, reason = _tried(document, [Fix("renumber the sources", edits)], read)
    if reason is not None:
        raise RenumberError(reason)
    if plan_edits(after, plan_renumbering(after, order=order, start=start, move=move)):
        raise RenumberError("numbering it again would change it again")
    return after
