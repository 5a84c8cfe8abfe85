"""How often each host is asked, by how many at once, and for how long it is left alone.

What services ask of programs, as of 2026: Crossref five requests a second from anyone, one at a time; arXiv one in
three seconds (arXiv API manual, 3.1.1); NCBI three a second without a key; Open Library about one a second; DataCite
500 in five minutes. What a service says in its headers counts for more. For everybody else a quarter of a second lies
between two requests, and there are two at once at most.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final, NamedTuple

from citecheck.model.outcomes import Reason
from citecheck.sources.online.client import Unanswered


class Pace(NamedTuple):
    """Seconds between the starts of two requests, and how many may be under way."""

    interval: float = 0.25
    at_once: int = 2


PACES: Final[Mapping[str, Pace]] = MappingProxyType(
    {
        "api.crossref.org": Pace(0.2, 1),
        "api.datacite.org": Pace(0.6, 1),
        "doi.org": Pace(0.2, 2),
        "export.arxiv.org": Pace(3.0, 1),
        "eutils.ncbi.nlm.nih.gov": Pace(0.34, 1),
        "openlibrary.org": Pace(1.0, 1),
        "web.archive.org": Pace(1.0, 1),
    }
)
ORDINARY: Final = Pace()


class _Host:
    """One host: when it may be asked next, and why it is left alone, if it is."""

    def __init__(self, pace: Pace) -> None:
        self.lock = threading.Lock()
        self.free = threading.Semaphore(pace.at_once)
        self.interval = pace.interval
        self.next = 0.0
        self.left: Unanswered | None = None


class Hosts:
    """The hosts of a run. `clock` tells seconds, and `sleep` waits for some."""

    def __init__(
        self,
        paces: Mapping[str, Pace] = PACES,
        ordinary: Pace = ORDINARY,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._paces = paces
        self._ordinary = ordinary
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def pace(self, host: str) -> Pace:
        """How a host is asked, as far as nothing else was heard of it."""
        return self._paces.get(host, self._ordinary)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Waits for its turn, and takes it. Raises Unanswered where the host is left alone."""
        known = self._known(host)
        with known.free:
            with known.lock:
                now = self._clock()
                start = max(now, known.next)
                known.next = start + known.interval
            if start > now:
                self._sleep(start - now)
            if known.left:
                raise known.left
            yield

    def rest(self, host: str, seconds: float) -> None:
        """Lets a host rest for a while."""
        known = self._known(host)
        with known.lock:
            known.next = max(known.next, self._clock() + seconds)

    def leave(self, host: str, reason: Reason, words: str) -> None:
        """Leaves a host alone for the rest of the run."""
        self._known(host).left = Unanswered(reason, words)

    def slow(self, host: str, interval: float) -> None:
        """Asks a host no more often than once in so many seconds."""
        known = self._known(host)
        known.interval = max(self.pace(host).interval, interval)

    def _known(self, host: str) -> _Host:
        with self._lock:
            if host not in self._hosts:
                self._hosts[host] = _Host(self.pace(host))
            return self._hosts[host]
