"""How machine formats name and sort things: relative paths with slashes, the worst first."""

from __future__ import annotations

import os
from collections.abc import Iterable

from citecheck.model.findings import Diagnostic
from citecheck.model.results import Result, Summary


def relative(path: str) -> str:
    """A path as continuous integration knows it: relative to the current folder where it is below it, with slashes."""
    shown = os.path.relpath(path)
    return (path if shown.startswith(os.pardir) else shown).replace(os.sep, "/")


def uri(path: str) -> str:
    """A relative path as a relative URI, an absolute one as a `file` URI (RFC 3986, RFC 8089); bytes are kept."""
    from urllib.parse import quote  # here, as few reports need it

    quoted = quote(os.fsencode(relative(path)), safe="/")
    return f"file://{quoted}" if quoted.startswith("/") else quoted


def named(result: Result) -> str:
    """A document as continuous integration knows it; what could not be read and has no path is the run's own."""
    return relative(result.path) if result.path else "citecheck"


def gathered(results: Iterable[Result]) -> tuple[list[Result], Summary]:
    """All results, for reports that cannot begin before they know the last, and what they add up to."""
    every = list(results)
    return every, sum((result.summary for result in every), Summary())


def by_severity(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics with the worst first, otherwise in their order: where only some can be shown, these are."""
    return sorted(diagnostics, key=lambda each: -each.severity.weight)
