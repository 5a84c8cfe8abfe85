"""The lock file, `citecheck.lock`: which texts of sources were stored, and what documents rely on in them.

It is TOML, one table a source, sorted by the source's identity and never by its label, without a time of its own: two
branches that each pin a source can be merged. It may come from a stranger: read strictly, every path in it inside the
folder of the lock, and a text counts only while it has the hash that the lock says.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

from citecheck.errors import UsageError
from citecheck.files.decoding import read_bytes
from citecheck.model.outcomes import Reason
from citecheck.text.patterns import lazy_re

NAME: Final = "citecheck.lock"
SNAPSHOTS: Final = "citecheck-snapshots"
"""The folder beside the lock that whole texts are stored in; no document is looked for there."""
_VERSION: Final = 1
_HASH = lazy_re(r"sha256:[0-9a-f]{64}")
_TEXTS: Final = ("title", "final", "type", "raw", "text", "reader", "file", "original", "archived", "unusable")
_TOP: Final = frozenset({"version", "source"})
_KEYS: Final = frozenset({"key", "fetched", "characters", "evidence", *_TEXTS})
_KINDS: Final = frozenset({"quotation", "figure"})


class Evidence(NamedTuple):
    """A passage that a document relies on: what of it, its words, and what is around them."""

    kind: str
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """What is stored of one source.

    `raw` is the hash of the bytes as they came, `text` that of the text. `file` is the stored text, `original` the
    source's own file; both are paths from the folder of the lock, with slashes. `unusable` says why there is no text.
    """

    key: str
    title: str = ""
    final: str = ""
    fetched: datetime | None = None
    type: str = ""
    raw: str = ""
    text: str = ""
    reader: str = ""
    characters: int = 0
    file: str = ""
    original: str = ""
    archived: str = ""
    unusable: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Lock:
    """All that is pinned, by identity."""

    pins: Mapping[str, Pin]

    def merged(self, other: Lock) -> Lock:
        """This lock with the pins of another, which count where both have one; the passages of a same text add up."""
        pins = dict(self.pins)
        for key, pin in other.pins.items():
            old = pins.get(key)
            kept = old.evidence if old and old.text == pin.text else ()
            pins[key] = replace(pin, evidence=tuple(dict.fromkeys((*kept, *pin.evidence))))
        return Lock(pins)


def hashed(data: str | bytes) -> str:
    """The hash of a text, or of bytes, as a lock has it."""
    return f"sha256:{sha256(data.encode() if isinstance(data, str) else data).hexdigest()}"


def read_lock(path: str) -> Lock:
    """The lock in a file. Raises UsageError where it is none, in one line that says where, and UnreadableFile."""
    try:
        table = tomllib.loads(read_bytes(path).decode("utf-8"))
        return _lock(table)
    except (ValueError, TypeError, RecursionError) as error:
        told = str(error).splitlines()[0] if str(error) else "it is too deep"
        raise UsageError(f"{path}: is not a lock file of citecheck: {told}; restore it, or pin again") from error


def _lock(table: Mapping[str, Any]) -> Lock:
    if table.get("version") != _VERSION or not table.keys() <= _TOP:
        raise ValueError(f"version is {table.get('version')!r}, and not {_VERSION}")
    sources = table.get("source", [])
    if not isinstance(sources, list):
        raise TypeError("source is no list of tables")
    pins = [_pin(each) for each in sources]
    if len({pin.key for pin in pins}) < len(pins):
        raise ValueError("one source is pinned twice")
    return Lock({pin.key: pin for pin in pins})


def _pin(table: object) -> Pin:
    if not isinstance(table, dict):
        raise TypeError("a source is no table")
    if unknown := table.keys() - _KEYS:
        raise ValueError(f"a source has the key {min(unknown)}")
    key, characters, fetched = table.get("key"), table.get("characters", 0), table.get("fetched")
    if not isinstance(key, str) or not key or type(characters) is not int or characters < 0:
        raise TypeError("a source has no key, or no number of characters")
    if fetched is not None and (not isinstance(fetched, datetime) or fetched.tzinfo is None):
        raise TypeError(f"{key}: fetched is no time with its offset")
    words = {name: _words(table.get(name, ""), name) for name in _TEXTS}
    if any(words[name] and not _HASH.fullmatch(words[name]) for name in ("raw", "text")):
        raise ValueError(f"{key}: raw or text is no hash")
    if any(words[name] and not _inside(words[name]) for name in ("file", "original")):
        raise ValueError(f"{key}: file or original leads out of the folder of the lock")
    if words["unusable"]:
        Reason(words["unusable"])
    return Pin(key, fetched=fetched, characters=characters, evidence=_evidence(table.get("evidence", [])), **words)


def _evidence(tables: object) -> tuple[Evidence, ...]:
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise TypeError("evidence is no list of tables")
    found = []
    for each in tables:
        if not each.keys() <= set(Evidence._fields) or each.get("kind") not in _KINDS:
            raise ValueError("evidence has an unknown key, or an unknown kind")
        found.append(Evidence(*(_words(each.get(name, ""), name) for name in Evidence._fields)))
    return tuple(found)


def _words(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    return value


def _inside(path: str) -> bool:
    """Whether a path from a folder, with slashes, stays inside of it by its own words."""
    parts = path.split("/")
    return not (os.path.isabs(path) or "\\" in path or ":" in parts[0] or os.pardir in parts or "" in parts)


# Writing ----------------------------------------------------------------------------------------------------


def written(lock: Lock) -> str:
    """A lock as its file has it, sources and passages in their order: written again, nothing changes."""
    tables = ["\n".join(_table(pin)) for _, pin in sorted(lock.pins.items())]
    return "\n\n".join([f"version = {_VERSION}", *tables]) + "\n"


def _table(pin: Pin) -> Iterator[str]:
    yield "[[source]]"
    yield f"key = {_quoted(pin.key)}"
    for name in ("title", "final"):
        yield from _line(name, getattr(pin, name))
    if pin.fetched:
        yield f"fetched = {pin.fetched.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}"
    for name in ("type", "raw", "text", "reader"):
        yield from _line(name, getattr(pin, name))
    if pin.characters:
        yield f"characters = {pin.characters}"
    for name in ("file", "original", "archived", "unusable"):
        yield from _line(name, getattr(pin, name))
    for each in sorted(set(pin.evidence)):
        yield ""
        yield "  [[source.evidence]]"
        for name, value in each._asdict().items():
            yield from (f"  {line}" for line in _line(name, value))


def _line(name: str, value: str) -> Iterable[str]:
    return [f"{name} = {_quoted(value)}"] if value else []


def _quoted(value: str) -> str:
    """A basic string of TOML: that of JSON, but for DEL, which TOML wants escaped."""
    sound = value.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(sound, ensure_ascii=False).replace("\x7f", "\\u007f")
