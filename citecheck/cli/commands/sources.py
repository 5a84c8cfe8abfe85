"""`citecheck sources`: every source, what it can be checked by, what is stored of it, and the last outcome."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from citecheck.cli.commands import FAILED, PASSED
from citecheck.cli.commands.inputs import InputSelection
from citecheck.cli.commands.output import report_unreadable
from citecheck.errors import CitecheckError, known
from citecheck.execution.locks import LockAt, Locks
from citecheck.execution.runner import parse_inputs
from citecheck.model.document import Document
from citecheck.model.outcomes import Outcome, Reason, Verification
from citecheck.model.results import Result
from citecheck.model.sources import Source
from citecheck.reports.terminal import visible
from citecheck.sources.identity import identity
from citecheck.sources.snapshots import Snapshots, backed, snapshots

_FORMATS: Final = ("text", "json", "addresses")
_LOCATORS: Final = ("doi", "arxiv", "pmid", "pmcid", "isbn", "issn")
_WEB: Final = ("http://", "https://")


class _Row(NamedTuple):
    """A source of a document, as the list shows it."""

    path: str
    label: str | None
    key: str
    checkable: dict[str, str]
    stored: str
    outcomes: dict[str, int]
    addresses: tuple[str, ...]


def list_sources(paths: Sequence[str], reading: InputSelection, *, report: str) -> int:
    """Writes the list; exits with 2 where a document could not be read."""
    known(report, _FORMATS, "format")
    jobs = reading.jobs(paths)
    locks = Locks()
    at = {job.name: locks.of(job) for job in jobs if not isinstance(job, CitecheckError)}
    settings = {job.name: job.settings for job in jobs if not isinstance(job, CitecheckError)}
    rows: list[_Row] = []
    failed = False
    for each in parse_inputs(jobs):
        if isinstance(each, Result):
            failed = any(one.failed for one in report_unreadable([each])) or failed
            continue
        stored = _stored(at.get(each.name))
        document = backed(each, stored, settings[each.name]) if stored else each
        rows += [_row(source, document, stored) for source in each.sources]
    sys.stdout.writelines(f"{line}\n" for line in _WRITERS[report](rows))
    return FAILED if failed else PASSED


def _stored(lock: LockAt | None) -> Snapshots | None:
    return snapshots(*lock) if lock else None


def _row(source: Source, document: Document, stored: Snapshots | None) -> _Row:
    record, key = source.record, identity(source)
    found = {name: field.value for name in _LOCATORS if (field := getattr(record, name))}
    addresses = tuple(url.value for url in record.urls if url.value.lower().startswith(_WEB))
    if addresses:
        found["address"] = addresses[0]
    own = Counter(each.outcome for each in document.verifications if _about(each, source, key))
    counts = {outcome.value: own[outcome] for outcome in Outcome if own[outcome]}
    return _Row(document.name, source.label, key, found, _kept(key, stored), counts, addresses)


def _about(each: Verification, source: Source, key: str) -> bool:
    return each.source == key or (source.label is not None and source.label in each.labels)


def _kept(key: str, stored: Snapshots | None) -> str:
    """What is stored of a source: its text, passages of it, nothing, or something else than was pinned."""
    if stored is None or key not in stored.lock.pins:
        return "nothing"
    backing = stored.backing(key)
    if backing.whole:
        return "text"
    if backing.reason is Reason.NOT_KEPT:
        return "passages" if backing.text else "hash"
    return backing.reason.value if backing.reason else "nothing"


def _as_text(rows: Iterable[_Row]) -> Iterator[str]:
    path = None
    for row in rows:
        if row.path != path:
            yield from ([] if path is None else [""])
            path = row.path
            yield visible(path)
        by = ", ".join(f"{name} {value}" for name, value in row.checkable.items()) or "nothing to look up"
        outcomes = ", ".join(f"{count} {outcome}" for outcome, count in row.outcomes.items()) or "nothing compared"
        yield f"  {visible(row.label or '-')}: {visible(by)}"
        yield f"     stored: {row.stored}; {outcomes}"


def _as_json(rows: Iterable[_Row]) -> Iterator[str]:
    listed: list[dict[str, Any]] = [
        {
            "path": row.path,
            "label": row.label,
            "key": row.key,
            "checkable_by": row.checkable,
            "addresses": list(row.addresses),
            "stored": row.stored,
            "outcomes": row.outcomes,
        }
        for row in rows
    ]
    yield json.dumps({"sources": listed}, indent=2)


def _as_addresses(rows: Iterable[_Row]) -> Iterator[str]:
    return iter(dict.fromkeys(visible(address) for row in rows for address in row.addresses))


_WRITERS: Final = {"text": _as_text, "json": _as_json, "addresses": _as_addresses}
