"""DuckDB: a function in SQL, from a document to a struct of results.

DuckDB fails the whole query where a VARCHAR is no UTF-8; the function takes a BLOB, so that invalid bytes are one
row's fault: `SELECT id, unnest(citecheck(encode(text))) FROM …`. Without `null_handling="special"` a NULL would skip
the function. It runs in DuckDB's own process, which a document could kill; `isolate=True` has another process check
the rows.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from citecheck.arrow import SCHEMA, lint_batch


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `citecheck(BLOB)` known to a connection."""
    fields = connection.from_arrow(SCHEMA.empty_table())
    result = duckdb.struct_type(dict(zip(fields.columns, fields.types, strict=True)))
    connection.create_function(
        "citecheck", _checked, [duckdb.sqltype("BLOB")], result, type="arrow", null_handling="special"
    )


def _checked(documents: pa.Array | pa.ChunkedArray) -> pa.Array:
    whole = documents.combine_chunks() if isinstance(documents, pa.ChunkedArray) else documents
    return lint_batch(pa.record_batch([whole], ["text"]), isolate=True).to_struct_array()
