"""Whether two entries are of one work, written perhaps in two ways, and whether they say the same of it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

from citecheck.identifiers.url import bare
from citecheck.lexicon import phrases, words_of
from citecheck.model.sources import Field, Record, Source
from citecheck.text.patterns import lazy_regex

_BETWEEN_WORDS = lazy_regex(r"[^\p{L}\p{M}\p{N}]+")


class WorkIdentity(NamedTuple):
    """What tells the work of one entry from that of another."""

    doi: str | None
    address: str | None  # without its fragment
    fragment: str
    words: str
    bare: bool  # an address and no words

    @classmethod
    def of(cls, source: Source) -> WorkIdentity:
        """The work that a source's words speak of."""
        doi, url, words = source.record.doi, source.record.url, _words(source.text)
        bare = url is not None and words in _words(url.value)
        address, fragment = _address(url.value) if url else (None, "")
        return cls(doi and doi.value.casefold(), address, fragment, words, bare)

    def same(self, other: WorkIdentity, *, in_parts: bool = True) -> bool:
        """Whether nothing shows that this is another work.

        The same DOI or address is the same work, unless it leads to two places of a page; so is an entry that says less
        than the other, and nothing else: a shorter form of it, no words at all, or an address beside words without one,
        where works may be told `in_parts`. Two addresses alone are two works, though one begins like the other.
        """
        if self.doi and other.doi:
            return self.doi == other.doi
        if self.address and self.address == other.address:
            return self.fragment == other.fragment or not (self.fragment and other.fragment)
        if self.bare and other.bare:
            return False
        if in_parts and ((self.bare and not other.address) or (other.bare and not self.address)):
            return True
        return self.words in other.words or other.words in self.words


def _words(text: str) -> str:
    """A text's words in lower case with a space on each side; a lone space where there are none."""
    return f" {_BETWEEN_WORDS.sub(' ', text.casefold()).strip()} ".replace("  ", " ")


def _address(url: str) -> tuple[str, str]:
    """An address without what two writers put differently: scheme, `www.`, port, closing slash, case; and its fragment.

    What a browser is to highlight, `#:~:text=salt`, is no place of a document.
    """
    address, _, fragment = bare(url).casefold().partition("#")
    return address.rstrip("/"), "" if fragment.startswith(":~:") else fragment


# What two entries of one work say ---------------------------------------------------------------------------

_IDENTIFIERS: Final = {
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "arxiv": "arXiv id",
    "pmid": "PMID",
    "pmcid": "PMCID",
}
_VERSION = lazy_regex(r"(?<=\d)v\d+$|(?<=\w)/v\d+$")
_IDENTIFIER_WORD = lazy_regex(rf"(?<!\w)(?i:{'|'.join(_IDENTIFIERS)}):?(?!\w)")
_SUBTITLE = lazy_regex(r"\s?[:：|;]|[.?!…](?=\s)|\s[-–—]+\s|[—]|\s?[(（\[]")  # what it stands behind
_CUT_SHORT = lazy_regex(r"\s?(?:\.{2,}|…)\W*$")
_TAG = lazy_regex(r"<[^<>]*>")
_OTHERS = words_of("names.others")
_MORE_AUTHORS = lazy_regex(rf"(?<!\w)(?:{_OTHERS.spaced})|{_OTHERS.unspaced}")
# Words that lead to what an entry says, and say nothing themselves.
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
    for name, words in _IDENTIFIERS.items():
        if (mine := getattr(a, name)) and (others := getattr(b, name)) and _plain(mine) != _plain(others):
            return f"their {words}"
    if a.title and b.title and not _same_title(_titled(one), _titled(other)):
        return "their titles"
    if a.author and b.author and not _same_authors(one, other):
        return "their authors"
    if a.date and b.date and not (a.date.value.startswith(b.date.value) or b.date.value.startswith(a.date.value)):
        return "their dates"
    for name in ("container", "publisher"):
        if (mine := getattr(a, name)) and (others := getattr(b, name)):
            first, second = _words(mine.value), _words(others.value)
            if first not in second and second not in first:
                return "where they appeared"
    mine, others = _rest(one, b), _rest(other, a)
    return None if mine <= others or others <= mine else "what else they say"


def _plain(identifier: Field) -> str:
    """An identifier without case, signs between its digits, and the version of a preprint."""
    value = _VERSION.sub("", identifier.value.casefold())
    return value.replace("-", "").replace(" ", "")


def _titled(source: Source) -> str:
    """The title of an entry without the identifiers in it: `[1902.04455] …` on some pages, `… arXiv:1902.04455v3`."""
    record = source.record
    words = record.title.value if record.title else ""
    for name in _IDENTIFIERS:
        if field := getattr(record, name):
            words = words.replace(field.value, "").replace(_VERSION.sub("", field.value), "")
    return _IDENTIFIER_WORD.sub("", words)


def _same_title(one: str, other: str) -> bool:
    """Whether two titles are one, of which the shorter may lack a subtitle, or be cut short: `The age of …`."""
    short, long = sorted((one, other), key=len)
    if cut := _CUT_SHORT.search(short):
        return _letters(long).startswith(_letters(short[: cut.start()]))
    letters = _letters(short)
    return letters == _letters(long) or any(
        letters == _letters(long[: found.start()]) for found in _SUBTITLE.finditer(long)
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
        if unknown and not initials and not _MORE_AUTHORS.search(source.text):
            return False
    return True


def _names(source: Source) -> list[str]:
    author = source.record.author
    words = _words(_MORE_AUTHORS.sub(" ", author.value)).split() if author else []
    return [word for word in words if word not in _LEADING or len(word) == 1]


def _one_name(one: str, other: str) -> bool:
    """Whether two names are one, or the first letter of one."""
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _rest(source: Source, other: Record) -> Counter[str]:
    """The words of an entry without its addresses, its identifiers, and the fields that another record has too."""
    record, start, text = source.record, source.text_span.start, source.text
    for span in sorted((field.span for field in _compared(record, other)), reverse=True):
        text = text[: max(0, span.start - start)] + " " + text[max(0, span.end - start) :]
    return Counter(word for word in _words(_TAG.sub(" ", text)).split() if word not in _LEADING)


def _compared(record: Record, other: Record) -> Iterator[Field]:
    yield from record.urls
    for name in (*_IDENTIFIERS, "accessed"):
        if field := getattr(record, name):
            yield field
    for name in ("title", "author", "date", "container", "publisher"):
        if getattr(other, name) and (field := getattr(record, name)):
            yield field


# One work in two styles -------------------------------------------------------------------------------------

_FEWEST_WORDS: Final = 3  # of a title that is told from others: `Annual report` is anybody's
_FEWEST_LETTERS: Final = 18
_LONG_TITLE: Final = 5  # words, which nobody else chooses for a work of the same year
_SURNAME = lazy_regex(r"[\p{L}\p{M}'’]{3,}")
_NUMBER = lazy_regex(r"\d+")
_NO_LETTER = lazy_regex(r"[^\p{L}\p{N}]+")
_RANGE = lazy_regex(r"(?<!\d)(\d{1,6})\s?[-–—‑−]{1,2}\s{0,20}(\d{1,6})(?!\d)")
_SMALL: Final = frozenset({*phrases("joining.and"), *phrases("fields.in")})


class Likeness(IntEnum):
    """How alike two entries are: by their words one work for certain, or one by all likelihood."""

    LIKELY = 1
    CERTAIN = 2


class Traces:
    """What an entry shows of its work in whatever style it is written; its fields are read at the first need."""

    def __init__(self, source: Source) -> None:
        self.record = source.record
        self._source = source

    @cached_property
    def text(self) -> str:
        """The entry without its addresses and identifiers."""
        return _anonymous(self._source)

    @cached_property
    def letters(self) -> str:
        """The letters of all of it."""
        return _plain_letters(self.text)

    @cached_property
    def pages(self) -> frozenset[tuple[str, str]]:
        """The ranges of pages."""
        return frozenset(_pages(self.text))

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers, but for those in addresses and identifiers."""
        return frozenset(_NUMBER.findall(self.text))

    @cached_property
    def year(self) -> str:
        """The year of publication; empty where none was read."""
        return self.record.date.value[:4] if self.record.date else ""

    @cached_property
    def title(self) -> str:
        """The letters of the title."""
        return _plain_letters(self.record.title.value) if self.record.title else ""

    @cached_property
    def words(self) -> int:
        """How many words the title has."""
        return len(self.record.title.value.split()) if self.record.title else 0

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The names of the authors but for initials, by their letters."""
        names = _SURNAME.findall(_MORE_AUTHORS.sub(" ", self.record.author.value)) if self.record.author else ()
        return frozenset(map(_plain_letters, names)) - _SMALL

    @cached_property
    def container(self) -> Sequence[str]:
        """The words of what it appeared in."""
        return _words(self.record.container.value).split() if self.record.container else ()

    def may_be(self, other: Traces, common: Iterable[Sequence[str]]) -> bool:
        """Whether the rows of words that two entries have in common may be one title, or their pages are the same."""
        return sum(map(len, chain.from_iterable(common))) >= _FEWEST_LETTERS or not self.pages.isdisjoint(other.pages)

    def likeness(self, other: Traces) -> Likeness | None:
        """How alike two entries are; None where they are of two works, or where nobody knows.

        One title, one year and a common author are one work, and so are the same pages of a year with a common author,
        unless something tells two apart: identifiers, pages, a volume or a number, another page of the same site.
        """
        if self._apart(other) or (self.year and other.year and self.year != other.year):
            return None
        same_pages = not self.pages.isdisjoint(other.pages)
        known = self.surnames and other.surnames
        if not (self._one_author(other) if known else same_pages):
            return None
        if self.title == other.title and (self._telling or (self.title and same_pages)):
            found = (
                same_pages or len((self.figures & other.figures) - {self.year, other.year}) > 1
            )  # a volume and the first of its pages
            told = found or (known and self.words >= _LONG_TITLE and self._one_outlet(other))
            if not (found or self.year or other.year):
                return None
            return Likeness.CERTAIN if told and self.year and other.year else Likeness.LIKELY
        if same_pages and self.year and other.year:
            within = any(
                one.title in two.letters
                for one, two in ((self, other), (other, self))
                if len(one.title) >= _FEWEST_LETTERS
            )
            return Likeness.CERTAIN if within and known else Likeness.LIKELY if within else None
        return None

    @property
    def _telling(self) -> bool:
        """Whether the title is long enough to tell a work by."""
        cut = self.record.title and _CUT_SHORT.search(self.record.title.value)
        return self.words >= _FEWEST_WORDS and len(self.title) >= _FEWEST_LETTERS and not cut

    def _apart(self, other: Traces) -> bool:
        """Whether identifiers, pages or numbers tell two works, or two addresses of one site two of its pages."""
        one, two = self.record, other.record
        if any(
            (mine := getattr(one, name)) and (others := getattr(two, name)) and _plain(mine) != _plain(others)
            for name in ("doi", "isbn", "arxiv", "pmid", "pmcid")
        ):
            return True
        if one.url and two.url and _host(one.url.value) == _host(two.url.value):
            return True
        if self.pages and other.pages and self.pages.isdisjoint(other.pages):
            return True
        mine, others = self.figures - other.figures, other.figures - self.figures
        counted = not (self.pages and other.pages)
        if counted and len(mine) > 1 and len(others) > 1:  # of each one may be its year
            return True
        if one.url and two.url and not self.surnames:
            return True
        return counted and bool(mine - {self.year}) and bool(others - {other.year})

    def _one_author(self, other: Traces) -> bool:
        """Whether half of the fewer surnames are common to both."""
        return 2 * len(self.surnames & other.surnames) >= min(len(self.surnames), len(other.surnames))

    def _one_outlet(self, other: Traces) -> bool:
        """Whether nothing shows that they appeared in two places: `J. Salt Res.` is the `Journal of Salt Research`."""
        short, long = sorted((self.container, other.container), key=lambda words: sum(map(len, words)))
        place = iter(long)
        return all(any(word.startswith(each) for word in place) for each in short)


def _anonymous(source: Source) -> str:
    """The text of an entry without its addresses and identifiers."""
    text = source.text
    for field in (*source.record.urls, *(field for name in _IDENTIFIERS if (field := getattr(source.record, name)))):
        text = text.replace(field.value, " ")
    return text


def _plain_letters(text: str) -> str:
    """The letters and digits of a text without case, accents and ligatures."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return _NO_LETTER.sub("", plain.casefold())


def _pages(text: str) -> Iterator[tuple[str, str]]:
    """The ranges in a text, the second number written out: `1641-7` ends at 1647."""
    for first, last in _RANGE.findall(text):
        whole = first[: len(first) - len(last)] + last if len(last) < len(first) else last
        if int(first) <= int(whole):
            yield first, whole


def _host(url: str) -> str:
    return bare(url).partition("/")[0].casefold()
