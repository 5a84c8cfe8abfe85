"""Claims compared with the texts of their own sources, as these were stored: CC701 to CC707."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from citecheck.checks.families import Checks
from citecheck.checks.messages import listed
from citecheck.model.document import Document
from citecheck.model.findings import Finding, counted
from citecheck.model.outcomes import Aspect, Outcome, Reason, Verification

_DIFFERS = " where this has "
_NAMED = 5  # labels in a message
_CLAIMED = (Aspect.QUOTATION, Aspect.FIGURE)
_NO_TEXT = frozenset({Reason.NOT_PINNED, Reason.NOT_KEPT})


def altered_quotation(document: Document) -> Iterator[Finding]:
    """CC701: none of the sources that are cited for a quotation has it, nor has another listed one."""
    for each in _wrong(document, Aspect.QUOTATION):
        if each.elsewhere is None:
            told = f"{_sources(each)} {_have(each)} {each.detail}" if _DIFFERS in each.detail else _lacking(each)
            yield Finding(each.span, f"{told}{_nearest(each)}", label=each.labels[0])


def quotation_in_other_source(document: Document) -> Iterator[Finding]:
    """CC706: the sources that are cited for a quotation do not have it, and another listed one has."""
    for each in _wrong(document, Aspect.QUOTATION):
        if each.elsewhere is not None:
            told = f"source {each.elsewhere} has these words, and {_sources(each)} {_have(each, lacking=True)} not"
            yield Finding(each.span, told, label=each.labels[0])


def number_not_in_source(document: Document, *, kinds: Sequence[str], small: bool) -> Iterator[Finding]:
    """CC702: none of all sources of a claim has its figure; which figures count was decided by the options before."""
    for each in _wrong(document, Aspect.FIGURE):
        several = len(each.labels) > 1
        told = f"none of {_sources(each)} has" if several else f"{_sources(each)} does not have"
        yield Finding(each.span, f"{told} this figure{_nearest(each)}", label=each.labels[0])


def cut_condition(document: Document) -> Iterator[Finding]:
    """CC703: a quotation stops before a condition, or leaves it out, and so may say what its source does not."""
    for each in document.verifications:
        if each.aspect is Aspect.QUOTATION and each.outcome is Outcome.OK and each.detail:
            yield Finding(each.span, f"the quotation {each.detail}: “{each.evidence}”", label=each.labels[0])


def changed_snapshot(document: Document) -> Iterator[Finding]:
    """CC704: the stored text of a source is not the one that was pinned."""
    for each in _wrong(document, Aspect.SNAPSHOT):
        message = f"the stored text of {_sources(each)} is not the one that was pinned; pin it again"
        yield Finding(each.span, message, label=each.labels[0])


def missing_snapshot(document: Document) -> Iterator[Finding]:
    """CC705: quotations and figures whose sources have no stored text; said once a document."""
    lacking = [each for each in document.verifications if each.aspect in _CLAIMED and each.reason in _NO_TEXT]
    if lacking:
        counts = Counter(each.aspect for each in lacking)
        things = listed([counted(counts[aspect], aspect) for aspect in _CLAIMED if counts[aspect]], limit=2)
        labels = list(dict.fromkeys(label for each in lacking for label in each.labels))
        noun = "source" if len(labels) == 1 else "sources"
        told = f"{things} cannot be compared with {noun} {listed(labels, limit=_NAMED)}, whose text is not stored"
        yield Finding(lacking[0].span, told)


def unusable_snapshot(document: Document) -> Iterator[Finding]:
    """CC707: what was stored of a source is no text of it."""
    for each in document.verifications:
        if each.aspect is Aspect.SNAPSHOT and each.outcome is Outcome.UNKNOWN and each.reason:
            told = f"what is stored of {_sources(each)} is not its text: {_WHY.get(each.reason, each.reason.value)}"
            yield Finding(each.span, told, label=each.labels[0])


_WHY = {
    Reason.WALL: "a page that asks for payment, consent or proof of being human",
    Reason.LOGIN: "a page to log in",
    Reason.NO_TEXT: "nothing in it can be read",
    Reason.TOO_LARGE: "it was too large",
}


def _wrong(document: Document, aspect: Aspect) -> Iterator[Verification]:
    return (each for each in document.verifications if each.aspect is aspect and each.outcome is Outcome.WRONG)


def _sources(each: Verification) -> str:
    noun = "source" if len(each.labels) == 1 else "sources"
    return f"{noun} {listed(each.labels, limit=_NAMED)}"


def _have(each: Verification, *, lacking: bool = False) -> str:
    if lacking:
        return "does" if len(each.labels) == 1 else "do"
    return "has" if len(each.labels) == 1 else "have"


def _lacking(each: Verification) -> str:
    told = f"{_sources(each)} {_have(each, lacking=True)} not have these words"
    return f"{told}: {each.detail}" if each.detail else told


def _nearest(each: Verification) -> str:
    return f"; nearest: “{each.evidence}”" if each.evidence else ""


CHECKS: Final[Checks] = {
    "CC701": altered_quotation,
    "CC702": number_not_in_source,
    "CC703": cut_condition,
    "CC704": changed_snapshot,
    "CC705": missing_snapshot,
    "CC706": quotation_in_other_source,
    "CC707": unusable_snapshot,
}
