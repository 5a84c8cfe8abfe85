"""Registries: one file each, which says how an identifier is requested, and reads the answer as a record.

`found` is for each identifier the record, or None where the registry says that there is no such work. An identifier
that is left out could not be read: nothing is known of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from citecheck.sources.online.client import Answer
from citecheck.sources.online.records import WorkRecord

Found = Mapping[str, WorkRecord | None]


class Registry(NamedTuple):
    """One registry: its name, its address, and what turns identifiers into a path and an answer into records.

    `batch` identifiers are requested at once. `settles` is whether what it does not have does not exist. `edition`
    counts the ways in which its answers were read.
    """

    name: str
    base: str
    path: Callable[[Sequence[str]], str]
    found: Callable[[Answer, Sequence[str]], Found]
    accept: str = "application/json"
    batch: int = 1
    settles: bool = False
    edition: int = 1
