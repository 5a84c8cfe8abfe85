"""Rows checked by other processes, which a row may end: then it is known which, and no other row is lost.

A row that ends its process is tried once more, alone: the reason may have been elsewhere, such as want of memory. A row
that takes too long has its process ended, and is not tried again.
"""

from __future__ import annotations

import atexit
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from time import monotonic
from typing import Final, NamedTuple

import pyarrow as pa

from citecheck.arrow.batches import SCHEMA, result_of
from citecheck.arrow.rows import Work, refused
from citecheck.arrow.worker import RESULT, ROW, SLICE, WORK, packed, read_frame, write_frame
from citecheck.errors import CitecheckError
from citecheck.limits import memory_of

_MOST_MEMORY: Final = 300 * 1024 * 1024  # bytes that a process may keep from one slice to the next
_NAME: Final = "text"
_BEAT: Final = 0.2  # seconds between two looks at the clock
_START: Final = 60.0  # seconds that a process may take until it begins its first row
_MOST_FAILURES: Final = 5  # processes in a row that end before they begin a row


class Answer(NamedTuple):
    """What a worker says: the row that it begins, a result, or that it is gone (neither)."""

    worker: Worker
    row: int | None = None
    result: pa.RecordBatch | None = None


Answers = queue.SimpleQueue[Answer]


class Worker:
    """A process that checks columns one after the other, and puts what it says into a queue."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._work: Work | None = None
        paths = os.pathsep.join(filter(None, sys.path))  # where this process has citecheck and pyarrow from
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "citecheck.arrow.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    @property
    def is_full(self) -> bool:
        """Whether it has so much memory that another should take its place."""
        return memory_of(self._process.pid) > _MOST_MEMORY

    def check(self, column: pa.Array, work: Work) -> None:
        """Has the documents of a column checked."""
        try:
            if work != self._work:
                self._send(WORK, pickle.dumps(work))
                self._work = work
            self._send(SLICE, packed(pa.record_batch([column], [_NAME])))
        except OSError:  # it is gone, and answers so
            pass

    def kill(self) -> None:
        """Ends the process, whatever it is doing; it answers that it is gone."""
        self._process.kill()

    def close(self) -> str:
        """Ends the process, if it has not ended, and waits for it; returns how it ended, in words."""
        self._process.kill()
        code = self._process.wait()
        self._listening.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was still to be written has no reader
                assert pipe
                pipe.close()
        return f"signal {-code}" if code < 0 else f"exit status {code}"

    def _send(self, kind: int, payload: bytes | memoryview) -> None:
        assert self._process.stdin
        write_frame(self._process.stdin, kind, payload)

    def _listen(self) -> None:
        assert self._process.stdout
        while (frame := read_frame(self._process.stdout)) is not None:
            kind, number, payload = frame
            if kind == ROW:
                self._answers.put(Answer(self, row=number))
            elif kind == RESULT:
                self._answers.put(Answer(self, result=pa.ipc.open_stream(payload).read_next_batch()))
        self._answers.put(Answer(self))


class _Part(NamedTuple):
    """A run of the rows of a slice, to be checked by one worker."""

    slice: _Slice
    start: int
    stop: int


class _Slice:
    """A column on its way: the parts that are to be checked, and the results there are."""

    def __init__(self, column: pa.Array) -> None:
        self.column: Final = column
        self._results: dict[int, pa.RecordBatch] = {}
        self._missing = len(column)

    def add(self, start: int, result: pa.RecordBatch) -> None:
        """Adds the result of the rows from one on."""
        self._results[start] = result
        self._missing -= result.num_rows

    @property
    def is_done(self) -> bool:
        """Whether every row has a result."""
        return not self._missing

    def result(self) -> pa.RecordBatch:
        """The results of all rows, in order."""
        batches = [self._results[start] for start in sorted(self._results)]
        return pa.Table.from_batches(batches, SCHEMA).combine_chunks().to_batches()[0] if batches else result_of([])


@dataclass(slots=True)
class _Busy:
    """What a worker is doing, which row it has begun, when that was, and whether it has taken too long."""

    part: _Part
    row: int | None
    since: float
    late: bool = False


class Pool:
    """Workers that check columns; of each row that ended one, it is known that it did."""

    def __init__(self, workers: int, seconds: float) -> None:
        self.seconds = seconds
        self._workers = workers
        self._answers: Answers = queue.SimpleQueue()
        self._idle: list[Worker] = []
        self._busy: dict[Worker, _Busy] = {}
        self._parts: deque[_Part] = deque()
        self._failures = 0

    def results(self, columns: Iterable[pa.Array], work: Work) -> Iterator[pa.RecordBatch]:
        """The results of columns in their order; of as many at a time as keep the workers busy."""
        slices: deque[_Slice] = deque()
        coming = iter(columns)
        while True:
            while len(slices) < 2 * self._workers and (column := next(coming, None)) is not None:
                slices.append(_Slice(column))
                self._parts.extend([_Part(slices[-1], 0, len(column))] if len(column) else [])
            while slices and slices[0].is_done:
                yield slices.popleft().result()
            if not slices:
                if (column := next(coming, None)) is None:
                    return
                coming = chain([column], coming)
                continue
            self._assign(work)
            self._listen()
            self._watch()

    def close(self) -> None:
        """Ends the workers."""
        for worker in (*self._idle, *self._busy):
            worker.close()
        self._idle.clear()
        self._busy.clear()
        self._parts.clear()

    def _assign(self, work: Work) -> None:
        while self._parts and len(self._busy) < self._workers:
            worker = self._idle.pop() if self._idle else Worker(self._answers)
            part = self._parts.popleft()
            self._busy[worker] = _Busy(part, None, monotonic())
            worker.check(part.slice.column.slice(part.start, part.stop - part.start), work)

    def _watch(self) -> None:
        """Ends the workers that take too long."""
        now = monotonic()
        for worker, busy in self._busy.items():
            if now - busy.since > (_START if busy.row is None else self.seconds):
                busy.late = busy.row is not None
                worker.kill()

    def _listen(self) -> None:
        """Takes the next answer, if there is one soon."""
        try:
            answer = self._answers.get(timeout=_BEAT)
        except queue.Empty:
            return
        doing = self._busy.get(answer.worker)
        if doing is None:  # one that was idle is gone
            self._idle = [each for each in self._idle if each is not answer.worker]
        elif answer.row is not None:
            doing.row, doing.since = answer.row, monotonic()
        elif answer.result is not None:
            del self._busy[answer.worker]
            doing.part.slice.add(doing.part.start, answer.result)
            self._failures = 0
            if answer.worker.is_full:
                answer.worker.close()
            else:
                self._idle.append(answer.worker)
        else:
            del self._busy[answer.worker]
            self._bury(answer.worker.close(), doing)

    def _bury(self, ending: str, doing: _Busy) -> None:
        """Sees to the rows of a worker that is gone: the one that it had begun alone, the others with a new worker."""
        part = doing.part
        if doing.row is None:
            self._failures += 1
            if self._failures > _MOST_FAILURES:
                raise CitecheckError(f"worker processes cannot be started: they end with {ending}")
            self._parts.appendleft(part)
            return
        fatal = part.start + doing.row
        if doing.late or part.stop - part.start == 1:
            reason = f"it takes longer than {self.seconds:.0f} seconds" if doing.late else f"the worker died ({ending})"
            part.slice.add(fatal, result_of([refused(reason)]))
        else:
            self._parts.appendleft(_Part(part.slice, fatal, fatal + 1))
        rest = [_Part(part.slice, part.start, fatal), _Part(part.slice, fatal + 1, part.stop)]
        self._parts.extendleft(each for each in rest if each.start < each.stop)


# For the batches of an engine -------------------------------------------------------------------------------

_lock = threading.Lock()
_pools: dict[int, Pool] = {}  # by the process that has it: what an engine forks has none


def isolated(column: pa.Array, work: Work, seconds: float) -> pa.RecordBatch:
    """The result of a column, checked by a process that is kept for the next."""
    with _lock:
        if os.getpid() not in _pools:
            _pools.clear()
            _pools[os.getpid()] = Pool(1, seconds)
            atexit.register(_pools[os.getpid()].close)
        pool = _pools[os.getpid()]
        pool.seconds = seconds
        (result,) = pool.results([column], work)
        return result
