"""`citecheck settings`, `schema` and `init`: what applies and why, what can be set, and a file to start from."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Final

from citecheck.cli.commands import PASSED
from citecheck.cli.commands.inputs import InputSelection
from citecheck.config.discovery import layers_in
from citecheck.config.layers import COMMAND_LINE, EffectiveSettings, Origin
from citecheck.config.selection import selected
from citecheck.config.setting_specs import schema, starting_file
from citecheck.errors import CitecheckError, UsageError, known
from citecheck.files.decoding import current_folder
from citecheck.model.settings import Settings
from citecheck.reports.terminal import visible

_NEW_FILE: Final = "citecheck.toml"
_FORMATS: Final = ("text", "json")


def print_settings(path: str, reading: InputSelection, *, report: str = "text") -> int:
    """Prints what applies to a document or folder, and where each value came from."""
    known(report, _FORMATS, "format")
    if not os.path.exists(path):
        raise UsageError(f"no such file or folder: {path}")
    folder = os.path.isdir(path)
    applied = reading.book.of_folder(path) if folder else reading.book.of(path)
    settings = applied.settings if folder else applied.settings_of(path)
    excluded = not folder and applied.excludes(path)
    if report == "json":
        sys.stdout.write(json.dumps(_object(path, applied, settings, excluded=excluded), indent=2) + "\n")
    else:
        lines = _lines(path, applied, settings, excluded=excluded)
        sys.stdout.write("".join(f"{visible(line)}\n" for line in lines))
    return PASSED


def _object(path: str, applied: EffectiveSettings, settings: Settings, *, excluded: bool) -> dict[str, object]:
    return {
        "path": path,
        "files": _files(applied),
        "excluded": excluded,
        "settings": [origin._asdict() for origin in _origins(applied, settings)],
        "rules": sorted(selected(settings)),
    }


def _lines(path: str, applied: EffectiveSettings, settings: Settings, *, excluded: bool) -> Iterator[str]:
    yield f"# {path}: {', which extends '.join(_files(applied)) or 'no settings file'}"
    if excluded:
        yield "# it is excluded"
    lines = [(f"{origin.key} = {_toml(origin.value)}", origin.place) for origin in _origins(applied, settings)]
    width = max(len(line) for line, _ in lines)
    for line, place in lines:
        yield f"{line:<{width}}  # {place}"
    codes = sorted(selected(settings))
    yield f"# {len(codes)} rules: {', '.join(codes)}"


def _files(applied: EffectiveSettings) -> list[str]:
    return [each.shown for each in applied.layers if each.path != COMMAND_LINE]


def _origins(applied: EffectiveSettings, settings: Settings) -> list[Origin]:
    """What was set, and the defaults of what is set most."""
    origins = list(applied.origins())
    given = {origin.key for origin in origins}
    defaults: dict[str, object] = {"fail-on": str(applied.fail_on), "coverage": settings.coverage}
    defaults |= {"style": "auto", "pedantic": settings.pedantic}
    return origins + [Origin(key, value, "default") for key, value in defaults.items() if key not in given]


def _toml(value: object) -> str:
    """A value as TOML writes it; of tables inline ones."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool) else str(value)


def print_schema() -> int:
    """Prints the JSON Schema of the settings."""
    sys.stdout.write(json.dumps(schema(), indent=2) + "\n")
    return PASSED


def write_starting_file() -> int:
    """Writes a settings file to start from. Raises UsageError where one counts here already."""
    if layers := layers_in(current_folder()):
        raise UsageError(f"there are settings in {layers[0].shown} already; change the settings there")
    try:
        with open(_NEW_FILE, "x", encoding="utf-8") as file:
            file.write(starting_file())
    except OSError as error:
        raise CitecheckError(f"{_NEW_FILE}: cannot be written: {error.strerror or error}") from error
    sys.stdout.write(f"{_NEW_FILE}: written; every line of it is a comment\n")
    return PASSED
