"""citecheck's commands over folders of generated documents, each judged by the oracle."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

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
_BATCH: Final = 200  # documents of one folder
_PATIENCE: Final = 900  # seconds for a command over a folder


def failures(
    seed: int, numbers: Sequence[int], *, commands: Sequence[str] = COMMANDS, jobs: int = 1
) -> Iterator[Failure]:
    """Every promise that commands do not keep over the documents of a seed."""
    batches = [numbers[start : start + _BATCH] for start in range(0, len(numbers), _BATCH)]
    if jobs == 1:
        yield from chain.from_iterable(_batch(seed, commands, batch) for batch in batches)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from chain.from_iterable(pool.map(partial(_batch, seed, commands), batches))


def _batch(seed: int, commands: Sequence[str], numbers: Sequence[int]) -> list[Failure]:
    documents = [document(seed, number) for number in numbers]
    with TemporaryDirectory() as folder:
        return [
            failure
            for command in commands
            for failure in (_checked if command == CHECK else partial(_changed, command=command))(
                documents, Path(folder)
            )
        ]


def _checked(documents: Sequence[Generated], folder: Path) -> Iterator[Failure]:
    _write(folder, {each.name: each.text for each in documents})
    done = _run(folder, _CHECK)
    yield from _ended(CHECK, documents, done)
    found: dict[str, list[Finding]] = {each.name: [] for each in documents}
    for each in json.loads(done.stdout)["diagnostics"]:
        found[Path(each["path"]).name].append(Finding(each["code"], each["label"], each["start"], each["end"]))
    for one in documents:
        yield from checked(one, found[one.name])


def _changed(documents: Sequence[Generated], folder: Path, command: str) -> Iterator[Failure]:
    texts = {each.name: each.text for each in documents}
    words = CHANGING[command]
    if "--fix" in words and documents[0].number // _BATCH % 2:
        words = (*words, "--pedantic")  # half of the documents: their fixes are more
    done = _run(_write(folder, texts), words)
    yield from _ended(command, documents, done)
    after = _read(folder)
    for each in documents:
        lines = [line for line in done.stderr.splitlines() if each.name in line]
        yield from changed(each, command, after[each.name], lines)
    again = {name: text for name, text in after.items() if text != texts[name]}
    if again:
        _run(_write(folder, again), words)
        twice = _read(folder)
        for each in documents:
            if each.name in again:
                yield from settled(each, command, again[each.name], twice[each.name])


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
