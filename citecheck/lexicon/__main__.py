"""`python -m citecheck.lexicon` writes `lexicon.json` from the files of languages, and the table in the README.

With `--check` it writes nothing, and ends with status 1 where either is not fresh.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from citecheck.lexicon import COMPILED
from citecheck.lexicon.building import compiled, table

README: Final = Path(__file__).parents[2] / "README.md"
BEGIN: Final = "<!-- languages: written by python -m citecheck.lexicon -->\n"
END: Final = "<!-- end of languages -->\n"


def with_table(readme: str) -> str:
    """Return the text of the README with the table of languages as it ought to be."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write what is generated, or say that it is stale; return the exit status."""
    readme = README.read_text(encoding="utf-8")
    wanted = {COMPILED: compiled(), README: with_table(readme)}
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if arguments == ["--check"]:
        for path in stale:
            print(f"{path.name} is stale: python -m citecheck.lexicon", file=sys.stderr)  # noqa: T201
        return int(bool(stale))
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
