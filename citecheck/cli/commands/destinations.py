"""Where reports go: to standard output, or to files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from io import TextIOWrapper
from typing import IO, Final, NamedTuple, TextIO

from citecheck.errors import CitecheckError, UsageError, known
from citecheck.files.decoding import current_folder
from citecheck.files.roots import Root, lies_in
from citecheck.files.writing import replacing, standing
from citecheck.model.results import Result, Summary
from citecheck.reports import REPORTS, Report
from citecheck.reports.terminal import Screen

_DEFAULT: Final = "text"


class Destination(NamedTuple):
    """A report, and the file it goes to, if any."""

    report: str
    file: str | None = None
    reports: Mapping[str, Report] = REPORTS

    @classmethod
    def of(cls, words: str, reports: Mapping[str, Report]) -> Destination:
        """What `--format` asks for: `sarif`, or `sarif:out.sarif`. Raises UsageError for an unknown format."""
        report, _, file = words.partition(":")
        kind = "format" if reports is REPORTS else "format of --statistics"
        return cls(known(report, reports, kind), file or None, reports)

    def write(self, results: Iterable[Result], stream: TextIO, shown: Screen) -> Summary:
        """Writes the report, to a stream where it has no file. Raises CitecheckError where it cannot be written."""
        write = self.reports[self.report]
        if self.file is None:
            return write(results, stream, shown)
        try:
            os.makedirs(os.path.dirname(os.path.realpath(self.file)), exist_ok=True)
            with _opened(self.file) as binary, _text(binary) as file:
                return write(results, file, shown.in_file(self.file))
        except OSError as error:
            raise CitecheckError(f"{self.file}: the report cannot be written: {error.strerror or error}") from error


def _opened(path: str) -> AbstractContextManager[IO[bytes]]:
    """A file for a report, which takes the place of an older one once it is whole; a pipe or a device as it is."""
    status = standing(path)
    if status is None or stat.S_ISREG(status.st_mode):
        return replacing(os.path.realpath(path), status)
    return open(path, "wb")


@contextmanager
def _text(file: IO[bytes]) -> Iterator[TextIO]:
    """A file as a text to write to, flushed at the end and left open."""
    text = TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        yield text
        text.flush()
    finally:
        text.detach()


def destinations(
    formats: Sequence[str], output: str | None, reports: Mapping[str, Report] = REPORTS
) -> tuple[Destination, ...]:
    """Where the reports go that `--format` asks for; one that names no file goes to that of `--output`.

    Raises UsageError for an unknown format, where two reports would share a file, where a file is a folder, or would be
    written through a link that points outside its root, and where `output` is given although all formats have a file.
    """
    asked = [Destination.of(words, reports) for words in formats or (_DEFAULT,)]
    found = tuple(each if each.file else each._replace(file=output) for each in asked)
    if output and all(each.file for each in asked):
        raise UsageError(f"no report is left for --output {output}: each --format has a file of its own")
    files = [each.file for each in found if each.file]
    for file in files:
        if refusal := _root(file).refusal(file):
            raise UsageError(f"{file}: is {refusal}; name the report by its real path instead")
        if os.path.isdir(file) or file.endswith(("/", os.sep)):
            raise UsageError(f"{file}: is a folder; name a file in it for the report")
        if files.count(file) > 1:
            raise UsageError(f"two reports cannot both go to {file}; give each its own, as in --format sarif:out.sarif")
    return found


def _root(file: str) -> Root:
    """What a report stays inside of; where its folder is yet to be made, what its nearest folder that exists does.

    In no repository that is the current folder, for what is named below it.
    """
    folder = os.path.dirname(os.path.abspath(file))
    if os.path.isdir(folder):
        return Root.of(file)
    here = current_folder()
    return Root.of_folder(here if lies_in(folder, here) else _standing_above(folder))


def _standing_above(folder: str) -> str:
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder


def keep_apart(places: Sequence[Destination], documents: Iterable[str]) -> None:
    """Raises UsageError where a report would be written over a document, by whatever name or link."""
    files = [(os.stat(each.file), each.file) for each in places if each.file and os.path.isfile(each.file)]
    for path in documents if files else ():
        for status, file in files:
            if os.path.exists(path) and os.path.samestat(status, os.stat(path)):
                told = f"{file}: is a document to check, and a report would replace it"
                raise UsageError(f"{told}; write the report elsewhere, or exclude it with --exclude")


def write_all(results: Iterable[Result], places: Sequence[Destination], stream: TextIO, shown: Screen) -> Summary:
    """Writes every report, those without a file to a stream; a single one as the results come in."""
    if len(places) > 1:
        results = list(results)
    summary = Summary()
    for each in places:
        summary = each.write(results, stream, shown)
    return summary
