"""Puts small faults into the tokenizer, the checks and the fixes, and counts those that some test sees.

`python -m tests.mutation --sample 500 --seed 1` takes so many faults at random; `--only FOLDER-OR-FILE` keeps to a
part. Each fault that no test sees is printed as it is found. Needs a system that can fork.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tests.mutation.mutants import Mutant, mutants
from tests.mutation.running import Trials

_ROOT: Final = Path(__file__).parents[2]
_PARTS: Final = {
    "recognition": ("citecheck/recognition",),
    "checks": ("citecheck/checks",),
    "fixes": (
        "citecheck/editing/renumber",
        "citecheck/editing/edits.py",
        "citecheck/engine/fixing.py",
        "citecheck/editing/preservation.py",
    ),
}


class _Fault(NamedTuple):
    part: str
    path: Path
    mutant: Mutant

    def __str__(self) -> str:
        line = self.path.read_text(encoding="utf-8").splitlines()[self.mutant.line - 1].strip()
        kind, old, _ = self.mutant.change
        what = f"{kind} ({ast.unparse(old)})" if isinstance(old, ast.expr) else kind
        return f"{self.path.relative_to(_ROOT)}:{self.mutant.line}: {what}: {line}"


def main() -> None:
    """Count the faults that the tests see."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--sample", type=int, help="how many faults (all)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (default 1)")
    parser.add_argument("--only", default="", help="a folder or file, from the root of the repository")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time (default 2)")
    options = parser.parse_args()
    faults = [fault for fault in _faults() if str(fault.path.relative_to(_ROOT)).startswith(options.only)]
    random.Random(options.seed).shuffle(faults)
    chosen = faults[: options.sample]
    Trials(_ROOT, lambda trials: _count(_judged(trials, chosen, options.processes))).run()


def _count(judged: Iterable[tuple[_Fault, bool]]) -> None:
    """Prints each fault that no test saw, and in the end how many were seen of how many."""
    seen: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for fault, killed in judged:
        asked[fault.part] += 1
        seen[fault.part] += killed
        if not killed:
            print(fault, flush=True)
    for part in [*asked, None]:
        total, found = (asked[part], seen[part]) if part else (asked.total(), seen.total())
        print(f"{part or 'all'}: {found} of {total} seen, {found / max(total, 1):.1%}")


def _faults() -> Iterator[_Fault]:
    for part, places in _PARTS.items():
        for place in places:
            path = _ROOT / place
            for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
                for mutant in mutants(file.read_text(encoding="utf-8")):
                    yield _Fault(part, file, mutant)


def _judged(trials: Trials, faults: Iterable[_Fault], processes: int) -> Iterator[tuple[_Fault, bool]]:
    """Each fault, and whether some test saw it; or the run never came to an end, which is seen too."""
    running: dict[int, _Fault] = {}
    for fault in faults:
        running[trials.start(fault.path, fault.mutant)] = fault
        if len(running) == processes:
            yield _ended(running)
    while running:
        yield _ended(running)


def _ended(running: dict[int, _Fault]) -> tuple[_Fault, bool]:
    child, status = os.wait()
    return running.pop(child), status != 0


if __name__ == "__main__":
    main()
