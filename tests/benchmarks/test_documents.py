"""What is timed is what it says it is."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from citecheck import Settings, lint, parse
from tests.benchmarks.documents import STYLES, articles, large, repository

CC1 = Settings(select=("CC101", "CC102", "CC103", "CC104", "CC105"))


def test_articles_have_the_faults_that_they_are_said_to_have() -> None:
    for article in articles(100):
        format = "markdown" if article.suffix == ".md" else "text"
        found = {diagnostic.code for diagnostic in lint(article.text, format=format, settings=CC1)}
        assert found == ({article.fault} if article.fault else set())


def test_articles_cite_and_are_of_the_size_of_articles() -> None:
    some = list(articles(20 * len(STYLES)))
    assert 2_500 < sum(len(article.text) for article in some) / len(some) < 4_000
    for article in some:
        document = parse(article.text, format="markdown" if article.suffix == ".md" else "text")
        assert len(document.markers) >= 9
        assert len(document.sources) >= 6


def test_the_same_seed_makes_the_same_documents() -> None:
    assert list(articles(20)) == list(articles(20))
    assert list(islice(articles(20, seed=2), 5)) != list(islice(articles(20), 5))
    assert large(40_000) == large(40_000)


def test_a_large_document_is_sound_and_as_large_as_asked_for() -> None:
    text = large(100_000)
    assert 90_000 < len(text) < 120_000
    assert [] == lint(text, format="markdown", settings=CC1)


def test_one_file_in_ten_of_a_repository_cites(tmp_path: Path) -> None:
    repository(tmp_path, 200)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    texts = [(path.suffix, path.read_text(encoding="utf-8")) for path in files]
    citing = [text for suffix, text in texts if parse(text, format="markdown" if suffix == ".md" else "text").markers]
    assert (200, 20) == (len(files), len(citing))
