"""What holds of every fix, of renumbering and of merging, for documents in all styles.

What a text says is read from its own words by `tests.cited_documents.meaning`; that the fixes prove the same of
themselves is no part of it.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import partial

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from citecheck.editing.renumber import RenumberError
from citecheck.engine.fixing import Fixed, fix_document, renumber_document
from citecheck.engine.linting import lint_document
from citecheck.model.citations import Key
from citecheck.model.document import Document
from citecheck.model.settings import Settings
from citecheck.model.sources import ListKind
from citecheck.recognition import parse
from citecheck.rulebook.pages import rules
from tests.cited_documents import Cited, cited_documents, meaning

EXAMPLES = int(os.environ.get("CITECHECK_EXAMPLES", "500"))  # of each property; there are four
EVERY = Settings(pedantic=True)
thoroughly = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(cited: Cited) -> partial[Document]:
    return partial(parse, name="generated", format=cited.format)


WORK = re.compile(r"work\w+?q")  # twice in an entry, so four times where two are merged


def newlines(text: str) -> set[str]:
    return set(re.findall(r"\r\n|\r|\n", text))


def prose(text: str) -> list[str]:
    """The words of the sentences, in their order."""
    return re.findall(r"(?:The river rose|Nobody counted the ferries|A bell rang at noon) said\w+q in the valley", text)


def faults(document: Document) -> Counter[str]:
    """How often each rule about markers and their sources speaks."""
    return Counter(each.code for each in lint_document(document, Settings(select=("CC1",))).diagnostics)


def backwards(document: Document) -> bool:
    """Whether a range runs backwards: it names its two ends, and all between them once it is turned."""
    return any(each.first > each.last for marker in document.markers for each in marker.ranges)


def assert_unharmed(before: Document, after: Document) -> None:
    said, says = meaning(before), meaning(after)
    twice = {f"in {work}" for work, count in Counter(WORK.findall(before.text)).items() if count > 2}
    for word, works in said.items():
        if word.startswith("said") or (word in says and word not in twice):
            assert works <= says[word] if backwards(before) else works == says[word], word
    assert prose(before.text) == prose(after.text)
    assert newlines(after.text) <= newlines(before.text)
    assert before.text.endswith("\n") == after.text.endswith("\n")
    assert not faults(after) - faults(before)


def fixed(document: Document, cited: Cited, codes: frozenset[str] | None, *, unsafe: bool) -> Fixed:
    return fix_document(document, EVERY, read(cited), unsafe=unsafe, codes=codes)


@thoroughly
@given(cited_documents(), st.booleans())
def test_fixing_everything_leaves_what_is_said_and_settles(cited: Cited, unsafe: bool) -> None:
    document = read(cited)(cited.text)
    done = fixed(document, cited, None, unsafe=unsafe)
    event(f"{cited.style}: {'changed' if done.counts else 'as it was'}")
    assert_unharmed(document, done.document)
    again = fixed(done.document, cited, None, unsafe=unsafe)
    assert (done.document.text, {}) == (again.document.text, dict(again.counts))


@thoroughly
@given(cited_documents(), st.sampled_from(sorted(rules())))
def test_the_fixes_of_one_rule_leave_what_is_said_and_settle(cited: Cited, code: str) -> None:
    document = read(cited)(cited.text)
    done = fixed(document, cited, frozenset({code}), unsafe=True)
    assert_unharmed(document, done.document)
    assert done.document.text == fixed(done.document, cited, frozenset({code}), unsafe=True).document.text


@thoroughly
@given(cited_documents(), st.sampled_from(["appearance", "list"]), st.sampled_from([None, 0, 1, 7]), st.booleans())
def test_renumbering_leaves_what_is_said_and_settles(cited: Cited, order: str, start: int | None, move: bool) -> None:
    document = read(cited)(cited.text)
    try:
        after = renumber_document(document, read(cited), order=order, start=start, move=move)
    except RenumberError as refused:
        event(f"refused: {re.sub(r'[0-9]+', '#', str(refused))[:60]}")
        return
    event(f"{cited.style}: {'changed' if after.text != document.text else 'as it was'}")
    assert_unharmed(document, after)
    assert after.text == renumber_document(after, read(cited), order=order, start=start, move=move).text
    if order == "appearance":
        assert_ascending(after)


def assert_ascending(document: Document) -> None:
    """Each numbering's sources are first cited in the order of their numbers; lists that were put aside have none."""
    entries = [source.span for source in document.sources]
    firsts: dict[Key, int] = {}
    for place, citation in enumerate(document.citations):
        if citation.key in document.listed and not any(span.covers(citation.span) for span in entries):
            firsts.setdefault(citation.key, place)
    kept = (ListKind.NUMBERED, ListKind.FOOTNOTES)
    for numbering in {listing.numbering for listing in document.source_lists if listing.kind in kept}:
        labels = [int(key.label) for key in firsts if key.numbering == numbering]
        assert sorted(labels) == labels


@thoroughly
@given(cited_documents())
def test_merging_leaves_what_is_said_and_settles(cited: Cited) -> None:
    document = read(cited)(cited.text)
    merging = Settings(select=("CC302",))
    done = fix_document(document, merging, read(cited), unsafe=True)
    event(f"merged: {bool(done.counts)}, refused: {bool(done.refusals)}")
    assert_unharmed(document, done.document)
    assert done.document.text == fix_document(done.document, merging, read(cited), unsafe=True).document.text
