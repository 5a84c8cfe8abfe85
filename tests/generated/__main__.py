"""Judges citecheck over generated documents: `python -m tests.generated --documents 20000 --seed 1`."""

from __future__ import annotations

import argparse
import os
from collections import Counter, defaultdict
from collections.abc import Sequence

from tests.generated.documents import document
from tests.generated.oracle import Failure
from tests.generated.running import COMMANDS, judged


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the commands over the documents that are asked for; 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.generated", description=__doc__)
    parser.add_argument("--documents", type=int, default=1000, metavar="N", help="how many (default: 1000)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which ones (default: 1)")
    parser.add_argument("--only", type=int, metavar="N", help="the one document of this number, printed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes")
    parser.add_argument("--examples", type=int, default=1, metavar="N", help="documents printed of each kind")
    parser.add_argument("--commands", nargs="+", choices=COMMANDS, default=COMMANDS, help="these commands alone")
    options = parser.parse_args(arguments)

    if options.only is not None:
        print(document(options.seed, options.only).text)
        verdict = judged(options.seed, [options.only], commands=options.commands)
    else:
        numbers = range(options.documents)
        verdict = judged(options.seed, numbers, commands=options.commands, jobs=options.jobs)
    kinds: defaultdict[tuple[str, str], list[Failure]] = defaultdict(list)
    for failure in verdict.failures:
        kinds[failure.kind, failure.command].append(failure)
    for group in sorted(kinds.values(), key=len, reverse=True):
        print(_told(group, options.seed, 0 if options.only is not None else options.examples))
    read = 1 if options.only is not None else options.documents
    for command in options.commands:
        fared = ", ".join(f"{count:,} {how}" for (own, how), count in verdict.outcomes.items() if own == command)
        print(f"{command}: {fared}")
    wrong = len({failure.document.number for failure in verdict.failures})
    print(f"{read:,} documents of seed {options.seed}: {len(verdict.failures):,} failures in {wrong:,} of them")
    return 1 if verdict.failures else 0


def _told(own: Sequence[Failure], seed: int, examples: int) -> str:
    """The failures of one kind: how many, in which styles, and the shortest of their documents."""
    documents = {failure.document.number: failure for failure in own}
    styles = Counter(failure.document.style for failure in documents.values()).most_common(6)
    lines = [f"== {own[0].kind} ({own[0].command}): {len(own):,} in {len(documents):,} documents"]
    lines += [f"   {count:,} × {style}" for style, count in styles]
    for failure in sorted(documents.values(), key=lambda each: len(each.document.text))[: max(1, examples)]:
        lines.append(f"   --seed {seed} --only {failure.document.number}: {failure.detail}")
        if examples:
            lines.append(failure.document.text)
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
