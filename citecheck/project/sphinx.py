"""What a Sphinx project says of its keys: its settings as text, which is never run, and what its sources cite.

Citations, `.. [Key]` and `[Key]_`, are those of the whole project, wherever a document or a docstring has them
(Sphinx, "reStructuredText Primer", section "Citations").
"""

from __future__ import annotations

from typing import Final, NamedTuple

from citecheck.text.patterns import lazy_re

SETTINGS: Final = "conf.py"
SOURCES: Final = frozenset(
    ".rst .rest .txt .inc .md .ipynb .py .pyi .pyx .pxd .pxi .c .h .cc .cpp .cxx .hpp .f90 .f .jl .r .m .rb".split()
)
"""Suffixes of what may say something that a Sphinx project includes."""
_OF_SPHINX = lazy_re(r"^(?:extensions|project|html_theme|master_doc|root_doc|source_suffix|bibtex_bibfiles)\s*=", 8)
_LABEL = r"[^\W_](?:[\w.:+-]*[^\W_])?"
_CITED = lazy_re(rf"\[({_LABEL})\]_")
_LISTED = lazy_re(rf"\.\.[ \t]+\[({_LABEL})\]")
_ROLE = lazy_re(r":(?:foot)?cite(?::[a-z]+)?:`([^`]+)`")
_NAMED = lazy_re(r"^[ \t]*\.\.[ \t]+bibliography::[ \t]+([^\s:].*)$", 8)
_KEY = lazy_re(r"(?:\{[^{}]*\})?([^\s,{}]+)(?:\{[^{}]*\})?")


class Said(NamedTuple):
    """The citations that a text cites and lists, the keys that its roles name, and the bibliographies it names.

    What may be a citation or a key is among them.
    """

    cites: frozenset[str]
    lists: frozenset[str]
    roles: frozenset[str]
    bibliographies: tuple[str, ...]

    @property
    def keyed(self) -> bool:
        """Whether any of it concerns the whole project: numbers are footnotes of their own documents."""
        return bool(self.roles or self.bibliographies) or not all(map(str.isdecimal, self.cites | self.lists))


def is_sphinx(settings: str) -> bool:
    """Whether the text of a `conf.py` is that of Sphinx."""
    return _OF_SPHINX.search(settings) is not None


def said(text: str) -> Said:
    """What a text, whatever its format, says of the citations of its project."""
    cites = frozenset(_CITED.findall(text)) if "]_" in text else frozenset()
    lists = frozenset(_LISTED.findall(text)) if ".. [" in text or "..\t[" in text else frozenset()
    named = _ROLE.findall(text) if "cite" in text else ()
    roles = frozenset(key for words in named for key in _KEY.findall(words))
    paths = (path for words in _NAMED.findall(text) for path in words.split()) if "bibliography::" in text else ()
    return Said(cites, lists, roles, tuple(paths))
