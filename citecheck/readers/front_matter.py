"""What the front matter of a Markdown document says of its sources: `bibliography`, and `references` in full."""

from __future__ import annotations

from typing import NamedTuple

from citecheck.bibliography.csl import items
from citecheck.bibliography.yaml_nodes import composed, members, scalars, span
from citecheck.model.citations import CITATIONS
from citecheck.model.structure import BibliographyReference, NativeCitation, NativeEntry
from citecheck.readers.keys import uncited_keys
from citecheck.text.patterns import lazy_re
from citecheck.text.spans import Span

_BLOCK = lazy_re(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", 16 | 8)  # DOTALL, MULTILINE
_NAMED = lazy_re(r"(?m)^bibliography:[ \t]*[\"']?([^\s\"'\[\]{},#`]+\.\w+)[\"']?[ \t]*$")
_WORDS = ("bibliography", "references", "nocite")
_ALL = "*"


class FrontMatter(NamedTuple):
    """The bibliographies that a document names, the entries that it lists itself, and what it lists without citing it.

    `everything` is whether that is all there is.
    """

    bibliographies: tuple[BibliographyReference, ...] = ()
    entries: tuple[NativeEntry, ...] = ()
    uncited: tuple[NativeCitation, ...] = ()
    everything: bool = False


def front_matter(text: str) -> FrontMatter:
    """The sources that the front matter of a text mentions; none where it is no YAML that can be read."""
    if not text.startswith("---") or not any(map(text.__contains__, _WORDS)):
        return FrontMatter()
    block = _BLOCK.match(text)
    if block is None or not any(map(block[1].__contains__, _WORDS)):
        return FrontMatter()
    offset = block.start(1)
    node = composed(block[1])
    if node is None:  # R Markdown may have code in it
        named = [Span(*found.span(1)) for found in _NAMED.finditer(text, *block.span(1))]
        return FrontMatter(tuple(BibliographyReference(place.of(text), place) for place in named))
    top = members(node)
    paths = tuple(BibliographyReference(*field) for field in scalars(top.get("bibliography"), offset))
    entries = tuple(
        NativeEntry(item.span, item.key, item.key_span, item.span, CITATIONS, item.record, item.fields)
        for item in items(top.get("references"), offset)
    )
    uncited = uncited_keys(text, span(top["nocite"], offset)) if "nocite" in top else ()
    listed = tuple(each for each in uncited if each.labels[0][0] != _ALL)
    return FrontMatter(paths, entries, listed, everything=listed != uncited)
