"""Other readers of the same: pandoc for keys in Markdown, bibtexparser for entries of BibTeX."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.bibliography.bibtex import read
from citecheck.readers import FORMATS
from tests.bibliography.pandoc_pairs import PAIRS, cited_by_pandoc

# A link, or a bracket like one: what pandoc cites in it besides may be anybody.
_LINK_LIKE = re.compile(r"\][\[(]")


def pairs() -> list[tuple[str, list[str]]]:
    return [tuple(json.loads(line)) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def cited(text: str) -> list[str]:
    return [label for each in FORMATS["markdown"].layout(text).citations for label, _ in each.labels]


def test_keys_are_those_of_pandoc() -> None:
    every = pairs()
    differing = [text for text, keys in every if sorted(keys) != sorted(cited(text))]
    assert 800 < len(every)
    assert [] == [text for text in differing if not _LINK_LIKE.search(text)]
    assert len(differing) < len(every) / 100


@pytest.mark.engines
@pytest.mark.skipif(shutil.which("pandoc") is None, reason="no pandoc here")
def test_the_pairs_are_what_pandoc_says() -> None:
    sample = pairs()[::20]
    assert [keys for _, keys in sample] == [cited_by_pandoc([text])[0] for text, _ in sample]


_NAMES = st.sampled_from(["title", "author", "year", "note", "doi", "x-field"])
_LITERALS = st.text(st.sampled_from("ab Zé,;=@#%&_-.0"), min_size=1, max_size=12)
_BRACED = st.recursive(_LITERALS, lambda inner: st.tuples(inner, inner).map(lambda two: f"{two[0]}{{{two[1]}}}"))
_VALUES = st.one_of(
    _BRACED.map(lambda words: f"{{{words}}}"),
    _BRACED.map(lambda words: f'"{words}"'),
    st.integers(0, 9999).map(str),
)
_KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9:_/+.-]{0,8}", fullmatch=True)
_ENTRIES = st.tuples(
    st.sampled_from(["article", "Book", "INPROCEEDINGS", "online"]), _KEYS, st.dictionaries(_NAMES, _VALUES, max_size=4)
)
_SPACES = st.sampled_from(["", " ", "\n", "\n    ", "\t"])


@settings(deadline=None)
@given(st.lists(_ENTRIES, max_size=5, unique_by=lambda entry: entry[1].lower()), _SPACES, st.booleans(), st.booleans())
def test_entries_are_those_of_bibtexparser(
    entries: list[tuple[str, str, dict[str, str]]], space: str, trailing: bool, remarks: bool
) -> None:
    bibtexparser = pytest.importorskip("bibtexparser")
    texts = []
    for kind, key, fields in entries:
        parts = [key, *(f"{name}{space}={space}{value}" for name, value in fields.items())]
        texts.append(f"@{kind}{{{f',{space}'.join(parts)}{',' * (trailing or not fields)}{space}}}")
    text = ("\n\nA remark.\n" if remarks else "\n").join(texts) + "\n"
    library = bibtexparser.parse_string(text)
    assert [] == library.failed_blocks
    expected = [
        (each.entry_type, each.key, {one.key: plain(one.value) for one in each.fields}) for each in library.entries
    ]
    own = [(each.type, each.key, {one.name: plain(one.value) for one in each.fields}) for each in read(text).entries]
    assert expected == own


def plain(value: str) -> str:
    return " ".join(str(value).split())
