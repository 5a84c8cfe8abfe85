"""Sources: the entries of source lists, and what could be read from each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

from citecheck.model.citations import Key
from citecheck.text.spans import Span


class Field(NamedTuple):
    """One thing that an entry says about its source: what it says, and where in the document."""

    value: str
    span: Span


class Names(NamedTuple):
    """Who wrote what, and where it is; a `container` is a journal, site, newspaper or book with parts."""

    title: Field | None = None
    author: Field | None = None
    container: Field | None = None
    publisher: Field | None = None
    editor: Field | None = None
    place: Field | None = None
    volume: Field | None = None
    issue: Field | None = None
    pages: Field | None = None
    edition: Field | None = None


class Dates(NamedTuple):
    """When a source was published, and when a reader looked.

    Dates are ISO 8601, as far as they are written (`2023-03`), with the season and the `/` of a range as in EDTF
    (`2020-21`, `2019/2021`); they may be no day of any calendar (`2023-02-31`).
    """

    date: Field | None = None
    accessed: Field | None = None


class Evidence(NamedTuple):
    """Why a part of an entry is read as what it is.

    `signals` are what a reader sees there, each with how much more it weighs for what the part is read as than for
    what it would be otherwise; what weighs most comes first.
    """

    text: str
    span: Span
    read_as: str
    otherwise: str
    signals: tuple[tuple[str, int], ...]


class RecordReader(Protocol):
    """Reads the words of an entry, part by part."""

    def names(self) -> Names:
        """Who wrote what."""

    def dates(self) -> Dates:
        """When."""

    def urls(self) -> tuple[Field, ...]:
        """The addresses, as written, sound or not."""

    def identifiers(self) -> Mapping[str, Field]:
        """The first DOI, ISBN, ISSN, arXiv id, PMID and PMCID, under these names in lower case, as written."""

    def evidence(self) -> tuple[Evidence, ...]:
        """Why each part of the words is read as what it is; nothing where a format names the fields."""


class Record:
    """What could be read from a source's own words; None where nothing could be read. Never invented.

    Each part is read when somebody asks for it: most checks ask for few.
    """

    def __init__(self, reading: RecordReader) -> None:
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
        """The journal, site, newspaper or book that it is in."""
        return self._names.container

    @property
    def publisher(self) -> Field | None:
        """Who published it."""
        return self._names.publisher

    @property
    def editor(self) -> Field | None:
        """Who edited or translated it, or what it is in."""
        return self._names.editor

    @property
    def place(self) -> Field | None:
        """Where it was published."""
        return self._names.place

    @property
    def volume(self) -> Field | None:
        """The volume of its container, or its own, as written: `12`, `vol. 12`."""
        return self._names.volume

    @property
    def issue(self) -> Field | None:
        """The issue of its container, as written."""
        return self._names.issue

    @property
    def pages(self) -> Field | None:
        """Its pages, as written."""
        return self._names.pages

    @property
    def edition(self) -> Field | None:
        """Its edition, as written."""
        return self._names.edition

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
    def evidence(self) -> tuple[Evidence, ...]:
        """Why each part of the words is read as what it is; empty where the format names the fields."""
        return self._reading.evidence()

    @property
    def identified(self) -> bool:
        """Whether it carries an address or an identifier."""
        return bool(self.urls or self._identifiers)


FIELDS = (  # of a record, in the order a reader wants them
    *("title", "author", "editor", "container", "publisher", "place", "date", "accessed"),
    *("volume", "issue", "pages", "edition"),
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
    DATABASE = "database"  # entries with named fields, in no order, and not all of them expected to be cited
    AUTHORS = "authors"  # entries that are cited by author and year


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
