"""Hugging Face datasets: a data set of documents to one of results, in several processes.

Invalid bytes pass through, and are one row's fault. A process that dies fails the whole map; `isolate=True` has
another process check the rows, so that the document that kills it is named.
"""

from __future__ import annotations

import pyarrow as pa
from datasets import Dataset

from citecheck.arrow import lint_batch


def lint(data: Dataset, text: str = "text", *, keep: list[str], processes: int = 2) -> Dataset:
    """The results of a data set's documents, with the columns to keep."""

    def checked(table: pa.Table) -> pa.Table:
        whole = table.combine_chunks()
        return pa.Table.from_batches(
            [lint_batch(batch, text=text, keep=keep, isolate=True) for batch in whole.to_batches()]
        )

    arrow = data.with_format("arrow")
    dropped = [name for name in data.column_names if name not in keep]
    return arrow.map(checked, batched=True, batch_size=256, num_proc=processes, remove_columns=dropped)
