"""The documents of which two records say different things, and what."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

Record = Mapping[str, Mapping[str, Any]]

PARTS: Final = ("findings", "markers", "source_lists", "claims")


def differences(before: Record, after: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each document that differs, in order of its path, with a line for each thing that only one record says.

    Lines begin with `-` for what only the record before says, with `+` for what only the one after says.
    """
    for path in sorted(before.keys() | after.keys()):
        if path not in after:
            yield path, ("- the document",)
        elif path not in before:
            yield path, ("+ the document",)
        elif lines := tuple(_differing(before[path], after[path])):
            yield path, lines


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for part in PARTS:
        old, new = _shown(part, before[part]), _shown(part, after[part])
        only_old, only_new = set(old) - set(new), set(new) - set(old)
        yield from (f"- {line}" for line in old if line in only_old)
        yield from (f"+ {line}" for line in new if line in only_new)
        if old != new and not only_old and not only_new:
            yield f"+ {part}: the same in another order, or another number of times"


def _shown(part: str, values: Sequence[Mapping[str, Any]]) -> list[str]:
    if part == "source_lists":  # one line a list and one a source: a list of a thousand entries may differ in one
        lists = [{**listed, "sources": len(listed["sources"])} for listed in values]
        sources = [source for listed in values for source in listed["sources"]]
        return [*_lines("list", lists), *_lines("source", sources)]
    return _lines(part.removesuffix("s"), values)


def _lines(kind: str, values: Sequence[Mapping[str, Any]]) -> list[str]:
    return [f"{kind} {json.dumps(value, ensure_ascii=False, sort_keys=True)}" for value in values]
