"""The HTML inside a document: which of it is code, which is hidden, and where its tags are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from citecheck.limits import MOST_PARTS, few_enough
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

TAG = lazy_regex(r"""<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>""")

_VERBATIM = frozenset({"code", "pre", "kbd", "samp", "var", "tt", "script", "style", "math", "svg", "textarea"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_HEADINGS: Final = {**{f"h{level}": level for level in range(1, 7)}, "summary": 7}  # with their levels
_LONGEST_HEADING = 300  # code points, its tags included
_ATTRIBUTE = lazy_regex(r"""([^\s"'=/]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'=]*+))?+|"[^"]*+"|'[^']*+'""")
_HIDING = lazy_regex(r"display\s*:\s*none|visibility\s*:\s*hidden")


class Markup:
    """What tags, read in order, say of the text between them."""

    def __init__(self) -> None:
        self.tags: list[Span] = []
        self.code: list[Span] = []
        self.hidden: list[Span] = []
        self.headings: list[tuple[int, Span]] = []
        self._heading: tuple[str, int] = ("", 0)
        self._verbatim: tuple[str, int] | None = None
        self._hiding: tuple[str, int] | None = None
        self._depth = 0

    def read(self, text: str, span: Span) -> None:
        """Take in the tags and comments within a span of raw HTML; spans come in reading order."""
        for piece in _outside(text, span, self.tags):
            for tag in TAG.finditer(text, piece.start, piece.end):
                self.tags.append(Span(*tag.span()))
                few_enough(len(self.tags), "tags", MOST_PARTS)
                self._take(tag[2].lower(), bool(tag[1]), tag[3], *tag.span())

    def _take(self, name: str, closing: bool, attributes: str, start: int, end: int) -> None:
        if self._verbatim is not None:
            if closing and name == self._verbatim[0]:
                self.code.append(Span(self._verbatim[1], start))
                self._verbatim = None
        elif name in _VERBATIM and not closing:
            self._verbatim = (name, end)
        if name in _HEADINGS and self._verbatim is None:
            if not closing:
                self._heading = (name, start)
            elif name == self._heading[0] and end - self._heading[1] <= _LONGEST_HEADING:
                self.headings.append((_HEADINGS[name], Span(self._heading[1], end)))
        if self._hiding is not None:
            if name == self._hiding[0]:
                self._depth += -1 if closing else 1
                if not self._depth:
                    self.hidden.append(Span(self._hiding[1], start))
                    self._hiding = None
        elif not closing and name not in _VOID and attributes and _hide(attributes):
            self._hiding, self._depth = (name, end), 1


def _hide(attributes: str) -> bool:
    """HTML Living Standard, 15.3.1 "Hidden elements": one of them is `hidden`, or a style that says the same."""
    return any(
        name == "hidden" or (name == "style" and _HIDING.search(value))
        for name, value in _ATTRIBUTE.findall(attributes.lower())
    )


def _outside(text: str, span: Span, comments: list[Span]) -> Iterator[Span]:
    """The parts of a span outside comments, which are added to the list."""
    start = span.start
    while (opened := text.find("<!--", start, span.end)) >= 0:
        yield Span(start, opened)
        closed = text.find("-->", opened + 4, span.end)
        start = closed + 3 if closed >= 0 else span.end
        comments.append(Span(opened, start))
    yield Span(start, span.end)


def comments(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Those of the spans that are comments."""
    return (span for span in spans if text.startswith("<!--", span.start))
