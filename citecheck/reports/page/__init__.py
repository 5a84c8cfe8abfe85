"""A page for people: how well documents are supported, where the gaps are, what is wrong, and the texts themselves.

One file that needs nothing else, runs no script but its own, and asks nobody for anything. Each document is set out as
its result comes in and waits in a temporary file, so that memory grows with the largest document. Where there are too
many for one file, each has a file of its own, in a folder beside the page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from tempfile import TemporaryFile
from typing import Final, TextIO

from citecheck.files.writing import replacing, standing
from citecheck.model.results import Result, Summary
from citecheck.reports.page import trend
from citecheck.reports.page.gathering import Entry, Gathered
from citecheck.reports.page.index import index_view
from citecheck.reports.page.templates import template
from citecheck.reports.terminal import Screen

MOST_DOCUMENTS: Final = 500  # in one file
LARGEST: Final = 20_000_000  # bytes of the documents in one file
_PAGE: Final = re.compile(r"\d{5}\.html")


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes the page; where it goes to a file and is too large for one, a page a document in `folder_of` the file.

    Raises UsageError where Jinja is not installed, or an earlier page to compare with is none.
    """
    page = template("page.html")
    earlier = trend.read(screen.earlier) if screen.earlier else None
    with TemporaryFile() as kept:
        found = Gathered(kept, earlier)
        for result in results:
            found.add(result, screen)
        folder = folder_of(screen.file) if screen.file and _is_large(found) else ""
        if screen.file:
            _write_pages(found, folder, screen.file)
        parts = () if folder else map(found.part, found.entries)
        view = index_view(found, os.path.basename(folder), screen)
        stream.writelines(page.generate(view=view, documents=parts))
        stream.write("\n")
    return found.summary


def folder_of(file: str) -> str:
    """The folder for the pages of a report that is too large for one file: as browsers name what belongs to a page."""
    return f"{os.path.splitext(file)[0]}_files"


def _is_large(found: Gathered) -> bool:
    return len(found.entries) > MOST_DOCUMENTS or sum(entry.size for entry in found.entries) > LARGEST


def _write_pages(found: Gathered, folder: str, file: str) -> None:
    """Writes the page of each document where there is a folder for it, and takes earlier ones away."""
    written = {entry.file for entry in found.entries} if folder else set[str]()
    if folder:
        os.makedirs(folder, exist_ok=True)
        back = f"../{os.path.basename(file)}"
        between: list[Entry | None] = [None, *found.entries, None]
        for before, entry, after in zip(between, found.entries, between[2:], strict=False):
            parts = template("document_page.html").generate(
                entry=entry, document=found.part(entry), before=before, after=after, back=back
            )
            path = os.path.join(os.path.realpath(folder), entry.file)
            with replacing(path, standing(path), lasting=False) as page:
                page.writelines(part.encode(errors="backslashreplace") for part in parts)
    _drop_pages(folder_of(file), written)


def _drop_pages(folder: str, kept: Collection[str]) -> None:
    """Takes away the pages of an earlier report that this one does not have, and the folder where it is empty then."""
    with suppress(OSError):
        for name in os.listdir(folder) if not os.path.islink(folder) else ():
            if _PAGE.fullmatch(name) and name not in kept:
                os.unlink(os.path.join(folder, name))
        os.rmdir(folder)
