"""Records what citecheck says of a folder, or compares two records.

python -m tests.freeze record FOLDER RECORD    [--command "/path/to/another/citecheck"]
python -m tests.freeze compare BEFORE AFTER    [--lines 6]
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.freeze.compare import differences
from tests.freeze.record import record


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked; return 1 where two records differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.freeze", description="Freeze what citecheck says.")
    commands = parser.add_subparsers(required=True)
    recording = commands.add_parser("record", help="write what is said of the documents below a folder")
    recording.add_argument("folder", type=Path)
    recording.add_argument("record", type=Path)
    recording.add_argument("--command", default="citecheck", help="the command to run, such as another checkout's")
    recording.set_defaults(act=_record)
    comparing = commands.add_parser("compare", help="show what differs, a document at a time")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--lines", type=int, default=6, help="lines to show of each document")
    comparing.set_defaults(act=_compare)
    options = parser.parse_args(arguments)
    status: int = options.act(options)
    return status


def _record(options: argparse.Namespace) -> int:
    with options.record.open("w", encoding="utf-8") as file:
        for document in record(options.folder, shlex.split(options.command)):
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
    return 0


def _compare(options: argparse.Namespace) -> int:
    before, after = _read(options.before), _read(options.after)
    differing = 0
    for path, lines in differences(before, after):
        differing += 1
        print(path)
        for line in lines[: options.lines]:
            print(f"  {line[:240]}")
        if len(lines) > options.lines:
            print(f"  … and {len(lines) - options.lines} more")
    print(f"{differing} of {len(before.keys() | after.keys())} documents differ")
    return int(differing > 0)


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        return {document["path"]: document for document in map(json.loads, file)}


if __name__ == "__main__":
    sys.exit(main())
