"""A document as citecheck understands it: claims, markers, citations, sources, and the joins between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

from citecheck.patterns import plain
from citecheck.text import LineIndex, Span, SpanSet

_TAG = plain(r"<[^<>]*>")
FOOTNOTES = -1  # the numbering of footnotes, which stand beside every numbered list


class Key(NamedTuple):
    """What a citation and a source agree on: a label, and the numbering it belongs to.

    A document whose sections each restart their list has several numberings; most have one, numbered 0.
    Footnotes have a numbering of their own, `FOOTNOTES`. The label here is normalised: in one case, without
    spaces or leading zeros.
    """

    numbering: int
    label: str


class Syntax(StrEnum):
    """How a marker is written."""

    BRACKET = "bracket"  # [1], [1, 3-5], [RFC2119], ［1］
    FOOTNOTE = "footnote"  # [^1], [^note], [^1^]
    LENTICULAR = "lenticular"  # 【1】, 【1†source】
    SUPERSCRIPT = "superscript"  # ¹², ^1^, <sup>1</sup>


class Citation(NamedTuple):
    """One marker naming one label, as written.

    `span` is where the label is written, or the range that implies it.
    """

    label: str
    span: Span
    key: Key


class Range(NamedTuple):
    """A range as written inside a marker, `3-5`: its two ends, and the span from the one to the other."""

    first: int
    last: int
    span: Span


class Marker(NamedTuple):
    """One citation mark in the text, as written.

    `span` takes in all of it: the link around a linked marker, the tags of a superscript. `address` is the
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
        return "".join(filter(str.isalnum, _TAG.sub("", "".join([*pieces, self.text[start:]]))))


class Malformed(NamedTuple):
    """Something written where a marker was meant: what is wrong with it, and the one reading, if there is only one.

    `citations` are what it would cite, read so: uses of a source, though not of a marker.
    """

    span: Span
    fault: str
    repair: str | None = None
    citations: tuple[Citation, ...] = ()


class Field(NamedTuple):
    """One thing that an entry tells of its source: what it says, and where in the document."""

    value: str
    span: Span


class Names(NamedTuple):
    """Who wrote what, and where it stands; a `container` is a journal, site, newspaper or book with parts."""

    title: Field | None = None
    author: Field | None = None
    container: Field | None = None
    publisher: Field | None = None


class Dates(NamedTuple):
    """When a source was published, and when a reader looked.

    Dates are ISO 8601, as far as they are written (`2023-03`), with the season and the `/` of a range as in EDTF
    (`2020-21`, `2019/2021`); they may be no day of any calendar (`2023-02-31`).
    """

    date: Field | None = None
    accessed: Field | None = None


class Reading(Protocol):
    """Reads the words of an entry, part by part."""

    def names(self) -> Names:
        """Who wrote what."""

    def dates(self) -> Dates:
        """When."""

    def urls(self) -> tuple[Field, ...]:
        """The addresses, as written, sound or not."""

    def identifiers(self) -> Mapping[str, Field]:
        """The first DOI, ISBN, ISSN, arXiv id, PMID and PMCID, under these names in lower case, as written."""


class Record:
    """What could be read from a source's own words; None where nothing could be read. Never invented.

    Each part is read when somebody asks for it: most checks ask for few.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @cached_property
    def urls(self) -> tuple[Field, ...]:
        """The addresses."""
        return self._reading.urls()

    @property
    def url(self) -> Field | None:
        """The first address."""
        return self.urls[0] if self.urls else None

    @cached_property
    def _names(self) -> Names:
        return self._reading.names()

    @cached_property
    def _dates(self) -> Dates:
        return self._reading.dates()

    @cached_property
    def _identifiers(self) -> Mapping[str, Field]:
        return self._reading.identifiers()

    @property
    def title(self) -> Field | None:
        """The title of the work."""
        return self._names.title

    @property
    def author(self) -> Field | None:
        """Who wrote it."""
        return self._names.author

    @property
    def container(self) -> Field | None:
        """The journal, site, newspaper or book that it stands in."""
        return self._names.container

    @property
    def publisher(self) -> Field | None:
        """Who published it."""
        return self._names.publisher

    @property
    def date(self) -> Field | None:
        """When it was published."""
        return self._dates.date

    @property
    def accessed(self) -> Field | None:
        """When a reader looked."""
        return self._dates.accessed

    @property
    def doi(self) -> Field | None:
        """Its DOI."""
        return self._identifiers.get("doi")

    @property
    def isbn(self) -> Field | None:
        """Its ISBN."""
        return self._identifiers.get("isbn")

    @property
    def issn(self) -> Field | None:
        """Its ISSN."""
        return self._identifiers.get("issn")

    @property
    def arxiv(self) -> Field | None:
        """Its arXiv id."""
        return self._identifiers.get("arxiv")

    @property
    def pmid(self) -> Field | None:
        """Its number in PubMed."""
        return self._identifiers.get("pmid")

    @property
    def pmcid(self) -> Field | None:
        """Its number in PubMed Central."""
        return self._identifiers.get("pmcid")

    @property
    def identified(self) -> bool:
        """Whether it carries an address or an identifier."""
        return bool(self.urls or self._identifiers)


FIELDS = (  # of a record, in the order a reader wants them
    *("title", "author", "container", "publisher", "date", "accessed"),
    *("doi", "isbn", "issn", "arxiv", "pmid", "pmcid"),
)


class Source(NamedTuple):
    """One entry of a source list under one label.

    An entry with several labels is several sources of one span. `text` is the entry without its label.
    `label` is None in a list whose entries carry none. `rendered` is the number that Markdown shows for
    an item of an ordered list, where there is one.
    """

    label: str | None
    key: Key | None
    span: Span
    label_span: Span
    text: str
    text_span: Span
    record: Record
    rendered: int | None = None


class ListKind(StrEnum):
    """What manners a source list is held to."""

    NUMBERED = "numbered"  # labelled entries: held to all rules
    FOOTNOTES = "footnotes"  # footnote definitions: remarks perhaps, rather than sources
    READING = "reading"  # further reading: not expected to be cited
    UNLABELLED = "unlabelled"  # entries without a label: nothing can resolve to them


class SourceList(NamedTuple):
    """The entries under one heading, or a run of them without one.

    `heading` is the heading's words, without markup. `numbering` is the number of the numbering its
    labels belong to.
    """

    kind: ListKind
    heading: str | None
    span: Span
    sources: tuple[Source, ...]
    numbering: int = 0

    @property
    def first_label(self) -> str | None:
        """The label of the first entry."""
        return self.sources[0].label if self.sources else None


class Coverage(StrEnum):
    """Which sentences a marker supports besides its own."""

    TRAILING = "trailing"  # those before it in its block: most texts cite once, at a paragraph's end
    SENTENCE = "sentence"  # none
    PARAGRAPH = "paragraph"  # all of its block


class ClaimKind(StrEnum):
    """What a sentence of the body does."""

    STATEMENT = "statement"
    CONCLUSION = "conclusion"  # draws on what was said: `Overall, …`
    REMARK = "remark"  # speaks of the document, its author or its reader: `This report covers …`
    POINTER = "pointer"  # leads elsewhere by links or addresses of its own
    LEAD_IN = "lead-in"  # ends in a colon
    QUESTION = "question"
    QUOTATION = "quotation"  # stands in a block quotation
    CAPTION = "caption"
    METADATA = "metadata"  # author, date, a line of a table of contents


class Claim(NamedTuple):
    """A sentence of the body.

    `markers` stand in it or right behind it; `covering` are those that support it, its own or others of its block.
    `block` counts the blocks of the document, so that claims of one block are known: a paragraph, or a list item.
    """

    text: str
    span: Span
    block: int
    kind: ClaimKind = ClaimKind.STATEMENT
    markers: tuple[Marker, ...] = ()
    covering: tuple[Marker, ...] = ()

    @property
    def wants_citation(self) -> bool:
        """Whether a reader may expect a marker for it: it states something, and leads nowhere by itself."""
        return self.kind is ClaimKind.STATEMENT

    @property
    def covered(self) -> bool:
        """Whether any marker supports it."""
        return bool(self.covering)


class NotUnderstood(NamedTuple):
    """A way of citing that a document seems to use, and that is not read.

    `shape` is its name, `noun` what one of its uses is called; `uses` is how many there are, `span` the first of them,
    `sample` its words, and `labels` all that they name. `read` is whether they are read, and only the list is not that
    they lead to.
    """

    shape: str
    noun: str
    uses: int
    span: Span
    sample: str
    labels: frozenset[str]
    read: bool = False


class Comment(NamedTuple):
    """A comment, or a line of plain text, that might hold a directive: its span, and its words."""

    span: Span
    words: str


class Document(NamedTuple):
    """One text with a format, and all that citecheck knows of it; equal to itself alone, so that it can be looked up.

    `markers` are visible and well formed; `hidden` ones a reader cannot see. `links` are the uses of a
    source by a reference link, `[text][1]`, which are uses but no markers. `cited` and `listed` are the join:
    which citations name a key, which sources are listed under it. `cited` leaves hidden markers out. `verbatim` is
    what the writer set off as code. `outlining` finds the blocks of the body, and `splitting` splits them into claims,
    once they are asked; `doubting` finds what else seems to cite.
    """

    name: str
    format: str
    text: str
    lines: LineIndex
    markers: tuple[Marker, ...]
    hidden: tuple[Marker, ...]
    malformed: tuple[Malformed, ...]
    links: tuple[Citation, ...]
    source_lists: tuple[SourceList, ...]
    outlining: Callable[[], tuple[Span, ...]]
    splitting: Callable[[], tuple[Claim, ...]]
    doubting: Callable[[], tuple[NotUnderstood, ...]]
    headings: tuple[Span, ...]
    comments: tuple[Comment, ...]
    verbatim: SpanSet
    cited: Mapping[Key, tuple[Citation, ...]]
    listed: Mapping[Key, tuple[Source, ...]]

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @property
    def blocks(self) -> tuple[Span, ...]:
        """The runs of the body that claims stand in, in reading order: paragraphs, list items, block quotations."""
        return self.outlining()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The sentences of the body, in reading order."""
        return self.splitting()

    @property
    def listless(self) -> tuple[Marker, ...]:
        """The markers that lead nowhere, as nothing is listed and they have no address.

        Nor has a linked marker of their label. Lenticular markers are what a renderer left behind: they never had a
        list.
        """
        if self.listed:
            return ()
        linked = {citation.key for marker in self.markers if marker.address for citation in marker.citations}
        plain = [one for one in self.markers if not one.address and one.syntax is not Syntax.LENTICULAR]
        return tuple(one for one in plain if any(citation.key not in linked for citation in one.citations))

    @property
    def not_understood(self) -> tuple[NotUnderstood, ...]:
        """The ways of citing that it seems to use and that are not read, that of the most uses first.

        None where a list is plainly missing: that is understood.
        """
        return () if self.listless else self.doubting()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of every visible marker, in reading order."""
        return tuple(citation for marker in self.markers for citation in marker.citations)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of every list, in reading order."""
        return tuple(source for listing in self.source_lists for source in listing.sources)
