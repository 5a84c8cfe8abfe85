"""Records: what an entry's own words mention a source. Nothing is invented: what is not written is None."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

import regex

from citecheck.model.sources import Dates, Evidence, Field, Names, Record
from citecheck.model.structure import Wording
from citecheck.recognition.entries.dates import dates, of_access, of_archiving
from citecheck.recognition.entries.evidence import evidence
from citecheck.recognition.entries.identifiers import identifiers, urls
from citecheck.recognition.entries.pieces import HOLE
from citecheck.recognition.entries.reading import FieldSpans, read_fields
from citecheck.recognition.entries.website import split_site_name
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_BRACKETED_DAY = lazy_regex(r"\[(?=\d{4}-\d\d?-\d\d?\])")  # GB/T 7714 writes the day of access so, last
_ANCHOR = lazy_regex(r"</?(?:a|span)\b[^<>\n]{0,300}>", regex.IGNORECASE)
# What leads back to the uses of a note: `^ a b`; after `z` comes `aa`. A capital letter begins a name or a title.
_BACK = lazy_regex(r"\s{0,3}[\^↑](?:\s{0,3}(?i:Jump up to):?)?(?:\s{1,3}a?[a-z](?=\s)){0,60}+")
_UNSEEN = lazy_regex(r"[\u00ad\u200b\u2060\ufeff\ue000-\uf8ff\ufff9-\ufffb]")
_LETTER = "x"
_REMEMBERED = 1_024  # entries whose words were read last
_LONGEST = 2_000  # code points of an entry that are read; more is an annotation


def record(text: str, offset: int, address: Field | None = None) -> Record:
    """What the text of an entry tells; it begins at an offset of its document.

    `address` is one that its label carries or its definition gives.
    """
    return Record(_PlacedParser(text[:_LONGEST], lambda span: Span(offset + span.start, offset + span.end), address))


def record_of_wording(text: str, offset: int, wording: Callable[[str], Wording]) -> Record:
    """What the words of an entry tell that are written with a format's markup; the text begins at an offset."""
    words = wording(text[:_LONGEST])

    def placed(span: Span) -> Span:
        return Span(offset + words.starts[span.start], offset + words.ends[span.end - 1])

    return Record(_PlacedParser(words.text, placed))


class _PlacedParser:
    """Says what the words of one entry tell, and where in the document."""

    def __init__(self, words: str, place: Callable[[Span], Span], address: Field | None = None) -> None:
        self._words = words
        self._place = place
        self._address = address

    @cached_property
    def _parser(self) -> _RecordParser:
        return _parser(self._words, self._address.value if self._address else None)

    def urls(self) -> tuple[Field, ...]:
        """The addresses, that of the label or the definition first."""
        found = tuple(map(self._placed, self._parser.addresses))
        return (self._address, *found) if self._address else found

    def names(self) -> Names:
        """Who wrote what."""
        return Names(*(field and self._placed(field) for field in self._parser.names))

    def dates(self) -> Dates:
        """When."""
        return Dates(*(field and self._placed(field) for field in self._parser.dates))

    def identifiers(self) -> Mapping[str, Field]:
        """The numbers that works go by."""
        return {name: self._placed(field) for name, field in self._parser.identifiers.items()}

    def evidence(self) -> tuple[Evidence, ...]:
        """Why each part is read as what it is."""
        return tuple(one._replace(span=self._place(one.span)) for one in self._parser.evidence())

    def _placed(self, field: Field) -> Field:
        return Field(field.value, self._place(field.span))


class _RecordParser:
    """Reads the words of one entry, each part at the first need, as if they began their document."""

    def __init__(self, text: str, address: str | None) -> None:
        self._text = text
        self._address = address

    @cached_property
    def addresses(self) -> tuple[Field, ...]:
        """The addresses in the words."""
        return tuple(urls(self._text, 0))

    @cached_property
    def _words(self) -> str:
        return blanked(self._text, self.addresses)

    @cached_property
    def _written(self) -> tuple[Field, ...]:
        """The dates, whatever they are of."""
        return tuple(dates(self._words, 0))

    @property
    def _seen(self) -> str:
        """The words without what nobody sees, which parts no words."""
        return self._words if self._words.isascii() else _UNSEEN.sub(_LETTER, self._words)

    def evidence(self) -> Iterator[Evidence]:
        """Why each part is read as what it is."""
        for one in evidence(self._seen, [date.span for date in self._written]):
            yield one._replace(text=one.span.of(self._text))  # with what the address is

    @cached_property
    def _reading(self) -> FieldSpans:
        read = read_fields(self._seen, [date.span for date in self._written])
        address = self._address or (self.addresses[0].value if self.addresses else None)
        return split_site_name(read, self._words, address) if address else read

    @cached_property
    def names(self) -> Names:
        """Who wrote what."""
        read = self._reading
        spans = (read.title, read.author, read.container, read.publisher, read.editor, read.place, *read.numbers)
        return Names(*(_field(self._words, span) for span in spans))

    @cached_property
    def dates(self) -> Dates:
        """When."""
        return Dates(*_dates(self._words, self._written, self._reading)) if self._written else Dates()

    @cached_property
    def identifiers(self) -> Mapping[str, Field]:
        """The numbers that works go by."""
        return identifiers(self._text, 0)


_parser = lru_cache(maxsize=_REMEMBERED)(_RecordParser)  # fixing reads a document again after each round


def blanked(text: str, addresses: Iterable[Field] = ()) -> str:
    """The text, place for place, without its addresses, its links back, and the tags of anchors.

    A hole represents each: what is in them is no title and no date. A title may be in an anchor.
    """
    pieces: list[str] = []
    end = 0
    for _, (start, stop) in addresses:
        pieces += [text[end:start], HOLE * (stop - start)]
        end = stop
    words = "".join([*pieces, text[end:]]) if pieces else text
    if back := _BACK.match(words):
        words = HOLE * back.end() + words[back.end() :]
    return _ANCHOR.sub(lambda tag: " " * len(tag[0]), words) if "<" in words else words


def _dates(words: str, found: Iterable[Field], read: FieldSpans) -> tuple[Field | None, Field | None]:
    """When it was published, and when a reader looked; the day of an archive's copy is neither.

    Nobody puts a day into a title that nothing sets off. Of several dates the most precise is taken, of those
    the likeliest.
    """
    published: list[Field] = []
    besides: list[Field] = []
    accessed: Field | None = None
    for date in found:
        start, end = date.span
        if of_archiving(words, start):
            continue
        if of_access(words, start, end) or (words[start - 1 : start] == "[" and _BRACKETED_DAY.match(words, start - 1)):
            accessed = accessed or date
        elif date.span in read.dates:
            published.append(date)
        elif date.span in (read.titled if _precision(date) > 2 else read.noted if _precision(date) > 1 else ()):
            besides.append(date)
    published.sort(key=lambda date: read.dates.index(date.span))
    return max(published or besides, key=_precision, default=None), accessed


def _precision(date: Field) -> int:
    """How many of year, month and day a date has; a range of years has but years."""
    return 1 if "/" in date.value else date.value.count("-") + 1


def _field(words: str, span: Span | None) -> Field | None:
    """A part of the words as a field, its value without line breaks."""
    if span is None:
        return None
    return Field(" ".join(span.of(words).split()), span)
