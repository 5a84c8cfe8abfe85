"""Documents to be timed: articles made of a bank of words, in several citation styles, the same for the same seed.

Most are sound; one in ten has a fault, as in life. The prose means nothing, but has the lengths, the punctuation and
the markers of prose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

_PLACES: Final = (
    "Arlen Brookmere Castow Delvin Eastray Fenwick Garrow Hollin Isenby Kestral Lowmoor Marrick Norvale".split()
)
_NAMES: Final = (
    "Abara Bellweather Castellan Dunmore Ekström Farrow Greyling Hale Iversen Juniper Kestrel Lindqvist".split()
)
_THINGS: Final = (
    "harbour mill ferry bridge orchard quarry lighthouse canal market railway reservoir observatory".split()
)
_DEEDS: Final = "reported measured rebuilt surveyed described replaced inspected repaired widened recorded".split()
_AMOUNTS: Final = "a third of,most of,nearly half of,all but one of,the larger part of,about a tenth of".split(",")
_ENDS: Final = (
    "before the winter of {year}",
    "after the flood of {year}",
    "at a cost that nobody had foreseen",
    "although the council had advised against it",
    "for the first time since {year}",
    "and the work took {number} months",
    "while the old records were still being copied",
    "with timber that came down the river",
)
_OUTLETS: Final = "The Harbour Gazette,Inland Water Review,The Surveyor,Brookmere Post,Annals of Small Bridges".split(
    ","
)
_FAULTY: Final = 10  # one document in so many has a fault


class Article(NamedTuple):
    """A document, and the rule that has something to say of it, if any."""

    text: str
    suffix: str
    fault: str | None


Style = Callable[[Random, int, int, str | None], str]
"""Makes a document of so many paragraphs and sources, perhaps with a fault."""


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """Articles of about three kilobytes."""
    dice = Random(seed)
    styles = tuple(STYLES.items())
    for number in range(count):
        suffix, style = styles[number % len(styles)][1]
        fault = dice.choice(("CC101", "CC102")) if number % _FAULTY == 0 else None
        yield Article(style(dice, dice.randint(5, 7), dice.randint(6, 9), fault), suffix, fault)


def large(size: int, seed: int = 2) -> str:
    """One Markdown document of about so many bytes: many sections, and one list at its end."""
    dice = Random(seed)
    sources = max(8, size // 1_500)
    parts = ["# The waters of the district\n"]
    written, number = 0, 0
    while written < size - sources * 110:
        labels = [number % sources + 1 for number in range(number, number + 4)]
        number += 4
        part = "\n\n".join(_paragraph(dice, [f" [{label}]" for label in labels]) for _ in range(2))
        part = f"## {dice.choice(_PLACES)} {number}\n\n{part}\n"
        parts.append(part)
        written += len(part)
    listed = "\n".join(f"[{label}] {_entry(dice)}" for label in range(1, sources + 1))
    return "\n".join(parts) + f"\n## References\n\n{listed.replace(chr(10), chr(10) * 2)}\n"


def unused(count: int, seed: int = 4) -> str:
    """A Markdown document with so many sources that nothing cites, each between two that something does."""
    dice = Random(seed)
    return _listed(dice, [f"[{2 * place + 1}]" for place in range(count)], [_entry(dice) for _ in range(2 * count + 1)])


def doubled(count: int, seed: int = 5) -> str:
    """A Markdown document with so many sources that are listed twice, word for word, and cited under both numbers."""
    dice = Random(seed)
    entries = [_entry(dice) for _ in range(count)]
    return _listed(dice, [f"[{place + 1}]" for place in range(2 * count)], [*entries, *entries])


def alike(count: int, seed: int = 6) -> str:
    """A Markdown document whose sources all have nearly one title, in one outlet."""
    dice = Random(seed)
    titles = [f"The {dice.choice(_THINGS)} of {dice.choice(_PLACES)} before the great flood" for _ in range(count)]
    entries = [f"“{title}”, {_OUTLETS[0]}, 3 March 1999." for title in titles]
    return _listed(dice, [f"[{place + 1}]" for place in range(count)], entries)


def _listed(dice: Random, marks: Sequence[str], entries: Sequence[str]) -> str:
    body = "\n\n".join(f"{_sentence(dice)} {mark}." for mark in marks)
    listed = "\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, 1))
    return f"# {_title(dice)}\n\n{body}\n\n## Sources\n\n{listed}\n"


def repository(folder: Path, count: int, seed: int = 3) -> None:
    """Writes a tree of files as a repository has it, of which one in ten cites."""
    dice = Random(seed)
    citing = articles(count // 10 + 1, seed)
    for number in range(count):
        place = folder / f"part{number // 10 % 40:02}" / f"{dice.choice(_THINGS)}{number // 400}"
        place.mkdir(parents=True, exist_ok=True)
        if number % 10 == 0:
            article = next(citing)
            (place / f"{number}{article.suffix}").write_text(article.text, encoding="utf-8")
        else:
            (place / f"{number}.md").write_text(dice.choice(_PLAIN)(dice), encoding="utf-8")


# Prose ------------------------------------------------------------------------------------------------------


def _sentence(dice: Random) -> str:
    end = dice.choice(_ENDS).format(year=dice.randint(1820, 1990), number=dice.randint(2, 40))
    who = dice.choice(("The council of {}", "A surveyor from {}", "The {} company", "Nobody in {}")).format(
        dice.choice(_PLACES)
    )
    what = (
        f"{dice.choice(_AMOUNTS)} the {dice.choice(_THINGS)}s between {dice.choice(_PLACES)} and {dice.choice(_PLACES)}"
    )
    return f"{who} {dice.choice(_DEEDS)} {what} {end}"


def _paragraph(dice: Random, marks: Sequence[str]) -> str:
    """A paragraph whose sentences bear the marks before their full stops; the last sentence always bears one."""
    sentences = []
    for mark in marks:
        if dice.random() < 0.3:
            sentences.append(f"{_sentence(dice)}.")
        sentences.append(f"{_sentence(dice)}{mark}.")
    return " ".join(sentences)


def _body(dice: Random, paragraphs: int, labels: Sequence[int], mark: Callable[[int], str]) -> str:
    """Paragraphs that cite every label at least once."""
    dealt: list[list[int]] = [[] for _ in range(paragraphs)]
    for place, label in enumerate([*labels, *dice.choices(labels, k=paragraphs)]):
        dealt[place % paragraphs].append(label)
    return "\n\n".join(_paragraph(dice, list(map(mark, some))) for some in dealt)


def _title(dice: Random) -> str:
    what = f"{dice.choice(_AMOUNTS)} the {dice.choice(_THINGS)}s of {dice.choice(_PLACES)}"
    return f"{what.capitalize()}, {dice.randint(1800, 1990)}"


def _entry(dice: Random) -> str:
    slug = f"{dice.choice(_THINGS)}-{dice.randint(100, 999_999)}"
    return (
        f"{dice.choice(_NAMES)}, {dice.choice('ABCDEF')}. “{_title(dice)}”, {dice.choice(_OUTLETS)}, "
        f"{dice.randint(1, 28)} March {dice.randint(1996, 2023)}, https://www.{dice.choice(_PLACES).lower()}-review.net/{slug}"
    )


# Styles -----------------------------------------------------------------------------------------------------


def _labels(count: int, fault: str | None) -> tuple[list[int], range]:
    """The labels that the body cites, and those that are listed."""
    cited = list(range(1, count + 1))
    if fault == "CC101":
        cited.append(count + 11)
    return (cited[:-1] if fault == "CC102" else cited), range(1, count + 1)


def _bracketed(dice: Random, paragraphs: int, count: int, fault: str | None) -> str:
    cited, listed = _labels(count, fault)
    entries = "\n".join(f"[{label}] {_entry(dice)}\n" for label in listed)
    return f"# {_title(dice)}\n\n{_body(dice, paragraphs, cited, ' [{}]'.format)}\n\n## References\n\n{entries}"


def _ordered(dice: Random, paragraphs: int, count: int, fault: str | None) -> str:
    cited, listed = _labels(count, fault)
    entries = "\n".join(f"{label}. {_entry(dice)}" for label in listed)
    return f"# {_title(dice)}\n\n{_body(dice, paragraphs, cited, '[{}]'.format)}\n\n**Sources**\n\n{entries}\n"


def _footnotes(dice: Random, paragraphs: int, count: int, fault: str | None) -> str:
    cited, listed = _labels(count, fault)
    entries = "\n".join(f"[^{label}]: {_entry(dice)}" for label in listed)
    return f"# {_title(dice)}\n\n{_body(dice, paragraphs, cited, '[^{}]'.format)}\n\n{entries}\n"


def _linked(dice: Random, paragraphs: int, count: int, fault: str | None) -> str:
    cited, listed = _labels(count, fault)
    entries = {label: _entry(dice) for label in {*cited, *listed}}
    address = {label: entry.rpartition(" ")[2] for label, entry in entries.items()}
    body = _body(dice, paragraphs, cited, lambda label: f" [[{label}]]({address[label]})")
    told = "\n".join(f"- [{label}] {entries[label]}" for label in listed)
    return f"# {_title(dice)}\n\n{body}\n\n### Sources\n\n{told}\n"


def _plain_text(dice: Random, paragraphs: int, count: int, fault: str | None) -> str:
    cited, listed = _labels(count, fault)
    body = _body(dice, paragraphs, cited, " [{}]".format)
    entries = "\n".join(f"[{label}]  {_entry(dice)}\n" for label in listed)
    return f"{_title(dice).upper()}\n\n{body}\n\nReferences\n\n{entries}"


STYLES: Final[dict[str, tuple[str, Style]]] = {
    "bracketed": (".md", _bracketed),
    "ordered list": (".md", _ordered),
    "footnotes": (".md", _footnotes),
    "linked": (".md", _linked),
    "plain text": (".txt", _plain_text),
}


# What cites nothing -----------------------------------------------------------------------------------------


def _changelog(dice: Random) -> str:
    releases = (
        f"## [1.{number}.0] - 20{dice.randint(10, 24)}-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}\n\n### Fixed\n\n"
        + "".join(f"- {_sentence(dice)} (#{dice.randint(1, 9_999)})\n" for _ in range(5))
        for number in range(4, 0, -1)
    )
    return "# Changelog\n\n" + "\n".join(releases)


def _tasks(dice: Random) -> str:
    tasks = "".join(f"- [{dice.choice(' x')}] {_sentence(dice)}\n" for _ in range(20))
    return f"# Tasks\n\n{_sentence(dice)}.\n\n{tasks}"


def _manual(dice: Random) -> str:
    steps = (
        f"## Step {number}\n\n{_sentence(dice)}. Then run:\n\n```python\nvalues[{number}] = table[{number}][0]\n```\n\n"
        f"See [the guide](guide.md#{number}) and `argv[{number}]`.\n"
        for number in range(1, 7)
    )
    return "# Manual\n\n" + "\n".join(steps)


_PLAIN: Final = (_changelog, _tasks, _manual)
