"""Documents put together from a seed: sound ones, and ones with faults planted in them.

Every claim, every source and every odd bracket has a word of its own, `saidabcq`, `workabcq`, `oddlyabcq`, whose first
letter is that of its section.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.generated.styles import HEADINGS, LISTS, MARKERS, ListStyle, MarkerStyle

_LETTERS = "abcdefghijklmnoprstuvwxyz"
_SENTENCES = (
    "The river rose {} in the valley",
    "Nobody counted the ferries {} before noon",
    "The salt was carried {} across the ridge",
    "Der Fluss stieg {} im ganzen Tal",
    "La sal se llevaba {} por el puerto",
)
_TITLES = (
    "The book of {}",
    "A survey of {}",
    "Harbours and {}",
    "Notes towards {}",
    "On the mining of {}",
    "{} reconsidered",
)
_HOUSES = ("Salt Press", "Harbour Office", "Coast Weekly", "State Archive", "Northern Review")
FAR = 45
"""A number that is so much larger than all that are listed that nobody is sure that it cites."""

_AGAIN = ("word for word", "tracking", "subtitle", "accessed")  # how a work is listed a second time
_TWIN = ("title", "year", "author")  # what tells two works of one address apart

ODD: Mapping[str, tuple[str, bool]] = {
    # what stands there, and whether a reader may take it for a citation; `a` and `b` are listed, `x` is not
    "one unlisted": ("[{a}, {x}]", True),
    "spaced": ("[{a} {b}]", True),
    "parenthesis": ("({a})", True),
    "parentheses": ("({a}, {b})", True),
    "slash": ("[{a}/{b}]", True),
    "bracket": ("[{a}]", True),
    "caret": ("sites^{a}^", True),
    "index": ("a[{a}]", False),
    "call": ("f({a})", False),
    "table": ("Table ({a})", False),
    "enumerators": ("(1) first and (2) second", False),
    "box": ("[x]", False),
    "sic": ("[sic]", False),
    "interval": ("the interval [0, 1]", False),
    "version": ("[1.2.0]", False),
    "code": ("`[{a}]`", False),
}
_MARKDOWN_ONLY = ("caret", "code")


@dataclass(frozen=True)
class Entry:
    """A source as it was written: its label, and the whole text of its entry."""

    label: str
    text: str


@dataclass(frozen=True)
class Odd:
    """A bracket that is no marker of the document's style, or that nobody can be sure of."""

    kind: str
    text: str

    @property
    def citing(self) -> bool:
        """Whether a reader may take it for a citation."""
        return ODD[self.kind][1]

    @property
    def doubtful(self) -> bool:
        """Whether it cites in some texts: `a[3]` where markers stand glued to words."""
        return self.citing or self.kind == "index"


@dataclass(frozen=True)
class Generated:
    """A document, and what was put into it.

    `claims` are the labels that each claim cites, `odd` the odd brackets, by their words; `entries` stand in reading
    order. `sure` tells that citecheck must understand the document wholly.
    """

    number: int
    text: str
    format: str
    marker: str
    list: str
    headed: bool
    claims: Mapping[str, tuple[str, ...]]
    odd: Mapping[str, Odd]
    entries: tuple[Entry, ...]
    sure: bool

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.number:06d}{'.md' if self.format == 'markdown' else '.txt'}"

    @property
    def style(self) -> str:
        """How it writes, in few words."""
        return f"{self.format}: {self.marker} / {self.list}{'' if self.headed else ', no heading'}"


def document(seed: int, number: int) -> Generated:
    """The document of a seed and a number, the same each time."""
    return _Writer(Random(f"{seed}/{number}"), number).document()


def styles_together() -> list[tuple[str, str, str]]:
    """Every format, marker style and list style that go together."""
    return [
        (format, marker, listing)
        for format in ("markdown", "text")
        for marker, how in MARKERS.items()
        for listing, where in LISTS.items()
        if format in how.formats and format in where.formats and _together(how, listing, where)
    ]


def _together(marker: MarkerStyle, name: str, listing: ListStyle) -> bool:
    return marker.labels in listing.labels and (not marker.lists or name in marker.lists)


_STYLES = styles_together()


@dataclass(frozen=True)
class _Work:
    """A work as entries tell of it. Surname, title and year together are its name: see `oracle.NAME`."""

    surname: str
    title: str
    year: int
    house: str
    address: str
    accessed: str = ""

    def words(self, form: int, format: str) -> tuple[str, str]:
        """An entry of a form: what stands on its first line, and what may stand on the next."""
        match form:
            case 0:
                return (
                    f'Ada {self.surname}, "{self.title}", {self.year},',
                    f"{self.house}, {self.address}{self.accessed}",
                )
            case 1:
                return (
                    f"{self.surname}, A. ({self.year}). {self.title}.",
                    f"{self.house}. {self.address}{self.accessed}",
                )
            case 2 if format == "markdown":
                first = f"[{self.title}]({self.address}), Ada {self.surname}, {self.year}."
                return first, f"{self.house}{self.accessed}."
            case _:
                return f"Ada {self.surname}. {self.title}. {self.year};", f"{self.house}{self.accessed}."

    @property
    def bare(self) -> str:
        """What stands behind the address of a link definition."""
        return f'"{self.surname}, {self.title}, {self.year}"'


class _Writer:
    """Writes one document."""

    def __init__(self, random: Random, number: int) -> None:
        self.random = random
        self.number = number
        self.format, self.marker_name, self.list_name = random.choice(_STYLES)
        self.marker, self.list = MARKERS[self.marker_name], LISTS[self.list_name]
        self.headed = not self.list.headless or self._chance(0.7)
        self.heading = random.choice(HEADINGS[self.format])
        self.sections = self._sections()
        self.addresses: dict[str, str] = {}  # of the sources of the section, by label
        self.claims: dict[str, tuple[str, ...]] = {}
        self.odd: dict[str, Odd] = {}
        self.entries: list[Entry] = []
        self.fewest = 99  # entries of its smallest list
        self.twice = False  # whether one label stands on two entries of a list
        self.starts: set[str] = set()  # the smallest labels of its lists; one where sections plainly restart

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _sections(self) -> int:
        """Lists are told apart by the headings of sections; footnotes, definitions and anchors cannot be."""
        parted = self.headed and not self.list.bare and self.marker.labels != "notes" and not self.marker.lists
        marked = self.format == "text" or self.heading.startswith("##")
        return 2 if parted and marked and self._chance(0.15) else 1

    def document(self) -> Generated:
        """The document itself."""
        text = "\n".join(self._section(letter) for letter in _LETTERS[: self.sections])
        if self.format == "markdown" and self.headed and self._chance(0.1):
            text += "\n# Afterword\n\nThe archive is open on weekdays.\n"
        if self._chance(0.2):
            text = text.rstrip("\n")
        if self._chance(0.2):
            text = text.replace("\n", "\r\n")
        known = self.fewest >= (2 if self.headed else 3)
        if self.sections > 1:  # words do not restart, and plain text has no levels of headings
            known = known and self.format == "markdown" and self.starts == {"1"} and not self.twice
        return Generated(
            number=self.number,
            text=text,
            format=self.format,
            marker=self.marker_name,
            list=self.list_name,
            headed=self.headed,
            claims=self.claims,
            odd=self.odd,
            entries=tuple(self.entries),
            sure=known and self.marker.sure and self._plainly_cited(),
        )

    def _plainly_cited(self) -> bool:
        """Whether the text leaves no doubt how it cites and what it lists.

        It cites more than one source, by markers that are no arrays. A list without brackets and heading may be one of
        steps, unless all of it is cited, and links lead where they lead without a list.
        """
        if not self.marker.brackets and any("[" in each.text for each in self.odd.values()):
            return False  # the text might cite in brackets, and raise its numbers for something else
        listed = {entry.label for entry in self.entries}
        plain = [labels for labels in self.claims.values() if not self.marker.grouped or self._plain(labels, listed)]
        cited = {label for labels in plain for label in labels if label in listed}
        if not self.headed:
            worded = self.marker.labels == "words" and self.format == "text"
            if worded or self.marker.linked or ("[" not in self.list.label and cited != listed):
                return False
        return len(cited) > 1

    def _plain(self, labels: Sequence[str], listed: Collection[str]) -> bool:
        """Whether a group of labels is plainly a marker: listed, and in order."""
        return all(label in listed for label in labels) and [*labels] == sorted(labels, key=_counting)

    def _section(self, letter: str) -> str:
        labels = self._labels()
        self.fewest = min(self.fewest, len(labels))
        self.starts.add(min(labels, key=_counting))
        listed = self._list(letter, labels)
        body = self._body(letter, labels)
        title = "A history of the harbour" if self.sections == 1 else f"Part {letter.upper()} of the history"
        title = f"# {title}" if self.format == "markdown" else title
        heading = f"{self.heading}\n\n" if self.headed else ""
        return f"{title}\n\n{body}\n\n{heading}{listed}\n"

    # Labels -------------------------------------------------------------------------------------------------

    def _labels(self) -> list[str]:
        """The labels of a list in the order of its entries."""
        count = self.random.randint(2, 14)
        if self.marker.labels == "words" or (self.marker.labels == "notes" and self._chance(0.3)):
            stem = "RFC" if self.marker.labels == "words" else "note"
            return [f"{stem}{number}" for number in self.random.sample(range(1000, 9999), count)]
        start = self.random.choice([1, 1, 1, 1, 1, 1, 0, 3])
        numbers = list(range(start, start + count))
        match self.random.choice(["row", "row", "row", "gaps", "shuffled", "descending"]):
            case "gaps":
                numbers = [number for number in numbers if number in (start, start + 1) or self._chance(0.8)]
            case "shuffled":
                self.random.shuffle(numbers)
            case "descending":
                numbers.reverse()
        labels = [str(number) for number in numbers]
        if len(labels) > 3 and self._chance(0.05):
            labels[self.random.randrange(1, len(labels))] = labels[0]  # one label for two works
            self.twice = True
        return labels

    def _unlisted(self, labels: Sequence[str]) -> str:
        """A label that nothing is listed under."""
        if not labels[0].isdecimal():
            return "RFC999" if labels[0].startswith("RFC") else "note999"
        numbers = {*map(int, labels)}
        holes = sorted({*range(min(numbers), max(numbers))} - numbers)
        if holes and self._chance(0.5):
            return str(self.random.choice(holes))
        return str(FAR if self._chance(0.1) else max(numbers) + self.random.randint(1, 4))

    # The list -----------------------------------------------------------------------------------------------

    def _list(self, letter: str, labels: Sequence[str]) -> str:
        wrapped = self.list.indent > 0 and self._chance(0.4)
        blank = not self.list.above and self._chance(0.3)
        ones = self.list.counted and self.format == "markdown" and self._chance(0.2)
        ones = ones and [*labels] == [str(number) for number in range(1, len(labels) + 1)]
        form = self.random.randrange(4)
        works = self._works(letter, len(labels))
        self.addresses = {label: work.address for label, work in zip(labels, works, strict=True)}
        entries = []
        for label, work in zip(labels, works, strict=True):
            start = self.list.label.replace("U@U", work.address).replace("@", "1" if ones else label)
            first, rest = work.words(form, self.format)
            if self.marker.brackets and self.marker.labels == "numbers" and self._chance(0.02):
                first += f" see {self._marked([self.random.choice(labels)])},"
            joint = f"\n{' ' * self.list.indent}" if wrapped else " "
            words = work.bare if self.list.bare else f"{first}{joint}{rest}"
            entries.append(Entry(label, f"{start}{words}{self.list.below}"))
        self.entries += entries
        return self.list.above + ("\n\n" if blank else "\n").join(entry.text for entry in entries)

    def _works(self, letter: str, count: int) -> list[_Work]:
        """The works of a list: now and then one twice, or two that share an address."""
        works: list[_Work] = []
        for place in range(count):
            work = self._work(f"{letter}{_LETTERS[place]}q")
            if works and self._chance(0.06):
                work = self._again(self.random.choice(works))
            elif works and self._chance(0.04):
                work = self._twin(self.random.choice(works), work)
            works.append(work)
        return works

    def _work(self, word: str) -> _Work:
        return _Work(
            surname=f"{self.random.choice(['Cole', 'Moss', 'Hart'])}{word}",
            title=self.random.choice(_TITLES).format(f"work{word}"),
            year=self.random.randint(1951, 2019),
            house=self.random.choice(_HOUSES),
            address=f"https://site{word}.example/page",
        )

    def _again(self, work: _Work) -> _Work:
        """The same work, as a second search might list it."""
        match self.random.choice(_AGAIN):
            case "tracking" if "?" not in work.address:
                return replace(work, address=f"{work.address}?utm_source=mail")
            case "subtitle" if ":" not in work.title:
                return replace(work, title=f"{work.title}: the early years")
            case "accessed":
                return replace(work, accessed=", accessed 3 May 2021")
            case _:
                return work

    def _twin(self, work: _Work, other: _Work) -> _Work:
        """Another work with the address of the first."""
        match self.random.choice(_TWIN):
            case "title":
                return replace(work, title=other.title)
            case "year":
                return replace(work, year=work.year + 5)
            case _:
                return replace(work, surname=other.surname)

    # The body -----------------------------------------------------------------------------------------------

    def _body(self, letter: str, labels: Sequence[str]) -> str:
        cited = self._cited(labels)
        if self.sections == 1 and self._chance(0.3):  # elsewhere another section may list what this one does not
            place = self.random.randrange(len(cited))
            cited[place] = [*cited[place], self._unlisted(labels)]
            self.random.shuffle(cited[place])
        sentences = []
        for place, each in enumerate(cited):
            word = f"said{letter}{_LETTERS[place // 25]}{_LETTERS[place % 25]}q"
            self.claims[word] = tuple(each)
            sentences.append(self._sentence(word, self._marked(each) if each else ""))
        if labels[0].isdecimal() and self._chance(0.25):
            sentences.insert(self.random.randint(1, len(sentences)), self._odd_sentence(letter, labels))
        return self._laid_out(sentences)

    def _cited(self, labels: Sequence[str]) -> list[list[str]]:
        """The labels that each claim cites: all but those that are to be unused, in groups of any order."""
        known = [*dict.fromkeys(labels)]
        unused = self.random.sample(known, min(len(known) - 1, self.random.choice([0, 0, 0, 1, 1, 2])))
        wanted = [label for label in known if label not in unused]
        if self._chance(0.6):
            self.random.shuffle(wanted)
        cited: list[list[str]] = []
        while wanted:
            size = self.random.choice([1, 1, 1, 2, 2, 3, 4])
            cited.append(wanted[:size])
            wanted = wanted[size:]
        used = [label for group in cited for label in group]
        for _ in range(self.random.randint(1, 3)):
            group = self.random.sample(used, min(len(used), self.random.choice([1, 1, 2, 3])))
            cited.insert(self.random.randint(1, len(cited)), group)
        for group in cited:
            match self.random.choice(["as it is", "ascending", "descending"]):
                case "ascending":
                    group.sort(key=_counting)
                case "descending":
                    group.sort(key=_counting, reverse=True)
        if self._chance(0.5):
            cited.insert(self.random.randint(1, len(cited)), [])
        return cited

    def _marked(self, labels: Sequence[str]) -> str:
        text = self.marker.write(labels)
        return re.sub(r"\bU(\w+)U\b", lambda found: self.addresses.get(found[1], "https://elsewhere.example/a"), text)

    def _sentence(self, word: str, marker: str) -> str:
        sentence = self.random.choice(_SENTENCES).format(word)
        if not marker:
            return f"{sentence}."
        close = self.marker_name == "raised" or marker[0] in "^<" or marker.startswith("[^")
        space = "" if close else self.random.choice([" ", " ", ""])
        match self.random.randrange(4):
            case 0:
                return f"{sentence}.{marker}"
            case 1:
                return f"{sentence}{space}{marker}, as was said."
            case _:
                return f"{sentence}{space}{marker}."

    def _odd_sentence(self, letter: str, labels: Sequence[str]) -> str:
        kind = self.random.choice([kind for kind in ODD if self._fits(kind)])
        a, b = self.random.sample([*dict.fromkeys(labels)], 2)
        text = ODD[kind][0].format(a=a, b=b, x=max(map(int, labels)) + self.random.randint(20, 40))
        word = f"oddly{letter}aq"
        self.odd[word] = Odd(kind, text)
        return f"Old papers of the town {word} have {text} in places."

    def _fits(self, kind: str) -> bool:
        """Whether an odd bracket can stand in the document, and is none of its own markers."""
        if kind in _MARKDOWN_ONLY and self.format != "markdown":
            return False
        own = {"parentheses": ("parenthesis", "parentheses"), "carets": ("caret",), "spaced numbers": ("spaced",)}
        return kind not in own.get(self.marker_name, ()) and not (kind == "bracket" and self.marker.brackets)

    def _laid_out(self, sentences: Sequence[str]) -> str:
        match self.random.choice(["paragraphs", "paragraphs", "wrapped", "bullets", "quoted", "table"]):
            case "wrapped":
                indent = "   " if self.list.label.startswith("   ") else ""
                return "\n\n".join(_wrapped(paragraph, indent) for paragraph in self._paragraphs(sentences))
            case "bullets":
                return "\n".join(f"- {sentence}" for sentence in sentences) + "\n\nThat is all."
            case "quoted" if self.format == "markdown":
                return "\n\n".join(f"> {paragraph}" for paragraph in self._paragraphs(sentences))
            case "table" if self.format == "markdown" and self.marker.labels == "numbers":
                rows = "".join(f"| {sentence} | yes |\n" for sentence in sentences[1:])
                return f"{sentences[0]}\n\n| What | Known |\n| --- | --- |\n{rows}\nThat is all."
            case _:
                return "\n\n".join(self._paragraphs(sentences))

    def _paragraphs(self, sentences: Sequence[str]) -> list[str]:
        size = self.random.choice([2, 3, 5])
        return [" ".join(sentences[start : start + size]) for start in range(0, len(sentences), size)]


def _counting(label: str) -> tuple[int, str]:
    """Numbers by their value; words as they are."""
    return (int(label) if label.isdecimal() else 0, label)


def _wrapped(paragraph: str, indent: str) -> str:
    return textwrap.fill(
        paragraph,
        70,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
