"""Two texts to the edits that make one of the other, by lines: an editor keeps its cursor where nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import Final

from citecheck.model.findings import Edit
from citecheck.text.lines import LineIndex
from citecheck.text.spans import Span

_MOST: Final = 2_000  # lines that are compared one by one; more are one edit


def differences(before: str, after: str) -> Iterator[Edit]:
    """The edits that make the one text of the other, in order."""
    old, new = _lines(before), _lines(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_part, new_part = old[head : len(old) - tail], new[head : len(new) - tail]
    offset = sum(map(len, old[:head]))
    starts = [offset, *accumulate(map(len, old_part), initial=offset)][1:]
    if max(len(old_part), len(new_part)) > _MOST:
        opcodes = [("replace", 0, len(old_part), 0, len(new_part))]
    else:
        opcodes = list(SequenceMatcher(None, old_part, new_part, autojunk=False).get_opcodes())
    for kind, one, two, three, four in opcodes:
        if kind != "equal":
            yield Edit(Span(starts[one], starts[two]), "".join(new_part[three:four]))


def _lines(text: str) -> list[str]:
    return [text[start:end] for start, end in pairwise([*LineIndex(text).starts, len(text)])]


def _common(some: list[str], others: list[str]) -> int:
    return next(
        (at for at, (one, other) in enumerate(zip(some, others, strict=False)) if one != other),
        min(len(some), len(others)),
    )
