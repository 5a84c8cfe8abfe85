"""`citecheck pin --from FILE`: stores the text of a source that documents cite, from a file; opens no connection."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from citecheck.cli.commands import FAILED, FOUND, PASSED
from citecheck.cli.commands.inputs import InputSelection
from citecheck.cli.commands.output import report_unreadable
from citecheck.errors import CitecheckError, UnwritableFile, UsageError, known
from citecheck.execution.locks import Locks
from citecheck.execution.runner import Job, parse_inputs
from citecheck.files.decoding import read_bytes
from citecheck.files.roots import Root, lies_in
from citecheck.files.writing import replacing, standing
from citecheck.model.document import Document
from citecheck.model.findings import counted
from citecheck.model.results import Result
from citecheck.recognition.labels import normalize_label
from citecheck.reports.terminal import visible
from citecheck.sources import pinning
from citecheck.sources.extraction import extracted
from citecheck.sources.identity import identity
from citecheck.sources.lock import NAME, SNAPSHOTS, Lock, Pin, read_lock, written


class _Asked(NamedTuple):
    """A file, and the label of the source that it is, where it was said."""

    label: str | None
    file: str


class Place(NamedTuple):
    """Where the lock is, and the root that holds all that is read and written for it."""

    path: str
    root: Root

    @property
    def folder(self) -> str:
        """The folder that paths in the lock start from."""
        return os.path.dirname(os.path.abspath(self.path))


def pin(
    paths: Sequence[str],
    reading: InputSelection,
    *,
    files: Sequence[str],
    only: str | None,
    keep: str,
    dry_run: bool = False,
) -> int:
    """Stores the texts of sources. Raises UsageError where it cannot be determined of which source a file is."""
    kept = pinning.Keep(known(keep, [each.value for each in pinning.Keep], "way to keep a text"))
    asked = [_asked(each, only) for each in files]
    jobs = reading.jobs(paths)
    outcomes = list(parse_inputs(jobs))
    unread = list(report_unreadable(each for each in outcomes if isinstance(each, Result)))
    documents = [each for each in outcomes if isinstance(each, Document)]
    if any(each.failed for each in unread) or not documents:
        return FAILED
    place = place_of(jobs, documents[0].name)
    lock = read_lock(place.path) if os.path.exists(place.path) else Lock({})
    pins, texts = {}, {}
    for label, file in asked:
        name = _named(label, file, documents)
        data = read_bytes(file)
        source = extracted(file, data)
        made = pinning.pin(name, source, data, documents, kept)
        pins[name] = replace(made, original=_original(file, place) if not made.file else "")
        if made.file:
            texts[made.file] = source.text
        sys.stdout.write(f"{visible(name)}: {told(pins[name])}\n")
    merged = lock.merged(Lock(pins))
    if not dry_run:
        store(place, merged, texts)
    sys.stdout.write(f"{visible(os.path.relpath(place.path))}: {counted(len(merged.pins), 'source')} pinned\n")
    return FOUND if any(each.unusable for each in pins.values()) else PASSED


def _asked(words: str, only: str | None) -> _Asked:
    """`LABEL=FILE`, or a file by itself."""
    label, equals, file = words.partition("=")
    if equals and not os.path.exists(words):
        if only is not None:
            raise UsageError(f"--only {only} cannot be combined with --from {words}; remove one of the labels")
        return _Asked(label, file)
    return _Asked(only, words)


def place_of(jobs: Sequence[Job], name: str) -> Place:
    """The lock above the first document, or where a new one belongs: here if the document is below, else beside it."""
    job = next(each for each in jobs if not isinstance(each, CitecheckError) and each.name == name)
    if found := Locks().of(job):
        return Place(found.path, found.root)
    beside = os.path.dirname(os.path.abspath(name))
    here = os.getcwd()
    folder = here if lies_in(beside, here) else beside
    return Place(os.path.join(folder, NAME), job.root or Root.of(name))


def _named(label: str | None, file: str, documents: Sequence[Document]) -> str:
    """The identity of the source that a file is: of a label, else the only source, else that of the file's own name."""
    sources = [source for document in documents for source in document.sources]
    wanted = label if label is not None else os.path.splitext(os.path.basename(file))[0]
    meant = {
        identity(each) for each in sources if each.label and normalize_label(each.label) == normalize_label(wanted)
    }
    if label is None and not meant:
        meant = {identity(each) for each in sources}
        if len(meant) > 1:
            raise UsageError(f"{file}: may be any of {len(meant)} sources; say which with --only LABEL")
    if not meant:
        raise UsageError(f"no source is labelled {wanted}" if sources else "no source is listed in these documents")
    if len(meant) > 1:
        raise UsageError(f"source {wanted} is {len(meant)} different sources in these documents; name one document")
    return meant.pop()


def _original(file: str, place: Place) -> str:
    """The path of a file from the folder of the lock, with slashes, where it is below; otherwise nothing."""
    real, folder = os.path.realpath(file), os.path.realpath(place.folder)
    return os.path.relpath(real, folder).replace(os.sep, "/") if lies_in(real, folder) else ""


def told(made: Pin) -> str:
    """What was stored, in words."""
    if made.unusable:
        return "has no text that could be compared with anything"
    held = f"{made.characters:,} characters"
    if made.file:
        return f"{held}, stored in {made.file}"
    passages = counted(len(made.evidence), "passage")
    return f"{held}, {passages} kept" + (f", the rest read from {visible(made.original)}" if made.original else "")


def store(place: Place, lock: Lock, texts: dict[str, str]) -> None:
    """Writes the texts, and then the lock that names them."""
    if texts:
        folder = os.path.join(place.folder, SNAPSHOTS)
        if refusal := place.root.refusal(folder):
            raise UnwritableFile(f"{folder}: is {refusal}, and nothing is written there")
        os.makedirs(folder, exist_ok=True)
    for name, text in texts.items():
        _write(place, os.path.join(place.folder, *name.split("/")), text)
    _write(place, place.path, written(lock))


def _write(place: Place, path: str, text: str) -> None:
    if refusal := place.root.refusal(path):
        raise UnwritableFile(f"{path}: is {refusal}, and is left as it is")
    try:
        with replacing(os.path.realpath(path), standing(path)) as file:
            file.write(text.encode("utf-8", "replace"))
    except OSError as error:
        raise UnwritableFile(f"{path}: cannot be written: {error.strerror or error}") from error
