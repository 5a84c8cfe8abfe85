"""What is said of a source in a line or two, and words of a document as Markdown that shows them as they are."""

from __future__ import annotations

from typing import Final

from citecheck.model.citations import Key
from citecheck.model.document import Document
from citecheck.model.sources import Record, Source
from citecheck.text.patterns import lazy_re

_SPACE: Final = lazy_re(r"\s+")
_SPECIAL: Final = lazy_re(r"[\\`*_\[\]<>&~|$]")


def line(words: str, most: int) -> str:
    """Words on one line, as far as they fit into so many code points."""
    flat = _SPACE.sub(" ", words).strip()
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def title(source: Source, most: int = 80) -> str:
    """The title of a source, or its first words where none is read."""
    field = source.record.title
    return line(field.value if field else source.text, most)


def address(record: Record) -> str | None:
    """The address of a source, or that of its DOI; only one that a browser opens as a page."""
    written = [field.value for field in record.urls if field.value.lower().startswith(("https://", "http://"))]
    if written:
        return written[0]
    return f"https://doi.org/{record.doi.value}" if record.doi else None


def times(document: Document, key: Key) -> str:
    """How often a source is cited: `cited 3 times`."""
    match len(document.uses.get(key, ())):
        case 0:
            return "not cited"
        case 1:
            return "cited once"
        case number:
            return f"cited {number:,} times"


def escaped(words: str) -> str:
    """Words as Markdown that shows them as they are: nothing in them is a link, a tag or emphasis."""
    return _SPECIAL.sub(r"\\\g<0>", words)
