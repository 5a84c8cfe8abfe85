"""The entries of the bibliographies beside a document, for those who want more than the keys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from citecheck.errors import CitecheckError
from citecheck.execution.runner import with_document
from citecheck.files.decoding import read_bytes
from citecheck.model.settings import Settings
from citecheck.model.sources import Record
from citecheck.readers import format_for
from citecheck.text.spans import Span


class Shelved(NamedTuple):
    """An entry of a bibliography: its key, the file with its text, where in it, and what it says if that is read."""

    key: str
    path: str
    text: str
    span: Span
    words: str
    record: Record | None = None


def shelved(files: tuple[str, ...]) -> Iterator[Shelved]:
    """The entries of files; of one that cannot be read, none."""
    for path in files:
        try:
            status = os.stat(path)
            yield from _entries(path, status.st_mtime_ns, status.st_size)
        except (OSError, CitecheckError):
            continue


@lru_cache(maxsize=32)
def _entries(path: str, changed: int, size: int) -> tuple[Shelved, ...]:
    """The entries of a file as it was at a time in nanoseconds. Raises CitecheckError."""
    text = read_bytes(os.path.realpath(path)).decode("utf-8-sig", "replace")
    format = format_for(path)
    if format is None:
        return tuple(_by_keys(path, text))
    document = with_document(text, path, format, Settings(), lambda document: document, None)
    return tuple(
        Shelved(source.label, path, text, source.label_span, source.text, source.record)
        for source in document.sources
        if source.label
    )


def _by_keys(path: str, text: str) -> Iterator[Shelved]:
    """The entries of a file of which no more than the keys are read: each is where its key first is."""
    from citecheck.bibliography.files import keys

    for key in sorted(keys(path, text) or ()):
        start = max(0, text.find(key))
        yield Shelved(key, path, text, Span(start, start + len(key)), "")
