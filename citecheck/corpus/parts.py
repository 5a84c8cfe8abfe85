"""Parts: tables of results that are written aside and take their name once they are whole."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from citecheck.corpus.manifest import Part
from citecheck.errors import CitecheckError

FOLDER: Final = "parts"
_GROUP: Final = 4096  # rows that a row group of a part has at least, but for the last
SUMMED: Final = ("citations", "resolved_citations", "statements", "supported_statements", "errors", "warnings", "infos")
"""The columns that a summary adds up."""


class PartWriter:
    """Writes one part; `finish` gives it its name, `drop` leaves nothing of it."""

    def __init__(self, folder: str, number: int, schema: pa.Schema) -> None:
        self._file = f"part-{number:06d}.parquet"
        self._folder = os.path.join(folder, FOLDER)
        self._aside = os.path.join(self._folder, f".{self._file}.{os.getpid()}.tmp")
        self._schema = schema
        self._waiting: list[pa.RecordBatch] = []
        self._writer: pq.ParquetWriter | None = None
        self._counts: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._codes: Counter[str] = Counter()
        self._fatal: list[dict[str, Any]] = []
        self.rows = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Adds rows. Raises CitecheckError where they cannot be written."""
        self._waiting.append(batch)
        self.rows += len(batch)
        self._count(batch)
        if sum(map(len, self._waiting)) >= _GROUP:
            self._flush()

    def finish(self, taken: int) -> Part:
        """Closes the part, whole and on the disk, and says what is in it. Raises CitecheckError."""
        self._flush()
        assert self._writer
        try:
            self._writer.close()
            digest = hashlib.sha256()
            with open(self._aside, "rb+") as file:
                while piece := file.read(1 << 20):
                    digest.update(piece)
                os.fsync(file.fileno())
            os.replace(self._aside, os.path.join(self._folder, self._file))
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        counts = {**self._counts, "reasons": dict(self._reasons), "codes": dict(self._codes)}
        return Part(self._file, digest.hexdigest(), self.rows, taken, counts, self._fatal)

    def drop(self) -> None:
        """Leaves nothing of a part that is not whole."""
        if self._writer:
            self._writer.close()
            self._writer = None
        if os.path.exists(self._aside):
            os.remove(self._aside)

    def _flush(self) -> None:
        try:
            if self._writer is None:
                self._writer = pq.ParquetWriter(self._aside, self._schema, compression="zstd")
            if self._waiting:
                self._writer.write_table(pa.Table.from_batches(self._waiting, self._schema), row_group_size=1 << 20)
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        self._waiting = []

    def _count(self, batch: pa.RecordBatch) -> None:
        columns: Mapping[str, list[Any]] = {name: batch.column(name).to_pylist() for name in SUMMED}
        for name, values in columns.items():
            self._counts[name] += sum(value or 0 for value in values)
        for name in ("errors", "warnings"):
            self._counts[f"documents_with_{name}"] += sum(bool(value) for value in columns[name])
        reasons = batch.column("citecheck_error").to_pylist()
        for place, reason in enumerate(reasons):
            if reason is not None:
                self._reasons[reason] += 1
                if reason.startswith(("the worker died", "it takes longer")):
                    where = batch.slice(place, 1).select(["input", "row"]).to_pylist()[0]
                    self._fatal.append({**where, "reason": reason})
        found = batch.column("diagnostics").flatten()
        self._codes.update(found.field("code").to_pylist())


def sweep(folder: str, summary: str) -> None:
    """Removes what killed runs have left aside: parts and summaries that were not whole."""
    parts = os.path.join(folder, FOLDER)
    os.makedirs(parts, exist_ok=True)
    for where, start in ((parts, ".part-"), (folder, f"{summary}.")):
        for name in os.listdir(where):
            if name.startswith(start) and name.endswith(".tmp"):
                os.remove(os.path.join(where, name))


def _unwritable(folder: str, error: OSError) -> CitecheckError:
    return CitecheckError(f"{folder}: a part cannot be written: {error.strerror or error}; run again to go on")
