"""Tables of measurements in the documentation: what tools write, between two comments."""

from __future__ import annotations

from pathlib import Path


def insert(tables: str, path: Path, begin: str, end: str) -> None:
    """Puts tables between the two comments of a file."""
    if not path.is_file():
        raise SystemExit(f"{path} is no file; the tables go between two comments of one")
    before, found, rest = path.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise SystemExit(f"{path} has no {begin} with {end} after it")
    path.write_text(f"{before}{begin}\n\n{tables}\n{end}{after}", encoding="utf-8")
