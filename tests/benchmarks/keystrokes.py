"""Times a key in the language server: from the last of thirty keys to the diagnostics of the text.

    python -m tests.benchmarks.keystrokes

Keys are 60 ms apart, as those of a fast typist, each an incremental change. The pause that the server waits for in
longer texts is part of the time. Hovers are asked for while a document of a megabyte is checked.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.server.client import Client, session

_KEYS: Final = 30
_APART: Final = 0.06  # seconds
_SIZES: Final = ((3_000, 12, 0.080), (30_000, 10, 0.180), (100_000, 8, 0.350), (1_000_000, 4, 2.0))  # and the aim
_HOVERS: Final = 20


def document(size: int) -> str:
    """A report of so many characters in which every paragraph cites, half of it sources."""
    body: list[str] = []
    entries: list[str] = []
    length, number = 0, 0
    while length < size:
        number += 1
        body.append(
            f"Kettle {number} boils at a height of {number} metres [{number}]. A later study of the village found the "
            f"same, and says that copper heats sooner than steel [{max(1, number - 1)}, {number}].\n\n"
        )
        entries.append(f'[{number}] Ada Lovelace. "A study of kettle {number}". Journal of Heat {number}, 2019.\n')
        length += len(body[-1]) + len(entries[-1])
    return f"{''.join(body)}## Sources\n\n{''.join(entries)}"


def typed(client: Client, uri: str, version: int) -> float:
    """Types, and returns the seconds from the last key to the diagnostics of the text that it made."""
    place = {"line": 0, "character": 6}
    for key in range(_KEYS):
        begun = time.monotonic()
        client.change(uri, version + key, {"range": {"start": place, "end": place}, "text": "x"})
        if key < _KEYS - 1:
            time.sleep(_APART)
    client.published(uri, version + _KEYS - 1)
    return time.monotonic() - begun


def hovered(client: Client, uri: str, text: str, version: int) -> list[float]:
    """How long hovers take while a document is checked, in seconds."""
    place = {"line": 0, "character": 6}
    client.change(uri, version, {"range": {"start": place, "end": place}, "text": "x"})
    time.sleep(0.35)  # the pause of the server
    column, times = text.index("[1]") + 1, []
    for _ in range(_HOVERS):
        begun = time.monotonic()
        client.at("hover", uri, 0, column)
        times.append(time.monotonic() - begun)
        time.sleep(0.02)
    client.published(uri, version)
    return times


def main() -> None:
    """Prints a line for each size."""
    with tempfile.TemporaryDirectory() as folder:
        for size, rounds, aim in _SIZES:
            text = document(size)
            with session(Path(folder)) as client:
                uri = (Path(folder) / "kettles.md").as_uri()
                client.open(uri, text)
                client.published(uri, 1)
                times = sorted(typed(client, uri, 2 + each * _KEYS) for each in range(rounds))
                worst = times[min(len(times) - 1, round(0.95 * len(times)))]
                line = f"{len(text):>9,} characters: median {times[len(times) // 2] * 1000:,.0f} ms"
                print(f"{line}, p95 {worst * 1000:,.0f} ms, aim {aim * 1000:,.0f} ms")
                if size == _SIZES[-1][0]:
                    hovers = hovered(client, uri, text, 2 + rounds * _KEYS)
                    print(f"    hover while it is checked: worst {max(hovers) * 1000:.0f} ms of {len(hovers)}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
