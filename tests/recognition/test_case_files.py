"""What is read from small documents: the case files in `tests/cases/recognition`, one file per kind of text.

A case is a heading that says what holds, a fenced document, and lines with what is expected of it: `markers`, the
labels of each marker in reading order; `sources`, the labels listed; `findings`, the code and the line of each. What a
case leaves out is not compared; `none` is nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
import regex

from citecheck import lint, parse

FOLDER = Path(__file__).parents[1] / "cases" / "recognition"
_CASE = regex.compile(
    r"^## (?P<name>[^\n]+)\n+(?P<fence>~{3,})(?P<format>\w+)\n(?P<text>.*?)^(?P=fence)\n\n"
    r"(?P<expected>(?:\w+: [^\n]*\n)+)",
    regex.MULTILINE | regex.DOTALL,
)
_HEADING = regex.compile(r"^## ", regex.MULTILINE)


class Case(NamedTuple):
    """A document, and what is expected of it: the words after each name."""

    name: str
    format: str
    text: str
    expected: dict[str, str]


def cases(path: Path) -> list[Case]:
    """The cases of a file; fails where one is not in the form described above."""
    text = path.read_text(encoding="utf-8")
    found = [
        Case(
            f"{path.stem}: {each['name']}",
            each["format"],
            each["text"],
            dict(line.split(": ", 1) for line in each["expected"].splitlines()),
        )
        for each in _CASE.finditer(text)
    ]
    headings = regex.sub(r"(?ms)^(~{3,})\w+\n.*?^\1\n", "", text)
    assert len(_HEADING.findall(headings)) == len(found), f"{path.name} has a case in another form"
    return found


CASES = [case for path in sorted(FOLDER.glob("*.md")) for case in cases(path)]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_case_file_is_read_as_it_says(case: Case) -> None:
    document = parse(case.text, format=case.format)
    listed = [source.label for listing in document.source_lists for source in listing.sources if source.label]
    read = {
        "markers": "; ".join(", ".join(marker.labels) for marker in document.markers),
        "sources": ", ".join(listed),
        "findings": "; ".join(f"{each.code} {each.start.line}" for each in lint(case.text, format=case.format)),
    }
    assert case.expected == {name: read[name] or "none" for name in case.expected}
