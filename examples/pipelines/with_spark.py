"""Spark: a frame of documents to a frame of results, by `mapInArrow`.

A Python worker that dies fails its task, which Spark tries four times on a cluster, and once with `local[2]`:
`local[2,3]` tries three times. With `isolate=True` the document that kills a process is named instead. Invalid bytes
are one row's fault. Where one task reads everything, make `spark.sql.files.maxPartitionBytes` smaller.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from citecheck.arrow import SCHEMA, lint_batch


def lint(frame: DataFrame, text: str = "text", *, keep: list[str]) -> DataFrame:
    """The results of a frame's documents, with the columns to keep."""

    def checked(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield lint_batch(batch, text=text, keep=keep, isolate=True)

    kept = frame.select(*keep).schema.fields
    return frame.select(*keep, text).mapInArrow(checked, StructType([*kept, *from_arrow_schema(SCHEMA).fields]))
