"""Items of the Citation Style Language (CSL 1.0.2): as YAML, in a file or in front matter, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from citecheck.bibliography.records import ItemRecordReader
from citecheck.bibliography.yaml_nodes import elements, members, scalar, scalars, span
from citecheck.model.sources import Field, Record
from citecheck.model.structure import NativeField
from citecheck.text.patterns import lazy_re
from citecheck.text.spans import Span

_ISO = lazy_re(r"\d{4}(?:-\d\d){0,2}")
_NAMES = ("title", "container-title", "publisher", "URL", "DOI", "ISBN", "ISSN", "PMID", "PMCID")


class Item(NamedTuple):
    """An item: its key, what it tells, and where both are."""

    key: str
    key_span: Span
    span: Span
    record: Record
    fields: tuple[NativeField, ...]


def items(node: yaml.Node | None, offset: int = 0) -> Iterator[Item]:
    """The items of a sequence in YAML that begins at an offset of its text."""
    for element in elements(node):
        item = members(element)
        key = scalar(item.get("id"), offset)
        if key:
            whole, record = span(element, offset), Record(_reader(item, offset))
            yield Item(key.value, key.span, whole, record, tuple(_fields(element, offset)))


def _fields(node: yaml.Node, offset: int) -> Iterator[NativeField]:
    """The members of an item but for its key; a value that is no scalar is reported by those in it."""
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(name, yaml.ScalarNode) and name.value != "id":
            words = " ".join(each.value for part in _parts(value) for each in scalars(part))
            yield NativeField(name.value.lower(), span(name, offset), words, span(value, offset))


def _parts(node: yaml.Node) -> Iterator[yaml.Node]:
    """A node, and the values of the mappings that are its elements."""
    yield node
    for each in elements(node):
        yield from members(each).values()


def _reader(item: dict[str, yaml.Node], offset: int) -> ItemRecordReader:
    fields = {name: field for name in _NAMES if (field := scalar(item.get(name), offset))}
    dates = {name: field for name in ("issued", "accessed") if (field := _date(item.get(name), offset))}
    authors = [field for each in elements(item.get("author")) for field in _author(each, offset)]
    return ItemRecordReader(fields, dates, authors)


def _author(node: yaml.Node, offset: int) -> Iterator[Field]:
    named = members(node)
    for part in ("family", "given", "literal"):
        yield from scalars(named.get(part), offset)


def _date(node: yaml.Node | None, offset: int) -> Field | None:
    """A date, written in ISO 8601 or in parts: `date-parts: [[2019, 3, 1]]`, or `year: 2019`."""
    if written := scalar(node, offset):
        return written if _ISO.fullmatch(written.value) else None
    parts = members(next(iter(elements(node)), None))
    if "date-parts" in parts:
        first = next(iter(elements(parts["date-parts"])), None)
        numbers = [field.value for field in scalars(first)]
    else:
        numbers = [field.value for name in ("year", "month", "day") for field in scalars(parts.get(name))]
    if node is None or not numbers or len(numbers[0]) != len("2019") or not all(map(str.isdecimal, numbers)):
        return None
    return Field("-".join([numbers[0], *(number.zfill(2) for number in numbers[1:3])]), span(node, offset))


def keys_of_json(text: str) -> frozenset[str] | None:
    """The keys of items in JSON; None where it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict):
        found = found.get("items", found.get("references"))
    if not isinstance(found, list):
        return None
    each = (item.get("id", item.get("citation-key")) for item in found if isinstance(item, dict))
    return frozenset(str(key) for key in each if key is not None)
