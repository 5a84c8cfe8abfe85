"""Batches: what a result has, column by column, and how a batch becomes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from citecheck.arrow.rows import Work, row
from citecheck.config.selection import selected
from citecheck.errors import UsageError, known
from citecheck.limits import LARGEST
from citecheck.model.settings import Settings
from citecheck.readers import FORMATS

SECONDS: Final = 120.0  # that an isolated document may take before its process is ended

_COLUMNS: Final = (  # name, type, what it says
    ("citecheck_version", pa.string(), "the version of citecheck"),
    (
        "citecheck_error",
        pa.string(),
        "why the document could not be checked; null where it was, and then nothing else is",
    ),
    ("language", pa.string(), "the language that was set or guessed, ISO 639-1"),
    ("markers", pa.int32(), "citation markers"),
    ("citations", pa.int32(), "labels that markers name"),
    ("resolved_citations", pa.int32(), "citations whose source is listed"),
    ("sources", pa.int32(), "entries of source lists"),
    ("used_sources", pa.int32(), "sources that a citation names"),
    ("claims", pa.int32(), "sentences of the body"),
    ("covered_claims", pa.int32(), "claims with a marker, their own or a later one of their block"),
    ("statements", pa.int32(), "claims that state something and lead nowhere by themselves"),
    ("supported_statements", pa.int32(), "statements with a marker that resolves"),
    ("citation_coverage", pa.float64(), "supported statements / statements; null where nothing is stated"),
    ("resolvable_rate", pa.float64(), "resolved citations / citations; null where nothing is cited"),
    ("errors", pa.int32(), "findings of that severity"),
    ("warnings", pa.int32(), "findings of that severity"),
    ("infos", pa.int32(), "findings of that severity"),
    ("not_understood", pa.bool_(), "whether the document seems to cite in a way that is not read"),
)
_OFFSET: Final = {"unit": "code points from the start of the text, from 0; not bytes"}
_PLACE: Final = {"unit": "counted from 1, columns in code points"}


def _field(name: str, type_: pa.DataType, metadata: Mapping[str, str] | None = None) -> pa.Field:
    return pa.field(name, type_, metadata=metadata)


_DIAGNOSTIC: Final = pa.struct(
    [
        *(_field(name, pa.string()) for name in ("code", "rule", "severity", "message", "label")),
        _field("start", pa.int64(), _OFFSET),
        _field("end", pa.int64(), {"unit": f"{_OFFSET['unit']}; exclusive"}),
        _field("line", pa.int64(), _PLACE),
        _field("column", pa.int64(), _PLACE),
    ]
)

SCHEMA: Final = pa.schema(
    [
        *(_field(name, type_, {"description": words}) for name, type_, words in _COLUMNS),
        _field(
            "diagnostics",
            pa.list_(_DIAGNOSTIC),
            {"description": "the findings by position; offsets in code points, not bytes"},
        ),
    ]
)
"""The columns of a result, after those that are kept; each field's metadata says what it has."""


def lint_batch(
    batch: pa.RecordBatch,
    *,
    text: str = "text",
    keep: Sequence[str] | None = None,
    isolate: bool = False,
    max_bytes: int = LARGEST,
    seconds: float = SECONDS,
    format: str = "markdown",
    settings: Settings | None = None,
    diagnostics: bool = True,
) -> pa.RecordBatch:
    """Checks the documents of a batch: a row for each, in order, with the columns of `SCHEMA` after those to `keep`.

    `text` is the column of the documents, strings or bytes in UTF-8. A document of more than `max_bytes`, a null, and
    bytes that are no UTF-8 are rows with a `citecheck_error`. With `isolate` a process of its own checks the rows: one
    that ends the process twice, or takes longer than `seconds`, is such a row too, and none of the others is lost.
    Without `diagnostics` the column of that name is null. Raises UsageError where the batch has no such column, or the
    format or the settings name something that does not exist; never for a row.
    """
    for name in (text, *(keep or ())):
        known(name, batch.schema.names, "column of the batch")
    work = Work(known(format, FORMATS, "format"), settings or Settings(), max_bytes, diagnostics)
    selected(work.settings)
    if overlap := next((name for name in keep or () if name in SCHEMA.names), None):
        raise UsageError(f"the column {overlap!r} cannot be kept: a result has one of that name")
    column = batch.column(text)
    if isolate:
        from citecheck.arrow.isolation import isolated

        result = isolated(column, work, seconds)
    else:
        result = result_of(row(value, work) for value in values(column))
    kept = [(batch.schema.field(name), batch.column(name)) for name in keep or ()]
    schema = pa.schema([*(field for field, _ in kept), *SCHEMA], metadata=SCHEMA.metadata)
    return pa.RecordBatch.from_arrays([*(array for _, array in kept), *result.columns], schema=schema)


def result_of(rows: Iterable[Mapping[str, Any]]) -> pa.RecordBatch:
    """The batch that rows make."""
    return pa.RecordBatch.from_pylist(list(rows), schema=SCHEMA)


def values(column: pa.Array) -> Iterator[object]:
    """The values of a column, bytes in place of strings that are no UTF-8."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    for scalar in column:
        try:
            yield scalar.as_py()
        except UnicodeDecodeError:
            yield bytes(scalar.as_buffer())
