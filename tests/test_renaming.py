"""Renaming a label: the entry and every marker, or a reason; and back again, to the text that it was."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

import citecheck
from citecheck.editing.renumber import RenumberError
from citecheck.engine.renaming import refusal, renamed
from citecheck.model.citations import Key
from citecheck.model.document import Document

EXAMPLES = sorted(
    path for path in (Path(__file__).parent.parent / "examples").iterdir() if path.suffix in (".md", ".txt", ".rst")
)
NEW = "97"  # which none of the examples lists


def labels(document: Document, label: str | None) -> list[int]:
    """Which of the citations name a label."""
    return [place for place, each in enumerate(document.citations) if each.label == label]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_label_that_is_renamed_twice_is_what_it_was(path: Path) -> None:
    read = partial(citecheck.parse, name=path.name)
    document = read(path.read_text(encoding="utf-8"))
    for key in list(document.listed)[:4]:
        label = document.listed[key][0].label
        try:
            after = renamed(document, key, NEW, read)
        except RenumberError:
            continue
        assert label
        assert len(document.markers) == len(after.markers)
        assert labels(document, label) == labels(after, NEW)
        assert document.text == renamed(after, Key(key.numbering, NEW), label, read).text


def test_most_labels_of_the_examples_can_be_renamed() -> None:
    found = [citecheck.parse(path.read_text(encoding="utf-8"), name=path.name) for path in EXAMPLES]
    refusals = [refusal(document, key) for document in found for key in document.listed]
    others = ("numbered when it is shown", "cited by author and year")
    written = [each for each in refusals if not each or not any(words in each for words in others)]
    assert written.count(None) > 0.75 * len(written)


@pytest.mark.parametrize("new", ["", "a b]", "x\ny", "[1]", "a,b"])
def test_what_is_no_label_is_refused(new: str) -> None:
    read = partial(citecheck.parse, name="a.md")
    document = read("Boils [1].\n\n## Sources\n\n[1] Thermometry, 2019.\n")
    (key,) = document.listed
    with pytest.raises(RenumberError, match="cannot be a label"):
        renamed(document, key, new, read)
