"""The words of the rules beside their messages: what a fix says that it does, and what is said of related places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from citecheck.model.findings import Diagnostic, Safety, counted
from tests.test_rules import PAGES, diagnostics

SAFE = {  # the titles of the fixes of a page's examples: what can be said after "citecheck will"
    "CC105": ["write [2]", "write [3]", "write [1]"],
    "CC106": ["write 2–3", "write 1–2"],
    "CC107": ["remove the repetition"],
    "CC204": ["sort the numbers"],
    "CC205": ["write 1–3", "write 1-3"],
    "CC206": ["put the marker after the full stop", "put the full stop after the marker"],
    "CC207": ["put a space before the marker", "put a space after the marker"],
    "CC306": ["remove the punctuation"],
    "CC312": ["delete the invisible characters"],
    "CC401": [
        "write http://ferries.example/1931/winter",
        "write https://ferries.example/booklets",
        "write https://ferries.example/office%20sales.html",
        "close the link",
        "write https://www.stamps.example/harbour",
        "write https://doi.org/10.5072/tides",
    ],
    "CC402": [
        "write 10.5072/crust.16",
        "write 10.5072/steam-4",
        "write 10.5072/delay.2019",
        "write 10.5072/s00134-020-05991",
    ],
    "CC405": ["remove utm_source and utm_id", "remove fbclid", "remove referrer"],
    "CC407": ["write https://birds.example/r", "write https://swifts.example"],
    "CC409": [
        "write https://doi.org/10.5072/lichen.9",
        "write https://doi.org/10.5072/slate.16",
        "write https://doi.org/10.5072/lead.12",
    ],
    "CC601": ["keep the text of the token", "remove the token"],
    "CC901": ["delete the comment", "delete the unused rules"],
}
UNSAFE = {
    "CC101": ["write 1988"],
    "CC102": ["delete the entry, and renumber those after it", "delete the entry"],
    "CC108": ["write all markers alike"],
    "CC111": ["remove what is hidden"],
    "CC201": ["number the sources in the order of their first citation"],
    "CC202": ["number the sources without gaps"],
    "CC203": ["put the entries in the order of their numbers"],
    "CC209": ["remove the word"],
    "CC210": ["write the numbers that are shown"],
    "CC302": ["cite source 1 in its place, and delete the entry"],
    "CC307": ["write it plainly"],
    "CC601": ["remove the token", "write [2]", "remove the tokens"],
    "CC602": ["remove it"],
    "CC808": ["write https://harbour.example/2019/tables"],
}
RELATED = {  # what is said of other places
    "CC101": ["this is Sarto 1988"],
    "CC102": ["cited only here, where no reader sees it"],
    "CC103": ["first listed here"],
    "CC104": ["the source list"],
    "CC107": ["cited here too"],
    "CC111": ["nor this one"],
    "CC112": ["listed here", "first mentioned here"],
    "CC116": ["cited so elsewhere", "shown as text too"],
    "CC117": ["the entry"],
    "CC118": ["the entry"],
    "CC201": ["source 3 is first cited here"],
    "CC202": ["and again here"],
    "CC203": ["out of order too"],
    "CC210": ["written 6, shown as 5"],
    "CC211": ["its neighbour"],
    "CC302": ["first listed here"],
    "CC303": ["first listed here"],
    "CC304": ["nor has source 2"],
    "CC305": ["so is source 2"],
    "CC306": ["and source 1"],
    "CC310": ["published here"],
    "CC317": ["first given here"],
    "CC402": ["the DOI in the text"],
    "CC501": ["the last marker"],
    "CC504": ["3 here"],
    "CC809": ["HTTP 403"],
}


def told() -> Iterator[Diagnostic]:
    for rule, example in PAGES:
        if example.kind == "bad":
            yield from diagnostics(example.text, rule, example)


def titles(safety: Safety) -> dict[str, list[str]]:
    """The titles of the fixes of each rule, in the order of the pages, each once."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for diagnostic in told():
        if diagnostic.fix and diagnostic.fix.safety is safety:
            found[diagnostic.code][diagnostic.fix.title] = None
    return {code: list(words) for code, words in found.items()}


@pytest.mark.parametrize(("safety", "expected"), [(Safety.SAFE, SAFE), (Safety.UNSAFE, UNSAFE)])
def test_a_fix_says_what_it_does(safety: Safety, expected: dict[str, list[str]]) -> None:
    assert expected == titles(safety)


def test_a_related_place_is_named() -> None:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for diagnostic in told():
        for related in diagnostic.related:
            found[diagnostic.code][related.message] = None
    assert RELATED == {code: list(words) for code, words in found.items()}


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 markers"), (1, "1 marker"), (12, "12 markers"), (1200, "1,200 markers")]
)
def test_what_is_counted_is_written_as_people_write_it(number: int, expected: str) -> None:
    assert expected == counted(number, "marker")
