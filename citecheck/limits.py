"""What no document may cost, whatever it says: bytes, parts, seconds, and memory in the end.

A limit that is met is reported and makes the run fail; nothing is checked in part. What a document has of each kind is
counted where it is found, so that a document is refused on every machine or on none; the limits of time and memory only
catch what nobody thought of.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from citecheck.errors import TooMuch, UnreadableFile

LARGEST: Final = 8 * 1024 * 1024  # bytes of a document
MOST_LINES: Final = 1_000_000
MOST_SIGNS: Final = 2_000_000  # of Markdown, for each of which its parser keeps up to 66 bytes
MOST_EVENTS: Final = 750_000  # of its parser, of which three make a block or a link
MOST_PARTS: Final = 250_000  # blocks, links, lines that may be entries and the like; a few hundred bytes each
MOST_ENTRIES: Final = 100_000  # lines that may be entries of a list; two kilobytes each
MOST_MARKERS: Final = 100_000  # brackets and superscript numbers that may be markers; a kilobyte each, more in fixing
MOST_FINDINGS: Final = 20_000  # several kilobytes each, with the lines to show
LONGEST: Final = 60.0  # seconds of the processor that a megabyte, or a smaller document, may take
MOST_MEMORY: Final = 384 * 1024 * 1024  # bytes of the process
_MEGABYTE: Final = 1_000_000  # code points
_BEAT: Final = 0.05  # seconds between two looks at the clock and the memory
_MARGIN: Final = 16 * 1024 * 1024  # bytes by which memory has to grow, where an earlier document has left it large

_Thing = TypeVar("_Thing")


def check_size(name: str, size: int) -> None:
    """Raises UnreadableFile where a document of a size in bytes is not to be read."""
    if size > LARGEST:
        raise over_limit(name, f"it has more than {LARGEST:,} bytes")


def few_enough(number: int, things: str, most: int) -> None:
    """Raises TooMuch where there are more things than a document may have."""
    if number > most:
        raise TooMuch(f"it has more than {most:,} {things}")


def bounded(found: Iterable[_Thing], things: str, most: int) -> Iterator[_Thing]:
    """What is found, as long as a document may have so many. Raises TooMuch."""
    for number, each in enumerate(found, 1):
        if number > most:
            few_enough(number, things, most)
        yield each


def over_limit(name: str, reason: str) -> UnreadableFile:
    """What is said of a document that costs too much."""
    return UnreadableFile(f"{name}: not checked: {reason}; split it, or exclude it with --exclude")


@contextmanager
def within_limits(name: str, length: int) -> Iterator[None]:
    """Raises UnreadableFile where the work on a document of so many code points costs more than any may.

    Its time and memory are watched only where the system can interrupt (POSIX) and tell (Linux), and in a process's
    main thread.
    """
    try:
        if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
            with _watched(LONGEST * max(1.0, length / _MEGABYTE)):
                yield
        else:
            yield
    except TooMuch as error:
        raise over_limit(name, str(error)) from error


@contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """Looks at the clock and at the memory now and then. Raises TooMuch, wherever the work is just then."""
    end = time.process_time() + seconds
    room = max(MOST_MEMORY, memory_of() + _MARGIN)

    def look(*_: object) -> None:
        if time.process_time() > end:
            raise TooMuch(f"it takes longer than {seconds:.0f} seconds")
        if memory_of() > room:
            raise TooMuch(f"it takes more than {MOST_MEMORY // 1024**2} MiB of memory")

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _BEAT, _BEAT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def memory_of(process: int | None = None) -> int:
    """The bytes of memory that a process has, by its id, or this one; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    try:
        with open(f"/proc/{process or 'self'}/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
