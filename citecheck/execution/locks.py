"""The lock files of the documents of a run: the nearest above each document, inside its root."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

from citecheck.config.selection import selected
from citecheck.files.decoding import Input
from citecheck.files.roots import Root, lies_in
from citecheck.model.settings import Settings

if TYPE_CHECKING:
    from citecheck.model.document import Document

NAME: Final = "citecheck.lock"
_FAMILY: Final = "CC7"  # of the rules that compare claims with stored texts


class LockAt(NamedTuple):
    """A lock file, the root that nothing in it points outside, and what represents all that is stored under it."""

    path: str
    root: Root
    digest: bytes

    def backed(self, document: Document, settings: Settings) -> Document:
        """A document with what its claims come to by the stored texts, where any rule wants to know."""
        if not any(code.startswith(_FAMILY) for code in selected(settings)):
            return document
        from citecheck.sources.snapshots import backed, snapshots  # here, as most repositories have no lock

        return backed(document, snapshots(*self), settings)


class Locks:
    """Finds the lock files of one run; each folder is looked at once, and each lock is read once."""

    def __init__(self) -> None:
        self._found: dict[str, str | None] = {}
        self._digests: dict[str, bytes] = {}

    def of(self, each: Input) -> LockAt | None:
        """The lock file that applies to a document; None for one of standard input.

        Raises UsageError where it is no lock.
        """
        if each.piped is not None or each.root is None:
            return None
        path = self._above(os.path.dirname(os.path.abspath(each.name)), each.root)
        if path is None or each.root.refusal(path):
            return None
        if path not in self._digests:
            from citecheck.sources.snapshots import Snapshots

            self._digests[path] = Snapshots(path, each.root).digest
        return LockAt(path, each.root, self._digests[path])

    def _above(self, folder: str, root: Root) -> str | None:
        if folder not in self._found:
            path = os.path.join(folder, NAME)
            parent = os.path.dirname(folder)
            further = folder not in (root.named, parent) and lies_in(parent, root.named)
            self._found[folder] = path if os.path.isfile(path) else self._above(parent, root) if further else None
        return self._found[folder]
