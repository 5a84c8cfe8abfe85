"""Markers whose labels are words: `[RFC2119]`, `[Knuth84; KLE+14]`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from citecheck.limits import MOST_MARKERS, few_enough
from citecheck.model.citations import Citation, Syntax
from citecheck.model.structure import Structure
from citecheck.recognition.labels import display_label, normalize_label
from citecheck.recognition.markers.candidates import Candidate, Context
from citecheck.recognition.markers.grammar import LEAD
from citecheck.recognition.scopes import LabelIndex
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

_WORDED = lazy_regex(r"\\?\[([\p{L}\d](?:[^\[\]\\]|\\{1,2}[^\p{L}\p{N}\s\[\]\\]){1,80})\\?\](?!\()")
_OWN_NUMBER = lazy_regex(r"Request for Comments:? +(\d+)")  # a document that names itself cites nothing
_DIGITS = lazy_regex(r"\d+")
_SHAPE = lazy_regex(r"(\p{L}+)[ -]?\d+")
_SERIES = frozenset({"rfc", "bcp", "std", "pep", "iso"})  # one of a series is enough to know the next
# What BibTeX makes of authors and a year: `Knuth84`, `KLE+14`, `Holt2019`, `holt2019`.
_YEAR_KEY = r"\p{L}{1,21}\p{Ll}[\p{L}+]{0,20}(?:1[5-9]|20)\d\d[a-z]?"
_KEY = lazy_regex(rf"\p{{Lu}}[\p{{L}}+]{{1,20}}\d\d[a-z]?|{_YEAR_KEY}")
_FULL_KEY = lazy_regex(_YEAR_KEY)
# A name and a year as a label, `Hollis 1911`, `Hollis & Venn 1911a`.
_DATED = lazy_regex(
    r"\p{Lu}[\p{L}'’-]{1,30}(?:(?: and | & |, )\p{Lu}[\p{L}'’-]{1,30}| et al\.?){0,3},? (?:1[5-9]|20)\d\d[a-z]?"
)
_DRAFTS = ("i-d.", "rfc")  # as texts of the IETF name what they cite
_DRAFT = lazy_regex(r"I-D\.[a-z][\w.-]{3,80}\w")
_MANY_KEYS = 3  # listed; enough to know a style by
_PUNCTUATION = lazy_regex(r"[\W_]+")
_LEAD = lazy_regex(LEAD + r"(?<=\s)")
_PARTS = lazy_regex(r"\s{0,20}[,;]\s{0,20}")


def key_label_candidates(layout: Structure, names: Iterable[str], given: Collection[str] = ()) -> list[Candidate]:
    """The marks `[RFC2119]`, `[Knuth84; KLE+14]` of labels that some list defines.

    A label of the same shape as several listed ones, `[RFC9999]` or `[Knuth97]`, is a mark too, though no list has it;
    and so is one with its year, `Holt2019`, beside a listed one. Of labels that the caller has `given`, what has other
    digits than one of them is a mark, `[doc-9]` where `doc-1` is given.
    """
    text = layout.text
    worded = {display_label(name) for name in (*names, *given) if not name.isdecimal()}
    if not worded:
        return []
    listed = set(map(normalize_label, worded))
    keyed = sum(_KEY.fullmatch(name) is not None for name in worded) >= _MANY_KEYS
    shapes = Counter(shape[1].casefold() for name in listed if (shape := _SHAPE.fullmatch(name)))
    dated = sum(_DATED.fullmatch(name) is not None for name in worded) >= _MANY_KEYS
    numbered = {_DIGITS.sub("0", normalize_label(label)) for label in given if _DIGITS.search(label)}
    drafts = any(name.startswith(_DRAFTS) for name in listed)
    common = {shape for shape, count in shapes.items() if count >= 2 or shape in _SERIES}
    itself = {f"rfc{number}" for number in _OWN_NUMBER.findall(text[:2_000])}
    linked = {normalize_label(definition.label) for definition in layout.definitions}
    found = []
    for match in _WORDED.finditer(text):
        if match.start() in layout.opaque:
            continue
        standing = Context.CODE_LIKE if match.start() in layout.code else Context.STANDALONE
        own = Span(*match.span(1))
        lead = (
            None if normalize_label(match[1]) in listed else _LEAD.match(text, *own)
        )  # `[see RFC2119]`; but `[Ref 1]`
        labels = tuple(_parts(text, Span(lead.end(), own.end) if lead else own))
        known = [normalize_label(label) in listed for label, _ in labels]
        alike = [
            normalize_label(label) not in itself | linked
            and (
                ((shape := _SHAPE.fullmatch(label)) is not None and shape[1].casefold() in common)
                or (keyed and _KEY.fullmatch(label) is not None)
                or (dated and _DATED.fullmatch(label) is not None)
                or (drafts and _DRAFT.fullmatch(label) is not None)
                or _DIGITS.sub("0", normalize_label(label)) in numbered
                or (any(known) and _FULL_KEY.fullmatch(label) is not None)
            )
            for label, _ in labels
        ]
        if all(a or b for a, b in zip(known, alike, strict=True)):
            found.append(Candidate(match[0], Span(*match.span()), Syntax.BRACKET, labels, standing))
        elif known[0]:  # with a locator after it
            found.append(Candidate(match[0], Span(*match.span()), Syntax.BRACKET, labels[:1], standing))
        few_enough(len(found), "brackets that may be markers", MOST_MARKERS)
    return found


def near_key_labels(layout: Structure, names: Iterable[str], labels: LabelIndex, lists: SpanSet) -> Iterator[Citation]:
    """Uses outside the lists of labels that are words, by what differs in punctuation only: `[ISO-646,ECMA-6]`."""
    bare = {_PUNCTUATION.sub("", normalize_label(display_label(name))): name for name in names if not name.isdecimal()}
    for found in _WORDED.finditer(layout.text) if bare else ():
        name = bare.get(_PUNCTUATION.sub("", normalize_label(found[1])))
        if name is not None and found.start() not in layout.opaque and found.start() not in lists:
            mark = Candidate(found[0], Span(*found.span()), Syntax.BRACKET, (), Context.WEAK)
            if labels.lists(key := labels.key(mark, display_label(name))):
                yield Citation(display_label(name), mark.span, key)


def _parts(text: str, span: Span) -> Iterable[tuple[str, Span]]:
    edges = [
        Span(span.start, span.start),
        *(Span(*found.span()) for found in _PARTS.finditer(text, *span)),
        Span(span.end, span.end),
    ]
    for left, right in pairwise(edges):
        part = Span(left.end, right.start)
        yield display_label(part.of(text)), part
