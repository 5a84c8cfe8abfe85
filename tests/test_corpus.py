"""Tables of documents: no row lost, none invented, whatever is killed and whenever."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from citecheck.cli import status
from tests.processes import ENVIRONMENT
from tests.test_arrow import DEADLY, FAULTY, INVALID, SOUND

KILLS = int(os.environ.get("CITECHECK_TEST_KILLS", "2"))
on_linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc which processes there are")


def texts(count: int, seed: int = 0) -> list[str]:
    chance = random.Random(seed)
    return [
        chance.choice((SOUND, FAULTY)) + "\n".join("Oil burns." for _ in range(chance.randint(1, 9)))
        for _ in range(count)
    ]


def table(path: Path, rows: Sequence[str | None]) -> str:
    pq.write_table(pa.table({"id": [f"d{number}" for number in range(len(rows))], "text": rows}), path)
    return str(path)


def result(folder: Path) -> list[dict[str, Any]]:
    return [row for path in sorted((folder / "parts").iterdir()) for row in pq.read_table(path).to_pylist()]


def whole(folder: Path) -> dict[str, bytes]:
    """All that a run has left, but for the manifest, whose lines are compared by their parts."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.jsonl"
    }


def run(*arguments: str | Path) -> int:
    return status(["corpus", *map(str, arguments), "--isolated"])


def test_every_row_of_every_form_has_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"id": 1, "text": SOUND}, {"id": 2, "text": None}, {"id": 3, "text": "\ud800"}, {"id": 4}, {"text": 5}]
    data = (
        "".join(json.dumps(line) + "\n" for line in lines).encode() + b"{broken\n\n[]\n\xff\n" + b'{"id":9,"text":"x"}'
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_bytes(data)
    (tmp_path / "in" / "b.jsonl.gz").write_bytes(gzip.compress(data))
    (tmp_path / "in" / "c.jsonl.zst").write_bytes(pa.compress(data, "zstd", asbytes=True))
    column = pa.concat_arrays([INVALID, pa.array([SOUND, None])])
    batch = pa.record_batch({"id": [1, 2, 3], "text": column})
    with pa.ipc.new_file(tmp_path / "in" / "d.arrow", batch.schema) as file:
        file.write_batch(batch)
    with pa.ipc.new_stream(tmp_path / "in" / "e.arrows", batch.schema) as stream:
        stream.write_batch(batch)
    assert 0 == run(tmp_path / "in", tmp_path / "out", "--id-column", "id")
    assert "33 documents: " in capsys.readouterr().out
    rows = result(tmp_path / "out")
    of_lines = [
        *(None, "no text", "a lone surrogate is no text", "the line has no 'text'", "a value of type int is no text"),
        *("the line is not JSON", "the line is no JSON object", "the line is not JSON", None),
    ]
    of_batch = ["byte 1 is not UTF-8", None, "no text"]
    expected = [*of_lines * 3, *of_batch * 2]
    assert expected == [row["citecheck_error"] and row["citecheck_error"].partition(": ")[0] for row in rows][:33]
    assert [*range(9)] * 3 + [*range(3)] * 2 == [row["row"] for row in rows]
    assert ["1", "2", "3", "4", None, None, None, None, "9"] == [row["id"] for row in rows[:9]]


def test_the_parts_are_the_same_for_any_number_of_processes(tmp_path: Path) -> None:
    one = table(tmp_path / "a.parquet", [*texts(300), None])
    for jobs in ("1", "2"):
        assert 0 == run(one, tmp_path / jobs, "-j", jobs, "--batch-rows", "50")
    assert whole(tmp_path / "1") == whole(tmp_path / "2")
    summary = json.loads((tmp_path / "1" / "summary.json").read_text())
    assert (301, 1) == (summary["rows"], summary["unchecked"])


def test_a_finished_run_is_not_done_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = table(tmp_path / "a.parquet", texts(20))
    assert 0 == run(one, tmp_path / "out")
    before = whole(tmp_path / "out")
    first = capsys.readouterr().out
    start = time.monotonic()
    assert 0 == run(one, tmp_path / "out")
    assert time.monotonic() - start < 5
    assert (before, first) == (whole(tmp_path / "out"), capsys.readouterr().out)


def test_another_run_does_not_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = table(tmp_path / "a.parquet", texts(5))
    assert 0 == run(one, tmp_path / "out")
    assert 2 == run(one, tmp_path / "out", "--ignore", "CC102")
    assert "is of a run with other settings" in capsys.readouterr().err
    table(tmp_path / "a.parquet", texts(6))
    assert 2 == run(one, tmp_path / "out")
    assert "is of a run with other inputs" in capsys.readouterr().err
    manifest = tmp_path / "out" / "manifest.jsonl"
    manifest.write_text(manifest.read_text().replace('"version": "', '"version": "9'))
    assert 2 == run(one, tmp_path / "out")
    assert "is of a run with other version" in capsys.readouterr().err
    manifest.write_text("[1]\n")
    assert 2 == run(one, tmp_path / "out")
    assert "is no manifest" in capsys.readouterr().err
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    assert 2 == run(one, tmp_path / "mine")
    assert "is not empty" in capsys.readouterr().err
    assert ["letter.txt"] == os.listdir(tmp_path / "mine")


def test_a_sample_is_the_same_each_time(tmp_path: Path) -> None:
    one = table(tmp_path / "a.parquet", texts(200))
    rows = []
    for name, seed in (("one", "1"), ("again", "1"), ("other", "2")):
        assert 0 == run(one, tmp_path / name, "--sample", "10%", "--seed", seed)
        rows.append([row["row"] for row in result(tmp_path / name)])
    assert rows[0] == rows[1] != rows[2]
    assert 5 < len(rows[0]) < 45


def test_a_share_above_its_limit_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = table(tmp_path / "a.parquet", [FAULTY, SOUND, SOUND, None])
    assert 0 == run(one, tmp_path / "out", "--fail-over", "errors=25%,unchecked=0.25")
    assert 1 == run(one, tmp_path / "out", "--fail-over", "errors=24.9%")
    assert "errors: 1 of 4 documents, more than 24.9000%" in capsys.readouterr().err
    for wrong in ("errors", "faults=1%", "errors=x", "errors=200%"):
        assert 2 == run(one, tmp_path / "out", "--fail-over", wrong)


def test_what_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = table(tmp_path / "a.parquet", [SOUND])
    assert 2 == run(one, tmp_path / "out", "--text-column", "txet")
    assert "no column is called 'txet'; did you mean 'text'" in capsys.readouterr().err
    assert 2 == run(tmp_path / "none.parquet", tmp_path / "out2")
    assert 2 == run(one)
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    assert 2 == run(tmp_path / "b.parquet", tmp_path / "out3")
    assert "b.parquet: cannot be read" in capsys.readouterr().err


@pytest.fixture
def deadly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(DEADLY, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))


def test_rows_that_end_their_process_are_named(tmp_path: Path, deadly: None) -> None:
    rows: list[str | None] = list(texts(60))
    rows[7], rows[8], rows[40], rows[50] = "KILL", "KILL", f"KILL {tmp_path / 'once'}", "SLEEP"
    one = table(tmp_path / "a.parquet", rows)
    assert 0 == run(one, tmp_path / "out", "-j", "2", "--timeout", "2", "--batch-rows", "16")
    done = result(tmp_path / "out")
    assert list(range(60)) == [row["row"] for row in done]
    died = {row["row"]: row["citecheck_error"] for row in done if row["citecheck_error"]}
    dead = "the worker died (signal 9)"
    assert {7: dead, 8: dead, 50: "it takes longer than 2 seconds"} == died
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert [7, 8, 50] == [row["row"] for row in summary["fatal_rows"]]


# Killed at any moment ---------------------------------------------------------------------------------------


def processes(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                fields = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(name))
    return found


@on_linux
def test_a_run_that_is_killed_at_any_moment_goes_on(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(6):
        table(tmp_path / "in" / f"{number}.parquet", [*texts(40, number), None])
    command = [
        sys.executable,
        "-m",
        "citecheck",
        "corpus",
        str(tmp_path / "in"),
        "-j",
        "2",
        "--batch-rows",
        "8",
        "--isolated",
    ]
    start = time.monotonic()
    subprocess.run([*command, str(tmp_path / "calm")], env=ENVIRONMENT, check=True, capture_output=True)
    lasts = time.monotonic() - start
    expected = whole(tmp_path / "calm")
    chance = random.Random(24)
    for number in range(KILLS):
        folder = tmp_path / f"out{number}"
        kills = 0
        while True:
            errors = (tmp_path / "errors").open("w+")
            process = subprocess.Popen(
                [*command, str(folder)],
                env=ENVIRONMENT,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
            if kills < 2:
                time.sleep(chance.random() * lasts)
                victims = [process.pid] if number % 2 else [pid for pid in processes(process.pid) if pid != process.pid]
                if victims:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(chance.choice(victims), signal.SIGKILL)
                kills += 1
            code = process.wait(timeout=120)
            errors.close()
            deadline = time.monotonic() + 10
            while (left := processes(process.pid)) and time.monotonic() < deadline:
                time.sleep(0.05)
            assert [] == left, "a worker outlives its parent"
            if code == 0:
                break
            assert -signal.SIGKILL == code, (tmp_path / "errors").read_text()
        assert expected == whole(folder), number
