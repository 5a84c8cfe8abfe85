"""One document of many: what its row says, or why it cannot be checked. Never raises."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from citecheck import __version__
from citecheck.engine.linting import lint_document
from citecheck.engine.measures import measures
from citecheck.errors import CitecheckError
from citecheck.execution.runner import with_document
from citecheck.limits import LARGEST
from citecheck.model.document import Document
from citecheck.model.findings import Diagnostic
from citecheck.model.settings import Settings
from citecheck.recognition.claims.sentences import language_of

_NAME: Final = "row"


class Work(NamedTuple):
    """How the documents of a batch are checked: their format, their settings, and what one may cost.

    `max_bytes` is the most that a document may have, in UTF-8; `diagnostics` is whether rows have their findings.
    """

    format: str = "markdown"
    settings: Settings = Settings()
    max_bytes: int = LARGEST
    diagnostics: bool = True


def row(value: object, work: Work) -> dict[str, Any]:
    """The row of a document, given as a text or as its bytes in UTF-8."""
    text = _text(value, work.max_bytes)
    if isinstance(text, _Refused):
        return refused(text.reason)
    try:
        return with_document(text, _NAME, work.format, work.settings, lambda document: _checked(document, work), None)
    except CitecheckError as error:
        return refused(str(error).removeprefix(f"{_NAME}: not checked: ").partition("; split it")[0])
    except Exception as error:  # whatever it is, it must not take the other rows with it
        return refused(f"{type(error).__name__}: {error}")


class _Refused(NamedTuple):
    reason: str


def refused(reason: str) -> dict[str, Any]:
    """The row of a document that could not be checked, and why; all else in it is null."""
    return {"citecheck_version": __version__, "citecheck_error": reason}


def _text(value: object, max_bytes: int) -> str | _Refused:
    if value is None:
        return _Refused("no text")
    if not isinstance(value, str | bytes):
        return _Refused(f"a value of type {type(value).__name__} is no text")
    size = (
        len(value)
        if isinstance(value, bytes) or len(value) > max_bytes
        else len(value.encode("utf-8", "surrogatepass"))
    )
    if size > max_bytes:
        return _Refused(f"it has more than {max_bytes:,} bytes")
    try:
        return value if isinstance(value, str) else value.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _Refused(f"byte {error.start} is not UTF-8")


def _checked(document: Document, work: Work) -> dict[str, Any]:
    result = lint_document(document, work.settings)
    numbers, summary = measures(document), result.summary
    return {
        "citecheck_version": __version__,
        "citecheck_error": None,
        "language": work.settings.language or language_of(document.structure.text),
        "markers": summary.markers,
        "citations": summary.citations,
        "resolved_citations": numbers.resolved,
        "sources": summary.sources,
        "used_sources": numbers.used_sources,
        "claims": summary.claims,
        "covered_claims": summary.covered_claims,
        "statements": numbers.statements,
        "supported_statements": numbers.supported,
        "citation_coverage": numbers.citation_coverage,
        "resolvable_rate": numbers.resolvable_rate,
        "errors": summary.errors,
        "warnings": summary.warnings,
        "infos": summary.infos,
        "not_understood": bool(summary.not_understood),
        "diagnostics": list(map(_diagnostic, result.diagnostics)) if work.diagnostics else None,
    }


def _diagnostic(each: Diagnostic) -> dict[str, Any]:
    return {
        "code": each.code,
        "rule": each.rule,
        "severity": each.severity.value,
        "message": _storable(each.message),
        "label": None if each.label is None else _storable(each.label),
        "start": each.span.start,
        "end": each.span.end,
        "line": each.start.line,
        "column": each.start.column,
    }


def _storable(words: str) -> str:
    """Words in which every code point has a UTF-8 form: lone surrogates have none."""
    return words.encode("utf-8", "replace").decode() if not words.isascii() else words
