"""What applies to a document: the layers of settings laid over one another, the command line on top.

`select` starts afresh: what layers below it select or ignore no longer counts. `ignore` and `extend-select` add to the
layers below; of the two the upper layer counts, and `ignore` within a layer.
`exclude` takes the place of the layers' below, `extend-exclude` adds to it. Of tables each entry counts by itself, and
of everything else the topmost value.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

from citecheck.config.discovery import SettingsLayer, is_root, layers_in, layers_of
from citecheck.config.selection import known_language, named, options
from citecheck.config.setting_specs import SHORTHANDS, checked
from citecheck.errors import CitecheckError, SettingsError, UsageError
from citecheck.files.decoding import current_folder
from citecheck.files.discovery import Exclusion
from citecheck.files.encodings import UTF_8, codec_for
from citecheck.home import RULES_URL
from citecheck.model.findings import Severity
from citecheck.model.settings import Settings
from citecheck.readers import FORMATS, format_for

COMMAND_LINE: Final = "command line"
_PATHS: Final[Mapping[str, frozenset[str]]] = {"CC316": frozenset({"file"})}  # options that name a file
_FOLDERS: Final = 500  # of which is known at once what applies: a walk comes back to those that point to where it is
_OF_RULES: Final = ("select", "extend-select", "ignore", "severity")
_TABLES: Final = ("severity", "per-file-ignores", "per-file-encoding", "options")


class Origin(NamedTuple):
    """A value that applies, and where it came from."""

    key: str
    value: object
    place: str


class EffectiveSettings:
    """What applies to the documents of a folder: `layers` are its settings, those that count most first."""

    def __init__(self, layers: tuple[SettingsLayer, ...]) -> None:
        self.layers: Final = layers

    @cached_property
    def settings(self) -> Settings:
        """What the engine is given, apart from what only some files ignore. Raises UsageError, naming the file."""
        self._check()
        return Settings(
            select=tuple(self._top("select", ())),
            extend_select=tuple(word for layer in self._choosing() for word in layer.values.get("extend-select", ())),
            ignore=tuple(self._ignored()),
            pedantic=self._top("pedantic", False),
            language=self._top("language", None),
            coverage=self._top("coverage", "trailing"),
            style=self._top("style", None),
            severity=self._severity(),
            options=self._options(),
        )

    @cached_property
    def fail_on(self) -> Severity:
        """The least severity that fails a run."""
        return Severity(self._top("fail-on", "error"))

    @property
    def fail_on_not_understood(self) -> bool:
        """Whether a document that was not understood fails a run."""
        return bool(self._top("fail-on-not-understood", default=False))

    @cached_property
    def lenient(self) -> bool:
        """Whether a document that is no text in its encoding is a warning."""
        return bool(self._top("unreadable", "error") == "warning")

    @cached_property
    def baseline(self) -> str | None:
        """The absolute path of the baseline that is set."""
        layer = self._setting("baseline")
        return layer.inside(layer.values["baseline"], "baseline") if layer else None

    @property
    def rules_url(self) -> str:
        """Where the pages of rules are, with `{code}` or `{name}` in it; empty where that is not known."""
        return str(self._top("rules-url", RULES_URL))

    @cached_property
    def _formats(self) -> frozenset[str] | None:
        """The formats whose files are read; None where all are."""
        layer = self._setting("formats")
        return frozenset(layer.values["formats"]) if layer else None

    @cached_property
    def _exclusions(self) -> tuple[Exclusion, ...]:
        found = [Exclusion(tuple(each.values.get("extend-exclude", ())), each.folder) for each in self.layers]
        if layer := self._setting("exclude"):
            found.append(Exclusion(tuple(layer.values["exclude"]), layer.folder))
        return tuple(each for each in found if each.globs)

    @cached_property
    def _ignored_in_files(self) -> tuple[tuple[Exclusion, tuple[str, ...]], ...]:
        return tuple(
            (Exclusion((glob,), layer.folder), tuple(words))
            for layer in self.layers
            for glob, words in layer.values.get("per-file-ignores", {}).items()
        )

    @cached_property
    def _encodings(self) -> tuple[tuple[Exclusion | None, str], ...]:
        """The codecs that are set, each with the files it is for, or None for all; those that count most come first."""
        return tuple(
            (None if glob is None else Exclusion((glob,), layer.folder), codec_for(word))
            for layer in self.layers
            for glob, word in _encodings_of(layer)
        )

    def codec_of(self, path: str) -> str:
        """The codec of a document where no byte order mark tells it."""
        return next((codec for files, codec in self._encodings if files is None or files.covers(path)), UTF_8)

    def excludes(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file or folder is to be skipped."""
        if not folder and self._formats is not None and format_for(path) in FORMATS.keys() - self._formats:
            return True
        return any(each.covers(path, folder=folder) for each in self._exclusions)

    def settings_of(self, path: str) -> Settings:
        """What the engine is given of one document."""
        words = tuple(word for files, words in self._ignored_in_files if files.covers(path) for word in words)
        return self.settings._replace(ignore_here=words) if words else self.settings

    def origins(self) -> Iterator[Origin]:
        """Every value that was set and applies, with the layer it came from."""
        for layer in self.layers:
            for key, value in layer.values.items():
                if key in _TABLES:
                    for entry, content in value.items():
                        if self._first_with(key, entry) is layer or key != "severity":
                            yield Origin(f"{key}.{_bare(entry)}", content, layer.shown)
                elif self._counts(key, layer):
                    yield Origin(key, value, layer.shown)

    def _counts(self, key: str, layer: SettingsLayer) -> bool:
        if key in ("ignore", "extend-select"):
            return layer in self._choosing()
        return key == "extend-exclude" or self._setting(key) is layer

    def _first_with(self, key: str, entry: str) -> SettingsLayer:
        return next(layer for layer in self.layers if entry in layer.values.get(key, {}))

    def _setting(self, key: str) -> SettingsLayer | None:
        return next((layer for layer in self.layers if key in layer.values), None)

    def _top(self, key: str, default: Any) -> Any:
        layer = self._setting(key)
        return layer.values[key] if layer else default

    def _choosing(self) -> Sequence[SettingsLayer]:
        """The layers whose `ignore` and `extend-select` count: down to the first that selects."""
        last = next((at for at, layer in enumerate(self.layers) if "select" in layer.values), len(self.layers))
        return self.layers[: last + 1]

    def _ignored(self) -> Iterator[str]:
        """The rules that are ignored, without those that a layer above selects as well."""
        above: frozenset[str] = frozenset()
        for layer in self._choosing():
            for word in layer.values.get("ignore", ()):
                codes = named(word)
                yield from sorted(codes - above) if codes & above else (word,)
            above = above.union(*map(named, layer.values.get("extend-select", ())))

    def _severity(self) -> dict[str, Severity]:
        found: dict[str, Severity] = {}
        for layer in reversed(self.layers):
            entries = [(named(word), weight) for word, weight in layer.values.get("severity", {}).items()]
            for codes, weight in sorted(entries, key=lambda entry: -len(entry[0])):  # a rule counts before its family
                found |= dict.fromkeys(codes, Severity(weight))
        return found

    def _options(self) -> dict[str, dict[str, object]]:
        found: dict[str, dict[str, object]] = {}
        for layer in reversed(self.layers):
            for code, table in _options_of(layer).items():
                found.setdefault(code, {}).update(table)
        return found

    def _check(self) -> None:
        """Tells at once of rules that do not exist and of options that cannot be, and in which file they are."""
        for layer in self.layers:
            words = [
                word for key in ("select", "extend-select", "ignore", "severity") for word in layer.values.get(key, ())
            ]
            words += [word for each in layer.values.get("per-file-ignores", {}).values() for word in each]
            chosen = _options_of(layer)  # which names the file itself
            try:
                for word in words:
                    named(word)
                if language := layer.values.get("language"):
                    known_language(language)
                for _, encoding in _encodings_of(layer):
                    codec_for(encoding)
                for code, table in chosen.items():
                    options(Settings(options={code: table}), code)
            except UsageError as error:
                raise blamed(layer, error) from error


def _encodings_of(layer: SettingsLayer) -> Iterator[tuple[str | None, str]]:
    """The encodings that a layer sets: those of some files, by globs, the last first; then that of all, by None."""
    yield from reversed(layer.values.get("per-file-encoding", {}).items())
    if "encoding" in layer.values:
        yield None, layer.values["encoding"]


def _options_of(layer: SettingsLayer) -> dict[str, dict[str, object]]:
    """The options of rules that a layer sets, by code, with absolute paths."""
    found: dict[str, dict[str, object]] = {}
    for key, (code, option) in SHORTHANDS.items():
        if key in layer.values:
            found.setdefault(code, {})[option] = layer.values[key]
    for word, table in layer.values.get("options", {}).items():
        (code,) = named(word)
        paths = _PATHS.get(code, frozenset()) & table.keys()
        found.setdefault(code, {}).update(table)
        found[code] |= {name: layer.inside(table[name], f"{word}.{name}") for name in paths}
    return found


def blamed(layer: SettingsLayer, error: CitecheckError) -> CitecheckError:
    """The error, with the file that caused it where it was a file."""
    return error if layer.path == COMMAND_LINE else SettingsError(f"{layer.shown}: {error}", layer.path)


def _bare(word: str) -> str:
    """A key of TOML, quoted where it has to be."""
    bare = word.isascii() and word.replace("-", "").replace("_", "").isalnum()
    return word if bare else '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


class SettingsResolver:
    """The settings of a run: of every folder, each file read once. `given` is what the command line says.

    With a `config` its settings are those of every folder; a run that is `isolated` reads no settings file at all.
    """

    def __init__(
        self, given: Mapping[str, Any] | None = None, *, config: str | None = None, isolated: bool = False
    ) -> None:
        here = current_folder()
        self._fixed = () if isolated else layers_of(config) if config is not None else None
        self._top = SettingsLayer(COMMAND_LINE, here, here, checked(given or {}))
        self._settled: dict[str, EffectiveSettings] = {}  # of folders in which the looking ends
        self._nearest = lru_cache(maxsize=_FOLDERS)(self._found)

    def of(self, path: str) -> EffectiveSettings:
        """What applies to a document, by the folder it is in. Raises SettingsError."""
        return self.of_folder(os.path.dirname(path) or os.curdir)

    def covers(self, path: str, *, folder: bool = False) -> bool:
        """Whether the settings say that a file or folder is skipped."""
        return self.of(path).excludes(path, folder=folder)

    def of_folder(self, folder: str) -> EffectiveSettings:
        """What applies to the documents of a folder: what its nearest settings file says. Raises SettingsError.

        Files are looked for up to the root of the repository; in no repository, up to the root of the file system.
        """
        return self._nearest(os.path.abspath(folder))

    def _found(self, folder: str) -> EffectiveSettings:
        if self._fixed is not None:
            return self._everywhere
        if folder not in self._settled:
            found = layers_in(folder)
            if not found and not is_root(folder):
                return self._nearest(os.path.dirname(folder))
            self._settled[folder] = EffectiveSettings((self._top, *found))
        return self._settled[folder]

    @cached_property
    def _everywhere(self) -> EffectiveSettings:
        """What applies where no settings file is looked for."""
        return EffectiveSettings((self._top, *(self._fixed or ())))
