"""What citecheck says of each document of a folder, beside what a reader of the document said.

The folder holds documents in sets, a set a subfolder, and may hold a `truth.jsonl`: one object a line, with the
`file` (relative to the folder) and the labels that are `undefined`, `unused` and `duplicate` in it. A file beside
`truth.jsonl` is a document only when the truth names it; those documents are the set `.`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from citecheck import lint
from citecheck.model.findings import Diagnostic
from citecheck.readers import format_for

KINDS: Mapping[str, str] = {"undefined": "CC101", "unused": "CC102", "duplicate": "CC103"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document: what was found in it, and which labels of each kind a reader expects; None if nobody read it."""

    file: str
    text: str
    diagnostics: tuple[Diagnostic, ...]
    expected: Mapping[str, frozenset[str]] | None

    @property
    def set(self) -> str:
        """The set it belongs to: the first folder of its path."""
        folder, slash, _ = self.file.partition("/")
        return folder if slash else "."

    def found(self, kind: str) -> frozenset[str]:
        """The labels that citecheck says are of the kind."""
        return frozenset(diagnostic.label or "" for diagnostic in self.diagnostics if diagnostic.code == KINDS[kind])

    @property
    def right(self) -> bool:
        """Whether every kind has exactly the labels expected."""
        return self.expected is not None and all(self.found(kind) == self.expected[kind] for kind in KINDS)


@dataclass(frozen=True, slots=True)
class Measurement:
    """The documents of a folder, in the order of their paths.

    `unread` are those that the truth names but that are in no format citecheck reads.
    """

    outcomes: tuple[Outcome, ...]
    unread: tuple[str, ...]

    @classmethod
    def of(cls, folder: Path) -> Measurement:
        """Lint every document of the folder with the default rules."""
        truth = dict(_truth(folder / "truth.jsonl"))
        files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        readable = [file for file in files if format_for(file) is not None and ("/" in file or file in truth)]
        outcomes = []
        for file in readable:
            text = (folder / file).read_bytes().decode("utf-8-sig", "replace")
            outcomes.append(Outcome(file, text, tuple(lint(text, name=file)), truth.get(file)))
        return cls(tuple(outcomes), tuple(sorted(truth.keys() - set(readable))))

    @property
    def sets(self) -> dict[str, list[Outcome]]:
        """The documents of each set."""
        sets: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            sets.setdefault(outcome.set, []).append(outcome)
        return dict(sorted(sets.items()))


def _truth(path: Path) -> Iterator[tuple[str, Mapping[str, frozenset[str]]]]:
    """What the readers of the documents wrote down; nothing where there is no such file."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        yield entry["file"], {kind: frozenset(entry[kind]) for kind in KINDS}
