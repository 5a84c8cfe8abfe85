"""The keys that a document may cite: those of the bibliographies that it, or its project, names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from citecheck.text.spans import Span


class Bibliography(NamedTuple):
    """A file of entries that a document or its project names: its keys, None where they are not known.

    `fault` is why it could not be read, in the words of a message; without one, and without keys, nobody looked, or the
    file is made when the document is rendered. `span` is where the document names it, None where its project does.
    `folds_case` is whether its keys are found in any case; `doubtful` whether it may be readable to anyone who renders
    the document, where nobody has looked.
    """

    name: str
    keys: frozenset[str] | None = None
    fault: str | None = None
    span: Span | None = None
    folds_case: bool = False
    doubtful: bool = False


class Beside(NamedTuple):
    """What else than its own text decides about the keys of a document.

    `bibliographies` list what it may cite: files of entries, and other documents of its project. `cited` is what these
    documents cite; None where the document is judged by itself, or where not all of them could be read.
    """

    bibliographies: tuple[Bibliography, ...] = ()
    cited: frozenset[str] | None = None


@dataclass(frozen=True)
class KeySpace:
    """The bibliographies of a document; `inline` is whether it lists entries itself, `cited` is that of Beside."""

    bibliographies: tuple[Bibliography, ...] = ()
    inline: bool = False
    cited: frozenset[str] | None = None

    @property
    def joined(self) -> bool:
        """Whether everything was read that cites and lists these keys, in whatever document."""
        return self.cited is not None

    @property
    def named(self) -> bool:
        """Whether any key can be listed anywhere."""
        return self.inline or bool(self.bibliographies)

    @property
    def complete(self) -> bool:
        """Whether every key is known that can be listed."""
        return all(each.keys is not None for each in self.bibliographies)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all files, as far as they are known."""
        return frozenset().union(*(each.keys for each in self.bibliographies if each.keys))

    @cached_property
    def folded(self) -> frozenset[str]:
        """The keys that are found in any case, in lower case."""
        return frozenset(key.lower() for each in self.bibliographies if each.folds_case for key in each.keys or ())
