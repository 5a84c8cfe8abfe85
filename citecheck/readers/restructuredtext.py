"""reStructuredText, as docutils and Sphinx read it: blocks by indentation, explicit markup after `..`, inline markup.

The rules are those of the reStructuredText Markup Specification (docutils 0.21). A line is read once, and what an
indentation closes is known when it is met, so that no text takes more than time in proportion to its length.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import regex

from citecheck.limits import MOST_FINDINGS, MOST_MARKERS, MOST_PARTS, bounded, few_enough
from citecheck.model.citations import CITATIONS, FOOTNOTES, Syntax
from citecheck.model.structure import (
    BibliographyReference,
    Block,
    BlockKind,
    Comment,
    Conventions,
    Definition,
    Heading,
    Link,
    NativeCitation,
    NativeEntry,
    NativeFault,
    Structure,
    blanked,
)
from citecheck.readers.addresses import addresses
from citecheck.readers.keys import role_labels
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

CONVENTIONS: Final = Conventions(comment=".. {}", rendered=True, keys_elsewhere=True, shows_all_notes=True)
_TAB = 8  # columns that docutils takes a tab to be wide

# Blocks ---------------------------------------------------------------------------------------------------------

_SIMPLE = r"(?:(?!_)\w)+(?:[-._+:](?:(?!_)\w)+)*+"  # a simple reference name
_BULLET = lazy_regex(r"[-*+•‣⁃](?:[ \t]+(?=\S)|$)")
_ENUMERATOR = lazy_regex(r"\(?(?:(\d{1,9})|[a-zA-Z]|[ivxlcdm]{1,9}|[IVXLCDM]{1,9}|#)[.)](?:[ \t]+(?=\S)|$)")
_EXPLICIT = lazy_regex(r"\.\.(?:[ \t]+(?=\S)|$)")
_LABELLED = lazy_regex(rf"\[(\d+|\#(?:{_SIMPLE})?|\*|{_SIMPLE})\](?:[ \t]+|$)")
_TARGET = lazy_regex(r"_(?:`(?P<quoted>[^`]+)`|(?P<name>(?:\\.|[^:\\`]|:(?! |$))*)):(?:[ \t]+|$)(?P<address>.*)")
_DIRECTIVE = lazy_regex(rf"(?:\|[^|\n]+\|[ \t]+)?({_SIMPLE})[ \t]?::(?:[ \t]+|$)")
_FIELD = lazy_regex(r":(?![: ])(?:\\.|[^:\\\n]|:(?!\s|$)){1,200}:(?:[ \t]+|$)")
_OPTION = lazy_regex(
    r"(?:-\w|--[\w-]{1,60}|/\w)(?:[ =][\w<>-]{1,60})?(?:, (?:-\w|--[\w-]{1,60})(?:[ =][\w<>-]{1,60})?){0,8}(?:  +|$)"
)
_ADORNMENT = lazy_regex(r"([!-/:-@\[-`{-~])\1*[ \t]*$")
_GRID = lazy_regex(r"\+(?:[-=]+\+)+[ \t]*$")
_COLUMNS = lazy_regex(r"=+(?:[ ]+=+)+[ \t]*$")
_CELL = lazy_regex(r"(?<=\|)[^|\n]*[^|\s][^|\n]*(?=\|)")
_PREAMBLE = lazy_regex(r"(?:[A-Z][\w-]*+:[^\n]*+\n(?:[ \t]+[^\n]*+\n)*+){3,}")  # of a proposal, above all else
# The bar of a line block; the row of a table has another at its end.
_BAR = lazy_regex(r"^[ \t]*+(\|)[ ](?=[^\n]*+(?<!\|[ \t]{0,8})$)", regex.MULTILINE)
_FEWEST_SIGNS = 4  # of an adornment shorter than its title
_DOCTEST = ">>>"
_QUOTING = lazy_regex(r"[!-/:-@\[-`{-~]")

# Directives whose body is no prose; what is not here is read as prose after its options.
_NO_PROSE: Final = frozenset(
    """code code-block sourcecode math raw literalinclude productionlist graphviz digraph graph uml plantuml mermaid
    csv-table include image toctree index contents sectnum highlight default-role role doctest testcode testoutput
    testsetup testcleanup ipython jupyter-execute prompt autosummary automodule autoclass autofunction automethod
    autodata autoexception autoattribute currentmodule module bibliography footbibliography target-notes meta
    tabularcolumns blockdiag seqdiag nwdiag actdiag plot inheritance-diagram program-output click argparse literal
    unicode date title header footer tikz asciinema youtube video embed ifconfig codeauthor sectionauthor
    parsed-literal-code command-output exec swagger openapi httpdomain""".split()
)
# Directives whose first line is prose too; the first line of others is a signature, a path or a name.
_PROSE_TITLE: Final = frozenset(
    """note warning tip hint important attention caution danger error admonition seealso topic sidebar rubric
    versionadded versionchanged deprecated versionremoved epigraph highlights pull-quote compound container centered
    todo glossary hlist only list-table table""".split()
)
_HEADING_DIRECTIVE = "rubric"
_BIBLIOGRAPHY = "bibliography"
# The bibliographies that a directive of sphinxcontrib-bibtex names, and its options that list what nothing cites.
_NAMED = lazy_regex(r"^[ \t]*+\.\.[ \t]++bibliography::(?:[ \t]++([^\s:][^\n]*+))", regex.MULTILINE)
_PATH = lazy_regex(r"\S+")
_WHOLE_LIST = lazy_regex(r"^[ \t]*+:(?:all|notcited|filter):", regex.MULTILINE)
_RUBRIC_LEVEL = 6
_IGNORE = lazy_regex(r"citecheck(?![a-z])")

# Inline markup --------------------------------------------------------------------------------------------------

_LONGEST = 500  # code points of a literal, so that what nothing closes is not looked for to the end of a text
# Before what markup begins with, and after what it ends with: a few signs of ASCII, and all punctuation beyond it.
_BEYOND = r"(?![\x00-\x7f])[\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Pd}\p{Po}]"
_OPEN = r"(?<=^|[\s'\"(\[{<\-/:]|[\p{Ps}\p{Pi}\p{Pf}\p{Pd}\p{Po}](?<![\x00-\x7f]))"
_CLOSE = rf"(?=$|[\s'\")\]}}>\-/:.,;!?\\]|{_BEYOND})"
_NOTE_LABEL = r"\d+|\#" + rf"(?:{_SIMPLE})?" + r"|\*"
_INLINE = lazy_regex(
    rf"""(?P<escaped>\\\[)
    | (?P<literal>``(?=\S)(?:[^`]|`(?!`)){{1,{_LONGEST}}}+``)
    | (?P<role>:[\w.+:-]{{1,60}}:(?=`[^\s`]))
    | (?P<phrase>{_OPEN}`(?=[^\s`]))
    | \[(?P<note>{_NOTE_LABEL})\](?P<gap>\ ?)(?P<tail>__?)(?![\w`])
    | \[(?P<stuck>{_NOTE_LABEL})\]_(?=\w)
    | {_OPEN}\[(?P<citation>{_SIMPLE})\]_(?!_){_CLOSE}
    | (?P<substitution>\|[^|\s][^|\n]*\|__?)
    """,
    regex.VERBOSE | regex.MULTILINE,
)
_OPENED = lazy_regex(rf"{_OPEN}\[")
_CLOSED = lazy_regex(_CLOSE, regex.MULTILINE)
_PHRASE_END = lazy_regex(rf"(?<=[^\s\\])`(?P<refers>__?)?(?P<role>:[\w.+:-]{{1,60}}:)?{_CLOSE}", regex.MULTILINE)
_CITING = lazy_regex(r":(?:foot)?cite\b")
_BRACKETED = lazy_regex(r"\[(\d+)\]")  # the words of a link, or its target, that represent a footnote
_EMBEDDED = lazy_regex(r"(.*?)\s?<([^<>`]+)>$", regex.DOTALL)
_NOTHING = "\\ "  # an escaped space parts markup from words, and is not shown
_NO_ENTRY = "this is a comment or text to reStructuredText, not a footnote"
_SYMBOLS: Final = "*†‡§¶#♠♥♦♣"
# What docutils treats as a comment or for prose, and is meant as an entry: `.. [2]: …`, `.. [3]…`, `..[1] …`.
_MISWRITTEN = lazy_regex(rf"^([ \t]*)\.\.([ \t]*)\[({_NOTE_LABEL})\](:?)([ \t]*)(?=\S)", regex.MULTILINE)


def layout(text: str) -> Structure:
    """The layout of a text whose only line ending is `\\n`."""
    return _Reader(text).layout()


def bibliographies(text: str) -> tuple[BibliographyReference, ...]:
    """The files of entries that directives name."""
    named = _NAMED.finditer(text) if _BIBLIOGRAPHY in text else ()
    paths = (path for found in named for path in _PATH.finditer(text, *found.span(1)))
    return tuple(BibliographyReference(path[0], Span(*path.span()), folds_case=True) for path in paths)


def rendered(text: str) -> str:
    """The text without its comments and the blank lines about them, as readers of the document see it."""
    hidden = SpanSet(_Reader(text).read().comment_spans)
    lines, start = [], 0
    for line in text.split("\n"):
        if start not in hidden and line.strip():
            lines.append(line)
        start += len(line) + 1
    return "\n".join(lines)


class _Line(NamedTuple):
    """A line: where it and its first ink begin, where it ends, and the column of its first ink."""

    start: int
    ink: int
    end: int
    indent: int

    @property
    def blank(self) -> bool:
        return self.ink == self.end


class _Reader:
    """One pass over the lines of one text, and one over the words of its blocks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.comment_spans: list[Span] = []
        self._lines = list(_lines(text))
        self._blocks: list[Block] = []
        self._headings: list[tuple[Span, str, str]] = []  # a whole heading, its adornment, its title
        self._rubrics: list[Heading] = []
        self._code: list[Span] = []
        self._opaque: list[Span] = []
        self._comments: list[Comment] = []
        self._definitions: list[Definition] = []
        self._links: list[Link] = []
        self._items: dict[int, int] = {}
        self._entries: list[tuple[Span, str, Span, Span]] = []
        self._citations: list[NativeCitation] = []
        self._faults: list[NativeFault] = []
        self._everything = False  # whether a bibliography lists what nothing cites, too
        self._note = (0, -1)  # where the body of the last entry ends, and its indentation

    def read(self) -> _Reader:
        """Reads the blocks."""
        place = 0
        if preamble := _PREAMBLE.match(self.text):
            self._opaque.append(Span(*preamble.span()))
            place = preamble[0].count("\n")
        while place < len(self._lines):
            line = self._lines[place]
            place = place + 1 if line.blank else self._block(place)
            few_enough(len(self._blocks), "paragraphs and items", MOST_PARTS)
        return self

    def layout(self) -> Structure:
        self.read()
        entries = self._numbered()
        notes = _Notes(entries, self.text)
        titles = [*(span for span, _, _ in self._headings), *(rubric.span for rubric in self._rubrics)]
        for span in sorted([*(block.span for block in self._blocks), *titles]):
            self._inline(span, notes)
        self._find_miswritten(entries)
        own = [*(native.span for native in self._citations), *(fault.span for fault in self._faults)]
        own += [Span(entry.span.start, entry.text_span.start) for entry in entries]
        bars = [Span(*found.span(1)) for found in _BAR.finditer(self.text)] if "| " in self.text else []
        return Structure(
            conventions=CONVENTIONS,
            text=blanked(self.text, bars),
            blocks=tuple(sorted(self._blocks, key=lambda block: block.span)),
            headings=tuple(self._levelled()),
            opaque=SpanSet([*self._opaque, *self._code, *self.comment_spans, *addresses(self.text), *own]),
            code=SpanSet([*self._code, *self.comment_spans]),
            verbatim=SpanSet([*self._code, *self._opaque]),
            hidden=SpanSet(()),
            links=tuple(sorted(self._links, key=lambda link: link.span)),
            definitions=tuple(self._definitions),
            items=self._items,
            comments=tuple(self._comments),
            citations=tuple(sorted(self._citations, key=lambda native: native.span)),
            entries=tuple(entries),
            faults=tuple(sorted(self._faults, key=lambda fault: fault.span)),
            bibliographies=bibliographies(self.text),
            everything=self._everything,
        )

    # Blocks -----------------------------------------------------------------------------------------------------

    def _block(self, place: int) -> int:
        """Reads the block that begins with a line; returns the place of the line after it."""
        line = self._lines[place]
        start, indent, item = line.ink, line.indent, False
        if after := self._heading(place):
            return after
        while found := _BULLET.match(self.text, start, line.end) or _ENUMERATOR.match(self.text, start, line.end):
            if not item and found.re.groups and found[1]:
                self._items[start] = int(found[1])
            indent += _width(self.text[start : found.end()])
            start, item = found.end(), True
            if start == line.end:
                return place + 1
        if explicit := _EXPLICIT.match(self.text, start, line.end):
            return self._explicit(place, start, explicit.end(), indent)
        if self.text.startswith(_DOCTEST, start):
            return self._until_blank(place, start)
        if not item and _GRID.match(self.text, start, line.end):
            return self._grid(place)
        if not item and _COLUMNS.match(self.text, start, line.end) and (after := self._columns(place)):
            return after
        if field := _FIELD.match(self.text, start, line.end):
            self._opaque.append(Span(start, field.end()))
            start, indent, item = field.end(), indent + 1, True
            if start == line.end:
                return place + 1
        elif option := _OPTION.match(self.text, start, line.end):
            self._opaque.append(Span(start, option.end()))
        return self._paragraph(place, start, indent, item=item)

    def _paragraph(self, place: int, start: int, indent: int, *, item: bool) -> int:
        """Reads lines to the next blank one, or to where other markup begins, and what is quoted literally below."""
        last = place
        while last + 1 < len(self._lines) and not self._breaks(last + 1, indent):
            last += 1
        end = self._lines[last].end
        self._blocks.append(Block(self._kind(start, indent, item=item), Span(start, end)))
        if not self.text[start:end].rstrip().endswith("::"):
            return last + 1
        return self._literal(last + 1, self._lines[last].indent if last > place else indent)

    def _breaks(self, place: int, column: int) -> bool:
        """Whether a paragraph ends before a line: it is blank, or further left than the paragraph's text is."""
        line = self._lines[place]
        return line.blank or line.indent < column

    def _kind(self, start: int, indent: int, *, item: bool) -> BlockKind:
        end, margin = self._note
        if start < end and indent > margin:
            return BlockKind.NOTE
        return BlockKind.ITEM if item else BlockKind.PARAGRAPH

    def _literal(self, place: int, indent: int) -> int:
        """Reads a literal block, indented or quoted, if one is there."""
        first = next((each for each in range(place, len(self._lines)) if not self._lines[each].blank), None)
        if first is None:
            return place
        line = self._lines[first]
        if line.indent > indent:
            last = self._last_deeper(first, indent)
            self._code.append(Span(line.start, self._lines[last].end))
            return last + 1
        if line.indent == indent and first > place and _QUOTING.match(self.text, line.ink):
            sign = self.text[line.ink]
            last = first
            while last + 1 < len(self._lines) and self.text.startswith(sign, self._lines[last + 1].ink):
                last += 1
            self._code.append(Span(line.start, self._lines[last].end))
            return last + 1
        return place

    def _last_deeper(self, place: int, indent: int) -> int:
        """The last line with ink of those after a place that are deeper than an indentation; the place, if none."""
        last = place
        for each in range(place + 1, len(self._lines)):
            line = self._lines[each]
            if line.blank:
                continue
            if line.indent <= indent:
                break
            last = each
        return last

    def _until_blank(self, place: int, start: int) -> int:
        last = place
        while last + 1 < len(self._lines) and not self._lines[last + 1].blank:
            last += 1
        self._code.append(Span(start, self._lines[last].end))
        return last + 1

    def _heading(self, place: int) -> int | None:
        """Reads a title with its adornment, or a transition; the place after it, None where there is neither."""
        line = self._lines[place]
        below = self._lines[place + 1] if place + 1 < len(self._lines) else None
        if line.indent or _EXPLICIT.match(self.text, line.ink, line.end):
            return None
        if over := _ADORNMENT.match(self.text, line.ink, line.end):
            third = self._lines[place + 2] if place + 2 < len(self._lines) else None
            if below and third and not below.blank and self._same(line, third):
                title = self.text[below.ink : below.end].rstrip()
                self._headings.append((Span(line.start, third.end), f"{over[1]}{over[1]}", title))
                return place + 3
            if (below is None or below.blank) and line.end - line.ink >= _FEWEST_SIGNS:
                return place + 1
        if below is None or below.blank or below.indent:
            return None
        under = _ADORNMENT.match(self.text, below.ink, below.end)
        title = self.text[line.ink : line.end].rstrip()
        length = len(self.text[below.ink : below.end].rstrip())
        if under is None or (length < len(title) and length < _FEWEST_SIGNS):
            return None
        self._headings.append((Span(line.start, below.end), under[1], title))
        return place + 2

    def _same(self, one: _Line, other: _Line) -> bool:
        return self.text[one.ink : one.end].rstrip() == self.text[other.ink : other.end].rstrip()

    def _levelled(self) -> Iterator[Heading]:
        """The headings, each adornment on the level at which it is met first."""
        levels: dict[str, int] = {}
        titled = [
            Heading(span, levels.setdefault(adornment, len(levels) + 1), title)
            for span, adornment, title in sorted(self._headings)
        ]
        yield from sorted([*titled, *self._rubrics], key=lambda heading: heading.span)

    def _grid(self, place: int) -> int:
        last = place
        while last + 1 < len(self._lines) and self.text[self._lines[last + 1].ink : self._lines[last + 1].end][:1] in (
            "+",
            "|",
        ):
            last += 1
        for line in self._lines[place : last + 1]:
            for cell in _CELL.finditer(self.text, line.ink, line.end):
                self._blocks.append(Block(BlockKind.CELL, Span(*cell.span())))
        return last + 1

    def _columns(self, place: int) -> int | None:
        """Reads a simple table, to a border with a blank line below; a row is a block. None where none closes it."""
        closing = bisect_right(self._borders, place)
        if closing == len(self._borders):
            return None
        last = self._borders[closing]
        for line in self._lines[place:last]:
            if not line.blank and not _COLUMNS.match(self.text, line.ink, line.end):
                self._blocks.append(Block(BlockKind.CELL, Span(line.ink, line.end)))
        return last + 1

    @cached_property
    def _borders(self) -> list[int]:
        """The places of the lines that may close a simple table: borders with a blank line below."""
        return [
            place
            for place, line in enumerate(self._lines)
            if _COLUMNS.match(self.text, line.ink, line.end)
            and (place + 1 == len(self._lines) or self._lines[place + 1].blank)
        ]

    # Explicit markup --------------------------------------------------------------------------------------------

    def _explicit(self, place: int, start: int, inner: int, indent: int) -> int:
        """Reads a footnote, a citation, a target, a directive or a comment that begins with `..`."""
        line = self._lines[place]
        last = self._last_deeper(place, indent)
        whole = Span(start, self._lines[last].end)
        if labelled := _LABELLED.match(self.text, inner, line.end):
            label = Span(*labelled.span(1))
            self._entries.append((whole, labelled[1], label, Span(labelled.end(), whole.end)))
            self._note = (whole.end, indent)
            if labelled.end() == line.end:
                return place + 1
            return self._paragraph(place, labelled.end(), indent + 1, item=True)
        if directive := _DIRECTIVE.match(self.text, inner, line.end):
            return self._directive(place, last, directive, indent)
        if self.text.startswith("_", inner):
            self._target(Span(inner, whole.end))
            return last + 1
        words = self.text[inner : whole.end].strip()
        if _IGNORE.match(words):
            few_enough(len(self._comments), "ignore comments", MOST_FINDINGS)
            self._comments.append(Comment(whole, words))
        if inner == line.end and self._lines[min(place + 1, len(self._lines) - 1)].blank:
            return place + 1  # an empty comment ends what is above, and includes nothing
        self.comment_spans.append(whole)
        return last + 1

    def _target(self, span: Span) -> None:
        """A hyperlink target, `.. _name: address`; of a number in brackets, `` `[1]`_ ``, it is what is cited."""
        self._opaque.append(span)
        found = _TARGET.match(self.text, span.start, span.end)
        if found:
            name = (found["quoted"] or found["name"] or "").strip()
            if label := _BRACKETED.fullmatch(name):
                at = self.text.index(label[1], span.start)
                self._entries.append((span, label[1], Span(at, at + len(label[1])), Span(*found.span("address"))))
            self._definitions.append(Definition(span, name, found["address"].strip()))

    def _directive(self, place: int, last: int, found: regex.Match[str], indent: int) -> int:
        name = found[1].lower()
        line = self._lines[place]
        if name == _BIBLIOGRAPHY:
            words = Span(found.end(), self._lines[last].end).of(self.text)
            self._everything |= _WHOLE_LIST.search(words) is not None
        if name in _NO_PROSE or name.startswith(("auto", "code-")):
            self._code.append(Span(line.ink, self._lines[last].end))
            return last + 1
        title = Span(found.end(), line.end)
        self._opaque.append(Span(line.ink, found.end()))
        if name == _HEADING_DIRECTIVE:
            self._rubrics.append(Heading(Span(line.start, line.end), _RUBRIC_LEVEL, title.of(self.text).strip()))
        elif name == "parsed-literal":
            self._blocks.append(Block(BlockKind.PARAGRAPH, Span(found.end(), self._lines[last].end)))
            return last + 1
        elif name in _PROSE_TITLE:
            if title.of(self.text).strip():
                return self._paragraph(place, title.start, indent + 1, item=True)
        else:
            self._opaque.append(title)
        place += 1
        while place <= last and _FIELD.match(self.text, self._lines[place].ink, self._lines[place].end):
            self._opaque.append(Span(self._lines[place].ink, self._lines[place].end))
            place += 1
        return place

    # Notes ------------------------------------------------------------------------------------------------------

    def _numbered(self) -> list[NativeEntry]:
        """The entries, those that docutils numbers by itself with their numbers: the free ones, in order."""
        given = {label for _, label, _, _ in self._entries}
        free = (str(number) for number in range(1, len(self._entries) + len(given) + 2) if str(number) not in given)
        symbols = iter(_symbols(len(self._entries)))
        found: list[NativeEntry] = []
        for span, written, label_span, text_span in self._entries:
            numbering = FOOTNOTES if written[0] in "#*" or written.isdecimal() else CITATIONS
            label = written
            if written.startswith("#"):
                number = next(free)
                label = written[1:] or number
            elif written == "*":
                label = next(symbols)
            text = self.text[text_span.start : text_span.end]
            words = Span(text_span.start + len(text) - len(text.lstrip()), text_span.end)
            found.append(NativeEntry(span, label, label_span, words if text.strip() else text_span, numbering))
        return found

    def _find_miswritten(self, entries: Sequence[NativeEntry]) -> None:
        """Lines that are meant as entries of a document that has some, or cites one of that number."""
        listed = {entry.label for entry in entries}
        cited = {label for native in self._citations for label, _ in native.labels}
        taken = SpanSet(entry.span for entry in entries)
        code = SpanSet(self._code)
        for found in bounded(_MISWRITTEN.finditer(self.text), "entries", MOST_FINDINGS):
            label = found[3].lstrip("#") or found[3]
            start = found.start() + len(found[1])
            if start in taken or start in code or label in listed or label not in cited:
                continue
            repair = f".. [{found[3]}] "
            if found[0] == found[1] + repair:  # in a paragraph, for want of a blank line
                repair = f"\n{found[1]}{repair}"
            self._faults.append(NativeFault(Span(start, found.end()), _NO_ENTRY, repair))

    # Inline markup ----------------------------------------------------------------------------------------------

    def _inline(self, span: Span, notes: _Notes) -> None:
        offset = span.start
        while found := _INLINE.search(self.text, offset, span.end):
            offset = found.end()
            if found["literal"] or found["substitution"]:
                self._opaque.append(Span(*found.span()))
            elif found["phrase"] or found["role"]:
                offset = self._phrase(found, span.end, notes)
            elif found["citation"]:
                place = Span(*found.span("citation"))
                self._cite(Span(*found.span()), found["citation"], place, notes)
            elif found["note"] or found["stuck"]:
                self._note_reference(found, notes)
            few_enough(len(self._citations), "brackets and superscript numbers that may be markers", MOST_MARKERS)

    def _phrase(self, found: regex.Match[str], limit: int, notes: _Notes) -> int:
        """A phrase in backticks: a link with its address in it, a link to a target, or interpreted text.

        Returns where it ends; where nothing closes it, after its beginning.
        """
        opened = found.end() if found["phrase"] else found.end() + 1
        following = bisect_right(self._phrase_ends, opened, key=lambda end: end.start())
        if following == len(self._phrase_ends) or self._phrase_ends[following].end() > limit:
            return found.end()
        closing = self._phrase_ends[following]
        words, span = Span(opened, closing.start()), Span(found.start(), closing.end())
        embedded = _EMBEDDED.fullmatch(self.text, *words)
        role = found["role"] or closing["role"]
        if role and _CITING.match(role):
            if labels := role_labels(self.text, words):
                self._citations.append(NativeCitation(span, Syntax.KEY, labels, CITATIONS))
            return span.end
        if role or not closing["refers"]:
            self._opaque.append(span)
        elif label := _BRACKETED.fullmatch(self.text, *words):
            self._cite(span, label[1], Span(words.start + 1, words.end - 1), notes)
        elif embedded:
            text = Span(words.start, embedded.end(1))
            self._links.append(Link(span, text, embedded[2]))
            self._opaque.append(Span(text.end, span.end))
        return span.end

    @cached_property
    def _phrase_ends(self) -> list[regex.Match[str]]:
        """Where phrases in backticks may end, in order."""
        return list(bounded(_PHRASE_END.finditer(self.text), "phrases in backticks", MOST_PARTS))

    def _note_reference(self, found: regex.Match[str], notes: _Notes) -> None:
        """A reference to a footnote, `[1]_`; or what is meant as one and is shown as it is written."""
        stuck = found["stuck"] is not None
        label = found["stuck"] or found["note"]
        place = Span(*found.span("stuck" if stuck else "note"))
        span = Span(*found.span())
        opened = _OPENED.match(self.text, span.start, span.end) is not None
        closed = not stuck and _CLOSED.match(self.text, span.end) is not None
        sound = opened and closed and not found["gap"] and found["tail"] == "_"
        if self.text[span.start - 1 : span.start] == "\\" and not sound:
            return
        if sound:
            self._cite(span, label, place, notes)
            return
        if not notes.lists(label):
            return  # `list[1]_x`, `a[2] _b`: nothing says that a note is meant
        before = self.text[span.start - 1 : span.start]
        native = NativeCitation(span, Syntax.REFERENCE, ((notes.name(label), place),), FOOTNOTES)
        parting = "" if opened else " " if before in ".,;:!?" else _NOTHING
        repair = f"{parting}[{label}]_{_NOTHING if stuck else ''}"
        if stuck:
            fault = "a footnote reference needs a space or punctuation after it"
        elif not opened:
            fault = "a footnote reference needs a space before it"
        else:
            fault = "a footnote reference ends in one underscore, immediately after its bracket"
        self._faults.append(NativeFault(span, fault, repair, native))

    def _cite(self, span: Span, label: str, place: Span, notes: _Notes) -> None:
        note = label[0] in "#*" or label.isdecimal()
        name = notes.name(label) if note else label
        syntax = Syntax.REFERENCE if note else Syntax.KEY
        self._citations.append(NativeCitation(span, syntax, ((name, place),), FOOTNOTES if note else CITATIONS))


class _Notes:
    """The footnotes of a text, requested by how references name them, in reading order."""

    def __init__(self, entries: Sequence[NativeEntry], text: str) -> None:
        self._known = {entry.label for entry in entries if entry.numbering == FOOTNOTES}
        self._waiting: Mapping[str, deque[str]] = {
            written: deque(entry.label for entry in entries if entry.label_span.of(text) == written)
            for written in ("#", "*")
        }

    def name(self, label: str) -> str:
        """The label of the footnote that a reference names; anonymous ones are named in their order."""
        if label in self._waiting:
            waiting = self._waiting[label]
            return waiting.popleft() if waiting else label
        return label.removeprefix("#")

    def lists(self, label: str) -> bool:
        """Whether a footnote of that label is there."""
        return bool(self._waiting[label]) if label in self._waiting else label.removeprefix("#") in self._known


def _symbols(count: int) -> list[str]:
    """The labels of footnotes written `[*]`, in order: each symbol once, then each twice, and so on."""
    return [_SYMBOLS[place % len(_SYMBOLS)] * (1 + place // len(_SYMBOLS)) for place in range(count)]


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for words in text.split("\n"):
        ink = len(words) - len(words.lstrip())
        end = max(ink, len(words.rstrip()))
        yield _Line(start, start + ink, start + end, _width(words[:ink]))
        start += len(words) + 1


def _width(space: str) -> int:
    """The columns that the beginning of a line takes."""
    return len(space.expandtabs(_TAB)) if "\t" in space else len(space)
