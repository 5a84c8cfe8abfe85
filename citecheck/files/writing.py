"""Files replaced in one step, and citecheck's own folder in a repository, where they are until they are whole.

Git ignores the folder, nobody else may look into it, and a link of its name is never followed. Whoever is killed while
a file is written leaves the beginning of it after, which a later run takes away: what is still being written is
locked, and a lock goes with the process that holds it.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Final

from citecheck.files.roots import repository_of

if sys.platform != "win32":
    from fcntl import LOCK_EX, LOCK_NB, flock

FOLDER: Final = ".citecheck_cache"
_PRIVATE: Final = 0o700
_TAG: Final = "CACHEDIR.TAG"
_SIGNS: Final = {
    ".gitignore": b"*\n",
    _TAG: b"Signature: 8a477f597d28d172789f06886806bc55\n# Made by citecheck; may be deleted.\n",
}
_UNFINISHED: Final = re.compile(r"\.citecheck-[0-9a-f]{16}\.tmp")
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_UNFOLLOWED: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


# The folder -------------------------------------------------------------------------------------------------


def own_folder(folder: str) -> str:
    """Where citecheck keeps what is its own: at the root of the repository of a folder, or in the folder itself."""
    absolute = os.path.abspath(folder)
    return os.path.join(repository_of(absolute) or absolute, FOLDER)


def made(folder: str) -> bool:
    """Makes citecheck's own folder where it is not there; tells whether it is one, and no link or file."""
    try:
        with suppress(FileExistsError):
            os.mkdir(folder, _PRIVATE)
        if not is_folder(folder):
            return False
        if stat.S_IMODE(os.lstat(folder).st_mode) != _PRIVATE:
            os.chmod(folder, _PRIVATE)
        for name, content in _SIGNS.items():
            _sign(os.path.join(folder, name), content)
    except OSError:
        return False
    return True


def is_own(folder: str) -> bool:
    """Whether a folder has the mark of those that citecheck made; an empty one is of a run that was killed."""
    try:
        return os.lstat(os.path.join(folder, _TAG)).st_size in (0, len(_SIGNS[_TAG]))
    except OSError:
        return False


def is_folder(path: str) -> bool:
    """Whether a path is that of a folder, and of no link to one. Raises OSError where there is nothing."""
    return stat.S_ISDIR(os.lstat(path).st_mode)


def _sign(path: str, content: bytes) -> None:
    with suppress(FileNotFoundError):
        if os.lstat(path).st_size:
            return
        os.unlink(path)  # empty: anyone who wrote it was killed
    with open(os.open(path, _NEW, 0o600), "wb") as file:
        file.write(content)


# Files ------------------------------------------------------------------------------------------------------


def standing(path: str) -> os.stat_result | None:
    """The status of the file that is to be replaced; None where there is none. Raises OSError where it may not be."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    if not os.access(path, os.W_OK):
        raise PermissionError("Permission denied")
    return status


@contextmanager
def replacing(path: str, like: os.stat_result | None, *, lasting: bool = True) -> Iterator[IO[bytes]]:
    """A file to write to, which takes the place of another once all is written, or that of a link.

    It has the owner and the mode of `like`, those of a new file where that is None. Where it is `lasting`, not even a
    loss of power undoes it. Raises OSError, and what was there is there still.
    """
    folder = os.path.dirname(path)
    descriptor, unfinished = _begun(_staging(folder))
    try:
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            _settle_mode(descriptor, like)
            if lasting:
                os.fsync(descriptor)
            if sys.platform == "win32":
                file.close()  # nothing that is open takes another name there
            os.replace(unfinished, path)  # and is locked until then
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished)
        raise
    if lasting:
        _settle(folder)


def _staging(folder: str) -> str:
    """Where a file for a folder is written first: in citecheck's own on the same disk, else in the folder itself.

    A rename reaches no further than a disk.
    """
    if os.path.basename(folder) == FOLDER or repository_of(folder) is None or is_own(folder):
        return folder
    own = own_folder(folder)
    return own if made(own) and os.lstat(own).st_dev == os.stat(folder).st_dev else folder


def _begun(folder: str) -> tuple[int, str]:
    """A new file, open and locked, and its path."""
    while True:
        path = os.path.join(folder, f".citecheck-{os.urandom(8).hex()}.tmp")
        descriptor = os.open(path, _NEW, 0o600)
        _lock(descriptor, wait=True)
        if os.fstat(descriptor).st_nlink:
            return descriptor, path
        os.close(descriptor)  # treated as left over before it was locked


def _lock(descriptor: int, *, wait: bool) -> bool:
    """Whether a file is locked now, or need not be since nothing can be on its disk and the caller would wait."""
    if sys.platform == "win32":
        return True  # what is open there cannot be deleted
    try:
        flock(descriptor, LOCK_EX if wait else LOCK_EX | LOCK_NB)
    except OSError:
        return wait
    return True


def sweep(paths: Iterable[str]) -> None:
    """Takes away what killed runs left unfinished beside files, in folders, and in citecheck's own of these."""
    beside = {path if os.path.isdir(path) else os.path.dirname(path) for path in paths}
    for folder in {each for given in beside for each in (os.path.abspath(given), own_folder(given))}:
        with suppress(OSError):
            if os.path.basename(folder) != FOLDER or is_folder(folder):
                for name in filter(_UNFINISHED.fullmatch, os.listdir(folder)):
                    _take_away(os.path.join(folder, name))


def _take_away(path: str) -> None:
    with suppress(OSError):
        descriptor = os.open(path, _UNFOLLOWED)
        try:
            if _lock(descriptor, wait=False):
                os.unlink(path)
        finally:
            os.close(descriptor)


def _settle_mode(descriptor: int, like: os.stat_result | None) -> None:
    """Gives a file an owner and a mode; the owner first, since a change of it takes bits from the mode."""
    if like is not None and hasattr(os, "fchown"):
        with suppress(PermissionError):  # only root gives files away; a group one belongs to can be kept
            os.fchown(descriptor, -1, like.st_gid)
            os.fchown(descriptor, like.st_uid, -1)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, _mode_of_new_files() if like is None else stat.S_IMODE(like.st_mode))


def _mode_of_new_files() -> int:
    """What the system lets new files have, which it tells only to whoever changes it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _settle(folder: str) -> None:
    """Makes a new name last through a loss of power, on systems that can flush a folder."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
