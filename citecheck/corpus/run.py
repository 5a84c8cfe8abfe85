"""A run over tables of documents, from where an earlier one was stopped, and what it came to."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from citecheck import __version__
from citecheck.arrow.batches import SCHEMA, values
from citecheck.arrow.isolation import Pool
from citecheck.arrow.rows import Work
from citecheck.corpus.inputs import Columns, Rows, identity, read
from citecheck.corpus.manifest import Manifest, Part, opened
from citecheck.corpus.parts import FOLDER, SUMMED, PartWriter, sweep
from citecheck.errors import CitecheckError, UsageError

SUMMARY: Final = "summary.json"
_PART_ROWS: Final = 20_000  # rows from which a part is closed
_SLICE_BYTES: Final = 2 * 1024 * 1024  # of the documents that a worker has at once
_NAMED: Final = 1_000  # rows that ended a process that a summary names


class Plan(NamedTuple):
    """What a run does: which columns it reads, how it checks a document, and with what.

    `sample` is the share of the rows that are checked, chosen by a hash of `seed`, so that it is the same each time.
    `seconds` are those that one document may take.
    """

    columns: Columns
    work: Work
    jobs: int = 1
    batch_rows: int = 256
    sample: float = 1.0
    seed: int = 0
    seconds: float = 120.0


class Progress(NamedTuple):
    """How far a run is: rows written, of which could not be checked, and input that is read."""

    rows: int
    unchecked: int
    input: str


class _Slice(NamedTuple):
    """Rows for one worker: their input, their numbers in it, the documents; `taken` are the rows up to its end."""

    input: str
    numbers: Sequence[int]
    texts: pa.Array
    ids: Sequence[str | None] | None
    errors: Sequence[str | None]
    taken: int


def run(
    tables: Sequence[str], folder: str, plan: Plan, told: Callable[[Progress], None] = lambda _: None
) -> dict[str, Any]:
    """Checks the documents of tables that are not in the parts of a folder yet; returns the summary of all.

    Raises UsageError where the folder is of a run over other inputs, with other settings or another version.
    """
    about = {
        "version": __version__,
        "inputs": [identity(path) for path in tables],
        "settings": _settings(plan),
    }
    with opened(folder, about) as manifest:
        sweep(folder, SUMMARY)
        for part in manifest.parts:
            if not os.path.isfile(os.path.join(folder, FOLDER, part.file)):
                raise UsageError(
                    f"{folder}: {part.file} is missing; name a new folder, or delete this one to start again"
                )
        taken = manifest.parts[-1].taken if manifest.parts else 0
        _go_on(tables, folder, plan, manifest, taken, told)
        return _summarized(folder, about, manifest.parts)


def _settings(plan: Plan) -> dict[str, Any]:
    """What has an effect on the rows, in a form that can be compared; not the number of processes."""
    shown = repr((plan.work, SCHEMA.to_string()))
    return {
        "columns": list(plan.columns),
        "work": hashlib.blake2b(shown.encode(), digest_size=16).hexdigest(),
        "batch_rows": plan.batch_rows,
        "sample": plan.sample,
        "seed": plan.seed,
        "seconds": plan.seconds,
    }


def _go_on(
    tables: Sequence[str], folder: str, plan: Plan, manifest: Manifest, taken: int, told: Callable[[Progress], None]
) -> None:
    """Writes the parts that are missing."""
    pool = Pool(plan.jobs, plan.seconds)
    under_way: deque[_Slice] = deque()
    writer: PartWriter | None = None
    rows = sum(part.rows for part in manifest.parts)
    unchecked = sum(sum(part.counts["reasons"].values()) for part in manifest.parts)

    def columns() -> Iterator[pa.Array]:
        for each in _slices(tables, plan, taken):
            under_way.append(each)
            yield each.texts

    try:
        last: _Slice | None = None
        for result in pool.results(columns(), plan.work):
            current = under_way.popleft()
            if writer and last and (writer.rows >= _PART_ROWS or last.input != current.input):
                manifest.add(writer.finish(last.taken))
                writer = None
            batch = _named(current, result, plan.columns)
            writer = writer or PartWriter(folder, len(manifest.parts), batch.schema)
            writer.add(batch)
            rows += len(batch)
            unchecked += len(batch) - batch.column("citecheck_error").null_count
            told(Progress(rows, unchecked, current.input))
            last = current
        if writer and last:
            manifest.add(writer.finish(last.taken))
            writer = None
    finally:
        pool.close()
        if writer:
            writer.drop()


def _slices(tables: Sequence[str], plan: Plan, taken: int) -> Iterator[_Slice]:
    """The rows that are left, in slices by number and by bytes."""
    passed = 0
    for path in tables:
        before = passed
        for rows in read(path, plan.columns):
            count = len(rows.texts)
            passed = before + rows.first + count
            if passed > taken:
                skipped = max(0, taken - (before + rows.first))
                yield from _cut(path, rows, skipped, before, plan)


def _cut(path: str, rows: Rows, skipped: int, before: int, plan: Plan) -> Iterator[_Slice]:
    places = [place for place in range(skipped, len(rows.texts)) if _sampled(path, rows.first + place, plan)]
    sizes = _sizes(rows.texts)
    start = 0
    while start < len(places):
        stop, size = start, 0
        while stop < len(places) and stop - start < plan.batch_rows and (stop == start or size < _SLICE_BYTES):
            size += sizes[places[stop]]
            stop += 1
        own = places[start:stop]
        yield _Slice(
            input=path,
            numbers=[rows.first + place for place in own],
            texts=rows.texts.take(pa.array(own, pa.int64())),
            ids=None if rows.ids is None else _names(rows.ids.take(pa.array(own, pa.int64()))),
            errors=[rows.errors[place] for place in own],
            taken=before + rows.first + own[-1] + 1,
        )
        start = stop


def _sampled(path: str, row: int, plan: Plan) -> bool:
    if plan.sample >= 1:
        return True
    name = f"{plan.seed}:{os.path.basename(path)}:{row}".encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest()) < plan.sample * 2**64


def _sizes(texts: pa.Array) -> Sequence[int]:
    """The bytes of each document."""
    try:
        return [size or 0 for size in pc.binary_length(texts).to_pylist()]
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):  # no texts, which their rows say
        return [0] * len(texts)


def _names(ids: pa.Array) -> Sequence[str | None]:
    return [
        None if each is None else each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each)
        for each in values(ids)
    ]


def _named(part: _Slice, result: pa.RecordBatch, columns: Columns) -> pa.RecordBatch:
    """A result with where its rows come from, and the reasons of those that could not be read."""
    errors = result.column("citecheck_error")
    if any(part.errors):
        known = zip(part.errors, errors.to_pylist(), strict=True)
        errors = pa.array([own or found for own, found in known], pa.string())
    named = {
        "input": pa.array([part.input] * len(result), pa.string()),
        "row": pa.array(part.numbers, pa.int64()),
        **({} if part.ids is None else {"id": pa.array(part.ids, pa.string())}),
    }
    fields = [pa.field(name, array.type) for name, array in named.items()]
    own = [errors if name == "citecheck_error" else result.column(name) for name in SCHEMA.names]
    return pa.RecordBatch.from_arrays([*named.values(), *own], schema=pa.schema([*fields, *SCHEMA]))


def _summarized(folder: str, about: Mapping[str, Any], parts: Sequence[Part]) -> dict[str, Any]:
    """Writes the summary of a run that is whole, and returns it."""
    totals: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for part in parts:
        reasons.update(part.counts["reasons"])
        codes.update(part.counts["codes"])
        totals.update({name: part.counts.get(name, 0) for name in (*SUMMED, *_WITH)})
    summary = {
        **about,
        "rows": sum(part.rows for part in parts),
        "unchecked": reasons.total(),
        **{name: totals[name] for name in (*_WITH, *SUMMED)},
        "citation_coverage": _share(totals["supported_statements"], totals["statements"]),
        "resolvable_rate": _share(totals["resolved_citations"], totals["citations"]),
        "codes": dict(sorted(codes.items())),
        "reasons": dict(sorted(reasons.items())),
        "fatal_rows": [row for part in parts for row in part.fatal][:_NAMED],
        "parts": [{"file": part.file, "rows": part.rows, "sha256": part.sha256} for part in parts],
    }
    _replace(os.path.join(folder, SUMMARY), json.dumps(summary, indent=1) + "\n")
    return summary


_WITH: Final = ("documents_with_errors", "documents_with_warnings")


def _share(some: int, every: int) -> float | None:
    return some / every if every else None


def _replace(path: str, text: str) -> None:
    aside = f"{path}.{os.getpid()}.tmp"
    try:
        with open(aside, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except OSError as error:
        raise CitecheckError(f"{path}: cannot be written: {error.strerror}") from error


def over(summary: Mapping[str, Any], limits: Iterable[tuple[str, float]]) -> list[str]:
    """The limits that a run is over, each in words; a share is of all rows."""
    rows = summary["rows"]
    shares = {
        "errors": summary["documents_with_errors"],
        "warnings": summary["documents_with_warnings"],
        "unchecked": summary["unchecked"],
    }
    return [
        f"{name}: {shares[name]:,} of {rows:,} documents, more than {limit:.4%}"
        for name, limit in limits
        if rows and shares[name] > limit * rows
    ]
