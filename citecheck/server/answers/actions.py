"""Code actions: what can be done about a finding, and about the document as a whole.

What an action would change is worked out, and proved, only when it is wanted: a client asks for the actions at every
move of its cursor.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from citecheck.editing.renumber import RenumberError
from citecheck.engine.fixing import fix_document, fixed_by, merge_document, renumber_document, wants
from citecheck.engine.ignores import ignore_on_line
from citecheck.errors import CitecheckError
from citecheck.model.document import Document
from citecheck.model.findings import Diagnostic, Edit, Safety
from citecheck.server.analysis import Analysis
from citecheck.server.answers.differences import differences
from citecheck.server.answers.renaming import Refused
from citecheck.text.spans import Span

_TWICE = "CC302"  # what merging is for


class Work(StrEnum):
    """What an action does."""

    FIX = "fix"
    IGNORE = "ignore"
    FIX_ALL = "fix-all"
    RENUMBER = "renumber"
    MERGE = "merge"


class Action(NamedTuple):
    """Something that can be done; `finding` is the place of the finding it is about among those of the analysis."""

    work: Work
    title: str
    finding: int | None = None
    preferred: bool = False


def about_findings(analysis: Analysis, span: Span) -> Iterator[Action]:
    """What can be done about the findings that touch a span: their fixes first."""
    touched = [(place, each) for place, each in enumerate(analysis.diagnostics) if _touches(each.span, span)]
    for place, each in touched:
        if each.fix:
            safe = each.fix.safety is Safety.SAFE
            yield Action(Work.FIX, f"{_capital(each.fix.title)} ({each.code})", place, preferred=safe)
    told: set[str] = set()
    for place, each in touched:
        if analysis.readable and each.code != "CC901" and each.code not in told:
            told.add(each.code)
            yield Action(Work.IGNORE, f"Ignore {each.code} here", place)


def about_document(analysis: Analysis) -> Iterator[Action]:
    """The safe fixes of the whole document, where there are any."""
    if any(wants(each.code, each.fix, unsafe=False) for each in analysis.diagnostics):
        yield Action(Work.FIX_ALL, "Apply all safe fixes of citecheck")


def refactorings(analysis: Analysis) -> Iterator[Action]:
    """What renumbers or merges the sources, where there are numbered ones, and where some are listed twice."""
    document = analysis.readable
    if document is None:
        return
    if any(source.key and source.key.label.isdecimal() for source in document.sources):
        yield Action(Work.RENUMBER, "Renumber the sources by first citation")
    if any(each.code == _TWICE for each in analysis.diagnostics):
        yield Action(Work.MERGE, "Merge sources that are listed twice")


def edits(analysis: Analysis, action: Action) -> tuple[Edit, ...]:
    """What an action changes; nothing where all is well already. Raises Refused."""
    document = analysis.document
    if document is None:
        raise Refused("the document is not checked")
    finding = analysis.diagnostics[action.finding] if action.finding is not None else None
    try:
        if action.work is Work.FIX:
            assert finding
            assert finding.fix
            if analysis.readable:  # of a notebook the fix is that of the file, and is proved with all others
                fixed_by(document, finding.fix, analysis.read)
            return finding.fix.edits
        return tuple(differences(document.raw, _after(analysis, document, action, finding)))
    except (RenumberError, CitecheckError) as error:
        raise Refused(str(error)) from error


def _after(analysis: Analysis, document: Document, action: Action, finding: Diagnostic | None) -> str:
    """The text of the file once an action is done. Raises Refused, RenumberError and CitecheckError."""
    match action.work:
        case Work.FIX_ALL:
            return fix_document(document, analysis.settings, analysis.read).text
        case Work.RENUMBER:
            return renumber_document(document, analysis.read).raw
        case Work.MERGE:
            merged = merge_document(document, analysis.settings, analysis.read)
            if merged.refusals and merged.text == document.raw:
                raise Refused(merged.refusals[0].reason)
            return merged.text
        case _:
            assert finding
            text = ignore_on_line(document, analysis.settings, analysis.read, finding.start.line, finding.code)
            if text is None:
                raise Refused("no comment can be here without changing what the document says")
            return text


def _touches(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
