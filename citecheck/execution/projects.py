"""Documents that share their keys: a root with all that it includes, and the sources of a Sphinx project.

A document's own file says what it includes; who takes it in is known only when every document below the root of the
repository has been looked at. What is read here is text: nothing is run, and nothing outside the root is read.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final, NamedTuple

from citecheck.errors import CitecheckError
from citecheck.files.besides import Files, digest, up
from citecheck.files.decoding import Input
from citecheck.files.roots import Root, lies_in
from citecheck.model.structure import BibliographyReference, Inclusion
from citecheck.project.configuration import files_for
from citecheck.project.facts import Facts, facts
from citecheck.project.sphinx import SETTINGS, SOURCES, is_sphinx, said
from citecheck.readers import FORMATS
from citecheck.text.spans import Span

_MOST_MEMBERS: Final = 3_000  # documents of a format below one root
_MOST_SOURCES: Final = 40_000_000  # bytes of a Sphinx project and of the code that it documents
_SILENT: Final = frozenset(  # suffixes of pictures, and of what comes with TeX
    ".pgf .tikz .pdf_tex .pdf_t .eps_tex .pstex_t .pdftex_t .eepic .tpx .fd .def .sty .clo .cfg .ldf".split()
)
_DISTRIBUTED: Final = frozenset({"glyphtounicode", "glyphtounicode.tex"})
_NOWHERE: Final = Span(0, 0)
_SAYING: Final = (b"]_", b".. [", b"cite", b"bibliography::")
_MACRO: Final = "\\"


class Member(NamedTuple):
    """A document of a project: its path, what represents its content, and its facts; None where it cannot be read."""

    path: str
    digest: bytes
    facts: Facts | None


@dataclass(frozen=True, eq=False)
class Project:
    """Documents that share their keys.

    `root` is the path of the one that includes the others, or of the settings. `found` is whether every document that
    belongs to it was found; `digest` represents all that they say.
    """

    root: str
    cites: frozenset[str]
    lists: frozenset[str]
    bibliographies: tuple[tuple[str, BibliographyReference], ...]  # each with the path of the file that names it
    found: bool
    digest: bytes
    members: frozenset[str] = frozenset()
    keyed: bool = False  # whether it cites by keys that bibliographies list, and nothing else does


class Projects:
    """The projects of one run."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._members: dict[tuple[str, str], Member] = {}
        self._trees: dict[tuple[str, str], Project] = {}
        self._roots: dict[tuple[str, str], dict[str, list[Project]]] = {}
        self._sphinx: dict[str, Project | None] = {}

    def of(self, each: Input, text: str, root: Root) -> tuple[Project, ...]:
        """The projects that a document belongs to; none where it is alone."""
        if not FORMATS[each.format].joined:
            return ()
        path = os.path.abspath(each.name)
        if SETTINGS in files_for(os.path.splitext(path)[1].lower()):
            project = self._of_sphinx(os.path.dirname(path), root) if said(text).keyed else None
            return (project,) if project else ()
        own = self._member(path, each.format).facts
        if own is None:
            return ()
        if own.inclusions and own.whole:
            return (self._tree(path, each.format, root),)
        return () if own.whole else tuple(self._taking_in(path, each.format, root))

    def _member(self, path: str, format: str) -> Member:
        if (path, format) not in self._members:
            content = self._files.content(path)
            known = None
            if content.fault is None:
                try:
                    known = facts(content.text, path, format)
                except CitecheckError:
                    known = None
            self._members[path, format] = Member(path, content.digest, known)
        return self._members[path, format]

    # Inclusion --------------------------------------------------------------------------------------------------

    def _tree(self, path: str, format: str, root: Root) -> Project:
        """A document with all that it includes, and what that includes."""
        if (path, format) not in self._trees:
            self._trees[path, format] = self._grown(path, format, root)
        return self._trees[path, format]

    def _grown(self, path: str, format: str, root: Root) -> Project:
        members: dict[str, Member] = {}
        todo, found = [path], True
        while todo and len(members) < _MOST_MEMBERS:
            here = todo.pop()
            if here in members:
                continue
            members[here] = member = self._member(here, format)
            if member.facts is None:
                found = False
                continue
            found &= member.facts.legible
            for inclusion in member.facts.inclusions:
                part = self._part(inclusion, os.path.dirname(path), os.path.dirname(here), format, root)
                if part:
                    todo.append(part)
                else:
                    silent = os.path.splitext(inclusion.path)[1].lower() in _SILENT
                    found &= silent or inclusion.path in _DISTRIBUTED
        return _joined(path, list(members.values()), found and not todo)

    def _part(self, inclusion: Inclusion, first: str, own: str, format: str, root: Root) -> str | None:
        """The path of a file that is taken in, from the folder of the root or from its own."""
        if _MACRO in inclusion.path:
            return self._of_name(os.path.basename(inclusion.path), format, root)
        suffixes = sorted(FORMATS[format].suffixes, reverse=True)
        for folder in (own, first) if inclusion.here else (first, own):
            for name in (*(inclusion.path + suffix for suffix in suffixes), inclusion.path):
                path = os.path.normpath(os.path.join(folder, name))
                if lies_in(path, root.named) and self._files.there(path) and not root.refusal(path):
                    return path
        return None

    def _of_name(self, name: str, format: str, root: Root) -> str | None:
        """The one document of a name below the root; None where there are several."""
        names = {name, *(name + suffix for suffix in FORMATS[format].suffixes)}
        found = [path for path in self._documents(format, root) or () if os.path.basename(path) in names]
        return found[0] if len(found) == 1 and _MACRO not in name else None

    def _documents(self, format: str, root: Root) -> list[str] | None:
        """The documents of a format below a root; None where they are too many to be looked at."""
        below = self._files.below(root)
        if below is None:
            return None
        suffixes = FORMATS[format].suffixes
        found = [path for path in below if os.path.splitext(path)[1].lower() in suffixes]
        return found if len(found) <= _MOST_MEMBERS else None

    def _taking_in(self, path: str, format: str, root: Root) -> list[Project]:
        """The projects whose root includes a document: of those that are whole, and that nothing includes."""
        if (root.named, format) not in self._roots:
            paths = [each for each in self._documents(format, root) or () if not root.refusal(each)]
            whole = [each for each in paths if (known := self._member(each, format).facts) and known.whole]
            by_member: dict[str, list[Project]] = {}
            for each in whole:
                project = self._tree(each, format, root)
                for member in project.members:
                    by_member.setdefault(member, []).append(project)
            self._roots[root.named, format] = by_member
        return self._roots[root.named, format].get(path, [])

    # Sphinx -----------------------------------------------------------------------------------------------------

    def _of_sphinx(self, folder: str, root: Root) -> Project | None:
        """The Sphinx project that a document in a folder belongs to."""
        for above in up(folder, root.named):
            settings = os.path.join(above, SETTINGS)
            if settings not in self._sphinx and self._files.there(settings) and not root.refusal(settings):
                known = is_sphinx(self._files.content(settings).text)
                self._sphinx[settings] = self._sources(settings, root) if known else None
            if project := self._sphinx.get(settings):
                return project
        return None

    def _sources(self, settings: str, root: Root) -> Project:
        """All that may belong to a Sphinx project: documents, and code whose docstrings it includes."""
        below = self._files.below(root)
        cites, lists, roles = set[str](), set[str](), set[str]()
        named: list[tuple[str, BibliographyReference]] = []
        size, found = 0, below is not None
        for path in below or ():
            if os.path.splitext(path)[1].lower() not in SOURCES or root.refusal(path):
                continue
            content = self._files.content(path)
            found &= content.fault is None
            size += len(content.data)
            if size > _MOST_SOURCES:
                found = False
                break
            if any(map(content.data.__contains__, _SAYING)):
                each = said(content.text)
                cites |= each.cites
                lists |= each.lists
                roles |= each.roles
                if lies_in(path, os.path.dirname(settings)):
                    named += [(path, BibliographyReference(name, _NOWHERE, True)) for name in each.bibliographies]
        said_so = (sorted(cites), sorted(lists), sorted(roles), found, named)
        mark = digest(repr(said_so).encode("utf-8", "backslashreplace"))
        return Project(
            settings, frozenset(cites | roles), frozenset(lists), tuple(named), found, mark, keyed=bool(roles)
        )


def _joined(root: str, members: list[Member], found: bool) -> Project:
    """A project of members."""
    known = [(each.path, each.facts) for each in members if each.facts]
    return Project(
        root=root,
        cites=frozenset().union(*(each.cites for _, each in known)),
        lists=frozenset().union(*(each.lists for _, each in known)),
        bibliographies=tuple((path, named) for path, each in known for named in each.bibliographies),
        found=found,
        digest=digest(repr((sorted((each.path, each.digest) for each in members), found)).encode()),
        members=frozenset(each.path for each in members),
    )
