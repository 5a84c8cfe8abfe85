"""Measures citecheck over a folder of documents and prints Markdown tables: `python -m tests.accuracy FOLDER`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from tests.accuracy.measurement import Measurement
from tests.accuracy.tables import accuracy_table, findings_table, injection_table, listing, missed, wrong_documents
from tests.tables import insert

_BEGIN, _END = "<!-- accuracy:begin -->", "<!-- accuracy:end -->"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the folder that is named, and print what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of documents, with a truth.jsonl for those that were read")
    parser.add_argument("--wrong", action="store_true", help="list each document that is not exactly right")
    parser.add_argument("--missed", action="store_true", help="list each fault that was put in and not told exactly")
    parser.add_argument("--list", metavar="CODE", help="list the findings of one rule, to be read one by one")
    parser.add_argument("--set", metavar="SET", help="only this set, for --list")
    parser.add_argument("--sample", metavar="N", type=int, help="a random N of them, the same N every time, for --list")
    parser.add_argument(
        "--into", metavar="FILE", type=Path, help=f"put the tables into a file, between {_BEGIN} and {_END}"
    )
    options = parser.parse_args(arguments)

    measurement = Measurement.of(options.folder)
    if options.list:
        print(listing(measurement, options.list, options.set, options.sample))
        return
    tables = "\n\n".join(table(measurement) for table in (accuracy_table, injection_table, findings_table)) + "\n"
    if options.into:
        insert(tables, options.into, _BEGIN, _END)
    else:
        print(tables, end="")
    if options.wrong:
        print()
        print(wrong_documents(measurement))
    if options.missed:
        print()
        print(missed(measurement))


if __name__ == "__main__":
    main()
