"""What documents stay inside of: the root of a path, and whether its links point outside it.

The root is the repository that holds a path as it was named. In no repository it is the folder that was named, or that
of the file. A link that points outside it may come with a repository that nobody has read: nothing beyond it is read,
and nothing is written there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final, NamedTuple

VERSION_CONTROL: Final = frozenset({".git", ".hg", ".svn", ".bzr", ".jj", ".sl", "CVS", "_darcs"})
_DEVICES: Final = ("/dev/", "/proc/")  # whose links are the system's own, as /dev/stdout


class Root(NamedTuple):
    """A folder as it is named and as it really is; both are absolute."""

    named: str
    real: str

    @classmethod
    def of(cls, path: str) -> Root:
        """The root of a path to a file."""
        return cls.of_folder(os.path.dirname(os.path.abspath(path)))

    @classmethod
    def of_folder(cls, folder: str) -> Root:
        """The root of a folder."""
        absolute = os.path.abspath(folder)
        named = repository_of(absolute) or absolute
        return cls(named, os.path.realpath(named))

    def refusal(self, path: str) -> str | None:
        """Why nothing is read or written by a path: links that it follows are outside the root; None if none are."""
        absolute, real = os.path.abspath(path), os.path.realpath(path)
        if absolute.startswith(_DEVICES):
            return None
        if not lies_in(real, self.real):
            return f"a link that points outside {self.named}"
        below = set(os.path.relpath(real, self.real).split(os.sep))
        private = (VERSION_CONTROL & below) - set(absolute.split(os.sep))  # a commit message may be named outright
        return f"a link that points into {min(private)}" if private else None

    def shown(self, path: str) -> str:
        """What to call that to which a path inside the root leads: the path itself, unless it follows a link."""
        named = os.path.normpath(os.path.join(self.named, os.path.relpath(os.path.realpath(path), self.real)))
        if named == os.path.abspath(path):
            return path
        return named if os.path.isabs(path) else os.path.relpath(named)


def repository_of(folder: str) -> str | None:
    """The repository that holds an absolute folder as it is named, or None.

    Where a link of a repository points outside it, what is after the link belongs to that repository, or one could lead
    into another and be read as part of it.
    """
    found: str | None = None
    for each in _up(folder):
        if is_repository(each) and (found is None or not lies_in(os.path.realpath(found), os.path.realpath(each))):
            found = each
    return found


def is_repository(folder: str) -> bool:
    """Whether a folder is the top of a repository, or of a further working tree of one."""
    return os.path.exists(os.path.join(folder, ".git"))


def lies_in(path: str, folder: str) -> bool:
    """Whether an absolute path is that of a folder, or below it; links are not looked at."""
    try:
        return os.path.commonpath((path, folder)) == folder
    except ValueError:  # on another drive
        return False


def _up(folder: str) -> Iterator[str]:
    """The folder and all those above it."""
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        yield (folder := parent)
