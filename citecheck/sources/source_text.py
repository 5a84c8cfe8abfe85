"""The text of a source, read as often as it is asked about and no oftener."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from citecheck.model.outcomes import Reason
from citecheck.sources.figure_support import Stock
from citecheck.sources.folding import Folded, folded, unmarked


@dataclass(frozen=True)
class SourceText:
    """The text of a source."""

    written: str

    @cached_property
    def whole(self) -> Folded:
        """All of it, as it is compared."""
        return folded(self.written)

    @cached_property
    def unmarked(self) -> Folded:
        """The same without what may be markers."""
        return unmarked(self.whole)

    @cached_property
    def stock(self) -> Stock:
        """Its figures."""
        return Stock.of(self.whole.text)


@dataclass(frozen=True)
class Backing:
    """What there is of a source to hold a claim against.

    `text` is its text, or the passages of it that are kept; `whole` tells which. Where there is none, `reason` says
    why. `exact` are the words that were found in it when its passages were kept. `identity` is the source's.
    """

    identity: str
    text: SourceText | None = None
    whole: bool = False
    reason: Reason | None = None
    exact: tuple[str, ...] = ()
    checked_at: str | None = None
