"""Paths and folders to texts: what is looked at, what is passed over, how bytes become text, and texts files again."""

from __future__ import annotations

import codecs
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from citecheck.errors import UnreadableFile, UnwritableFile, UsageError
from citecheck.formats import format_for

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

STDIN: Final = "-"
_PASSED_OVER: Final = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".bzr",
        ".jj",
        ".sl",
        "CVS",
        "_darcs",
        "node_modules",
        ".venv",
        ".tox",
        ".nox",
        "__pycache__",
    }
)
_VIRTUAL_ENVIRONMENT: Final = "pyvenv.cfg"  # the file that makes any folder one, whatever its name
_PROSE: Final = frozenset({"README", "CHANGELOG", "CHANGES", "HISTORY", "NEWS", "TODO", "NOTES", "CONTRIBUTING"})
_BOMS: Final = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Encoding(NamedTuple):
    """How a file's text was written: a codec, and the byte order mark before the text, if any."""

    codec: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """The bytes of a text as the file had them, its byte order mark included."""
        return self.mark + text.encode(self.codec)


class Input(NamedTuple):
    """A document to be read: the name to show, its format, and its size in bytes where that is known.

    `text` is there already when the document did not come from a file, with the encoding it came in.
    """

    name: str
    format: str
    size: int = 0
    text: str | None = None
    encoding: Encoding = Encoding()

    @property
    def place(self) -> str:
        """What tells it from other documents, however it was named."""
        return os.path.abspath(self.name) if self.text is None else STDIN

    def read(self) -> str:
        """The text, without a byte order mark and with its own line endings. Raises UnreadableFile."""
        return read(self.name)[0] if self.text is None else self.text

    def write(self, before: str, after: str) -> None:
        """Puts a text in the place of the one that was read; what came from standard input goes to standard output.

        Raises UnwritableFile.
        """
        if self.text is None:
            write(self.name, before, after)
        else:
            sys.stdout.buffer.write(self.encoding.encode(after))


def read(path: str) -> tuple[str, Encoding]:
    """A file's text, its line endings as they are, and how it was encoded. Raises UnreadableFile."""
    return decode(read_bytes(path), path)


def read_bytes(path: str) -> bytes:
    """A file's bytes. Raises UnreadableFile."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except OSError as error:
        raise _unreadable(path, error) from error


def decode(data: bytes, name: str) -> tuple[str, Encoding]:
    """The text of a file's bytes: UTF-8, or what its byte order mark says. Raises UnreadableFile."""
    mark, codec = next((each for each in _BOMS if data.startswith(each[0])), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(codec), Encoding(codec, mark)
    except UnicodeDecodeError as error:
        offset = len(mark) + error.start
        where = f"byte 0x{data[offset]:02x} at offset {offset}"
        told = f"{name}: cannot be read as text: it is not valid {codec.upper()} ({where})"
        raise UnreadableFile(f"{told}; save it as UTF-8, or leave it out with --exclude") from error


def write(path: str, before: str, after: str) -> None:
    """Puts a text into a file in the place of the one that was read from it.

    The new text is written beside the file and takes its name in one step, so that whatever happens the file holds the
    one or the other, whole (POSIX `rename`). Its encoding and mode stay, its owner where that is permitted, and a
    symbolic link goes on leading to it; other hard links to the file keep the old text. Raises UnwritableFile where the
    file may not be written, or no longer holds what was read.
    """
    target = os.path.realpath(path)
    try:
        status = os.stat(target)
        if not all(map(_writable, (target, os.path.dirname(target)))):
            raise PermissionError
        text, encoding = read(target)
        if text != before:
            raise UnwritableFile(f"{path}: changed while it was checked, and is left as it is; run again")
        _replace(target, encoding.encode(after), status)
    except OSError as error:
        raise _unwritable(path, error) from error


def _writable(path: str) -> bool:
    """Whether a file or folder may be written; where nobody may, root does not either, to whom nothing is forbidden."""
    return bool(os.stat(path).st_mode & 0o222) and os.access(path, os.W_OK)


def _replace(target: str, data: bytes, status: os.stat_result) -> None:
    """Gives a file new bytes, by way of a temporary file that is gone afterwards whatever happens but a kill."""
    folder, name = os.path.split(target)
    import tempfile  # here, as most runs write nothing

    descriptor, temporary = tempfile.mkstemp(prefix=f".{name[:100]}.", suffix=".citecheck", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            _inherit(file.fileno(), status)
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    _settle(folder)


def _inherit(descriptor: int, status: os.stat_result) -> None:
    """Gives a file an owner and a mode; the owner first, since a change of it takes bits from the mode."""
    if hasattr(os, "fchown"):
        with suppress(PermissionError):  # only root gives files away; a group one belongs to can be kept
            os.fchown(descriptor, -1, status.st_gid)
            os.fchown(descriptor, status.st_uid, -1)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))


def _settle(folder: str) -> None:
    """Makes the new name last through a loss of power, on systems that can flush a folder."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(path: str, error: OSError) -> UnwritableFile:
    if isinstance(error, PermissionError):
        return UnwritableFile(f"{path}: may not be written; its permissions, or its folder's, forbid it")
    return UnwritableFile(f"{path}: cannot be written: {error.strerror or error}")


class Excluding(Protocol):
    """Whoever says what is passed over."""

    def covers(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file or folder is passed over."""


def find(
    paths: Iterable[str], *, excluded: Excluding, format: str | None = None, stdin_filename: str | None = None
) -> Iterator[Input | UnreadableFile | UsageError]:
    """The documents under paths, in order and each once; an error in the place of a path that leads to none.

    A file that is named is always read, as plain text if its suffix is unknown; only `excluded` passes it over.
    In a folder those files are read whose suffix or name is a document's, unless a `.gitignore` or `excluded` says
    otherwise. `format` overrides suffixes.
    """
    seen: set[str] = set()
    for path in paths:
        try:
            for each in _under(path, excluded, format, stdin_filename):
                if isinstance(each, Input):
                    if each.place in seen:
                        continue
                    seen.add(each.place)
                yield each
        except (UnreadableFile, UsageError) as error:
            yield error


def _under(
    path: str, excluded: Excluding, format: str | None, stdin_filename: str | None
) -> Iterator[Input | UnreadableFile]:
    if path == STDIN:
        yield from _stdin(excluded, format, stdin_filename)
        return
    try:
        status = os.stat(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    if stat.S_ISDIR(status.st_mode):
        inputs = Walk(excluded, format).documents(path)
        if (first := next(inputs, None)) is None:
            raise UsageError(f"no documents under {path}")
        yield first
        yield from inputs
    elif not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(f"{path}: is neither a file nor a folder; pipe its text in, with - for the path")
    elif not excluded.covers(path):
        yield Input(path, format or format_for(path) or "text", status.st_size)


def _stdin(excluded: Excluding, format: str | None, name: str | None) -> Iterator[Input]:
    if name is not None and excluded.covers(name):
        return
    text, encoding = decode(sys.stdin.buffer.read(), name or "<stdin>")
    chosen = format or (name and format_for(name)) or "markdown"
    yield Input(name or "<stdin>", chosen, text=text, encoding=encoding)


def _unreadable(path: str, error: OSError) -> UnreadableFile:
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(f"no such file or folder: {path}{_nearest(path)}")
    if isinstance(error, PermissionError):
        return UnreadableFile(f"{path}: may not be read; its permissions forbid it")
    return UnreadableFile(f"{path}: cannot be read: {error.strerror or error}")


def _nearest(path: str) -> str:
    folder, name = os.path.split(path.rstrip(os.sep))
    try:
        siblings = os.listdir(folder or os.curdir)
    except OSError:
        return ""
    from difflib import get_close_matches  # here, as most files are found

    close = get_close_matches(name, siblings, n=1)
    return f"; did you mean {os.path.join(folder, close[0])}?" if close else ""


class Exclusion:
    """What is passed over: globs as in a `.gitignore` that stands in a folder."""

    def __init__(self, globs: tuple[str, ...], folder: str = os.curdir) -> None:
        self.globs: Final = globs
        self.folder: Final = folder

    @cached_property
    def _spec(self) -> GitIgnoreSpec | None:
        return _spec(self.globs) if self.globs else None

    def covers(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file or folder is passed over."""
        if self._spec is None:
            return False
        relative = os.path.relpath(path, self.folder)
        if relative.startswith(os.pardir):  # outside the folder only its own names can match
            relative = os.path.abspath(path).lstrip(os.sep)
        return bool(self._spec.match_file(_slashed(relative, folder)))


class Ignored(NamedTuple):
    """The rules of one `.gitignore` file, for paths below the folder it stands in."""

    folder: str
    spec: GitIgnoreSpec

    def verdict(self, path: str, folder: bool) -> bool | None:
        """Whether an absolute path is ignored, or None where the file does not speak of it."""
        return self.spec.check_file(_slashed(path[len(self.folder) :].lstrip(os.sep), folder)).include


class Walk:
    """The documents below a folder in sorted order, without what git ignores, version control and dependencies."""

    def __init__(self, excluded: Excluding, format: str | None) -> None:
        self._excluded = excluded
        self._format = format

    def documents(self, folder: str) -> Iterator[Input | UnreadableFile]:
        """The documents below a folder; an error in the place of a folder that cannot be listed."""
        absolute = os.path.abspath(folder)
        ignoring = _above(absolute)
        if _ignored(absolute, True, ignoring):
            ignoring = []  # whoever names an ignored folder wants it read
        shown = "" if folder in (os.curdir, os.curdir + os.sep) else folder
        yield from self._below(shown, absolute, ignoring)

    def _below(self, shown: str, absolute: str, ignoring: Sequence[Ignored]) -> Iterator[Input | UnreadableFile]:
        try:
            with os.scandir(absolute) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield _unreadable(shown or os.curdir, error)
            return
        if any(entry.name == ".gitignore" for entry in entries):
            ignoring = [*ignoring, *_gitignore(absolute)]
        for entry in entries:
            path = os.path.join(shown, entry.name)
            if entry.is_dir(follow_symlinks=False):  # a link may lead back up
                if not self._passes_over(entry, path, ignoring):
                    yield from self._below(path, entry.path, ignoring)
            elif format := _document_format(entry.name):
                size = _size(entry)
                if size is not None and not self._skips(entry, path, ignoring):
                    yield Input(path, self._format or format, size)

    def _passes_over(self, entry: os.DirEntry[str], path: str, ignoring: Sequence[Ignored]) -> bool:
        return (
            entry.name in _PASSED_OVER
            or _ignored(entry.path, True, ignoring)
            or self._excluded.covers(path, folder=True)
            or os.path.exists(os.path.join(entry.path, _VIRTUAL_ENVIRONMENT))
        )

    def _skips(self, entry: os.DirEntry[str], path: str, ignoring: Sequence[Ignored]) -> bool:
        return _ignored(entry.path, False, ignoring) or self._excluded.covers(path)


def _size(entry: os.DirEntry[str]) -> int | None:
    """A file's size in bytes; None for what is none: a device, a pipe, a link to nowhere or round in a circle."""
    try:
        status = entry.stat()
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _document_format(name: str) -> str | None:
    """The format of a file met in a folder; without a suffix only such names as README are documents."""
    return format_for(name) if os.path.splitext(name)[1] or name.upper() in _PROSE else None


def _above(folder: str) -> list[Ignored]:
    """The `.gitignore` files from the root of the repository down to a folder's parent."""
    above: list[str] = []
    current = folder
    while not os.path.exists(os.path.join(current, ".git")):
        parent = os.path.dirname(current)
        if parent == current:
            return []  # in no repository
        above.append(parent)
        current = parent
    return [ignored for each in reversed(above) for ignored in _gitignore(each)]


def _gitignore(folder: str) -> Iterator[Ignored]:
    try:
        with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="surrogateescape") as file:
            globs = file.read().splitlines()
    except OSError:
        return
    yield Ignored(folder, _spec(globs))


def _ignored(path: str, folder: bool, ignoring: Sequence[Ignored]) -> bool:
    for each in reversed(ignoring):  # the nearest file that speaks of the path decides
        verdict = each.verdict(path, folder)
        if verdict is not None:
            return verdict
    return False


def _spec(globs: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # slow to import, and many runs need none

    return GitIgnoreSpec.from_lines(globs)


def _slashed(path: str, folder: bool) -> str:
    return path.replace(os.sep, "/") + ("/" if folder else "")
