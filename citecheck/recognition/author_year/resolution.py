"""Resolution: which works a mention names, by the names that entries are listed under and by their years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from citecheck.lexicon import phrases
from citecheck.model.author_years import Difference, Form
from citecheck.recognition.author_year.mentions import Mention
from citecheck.recognition.author_year.names import folded, is_east_asian, is_initials, without_possessive, words
from citecheck.recognition.author_year.works import UNDATED, YEAR, Work
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_YEARS = lazy_regex(rf"(?<![\d/]){YEAR}(?!\d)")
_WORD = lazy_regex(r"\p{Lu}[\p{L}\p{M}'’\u02bc‐‑-]*+")
_SENTENCE = lazy_regex(r"[.!?]\s|\n\s*\n")
_OPENERS: Final = frozenset(phrases("authors.no_names"))
_DISTANT: Final = 110  # code points between a name and a year of its
_MOST_COMPARED: Final = 300  # names of one document
_ENDING: Final = 2  # letters that a case adds to a name
_VOWELS: Final = "aeiouyаеиоуыя"
_LONGEST_EAST: Final = 6  # characters of a name


class Resolution(NamedTuple):
    """What a mention names: `first` is the name that counts, `works` what it names, none where there is none.

    `difference` is in what the works differ from the mention; then they are only near. `listed` is whether some entry
    is listed under the name; `elsewhere` whether an entry has name and year in other places. `rest` are the names
    after the first.
    """

    mention: Mention
    first: Span
    works: tuple[Work, ...] = ()
    difference: Difference | None = None
    listed: bool = False
    elsewhere: bool = False
    passing: bool = False
    rest: tuple[Span, ...] = ()

    @property
    def resolved(self) -> bool:
        """Whether it names works as they are listed."""
        return bool(self.works) and self.difference is None


class Index:
    """The works of a document by the names that they may be cited by.

    `unread` are entries whose names or year nobody could read; `in_full` the names and years of references that are
    written out elsewhere, as in a table.
    """

    def __init__(self, works: Sequence[Work], unread: Sequence[str], in_full: Iterable[tuple[str, str]] = ()) -> None:
        self.works: Final = works
        self._first: dict[str, list[Work]] = defaultdict(list)
        for work in works:
            for name in work.variants:
                self._first[name].append(work)
        self._compared = 0
        self._unread: Final = unread
        self._in_full: Final = tuple(in_full)
        self._known = {name for work in works for name in (*work.variants, *work.bag)}

    def compares(self) -> bool:
        """Whether one more name is compared with all that are listed; so many are as a writer may misspell."""
        self._compared += 1
        return self._compared <= _MOST_COMPARED

    @cached_property
    def _any(self) -> Mapping[str, set[str]]:
        """The years beside each word of the entries; only what names no work asks for them."""
        found: dict[str, set[str]] = defaultdict(set)
        for work in self.works:
            years = {*_YEARS.findall(work.source.text), UNDATED}
            for word in words(work.source.text):
                found[folded(word)] |= years
        for name, year in self._in_full:
            found[name].add(year)
        return found

    @cached_property
    def _unreadable(self) -> frozenset[str]:
        """The words of the entries whose names or year nobody could read."""
        return frozenset(folded(word) for text in self._unread for word in words(text))

    def listed(self, name: str) -> list[Work]:
        """The works that are listed under a name."""
        return self._first.get(name, [])

    def knows(self, name: str) -> bool:
        """Whether any work has a name, be it that of a co-author."""
        return name in self._known

    def has(self, name: str, years: Sequence[str]) -> bool:
        """Whether an entry has both a name and one of the years, or one that could not be read has the name."""
        return name in self._unreadable or not self._any.get(name, set()).isdisjoint(years)

    def names(self) -> Iterator[str]:
        """All names that works are listed under."""
        return iter(self._first)


def resolve(text: str, mention: Mention, index: Index) -> Resolution:
    """What a mention names."""
    if not mention.names:
        return _spelled_out(text, mention, index) or _distant(text, mention, index)
    known: Resolution | None = None
    for first, rest in _readings(text, mention, index):
        listed = _listed(text, first, mention, rest, index)
        dated = _of_year(listed, mention)
        if dated:
            return _lettered(text, mention, first, rest, dated)
        if listed and known is None:
            known = Resolution(mention, first, tuple(listed), Difference.YEAR, listed=True, rest=rest)
    first, rest = _likely(text, mention)
    if known is None and (passing := _in_passing(text, mention, index)):
        return Resolution(mention, first, passing, listed=True, passing=True, rest=rest)
    found = known or _respelled(text, mention, first, rest, index)
    heads = [*words(found.first.of(text)), found.first.of(text)]
    elsewhere = any(
        index.has(folded(without_possessive(word)), mention.years) for word in heads if not is_initials(word)
    )
    return found._replace(elsewhere=elsewhere and found.difference is not Difference.SPELLING)


def _readings(text: str, mention: Mention, index: Index) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """What may be the first name, from the longest reading to the shortest, with the names after it."""
    latest = len(mention.names) - (2 if mention.joined else 1)
    last = mention.names[-1].span.end
    for place, name in enumerate(mention.names[: latest + 1]):
        rest = tuple(other.span for other in mention.names[place + 1 :])
        if is_east_asian(text[name.span.start : name.span.end]):
            yield name.span, rest
            for length in range(min(_LONGEST_EAST, name.span.end - name.span.start - 1), 1, -1):
                yield Span(name.span.end - length, name.span.end), rest
            continue
        for word in name.words:
            if rest:
                yield Span(word.start, last), ()
            yield Span(word.start, name.span.end), rest


def _listed(text: str, first: Span, mention: Mention, rest: Sequence[Span], index: Index) -> list[Work]:
    name = without_possessive(first.of(text))
    if found := index.listed(folded(name)):
        return found
    own = words(name)
    while len(own) > 1 and is_initials(own[-1]):
        own.pop()
    return index.listed(folded(" ".join(own)))


def _lettered(text: str, mention: Mention, first: Span, rest: tuple[Span, ...], dated: Sequence[Work]) -> Resolution:
    """Of the works of a name and a year those that a mention's letter and its other names distinguish."""
    found = Resolution(mention, first, tuple(dated), listed=True, rest=rest)
    same = _of_authors(text, mention, rest, dated)
    exact = [work for work in same if work.letter == mention.letter]
    if exact:
        return found._replace(works=tuple(exact))
    if not mention.letter and all(work.letter for work in same):
        return found._replace(works=tuple(same), difference=Difference.LETTER)
    if mention.letter and len(same) > 1 and not any(work.letter for work in same):
        return found._replace(works=tuple(same))
    return found._replace(works=tuple(same), difference=Difference.LETTER)


def _of_authors(text: str, mention: Mention, rest: Sequence[Span], dated: Sequence[Work]) -> Sequence[Work]:
    """The works that have all the names of a mention; all of them where none has."""
    if len(dated) < 2:
        return dated
    named = [work for work in dated if all(has_name(work, span.of(text)) for span in rest)] or dated
    if mention.others:
        return [work for work in named if work.authors is None or work.authors > 2] or named
    if not rest:
        return [work for work in named if work.authors in (None, 1)] or named
    return named


def has_name(work: Work, name: str) -> bool:
    """Whether a work has a co-author of a name."""
    own = [word for word in words(without_possessive(name)) if not is_initials(word)]
    return not own or folded("".join(own)) in work.bag or any(folded(word) in work.bag for word in own)


def _likely(text: str, mention: Mention) -> tuple[Span, tuple[Span, ...]]:
    """The first name of a mention that nothing lists, without the words that open a sentence."""
    names = list(mention.names)
    while len(names) > (2 if mention.joined else 1) and names[0].span.of(text).casefold() in _OPENERS:
        names.pop(0)
    start = names[0].words
    while len(start) > 1 and start[0].of(text).casefold().strip(".") in _OPENERS:
        start = start[1:]
    return Span(start[0].start, start[-1].end), tuple(name.span for name in names[1:])


def _in_passing(text: str, mention: Mention, index: Index) -> tuple[Work, ...]:
    """The works that the last of several names has, where the first has none: `… of the sea and Lund (2021)`."""
    for word in mention.names[-1].words if mention.joined else ():
        name = without_possessive(Span(word.start, mention.names[-1].span.end).of(text))
        dated = _of_year(index.listed(folded(name)), mention)
        if dated:
            return tuple(dated)
    return ()


def _respelled(text: str, mention: Mention, first: Span, rest: tuple[Span, ...], index: Index) -> Resolution:
    """The works of the year whose first name differs by a letter, or by two where it is long."""
    from rapidfuzz.distance import OSA  # here, as most documents need it not

    found = Resolution(mention, first, rest=rest)
    name = folded(without_possessive(first.of(text)))
    found = found._replace(listed=index.knows(name))
    if len(name) < 5 or found.listed or not index.compares():
        return found
    slips = 1 if len(name) < 7 else 2
    near = [
        work
        for work in index.works
        if not set(work.years).isdisjoint(mention.years)
        and any(abs(len(each) - len(name)) <= slips and 0 < OSA.distance(each, name) <= slips for each in work.variants)
    ]
    if mention.form is Form.NARRATIVE and any(_is_inflected(name, each) for work in near for each in work.variants):
        return found._replace(works=tuple(near), listed=True, passing=True)
    return found._replace(works=tuple(near), difference=Difference.SPELLING) if near else found


def _is_inflected(name: str, listed: str) -> bool:
    """Whether a name is a case of one that is listed, which most languages add to it, or put for its last vowel.

    `Nowaka` is of Nowak, `Sroki` of Sroka, `Böttchers` of Böttcher.
    """
    stem = listed.rstrip(_VOWELS)
    return name.startswith(listed if len(stem) < len(listed) - 1 else stem) and len(name) <= len(listed) + _ENDING


def _spelled_out(text: str, mention: Mention, index: Index) -> Resolution | None:
    """The works of a name that ends in lower case, as those of organisations may: `Институт соли (2019)`."""
    assert mention.group is not None
    distant = mention.form is Form.DISTANT
    end = mention.group.start if distant else mention.year_span.start
    start = max(0, end - _DISTANT) if distant else mention.group.start + 1
    for found in _WORD.finditer(text, start, end):
        dated = _of_year(index.listed(folded(text[found.start() : end])), mention)
        if dated:
            first = Span(found.start(), found.start() + len(text[found.start() : end].rstrip(" ,\n")))
            form = Form.NARRATIVE if distant else mention.form
            return Resolution(mention._replace(form=form), first, tuple(dated), listed=True)
    return None


def _of_year(found: Iterable[Work], mention: Mention) -> list[Work]:
    """Those of some works that have a year of a mention."""
    return [work for work in found if not set(work.years).isdisjoint(mention.years)]


def _distant(text: str, mention: Mention, index: Index) -> Resolution:
    """The nearest name before a year in brackets, some words away, of which the list has an entry of that year."""
    nothing = Resolution(mention, mention.year_span, passing=True)
    if mention.group is None or mention.form is not Form.DISTANT:
        return nothing
    start = max(0, mention.group.start - _DISTANT)
    for stop in _SENTENCE.finditer(text, start, mention.group.start):
        start = stop.end()
    for found in reversed([*_WORD.finditer(text, start, mention.group.start)]):
        name = folded(without_possessive(found[0]))
        dated = _of_year(index.listed(name), mention)
        if dated:
            return Resolution(mention, Span(*found.span()), tuple(dated), listed=True, passing=True)
    return nothing
