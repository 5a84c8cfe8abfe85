"""What no document may cost, whatever it says: bytes and seconds."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from citecheck.errors import UnreadableFile

LARGEST: Final = 64 * 1024 * 1024  # bytes of a document
LONGEST: Final = 60.0  # seconds that a megabyte, or a smaller document, may take
_MEGABYTE: Final = 1_000_000  # code points


def fits(name: str, size: int) -> None:
    """Raises UnreadableFile where a document of a size in bytes is not to be read."""
    if size > LARGEST:
        told = f"{name}: not checked, as it has more than {LARGEST:,} bytes, which is the most that is read"
        raise UnreadableFile(f"{told}; split it, or leave it out with --exclude")


@contextmanager
def in_time(name: str, length: int) -> Iterator[None]:
    """Raises UnreadableFile where the work on a document of so many code points does not end.

    Only where the system can interrupt (POSIX), and in a process's main thread.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    seconds = LONGEST * max(1.0, length / _MEGABYTE)

    def ended(*_: object) -> None:
        told = f"{name}: not checked, as it takes longer than {seconds:.0f} seconds"
        raise UnreadableFile(f"{told}; please report it, with the document if you may")

    before = signal.signal(signal.SIGALRM, ended)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
