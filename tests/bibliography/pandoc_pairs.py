"""Writes random paragraphs with the keys that pandoc cites in each: `python -m tests.bibliography.pandoc_pairs`.

What it writes is committed, so that the reader is compared with pandoc where there is none.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

PAIRS: Final = Path(__file__).parent / "pandoc-pairs.jsonl"
COUNT: Final = 1_000
SEED: Final = 22
_KEYS: Final = (
    "salt stone2001 Foo_bar.baz a--b x:y/z doi:10.1/a-b K+L A.B. 2019key Öhman ĀB1 a_ a: a:: b#c d$e f%g h&i j~k l?m "
    "n<o>p {a,b} {x.} {https://a.test/?q} 1 _x key.. a.b.c"
).split()
_WORDS: Final = (
    "see also tide, rises; p. 3 pp. 33--35, ch. 1 *so* **bold** `code @x` $m@x$ me@a.test a\\@b \\@c ... “q” — é"
).split()
_PIECES: Final = (
    "[",
    "]",
    "[see ",
    "; ",
    ", ",
    " ",
    " ",
    "(",
    ")",
    "-",
    "@",
    ".",
    "^[",
    "[-",
    "[p. 3]",
    " [p. 4]",
    "\\",
    "\n",
)
_BATCH: Final = 25  # paragraphs that pandoc reads at once
_DEEPEST: Final = 2  # brackets of a paragraph but one: pandoc takes twice as long for each that nothing closes
_SECONDS: Final = 2
_GLUED: Final = re.compile(
    r"@[^\s@]*@|[*`$]@"
)  # `@salt@stone`, which is somebody's address elsewhere, and what emphasis ends
_MARK: Final = "MARKOFPAIR"


def main() -> None:
    """Writes the pairs; a batch that pandoc is too long about is left out, as brackets that nothing closes cost it."""
    chance = random.Random(SEED)
    written = 0
    with PAIRS.open("w", encoding="utf-8") as file:
        while written < COUNT:
            texts = list(paragraphs(chance))
            try:
                found = cited_by_pandoc(texts)
            except subprocess.TimeoutExpired:
                continue
            for (text, keys), following in pairwise([*zip(texts, found, strict=True), ("", [])]):
                if keys is not None and following[1] is not None and not _GLUED.search(text):
                    file.write(json.dumps([text, keys], ensure_ascii=False) + "\n")
                    written += 1


def paragraphs(chance: random.Random) -> Iterator[str]:
    """Random paragraphs of citations and of what surrounds them."""
    for _ in range(_BATCH):
        pieces = ["So"]
        for _ in range(chance.randint(2, 9)):
            kind = chance.random()
            if kind < 0.45:
                pieces.append(chance.choice(("@", "-@", " @", "[@", "; @", ", @", "(@")) + chance.choice(_KEYS))
            elif kind < 0.65:
                pieces.append(" " + chance.choice(_WORDS))
            else:
                pieces.append(chance.choice(_PIECES))
            if "".join(pieces).count("[") > _DEEPEST:
                break
        yield "".join(pieces).replace("\n\n", "\n").strip()


def cited_by_pandoc(texts: list[str]) -> list[list[str] | None]:
    """The keys that pandoc cites in each text, in order; None where it takes one together with its neighbour."""
    document = "".join(f"{_MARK}{place}\n\n{text}\n\n" for place, text in enumerate(texts))
    run = subprocess.run(
        ["pandoc", "--from", "markdown", "--to", "json"],
        input=document,
        capture_output=True,
        text=True,
        check=True,
        timeout=_SECONDS,
    )
    found: list[list[str] | None] = [None] * len(texts)
    place = -1
    for block in json.loads(run.stdout)["blocks"]:
        words = block["c"][0].get("c", "") if block["t"] == "Para" else ""
        if isinstance(words, str) and words.startswith(_MARK):
            place = int(words.removeprefix(_MARK))
            found[place] = []
        else:
            found[place] = [*(found[place] or ()), *_ids(block)]
    return found


def _ids(node: Any) -> Iterator[str]:
    if isinstance(node, dict) and node.get("t") == "Cite":
        for citation in node["c"][0]:
            yield citation["citationId"]
            yield from _ids(citation["citationPrefix"])
            yield from _ids(citation["citationSuffix"])
    elif isinstance(node, dict):
        yield from _ids(node.get("c"))
    elif isinstance(node, list):
        for each in node:
            yield from _ids(each)


if __name__ == "__main__":
    main()
