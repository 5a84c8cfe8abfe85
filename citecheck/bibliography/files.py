"""Bibliography files by their suffixes, for those who want no more of them than their keys."""

from __future__ import annotations

import os
from typing import Final

from citecheck.bibliography import bibtex, csl
from citecheck.bibliography.yaml_nodes import composed, elements, members
from citecheck.errors import TooMuch
from citecheck.text.patterns import lazy_re

_RIS_KEY = lazy_re(r"(?m)^ID  - (.*\S)")
_GROUP = (
    r"\{(?:[^{}]++|\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\})*+\}"  # as deep as labels of authors and years are
)
_BBL_KEY = lazy_re(
    rf"\\(?:bibitem[ \t]*+(?:\[(?:[^\]{{}}]++|{_GROUP})*+\])?+(?:\s|%[^\n]*+\n)*+|entry)\{{([^{{}}]+)\}}"
)
SUFFIXES: Final = frozenset({".bib", ".bibtex", ".json", ".yaml", ".yml", ".ris"})


def keys(name: str, text: str) -> frozenset[str] | None:
    """The keys that a file defines; None where it is not of the form that its suffix says."""
    match os.path.splitext(name)[1].lower():
        case ".bib" | ".bibtex":
            try:
                return bibtex.keys(text)
            except TooMuch:
                return None
        case ".json":
            return csl.keys_of_json(text)
        case ".yaml" | ".yml":
            return _keys_of_yaml(text)
        case ".bbl":
            return frozenset(_BBL_KEY.findall(text))
        case ".ris":
            return frozenset(_RIS_KEY.findall(text))
        case _:
            return None


def _keys_of_yaml(text: str) -> frozenset[str] | None:
    """The keys of CSL, a sequence of items or one under `references`, or of Hayagriva, whose entries are named."""
    node = composed(text)
    top = members(node)
    if "references" in top or not top:
        listed = top.get("references", node)
        return frozenset(item.key for item in csl.items(listed)) if elements(listed) else None
    return frozenset(top)
