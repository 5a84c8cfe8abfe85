"""What stays the same of a finding while the text around it moves: no line, no column, no offset.

A fingerprint is two hashes, `1c9a04e7-5b0d91f3`: of what is wrong (the rule, and the label concerned), and of the line
it is on, its spaces aside. Lines may be inserted above and the file may be renamed; only an edit of the line itself
changes the second half.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from citecheck.model.findings import Diagnostic

_DIGITS = 8  # of each half, hexadecimal


def fingerprint(diagnostic: Diagnostic) -> str:
    """The fingerprint of a finding; two alike on equal lines of a document have the same."""
    words = " ".join(diagnostic.excerpt.text.split())
    return f"{_hash(diagnostic.code, diagnostic.label or '')}-{_hash(words)}"


def subject(fingerprint: str) -> str:
    """The part of a fingerprint that says what is wrong, and survives an edit of the line."""
    return fingerprint.partition("-")[0]


def unique_fingerprints(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[str, Diagnostic]]:
    """Diagnostics of one document, each with a fingerprint that no other has, in this document or in another.

    Those that are alike are distinguished by their order.
    """
    seen: Counter[str] = Counter()
    for each in diagnostics:
        print_ = fingerprint(each)
        yield _hash(each.path, print_, str(seen[print_]), digits=32), each
        seen[print_] += 1


def _hash(*words: str, digits: int = _DIGITS) -> str:
    joined = "\0".join(words).encode("utf-8", "surrogatepass")  # paths may hold bytes that are no text
    import hashlib  # here, as most reports need none

    return hashlib.sha256(joined).hexdigest()[:digits]
