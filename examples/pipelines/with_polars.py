"""Polars: a lazy frame of documents to a frame of results, in batches.

Polars checks while it reads that strings are UTF-8, and one invalid row fails the whole query: read such a column as
binary, and `lint_batch` says of each row which byte is wrong. Polars runs Python inside its own process, which a
document could kill; `isolate=True` has another process check the rows instead.
"""

from __future__ import annotations

import polars as pl
import pyarrow as pa

from citecheck.arrow import SCHEMA, lint_batch


def lint(frame: pl.LazyFrame, text: str = "text", *, keep: list[str]) -> pl.LazyFrame:
    """The results of a frame's documents, with the columns to keep."""

    def checked(part: pl.DataFrame) -> pl.DataFrame:
        table = part.select(*keep, text).to_arrow().combine_chunks()
        batches = [lint_batch(batch, text=text, keep=keep, isolate=True) for batch in table.to_batches()]
        return pl.DataFrame(pa.Table.from_batches(batches)) if batches else empty

    kept = frame.select(keep).collect_schema()
    empty = pl.DataFrame(SCHEMA.empty_table())
    return frame.map_batches(checked, schema={**kept, **empty.schema}, streamable=True)
