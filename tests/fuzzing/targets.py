"""What is fuzzed: bytes become a document, and something must hold of it, whatever it is.

The first byte chooses the format and the rules; the rest is the text, in UTF-8, with lone surrogates where it is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from citecheck import Settings, parse
from citecheck.editing.renumber import RenumberError
from citecheck.engine.fixing import fix_document
from citecheck.engine.linting import lint_document
from citecheck.execution.cache import decoded, encoded
from citecheck.model.document import Document
from citecheck.text.spans import Span

LONGEST: Final = 20_000  # bytes; a longer document finds nothing that a shorter one would not
_FORMATS: Final = ("markdown", "text")
_SETTINGS: Final = (Settings(), Settings(pedantic=True))


class Fuzzed(NamedTuple):
    """A document made of bytes, and what it is asked."""

    text: str
    format: str
    settings: Settings
    unsafe: bool

    @classmethod
    def of(cls, data: bytes) -> Fuzzed:
        """What the bytes say."""
        choice = data[0] if data else 0
        text = data[1:LONGEST].decode("utf-8", "surrogateescape")
        return cls(text, _FORMATS[choice & 1], _SETTINGS[choice >> 1 & 1], bool(choice & 4))

    def read(self, text: str) -> Document:
        """The document that a text is, read as this one is."""
        return parse(text, name="fuzzed", format=self.format)


def parsing(data: bytes) -> None:
    """Reading never raises, and every place lies in the text."""
    fuzzed = Fuzzed.of(data)
    for span in _spans(fuzzed.read(fuzzed.text)):
        assert 0 <= span.start <= span.end <= len(fuzzed.text), span


def linting(data: bytes) -> None:
    """Checking never raises, says the same twice, in order and in the text; what is said survives being kept."""
    fuzzed = Fuzzed.of(data)
    first = lint_document(fuzzed.read(fuzzed.text), fuzzed.settings)
    assert first == lint_document(fuzzed.read(fuzzed.text), fuzzed.settings)
    assert first == decoded(encoded(first), "fuzzed", fuzzed.text, fuzzed.format)
    for one, other in zip(first.diagnostics, first.diagnostics[1:], strict=False):
        assert (one.span, one.code) <= (other.span, other.code)
    for each in first.diagnostics:
        for span in (each.span, *(related.span for related in each.related)):
            assert 0 <= span.start <= span.end <= len(fuzzed.text), each
        for edit in each.fix.edits if each.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(fuzzed.text), each


def fixing(data: bytes) -> None:
    """Fixing never raises, adds no fault of a marker, and leaves nothing to fix."""
    fuzzed = Fuzzed.of(data)
    fix = partial(fix_document, settings=fuzzed.settings, read=fuzzed.read, unsafe=fuzzed.unsafe)
    try:
        done = fix(fuzzed.read(fuzzed.text))
    except RenumberError:
        return
    assert done.counts or done.document.text == fuzzed.text
    assert fix(done.document).document.text == done.document.text


def _spans(document: Document) -> Iterator[Span]:
    for marker in (*document.markers, *document.hidden):
        yield marker.span
        yield from (citation.span for citation in marker.citations)
    for source in document.sources:
        record = source.record
        fields = (record.title, record.author, record.container, record.date, record.accessed, record.doi, *record.urls)
        yield from (source.span, source.label_span, source.text_span, *(field.span for field in fields if field))
    yield from (malformed.span for malformed in document.malformed)
    yield from (link.span for link in document.links)
    yield from (comment.span for comment in document.structure.comments)
    yield from (claim.span for claim in document.claims)
    yield from (
        *(heading.span for heading in document.structure.headings),
        *document.blocks,
        *document.structure.verbatim,
    )


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {"parse": parsing, "lint": linting, "fix": fixing}
