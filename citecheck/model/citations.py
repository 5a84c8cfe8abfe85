"""Citations: markers as written, the labels they name, and the key that joins them to sources."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from citecheck.text.patterns import lazy_re
from citecheck.text.spans import Span

_MARKUP = lazy_re(r"<[^<>]*>|\\[A-Za-z@]+\*?")  # tags, and commands of TeX
FOOTNOTES = -1  # the numbering of footnotes, which are beside every numbered list
CITATIONS = -2  # the numbering of entries that a format cites by their keys, wherever these are listed
AUTHORS = -3  # the numbering of entries that a text cites by author and year


class Key(NamedTuple):
    """What a citation and a source agree on: a label, and the numbering it belongs to.

    A document whose sections each restart their list has several numberings; most have one, numbered 0.
    Footnotes have a numbering of their own, `FOOTNOTES`, and so have the keys of a bibliography, `CITATIONS`, and what
    is cited by author and year, `AUTHORS`. The label here is normalised: in one case, without spaces or leading zeros;
    keys stay as they are where their format tells `Knuth` from `knuth`.
    """

    numbering: int
    label: str


class Syntax(StrEnum):
    """How a marker is written."""

    BRACKET = "bracket"  # [1], [1, 3-5], [RFC2119], ［1］
    FOOTNOTE = "footnote"  # [^1], [^note], [^1^]
    LENTICULAR = "lenticular"  # 【1】, 【1†source】
    SUPERSCRIPT = "superscript"  # ¹², ^1^, <sup>1</sup>
    REFERENCE = "reference"  # [1]_, [#note]_
    PAREN = "paren"  # (3), where nothing else cites the list
    BARE = "bare"  # half.3 The, what is left of a superscript where nothing else cites the list
    KEY = "key"  # [@knuth84], \\cite{knuth84}, [Knuth84]_
    AUTHOR_YEAR = "author-year"  # (Lund, 2021), Lund (2021)


LOOSE = frozenset({Syntax.PAREN, Syntax.BARE})  # looks that numbers have too which cite nothing


class Citation(NamedTuple):
    """One marker naming one label, as written.

    `span` is where the label is written, or the range that implies it.
    """

    label: str
    span: Span
    key: Key

    def written(self, text: str) -> Span:
        """Where the label itself is written: in a link, `[text][1]`, at its end."""
        words = self.span.of(text)
        if not words.endswith("]"):
            return self.span
        return Span(self.span.end - len(words.rpartition("[")[2]), self.span.end - 1)


class Range(NamedTuple):
    """A range as written inside a marker, `3-5`: its two ends, and the span from the one to the other."""

    first: int
    last: int
    span: Span


class Marker(NamedTuple):
    """One citation mark in the text, as written.

    `span` includes all of it: the link around a linked marker, the tags of a superscript. `address` is the
    destination of a linked marker.
    """

    text: str
    span: Span
    syntax: Syntax
    citations: tuple[Citation, ...]
    ranges: tuple[Range, ...] = ()
    address: str | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels it names, in the order written, ranges spelled out."""
        return tuple(citation.label for citation in self.citations)

    @property
    def locator(self) -> str:
        """The letters and digits of what it says besides its labels: `p34` of `[2, p. 34]`.

        Nothing for a link, whose address is its own.
        """
        if self.address is not None:
            return ""
        start, pieces = 0, []
        for citation in self.citations:
            pieces.append(self.text[start : citation.span.start - self.span.start])
            start = citation.span.end - self.span.start
        return "".join(filter(str.isalnum, _MARKUP.sub("", "".join([*pieces, self.text[start:]]))))


class Malformed(NamedTuple):
    """Something written where a marker was meant: what is wrong with it, and the one reading, if there is only one.

    `citations` are what it would cite, read so: uses of a source, though not of a marker.
    """

    span: Span
    fault: str
    repair: str | None = None
    citations: tuple[Citation, ...] = ()
