"""Many documents: each read, parsed and checked, the results streamed in order, by several processes when that pays.

What a document needs to be checked is imported when the first has to be: most runs find most results in the cache.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from citecheck.errors import CitecheckError, UnreadableFile
from citecheck.execution.cache import Cache, decoded, encoded
from citecheck.execution.libraries import Companions, Library
from citecheck.execution.locks import LockAt, Locks
from citecheck.execution.serving import serve
from citecheck.files.decoding import Input
from citecheck.files.encodings import UTF_8
from citecheck.limits import within_limits
from citecheck.model.key_spaces import Beside
from citecheck.model.results import Result
from citecheck.model.settings import Settings

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.context import BaseContext

    from citecheck.model.document import Document

_WORTH: Final = 150_000  # code points; below that, starting processes takes longer than the work
_CHUNK: Final = 60_000  # code points sent to a worker at once: enough to hide the sending, few enough to share the work
_BATCH: Final = 4_000_000  # code points of documents that are at hand at once
_BATCH_FILES: Final = 1_000

_Answer = TypeVar("_Answer")

Job = Input | CitecheckError
"""A document, or why there is none."""


class _Task(NamedTuple):
    """A document to be checked, and the key of its result."""

    key: bytes
    text: str
    name: str
    format: str
    settings: Settings
    companions: Companions | None
    lock: LockAt | None
    beside: Beside | None = None  # once somebody has to read it


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # what a container allows, where the system tells
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def lint_inputs(
    jobs: Iterable[Job], *, processes: int = 1, counting: bool = True, cache: Cache | None = None
) -> Iterator[Result]:
    """The results of documents in the order given, each as soon as it and those before it are known.

    `counting` is whether their summaries count claims. What cannot be read, and an error that is in a document's
    place, is a result that says so. What the cache knows is not checked again; documents that are alike are checked
    once.
    """
    cache = cache or Cache(None)
    library = Library()
    with ExitStack() as stack:
        workers = _Workers(processes, stack, library, partial(_entry, counting=counting))
        locks = Locks()
        for batch in _batches(_slot(job, cache, library, locks, counting=counting) for job in jobs):
            yield from _results(batch, workers, cache)
            del batch  # or its texts would stay until those of the next are read
    cache.save()


def read_inputs(jobs: Iterable[Job], *, processes: int = 1) -> Iterator[Result]:
    """The results of documents as of `lint_inputs`, each with how the document was read, which no cache has."""
    library, cache, locks = Library(), Cache(None), Locks()
    with ExitStack() as stack:
        workers = _Workers(processes, stack, library, _with_reading)
        for batch in _batches(_slot(job, cache, library, locks, counting=True) for job in jobs):
            told = workers.results([slot for slot in batch if isinstance(slot, _Task)])
            for slot in batch:
                yield slot if isinstance(slot, Result) else next(told)[1]
            del batch


def _results(slots: Sequence[_Task | Result], workers: _Workers[bytes | str], cache: Cache) -> Iterator[Result]:
    """The results of a batch in order: what is known at once, the rest as the workers have it."""
    missing = {slot.key: slot for slot in slots if isinstance(slot, _Task) and cache.get(slot.key) is None}
    told = workers.results(list(missing.values()))
    unread: dict[bytes, str] = {}
    for slot in slots:
        if isinstance(slot, Result):
            yield slot
            continue
        while (entry := cache.get(slot.key)) is None and slot.key not in unread:
            key, answer = next(told)
            if isinstance(answer, str):
                unread[key] = answer
            else:
                cache.put(key, answer)
        if entry is None:
            yield Result.unreadable(slot.name, unread[slot.key])
        else:
            yield _known(slot, entry, cache, workers)


def _known(slot: _Task, entry: bytes, cache: Cache, workers: _Workers[bytes | str]) -> Result:
    """The result that the cache has of a document; that of checking it where what the cache has is odd."""
    try:
        with _without_collection():
            return decoded(entry, slot.name, slot.text, slot.format)
    except ValueError:  # forged, or written by anyone who is no citecheck
        answer = workers.answer(slot)
    if isinstance(answer, str):
        return Result.unreadable(slot.name, answer)
    cache.put(slot.key, answer)
    return decoded(answer, slot.name, slot.text, slot.format)


def _slot(job: Job, cache: Cache, library: Library, locks: Locks, *, counting: bool) -> _Task | Result:
    """A document read, or why it cannot be."""
    if isinstance(job, CitecheckError):
        return Result.unreadable("", str(job))
    name, format, settings = job.name, job.format, job.settings
    try:
        data = job.data()
        text, encoding = job.decoded(data)
    except UnreadableFile as error:
        return Result.unreadable(name, str(error), tolerated=job.tolerates(error))
    if encoding.codec != UTF_8:  # the same bytes may be another text elsewhere
        data = text.encode(UTF_8)
    companions = library.opened(job, text)
    lock = locks.of(job)
    marks = (*(companions.marks if companions else ()), *((lock.digest,) if lock else ()))
    key = cache.key(data, settings, format, counting=counting, beside=marks)
    return _Task(key, text, name, format, settings, companions, lock)


class _Workers(Generic[_Answer]):
    """Those who do the work of checking a document: this process, or others once there is enough to do."""

    def __init__(self, processes: int, stack: ExitStack, library: Library, work: Callable[[_Task], _Answer]) -> None:
        self._processes = processes
        self._library = library
        self._stack = stack
        self._work = work
        self._pool: ProcessPoolExecutor | None = None

    def results(self, tasks: Sequence[_Task]) -> Iterator[tuple[bytes, _Answer]]:
        """The key of each task with what the work makes of it; in order."""
        if self._processes > 1 and len(tasks) > 1 and sum(len(task.text) for task in tasks) > _WORTH:
            if self._pool is None:
                import citecheck.engine.linting
                import citecheck.recognition  # noqa: F401 - before the workers start, so that they need not

                self._pool = self._stack.enter_context(_pool(self._processes))
            for answers in self._pool.map(partial(_each, work=self._work), _chunks(map(self._whole, tasks))):
                yield from answers
            return
        for task in tasks:
            yield task.key, self.answer(task)

    def answer(self, task: _Task) -> _Answer:
        """What the work makes of a document, done by this process."""
        return self._work(self._whole(task))

    def _whole(self, task: _Task) -> _Task:
        """A task with all that is needed for it."""
        return task._replace(companions=None, beside=self._library.beside(task.companions))


def _each(tasks: list[_Task], *, work: Callable[[_Task], _Answer]) -> list[tuple[bytes, _Answer]]:
    with _without_collection():  # between documents too: what is left to collect of a chunk is next to nothing
        return [(task.key, work(task)) for task in tasks]


def _entry(task: _Task, *, counting: bool) -> bytes | str:
    """The entry of a document's result, or why it could not be checked."""
    try:
        return encoded(
            _linted(task.text, task.name, task.format, task.settings, task.beside, task.lock, counting=counting)
        )
    except UnreadableFile as error:
        return str(error)


def _with_reading(task: _Task) -> Result:
    """The result of a document with how it was read, or without, where it could not be."""
    from citecheck.engine.linting import lint_document
    from citecheck.model.readings import with_reading

    def work(document: Document) -> Result:
        return with_reading(lint_document(document, task.settings), document)

    try:
        return with_document(task.text, task.name, task.format, task.settings, work, task.beside, task.lock)
    except UnreadableFile as error:
        return Result.unreadable(task.name, str(error))


def lint_bytes(data: bytes, each: Input, library: Library | None = None) -> Result:
    """The result of a document whose bytes are at hand, in place of those of its file, beside those of a library."""
    try:
        text, _ = each.decoded(data)
        library = library or Library()
        beside = library.beside(library.opened(each, text))
        return _linted(text, each.name, each.format, each.settings, beside, Locks().of(each), counting=True)
    except UnreadableFile as error:
        return Result.unreadable(each.name, str(error))


def _linted(
    text: str,
    name: str,
    format: str,
    settings: Settings,
    beside: Beside | None,
    lock: LockAt | None,
    *,
    counting: bool,
) -> Result:
    from citecheck.engine.linting import lint_document

    lint = partial(lint_document, settings=settings, counting=counting)
    return with_document(text, name, format, settings, lint, beside, lock)


def lint_verified(
    jobs: Iterable[Job], verified: Callable[[Document], Document], *, counting: bool = True
) -> Iterator[Result]:
    """The results of documents in the order given, with what their sources answered, which `verified` adds to each.

    Nothing of it is kept: what a source answers is no result of a document.
    """
    from citecheck.engine.linting import lint_document

    library, locks = Library(), Locks()
    for job in jobs:
        if isinstance(job, CitecheckError):
            yield Result.unreadable("", str(job))
            continue
        settings = job.settings._replace(online=True)
        try:
            text = job.read()
            beside = library.beside(library.opened(job, text))

            def lint(document: Document, settings: Settings = settings) -> Result:
                return lint_document(verified(document), settings, counting=counting)

            yield with_document(text, job.name, job.format, settings, lint, beside, locks.of(job))
        except UnreadableFile as error:
            yield Result.unreadable(job.name, str(error), tolerated=job.tolerates(error))


def parse_inputs(jobs: Iterable[Job]) -> Iterator[Document | Result]:
    """The documents in order, read and parsed; a result that says why in the place of one that could not be read."""
    library = Library()
    for job in jobs:
        if isinstance(job, CitecheckError):
            yield Result.unreadable("", str(job))
            continue
        try:
            text = job.read()
            beside = library.beside(library.opened(job, text))
            yield with_document(text, job.name, job.format, job.settings, lambda document: document, beside)
        except UnreadableFile as error:
            yield Result.unreadable(job.name, str(error), tolerated=job.tolerates(error))


def with_document(
    text: str,
    name: str,
    format: str,
    settings: Settings,
    work: Callable[[Document], _Answer],
    beside: Beside | None,
    lock: LockAt | None = None,
) -> _Answer:
    """What some work makes of a document and of what belongs to it, within the limits of what it may cost.

    Where there is a `lock`, the document knows what its claims come to by the stored texts of its sources.

    Raises UnreadableFile where it costs more. An error that is our own fault has the document's name.
    """
    from citecheck.model.claims import Coverage
    from citecheck.recognition import parse

    try:
        with _without_collection(), within_limits(name, len(text)):
            coverage = Coverage(settings.coverage)
            language = settings.language
            parsed = parse(text, name=name, format=format, language=language, coverage=coverage, beside=beside)
            return work(lock.backed(parsed, settings) if lock else parsed)
    except CitecheckError:
        raise
    except Exception as error:
        error.add_note(f"while checking {name}")
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


def _batches(slots: Iterable[_Task | Result]) -> Iterator[list[_Task | Result]]:
    """Runs of documents that the memory can hold."""
    batch: list[_Task | Result] = []
    size = 0
    for slot in slots:
        batch.append(slot)
        size += len(slot.text)
        if size >= _BATCH or len(batch) == _BATCH_FILES:
            yield batch
            batch, size = [], 0
    yield batch


def _chunks(tasks: Iterable[_Task]) -> Iterator[list[_Task]]:
    """Runs of documents, each about as much work."""
    chunk: list[_Task] = []
    size = 0
    for task in tasks:
        chunk.append(task)
        size += len(task.text)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes, which leave an interruption to their parent and end when it does."""
    from concurrent.futures import ProcessPoolExecutor  # slow to import, and small runs need none

    pool = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=serve, initargs=(os.getpid(),))
    try:
        yield pool
    except BaseException:  # an interruption too: nobody waits for work that nobody wants
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()  # all is done; Python complains at its end of a pool that is still closing


def _context() -> BaseContext:
    """How workers start: forked where that is sound, since a fork has everything imported already."""
    import multiprocessing

    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
