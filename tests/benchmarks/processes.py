"""Whole processes, timed: wall and CPU seconds, and memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

_TIMEOUT: Final = 300.0  # seconds of one run


class Cost(NamedTuple):
    """What one run took: seconds on the wall, seconds of CPU with its children's, MiB of its largest process."""

    wall: float
    cpu: float
    memory: float


class Failed(Exception):
    """A command that could not be timed; says why."""


def environment() -> dict[str, str]:
    """That of a user: Python may keep bytecode, and nothing is coloured."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CITECHECK"))}
    return {**kept, "NO_COLOR": "1"}


def cost(command: Sequence[str], folder: Path) -> Cost:
    """One run of a command in a folder, its output thrown away. Raises Failed where it does not end as linters do."""
    started = time.perf_counter()
    try:
        process = subprocess.Popen(
            command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        raise Failed(str(error)) from error
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.perf_counter() - started > _TIMEOUT:
            process.kill()
            os.wait4(process.pid, 0)
            raise Failed(f"took longer than {_TIMEOUT:.0f} s")
        time.sleep(0.0005)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1 is what linters say when they find something
        raise Failed(f"ended with status {process.returncode}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*(statistics.median(figures) for figures in zip(*costs, strict=True)))


def in_turn(commands: Mapping[str, Sequence[str]], folder: Path, runs: int) -> dict[str, list[Cost] | str]:
    """The costs of several commands, run in turn so that a drift of the machine meets all; why, where one fails."""
    found: dict[str, list[Cost] | str] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            costs = found[name]
            if isinstance(costs, str):
                continue
            try:
                taken = cost(command, folder)
            except Failed as failure:
                found[name] = str(failure)
                continue
            if number:  # the first run warms the machine up
                costs.append(taken)
    return found


def ratio(own: Sequence[Cost], other: Sequence[Cost]) -> float:
    """How many times as long the one takes as the other: the median of the ratios, run by run."""
    return statistics.median(a.wall / b.wall for a, b in zip(own, other, strict=True))
