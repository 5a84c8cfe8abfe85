"""Answers of earlier runs, in a database of SQLite in citecheck's own folder.

Every answer is committed as it comes, so that a run killed between two answers has all that came before. The file
may come from a stranger, as a repository or a restored cache of a CI does. It is data: its one table has to be ours to
the letter, each row is read strictly, and what is odd counts for nothing. A forged cache can silence checks online or
make findings up; it can do no more.
"""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import threading
from contextlib import suppress
from typing import Final, NamedTuple

from citecheck.files.writing import made
from citecheck.model.outcomes import Reason
from citecheck.sources.online.client import Answer

FILE: Final = "online-1.sqlite"
_TABLE: Final = (
    "CREATE TABLE answer (key TEXT PRIMARY KEY, at REAL NOT NULL, url TEXT NOT NULL, final TEXT NOT NULL, "
    "status INTEGER NOT NULL, reason TEXT NOT NULL, words TEXT NOT NULL, moved TEXT NOT NULL, headers TEXT NOT NULL, "
    "body BLOB NOT NULL) WITHOUT ROWID"
)
_READ: Final = "SELECT at, url, final, status, reason, words, moved, headers, body FROM answer WHERE key = ?"
_WRITE: Final = "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_BESIDE: Final = ("", "-wal", "-shm", "-journal")
_LARGEST: Final = 512 * 1024 * 1024  # bytes of the file; a larger one is not ours, or is due to be begun afresh


class Stored(NamedTuple):
    """An answer, and when it came, in seconds since 1970."""

    answer: Answer
    at: float


class Cache:
    """Answers by their keys. Without a folder, or where it cannot be used, nothing is kept beyond the run."""

    def __init__(self, folder: str | None) -> None:
        self._lock = threading.Lock()
        self._database = _opened(folder) if folder else None

    def get(self, key: str) -> Stored | None:
        """The answer under a key."""
        if self._database is None:
            return None
        with self._lock, suppress(sqlite3.Error, ValueError, TypeError, RecursionError):
            row = self._database.execute(_READ, (key,)).fetchone()
            return _stored(row) if row else None
        return None

    def put(self, key: str, answer: Answer, at: float) -> None:
        """Keeps an answer; it is there for the next run as soon as this returns."""
        if self._database is None:
            return
        row = (
            *(key, at, answer.url, answer.final, answer.status, answer.reason or "", answer.words, answer.moved),
            *(json.dumps(dict(answer.headers)), answer.body),
        )
        with self._lock, suppress(sqlite3.Error):  # a full disk costs the next run time, and this one nothing
            self._database.execute(_WRITE, row)

    def close(self) -> None:
        """Closes the database."""
        if self._database is not None:
            with self._lock, suppress(sqlite3.Error):
                self._database.close()
            self._database = None


def _opened(folder: str) -> sqlite3.Connection | None:
    """The database of a folder, begun afresh where what is there is not ours."""
    path = os.path.join(folder, FILE)
    with suppress(OSError, sqlite3.Error):
        if not made(folder):
            return None
        for _ in range(2):
            if _plain(path):
                database = _connected(path)
                if database is not None:
                    return database
            _cleared(path)
    return None


def _plain(path: str) -> bool:
    """Whether the files of a database are files of no more than the size allowed, as far as they are there."""
    for beside in _BESIDE:
        with suppress(FileNotFoundError):
            status = os.lstat(path + beside)
            if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                return False
    return True


def _cleared(path: str) -> None:
    for beside in _BESIDE:
        with suppress(FileNotFoundError):
            os.unlink(path + beside)


def _connected(path: str) -> sqlite3.Connection | None:
    """A connection to a database that has our table and nothing else; None where it has not."""
    database = sqlite3.connect(path, timeout=5.0, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA cell_size_check = ON")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")  # a killed process loses nothing; a loss of power may
        database.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS", 1))
        if database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall() == [(_TABLE,)]:
            os.chmod(path, 0o600)
            return database
    except (sqlite3.DatabaseError, OSError):
        pass
    database.close()
    return None


def _stored(row: tuple[object, ...]) -> Stored:
    """The answer of a row. Raises ValueError or TypeError for an odd one."""
    at, url, final, status, reason, words, moved, headers, body = row
    if not (isinstance(at, float) and isinstance(status, int) and isinstance(body, bytes) and 0 <= status < 1000):
        raise TypeError
    kept = json.loads(_text(headers))
    if not isinstance(kept, dict):
        raise TypeError
    why = Reason(_text(reason)) if reason else None
    known = {name: _text(value) for name, value in kept.items()}
    return Stored(Answer(_text(url), _text(final), status, why, _text(words), _text(moved), known, body), at)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
