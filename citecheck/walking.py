"""Paths and folders to the documents in them: what is looked at, what is passed over, what is skipped."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from citecheck.errors import UnreadableFile, UsageError
from citecheck.files import STDIN, Input, Piped, decode, read_stdin, unreadable
from citecheck.formats import format_for
from citecheck.patterns import plain

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

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
PROSE: Final = frozenset({"README", "CHANGELOG", "CHANGES", "HISTORY", "NEWS", "TODO", "NOTES", "CONTRIBUTING"})


class Excluding(Protocol):
    """Whoever says what is passed over."""

    def covers(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file or folder is passed over."""


class Skipped(NamedTuple):
    """What has the name of a document and is none: the name to show, and what it is."""

    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.name}: is {self.what}, and is skipped"


def find(
    paths: Sequence[str], *, excluded: Excluding, format: str | None = None, stdin_filename: str | None = None
) -> Iterator[Input | Skipped | UnreadableFile | UsageError]:
    """The documents under paths, in order and each once; an error in the place of a path that leads to none.

    A file that is named is always read, as plain text if its suffix is unknown; only `excluded` passes it over.
    In a folder those files are read whose suffix or name is a document's, unless a `.gitignore` or `excluded` says
    otherwise. `format` overrides suffixes.
    """
    seen: set[str] = set()
    for path in paths:
        try:
            for each in _under(path, excluded, format, stdin_filename):
                if isinstance(each, Input) and len(paths) > 1:  # below a single path no file is met twice
                    if each.place in seen:
                        continue
                    seen.add(each.place)
                yield each
        except (UnreadableFile, UsageError) as error:
            yield error


def _under(
    path: str, excluded: Excluding, format: str | None, stdin_filename: str | None
) -> Iterator[Input | Skipped | UnreadableFile]:
    if path == STDIN:
        yield from _stdin(excluded, format, stdin_filename)
        return
    try:
        status = os.stat(path)
    except OSError as error:
        raise unreadable(path, error) from error
    if stat.S_ISDIR(status.st_mode):
        empty = True
        for each in Walk(excluded, format).documents(path):
            empty = empty and isinstance(each, Skipped)
            yield each
        if empty:
            raise UsageError(f"no documents under {path}")
    elif not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(f"{path}: is neither a file nor a folder; pipe its text in, with - for the path")
    elif not excluded.covers(path):
        yield Input(path, format or format_for(path) or "text")


def _stdin(excluded: Excluding, format: str | None, name: str | None) -> Iterator[Input]:
    if name is not None and excluded.covers(name):
        return
    text, encoding = decode(read_stdin(), name or "<stdin>")
    chosen = format or (name and format_for(name)) or "markdown"
    yield Input(name or "<stdin>", chosen, piped=Piped(text, encoding))


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

    def documents(self, folder: str) -> Iterator[Input | Skipped | UnreadableFile]:
        """The documents below a folder; an error in the place of a folder that cannot be listed."""
        absolute = os.path.abspath(folder)
        ignoring = _above(absolute)
        if _ignored(absolute, True, ignoring):
            ignoring = []  # whoever names an ignored folder wants it read
        shown = "" if folder in (os.curdir, os.curdir + os.sep) else folder
        yield from self._below(shown, absolute, ignoring)

    def _below(
        self, shown: str, absolute: str, ignoring: Sequence[Ignored]
    ) -> Iterator[Input | Skipped | UnreadableFile]:
        try:
            with os.scandir(absolute) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield unreadable(shown or os.curdir, error)
            return
        if any(entry.name == ".gitignore" for entry in entries):
            ignoring = [*ignoring, *_gitignore(absolute)]
        for entry in entries:
            path = os.path.join(shown, entry.name)
            if entry.is_dir(follow_symlinks=False):  # a link may lead back up
                if not self._passes_over(entry, path, ignoring):
                    yield from self._below(path, entry.path, ignoring)
            elif (format := _document_format(entry.name)) and not self._skips(entry, path, ignoring):
                odd = _odd(entry)
                yield Skipped(path, odd) if odd else Input(path, self._format or format)

    def _passes_over(self, entry: os.DirEntry[str], path: str, ignoring: Sequence[Ignored]) -> bool:
        return (
            entry.name in _PASSED_OVER
            or _ignored(entry.path, True, ignoring)
            or self._excluded.covers(path, folder=True)
            or os.path.exists(os.path.join(entry.path, _VIRTUAL_ENVIRONMENT))
        )

    def _skips(self, entry: os.DirEntry[str], path: str, ignoring: Sequence[Ignored]) -> bool:
        return _ignored(entry.path, False, ignoring) or self._excluded.covers(path)


_ODD: Final = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a link to a folder"),  # which may lead back up
)


def _odd(entry: os.DirEntry[str]) -> str | None:
    """What an entry is, where it is no file."""
    try:
        if entry.is_file():
            return None
        mode = entry.stat().st_mode
    except OSError as error:
        return "a link that leads round in a circle" if error.errno == errno.ELOOP else "a link to nothing"
    return next((what for is_one, what in _ODD if is_one(mode)), "no file")


def _document_format(name: str) -> str | None:
    """The format of a file met in a folder; without a suffix only such names as README are documents."""
    return format_for(name) if os.path.splitext(name)[1] or name.upper() in PROSE else None


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
    try:
        spec = _spec(globs)
    except _NO_GLOB:
        spec = _spec(filter(_is_glob, globs))  # git matches nothing by a line that it cannot read, and goes on
    yield Ignored(folder, spec)


def _ignored(path: str, folder: bool, ignoring: Sequence[Ignored]) -> bool:
    for each in reversed(ignoring):  # the nearest file that speaks of the path decides
        verdict = each.verdict(path, folder)
        if verdict is not None:
            return verdict
    return False


_WINDOWS: Final = plain(r"\\[\w.*]")  # git knows a backslash by its need, as in `\#`; here it is meant for a slash
_NO_GLOB: Final = (ValueError, re.error)  # a lone `!`, a `\` at the end; a range that runs backwards, `[z-a]`


def well_formed(globs: Iterable[str]) -> None:
    """Raises UsageError for a glob that cannot be read, or that would silently match nothing."""
    for glob in globs:
        if _WINDOWS.search(glob):
            raise UsageError(f"{glob!r} has a backslash; write / between folders")
        if not _is_glob(glob):
            raise UsageError(f"{glob!r} is no glob; write it as a line of .gitignore")


def _is_glob(glob: str) -> bool:
    try:
        _spec([glob])
    except _NO_GLOB:
        return False
    return True


def _spec(globs: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # slow to import, and many runs need none

    return GitIgnoreSpec.from_lines(globs)


def _slashed(path: str, folder: bool) -> str:
    return path.replace(os.sep, "/") + ("/" if folder else "")
