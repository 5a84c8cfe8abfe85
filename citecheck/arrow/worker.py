"""A process that checks documents for another: `python -m citecheck.arrow.worker`.

It reads frames from standard input and writes frames to what was standard output; each is a kind and a length, then so
many bytes. Before each row it says which it is, so that its parent knows the row that ended it. It ends at once when
its parent does, whose end of the pipe is closed then, whatever it is doing.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import struct
import sys
import threading
from typing import IO, Final

import pyarrow as pa

from citecheck.arrow.batches import result_of, values
from citecheck.arrow.rows import Work, row

HEADER: Final = struct.Struct("<BQ")
WORK, SLICE, ROW, RESULT = range(4)  # kinds of frames: the first two for the worker, the last two from it


def write_frame(stream: IO[bytes], kind: int, payload: bytes | memoryview = b"", number: int | None = None) -> None:
    """Writes a frame; of a row its number takes the place of a length."""
    stream.write(HEADER.pack(kind, len(payload) if number is None else number))
    stream.write(payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[int, int, bytes] | None:
    """A frame: its kind, its number, and its bytes; None at the end of the stream, or where it is cut."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    kind, number = HEADER.unpack(header)
    if kind == ROW:
        return kind, number, b""
    payload = stream.read(number)
    return (kind, number, payload) if len(payload) == number else None


def main() -> None:
    """Checks slices until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interruption is the parent's
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what anything prints must not be treated as an answer
    frames: queue.SimpleQueue[tuple[int, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(frames,), daemon=True).start()
    work = Work()
    while True:
        kind, payload = frames.get()
        if kind == WORK:
            work = pickle.loads(payload)  # of the parent, which started this process
        else:
            write_frame(answers, RESULT, _checked(payload, work, answers))


def _receive(frames: queue.SimpleQueue[tuple[int, bytes]]) -> None:
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        frames.put((frame[0], frame[2]))
    os._exit(0)  # the parent has closed the pipe, or is gone


def _checked(payload: bytes, work: Work, answers: IO[bytes]) -> memoryview:
    """The result of a slice, as an Arrow stream."""
    column = pa.ipc.open_stream(payload).read_next_batch().column(0)
    rows = []
    for number, value in enumerate(values(column)):
        write_frame(answers, ROW, number=number)
        rows.append(row(value, work))
    return packed(result_of(rows))


def packed(batch: pa.RecordBatch) -> memoryview:
    """A batch as an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return memoryview(sink.getvalue())


if __name__ == "__main__":
    main()
