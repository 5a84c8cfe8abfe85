"""Formats: one file each, from a text to its layout. A further format is one more file and one more row here."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple, cast

from citecheck.limits import MOST_LINES, few_enough
from citecheck.model.source_map import SourceMap
from citecheck.model.structure import BibliographyReference, Structure
from citecheck.text.patterns import lazy_regex


class Format(NamedTuple):
    """A format: its name, the suffixes of its files, and the module that reads it.

    The module has `layout(text)` and, where readers see what is made of the text, `rendered(text)`; where its documents
    name files of entries, `bibliographies(text)`; where more may cite keys than what it treats as a citation,
    `mentions(text)`. Where the file holds the text as data (`mapped`), it has `source_map(raw, name)`. Documents that
    are `joined` share their keys with what they take in, or with others of their project; a `database` has entries
    for others to cite.
    """

    name: str
    suffixes: frozenset[str]
    module: str
    mapped: bool = False
    joined: bool = False
    database: bool = False

    def source_map(self, raw: str, name: str) -> SourceMap | None:
        """Where a file with such a text has the document; None where it is the document.

        Raises UnreadableFile and TooMuch.
        """
        if not self.mapped:
            return None
        find = cast("Callable[[str, str], SourceMap]", import_module(self.module).source_map)
        return find(raw, name)

    def layout(self, text: str) -> Structure:
        """The layout of a text in this format; its module is imported at the first use. Raises TooMuch."""
        read = cast("Callable[[str], Structure]", import_module(self.module).layout)
        text = readable(text)
        few_enough(text.count("\n"), "lines", MOST_LINES)
        return read(text)

    def bibliographies(self, text: str) -> tuple[BibliographyReference, ...]:
        """The files of entries that a text in this format names, found without reading all of it."""
        find = getattr(import_module(self.module), "bibliographies", None)
        return cast("tuple[BibliographyReference, ...]", find(readable(text))) if find else ()

    def mentions(self, text: str) -> frozenset[str]:
        """What may be a key that a text in this format cites, besides what its layout says."""
        find = getattr(import_module(self.module), "mentions", None)
        return cast("frozenset[str]", find(readable(text))) if find else frozenset()

    def rendered(self, text: str) -> str:
        """What readers of a text see, comments aside: two texts that are shown alike give the same."""
        show = cast("Callable[[str], str]", import_module(self.module).rendered)
        return show(text)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "markdown": Format(
            "markdown",
            frozenset({".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".mdx"}),
            "citecheck.readers.markdown",
        ),
        "bibtex": Format("bibtex", frozenset({".bib", ".bibtex"}), "citecheck.readers.bibtex", database=True),
        "latex": Format("latex", frozenset({".tex", ".ltx", ".latex"}), "citecheck.readers.latex", joined=True),
        "notebook": Format("notebook", frozenset({".ipynb"}), "citecheck.readers.notebook", mapped=True),
        "rst": Format("rst", frozenset({".rst", ".rest"}), "citecheck.readers.restructuredtext", joined=True),
        "text": Format("text", frozenset({".txt", ".text", ""}), "citecheck.readers.plain_text"),
    }
)

_BY_SUFFIX = {suffix: name for name, known in FORMATS.items() for suffix in known.suffixes}
_SEPARATORS = "\x1c\x1d\x1e\x1f"  # of files, groups, records, units: spaces to Python's strings, none to patterns
_SEPARATORS_AS_SPACES = dict.fromkeys(map(ord, _SEPARATORS), " ")
_UNREADABLE = lazy_regex("[\\0\ud800-\udfff]")  # NUL, and surrogates that are alone


def format_for(name: str) -> str | None:
    """The format of a file by the suffix of its name, in either case; None where the suffix is no document's."""
    return _BY_SUFFIX.get(os.path.splitext(name)[1].lower())


def readable(text: str) -> str:
    """The text, offset for offset, with `\\n` as its only line ending and nothing a parser chokes on."""
    if any(separator in text for separator in _SEPARATORS):
        text = text.translate(_SEPARATORS_AS_SPACES)
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    try:
        text.encode()
    except UnicodeEncodeError:
        return _UNREADABLE.sub("\ufffd", text)
    return text.replace("\0", "\ufffd")
