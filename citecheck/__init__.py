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
    from collections.abc import Iterable, Iterator, Mapping

    from citecheck.engine.fixing import Fixed
    from citecheck.engine.review import Reading, Review, Sources
    from citecheck.errors import CitecheckError, UsageError
    from citecheck.model.document import Document
    from citecheck.model.findings import Diagnostic, Edit, Fix, Safety, Severity
    from citecheck.model.outcomes import Outcome, Verification
    from citecheck.model.settings import Settings

__all__ = [
    "CitecheckError",
    "Diagnostic",
    "Document",
    "Edit",
    "Fix",
    "Fixed",
    "Outcome",
    "Review",
    "Safety",
    "Settings",
    "Severity",
    "UsageError",
    "Verification",
    "__version__",
    "fix",
    "lint",
    "parse",
    "review",
    "review_stream",
    "verify",
]
__version__ = "0.1.0"

_HOMES = {  # imported when first requested, so that the command starts quickly
    "CitecheckError": "errors",
    "Diagnostic": "model.findings",
    "Document": "model.document",
    "Edit": "model.findings",
    "Fix": "model.findings",
    "Fixed": "engine.fixing",
    "Review": "engine.review",
    "Safety": "model.findings",
    "Settings": "model.settings",
    "Severity": "model.findings",
    "UsageError": "errors",
    "Outcome": "model.outcomes",
    "Verification": "model.outcomes",
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
    from citecheck import recognition
    from citecheck.config.selection import known_language
    from citecheck.errors import known
    from citecheck.model.claims import Coverage

    chosen = _format(name, format)
    supported = Coverage(known(coverage, [each.value for each in Coverage], "coverage"))
    spoken = known_language(language) if language else None
    return recognition.parse(text, name=name, format=chosen, language=spoken, coverage=supported)


def fix(
    text: str,
    *,
    name: str = "<text>",
    format: str | None = None,
    settings: Settings | None = None,
    unsafe: bool = False,
) -> Fixed:
    """A text after its fixes: `text`, what is still found in it (`result`), how often each rule was fixed (`counts`).

    `unsafe` includes the fixes that delete, merge, renumber or reorder. `refusals` are fixes that would have made the
    text worse. Raises what `lint` raises.
    """
    from functools import partial

    from citecheck.engine.fixing import fix_document
    from citecheck.model.settings import Settings

    settings = settings or Settings()
    read = partial(parse, name=name, format=format, language=settings.language, coverage=settings.coverage)
    return fix_document(read(text), settings, read, unsafe=unsafe)


def review(
    text: str,
    *,
    sources: Sources | None = None,
    first: int = 1,
    format: str = "markdown",
    settings: Settings | None = None,
    texts: Sources | None = None,
) -> Review:
    """A verdict on a text for the program that wrote it: whether it is `ok`, its `diagnostics`, what has no support.

    `sources` are the passages that it may cite: a sequence, numbered from `first` unless they are mappings with an
    `id`, or a mapping of ids to passages. The text need not list them then, and a marker that names none of them is
    undefined, whatever the text lists; a label is compared without case, spaces and leading zeros, and an id needs two
    characters. Without `sources` the text has to list what it cites. Ignore comments in the text have no effect.
    `texts` are what the sources say, in the form of `sources` (often the same object) or by identities as in `verify`:
    quotations and figures are compared with them, and one that its source does not have makes the review not `ok`.
    Raises UsageError for an unknown format or rule, and where two sources have the same label.
    """
    from citecheck.engine.review import review, texts_of

    known = None if texts is None else texts_of(texts, first)
    return review(text, _reading(sources, first, format, settings), known)


def review_stream(
    pieces: Iterable[str],
    *,
    sources: Sources | None = None,
    first: int = 1,
    format: str = "markdown",
    settings: Settings | None = None,
) -> Iterator[Diagnostic]:
    """The findings of `review` on a text that comes in pieces, each once.

    Where `sources` are given, markers that name none of them are reported once their sentence is finished; everything
    else depends on the whole text, and comes at its end. Parameters and errors are those of `review`.
    """
    from citecheck.engine.review import review_stream

    return review_stream(pieces, _reading(sources, first, format, settings))


def verify(document: Document | str, texts: Mapping[str, str], *, small: bool = False) -> tuple[Verification, ...]:
    """The outcome for each quotation and each figure of a document, by the texts of the sources that it cites there.

    A document is a text in Markdown, or what `parse` has made of one. `texts` are the texts of its sources by their
    labels in it (`1`), or by their identities (`doi:10.1000/182`, `https://example.org/a`). An outcome is `ok`, `wrong`
    where each source that is cited was given and none has it, and `unknown` otherwise, with a reason. Figures are
    percentages, money, dates, years, decimals and numbers from 13; with `small`, all whole numbers.

        >>> import citecheck
        >>> text = "It was \\"open to all who came that day\\" [1].\\n\\n## Sources\\n\\n1. Register of the hall.\\n"
        >>> [each.outcome.value for each in citecheck.verify(text, {"1": "It was open to all who came on that day."})]
        ['wrong']

    Nothing is opened, asked or kept.
    """
    from citecheck.sources.verification import verify

    return verify(parse(document) if isinstance(document, str) else document, texts, small=small)


def _reading(sources: Sources | None, first: int, format: str, settings: Settings | None) -> Reading:
    from citecheck.config.selection import known_language, selected
    from citecheck.engine.review import Reading, labels_of
    from citecheck.model.settings import Settings

    settings = settings or Settings()
    selected(settings)
    if settings.language:
        known_language(settings.language)
    return Reading(_format("", format), settings, None if sources is None else labels_of(sources, first))


def _format(name: str, format: str | None) -> str:
    """The format that is requested, else that of the suffix of a name. Raises UsageError for an unknown one."""
    from os.path import splitext

    from citecheck.errors import known
    from citecheck.readers import FORMATS, format_for

    suffixed = format_for(name) if splitext(name)[1] else None
    return known(format, FORMATS, "format") if format else suffixed or "markdown"


if not TYPE_CHECKING:  # a type checker knows the names by their imports, and must find those that are misspelt

    def __getattr__(name: str) -> Any:
        if name in _HOMES:
            from importlib import import_module

            return getattr(import_module(f"citecheck.{_HOMES[name]}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
