"""The open documents: each is analysed when it changes, off the event loop, and the last finished analysis answers.

A document has one job under way and one waiting at most: what is typed meanwhile is in the next. The longer a text,
the longer a pause in typing is waited for, so that what a key costs stays bounded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from itertools import count
from typing import Final

from citecheck.server.analysis import Analysis, Version
from citecheck.server.texts import Change, changed
from citecheck.text.units import Unit

_PAUSES: Final = ((10_000, 0.0), (30_000, 0.05), (100_000, 0.15))  # code points, and seconds for texts up to so many
_LONG_PAUSE: Final = 0.3

Analyse = Callable[[Version, int], Analysis]
"""Works out what is known of a version; the number is the analysis's own."""


def pause(length: int) -> float:
    """How many seconds without a key are waited for, in a text of so many code points."""
    return next((seconds for most, seconds in _PAUSES if length <= most), _LONG_PAUSE)


class _Open:
    """An open document, and how far it is analysed."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.edits = 0  # how often it, or what applies to it, changed
        self.analysed = -1  # of these, how many the last finished analysis knows
        self.finished: Analysis | None = None
        self.step = asyncio.Event()  # set, and replaced, when an analysis is finished
        self.timer: asyncio.TimerHandle | None = None
        self.job: asyncio.Task[None] | None = None
        self.waiting = False

    def advance(self) -> None:
        """Wakes anyone who waits for an analysis."""
        self.step.set()
        self.step = asyncio.Event()


class Desk:
    """The open documents by their URIs; used on the event loop alone.

    `finished` is reported of each analysis that is finished while its document is open.
    """

    def __init__(self, analyse: Analyse, workers: Executor, finished: Callable[[str, Analysis], None]) -> None:
        self._analyse = analyse
        self._workers = workers
        self._finished = finished
        self._open: dict[str, _Open] = {}
        self._serials = count(1)

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._open))

    def __contains__(self, uri: str) -> bool:
        return uri in self._open

    def open(self, uri: str, version: Version) -> None:
        """Begins to keep a document."""
        self._open[uri] = _Open(version)
        self._schedule(uri, 0.0)

    def change(self, uri: str, changes: Sequence[Change], unit: Unit, number: int | None) -> None:
        """Changes the text of a document; one that is not open is left alone."""
        if (document := self._open.get(uri)) is None:
            return
        text = changed(document.version.text, changes, unit)
        document.version = document.version._replace(text=text, number=number)
        self._outdate(uri, pause(len(text)))

    def renew(self) -> None:
        """Has all documents analysed again, since something they depend on changed."""
        for uri in self._open:
            self._outdate(uri, 0.0)

    def close(self, uri: str) -> None:
        """Lets go of a document; what still waits for it gets nothing."""
        if document := self._open.pop(uri, None):
            if document.timer:
                document.timer.cancel()
            document.advance()

    def version(self, uri: str) -> Version | None:
        """A document as it is by now."""
        document = self._open.get(uri)
        return document.version if document else None

    async def latest(self, uri: str) -> Analysis | None:
        """The last finished analysis of a document, the first one being waited for; None where it is not open."""
        while (document := self._open.get(uri)) and document.finished is None:
            await document.step.wait()
        return document.finished if document else None

    async def current(self, uri: str) -> Analysis | None:
        """The analysis of a document as it is now, or later; None where it is not open, or no longer."""
        if (document := self._open.get(uri)) is None:
            return None
        wanted = document.edits
        while self._open.get(uri) is document:
            if document.analysed >= wanted:
                return document.finished
            await document.step.wait()
        return None

    def _outdate(self, uri: str, delay: float) -> None:
        self._open[uri].edits += 1
        self._schedule(uri, delay)

    def _schedule(self, uri: str, delay: float) -> None:
        document = self._open[uri]
        if document.timer:
            document.timer.cancel()
        document.timer = asyncio.get_running_loop().call_later(delay, self._start, uri, document)

    def _start(self, uri: str, document: _Open) -> None:
        document.timer = None
        document.waiting = document.job is not None
        if not document.waiting:
            document.job = asyncio.get_running_loop().create_task(self._work(uri, document))

    async def _work(self, uri: str, document: _Open) -> None:
        try:
            while self._open.get(uri) is document:
                edits, serial = document.edits, next(self._serials)
                loop = asyncio.get_running_loop()
                analysis = await loop.run_in_executor(self._workers, self._analyse, document.version, serial)
                if self._open.get(uri) is not document:
                    return
                document.finished, document.analysed = analysis, edits
                document.advance()
                self._finished(uri, analysis)
                if not document.waiting:
                    return
                document.waiting = False
        finally:
            document.job = None
