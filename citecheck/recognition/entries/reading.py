"""Who wrote what, when, and where it is: the fields of an entry, from the labels of its pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import regex

from citecheck.lexicon import phrases, words_of
from citecheck.recognition.entries.dates import CALENDAR
from citecheck.recognition.entries.labels import Label, labels
from citecheck.recognition.entries.pieces import HOLE, Kind, Piece, pieces
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span


class NumberSpans(NamedTuple):
    """Where a work is numbered."""

    volume: Span | None = None
    issue: Span | None = None
    pages: Span | None = None
    edition: Span | None = None


class FieldSpans(NamedTuple):
    """Where the fields of an entry are in its words; none where nothing was read."""

    title: Span | None = None
    author: Span | None = None
    container: Span | None = None
    publisher: Span | None = None
    place: Span | None = None
    editor: Span | None = None
    numbers: NumberSpans = NumberSpans()
    dates: tuple[Span, ...] = ()  # of publication, the likeliest first
    titled: tuple[Span, ...] = ()  # dates in a title that nothing sets off
    noted: tuple[Span, ...] = ()  # dates in what is said besides


# What leads from the words to an address, looked for from there: `, available at`, `| Link:`, ` URL:`.
_LEADS = lazy_regex(
    r"(?r)(?:\[(?:online|internet|web)\]\s{0,9})?+(?:"
    r"(?:[.,;:|(\[。，；（]|\s[-–—]\s|\n[ \t]{0,9}[-*•]?)\s{0,9}"
    rf"(?:(?:{words_of('titles.visited').pattern})(?: [^;:\s]{{1,12}}){{0,5}}(?: from)?"
    rf"|{words_of('titles.leads').pattern})[:：]?"
    rf"|\s(?:{words_of('titles.leads_announced').pattern})\s?[:：]"
    r")\s{0,9}$",
    regex.IGNORECASE,
)
_FIELD = lazy_regex(  # what tells more of a source in a line of its own
    rf"\n[ \t]*+(?:[-*•][ \t]*+)?+(?:\*\*)?(?:{words_of('titles.fields').pattern})(?:\*\*)?[:：]", regex.IGNORECASE
)
_ANNOUNCED = lazy_regex(
    rf"\s{{0,9}}(?:(?:\*\*)?(?:{words_of('titles.announced').pattern})(?:\*\*)?:(?:\*\*)?\s{{0,9}}"
    rf"|(?:{'|'.join(map(regex.escape, phrases('titles.leading')))})[.:]?\s{{1,9}}(?=[“\"«„‘\[*_]))",
    regex.IGNORECASE,
)
_MEDIUM = lazy_regex(  # `[J]` and the like of GB/T 7714, `[Internet]`
    rf"\[(?:(?:[JMNDRCPSAZG]|EB|DB|CP)(?:/OL)?|(?i:{'|'.join(phrases('entries.media'))}))\]"
)
_IDENTIFIER = lazy_regex(
    r"(?<!\w)(?:doi:?\s?(?=10\.)\S{6,200}|arxiv:\s?\S{4,40}|pm(?:c?id|c):?\s?\d{3,12}"
    r"|is[bs]n(?:-1[03])?:?\s?[\dX\-–‐ ]{8,20})",
    regex.IGNORECASE,
)
_NAMED = ("doi", "arxiv", "pmid", "pmc", "isbn", "issn")
_COUNTING = {
    "pages": frozenset(phrases("fields.pages")),
    "volume": frozenset(phrases("fields.volumes")),
    "issue": frozenset(phrases("fields.issues")),
}
_EDITIONS = frozenset(phrases("fields.editions"))
_DIGITS = lazy_re(r"[\d\-–—‑/]+")
_RANGE = lazy_re(r"\d\s?[-–—‑]{1,2}\s*[A-Z]?\d")
_CUT_SHORT = lazy_re(r"\s?(?:\.{3,}|…)")
_GENERIC = frozenset(phrases("titles.generic"))
_NO_NAMES = phrases("titles.no_names")
_WHERE = frozenset(phrases("titles.places"))  # `Available at` is no title
_BARE = lazy_regex(rf"[\W_]*(?:(?:{words_of('entries.bare').pattern})\b[\W_]*)*", regex.IGNORECASE)
_WORD = lazy_re(r"\w+")
_MARKED = (Kind.QUOTED, Kind.EMPHASISED, Kind.TITLED)
_ADDRESS = lazy_re(f"{HOLE}+")
_EDGES = f" \t\n\f{HOLE},;:|•·，；：、*_"
_WHOLE = lazy_regex(r"[“\"«„*_]{1,3}+([^“”\"«»„*_]{2,400})[”\"»“*_]{1,3}")
_IN = lazy_regex(rf"(?i:{words_of('fields.in').pattern})[\s:]+|[Ii]n:\s?")
_IN_BRACKETS = lazy_re(r"\s?[(\[][^()\[\]]{1,20}\Z")  # `(Eds.`
_EDITED = lazy_regex(rf"[(\[]?(?i:{words_of('fields.edited').pattern})\b[\s:]*")


def read_fields(words: str, dates: Sequence[Span]) -> FieldSpans:
    """The fields in the words of an entry; U+FFFC represents each part of an address, the dates are those in them."""
    words = without_leads(words)
    found = pieces(words, dates)
    told = labels(words, found)
    runs = _runs(found, told)
    title, container = runs.get("title", ()), runs.get("container", ())
    if title and all(piece.kind is Kind.DATE for piece in title):
        told = [Label.DATE if label is Label.TITLE else label for label in told]
        title = ()
    if not title:
        shown = frozenset(told)
        if marked := _marked(found, shown):
            title, container = (marked,), ()
        else:
            title = _left(words, found, shown)
    return FieldSpans(
        _title(words, title),
        _author(words, runs.get("author", ())),
        _name(words, container),
        _name(words, runs.get("publisher", ())),
        _name(words, runs.get("place", ())),
        _editor(words, runs.get("editor", ())),
        _numbers(words, [piece for piece, label in zip(found, told, strict=True) if label is Label.NUMBER], container),
        *_dated(found, told),
    )


def _runs(found: Sequence[Piece], told: Sequence[Label]) -> Mapping[str, Sequence[Piece]]:
    """The first run of pieces of each field."""
    runs: dict[str, list[Piece]] = {}
    run: list[Piece] = []
    last = None
    for piece, label in zip(found, told, strict=True):
        name = _FIELDS_OF.get(label)
        if name != last:
            run = []
            if name:
                runs.setdefault(name, run)
        run.append(piece)
        last = name
    return runs


_FIELDS_OF = {
    Label.TITLE: "title",
    Label.CONTAINER: "container",
    Label.PUBLISHER: "publisher",
    Label.PLACE: "place",
    **dict.fromkeys((Label.EDITOR, Label.EDITOR_BEHIND), "editor"),
    **dict.fromkeys((Label.AUTHOR, Label.AUTHOR_BEHIND), "author"),
}


def _dated(found: Sequence[Piece], told: Sequence[Label]) -> Iterator[tuple[Span, ...]]:
    """The dates of publication, the likeliest first: before the title, after a publisher, elsewhere; other dates."""
    published: list[tuple[bool, bool, Span]] = []
    titled: list[Span] = []
    noted: list[Span] = []
    last = None
    for piece, label in zip(found, told, strict=True):
        if piece.kind is Kind.DATE:
            span = Span(piece.start, piece.end)
            if label is Label.TITLE:
                titled.append(span)
            elif label in (Label.NOTE, Label.NOTE_BEHIND):
                noted.append(span)
            elif label in (Label.DATE, Label.DATE_BEHIND):
                published.append((label is not Label.DATE, last not in (Label.PUBLISHER, Label.PLACE), span))
        last = label
    yield tuple([span for _, _, span in sorted(published)])
    yield tuple(titled)
    yield tuple(noted)


def _marked(found: Sequence[Piece], shown: Set[Label]) -> Piece | None:
    """The words in quotation marks or emphasis of an entry that has nothing else to be found by: its title."""
    if not shown <= {Label.CONTAINER, Label.NOTE, Label.NOTE_BEHIND, Label.DATE, Label.DATE_BEHIND}:
        return None
    return next((piece for piece in found if piece.kind in _MARKED), None)


def _left(words: str, found: Sequence[Piece], shown: Set[Label]) -> Sequence[Piece]:
    """What represents a title where nothing was read of an entry: its first words, to the address that breaks them."""
    if not shown <= {Label.NOTE, Label.NOTE_BEHIND, Label.NUMBER, Label.DATE, Label.DATE_BEHIND}:
        return ()
    run: list[Piece] = []
    for piece in found:
        if piece.kind is Kind.ADDRESS and run:
            break
        if piece.kind is not Kind.ADDRESS and (run or any(map(str.isalpha, words[piece.start : piece.end]))):
            run.append(piece)
    while run and run[-1].kind is Kind.DATE:
        run.pop()
    text = words[run[0].start : run[-1].end].casefold() if run else ""
    return run if any(map(str.isalpha, text)) and not _points(text) else ()


def _points(text: str) -> bool:
    """Whether words in lower case only point to an address: `available at`, `see`."""
    return _WHERE.issuperset(_WORD.findall(text)) or _BARE.fullmatch(text) is not None


def _numbers(words: str, found: Sequence[Piece], container: Sequence[Piece]) -> NumberSpans:
    """Volume, issue, pages and edition: by the word before each, otherwise by how and in which order they are written.

    `12(3), 4–9` after a container is a volume, an issue in brackets, and a range of pages.
    """
    read: dict[str, Span] = {}
    for piece in found:
        name = _counted(words[piece.start : piece.end])
        if name is None and not container:
            continue
        if name is None:
            taken = "volume" in read
            name = (
                "issue" if taken and piece.before == "(" else "pages" if taken or piece.kind is Kind.DATE else "volume"
            )
        read.setdefault(name, Span(piece.start, piece.end))
    return NumberSpans(**read)


def _counted(text: str) -> str | None:
    """What a number counts, as far as the words beside it or its form tell."""
    words = {word.strip(".()") for word in _DIGITS.sub(" ", text.casefold()).split()}
    if not _EDITIONS.isdisjoint(words):
        return "edition"
    for name, counting in _COUNTING.items():
        if not counting.isdisjoint(words):
            return name
    return "pages" if _RANGE.search(text) else None


def without_leads(words: str) -> str:
    """The words, place for place, with holes for identifiers too, and for what announces an address or a field."""
    lower = words.lower()
    if any(map(lower.__contains__, _NAMED)):
        words = _IDENTIFIER.sub(_hole, words)
    if "\n" in words:
        words = _FIELD.sub(_hole, words)
    if "[" in words:
        words = _MEDIUM.sub(_hole, words)
    if (announced := _ANNOUNCED.match(words)) is not None:
        words = _hole(announced) + words[announced.end() :]
    for address in _ADDRESS.finditer(words):
        if leads := _LEADS.search(words, 0, address.start()):
            words = words[: leads.start()] + _hole(leads) + words[leads.end() :]
    return words


def _hole(found: regex.Match[str]) -> str:
    return HOLE * len(found[0])


def _title(words: str, run: Sequence[Piece]) -> Span | None:
    """A title with the marks about a part of it, but not with those about all of it."""
    if not run:
        return None
    start, end = run[0].start, run[-1].end
    if len(run) > 1:
        start, end = _opened(words, run[0]), _closed(words, run[-1])
    elif whole := _WHOLE.fullmatch(words, start, end):
        start, end = whole.span(1)
    if words[end : end + 1] in ("?", "!"):
        end += 1
    span = _plain(words, start, end)
    if span and run[0].kind not in _MARKED and _points(span.of(words).casefold()):
        return None
    cut = span and _CUT_SHORT.match(words, span.end)
    return Span(span.start, cut.end()) if span and cut else span


def _opened(words: str, piece: Piece) -> int:
    """Where a piece begins with the mark before it."""
    start = piece.start
    return start - 1 if piece.kind in _MARKED and start else start


def _closed(words: str, piece: Piece) -> int:
    end = piece.end
    return end + 1 if piece.kind in _MARKED and end < len(words) else end


def _plain(words: str, start: int, end: int) -> Span | None:
    """A span without the punctuation at its edges; a bracket that it opens is closed in it."""
    inner = words[start:end].strip(_EDGES)
    start = words.index(inner, start, end) if inner else start
    end = start + len(inner)
    if inner.endswith(".") and not inner.endswith(("..", " al.")):
        end -= 1
    for opening, closing in ("()", "[]"):
        opened = words.count(opening, start, end) - words.count(closing, start, end)
        if opened > 0 and words[end : end + 2].startswith((closing, f".{closing}")):
            end = words.index(closing, end) + 1
        elif opened < 0 and words[start - 1 : start] == opening:
            start -= 1
    return Span(start, end) if any(map(str.isalnum, words[start:end])) else None


def _author(words: str, run: Sequence[Piece]) -> Span | None:
    """Who wrote it, with the full stop of an initial."""
    if not run:
        return None
    start, end = run[0].start, run[-1].end
    span = _plain(words, start, end) or (Span(start, end) if run[0].end > run[0].start else None)
    if span is None:
        return None
    stopped = words[span.end : span.end + 1] == "." and _ENDS_SHORT.search(words, span.start, span.end)
    return Span(span.start, span.end + 1) if stopped else span


_ENDS_SHORT = lazy_regex(r"(?:^|[\s.,&-])(?:\p{Lu}|al|Jr|Sr|Yu|Ch|Th)$")


def _name(words: str, run: Sequence[Piece]) -> Span | None:
    """A name without what points to it, with the full stop of its last word where that is written short."""
    if not run:
        return None
    start, end = run[0].start, run[-1].end
    if leading := _IN.match(words, start, end):
        start = leading.end()
    span = _plain(words, start, end)
    name = span.of(words).casefold().rstrip(".") if span else ""
    if span is None or name in CALENDAR or name in _GENERIC or name.startswith(_NO_NAMES):
        return None
    return Span(span.start, span.end + 1) if words[span.end : span.end + 2] in (".,", ".;", ".:") else span


def _editor(words: str, run: Sequence[Piece]) -> Span | None:
    if not run:
        return None
    start, end = run[0].start, run[-1].end
    for pattern in (_IN, _EDITED):
        if leading := pattern.match(words, start, end):
            start = leading.end()
    if bracket := _IN_BRACKETS.search(words, start, end):
        end = bracket.start()
    return _plain(words, start, end)
