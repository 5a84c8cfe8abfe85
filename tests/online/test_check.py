"""`citecheck check --online` as its users run it, against registries and hosts on the loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.online.registries import HOSTS, PAGES
from tests.online.server import LOOPBACK, Server, serving
from tests.processes import ENVIRONMENT

SCHEMA = json.loads((Path(__file__).parents[1] / "contracts" / "check.schema.json").read_text(encoding="utf-8"))
SOUND = "1. Marlow, J. (2003). The tides of Kells and the sea. *Letters of Water*, 4. https://doi.org/10.9999/tides.1\n"
OTHER = "1. Fenwick, T. (1998). Mills of the northern rivers. *Mills*, 4. https://doi.org/10.9999/tides.2\n"
TEXT = "# Tides\n\nThe tide comes twice a day [1].\n\n## Sources\n\n"


@pytest.fixture
def server() -> Iterator[Server]:
    pages = {**PAGES, "/page": lambda exchange: exchange.send(200), "/403": lambda exchange: exchange.send(403)}
    with serving(pages) as started:
        yield started


def check(
    folder: Path, *given: str, server: Server | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command in a folder, with the registries and the pages of a server."""
    at = f"{LOOPBACK}:{server.port}" if server else ""
    there = ["--allow-private", at, *(word for name in HOSTS for word in ("--registry", f"{name}=http://{at}"))]
    command = [sys.executable, "-m", "citecheck", "check", *given, *(there if server else [])]
    return subprocess.run(
        command,
        cwd=folder,
        env={**ENVIRONMENT, "NO_COLOR": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def written(folder: Path, entry: str, name: str = "tides.md") -> Path:
    (folder / name).write_text(TEXT + entry, encoding="utf-8")
    return folder


def test_what_is_confirmed_passes_and_is_counted(tmp_path: Path, server: Server) -> None:
    done = check(written(tmp_path, SOUND), "--online", server=server)
    assert 0 == done.returncode, done
    assert "no faults found\nagainst sources: 1 ok, 0 wrong\n" == done.stdout.partition(": ")[2]
    again = check(tmp_path, "--online", server=server)
    assert done.stdout == again.stdout
    assert 1 == server.asked.total()


def test_what_is_wrong_fails(tmp_path: Path, server: Server) -> None:
    done = check(written(tmp_path, OTHER), "--online", "--format", "concise", server=server)
    assert 1 == done.returncode
    assert (
        "CC802 [error] doi:10.9999/tides.2 is not the work of source 1: Crossref has “A survey of harbour clocks”"
        in done.stdout
    )


def test_entries_of_a_bibliography_are_asked_about_too(tmp_path: Path, server: Server) -> None:
    entry = (
        "@article{a, title={Mills of the Northern Rivers}, author={Fenwick, T.}, year={1998}, doi={10.9999/tides.2}}\n"
    )
    (tmp_path / "tides.bib").write_text(entry, encoding="utf-8")
    done = check(tmp_path, "--online", "--select", "CC802", "--format", "json", server=server)
    (found,) = json.loads(done.stdout)["diagnostics"]
    assert ("CC802", "a") == (found["code"], found["label"])
    assert "10.9999/tides.2" == entry[found["start"] : found["end"]]


def test_a_refusal_neither_fails_nor_passes_as_checked(tmp_path: Path, server: Server) -> None:
    entry = f"{SOUND}2. Harbour Board. *Tide clocks*. {server.url('/403')}\n".replace("1. ", "1. ", 1)
    (tmp_path / "tides.md").write_text(TEXT.replace("[1]", "[1][2]") + entry, encoding="utf-8")
    done = check(tmp_path, "--online", "--ignore", "CC408", server=server)
    assert 0 == done.returncode, done
    assert "against sources: 1 ok, 0 wrong, 1 could not be checked (1 × HTTP 403)\n" in done.stdout
    assert "info: 1 question about sources could not be answered: 1 × HTTP 403" in done.stdout
    short = check(tmp_path, "--online", "--ignore", "CC408", "--require-checked", "0.8", server=server)
    assert 1 == short.returncode
    assert "asked about 2 sources, of which 50% could be checked, and --require-checked wants 80%" in short.stderr


@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "github"])
def test_a_run_that_could_check_nothing_has_failed(tmp_path: Path, format: str) -> None:
    with serving({"^/": lambda exchange: exchange.send(403)}) as server:
        done = check(written(tmp_path, SOUND), "--online", "--format", format, "--exit-zero", server=server)
    assert 2 == done.returncode
    assert "asked about 1 source, and none could be checked" in done.stderr


def test_offline_replays_and_makes_no_connection(tmp_path: Path, server: Server) -> None:
    first = check(written(tmp_path, OTHER), "--online", server=server)
    asked = server.asked.total()
    server.close()
    replay = check(tmp_path, "--online", "--offline", server=server)
    assert (first.stdout, first.returncode) == (replay.stdout, replay.returncode)
    unknown = check(written(tmp_path, SOUND), "--online", "--offline", server=server)
    assert 2 == unknown.returncode
    assert "(1 × offline)" in unknown.stdout
    assert asked == server.asked.total()


def test_refresh_and_max_age_ask_again(tmp_path: Path, server: Server) -> None:
    written(tmp_path, SOUND)
    for given, asked in (((), 1), (("--max-age", "1h"), 1), (("--max-age", "0s"), 2), (("--refresh",), 3), ((), 3)):
        assert 0 == check(tmp_path, "--online", *given, server=server).returncode
        assert asked == server.asked.total(), given


def test_a_dry_run_lists_all_that_would_be_sent_and_asks_nothing(tmp_path: Path, server: Server) -> None:
    entry = f"{SOUND}2. Secret words, never sent. {server.url('/page')}#part PMID: 99000018. arXiv:2101.00001v2\n"
    done = check(written(tmp_path, entry), "--online", "--dry-run", server=server, CITECHECK_MAILTO="me@example.org")
    base = f"http://{LOOPBACK}:{server.port}"
    assert (0, 0) == (done.returncode, server.asked.total())
    assert [
        LOOPBACK,
        f"  GET {base}/works/10.9999%2Ftides.1",
        f"  GET {base}/api/query?id_list=2101.00001&max_results=1",
        f"  GET {base}/entrez/eutils/esummary.fcgi?db=pubmed&retmode=json&tool=citecheck&id=99000018",
        f"  GET {base}/page",
        "",
        "sent with each: User-Agent: citecheck/0.1.0 (mailto:me@example.org)",
        "a DOI that its registry does not have is asked of the next: Crossref, DataCite, doi.org",
        "4 requests to 1 host",
    ] == done.stdout.splitlines()
    check(tmp_path, "--online", server=server)
    sent = [f"  GET {base}{path}" for _, _, path, _ in server.log]
    assert set(sent) == {line for line in done.stdout.splitlines() if line.startswith("  GET")}


def test_nothing_of_a_document_leaves_but_identifiers_and_addresses(tmp_path: Path, server: Server) -> None:
    check(written(tmp_path, SOUND), "--online", server=server, CITECHECK_MAILTO="me@example.org")
    ((_, host, path, headers),) = server.log
    assert ("/works/10.9999%2Ftides.1", f"{LOOPBACK}:{server.port}") == (path, host)
    assert "citecheck/0.1.0 (mailto:me@example.org)" == headers["user-agent"]
    assert b"me@example.org" not in b"".join(each.read_bytes() for each in tmp_path.rglob("*.sqlite*"))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "169.254.169.254", "[::1]", "2130706433"])
def test_a_document_cannot_make_it_connect_to_the_machine_itself(tmp_path: Path, host: str) -> None:
    with serving({"^/": lambda exchange: exchange.send(200)}) as server:
        written(tmp_path, f"1. Harbour Board. *Tide clocks*. http://{host}:{server.port}/ and http://{host}/x\n")
        (tmp_path / "citecheck.toml").write_text("", encoding="utf-8")
        done = check(tmp_path, "--online", "--select", "CC8")
        assert 0 == server.connections
    assert 2 == done.returncode
    assert "× refused" in done.stdout


def test_json_sarif_and_junit_have_what_could_not_be_checked(tmp_path: Path, server: Server) -> None:
    entry = f"{SOUND}2. Harbour Board. *Tide clocks*. {server.url('/403')}\n3. Nothing to ask, p. 3.\n"
    (tmp_path / "tides.md").write_text(TEXT.replace("[1]", "[1][2][3]") + entry, encoding="utf-8")
    given = (
        "--online",
        "--ignore",
        "CC408",
        "--format",
        "json",
        "--format",
        "sarif:a.sarif",
        "--format",
        "junit:a.xml",
    )
    told = json.loads(check(tmp_path, *given, server=server).stdout)
    Draft202012Validator(SCHEMA).validate(told)
    assert {"asked": 2, "ok": 1, "wrong": 0, "unknown": 1}.items() <= told["summary"].items()
    assert [
        ("1", "identifier", "ok", None),
        ("1", "work", "ok", None),
        ("1", "metadata", "ok", None),
        ("1", "retraction", "ok", None),
        ("2", "link", "unknown", "http-403"),
        ("3", "identifier", "unknown", "no-locator"),
    ] == [(each["labels"][0], each["check"], each["outcome"], each["reason"]) for each in told["verification"]]
    (run,) = json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["runs"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert ("note", True) == (note["level"], note["message"]["text"].endswith("source 2: HTTP 403"))
    assert '<skipped message="could not be checked"/>' in (tmp_path / "a.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--offline",), "--offline does nothing without --online"),
        (("--online", "--fix"), "--fix cannot be combined with --online"),
        (("--online", "--offline", "--refresh"), "--refresh cannot be combined with --offline"),
        (("--online", "--max-age", "soon"), "--max-age takes a number and s, m, h, d or w, such as 12h, not soon"),
        (("--online", "--require-checked", "80"), "--require-checked takes a share from 0 to 1"),
        (("--online", "--registry", "Krossref=http://a"), "no registry is called 'krossref'; did you mean 'crossref'?"),
        (("--online", "--registry", "Crossref=mirror"), "--registry takes a name and an address"),
        (("--online", "--allow-private", "example.org"), "--allow-private takes an address such as 10.0.0.7"),
        (("--select", "CC801"), "rule 'CC801' is checked only with --online"),
    ],
)
def test_what_could_do_nothing_is_refused(tmp_path: Path, given: tuple[str, ...], words: str) -> None:
    done = check(written(tmp_path, SOUND), *given)
    assert (2, "") == (done.returncode, done.stdout)
    assert words in done.stderr


def test_mail_that_is_no_address_is_refused(tmp_path: Path) -> None:
    done = check(written(tmp_path, SOUND), "--online", CITECHECK_MAILTO="a@b\r\nX-Evil: 1")
    assert (2, "citecheck: CITECHECK_MAILTO is no address of mail\n") == (done.returncode, done.stderr)


def test_the_repository_cannot_allow_private_addresses(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('allow-private = ["127.0.0.1"]\n', encoding="utf-8")
    done = check(written(tmp_path, SOUND), "--online")
    assert 2 == done.returncode
    assert "allow-private" in done.stderr


def test_ignore_comments_for_online_rules_are_judged_online_only(tmp_path: Path, server: Server) -> None:
    ignored = f"<!-- citecheck: ignore CC802 -->\n{OTHER}"
    assert 0 == check(written(tmp_path, ignored), "--fail-on", "info").returncode
    assert 0 == check(tmp_path, "--online", "--select", "CC802,CC901", server=server).returncode


IMPORTED = """
import sys
from citecheck.cli import status
status(sys.argv[1:])
bad = {"http", "http.client", "ssl", "_ssl", "socket", "_socket", "sqlite3", "urllib3", "certifi"} & set(sys.modules)
online = [name for name in sys.modules if name.startswith("citecheck.sources.online")]
sys.exit(f"imported: {sorted(bad)} {online}" if bad or online else 0)
"""


@pytest.mark.parametrize(
    "given", [("check", "."), ("check", "--no-cache", "--pedantic", "."), ("rules",), ("inspect", ".")]
)
def test_without_online_nothing_of_the_network_is_imported(tmp_path: Path, given: tuple[str, ...]) -> None:
    written(tmp_path, SOUND)
    (tmp_path / "a.bib").write_text("@misc{a, title={Tides}, doi={10.9999/tides.1}}", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, *given],
        cwd=tmp_path,
        env=os.environ | ENVIRONMENT,
        capture_output=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    missing = (
        "import sys; sys.modules['urllib3'] = None; from citecheck.cli import status; sys.exit(status(sys.argv[1:]))"
    )
    written(tmp_path, SOUND)
    done = subprocess.run(
        [sys.executable, "-c", missing, "check", "--online", "."],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    told = "citecheck: --online needs urllib3; `pip install 'citecheck-lint[online]'` installs it\n"
    assert (2, told) == (done.returncode, done.stderr)
