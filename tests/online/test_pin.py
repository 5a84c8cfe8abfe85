"""`citecheck pin` as its users run it: pages fetched, stored, and fetched again to see what has drifted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.online.server import LOOPBACK, Exchange, Server, serving
from tests.processes import ENVIRONMENT

PAGE = "<!doctype html><title>Tides</title><h1>Tides</h1><p>The sea comes to Kells twice a day, and leaves {}."
TEXT = "The survey says that “the sea comes to Kells twice a day” [1], and asks why [2].\n\n## Sources\n\n"


class Site:
    """A page that may change, and one that robots may not copy."""

    def __init__(self) -> None:
        self.words = "twice"
        self.gone = False

    def page(self, exchange: Exchange) -> None:
        if self.gone:
            exchange.send(404, b"")
        else:
            exchange.send(200, PAGE.format(self.words).replace("twice", self.words).encode())

    def robots(self, exchange: Exchange) -> None:
        exchange.send(200, b"User-agent: *\nDisallow: /private/\n", content_type="text/plain")


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def server(site: Site) -> Iterator[Server]:
    pages = {"/tides": site.page, "/robots.txt": site.robots, "^/private/": site.page}
    with serving(pages) as started:
        yield started


def run(folder: Path, *given: str, server: Server | None = None) -> subprocess.CompletedProcess[str]:
    there = ["--allow-private", f"{LOOPBACK}:{server.port}"] if server else []
    return subprocess.run(
        [sys.executable, "-m", "citecheck", *given, *there],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path, server: Server) -> Path:
    entries = (
        f"1. Harbour Board. *Tides*. {server.url('/tides')}\n2. Harbour Board. *Notes*. {server.url('/private/a')}\n"
    )
    (tmp_path / "tides.md").write_text(TEXT + entries, encoding="utf-8")
    return tmp_path


def test_pages_are_pinned_and_quotations_checked_against_them(folder: Path, server: Server) -> None:
    done = run(folder, "pin", "--keep", "text", ".", server=server)
    assert 0 == done.returncode, done
    assert "not fetched: its robots.txt does not allow a copy" in done.stdout
    assert 1 == len(list((folder / "citecheck-snapshots").iterdir()))
    assert 0 == run(folder, "check", "--select", "CC701,CC702").returncode
    assert {"/robots.txt": 1, "/tides": 1} == server.asked
    text = (folder / "tides.md").read_text(encoding="utf-8")
    (folder / "tides.md").write_text(text.replace("twice a day", "thrice a day"), encoding="utf-8")
    found = run(folder, "check", "--select", "CC7", "--format", "concise")
    assert (1, True) == (found.returncode, "CC701" in found.stdout)


def test_what_has_drifted_is_said_and_nothing_is_stored(folder: Path, server: Server, site: Site) -> None:
    run(folder, "pin", ".", server=server)
    lock = (folder / "citecheck.lock").read_bytes()
    assert 0 == run(folder, "pin", "--check", ".", server=server).returncode
    site.words = "thrice"
    drifted = run(folder, "pin", "--check", ".", server=server)
    assert (1, True) == (
        drifted.returncode,
        "no longer has “the sea comes to kells twice a day”" in drifted.stdout.lower(),
    )
    site.gone = True
    gone = run(folder, "pin", "--check", ".", server=server)
    assert (1, True) == (gone.returncode, "not fetched: HTTP 404" in gone.stdout)
    assert lock == (folder / "citecheck.lock").read_bytes()


def test_only_what_is_missing_is_fetched(folder: Path, server: Server) -> None:
    run(folder, "pin", ".", server=server)
    (folder / ".citecheck_cache" / "online-1.sqlite").unlink()
    run(folder, "pin", "--missing", ".", server=server)
    assert 1 == server.asked["/tides"]


def test_a_dry_run_fetches_nothing(folder: Path, server: Server) -> None:
    done = run(folder, "pin", "--dry-run", ".", server=server)
    assert (0, 2, 0) == (done.returncode, done.stdout.count("GET http://"), server.connections)
    assert not (folder / "citecheck.lock").exists()


def test_a_run_that_fetches_nothing_has_failed(folder: Path, server: Server) -> None:
    assert 2 == run(folder, "pin", ".").returncode
    assert 0 == server.connections


def test_files_and_pages_are_not_pinned_at_once(folder: Path) -> None:
    done = run(folder, "pin", "--missing", "--from", "a.html", ".")
    assert (2, True) == (done.returncode, "--from reads a file" in done.stderr)
