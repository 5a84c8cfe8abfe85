"""Documents in Arrow batches: a row for a row, whatever the row."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from citecheck import Settings, UsageError, lint
from citecheck.arrow import SCHEMA, lint_batch

SOUND = "Ice closed the port [1].\n\n## Sources\n\n[1] Log, 1893, p. 4.\n"
FAULTY = "Ice closed the port [3].\n\n## Sources\n\n[1] Log, 1893, p. 4.\n"
INVALID = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\x04\0\0\0"), pa.py_buffer(b"a\xff b"))
STRANGE = [None, "[1" * 20_000, "[" * 20_000, "x" * 3_000_000, "\0", "", "\ufeff[1]", "\u2028[2]\r"]
DEADLY = """
import os, signal, sys
if "citecheck.arrow.worker" in " ".join(sys.orig_argv):
    import citecheck.arrow.rows as rows
    checked = rows.row
    def row(value, work):
        words = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        if isinstance(words, str) and words.startswith("KILL"):
            once = words.removeprefix("KILL ")
            if once == "KILL" or not os.path.exists(once):
                if once != "KILL":
                    open(once, "w").close()
                os.kill(os.getpid(), signal.SIGKILL)
        if value == "SLEEP":
            import time
            time.sleep(60)
        return checked(value, work)
    rows.row = row
"""


@pytest.fixture
def deadly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workers that die of the row `KILL`, of `KILL path` once, and sleep over `SLEEP`."""
    from citecheck.arrow import isolation

    (tmp_path / "sitecustomize.py").write_text(DEADLY, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for pool in isolation._pools.values():
        pool.close()
    yield
    for pool in isolation._pools.values():
        pool.close()


def batch(*texts: str | None) -> pa.RecordBatch:
    return pa.record_batch({"id": list(range(len(texts))), "text": pa.array(texts, pa.string())})


@pytest.mark.parametrize("isolate", [False, True])
def test_a_row_says_what_lint_says(isolate: bool) -> None:
    checked = lint_batch(batch(SOUND, FAULTY), keep=["id"], isolate=isolate)
    assert ["id", *SCHEMA.names] == checked.schema.names
    one, two = checked.to_pylist()
    assert (0, None, 1.0, 1.0, 0) == tuple(
        one[name] for name in ("id", "citecheck_error", "citation_coverage", "resolvable_rate", "errors")
    )
    assert (0.0, 0.0, 2) == (two["citation_coverage"], two["resolvable_rate"], two["errors"])
    expected = [(each.code, each.message, each.span.start, each.span.end, *each.start) for each in lint(FAULTY)]
    assert expected == [
        (each["code"], each["message"], each["start"], each["end"], each["line"], each["column"])
        for each in two["diagnostics"]
    ]


@pytest.mark.parametrize("isolate", [False, True])
def test_no_row_is_lost_and_none_raises(isolate: bool) -> None:
    rows = lint_batch(batch(*STRANGE), keep=["id"], isolate=isolate, max_bytes=1_000_000).to_pylist()
    assert list(range(len(STRANGE))) == [row["id"] for row in rows]
    errors = {row["id"]: row["citecheck_error"] for row in rows if row["citecheck_error"]}
    assert {0: "no text", 3: "it has more than 1,000,000 bytes"} == errors


def test_what_is_unknown_is_null() -> None:
    (row,) = lint_batch(batch(None)).to_pylist()
    assert {"citecheck_version", "citecheck_error"} == {name for name, value in row.items() if value is not None}
    (empty,) = lint_batch(batch("")).to_pylist()
    assert (0, None, None) == (empty["citations"], empty["citation_coverage"], empty["resolvable_rate"])


@pytest.mark.parametrize(
    "column",
    [
        pa.array([FAULTY], pa.large_string()),
        pa.array([FAULTY.encode()], pa.binary()),
        pa.array([FAULTY], pa.string_view()),
        pa.array([FAULTY]).dictionary_encode(),
        pa.array([b"\xef\xbb\xbf" + FAULTY.encode()], pa.large_binary()),
    ],
    ids=lambda column: str(column.type).partition("<")[0],
)
def test_text_comes_in_any_type(column: pa.Array) -> None:
    assert [2] == lint_batch(pa.record_batch([column], ["text"])).column("errors").to_pylist()


@pytest.mark.parametrize("isolate", [False, True])
def test_bytes_that_are_no_text_are_told(isolate: bool) -> None:
    column = pa.concat_arrays([INVALID, pa.array([SOUND])])
    checked = lint_batch(pa.record_batch([column], ["text"]), isolate=isolate)
    assert ["byte 1 is not UTF-8", None] == checked.column("citecheck_error").to_pylist()
    numbers = lint_batch(pa.record_batch([pa.array([1])], ["text"]), isolate=isolate)
    assert ["a value of type int is no text"] == numbers.column("citecheck_error").to_pylist()


def test_the_metadata_says_what_offsets_count() -> None:
    diagnostic = SCHEMA.field("diagnostics").type.value_type
    assert b"code points" in diagnostic.field("start").metadata[b"unit"]
    assert all(SCHEMA.field(name).metadata[b"description"] for name in SCHEMA.names)


def test_what_the_caller_asks_for_has_to_exist() -> None:
    with pytest.raises(UsageError, match="no column of the batch is called 'txet'; did you mean 'text'"):
        lint_batch(batch(SOUND), text="txet")
    with pytest.raises(UsageError, match="no rule is called"):
        lint_batch(batch(SOUND), settings=Settings(select=("CC999",)))
    with pytest.raises(UsageError, match="'errors' cannot be kept"):
        lint_batch(pa.record_batch({"text": [SOUND], "errors": [1]}), keep=["errors"])


def test_a_row_that_always_ends_its_process_is_named(deadly: None) -> None:
    texts = [SOUND, FAULTY, "KILL", SOUND, "KILL", None, FAULTY]
    checked = lint_batch(batch(*texts), keep=["id"], isolate=True).to_pylist()
    assert list(range(7)) == [row["id"] for row in checked]
    died = "the worker died (signal 9)"
    assert [None, None, died, None, died, "no text", None] == [row["citecheck_error"] for row in checked]
    sound = lint_batch(batch(*(text for text in texts if text != "KILL"))).to_pylist()
    assert [row for row in checked if row.pop("id") not in (2, 4)] == sound


def test_a_row_that_ends_its_process_once_is_checked(deadly: None, tmp_path: Path) -> None:
    texts = [SOUND, f"KILL {tmp_path / 'once'}", FAULTY]
    assert [None, None, None] == lint_batch(batch(*texts), isolate=True).column("citecheck_error").to_pylist()


def test_a_row_that_takes_too_long_is_named(deadly: None) -> None:
    checked = lint_batch(batch(SOUND, "SLEEP", FAULTY), isolate=True, seconds=1)
    assert [None, "it takes longer than 1 seconds", None] == checked.column("citecheck_error").to_pylist()


def test_batches_give_the_same_bytes_isolated_or_not() -> None:
    texts = [SOUND, None, FAULTY, "", "\0"]
    one, other = (lint_batch(batch(*texts), keep=["id"], isolate=isolate) for isolate in (False, True))
    assert one.equals(other)
    assert json.dumps(one.to_pylist()) == json.dumps(other.to_pylist())


def test_nothing_of_arrow_is_imported_before_it_is_asked_for() -> None:
    import subprocess

    code = "import citecheck, citecheck.cli, sys; citecheck.lint('a'); sys.exit('pyarrow' in sys.modules)"
    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode
