"""Work for many hosts, done by threads: a host has as many lanes as it may be asked at once, so no thread waits.

The threads end with the process: nobody waits for them after an interruption, since every answer is kept as it comes.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import Final, Generic, NamedTuple, TypeVar

from citecheck.sources.online.hosts import Hosts

_THREADS: Final = 32

_Result = TypeVar("_Result")


class Task(NamedTuple, Generic[_Result]):
    """What is to be done, and the host that is asked first."""

    host: str
    work: Callable[[], _Result]


def in_lanes(tasks: Iterable[Task[_Result]], hosts: Hosts) -> Iterator[_Result]:
    """What comes of the tasks, as it comes. Raises what a task raises."""
    by_host: dict[str, list[Callable[[], _Result]]] = defaultdict(list)
    for task in tasks:
        by_host[task.host].append(task.work)
    lanes: SimpleQueue[Sequence[Callable[[], _Result]]] = SimpleQueue()
    for host, works in by_host.items():
        at_once = min(hosts.pace(host).at_once, len(works))
        for number in range(at_once):
            lanes.put(works[number::at_once])
    done: SimpleQueue[tuple[_Result, None] | tuple[None, BaseException]] = SimpleQueue()
    for _ in range(min(_THREADS, lanes.qsize())):
        threading.Thread(target=_drive, args=(lanes, done), daemon=True).start()
    for _ in range(sum(map(len, by_host.values()))):
        result, error = done.get()
        if error is not None:
            raise error
        yield result  # type: ignore[misc]  # without an error there is a result


def _drive(
    lanes: SimpleQueue[Sequence[Callable[[], _Result]]],
    done: SimpleQueue[tuple[_Result, None] | tuple[None, BaseException]],
) -> None:
    while True:
        try:
            lane = lanes.get_nowait()
        except Empty:
            return
        for work in lane:
            try:
                done.put((work(), None))
            except BaseException as error:
                done.put((None, error))
