"""`citecheck pin` without files: fetches the pages that sources name, stores their texts, or says what has drifted."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from citecheck.cli.commands import FAILED, FOUND, PASSED
from citecheck.cli.commands.inputs import InputSelection
from citecheck.cli.commands.online import AskingOptions, asking_by, installed
from citecheck.cli.commands.output import report_unreadable
from citecheck.cli.commands.pin import place_of, store, told
from citecheck.cli.commands.progress import asked_about
from citecheck.errors import known
from citecheck.execution.runner import parse_inputs
from citecheck.files.writing import own_folder
from citecheck.model.document import Document
from citecheck.model.findings import counted
from citecheck.model.results import Result
from citecheck.reports.terminal import visible
from citecheck.sources import pinning
from citecheck.sources.identity import identity
from citecheck.sources.lock import Lock, Pin, read_lock
from citecheck.sources.quotations import Match, quoted
from citecheck.sources.source_text import SourceText

if TYPE_CHECKING:  # which is imported when something is fetched
    from citecheck.sources.online.copies import Copy


class Fetching(NamedTuple):
    """Whether only what is missing is fetched, whether anything is stored, and whether anything is fetched at all."""

    missing: bool = False
    check: bool = False
    dry_run: bool = False
    allow_private: tuple[str, ...] = ()


def pin_online(paths: Sequence[str], reading: InputSelection, *, keep: str, fetching: Fetching) -> int:
    """Fetches what cited sources name, and stores it. Raises UsageError where it cannot.

    Returns FAILED where nothing could be fetched, and FOUND where a source is gone or a passage of it is.
    """
    installed()
    kept = pinning.Keep(known(keep, [each.value for each in pinning.Keep], "way to keep a text"))
    jobs = reading.jobs(paths)
    outcomes = list(parse_inputs(jobs))
    unread = list(report_unreadable(each for each in outcomes if isinstance(each, Result)))
    documents = [each for each in outcomes if isinstance(each, Document)]
    if any(each.failed for each in unread) or not documents:
        return FAILED
    place = place_of(jobs, documents[0].name)
    lock = read_lock(place.path) if os.path.exists(place.path) else Lock({})
    addresses = {name: url for name, url in _addresses(documents) if _wanted(lock.pins.get(name), fetching)}
    if fetching.dry_run:
        sys.stdout.writelines(f"{visible(name)}: GET {visible(url)}\n" for name, url in addresses.items())
        return PASSED
    fetched = _fetched(addresses, fetching)
    found, pins, texts = False, dict[str, Pin](), dict[str, str]()
    for name, url in addresses.items():
        copy, old = fetched[url], lock.pins.get(name)
        if copy.text is None:
            found |= copy.outcome == "wrong"
            sys.stdout.write(f"{visible(name)}: not fetched: {visible(copy.words)}\n")
            continue
        gone = list(_gone(old, copy.text.text)) if old else []
        found |= bool(gone)
        sys.stdout.writelines(f"{visible(name)}: no longer has “{visible(each)}”\n" for each in gone)
        if not fetching.check:
            pins[name] = _pinned(name, copy, documents, kept)
            if pins[name].file:
                texts[pins[name].file] = copy.text.text
            sys.stdout.write(f"{visible(name)}: {told(pins[name])}\n")
    if pins:
        merged = lock.merged(Lock(pins))
        store(place, merged, texts)
        sys.stdout.write(f"{visible(os.path.relpath(place.path))}: {counted(len(merged.pins), 'source')} pinned\n")
    return _status(fetched, found=found)


def _status(fetched: Mapping[str, Copy], *, found: bool) -> int:
    reached = sum(each.text is not None or each.outcome == "wrong" for each in fetched.values())
    sys.stdout.write(f"{counted(len(fetched), 'page')} asked for, {reached} of them fetched or gone\n")
    if fetched and not reached:
        return FAILED
    return FOUND if found else PASSED


def _wanted(old: Pin | None, fetching: Fetching) -> bool:
    """Whether a source is fetched: one that is not pinned, one that is, or either."""
    if fetching.check:
        return old is not None
    return old is None or not (fetching.missing or old.original)


def _addresses(documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    """Each source that is cited, by its identity, with the first of its addresses that can be asked."""
    from citecheck.sources.online.verifying import addresses

    for document in documents:
        for source in document.sources:
            if source.key is not None and source.key in document.cited:
                for url in addresses(source):
                    yield identity(source), url
                    break


def _fetched(addresses: Mapping[str, str], fetching: Fetching) -> Mapping[str, Copy]:
    from citecheck.sources.online.copies import copies

    age = 0.0 if fetching.check else AskingOptions().max_age
    options = AskingOptions(max_age=age, allow_private=fetching.allow_private)
    with asking_by(options, own_folder(os.curdir)) as (asking, _):
        urls = dict.fromkeys(addresses.values())
        return {copy.url: copy for copy in asked_about(copies(asking, urls), len(urls))}


def _pinned(name: str, copy: Copy, documents: Sequence[Document], keep: pinning.Keep) -> Pin:
    assert copy.text is not None
    made = pinning.pin(name, copy.text, copy.asked.answer.body, documents, keep)
    final = copy.asked.answer.final
    at = datetime.fromtimestamp(int(copy.asked.at), UTC)
    return replace(made, final=final if final != copy.url else "", fetched=at)


def _gone(old: Pin, text: str) -> Iterator[str]:
    """The passages that documents rely on and that a text does not have any more."""
    source = SourceText(text)
    for each in old.evidence:
        if each.exact not in source.whole.text and quoted(each.exact, source).match is not Match.FOUND:
            yield each.exact
