"""What sources answered, held against a document: CC801 to CC809, and CC316 where it has no list.

The answers are at hand: a check asks nobody. Only what is wrong is a finding; what could not be checked is one for all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from citecheck.checks.families import Checks
from citecheck.checks.messages import called
from citecheck.model.document import Document
from citecheck.model.findings import MOST_RELATED, Edit, Finding, Fix, RelatedSpan, Safety, Severity, counted
from citecheck.model.outcomes import Aspect, Outcome, Verification
from citecheck.model.sources import ListKind

_WEIGHTS: Final = {"is under": Severity.WARNING, "was corrected": Severity.INFO}


def dead_link(document: Document) -> Iterator[Finding]:
    """CC801: an address at which a reader finds nothing."""
    for each in _wrong(document, Aspect.LINK):
        yield _finding(each, f"the address of {_owner(each, document)} leads nowhere: {each.evidence}")


def metadata_mismatch(document: Document) -> Iterator[Finding]:
    """CC802: an identifier that belongs to another work."""
    for each in _wrong(document, Aspect.WORK):
        yield _finding(each, f"{each.source} is not the work of {_owner(each, document)}: {each.evidence}")


def unknown_identifier(document: Document) -> Iterator[Finding]:
    """CC804: an identifier that nobody has given out."""
    for each in _wrong(document, Aspect.IDENTIFIER):
        yield _finding(each, f"{each.source} of {_owner(each, document)} does not exist: {each.evidence}")


def title_differs(document: Document) -> Iterator[Finding]:
    """CC806: a title, a year or a first author other than the registry's."""
    for each in _wrong(document, Aspect.METADATA):
        yield _finding(each, f"{_owner(each, document)} differs from its record: {each.evidence}")


def newer_version(document: Document) -> Iterator[Finding]:
    """CC807: a newer version of a source, or its published form."""
    for each in _wrong(document, Aspect.VERSION):
        yield _finding(each, f"there is a newer version of {_owner(each, document)}: {each.evidence}")


def moved_link(document: Document) -> Iterator[Finding]:
    """CC808: an address that points to another for good."""
    for each in _wrong(document, Aspect.PLACE):
        written = document.text[each.span.start : each.span.end]
        plain = (
            written == each.text and each.evidence.isascii() and not frozenset(each.evidence) & frozenset("<>()[]\"' ")
        )
        fix = Fix(f"write {each.evidence}", (Edit(each.span, each.evidence),), Safety.UNSAFE) if plain else None
        yield _finding(each, f"the page of {_owner(each, document)} has moved to {each.evidence}")._replace(fix=fix)


def unchecked_source(document: Document) -> Iterator[Finding]:
    """CC809: sources that could not be checked, all in one finding."""
    found = [each for each in document.verifications if each.online and each.unanswered]
    if found:
        reasons = Counter(each.told for each in found)
        told = ", ".join(f"{number} × {words}" for words, number in reasons.most_common(4))
        more = f" and {len(reasons) - 4} more" if len(reasons) > 4 else ""
        first, *others = found
        related = tuple(RelatedSpan(each.span, each.told) for each in others[:MOST_RELATED])
        message = f"{counted(len(found), 'question')} about sources could not be answered: {told}{more}"
        yield Finding(first.span, message, _label(first), related)


def retractions(document: Document) -> Iterator[Finding]:
    """CC316: what registries say has befallen a source; a concern weighs less than a retraction, a correction least."""
    for each in _wrong(document, Aspect.RETRACTION):
        weight = next((weight for words, weight in _WEIGHTS.items() if each.evidence.startswith(words)), None)
        yield _finding(each, f"{_owner(each, document)} {each.evidence}")._replace(severity=weight)


def _wrong(document: Document, aspect: Aspect) -> Iterator[Verification]:
    for each in document.verifications:
        if each.aspect is aspect and each.outcome is Outcome.WRONG:
            yield each


def _finding(each: Verification, message: str) -> Finding:
    return Finding(each.span, message, _label(each))


def _label(each: Verification) -> str | None:
    return each.labels[0] if each.labels else None


def _owner(each: Verification, document: Document) -> str:
    """What messages call the source of a verification."""
    kinds = (
        listing.kind for listing in document.source_lists if listing.span.start <= each.span.start < listing.span.end
    )
    return called(_label(each), next(kinds, ListKind.NUMBERED))


CHECKS: Final[Checks] = {
    "CC801": dead_link,
    "CC802": metadata_mismatch,
    "CC804": unknown_identifier,
    "CC806": title_differs,
    "CC807": newer_version,
    "CC808": moved_link,
    "CC809": unchecked_source,
}
