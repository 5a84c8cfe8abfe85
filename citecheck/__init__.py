"""citecheck: a citation-integrity linter.

    >>> import citecheck
    >>> text = "Water boils [3].\\n\\nSources\\n\\n[1] Thermometry for kitchens, 2019.\\n"
    >>> [diagnostic.message for diagnostic in citecheck.lint(text, format="text")]
    ['no source is numbered 3', 'nothing in the text cites source 1']

`lint` and `parse` take a text and touch no file, so that they can be inside a program that writes texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citecheck.errors import CitecheckError, UsageError
    from citecheck.model.document import Document
    from citecheck.model.findings import Diagnostic, Edit, Fix, Safety, Severity
    from citecheck.model.settings import Settings

__all__ = [
    "CitecheckError",
    "Diagnostic",
    "Document",
    "Edit",
    "Fix",
    "Safety",
    "Settings",
    "Severity",
    "UsageError",
    "__version__",
    "lint",
    "parse",
]
__version__ = "0.1.0"

_HOMES = {  # imported when first requested, so that the command starts quickly
    "CitecheckError": "errors",
    "Diagnostic": "model.findings",
    "Document": "model.document",
    "Edit": "model.findings",
    "Fix": "model.findings",
    "Safety": "model.findings",
    "Settings": "model.settings",
    "Severity": "model.findings",
    "UsageError": "errors",
}


def lint(
    text: str, *, name: str = "<text>", format: str | None = None, settings: Settings | None = None
) -> list[Diagnostic]:
    """Every fault found in a text, by position.

    `format` is a name in `citecheck.readers.FORMATS`, such as `markdown`; None means by the suffix of the name, or
    Markdown where it has none. Raises UsageError where the format or the settings name something that does not exist,
    and UnreadableFile for a notebook that is none. Prints nothing, and reads no file but a list of retractions that the
    settings name.
    """
    from citecheck.engine.linting import lint_document
    from citecheck.model.settings import Settings

    settings = settings or Settings()
    document = parse(text, name=name, format=format, language=settings.language, coverage=settings.coverage)
    return list(lint_document(document, settings).diagnostics)


def parse(
    text: str,
    *,
    name: str = "<text>",
    format: str | None = None,
    language: str | None = None,
    coverage: str = "trailing",
) -> Document:
    """A text as citecheck understands it: claims, markers, sources, and the joins between them.

    `language` is an ISO 639-1 code; None means that it is guessed. `coverage` is which sentences a marker supports
    besides its own: those before it in its block (`trailing`), none (`sentence`), or all of its block (`paragraph`).
    Raises UsageError for an unknown format, language or coverage.
    """
    from os.path import splitext

    from citecheck import recognition
    from citecheck.config.selection import known_language
    from citecheck.errors import known
    from citecheck.model.claims import Coverage
    from citecheck.readers import FORMATS, format_for

    suffixed = format_for(name) if splitext(name)[1] else None
    chosen = known(format, FORMATS, "format") if format else suffixed or "markdown"
    supported = Coverage(known(coverage, [each.value for each in Coverage], "coverage"))
    spoken = known_language(language) if language else None
    return recognition.parse(text, name=name, format=chosen, language=spoken, coverage=supported)


if not TYPE_CHECKING:  # a type checker knows the names by their imports, and must find those that are misspelt

    def __getattr__(name: str) -> Any:
        if name in _HOMES:
            from importlib import import_module

            return getattr(import_module(f"citecheck.{_HOMES[name]}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
