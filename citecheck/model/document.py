"""A document as citecheck understands it, and the joins between its citations and its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, NamedTuple, TypeVar

from citecheck.model.author_years import AuthorYears
from citecheck.model.citations import CITATIONS, Citation, Key, Malformed, Marker, Syntax
from citecheck.model.claims import Claim
from citecheck.model.key_spaces import KeySpace
from citecheck.model.outcomes import Verification
from citecheck.model.source_map import SourceMap
from citecheck.model.sources import Source, SourceList
from citecheck.model.structure import Structure
from citecheck.text.lines import LineIndex
from citecheck.text.spans import Span

_Value = TypeVar("_Value")


class NotUnderstood(NamedTuple):
    """A way of citing that a document seems to use, and that is not read.

    `shape` is its name, `noun` what one of its uses is called; `uses` is how many there are, `span` the first of them,
    `sample` its words, and `labels` all that they name. `read` is whether they are read, and only the list is not that
    they point to.
    """

    shape: str
    noun: str
    uses: int
    span: Span
    sample: str
    labels: frozenset[str]
    read: bool = False


@dataclass(frozen=True, eq=False)
class Document:
    """One text with a format, and all that citecheck knows of it; equal to itself alone.

    `structure` is what the format says of the text; `source_map` is where its file has the text, if not as it is.
    `markers` are visible and well formed; `hidden` ones a reader cannot see. `links` are the uses of a source by a
    reference link, `[text][1]`, which are uses but no markers.
    `given` are the keys that the caller lists in place of the document; then no other resolves.
    `cited` and `listed` are the join: which citations name a key, which sources are listed under it. `cited` leaves
    hidden markers out. `keys` are the bibliographies that it is joined with, `elsewhere` what they list,
    `cited_elsewhere` what other documents of its project cite. `author_years` tells how citations by author and year
    were decided, where the document has such. `outlining` finds the
    blocks of the body, and `splitting` splits them into claims, once they are asked; `doubting` finds what else seems
    to cite. `verifications` are what checks against the outside came to, where somebody made them. `derived` is what
    checks have worked out, by `per_document`.
    """

    name: str
    format: str
    text: str
    lines: LineIndex
    structure: Structure
    source_map: SourceMap | None
    markers: tuple[Marker, ...]
    hidden: tuple[Marker, ...]
    malformed: tuple[Malformed, ...]
    links: tuple[Citation, ...]
    source_lists: tuple[SourceList, ...]
    outlining: Callable[[], tuple[Span, ...]]
    splitting: Callable[[], tuple[Claim, ...]]
    doubting: Callable[[], tuple[NotUnderstood, ...]]
    cited: Mapping[Key, tuple[Citation, ...]]
    listed: Mapping[Key, tuple[Source, ...]]
    keys: KeySpace
    elsewhere: frozenset[Key]
    cited_elsewhere: frozenset[Key]
    author_years: AuthorYears | None
    given: frozenset[Key] | None = None
    verifications: tuple[Verification, ...] = ()
    derived: dict[Callable[[Document], Any], Any] = field(init=False, default_factory=dict, repr=False)

    @property
    def raw(self) -> str:
        """The text of its file."""
        return self.source_map.raw if self.source_map else self.text

    def line_of(self, offset: int) -> str:
        """The number of the line that an offset is in, as messages say it: `3`, in a notebook `3 of cell 2`."""
        if self.source_map is None:
            return str(self.lines.position(offset).line)
        cell = self.source_map.cell(Span(offset, offset))
        return f"{cell.start.line} of cell {cell.number}"

    @cached_property
    def blocks(self) -> tuple[Span, ...]:
        """The runs of the body that claims are in, in reading order: paragraphs, list items, block quotations."""
        return self.outlining()

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The sentences of the body, in reading order."""
        return self.splitting()

    def cites(self, key: Key) -> bool:
        """Whether a key is cited, here or in another document of the project."""
        return key in self.cited or key in self.cited_elsewhere

    def settles(self, key: Key) -> bool:
        """Whether this document tells all that is listed in the numbering of a key: a bibliography may be elsewhere.

        What cites by key and lists such entries itself has its list with it, unless its structure tells otherwise.
        """
        if key.numbering != CITATIONS:
            return True
        if not self.keys.complete or self.keys.joined:
            return self.keys.complete
        alone = not self.structure.conventions.keys_elsewhere or self._lists_own_keys
        return self.structure.complete and alone

    @cached_property
    def _lists_own_keys(self) -> bool:
        return all(any(key.numbering == CITATIONS for key in keys) for keys in (self.cited, self.listed))

    def resolves(self, key: Key) -> bool:
        """Whether a key is listed, here or in a bibliography, or may be where nobody has looked."""
        if self.given is not None and key.numbering >= 0:
            return key in self.given
        if key in self.listed or key in self.elsewhere or not self.settles(key):
            return True
        return key.numbering == CITATIONS and key.label.lower() in self.keys.folded

    @property
    def listless(self) -> tuple[Marker, ...]:
        """The markers that lead nowhere, as nothing is listed and they have no address.

        Nor has a linked marker of their label. Lenticular markers are what a renderer left over: they never had a
        list.
        """
        if self.listed or self.given is not None:
            return ()
        linked = {citation.key for marker in self.markers if marker.address for citation in marker.citations}
        plain = [one for one in self.markers if not one.address and one.syntax is not Syntax.LENTICULAR]
        if self.keys.named:
            plain = [one for one in plain if one.syntax is not Syntax.KEY]
        return tuple(
            one
            for one in plain
            if any(citation.key not in linked and self.settles(citation.key) for citation in one.citations)
        )

    @cached_property
    def not_understood(self) -> tuple[NotUnderstood, ...]:
        """The ways of citing that it seems to use and that are not read, that of the most uses first.

        None where a list is plainly missing: that is understood.
        """
        return () if self.listless else self.doubting()

    @cached_property
    def uses(self) -> Mapping[Key, tuple[Citation, ...]]:
        """The citations of markers and links by their keys, in reading order, without what only seems to cite."""
        found: dict[Key, list[Citation]] = {}
        for citation in sorted((*self.citations, *self.links), key=lambda each: each.span):
            found.setdefault(citation.key, []).append(citation)
        return {key: tuple(citations) for key, citations in found.items()}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of every visible marker, in reading order."""
        return tuple(citation for marker in self.markers for citation in marker.citations)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of every list, in reading order."""
        return tuple(source for listing in self.source_lists for source in listing.sources)


def per_document(derive: Callable[[Document], _Value]) -> Callable[[Document], _Value]:
    """Makes a function work once a document: what it derives is kept with the document, and goes with it."""

    @wraps(derive)
    def kept(document: Document) -> _Value:
        if derive not in document.derived:
            document.derived[derive] = derive(document)
        value: _Value = document.derived[derive]
        return value

    return kept
