"""The files beside documents: what is read of a repository besides what is checked, each file once a run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final, NamedTuple

from citecheck.errors import UnreadableFile
from citecheck.files.decoding import read_bytes
from citecheck.files.roots import VERSION_CONTROL, Root, lies_in

_PASSED_OVER: Final = VERSION_CONTROL | {"node_modules", "__pycache__"}
_VIRTUAL_ENVIRONMENT: Final = "pyvenv.cfg"
_MOST: Final = 20_000  # files and folders of a repository that are looked through


class Content(NamedTuple):
    """The bytes of a file and what represents them; or why it cannot be read."""

    data: bytes = b""
    digest: bytes = b""
    fault: str | None = None

    @property
    def text(self) -> str:
        """Its text, whatever its bytes are."""
        return self.data.decode("utf-8-sig", "replace")


class Files:
    """The files of repositories as they are now."""

    def __init__(self) -> None:
        self._below: dict[str, tuple[str, ...] | None] = {}

    def there(self, path: str) -> bool:
        """Whether there is a file of an absolute path."""
        return os.path.isfile(path)

    def content(self, path: str) -> Content:
        """What is in a file; a link to it is followed, as anyone who asks has seen where it leads."""
        try:
            data = read_bytes(real := os.path.realpath(path))
        except UnreadableFile as error:
            return Content(fault=str(error).removeprefix(f"{real}: "))
        return Content(data, digest(data))

    def below(self, root: Root) -> tuple[str, ...] | None:
        """The files of a root in order, without those that belong to nobody's text; None where they are too many."""
        if root.named not in self._below:
            found = []
            for path in _walk(root.named):
                found.append(path)
                if len(found) > _MOST:
                    break
            self._below[root.named] = tuple(sorted(found)) if len(found) <= _MOST else None
        return self._below[root.named]


def _walk(folder: str) -> Iterator[str]:
    for path, folders, files in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if name not in _PASSED_OVER
            and not name.startswith(".")
            and not os.path.exists(os.path.join(path, name, _VIRTUAL_ENVIRONMENT))
        ]
        yield from (os.path.join(path, name) for name in files)


def digest(data: bytes) -> bytes:
    """What represents some bytes in the key of a result."""
    from hashlib import blake2b  # here, as most runs read nothing besides their documents

    return blake2b(data, digest_size=16).hexdigest().encode()


def up(folder: str, root: str) -> Iterator[str]:
    """A folder and those above it, up to the root."""
    while lies_in(folder, root):
        yield folder
        parent = os.path.dirname(folder)
        if folder in (root, parent):
            return
        folder = parent
