"""What changed since an earlier page, which carries what it came to in a block of JSON.

    {"version": 1, "documents": {
    "docs/kettle.md": {"sentences": 20, "covered": 12, "findings": {"CC101 1c9a04e7-5b0d91f3": 1}}}}

An earlier page may come from a stranger: it is read strictly, and nothing in it is shown but numbers.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from citecheck.errors import UsageError
from citecheck.execution.fingerprints import fingerprint
from citecheck.model.findings import Diagnostic

BEGINS: Final = '<script type="application/json" id="citecheck-summary">'
ENDS: Final = "</script>"
_VERSION: Final = 1
_LARGEST: Final = 256 * 1024 * 1024  # bytes of an earlier page
_MOST: Final = 1_000_000_000  # of anything that is counted
_HARMLESS: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


class Past(NamedTuple):
    """What a document came to: its sentences, how many of them had a source, and its findings by fingerprint."""

    sentences: int
    covered: int
    findings: Counter[str]


class Change(NamedTuple):
    """How findings differ from earlier ones: those that are new, gone, and the same.

    `points` is how many more of a hundred sentences have a source; None where the document, or its coverage, is new.
    """

    new: int = 0
    gone: int = 0
    same: int = 0
    points: int | None = None


def past(sentences: int, covered: int, diagnostics: Iterable[Diagnostic]) -> Past:
    """What a document comes to now."""
    return Past(sentences, covered, Counter(f"{each.code} {fingerprint(each)}" for each in diagnostics))


def change(before: Past | None, now: Past) -> Change:
    """How a document differs from what it was."""
    known = before.findings if before else Counter[str]()
    new, gone, same = (now.findings - known).total(), (known - now.findings).total(), (now.findings & known).total()
    if before is None or not before.sentences or not now.sentences:
        return Change(new, gone, same)
    return Change(new, gone, same, _percent(now) - _percent(before))


def overall(before: Mapping[str, Past], now: Mapping[str, Past]) -> Change:
    """How all documents differ: findings as in each of them, coverage as in all of them together."""
    none = Past(0, 0, Counter())
    changes = [change(before.get(path), now.get(path, none)) for path in {**before, **now}]
    new, gone = sum(each.new for each in changes), sum(each.gone for each in changes)
    same = sum(each.same for each in changes)
    return Change(new, gone, same, change(_total(before.values()), _total(now.values())).points)


def _total(documents: Collection[Past]) -> Past:
    return Past(sum(each.sentences for each in documents), sum(each.covered for each in documents), Counter())


def _percent(each: Past) -> int:
    return each.covered * 100 // each.sentences


def written(documents: Mapping[str, Past]) -> Iterator[str]:
    """The block of JSON, a document a line, without any character that HTML treats as its own."""
    yield f'{BEGINS}{{"version": {_VERSION}, "documents": {{'
    for number, (path, each) in enumerate(documents.items()):
        told = {"sentences": each.sentences, "covered": each.covered, "findings": dict(sorted(each.findings.items()))}
        yield (",\n" if number else "\n") + f"{json.dumps(path)}: {json.dumps(told)}".translate(_HARMLESS)
    yield f"\n}}}}{ENDS}"


def read(path: str) -> dict[str, Past]:
    """What the documents of an earlier page came to, by their paths. Raises UsageError where it is no such page."""
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise UsageError(f"{path}: is not a page of citecheck: it has more than {_LARGEST:,} bytes")
        _, _, after = data.decode().rpartition(BEGINS)
        table = json.loads(after.partition(ENDS)[0])
        if table["version"] != _VERSION:
            raise UsageError(f"{path}: is a page of another version of citecheck; write it again")
        return {path: _past(each) for path, each in table["documents"].items()}
    except OSError as error:
        raise UsageError(f"{path}: the earlier page cannot be read: {error.strerror or error}") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UsageError(f"{path}: is not a page that `citecheck report` wrote") from error


def _past(table: Mapping[str, Any]) -> Past:
    findings = {key: _count(value) for key, value in table["findings"].items()}
    return Past(_count(table["sentences"]), _count(table["covered"]), Counter(findings))


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise TypeError
    return value
