"""A version of a document as it was read and checked: what every answer is made of."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import Final, NamedTuple

from citecheck.engine.linting import lint_document
from citecheck.errors import CitecheckError, SettingsError, UnreadableFile
from citecheck.execution.runner import with_document
from citecheck.files.decoding import Input
from citecheck.limits import check_size
from citecheck.model.document import Document
from citecheck.model.findings import Diagnostic
from citecheck.model.results import Result
from citecheck.model.settings import Settings
from citecheck.server.projects import Neighbours, Projects
from citecheck.server.texts import unmarked

_DEFAULTS: Final = Settings()
_ALONE: Final = Neighbours()


class Version(NamedTuple):
    """A text as an editor has it: where it is, its language by the protocol's name, and the editor's number for it."""

    path: str
    language: str
    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What is known of one version of a document.

    `document` is None where there is nothing to say: it is excluded, or could not be read, and `unread` says why.
    `settings_fault` is why no settings apply. `serial` distinguishes it from every other analysis of the document.
    """

    version: Version
    serial: int
    document: Document | None = None
    settings: Settings = _DEFAULTS
    diagnostics: tuple[Diagnostic, ...] = ()
    neighbours: Neighbours = _ALONE
    rules_url: str = ""
    unread: str | None = None
    settings_fault: SettingsError | None = None

    @property
    def readable(self) -> Document | None:
        """The document, where its offsets are those of the editor's text: in a notebook they are not."""
        return self.document if self.document and self.document.source_map is None else None

    def read(self, text: str) -> Document:
        """A text as the document's would be read. Raises CitecheckError."""
        assert self.document
        name, format = self.document.name, self.document.format
        return with_document(text, name, format, self.settings, lambda document: document, self.neighbours.beside)


def analysis(version: Version, serial: int, projects: Projects) -> Analysis:
    """What is known of a version, worked out; whatever is wrong with its settings or its text is part of that."""
    try:
        each = projects.input(version.path, version.language)
        if each is None:
            return Analysis(version, serial)
        return _checked(version, serial, each, projects)
    except SettingsError as error:
        return Analysis(version, serial, settings_fault=error)
    except UnreadableFile as error:
        return Analysis(version, serial, unread=str(error).removeprefix(f"{version.path}: "))
    except CitecheckError as error:
        return Analysis(version, serial, settings_fault=SettingsError(str(error)))
    except Exception as error:  # of ours: who waits for an answer must get one, and other documents theirs
        traceback.print_exception(error)  # to standard error, which clients keep
        return Analysis(version, serial, unread=f"not checked: internal error, please report it: {error!r}")


def _checked(version: Version, serial: int, each: Input, projects: Projects) -> Analysis:
    text = unmarked(version.text)
    check_size(each.name, len(text.encode("utf-8", "surrogatepass")))
    neighbours = projects.neighbours(each, text)

    def work(document: Document) -> tuple[Document, Result]:
        return document, projects.fresh(lint_document(document, each.settings, counting=False))

    document, result = with_document(text, each.name, each.format, each.settings, work, neighbours.beside)
    url = projects.applied(each.name).rules_url
    return Analysis(version, serial, document, each.settings, result.diagnostics, neighbours, url)
