"""Markers: which of the marks cite. Decided from the whole document, never from one mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, assert_never

import regex

from citecheck.lexicon import words_of
from citecheck.model.citations import FOOTNOTES, Citation, Marker, Syntax
from citecheck.recognition.evidence.without_list import (
    JUDGMENT,
    LED,
    cites_without_list,
    indexed,
    links_cite,
    named_notes,
)
from citecheck.recognition.labels import display_label, is_padded
from citecheck.recognition.markers.candidates import Candidate, Context, word_before
from citecheck.recognition.markers.grammar import BARE_NUMBER, CLAUSE_END, CLUSTER_END
from citecheck.recognition.markers.superscripts import Row, raised_rows, superscript_cites, superscripts_cite
from citecheck.recognition.scopes import LabelIndex
from citecheck.text.patterns import lazy_re, lazy_regex

_FOOTNOTE_NAME = lazy_regex(r"[\p{L}\d][\p{L}\d:._/+-]{0,60}")
_CHARACTERS = lazy_regex(r"(?:\\?.-\\?.)++")  # `[^0-9]`, `[^a-z]`: what a pattern leaves out
_TAG_LINE = lazy_regex(
    r"[ \t]*(?:\p{Ll}[\w-]*[ \t]+)?\[(\d+)\][ \t]+(?:\p{Lu}[\p{L}\d-]*\b[ \t]*(?:[{,(]|$|\p{Lu}|--)|IMPLICIT|EXPLICIT)",
    regex.MULTILINE,
)
_ENDS_CLAUSE = lazy_regex(CLAUSE_END)
_ENDS_CLUSTER = lazy_regex(CLUSTER_END)
_ENDS_CELL = lazy_re(r"[ \t]*\|")
_COMMON_WORD = lazy_regex(r"(?<!\w)\p{Ll}{3,}$")
_COUNT = lazy_regex(r"(?<![\d.,]|\bv)\d{1,3}(?:\.\d+)?%? $")
_BARE_NUMBER = lazy_regex(BARE_NUMBER)
NAMED = lazy_regex(rf"\b(?:{words_of('markers.numbered').pattern})\.?\*? $", regex.IGNORECASE)
# What opens a sentence as the name of what is numbered: `Lines [2–3] were restored`, `Octet [0] is the type`.
_NAMED_FIRST = lazy_regex(rf"(?:[.!?:]\s{{1,3}}|\n)(?:{words_of('markers.numbered_opening').pattern}) $")
# What points to a part of the document, perhaps as a link itself, and to more of them: `tables [7](#page-2) to `.
_PART = rf"(?:{words_of('markers.numbered').pattern}|pages?)s?"
_REFERS = lazy_regex(
    rf"(?:\b{_PART}\.?|\[{_PART}\.?\]\(\#[^()\s]{{1,60}}\))\s?"
    r"(?:\[[^\[\]]{1,20}\]\(\#[^()\s]{1,60}\)\s?(?:to|and|or|,|–|-)\s?){0,4}\Z",
    regex.IGNORECASE,
)
_NEAR_NAME = 160  # code points before such a link
_PINPOINT = lazy_regex(
    r"(?:\b(?:at|paras?|ibid|id|supra)\.?,? |\[(?:19|20)\d\d\] (?:\d+ )?\p{Lu}[^.;\n]{0,50}?)"
    r"(?:\[\d+\][,–\s-]{0,3}(?:and )?){0,9}\Z",
    regex.IGNORECASE,
)
_NEAR_JUDGMENT = 60  # code points before the paragraph of a judgment in which the judgment is named
# What East Asian text has before an index, or before the number of something that is no source: `数组[5]`, `图[5]`.
_NAMED_EAST = lazy_regex(rf"(?:{words_of('markers.indexed').pattern})\s?$")
# What it tells not to be a source: `[18]crown-6`, `[0-9]+`, `[0] INTEGER` of ASN.1. East Asian text has no spaces, and
# goes on immediately after a marker.
_FOLLOWED_BY_NAME = lazy_regex(
    r"(?!(?<=[”）」\]⺀-\U0010ffff] ?[\[［【][\d,–-]{1,9}[\]］】])[⺀-\U0010ffff])[\p{L}+*?{]|-\p{L}"
    r"| (?:INTEGER|BOOLEAN|ENUMERATED|NULL|OCTET STRING|BIT STRING|OBJECT IDENTIFIER|SEQUENCE|SET|CHOICE|IMPLICIT"
    r"|EXPLICIT|UTF8String|IA5String)\b"
)
_GOES_ON = lazy_regex(r" ?[.,;:)\]\[。，；）]| \p{L}")  # what a marker precedes
_DEFINES = lazy_re(r":\s{1,8}<?https?://")  # `[3]: https://…`, an entry that no list has
_LONGEST_NAME = 20  # code points of such a name
_WIDEST_MARGIN = 40  # code points before what is in the first cell of a row, its bar among them
_FEWEST = 3  # numbers of a group of which one is not listed
_HABIT = 2  # sources cited so; enough to call it the convention of a document
_SHORT_LIST = 3  # sources; where fewer are cited than two, only such a list makes a citation of an unlisted number


class Decision(NamedTuple):
    """The conventions of a document, from which each of its marks is judged."""

    text: str
    labels: LabelIndex
    hits: Counter[tuple[int, Syntax]]
    highest: Mapping[int, int]  # the highest number that each numbering lists
    attached: bool
    padded: bool  # whether the lists have labels with leading zeros, `[07]`
    raised: bool
    rows: Mapping[int, Row]  # those of superscript marks in the body, by where their marks are
    listless: bool
    links_cite: bool
    arrays: frozenset[int]  # where numbers are that index one word, `group[1]`, `group[2]`, `group[4]`
    notes: frozenset[str]  # names of footnotes, none of which is defined
    judgments: bool  # whether it names some by year and court
    linked: frozenset[int]  # numberings whose sources are link definitions that links use, `[text][1]`

    def cites(self, mark: Candidate) -> bool:
        """Whether a mark is a citation."""
        match mark.syntax:
            case Syntax.BRACKET:
                return self._bracket(mark)
            case Syntax.FOOTNOTE:
                return self._footnote(mark)
            case Syntax.SUPERSCRIPT:
                row = self.rows.get(mark.span.start, Row(mark.span.start, resolves=False))
                return self.raised and superscript_cites(self.text, mark, self._listed(mark), row)
            case Syntax.LENTICULAR:
                return self._lenticular(mark)
            case Syntax.REFERENCE | Syntax.KEY | Syntax.PAREN | Syntax.BARE | Syntax.AUTHOR_YEAR:
                return True  # as the format says, or as all of the document does
            case _:
                assert_never(mark.syntax)

    def _listed(self, mark: Candidate) -> list[bool]:
        return [self.labels.lists(self.labels.key(mark, label)) for label, _ in mark.labels]

    def _every_label(self, mark: Candidate) -> bool:
        return all(self._listed(mark))

    def _footnote(self, mark: Candidate) -> bool:
        if self._every_label(mark):
            return True
        label = mark.labels[0][0]
        if not _FOOTNOTE_NAME.fullmatch(label) or _CHARACTERS.fullmatch(label):
            return False
        if self.text.startswith("+", mark.span.end):
            return False  # `[^0]+` of a pattern
        if mark.text.endswith("^]") and not self.labels.numbered and not self.labels.footnotes:
            return False  # `[^1^]` alone is nobody's footnote, but what a renderer left over
        return bool(self.labels.footnotes) or label.isdecimal() or label in self.notes

    def _lenticular(self, mark: Candidate) -> bool:
        listed = self._listed(mark)
        return all(listed) or (self._cites_so(mark) and self._plausible(mark, listed))

    def _cites_so(self, mark: Candidate) -> bool:
        """Whether lenticular brackets are what this document cites by, and these are after words or others.

        They also number paragraphs, and `【4†source】` is of a list that a model keeps to itself.
        """
        numbering = self.labels.key(mark, mark.labels[0][0]).numbering
        habit = self.hits[numbering, mark.syntax]
        if habit < _HABIT or habit <= self.hits[numbering, Syntax.BRACKET] or "†" in mark.text:
            return False
        above, _, before = self.text[max(0, mark.span.start - _WIDEST_MARGIN) : mark.span.start].rpartition("\n")
        wrapped = not before.strip(" \t>") and above[-1:].isalpha()  # a line broken at a marker, within its sentence
        return wrapped or before.endswith("】") or any(map(str.isalpha, before))

    def _bracket(self, mark: Candidate) -> bool:
        listed = self._listed(mark)
        if mark.standing is Context.CODE or mark.span.start in self.arrays or self.refers_within(mark):
            return False
        if not any(self.labels.scopes.labels) and not self.labels.footnotes:
            return (
                self.links_cite
                if mark.address
                else self.listless and mark.standing in (Context.STANDALONE, Context.WORD_SUFFIX)
            )
        if not self.labels.numbered and mark.address and not mark.address.startswith("#"):
            return False  # beside footnotes: `see chapters [11](ch11) and [12](ch12)`
        if mark.standing is Context.CODE_LIKE:
            return all(listed) and not self._in_notation(mark)
        if all(listed):
            if mark.standing is Context.WORD_SUFFIX and mark.ranges and not self.labels.numbered:
                return False  # beside footnotes: `spm-test[1-4]`
            return mark.standing is not Context.IDENTIFIER_SUFFIX or (self.attached and len(mark.labels) == 1)
        if mark.standing in (Context.IDENTIFIER_SUFFIX, Context.WEAK):
            return False
        if mark.standing is Context.UNORDERED and not self._mostly_listed(mark):
            return False
        if mark.standing is Context.WORD_SUFFIX and not (
            self.attached or self._has_no_index(mark) or self._fills_gap(mark)
        ):
            return False
        return self._plausible(mark, listed)

    def refers_within(self, mark: Candidate) -> bool:
        """Whether a link to a page of the document is to a table, a figure or a section: `Table [1](#page-11-2)`."""
        if mark.address is None or not mark.address.startswith("#page-"):
            return False
        return _REFERS.search(self.text, max(0, mark.span.start - _NEAR_NAME), mark.span.start) is not None

    def _plausible(self, mark: Candidate, listed: Sequence[bool]) -> bool:
        """Whether a mark with a label that no list has is a citation all the same, and so a fault."""
        numbering = self.labels.key(mark, mark.labels[0][0]).numbering
        known = self.hits[numbering, mark.syntax]
        if known and mark.address and mark.text.startswith("[["):
            return True  # `[[9]](https://…)` is nothing else
        if numbering == FOOTNOTES:
            return False
        worded = not all(label.isdecimal() for label, _ in mark.labels)
        if (
            known < _HABIT
            and not (worded and any(listed))
            and not (known and self._fills_gap(mark))
            and not self._only_citations(mark, numbering, known)
        ):
            return False
        if worded:
            return True
        numbers = [int(label) for label, _ in mark.labels]
        if self._named(mark) or (not self.padded and is_padded(self.text, mark.labels[0][1])):
            return False
        if mark.ranges and any(listed):
            return True
        indexed = mark.standing is not Context.STANDALONE or not _GOES_ON.match(self.text, mark.span.end)
        if numbers[0] == 0 and not listed[0] and indexed:
            return False  # `invalid length [0]`
        highest = self.highest.get(numbering, -1)
        if highest < 0 or max(numbers) > min(999, 10 * highest + 50) or (len(numbers) == 2 and numbers[0] == 0):
            return False  # a year, a count, an interval
        if any(listed):
            return max(numbers) <= 3 * highest + 10 or (self._mostly_listed(mark) and self._closes(mark))
        if len(numbers) > 1 and max(numbers) > 2 * highest:
            return False  # an interval, a shape
        if max(numbers) > 3 * highest + 10 and not (self._closes(mark) or self._led(mark)):
            return False
        return not (
            self._in_notation(mark)
            or self._in_passing(mark)
            or self._in_enumeration(mark)
            or _DEFINES.match(self.text, mark.span.end)
        )

    def _mostly_listed(self, mark: Candidate) -> bool:
        """Whether all numbers of a group but one are listed, two or more, where the document cites so.

        What is no citation is rarely so by chance: an array has its nought, or several numbers more.
        """
        labels = {label for label, _ in mark.labels}
        keys = [self.labels.key(mark, label) for label in labels]
        unlisted = [key.label for key in keys if not self.labels.lists(key)]
        habit = self.hits[keys[0].numbering, mark.syntax] >= _HABIT
        if not habit or len(labels) < _FEWEST or len(unlisted) != 1 or unlisted == ["0"]:
            return False
        last = self.text[mark.span.start - 1 : mark.span.start]
        at_word = last.isalnum() and last <= "\u2e7f"  # East Asian text has no spaces between words
        return self.attached or not at_word

    def _closes(self, mark: Candidate) -> bool:
        """Whether a clause, or the cell of a table, ends with a mark."""
        end = mark.span.end
        return _ENDS_CLUSTER.match(self.text, end) is not None or _ENDS_CELL.match(self.text, end) is not None

    def _led(self, mark: Candidate) -> bool:
        """Whether a word points to a mark: `as shown in [17]`."""
        return LED.search(self.text, max(0, mark.span.start - _WIDEST_MARGIN), mark.span.start) is not None

    def _named(self, mark: Candidate) -> bool:
        """Whether the text about a mark says what else it is: `Eq. [5]`, `43 [12] years`, `[18]crown-6`, `[0-9]+`."""
        before = self.text[max(0, mark.span.start - 16) : mark.span.start]
        end = mark.span.end
        measured = _COUNT.search(before) is not None and not _ENDS_CLAUSE.match(self.text[end : end + 2])
        return (
            measured
            or NAMED.search(before) is not None
            or _NAMED_FIRST.search(before) is not None
            or (self.judgments and self._pinpoints(mark))
            or _NAMED_EAST.search(before) is not None
            or _FOLLOWED_BY_NAME.match(self.text, end, end + _LONGEST_NAME) is not None
        )

    def _pinpoints(self, mark: Candidate) -> bool:
        """Whether a mark is the paragraph of a judgment: `at [33]`, `[2020] UKSC 4, [12]`, `ibid [34]`."""
        start = self.text.rfind("\n\n", 0, mark.span.start) + 1
        return _PINPOINT.search(self.text, max(start, mark.span.start - _NEAR_JUDGMENT), mark.span.start) is not None

    def _only_citations(self, mark: Candidate, numbering: int, known: int) -> bool:
        """Whether a mark cites where hardly any other does: it closes a clause, and the list below is a short one.

        Where links use the list, `[text][1]`, a number alone is not the convention.
        """
        short = self.labels.scopes.size(numbering) <= _SHORT_LIST and numbering not in self.linked
        closing = _ENDS_CLAUSE.match(self.text, mark.span.end) is not None and mark.standing is Context.STANDALONE
        return short and (known == 1 or (closing and len(mark.labels) == 1))

    def _has_no_index(self, mark: Candidate, *, plural: bool = False) -> bool:
        """Whether what a mark is at has no index, being a number or a common word; `plural` includes those in -s.

        Most arrays are called by a plural, `weights[5]`.
        """
        before = word_before(self.text, mark)
        if self.text.startswith("[", mark.span.end) or (before.endswith("s") and not plural):
            return False
        return (_COMMON_WORD.search(before) or _BARE_NUMBER.search(before)) is not None

    def _fills_gap(self, mark: Candidate) -> bool:
        """Whether a mark names the one number that a list leaves out: an entry was forgotten, and not the marker.

        That may be the number after the last, but not at a name, which may have an index, `OOB[2]`.
        """
        label = mark.labels[0][0]
        numbering = self.labels.key(mark, label).numbering
        if numbering == FOOTNOTES or len(mark.labels) > 1 or not label.isdecimal():
            return False
        highest = self.highest.get(numbering, 0)
        if highest > self.labels.scopes.size(numbering) + 1:
            return False
        named = mark.standing is Context.WORD_SUFFIX and not self._has_no_index(mark, plural=True)
        return 1 <= int(label) <= (highest - 1 if named else highest + 1)

    def _in_passing(self, mark: Candidate) -> bool:
        """Whether a mark is the first cell of a table's row, or a link to another page: no citation needs either."""
        before = self.text[max(0, mark.span.start - _WIDEST_MARGIN) : mark.span.start]
        rest = before.rstrip(" \t|")
        row = rest[-1:] in ("", "\n") and "|" in before[len(rest) :]
        paging = mark.address is not None and "://" not in mark.address and not mark.address.startswith("#")
        return row or paging

    def _in_enumeration(self, mark: Candidate) -> bool:
        """Whether a mark begins a line, and its neighbour in number the next: `[1] Boil`, `[2] Dry` cite nothing."""
        start, end = mark.span
        if self.text[start - 1 : start] not in ("", "\n"):
            return False
        number = int(mark.labels[0][0])
        above = self.text.rfind("\n", 0, max(0, start - 1)) + 1
        below = self.text.find("\n", end) + 1
        return self.text.startswith(f"[{number - 1}] ", above) or self.text.startswith(f"[{number + 1}] ", below)

    def _in_notation(self, mark: Candidate) -> bool:
        """Whether the line resembles a field with its tag, as ASN.1 has them: `realm [1] Realm,`."""
        start = self.text.rfind("\n", max(0, mark.span.start - 160), mark.span.start) + 1
        found = _TAG_LINE.match(self.text, start, start + 160)
        return found is not None and found.start(1) == mark.labels[0][1].start


def decide(
    text: str,
    marks: Sequence[Candidate],
    labels: LabelIndex,
    *,
    linked: frozenset[int],
    unnumbered: bool,
    padded: bool,
    given: Collection[str] | None = None,
) -> Decision:
    """The conventions of a document: how its resolving marks are, and whether its marks cite at all without a list.

    `linked` are the numberings that links use; `unnumbered` shows that there is a source list whose entries carry no
    label, `padded` one whose labels have leading zeros. `given` are labels that the caller lists: so the text cites,
    whatever its marks say, and by numbers where the labels are words, too.
    """
    hits: dict[tuple[int, Syntax], set[str]] = {}
    standings: Counter[Context] = Counter()
    for mark in marks:
        if mark.standing in (Context.CODE, Context.WEAK, Context.UNORDERED):
            continue
        known = [labels.key(mark, label) for label, _ in mark.labels]
        if mark.ranges and not labels.lists(known[0]):
            continue  # `[0-127]` includes whatever is listed
        for key in known:
            if labels.lists(key):
                hits.setdefault((key.numbering, mark.syntax), set()).add(key.label)
        if not mark.ranges or all(map(labels.lists, known)):
            standings[mark.standing] += sum(map(labels.lists, known))
    listless = not labels.numbered and not labels.footnotes
    counted = Counter({habit: len(found) for habit, found in hits.items()})
    bracketed = sum(count for (_, syntax), count in counted.items() if syntax in (Syntax.BRACKET, Syntax.LENTICULAR))
    highest = labels.scopes.highest()
    if given is not None:
        counted.update(dict.fromkeys(((0, syntax) for syntax in Syntax), _HABIT))
        highest = highest or {0: len(given)}
    return Decision(
        text=text,
        labels=labels,
        hits=counted,
        highest=highest,
        attached=_attaches(standings[Context.WORD_SUFFIX], standings[Context.STANDALONE]),
        padded=padded,
        raised=labels.numbered and not bracketed and superscripts_cite(text, marks, labels),
        rows=raised_rows(text, marks, labels),
        listless=listless and cites_without_list(text, marks, unnumbered=unnumbered),
        links_cite=listless and links_cite(text, marks),
        arrays=_arrays(text, marks),
        notes=frozenset() if labels.footnotes else named_notes(text, marks),
        judgments=JUDGMENT.search(text) is not None,
        linked=linked,
    )


def _arrays(text: str, marks: Sequence[Candidate]) -> frozenset[int]:
    """Where numbers index a word: three or more at one word, and at no other, while others are free."""
    attached = [mark for mark in marks if mark.standing is Context.WORD_SUFFIX and mark.syntax is Syntax.BRACKET]
    at_one = indexed(text, attached)
    numbers = {label for mark in at_one for label, _ in mark.labels}
    free = sum(mark.standing is Context.STANDALONE and mark.syntax is Syntax.BRACKET for mark in marks)
    closing = sum(_ENDS_CLUSTER.match(text, mark.span.end) is not None for mark in at_one)
    is_array = len(at_one) == len(attached) and len(numbers) >= _FEWEST and free >= _HABIT and 2 * closing < len(at_one)
    return frozenset(mark.span.start for mark in at_one) if is_array else frozenset()


def _attaches(attached: int, free: int) -> bool:
    """Whether markers are at words here, `treaty[3]`: two do, and not too few, or the only one."""
    return 4 * attached >= free and attached > (1 if free else 0)


def marker(mark: Candidate, labels: LabelIndex) -> Marker:
    """The marker that a mark is."""
    return Marker(
        text=mark.text,
        span=mark.span,
        syntax=mark.syntax,
        citations=tuple(Citation(_shown(mark, label), span, labels.key(mark, label)) for label, span in mark.labels),
        ranges=mark.ranges,
        address=mark.address,
    )


def _shown(mark: Candidate, label: str) -> str:
    """A label as messages show it; that of a footnote as it is written: `[^01]` and `[^1]` are two."""
    return label if mark.syntax is Syntax.FOOTNOTE else display_label(label)
