"""Many documents: each read, parsed and checked, the results streamed in order, by several processes when that pays."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from citecheck.config import Settings
from citecheck.document import Coverage, Document
from citecheck.engine import Result, lint_document
from citecheck.errors import CitecheckError, UnreadableFile
from citecheck.files import Input, decode
from citecheck.tokenizer import parse

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.context import BaseContext

_WORTH_BYTES: Final = 200_000  # below both of these, starting processes takes longer than the work
_WORTH_FILES: Final = 64
_CHUNK_BYTES: Final = 100_000  # a chunk is sent to a worker at once: large enough to hide the sending,
_CHUNK_FILES: Final = 32  # small enough that no worker is left alone with the last one

_Answer = TypeVar("_Answer")


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # what a container allows, where the system tells
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


Job = tuple[Input, Settings] | CitecheckError
"""A document and what applies to it, or why there is none."""


def lint_inputs(jobs: Sequence[Job], *, processes: int = 1, counting: bool = True) -> Iterator[Result]:
    """The results of documents in the order given, each as soon as it and those before it are known.

    `counting` is whether their summaries count claims.
    What cannot be read, and an error that stands in a document's place, is a result that says so.
    """
    if processes < 2 or not _pays(jobs):
        yield from map(partial(_lint, counting=counting), jobs)
        return
    with _pool(processes) as pool:
        for results in pool.map(partial(_each, counting=counting), _chunks(jobs)):
            yield from results


def lint_bytes(data: bytes, each: Input, settings: Settings) -> Result:
    """The result of a document whose bytes are at hand, in place of those of its file."""
    try:
        text, _ = decode(data, each.name)
    except UnreadableFile as error:
        return Result.unreadable(each.name, str(error))
    return _lint((each._replace(text=text), settings))


def parse_inputs(jobs: Iterable[Job]) -> Iterator[Document | Result]:
    """The documents in order, read and parsed; a result that says why in the place of one that could not be read."""
    for job in jobs:
        yield _with_document(job, lambda document, _: document)


def _lint(job: Job, *, counting: bool = True) -> Result:
    return _with_document(job, partial(lint_document, counting=counting))


def _with_document(job: Job, work: Callable[[Document, Settings], _Answer]) -> _Answer | Result:
    """What some work makes of a document, or why it could not be read."""
    if isinstance(job, CitecheckError):
        return Result.unreadable("", str(job))
    each, settings = job
    try:
        text = each.read()
    except UnreadableFile as error:
        return Result.unreadable(each.name, str(error))
    try:
        with _without_collection():
            language, coverage = settings.language, Coverage(settings.coverage)
            document = parse(text, name=each.name, format=each.format, language=language, coverage=coverage)
            return work(document, settings)
    except CitecheckError:
        raise
    except Exception as error:
        error.add_note(f"while checking {each.name}")
        raise


@contextmanager
def _without_collection() -> Iterator[None]:
    """Puts garbage collection off: a document is many small objects that all live, walked again and again in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _pays(jobs: Sequence[Job]) -> bool:
    """Whether several processes are sooner done than one."""
    return len(jobs) > 1 and (len(jobs) > _WORTH_FILES or sum(map(_size, jobs)) > _WORTH_BYTES)


def _size(job: Job) -> int:
    """The bytes of a document, where they are known."""
    return 0 if isinstance(job, CitecheckError) else job[0].size


def _chunks(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """Runs of documents, each about as much work."""
    chunk: list[Job] = []
    size = 0
    for job in jobs:
        chunk.append(job)
        size += _size(job)
        if len(chunk) == _CHUNK_FILES or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _each(chunk: list[Job], *, counting: bool) -> list[Result]:
    with _without_collection():  # between documents too: what is left to collect of a chunk is next to nothing
        return [_lint(job, counting=counting) for job in chunk]


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes, which leave an interruption to their parent."""
    from concurrent.futures import ProcessPoolExecutor  # slow to import, and small runs need none

    initializer = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=initializer)
    try:
        yield pool
    except BaseException:  # an interruption too: nobody waits for work that nobody wants
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()  # all is done; Python complains at its end of a pool that is still closing


def _context() -> BaseContext:
    """How workers start: forked where that is sound, since a fork has everything imported already."""
    import multiprocessing

    return multiprocessing.get_context("fork" if sys.platform == "linux" else None)
