"""What a text says, by its own words alone, and what a change of it may not do.

A claim cites the labels that a reader finds between its word and the next; a source has the label that stands before
its word. Whatever happens to numbers, entries and markers, the words tell which claim leads to which source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from tests.generated.documents import FAR, Generated
from tests.generated.styles import LISTS, MARKERS, Cited, bracketed, raised

_TOKEN = re.compile(r"\b(?:said|work|oddly)([a-z])[a-z]+q\b")
_SURNAME = re.compile(r"\b[A-Z][a-z]+q\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BLANK = re.compile(r"\n[ \t>]*\n")
_AT_WORD = re.compile(r"[\w\s]*\w[^\w\s.,]")  # what follows the last word of a claim stands right behind it
_FRAGMENT = re.compile(r"\(#([\w-]+)\)")
_SURE_CODES = ("CC104", "CC902")  # no list found, or not understood
_REASON = re.compile(r"\w+\W+\w+")


class Name(NamedTuple):
    """What tells a work from all others: of which section it is, and its surname, title and year."""

    section: str
    surname: str
    title: str
    year: str


class Target(NamedTuple):
    """What one citation leads to: the works listed under its label, none where it is undefined; and the place."""

    works: frozenset[Name]
    place: str = ""


class Finding(NamedTuple):
    """A finding of `citecheck check`, as its JSON tells it; offsets in code points."""

    code: str
    label: str | None
    start: int
    end: int


class Failure(NamedTuple):
    """A promise that was not kept: of which kind, by which command, in which document, and how."""

    kind: str
    command: str
    document: Generated
    detail: str


class Reading:
    """A text as its words tell it."""

    def __init__(self, text: str, document: Generated) -> None:
        self.text = text.replace("\r\n", "\n")
        self.document = document
        self._tokens = [*_TOKEN.finditer(self.text)]

    @cached_property
    def _placed(self) -> Mapping[int, tuple[Name, str | None]]:
        """The name of every entry and its label as written, by where the word of its title is, in reading order."""
        found = {}
        for token in self._tokens:
            if token[0].startswith("work"):
                start = self.text.rfind("\n", 0, token.start()) + 1
                line = self.text[start : (self.text + "\n").index("\n", token.end())]
                label = LISTS[self.document.list].start.match(line)
                name = Name(token[1], _first(_SURNAME, line), token[0], _first(_YEAR, line))
                found[token.start()] = name, label and label[1]
        return found

    @property
    def _lines(self) -> Iterable[tuple[Name, str | None]]:
        """The names and the labels of all entries, in reading order."""
        return self._placed.values()

    @cached_property
    def entries(self) -> list[tuple[Name, str]]:
        """The name and the label of every entry; what is not labelled has the label ``."""
        found = []
        for section in dict.fromkeys(name.section for name, _ in self._lines):
            own = [(name, label or "") for name, label in self._lines if name.section == section]
            if LISTS[self.document.list].counted and {label for _, label in own} == {"1"}:
                own = [(name, str(place)) for place, (name, _) in enumerate(own, 1)]
            found += own
        return found

    @cached_property
    def listed(self) -> Mapping[tuple[str, str], frozenset[Name]]:
        """The works under each label of each section."""
        found: dict[tuple[str, str], frozenset[Name]] = {}
        for name, label in self.entries:
            found[name.section, label] = found.get((name.section, label), frozenset()) | {name}
        return found

    @cached_property
    def regions(self) -> Mapping[str, str]:
        """What stands behind each claim's and each odd bracket's word, and in an entry's line behind its title."""
        found: dict[str, str] = {}
        ends = [token.start() for token in self._tokens[1:]] + [len(self.text)]
        for token, end in zip(self._tokens, ends, strict=True):
            region = self.text[token.end() : end]
            if token[0].startswith("work"):  # twice where a work is listed again
                region = f"{found.get(token[0], '')} {region.partition(chr(10))[0]}"
            elif blank := _BLANK.search(region):
                region = region[: blank.start()]
            found[token[0]] = " ".join(region.split())
        return found

    @cached_property
    def cited(self) -> Mapping[str, list[Cited]]:
        """The labels behind each word of a claim."""
        read = MARKERS[self.document.marker].read
        return {word: read(region) for word, region in self.regions.items() if word.startswith("said")}

    @cached_property
    def inner(self) -> Mapping[str, list[Cited]]:
        """The labels that entries cite, by the words of their titles."""
        tails = {word: region.partition(" see ") for word, region in self.regions.items() if word.startswith("work")}
        return {word: bracketed(tail) for word, (_, see, tail) in tails.items() if see}

    @cached_property
    def odd(self) -> Mapping[str, list[Cited]]:
        """The numbers in each odd bracket."""
        regions = {word: region for word, region in self.regions.items() if word.startswith("oddly")}
        return {
            word: [(number, "") for number in re.findall(r"\d+", region)] + raised(region)
            for word, region in regions.items()
        }

    def targets(self, section: str, cited: Iterable[Cited]) -> frozenset[Target]:
        """What labels lead to in a section."""
        return frozenset(Target(self.listed.get((section, label), frozenset()), place) for label, place in cited)

    def anchors(self, word: str) -> frozenset[Name]:
        """The works that the links behind a claim's word lead to."""
        found = set()
        for fragment in _FRAGMENT.findall(self.regions[word]):
            anchored = self.text.find(f'id="{fragment}"')
            token = _TOKEN.search(self.text, anchored) if anchored >= 0 else None
            if token and token.start() in self._placed:
                found.add(self._placed[token.start()][0])
        return frozenset(found)

    @cached_property
    def undefined(self) -> set[tuple[str, str]]:
        """Claims, and the labels that they cite and nothing is listed under."""
        return {
            (word, label)
            for word, cited in self.cited.items()
            for label, _ in cited
            if (_section(word), label) not in self.listed
        }

    @cached_property
    def like_calls(self) -> set[str]:
        """Claims whose marker, of no sure shape, may be something else: `f(3)`, `[10 7]` over 1 to 8."""
        if MARKERS[self.document.marker].sure:
            return set()
        called = {
            word
            for word, region in self.regions.items()
            if self.document.marker == "parentheses" and _AT_WORD.match(region)
        }
        return called | {word for word, _ in self.doubtful}

    @cached_property
    def unused(self) -> set[tuple[str, str]]:
        """Sections, and the labels listed in them that no claim cites."""
        words = self.cited.keys() - self.like_calls
        return {*self.listed} - {(_section(word), label) for word in words for label, _ in self.cited[word]}

    @cached_property
    def doubtful(self) -> set[tuple[str, str]]:
        """Claims and labels of markers that need not be citations.

        No more labels of a group are listed than are not, an unlisted one stands at a word, where an index may
        stand, or it is far from all that are listed.
        """
        grouped = MARKERS[self.document.marker].grouped
        found: set[tuple[str, str]] = set()
        for word, cited in self.cited.items():
            own = {(word, label) for label, _ in cited}
            wrong = own & self.undefined
            if (grouped and len(own) <= 2 * len(wrong)) or (wrong and _AT_WORD.match(self.regions[word])):
                found |= own
            found |= {(word, label) for _, label in wrong if label == str(FAR)}
        return found

    @cached_property
    def perhaps(self) -> set[tuple[str, str]]:
        """Sections and labels of which a reader cannot be sure that they are cited, or that they are not."""
        odd = {word: cited for word, cited in self.odd.items() if self.document.odd[word].doubtful}
        perhaps = {(word, label) for word, cited in [*odd.items(), *self.inner.items()] for label, _ in cited}
        return {(_section(word), label) for word, label in perhaps | self.doubtful}


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""


def _section(word: str) -> str:
    found = _TOKEN.fullmatch(word)
    assert found, word
    return found[1]


# What check may say -------------------------------------------------------------------------------------------


def checked(document: Generated, findings: Sequence[Finding]) -> Iterator[Failure]:
    """Where `check` misses or invents an undefined, unused or twice listed label of a document that it must know."""
    if not document.sure:
        return
    reading = Reading(document.text, document)
    odd = any(each.citing for each in document.odd.values())
    for code in _SURE_CODES:
        if any(finding.code == code for finding in findings) and not (code == "CC902" and odd):
            yield Failure(f"{code} where all can be understood", "check", document, "")
    yield from _undefined(document, reading, findings)
    yield from _unused(document, reading, findings)
    yield from _twice(document, reading, findings)


def _undefined(document: Generated, reading: Reading, findings: Sequence[Finding]) -> Iterator[Failure]:
    told = {(_word_before(document.text, each.start), each.label or "") for each in _of(findings, "CC101")}
    ranges = {_word_before(document.text, each.start) for each in _of(findings, "CC106")}
    doubtful = {word for word, each in document.odd.items() if each.doubtful}
    for word, label in sorted(reading.undefined - told - reading.doubtful):
        if word not in ranges:
            yield Failure("undefined label missed", "check", document, f"{label} behind {word}")
    for word, label in sorted(told - reading.undefined):
        if word not in doubtful:
            yield Failure("undefined label invented", "check", document, f"{label} behind {word}")


def _unused(document: Generated, reading: Reading, findings: Sequence[Finding]) -> Iterator[Failure]:
    told = {(_section_of(document.text, each), each.label or "") for each in _of(findings, "CC102")}
    for section, label in sorted(reading.unused - told - reading.perhaps):
        yield Failure("unused source missed", "check", document, f"{label} of section {section}")
    for section, label in sorted(told - reading.unused - reading.perhaps):
        yield Failure("unused source invented", "check", document, f"{label} of section {section}")


def _twice(document: Generated, reading: Reading, findings: Sequence[Finding]) -> Iterator[Failure]:
    told = {(_section_of(document.text, each), each.label or "") for each in _of(findings, "CC103")}
    twice = {key for key, names in reading.listed.items() if len(names) > 1}
    plainly = {key for key in twice if len({(each.surname, each.year) for each in reading.listed[key]}) > 1}
    plainly = {key for key in plainly if len({each.title for each in reading.listed[key]}) > 1}
    for section, label in sorted(plainly - told):
        yield Failure("label listed twice missed", "check", document, f"{label} of section {section}")
    for section, label in sorted(told - twice):
        yield Failure("label listed twice invented", "check", document, f"{label} of section {section}")


def _of(findings: Sequence[Finding], code: str) -> list[Finding]:
    return [finding for finding in findings if finding.code == code]


def _word_before(text: str, offset: int) -> str:
    words = [token[0] for token in _TOKEN.finditer(text, 0, offset)]
    return words[-1] if words else ""


def _section_of(text: str, finding: Finding) -> str:
    token = _TOKEN.search(text, finding.start)
    return token[1] if token else ""


# What a change may do -----------------------------------------------------------------------------------------


def changed(document: Generated, command: str, after: str, told: Sequence[str]) -> Iterator[Failure]:
    """What a command broke: `after` is what it made of the document, `told` the lines in which it spoke of it."""
    for kind, detail in _Change(document, command, after, told).faults():
        yield Failure(kind, command, document, detail)


class _Change:
    """A document before and after a command."""

    def __init__(self, document: Generated, command: str, after: str, told: Sequence[str]) -> None:
        self.document = document
        self.command = command
        self.told = told
        self.before = Reading(document.text, document)
        self.after = Reading(after, document)
        self.raw = after
        self.lost = Counter(name for name, _ in self.before.entries) - Counter(name for name, _ in self.after.entries)
        known = self.before.undefined - self.before.doubtful if document.sure else set()
        self.undefined = {_section(word) for word, _ in known}  # sections

    def faults(self) -> Iterator[tuple[str, str]]:
        """Each kind of promise that is not kept, and how."""
        yield from self._unreasoned()
        if self.raw == self.document.text:
            return
        yield from self._claims()
        yield from self._odd()
        yield from self._sources()
        yield from self._labels()
        yield from self._words()
        yield from self._endings()

    def _unreasoned(self) -> Iterator[tuple[str, str]]:
        """Every line says why, and what `renumber` leaves out of order without a line is no refusal."""
        for line in self.told:
            if not _REASON.search(line.rpartition(": ")[2]):
                yield "refused without a reason", line
        if self.command == "renumber" and not self.told and self._to_be_renumbered():
            yield "left out of order, and no word why", self._out_of_order()

    def _to_be_renumbered(self) -> bool:
        odd = any(each.doubtful for each in self.document.odd.values())
        numbers = MARKERS[self.document.marker].labels == "numbers"
        return self.document.sure and numbers and not odd and not self.before.doubtful and bool(self._out_of_order())

    def _out_of_order(self) -> str:
        """The labels of a section in the order of their first citation, where they do not ascend."""
        for section in dict.fromkeys(name.section for name, _ in self.after.entries):
            cited = [
                label for word, cited in self.after.cited.items() if _section(word) == section for label, _ in cited
            ]
            firsts = [int(label) for label in dict.fromkeys(cited) if (section, label) in self.after.listed]
            ascending = self._ascending_in_groups(section)
            if firsts != sorted(firsts) and ascending != sorted(ascending):
                return " ".join(map(str, firsts))
        return ""

    def _ascending_in_groups(self, section: str) -> list[int]:
        """First citations with the labels of one claim in order: a group may be written by its numbers."""
        firsts: dict[int, None] = {}
        for word, cited in self.after.cited.items():
            if _section(word) == section:
                own = [int(label) for label, _ in cited if (section, label) in self.after.listed]
                firsts |= dict.fromkeys(sorted(own))
        return [*firsts]

    def _claims(self) -> Iterator[tuple[str, str]]:
        """Each claim still stands in its place, and leads where it led."""
        if [*self.before.cited] != [*self.after.cited]:
            yield "claim lost or moved", " ".join({*self.before.cited} ^ {*self.after.cited})
            return
        for word, cited in self.before.cited.items():
            if word in self.before.like_calls:
                continue
            led = self.before.targets(_section(word), cited)
            leads = self.after.targets(_section(word), self.after.cited[word])
            if leads - led:
                yield "marker names another source", self._shown(word)
            elif led - leads:
                yield "marker no longer names its source", self._shown(word)
            if self.before.anchors(word) != self.after.anchors(word):
                yield "link leads to another source", self._shown(word)
        for word, cited in self.before.inner.items():
            if word in self.after.inner:
                led = self.before.targets(_section(word), cited)
                leads = self.after.targets(_section(word), self.after.inner[word])
                if leads - led:  # what is listed twice may lose a marker with one of its entries
                    yield "marker in an entry names another source", self._shown(word)

    def _shown(self, word: str) -> str:
        return f"{word}: {self.before.regions.get(word)!r} became {self.after.regions.get(word)!r}"

    def _counts(self, word: str, led: frozenset[Target]) -> bool:
        """Whether an odd bracket is of the document's own syntax, or consists of listed numbers alone."""
        own = MARKERS[self.document.marker].read(self.before.regions[word])
        return bool(own) or all(target.works for target in led)

    def _odd(self) -> Iterator[tuple[str, str]]:
        """An odd bracket that may cite names what it named; one that does not is as it was."""
        for word, odd in self.document.odd.items():
            if word not in self.after.odd:
                yield "odd bracket lost", f"{odd.kind}: {word}"
                continue
            led = self.before.targets(_section(word), self.before.odd[word])
            leads = self.after.targets(_section(word), self.after.odd[word])
            if odd.citing and led != leads and self._counts(word, led):
                yield f"odd bracket names another source ({odd.kind})", self._shown(word)
            elif not odd.citing and odd.text not in self.after.regions[word] and led != leads:
                yield f"what cites nothing is changed ({odd.kind})", self._shown(word)

    def _sources(self) -> Iterator[tuple[str, str]]:
        """Only an unsafe fix deletes, only what nothing cites, and only where no marker is undefined."""
        left = {name for name, _ in self.after.entries}
        labels = dict(self.before.entries)
        for name in self.lost:
            told = f"{labels[name]} {name.title} {name.surname} {name.year}"
            if name in left:
                if self.command not in ("merge", "unsafe fixes"):
                    yield "source merged unasked", told
            elif self.command != "unsafe fixes":
                yield "source lost", told
            elif (name.section, labels[name]) not in self.before.unused:
                yield "cited source deleted", told
            elif name.section in self.undefined:
                yield "source deleted beside an undefined marker", told
        if gained := Counter(left) - Counter({name for name, _ in self.before.entries}):
            yield "source invented", str(sorted(gained))
        if unlabelled := {name for name, label in self.after.entries if not label}:
            yield "entry without its label", str(sorted(unlabelled))

    def _labels(self) -> Iterator[tuple[str, str]]:
        """Nothing is numbered anew while a marker of the same list is undefined."""
        before, after = self._by_name(self.before), self._by_name(self.after)
        for name in sorted(before.keys() & after.keys() - self.lost.keys()):
            if name.section in self.undefined and before[name] != after[name]:
                yield "numbered anew beside an undefined marker", f"{name.title}: {before[name]} became {after[name]}"
                return

    def _by_name(self, reading: Reading) -> Mapping[Name, list[str]]:
        return {name: sorted(label for each, label in reading.entries if each == name) for name, _ in reading.entries}

    def _words(self) -> Iterator[tuple[str, str]]:
        """No word is lost but those of entries that go, and of labels."""
        missing = self._counted(self.before.text) - self._counted(self.after.text)
        for entry in self.document.entries:
            token = _TOKEN.search(entry.text)
            if token and any(name.title == token[0] for name in self.lost):
                missing -= self._counted(entry.text)
        if missing:
            yield "words lost", " ".join(sorted(missing))

    def _counted(self, text: str) -> Counter[str]:
        if MARKERS[self.document.marker].linked:
            text = re.sub(r"(?<=\d\])\]?\([^()]*\)", "", text)
        text = re.sub(r"<[^<>]*>|\?utm_\w+=\w+|\b(?:RFC|note)\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]", "", text)
        return Counter(re.findall(r"[^\W\d_]{2,}", text))

    def _endings(self) -> Iterator[tuple[str, str]]:
        """Lines end as they did."""
        before, after = self.document.text, self.raw
        if {*re.findall(r"\r\n|\r|\n", after)} - {*re.findall(r"\r\n|\r|\n", before)}:
            yield "line endings changed", ""
        if before.endswith("\n") != after.endswith("\n"):
            yield "end of the text changed", repr(after[-20:])


def settled(document: Generated, command: str, first: str, second: str) -> Iterator[Failure]:
    """Whether a second run of a command changed what the first had made."""
    if first != second:
        old, new = first.splitlines(), second.splitlines()
        lines = [f"{was!r} became {now!r}" for was, now in zip(old, new, strict=False) if was != now]
        yield Failure("a second run changes more", command, document, lines[0] if lines else "its length")
