"""Twice the text takes about twice as long, whatever it says: each pattern on its own, and all of citecheck.

Time is of the processor, the least of several tries, and compared with itself only; a bound is broken by growth with
the square, not by a slow machine.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import pytest

import citecheck
from citecheck import Settings, lint, parse
from citecheck.checks.leaked_tokens import FORMS
from citecheck.text.patterns import _Lazy
from citecheck.text.spans import Span

PIECES = [
    *("[", "[1]", "[1, ", "[^1 ", "[[1](", "](", "【1", "1", "1 ", "1-", "10.1", "2020-", "¹", "^1", "$^", "\\["),
    *("a", "Aa ", "A. ", "a.b", "Aa+1", "é", "水", " ", " \n", "\n", "\n\n", "\t", "a\n", "a\f", "*a", "_", "`"),
    *(". ", "…", ", ", ": ", "-", "—", "“", '"a', "(", "((", ")", "《", "{", "=[", "&", "<"),
    *("| ", "> ", "- ", "1. ", "# ", "[1]: a\n", "[1] a\n", "<a id=", "<sup>", "<!--"),
    *("```\na\n``` [2]\n", "~~~\n", "<a b='hidden' "),
    *("3 May ", "May 2020, ", "https://a.", "www.", "//", "doi:", "isbn 1-", "accessed ", "pp. 1", "vol. "),
    *("refs 1, ", "turn0", "et al. ", "Sources: [1] a\n", "## Sources\n\n[1] a\n[2] a\n\nSo [1].\n\n"),
]
MARKING = [
    "word[1] ",
    "7[1] ",
    "[1]:[",
    "【1】",
    "[1) (so ",
    "(1] ",
    " 1]",
    "[1][1",
    "[a 1] ",
    "metre (1). ",
    "metre.1 ",
    "[@a1990] ",
    "Pans (1902) says. ",
    "1. https://a.b\n",
    "[1] a\n\nb\n\n",
]
BEGINNINGS = [",", "[1]", "a", "1", "(", "<a", "```"]
GROWTH = 3.0  # times as long for twice the text; with the square it would be four
SUSPICIOUS = 0.003  # seconds of one pattern for LENGTH; what takes less is not looked at again
LENGTH = 8_000  # code points, so many that a pattern which grows with the square is suspicious on any machine


class Use:
    """A pattern, and the ways in which its module uses it."""

    def __init__(self, pattern: _Lazy, ways: set[str]) -> None:
        self.pattern = pattern
        self.ways = ways

    def __call__(self, text: str) -> None:
        if self.ways & {"match", "fullmatch"}:
            self.pattern.match(text)
        if not self.ways or self.ways - {"match", "fullmatch"}:
            self.pattern.search(text)
            for _ in self.pattern.finditer(text):
                pass


def patterns() -> dict[str, Use]:
    """Every pattern of every module, by where it stands."""
    found = {
        f"citecheck.checks.leaked_tokens.FORMS[{form.name}]": Use(lazy, set()) for form in FORMS for lazy in held(form)
    }
    for module in pkgutil.walk_packages(citecheck.__path__, "citecheck."):
        if module.name.startswith("citecheck.cli") or module.name.endswith("__main__"):
            continue
        imported = importlib.import_module(module.name)
        source = inspect.getsource(imported)
        for name, value in vars(imported).items():
            ways = set(re.findall(rf"\b{name}\.(\w+)\(", source))
            found.update({f"{module.name}.{name}[{place}]": Use(each, ways) for place, each in enumerate(held(value))})
    return found


def held(value: object) -> Iterator[_Lazy]:
    """The patterns in a value of a module, perhaps in its tables."""
    if isinstance(value, _Lazy):
        yield value
    elif isinstance(value, (list, tuple)):
        yield from (each for one in value for each in held(one))
    elif isinstance(value, dict):
        yield from held(list(value.values()))


def repeated(piece: str, length: int) -> str:
    """A text of many pieces, behind which something else stands, so that what looks for the end must give up."""
    return piece * (length // len(piece)) + "!"


def seconds(work: Callable[[str], object], text: str, tries: int) -> float:
    """The least that some work takes of the processor, without the garbage of everything else that is tested."""
    least = float("inf")
    gc.disable()
    try:
        for _ in range(tries):
            started = time.process_time()
            work(text)
            least = min(least, time.process_time() - started)
    finally:
        gc.enable()
    return least


def growth(work: Callable[[str], object], piece: str, length: int, tries: int) -> float:
    """How many times as long some work takes for twice the text."""
    once, twice = (repeated(piece, times * length) for times in (1, 2))
    return seconds(work, twice, tries) / max(seconds(work, once, tries), 1e-4)


def runs_away(work: Callable[[str], object], piece: str, length: int) -> bool:
    """Whether time grows with the square; looked at again before it is said, since machines have their moods."""
    return all(growth(work, piece, length, tries) > GROWTH for tries in (1, 3, 5, 9))


PATTERNS = patterns()


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 250
    assert {"search"} == PATTERNS["citecheck.recognition.entries.pieces._INITIAL[0]"].ways


def test_a_pattern_that_runs_away_is_seen() -> None:
    assert runs_away(re.compile(r"a+a+b").search, "a", 300)
    assert not runs_away(re.compile(r"a{1,9}b").search, "a", LENGTH)


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_runs_away(name: str) -> None:
    use = PATTERNS[name]
    slow = [piece for piece in PIECES if seconds(use, repeated(piece, LENGTH), 1) > SUSPICIOUS]
    assert [] == [piece for piece in slow if runs_away(use, piece, LENGTH)]


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_runs_away_behind_what_it_begins_with(name: str) -> None:
    use = PATTERNS[name]
    begun = [lambda text, beginning=beginning: use(beginning + text) for beginning in BEGINNINGS]
    slow = [work for work in begun if seconds(work, repeated(" ", LENGTH), 1) > SUSPICIOUS]
    assert not any(runs_away(work, " ", LENGTH) for work in slow)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("format", ["markdown", "text"])
def test_no_text_takes_longer_than_its_length_warrants(format: str, piece: str) -> None:
    settings = Settings(pedantic=True)
    assert not runs_away(lambda text: lint(text, format=format, settings=settings), piece, LENGTH)


@pytest.mark.parametrize("piece", MARKING)
def test_no_text_that_cites_takes_longer_than_its_length_warrants(piece: str) -> None:
    def work(text: str) -> None:
        lint(f"So [1] and [2]. {text}\n\n## Sources\n\n[1] Salts, 1901.\n[2] Pans, 1902.\n")

    assert not runs_away(work, piece, 3 * LENGTH)  # of twice as much more is refused, not read


@pytest.mark.parametrize("listing", ["5. Salt\n", "1. Salt\n3. Tea\n"])
def test_entries_that_count_backwards_are_read_in_time(listing: str) -> None:
    assert not runs_away(lambda text: parse(f"So [1].\n\nSources\n\n{listing}{text}", name="a.txt"), "2. tea\n", LENGTH)


@pytest.mark.parametrize("tag", ["a", "span"])
def test_a_tag_that_never_ends_is_read_in_time(tag: str) -> None:
    def work(text: str) -> None:
        parse(f"So [1].\n\nSources\n\n[1] Salts, 1901.\n<{tag}{text}", name="a.txt")

    assert not runs_away(work, " id=a", 2 * LENGTH)


def test_many_wide_ranges_do_not_fill_the_memory() -> None:
    document = parse("[1-200] " * 20_000 + "\n\n## Sources\n\n1. Salt.\n2. Ice.\n3. Tea.\n", name="a.md")
    assert len(document.citations) < 100_000


@pytest.mark.parametrize("mention", ["(1-200]", "sources 1-200", "[[1-](#a)[200]](#a)"])
def test_many_wide_ranges_beside_the_markers_do_not_fill_the_memory(mention: str) -> None:
    entries = "".join(f"{number}. Salt.\n" for number in range(1, 201))
    document = parse(f"So [1]. {f'{mention}; ' * 2_000}\n\n## Sources\n\n{entries}", name="a.md")
    assert 200 == len(document.cited)
    assert sum(map(len, document.cited.values())) < 50_000


def test_names_that_are_links_are_told_from_labels_in_time() -> None:
    def work(text: str) -> None:
        names = [f"[Salt{number}]" for number in range(len(text) // 2)]
        lint("".join([*(f"- {name}\n" for name in names), "\n", *(f"{name}: https://a.b\n" for name in names)]))

    assert not runs_away(work, " ", LENGTH)


def test_a_long_list_of_one_title_is_compared_in_time() -> None:
    entries = "".join(f"{at}. “A cold spring in the valley” The Courier, p. {at}\n" for at in range(1, 1501))
    text = f"It is cold [1-1500].\n\n## Sources\n\n{entries}"
    assert [] == lint(text, format="markdown", settings=Settings(select=("CC302",)))


@pytest.mark.parametrize("piece", ["a.", "“", "[", "(", "a-", "2019-", "1 ", "_a", "doi:", "A. B"])
def test_an_entry_that_never_ends_is_read_in_time(piece: str) -> None:
    text = f"It is cold [1].\n\n## Sources\n\n1. “Ice” The Courier {piece * 20_000}\n"
    told = lint(text, format="markdown", settings=Settings(select=("CC304", "CC306", "CC307", "CC309", "CC310")))
    assert all(Span(0, len(text)).covers(diagnostic.span) for diagnostic in told)
