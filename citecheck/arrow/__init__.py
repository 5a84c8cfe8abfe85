"""Documents in Apache Arrow batches: one row in, one row out, in every engine that hands batches to Python.

    >>> import pyarrow
    >>> from citecheck.arrow import lint_batch
    >>> text = "Ice [3].\\n\\n## Sources\\n\\n[1] Log, 1893, p. 4.\\n"
    >>> batch = pyarrow.record_batch({"id": [7, 8], "text": [text, None]})
    >>> checked = lint_batch(batch, keep=["id"])
    >>> checked.column("errors").to_pylist(), checked.column("citecheck_error").to_pylist()
    ([2, None], [None, 'no text'])

A row never raises and is never dropped: one that cannot be checked has the reason in `citecheck_error`, and null in
place of every number. Needs pyarrow: `pip install 'citecheck-lint[arrow]'`.
"""

from __future__ import annotations

try:
    import pyarrow  # noqa: F401
except ImportError as error:
    raise ImportError("citecheck.arrow needs pyarrow: pip install 'citecheck-lint[arrow]'") from error

from citecheck.arrow.batches import SCHEMA, lint_batch

__all__ = ["SCHEMA", "lint_batch"]
