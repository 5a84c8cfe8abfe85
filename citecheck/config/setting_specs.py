"""What can be set: one table, from which come the checking of a file, its JSON Schema and the starting file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from citecheck.config.json_schema import WORDS, Schema, check
from citecheck.config.selection import STYLES, option_schemas
from citecheck.errors import known
from citecheck.files.globs import well_formed
from citecheck.model.claims import Coverage
from citecheck.model.findings import Severity
from citecheck.readers import FORMATS
from citecheck.rulebook.pages import Status, rules

_COVERAGES: Final = [each.value for each in Coverage]
_SEVERITIES: Final = [each.value for each in Severity]
_WITH_GLOBS: Final = ("exclude", "extend-exclude", "per-file-ignores", "per-file-encoding")
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_OF_ADDRESS: Final = r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%{}-]*"  # nothing that a terminal, a table or markup could obey
_ADDRESS: Final = {
    "type": "string",
    "pattern": rf"^https?://{_OF_ADDRESS}\{{(?:code|name)\}}{_OF_ADDRESS}$",
    "title": "an address with {code} or {name} in it, such as 'https://docs.example/{code}'",
}


class SettingSpec(NamedTuple):
    """A key of a settings file: what it may hold, what it means, and a value that shows its use."""

    name: str
    schema: Schema
    meaning: str
    example: str


class Shorthand(NamedTuple):
    """A rule's option that can be set by a key of its own."""

    code: str
    option: str


SHORTHANDS: Final[Mapping[str, Shorthand]] = {
    "allowed-hosts": Shorthand("CC315", "allow"),
    "denied-hosts": Shorthand("CC315", "deny"),
    "required-fields": Shorthand("CC314", "fields"),
}
_PLAIN: Final = (
    SettingSpec(
        "extend", {"type": "string"}, "A settings file that is used where this one sets nothing.", '"../citecheck.toml"'
    ),
    SettingSpec(
        "select", WORDS, "Only these rules: codes, names, or the beginning of a code. Default: those on.", '["CC"]'
    ),
    SettingSpec("extend-select", WORDS, "These rules as well as those that are on.", '["CC504"]'),
    SettingSpec("ignore", WORDS, "Not these rules.", '["CC107", "unused-source"]'),
    SettingSpec("pedantic", {"type": "boolean"}, "The pedantic rules as well.", "true"),
    SettingSpec(
        "fail-on", {"enum": _SEVERITIES}, "The least severity that fails the run. Default: error.", '"warning"'
    ),
    SettingSpec(
        "fail-on-not-understood", {"type": "boolean"}, "Documents that were not understood fail the run.", "true"
    ),
    SettingSpec("exclude", WORDS, "Files to exclude, as in a .gitignore beside this file.", '["drafts/"]'),
    SettingSpec("extend-exclude", WORDS, "Files to exclude besides those of the file that is extended.", '["vendor/"]'),
    SettingSpec(
        "formats",
        {"type": "array", "items": {"enum": list(FORMATS)}},
        "The formats that are read, by the suffixes of files. Default: all.",
        '["markdown", "text"]',
    ),
    SettingSpec("encoding", {"type": "string"}, "The encoding of documents. Default: utf-8.", '"latin-1"'),
    SettingSpec(
        "unreadable",
        {"enum": ["error", "warning"]},
        "The severity of a document that cannot be decoded. Default: error.",
        '"warning"',
    ),
    SettingSpec(
        "language", {"type": "string"}, "The documents' language, a code of ISO 639. Default: guessed.", '"de"'
    ),
    SettingSpec(
        "coverage", {"enum": _COVERAGES}, "Which sentences a marker supports. Default: trailing.", '"sentence"'
    ),
    SettingSpec(
        "style", {"enum": list(STYLES)}, "The citation style of rules that know several. Default: auto.", '"ieee"'
    ),
    SettingSpec(
        "rules-url",
        _ADDRESS,
        "Where your own copies of the rule pages are; reports link to them.",
        '"https://docs.example/{code}-{name}.md"',
    ),
    SettingSpec("baseline", {"type": "string"}, "The file of the findings that are known already.", '"known.json"'),
)
_TABLES: Final = (
    SettingSpec(
        "severity",
        {"type": "object", "additionalProperties": {"enum": _SEVERITIES}},
        "The severity of rules.",
        'CC102 = "warning"',
    ),
    SettingSpec(
        "per-file-ignores",
        {"type": "object", "additionalProperties": WORDS},
        "Rules that say nothing of some files.",
        '"minutes/*.md" = ["CC3"]',
    ),
    SettingSpec(
        "per-file-encoding",
        {"type": "object", "additionalProperties": {"type": "string"}},
        "The encoding of some files; the last glob that matches counts.",
        '"old/*.txt" = "latin-1"',
    ),
)
_HOSTS: Final = {
    "allowed-hosts": ("The only hosts that sources may be on, with their subdomains.", '["example.org"]'),
    "denied-hosts": ("Hosts that sources must not be on.", '["example.net"]'),
    "required-fields": ("What every source has to say.", '["title", "date"]'),
}


@cache
def setting_specs() -> Mapping[str, SettingSpec]:
    """Every key of a settings file by its name."""
    book = rules()
    shorthands = [
        SettingSpec(name, option_schemas(code)[option], *_HOSTS[name])
        for name, (code, option) in SHORTHANDS.items()
        if code in book and option in book[code].options
    ]
    options = {"type": "object", "properties": dict(_rule_options()), "additionalProperties": False}
    rule_options = SettingSpec("options", options, "The options of a rule, as its page names them.", "")
    return MappingProxyType({key.name: key for key in (*_PLAIN, *shorthands, *_TABLES, rule_options)})


def _rule_options() -> Iterator[tuple[str, Schema]]:
    """For each rule with options, under its code and under its name, what they may hold."""
    for rule in rules().values():
        if rule.options and rule.status is not Status.RETIRED:
            table = {"type": "object", "properties": option_schemas(rule.code), "additionalProperties": False}
            yield rule.code, table
            yield rule.name, table


def schema() -> dict[str, Any]:
    """The JSON Schema of a settings file: of `citecheck.toml`, or of `[tool.citecheck]`."""
    properties = {key.name: {**key.schema, "description": key.meaning} for key in setting_specs().values()}
    return {
        "$schema": _DIALECT,
        "title": "Settings of citecheck",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def checked(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """A table of settings in which every key exists and holds what it may; raises UsageError otherwise."""
    for name, value in table.items():
        key = setting_specs()[known(name, setting_specs(), "setting")]
        check(value, key.schema, f"{name!r}")
        if name in _WITH_GLOBS:
            well_formed(value)
    return table


def starting_file() -> str:
    """A settings file in which everything that can be set is as a comment."""
    lines = [
        "# Settings of citecheck. None is needed: the lines show what can be said, and not what is the default.",
        "# `citecheck settings` prints what applies, and where it comes from.",
    ]
    for key in setting_specs().values():
        if key.schema.get("type") == "object":
            continue
        lines += ["", f"# {key.meaning}", f"#{key.name} = {key.example}"]
    for key in _TABLES:
        lines += ["", f"# {key.meaning}", f"#[{key.name}]", f"#{key.example}"]
    lines += _example_of_options()
    return "\n".join(lines) + "\n"


def _example_of_options() -> list[str]:
    for rule in rules().values():
        if rule.options and rule.status is not Status.RETIRED:
            name, default = next(iter(rule.options.items()))
            meaning = setting_specs()["options"].meaning
            return ["", f"# {meaning}", f"#[options.{rule.name}]", f"#{name} = {json.dumps(default)}"]
    return []
