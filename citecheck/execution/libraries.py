"""The bibliographies of the documents of a run: found beside them, opened once each, and never outside the root.

What the documents cite is joined with the keys in these files, so that a result depends on them as on its document.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final, NamedTuple

from citecheck.bibliography.files import SUFFIXES, keys
from citecheck.errors import UnreadableFile
from citecheck.files.decoding import Input, read_bytes
from citecheck.files.roots import Root, lies_in
from citecheck.model.key_spaces import Bibliography
from citecheck.project.configuration import bibliographies_in, files_for
from citecheck.readers import FORMATS

_KEYED: Final = ("@", "cite")  # without one of these nothing in a document is cited by a key
_MADE_UP: Final = ("$", "`", "{", "}", "<", ">", "*", "?", "://")  # of code, of a template, of the web
_PART: Final = "_"  # begins the names of files that Quarto and bookdown take into others
_RENDERED: Final = frozenset({"packages.bib", "grateful-refs.bib", "r-references.bib"})  # written by packages of R
_DISTRIBUTED: Final = frozenset({"biblatex-examples", "xampl"})  # with TeX
_ABBREVIATIONS: Final = frozenset({"IEEEabrv", "IEEEfull", "mrabbrev"})  # with TeX too; they define strings, no entry
_PRINTED: Final = ".bbl"  # what BibTeX has made of a document's bibliographies, beside it
_MACRO: Final = "\\"


class Opened(NamedTuple):
    """A bibliography as it was found: its name, its file and what stands for its content, or why there is none."""

    name: str
    path: str | None = None
    digest: bytes = b""
    fault: str | None = None


class _Named(NamedTuple):
    """A path, the folders that it may be meant from, the text that names it, and what may stand for it."""

    path: str
    folders: tuple[str, ...]
    text: str
    printed: str = ""


class Library:
    """The bibliographies of one run."""

    def __init__(self) -> None:
        self._data: dict[str, bytes | str] = {}  # by path; a reason where it cannot be read
        self._digests: dict[str, bytes] = {}
        self._keys: dict[str, frozenset[str] | None] = {}
        self._projects: dict[tuple[str, str], tuple[_Named, ...]] = {}

    def opened(self, each: Input, text: str) -> tuple[Opened, ...] | None:
        """The bibliographies of a document; None for one of standard input, beside which nothing is looked for."""
        if each.piped is not None or each.root is None:
            return None
        if not any(map(text.__contains__, _KEYED)):
            return ()
        folder = os.path.dirname(os.path.abspath(each.name))
        own = [named.path for named in FORMATS[each.format].bibliographies(text)]
        printed = os.path.splitext(os.path.abspath(each.name))[0] + _PRINTED
        named = [_Named(path, (folder,), text, printed) for path in own] or self._of_project(each, folder, each.root)
        found = {one.path: self._open(one, each.root) for one in named}
        if not own and os.path.basename(each.name).startswith(_PART):
            found[_PART] = Opened(_PART)  # of another document, which may name more
        return tuple(found.values())

    def bibliographies(self, opened: tuple[Opened, ...] | None) -> tuple[Bibliography, ...] | None:
        """What is in bibliographies that were opened."""
        return None if opened is None else tuple(map(self._read, opened))

    def _read(self, each: Opened) -> Bibliography:
        if each.path is None:
            return Bibliography(each.name, None, each.fault)
        if not each.path:
            return Bibliography(each.name, frozenset())
        if each.path not in self._keys:
            data = self._data.pop(each.path, b"")
            text = data.decode("utf-8-sig", "replace") if isinstance(data, bytes) else ""
            self._keys[each.path] = keys(each.path, text)
        found = self._keys[each.path]
        fault = None if found is not None else f"the bibliography {each.name} cannot be read: it has another form"
        return Bibliography(each.name, found, fault)

    def _open(self, named: _Named, root: Root) -> Opened:
        """A bibliography, from the folder that its path is seen from or from one above it."""
        name = named.path
        if any(sign in name for sign in _MADE_UP) or name.removesuffix(".bib") in _DISTRIBUTED:
            return Opened(name)
        if name.removesuffix(".bib") in _ABBREVIATIONS:
            return Opened(name, "")
        if _MACRO in name:
            return Opened(name, fault=f"the bibliography {name} is named by a macro, which is not followed")
        told = f"the bibliography {name}"
        path = next((found for folder in named.folders if (found := self._found(name, folder, root))), None)
        if path is None and named.printed and os.path.isfile(named.printed):
            path = named.printed
        if path is None:
            if os.path.basename(name) in _RENDERED or named.text.count(os.path.basename(name)) > 1:
                return Opened(name)  # code makes it
            whole = os.path.normpath(os.path.join(named.folders[0], os.path.expanduser(name)))
            outside = not lies_in(whole, root.named)
            return Opened(name, fault=f"{told} lies outside of the project" if outside else f"{told} is not there")
        if refusal := root.refusal(path):
            return Opened(name, fault=f"{told} is {refusal}")
        if path not in self._digests:
            self._load(path)
        fault = self._data.get(path)
        if isinstance(fault, str):
            return Opened(name, fault=f"{told} cannot be read: {fault}")
        return Opened(name, path, self._digests[path])

    def _found(self, name: str, base: str, root: Root) -> str | None:
        """The file of a path as seen from a folder, or from one above it: where a project is rendered from, is its own.

        A path without a suffix is that of a `.bib`, as in LaTeX.
        """
        names = [name] if os.path.splitext(name)[1].lower() in SUFFIXES else [name, f"{name}.bib"]
        for folder in _up(base, root.named):
            for each in names:
                path = os.path.normpath(os.path.join(folder, each.lstrip("/") if folder != base else each))
                if lies_in(path, root.named) and os.path.isfile(path):
                    return path
        return None

    def _load(self, path: str) -> None:
        try:
            data = read_bytes(real := os.path.realpath(path))  # a link within the root is followed
        except UnreadableFile as error:
            self._data[path] = str(error).removeprefix(f"{real}: ")
            self._digests[path] = b""
            return
        self._data[path] = data
        self._digests[path] = _digest(data)

    def _of_project(self, each: Input, folder: str, root: Root) -> tuple[_Named, ...]:
        """The bibliographies that the nearest project of a document names."""
        suffix = os.path.splitext(each.name)[1].lower()
        names = files_for(suffix)
        if not names:
            return ()
        if (suffix, folder) not in self._projects:
            self._projects[suffix, folder] = next(self._projects_above(names, folder, root), ())
        return self._projects[suffix, folder]

    def _projects_above(self, names: tuple[str, ...], folder: str, root: Root) -> Iterator[tuple[_Named, ...]]:
        for above in _up(folder, root.named):
            for name in names:
                path = os.path.join(above, name)
                if not os.path.isfile(path) or root.refusal(path):
                    continue
                try:
                    text = read_bytes(path).decode("utf-8-sig", "replace")
                except UnreadableFile:
                    continue
                if named := bibliographies_in(name, text):
                    yield tuple(_Named(each, (above, folder), text) for each in named)


def _up(folder: str, root: str) -> Iterator[str]:
    """A folder and those above it, up to the root."""
    while lies_in(folder, root):
        yield folder
        parent = os.path.dirname(folder)
        if folder in (root, parent):
            return
        folder = parent


def _digest(data: bytes) -> bytes:
    from hashlib import blake2b  # here, as most runs have no bibliography

    return blake2b(data, digest_size=16).hexdigest().encode()
