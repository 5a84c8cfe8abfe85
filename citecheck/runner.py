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
from citecheck.engine import Result, lint_document
from citecheck.errors import CitecheckError, UnreadableFile
from citecheck.files import Input
from citecheck.tokenizer import parse

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.context import BaseContext

    from citecheck.document import Document

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


def lint_inputs(inputs: Iterable[Input | CitecheckError], settings: Settings, *, jobs: int = 1) -> Iterator[Result]:
    """The results of documents in the order given, each as soon as it and those before it are known.

    What cannot be read, and an error that stands in a document's place, is a result that says so.
    """
    known = list(inputs)
    work = partial(_lint, settings=settings)
    if jobs < 2 or not _pays(known):
        yield from map(work, known)
        return
    with _pool(jobs) as pool:
        for results in pool.map(partial(_each, work), _chunks(known)):
            yield from results


def parse_inputs(inputs: Iterable[Input | CitecheckError], settings: Settings) -> Iterator[Document | Result]:
    """The documents in order, read and parsed; a result that says why in the place of one that could not be read."""
    for each in inputs:
        yield _with_document(each, settings, lambda document: document)


def _lint(each: Input | CitecheckError, settings: Settings) -> Result:
    return _with_document(each, settings, lambda document: lint_document(document, settings))


def _with_document(
    each: Input | CitecheckError, settings: Settings, work: Callable[[Document], _Answer]
) -> _Answer | Result:
    """What some work makes of a document, or why it could not be read."""
    if isinstance(each, CitecheckError):
        return Result.unreadable("", str(each))
    try:
        text = each.read()
    except UnreadableFile as error:
        return Result.unreadable(each.name, str(error))
    try:
        with _without_collection():
            language, coverage = settings.language, settings.coverage
            return work(parse(text, name=each.name, format=each.format, language=language, coverage=coverage))
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


def _pays(inputs: Sequence[Input | CitecheckError]) -> bool:
    """Whether several processes are sooner done than one."""
    size = sum(each.size for each in inputs if isinstance(each, Input))
    return len(inputs) > 1 and (len(inputs) > _WORTH_FILES or size > _WORTH_BYTES)


def _chunks(inputs: Iterable[Input | CitecheckError]) -> Iterator[list[Input | CitecheckError]]:
    """Runs of documents, each about as much work."""
    chunk: list[Input | CitecheckError] = []
    size = 0
    for each in inputs:
        chunk.append(each)
        size += each.size if isinstance(each, Input) else 0
        if len(chunk) == _CHUNK_FILES or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _each(work: Callable[[Input | CitecheckError], Result], chunk: list[Input | CitecheckError]) -> list[Result]:
    return [work(each) for each in chunk]


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes, which leave an interruption to their parent."""
    from concurrent.futures import ProcessPoolExecutor  # slow to import, and small runs need none

    initializer = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=initializer)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _context() -> BaseContext:
    """How workers start: forked where that is sound, since a fork has everything imported already."""
    import multiprocessing

    return multiprocessing.get_context("fork" if sys.platform == "linux" else None)
