"""Shapes: ways of citing that are known by their looks; some are read, the others are reported as not understood.

Each is a row of `SHAPES`: how its uses are found, and what makes citations of them. A word or two that look so are not
enough: what a list has, how often they occur and how they are placed distinguish a way of citing from what merely looks
alike. A shape with a `syntax` is read where no marker of another kind cites the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

import regex

from citecheck.lexicon import words_of
from citecheck.model.citations import Marker, Syntax
from citecheck.model.document import NotUnderstood
from citecheck.model.sources import ListKind
from citecheck.model.structure import Structure
from citecheck.recognition.evidence.author_years import author_years, dated_names
from citecheck.recognition.evidence.decide import NAMED
from citecheck.recognition.evidence.without_list import seem_to_cite
from citecheck.recognition.labels import display_label
from citecheck.recognition.lists.boundaries import SourceListCandidate
from citecheck.recognition.lists.headings import NOUN_FORMS, classify_heading
from citecheck.recognition.markers.candidates import Candidate, Context, labels_within
from citecheck.recognition.markers.grammar import CLUSTER_END, ENDS, ITEMS
from citecheck.recognition.markers.superscripts import seem_raised
from citecheck.recognition.scopes import LabelIndex
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span, SpanSet


class Use(NamedTuple):
    """A place where a shape is used, the labels that it names, and where these are written."""

    span: Span
    labels: tuple[str, ...]
    place: Span | None = None


class Chain:
    """What was read of a document: its lists of sources and its markers; and the marks that cite nothing."""

    def __init__(
        self,
        layout: Structure,
        listings: Sequence[SourceListCandidate],
        labels: LabelIndex,
        markers: Sequence[Marker],
        rejected: Sequence[Candidate],
    ) -> None:
        self.layout: Final = layout
        self.text: Final = layout.text
        self.markers: Final = markers
        self.rejected: Final = rejected
        self.sources: Final = [one for one in listings if one.kind in (ListKind.NUMBERED, ListKind.UNLABELLED)]
        self.labels: Final = frozenset(display_label(label) for one in self.sources for label in one.labels)
        self.numbers: Final = frozenset(filter(str.isdecimal, self.labels))
        self.notes: Final = bool(labels.footnotes)
        self._known = labels
        self._lists = SpanSet(listing.span for listing in listings)

    @cached_property
    def leading(self) -> int:
        """How many of its markers point to an entry of a list, footnotes left out."""
        keys = ([citation.key for citation in marker.citations] for marker in self.markers)
        return sum(any(key.numbering >= 0 and self._known.lists(key) for key in own) for own in keys)

    @cached_property
    def cited(self) -> frozenset[str]:
        """The labels that markers name."""
        return frozenset(label for marker in self.markers for label in marker.labels)

    @cached_property
    def headed(self) -> bool:
        """Whether a heading announces sources, whatever is below it."""
        return any(classify_heading(heading.title) is ListKind.NUMBERED for heading in self.layout.headings)

    @cached_property
    def declared(self) -> bool:
        """Whether it names a bibliography that is elsewhere, or has one in a form that is not read."""
        return any(map(self.text.__contains__, _DECLARING)) and _BIBLIOGRAPHY.search(self.text) is not None

    @cached_property
    def entries(self) -> frozenset[str]:
        """The words of its lists, in lower case."""
        lists = (listing.span.of(self.text).casefold() for listing in self.sources)
        return frozenset(word for words in lists for word in _WORDS.findall(words))

    @cached_property
    def _headings(self) -> SpanSet:
        """Where headings are; what has a full stop is a short paragraph."""
        spans = (heading.span for heading in self.layout.headings)
        return SpanSet(span for span in spans if not _STOP.search(self.text, *span))

    @cached_property
    def _links(self) -> frozenset[int]:
        return frozenset(link.span.start for link in self.layout.links)

    def shows(self, offset: int) -> bool:
        """Whether an offset is of the body that readers see, code left out."""
        layout = self.layout
        return not any(offset in spans for spans in (layout.code, layout.hidden, self._lists, self._headings))

    def says(self, offset: int) -> bool:
        """Whether an offset is of running text: neither in an address or a tag, nor where a link begins."""
        return self.shows(offset) and offset not in self.layout.opaque and offset not in self._links

    def closing(self, uses: Sequence[Use]) -> int:
        """How many uses are immediately before or after the sign that ends a clause; the end of a line ends none.

        In a row, `(3)(5).`, each is where the row is.
        """
        text, closing = self.text, 0
        following, ends = -1, False
        for use in sorted(uses, key=lambda use: use.span, reverse=True):
            in_row = ends and use.span.end == following
            ends = in_row or any(
                _CLAUSE_SIGN.match(text, place) is not None for place in (use.span.end, max(0, use.span.start - 1))
            )
            following = use.span.start
            closing += ends
        return closing


class Shape(NamedTuple):
    """A way of citing.

    `noun` is what one of its uses is called. `uses` finds them, `cites` is whether they are citations; `read` is
    whether they are markers, and only what they point to is not read. `syntax` is the one that its uses have where they
    are read as the markers of a list that nothing else cites.
    """

    name: str
    noun: str
    uses: Callable[[Chain], Sequence[Use]]
    cites: Callable[[Chain, Sequence[Use]], bool]
    read: bool = False
    syntax: Syntax | None = None


def shaped_candidates(chain: Chain) -> list[Candidate]:
    """The uses of the shape that cites the lists of a document, where no marker of another kind does, as candidates."""
    if not chain.labels or chain.leading:
        return []
    for shape in SHAPES:
        if shape.syntax and (uses := shape.uses(chain)) and shape.cites(chain, uses):
            sure = shape.syntax is Syntax.BRACKET  # words or a link say that it cites
            return [_candidate(chain, use, shape.syntax) for use in uses if use.place and (sure or _near(chain, use))]
    return []


def _candidate(chain: Chain, use: Use, syntax: Syntax) -> Candidate:
    place = use.place or use.span
    labels, ranges = labels_within(chain.text, place)
    if not all(map(str.isdecimal, use.labels)):
        labels, ranges = ((use.labels[0], place),), ()
    return Candidate(use.span.of(chain.text), use.span, syntax, labels, Context.STANDALONE, ranges)


def _near(chain: Chain, use: Use) -> bool:
    """Whether numbers are of the list or not far beyond it, as an entry that is missing would be."""
    most = _TIMES * max((int(number) for number in chain.numbers), default=0) + _FEW
    return all(not label.isdecimal() or int(label) <= most for label in use.labels)


def not_understood(chain: Chain) -> tuple[NotUnderstood, ...]:
    """The shapes that a document seems to cite in, that of the most uses first."""
    found = []
    for shape in SHAPES:
        uses = shape.uses(chain)
        if uses and shape.cites(chain, uses):
            first = uses[0].span
            labels = frozenset(_distinct(uses))
            found.append(
                NotUnderstood(
                    shape.name, shape.noun, len(uses), first, _sample(chain.text, first), labels, read=shape.read
                )
            )
    return tuple(sorted(found, key=lambda one: -one.uses))


def _sample(text: str, span: Span) -> str:
    """A use as a message shows it, a bare number with the word that it is at."""
    start = span.start
    if text[start].isalnum():
        while start and not text[start - 1].isspace() and span.start - start < _LONGEST_WORD:
            start -= 1
    words = " ".join(text[start : span.end].split())
    return words if len(words) <= _LONGEST_SAMPLE else f"{words[: _LONGEST_SAMPLE - 1]}…"


_TIMES: Final = 2  # what the highest number of a list is multiplied by for the highest that an entry may be missing for
_LONGEST_WORD: Final = 20  # code points
_LONGEST_SAMPLE: Final = 40

# Uses -------------------------------------------------------------------------------------------------------

_ENDS = lazy_regex(ENDS)
_AFTER_WORDS = r"(?<=\p{L}{2}[)\]}>”\"’]?|\d[)\]}>〕〉⟩])[.!?]|[。！？]"
_STOP = lazy_regex(_AFTER_WORDS)
_SENTENCE_END = lazy_regex(rf"{_AFTER_WORDS}|[.!?][)\"”’]?\s")
_CLAUSE_SIGN = lazy_regex(r"[.,;:!?。，；：！？、،؛؟۔।]")
_KEYS = lazy_regex(r"[^\s,;@<>|\"“”`]+")


def bare_numbers(text: str) -> frozenset[str]:
    """The numbers that immediately follow the stops of sentences, `… by half.3 The`."""
    return frozenset(label for found in _BARE.finditer(text) for label in _labels(found))


def _written(
    pattern: re.Pattern[str] | regex.Pattern[str], *looks: str, in_tags: bool = False, numbered: bool = False
) -> Callable[[Chain], list[Use]]:
    """Finds uses by a pattern, whose group `numbers` or `keys` has the labels.

    `looks` are words of which one is in every text with such a use; `in_tags` says that the uses are tags,
    `numbered` that they can only be of a list with numbers, all of which it has.
    """

    def uses(chain: Chain) -> list[Use]:
        if not any(look in chain.text for look in looks) or (numbered and len(chain.numbers) < _FEWEST):
            return []
        stands = chain.shows if in_tags else chain.says
        matches = (match for match in pattern.finditer(chain.text) if stands(match.start()))
        found = [Use(Span(*match.span()), _labels(match), _place(match)) for match in matches]
        return [use for use in found if chain.numbers.issuperset(use.labels)] if numbered else found

    return uses


def _place(match: re.Match[str] | regex.Match[str]) -> Span | None:
    """Where the labels of a use are written."""
    return Span(*match.span("numbers")) if match.groupdict().get("numbers") else None


def _labels(match: re.Match[str] | regex.Match[str]) -> tuple[str, ...]:
    """The labels of a use: keys, or numbers, of ranges their ends."""
    named = match.groupdict()
    if numbers := named.get("numbers"):
        return tuple(display_label(end) for ends in _ENDS.findall(numbers) for end in ends if end)
    return tuple(_KEYS.findall(named.get("keys") or ""))


# What is left of superscript digits where they are lost, `… by half.3 The`; and where they preceded the stop, `half3.`
_BARE = lazy_regex(
    r"(?<=(?:\p{Ll}{3}(?<!\b(?:sec|vol|fig|art|abs|tab|pos|eqs|nos|vers|chap|part))|\p{Lo}{2})"
    r"[)\"”’»）」]?[.!?。！？؟][)\"”’»）」]?)(?P<numbers>\d{1,3}(?:[,–-]\d{1,3}){0,9}+)(?=\s|$)"
)
_GLUED = lazy_regex(r"(?<=\p{Ll}{4})(?P<numbers>\d{1,3})(?=[.,;:!?]?(?:\s|$))")
_PARENTHESISED = lazy_regex(
    rf"[(（](?<=(?:[\p{{L}}\d”\"’»)\]*_%]\s|\p{{Lo}}|\p{{Ll}}[.,;!?][”\"]?|\d[)）]).)(?P<numbers>{ITEMS})[)）]"
)
_ODD = lazy_regex(
    rf"\{{(?P<numbers>{ITEMS})\}}|<(?P<numbers>{ITEMS})>|〔(?P<numbers>{ITEMS})〕|[〈⟨](?P<numbers>{ITEMS})[〉⟩]"
    rf"|\(\((?P<numbers>{ITEMS})\)\)|\^[\[({{](?P<numbers>{ITEMS})[\])}}]|(?<=[\p{{Ll}}.,;!?)\"”’])\^(?P<numbers>\d{{1,3}})(?![\d^])"
)
_CALLED = lazy_re(
    rf"[\[【［(（](?i:(?!cite:|citation:|ref)(?:{NOUN_FORMS.pattern}|{words_of('markers.called').pattern}))"
    rf"[ :#_-]{{0,2}}"
    rf"(?P<numbers>{ITEMS})[\]】］)）]"
)
_CIRCLED = lazy_regex(rf"(?P<keys>[①-⑳㉑-㉟㊱-㊿❶-❿])(?={CLUSTER_END})", regex.MULTILINE)
_CIRCLED_ENTRY = lazy_regex(r"^[ \t]*([①-⑳㉑-㉟㊱-㊿❶-❿])", regex.MULTILINE)
_PANDOC = lazy_regex(r"@(?<=(?P<opening>\[(?:[^\[\]@\n]{0,60}[\s(;])?-?)@)[\p{L}\d_][^\[\]]{0,200}\](?![(\[:])")
_PANDOC_KEY = lazy_regex(r"@((?!(?:fig|tbl|sec|eq|lst|thm|tab)[-:])[\p{L}\d_][\p{L}\d_:.+-]*)(?<![:.])(?!/)")
_TEXTUAL_KEY = lazy_regex(r"(?P<opening>@)(?<![\w@/.\[{(-]@)(?:\p{L}[\p{L}:_-]{1,40}(?:1[5-9]|20)\d\d[a-z]?)(?!\w)")
_LATEX = lazy_regex(r"\\[A-Za-z]{0,8}cite[A-Za-z]{0,12}\*?(?:\[[^\]\n]{0,100}\]){0,2}\{(?P<keys>[^{}]{1,300})\}")
_ROLE = lazy_regex(r"(?:\{cite(?::[a-z:]{1,12})?\}|:(?:foot)?cite(?::[a-z:]{1,12})?:)`(?P<keys>[^`]{1,300})`")
_REFERENCE_TAG = lazy_regex(r"<ref(?:\s(?:name|group|follow)\s?=[^<>]{0,200})?\s?/?>", regex.IGNORECASE)
_TEMPLATE = lazy_regex(r"\{\{\s?(?i:cite\s\w{2,20}|citation|sfnp?|harv\w{0,8})\s?\|[^{}]{1,500}\}\}")
_COMMAND = lazy_regex(
    r"\{%-?\s?(?:foot|full)?cite\s(?P<keys>[^%\n]{1,100})%\}|\{\{[<%]\s?cite[pt]?\s(?P<keys>[^{}\n]{1,120})[>%]\}\}"
    r"|#cite\(<(?P<keys>[^<>\n]{1,60})>|\bcite(?:np)?:\[(?P<keys>[^\]\n]{1,200})\]"
    r"|\[cite(?:/[\w/-]{1,20})?:\s?(?P<keys>[^\]\n]{0,100}@[^\]\n]{1,200})\]"
    r"|(?<![\w:\[{])cite[pt]?:&?(?P<keys>\p{L}[\p{L}:_-]{1,30}\d{2,4}[a-z]?(?:,\p{L}[\p{L}:_-]{1,30}\d{2,4}[a-z]?)*)"
)
_KEY = r"(?:\p{Lu}[\p{L}+]{1,20}\d\d[a-z]?|\p{L}{1,21}\p{Ll}(?:1[5-9]|20)\d\d[a-z]?)"
_BRACKETED_KEY = lazy_regex(rf"\[(?P<keys>{_KEY}(?:[,;]\s?{_KEY}){{0,9}})\](?![(\[:\w])")
_PAGE = lazy_regex(r"(?<!\])\[\[(?P<keys>[^\[\]|#\n/]{2,60})(?:\|[^\[\]\n]{0,80})?\]\](?!\()")
_BIBLIOGRAPHY = lazy_regex(
    r"^(?:bibliography|csl|nocite)\s?:|^#\+bibliography:|^:{3,}\s?\{#refs|^\[bibliography\]|^\.\. bibliography::"
    r"|\\(?:bibliography|addbibresource|printbibliography|bibitem)\b|#bibliography\(|\{bibliography\}"
    r"|\{\{reflist|<references\b|\{%-?\s?bibliography",
    regex.MULTILINE | regex.IGNORECASE,
)
_DECLARING = ("ibliography", "IBLIOGRAPHY", "csl", "nocite", "refs", "bibresource", "bibitem", "reflist", "<references")
_PLACEHOLDERS = frozenset("key keys citekey cite-key citation foo bar baz label name id ref xxx ... …".split())
_YEAR_KEY = lazy_regex(r"\p{L}\S{0,60}(?:1[5-9]|20)\d\d[a-z]?")
_ENUMERATES = lazy_regex(rf"(?:[,;:，；：、]|\b(?:{words_of('joining.and', 'joining.or').pattern}))\s\Z")
_SOURCE = words_of("labels.nouns").spaced
_ANCHOR = lazy_regex(rf"#(?:user-content-)?_?(?:foot|end|fn|ftn|edn|note|cite|bib|src|{_SOURCE})", regex.IGNORECASE)
_LETTERED = lazy_regex(r"\[(?P<keys>\p{L}[^\[\]\n]{0,40})\]\(#[^()\s]{1,80}\)")
_FORM = lazy_regex(r"\d+")
_LETTERS = lazy_regex(r"\p{L}{4,}")
_WORDS = lazy_regex(r"[\p{L}\d][\p{L}\d:_-]{3,40}(?<!:)")


def _parenthesised(chain: Chain) -> list[Use]:
    """Numbers in parentheses that a list has: not of something else, `Table (2)`, nor of the parts of a sentence."""
    found = _written(_PARENTHESISED, "(", "（", numbered=True)(chain)
    before = [chain.text[max(0, use.span.start - 16) : use.span.start] for use in found]
    return [
        use
        for use, words in zip(found, before, strict=True)
        if not NAMED.search(words) and not (_ENUMERATES.search(words) and not chain.closing([use]))
    ]


def _pandoc(chain: Chain) -> list[Use]:
    """Keys in brackets, `[@lund2021, p. 3]`; those in the text, `@lund2021`, only where there is a bibliography."""
    if "@" not in chain.text or chain.layout.citations or chain.layout.bibliographies:
        return []  # or they are read
    patterns = (_PANDOC, _TEXTUAL_KEY) if chain.declared else (_PANDOC,)
    spans = sorted(
        Span(match.start("opening"), match.end()) for each in patterns for match in each.finditer(chain.text)
    )
    found = (Use(span, tuple(_PANDOC_KEY.findall(span.of(chain.text)))) for span in spans if chain.says(span.start))
    return [use for use in found if use.labels]


def _bare(chain: Chain) -> list[Use]:
    """Numbers immediately after the stops of sentences, where a list has numbers."""
    return _written(_BARE, "")(chain) if len(chain.numbers) >= _FEWEST else []


def _authors(chain: Chain) -> list[Use]:
    """Names and years of which a list has those entries, where no marker points to it and none are read."""
    read = any(marker.syntax is Syntax.AUTHOR_YEAR for marker in chain.markers)
    if read or not chain.sources or chain.leading or not (listed := dated_names(chain.layout, chain.sources)):
        return []
    found = [Use(*each) for each in author_years(chain.text, listed) if chain.says(each[0].start)]
    named = [use for use in found if use.labels]
    return named if 4 * len(named) >= len(found) else []


def _bracketed(chain: Chain) -> list[Use]:
    """Numbers in brackets where no list has numbers, and nothing is a marker."""
    if chain.numbers or chain.markers or chain.notes:
        return []
    marks = seem_to_cite(chain.text, chain.rejected, headed=bool(chain.sources) or chain.headed)
    return [Use(mark.span, tuple(label for label, _ in mark.labels)) for mark in marks]


def _raised(chain: Chain) -> list[Use]:
    """Raised numbers where no list has numbers, and nothing is a marker."""
    if chain.numbers or chain.markers or chain.notes:
        return []
    marks = seem_raised(chain.text, chain.rejected)
    return [Use(mark.span, tuple(label for label, _ in mark.labels)) for mark in marks]


def _lettered(chain: Chain) -> list[Use]:
    """Links whose text is a label that is listed, or one like it: `[S1](#sources)`."""
    forms = {_FORM.sub("", label) for label in chain.labels - chain.numbers}
    if not forms or chain.leading or "](#" not in chain.text:
        return []
    found = (match for match in _LETTERED.finditer(chain.text) if chain.shows(match.start()))
    return [
        Use(Span(*match.span()), (match["keys"],), Span(*match.span("keys")))
        for match in found
        if _FORM.sub("", match["keys"]) in forms
    ]


def _linked(chain: Chain) -> list[Use]:
    """Markers that point to an entry of the same document, where no entry is read."""
    if chain.labels or chain.notes:
        return []
    marked = (marker for marker in chain.markers if marker.address and _ANCHOR.match(marker.address))
    return [Use(marker.span, marker.labels) for marker in marked]


# Evidence ---------------------------------------------------------------------------------------------------

_FEWEST: Final = 2  # uses or labels; one may be chance
_FEW: Final = 3  # labels, where numbers represent many things
_SHORT: Final = 5  # entries of a list of which two that are named are many


def _distinct(uses: Sequence[Use]) -> set[str]:
    return {label for use in uses for label in use.labels}


def _names_list(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether uses name several entries of a list to which no marker leads, and mostly such as it has."""
    listed = [label for use in uses for label in use.labels if label in chain.numbers]
    mostly = 2 * len(listed) >= sum(len(use.labels) for use in uses)
    return len(uses) > chain.leading and mostly and len(set(listed) - chain.cited) >= _FEWEST


def _covers_list(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether uses name most of a list, which markers do not, and mostly close clauses, in more than one sentence."""
    distinct = len(_distinct(uses) - chain.cited)
    between = chain.text[uses[0].span.start : uses[-1].span.start]
    return (
        len(uses) > chain.leading
        and distinct >= min(_FEW, len(chain.numbers) - len(chain.cited & chain.numbers))
        and 2 * distinct >= len(chain.numbers)
        and 2 * chain.closing(uses) >= len(uses)
        and _SENTENCE_END.search(between) is not None
    )


def _ascends_at_words(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether numbers at words name most of a list in its order, each at a word of its own: no `utf8`, no `step2`."""
    words = {_word_at(chain.text, use.span.start) for use in uses}
    first = list(dict.fromkeys(int(use.labels[0]) for use in uses))
    rising = sum(low < high for low, high in pairwise(first))
    return (
        not chain.leading
        and _covers_list(chain, uses)
        and len(first) >= _FEW
        and first[0] <= 1
        and 4 * rising >= 3 * (len(first) - 1)
        and len(words) >= len(first)
    )


def _word_at(text: str, offset: int) -> str:
    return text[max(0, offset - _LONGEST_WORD) : offset].split()[-1]


def _is_called_so(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether numbers after a word for sources cite: a list has some, or they close sentence after sentence."""
    if len(uses) < _FEWEST or len(uses) <= chain.leading:
        return False
    if chain.numbers:
        return bool(_distinct(uses) & chain.numbers)
    closing = chain.closing(uses)
    return not chain.markers and len(_distinct(uses)) >= _FEWEST and closing >= _FEW and 2 * closing >= len(uses)


def _begins_entries(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether signs that close clauses begin lines, too."""
    begun = {match.start(1): match[1] for match in _CIRCLED_ENTRY.finditer(chain.text)}
    closing = {label for use in uses if use.span.start not in begun for label in use.labels}
    return not chain.markers and len(closing.intersection(begun.values())) >= _FEWEST


def _has_keys(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether keys are of a bibliography: one is declared, or they hold years, or names that a list has."""
    keys = {key.casefold() for key in _distinct(uses)} - _PLACEHOLDERS
    return bool(keys) if chain.declared else sum(_is_key(chain, key) for key in keys) >= _FEWEST


def _is_key(chain: Chain, key: str) -> bool:
    name = _LETTERS.match(key)
    return _YEAR_KEY.fullmatch(key) is not None or (name is not None and name[0] in chain.entries)


def _is_syntax(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether what can only be meant for a program that cites is there more than once, and not for an example."""
    keys = {key.casefold() for key in _distinct(uses)} - _PLACEHOLDERS
    return len(keys) >= (1 if chain.declared else _FEWEST)


def _is_repeated(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether there are several."""
    return len(uses) >= _FEWEST


def _closes_clauses(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether several keys close clauses where nothing is listed and nothing is a marker."""
    bare = not chain.labels and not chain.markers and not chain.notes
    return bare and len(_distinct(uses)) >= _FEW and 2 * chain.closing(uses) >= len(uses)


def _has_pages(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether links to pages are keys that a list has."""
    keys = {key.casefold() for key in _distinct(uses)}
    known = {key for key in keys & chain.entries if _YEAR_KEY.fullmatch(key)}
    return not chain.leading and len(known) >= _FEWEST


def _several(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether several labels are named."""
    return len(_distinct(uses)) >= _FEWEST


def _outnumbers(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether several entries are named, oftener than there are markers, which may be notes."""
    fewest = _FEW if sum(len(listing.listed) for listing in chain.sources) > _SHORT else _FEWEST
    return len(uses) > len(chain.markers) and len(_distinct(uses)) >= fewest


def _has_listed(chain: Chain, uses: Sequence[Use]) -> bool:
    """Whether a list has any of the labels."""
    return len(uses) >= _FEWEST and not chain.labels.isdisjoint(_distinct(uses))


SHAPES: Final = (
    Shape("bare-number", "bare number", _bare, _names_list, syntax=Syntax.BARE),
    Shape("glued-number", "number at a word", _written(_GLUED, "", numbered=True), _ascends_at_words),
    Shape("parenthesised-number", "parenthesised number", _parenthesised, _covers_list, syntax=Syntax.PAREN),
    Shape("odd-bracket", "marked-off number", _written(_ODD, *"{<〔〈⟨(^", numbered=True), _covers_list),
    Shape("called-number", "labelled number", _written(_CALLED, *"[【［(（"), _is_called_so, syntax=Syntax.BRACKET),
    Shape("circled-number", "circled number", _written(_CIRCLED, *"①②❶❷"), _begins_entries),
    Shape("raised-number", "raised number", _raised, _several),
    Shape("bracketed-number", "bracketed number", _bracketed, _several),
    Shape("bracketed-key", "bracketed key", _written(_BRACKETED_KEY, "["), _closes_clauses),
    Shape("author-year", "author–year citation", _authors, _outnumbers),
    Shape("pandoc-key", "citation key", _pandoc, _has_keys),
    Shape("latex-command", "LaTeX command", _written(_LATEX, "\\"), _is_syntax),
    Shape("role", "citation role", _written(_ROLE, "{cite", "cite:"), _is_syntax),
    Shape("command", "citation command", _written(_COMMAND, "cite"), _is_syntax),
    Shape("reference-tag", "reference tag", _written(_REFERENCE_TAG, "</ref>", "</REF>", in_tags=True), _is_repeated),
    Shape("template", "citation template", _written(_TEMPLATE, "{{"), _is_repeated),
    Shape("page-key", "linked page", _written(_PAGE, "[["), _has_pages),
    Shape("linked-label", "linked label", _lettered, _has_listed, syntax=Syntax.BRACKET),
    Shape("linked-number", "linked marker", _linked, _several, read=True),
)
