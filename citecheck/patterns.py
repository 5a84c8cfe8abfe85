"""Patterns that are compiled when a text first asks for them, and, by the command, only once on a machine.

A start would otherwise spend most of its time on some three hundred patterns, and a run over one document needs half.
Compiling one takes thirty times as long as reading it compiled. So the command keeps what it compiled in the cache
folder of whoever runs it, as Python keeps bytecode, and under the same trust: nothing in a repository is read for this,
and a file that is not the user's own, or damaged, or of another version, is as good as none.
"""

from __future__ import annotations

import copyreg
import marshal
import os
import re
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar, Final, cast

import regex

_CHECKSUM: Final = 4  # bytes before the patterns
_WRITABLE_BY_OTHERS: Final = 0o022
_LARGEST: Final = 1_000_000  # bytes; all patterns together are a third of that


class _Shelf:
    """Where compiled patterns are kept."""

    file: str | None = None  # None where none are, as in a library
    kept: ClassVar[dict[str, bytes]] = {}  # what the file has, by flags and source
    fresh: ClassVar[dict[str, bytes]] = {}  # what this process compiled


class _Lazy:
    """Stands for a pattern; each of its methods is looked up once, and is the pattern's own from then on."""

    def __init__(self, source: str, flags: int, compile: Callable[[str, int], object]) -> None:
        self._source = source
        self._flags = flags
        self._compile = compile
        self._compiled: object = None

    def __getattr__(self, name: str) -> Any:
        if self._compiled is None:
            self._compiled = self._compile(self._source, self._flags)
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def lazy(source: str, flags: int = 0) -> regex.Pattern[str]:
    """A pattern to be compiled at its first use."""
    return cast("regex.Pattern[str]", _Lazy(source, flags, _compiled))


def plain(source: str, flags: int = 0) -> re.Pattern[str]:
    """The same for Python's own engine, which is the faster one for single characters and for literal beginnings."""
    return cast("re.Pattern[str]", _Lazy(source, flags, re.compile))


def use_kept() -> None:
    """From now on takes compiled patterns from the user's cache folder, where there are any."""
    folder = _cache_folder()
    if folder is None or not hasattr(os, "getuid"):  # elsewhere nothing tells whose a file is
        return
    _Shelf.file = os.path.join(folder, "citecheck", f"patterns-{sys.implementation.cache_tag}-{regex.__version__}")
    _Shelf.kept.update(_read(_Shelf.file))


def keep() -> None:
    """Writes down what was compiled since, for the next run; silently not, where that cannot be."""
    file = _Shelf.file
    if file is None or not _Shelf.fresh:
        return
    data = marshal.dumps(_Shelf.kept | _Shelf.fresh)
    if len(data) > _LARGEST:  # old patterns pile up where the sources change
        data = marshal.dumps(_Shelf.fresh)
    other = f"{file}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)
        with open(os.open(other, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(_checksum(data) + data)
        os.replace(other, file)
    except OSError:
        with suppress(OSError):
            os.unlink(other)
        return
    _Shelf.kept.update(_Shelf.fresh)
    _Shelf.fresh.clear()


def _compiled(source: str, flags: int) -> regex.Pattern[str]:
    key = f"{int(flags)} {source}"
    if key in _Shelf.kept:
        return cast("regex.Pattern[str]", _RESTORE(*marshal.loads(_Shelf.kept[key])))
    pattern = regex.compile(source, flags)
    if _Shelf.file is not None:
        _Shelf.fresh[key] = marshal.dumps(_parts(pattern)[1])
    return pattern


def _parts(pattern: regex.Pattern[str]) -> tuple[Any, ...]:
    """What the pattern engine itself would pickle of a pattern: a function, and what to call it with."""
    return cast("tuple[Any, ...]", copyreg.dispatch_table[type(pattern)](pattern))


_RESTORE: Final = _parts(regex.compile(""))[0]


def _cache_folder() -> str | None:
    """Where the system wants caches of the user; None where there is no such place."""
    home = os.path.expanduser("~")
    if sys.platform == "darwin":
        given = os.path.join(home, "Library", "Caches")
    else:
        given = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return given if os.path.isabs(given) else None


def _read(path: str) -> dict[str, bytes]:
    try:
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            if status.st_uid != os.getuid() or status.st_mode & _WRITABLE_BY_OTHERS:
                return {}
            data = file.read()
        if data[:_CHECKSUM] != _checksum(data[_CHECKSUM:]):
            return {}
        return cast("dict[str, bytes]", marshal.loads(data[_CHECKSUM:]))
    except (OSError, ValueError, EOFError, TypeError):
        return {}


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big")
