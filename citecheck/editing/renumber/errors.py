"""Why a document is not numbered anew."""

from __future__ import annotations


class RenumberError(Exception):
    """A document cannot be numbered anew without guessing; says where, and what its writer can do."""
