"""The bibliographies that the files of a project name: those of Quarto, bookdown, MyST, Jupyter Book and Sphinx."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import yaml

from citecheck.bibliography.yaml_nodes import composed, members, scalars
from citecheck.readers.front_matter import front_matter
from citecheck.text.patterns import lazy_regex

_ASSIGNED = lazy_regex(r"(?m)^bibtex_bibfiles\s*+\+?=\s*+(?:[\[(]([^\[\]()]*+)[\])][ \t]*+(?:#[^\n]*+)?$|([^\n]*+))")
_STRING = lazy_regex(r"\"([^\"\n]*+)\"|'([^'\n]*+)'")
_LITERAL = lazy_regex(r"(?:\s++|,|#[^\n]*+|\"[^\"\n]*+\"|'[^'\n]*+')*+")
_COMMENT = lazy_regex(r"(?m)^((?:[^\"'#\n]|\"[^\"\n]*\"|'[^'\n]*')*+)#[^\n]*+")
_WORKED_OUT: Final = "{}"  # a path that only running the file could tell


def _quarto(text: str) -> Iterator[str]:
    top = members(composed(text))
    for part in (top, members(top.get("book")), members(top.get("website"))):
        yield from _paths(part.get("bibliography"))


def _myst(text: str) -> Iterator[str]:
    yield from _paths(members(members(composed(text)).get("project")).get("bibliography"))


def _jupyter_book(text: str) -> Iterator[str]:
    top = members(composed(text))
    for part in (top, members(members(top.get("sphinx")).get("config"))):
        yield from _paths(part.get("bibtex_bibfiles"))


def _sphinx(text: str) -> Iterator[str]:
    for assigned in _ASSIGNED.finditer(text):
        words = _COMMENT.sub(r"\1", assigned[1] or "")
        yield from (double or single for double, single in _STRING.findall(words))
        if assigned[2] or not _LITERAL.fullmatch(words):
            yield _WORKED_OUT


def _first_chapter(text: str) -> Iterator[str]:
    yield from (named.path for named in front_matter(text).bibliographies)


def _paths(node: yaml.Node | None) -> Iterator[str]:
    return (field.value for field in scalars(node))


_BOOKDOWN: Final = "_bookdown.yml"
_READERS: Final[Mapping[str, Callable[[str], Iterator[str]]]] = MappingProxyType(
    {
        "_metadata.yml": _quarto,
        "_quarto.yml": _quarto,
        "_quarto.yaml": _quarto,
        _BOOKDOWN: _quarto,
        "index.Rmd": _first_chapter,
        "index.rmd": _first_chapter,
        "myst.yml": _myst,
        "_config.yml": _jupyter_book,
        "conf.py": _sphinx,
    }
)
PARTIAL: Final = frozenset({"_metadata.yml"})
"""Files that add to what a file of the whole project names."""
_BOOK = lazy_regex(r"(?m)^(?:book|site):|^[ \t]+type:[ \t]+book\b")
_RENDERED: Final = ("_metadata.yml", "_quarto.yml", "_quarto.yaml", _BOOKDOWN, "index.Rmd", "index.rmd")
_BOOKS: Final = ("myst.yml", "_config.yml", "conf.py")
_OF_SUFFIX: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **dict.fromkeys((".qmd", ".rmd"), _RENDERED),
        **dict.fromkeys((".md", ".rst", ".txt"), _BOOKS),
        ".ipynb": (*_RENDERED[:3], *_BOOKS),
    }
)


def files_for(suffix: str) -> tuple[str, ...]:
    """The names of the files that may name bibliographies for documents with a suffix, in lower case."""
    return _OF_SUFFIX.get(suffix, ())


def bibliographies_in(name: str, text: str) -> tuple[str, ...]:
    """The paths of the bibliographies that a file of one of these names names, relative to its folder."""
    return tuple(dict.fromkeys(_READERS[name](text)))


def is_book(name: str, text: str) -> bool:
    """Whether such a file makes one book of the documents below its folder: what one names, others may cite."""
    return name == _BOOKDOWN or (name in _RENDERED and _BOOK.search(text) is not None)
