"""What registries answer, and what it says of entries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from citecheck.model.outcomes import Aspect, Outcome, Reason, Verification
from citecheck.recognition import parse
from citecheck.sources.online.cache import FILE, Cache
from citecheck.sources.online.lookups import Told, Wanted
from citecheck.sources.online.verifying import verifications, wanted
from tests.online.registries import PAGES, inquiry
from tests.online.server import Exchange, Respond, Server, serving

OK, WRONG, UNKNOWN = Outcome.OK, Outcome.WRONG, Outcome.UNKNOWN


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving({**PAGES, "/page": lambda exchange: exchange.send(200)}) as started:
        yield started


def told(server: Server, *asked: tuple[str, str]) -> dict[str, Told]:
    return {each.value: answer for each, answer in inquiry(server).told([Wanted(*each) for each in asked])}


def verified(server: Server, entry: str, format: str = "markdown") -> dict[Aspect, Verification]:
    """What is said of one entry, by what it is about."""
    text = entry if format == "bibtex" else f"Water rises [1].\n\n## Sources\n\n1. {entry}\n"
    document = parse(text, name="example", format=format)
    answers = dict(inquiry(server).told(wanted(document)))
    return {each.aspect: each for each in verifications(document, answers)}


def outcomes(server: Server, entry: str, format: str = "markdown") -> dict[str, str]:
    return {str(aspect): str(each.outcome) for aspect, each in verified(server, entry, format).items()}


def test_a_doi_is_asked_of_one_registry_after_another(server: Server) -> None:
    dois = ["10.9999/tides.1", "10.5281/zenodo.1", "10.7777/medra", "10.7777/page", "10.9999/invented"]
    answers = told(server, *(("doi", each) for each in dois))
    records = {doi: answer.record and (answer.record.registry, answer.record.titles) for doi, answer in answers.items()}
    assert {
        "10.9999/tides.1": ("Crossref", ("The <i>Tides</i> of Kells &amp; the Sea",)),
        "10.5281/zenodo.1": ("DataCite", ("Tide tables as software",)),
        "10.7777/medra": ("doi.org", ("On locks",)),
        "10.7777/page": ("doi.org", ()),
        "10.9999/invented": None,
    } == records
    assert [False, False, False, False, True] == [answers[doi].absent for doi in dois]


def test_registries_that_allow_it_are_asked_for_many_at_once() -> None:
    with serving(PAGES) as server:
        answers = told(
            server,
            *(("arxiv", each) for each in ("2101.00001", "2101.00002", "hep-th/9901001")),
            *(("pmid", each) for each in ("99000017", "99000019")),
            *(("isbn", each) for each in ("9780134685991", "9780306406157")),
        )
        assert 3 == server.asked.total()
    absent = {value for value, answer in answers.items() if answer.absent}
    assert {"2101.00002", "99000019"} == absent
    assert Reason.NOT_INDEXED is answers["9780306406157"].asked.answer.reason
    record = answers["2101.00001"].record
    assert record is not None
    assert ("arXiv", ("Attention to the tides",), ("Oakes",), 3) == (
        *(record.registry, record.titles, record.surnames),
        record.version,
    )


SOUND = [
    "Marlow, J. (2003). The tides of Kells and the sea. https://doi.org/10.9999/tides.1",
    "Marlow, J. (2003). The tides of Kells & the sea. https://doi.org/10.9999/tides.1",
    "H. Quillfeather, “A survey of harbour clocks”, *Clocks* 3, 2014. doi:10.9999/tides.2",
    "QUILLFEATHER H. A SURVEY OF HARBOUR CLOCKS. Clocks. 2014;3:1-9. doi:10.9999/TIDES.2",
    "Marlow, J. (2003). Water remembers. *Letters of Water*. https://doi.org/10.9999/tides.3",
    "Marlow, J. (2008). On the forms of hail. *Letters of Water*. https://doi.org/10.9999/years",
    "Marlow, J. (2004). The tides of Kells & the sea. https://doi.org/10.9999/tides.1",
    "Snow Survey. On the forms of snow. 2003. doi:10.9999/nameless",
    "Van der Stone P. Ice forgets. Lett Water. 2005;5:3-8. PMID: 99000018.",
    "Ann Oakes. Attention to the tides. arXiv:2101.00001v3 (2021).",
    "Oakes, A. (2021). Tide tables as software. Zenodo. https://doi.org/10.5281/zenodo.1 (next: 10.5281/zenodo.2)",
    "Marlow, J. (2003). Hail has a memory. *Letters of Water*. https://doi.org/10.9999/self",
    "H. Quillfeather, *The Keeping of Tea*, Lantern Press, 2014. ISBN 978-0-13-468599-1.",
]


@pytest.mark.parametrize("entry", SOUND)
def test_a_sound_entry_is_confirmed(server: Server, entry: str) -> None:
    said = outcomes(server, entry)
    assert "wrong" not in said.values(), verified(server, entry)
    assert ("ok", "ok") == (said["identifier"], said["work"])


UNSOUND = [
    ("Marlow, J. (2003). Tides. doi:10.9999/invented", Aspect.IDENTIFIER, "doi.org has no such DOI"),
    ("Oakes, A. Attention to the tides. arXiv:2101.00002", Aspect.IDENTIFIER, "arXiv has no such paper"),
    ("Marlow J. Ice forgets. 2005. PMID: 99000019", Aspect.IDENTIFIER, "PubMed has no such article"),
    (
        "Oakes, A. Attention to the tides. arXiv:2101.00001v9",
        Aspect.IDENTIFIER,
        "arXiv has no version 9 of it, but 3",
    ),
    (
        "Fenwick, T. (1998). Mills of the northern rivers. *Mills* 4. https://doi.org/10.9999/tides.2",
        Aspect.WORK,
        "Crossref has “A survey of harbour clocks” by Quillfeather under it",
    ),
    (
        "H. Quillfeather, “A survey of harbour locks”, *Clocks* 3, 2014. doi:10.9999/tides.2",
        Aspect.METADATA,
        "the title has “locks” where Crossref has “clocks”",
    ),
    (
        "H. Quillfeather, “A survey of harbour clocks”, *Clocks* 3, 1994. doi:10.9999/tides.2",
        Aspect.METADATA,
        "the entry gives the year 1994, and Crossref 2014",
    ),
    (
        "Fenwick, T. (2014). A survey of harbour clocks. *Clocks*, 3. https://doi.org/10.9999/tides.2",
        Aspect.METADATA,
        "Crossref names Quillfeather as first author",
    ),
    (
        "Marlow, J. (2003). Steam has a memory. https://doi.org/10.9999/retracted",
        Aspect.RETRACTION,
        "was retracted on 2007-06-01 (notice 10.9999/notice)",
    ),
    ("Marlow J. Ice remembers. 2004. PMID: 99000017", Aspect.RETRACTION, "was retracted"),
    (
        "Marlow, J. (2003). Dew has a memory. https://doi.org/10.9999/concern",
        Aspect.RETRACTION,
        "is under an expression of concern (notice 10.9999/notice.2)",
    ),
    (
        "Marlow, J. (2003). Fog has a memory. https://doi.org/10.9999/corrected",
        Aspect.RETRACTION,
        "was corrected (notice 10.9999/notice.3)",
    ),
    (
        "Marlow, J. (2003). Rain has a memory. https://doi.org/10.9999/old",
        Aspect.VERSION,
        "10.9999/new",
    ),
    ("Oakes, A. Attention to the tides. arXiv:2101.00001v1", Aspect.VERSION, "arXiv has version 3 of it"),
]


@pytest.mark.parametrize(("entry", "aspect", "words"), UNSOUND)
def test_what_is_wrong_is_said(server: Server, entry: str, aspect: Aspect, words: str) -> None:
    said = verified(server, entry)
    assert (WRONG, words) == (said[aspect].outcome, said[aspect].evidence)
    others = {str(each) for each, one in said.items() if one.outcome is WRONG and each is not aspect}
    assert not others & {"identifier", "work", "metadata", "retraction"}, said


UNTOLD = [
    "https://doi.org/10.9999/tides.2",  # nothing to compare
    "Fenwick, T. Mills. Figure. doi:10.9999/part",  # a part of a work
    "Fenwick, T. (1998). Mills of the northern rivers. doi:10.9999/untitled",
    "Fenwick, T. (1998). Mills of the northern rivers. doi:10.9999/nameless",  # nobody to be told by
    "Quillfeather, H. (1998). Mills of the northern rivers. doi:10.9999/tides.2",  # perhaps a title of its own
    "Петров И. Приливы северных морей и их причины. 2014. doi:10.9999/tides.2",
    "Fenwick, T. (1998). Mills of the northern rivers. ISBN 978-0-13-468599-1",  # its records are not reliable
]


@pytest.mark.parametrize("entry", UNTOLD)
def test_what_cannot_be_told_is_not(server: Server, entry: str) -> None:
    said = verified(server, entry)
    assert (UNKNOWN, Reason.CANNOT_TELL) == (said[Aspect.WORK].outcome, said[Aspect.WORK].reason)
    assert OK is said[Aspect.IDENTIFIER].outcome


def test_entries_of_a_bibliography_are_verified_as_those_of_a_text_are(server: Server) -> None:
    author = "Quillfeather, H{\\'e}l{\\`e}ne"
    sound = f"@article{{a, title={{A Survey of {{H}}arbour Clocks}}, author={{{author}}}, year={{2014}}, doi={{%s}}}}"
    assert "wrong" not in outcomes(server, sound % "10.9999/tides.2", "bibtex").values()
    assert "wrong" == outcomes(server, sound % "10.9999/tides.1", "bibtex")["work"]
    assert "wrong" == outcomes(server, sound.replace("Clocks", "Locks") % "10.9999/tides.2", "bibtex")["metadata"]


@pytest.mark.parametrize(
    "written",
    [
        *("file:///etc/passwd", "https:/example.org", "doi:10.1234/xyz"),
        *(
            "ftp://ftp.example.org/a",
            "mailto:a@example.org",
            "arXiv:9999.99999",
            "ISBN 12345",
        ),
    ],
)
def test_what_is_malformed_or_made_up_is_not_asked(written: str) -> None:
    document = parse(f"Water rises [1].\n\n## Sources\n\n1. Marlow, J. Tides. {written}\n", name="x", format="markdown")
    assert [] == list(wanted(document))


def test_an_address_of_a_registry_is_asked_as_the_identifier_that_it_names() -> None:
    entry = "Marlow, J. Tides. <https://doi.org/10.9999/tides.1> <https://arxiv.org/abs/2101.00001> <https://example.org/a#b>"
    document = parse(f"Water rises [1].\n\n## Sources\n\n1. {entry}\n", name="x", format="markdown")
    assert {("doi", "10.9999/tides.1"), ("arxiv", "2101.00001"), ("url", "https://example.org/a")} == set(
        wanted(document)
    )


# Answers that are none -------------------------------------------------------------------------------------

NO_ANSWERS: list[tuple[str, Respond, Reason]] = [
    ("doi", lambda exchange: exchange.send(403), Reason.HTTP_403),
    ("doi", lambda exchange: exchange.send(200, b"<html>Welcome to the hotel"), Reason.BROKEN),
    ("doi", lambda exchange: exchange.send(200, b'{"message": {}}'), Reason.CANNOT_TELL),
    ("doi", lambda exchange: exchange.send(200, b"[" * 50_000), Reason.BROKEN),
    ("doi", lambda exchange: exchange.send(200, b'{"message": "no table"}'), Reason.CANNOT_TELL),
    ("doi", lambda exchange: exchange.send(200, b" " * (5 << 20)), Reason.TOO_LARGE),
    ("arxiv", lambda exchange: exchange.send(200, b"Rate exceeded."), Reason.HTTP_429),
    ("arxiv", lambda exchange: exchange.send(200, b"<html><body>Welcome"), Reason.BROKEN),
    ("arxiv", lambda exchange: exchange.send(200, b"<html/>"), Reason.BROKEN),
    ("arxiv", lambda exchange: exchange.send(200, b'<!DOCTYPE a [<!ENTITY b "c">]><feed/>'), Reason.BROKEN),
    (
        "arxiv",
        lambda exchange: exchange.send(
            200, b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Error</title></entry></feed>'
        ),
        Reason.CANNOT_TELL,
    ),
    ("pmid", lambda exchange: exchange.send(200, b'{"error": "API rate limit exceeded"}'), Reason.HTTP_429),
    ("pmid", lambda exchange: exchange.send(200, b'{"result": []}'), Reason.CANNOT_TELL),
    ("isbn", lambda exchange: exchange.send(404), Reason.CANNOT_TELL),
]
ASKED = {"doi": "10.9999/tides.1", "arxiv": "2101.00001", "pmid": "99000018", "isbn": "9780134685991"}


@pytest.mark.parametrize(("scheme", "respond", "reason"), NO_ANSWERS)
def test_an_answer_that_is_none_says_nothing(scheme: str, respond: Respond, reason: Reason) -> None:
    with serving({"^/": respond}) as server:
        (answer,) = told(server, (scheme, ASKED[scheme])).values()
    assert (None, False, reason) == (answer.record, answer.absent, answer.asked.answer.reason)


def test_a_batch_that_one_identifier_spoils_is_asked_one_by_one() -> None:
    def spoilt(exchange: Exchange) -> None:
        if "," in exchange.path:
            exchange.send(200, b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Error</title></entry></feed>')
        else:
            PAGES["/api/query"](exchange)

    with serving({"/api/query": spoilt}) as server:
        answers = told(server, ("arxiv", "2101.00001"), ("arxiv", "2101.00002"))
    assert [False, True] == [answers[each].absent for each in ("2101.00001", "2101.00002")]


# The cache -------------------------------------------------------------------------------------------------


def test_a_second_run_asks_nothing(tmp_path: Path) -> None:
    asked = [Wanted("doi", "10.9999/tides.1"), Wanted("arxiv", "2101.00001"), Wanted("doi", "10.9999/invented")]
    with serving({**PAGES, "/page": lambda exchange: exchange.send(200)}) as server:
        asked.append(Wanted("url", server.url("/page")))
        runs, requests = [], []
        for _ in range(2):
            cache = Cache(str(tmp_path))
            answers = inquiry(server, cache).told(asked)
            runs.append({each: told.asked.answer for each, told in answers})
            requests.append(server.asked.total())
            cache.close()
    assert requests[0] == requests[1]
    assert runs[0] == runs[1]


def test_offline_the_cache_alone_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(PAGES) as server:
        cache = Cache(str(tmp_path))
        dict(inquiry(server, cache).told([Wanted("doi", "10.9999/tides.1")]))
        replay = inquiry(server, cache, offline=True, now=lambda: 9e9)  # centuries later
        monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("a connection was made"))
        answers = dict(replay.told([Wanted("doi", "10.9999/tides.1"), Wanted("doi", "10.9999/tides.2")]))
        cache.close()
    known, unknown = answers.values()
    assert known.record is not None
    assert Reason.OFFLINE is unknown.asked.answer.reason


def test_what_comes_to_nothing_never_takes_the_place_of_what_is_known(tmp_path: Path) -> None:
    down = [False]
    pages: dict[str, Respond] = {"/page": lambda exchange: exchange.send(503 if down[0] else 200)}
    with serving(pages) as server:
        cache, asked = Cache(str(tmp_path)), [Wanted("url", server.url("/page"))]
        dict(inquiry(server, cache).told(asked))
        down[0] = True
        (refreshed,) = dict(inquiry(server, cache, max_age=0.0).told(asked)).values()
        (kept,) = dict(inquiry(server, cache).told(asked)).values()
        cache.close()
    assert (503, 200) == (refreshed.asked.answer.status, kept.asked.answer.status)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 400, b"SQLite format 3\x00" + bytes(4000)])
def test_a_damaged_cache_is_begun_afresh(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / ".citecheck_cache"
    folder.mkdir()
    (folder / FILE).write_bytes(content)
    with serving(PAGES) as server:
        for _ in range(2):
            cache = Cache(str(folder))
            dict(inquiry(server, cache).told([Wanted("pmid", "99000018")]))
            cache.close()
        assert 1 == server.asked.total()


FORGED = [
    "CREATE TRIGGER IF NOT EXISTS t AFTER INSERT ON answer BEGIN DELETE FROM answer; END",
    "CREATE VIEW IF NOT EXISTS v AS SELECT load_extension('x')",
    "CREATE TABLE IF NOT EXISTS other (a)",
    "UPDATE answer SET body = 'text'",
    "UPDATE answer SET status = 'x'",
    "UPDATE answer SET reason = 'because'",
    "UPDATE answer SET headers = '[' || headers",
    "UPDATE answer SET body = x'5b5b'",
    "UPDATE answer SET body = CAST('[\"Crossref\", 3, [], [], [], 0, false]' AS BLOB)",
    "UPDATE answer SET at = 9e99",
]


@pytest.mark.parametrize("forgery", FORGED)
def test_a_forged_row_counts_for_nothing(tmp_path: Path, forgery: str) -> None:
    import sqlite3

    with serving(PAGES) as server:
        for _ in range(2):
            cache = Cache(str(tmp_path))
            (answer,) = dict(inquiry(server, cache).told([Wanted("pmid", "99000018")])).values()
            assert answer.record is not None
            cache.close()
            with sqlite3.connect(tmp_path / FILE) as database:
                database.execute(forgery)
            database.close()
        assert 2 == server.asked.total()


def test_a_link_in_place_of_the_cache_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite"
    elsewhere.write_bytes(b"mine")
    folder = tmp_path / "cache"
    folder.mkdir()
    for beside in ("", "-wal", "-journal"):
        (folder / f"{FILE}{beside}").symlink_to(elsewhere)
    cache = Cache(str(folder))
    cache.close()
    assert b"mine" == elsewhere.read_bytes()
