"""What settings may hold: values against a schema, in the few words of JSON Schema that settings need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from citecheck.errors import SettingsError, known, shown

Schema = Mapping[str, Any]
"""A part of a JSON Schema, of the few words that `check` knows."""

WORDS: Final[Schema] = {"type": "array", "items": {"type": "string"}}
_NOUNS: Final = {
    "string": "a string",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a table",
}
_GREATEST: Final = 2**63 - 1  # the integers that TOML promises
_TYPES: Final[Mapping[type, str]] = {bool: "boolean", str: "string", int: "integer", float: "number", list: "array"}


def schema_of(default: object) -> Schema:
    """What may be in the place of a default: a value of its kind, of numbers a share of the whole or a count."""
    bounds: dict[str, int] = {}
    if isinstance(default, float):
        bounds = {"minimum": 0, "maximum": 1}
    elif isinstance(default, int) and not isinstance(default, bool):
        bounds = {"minimum": 1}
    items = {"items": WORDS["items"]} if isinstance(default, list) else {}
    return {"type": _TYPES.get(type(default), "object"), "default": default, **bounds, **items}


def check(value: object, schema: Schema, place: str) -> None:
    """Raises UsageError, naming the place, where a value is not what the schema says."""
    if "enum" in schema:
        if not isinstance(value, str):
            raise SettingsError(f"{place} must be one of {', '.join(schema['enum'])}")
        known(value, schema["enum"], f"value of {place}")
        return
    if not _is(value, schema["type"]):
        raise SettingsError(f"{place} must be {_NOUNS[schema['type']]}")
    if isinstance(value, list) and "items" in schema:
        _check_items(value, schema["items"], place)
    elif isinstance(value, dict):
        _check_table(value, schema, place)
    elif isinstance(value, int | float):
        _check_bounds(value, schema, place)
    elif isinstance(value, str):
        _check_pattern(value, schema, place)


def _check_items(values: list[object], schema: Schema, place: str) -> None:
    if not all(isinstance(each, str) for each in values):
        raise SettingsError(f"{place} must be a list of strings")
    for each in values:
        if "enum" in schema:
            check(each, schema, place)
        else:
            _check_pattern(str(each), schema, place)


def _check_pattern(value: str, schema: Schema, place: str) -> None:
    if "pattern" in schema and not re.fullmatch(schema["pattern"], value):
        raise SettingsError(f"{place} has {shown(value)}, which is not {schema['title']}")


def _check_bounds(value: float, schema: Schema, place: str) -> None:
    if isinstance(value, int) and abs(value) > _GREATEST:
        raise SettingsError(f"{place} is too great a number")
    least, most = schema.get("minimum", value), schema.get("maximum", value)
    if not least <= value <= most:
        bounds = f"between {least} and {most}" if "maximum" in schema else f"at least {least}"
        raise SettingsError(f"{place} must be {bounds}")


def _check_table(table: Mapping[str, object], schema: Schema, place: str) -> None:
    named = schema.get("properties", {})
    others = schema.get("additionalProperties")
    for name, value in table.items():
        if name in named or not isinstance(others, Mapping):
            check(value, named[known(name, named, f"entry of {place}")], f"{place} {name}")
        else:
            check(value, others, f"{place} {name}")


def _is(value: object, kind: str) -> bool:
    """Whether a value is of a kind as JSON Schema has them: true is no number, and 1 is one."""
    kinds: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "boolean": bool,
        "integer": int,
        "number": (int, float),
        "array": list,
        "object": dict,
    }
    return isinstance(value, kinds[kind]) and (kind == "boolean" or not isinstance(value, bool))
