"""What of the documents and findings is left when only what changed counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from citecheck.errors import CitecheckError, UnreadableFile
from citecheck.execution.changes import Changes
from citecheck.execution.libraries import Library
from citecheck.execution.runner import Job, lint_bytes
from citecheck.files.decoding import Input
from citecheck.model.results import Result

_LAST_COMMIT = "HEAD"


class ChangedSelection(NamedTuple):
    """The documents that changed, or the files beside them, and what git says of both."""

    jobs: list[Job]
    changes: Changes
    earlier: Library

    def touched(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results with what the change touched or brought about."""
        by_name = {job.name: job for job in self.jobs if isinstance(job, Input) and job.piped is None}
        for result in results:
            if result.path in by_name:
                yield self.changes.touched(result, partial(self._before, by_name[result.path]))
            else:
                yield result

    def _before(self, each: Input, data: bytes | None) -> Result:
        """The result of the bytes that a document had; None for those that it has still."""
        return lint_bytes(each.data() if data is None else data, each, self.earlier)


def changed_selection(jobs: Sequence[Job], since: str | None) -> ChangedSelection:
    """The documents that changed since a revision, by default the last commit; standard input always counts."""
    changes = Changes(_LAST_COMMIT if since is None else since)
    earlier = changes.earlier()
    counts = partial(_counts, changes=changes, now=Library(), then=Library(earlier))
    kept = [job for job in jobs if isinstance(job, CitecheckError) or counts(job)]
    return ChangedSelection(kept, changes, Library(earlier))


def _counts(each: Input, *, changes: Changes, now: Library, then: Library) -> bool:
    """Whether a document counts as changed: it did, or what is read beside it."""
    if each.piped is not None or each.name in changes:
        return True
    try:
        text = each.read() if changes else ""
    except UnreadableFile:
        return False
    beside, before = now.opened(each, text), then.opened(each, text)
    return bool(beside and before and beside.marks != before.marks)
