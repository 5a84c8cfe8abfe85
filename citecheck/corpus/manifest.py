"""What a run has done: a line for what it is about, and one for each part that is whole. A cut last line is as none."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, Final, NamedTuple

from citecheck.errors import CitecheckError, UsageError

NAME: Final = "manifest.jsonl"


class Part(NamedTuple):
    """A part that is whole: its file, its hash, how many rows of the inputs it covers, and what they came to.

    `taken` counts the rows of the inputs that were passed on the way to its end, sampled or not; `counts` what is
    summed up at the end; `fatal` are the rows that could not be checked because a process ended.
    """

    file: str
    sha256: str
    rows: int
    taken: int
    counts: dict[str, Any]
    fatal: list[dict[str, Any]]


@contextmanager
def opened(folder: str, about: Mapping[str, Any]) -> Iterator[Manifest]:
    """The manifest of an output folder, which no other run writes to meanwhile.

    Raises UsageError where the folder is of another run, or of something else, or another run is at work in it.
    """
    path = os.path.join(folder, NAME)
    if not os.path.lexists(path) and os.path.isdir(folder) and os.listdir(folder):
        raise UsageError(f"{folder}: is not empty, and has no {NAME}; name a new folder")
    try:
        os.makedirs(folder, exist_ok=True)
        with open(path, "ab+") as file, _locked(file, path):
            yield Manifest(file, path, about)
    except OSError as error:
        raise CitecheckError(f"{path}: cannot be written: {error.strerror or error}") from error


@contextmanager
def _locked(file: IO[bytes], path: str) -> Iterator[None]:
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:  # no POSIX system
        yield
        return
    try:
        flock(file, LOCK_EX | LOCK_NB)
    except OSError as error:
        raise UsageError(f"{path}: another run is writing there; wait for it, or end it") from error
    yield


class Manifest:
    """The manifest of an output folder: the parts that are whole. Raises UsageError where it is of another run."""

    def __init__(self, file: IO[bytes], path: str, about: Mapping[str, Any]) -> None:
        self._file = file
        self._path = path
        self.parts: list[Part] = []
        lines = self._lines()
        if not lines:  # new, or killed before the first line was whole
            self._append(dict(about))
            return
        for name, value in json.loads(json.dumps(about)).items():
            if lines[0].get(name) != value:
                raise UsageError(
                    f"{path}: is of a run with other {name}; name a new folder, or delete this one to start again"
                )
        try:
            self.parts = [Part(**line) for line in lines[1:]]
        except TypeError as error:
            raise UsageError(f"{path}: is no manifest of citecheck corpus") from error

    def add(self, part: Part) -> None:
        """Adds a part that is whole, for good."""
        self.parts.append(part)
        self._append(part._asdict())

    def _lines(self) -> list[dict[str, Any]]:
        """The lines that are whole; what follows them is cut off."""
        self._file.seek(0)
        data = self._file.read()
        whole = data.rfind(b"\n") + 1
        try:
            lines = [json.loads(line) for line in data[:whole].splitlines()]
        except ValueError as error:
            raise UsageError(f"{self._path}: is no manifest of citecheck corpus") from error
        if not all(isinstance(line, dict) for line in lines):
            raise UsageError(f"{self._path}: is no manifest of citecheck corpus")
        self._file.truncate(whole)
        return lines

    def _append(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
