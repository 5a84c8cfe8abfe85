"""What of the documents and findings is left when only what changed counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from citecheck.changes import Changes
from citecheck.config import Settings
from citecheck.engine import Result
from citecheck.errors import CitecheckError
from citecheck.files import STDIN, Input
from citecheck.runner import Job, lint_bytes

_LAST_COMMIT = "HEAD"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The documents that changed, and what git says of them."""

    jobs: Sequence[Job]
    changes: Changes


def narrowed(jobs: Sequence[Job], since: str | None) -> Narrowed:
    """The documents that changed since a revision, by default the last commit; standard input always counts."""
    changes = Changes(since or _LAST_COMMIT)
    kept = [job for job in jobs if isinstance(job, CitecheckError) or _counts(job[0], changes)]
    return Narrowed(kept, changes)


def _counts(each: Input, changes: Changes) -> bool:
    return each.place == STDIN or each.name in changes


def only_changed(results: Iterable[Result], narrowed: Narrowed) -> Iterator[Result]:
    """The results with what the change touched or brought about."""
    by_name: Mapping[str, Job] = {job[0].name: job for job in narrowed.jobs if not isinstance(job, CitecheckError)}
    for result in results:
        job = by_name.get(result.path)
        if job is None or isinstance(job, CitecheckError):
            yield result
        else:
            each, settings = job

            def before(data: bytes, each: Input = each, settings: Settings = settings) -> Result:
                return lint_bytes(data, each, settings)

            yield narrowed.changes.touched(result, before)
