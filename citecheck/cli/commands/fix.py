"""`citecheck check --fix`, `renumber` and `merge`: documents are changed, or what would change is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TextIO

from citecheck.cli.commands import FAILED, FOUND, PASSED
from citecheck.cli.commands.inputs import InputSelection
from citecheck.cli.commands.output import report_unreadable
from citecheck.config.selection import named, selected
from citecheck.editing.renumber import ORDERS, RenumberError
from citecheck.engine.fixing import Fixed, Read, fix_document, merge_document, renumber_document, wants
from citecheck.errors import CitecheckError, known
from citecheck.execution.rewriting import RewriteResult, Work, rewrite_inputs, save, show
from citecheck.execution.runner import Job
from citecheck.files.decoding import STDIN
from citecheck.files.writing import sweep
from citecheck.model.document import Document
from citecheck.model.findings import Diagnostic, counted
from citecheck.model.results import Result, Summary
from citecheck.model.settings import Settings
from citecheck.reports.terminal import visible


class Fixing(NamedTuple):
    """Which fixes are wanted, and whether they are only shown.

    `fixable` and `unfixable` are codes, names and prefixes of rules, as in a selection; no `fixable` means all.
    """

    unsafe: bool = False
    diff: bool = False
    fixable: tuple[str, ...] = ()
    unfixable: tuple[str, ...] = ()

    def codes(self, settings: Settings) -> frozenset[str]:
        """The rules whose fixes are wanted. Raises UsageError where a word names no rule."""
        chosen = _union(self.fixable) if self.fixable else selected(settings)
        return chosen - _union(self.unfixable)

    def takes(self, code: str) -> bool:
        """Whether fixes of a rule are wanted."""
        return (not self.fixable or code in _union(self.fixable)) and code not in _union(self.unfixable)


def _union(words: Iterable[str]) -> frozenset[str]:
    return frozenset(code for word in words for code in named(word))


def fix(
    paths: Sequence[str],
    jobs: Sequence[Job],
    fixing: Fixing,
    *,
    fresh: Callable[[Iterable[Result]], Iterator[Result]],
    write: Callable[[Iterable[Result], TextIO], None],
    tally_on: TextIO | None,
) -> bool:
    """Fixes documents and has a report written of what is `fresh` in what is left; whether anything changed.

    With `diff` shows what would change instead. `tally_on` gets the number of fixes. Where standard input is among
    the documents, its text has standard output to itself, and the report goes to standard error.
    """
    tally = _Tally(fixing)
    results = fresh(tally.results(_outcomes(paths, jobs, partial(_fixed, fixing=fixing), diff=fixing.diff)))
    if fixing.diff:
        for _ in results:
            pass
    else:
        write(results, sys.stderr if STDIN in paths else sys.stdout)
    if tally_on is not None:
        _say(tally.line(), sys.stderr if fixing.diff or STDIN in paths else tally_on)
    return bool(tally.changed)


def _fixed(document: Document, settings: Settings, read: Read, *, fixing: Fixing) -> RewriteResult:
    codes = fixing.codes(settings)
    return _rewritten(document, fix_document(document, settings, read, unsafe=fixing.unsafe, codes=codes))


def _rewritten(document: Document, fixed: Fixed) -> RewriteResult:
    refusals = [f"{document.name}:{refusal}" for refusal in fixed.refusals]
    changed = fixed.document.text != document.text
    return RewriteResult(fixed.document.raw, fixed.result, fixed.counts, refusals, changed)


def merge(paths: Sequence[str], reading: InputSelection, *, diff: bool = False) -> int:
    """Folds the entries of a list that are of one work into the first of them."""
    return _change(paths, reading, _merged, diff=diff)


def _merged(document: Document, settings: Settings, read: Read) -> RewriteResult:
    try:
        return _rewritten(document, merge_document(document, settings, read))
    except RenumberError as refused:
        return _refused(document, f"sources are not merged: {refused}")


def _refused(document: Document, reason: str) -> RewriteResult:
    """A document that stays as it is, and why."""
    result = Result(document.name, (), Summary(documents=1))
    return RewriteResult(document.raw, result, refusals=[f"{document.name}: {reason}"])


def renumber(
    paths: Sequence[str],
    reading: InputSelection,
    *,
    by: str = "appearance",
    start: int | None = None,
    keep_order: bool = False,
    diff: bool = False,
) -> int:
    """Numbers the sources of documents again, and every marker with them."""
    known(by, ORDERS, "order")
    work = partial(_renumbered, by=by, start=start, move=not keep_order)
    return _change(paths, reading, work, diff=diff)


def _renumbered(
    document: Document, settings: Settings, read: Read, *, by: str, start: int | None, move: bool
) -> RewriteResult:
    try:
        after = renumber_document(document, read, order=by, start=start, move=move)
    except RenumberError as refused:
        return _refused(document, f"is not renumbered: {refused}")
    result = Result(document.name, (), Summary(documents=1))
    return RewriteResult(after.raw, result, changed=after.text != document.text)


def _change(paths: Sequence[str], reading: InputSelection, work: Work, *, diff: bool) -> int:
    """Changes documents, and tells how many; what was refused makes the run fail, and so does a difference shown."""
    tally = _Tally(Fixing(unsafe=True, diff=diff))
    summary, failed = Summary(), False
    for result in report_unreadable(tally.results(_outcomes(paths, reading.jobs(paths), work, diff=diff))):
        summary += result.summary
        failed |= result.failed
    verb = "would change" if diff else "changed"
    refused = f", {tally.refused:,} refused" if tally.refused else ""
    told_to = sys.stderr if diff or STDIN in paths else sys.stdout
    _say(f"{tally.changed:,} of {counted(summary.documents, 'document')} {verb}{refused}", told_to)
    if failed:
        return FAILED
    return FOUND if tally.refused or (diff and tally.changed) else PASSED


def _outcomes(paths: Sequence[str], jobs: Sequence[Job], work: Work, *, diff: bool) -> Iterator[RewriteResult]:
    """What becomes of documents; standard input that is excluded goes to standard output as it came."""
    sweep(job.name for job in jobs if not isinstance(job, CitecheckError))
    yield from rewrite_inputs(jobs, work, show(sys.stdout) if diff else save)
    begun = any(
        isinstance(job, CitecheckError) or job.piped is not None for job in jobs
    )  # too long a text is an error half read
    if STDIN in paths and not begun and not diff and sys.stdin:
        sys.stdout.buffer.write(sys.stdin.buffer.read())


def _say(line: str, stream: TextIO) -> None:
    sys.stdout.flush()  # so that on a terminal the two streams keep their order
    stream.write(f"{line}\n")


class _Tally:
    """What became of documents, in numbers, as their outcomes pass."""

    def __init__(self, fixing: Fixing) -> None:
        self._fixing = fixing
        self.fixed = self.changed = self.remaining = self.unsafe = self.refused = 0

    def results(self, outcomes: Iterable[RewriteResult]) -> Iterator[Result]:
        """The results of outcomes; what was refused is reported on standard error."""
        for outcome in outcomes:
            for refusal in outcome.refusals:
                _say(f"citecheck: {visible(refusal)}", sys.stderr)
            self.fixed += sum(outcome.counts.values())
            self.changed += outcome.changed and outcome.result.unread is None
            self.refused += len(outcome.refusals)
            self.remaining += len(outcome.result.diagnostics)
            self.unsafe += sum(map(self._unasked, outcome.result.diagnostics))
            yield outcome.result

    def _unasked(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding has a fix that is unsafe, and was not requested."""
        wanted = wants(diagnostic.code, diagnostic.fix, unsafe=True)
        return wanted and not self._fixing.unsafe and self._fixing.takes(diagnostic.code)

    def line(self) -> str:
        """What was fixed: `5 fixed, 3 remaining, 2 of them fixable with --unsafe-fixes`."""
        verb = "would be fixed" if self._fixing.diff else "fixed"
        parts = [f"{self.fixed:,} {verb}", f"{self.remaining:,} remaining"]
        if self.unsafe:
            parts.append(f"{self.unsafe:,} of them fixable with --unsafe-fixes")
        if self.refused:
            parts.append(f"{self.refused:,} refused")
        return ", ".join(parts)
