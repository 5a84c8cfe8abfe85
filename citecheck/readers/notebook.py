"""Jupyter notebooks: their Markdown cells as one document, whose text is in the strings of a JSON file.

Cells are those of nbformat 4 and 3; raw cells are read where they say that they hold Markdown. Code, outputs and
attachments are not looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from citecheck.errors import CitecheckError, UnreadableFile
from citecheck.limits import MOST_PARTS, few_enough
from citecheck.model.source_map import Cell, Piece, SourceMap
from citecheck.model.structure import BibliographyReference
from citecheck.readers.front_matter import front_matter
from citecheck.readers.markdown import layout, rendered
from citecheck.text.patterns import lazy_re
from citecheck.text.spans import Span

_TOKEN = lazy_re(r'"((?:[^"\\]++|\\.)*+)"|[{}\[\]:,]')
_ESCAPE = lazy_re(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
_BETWEEN: Final = "\n\n"
_FRONT_MATTER: Final = "---"  # begins a raw cell of it, as Quarto has one
_MARKDOWN: Final = "text/markdown"


def source_map(raw: str, name: str) -> SourceMap:
    """The text of the Markdown cells of a notebook, and where its file has it. Raises UnreadableFile, and TooMuch."""
    cells = _cells(raw, name)
    strings: dict[int, list[Span]] = {}
    for number, path, span in _strings(raw):
        if path in (0, None):  # the first of a list, or all there is
            strings[number] = []
        strings.setdefault(number, []).append(span)
    pieces: list[Piece] = []
    texts: list[str] = []
    kept: list[Cell] = []
    length = 0
    for number, cell in enumerate(cells):
        source = cell.get("source")
        text = "".join(source) if isinstance(source, list) and all(isinstance(each, str) for each in source) else source
        if not isinstance(text, str) or not _is_markdown(cell):
            continue
        start = length + len(_BETWEEN) * bool(texts)
        own = list(_pieces(raw, strings.get(number, ()), start))
        length = own[-1].span.end if own else start
        if length - start != len(text):
            raise _not_read(name, "a cell of it has its source twice")
        id = cell.get("id")
        kept.append(Cell(number + 1, id if isinstance(id, str) else None, Span(start, length)))
        texts.append(text)
        pieces += own
        few_enough(len(pieces), "lines and escapes", MOST_PARTS)
    return SourceMap(_BETWEEN.join(texts), raw, kept, pieces)


def bibliographies(raw: str) -> tuple[BibliographyReference, ...]:
    """The bibliographies that the front matter in the first cell of a notebook names."""
    if "bibliography:" not in raw:
        return ()
    try:
        return front_matter(source_map(raw, "").text).bibliographies
    except CitecheckError:
        return ()  # told when it is read


def _cells(raw: str, name: str) -> list[dict[str, Any]]:
    """The cells of a notebook as JSON has them. Raises UnreadableFile where it is none."""
    try:
        notebook = json.loads(raw)
    except RecursionError as error:
        raise _not_read(name, "it is nested too deeply") from error
    except ValueError as error:
        told = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise _not_read(name, f"its JSON is broken ({told})") from error
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if cells is None and isinstance(notebook, dict) and isinstance(sheets := notebook.get("worksheets"), list):
        own = [sheet.get("cells") if isinstance(sheet, dict) else None for sheet in sheets]
        cells = [cell for sheet in own if isinstance(sheet, list) for cell in sheet]  # as nbformat 3 has it
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise _not_read(name, "it has no cells")
    return cells


def _not_read(name: str, reason: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: cannot be read as a notebook: {reason}; save it again, or leave it out with --exclude"
    )


def _is_markdown(cell: dict[str, Any]) -> bool:
    """Whether a cell is text for readers, or front matter."""
    kind, metadata = cell.get("cell_type"), cell.get("metadata")
    if kind == "raw" and isinstance(metadata, dict):
        source = cell.get("source")
        begins = source[0] if isinstance(source, list) and source else source
        fronted = isinstance(begins, str) and begins.partition("\n")[0].rstrip() == _FRONT_MATTER
        return fronted or _MARKDOWN in (metadata.get("format"), metadata.get("raw_mimetype"))
    return kind in ("markdown", "heading")


def _strings(raw: str) -> Iterator[tuple[int, int | None, Span]]:
    """The strings that are the source of a cell, or a part of it: the cell's place, the part's, and what it holds."""
    keys: list[str | int] = []  # where in the file we are
    named: list[bool] = []  # whether a key was read, for each object that is open; True for lists
    number = -1
    for token in _TOKEN.finditer(raw):
        sign = raw[token.start()]
        if sign == '"':
            if named and not named[-1]:
                keys[-1] = token[1]
                named[-1] = True
            elif (place := _in_cell(keys)) is not None:
                yield number, place if place >= 0 else None, Span(*token.span(1))
        elif sign in "{[":
            if sign == "{" and _is_cell(keys):
                number += 1
            keys.append("" if sign == "{" else 0)
            named.append(sign == "[")
        elif sign in "}]":
            keys.pop()
            named.pop()
        elif sign == "," and named:
            if isinstance(keys[-1], int):
                keys[-1] += 1
            else:
                named[-1] = False


def _is_cell(keys: list[str | int]) -> bool:
    """Whether what opens at a place is a cell: in `cells`, or in those of a worksheet."""
    return (len(keys) == 2 and keys[0] == "cells") or (
        len(keys) == 4 and keys[0] == "worksheets" and keys[2] == "cells"
    )


def _in_cell(keys: list[str | int]) -> int | None:
    """Which part of a cell's source a string at a place is; -1 where it is all of it, None where it is none."""
    for depth in (2, 4):
        if len(keys) > depth and keys[depth] == "source" and _is_cell(keys[:depth]):
            if len(keys) == depth + 1:
                return -1
            if len(keys) == depth + 2 and isinstance(part := keys[-1], int):
                return part
    return None


def _pieces(raw: str, strings: Iterable[Span], start: int) -> Iterator[Piece]:
    """The text of some strings, from an offset of the document's on, piece by piece."""
    for string in strings:
        end = string.start
        for escape in _ESCAPE.finditer(raw, *string):
            if escape.start() > end:
                yield Piece(Span(start, start + escape.start() - end), Span(end, escape.start()))
                start += escape.start() - end
            yield Piece(Span(start, start + 1), Span(*escape.span()))
            start, end = start + 1, escape.end()
        if string.end > end:
            yield Piece(Span(start, start + string.end - end), Span(end, string.end))
            start += string.end - end


__all__ = ["layout", "rendered", "source_map"]
