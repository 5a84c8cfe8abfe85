"""Markers: which of the marks cite. Decided from the whole document, never from one mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import regex

from citecheck.document import FOOTNOTES, Citation, Key, Marker, Syntax
from citecheck.formats.layout import Layout
from citecheck.patterns import lazy, plain
from citecheck.text import Span
from citecheck.tokenizer.grammar import CLAUSE_END
from citecheck.tokenizer.labels import normalised, written
from citecheck.tokenizer.listless import cites_without_list, links_cite
from citecheck.tokenizer.marks import Mark, Standing
from citecheck.tokenizer.numbering import Scopes

_FOOTNOTE_NAME = lazy(r"[\p{L}\d][\p{L}\d:._/+-]{0,60}")
_CHARACTERS = lazy(r"(?:\\?.-\\?.)++")  # `[^0-9]`, `[^a-z]`: what a pattern leaves out
_TAG_LINE = lazy(
    r"[ \t]*(?:\p{Ll}[\w-]*[ \t]+)?\[(\d+)\][ \t]+(?:\p{Lu}[\p{L}\d-]*\b[ \t]*(?:[{,(]|$|\p{Lu}|--)|IMPLICIT|EXPLICIT)",
    regex.MULTILINE,
)
_ENDS_CLAUSE = lazy(CLAUSE_END)
_UNIT = lazy(r"(?r)(?:^|[^\p{L}])(?:\p{L}{1,2}|cm|km|mm|nm|ft|yd|mi|sec|log|sin|cos|tan|exp|kg|[\d)\]]+)$")
_ENDS_CLUSTER = lazy(rf"(?:\[\d{{1,3}}\]){{0,9}}+{CLAUSE_END}")  # behind the markers that follow: `[3][77][4].`
_COMMON_WORD = lazy(r"(?<!\w)\p{Ll}{3,}$")
_CLOSED_WORD = lazy(r"(?:\p{Ll}{4}|[\p{L})\"”’»][.,;:!?]|[。，；：！？」”])[\"”’»)]?$")
# A bracket with a number and words, `[5, passim]`, `[reviewed in 5]`, not `[Fig. 5]`; and what does without brackets,
# `ref. 4`.
_MENTION = lazy(
    r"(?<![\w\])])\[(?!(?i:fig|figure|table|eq|equation|page|section|chapter|step|part|version)s?\.?\s?\d++\])"
    r"((?=[^\[\]\n]{0,70}\d)(?=[^\[\]\n]{0,70}[^\[\]\n\d,; –-])[^\[\]\n]{2,70})\](?!\()"
)
_IN_WORDS = lazy(
    r"\b(?:refs?|references?)\.? ((?:\d{1,3}(?:\s?(?:,|and|&|–|-)\s?(?:refs?\.? )?)?){1,12}+)", regex.IGNORECASE
)
_REFERENCE = plain(r"ref(?:s|erences?)?\.? \d")  # a quick look for it, in lower case
_WHOLE = lazy(r"(?<!\d|(?<!ref|fn|note|source)\p{L}|\bAPPLICATION )\d{1,3}(?!\d|/\p{L})", regex.IGNORECASE)
_HIGHEST_RAISED = 200
_COUNT = lazy(r"(?<![\d.,])\d{1,3}(?:\.\d+)?%? $")
_BARE_NUMBER = lazy(r"(?<![\w.])\d{1,3}$")
_SIGNS = frozenset("⁻⁺")
_BEFORE_ISOTOPES = frozenset("δΔ (/–-\n")
_ELEMENT = lazy(r"\p{Lu}\p{Ll}?(?!\p{L})")
_NAMED = lazy(
    r"\b(?:eqs?|equations?|figs?|figures?|tables?|plates?|paras?|paragraphs?|box|charts?|schemes?|positions?)\.?\*? $",
    regex.IGNORECASE,
)
# What it tells not to be a source: `[18]crown-6`, `[0-9]+`, `[0] INTEGER` of ASN.1. East Asian text has no spaces, and
# goes on right behind a marker at the end of a clause.
_FOLLOWED_BY_NAME = lazy(
    r"(?!(?<=[。，；：、！？”）」\]] ?\[[\d,–-]{1,9}\])[⺀-\U0010ffff])[\p{L}+*?{]"
    r"| (?:INTEGER|BOOLEAN|ENUMERATED|NULL|OCTET STRING|BIT STRING|OBJECT IDENTIFIER|SEQUENCE|SET|CHOICE|IMPLICIT"
    r"|EXPLICIT|UTF8String|IA5String)\b"
)
_LONGEST_NAME = 20  # code points of such a name
_WIDEST_MARGIN = 40  # code points before what stands in the first cell of a row, its bar among them
_HABIT = 2  # sources cited so; enough to call it the habit of a document
_SHORT_LIST = 3  # sources; where fewer are cited than two, only such a list makes a citation of an unlisted number


class Labels:
    """What the lists of a document define: the labels of each numbering, and those of footnotes.

    `numbered` is whether there is any list but footnotes.
    """

    def __init__(self, scopes: Scopes, footnotes: frozenset[str]) -> None:
        self.scopes: Final = scopes
        self.footnotes: Final = footnotes
        self.numbered: Final = any(scopes.labels)
        self._alike = len(scopes.ends) < 2 and not scopes.aside  # wherever a mark stands, its label means the same
        self._known: dict[tuple[bool, str], Key] = {}

    def key(self, mark: Mark, label: str) -> Key:
        """What a label of a mark means; a syntax without a list of its own means the other list."""
        note = mark.syntax is Syntax.FOOTNOTE
        if not self._alike:
            return self._key(mark, label, note=note)
        key = self._known.get((note, label))
        if key is None:
            key = self._known[note, label] = self._key(mark, label, note=note)
        return key

    def _key(self, mark: Mark, label: str, *, note: bool) -> Key:
        if (note and (self.footnotes or not self.numbered)) or (not note and not self.numbered and self.footnotes):
            return Key(FOOTNOTES, normalised(label))
        name = normalised(label)
        return Key(self.scopes.numbering(mark.span.start, name), name)

    def lists(self, key: Key) -> bool:
        """Whether a source is listed under the key."""
        if key.numbering == FOOTNOTES:
            return key.label in self.footnotes
        return self.scopes.lists(*key)


class Verdict(NamedTuple):
    """The habits of a document, from which each of its marks is judged."""

    text: str
    labels: Labels
    hits: Counter[tuple[int, Syntax]]
    highest: Mapping[int, int]  # the highest number that each numbering lists
    attached: bool
    raised: bool
    listless: bool
    links_cite: bool
    linked: frozenset[int]  # numberings whose sources are link definitions that links use, `[text][1]`

    def cites(self, mark: Mark) -> bool:
        """Whether a mark is a citation."""
        if mark.syntax is Syntax.BRACKET:
            return self._bracket(mark)
        if mark.syntax is Syntax.FOOTNOTE:
            return self._footnote(mark)
        return self._superscript(mark) if mark.syntax is Syntax.SUPERSCRIPT else self._lenticular(mark)

    def _listed(self, mark: Mark) -> list[bool]:
        return [self.labels.lists(self.labels.key(mark, label)) for label, _ in mark.labels]

    def _every_label(self, mark: Mark) -> bool:
        return all(self._listed(mark))

    def _footnote(self, mark: Mark) -> bool:
        if self._every_label(mark):
            return True
        label = mark.labels[0][0]
        if not _FOOTNOTE_NAME.fullmatch(label) or _CHARACTERS.fullmatch(label):
            return False
        if mark.text.endswith("^]") and not self.labels.numbered and not self.labels.footnotes:
            return False  # `[^1^]` alone is nobody's footnote, but what a renderer left behind
        return bool(self.labels.footnotes) or label.isdecimal()

    def _superscript(self, mark: Mark) -> bool:
        if not self.raised or _is_science(self.text, mark):
            return False
        before = _before(self.text, mark)
        if any(self._listed(mark)):
            return mark.address is not None or not _UNIT.search(before)  # `km²` cites nothing
        numbers = [int(label) for label, _ in mark.labels]
        return max(numbers) < _HIGHEST_RAISED and (mark.address is not None or _CLOSED_WORD.search(before) is not None)

    def _lenticular(self, mark: Mark) -> bool:
        listed = self._listed(mark)
        return all(listed) or (self._cites_so(mark) and self._plausible(mark, listed))

    def _cites_so(self, mark: Mark) -> bool:
        """Whether lenticular brackets are what this document cites by, and these are behind words or others.

        They also number paragraphs, and `【4†source】` is of a list that a model keeps to itself.
        """
        numbering = self.labels.key(mark, mark.labels[0][0]).numbering
        habit = self.hits[numbering, mark.syntax]
        if habit < _HABIT or habit <= self.hits[numbering, Syntax.BRACKET] or "†" in mark.text:
            return False
        before = self.text[max(0, mark.span.start - _WIDEST_MARGIN) : mark.span.start].rpartition("\n")[2]
        return before.endswith("】") or any(map(str.isalpha, before))

    def _bracket(self, mark: Mark) -> bool:
        listed = self._listed(mark)
        if mark.standing is Standing.CODE:
            return False
        if not any(self.labels.scopes.labels) and not self.labels.footnotes:
            return (
                self.links_cite
                if mark.address
                else self.listless and mark.standing in (Standing.FREE, Standing.ATTACHED)
            )
        if not self.labels.numbered and mark.address and not mark.address.startswith("#"):
            return False  # beside footnotes: `see chapters [11](ch11) and [12](ch12)`
        if mark.standing is Standing.EXAMPLE:
            return all(listed) and not self._in_notation(mark)
        if all(listed):
            return mark.standing is not Standing.GLUED or (self.attached and len(mark.labels) == 1)
        if mark.standing in (Standing.GLUED, Standing.INTERVAL):
            return False
        if mark.standing is Standing.ATTACHED and not (
            self.attached or self._at_common_word(mark) or self._fills_gap(mark)
        ):
            return False
        return self._plausible(mark, listed)

    def _plausible(self, mark: Mark, listed: Sequence[bool]) -> bool:
        """Whether a mark with a label that no list has is a citation all the same, and so a fault."""
        numbering = self.labels.key(mark, mark.labels[0][0]).numbering
        known = self.hits[numbering, mark.syntax]
        if known and mark.address and mark.text.startswith("[["):
            return True  # `[[9]](https://…)` is nothing else
        if numbering == FOOTNOTES:
            return False
        if (
            known < _HABIT
            and not (known and self._fills_gap(mark))
            and not self._only_citations(mark, numbering, known)
        ):
            return False
        if not all(label.isdecimal() for label, _ in mark.labels):
            return True
        numbers = [int(label) for label, _ in mark.labels]
        if self._named(mark):
            return False
        if mark.ranges and any(listed):
            return True
        if numbers[0] == 0 and mark.standing is not Standing.FREE:
            return False
        highest = self.highest.get(numbering, -1)
        if highest < 0 or max(numbers) > min(999, 10 * highest + 50) or (len(numbers) == 2 and numbers[0] == 0):
            return False  # a year, a count, an interval
        if any(listed):
            return max(numbers) <= 3 * highest + 10
        if len(numbers) > 1 and max(numbers) > 2 * highest:
            return False  # an interval, a shape
        if max(numbers) > 3 * highest + 10 and not _ENDS_CLUSTER.match(self.text, mark.span.end):
            return False
        return not (self._in_notation(mark) or self._in_passing(mark))

    def _named(self, mark: Mark) -> bool:
        """Whether the text about a mark says what else it is: `Eq. [5]`, `43 [12] years`, `[18]crown-6`, `[0-9]+`."""
        before = self.text[max(0, mark.span.start - 16) : mark.span.start]
        end = mark.span.end
        measured = _COUNT.search(before) is not None and not _ENDS_CLAUSE.match(self.text[end : end + 2])
        return (
            measured
            or _NAMED.search(before) is not None
            or _FOLLOWED_BY_NAME.match(self.text, end, end + _LONGEST_NAME) is not None
        )

    def _only_citations(self, mark: Mark, numbering: int, known: int) -> bool:
        """Whether a mark cites where hardly any other does: it closes a clause, and the list below is a short one.

        Where links use the list, `[text][1]`, a number alone is not the habit.
        """
        short = self.labels.scopes.size(numbering) <= _SHORT_LIST and numbering not in self.linked
        closing = _ENDS_CLAUSE.match(self.text, mark.span.end) is not None and mark.standing is Standing.FREE
        return short and (known == 1 or (closing and len(mark.labels) == 1))

    def _at_common_word(self, mark: Mark, *, plural: bool = False) -> bool:
        """Whether a mark stands at a word that is no name; arrays mostly have a `plural`."""
        before = _before(self.text, mark)
        indexes = self.text.startswith("[", mark.span.end) or (before.endswith("s") and not plural)
        return not indexes and (_COMMON_WORD.search(before) or _BARE_NUMBER.search(before)) is not None

    def _fills_gap(self, mark: Mark) -> bool:
        """Whether a mark names the one number that a list leaves out: an entry was forgotten, and not the marker.

        That may be the number behind the last, but not at a name, which has an index, `OOB[2]`, or two, `grid[4][5]`.
        """
        label = mark.labels[0][0]
        numbering = self.labels.key(mark, label).numbering
        if numbering == FOOTNOTES or len(mark.labels) > 1 or not label.isdecimal():
            return False
        highest = self.highest.get(numbering, 0)
        if highest > self.labels.scopes.size(numbering) + 1:
            return False
        named = mark.standing is Standing.ATTACHED and not self._at_common_word(mark, plural=True)
        return 1 <= int(label) <= (highest - 1 if named else highest + 1)

    def _in_passing(self, mark: Mark) -> bool:
        """Whether a mark is the first cell of a table's row, or a link to another page: no citation needs either."""
        before = self.text[max(0, mark.span.start - _WIDEST_MARGIN) : mark.span.start]
        rest = before.rstrip(" \t|")
        row = rest[-1:] in ("", "\n") and "|" in before[len(rest) :]
        paging = mark.address is not None and "://" not in mark.address and not mark.address.startswith("#")
        return row or paging

    def _in_notation(self, mark: Mark) -> bool:
        """Whether the line reads like a field with its tag, as ASN.1 has them: `realm [1] Realm,`."""
        start = self.text.rfind("\n", max(0, mark.span.start - 160), mark.span.start) + 1
        found = _TAG_LINE.match(self.text, start, start + 160)
        return found is not None and found.start(1) == mark.labels[0][1].start


def verdict(text: str, marks: Sequence[Mark], labels: Labels, *, linked: frozenset[int], unnumbered: bool) -> Verdict:
    """The habits of a document: how its resolving marks stand, and whether its marks cite at all without a list.

    `linked` are the numberings that links use, and `unnumbered` tells that there is a source list whose entries carry
    no label.
    """
    hits: dict[tuple[int, Syntax], set[str]] = {}
    standings: Counter[Standing] = Counter()
    for mark in marks:
        if mark.standing in (Standing.CODE, Standing.INTERVAL):
            continue
        known = [labels.key(mark, label) for label, _ in mark.labels]
        if mark.ranges and not labels.lists(known[0]):
            continue  # `[0-127]` takes in whatever is listed
        for key in known:
            if labels.lists(key):
                hits.setdefault((key.numbering, mark.syntax), set()).add(key.label)
                standings[mark.standing] += 1
    listless = not labels.numbered and not labels.footnotes
    counted = Counter({habit: len(found) for habit, found in hits.items()})
    bracketed = sum(count for (_, syntax), count in counted.items() if syntax in (Syntax.BRACKET, Syntax.LENTICULAR))
    return Verdict(
        text=text,
        labels=labels,
        hits=counted,
        highest=labels.scopes.highest(),
        attached=_attaches(standings[Standing.ATTACHED], standings[Standing.FREE]),
        raised=labels.numbered and not bracketed and _raises(text, marks, labels),
        listless=listless and cites_without_list(text, marks, unnumbered=unnumbered),
        links_cite=listless and links_cite(text, marks),
        linked=linked,
    )


def _attaches(attached: int, free: int) -> bool:
    """Whether markers stand at words here, `treaty[3]`: two do, and not too few, or the only one."""
    return 4 * attached >= free and attached > (1 if free else 0)


def _before(text: str, mark: Mark) -> str:
    """The word that a mark stands at."""
    return text[max(0, mark.span.start - 12) : mark.span.start]


def _is_science(text: str, mark: Mark) -> bool:
    """Whether a raised number is a negative power, `ha⁻¹`, a charge, `PO₄³⁻`, or a count of nucleons, `δ¹³C`."""
    before, after = text[max(0, mark.span.start - 1) : mark.span.start], text[mark.span.end : mark.span.end + 1]
    isotope = before in _BEFORE_ISOTOPES and _ELEMENT.match(text, mark.span.end) is not None
    return before in _SIGNS or after in _SIGNS or isotope


def _raises(text: str, marks: Iterable[Mark], labels: Labels) -> bool:
    """Whether superscripts cite in this document: most of running text's superscripts are exponents."""
    found = set()
    for mark in marks:
        if mark.syntax is Syntax.SUPERSCRIPT and not (_UNIT.search(_before(text, mark)) or _is_science(text, mark)):
            found |= {label for label, _ in mark.labels if labels.lists(labels.key(mark, label))}
    smallest = min((len(group) for group in labels.scopes.labels if group), default=0)
    return len(found) >= min(2, max(1, smallest))


def _is_exponent(text: str, mark: Mark, *, raised: bool) -> bool:
    if mark.syntax is not Syntax.SUPERSCRIPT:
        return False
    return _is_science(text, mark) or (not raised and _UNIT.search(_before(text, mark)) is not None)


def _stands_like_a_marker(text: str, mark: Mark) -> bool:
    """Whether a mark stands where markers do, which may be at the name of a file or at a number: `salt.c[1]`, `7[1]`.

    A name may have an index, a number has none, not even in code.
    """
    start = mark.span.start
    if mark.standing in (Standing.GLUED, Standing.CODE) and _BARE_NUMBER.search(text, max(0, start - 4), start):
        return True
    if mark.standing is Standing.GLUED:
        return _ENDS_CLUSTER.match(text, mark.span.end) is not None
    return mark.standing in (Standing.FREE, Standing.ATTACHED)


def marker(mark: Mark, labels: Labels) -> Marker:
    """The marker that a mark is."""
    return Marker(
        text=mark.text,
        span=mark.span,
        syntax=mark.syntax,
        citations=tuple(Citation(written(label), span, labels.key(mark, label)) for label, span in mark.labels),
        ranges=mark.ranges,
        address=mark.address,
    )


def mentioned(layout: Layout, rejected: Iterable[Mark], labels: Labels, *, raised: bool) -> Iterator[Citation]:
    """Uses of listed labels by what is no marker: `[1 (p. 3)]`, `[2a]`, a raised number among bracketed ones.

    They are not understood well enough to be markers, and too much like one for their source to be called unused.
    Where markers are `raised`, so is every raised number, though it may be an exponent.
    """
    if not labels.numbered:
        return
    for mark in rejected:
        if _stands_like_a_marker(layout.text, mark) and not _is_exponent(layout.text, mark, raised=raised):
            for label, span in mark.labels:
                if labels.lists(key := labels.key(mark, label)):
                    yield Citation(written(label), span, key)
    worded = _IN_WORDS.finditer(layout.text) if _REFERENCE.search(layout.text.lower()) else ()
    links = frozenset(link.span.start for link in layout.links)  # `[Version 2][7]` leads where it leads
    for found in (*_MENTION.finditer(layout.text), *worded):
        if found.start() not in layout.opaque and found.start() not in links:
            for number in _WHOLE.finditer(found[1]):
                mark = Mark(found[0], Span(*found.span()), Syntax.BRACKET, (), Standing.INTERVAL)
                if labels.lists(key := labels.key(mark, number[0])):
                    yield Citation(number[0], mark.span, key)


def split_raised(mark: Mark, labels: Labels) -> Mark:
    """`¹²` where twelve is not listed, but one and two are."""
    if mark.syntax is not Syntax.SUPERSCRIPT or len(mark.labels) != 1:
        return mark
    label, span = mark.labels[0]
    digits = tuple((digit, span) for digit in label)
    known = [labels.lists(labels.key(mark, digit)) for digit, _ in digits]
    return mark if labels.lists(labels.key(mark, label)) or not all(known) else mark._replace(labels=digits)
