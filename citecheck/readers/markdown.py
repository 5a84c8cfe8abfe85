"""Markdown, as CommonMark and GitHub read it, with footnotes, tables, mathematics and front matter.

The structure comes from pulldown-cmark through pyromark. Its events carry UTF-8 byte ranges; they are
turned into code points once each, by an index.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

import pyromark
import regex

from citecheck.limits import MOST_EVENTS, MOST_FINDINGS, MOST_SIGNS, bounded, few_enough
from citecheck.model.structure import (
    BibliographyReference,
    Block,
    BlockKind,
    Comment,
    Conventions,
    Definition,
    Heading,
    Link,
    Structure,
    blanked,
)
from citecheck.readers import html
from citecheck.readers.addresses import addresses
from citecheck.readers.front_matter import front_matter
from citecheck.readers.keys import key_citations
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet
from citecheck.text.units import ByteIndex

MARKDOWN: Final = pyromark.Markdown(
    options=(
        pyromark.Options.ENABLE_TABLES
        | pyromark.Options.ENABLE_FOOTNOTES
        | pyromark.Options.ENABLE_TASKLISTS
        | pyromark.Options.ENABLE_MATH
        | pyromark.Options.ENABLE_DEFINITION_LIST
        | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
        | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
        | pyromark.Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
    )
)
CONVENTIONS: Final = Conventions(comment="<!-- {} -->", rendered=True, folds_case=False)
_DIRECTIVE = lazy_regex(r"<!--\s*(citecheck(?![a-z]).*?)\s*-->", regex.DOTALL)
_DIRECTIVE_OF_MDX = lazy_regex(r"\{/\*\s*(citecheck(?![a-z])[^\n*]*?)\s*\*/\}")
_TITLE_MARKUP = lazy_regex(r"<[^<>]*>|[*_`]+|\{#[^{}]*\}|\\(?=\W)")
_PROSE = lazy_regex(r"[^\W\d_]{3,} [^\W\d_]{3,}")  # two words in a row: no formula
_EXPRESSION = lazy_regex(r"=\{[^{}\n]{0,1000}+\}|\{/\*[^*]{0,1000}+\*/\}")  # of MDX: `items={[1, 2]}`
_SIGNS = "[]*_`<|$\\!&~\n"  # what the parser keeps something of, each time that it is in a text
_PLAIN = frozenset({"Text", "SoftBreak", "HardBreak", "FootnoteReference"})
_LINKS = frozenset({"Link", "Image"})
_INLINE = _LINKS | {"Emphasis", "Strong", "Strikethrough"}
_BLOCKS = frozenset({"Paragraph", "Heading", "TableCell", "HtmlBlock"})
_CONTAINERS = frozenset({"Item", "BlockQuote", "FootnoteDefinition"})
_span_of = attrgetter("span")
_NUMBER = lazy_regex(r"\[\d{1,4}\]")
_CONTAINER_KINDS = (("FootnoteDefinition", BlockKind.NOTE), ("BlockQuote", BlockKind.QUOTE), ("Item", BlockKind.ITEM))

# The fences about a block, as in Pandoc and MyST, `::: {#refs}` and `:::`; with a title, one is text.
_DIV = lazy_regex(r"^[ \t]*+:{3,}+[ \t]*+(?:\{[^{}\n]*\}|\w[\w-]*+)?+[ \t]*+:*+[ \t]*+$", regex.MULTILINE)
# The fences of a directive of MyST whose body is prose, as a note's is.
_PROSE_DIRECTIVE = lazy_regex(
    r"^(?P<opening>(?P<fence>`{3,})\{(?:note|warning|tip|hint|important|attention|caution|danger|error|seealso|admonition"
    r"|dropdown|topic|sidebar|margin|epigraph|pull-quote|versionadded|versionchanged|deprecated|todo|card|tab-item)\}[^\n]*+)"
    r"\n(?:(?!`{3})[^\n]*+\n)*+(?P<closing>(?P=fence)[ \t]*+$)?",
    regex.MULTILINE,
)
# What opens an admonition or a tab of MkDocs, whose text is indented by four spaces: `!!! note`, `=== "North"`.
_ADMONITIONS = ("!!! ", "??? ", "???+ ", '=== "')
_ADMONITION = lazy_regex(
    r"^([ \t]*+)(?:!!(?=![ ]\w)|\?\?(?=\?\+?[ ]\w)|==(?==[ ]\"))(?=[^\n]*\n(?:[ \t]*+\n)*+\1(?:[ ]{4}|\t))",
    regex.MULTILINE,
)
_MARKED_FENCE = lazy_regex(r"^[ \t]*(?:`{3,}|~{3,})([ \t]+(?:\[[0-9]{1,3}\][ \t]*)++)$", regex.MULTILINE)
# A comment that nothing closes stays, and no other is looked for after it: none could close either.
_CLOSED_COMMENT: Final = lazy_regex(r"<!--(?:.*?-->|.*(*SKIP)(*FAIL))", regex.DOTALL)


def layout(text: str) -> Structure:
    """The layout of a Markdown text whose only line ending is `\\n`."""
    return _Reader(_without_divs(text)).layout()


def bibliographies(text: str) -> tuple[BibliographyReference, ...]:
    """The bibliographies that the front matter names."""
    return front_matter(text).bibliographies


def rendered(text: str) -> str:
    """The text as HTML, without comments and with spaces as browsers see them."""
    html = _CLOSED_COMMENT.sub("", MARKDOWN.html(text))
    return " ".join(html.split()).replace(" <", "<").replace("> ", ">")


class _Reader:
    """One pass over the events of one text; their places are bytes until something is made of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.items: dict[int, int] = {}
        self.code: list[Span] = []
        self.opaque: list[Span] = []
        self.markup = html.Markup()
        self._lists: list[int | None] = []  # the next number of each open list; None for a bulleted one
        self._containers: list[str] = []
        self._open_links: list[tuple[Span, dict[str, Any], bool]] = []
        self._loose: tuple[int, int] | None = None  # text of a tight list item, which has no paragraph: its bytes
        self._in_block = False
        self._structure, self._behind_fences = _closed_fences(_with_items(text))
        encoded = self._structure.encode()
        self._at: Callable[[int], int] | None = None if len(encoded) == len(text) else ByteIndex(encoded).code_point

    def layout(self) -> Structure:
        event: Any
        few_enough(sum(map(self._structure.count, _SIGNS)), "signs of Markdown", MOST_SIGNS)
        events = MARKDOWN.events_with_range(self._structure, merge_text=True)
        for event, place in bounded(events, "parts", MOST_EVENTS):
            if isinstance(event, str):
                kind, value = event, ""
            else:
                ((kind, value),) = event.items()
            if kind == "End":
                self._end(value if isinstance(value, str) else next(iter(value)))
            elif kind == "Start":
                name, details = (value, None) if isinstance(value, str) else next(iter(value.items()))
                self._start(name, details, place)
            elif kind not in _PLAIN:
                self._inline(kind, value, place)
            elif not self._in_block:
                self._extend(place)  # else words, as most events are; their place tells nothing
        if self._behind_fences:
            self.code = [self._before_marks(span) for span in self.code]
        return self._finished()

    def _before_marks(self, code: Span) -> Span:
        """A span of code without the markers after the fence that closes it."""
        place = bisect_left(self._behind_fences, code)
        covered = place < len(self._behind_fences) and code.covers(self._behind_fences[place])
        return Span(code.start, self._behind_fences[place].start) if covered else code

    def _span(self, place: pyromark.event.Range) -> Span:
        at = self._at
        return Span(at(place["start"]), at(place["end"])) if at else Span(place["start"], place["end"])

    def _start(self, name: str, details: Any, place: pyromark.event.Range) -> None:
        if name in _INLINE:
            self._extend(place)
            if name in _LINKS:
                self._open_links.append((self._span(place), details, name == "Image"))
            return
        self._close_loose()
        if name == "Paragraph":
            self._in_block = True
            self.blocks.append(Block(self._kind(), self._span(place)))
        elif name == "List":
            self._lists.append(details)
        elif name == "Item":
            self._containers.append(name)
            number = self._lists[-1]
            if number is not None:
                self.items[self._span(place).start] = number
                self._lists[-1] = number + 1
        elif name in ("BlockQuote", "FootnoteDefinition"):
            self._containers.append(name)
        elif name == "Heading":
            self._in_block = True
            self._heading(int(details["level"][1]), self._span(place))
        elif name == "TableCell":
            self._in_block = True
            self.blocks.append(Block(BlockKind.CELL, self._span(place)))
        elif name in ("CodeBlock", "MetadataBlock"):
            self.code.append(self._span(place))
        elif name == "HtmlBlock":
            self._in_block = True
            span = self._span(place)
            self.blocks.append(Block(BlockKind.PARAGRAPH, span))
            self.markup.read(self.text, span)

    def _heading(self, level: int, span: Span) -> None:
        title = self.text[span.start : span.end].strip("\n #").split("\n")[0]
        self.headings.append(Heading(span, level, _TITLE_MARKUP.sub("", title).strip()))

    def _end(self, name: str) -> None:
        if name in _BLOCKS:
            self._in_block = False
        elif name in _LINKS:
            self._link(*self._open_links.pop())
        elif name == "List":
            self._close_loose()
            self._lists.pop()
        elif name in _CONTAINERS:
            self._close_loose()
            self._containers.pop()

    def _inline(self, kind: str, value: str, place: pyromark.event.Range) -> None:
        if kind == "InlineHtml":
            self.markup.read(self.text, self._span(place))
        elif kind == "Code" or kind == "DisplayMath":
            self.code.append(self._span(place))
        elif kind == "InlineMath" and self._formula(value, span := self._span(place)):
            self.code.append(span)
        self._extend(place)

    def _formula(self, formula: str, span: Span) -> bool:
        """Whether dollars enclose mathematics, rather than two sums of money: `US$5 [1] and B$6`."""
        before, after = self.text[span.start - 1 : span.start], self.text[span.end : span.end + 1]
        return not (before.isalnum() or after.isalnum() or ("\\" not in formula and _PROSE.search(formula)))

    def _kind(self) -> BlockKind:
        if self._containers:
            for name, kind in _CONTAINER_KINDS:
                if name in self._containers:
                    return kind
        return BlockKind.PARAGRAPH

    def _extend(self, place: pyromark.event.Range) -> None:
        if not self._in_block and self._containers and self._containers[-1] == "Item":
            start, end = self._loose or (place["start"], 0)
            self._loose = start, max(end, place["end"])  # the text of a link comes after all of it

    def _close_loose(self) -> None:
        if self._loose:
            start, end = self._loose
            self.blocks.append(Block(self._kind(), self._span({"start": start, "end": end})))
            self._loose = None

    def _link(self, span: Span, details: dict[str, Any], image: bool) -> None:
        kind, address = details["link_type"], details["dest_url"]
        if kind in ("Autolink", "Email"):
            self.opaque.append(span)
            return
        own = kind == "Inline"
        if image:
            if own or kind == "Reference":
                self.opaque.append(span)
                if not own:
                    self.links.append(Link(span, span, address, details["id"]))  # a picture uses its definition, too
                return
            span = Span(span.start + 1, span.end)  # `a day![4]` is an exclamation, with a marker after it
        text = Span(span.start, self._closing(span, kind))
        self.links.append(Link(span, Span(text.start + 1, text.end - 1), address, None if own else details["id"]))
        two_markers = (
            kind == "Reference" and _NUMBER.match(self.text, text.start) and details["id"] not in text.of(self.text)
        )
        if not two_markers:  # `[1][2]` is; `[1][1]` is one, with its definition named
            self.opaque.append(Span(text.end, span.end))

    def _closing(self, span: Span, kind: str) -> int:
        """Where the text of a link ends, its closing bracket included."""
        if kind == "Shortcut":
            return span.end
        opening = "(" if kind == "Inline" else "["
        depth, place = 0, span.start
        while place < span.end:
            character = self.text[place]
            if character == "\\":
                place += 1
            elif character == "[":
                depth += 1
            elif character == "]":
                depth -= 1
                if not depth and self.text[place + 1 : place + 2] == opening:
                    return place + 1
            place += 1
        return self.text.rfind("](" if kind == "Inline" else "][", span.start, span.end) + 1

    def _finished(self) -> Structure:
        text, tags = self.text, self.markup.tags
        front = front_matter(text)
        code = SpanSet([*self.code, *self.markup.code, *html.comments(text, tags)])
        for level, span in self.markup.headings:
            self._heading(level, span)
        definitions = self._definitions()
        defining = [definition.span for definition in definitions]
        opaque = SpanSet([*self.opaque, *code, *tags, *addresses(text), *defining])
        scripts = [Span(*found.span()) for found in _EXPRESSION.finditer(text)] if "{" in text else ()
        return Structure(
            conventions=CONVENTIONS,
            text=text,
            blocks=tuple(sorted(self.blocks, key=_span_of)),
            headings=tuple(sorted(self.headings, key=_span_of)),
            opaque=SpanSet([*opaque, *scripts]) if scripts else opaque,
            code=code,
            verbatim=code,
            hidden=SpanSet(self.markup.hidden),
            links=tuple(sorted(self.links, key=_span_of)),
            definitions=definitions,
            items=self.items,
            comments=self._comments(code),
            citations=(*front.uncited, *key_citations(text, opaque, self.links)),
            entries=front.entries,
            bibliographies=front.bibliographies,
            everything=front.everything,
        )

    def _definitions(self) -> tuple[Definition, ...]:
        if "]:" not in self.text:
            return ()
        found = MARKDOWN.reference_definitions(self._structure)
        return tuple(
            Definition(self._span(definition["span"]), label, definition["dest"]) for label, definition in found.items()
        )

    def _comments(self, code: SpanSet) -> tuple[Comment, ...]:
        text = self.text
        if "citecheck" not in text:
            return ()
        starts = {span.start for span in html.comments(text, self.markup.tags)}
        found = [_DIRECTIVE.match(text, start) for start in starts]
        found += [each for each in _DIRECTIVE_OF_MDX.finditer(text) if each.start() not in code]
        comments = [Comment(Span(*each.span()), each[1]) for each in found if each]
        few_enough(len(comments), "ignore comments", MOST_FINDINGS)
        return tuple(sorted(comments))


def _without_divs(text: str) -> str:
    """The text with the fences about its blocks blank: nothing of a sentence or of an entry is there."""
    if "```{" in text:
        fences = (found for found in _PROSE_DIRECTIVE.finditer(text) if found["closing"])
        text = blanked(text, [Span(*found.span(name)) for found in fences for name in ("opening", "closing")])
    return blanked(text, [Span(*found.span()) for found in _DIV.finditer(text)]) if ":::" in text else text


def _with_items(text: str) -> str:
    """The text with admonitions and tabs as items of a list, so that their indented text is not read as code."""
    return _ADMONITION.sub(r"\1* ", text) if any(map(text.__contains__, _ADMONITIONS)) else text


def _closed_fences(text: str) -> tuple[str, list[Span]]:
    """The text with the markers after a fence blank, and their places.

    CommonMark takes the line "``` [3]" for no closing fence, and all that follows for code; anyone who cited
    the source of a listing there did not mean that.
    """
    if ("`" not in text or "``" not in text) and ("~" not in text or "~~~" not in text):
        return text, []
    marks = [Span(*found.span(1)) for found in _MARKED_FENCE.finditer(text)]
    return blanked(text, marks), marks
