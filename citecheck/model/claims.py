"""Claims: the sentences of the body."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from citecheck.model.citations import Marker
from citecheck.text.spans import Span


class Coverage(StrEnum):
    """Which sentences a marker supports besides its own."""

    TRAILING = "trailing"  # those before it in its block: most texts cite once, at a paragraph's end
    SENTENCE = "sentence"  # none
    PARAGRAPH = "paragraph"  # all of its block


class ClaimKind(StrEnum):
    """What a sentence of the body does."""

    STATEMENT = "statement"
    CONCLUSION = "conclusion"  # draws on what was said: `Overall, …`
    REMARK = "remark"  # mentions the document, its author or its reader: `This report covers …`
    POINTER = "pointer"  # leads elsewhere by links or addresses of its own
    LEAD_IN = "lead-in"  # ends in a colon
    QUESTION = "question"
    QUOTATION = "quotation"  # is in a block quotation
    CAPTION = "caption"
    METADATA = "metadata"  # author, date, a line of a table of contents


class Claim(NamedTuple):
    """A sentence of the body.

    `markers` are in it or immediately after it; `covering` are those that support it, its own or others of its block.
    `block` counts the blocks of the document, so that claims of one block are known: a paragraph, or a list item.
    """

    text: str
    span: Span
    block: int
    kind: ClaimKind = ClaimKind.STATEMENT
    markers: tuple[Marker, ...] = ()
    covering: tuple[Marker, ...] = ()

    @property
    def wants_citation(self) -> bool:
        """Whether a reader may expect a marker for it: it states something, and points nowhere by itself."""
        return self.kind is ClaimKind.STATEMENT

    @property
    def covered(self) -> bool:
        """Whether any marker supports it."""
        return bool(self.covering)
