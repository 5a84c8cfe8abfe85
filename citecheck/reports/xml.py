"""What the XML reports have in common: elements, written so that no text can leave its place."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from citecheck.reports.terminal import visible

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def tag(element: str, /, **attributes: object) -> str:
    """The inside of a start tag. What XML 1.0 cannot hold, such as control characters, is escaped visibly."""
    return " ".join([element, *(f"{key}={quoteattr(visible(str(value)))}" for key, value in attributes.items())])


def text(words: str) -> str:
    """Text between two tags."""
    return escape(visible(words))
