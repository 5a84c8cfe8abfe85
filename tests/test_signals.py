"""What a signal leaves behind, whatever signal it is: no worker, no unfinished file that stays, no empty report."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from citecheck.files.writing import FOLDER, replacing
from tests.processes import ENVIRONMENT, behind

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals")

COMMAND = [sys.executable, "-m", "citecheck"]
ENTRY = "## Sources\n\n[1] Thermometry for kitchens, 2019, https://kitchens.example/page.\n"
REPEATED = "".join(f"The kettle boils for the {number}th time [1][1].\n\n" for number in range(40)) + ENTRY
TESTS = [sys.executable, "-m", "pytest", "-q", "-n0", "tests/test_cli.py", "tests/test_running.py"]
INTERRUPTED = "an_interruption or watching_checks_again"
KILLS = int(os.environ.get("CITECHECK_TEST_KILLS", "5"))


# Workers ----------------------------------------------------------------------------------------------------


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """The command in a process group of its own, of which nothing is left afterwards."""
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def alive(group: int) -> list[int]:
    """The processes of a group that have not ended."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,pgid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in listed.splitlines())
    return [int(pid) for pid, own, state, *_ in rows if int(own) == group and not state.startswith("Z")]


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether something comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGKILL"])
@pytest.mark.skipif(shutil.which("ps") is None, reason="nothing lists processes")
def test_workers_end_with_their_parent(name: str, tmp_path: Path) -> None:
    text = "".join(f"The kettle boils for the {number}th time [{number % 9}].\n\n" for number in range(8_000)) + ENTRY
    for number in range(12):  # which are not alike, or one would be checked for all
        (tmp_path / f"{number}.md").write_text(f"Kettle {number}.\n\n{text}", encoding="utf-8")
    with started(tmp_path, "check", "--no-cache", "--quiet", "--jobs", "2") as process:
        assert until(lambda: len(alive(process.pid)) > 2, 60), "the workers did not start"
        process.send_signal(getattr(signal, name))
        process.wait(timeout=60)
        assert until(lambda: not alive(process.pid), 10), f"left after {name}: {alive(process.pid)}"


# Unfinished files -------------------------------------------------------------------------------------------


def unfinished(folder: Path) -> list[str]:
    """What is left of files that were not written to their end, in a folder and below."""
    return sorted(each.name for each in folder.rglob("*.tmp"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of documents that can all be fixed."""
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    (tmp_path / "docs").mkdir()
    for number in range(60):
        (tmp_path / "docs" / f"{number:02}.md").write_text(REPEATED, encoding="utf-8")
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    return tmp_path


def untracked(folder: Path) -> str:
    """What git shows of a folder that it does not know."""
    command = ["git", "ls-files", "--others", "--exclude-standard"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


KILLED = """
import os, signal
from citecheck.files import writing as replacing
from citecheck.cli import main
replacing.os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # all is written, and has no name yet
main()
"""
PORTERS = "I. Marlowe-Tan, “Porters of the upper valleys”, Journal of Mountain Trade 12, 2009, pp. 45–61."
KEEPING = "H. Quillfeather, The Keeping of Tea, Lantern Press, 2014, pp. 88–97."
CHANGED = {
    ("check", "--fix"): REPEATED,
    ("check", "--fix", "--no-cache"): REPEATED,
    ("renumber",): f"Kept [2], then carried [1].\n\n## Sources\n\n[1] {PORTERS}\n[2] {KEEPING}\n",
    ("merge",): f"Carried [1], then sold [2].\n\n## Sources\n\n[1] {PORTERS}\n[2] {PORTERS}\n",
}


@pytest.mark.parametrize("arguments", CHANGED)
@pytest.mark.parametrize("in_repository", [True, False])
def test_what_a_kill_leaves_is_hidden_from_git_and_taken_away_later(
    arguments: tuple[str, ...], in_repository: bool, tmp_path: Path
) -> None:
    document = tmp_path / "docs" / "kettle.md"
    document.parent.mkdir()
    document.write_text(CHANGED[arguments], encoding="utf-8")
    if in_repository:
        git(tmp_path, "init", "-q", ".")
        git(tmp_path, "add", ".")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments, "docs"], cwd=tmp_path, env=ENVIRONMENT, check=False
    )
    assert -signal.SIGKILL == killed.returncode
    assert CHANGED[arguments] == document.read_text(encoding="utf-8")
    assert 1 == len(unfinished(tmp_path))
    if in_repository:
        assert "" == git(tmp_path, "status", "--short").replace("A  docs/kettle.md\n", "")
        assert 0o700 == stat.S_IMODE((tmp_path / FOLDER).stat().st_mode)
    subprocess.run([*COMMAND, "check", "docs"], cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=False)
    assert [] == unfinished(tmp_path)


def test_kills_at_any_moment_leave_nothing_that_the_next_run_does_not_take_away(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", ".")
    chance = random.Random(7)
    for _ in range(KILLS):
        for number in range(300):
            (tmp_path / f"{number:03}.md").write_text(REPEATED, encoding="utf-8")
        git(tmp_path, "add", ".")
        with started(tmp_path, "check", "--fix", "--select", "CC107", ".") as process:
            time.sleep(chance.uniform(0.3, 3.0))
            process.kill()
        assert "" == git(tmp_path, "ls-files", "--others", "--exclude-standard")
    (tmp_path / "000.md").write_text(REPEATED, encoding="utf-8")
    subprocess.run([*COMMAND, "check", "--fix", "000.md", "--quiet"], cwd=tmp_path, env=ENVIRONMENT, check=True)
    assert [] == unfinished(tmp_path)


def test_what_is_still_being_written_is_not_taken_away(tmp_path: Path) -> None:
    path = str(tmp_path / "kettle.md")
    with replacing(path, None) as file:
        file.write(b"Boils.")
        command = [
            sys.executable,
            "-c",
            "import sys; from citecheck.files.writing import sweep; sweep(sys.argv[1:])",
            path,
        ]
        subprocess.run(command, env=ENVIRONMENT, check=True)
    assert "Boils." == Path(path).read_text(encoding="utf-8")
    assert [] == unfinished(tmp_path)


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("linked", ["link", "file"])
def test_a_folder_that_is_no_folder_is_not_written_to(linked: str, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", ".")
    (tmp_path / "outside").mkdir()
    if linked == "link":
        (tmp_path / FOLDER).symlink_to("outside")
    else:
        (tmp_path / FOLDER).write_text("mine", encoding="utf-8")
    (tmp_path / "kettle.md").write_text(REPEATED, encoding="utf-8")
    subprocess.run([*COMMAND, "check", "--fix", "--quiet"], cwd=tmp_path, env=ENVIRONMENT, check=True)
    assert "[1][1]" not in (tmp_path / "kettle.md").read_text(encoding="utf-8")
    assert [] == os.listdir(tmp_path / "outside")
    assert [] == unfinished(tmp_path)


# A full disk ------------------------------------------------------------------------------------------------

ROOM = 400  # bytes; a file that grows beyond that is refused as by a full disk, since Python ignores SIGXFSZ


def on_a_full_disk(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command where no file has room for what it writes."""
    return subprocess.run(
        behind(f"import resource as r; r.setrlimit(r.RLIMIT_FSIZE, ({ROOM}, {ROOM}))", [*COMMAND, *arguments]),
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("old", [None, "{}"])
@pytest.mark.parametrize("in_repository", [True, False])
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("baseline", "--baseline", "out.json"), "out.json: the baseline cannot be written"),
        (("check", "--no-cache", "--format", "json", "--output", "out.json"), "out.json: the report cannot be written"),
        (("check", "--no-cache", "--format", "sarif:out.json"), "out.json: the report cannot be written"),
    ],
)
def test_a_full_disk_leaves_the_old_file_or_none(
    arguments: tuple[str, ...], told: str, in_repository: bool, old: str | None, tmp_path: Path
) -> None:
    if in_repository:
        git(tmp_path, "init", "-q", ".")
    for number in range(20):
        (tmp_path / f"{number}.md").write_text(f"Boils {number} [{number + 2}].\n\n{ENTRY}", encoding="utf-8")
    if old is not None:
        old = '{"version": 1, "files": {}}'
        (tmp_path / "out.json").write_text(old, encoding="utf-8")
    done = on_a_full_disk(tmp_path, *arguments)
    assert (2, f"citecheck: {told}: File too large\n") == (done.returncode, done.stderr)
    assert old == ((tmp_path / "out.json").read_text(encoding="utf-8") if old else None)
    assert (tmp_path / "out.json").exists() is (old is not None)
    assert [] == unfinished(tmp_path)


def test_a_report_keeps_the_mode_of_the_file_it_replaces_and_goes_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(REPEATED, encoding="utf-8")
    (tmp_path / "real.json").write_text("{}", encoding="utf-8")
    (tmp_path / "real.json").chmod(0o640)
    (tmp_path / "out.json").symlink_to("real.json")
    subprocess.run([*COMMAND, "check", "--format", "json:out.json"], cwd=tmp_path, env=ENVIRONMENT, check=False)
    assert (tmp_path / "out.json").is_symlink()
    assert 0o640 == stat.S_IMODE((tmp_path / "real.json").stat().st_mode)
    assert "diagnostics" in json.loads((tmp_path / "real.json").read_text(encoding="utf-8"))


def test_a_report_may_go_to_a_pipe_or_a_device(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(REPEATED, encoding="utf-8")
    command = [*COMMAND, "check", "--format", "json:/dev/stdout", "--format", "concise:/dev/null", "--exit-zero"]
    done = subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert "CC107" in done.stdout


# The tests --------------------------------------------------------------------------------------------------


def test_the_tests_of_interruptions_end_where_interruptions_are_ignored() -> None:
    """As behind `nohup`, and in the background of a script."""
    root = Path(__file__).parents[1]
    done = subprocess.run(
        behind("import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)", [*TESTS, "-k", INTERRUPTED]),
        cwd=root,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert 0 == done.returncode, done.stdout
