"""Results of earlier runs, by the content of documents: what has not changed need not be read again.

The folder stands in the repository that is checked, and so may come from a stranger. It is data: read strictly, never
run, and what is damaged or odd in it counts for nothing. Links are not followed. The worst that a forged cache can do
is to hide findings, or to invent some.

All results stand in one file, which is read at once and replaced at once: whoever is killed leaves the old file, and of
two who write at the same time the later one wins.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Final

from citecheck import __version__
from citecheck.config import Settings
from citecheck.findings import Diagnostic, Edit, Excerpt, Fix, Fold, RelatedPlace, Safety, Severity
from citecheck.results import Result, Summary
from citecheck.text import Position, Span

FOLDER: Final = ".citecheck_cache"
_FILE: Final = "results-2"
_LARGEST: Final = 32 * 1024 * 1024  # bytes of the file; what was used longest ago is left out
_KEY: Final = 16  # bytes of a hash, twice as many digits
_FOOT: Final = 9  # bytes behind the entries: their checksum in hexadecimal digits, and a line end
_DATED: Final = frozenset({"CC310", "CC404"})  # rules that may speak today and be silent tomorrow
_TAG: Final = b"Signature: 8a477f597d28d172789f06886806bc55\n# Results of citecheck; may be deleted.\n"


class Cache:
    """The results of one run and of those before it. Without a folder, those of this run alone."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder
        self._edition = edition() if folder else b""
        self._today = date.today().isoformat()
        self._kept: dict[bytes, bytes] = _read(folder) if folder else {}  # by earlier runs, and not used yet
        self._used: dict[bytes, bytes] = {}
        self._alike: dict[bytes, bytes] = {}  # one of each entry: most documents of a repository have nothing to say
        self._grown = False
        self._context: tuple[Settings, str, bool, bytes] | None = None

    def key(self, data: bytes, settings: Settings, format: str, *, counting: bool) -> bytes:
        """What stands for all that a result depends on."""
        if self._context is None or self._context[0] is not settings or self._context[1:3] != (format, counting):
            words = repr((settings, format, counting)).encode("utf-8", "backslashreplace")
            self._context = (settings, format, counting, hashlib.blake2b(self._edition + words).digest())
        return hashlib.blake2b(data, digest_size=_KEY, key=self._context[3][:64]).hexdigest().encode()

    def get(self, key: bytes) -> bytes | None:
        """The entry under a key, if there is one that still holds."""
        entry = self._used.get(key)
        if entry is None and (kept := self._kept.pop(key, b"")):
            day, _, entry = kept.partition(b" ")
            if day not in (b"-", self._today.encode()) or not _sound(entry):
                return None
            self._used[key] = self._alike.setdefault(entry, entry)
        return entry

    def put(self, key: bytes, entry: bytes) -> None:
        """Keeps an entry."""
        self._used[key] = self._alike.setdefault(entry, entry)
        self._grown = True

    def save(self) -> None:
        """Writes down what is new, for the next run; silently not, where that cannot be."""
        if self._folder and self._grown:
            with suppress(OSError):
                _write(self._folder, self._lines())

    def _lines(self) -> Iterator[bytes]:
        """The entries, those of this run first, as far as there is room."""
        room = _LARGEST
        fresh = ((key, _dated(entry, self._today)) for key, entry in self._used.items())
        for key, entry in chain(fresh, self._kept.items()):
            room -= len(key) + len(entry) + 2
            if room < 0:
                return
            yield key + b" " + entry + b"\n"


def edition() -> bytes:
    """What tells this citecheck from another: its version, and its files and those beside it as they stand."""
    package = os.path.dirname(os.path.abspath(__file__))
    marks: list[object] = [__version__, sys.version]
    for folder in (package, os.path.join(os.path.dirname(package), "rules")):
        for path, _, names in os.walk(folder):
            for name in names:
                if name.endswith((".py", ".md")):
                    status = os.stat(os.path.join(path, name))
                    marks.append((name, status.st_size, status.st_mtime_ns))
    for folder in sys.path:
        if folder.endswith("-packages"):  # what is installed there, its parser among it
            with suppress(OSError):
                marks.append(os.stat(folder).st_mtime_ns)
    return repr(marks).encode("utf-8", "backslashreplace")


def _read(folder: str) -> dict[bytes, bytes]:
    """The entries in a folder by their keys, each behind the day on which it holds, or `-`; none where any is odd."""
    try:
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            return {}
        with open(os.open(os.path.join(folder, _FILE), os.O_RDONLY | _NO_LINK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return {}
            data = file.read(_LARGEST + _FOOT)
    except OSError:
        return {}
    if data[-_FOOT:] != _checksum(zlib.crc32(memoryview(data)[:-_FOOT])):
        return {}
    alike: dict[bytes, bytes] = {}
    kept: dict[bytes, bytes] = {}
    for line in islice(io.BytesIO(data), data.count(b"\n") - 1):
        entry = line[2 * _KEY + 1 : -1]
        kept[line[: 2 * _KEY]] = alike.setdefault(entry, entry)
    return kept


_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def _write(folder: str, lines: Iterator[bytes]) -> None:
    with suppress(FileExistsError):
        os.mkdir(folder)
    if not stat.S_ISDIR(os.lstat(folder).st_mode):
        return
    for name, content in ((".gitignore", b"*\n"), ("CACHEDIR.TAG", _TAG)):
        if not os.path.lexists(os.path.join(folder, name)):
            _replace(os.path.join(folder, name), [content])
    _replace(os.path.join(folder, _FILE), _checked(lines))


def _checked(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, and behind them their checksum."""
    checksum = 0
    for line in lines:
        checksum = zlib.crc32(line, checksum)
        yield line
    yield _checksum(checksum)


def _replace(path: str, lines: Iterable[bytes]) -> None:
    """Puts lines under a name in one step; a link of that name is replaced, not followed."""
    other = f"{path}.{os.getpid()}"
    descriptor = os.open(other, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o644)
    try:
        with open(descriptor, "wb") as file:
            file.writelines(lines)
        os.replace(other, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(other)
        raise


def _checksum(value: int) -> bytes:
    return b"%08x\n" % value


# Entries ----------------------------------------------------------------------------------------------------


def encoded(result: Result) -> bytes:
    """A result as an entry, without the path and the text of its document: the same document may have several paths."""
    found = [[*each[1:]] for each in result.diagnostics]
    return json.dumps([result.summary, found], separators=(",", ":")).encode()


def decoded(entry: bytes, path: str, text: str) -> Result:
    """The result that an entry holds, for a document of this path and text. Raises ValueError for an odd one."""
    summary, diagnostics = _told(entry)
    return Result(
        path, tuple(each._replace(path=path) for each in diagnostics), summary, text=text if diagnostics else ""
    )


def _dated(entry: bytes, today: str) -> bytes:
    """An entry behind the day on which alone it holds; `-` where it always does.

    What a comment silences is not in it, and may be what a dated rule says.
    """
    dated = _told(entry)[0].suppressed or any(f'["{code}",'.encode() in entry for code in _DATED)
    return (today if dated else "-").encode() + b" " + entry


def _sound(entry: bytes) -> bool:
    """Whether an entry that was read from a file is one."""
    try:
        return _told(entry)[0].documents == 1
    except ValueError:
        return False


@lru_cache(maxsize=16)  # copies of a document have one entry
def _told(entry: bytes) -> tuple[Summary, tuple[Diagnostic, ...]]:
    try:
        summary, found = json.loads(entry)
        return Summary(*map(_number, summary)), tuple(map(_diagnostic, found))
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("odd entry") from error


def _diagnostic(parts: Any) -> Diagnostic:
    code, rule, severity, message, label, span, start, end, excerpt, related, fix = parts
    return Diagnostic(
        path="",
        code=_words(code),
        rule=_words(rule),
        severity=Severity(severity),
        message=_words(message),
        label=None if label is None else _words(label),
        span=_span(span),
        start=Position(*map(_number, start)),
        end=Position(*map(_number, end)),
        excerpt=_excerpt(excerpt),
        related=tuple(map(_related, related)),
        fix=None if fix is None else _fix(fix),
    )


def _related(parts: Any) -> RelatedPlace:
    span, start, end, message, excerpt = parts
    start, end = Position(*map(_number, start)), Position(*map(_number, end))
    return RelatedPlace(_span(span), start, end, _words(message), _excerpt(excerpt))


def _fix(parts: Any) -> Fix:
    title, edits, safety, folds = parts
    return Fix(
        _words(title),
        tuple(Edit(_span(span), _words(text)) for span, text in edits),
        Safety(safety),
        tuple(Fold(_span(goes), _span(stays)) for goes, stays in folds),
    )


def _excerpt(parts: Any) -> Excerpt:
    text, line, column = parts
    return Excerpt(_words(text), _number(line), _number(column))


def _span(parts: Any) -> Span:
    start, end = map(_number, parts)
    return Span(start, end)


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise TypeError
    return value
