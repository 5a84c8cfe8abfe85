"""Fixes, applied in rounds until none is left, each round proved to leave a document that still says the same.

A round takes as many fixes as do not quarrel, reads the text that they make, and asks the invariant about it. Where
it is broken, halves of them are tried, down to the single fix that breaks it: that one is refused, and told with the
reason. One fix may uncover another, which the next round finds; what is refused is tried again each round, so that the
last round is what a second run would be, and changes nothing.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from citecheck.config import Settings
from citecheck.document import Document
from citecheck.edits import applied, quarrel, sound
from citecheck.engine import lint_document
from citecheck.findings import Diagnostic, Fix, Safety
from citecheck.invariant import breach
from citecheck.renumbering import Refused, renumbered, rewritten
from citecheck.results import Result
from citecheck.text import Span

ROUNDS: Final = 400  # each deletion that numbers a list anew takes one
_MARKERS: Final = Settings(select=("CC1",))  # the family whose findings no fix may add to

Read = Callable[[str], Document]
"""Reads a text as the document that is being changed: under its name, in its format."""

_Wanted = tuple[Fix, list[Diagnostic]]  # a fix, and the diagnostics that it mends


class Refusal(NamedTuple):
    """A fix that would have made a document worse: where it was wanted, what it would have done, and why not."""

    line: int
    code: str
    title: str
    reason: str

    def __str__(self) -> str:
        return f"{self.line}: {self.code} is not fixed ({self.title}): {self.reason}"


class Fixed(NamedTuple):
    """A document after its fixes: what is still found in it, how often each rule was fixed, and what was refused."""

    document: Document
    result: Result
    counts: Mapping[str, int]
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class _Round:
    """What a round came to: the document it made, the diagnostics that are mended in it."""

    document: Document
    mended: Sequence[Diagnostic]


def fix_document(
    document: Document, settings: Settings, read: Read, *, unsafe: bool = False, codes: frozenset[str] | None = None
) -> Fixed:
    """Applies the fixes of a document's findings, until none is left that can be.

    `unsafe` takes in those that delete, merge, renumber or reorder; `codes` are the rules to be fixed, None all.
    Fixes that undo each other are all refused, and the document is as it was.
    """
    original = document
    mended: list[str] = []  # the rules of what was mended, in order
    seen = {document.text: 0}  # each text, and how much was mended before it
    for _ in range(ROUNDS):
        result = lint_document(document, settings)
        wanted = [each for each in result.diagnostics if wants(each, unsafe=unsafe, codes=codes)]
        refusals: list[Refusal] = []
        done = _round(document, wanted, read, refusals)
        if done is None:
            return Fixed(document, result, Counter(mended), tuple(refusals))
        document = done.document
        mended += [each.code for each in done.mended]
        if document.text in seen:
            return _unsettled(original, settings, mended[seen[document.text] :])
        seen[document.text] = len(mended)
    return _unsettled(original, settings, mended)


def wants(diagnostic: Diagnostic, *, unsafe: bool, codes: frozenset[str] | None = None) -> bool:
    """Whether a diagnostic has a fix of the kind that is asked for."""
    if diagnostic.fix is None or (codes is not None and diagnostic.code not in codes):
        return False
    return unsafe or diagnostic.fix.safety is Safety.SAFE


def _round(document: Document, wanted: list[Diagnostic], read: Read, refusals: list[Refusal]) -> _Round | None:
    """What fixes make of a document that can be applied together; None where every single one is refused."""
    while wanted:
        chosen = _peaceful(wanted)
        if done := _settled(document, chosen, read, refusals):
            return done
        tried = {fix for fix, _ in chosen}
        wanted = [each for each in wanted if each.fix not in tried]
    return None


def _peaceful(wanted: Iterable[Diagnostic]) -> list[_Wanted]:
    """The fixes in reading order, those left out that quarrel with an earlier one."""
    chosen: dict[Fix, list[Diagnostic]] = {}
    taken: list[Span] = []
    for diagnostic in wanted:
        fix = diagnostic.fix
        if fix in chosen:
            chosen[fix].append(diagnostic)
        elif fix is not None and not quarrel(fix.edits, taken):
            chosen[fix] = [diagnostic]
            for edit in fix.edits:
                insort(taken, edit.span)
    return list(chosen.items())


def _settled(document: Document, chosen: Sequence[_Wanted], read: Read, refusals: list[Refusal]) -> _Round | None:
    """The first of ever smaller parts of the fixes that breaks nothing."""
    fixes = [fix for fix, _ in chosen]
    after, reason = _tried(document, fixes, read)
    if reason is None:
        return _Round(after, [each for _, diagnostics in chosen for each in diagnostics])
    if len(chosen) == 1:
        refusals += [Refusal(each.start.line, each.code, fixes[0].title, reason) for each in chosen[0][1]]
        return None
    middle = len(chosen) // 2
    return _settled(document, chosen[:middle], read, refusals) or _settled(document, chosen[middle:], read, refusals)


def _tried(document: Document, fixes: Sequence[Fix], read: Read) -> tuple[Document, str | None]:
    """What fixes make of a document, and why they are not to."""
    edits = [edit for fix in fixes for edit in fix.edits]
    if not sound(edits, len(document.text)):
        return document, "its edits overlap"
    text = applied(document.text, edits)
    if text == document.text:
        return document, "it would change nothing"
    after = read(text)
    return after, breach(document, after, fixes) or _new_fault(document, after)


def _new_fault(before: Document, after: Document) -> str | None:
    """The rule about markers and their sources that would find more than it does now."""
    now = lint_document(after, _MARKERS).diagnostics
    known = Counter(each.code for each in lint_document(before, _MARKERS).diagnostics) if now else Counter[str]()
    for diagnostic in now:
        known[diagnostic.code] -= 1
        if known[diagnostic.code] < 0:
            return f"{diagnostic.code} would speak up: {diagnostic.message}"
    return None


def _unsettled(document: Document, settings: Settings, codes: Iterable[str]) -> Fixed:
    """A document left as it was, since fixes of these rules undo each other."""
    first, *others = sorted(set(codes))
    partners = f"its fixes and those of {' and '.join(others)}" if others else "its fixes"
    reason = f"{partners} undo each other; leave {'one of them' if others else 'it'} out with --unfixable"
    return Fixed(document, lint_document(document, settings), {}, (Refusal(1, first, "all fixes", reason),))


def renumber_document(
    document: Document, read: Read, *, order: str = "appearance", start: int | None = None, move: bool = True
) -> Document:
    """A document with its sources numbered anew, and every marker with them.

    Raises Refused where that cannot be done without guessing, or would change what a marker names.
    """
    edits = rewritten(document, renumbered(document, order=order, start=start, move=move))
    if not edits:
        return document
    after, reason = _tried(document, [Fix("number the sources anew", edits)], read)
    if reason is not None:
        raise Refused(reason)
    if rewritten(after, renumbered(after, order=order, start=start, move=move)):
        raise Refused("numbering it again would change it again")
    return after
