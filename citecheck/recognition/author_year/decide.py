"""The decision: whether a document cites by author and year, and what each of its mentions is then."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from citecheck.lexicon import words_of
from citecheck.model.author_years import AuthorYear, AuthorYears, Difference, Form, NearEntry, Signal, Verdict
from citecheck.model.citations import AUTHORS, Citation, Key, Marker, Syntax
from citecheck.model.sources import Source
from citecheck.recognition.author_year.mentions import Mention
from citecheck.recognition.author_year.names import folded, is_east_asian, without_possessive, words
from citecheck.recognition.author_year.resolution import Index, Resolution, has_name, resolve
from citecheck.recognition.author_year.works import YEAR, Work
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

FEWEST: Final = 3  # entries with names and a year, of which so many are cited; one less in a short list
_SHORT: Final = 5  # entries
_SHARE: Final = 4  # of mentions, one of which is listed
_HOUSE: Final = 0.8  # the share of parenthetical citations that makes a separator that of the house
_LONGEST_NAME: Final = 3  # words
_NEAR_YEAR: Final = 140  # code points between a name and a year that may be of it
_SLIPS: Final = 2
_MOST_NEAR: Final = 3
_MOST_WORDS: Final = 40  # letters in a bracket besides its citations
_LETTER = lazy_regex(r"\p{L}")
_ANY_YEAR = lazy_regex(rf"(?<!\d){YEAR}(?!\d)")
_WORD = lazy_regex(r"\p{L}[\p{L}\p{M}'’\u02bc‐‑-]*+")
_HYPHEN = lazy_regex(r"[‐‑-]")
_SECONDARY = lazy_regex(rf"[,;(\s]{{0,3}}(?:{words_of('authors.secondary').across_lines().pattern})")
_AGAINST: Final = frozenset(
    {Signal.LIFE_DATES, Signal.MONTH, Signal.STOP_WORD, Signal.INITIALS_BETWEEN, Signal.ENTRY_LIKE_BLOCK, Signal.QUOTED}
)

_WRITTEN_OUT: Final = frozenset({Signal.INITIALS_BETWEEN, Signal.ENTRY_LIKE_BLOCK})


class Decided(NamedTuple):
    """A document that cites by author and year: its markers, the uses that are none, and how each was decided."""

    markers: tuple[Marker, ...]
    uses: tuple[Citation, ...]
    facts: AuthorYears


def decide(
    text: str,
    found: Sequence[Mention],
    works: Sequence[Work],
    keys: Mapping[Span, Key],
    unread: Sequence[Source],
    body: Sequence[Span],
    *,
    complete: bool,
) -> Decided | None:
    """How a document cites the works of its lists; None where it does not cite them by author and year.

    `keys` are those of the works by the spans of their entries, `unread` the entries whose names or year nobody could
    read, `body` the blocks outside of the lists. `complete` is whether a list is to have all that is cited.
    """
    index = Index(works, [source.text for source in unread], _in_full(text, found))
    resolved = [resolve(text, mention, index) for mention in found]
    if not _cites_so(resolved, works):
        return None
    house = _House.of(resolved, text)
    readings: list[AuthorYear] = []
    marked: list[tuple[AuthorYear, Resolution]] = []
    uses: list[Citation] = []
    for each in resolved:
        reading = _reading(each, house, keys, text, complete=complete)
        if reading is None:
            continue
        readings.append(reading)
        if reading.verdict in (Verdict.RESOLVED, Verdict.UNDEFINED):
            marked.append((reading, each))
        if reading.verdict is not Verdict.POSSIBLE:
            named = each.works if each.difference in (None, Difference.LETTER) else ()
            uses += [Citation(work.label, reading.span, keys[work.source.span]) for work in named]
    markers = tuple(_markers(marked, text))
    cited = {citation.key for marker in markers for citation in marker.citations}
    cited |= {citation.key for citation in uses}
    doubtful = _doubtful(text, works, keys, cited, resolved, body)
    spans = tuple(source.text_span for source in unread)
    return Decided(markers, tuple(uses), AuthorYears(tuple(readings), spans, doubtful))


def _in_full(text: str, found: Iterable[Mention]) -> Iterator[tuple[str, str]]:
    """The names and years of references that are written out, initials and all, outside of the lists."""
    for mention in found:
        if mention.names and _WRITTEN_OUT.intersection(mention.against):
            for word in mention.names[0].words:
                yield from ((folded(word.of(text)), year) for year in mention.years)


def _cites_so(resolved: Sequence[Resolution], works: Sequence[Work]) -> bool:
    """Whether several works are named so, and a quarter of what looks like it names one."""
    shaped = [each for each in resolved if each.mention.form in (Form.PARENTHETICAL, Form.NARRATIVE)]
    hits = [each for each in shaped if each.resolved and not each.passing]
    named = {work.source.span for each in hits for work in each.works}
    looking = [each for each in shaped if each.resolved or not _AGAINST.intersection(each.mention.against)]
    fewest = FEWEST if len(works) >= _SHORT else FEWEST - 1
    return len(named) >= fewest and _SHARE * len(hits) >= len(looking)


class _House(NamedTuple):
    """How a document writes its citations: what parts name and year in brackets, and whether names are in capitals."""

    separator: str | None
    capitals: bool

    @classmethod
    def of(cls, resolved: Sequence[Resolution], text: str) -> _House:
        hits = [each for each in resolved if each.resolved and each.mention.form is Form.PARENTHETICAL]
        counts = Counter(_separator(each.mention) for each in hits)
        most = counts.most_common(1)
        usual = most[0][0] if most and most[0][1] >= _HOUSE * counts.total() else None
        named = [each.first.of(text) for each in hits]
        return cls(usual, 2 * sum(name.isupper() for name in named) > len(named))


def _separator(mention: Mention) -> str:
    return "," if mention.separator in (",", "，") else ""


def _reading(
    each: Resolution, house: _House, keys: Mapping[Span, Key], text: str, *, complete: bool
) -> AuthorYear | None:
    """What a mention is treated as; None where it is no citation."""
    mention = each.mention
    evidence = tuple(_evidence(each, house, text))
    start = each.first.start if each.first.start < mention.year_span.start else mention.year_span.start
    span = Span(start, mention.year_span.end) if _adjoins(each, text) else mention.year_span
    if each.resolved or (each.works and each.difference is Difference.LETTER):
        weak = _AGAINST.intersection(mention.against)
        shown = mention.form in (Form.PARENTHETICAL, Form.NARRATIVE) and not each.passing and not weak
        verdict = Verdict.USE if not shown else Verdict.RESOLVED if each.resolved else Verdict.UNDEFINED
    elif not _may_be_missing(each, text):
        return None
    else:
        verdict = Verdict.UNDEFINED if complete and _is_strong(each, evidence) else Verdict.POSSIBLE
    label, key = _label(each, keys, text, resolved=verdict is not Verdict.UNDEFINED and each.resolved)
    return AuthorYear(
        citation=Citation(label, span, key),
        span=_closed(span, mention),
        form=mention.form,
        verdict=verdict,
        evidence=evidence,
        near=() if each.resolved else tuple(_near(each, keys, text)),
        authors=_too_few(each),
        misnamed=_misnamed(each, text),
    )


def _closed(span: Span, mention: Mention) -> Span:
    """A citation with the bracket that closes immediately after its year."""
    end = span.end + 1
    return (
        Span(span.start, end) if mention.form is Form.NARRATIVE and mention.group and mention.group.end == end else span
    )


def _adjoins(each: Resolution, text: str) -> bool:
    """Whether a name and its year are one piece, rather than the year of an earlier name or one far after it."""
    mention = each.mention
    return mention.form is not Form.DISTANT and not _ANY_YEAR.search(text, each.first.start, mention.year_span.start)


def _label(each: Resolution, keys: Mapping[Span, Key], text: str, *, resolved: bool) -> tuple[str, Key]:
    if resolved:
        work = each.works[0]
        return work.label, keys[work.source.span]
    name = " ".join(without_possessive(each.first.of(text)).split())
    year = each.mention.years[0] + each.mention.letter
    shown = f"{name} {year}" if year[0].isdigit() else f"{name} {each.mention.year_span.of(text)}"
    return shown, Key(AUTHORS, f"\0{folded(name)} {year}")


def _evidence(each: Resolution, house: _House, text: str) -> Iterator[Signal]:
    mention = each.mention
    if each.resolved:
        yield Signal.LISTED_ENTRY
    if each.listed:
        yield Signal.LISTED_NAME
    if each.difference is Difference.SPELLING:
        yield Signal.NEAR_SPELLING
    if mention.joined and each.rest:
        yield Signal.SECOND_NAME
    if mention.others:
        yield Signal.ET_AL
    if mention.form is Form.PARENTHETICAL and house.separator == _separator(mention):
        yield Signal.HOUSE_SEPARATOR
    if mention.closes:
        yield Signal.LOCATOR_TAIL
    yield from mention.against
    name = each.first.of(text)
    if name.isupper() and len(name) > 1 and not house.capitals:
        yield Signal.ACRONYM
    if each.elsewhere:
        yield Signal.LISTED_ELSEWHERE
    if len(name.split()) > _LONGEST_NAME or (is_east_asian(name) and len(name) > _LONGEST_NAME + 1):
        yield Signal.LONG_NAME


def _may_be_missing(each: Resolution, text: str) -> bool:
    """Whether a mention that names no work may be a citation at all."""
    mention = each.mention
    return (
        mention.form in (Form.PARENTHETICAL, Form.NARRATIVE)
        and not _AGAINST.intersection(mention.against)
        and not each.elsewhere
        and not each.passing
        and not _SECONDARY.match(text, mention.year_span.end)
    )


def _is_strong(each: Resolution, evidence: Sequence[Signal]) -> bool:
    """Whether a mention that names no work is a citation beyond doubt."""
    signals = frozenset(evidence)
    if signals & {Signal.ACRONYM, Signal.LONG_NAME}:
        return False
    if signals & {Signal.ET_AL, Signal.SECOND_NAME}:
        return True
    if Signal.LOCATOR_TAIL not in signals or (each.rest and Signal.LISTED_NAME not in signals):
        return False  # `(Claude, Anthropic, 2024)`
    known = not signals.isdisjoint((Signal.LISTED_NAME, Signal.NEAR_SPELLING))
    return Signal.HOUSE_SEPARATOR in signals or (each.mention.form is Form.NARRATIVE and known)


def _near(each: Resolution, keys: Mapping[Span, Key], text: str) -> Iterator[NearEntry]:
    """The entries that a citation may have been meant for, and what would have to be written."""
    if each.difference is None:
        return
    mention = each.mention
    for work in each.works[:_MOST_NEAR]:
        place, instead = mention.year_span, work.year + work.letter
        if each.difference is Difference.SPELLING:
            place, instead = each.first, work.shown
        yield NearEntry(keys[work.source.span], work.label, work.source.text_span, each.difference, place, instead)


def _too_few(each: Resolution) -> int | None:
    """How many authors all works of a mention have that says "et al.", where that is one or two for certain."""
    counts = {work.authors for work in each.works}
    if not each.resolved or each.passing or not each.mention.others or len(each.works) > 1 or None in counts:
        return None
    (count,) = counts
    return count if count is not None and count < 2 + 1 and len(each.rest) < 1 else None


def _misnamed(each: Resolution, text: str) -> tuple[Span, str] | None:
    """A co-author whose name is a typo or two from that of one listed."""
    if not each.resolved or len(each.works) > 1 or each.passing:
        return None
    from rapidfuzz.distance import OSA

    work = each.works[0]
    for span in each.rest:
        name = without_possessive(span.of(text))
        if has_name(work, name):
            continue
        short = folded(name)
        for listed in work.names:
            known = folded(listed)
            if len(short) > _SLIPS + 2 and 0 < OSA.distance(known, short) <= (1 if len(short) < 7 else _SLIPS):
                return span, listed
    return None


# Markers ----------------------------------------------------------------------------------------------------


def _markers(marked: Sequence[tuple[AuthorYear, Resolution]], text: str) -> Iterator[Marker]:
    """The markers of the citations: a bracket that has nothing else is one, and so is a name with its years."""
    groups: dict[Span, list[tuple[AuthorYear, Resolution]]] = defaultdict(list)
    for reading, each in marked:
        group = each.mention.group or reading.span
        groups[group].append((reading, each))
    for group, own in groups.items():
        narrative = own[0][1].mention.form is Form.NARRATIVE
        start = min(own[0][0].span.start, group.start) if narrative else group.start
        whole = Span(start, group.end)
        if narrative or _is_all(whole, own, text):
            yield _marker(whole, [reading for reading, _ in own], text)
        else:
            for reading, _ in own:
                yield _marker(reading.span, [reading], text)


def _is_all(whole: Span, own: Sequence[tuple[AuthorYear, Resolution]], text: str) -> bool:
    """Whether a bracket has little besides its citations."""
    letters = len(_LETTER.findall(text, *whole))
    return letters - sum(len(_LETTER.findall(text, *reading.span)) for reading, _ in own) <= _MOST_WORDS


def _marker(span: Span, own: Sequence[AuthorYear], text: str) -> Marker:
    return Marker(span.of(text), span, Syntax.AUTHOR_YEAR, tuple(reading.citation for reading in own))


# Uses that nobody can read ----------------------------------------------------------------------------------


def _doubtful(
    text: str,
    works: Sequence[Work],
    keys: Mapping[Span, Key],
    cited: set[Key],
    resolved: Sequence[Resolution],
    body: Sequence[Span],
) -> frozenset[Key]:
    """The uncited works whose names the text has, with a year nearby that is nobody's, or with none."""
    left = [work for work in works if keys[work.source.span] not in cited]
    if not left:
        return frozenset()
    explained = SpanSet(
        Span(min(each.first.start, each.mention.year_span.start), each.mention.year_span.end)
        for each in resolved
        if each.resolved or each.works
    )
    places: dict[str, list[int]] = defaultdict(list)
    for block in body:
        for found in _WORD.finditer(text, *block):
            word = without_possessive(found[0])
            for name in {word, *_HYPHEN.split(word)}:  # a model of Lotka-Volterra is of both
                places[folded(name)].append(found.start())
    years = [found.start() for block in body for found in _ANY_YEAR.finditer(text, *block)]
    known = {each.mention.year_span.start for each in resolved if each.resolved}
    loose = sorted(set(years) - known)
    misread = {
        (folded(word), year)
        for each in resolved
        if not each.resolved
        for name in each.mention.names
        for word in words(name.span.of(text))
        for year in each.mention.years
    }
    shared = {name for work in works if keys[work.source.span] in cited for name in work.variants}
    return frozenset(
        keys[work.source.span]
        for work in left
        if _may_be_cited(work, text, places, loose, shared, explained)
        or any((name, year) in misread for name in work.bag for year in work.years)
    )


def _may_be_cited(
    work: Work,
    text: str,
    places: Mapping[str, Sequence[int]],
    loose: Sequence[int],
    shared: set[str],
    explained: SpanSet,
) -> bool:
    own = words(work.shown)
    if is_east_asian(work.shown):
        return work.shown in text[: work.source.span.start]
    names = {*work.variants, *map(folded, own)} if len(own) < _LONGEST_NAME else {*work.variants}
    if len(own) > 1 and all(folded(word) in places for word in own if len(word) > _LONGEST_NAME):
        return True
    for name in names:
        for place in places.get(name, ()):
            nearest = bisect_left(loose, place - _NEAR_YEAR)
            if nearest < len(loose) and loose[nearest] <= place + _NEAR_YEAR:
                return True
            if place not in explained and name not in shared:
                return True
    return False
