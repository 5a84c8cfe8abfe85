"""Results of earlier runs, by the content of documents: what has not changed need not be read again.

The folder is in the repository that is checked, and so may come from a stranger. It is data: read strictly, never
run, and what is damaged or odd in it counts for nothing. Links are not followed. A forged cache can hide findings, and
make some up, with the fixes that reports show; it can do no more, and `--fix` does not read it.

All results are in one file, which is read at once and replaced at once: a killed run leaves the old file, and of
two who write at the same time the later one wins.
"""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain, islice
from typing import Any, Final

from citecheck import __version__
from citecheck.editing.edits import sound
from citecheck.engine.filing import Filing
from citecheck.errors import CitecheckError, UsageError
from citecheck.files.writing import is_folder, is_own, made, replacing
from citecheck.model.findings import Diagnostic, Edit, Finding, Fix, Fold, RelatedSpan, Safety, Severity
from citecheck.model.outcomes import Aspect, Outcome, Reason, Verification, counts_of
from citecheck.model.results import Result, Summary, counts
from citecheck.model.settings import Settings
from citecheck.model.source_map import SourceMap
from citecheck.rulebook.pages import names
from citecheck.text.spans import Span

try:
    from _blake2 import blake2b  # without the library of ciphers that `hashlib` loads first, and takes its time over
except ImportError:
    from hashlib import blake2b

_FILE: Final = "results-3"
_LARGEST: Final = 32 * 1024 * 1024  # bytes of the file; what was used longest ago is left out
_KEY: Final = 16  # bytes of a hash, twice as many digits
_FOOT: Final = 9  # bytes after the entries: their checksum in hexadecimal digits, and a line end
_DATED: Final = frozenset({"CC310", "CC404"})  # rules that may speak today and be silent tomorrow
_WORKED_OUT: Final = frozenset(
    "documents errors warnings infos unread baselined untouched asked ok wrong unknown".split()
)
_COUNTED: Final = tuple(name for name in Summary._fields if name not in _WORKED_OUT)
_MOST: Final = 10**9  # of anything that is counted; no document has as many


def cache_folder(path: str) -> str:
    """A folder for results that the user names, made where there is none.

    Raises UsageError where it is a link, a file, or a folder of something else, which would be hidden from others and
    from git.
    """
    path = os.path.abspath(path)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.lexists(path) and not is_folder(path):
            raise UsageError(f"--cache-dir {path} is not a folder; name a new one")
        if os.path.lexists(path) and os.listdir(path) and not is_own(path):
            raise UsageError(f"--cache-dir {path} holds other files; name a new folder")
        if made(path):
            return path
    except OSError as error:
        raise UsageError(f"--cache-dir {path} cannot be made: {error.strerror or error}") from error
    raise UsageError(f"--cache-dir {path} cannot be made")


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

    def key(
        self, data: bytes, settings: Settings, format: str, *, counting: bool, beside: Sequence[object] = ()
    ) -> bytes:
        """What represents all that a result depends on; `beside` is what else than the document was read for it."""
        if self._context is None or self._context[0] is not settings or self._context[1:3] != (format, counting):
            words = repr((settings, format, counting)).encode("utf-8", "backslashreplace")
            self._context = (settings, format, counting, blake2b(self._edition + words).digest())
        if beside:
            data += repr(beside).encode("utf-8", "backslashreplace")
        return blake2b(data, digest_size=_KEY, key=self._context[3][:64]).hexdigest().encode()

    def get(self, key: bytes) -> bytes | None:
        """The entry under a key, if there is one that still holds; what it says may be odd for all that is known."""
        entry = self._used.get(key)
        if entry is None and (kept := self._kept.pop(key, b"")):
            day, _, entry = kept.partition(b" ")
            if day not in (b"-", self._today.encode()):
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
    """What distinguishes this citecheck from another: its version, and its files and those beside it as they are."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    marks: list[object] = [__version__, sys.version]
    for folder in (package, os.path.join(os.path.dirname(package), "rules")):
        for path, _, files in os.walk(folder):
            for name in files:
                if name.endswith((".py", ".md")):
                    status = os.stat(os.path.join(path, name))
                    marks.append((name, status.st_size, status.st_mtime_ns))
    for folder in sys.path:
        if folder.endswith("-packages"):  # what is installed there, its parser among it
            with suppress(OSError):
                marks.append(os.stat(folder).st_mtime_ns)
    return repr(marks).encode("utf-8", "backslashreplace")


def _read(folder: str) -> dict[bytes, bytes]:
    """The entries in a folder by their keys, each after the day on which it holds, or `-`; none where any is odd."""
    try:
        if not is_folder(folder):
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
    if made(folder):
        with replacing(os.path.join(os.path.abspath(folder), _FILE), None, lasting=False) as file:
            file.writelines(_checked(lines))


def _checked(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, and after them their checksum."""
    checksum = 0
    for line in lines:
        checksum = zlib.crc32(line, checksum)
        yield line
    yield _checksum(checksum)


def _checksum(value: int) -> bytes:
    return b"%08x\n" % value


# Entries ----------------------------------------------------------------------------------------------------


def encoded(result: Result) -> bytes:
    """A result as an entry: what cannot be worked out from the text and the path of its document.

    The same document may have several paths.
    """
    summary = result.summary
    found = [
        (each.code, each.severity, each.message, each.label, each.span, _related_of(each), each.fix)
        for each in result.diagnostics
    ]
    numbers = [getattr(summary, name) for name in _COUNTED]
    mapped = any(each.cell for each in result.diagnostics)
    return json.dumps([numbers, found, mapped, result.verifications], separators=(",", ":"), ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def _related_of(diagnostic: Diagnostic) -> list[tuple[Span, str]]:
    return [(each.span, each.message) for each in diagnostic.related]


def decoded(entry: bytes, path: str, text: str, format: str) -> Result:
    """The result that an entry holds, for a document of this path, text and format.

    Raises ValueError for an odd one.
    """
    try:
        numbers, found, mapped, verified = json.loads(entry)
        summary = Summary(documents=1, **dict(zip(_COUNTED, map(_number, numbers), strict=True)))
        filing, length = Filing(path, text, source_map=_source_map(path, text, format) if mapped else None), len(text)
        diagnostics = tuple(_diagnostic(parts, filing, length) for parts in found)
        verifications = tuple(_verification(parts, length) for parts in verified)
    except (TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError("odd entry") from error
    summary = summary._replace(**counts(diagnostics), **counts_of(verifications))
    shown = text if diagnostics else ""
    return Result(path, diagnostics, summary, text=shown, verifications=verifications)


def _source_map(path: str, text: str, format: str) -> SourceMap | None:
    from citecheck.readers import FORMATS  # here, as few documents are data of their file

    try:
        return FORMATS[format].source_map(text, path)
    except CitecheckError as error:
        raise ValueError("no such file") from error


def _dated(entry: bytes, today: str) -> bytes:
    """An entry after the day on which alone it holds; `-` where it always does.

    What a comment silences is not in it, and may be what a dated rule says.
    """
    numbers, found, *_ = json.loads(entry)
    dated = numbers[_COUNTED.index("suppressed")] or any(parts[0] in _DATED for parts in found)
    return (today if dated else "-").encode() + b" " + entry


def _diagnostic(parts: Any, filing: Filing, length: int) -> Diagnostic:
    code, severity, message, label, span, related, fix = parts
    finding = Finding(
        _span(span, length),
        _words(message),
        None if label is None else _words(label),
        tuple(RelatedSpan(_span(place, length), _words(told)) for place, told in related),
        None if fix is None else _fix(fix, length),
    )
    return filing.diagnostic(finding, code=_words(code), rule=names()[code], severity=Severity(severity))


def _verification(parts: Any, length: int) -> Verification:
    aspect, outcome, source, labels, span, text, reason, evidence, checked_at, cached, elsewhere, detail = parts
    return Verification(
        Aspect(aspect),
        Outcome(outcome),
        _words(source),
        tuple(map(_words, labels)),
        _span(span, length),
        _words(text),
        None if reason is None else Reason(reason),
        _words(evidence),
        None if checked_at is None else _words(checked_at),
        cached is True,
        None if elsewhere is None else _words(elsewhere),
        _words(detail),
    )


def _fix(parts: Any, length: int) -> Fix:
    title, edits, safety, folds = parts
    fix = Fix(
        _words(title),
        tuple(Edit(_span(span, length), _words(text)) for span, text in edits),
        Safety(safety),
        tuple(Fold(_span(goes, length), _span(stays, length)) for goes, stays in folds),
    )
    if not sound(fix.edits, length):
        raise ValueError("edits that cannot be applied")
    return fix


def _span(parts: Any, length: int) -> Span:
    start, end = map(_number, parts)
    if not start <= end <= length:
        raise ValueError("a place that is not in the text")
    return Span(start, end)


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value < _MOST:
        raise TypeError
    return value
