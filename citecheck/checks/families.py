"""What a file of checks offers: its functions by the codes of their rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from citecheck.model.findings import Finding

Check = Callable[..., Iterator[Finding]]
"""A check takes a Document, and by keyword the options that the page of its rule names."""

Checks = Mapping[str, Check]
"""The checks of a family by code."""
