"""citecheck's commands over folders of generated documents, each judged by the oracle."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial, reduce
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from tests.generated.documents import Generated, document
from tests.generated.oracle import Failure, Finding, changed, checked, settled

CHANGING: Final[Mapping[str, Sequence[str]]] = {
    "fix": ("check", "--no-cache", "--fix", "."),
    "unsafe fixes": ("check", "--no-cache", "--fix", "--unsafe-fixes", "."),
    "renumber": ("renumber", "."),
    "merge": ("merge", "."),
}
CHECK: Final = "check"
COMMANDS: Final = (CHECK, *CHANGING)
_CHECK: Final = ("check", "--no-cache", "--jobs", "1", "--format", "json", ".")
_BATCH: Final = 500  # documents of one folder
_PATIENCE: Final = 900  # seconds for a command over a folder


class Verdict(NamedTuple):
    """What commands came to over documents: the promises not kept, and how many documents fared how."""

    failures: tuple[Failure, ...]
    outcomes: Counter[tuple[str, str]]

    def with_another(self, other: Verdict) -> Verdict:
        """Both as one."""
        return Verdict((*self.failures, *other.failures), self.outcomes + other.outcomes)


_NOTHING: Final = Verdict((), Counter())


def judged(seed: int, numbers: Sequence[int], *, commands: Sequence[str] = COMMANDS, jobs: int = 1) -> Verdict:
    """The documents of a seed by these numbers, put through commands in so many processes."""
    batches = [numbers[start : start + _BATCH] for start in range(0, len(numbers), _BATCH)]
    if jobs == 1:
        return reduce(Verdict.with_another, map(partial(_batch, seed, commands), batches), _NOTHING)
    with ProcessPoolExecutor(jobs) as pool:
        return reduce(Verdict.with_another, pool.map(partial(_batch, seed, commands), batches), _NOTHING)


def _batch(seed: int, commands: Sequence[str], numbers: Sequence[int]) -> Verdict:
    documents = [document(seed, number) for number in numbers]
    verdict = _NOTHING
    for command in commands:
        with TemporaryDirectory() as folder:
            own = _checked(documents, Path(folder)) if command == CHECK else _changed(documents, Path(folder), command)
        verdict = verdict.with_another(own)
    return verdict


def _checked(documents: Sequence[Generated], folder: Path) -> Verdict:
    done = _run(_write(folder, {each.name: each.text for each in documents}), _CHECK)
    if failures := [*_ended(CHECK, documents, done)]:
        return Verdict(tuple(failures), Counter())
    found: dict[str, list[Finding]] = {each.name: [] for each in documents}
    for each in json.loads(done.stdout)["diagnostics"]:
        found[Path(each["path"]).name].append(Finding(each["code"], each["label"], each["start"], each["end"]))
    for one in documents:
        failures += checked(one, found[one.name])
    outcomes = Counter((CHECK, "to be known wholly" if each.sure else "to be left in peace") for each in documents)
    return Verdict(tuple(failures), outcomes)


def _changed(documents: Sequence[Generated], folder: Path, command: str) -> Verdict:
    texts = {each.name: each.text for each in documents}
    words = CHANGING[command]
    if "--fix" in words and documents[0].number // _BATCH % 2:
        words = (*words, "--pedantic")  # half of the documents: their fixes are more
    done = _run(_write(folder, texts), words)
    failures = [*_ended(command, documents, done)]
    after = _read(folder)
    outcomes: Counter[tuple[str, str]] = Counter()
    for each in documents:
        told = [line for line in done.stderr.splitlines() if each.name in line]
        failures += changed(each, command, after[each.name], told)
        outcomes[command, "changed" if after[each.name] != each.text else "refused" if told else "as it was"] += 1
    again = {name: text for name, text in after.items() if text != texts[name]}
    if again:
        _run(_write(folder, again), words)
        twice = _read(folder)
        for each in documents:
            if each.name in again:
                failures += settled(each, command, again[each.name], twice[each.name])
    return Verdict(tuple(failures), outcomes)


def _run(folder: Path, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "citecheck", *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE,
        check=False,
    )


def _ended(command: str, documents: Sequence[Generated], done: subprocess.CompletedProcess[str]) -> Iterator[Failure]:
    """What is found or refused ends with 0 or 1; anything else is an end that nobody asked for."""
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        yield Failure("ended badly", command, documents[0], f"status {done.returncode}: {done.stderr[-400:]}")


def _write(folder: Path, texts: Mapping[str, str]) -> Path:
    """Makes a folder hold these documents and nothing else."""
    for old in folder.iterdir():
        old.unlink()
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    return folder


def _read(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}
