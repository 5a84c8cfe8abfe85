"""The parts of a run, timed on their own: `pytest tests/benchmarks --benchmark-only -n0`. Elsewhere each runs once."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from citecheck import Settings
from citecheck.engine.fixing import Fixed, fix_document
from citecheck.engine.linting import lint_document
from citecheck.model.document import Document
from citecheck.model.results import Result
from citecheck.recognition import parse
from citecheck.reports import REPORTS
from citecheck.reports.terminal import Screen
from tests.benchmarks.documents import STYLES, alike, articles, doubled, large, unused

Made = TypeVar("Made")
ARTICLES = tuple(articles(3 * len(STYLES)))
FORMATS = {".md": "markdown", ".txt": "text"}


def parsed() -> list[Document]:
    return [parse(each.text, name=f"article{each.suffix}", format=FORMATS[each.suffix]) for each in ARTICLES]


def linted(documents: list[Document]) -> list[Result]:
    return [lint_document(document, settings=Settings()) for document in documents]


def afresh(benchmark: BenchmarkFixture, work: Callable[[list[Document]], list[Made]]) -> list[Made]:
    """What some work makes of documents that nobody has looked at yet."""
    made = benchmark.pedantic(work, setup=lambda: ((parsed(),), {}), rounds=5)  # type: ignore[no-untyped-call]
    return cast("list[Made]", made)


def test_reading_articles(benchmark: BenchmarkFixture) -> None:
    documents = benchmark(parsed)
    assert len(ARTICLES) == len(documents)
    assert all(document.citations and document.sources for document in documents)


def test_reading_what_the_entries_of_articles_say(benchmark: BenchmarkFixture) -> None:
    def titles(documents: list[Document]) -> list[bool]:
        return [source.record.title is not None for document in documents for source in document.sources]

    named = afresh(benchmark, titles)
    assert named
    assert all(named)


def test_reading_a_long_document(benchmark: BenchmarkFixture) -> None:
    text = large(100_000)
    assert 66 == len(benchmark(parse, text, name="large.md", format="markdown").sources)


def test_checking_articles(benchmark: BenchmarkFixture) -> None:
    results = afresh(benchmark, linted)
    faults = {each.fault for each in ARTICLES} - {None}
    assert faults <= {diagnostic.code for result in results for diagnostic in result.diagnostics}


@pytest.mark.parametrize(("make", "code"), [(unused, "CC102"), (doubled, "CC302")])
def test_taking_sources_out(benchmark: BenchmarkFixture, make: Callable[[int], str], code: str) -> None:
    read = partial(parse, name="large.md", format="markdown")
    text = make(80)

    def fixed() -> Fixed:
        return fix_document(read(text), Settings(select=("CC102", "CC302")), read, unsafe=True)

    done = benchmark.pedantic(fixed, rounds=3)  # type: ignore[no-untyped-call]
    assert {code} == set(done.counts)
    assert done.counts[code] >= 80


def test_comparing_titles(benchmark: BenchmarkFixture) -> None:
    document = parse(alike(80), name="large.md", format="markdown")
    result = benchmark.pedantic(lint_document, (document, Settings(pedantic=True)), rounds=3)  # type: ignore[no-untyped-call]
    assert {"CC302", "CC303"} & {diagnostic.code for diagnostic in result.diagnostics}


@pytest.mark.parametrize("name", ["text", "concise", "json", "sarif"])
def test_reporting_on_articles(benchmark: BenchmarkFixture, name: str) -> None:
    results = linted(parsed())

    def written() -> str:
        stream = io.StringIO()
        REPORTS[name](results, stream, Screen(80))
        return stream.getvalue()

    told = benchmark(written)
    assert all(diagnostic.code in told for result in results for diagnostic in result.diagnostics)
