"""Settings files to layers: where they are looked for, what they extend, and how far they can reach.

A settings file is data that may come with a repository nobody has read yet. It runs nothing, and what it names
(`extend`, `baseline`) lies in the same repository, links followed: a checked repository cannot make citecheck read
what lies outside it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, NamedTuple

from citecheck.config.setting_specs import checked
from citecheck.errors import SettingsError, UsageError
from citecheck.files.decoding import current_folder
from citecheck.files.roots import is_repository, lies_in, repository_of
from citecheck.text.patterns import lazy_re

NAMES: Final = (".citecheck.toml", "citecheck.toml", "pyproject.toml")  # in one folder the first of them counts
_PYPROJECT: Final = "pyproject.toml"
_LONGEST_CHAIN: Final = 16  # files that extend one another
_LARGEST: Final = 128 * 1024  # bytes; a parser written in Python takes a second for so much of the worst
_BARE_OR_QUOTED: Final = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_DEEP_KEY: Final = lazy_re(rf"(?<![\w-])(?:{_BARE_OR_QUOTED}[ \t]*+\.[ \t]*+){{32}}")  # its parser takes their square


class SettingsLayer(NamedTuple):
    """What one settings file says; `folder` is where its globs and paths start, `root` what they stay inside of."""

    path: str
    folder: str
    root: str
    values: Mapping[str, Any]

    @property
    def shown(self) -> str:
        """The file as a reader would name it from here."""
        relative = os.path.relpath(self.path)
        return self.path if relative.startswith(os.pardir) else relative

    def inside(self, path: str, key: str) -> str:
        """An absolute path that the file names; raises SettingsError where it lies outside of the root."""
        if "\0" in path:
            raise SettingsError(f"{self.shown}: {key!r} is not a path: {path!r}", self.path)
        absolute = os.path.normpath(os.path.join(self.folder, path))
        if not lies_in(os.path.realpath(absolute), os.path.realpath(self.root)):
            raise SettingsError(f"{self.shown}: {key!r} is outside {self.root}: {path}", self.path)
        return absolute


def layers_in(folder: str) -> tuple[SettingsLayer, ...]:
    """The settings of the file that is in an absolute folder, then of what it extends; none where there is no file.

    Raises SettingsError, naming the file.
    """
    for name in NAMES:
        path = os.path.join(folder, name)
        if (os.path.isfile(path) or _is_link_to_nothing(path)) and (layer := _layer(path)):
            return tuple(_chain(layer))
    return ()


def layers_of(path: str) -> tuple[SettingsLayer, ...]:
    """The settings of a file that is named outright, then of what it extends; it may have any name, and lie anywhere.

    Globs and paths in it start at the current folder. Raises SettingsError, naming the file.
    """
    layer = _layer(os.path.abspath(path))
    if layer is None:
        raise SettingsError(f"{path}: has no settings of citecheck; write them into a table [tool.citecheck]")
    here = current_folder()
    root = repository_of(here) or here
    return tuple(each._replace(folder=here, root=root) for each in _chain(layer))


def _is_link_to_nothing(path: str) -> bool:
    return os.path.islink(path) and not os.path.exists(path)


def is_root(folder: str) -> bool:
    """Whether settings are looked for no further up: at the root of a repository, or of the file system."""
    return is_repository(folder) or os.path.dirname(folder) == folder


def _layer(path: str) -> SettingsLayer | None:
    """What a file says, or None for a `pyproject.toml` that does not mention citecheck."""
    folder = os.path.dirname(path)
    root = repository_of(folder) or _working_folder_above(folder) or folder
    layer = SettingsLayer(path, folder, root, {})
    if not lies_in(os.path.realpath(path), os.path.realpath(root)):
        raise SettingsError(f"{layer.shown}: is a link that points outside {root}")
    values = _read(layer)
    return None if values is None else SettingsLayer(path, folder, root, values)


def _working_folder_above(folder: str) -> str | None:
    here = os.getcwd()
    return here if lies_in(folder, here) else None


def _read(layer: SettingsLayer) -> Mapping[str, Any] | None:
    own = os.path.basename(layer.path) != _PYPROJECT
    try:
        if not own and not _names_citecheck(layer.path):
            return None
        table = _table(layer.path)
        if not own:
            tool = table.get("tool", {})
            if not isinstance(tool, dict) or "citecheck" not in tool:
                return None
            table = tool["citecheck"]
            if not isinstance(table, dict):
                raise SettingsError("'tool.citecheck' must be a table")
        return checked(table)
    except UsageError as error:
        raise SettingsError(f"{layer.shown}: {error}", layer.path) from error


def _names_citecheck(path: str) -> bool:
    """Whether a file that has settings of many tools may have ours."""
    with _opened(path) as file:
        return any(b"citecheck" in line for line in file)


def _table(path: str) -> dict[str, Any]:
    """A file as TOML; what would take a parser long, or deeper than Python goes, is refused. Raises SettingsError."""
    import tomllib  # here, as many runs have no settings file

    with _opened(path) as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise SettingsError(f"has more than {_LARGEST:,} bytes, which is the most that settings may have")
    try:
        text = data.decode("utf-8-sig")  # with a byte order mark, as some editors save
        if _DEEP_KEY.search(text):
            raise RecursionError
        return tomllib.loads(text)
    except RecursionError as error:
        raise SettingsError("is nested too deeply") from error
    except ValueError as error:  # not TOML, not UTF-8, or a number of thousands of digits
        raise SettingsError(f"is not TOML: {' '.join(str(error).split())}") from error


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    try:
        with open(path, "rb") as file:
            yield file
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror or error}") from error


def _chain(layer: SettingsLayer) -> Iterator[SettingsLayer]:
    """A layer and what it extends."""
    seen = [layer]
    yield layer
    while extended := layer.values.get("extend"):
        path = layer.inside(extended, "extend")
        if path in [each.path for each in seen] or len(seen) == _LONGEST_CHAIN:
            raise SettingsError(f"{seen[0].shown}: extends itself, by way of {layer.shown}", layer.path)
        if not os.path.isfile(path):
            raise SettingsError(f"{layer.shown}: 'extend' names no file: {extended}", layer.path)
        if (following := _layer(path)) is None:
            raise SettingsError(f"{layer.shown}: 'extend' names a file without settings: {extended}", layer.path)
        layer = following
        seen.append(layer)
        yield layer
