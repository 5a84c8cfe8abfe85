"""Times citecheck beside its peers, on documents made here: `python -m tests.benchmarks`.

Every figure is of whole processes; a ratio is of runs in turn. Prints Markdown tables; `--into FILE` puts them into a
file between two comments.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from citecheck import __version__
from tests.benchmarks.documents import alike, articles, doubled, large, repository, unused
from tests.benchmarks.peers import citecheck, peers, version
from tests.benchmarks.processes import Cost, cost, in_turn, median, ratio
from tests.tables import insert

_BEGIN, _END = "<!-- benchmark:begin -->", "<!-- benchmark:end -->"
_LARGE: Final = 4_400_000  # bytes
_HOSTILE: Final[Mapping[str, Callable[[int], str]]] = {
    "100,000 × `[1]`": lambda times: "[1]" * 50_000 * times,
    "60,000 × `[^1 `": lambda times: "[^1 " * 30_000 * times,
    "1,000,000 × `[`": lambda times: "[" * 500_000 * times,
    "50,000 nested quotes": lambda times: "> " * 1_000 + "“" * 25_000 * times,
    "5 MB of prose": lambda times: "Salt is mined in the north [1], and boiled in the south. " * 44_000 * times,
}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each command (default 5)")
    parser.add_argument("--only", default=",".join(_PARTS), help=f"parts, by commas: {', '.join(_PARTS)}")
    parser.add_argument("--node", metavar="FOLDER", help="where the commands of Node packages stand")
    parser.add_argument("--into", metavar="FILE", type=Path, help=f"between {_BEGIN} and {_END}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="citecheck-benchmarks-") as folder:
        bench = _Bench(Path(folder), options.runs, options.node)
        tables = [bench.machine(), *(_PARTS[part](bench) for part in options.only.split(","))]
    text = "\n\n".join(tables) + "\n"
    if options.into:
        insert(text, options.into, _BEGIN, _END)
    else:
        print(text, end="")


class _Bench:
    """What is measured, in a folder of its own."""

    def __init__(self, folder: Path, runs: int, node: str | None) -> None:
        self._folder = folder
        self._runs = runs
        self._node = node
        self._check = (citecheck(), "check", "--exit-zero")

    def machine(self) -> str:
        """What it was measured on."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        told = [f"citecheck {__version__}", f"Python {platform.python_version()}", f"{cores} cores", platform.machine()]
        others = peers(".", self._node)
        told += [f"{name} {version(command)}" for name, command in others.items() if command[0] != sys.executable]
        return f"Measured with {', '.join(told)}; medians of {self._runs} runs in turn."

    def files(self) -> str:
        """A thousand articles, with and without the cache, and a thousand copies of one."""
        markdown = (each for each in articles(2_000) if each.suffix == ".md")  # what the peers read
        self._write("articles", ((each.text, each.suffix) for each in islice(markdown, 1_000)))
        first = next(articles(1))
        self._write("copies", ((first.text, first.suffix) for _ in range(1_000)))
        return "\n\n".join(
            (
                self._beside("1,000 articles of 3 kB, one in ten with a fault", "articles", warm=True),
                self._beside("1,000 copies of one article", "copies"),
            )
        )

    def large(self) -> str:
        """One document of 4.4 MB."""
        (self._folder / "large.md").write_text(large(_LARGE), encoding="utf-8")
        return self._beside("One document of 4.4 MB", "large.md")

    def start(self) -> str:
        """One small file."""
        (self._folder / "small.md").write_text(next(articles(1)).text, encoding="utf-8")
        commands: dict[str, Sequence[str]] = {
            "citecheck, no cache": (*self._check, "--no-cache", "small.md"),
            "citecheck": (*self._check, "small.md"),
            "`import typer`": (sys.executable, "-c", "import typer"),
            "Python alone": (sys.executable, "-c", "pass"),
        }
        commands |= peers("small.md", self._node)
        return self._table("Start-up: one article of 3 kB", commands, runs=3 * self._runs)

    def repository(self) -> str:
        """A repository of which one file in ten cites, and its memory beside that of a smaller one."""
        for name, count in (("smaller", 1_000), ("repository", 20_000)):
            repository(self._folder / name, count)
        rows = []
        for name, count in (("smaller", 1_000), ("repository", 20_000)):
            taken = self._own(name, "--no-cache")
            rows.append((f"{count:,}", f"{count // 10:,}", f"{taken.wall:.2f} s", f"{taken.memory:.0f} MiB"))
        head = ("files", "of which cite", "wall", "memory, largest process")
        return f"A repository, without the cache:\n\n{_rows(head, rows)}"

    def scaling(self) -> str:
        """How time grows with the number of files, and with the size of one."""
        files, sizes = [], []
        for step in (1, 2, 4, 8):
            self._write(f"scale{step}", ((each.text, each.suffix) for each in articles(250 * step)))
            files.append(self._own(f"scale{step}", "--no-cache", "--jobs", "1").cpu)
            (self._folder / f"scale{step}.md").write_text(large(250_000 * step), encoding="utf-8")
            sizes.append(self._own(f"scale{step}.md", "--no-cache").cpu)
        rows = [
            (what, *(f"{taken:.2f} s" for taken in costs), f"{_exponent(costs):.2f}")
            for what, costs in (("250 articles × n", files), ("one document, 250 kB × n", sizes))
        ]
        return f"CPU as the work grows:\n\n{_rows(('', 'n = 1', '2', '4', '8', 'exponent'), rows)}"

    def hostile(self) -> str:
        """Texts that make careless patterns run away, at half and at full size."""
        rows = []
        for name, text in _HOSTILE.items():
            taken = []
            for times in (1, 2):
                (self._folder / "hostile.md").write_text(text(times), encoding="utf-8")
                taken.append(
                    cost([citecheck(), "check", "--exit-zero", "--no-cache", "--quiet", "hostile.md"], self._folder)
                )
            size = len(text(2).encode()) / 1e6
            growth = taken[1].cpu / taken[0].cpu
            rows.append((name, f"{taken[1].cpu:.2f} s", f"{size / taken[1].cpu:.2f} MB/s", f"{growth:.2f}"))
        return f"Hostile texts:\n\n{_rows(('', 'CPU', 'rate', 'twice the text takes so many times as long'), rows)}"

    def fixing(self) -> str:
        """How time grows with the sources that fixes take out, and with titles that are compared."""
        rows = []
        counts = (10, 20, 40, 80, 160, 320)
        unsafe = ("--unsafe-fixes", "--diff", "--no-cache", "--quiet")
        for name, make, options in (
            ("sources that nothing cites", unused, unsafe),
            ("sources listed twice", doubled, unsafe),
            ("titles nearly alike", alike, ("--pedantic", "--no-cache", "--quiet")),
        ):
            taken = []
            for count in counts:
                (self._folder / "removals.md").write_text(make(count), encoding="utf-8")
                taken.append(self._own("removals.md", *options).cpu)
            rows.append((name, *(f"{each:.2f} s" for each in taken), f"{_exponent(taken):.2f}"))
        return f"CPU of fixing, as the work grows:\n\n{_rows(('', *map(str, counts), 'exponent'), rows)}"

    def _own(self, path: str, *options: str) -> Cost:
        command = [self._check[0], "check", *options, path]  # findings, or changes, are no failure
        return median([cost(command, self._folder) for _ in range(max(1, self._runs // 2))])

    def _beside(self, title: str, path: str, *, warm: bool = False) -> str:
        command = self._check
        commands: dict[str, Sequence[str]] = {"citecheck": (*command, "--no-cache", path)}
        if warm:
            commands["citecheck, cache warm"] = (*command, path)
        commands["citecheck, `--select CC1`"] = (*command, "--no-cache", "--select", "CC1", path)
        commands |= peers(path, self._node)
        return self._table(title, commands, runs=self._runs)

    def _table(self, title: str, commands: Mapping[str, Sequence[str]], runs: int) -> str:
        """The costs of commands, and how many times as long the first takes as each."""
        found = in_turn(commands, self._folder, runs)
        first, *_ = found.values()
        rows = []
        for name, costs in found.items():
            if isinstance(costs, str) or isinstance(first, str):
                rows.append((name, str(costs), "", "", ""))
                continue
            middle = median(costs)
            times = f"{ratio(first, costs):.2f}" if costs is not first else ""
            rows.append((name, f"{middle.wall:.3f} s", f"{middle.cpu:.3f} s", f"{middle.memory:.0f} MiB", times))
        return f"{title}:\n\n{_rows(('', 'wall', 'CPU', 'memory', 'citecheck takes so many times as long'), rows)}"

    def _write(self, name: str, texts: Iterable[tuple[str, str]]) -> None:
        place = self._folder / name
        place.mkdir()
        for number, (text, suffix) in enumerate(texts):
            (place / f"{number:05}{suffix}").write_text(text, encoding="utf-8")


_PARTS: Final[Mapping[str, Callable[[_Bench], str]]] = {
    "files": _Bench.files,
    "large": _Bench.large,
    "start": _Bench.start,
    "repository": _Bench.repository,
    "scaling": _Bench.scaling,
    "fixing": _Bench.fixing,
    "hostile": _Bench.hostile,
}


def _exponent(costs: Sequence[float]) -> float:
    """The exponent of growth, by least squares of the logarithms; each cost is of twice the work of the one before."""
    steps = range(len(costs))
    logs = [math.log2(each) for each in costs]
    middle, mean = sum(steps) / len(costs), sum(logs) / len(costs)
    above = sum((step - middle) * (log - mean) for step, log in zip(steps, logs, strict=True))
    return above / sum((step - middle) ** 2 for step in steps)


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, [":--", *["--:"] * (len(head) - 1)], *rows))


if __name__ == "__main__":
    main()
