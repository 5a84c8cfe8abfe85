"""Which keys of a bibliography the documents of its repository cite: asked only for entries that nothing cites."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Final

from citecheck.errors import CitecheckError
from citecheck.files.besides import Files
from citecheck.files.decoding import Input
from citecheck.files.roots import Root
from citecheck.project.facts import Facts, facts
from citecheck.readers import FORMATS, format_for
from citecheck.text.patterns import lazy_re

# What may cite in a way that is not read: a key that is written there as a word counts as cited.
_OTHERS: Final = frozenset(
    """.rnw .rtex .jnw .org .typ .adoc .asciidoc .lyx .html .htm .xml .py .pyi .pyx .r .jl .c .h .cc .cpp .hpp .f90 .m
    .sty .cls .bbx .cbx .dtx .inc .txt .yml .yaml .toml .js .ts .lua .rb .pl""".split()
)
_WORD = lazy_re(r"[^\s,;(){}\[\]<>\"'`@\\~|%#=]+")
_ENDS: Final = ".:/-!?*_"

Opening = Callable[[Input, str], tuple[str, ...]]
"""The paths of the bibliographies that a document is joined with."""


def cited_keys(bibliography: str, root: Root, files: Files, opening: Opening) -> frozenset[str] | None:
    """What the documents below the root of a bibliography cite; None where that cannot be determined of all of them.

    It cannot where one could not be read, where one that uses the bibliography lists all of it, and where none does.
    """
    below = files.below(root)
    cited = set[str]()
    used = False
    for path in below or ():
        format = format_for(path) if os.path.splitext(path)[1] else None
        if path == bibliography or root.refusal(path) or (format and FORMATS[format].database):
            continue
        if format is None or format == "text":
            cited.update(_words(path, files))
            continue
        content = files.content(path)
        known = None if content.fault else _facts(content.text, path, format)
        if known is None:
            return None
        if known.cites or known.everything or known.bibliographies:
            joined = bibliography in opening(Input(path, format, root=root), content.text)
            if (joined and known.everything) or (not known.legible and (joined or not known.whole)):
                return None
            used |= joined
            cited |= known.cites
    return frozenset(cited) if used else None


def _facts(text: str, path: str, format: str) -> Facts | None:
    try:
        return facts(text, path, format)
    except CitecheckError:
        return None


def _words(path: str, files: Files) -> Iterator[str]:
    """The words of a file that may be keys."""
    if os.path.splitext(path)[1].lower() not in _OTHERS:
        return
    for word in _WORD.findall(files.content(path).text):
        yield word
        yield word.strip(_ENDS)
