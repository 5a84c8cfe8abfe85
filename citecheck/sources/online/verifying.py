"""What of a document can be asked, and what the answers say of its sources.

Nothing of a document is asked but identifiers and addresses that its entries name. Those that are malformed or made up
are not: other rules report them, and they lead nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from citecheck.identifiers import arxiv, doi, isbn, pubmed
from citecheck.identifiers.url import decoded, fault, read
from citecheck.model.document import Document
from citecheck.model.outcomes import Aspect, Outcome, Reason, Verification
from citecheck.model.sources import Field, ListKind, Source
from citecheck.sources.online.comparison import Difference, compared, shortened
from citecheck.sources.online.liveness import judged
from citecheck.sources.online.lookups import Told, Wanted
from citecheck.sources.online.records import Change, WorkRecord
from citecheck.text.patterns import lazy_re
from citecheck.text.spans import Span

_ARXIV = lazy_re(r"(.+?)(?:v(\d{1,4}))?")
_REGISTRIES: Final = frozenset(  # hosts at which an address is that of an identifier, which is looked up instead
    "doi.org dx.doi.org www.doi.org arxiv.org www.arxiv.org export.arxiv.org pubmed.ncbi.nlm.nih.gov".split()
)
_CHANGED: Final = {
    Change.RETRACTION: "was retracted",
    Change.CONCERN: "is under an expression of concern",
    Change.CORRECTION: "was corrected",
}
Answers = Mapping[Wanted, Told]


class Named(NamedTuple):
    """What an entry names that can be asked, and where."""

    wanted: Wanted
    span: Span


def named(source: Source) -> Iterator[Named]:
    """The identifiers and addresses of an entry that are asked."""
    record = source.record
    identified = set()
    for scheme, field, sound in (
        ("doi", record.doi, _doi),
        ("arxiv", record.arxiv, _arxiv),
        ("pmid", record.pmid, _pmid),
        ("isbn", record.isbn, _isbn),
    ):
        if field and (value := sound(field.value)):
            identified.add(scheme)
            yield Named(Wanted(scheme, value), field.span)
    for url in record.urls:
        address = _url(url)
        if address and not (identified and (host := read(address)) and host.host in _REGISTRIES):
            yield Named(Wanted("url", address), url.span)


def addresses(source: Source) -> Iterator[str]:
    """The addresses of an entry that can be asked, those of registries apart."""
    for url in source.record.urls:
        if (address := _url(url)) and (parts := read(address)) and parts.host not in _REGISTRIES:
            yield address


def _doi(written: str) -> str:
    return "" if doi.fault(written) or doi.made_up(written) else decoded(written).casefold()


def _arxiv(written: str) -> str:
    """The identifier without its version: the answer names the newest."""
    from datetime import date

    found = _ARXIV.fullmatch(written)
    return "" if arxiv.fault(written, date.today()) or not found else found[1].casefold()


def _pmid(written: str) -> str:
    return "" if pubmed.pmid_fault(written) else written


def _isbn(written: str) -> str:
    return "" if isbn.fault(written) else "".join(filter(str.isalnum, written)).upper()


def _url(field: Field) -> str:
    written = f"http://{field.value}" if field.value.casefold().startswith("www.") else field.value
    address = read(written)
    if address is None or address.scheme not in ("http", "https") or fault(written):
        return ""
    return written.partition("#")[0]


def wanted(document: Document) -> Iterator[Wanted]:
    """All that is requested a document."""
    for source in document.sources:
        for each in named(source):
            yield each.wanted


def verifications(document: Document, answers: Answers) -> tuple[Verification, ...]:
    """What the answers say of each source of a document, in its order."""
    return tuple(
        verification
        for listing in document.source_lists
        for source in listing.sources
        for verification in _of_source(source, listing.kind, answers)
    )


def _of_source(source: Source, kind: ListKind, answers: Answers) -> Iterator[Verification]:
    names = list(named(source))
    if not names:
        if source.text.strip():
            yield _unasked(source)
        return
    for each in names:
        told = answers.get(each.wanted)
        if told is None:
            continue
        say = partial(_said, source, each, told)
        if each.wanted.scheme == "url":
            yield from _of_page(say, told)
        else:
            yield from _of_identifier(say, source, kind, each.wanted, told)


_Say = Callable[..., Verification]


def _said(
    source: Source,
    each: Named,
    told: Told,
    aspect: Aspect,
    outcome: Outcome,
    evidence: str = "",
    *,
    reason: Reason | None = None,
) -> Verification:
    if outcome is Outcome.UNKNOWN and reason is None:
        reason = told.asked.answer.reason or Reason.CANNOT_TELL
    return Verification(
        aspect,
        outcome,
        each.wanted.key,
        (source.label,) if source.label else (),
        each.span,
        each.wanted.value,
        reason,
        evidence,
        told.asked.when,
        told.asked.cached,
    )


def _unasked(source: Source) -> Verification:
    labels = (source.label,) if source.label else ()
    return Verification(
        Aspect.IDENTIFIER,
        Outcome.UNKNOWN,
        "",
        labels,
        source.span,
        reason=Reason.NO_LOCATOR,
        evidence="it names nothing to ask",
    )


def _of_page(say: _Say, told: Told) -> Iterator[Verification]:
    """What an answer says of an address."""
    judgement = judged(told.asked.answer)
    yield say(Aspect.LINK, judgement.outcome, judgement.words, reason=judgement.reason)
    if judgement.moved:
        yield say(Aspect.PLACE, Outcome.WRONG, judgement.moved)


def _of_identifier(say: _Say, source: Source, kind: ListKind, wanted: Wanted, told: Told) -> Iterator[Verification]:
    """What a registry's answer says of an identifier and of the entry that names it."""
    registry = told.asked.answer.final
    if told.absent:
        yield say(Aspect.IDENTIFIER, Outcome.WRONG, f"{registry} has no such {_NAMES[wanted.scheme]}")
        return
    if told.record is None:
        yield say(Aspect.IDENTIFIER, Outcome.UNKNOWN, told.asked.answer.words)
        return
    record = told.record
    version = _version(source) if wanted.scheme == "arxiv" else 0
    if version > record.version > 0:
        yield say(Aspect.IDENTIFIER, Outcome.WRONG, f"arXiv has no version {version} of it, but {record.version}")
    else:
        yield say(
            Aspect.IDENTIFIER, Outcome.OK, f"{record.registry}: {shortened(record.titles[0]) if record.titles else ''}"
        )
    comparison = compared(source, kind, record)
    yield _difference(say, Aspect.WORK, comparison.work)
    if comparison.work.outcome is Outcome.OK:
        yield _difference(say, Aspect.METADATA, comparison.metadata)
    yield from _retractions(say, record)
    yield from _newer(say, source, record, version)


_NAMES: Final = {"doi": "DOI", "arxiv": "paper", "pmid": "article", "isbn": "book"}


def _difference(say: _Say, aspect: Aspect, difference: Difference) -> Verification:
    unknown = difference.outcome is Outcome.UNKNOWN
    return say(aspect, difference.outcome, difference.words, reason=Reason.CANNOT_TELL if unknown else None)


def _retractions(say: _Say, record: WorkRecord) -> Iterator[Verification]:
    """What has befallen the work: the gravest of it."""
    titled = any(
        title.casefold().startswith(("retracted:", "[retracted", "retracted article")) for title in record.titles
    )
    for change in _CHANGED:
        found = next((each for each in record.updates if each.change is change), None)
        if found or (titled and change is Change.RETRACTION):
            on = f" on {found.day}" if found and found.day else ""
            notice = f" (notice {found.notice})" if found and found.notice else ""
            yield say(Aspect.RETRACTION, Outcome.WRONG, f"{_CHANGED[change]}{on}{notice}")
            return
    yield say(Aspect.RETRACTION, Outcome.OK)


def _newer(say: _Say, source: Source, record: WorkRecord, version: int) -> Iterator[Verification]:
    """Whether there is a newer version, which the entry does not name itself."""
    if 0 < version < record.version:
        yield say(Aspect.VERSION, Outcome.WRONG, f"arXiv has version {record.version} of it")
        return
    for each in record.updates:
        if each.change is Change.VERSION and each.notice and each.notice.casefold() not in source.text.casefold():
            what = "published as " if record.registry == "arXiv" else ""
            yield say(Aspect.VERSION, Outcome.WRONG, f"{what}{each.notice}")
            return


def _version(source: Source) -> int:
    found = _ARXIV.fullmatch(source.record.arxiv.value) if source.record.arxiv else None
    return int(found[2]) if found and found[2] else 0
