"""The stored texts of sources under one lock file, and what claims come to by them.

Everything here may come from a stranger: no link points outside the root, and a text counts only while it has its hash.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property, lru_cache
from hashlib import blake2b

from citecheck.config.selection import options
from citecheck.errors import CitecheckError, UnreadableFile
from citecheck.files.decoding import read_bytes
from citecheck.files.roots import Root
from citecheck.model.document import Document
from citecheck.model.outcomes import Aspect, Reason
from citecheck.model.settings import Settings
from citecheck.sources.extraction import extracted
from citecheck.sources.figures import Kind
from citecheck.sources.lock import Lock, Pin, hashed, read_lock
from citecheck.sources.source_text import Backing, SourceText
from citecheck.sources.verification import Wanted, verified

FIGURES = "CC702"  # the rule whose options say which figures are looked for


class Snapshots:
    """The texts under a lock file, each read once. Raises UsageError where the file is no lock."""

    def __init__(self, path: str, root: Root) -> None:
        self.lock: Lock = read_lock(path)
        self._path = path
        self._folder = os.path.dirname(os.path.abspath(path))
        self._root = root
        self._backings: dict[str, Backing] = {}

    @cached_property
    def digest(self) -> bytes:
        """What represents all that is stored: another one where any of it changes."""
        found = blake2b(read_bytes(self._path), digest_size=16)
        for _, pin in sorted(self.lock.pins.items()):
            for path in filter(None, (pin.file, pin.original)):
                found.update(self._bytes(path) or b"\0")
        return found.hexdigest().encode()

    def backing(self, name: str) -> Backing:
        """What there is of the source of an identity."""
        if name not in self._backings:
            pin = self.lock.pins.get(name)
            self._backings[name] = self._of(pin) if pin else Backing(name, reason=Reason.NOT_PINNED)
        return self._backings[name]

    def _of(self, pin: Pin) -> Backing:
        at = pin.fetched.strftime("%Y-%m-%dT%H:%M:%SZ") if pin.fetched else None
        if pin.unusable:
            return Backing(pin.key, reason=Reason(pin.unusable), checked_at=at)
        text = self._text(pin)
        if isinstance(text, Reason):
            return Backing(pin.key, reason=text, checked_at=at)
        if text is not None:
            return Backing(pin.key, SourceText(text), whole=True, checked_at=at)
        passages = "\n\n".join(f"{each.prefix}{each.exact}{each.suffix}" for each in pin.evidence)
        exact = tuple(each.exact for each in pin.evidence if each.kind == Aspect.QUOTATION)
        kept = SourceText(passages) if passages else None
        return Backing(pin.key, kept, reason=Reason.NOT_KEPT, exact=exact, checked_at=at)

    def _text(self, pin: Pin) -> str | Reason | None:
        """The whole text of a source; None where it is not kept, a reason where it is not the one that was pinned."""
        if pin.file and (data := self._bytes(pin.file)) is not None:
            text = data.decode("utf-8", "replace")
            return text if hashed(text) == pin.text else Reason.CHANGED
        if pin.original and (data := self._bytes(pin.original)) is not None:
            if hashed(data) != pin.raw:
                return Reason.CHANGED
            try:
                return extracted(pin.original, data).text
            except CitecheckError:  # without the extra that reads it: what was kept of it is there
                return None
        return None

    def _bytes(self, path: str) -> bytes | None:
        whole = os.path.join(self._folder, *path.split("/"))
        if self._root.refusal(whole):
            return None
        try:
            return read_bytes(os.path.realpath(whole))
        except UnreadableFile:
            return None


@lru_cache(maxsize=8)  # one for each lock file of a run, in each process
def snapshots(path: str, root: Root, digest: bytes) -> Snapshots:
    """The stored texts under a lock file while they have this digest. Raises UsageError where it is no lock."""
    return Snapshots(path, root)


def backed(document: Document, stored: Snapshots, settings: Settings) -> Document:
    """A document with what its claims come to by the stored texts of its sources."""
    given = options(settings, FIGURES)
    wanted = Wanted(frozenset(map(Kind, given["kinds"])), small=given["small"] is True)  # type: ignore[call-overload]
    found = verified(document, stored.backing, wanted)
    return replace(document, verifications=(*document.verifications, *found))
