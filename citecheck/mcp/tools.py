"""What the tools do: a text in, an answer of bounded size out; no protocol."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from citecheck.config.layers import SettingsResolver
from citecheck.config.selection import named, selected
from citecheck.engine.fixing import fix_document
from citecheck.engine.linting import lint_document
from citecheck.engine.review import Reading, labels_of
from citecheck.errors import UsageError, known
from citecheck.files.decoding import read_bytes
from citecheck.files.encodings import decode
from citecheck.files.roots import lies_in
from citecheck.limits import check_size, within_limits
from citecheck.model.document import Document
from citecheck.model.findings import Diagnostic
from citecheck.model.results import Result
from citecheck.model.settings import Settings
from citecheck.readers import FORMATS, format_for
from citecheck.rulebook.pages import rules

MOST: Final = 200  # findings in an answer, whatever is requested
_EXCERPT: Final = 200  # code points of a line that are shown
_NAME: Final = "<text>"


@dataclass(frozen=True)
class Finding:
    """One finding: its rule, where it is (from 1, in code points), what it says, and the line."""

    code: str
    rule: str
    severity: str
    line: int
    column: int
    message: str
    excerpt: str
    fixable: bool


@dataclass(frozen=True)
class Checked:
    """What was read and found; `left_out` findings did not fit."""

    ok: bool
    findings: list[Finding]
    left_out: int
    errors: int
    warnings: int
    infos: int
    markers: int
    sources: int
    claims: int


@dataclass(frozen=True)
class Fixed:
    """A text after its fixes: how often each rule was fixed, what was refused and why, and what is left."""

    text: str
    changed: bool
    fixed: dict[str, int]
    refused: list[str]
    left: int


class Given(NamedTuple):
    """A document to check, and what applies to it."""

    text: str
    name: str
    format: str
    settings: Settings


def given(text: str | None, path: str | None, roots: Sequence[str], format: str | None) -> Given:
    """The document of a text, or of a file below one of the roots. Raises CitecheckError."""
    if (text is None) == (path is None):
        raise UsageError("give either text or path")
    if format is not None:
        known(format, FORMATS, "format")
    if text is not None:
        check_size(_NAME, len(text.encode("utf-8", "surrogatepass")))
        return Given(text=text, name=_NAME, format=format or "markdown", settings=Settings())
    assert path is not None
    real = _inside(path, roots)
    resolved = SettingsResolver().of(real)
    settings = resolved.settings_of(real)
    words, _ = decode(read_bytes(real), path, resolved.codec_of(real))
    return Given(text=words, name=path, format=format or format_for(real) or "text", settings=settings)


def _inside(path: str, roots: Sequence[str]) -> str:
    """The real path of a file, links followed, which has to be below a root."""
    if not roots:
        raise UsageError("the client names no roots, so no file is read; give the text instead")
    candidates = [os.path.realpath(os.path.join(root, path)) for root in roots]
    for real in candidates:
        if any(lies_in(real, os.path.realpath(root)) for root in roots) and os.path.isfile(real):
            return real
    raise UsageError(f"{path}: there is no such file below the roots of the client")


def check(one: Given, select: Sequence[str], sources: Sequence[str] | None, limit: int) -> Checked:
    """What is found in a document: of the rules that are selected, against the passages that are given."""
    settings = one.settings._replace(select=tuple(select)) if select else one.settings
    selected(settings)
    reading = Reading(one.format, settings, None if sources is None else labels_of(sources, 1))
    with within_limits(one.name, len(one.text)):
        result = lint_document(_read(reading, one), settings, suppressing=sources is None)
    return _told(result, limit)


def _read(reading: Reading, one: Given) -> Document:
    return reading.read(one.text)


def _told(result: Result, limit: int) -> Checked:
    by_weight = sorted(result.diagnostics, key=lambda each: -each.severity.weight)
    shown = by_weight[: max(0, min(limit, MOST))]
    summary = result.summary
    return Checked(
        ok=not summary.errors,
        findings=[_finding(each) for each in shown],
        left_out=len(by_weight) - len(shown),
        errors=summary.errors,
        warnings=summary.warnings,
        infos=summary.infos,
        markers=summary.markers,
        sources=summary.sources,
        claims=summary.claims,
    )


def _finding(each: Diagnostic) -> Finding:
    (line, column), _ = each.shown
    text = each.excerpt.text.strip()
    return Finding(
        code=each.code,
        rule=each.rule,
        severity=each.severity.value,
        line=line,
        column=column,
        message=each.message,
        excerpt=text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…",
        fixable=each.fix is not None,
    )


def fix(one: Given, *, unsafe: bool) -> Fixed:
    """A text after its fixes; nothing is written."""
    reading = Reading(one.format, one.settings)
    with within_limits(one.name, len(one.text)):
        done = fix_document(reading.read(one.text), one.settings, reading.read, unsafe=unsafe)
    counts = Counter(done.counts)
    refused = [str(each) for each in done.refusals]
    return Fixed(
        text=done.text,
        changed=done.text != one.text,
        fixed={code: counts[code] for code in sorted(counts)},
        refused=refused[:MOST],
        left=len(done.result.diagnostics),
    )


def explain(rule: str) -> str:
    """The page of a rule, by its code or its name, in Markdown. Raises UsageError where there is none."""
    codes = named(rule)
    if len(codes) > 1:
        raise UsageError(f"{rule!r} names {len(codes)} rules: {', '.join(sorted(codes))}")
    (code,) = codes
    return rules()[code].page
