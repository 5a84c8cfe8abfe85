"""Daft: a column of documents to a column of structs.

Daft fails the whole query where a string is no UTF-8: read such a column as binary. Python functions run in its own
process, which a document could kill; `isolate=True` has another process check the rows.
"""

from __future__ import annotations

import daft
import pyarrow as pa

from citecheck.arrow import SCHEMA, lint_batch

RESULT = daft.DataType.from_arrow_type(pa.struct(list(SCHEMA)))


@daft.func.batch(return_dtype=RESULT)
def citecheck(documents: daft.Series) -> daft.Series:
    """The results of a column of documents, as structs."""
    column = documents.to_arrow()
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    checked = lint_batch(pa.record_batch([whole], ["text"]), isolate=True)
    return daft.Series.from_arrow(checked.to_struct_array())
