"""A label given another name, in its entry and in every marker at once, proved to leave each marker with its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from citecheck.editing.renumber import RenumberError
from citecheck.engine.fixing import Read, fixed_by
from citecheck.model.citations import AUTHORS, CITATIONS, Citation, Key
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Fix
from citecheck.recognition.labels import display_label, normalize_label
from citecheck.text.patterns import lazy_re
from citecheck.text.spans import Span

_LABEL: Final = lazy_re(r"[^\s\[\]{}^`,;|@\\]+(?: [^\s\[\]{}^`,;|@\\]+)*")


def renaming_edits(document: Document, key: Key, new: str) -> tuple[Edit, ...]:
    """The edits that write a label in place of another, wherever it is written.

    Raises RenumberError where one place does not show it, where the new one is taken, and where it is no label.
    """
    if reason := refusal(document, key):
        raise RenumberError(reason)
    if not _LABEL.fullmatch(new):
        raise RenumberError(f"{new!r} cannot be a label")
    other = Key(key.numbering, normalize_label(new) if document.structure.conventions.folds_case else new)
    if other != key and (other in document.listed or other in document.cited):
        raise RenumberError(f"the label {new} is taken")
    return tuple(Edit(span, new) for span in sorted(set(_places(document, key))))


def renamed(document: Document, key: Key, new: str, read: Read) -> Document:
    """The document under a new label. Raises RenumberError where it would not say the same."""
    return fixed_by(document, Fix(f"rename to {new}", renaming_edits(document, key, new)), read)


def refusal(document: Document, key: Key) -> str | None:
    """Why a label cannot be renamed, whatever to; None where it can."""
    if key.numbering == AUTHORS:
        return "it is cited by author and year; edit the entry and what cites it"
    sources = document.listed.get(key, ())
    if not sources:
        where = "in another file; rename it there" if key.numbering == CITATIONS else "nowhere"
        return f"its source is listed {where}"
    if len(sources) > 1:
        return "several sources have this label"
    if sources[0].rendered is not None and key.label.isdecimal():
        return "the list is numbered when it is shown; renumber the sources instead"
    try:
        list(_places(document, key))
    except RenumberError as error:
        return str(error)
    return None


def _places(document: Document, key: Key) -> Iterator[Span]:
    """Where a label is written. Raises RenumberError for a place that implies it."""
    yield from (source.label_span for source in document.listed[key])
    hidden = (one for marker in document.hidden for one in marker.citations if one.key == key)
    for citation in (*document.uses.get(key, ()), *hidden):
        yield _written(document, citation)


def _written(document: Document, citation: Citation) -> Span:
    """The span of the label itself. Raises RenumberError where a range implies it."""
    place = citation.written(document.text)
    words = place.of(document.text)
    if normalize_label(display_label(words)) != normalize_label(citation.label):
        line = document.line_of(place.start)
        raise RenumberError(f"on line {line}, {words.strip()!r} names it without writing it; write the label out first")
    return place
