"""Paths and folders to the documents in them: what is checked, what is excluded, what is skipped."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple, Protocol

from citecheck.errors import UnreadableFile, UsageError
from citecheck.files.decoding import STDIN, Input, read_bytes, read_stdin, unreadable
from citecheck.files.globs import Globs, readable
from citecheck.files.roots import VERSION_CONTROL, Root, is_repository
from citecheck.model.findings import counted
from citecheck.readers import FORMATS, format_for

_PASSED_OVER: Final = VERSION_CONTROL | {"node_modules", ".venv", ".tox", ".nox", "__pycache__", "citecheck-snapshots"}
_VIRTUAL_ENVIRONMENT: Final = "pyvenv.cfg"  # the file that makes any folder one, whatever its name
_SUFFIXES: Final = 5  # that are named where no document is found
PROSE: Final = frozenset({"README", "CHANGELOG", "CHANGES", "HISTORY", "NEWS", "TODO", "NOTES", "CONTRIBUTING"})


class Excluding(Protocol):
    """Whoever says what is skipped."""

    def covers(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file or folder is skipped."""


class SkippedFile(NamedTuple):
    """What has the name of a document and is none: the name to show, and what it is."""

    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.name}: is {self.what}, and is skipped"


def find(
    paths: Sequence[str], *, excluded: Excluding, format: str | None = None, stdin_filename: str | None = None
) -> Iterator[Input | SkippedFile | UnreadableFile | UsageError]:
    """The documents under paths, in order and each once; an error in the place of a path that points to none.

    A file that is named is read, as plain text where its name has no suffix; only `excluded` passes it over. In a
    folder those files are read whose suffix or name is a document's, unless a `.gitignore` or `excluded` says
    otherwise. `format` overrides suffixes. What a link points to goes by its real path, and must lie in the root of the
    path.
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
) -> Iterator[Input | SkippedFile | UnreadableFile]:
    if path == STDIN:
        yield from _stdin(excluded, format, stdin_filename)
        return
    try:
        status = os.stat(path)
    except OSError as error:
        raise unreadable(path, error) from error
    if stat.S_ISDIR(status.st_mode):
        yield from _in_folder(path, excluded, format)
    elif not excluded.covers(path):
        root = _root_inside(path, Root.of(path))
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile(f"{path}: is neither a file nor a folder; pipe its text in, with - for the path")
        real = root.shown(path)
        if real == path or not excluded.covers(real):
            yield Input(real, format or _format_of(real, path), root=root)


def _root_inside(path: str, root: Root) -> Root:
    """The root itself, where a path that was named points nowhere else; raises UnreadableFile otherwise."""
    if refusal := root.refusal(path):
        raise UnreadableFile(f"{path}: is {refusal}; use the real path of its target instead")
    return root


def _in_folder(path: str, excluded: Excluding, format: str | None) -> Iterator[Input | SkippedFile | UnreadableFile]:
    root = _root_inside(path, Root.of_folder(path))
    walk = DirectoryWalker(excluded, format, root)
    yield from walk.documents(root.shown(path))
    if not walk.found:
        raise UsageError(f"no documents under {path}{walk.unclaimed()}")


def _stdin(excluded: Excluding, format: str | None, name: str | None) -> Iterator[Input]:
    if name is None:
        yield Input("<stdin>", format or "markdown", piped=read_stdin())
    elif not excluded.covers(name):
        _root_inside(name, Root.of(name))
        yield Input(name, format or _format_of(name, name), piped=read_stdin())


def _format_of(path: str, link: str) -> str:
    """The format of a file that was named, by its own suffix, else by that of the link that points to it.

    Raises UsageError where no format has the suffix.
    """
    if found := _own_format(path) or format_for(link):
        return found
    suffix = os.path.splitext(link)[1]
    raise UsageError(f"{link}: no format has the suffix {suffix}; say with --as how to read it ({', '.join(FORMATS)})")


def _own_format(path: str) -> str | None:
    return format_for(path) if os.path.splitext(path)[1] else None


class Exclusion:
    """What is skipped: globs as in a `.gitignore` that is in a folder."""

    def __init__(self, globs: tuple[str, ...], folder: str = os.curdir) -> None:
        self.globs: Final = globs
        self.folder: Final = folder

    @cached_property
    def _compiled(self) -> Globs | None:
        return Globs(self.globs) if self.globs else None

    def covers(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file or folder is skipped."""
        if self._compiled is None:
            return False
        relative = os.path.relpath(path, self.folder)
        if relative.startswith(os.pardir):  # outside the folder only its own names can match
            relative = os.path.abspath(path).lstrip(os.sep)
        return bool(self._compiled.verdict(_slashed(relative, folder)))


class Ignored(NamedTuple):
    """The rules of one `.gitignore` file, for paths below the folder it is in."""

    folder: str
    globs: Globs

    def verdict(self, path: str, folder: bool) -> bool | None:
        """Whether an absolute path is ignored, or None where the file does not mention it."""
        return self.globs.verdict(_slashed(path[len(self.folder) :].lstrip(os.sep), folder))


class DirectoryWalker:
    """The documents below a folder in sorted order, without what git ignores, version control and dependencies.

    Links to files are followed inside the root, links to folders are not: what they point to has a path of its own.
    """

    def __init__(self, excluded: Excluding, format: str | None, root: Root) -> None:
        self.found = False
        self._excluded = excluded
        self._format = format
        self._root = root
        self._unclaimed: Counter[str] = Counter()  # suffixes that are no document's, as long as no document is found

    def documents(self, folder: str) -> Iterator[Input | SkippedFile | UnreadableFile]:
        """The documents below a folder; an error in the place of a folder that cannot be listed."""
        absolute = os.path.abspath(folder)
        ignoring = _above(absolute)
        if _ignored(absolute, True, ignoring):
            ignoring = []  # anyone who names an ignored folder wants it read
        shown = "" if folder in (os.curdir, os.curdir + os.sep) else folder
        yield from self._below(shown, absolute, ignoring)

    def unclaimed(self) -> str:
        """What to say of the files that were skipped for their suffixes, where no document was found."""
        files = +self._unclaimed
        if not files:
            return ""
        suffixes = [*(suffix for suffix, _ in files.most_common(_SUFFIXES)), *(["…"] if len(files) > _SUFFIXES else ())]
        told = f"{counted(files.total(), 'file')} with a suffix that no format has ({', '.join(suffixes)})"
        return f"; {told}: to be read they are named, with --as"

    def _below(
        self, shown: str, absolute: str, ignoring: Sequence[Ignored]
    ) -> Iterator[Input | SkippedFile | UnreadableFile]:
        try:
            with os.scandir(absolute) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self.found = True
            yield unreadable(shown or os.curdir, error)
            return
        if any(entry.name == ".gitignore" for entry in entries):
            ignoring = [*ignoring, *_gitignore(absolute)]
        for entry in entries:
            path = os.path.join(shown, entry.name)
            if entry.is_dir(follow_symlinks=False):  # a link may lead back up
                if not self._passes_over(entry, path, ignoring):
                    yield from self._below(path, entry.path, ignoring)
            elif format := _document_format(entry.name):
                if not self._skips(entry, path, ignoring):
                    yield from self._document(entry, path, format)
            elif entry.is_symlink():
                yield from self._link(entry, path, ignoring)
            elif not self.found and (suffix := os.path.splitext(entry.name)[1]):
                self._unclaimed[suffix] += not self._skips(entry, path, ignoring)

    def _document(self, entry: os.DirEntry[str], path: str, format: str) -> Iterator[Input | SkippedFile]:
        """The document that an entry is, or that it is a link to."""
        odd = _odd(entry)
        if entry.is_symlink() and os.path.exists(path):
            odd = self._root.refusal(path) or odd
            if not odd:
                path = self._root.shown(path)
                if self._excluded.covers(path):
                    return
                format = _own_format(path) or format
        if odd:
            yield SkippedFile(path, odd)
        else:
            self.found = True
            yield Input(path, self._format or format, root=self._root)

    def _link(self, entry: os.DirEntry[str], path: str, ignoring: Sequence[Ignored]) -> Iterator[SkippedFile]:
        """A word of a link to a folder that points outside the root."""
        refusal = os.path.isdir(entry.path) and self._root.refusal(path)
        if refusal and not self._passes_over(entry, path, ignoring):
            yield SkippedFile(path, refusal)

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
    while not is_repository(current):
        parent = os.path.dirname(current)
        if parent == current:
            return []  # in no repository
        above.append(parent)
        current = parent
    return [ignored for each in reversed(above) for ignored in _gitignore(each)]


def _gitignore(folder: str) -> Iterator[Ignored]:
    """What a folder's `.gitignore` says; git does not follow a link of that name either."""
    try:
        data = read_bytes(os.path.join(folder, ".gitignore"))
    except UnreadableFile:
        return
    yield Ignored(folder, readable(data.decode("utf-8", "surrogateescape").splitlines()))


def _ignored(path: str, folder: bool, ignoring: Sequence[Ignored]) -> bool:
    for each in reversed(ignoring):  # the nearest file that mentions the path decides
        verdict = each.verdict(path, folder)
        if verdict is not None:
            return verdict
    return False


def _slashed(path: str, folder: bool) -> str:
    return path.replace(os.sep, "/") + ("/" if folder else "")
