"""The work that an entry is of: what names it, and whether two entries are of one work, in whatever style.

Entries in prose and those of databases are compared by the same names: DOI, arXiv id, ISBN with a title, address, the
words; title, author and year.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from itertools import chain
from typing import Final

import regex

from citecheck.identifiers.tracking import tracked
from citecheck.identifiers.url import bare
from citecheck.lexicon import phrases, words_of
from citecheck.model.sources import Field, Source
from citecheck.text.patterns import lazy_regex

IDENTIFIERS: Final = {
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "arxiv": "arXiv id",
    "pmid": "PMID",
    "pmcid": "PMCID",
}
_OF_WORKS: Final = ("doi", "isbn", "arxiv", "pmid", "pmcid")
_OTHERS = words_of("names.others")
MORE_AUTHORS: Final = lazy_regex(rf"(?<!\w)(?:{_OTHERS.spaced})|{_OTHERS.unspaced}")
CUT_SHORT: Final = lazy_regex(r"\s?(?:\.{2,}|…)\W*$")
VERSION: Final = lazy_regex(r"(?<=\d)v\d+$|(?<=\w)/v\d+$")
SUBTITLE: Final = lazy_regex(r"\s?[:：|;]|[.?!…](?=\s)|\s[-–—]+\s|[—]|\s?[(（\[]")  # what it is after
_BETWEEN_WORDS = lazy_regex(r"[^\p{L}\p{M}\p{N}]+")
_AGAIN = lazy_regex(rf"(?:{words_of('entries.again').pattern})(?!\w)", regex.IGNORECASE)  # `ibid.` is what is above it
_SURNAME = lazy_regex(r"[\p{L}\p{M}'’]{3,}")
_NUMBER = lazy_regex(  # `2`, `Part II`
    rf"\d+|(?<!\w)[IVXLC]{{1,9}}(?!\w)(?<=(?<!\w)(?i:{words_of('fields.counted').pattern})\.?\s[IVXLC]{{1,9}})"
)
_NO_LETTER = lazy_regex(r"[^\p{L}\p{N}]+")
_RANGE = lazy_regex(r"(?<!\d)(\d{1,6})\s?[-–—‑−]{1,2}\s{0,20}(\d{1,6})(?!\d)")
_SMALL: Final = frozenset({*phrases("joining.and"), *phrases("fields.in")})
BY_WORDS: Final = "words:"  # begins a name that is made of all words
SHORTEST_NAME: Final = 15  # code points of words or a title that name a work; `Introduction` is anybody's
_FEWEST_WORDS: Final = 3  # of a title that is reported from others: `Annual report` is anybody's
_FEWEST_LETTERS: Final = 18
_SHORT_TITLE: Final = 8  # letters
_FEWEST_OF_ENTRY: Final = 6  # words
_LONG_TITLE: Final = 5  # words, which nobody else chooses for a work of the same year


class Likeness(IntEnum):
    """How alike two entries are: by their words one work for certain, or one by all likelihood."""

    LIKELY = 1
    CERTAIN = 2


class Work:
    """The work that an entry is of, as far as the entry shows; each part is read at the first need."""

    def __init__(self, source: Source) -> None:
        self.record = source.record
        self.source = source

    # What is compared -----------------------------------------------------------------------------------------

    @cached_property
    def words(self) -> str:
        """The words of the entry in lower case with a space on each side; a lone space where there are none."""
        return spaced_words(self.source.text)

    @cached_property
    def place(self) -> tuple[str, str]:
        """The address as below, and its fragment."""
        return _address(self.record.url.value) if self.record.url else ("", "")

    @property
    def address(self) -> str:
        """The first address, without what two authors write differently; empty where there is none."""
        return self.place[0]

    @cached_property
    def bare(self) -> bool:
        """Whether the entry is an address and no words."""
        return self.record.url is not None and self.words in spaced_words(self.record.url.value)

    @cached_property
    def text(self) -> str:
        """The entry without its addresses and identifiers."""
        return _anonymous(self.source)

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
        """The numbers, in Roman figures too, but for those in addresses and identifiers."""
        return frozenset(_NUMBER.findall(self.text))

    @cached_property
    def year(self) -> str:
        """The year of publication; empty where none was read."""
        return self.record.date.value[:4] if self.record.date else ""

    @cached_property
    def title(self) -> str:
        """The title in lower case with one space between its words; empty where none was read."""
        return spaced_words(self.record.title.value).strip() if self.record.title else ""

    @cached_property
    def title_letters(self) -> str:
        """The letters of the title."""
        return _plain_letters(self.record.title.value) if self.record.title else ""

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The names of the authors but for initials, by their letters."""
        names = _SURNAME.findall(MORE_AUTHORS.sub(" ", self.record.author.value)) if self.record.author else ()
        return frozenset(map(_plain_letters, names)) - _SMALL

    @cached_property
    def container(self) -> Sequence[str]:
        """The words of what it appeared in."""
        return spaced_words(self.record.container.value).split() if self.record.container else ()

    @cached_property
    def publisher(self) -> Sequence[str]:
        """The words of who published it, but for `and`."""
        words = spaced_words(self.record.publisher.value).split() if self.record.publisher else ()
        return [word for word in words if word not in _SMALL]

    # What names it --------------------------------------------------------------------------------------------

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What names the work for certain, each with what to call it.

        The address of a whole site names none, as many works are there; nor does the ISBN of a book without a title,
        as its chapters have it too.
        """
        record = self.record
        names = {}
        if record.doi:
            names[f"doi:{record.doi.value.casefold()}"] = "the DOI"
        if record.arxiv:
            names[f"arxiv:{identifier(record.arxiv)}"] = "the arXiv id"
        if record.isbn and self.title:
            names[f"isbn:{identifier(record.isbn)} {self.title}"] = "ISBN and title"
        if self.address.strip("/").count("/"):
            names["#".join(filter(None, self.place))] = "the address"
        words = self.words.strip()
        if len(words) >= SHORTEST_NAME and not _AGAIN.match(words):
            names[" ".join((BY_WORDS, words, self.address))] = "the words"
        return names

    @cached_property
    def signature(self) -> str | None:
        """What a work goes by that has no number: its title, its author and its year."""
        if len(self.title) < SHORTEST_NAME or self.record.author is None or not self.year:
            return None
        return f"{self.title}\n{spaced_words(self.record.author.value)}\n{self.year}"

    def named_alike(self, other: Work) -> bool:
        """Whether both have a name that names one work for certain."""
        return not self.names.keys().isdisjoint(other.names)

    # Whether it is another's ----------------------------------------------------------------------------------

    def same(self, other: Work, *, in_parts: bool = True) -> bool:
        """Whether nothing shows that this is another work.

        The same DOI or address is the same work, unless these are two places of a page; so is an entry that says less
        than the other, and nothing else: a shorter form of it, no words at all, or an address beside words without one,
        where works may be reported `in_parts`. Two addresses alone are two works, though one begins like the other.
        """
        mine, others = self.record.doi, other.record.doi
        if mine and others:
            return mine.value.casefold() == others.value.casefold()
        (address, fragment), (another, place) = self.place, other.place
        if address and address.casefold() == another.casefold():
            return fragment.casefold() == place.casefold() or not (fragment and place)
        if self.bare and other.bare:
            return False
        if in_parts and ((self.bare and not another) or (other.bare and not address)):
            return True
        return self.words in other.words or other.words in self.words

    def may_be(self, other: Work, common: Iterable[Sequence[str]]) -> bool:
        """Whether the rows of words that two entries have in common may be one title, or their pages are the same."""
        return sum(map(len, chain.from_iterable(common))) >= _FEWEST_LETTERS or not self.pages.isdisjoint(other.pages)

    def likeness(self, other: Work) -> Likeness | None:
        """How alike two entries are; None where they are of two works, or where nobody knows.

        One title, one year and a common author are one work, and so are the same pages of a year with a common author,
        unless something tells two apart: identifiers, pages, a volume or a number, another page of the same site. A
        short title needs a publisher or container besides. An entry that has all words of another, in a row, seems to
        be of the same work.
        """
        if self._apart(other) or (self.year and other.year and self.year != other.year):
            return None
        return self._by_fields(other) or (Likeness.LIKELY if self._within(other) or other._within(self) else None)

    def _by_fields(self, other: Work) -> Likeness | None:
        same_pages = not self.pages.isdisjoint(other.pages)
        known = self.surnames and other.surnames
        if not (self._one_author(other) if known else same_pages):
            return None
        dated = bool(self.year and other.year)
        if self._one_title(other) or (self.title_letters == other.title_letters and self.title and same_pages):
            common = (self.figures & other.figures) - {self.year, other.year}
            found = same_pages or len(common) > 1  # a volume and the first of its pages
            told = found or (
                known
                and self.title_letters == other.title_letters
                and self._title_words >= _LONG_TITLE
                and self._one_outlet(other)
            )
            if not (found or self.year or other.year):
                return None
            return Likeness.CERTAIN if told and dated else Likeness.LIKELY
        if same_pages and dated:
            within = any(
                one.title_letters in two.letters
                for one, two in ((self, other), (other, self))
                if len(one.title_letters) >= _FEWEST_LETTERS
            )
            return Likeness.CERTAIN if within and known else Likeness.LIKELY if within else None
        if dated and self.title_letters == other.title_letters and len(self.title_letters) >= _SHORT_TITLE:
            return Likeness.LIKELY if self._one_house(other) else None
        return None

    def _one_title(self, other: Work) -> bool:
        """Whether two titles are one that is long enough to tell a work by.

        Of one of the two only a part may have been read, before its subtitle or after; the entry has all of it.
        """
        short, long = sorted((self, other), key=lambda work: len(work.title_letters))
        if not long._telling:
            return False
        if short.title_letters == long.title_letters:
            return True
        title = long.record.title.value if long.record.title else ""
        parts = {
            _plain_letters(part)
            for cut in SUBTITLE.finditer(title)
            for part in (title[: cut.start()], title[cut.end() :])
        }
        return short.title_letters in parts - {""} and long.title_letters in short.letters

    @property
    def _telling(self) -> bool:
        """Whether the title is long enough to tell a work by."""
        cut = self.record.title and CUT_SHORT.search(self.record.title.value)
        return self._title_words >= _FEWEST_WORDS and len(self.title_letters) >= _FEWEST_LETTERS and not cut

    def _within(self, other: Work) -> bool:
        """Whether the other entry has all words of this one in a row, and these are an author, a title and a year."""
        words = spaced_words(self.text)
        return (
            words.count(" ") > _FEWEST_OF_ENTRY
            and bool(self.year and self.surnames and self.title)
            and words in spaced_words(other.text)
        )

    def _apart(self, other: Work) -> bool:
        """Whether identifiers, pages or numbers tell two works, or two addresses of one site two of its pages."""
        one, two = self.record, other.record
        if any(
            (mine := getattr(one, name)) and (others := getattr(two, name)) and identifier(mine) != identifier(others)
            for name in _OF_WORKS
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

    def _one_author(self, other: Work) -> bool:
        """Whether half of the fewer surnames are common to both."""
        return 2 * len(self.surnames & other.surnames) >= min(len(self.surnames), len(other.surnames))

    def _one_house(self, other: Work) -> bool:
        """Whether both say that they appeared in one place, or with one publisher."""
        for mine, others in ((self.container, other.container), (self.publisher, other.publisher)):
            if mine and others and (set(mine) <= set(others) or set(others) <= set(mine)):
                return True
        return False

    def _one_outlet(self, other: Work) -> bool:
        """Whether nothing shows that they appeared in two places: `J. Salt Res.` is the `Journal of Salt Research`."""
        short, long = sorted((self.container, other.container), key=lambda words: sum(map(len, words)))
        place = iter(long)
        return all(any(word.startswith(each) for word in place) for each in short)

    @property
    def _title_words(self) -> int:
        return len(self.record.title.value.split()) if self.record.title else 0


def spaced_words(text: str) -> str:
    """A text's words in lower case with a space on each side; a lone space where there are none."""
    return f" {_BETWEEN_WORDS.sub(' ', text.casefold()).strip()} ".replace("  ", " ")


def identifier(field: Field) -> str:
    """An identifier without case, signs between its digits, and the version of a preprint."""
    value = VERSION.sub("", field.value.casefold())
    return value.replace("-", "").replace(" ", "")


def _address(url: str) -> tuple[str, str]:
    """An address without what two authors write differently, and its fragment.

    That is its scheme, `www.`, port, tracking parameters, closing slash, the case of its host, and what a browser is to
    highlight, `#:~:text=salt`, which is no place of a document.
    """
    tracking = tracked(url if "://" in url else f"https://{url}")
    address, _, fragment = bare(tracking.clean if tracking else url).partition("#")
    host, slash, path = address.partition("/")
    return f"{host.casefold()}{slash}{path}".rstrip("/?&"), "" if fragment.startswith(":~:") else fragment


def _anonymous(source: Source) -> str:
    """The text of an entry without its addresses and identifiers."""
    text = source.text
    for field in (*source.record.urls, *(field for name in IDENTIFIERS if (field := getattr(source.record, name)))):
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
