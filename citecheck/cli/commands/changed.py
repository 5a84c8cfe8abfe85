"""What of the documents and findings is left when only what changed counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from citecheck.errors import CitecheckError
from citecheck.execution.changes import Changes
from citecheck.execution.runner import Job, lint_bytes
from citecheck.files.decoding import Input
from citecheck.model.results import Result

_LAST_COMMIT = "HEAD"


class ChangedSelection(NamedTuple):
    """The documents that changed, and what git says of them."""

    jobs: list[Job]
    changes: Changes

    def touched(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results with what the change touched or brought about."""
        by_name = {job.name: job for job in self.jobs if not isinstance(job, CitecheckError)}
        for result in results:
            if result.path in by_name:
                yield self.changes.touched(result, partial(lint_bytes, each=by_name[result.path]))
            else:
                yield result


def changed_selection(jobs: Sequence[Job], since: str | None) -> ChangedSelection:
    """The documents that changed since a revision, by default the last commit; standard input always counts."""
    changes = Changes(_LAST_COMMIT if since is None else since)
    kept = [job for job in jobs if isinstance(job, CitecheckError) or _counts(job, changes)]
    return ChangedSelection(kept, changes)


def _counts(each: Input, changes: Changes) -> bool:
    return each.piped is not None or each.name in changes
