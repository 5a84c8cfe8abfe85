"""Whether two entries of one work say the same of it: only then may one replace the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from citecheck.model.sources import Field, Record, Source
from citecheck.recognition.entries.works import (
    CUT_SHORT,
    IDENTIFIERS,
    MORE_AUTHORS,
    SUBTITLE,
    VERSION,
    identifier,
    spaced_words,
)
from citecheck.text.patterns import lazy_regex

_BETWEEN_WORDS = lazy_regex(r"[^\p{L}\p{M}\p{N}]+")
_IDENTIFIER_WORD = lazy_regex(rf"(?<!\w)(?i:{'|'.join(IDENTIFIERS)}):?(?!\w)")
_TAG = lazy_regex(r"<[^<>]*>")
# Words that point to what an entry says, and say nothing themselves.
_LEADING: Final = frozenset(
    """a accessed al an and arxiv at available by doi et from http https htm html in issue no on online p page pages pdf
    pp preprint pubmed retrieved the url v version viewed visited vol volume www""".split()
)


def disagreement(one: Source, other: Source) -> str | None:
    """What two entries of one work say of it differently, as a message names it; None where all that both say agrees.

    A subtitle that one leaves out agrees, and so do the versions of a preprint, the order of authors and the days on
    which readers looked. What no field tells counts too: of the rest of the words, one entry has all of the other's.
    """
    a, b = one.record, other.record
    if one.text == other.text:
        return None
    for name, words in IDENTIFIERS.items():
        if (mine := getattr(a, name)) and (others := getattr(b, name)) and identifier(mine) != identifier(others):
            return f"their {words}"
    if a.title and b.title and not _same_title(_titled(one), _titled(other)):
        return "their titles"
    if a.author and b.author and not _same_authors(one, other):
        return "their authors"
    if a.date and b.date and not (a.date.value.startswith(b.date.value) or b.date.value.startswith(a.date.value)):
        return "their dates"
    for name in ("container", "publisher"):
        if (mine := getattr(a, name)) and (others := getattr(b, name)):
            first, second = spaced_words(mine.value), spaced_words(others.value)
            if first not in second and second not in first:
                return "where they appeared"
    mine, others = _rest(one, b), _rest(other, a)
    return None if mine <= others or others <= mine else "what else they say"


def _titled(source: Source) -> str:
    """The title of an entry without the identifiers in it: `[1902.04455] …` on some pages, `… arXiv:1902.04455v3`."""
    record = source.record
    words = record.title.value if record.title else ""
    for name in IDENTIFIERS:
        if field := getattr(record, name):
            words = words.replace(field.value, "").replace(VERSION.sub("", field.value), "")
    return _IDENTIFIER_WORD.sub("", words)


def _same_title(one: str, other: str) -> bool:
    """Whether two titles are one, of which the shorter may lack a subtitle, or be cut short: `The age of …`."""
    short, long = sorted((one, other), key=len)
    if cut := CUT_SHORT.search(short):
        return _letters(long).startswith(_letters(short[: cut.start()]))
    letters = _letters(short)
    return letters == _letters(long) or any(
        letters == _letters(long[: found.start()]) for found in SUBTITLE.finditer(long)
    )


def _letters(title: str) -> str:
    """The letters and digits of a title: `health care` and `healthcare` are one."""
    return _BETWEEN_WORDS.sub("", title.casefold())


def _same_authors(one: Source, other: Source) -> bool:
    """Whether two entries name the same people, in whatever order, some perhaps by initials or as `et al.`."""
    mine, others = _names(one), _names(other)
    for names, known, source in ((mine, others, other), (others, mine, one)):
        unknown = [name for name in names if not any(_one_name(name, each) for each in known)]
        initials = all(len(name) == 1 for name in unknown) and not any(len(name) == 1 for name in known)
        if unknown and not initials and not MORE_AUTHORS.search(source.text):
            return False
    return True


def _names(source: Source) -> list[str]:
    author = source.record.author
    words = spaced_words(MORE_AUTHORS.sub(" ", author.value)).split() if author else []
    return [word for word in words if word not in _LEADING or len(word) == 1]


def _one_name(one: str, other: str) -> bool:
    """Whether two names are one, or the first letter of one."""
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _rest(source: Source, other: Record) -> Counter[str]:
    """The words of an entry without its addresses, its identifiers, and the fields that another record has too."""
    record, start, text = source.record, source.text_span.start, source.text
    for span in sorted((field.span for field in _compared(record, other)), reverse=True):
        text = text[: max(0, span.start - start)] + " " + text[max(0, span.end - start) :]
    return Counter(word for word in spaced_words(_TAG.sub(" ", text)).split() if word not in _LEADING)


def _compared(record: Record, other: Record) -> Iterator[Field]:
    yield from record.urls
    for name in (*IDENTIFIERS, "accessed"):
        if field := getattr(record, name):
            yield field
    for name in ("title", "author", "date", "container", "publisher"):
        if getattr(other, name) and (field := getattr(record, name)):
            yield field
