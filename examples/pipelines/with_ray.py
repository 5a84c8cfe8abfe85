"""Ray Data: a data set of documents to one of results, on as many machines as the cluster has.

Ray starts a task again whose worker died, without end: give `max_retries`. Never give `max_errored_blocks`: the run
then ends with status 0 and without the rows of whole blocks. With `isolate=True` a document does not kill the worker
of Ray in the first place, and is named. Invalid bytes are one row's fault.
"""

from __future__ import annotations

import pyarrow as pa
import ray

from citecheck.arrow import lint_batch


def lint(data: ray.data.Dataset, text: str = "text", *, keep: list[str]) -> ray.data.Dataset:
    """The results of a data set's documents, with the columns to keep."""

    def checked(table: pa.Table) -> pa.Table:
        whole = table.combine_chunks()
        return pa.Table.from_batches(
            [lint_batch(batch, text=text, keep=keep, isolate=True) for batch in whole.to_batches()]
        )

    return data.map_batches(checked, batch_format="pyarrow", batch_size=256, max_retries=2)
