"""What the claims of a document come to when they are held against the texts of their own sources.

A quotation is wrong where none of the sources that its marker names has it, and each was there whole; a figure where
none of all sources of its claim has it. Whatever could not be compared is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from citecheck.model.citations import Citation, Marker
from citecheck.model.claims import Claim, ClaimKind
from citecheck.model.document import Document
from citecheck.model.outcomes import Aspect, Outcome, Reason, Verification
from citecheck.recognition.labels import normalize_label
from citecheck.sources.figure_support import strong, supported
from citecheck.sources.figures import Figure, Kind, figures
from citecheck.sources.folding import folded
from citecheck.sources.identity import address_identity, identity
from citecheck.sources.quotations import Match, Quoted, condition_cut, nearest, quoted
from citecheck.sources.quoted_words import Quotation, quotations, wording
from citecheck.sources.source_text import Backing, SourceText
from citecheck.text.spans import Span

Backings = Callable[[str], Backing]
"""What there is of the source of an identity."""

_STATING: Final = frozenset({ClaimKind.STATEMENT, ClaimKind.CONCLUSION, ClaimKind.QUOTATION, ClaimKind.LEAD_IN})
_NOT_THERE: Final = frozenset({None, Reason.NOT_PINNED, Reason.NOT_KEPT})  # and nothing is wrong with that
_SHOWN: Final = 240  # code points of a passage that explains
_DIFFERING: Final = 4  # words that are named as differing
_EDITED: Final = 0.5  # the share of a quotation that is as it was when its passage was kept, where it was edited since


class Wanted(NamedTuple):
    """Which figures are looked for: of which kinds, and small whole numbers too or not."""

    kinds: frozenset[Kind] = frozenset(Kind)
    small: bool = False


class _Own(NamedTuple):
    """A source that a claim names: how the document lists it, and what there is of it."""

    label: str
    backing: Backing


def verify(document: Document, texts: Mapping[str, str], *, small: bool = False) -> tuple[Verification, ...]:
    """The outcome for each quotation and figure of a document, by the texts of its sources under labels or identities.

    Pure: nothing is opened. A text that is missing makes an outcome unknown, and none wrong.
    """
    given = {normalize_label(name): name for name in texts}
    labelled: dict[str, str] = {}
    for key, (first, *_) in document.listed.items():
        if key.label in given:
            before = labelled.get(identity(first), "")  # of the same source, under another label
            labelled[identity(first)] = f"{before}\n\n{texts[given[key.label]]}".lstrip()

    @cache
    def backing(name: str) -> Backing:
        text = texts.get(name, labelled.get(name)) if name not in given else texts[given[name]]
        if text is None:
            return Backing(name, reason=Reason.NOT_PINNED)
        return Backing(name, SourceText(text), whole=True) if text.strip() else Backing(name, reason=Reason.NO_TEXT)

    return verified(document, backing, Wanted(small=small))


def verified(document: Document, backings: Backings, wanted: Wanted | None = None) -> tuple[Verification, ...]:
    """The outcomes for the quotations and figures of a document, and for cited sources without a usable text."""
    every = _Sources(document, backings)
    figures = _of_figures(document, every, wanted or Wanted())
    found = [*_of_quotations(document, every), *figures, *_of_texts(document, backings)]
    return tuple(sorted(found, key=lambda each: (each.span, each.aspect)))


class _Sources:
    """The sources of a document, each by the citation that names it."""

    def __init__(self, document: Document, backings: Backings) -> None:
        self._document = document
        self._backings = backings

    def of(self, markers: Iterable[Marker]) -> list[_Own]:
        """The sources that markers name, each once; a link names its address where nothing is listed."""
        found: dict[str, _Own] = {}
        for marker in markers:
            for citation in marker.citations:
                name = self._identity(citation, marker)
                found.setdefault(name, _Own(citation.label, self._backings(name)))
        return list(found.values())

    def _identity(self, citation: Citation, marker: Marker) -> str:
        if listed := self._document.listed.get(citation.key):
            return identity(listed[0])
        return address_identity(marker.address) if marker.address else citation.key.label

    def others(self, own: Sequence[_Own]) -> Iterator[_Own]:
        """The listed sources besides these whose whole text there is."""
        seen = {each.backing.identity for each in own}
        for key, (first, *_) in self._document.listed.items():
            if (name := identity(first)) not in seen:
                seen.add(name)
                backing = self._backings(name)
                if backing.whole:
                    yield _Own(first.label or key.label, backing)


def _of_texts(document: Document, backings: Backings) -> Iterator[Verification]:
    """The cited sources whose text is not the one that was pinned, or that have none which could be read."""
    for key, (source, *_) in document.listed.items():
        if key not in document.cited or (backing := backings(identity(source))).reason in _NOT_THERE:
            continue
        found = Verification(
            Aspect.SNAPSHOT, Outcome.UNKNOWN, backing.identity, (source.label or key.label,), source.span
        )
        if backing.reason is Reason.CHANGED:
            yield found._replace(outcome=Outcome.WRONG)
        else:
            yield found._replace(reason=backing.reason, checked_at=backing.checked_at)


def _of_quotations(document: Document, every: _Sources) -> Iterator[Verification]:
    for quotation in quotations(document):
        own = every.of(quotation.markers)
        results = [(each, quoted(quotation.words, each.backing.text)) for each in own if each.backing.text]
        found = next(((each, result) for each, result in results if result.match is Match.FOUND), None)
        if found:
            yield _found(quotation, own, *found)
        else:
            yield _not_found(quotation, own, results, every)


def _found(quotation: Quotation, own: Sequence[_Own], source: _Own, result: Quoted) -> Verification:
    passage = result.passage(40)
    cut = condition_cut(result)
    return _outcome(Aspect.QUOTATION, Outcome.OK, quotation.span, quotation.words, own)._replace(
        source=source.backing.identity,
        evidence=_shortened("".join(passage).strip()),
        checked_at=source.backing.checked_at,
        detail=f"leaves out “{cut}”" if cut else "",
    )


def _not_found(
    quotation: Quotation, own: Sequence[_Own], results: Sequence[tuple[_Own, Quoted]], every: _Sources
) -> Verification:
    lacking = _lacking(own)
    found = _outcome(Aspect.QUOTATION, Outcome.UNKNOWN, quotation.span, quotation.words, own)
    if lacking and not (edited := _edited(quotation, own)):
        return found._replace(reason=lacking)
    if lacking:
        return found._replace(outcome=Outcome.WRONG, evidence=_shortened(edited), detail="edited since it was pinned")
    elsewhere = next((each for each in every.others(own) if _has(quotation, each)), None)
    source, result = results[0]
    near = nearest(quotation.words, result.text)
    return found._replace(
        outcome=Outcome.WRONG,
        source=source.backing.identity,
        evidence=_shortened(near.passage) if near else "",
        elsewhere=elsewhere.label if elsewhere else None,
        detail=_detail(result.match, near.theirs if near else (), near.ours if near else ()),
        checked_at=source.backing.checked_at,
    )


def _has(quotation: Quotation, source: _Own) -> bool:
    text = source.backing.text
    return text is not None and quoted(quotation.words, text).match is Match.FOUND


def _lacking(own: Sequence[_Own]) -> Reason | None:
    """Why sources cannot settle that something is in none of them; None where all are there whole."""
    for each in own:
        if not each.backing.whole:
            return each.backing.reason or Reason.NOT_KEPT
    return None


def _edited(quotation: Quotation, own: Sequence[_Own]) -> str:
    """The kept passage that a quotation was, before somebody edited it: it begins and ends alike, for half of it."""
    ours = folded(quotation.words).words
    for each in own:
        for exact in each.backing.exact:
            theirs = folded(exact).words
            same = _common(ours, theirs)
            same += _common(ours[same:][::-1], theirs[same:][::-1])
            if same >= _EDITED * max(len(ours), len(theirs)):
                return exact
    return ""


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _detail(match: Match, theirs: Sequence[str], ours: Sequence[str]) -> str:
    if match is Match.SIGNS:
        return "only signs differ"
    if match is Match.ORDER:
        return "its parts are in another order"
    if 0 < len(theirs) <= _DIFFERING and 0 < len(ours) <= _DIFFERING:
        return f"“{_words(theirs)}” where this has “{_words(ours)}”"
    if 0 < len(theirs) <= _DIFFERING and not ours:
        return f"“{_words(theirs)}” is left out"
    if 0 < len(ours) <= _DIFFERING and not theirs:
        return f"“{_words(ours)}” is added"
    return ""


def _words(words: Iterable[str]) -> str:
    return " ".join(word.lstrip("#") for word in words)


def _of_figures(document: Document, every: _Sources, wanted: Wanted) -> Iterator[Verification]:
    for claim in document.claims:
        if not claim.markers or claim.kind not in _STATING or not any(map(str.isdigit, claim.text)):
            continue
        own = every.of(claim.markers)
        for figure in _figures_of(claim, document, wanted):
            yield _of_figure(figure, claim, own, document)


def _figures_of(claim: Claim, document: Document, wanted: Wanted) -> Iterator[Figure]:
    """The figures of a claim that its sources must have; those of markers, code and addresses are none of it."""
    start, end = claim.span
    text = document.structure.text[start:end].replace("\\%", " %").replace("\\$", " $")
    for span in _apart(claim, document):
        first, last = max(span.start, start) - start, min(span.end, end) - start
        text = text[:first] + " " * (last - first) + text[last:]
    for figure in figures(text):
        if figure.kind in wanted.kinds and strong(figure, small=wanted.small):
            place = Span(figure.span.start + start, figure.span.end + start)
            yield figure._replace(span=place)


def _apart(claim: Claim, document: Document) -> Iterator[Span]:
    yield from (marker.span for marker in claim.markers)
    opaque = document.structure.opaque
    if opaque.touches(claim.span):
        yield from (span for span in opaque if span.overlaps(claim.span))


def _of_figure(figure: Figure, claim: Claim, own: Sequence[_Own], document: Document) -> Verification:
    words = " ".join(figure.span.of(document.structure.text).split())
    found = _outcome(Aspect.FIGURE, Outcome.UNKNOWN, figure.span, words, own)
    for each in own:
        text = each.backing.text
        if text and supported(figure, text.stock):
            return found._replace(outcome=Outcome.OK, source=each.backing.identity, checked_at=each.backing.checked_at)
    if lacking := _lacking(own):
        return found._replace(reason=lacking)
    text = own[0].backing.text
    near = nearest(wording(document, claim.span), text.whole) if text else None
    return found._replace(
        outcome=Outcome.WRONG, evidence=_shortened(near.around) if near else "", checked_at=own[0].backing.checked_at
    )


def _outcome(aspect: Aspect, outcome: Outcome, span: Span, words: str, own: Sequence[_Own]) -> Verification:
    labels = tuple(each.label for each in own)
    return Verification(aspect, outcome, own[0].backing.identity, labels, span, " ".join(words.split()))


def _shortened(passage: str) -> str:
    return passage if len(passage) <= _SHOWN else f"{passage[: _SHOWN - 1].rstrip()}…"
