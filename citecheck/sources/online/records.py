"""What a registry says of a work, in the same form for all registries; kept in the cache as JSON and read strictly."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, Final, NamedTuple

_LONGEST: Final = 2_000  # characters of a text that is kept
_MOST: Final = 200  # names, updates


class Change(StrEnum):
    """What has happened to a work since it was published."""

    RETRACTION = "retraction"  # or withdrawal, or removal
    CONCERN = "concern"
    CORRECTION = "correction"
    VERSION = "version"  # a newer one, or the published form of a preprint


class Update(NamedTuple):
    """A change of a work, the identifier of its notice, and the day, by ISO 8601 as far as it is known."""

    change: Change
    notice: str = ""
    day: str = ""


class WorkRecord(NamedTuple):
    """What a registry says of a work; empty where it says nothing.

    `titles` has the title first, then what else it is called. `surnames` are those of its authors, or its editors, in
    order. `years` are all years that the registry has for it. `partial` is whether the record is of something that an
    entry may not name, a figure or an issue, or is not reliable, so that a difference proves nothing.
    """

    registry: str
    titles: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    updates: tuple[Update, ...] = ()
    version: int = 0
    partial: bool = False


def encoded(record: WorkRecord) -> bytes:
    """A record as it is kept."""
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")


def decoded(data: bytes) -> WorkRecord:
    """The record that is kept so. Raises ValueError for an odd one."""
    try:
        registry, titles, surnames, years, updates, version, partial = json.loads(data)
        return WorkRecord(
            text(registry),
            tuple(map(text, titles)),
            tuple(map(text, surnames)),
            tuple(int(year) for year in years),
            tuple(Update(Change(change), text(notice), text(day)) for change, notice, day in updates),
            int(version),
            bool(partial),
        )
    except (TypeError, RecursionError) as error:
        raise ValueError("an odd record") from error


# Reading the answers of registries, which may have anything anywhere -------------------------------------------


def text(value: object) -> str:
    """A text on one line, cut where it is beyond measure; empty where the value is no text."""
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""


def texts(values: object) -> tuple[str, ...]:
    """The texts of a list that are not empty."""
    return tuple(filter(None, map(text, listed(values))))


def listed(value: object) -> list[Any]:
    """A list, of no more than can be needed; empty where the value is none."""
    return value[:_MOST] if isinstance(value, list) else []


def table(value: object) -> dict[str, Any]:
    """An object; empty where the value is none."""
    return value if isinstance(value, dict) else {}


def year_of(value: object) -> tuple[int, ...]:
    """The year that a text or a number begins with or has, if it has one."""
    written = str(value) if isinstance(value, (int, str)) else ""
    for start in range(max(len(written[:40]) - 3, 0)):
        part = written[start : start + 4]
        beside = written[start - 1 : start] + written[start + 4 : start + 5]
        if part.isascii() and part.isdecimal() and 1400 <= int(part) <= 2200 and not any(map(str.isdecimal, beside)):
            return (int(part),)
    return ()
