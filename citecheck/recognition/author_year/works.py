"""Works: entries of a list as somebody cites them by author and year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import regex

from citecheck.lexicon import words_of
from citecheck.model.sources import Source
from citecheck.recognition.author_year.names import (
    OTHERS,
    FirstAuthor,
    author_count,
    first_author,
    folded,
    words,
)
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

UNDATED: Final = "undated"
"""The year of a work that has none yet: `n.d.`, `in press`."""
YEAR: Final = r"(?:1[4-9]|20)\d\d"
_NO_DATE = words_of("authors.no_date", "entries.in_press").across_lines()
NO_DATE: Final = rf"(?i:{_NO_DATE.spaced}|{_NO_DATE.unspaced})"
_DATED = (
    rf"(?P<year>{YEAR})(?P<letter>(?!s\b)[a-z])?(?![\d\p{{L}}])"
    rf"(?:\s?[/–-]\s?(?P<other>{YEAR}|\d\d)(?P<letter>[a-z])?(?!\d))?"
)
_BRACKETED = lazy_regex(
    rf"[(（\[]\s?(?:(?:c|ca)\.\s?|\p{{L}}{{2,12}}\.?\s)?(?:\[(?P<other>{YEAR})\]\s?)?"
    rf"(?:{_DATED}(?:[,;\s][^()\[\]（）]{{0,40}})?|(?P<undated>{NO_DATE})(?:-?(?P<letter>[a-z])(?!\w))?[^()\[\]（）]{{0,20}})[)）\]]"
)
_BEHIND = lazy_regex(
    rf"(?:[.,;:。，]\s{{0,3}}|\s)(?:{_DATED}|(?P<undated>{NO_DATE})(?:-?(?P<letter>[a-z])(?!\w))?)(?=\s?(?:[.,;:)。，：]|\Z|\n))"
)
_ANY_YEAR = lazy_regex(rf"(?<![\d–-])(?P<year>{YEAR})(?P<letter>[a-z])?(?![\d\p{{L}}])")
_QUOTE = lazy_regex(rf"[“\"«„‘《「『]|(?<![*\w])\*{{1,2}}(?=\S)(?!{OTHERS})|(?<!\w)_(?=\S)(?!{OTHERS})|https?://|\]\(")
# A stop after a word of two letters and more closes the names, unless the word is written short.
_EDITORS = words_of("authors.editors")
_STOP = lazy_regex(
    rf"(?<=\p{{L}}[\p{{Ll}}\p{{Lo}}\p{{M}}]|\p{{Lu}}{{3}}|[)\]])(?<!\b(?:al|[JS]r|St|(?i:{_EDITORS.spaced})))[.?!。](?=\s|\Z|\p{{Lo}})|[：:](?=\s|\Z|\p{{Lo}})"
)
_LEADING = lazy_regex(r"(?:<[^<>\n]{0,300}>|\[(?=\p{Lu})|\\?\[[^\[\]\n]{0,60}\]:?(?!\()|[-*_•+>\s#|]|\d{1,3}[.)]\s)++")
_AGAIN = lazy_regex(r"(?:[-—–―⸺_]\s?){2,}|⸻|―")  # the authors of the entry above
_EDITED = lazy_regex(rf"\s?[(\[（]?\s?(?<!\p{{L}})(?i:{_EDITORS.spaced}|{_EDITORS.unspaced})\s?[)\]）]?[\s,.:]*\Z")
_NAME_WORD = lazy_regex(r"[\p{L}][\p{L}\p{M}'’\u02bc-]+")
_READ: Final = 600  # code points of an entry that are read
_LONGEST_NAMES: Final = 400  # code points before a year in brackets, of the names of a large group
_MOST_TITLE: Final = 60  # code points of a title that an entry without an author may be cited by


class Work(NamedTuple):
    """An entry as it is cited: by whom it is listed under, when it appeared, and the letter that distinguishes it.

    `years` are all that it may be cited with, of `1781/1998` both; `bag` has the words of all its names as compared,
    `authors` is how many there are for certain. `text` and `mentioned` are all its words as compared, and all years.
    """

    source: Source
    shown: str
    variants: frozenset[str]
    bag: frozenset[str]
    names: tuple[str, ...]
    years: tuple[str, ...]
    year: str
    letter: str
    authors: int | None
    year_span: Span

    @property
    def label(self) -> str:
        """The work as a message calls it: `Lund 2021a`."""
        dash = "-" if self.letter and not self.year.isdecimal() else ""
        return f"{self.shown} {self.year}{dash}{self.letter}"


def works(sources: Sequence[Source]) -> Iterator[Work | None]:
    """The work of each entry of a list, in its order; None where names or year cannot be read."""
    before: tuple[FirstAuthor, str] | None = None
    for source in sources:
        work, before = _work(source, before)
        yield work


def _work(source: Source, before: tuple[FirstAuthor, str] | None) -> tuple[Work | None, tuple[FirstAuthor, str] | None]:
    text = source.text[:_READ]
    leading = _LEADING.match(text)
    again = _AGAIN.match(text, _start_of_dashes(text, leading.end() if leading else 0))
    start = again.end() if again else leading.end() if leading else 0
    found = _dated(text, start)
    segment, date = found if found else (None, None)
    if date is None or segment is None:
        read = _by_record(source, text, start)
        if read is None:
            return None, before if again else None
        segment, date = read
    counted = found is not None and not again
    segment = _EDITED.sub("", segment)
    author = before[0] if again and before else first_author(segment)
    if again and before:
        segment = before[1]
    if author is None:
        return None, None
    return _read(source, author, segment, date, counted=counted), (author, segment)


def _start_of_dashes(text: str, start: int) -> int:
    """Where dashes begin that represent names; they look like the bullet before them."""
    while start and text[start - 1] in "-—–―⸺_⸻ .":
        start -= 1
    return start + (text[start : start + 2] in ("- ", "* ")) * 2


def _dated(text: str, start: int) -> tuple[str, regex.Match[str]] | None:
    """The names at the beginning of an entry and its year, where the year follows them immediately."""
    stop = _STOP.search(text, start)
    quote = _QUOTE.search(text, start)
    close = min(stop.end() if stop else len(text), quote.start() if quote else len(text))
    for pattern, reach in ((_BRACKETED, _LONGEST_NAMES), (_BEHIND, _LONGEST_NAMES)):
        found = pattern.search(text, start + 1, min(len(text), start + reach))
        if found and found.start() <= close + 1:
            names = text[start : found.start()].strip(" \n\t.,;:*_(")
            if names and not any(map(str.isdecimal, names)):
                return names, found
    return None


def _by_record(source: Source, text: str, start: int) -> tuple[str, regex.Match[str]] | None:
    """The names and the year of an entry whose year is elsewhere, as most at its end."""
    date = source.record.date
    if date is None or not date.value[:4].isdecimal():
        return None
    offset = date.span.start - source.text_span.start
    found = _ANY_YEAR.search(source.text, max(0, offset), offset + date.span.end - date.span.start + 1)
    if found is None:
        return None
    author = source.record.author
    if author is not None and author.span.start - source.text_span.start <= start + 3:
        cut = _STOP.search(author.value)
        return (author.value[: cut.start()] if cut else author.value), found
    stop = _STOP.search(text, start)
    quote = _QUOTE.search(text, start)
    close = min(stop.start() if stop else len(text), quote.start() if quote else len(text))
    names = text[start : min(close, start + _LONGEST_NAMES)].strip(" \n\t.,;:*_(")
    return (names, found) if names else None


def _read(source: Source, author: FirstAuthor, segment: str, date: regex.Match[str], *, counted: bool) -> Work:
    fields = date.groupdict()
    year, letter = fields["year"] or UNDATED, fields["letter"] or ""
    other = fields.get("other") or ""
    others = [other if len(other) == 4 else year[:2] + other] if other else []
    place = date.span("year") if fields["year"] else date.span("undated")
    start = source.text_span.start
    return Work(
        source=source,
        shown=author.shown,
        variants=author.variants,
        bag=frozenset(map(folded, words(segment))),
        names=tuple(_NAME_WORD.findall(segment)),
        years=(year, *others),
        year=fields["year"] or " ".join((fields["undated"] or "").split()),
        letter=letter,
        authors=author_count(segment) if counted else None,
        year_span=Span(start + place[0], start + place[1]),
    )
