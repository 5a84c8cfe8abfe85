"""Documents in all marker and list styles, generated, and what their sentences cite.

Every sentence and every work has a word of its own, so that a test can tell what a text says from its words alone:
which works the markers behind a sentence lead to, however sentences, entries and numbers are moved about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from hypothesis import strategies as st

from citecheck.model.document import Document

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SENTENCE = re.compile(r"said(\w+?)q")
_WORK = re.compile(r"work(\w+?)q")
_LETTERS = "abcdefghijklmnoprstuvwxyz"

Marker = Callable[[Sequence[int]], str]


def _collapsed(numbers: Sequence[int]) -> str:
    """`1, 3-5`: three numbers or more in a row are a range."""
    pieces: list[str] = []
    for _, row in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in row]
        pieces += [f"{members[0]}-{members[-1]}"] if len(members) > 2 else map(str, members)
    return ", ".join(pieces)


def _each(template: str, joint: str = "") -> Marker:
    return lambda numbers: joint.join(template.replace("@", str(number)) for number in numbers)


def _raised(numbers: Sequence[int]) -> str:
    return ",".join(str(number).translate(_RAISED) for number in numbers)


def _raised_range(numbers: Sequence[int]) -> str:
    return _collapsed(numbers).replace(", ", ",").replace("-", "⁻").translate(_RAISED)


def _between(numbers: Sequence[int]) -> str:
    """`[1]–[3]`: three numbers in a row, written as two markers with a dash; others as one marker each."""
    members = sorted(set(numbers))
    if len(members) > 2 and members[-1] - members[0] == len(members) - 1:
        return f"[{members[0]}]–[{members[-1]}]"
    return _each("[@]")(numbers)


@dataclass(frozen=True)
class Style:
    """How a document writes markers and entries; `@` is the number in the label of an entry.

    `counted` tells that Markdown counts the entries, `inner` that entries may cite others.
    """

    marker: Marker
    label: str
    format: str = "markdown"
    heading: str = "## Sources"
    counted: bool = False
    inner: bool = True
    indent: int = 2


STYLES = {
    "adjacent": Style(_each("[@]"), "[@] "),
    "spaced": Style(_each("[@]", " "), "- [@] "),
    "ordered": Style(_each("[@]"), "@. ", counted=True, indent=3),
    "ordered groups": Style(lambda numbers: f"[{_collapsed(numbers)}]", "@. ", counted=True, indent=4),
    "parentheses": Style(_each("[@]"), "@) ", counted=True, indent=3),
    "groups": Style(lambda numbers: f"[{_collapsed(numbers)}]", "[@] "),
    "semicolons": Style(lambda numbers: f"[{'; '.join(map(str, numbers))}]", "[@]: "),
    "between": Style(_between, "[@] "),
    "locators": Style(_each("[@, p. 4]"), "[@] "),
    "tags": Style(_each("<sup>[@]</sup>"), "[@] "),
    "raised": Style(_raised, "@. ", counted=True, inner=False, indent=3),
    "raised ranges": Style(_raised_range, "[@] ", inner=False),
    "carets": Style(lambda numbers: f"^{','.join(map(str, numbers))}^", "@. ", counted=True, inner=False, indent=3),
    "corners": Style(_each("【@】"), "【@】 ", inner=False),
    "anchors": Style(_each("[[@]](#ref-@)"), '<a id="ref-@"></a>[@] ', inner=False),
    "raised anchors": Style(
        _each('<sup><a href="#r@">@</a></sup>'), '@. <a id="r@"></a>', counted=True, inner=False, indent=3
    ),
    "links": Style(_each("[[@]](https://W@W.example/page)"), "[@] ", inner=False),
    "definitions": Style(_each("[@]"), "[@]: https://W@W.example/page ", heading="", inner=False),
    "named definitions": Style(
        _each(" ([text][@])"), "[@]: https://W@W.example/page ", heading="", inner=False, indent=0
    ),
    "footnotes": Style(_each("[^@]"), "[^@]: ", heading="", inner=False, indent=4),
    "plain": Style(_each("[@]"), "[@] ", "text", "References", indent=4),
    "plain numbers": Style(lambda numbers: f"[{_collapsed(numbers)}]", "@. ", "text", "Sources:", indent=3),
}


@dataclass(frozen=True)
class Cited:
    """A generated document."""

    text: str
    format: str
    style: str


@st.composite
def cited_documents(draw: st.DrawFn, styles: Sequence[str] = tuple(STYLES)) -> Cited:
    """Documents of one or two sections, each with its sentences and its list, sound or faulty in many ways."""
    name = draw(st.sampled_from(styles))
    style = STYLES[name]
    sections = draw(st.integers(1, 2)) if style.heading.startswith("#") else 1
    text = "\n".join(_section(draw, style, letter) for letter in _LETTERS[:sections])
    if draw(st.integers(0, 9)) == 0:
        text += "\nLeave a comment\n"
    if draw(st.integers(0, 3)) == 0:
        text = text.rstrip("\n")
    if draw(st.integers(0, 3)) == 0:
        text = text.replace("\n", "\r\n")
    return Cited(text, style.format, name)


def _section(draw: st.DrawFn, style: Style, letter: str) -> str:
    numbers = _numbers(draw, style)
    works = [f"work{letter}{_LETTERS[place]}q" for place in range(len(numbers))]
    if len(works) > 2 and draw(st.integers(0, 3)) == 0:
        works[draw(st.integers(1, len(works) - 1))] = works[0]
    named = dict(zip(numbers, works, strict=True))
    body = _body(draw, style, letter, numbers)
    entries = _entries(draw, style, named)
    title = f"# Chapter {letter}\n\n" if style.format == "markdown" else f"Chapter {letter}\n\n"
    heading = f"{style.heading}\n\n" if style.heading else ""
    return re.sub(
        r"W(\d+)W", lambda found: named.get(int(found[1]), "nothing"), f"{title}{body}\n\n{heading}{entries}\n"
    )


def _numbers(draw: st.DrawFn, style: Style) -> list[int]:
    """The numbers of a list in the order of its entries: in a row, with gaps, or in no order."""
    count, start = draw(st.integers(2, 12)), draw(st.sampled_from([1, 1, 1, 0, 3]))
    numbers = list(range(start, start + count))
    kind = draw(st.sampled_from(["row", "row", "gaps", "shuffled"]))
    if kind == "gaps":
        numbers = [number for number in numbers if number == start or draw(st.integers(0, 4))]
    elif kind == "shuffled" and not style.counted:
        numbers = draw(st.permutations(numbers))
    return numbers


def _body(draw: st.DrawFn, style: Style, letter: str, numbers: Sequence[int]) -> str:
    known = st.sampled_from(numbers)
    citing = st.lists(known, min_size=1, max_size=4, unique=draw(st.integers(0, 4)) > 0)
    sentences = []
    for place in range(draw(st.integers(2, 9))):
        cited = draw(citing)
        if draw(st.integers(0, 1)):
            cited = sorted(cited)
        if draw(st.integers(0, 14)) == 0:
            cited = [*cited, max(numbers) + 5]
        marker = style.marker(cited) if draw(st.integers(0, 5)) else ""
        if marker.startswith("[") and draw(st.integers(0, 29)) == 0:
            marker = draw(st.sampled_from([f"[{numbers[0]},]", "[?]", f"[{max(numbers)}-{min(numbers)}]"]))
        words = draw(st.sampled_from(["The river rose", "Nobody counted the ferries", "A bell rang at noon"]))
        sentence = f"{words} said{letter}{_LETTERS[place]}q in the valley"
        sentences.append(
            draw(st.sampled_from([f"{sentence} {marker}.", f"{sentence}{marker}.", f"{sentence}.{marker}"]))
        )
        sentences.append(draw(st.sampled_from([" ", " ", "\n", "\n\n"])))
    return "".join(sentences).strip()


def _entries(draw: st.DrawFn, style: Style, works: Mapping[int, str]) -> str:
    separator = draw(st.sampled_from(["\n", "\n", "\n\n"])) if style.label != "[^@]: " else "\n"
    wrapped, ending = draw(st.integers(0, 3)) == 0, draw(st.sampled_from([".", ".", "."]))
    entries = []
    for number, work in works.items():
        label = style.label.replace("@", str(number))
        words = (
            f'"{work}"' if "]: http" in label else f'Author, "The book of {work}", 1999, https://{work}.example/page'
        )
        if style.inner and draw(st.integers(0, 14)) == 0:
            words += f"; see [{draw(st.sampled_from(sorted(works)))}]"
        joint = f"\n{' ' * style.indent}" if wrapped and "]: http" not in label else " "
        tail = f"{joint}{draw(st.sampled_from(['second edition', 'paperback', 'in two volumes']))}{ending}"
        entries.append(f"{label}{words},{tail}" if "]: http" not in label else f"{label}{words}")
    return separator.join(entries)


def meaning(document: Document) -> dict[str, frozenset[frozenset[str]]]:
    """The works that each sentence cites, and those that each work's entry cites, by their own words.

    A citation is the set of works that are listed under its label; what leads nowhere is left out.
    """
    found: dict[str, set[frozenset[str]]] = {}
    starts = [(match.start(), match[0]) for match in _SENTENCE.finditer(document.text)]
    for (start, word), (end, _) in pairwise([*starts, (len(document.text), "")]):
        found[word] = set()
        for span, works in _citations(document):
            if start <= span < end and _entry(document, span) is None:
                found[word].add(works)
    for span, works in _citations(document):
        if (entry := _entry(document, span)) is not None:
            found.setdefault(f"in {entry}", set()).add(works)
    return {word: frozenset(works) for word, works in found.items()}


def _citations(document: Document) -> list[tuple[int, frozenset[str]]]:
    citing = [(marker.span.start, each) for marker in document.markers for each in marker.citations]
    citing += [(link.span.start, link) for link in document.links]
    citing += [(broken.span.start, each) for broken in document.malformed for each in broken.citations]
    return [
        (start, frozenset(word for source in sources for word in _words(document, source.span)))
        for start, each in citing
        if (sources := document.listed.get(each.key, ()))
    ]


def _words(document: Document, span: tuple[int, int]) -> list[str]:
    return [match[0] for match in _WORK.finditer(document.text, *span)][:1]


def _entry(document: Document, offset: int) -> str | None:
    """The work in whose entry an offset lies."""
    for source in document.sources:
        if source.span.start <= offset < source.span.end:
            return next(iter(_words(document, source.span)), None)
    return None
