"""Citations by author and year, `(Lund, 2021)` and `Lund (2021)`: what each names, and why it is treated as one."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from citecheck.model.citations import Citation, Key
from citecheck.text.spans import Span


class Form(StrEnum):
    """How a citation by author and year is written."""

    PARENTHETICAL = "parenthetical"  # (Lund, 2021)
    NARRATIVE = "narrative"  # Lund (2021)
    DISTANT = "distant"  # Lund's work on salt (2021)
    BARE = "bare"  # Lund 2021


class Signal(StrEnum):
    """What there is to see of a citation by author and year, for it or against it."""

    LISTED_ENTRY = "listed-entry"  # the list has this name with this year
    LISTED_NAME = "listed-name"  # the list has this name
    NEAR_SPELLING = "near-spelling"  # the list has a name like it with this year
    SECOND_NAME = "second-name"  # two names or more
    ET_AL = "et-al"
    HOUSE_SEPARATOR = "house-separator"  # name and year are parted as elsewhere in the document
    LOCATOR_TAIL = "locator-tail"  # a bracket, a semicolon or a page follows
    TITLE_MARK = "title-mark"  # emphasis or a quotation ends immediately before the year
    LIFE_DATES = "life-dates"  # `(1819–1875)`
    MONTH = "month"  # what precedes the year is the name of a month
    STOP_WORD = "stop-word"  # or another word that is nobody's name: `Table`, `Act`
    ACRONYM = "acronym"  # capitals alone, where surnames are not written so
    INITIALS_BETWEEN = "initials-between"  # `Lund, H., & Sato, K. (2020)`: a reference in full
    ENTRY_LIKE_BLOCK = "entry-like-block"  # a block begins with it, and goes on with a title
    QUOTED = "quoted"  # quotation marks enclose it, and nothing else
    LISTED_ELSEWHERE = "listed-elsewhere"  # an entry has both name and year, but not as its first author and its date
    LONG_NAME = "long-name"  # more words than surnames have


AGAINST: Final = frozenset(
    {
        Signal.TITLE_MARK,
        Signal.LIFE_DATES,
        Signal.MONTH,
        Signal.STOP_WORD,
        Signal.ACRONYM,
        Signal.INITIALS_BETWEEN,
        Signal.ENTRY_LIKE_BLOCK,
        Signal.QUOTED,
        Signal.LISTED_ELSEWHERE,
        Signal.LONG_NAME,
    }
)
"""The signals that tell against a citation, or that nothing is missing."""


class Verdict(StrEnum):
    """What a citation by author and year is treated as."""

    RESOLVED = "resolved"
    UNDEFINED = "undefined"
    POSSIBLE = "possible"  # undefined, on weak evidence
    USE = "use"  # of an entry, without being a marker; never evidence of a missing one


class Difference(StrEnum):
    """In what the nearest entry differs from a citation that names none."""

    YEAR = "year"
    SPELLING = "spelling"
    LETTER = "letter"


class NearEntry(NamedTuple):
    """An entry that a citation may have been meant for: where it is, and what is to be written instead at a place."""

    key: Key
    label: str
    span: Span
    difference: Difference
    place: Span
    instead: str


class AuthorYear(NamedTuple):
    """One citation by author and year, and how it was decided.

    `near` are entries that it may have been meant for. `authors` is how many the entry has, where it is cited with "et
    al." and has one or two for certain; `misnamed` are a co-author as written and as listed, where these differ.
    """

    citation: Citation
    span: Span
    form: Form
    verdict: Verdict
    evidence: tuple[Signal, ...]
    near: tuple[NearEntry, ...] = ()
    authors: int | None = None
    misnamed: tuple[Span, str] | None = None


class AuthorYears(NamedTuple):
    """All citations of a document by author and year, in reading order.

    `unread` are the entries whose names or year could not be read; `doubtful` the keys of entries that nothing cites so
    that it could be read, though the text may cite them.
    """

    readings: tuple[AuthorYear, ...]
    unread: tuple[Span, ...]
    doubtful: frozenset[Key]
