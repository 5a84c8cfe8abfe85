"""Why a document is not renumbered."""

from __future__ import annotations


class RenumberError(Exception):
    """A document cannot be renumbered without guessing; says where, and what its author can do."""
