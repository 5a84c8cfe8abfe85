"""What hostile texts cost: `python -m tests.benchmarks.memory`, and in small in the tests.

Every figure is of a whole process, as the system accounts for it. Prints a Markdown table; ends with status 1 where a
process had more memory than is promised, or ended otherwise than a run does.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import count, repeat
from pathlib import Path
from typing import Final, NamedTuple

from tests.benchmarks.processes import environment

MEBIBYTE: Final = 1024 * 1024
MOST: Final = 512  # MiB that no process may have
_SECONDS: Final = 300  # of the processor, after which a run is killed
_LIST: Final = "\n\n## Sources\n\n[1] Salts of the shore, 1901, https://salts.example/shore.\n[2] Pans, 1902, p. 7.\n"


class Shape(NamedTuple):
    """A kind of hostile text: what it is made of, in a format, between a beginning and an end."""

    format: str
    pieces: Callable[[], Iterator[str]]
    before: str = ""
    after: str = ""

    def write(self, path: Path, size: int) -> None:
        """Writes a text of at most so many bytes, and keeps little of it: a process begins as large as its parent."""
        after = self.after.encode()
        with path.open("wb") as file:
            room = size - file.write(self.before.encode()) - len(after)
            for piece in self.pieces():
                data = piece.encode()
                if len(data) > room:
                    break
                room -= file.write(data)
            file.write(after)


def _of(piece: str, format: str = "md", before: str = "", after: str = "") -> Shape:
    return Shape(format, lambda: repeat(piece), before, after)


def _entries() -> Iterator[str]:
    return (f"[{number}] Salt {number}, 2001, https://salt.example/{number}\n" for number in count(1))


SHAPES: Final = {
    "markers": _of("[1]"),
    "markers in plain text": _of("[1]", "txt"),
    "markers with a list": _of("Salt is [1]. ", after=_LIST),
    "undefined markers": _of("Salt is [7]. ", before="Salt [1], [2].\n\n", after=_LIST),
    "repeated markers": _of("Salt is [1][1].\n\n", after=_LIST),
    "brackets that nest": _of("["),
    "notes": _of("[^1] ", after="\n\n[^1]: Salts of the shore, 1901.\n"),
    "links": _of("[1](a) "),
    "definitions": _of("[1]: a\n"),
    "ranges": _of("[1-200] ", after=_LIST),
    "entries": Shape("md", _entries, before="Salt [1].\n\n## Sources\n\n"),
    "entries in plain text": Shape("txt", _entries, before="Salt [1].\n\nSources\n\n"),
    "ordered items": _of("1. Salt 2001.\n"),
    "headings": _of("# a\n"),
    "tables": _of("a|a\n-|-\n"),
    "paragraphs": _of("a\n\n"),
    "quotations that nest": _of("> "),
    "emphasis": _of("*a* "),
    "code": _of("`a` "),
    "tags": _of("<a id=x>"),
    "superscripts": _of("a<sup>1</sup> ", after=_LIST),
    "addresses": _of("https://a.b "),
    "sentences": _of("A b. ", "txt"),
    "wide characters": _of("😀 salt. ", after=_LIST),
    "wide markers": _of("😀 [7]. ", before="Salt [1], [2].\n\n", after=_LIST),
    "one wide character": _of("word ", before="😀 Salt [1], [2].\n\n", after=_LIST),
    "ignore comments": _of("<!-- citecheck: ignore -->\n"),
    "line ends": _of("\n", "txt"),
}
COMMANDS: Final = {"check": ("check",), "--fix": ("check", "--fix"), "--unsafe": ("check", "--fix", "--unsafe-fixes")}


class Taken(NamedTuple):
    """What one run took: its exit status, seconds of the processor, MiB; and the first line of what it complained."""

    status: int
    seconds: float
    memory: float
    told: str

    @property
    def is_bounded(self) -> bool:
        """Whether it ended as runs do, with as little memory as is promised."""
        return self.status in (0, 1, 2) and self.memory < MOST


def taken(shape: Shape, size: int, command: Sequence[str], folder: Path) -> Taken:
    """What a command takes for a text of a shape, in a folder of its own."""
    import resource

    name = f"hostile.{shape.format}"
    shape.write(folder / name, size)
    process = subprocess.Popen(
        [sys.executable, "-m", "citecheck", *command, "--no-cache", "--format", "json:/dev/null", name],
        cwd=folder,
        env={**environment(), "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if hasattr(resource, "prlimit"):
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    assert process.stderr
    with process.stderr as complaints:
        told = complaints.read()
    _, ended, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(ended)
    memory = usage.ru_maxrss / (MEBIBYTE if sys.platform == "darwin" else 1024)
    return Taken(process.returncode, usage.ru_utime + usage.ru_stime, memory, told.partition("\n")[0])


def main() -> int:
    """Measures and prints; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=float, default=[1, 8, 64], help="in MiB")
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES), metavar="SHAPE")
    parser.add_argument("--commands", nargs="+", choices=COMMANDS, default=["check", "--fix"])
    asked = parser.parse_args()
    bounded = True
    print("| shape | MiB | command | status | CPU | memory | told |\n| :-- | --: | :-- | --: | --: | --: | :-- |")
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.shapes:
            for size in asked.sizes:
                for command in asked.commands:
                    each = taken(SHAPES[name], int(size * MEBIBYTE), COMMANDS[command], Path(folder))
                    bounded = bounded and each.is_bounded
                    told = each.told.partition(": not checked: ")[2].partition(";")[0] or each.told
                    print(
                        f"| {name} | {size:g} | `{command}` | {each.status} | {each.seconds:.2f} s |"
                        f" {each.memory:.0f} MiB | {told} |",
                        flush=True,
                    )
    return 0 if bounded else 1


if __name__ == "__main__":
    sys.exit(main())
