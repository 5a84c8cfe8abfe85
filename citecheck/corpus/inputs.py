"""Tables of documents: Parquet, JSON Lines (plain, gzip, zstd) and Arrow IPC, read row by row in slices."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final, NamedTuple, cast

import pyarrow as pa
import pyarrow.parquet as pq

from citecheck.errors import CitecheckError, UnreadableFile, UsageError, known
from citecheck.files.decoding import unreadable

_SAMPLED: Final = 1024 * 1024  # bytes at either end of an input that distinguish it from another
_SUFFIXES: Final = (".parquet", ".jsonl", ".ndjson", ".jsonl.gz", ".jsonl.zst", ".arrow", ".arrows", ".feather", ".ipc")
_LINES: Final = 1024  # rows of JSON Lines that are read at once


class Columns(NamedTuple):
    """Which columns of an input are read: that of the documents, and that which names them, if any does."""

    text: str
    id: str | None


class Rows(NamedTuple):
    """Consecutive rows of an input: the number of the first, the documents, their names, and why some are not there."""

    first: int
    texts: pa.Array
    ids: pa.Array | None
    errors: Sequence[str | None]


def inputs(paths: Sequence[str]) -> list[str]:
    """The tables under paths, in order: files, and those below folders that have the suffix of a table."""
    found = [each for path in paths for each in (_below(path) if os.path.isdir(path) else [path])]
    for path in found:
        if not os.path.isfile(path):
            raise unreadable(path, FileNotFoundError())
        if not path.endswith(_SUFFIXES):
            raise UsageError(f"{path}: is none of {', '.join(_SUFFIXES)}")
    if not found:
        raise UsageError(f"no table of documents below {', '.join(paths)}; one of {', '.join(_SUFFIXES)}")
    return found


def _below(folder: str) -> list[str]:
    return sorted(
        os.path.join(where, name)
        for where, _, names in os.walk(folder)
        for name in names
        if name.endswith(_SUFFIXES) and not name.startswith((".", "_"))
    )


def identity(path: str) -> dict[str, Any]:
    """What distinguishes an input from another: its name, its size in bytes, and a hash of a megabyte at either end."""
    size = os.path.getsize(path)
    digest = hashlib.blake2b(digest_size=16)
    with open(path, "rb") as file:
        digest.update(file.read(_SAMPLED))
        file.seek(max(0, size - _SAMPLED))
        digest.update(file.read(_SAMPLED))
    return {"path": path, "bytes": size, "ends": digest.hexdigest()}


def read(path: str, columns: Columns) -> Iterator[Rows]:
    """The rows of an input, as many at a time as its format has together. Raises UnreadableFile and UsageError."""
    try:
        if path.endswith(".parquet"):
            yield from _parquet(path, columns)
        elif path.endswith((".arrow", ".arrows", ".feather", ".ipc")):
            yield from _arrow(path, columns)
        else:
            yield from _lines(path, columns)
    except CitecheckError:
        raise
    except (OSError, EOFError, pa.ArrowException, ValueError) as error:
        raise UnreadableFile(f"{path}: cannot be read: {str(error).splitlines()[0]}") from error


def _parquet(path: str, columns: Columns) -> Iterator[Rows]:
    with pq.ParquetFile(path) as file:
        _demand(path, columns, file.schema_arrow.names)
        wanted = [name for name in columns if name]
        yield from _rows(file.iter_batches(batch_size=_LINES, columns=list(dict.fromkeys(wanted))), columns)


def _arrow(path: str, columns: Columns) -> Iterator[Rows]:
    with pa.memory_map(path) as source:
        try:
            file = pa.ipc.open_file(source)
        except pa.ArrowInvalid:
            source.seek(0)
            stream = pa.ipc.open_stream(source)
            _demand(path, columns, stream.schema.names)
            yield from _rows(stream, columns)
            return
        _demand(path, columns, file.schema.names)
        yield from _rows((file.get_batch(number) for number in range(file.num_record_batches)), columns)


def _rows(batches: Any, columns: Columns) -> Iterator[Rows]:
    first = 0
    for batch in batches:
        ids = batch.column(columns.id) if columns.id else None
        yield Rows(first, batch.column(columns.text), ids, [None] * len(batch))
        first += len(batch)


def _demand(path: str, columns: Columns, names: Sequence[str]) -> None:
    for name in columns:
        if name:
            try:
                known(name, names, "column")
            except UsageError as error:
                raise UsageError(f"{path}: {error}") from error


def _lines(path: str, columns: Columns) -> Iterator[Rows]:
    first = 0
    texts: list[str | None] = []
    ids: list[str | None] = []
    errors: list[str | None] = []
    with _opened(path) as file:
        for line in file:
            if not line.strip():
                continue
            text, name, error = _object(line, columns)
            texts.append(text)
            ids.append(name)
            errors.append(error)
            if len(texts) == _LINES:
                yield _built(first, texts, ids, errors, columns)
                first += len(texts)
                texts, ids, errors = [], [], []
    if texts:
        yield _built(first, texts, ids, errors, columns)


def _built(
    first: int, texts: list[str | None], ids: list[str | None], errors: list[str | None], columns: Columns
) -> Rows:
    return Rows(first, pa.array(texts, pa.large_string()), pa.array(ids, pa.string()) if columns.id else None, errors)


def _opened(path: str) -> IO[bytes]:
    if path.endswith(".gz"):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if path.endswith(".zst"):
        import io

        return io.BufferedReader(pa.CompressedInputStream(pa.OSFile(path), "zstd"))
    return open(path, "rb")


def _object(line: bytes, columns: Columns) -> tuple[str | None, str | None, str | None]:
    """The text and the name of a line, and why there is no text."""
    try:
        held = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, None, f"the line is not JSON: {error}"[:300]
    if not isinstance(held, dict):
        return None, None, "the line is no JSON object"
    name = held.get(columns.id) if columns.id else None
    name = None if name is None else _storable(name if isinstance(name, str) else json.dumps(name))
    text = held.get(columns.text)
    if text is None:
        return None, name, f"the line has no {columns.text!r}" if columns.text not in held else None
    if not isinstance(text, str):
        return None, name, f"a value of type {type(text).__name__} is no text"
    if not text.isascii() and _storable(text) != text:
        return None, name, "a lone surrogate is no text"
    return text, name, None


def _storable(words: str) -> str:
    return words.encode("utf-8", "replace").decode()
