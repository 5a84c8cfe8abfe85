"""How markers and entries are written, and how a reader finds the labels in them again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RANGE = re.compile(r"(\d+)\s*[-–⁻]\s*(\d+)")
_PLACE = re.compile(r"[,:]?\s*((?:p\.|§)\s*\d+)")

Cited = tuple[str, str]  # a label, and the place in the source that is named with it: ("12", "p. 34")
Write = Callable[[Sequence[str]], str]
Read = Callable[[str], list[Cited]]


@dataclass(frozen=True)
class MarkerStyle:
    """A way to write markers: how labels become text, and how text becomes labels.

    `@` stands for a label and `U@U` for the address of its source. `sure` tells that citecheck must read the style
    wherever a list of sources is recognised; `labels` are what it is used with: numbers, words or notes; `brackets`
    that plain `[n]` is the style's own shape; `grouped` that one marker holds all labels of a claim; `linked` that each
    marker is a link; `lists` are the only lists that it goes with, where there are such.
    """

    write: Write
    read: Read
    sure: bool = True
    labels: str = "numbers"
    formats: tuple[str, ...] = ("markdown", "text")
    brackets: bool = True
    grouped: bool = False
    lists: tuple[str, ...] = ()
    linked: bool = False


def _each(template: str, joint: str = "") -> Write:
    return lambda labels: joint.join(template.replace("@", label) for label in labels)


def _together(template: str, joint: str) -> Write:
    return lambda labels: template.replace("@", joint.join(labels))


def _pieces(labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Runs of labels that count up by one, in the order given: their first and last; two in a row are two pieces."""
    rows = groupby(enumerate(map(int, labels)), key=lambda pair: pair[1] - pair[0])
    for _, row in rows:
        members = [str(number) for _, number in row]
        if len(members) > 2:
            yield members[0], members[-1]
        else:
            yield from ((member, member) for member in members)


def _ranges(template: str, dash: str, joint: str) -> Write:
    def write(labels: Sequence[str]) -> str:
        pieces = [first if first == last else f"{first}{dash}{last}" for first, last in _pieces(labels)]
        return template.replace("@", joint.join(pieces))

    return write


def _between(labels: Sequence[str]) -> str:
    return "".join(f"[{first}]" if first == last else f"[{first}]–[{last}]" for first, last in _pieces(labels))


def _raised(labels: Sequence[str]) -> str:
    return ",".join(labels).translate(_RAISED)


def _labels(content: str) -> Iterator[Cited]:
    """The labels of what stands between brackets: `1, 3-5`, `12, p. 34`."""
    content = _PLACE.sub(lambda found: f"@{''.join(found[1].split())}", content)
    for item in re.split(r"[,;\s]+", _RANGE.sub(r"\1-\2", content).strip()):
        label, _, place = item.partition("@")
        if ends := _RANGE.fullmatch(label):
            yield from ((str(number), place) for number in range(int(ends[1]), int(ends[2]) + 1))
        elif label:
            yield label, place


def _inside(mark: str) -> Read:
    """A reader of markers of one shape, whose labels stand in its first group."""
    pattern = re.compile(mark)
    return lambda text: [each for found in pattern.finditer(text) for each in _labels(found[1])]


_plain = _inside(r"\[([^\[\]^]+)\]")


def bracketed(text: str) -> list[Cited]:
    """The labels of `[1]`, `[1, 2]`, `[1]–[3]`, `[[1]](address)`, `[1](address)`, `\\[1\\]`."""
    text = re.sub(r"\]\([^()]*\)", "]", text.replace("\\", ""))
    text = re.sub(r"\[{2,}", "[", re.sub(r"\]{2,}", "]", text))
    return _plain(re.sub(r"\]\s?[-–]\s?\[", "-", text))


def raised(text: str) -> list[Cited]:
    """The labels of superscript digits: `¹,²`."""
    runs = re.findall(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:\s?[⁻–-]\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?", text)
    return [each for run in runs for each in _labels(run.translate(_LOWERED))]


def tagged(text: str) -> list[Cited]:
    """The labels of `<sup>1,2</sup>`, with brackets or a link inside the tag or without."""
    tags = re.findall(r"<sup>(.*?)</sup>", text, re.DOTALL)
    return [each for tag in tags for each in _labels(re.sub(r"<[^<>]*>|[\[\]]", " ", tag))]


MARKERS = {
    "adjacent": MarkerStyle(_each("[@]"), bracketed),
    "spaced": MarkerStyle(_each("[@]", " "), bracketed),
    "commas": MarkerStyle(_together("[@]", ", "), bracketed, grouped=True),
    "tight commas": MarkerStyle(_together("[@]", ","), bracketed, grouped=True),
    "semicolons": MarkerStyle(_together("[@]", "; "), bracketed, grouped=True),
    "ranges": MarkerStyle(_ranges("[@]", "-", ", "), bracketed, grouped=True),
    "en dashes": MarkerStyle(_ranges("[@]", "–", ","), bracketed, grouped=True),
    "ranges between": MarkerStyle(_between, bracketed),
    "locators": MarkerStyle(lambda labels: "".join(f"[{each}, p. {int(each) + 30}]" for each in labels), bracketed),
    "escaped": MarkerStyle(_each(r"\[@\]"), bracketed, formats=("markdown",)),
    "linked": MarkerStyle(_each("[@](U@U)"), bracketed, formats=("markdown",), linked=True),
    "bracketed links": MarkerStyle(_each("[[@]](U@U)"), bracketed, formats=("markdown",), linked=True),
    "anchored": MarkerStyle(_each("[[@]](#ref-@)"), bracketed, formats=("markdown",), linked=True, lists=("anchors",)),
    "corners": MarkerStyle(_each("【@】"), _inside(r"【([^【】]+)】"), brackets=False),
    "full width": MarkerStyle(_each("［@］"), _inside(r"［([^［］]+)］"), brackets=False),
    "raised": MarkerStyle(_raised, raised, brackets=False, grouped=True),
    "carets": MarkerStyle(
        _together("^@^", ","), _inside(r"\^([\d,\s–-]+)\^"), formats=("markdown",), brackets=False, grouped=True
    ),
    "tags": MarkerStyle(_each("<sup>@</sup>"), tagged, formats=("markdown",), brackets=False),
    "tagged groups": MarkerStyle(
        _together("<sup>@</sup>", ","), tagged, formats=("markdown",), brackets=False, grouped=True
    ),
    "tagged brackets": MarkerStyle(_each("<sup>[@]</sup>"), tagged, formats=("markdown",), brackets=False),
    "footnotes": MarkerStyle(
        _each("[^@]"), _inside(r"\[\^([^\[\]^]+)\^?\]"), labels="notes", formats=("markdown",), brackets=False
    ),
    "words": MarkerStyle(_each("[@]"), bracketed, labels="words"),
    "grouped words": MarkerStyle(_together("[@]", ", "), bracketed, labels="words", grouped=True),
    "parentheses": MarkerStyle(_each("(@)"), _inside(r"\(([\d,\s–-]+)\)"), sure=False, brackets=False),
    "spaced numbers": MarkerStyle(_together("[@]", " "), bracketed, sure=False, grouped=True),
}


@dataclass(frozen=True)
class ListStyle:
    """A way to write entries; `@` is the label, `U@U` the address.

    `indent` is how far the further lines of an entry stand in, 0 where an entry has one line; `counted` tells that
    Markdown counts the entries; `above` is what stands above the first; `bare` that the entry is an address and a
    title; `headless` that such a list is known without a heading.
    """

    label: str
    indent: int = 4
    labels: tuple[str, ...] = ("numbers",)
    formats: tuple[str, ...] = ("markdown", "text")
    counted: bool = False
    above: str = ""
    below: str = ""
    bare: bool = False
    headless: bool = False

    @property
    def start(self) -> re.Pattern[str]:
        """The beginning of an entry's line, its label in the first group."""
        pattern = re.escape(self.label.rstrip()).replace("U@U", r"\S+?").replace("@", r"(\w+)", 1).replace("@", r"\w+")
        return re.compile(rf"[ \t>]*{pattern}(?!\w)")


_TABLE = "| No. | Source |\n| --- | --- |\n"

LISTS = {
    "ordered": ListStyle("@. ", 3, counted=True, headless=True),
    "ordered by parentheses": ListStyle("@) ", 3, counted=True),
    "parentheses": ListStyle("(@) "),
    "brackets": ListStyle("[@] ", labels=("numbers", "words"), headless=True),
    "brackets and stops": ListStyle("[@]. "),
    "brackets and colons": ListStyle("[@]: ", labels=("numbers", "words"), formats=("text",), headless=True),
    "definitions": ListStyle("[@]: U@U ", 0, formats=("markdown",), bare=True, headless=True),
    "footnotes": ListStyle("[^@]: ", labels=("notes",), formats=("markdown",), headless=True),
    "bulleted brackets": ListStyle("- [@] ", 2, labels=("numbers", "words")),
    "bulleted numbers": ListStyle("* @. ", 0),
    "carets": ListStyle("^@ "),
    "colons": ListStyle("@: "),
    "corners": ListStyle("【@】 "),
    "linked": ListStyle("[@](U@U) ", 0, formats=("markdown",)),
    "anchors": ListStyle('<a id="ref-@"></a>[@] ', 0, formats=("markdown",)),
    "table": ListStyle("| @ | ", 0, formats=("markdown",), above=_TABLE, below=" |"),
    "table of brackets": ListStyle("| [@] | ", 0, formats=("markdown",), above=_TABLE, below=" |"),
    "indented brackets": ListStyle("   [@]  ", 9, labels=("numbers", "words"), formats=("text",), headless=True),
    "indented numbers": ListStyle("   @.  ", 8, formats=("text",), headless=True),
    "rows": ListStyle("@. ", 4, formats=("text",), headless=True),
}

HEADINGS = {
    "markdown": (
        *("## Sources", "# References", "### Works cited", "**Sources**", "Sources:", "References\n----------"),
        *("## Quellen", "## Références", "## Bibliografía", "## Литература", "## 参考文献", "## 参考資料", "## Fontes"),
    ),
    "text": ("References", "Sources:", "REFERENCES", "Bibliography", "Literatur", "Références", "参考文献"),
}
