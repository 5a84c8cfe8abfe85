"""What is read beside the documents of a run: their bibliographies, and the other documents of their projects.

What the documents cite is joined with the keys in these files, so that a result depends on them as on its document.
Each is opened once, and none outside the root.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final, NamedTuple

from citecheck.bibliography.files import SUFFIXES, keys
from citecheck.errors import CitecheckError
from citecheck.execution.citing import cited_keys
from citecheck.execution.projects import Project, Projects
from citecheck.files.besides import Content, Files, digest, up
from citecheck.files.decoding import Input
from citecheck.files.roots import Root, lies_in
from citecheck.model.key_spaces import Beside, Bibliography
from citecheck.project.configuration import PARTIAL, bibliographies_in, files_for, is_book
from citecheck.project.facts import facts
from citecheck.readers import FORMATS, format_for

# Without one of these a document cites nothing by a key, lists nothing, and names no list.
_KEYED: Final = ("@", "cite", "bibitem", "\\bibliography", "bibresource", "bibliography::", ".. [", "]_")
_MADE_UP: Final = ("$", "`", "{", "}", "<", ">", "[", "]", "|", "*", "?", "://")  # of code, of a template, of the web
_PART: Final = "_"  # begins the names of files that Quarto and bookdown take into others
_RENDERED: Final = frozenset({"packages.bib", "grateful-refs.bib", "r-references.bib"})  # written by packages of R
_DISTRIBUTED: Final = frozenset({"biblatex-examples", "xampl"})  # with TeX
_ABBREVIATIONS: Final = frozenset({"IEEEabrv", "IEEEfull", "mrabbrev"})  # with TeX too; they define strings, no entry
_PRINTED: Final = ".bbl"  # what BibTeX has made of a document's bibliographies, beside it
_MACRO: Final = "\\"
_FRONT_MATTER: Final = "---"
_LISTING: Final = "\nreferences:"
_UNUSED: Final = "CC102"
_DATABASES: Final = "databases"


class Opened(NamedTuple):
    """A bibliography as it was found: its name, its file and what represents its content, or why there is none."""

    name: str
    path: str | None = None
    digest: bytes = b""
    fault: str | None = None
    folds_case: bool = False
    doubtful: bool = False


class Companions(NamedTuple):
    """What is read beside a document: its bibliographies, and the projects whose documents share its keys."""

    bibliographies: tuple[Opened, ...] = ()
    projects: tuple[Project, ...] = ()
    cited: frozenset[str] | None = None  # of a bibliography: what the documents of its repository cite

    @property
    def marks(self) -> tuple[object, ...]:
        """What represents all of it in the key of a result."""
        if self.cited is not None:
            return (digest(repr(sorted(self.cited)).encode("utf-8", "backslashreplace")),)
        return (self.bibliographies, *(each.digest for each in self.projects)) if any(self) else ()


class _Named(NamedTuple):
    """A path, the folders that it may be meant from, the text that names it, and what may represent it.

    A `quiet` one is reported of elsewhere, where it cannot be read.
    """

    path: str
    folders: tuple[str, ...]
    text: str
    printed: str = ""
    folds_case: bool = False
    quiet: bool = False


class Library:
    """What is read beside the documents of one run; the files as they are, where no others are given."""

    def __init__(self, files: Files | None = None) -> None:
        self._files = files or Files()
        self._projects_of_documents = Projects(self._files)
        self._contents: dict[str, Content] = {}  # until the keys in them are read
        self._digests: dict[str, bytes] = {}
        self._told: set[tuple[str, str]] = set()  # the bibliographies of projects that cannot be read
        self._keys: dict[str, frozenset[str] | None] = {}
        self._projects: dict[tuple[str, str], tuple[_Named, ...]] = {}

    def begin_run(self) -> None:
        """Begins another run with what was read already: what is reported once in a run is reported again."""
        self._told.clear()

    def opened(self, each: Input, text: str) -> Companions | None:
        """What belongs to a document; None for one of standard input, beside which nothing is looked for."""
        if each.piped is not None or each.root is None:
            return None
        if not any(map(text.__contains__, _KEYED)):
            return Companions()
        if each.settings.options.get(_UNUSED, {}).get(_DATABASES) and FORMATS[each.format].database:
            return Companions(cited=cited_keys(os.path.abspath(each.name), each.root, self._files, self._joined))
        projects = self._projects_of_documents.of(each, text, each.root)
        folder = os.path.dirname(os.path.abspath(each.name))
        own = list(self._own(each, text))
        of_others = [
            named for named in self._of_documents(each, projects) if named.path not in {one.path for one in own}
        ]
        named = [*own, *of_others]
        of_project = [one._replace(quiet=bool(named)) for one in self._of_project(each, folder, each.root)]
        found = {one.path: self._open(one, each.root) for one in named}
        for one in of_project:
            if one.path not in found:
                found[one.path] = self._told_once(self._open(one, each.root), one, each, text)
        if not own and os.path.basename(each.name).startswith(_PART):
            found[_PART] = Opened(_PART)  # of another document, which may name more
        return Companions(tuple(found.values()), projects)

    def beside(self, companions: Companions | None) -> Beside | None:
        """What is in that which belongs to a document."""
        if companions is None:
            return None
        projects = companions.projects
        if companions.cited is not None:
            return Beside((), companions.cited)
        bibliographies = [self._read(each) for each in companions.bibliographies]
        bibliographies += [Bibliography(each.root, each.lists) for each in projects if each.lists]
        cited = None
        keyed = any(each.keyed for each in projects)
        if (
            projects
            and all(each.found for each in projects)
            and (companions.bibliographies if keyed else bibliographies)
        ):
            cited = frozenset().union(*(each.cites for each in projects))
        return Beside(tuple(bibliographies), cited)

    def _joined(self, each: Input, text: str) -> tuple[str, ...]:
        """The paths of the bibliographies that a document is joined with."""
        companions = self.opened(each, text)
        return tuple(one.path for one in companions.bibliographies if one.path) if companions else ()

    def _own(self, each: Input, text: str) -> Iterator[_Named]:
        """The bibliographies that a document names itself."""
        path = os.path.abspath(each.name)
        printed = os.path.splitext(path)[0] + _PRINTED
        for named in FORMATS[each.format].bibliographies(text):
            yield _Named(named.path, (os.path.dirname(path),), text, printed, named.folds_case)

    def _of_documents(self, each: Input, projects: tuple[Project, ...]) -> Iterator[_Named]:
        """The bibliographies that other documents of its projects name; these mention those that cannot be read."""
        path = os.path.abspath(each.name)
        for project in projects:
            printed = os.path.splitext(project.root)[0] + _PRINTED
            for naming, named in project.bibliographies:
                folders = (os.path.dirname(project.root), os.path.dirname(naming))
                quiet = naming != path
                yield _Named(named.path, folders, "", printed, named.folds_case, quiet)

    def _read(self, each: Opened) -> Bibliography:
        if each.path is None:
            return Bibliography(each.name, None, each.fault, folds_case=each.folds_case, doubtful=each.doubtful)
        if not each.path:
            return Bibliography(each.name, frozenset())
        if each.path not in self._keys:
            self._keys[each.path] = _keys(each.path, self._contents.pop(each.path, Content()).text)
        found = self._keys[each.path]
        fault = None if found is not None else f"the bibliography {each.name} cannot be read: it has another form"
        return Bibliography(each.name, found, fault, folds_case=each.folds_case)

    def _open(self, named: _Named, root: Root) -> Opened:
        """A bibliography, from the folder that its path is seen from or from one above it."""
        found = self._looked_up(named, root)._replace(folds_case=named.folds_case)
        return found._replace(fault=None) if named.quiet else found

    def _told_once(self, opened: Opened, named: _Named, each: Input, text: str) -> Opened:
        """A bibliography of a project; why it cannot be read is reported in the first document that cites by key."""
        place = (named.folders[0], named.path)
        if opened.fault is None or place in self._told:
            return opened._replace(fault=None)
        try:
            if facts(text, each.name, each.format).keyed:
                self._told.add(place)
        except CitecheckError:
            pass  # which is reported when the document is read
        return opened

    def _looked_up(self, named: _Named, root: Root) -> Opened:
        name = named.path
        if any(sign in name for sign in _MADE_UP) or name.removesuffix(".bib") in _DISTRIBUTED:
            return Opened(name)
        if name.removesuffix(".bib") in _ABBREVIATIONS:
            return Opened(name, "")
        if _MACRO in name:
            return Opened(
                name, fault=f"the bibliography {name} is named by a macro, which is not followed", doubtful=True
            )
        told = f"the bibliography {name}"
        path = next((found for folder in named.folders if (found := self._found(name, folder, root))), None)
        if path is None and named.printed and self._files.there(named.printed):
            path = named.printed
        if path is None:
            if os.path.basename(name) in _RENDERED or named.text.count(os.path.basename(name)) > 1:
                return Opened(name)  # code makes it
            whole = os.path.normpath(os.path.join(named.folders[0], os.path.expanduser(name)))
            outside = not lies_in(whole, root.named)
            fault = f"{told} lies outside of the project" if outside else f"{told} is not there"
            return Opened(name, fault=fault, doubtful=outside)
        if refusal := root.refusal(path):
            return Opened(name, fault=f"{told} is {refusal}")
        if path not in self._contents and path not in self._keys:
            self._contents[path] = self._files.content(path)
            self._digests[path] = self._contents[path].digest
        content = self._contents.get(path)
        if content and content.fault is not None:
            return Opened(name, fault=f"{told} cannot be read: {content.fault}")
        return Opened(name, path, self._digests[path])

    def _found(self, name: str, base: str, root: Root) -> str | None:
        """The file of a path as seen from a folder, or from one above it: where a project is rendered from, is its own.

        A path without a suffix is that of a `.bib`, as in LaTeX.
        """
        names = [name] if os.path.splitext(name)[1].lower() in SUFFIXES else [name, f"{name}.bib"]
        for folder in up(base, root.named):
            for each in names:
                path = os.path.normpath(os.path.join(folder, each.lstrip("/") if folder != base else each))
                if lies_in(path, root.named) and self._files.there(path):
                    return path
        return None

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
        found: list[_Named] = []
        for above in up(folder, root.named):
            for name in names:
                path = os.path.join(above, name)
                if not self._files.there(path) or root.refusal(path):
                    continue
                text = self._files.content(path).text
                found += [_Named(each, (above, folder), text) for each in bibliographies_in(name, text)]
                if is_book(name, text):
                    found += self._of_chapters(above, root)
                if found and name not in PARTIAL:
                    yield tuple(found)
        yield tuple(found)

    def _of_chapters(self, folder: str, root: Root) -> Iterator[_Named]:
        """What the chapters of a book list in their front matter, and the bibliographies that they name there."""
        for path in self._files.below(root) or ():
            format = format_for(path) if lies_in(path, folder) and os.path.splitext(path)[1] else None
            if format is None or root.refusal(path):
                continue
            text = self._files.content(path).text
            for named in FORMATS[format].bibliographies(text) if not FORMATS[format].joined else ():
                yield _Named(named.path, (os.path.dirname(path), folder), "", quiet=True)
            if _LISTING in text and text.startswith(_FRONT_MATTER):
                yield _Named(os.path.basename(path), (os.path.dirname(path),), "", quiet=True)


def _keys(path: str, text: str) -> frozenset[str] | None:
    """The keys that a bibliography, or a document, lists; None where it cannot be determined."""
    if os.path.splitext(path)[1].lower() in {*SUFFIXES, _PRINTED} or not (format := format_for(path)):
        return keys(path, text)
    try:
        return facts(text, path, format).lists
    except CitecheckError:
        return None
