"""The recipes of `examples/pipelines/`, each run by its engine or framework: `pytest -m engines`.

Every engine has to return the rows that a plain loop has, byte for byte, and none may lose a row to another.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from citecheck.arrow import lint_batch
from citecheck.cli import status
from tests.test_arrow import DEADLY, FAULTY, SOUND

pytestmark = [pytest.mark.engines, pytest.mark.filterwarnings("ignore")]
RECIPES = Path(__file__).parents[1] / "examples" / "pipelines"
ROWS = 240
PARTS = 4  # files, so that engines have something to share out


@pytest.fixture(autouse=True)
def recipes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(RECIPES))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(RECIPES), str(RECIPES.parents[1])]))


@pytest.fixture
def deadly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The processes that check rows die of the row `KILL`, and of `KILL path` once."""
    from citecheck.arrow import isolation

    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(DEADLY, encoding="utf-8")
    monkeypatch.syspath_prepend(str(hook))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(hook), os.environ["PYTHONPATH"]]))
    for pool in isolation._pools.values():
        pool.close()
    yield tmp_path
    for pool in isolation._pools.values():
        pool.close()


def documents(extra: dict[int, str | None] | None = None) -> list[str | None]:
    chance = random.Random(1)
    rows: list[str | None] = [
        chance.choice((SOUND, FAULTY)) + "Oil burns.\n" * chance.randint(0, 5) for _ in range(ROWS)
    ]
    for place, text in {3: None, 10: "[1" * 1_000, 11: "\0", 12: "", **(extra or {})}.items():
        rows[place] = text
    return rows


def written(folder: Path, rows: list[str | None], kind: pa.DataType | None = None) -> str:
    folder.mkdir()
    size = len(rows) // PARTS
    for part in range(PARTS):
        own = rows[part * size : (part + 1) * size]
        column = pa.array([None if text is None else text.encode() for text in own], pa.binary()).cast(
            kind or pa.string()
        )
        ids = pa.array(range(part * size, part * size + len(own)), pa.int64())
        pq.write_table(pa.table({"id": ids, "text": column}), folder / f"{part}.parquet")
    return str(folder)


def canonical(rows: list[dict[str, Any]]) -> str:
    return json.dumps(sorted(rows, key=lambda row: row["id"]), sort_keys=True)


def loop(rows: list[str | None]) -> str:
    batch = pa.record_batch({"id": list(range(len(rows))), "text": pa.array(rows, pa.string())})
    return canonical(lint_batch(batch, keep=["id"]).to_pylist())


def by_pool(folder: str) -> list[dict[str, Any]]:
    out = f"{folder}-out"
    assert 0 == status(["corpus", folder, out, "--id-column", "id", "-j", "2", "--batch-rows", "32", "--isolated"])
    rows = [row for part in sorted(Path(out, "parts").iterdir()) for row in pq.read_table(part).to_pylist()]
    return [{**{n: v for n, v in row.items() if n not in ("input", "row")}, "id": int(row["id"])} for row in rows]


def by_polars(folder: str) -> list[dict[str, Any]]:
    import polars

    recipe = importlib.import_module("with_polars")
    return list(recipe.lint(polars.scan_parquet(f"{folder}/*.parquet"), keep=["id"]).collect().to_dicts())


def by_duckdb(folder: str) -> list[dict[str, Any]]:
    import duckdb

    connection = duckdb.connect()
    importlib.import_module("with_duckdb").register(connection)
    stored = pq.read_schema(next(Path(folder).iterdir())).field("text").type
    text = "text" if pa.types.is_binary(stored) else "encode(text)"
    query = f"SELECT id, citecheck({text}) AS checked FROM '{folder}/*.parquet'"
    rows = connection.sql(query).arrow().read_all().to_pylist()
    return [{"id": row["id"], **row["checked"]} for row in rows]


def by_daft(folder: str) -> list[dict[str, Any]]:
    import daft

    recipe = importlib.import_module("with_daft")
    frame = daft.read_parquet(f"{folder}/*.parquet")
    rows = frame.select(frame["id"], recipe.citecheck(frame["text"]).alias("checked")).to_pylist()
    return [{"id": row["id"], **row["checked"]} for row in rows]


def by_datasets(folder: str) -> list[dict[str, Any]]:
    import datasets

    tables = [pq.read_table(path) for path in sorted(Path(folder).iterdir())]
    data = datasets.Dataset(pa.concat_tables(tables))
    return list(importlib.import_module("with_datasets").lint(data, keep=["id"]).with_format("arrow")[:].to_pylist())


def by_ray(folder: str) -> list[dict[str, Any]]:
    import ray

    path = os.environ["PYTHONPATH"]
    ray.init(num_cpus=2, include_dashboard=False, runtime_env={"env_vars": {"PYTHONPATH": path}})
    try:
        done = importlib.import_module("with_ray").lint(ray.data.read_parquet(folder), keep=["id"])
        return [row for batch in done.iter_batches(batch_format="pyarrow") for row in batch.to_pylist()]
    finally:
        ray.shutdown()


def by_spark(folder: str) -> list[dict[str, Any]]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = SparkSession.builder.master("local[2,3]").config("spark.ui.enabled", "false")
    for name in ("spark.driver.bindAddress", "spark.driver.host"):
        session = session.config(name, "127.0.0.1")
    spark = session.getOrCreate()
    try:
        frame = importlib.import_module("with_spark").lint(spark.read.parquet(folder), keep=["id"])
        frame.write.parquet(f"{folder}-spark")
        return list(pq.read_table(f"{folder}-spark").to_pylist())
    finally:
        spark.stop()


ENGINES: dict[str, Callable[[str], list[dict[str, Any]]]] = {
    "pool": by_pool,
    "polars": by_polars,
    "duckdb": by_duckdb,
    "daft": by_daft,
    "datasets": by_datasets,
    "ray": by_ray,
    "pyspark": by_spark,
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Callable[[str], list[dict[str, Any]]]:
    name: str = request.param
    if name != "pool":
        pytest.importorskip(name)
    return ENGINES[name]


def test_every_engine_has_the_rows_of_a_plain_loop(
    engine: Callable[[str], list[dict[str, Any]]], tmp_path: Path
) -> None:
    rows = documents()
    assert loop(rows) == canonical(engine(written(tmp_path / "in", rows)))


def test_bytes_that_are_no_text_are_one_rows_fault(
    engine: Callable[[str], list[dict[str, Any]]], tmp_path: Path
) -> None:
    folder = Path(written(tmp_path / "in", documents(), pa.binary()))
    first = pq.read_table(folder / "0.parquet")
    texts = first.column("text").to_pylist()
    texts[5] = b"a\xff b"
    pq.write_table(first.set_column(1, "text", pa.array(texts, pa.binary())), folder / "0.parquet")
    done = {row["id"]: row["citecheck_error"] for row in engine(str(folder))}
    assert ROWS == len(done)
    assert {3: "no text", 5: "byte 1 is not UTF-8"} == {place: error for place, error in done.items() if error}


def test_a_row_that_kills_its_process_is_named_in_every_engine(
    engine: Callable[[str], list[dict[str, Any]]], deadly: Path
) -> None:
    rows = documents({20: "KILL", 21: f"KILL {deadly / 'once'}"})
    done = engine(written(deadly / "in", rows))
    assert list(range(ROWS)) == sorted(row["id"] for row in done)
    errors = {row["id"]: row["citecheck_error"] for row in done if row["citecheck_error"]}
    assert {3: "no text", 20: "the worker died (signal 9)"} == errors


PASSAGES = ["Ice closed the port for 41 days.", "The lighthouse burned oil."]
GOOD, BAD = "The port froze [1]. Its light burned oil [2][2].", "The port froze [1]. Its light burned oil [7]."


def test_langchain_lets_sound_answers_pass() -> None:
    pytest.importorskip("langchain_core")
    from langchain_core.documents import Document

    step = importlib.import_module("with_langchain").citations
    passages = [Document(page_content=passage) for passage in PASSAGES]
    assert GOOD.replace("[2][2]", "[2]") == step.invoke({"answer": GOOD, "passages": passages})
    with pytest.raises(ValueError, match="no source is numbered 7"):
        step.invoke({"answer": BAD, "passages": passages})


def test_deepeval_scores_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEPEVAL_TELEMETRY_OPT_OUT", "YES")
    pytest.importorskip("deepeval")
    from deepeval.test_case import LLMTestCase

    metric = importlib.import_module("with_deepeval").CitationMetric()
    assert 1.0 == metric.measure(LLMTestCase(input="?", actual_output=GOOD, retrieval_context=PASSAGES))
    assert metric.is_successful()
    assert 0.0 == metric.measure(LLMTestCase(input="?", actual_output=BAD, retrieval_context=PASSAGES))
    assert not metric.is_successful()
    assert "no source is numbered 7" in metric.reason


def test_guardrails_tells_what_to_put_right() -> None:
    pytest.importorskip("guardrails")
    validator = importlib.import_module("with_guardrails").Citations()
    assert "pass" == validator.validate(GOOD, {"passages": PASSAGES}).outcome
    failed = validator.validate(BAD, {"passages": PASSAGES})
    assert "fail" == failed.outcome
    assert "no source is numbered 7" in failed.error_message
