"""The baseline: what is known to be wrong already, so that a large old repository can begin with what is new.

    {"version": 1, "files": {"docs/kettle.md": {"CC101": {"1c9a04e7-5b0d91f3": 2}}}, "unread": ["docs/old.txt"]}

It counts findings by file, rule and fingerprint, and names the files that could not be read. Paths are relative to the
folder of the baseline, with slashes. A finding is known when its fingerprint is listed, or when its line was edited:
then another of the same rule and label, in the same file, is listed and no longer found.

The file may come with a repository that nobody has read yet: it is read strictly, and neither read nor written through
a link that points outside its root.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from citecheck.errors import CitecheckError, SettingsError
from citecheck.execution.fingerprints import fingerprint, subject
from citecheck.files.roots import Root, repository_of
from citecheck.files.writing import replacing, standing
from citecheck.model.findings import Diagnostic
from citecheck.model.results import Result

NAME: Final = "citecheck-baseline.json"
_VERSION: Final = 1
_LARGEST: Final = 64 * 1024 * 1024  # bytes
_MOST: Final = 1_000_000_000  # findings that are alike

Counts = dict[str, dict[str, Counter[str]]]
"""How often each fingerprint is known, by file and rule."""


class Baseline:
    """What is known to be wrong; remembers which of it was found again."""

    def __init__(self, path: str, counts: Counts, unread: Iterable[str] = ()) -> None:
        self.path = path
        self._unread = set(unread)
        self._folder = os.path.dirname(os.path.abspath(path))
        self._left = counts
        self._all = {file: {code: Counter(each) for code, each in found.items()} for file, found in counts.items()}
        self._read: set[str] = set()

    @classmethod
    def read(cls, path: str) -> Baseline:
        """The baseline in a file. Raises SettingsError where there is none, or where it is malformed."""
        _refuse_links_out(path)
        try:
            with open(path, "rb") as file:
                data = file.read(_LARGEST + 1)
            if len(data) > _LARGEST:
                raise SettingsError(f"{path}: is not a baseline: it has more than {_LARGEST:,} bytes")
            table = json.loads(data.decode())
        except OSError as error:
            raise SettingsError(f"{path}: the baseline cannot be read: {error.strerror or error}") from error
        except ValueError as error:
            raise SettingsError(f"{path}: is not a baseline: {error}") from error
        except RecursionError as error:
            raise SettingsError(f"{path}: is not a baseline: it is nested too deeply") from error
        return cls(path, _counts(table, path), _paths(table, path))

    @classmethod
    def at(cls, path: str) -> Baseline:
        """The baseline that a file holds or is to hold: an empty one where there is no such file."""
        return cls.read(path) if os.path.exists(path) else cls(path, {})

    def of_document(self, path: str) -> Baseline:
        """What is known of one document, none of it found yet."""
        file = self._file(path)
        known = {code: Counter(each) for code, each in self._all.get(file, {}).items()}
        return Baseline(self.path, {file: known}, self._unread & {file})

    def without_known(self, result: Result) -> Result:
        """A result with what is new only."""
        file = self._file(result.path)
        if result.unread is not None:
            known = bool(result.path) and file in self._unread
            return result._replace(unread=None, summary=result.summary._replace(baselined=1)) if known else result
        self._read.add(file)
        left = self._left.get(file, {})
        fresh = [each for each in result.diagnostics if not _take(left.get(each.code), fingerprint(each))]
        fresh = [each for each in fresh if not _take_alike(left.get(each.code), fingerprint(each))]
        return result.only(fresh, "baselined")

    def stale(self, selected: Collection[str]) -> int:
        """How many known findings are gone: of rules that were selected, in files that were read or are no more.

        That a file could not be read is one of them.
        """
        return sum(sum(counts.values()) for _, _, counts in self._gone(selected)) + len(self._legible())

    def drop_stale(self, selected: Collection[str]) -> None:
        """Writes the baseline without what is gone; nothing that is new comes in. Raises CitecheckError."""
        for file, code, counts in self._gone(selected):
            self._all[file][code] = self._all[file][code] - counts
        self._unread -= self._legible()
        self._write()

    def renew(self, results: Iterable[Result], selected: Collection[str]) -> None:
        """Writes down all that is wrong now; what is known of files and rules that were not checked stays.

        Raises CitecheckError.
        """
        now: Counts = {}
        unread: set[str] = set()
        for result in results:
            file = self._file(result.path)
            if result.unread is None:
                self._read.add(file)
                now[file] = _by_rule(result.diagnostics)
            elif result.path:
                unread.add(file)
        for file, found in self._all.items():
            if not self._is_told(file):
                now[file] = found
            else:
                now[file] = {code: each for code, each in found.items() if code not in selected} | now.get(file, {})
        self._all = now
        self._unread = (self._unread - self._legible()) | unread
        self._write()

    def held(self) -> tuple[Counter[str], int, int]:
        """How many findings it holds, by rule, in how many documents, and how many documents that could not be read."""
        rules: Counter[str] = Counter()
        for found in self._all.values():
            for code, counts in found.items():
                rules[code] += counts.total()
        return +rules, sum(any(map(Counter.total, found.values())) for found in self._all.values()), len(self._unread)

    def _write(self) -> None:
        kept = {file: {code: each for code, each in found.items() if each} for file, found in self._all.items()}
        _write(self.path, {file: found for file, found in kept.items() if found}, sorted(self._unread))

    def _gone(self, selected: Collection[str]) -> Iterator[tuple[str, str, Counter[str]]]:
        for file, found in self._left.items():
            if self._is_told(file):
                yield from ((file, code, +counts) for code, counts in found.items() if code in selected)

    def _legible(self) -> set[str]:
        """The files that are known as unread, and were read or are no more."""
        return {file for file in self._unread if self._is_told(file)}

    def _is_told(self, file: str) -> bool:
        """Whether this run tells all that is wrong with a file: it was read, or is no more."""
        return file in self._read or not os.path.exists(os.path.join(self._folder, file))

    def _file(self, path: str) -> str:
        return os.path.relpath(path, self._folder).replace(os.sep, "/")


def nearest_baseline(folder: str) -> str | None:
    """The baseline that is in an absolute folder, or above it in its repository."""
    root = repository_of(folder) or folder
    while True:
        path = os.path.join(folder, NAME)
        if os.path.isfile(path):
            return path
        if folder == root:
            return None
        folder = os.path.dirname(folder)


def _take(left: Counter[str] | None, print_: str) -> bool:
    """Whether a fingerprint is known; it is then known once less."""
    if not left or not left[print_]:
        return False
    left[print_] -= 1
    return True


def _take_alike(left: Counter[str] | None, print_: str) -> bool:
    """Whether something of the same subject is known and was not found: the line it was on was edited."""
    alike = next((each for each, count in (left or {}).items() if count and subject(each) == subject(print_)), None)
    return alike is not None and _take(left, alike)


def _by_rule(diagnostics: Iterable[Diagnostic]) -> dict[str, Counter[str]]:
    rules: dict[str, Counter[str]] = {}
    for each in diagnostics:
        rules.setdefault(each.code, Counter())[fingerprint(each)] += 1
    return rules


def _refuse_links_out(path: str) -> None:
    if refusal := Root.of(path).refusal(path):
        raise SettingsError(f"{path}: is {refusal}; name the baseline by its real path instead")


def _write(path: str, counts: Mapping[str, Mapping[str, Mapping[str, int]]], unread: Sequence[str]) -> None:
    """Writes a baseline, sorted, a line a fingerprint, so that its changes are easy to read and to merge."""
    table = {"version": _VERSION, "files": counts} | ({"unread": unread} if unread else {})
    text = json.dumps(table, indent=1, sort_keys=True) + "\n"
    _refuse_links_out(path)
    try:
        with replacing(os.path.realpath(path), standing(path)) as file:
            file.write(text.encode("utf-8"))
    except OSError as error:
        raise CitecheckError(f"{path}: the baseline cannot be written: {error.strerror or error}") from error


def _counts(table: object, path: str) -> Counts:
    """The counts of a baseline, once they are known to have its form."""
    if not isinstance(table, dict) or not isinstance(table.get("files"), dict):
        raise SettingsError(f"{path}: is not a baseline")
    if table.get("version") != _VERSION:
        raise SettingsError(
            f"{path}: is a baseline of another version; delete it, and write it again with `citecheck baseline`"
        )
    counts: Counts = {}
    for file, rules in table["files"].items():
        if not isinstance(rules, dict) or not all(_is_count(each) for each in rules.values()):
            raise SettingsError(f"{path}: is not a baseline: what it says of {file!r} is not a table of counts")
        counts[file] = {code: Counter(each) for code, each in rules.items()}
    return counts


def _is_count(table: object) -> bool:
    return isinstance(table, dict) and all(type(count) is int and 0 <= count <= _MOST for count in table.values())


def _paths(table: Mapping[str, object], path: str) -> list[str]:
    """The files that a baseline says could not be read."""
    files = table.get("unread", [])
    if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
        raise SettingsError(
            f"{path}: is not a baseline: what it says of files that cannot be read is not a list of paths"
        )
    return files
