"""Markdown, as CommonMark and GitHub read it, with footnotes, tables, mathematics and front matter.

The structure comes from pulldown-cmark through pyromark. Its events carry UTF-8 byte ranges; they are
turned into code points once each, by an index.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyromark
import regex

from citecheck.document import Comment
from citecheck.formats import html
from citecheck.formats.addresses import addresses
from citecheck.formats.layout import Block, BlockKind, Definition, Heading, Layout, Link
from citecheck.patterns import lazy
from citecheck.text import ByteIndex, Span, SpanSet

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_MATH
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    | pyromark.Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
)
_MARKDOWN = pyromark.Markdown(options=_OPTIONS)
_DIRECTIVE = lazy(r"<!--\s*(citecheck:.*?)\s*-->|\{/\*\s*(citecheck:[^\n]*?)\s*\*/\}", regex.DOTALL)
_TITLE_MARKUP = lazy(r"<[^<>]*>|[*_`]+|\{#[^{}]*\}|\\(?=\W)")
_PROSE = lazy(r"[^\W\d_]{3,} [^\W\d_]{3,}")  # two words in a row: no formula
_EXPRESSION = lazy(r"=\{[^{}\n]{0,1000}+\}|\{/\*[^*]{0,1000}+\*/\}")  # of MDX: `items={[1, 2]}`
_PLAIN = frozenset({"Text", "SoftBreak", "HardBreak", "FootnoteReference"})
_NUMBER = lazy(r"\[\d{1,4}\]")
_CONTAINER_KINDS = (("FootnoteDefinition", BlockKind.NOTE), ("BlockQuote", BlockKind.QUOTE), ("Item", BlockKind.ITEM))

_MARKED_FENCE = lazy(r"^[ \t]*(?:`{3,}|~{3,})([ \t]+(?:\[\d{1,3}\][ \t]*)++)$", regex.MULTILINE)


def layout(text: str) -> Layout:
    """The layout of a Markdown text whose only line ending is `\\n`."""
    return _Reader(text).layout()


class _Reader:
    """One pass over the events of one text."""

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
        self._loose: Span | None = None  # text of a tight list item, which has no paragraph of its own
        self._in_block = False

    def layout(self) -> Layout:
        structure, behind_fences = _closed_fences(self.text)
        encoded = structure.encode()
        at: Callable[[int], int] = (
            (lambda offset: offset) if len(encoded) == len(self.text) else ByteIndex(self.text, encoded).code_point
        )
        event: Any
        for event, place in _MARKDOWN.events_with_range(structure, merge_text=True):
            kind, value = (event, "") if isinstance(event, str) else next(iter(event.items()))
            if kind == "End":
                self._end(value if isinstance(value, str) else next(iter(value)))
            elif kind in _PLAIN and self._in_block:
                continue  # most events are words; their place tells nothing
            elif kind == "Start":
                name, details = (value, None) if isinstance(value, str) else next(iter(value.items()))
                self._start(name, details, Span(at(place["start"]), at(place["end"])))
            else:
                self._inline(kind, value, Span(at(place["start"]), at(place["end"])))
        for marks in behind_fences:
            self.code = [Span(span.start, marks.start) if span.covers(marks) else span for span in self.code]
        return self._finished(at)

    def _start(self, name: str, details: Any, span: Span) -> None:
        if name in ("Link", "Image"):
            self._extend(span)
            self._open_links.append((span, details, name == "Image"))
            return
        if name in ("Emphasis", "Strong", "Strikethrough"):
            self._extend(span)
            return
        self._close_loose()
        if name == "List":
            self._lists.append(details)
        elif name == "Item":
            self._containers.append(name)
            number = self._lists[-1]
            if number is not None:
                self.items[span.start] = number
                self._lists[-1] = number + 1
        elif name in ("BlockQuote", "FootnoteDefinition"):
            self._containers.append(name)
        elif name == "Heading":
            self._in_block = True
            title = self.text[span.start : span.end].strip("\n #").split("\n")[0]
            self.headings.append(Heading(span, int(details["level"][1]), _TITLE_MARKUP.sub("", title).strip()))
        elif name == "Paragraph":
            self._in_block = True
            self.blocks.append(Block(self._kind(), span))
        elif name == "TableCell":
            self._in_block = True
            self.blocks.append(Block(BlockKind.CELL, span))
        elif name in ("CodeBlock", "MetadataBlock"):
            self.code.append(span)
        elif name == "HtmlBlock":
            self._in_block = True
            self.blocks.append(Block(BlockKind.PARAGRAPH, span))
            self.markup.read(self.text, span)

    def _end(self, name: str) -> None:
        if name in ("Link", "Image"):
            self._link(*self._open_links.pop())
        elif name in ("Emphasis", "Strong", "Strikethrough"):
            return
        elif name in ("Paragraph", "Heading", "TableCell", "HtmlBlock"):
            self._in_block = False
        elif name == "List":
            self._close_loose()
            self._lists.pop()
        elif name in ("Item", "BlockQuote", "FootnoteDefinition"):
            self._close_loose()
            self._containers.pop()

    def _inline(self, kind: str, value: str, span: Span) -> None:
        if kind == "InlineHtml":
            self.markup.read(self.text, span)
        elif kind == "Code" or kind == "DisplayMath" or (kind == "InlineMath" and self._formula(value, span)):
            self.code.append(span)
        self._extend(span)

    def _formula(self, formula: str, span: Span) -> bool:
        """Whether dollars enclose mathematics, rather than two sums of money: `US$5 [1] and B$6`."""
        before, after = self.text[span.start - 1 : span.start], self.text[span.end : span.end + 1]
        return not (before.isalnum() or after.isalnum() or ("\\" not in formula and _PROSE.search(formula)))

    def _kind(self) -> BlockKind:
        for name, kind in _CONTAINER_KINDS:
            if name in self._containers:
                return kind
        return BlockKind.PARAGRAPH

    def _extend(self, span: Span) -> None:
        if not self._in_block and self._containers and self._containers[-1] == "Item":
            self._loose = Span(self._loose.start if self._loose else span.start, span.end)

    def _close_loose(self) -> None:
        if self._loose:
            self.blocks.append(Block(self._kind(), self._loose))
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
            span = Span(span.start + 1, span.end)  # `a day![4]` is an exclamation, with a marker behind it
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

    def _finished(self, at: Callable[[int], int]) -> Layout:
        code = SpanSet([*self.code, *self.markup.code, *html.comments(self.text, self.markup.tags)])
        definitions = self._definitions(at)
        defining = (definition.span for definition in definitions)
        scripts = (Span(*found.span()) for found in _EXPRESSION.finditer(self.text)) if "{" in self.text else ()
        opaque = [*self.opaque, *scripts, *code, *self.markup.tags, *addresses(self.text), *defining]
        return Layout(
            text=self.text,
            blocks=tuple(sorted(self.blocks, key=lambda block: block.span)),
            headings=tuple(self.headings),
            opaque=SpanSet(opaque),
            code=code,
            verbatim=code,
            hidden=SpanSet(self.markup.hidden),
            links=tuple(sorted(self.links, key=lambda link: link.span)),
            definitions=definitions,
            items=self.items,
            comments=self._comments(code),
        )

    def _definitions(self, at: Callable[[int], int]) -> tuple[Definition, ...]:
        if "]:" not in self.text:
            return ()
        found = _MARKDOWN.reference_definitions(self.text)
        return tuple(
            Definition(Span(at(definition["span"]["start"]), at(definition["span"]["end"])), label, definition["dest"])
            for label, definition in found.items()
        )

    def _comments(self, code: SpanSet) -> tuple[Comment, ...]:
        if "citecheck:" not in self.text:
            return ()
        comments = html.comments(self.text, self.markup.tags)
        starts = {span.start for span in comments}
        return tuple(
            Comment(Span(*found.span()), found[1] or found[2])
            for found in _DIRECTIVE.finditer(self.text)
            if found.start() in starts or (found[2] and found.start() not in code)
        )


def _closed_fences(text: str) -> tuple[str, list[Span]]:
    """The text with the markers behind a fence blank, and their places.

    CommonMark takes the line "``` [3]" for no closing fence, and all that follows for code; whoever cited
    the source of a listing there did not mean that.
    """
    if "``" not in text and "~~~" not in text:
        return text, []
    marks = [Span(*found.span(1)) for found in _MARKED_FENCE.finditer(text)]
    for span in marks:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text, marks
