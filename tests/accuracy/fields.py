"""Measures what is read of entries whose fields are labelled: `python -m tests.accuracy.fields FOLDER`.

The folder holds XML files of labelled entries, as AnyStyle (`<sequence>` with a child for each field) or GROBID
(`<bibl>` of TEI) write them. They are split in two by the hash of an entry's text: one half is for tuning, the other
for reporting.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from citecheck.recognition.entries.labels import Label
from citecheck.recognition.entries.record import record

FIELDS = ("title", "year", "author", "container", "publisher")
_LABELS = {
    **dict.fromkeys(("author", "orgName"), Label.AUTHOR),
    **dict.fromkeys(("date", "year"), Label.DATE),
    **dict.fromkeys(("editor", "editors", "translator", "director", "producer"), Label.EDITOR),
    **dict.fromkeys(("journal", "container-title", "collection-title", "container"), Label.CONTAINER),
    **dict.fromkeys(("volume", "pages", "edition", "biblScope", "issue"), Label.NUMBER),
    **dict.fromkeys(("location", "pubPlace", "place"), Label.PLACE),
    "title": Label.TITLE,
    "publisher": Label.PUBLISHER,
}
_NAMES = {
    Label.AUTHOR: "author",
    Label.DATE: "year",
    Label.CONTAINER: "container",
    Label.TITLE: "title",
    Label.PUBLISHER: "publisher",
}
_TEI = "{http://www.tei-c.org/ns/1.0}"
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_EDGES = re.compile(r"^\W+|\W+$")


class Labelled(NamedTuple):
    """An entry and what is labelled in it: parts of its text, and each field with the values that are right for it."""

    text: str
    parts: Sequence[tuple[Label, int, int]]
    fields: Mapping[str, Sequence[str]]

    @property
    def reported(self) -> bool:
        """Whether it belongs to the half that is reported, and not to that for tuning."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 1


def labelled(folder: Path) -> Iterator[Labelled]:
    """The labelled entries of all files below a folder, in the order of the files' names."""
    for path in sorted(folder.rglob("*.xml")):
        try:
            root = ElementTree.parse(path).getroot()
        except ElementTree.ParseError:
            continue
        yield from map(_of_anystyle, root.iter("sequence"))
        yield from map(_of_tei, root.iter(f"{_TEI}bibl"))
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield _of_values(json.loads(line))


def _of_anystyle(entry: ElementTree.Element) -> Labelled:
    parts = [(part.tag, part.text or "") for part in entry if part.tag != "citation-number"]
    return _joined([(_LABELS.get(tag), f"{words} ") for tag, words in parts])


def _of_tei(entry: ElementTree.Element) -> Labelled:
    parts: list[tuple[Label | None, str]] = [(None, entry.text or "")]
    levels = {part.get("level") for part in entry}
    for part in entry:
        tag, level = part.tag.removeprefix(_TEI), part.get("level")
        label = _LABELS.get(tag)
        if tag == "title" and level:
            label = Label.CONTAINER if level == "j" or (level != "a" and "a" in levels) else Label.TITLE
        parts += [(label, "".join(part.itertext())), (None, part.tail or "")]
    return _joined(parts)


def _joined(parts: Sequence[tuple[Label | None, str]]) -> Labelled:
    text = ""
    found: list[tuple[Label, int, int]] = []
    for label, words in parts:
        plain = " ".join(words.split())
        if text[-1:].strip() and words[:1].isspace():
            text += " "
        if label and plain:
            found.append((label, len(text), len(text) + len(plain)))
        text += plain + (" " if plain and words[-1:].isspace() else "")
    return _labelled(text.rstrip(), found)


def _of_values(entry: Mapping[str, str | None]) -> Labelled:
    """An entry of which the values are given; each stands in the entry where it first does, the container last."""
    text = entry["entry"] or ""
    found = []
    for name, value in entry.items():
        if value and (label := _LABELS.get(name)):
            start = text.rfind(value) if label is Label.CONTAINER else text.find(value)
            if start >= 0:
                found.append((label, start, start + len(value)))
    return _labelled(text, found)


def _labelled(text: str, parts: Sequence[tuple[Label, int, int]]) -> Labelled:
    fields: dict[str, list[str]] = defaultdict(list)
    for label, start, end in parts:
        if name := _NAMES.get(label):
            fields[name] += _YEAR.findall(text[start:end]) if name == "year" else [text[start:end]]
    return Labelled(text, parts, {name: values for name, values in fields.items() if values})


def outcomes(entry: Labelled) -> Iterator[tuple[str, str, str]]:
    """Each field with its outcome and what was read: right, wrong, missing, or invented where nothing is labelled."""
    found = record(entry.text, 0)
    read = {
        "title": found.title and found.title.value,
        "year": found.date and found.date.value[:4],
        "author": found.author and found.author.value,
        "container": found.container and found.container.value,
        "publisher": found.publisher and found.publisher.value,
    }
    for name in FIELDS:
        value, expected = read[name], entry.fields.get(name)
        if expected is None:
            if value:
                yield name, "invented", value
        elif value is None:
            yield name, "missing", ""
        else:
            yield name, "right" if _plain(value) in map(_plain, expected) else "wrong", value


def _plain(value: str) -> str:
    """A value without case, spaces, the marks at its edges, and the `In` before a container."""
    value = re.sub(r"^\W*in:?\s", "", " ".join(value.split()), flags=re.IGNORECASE)
    value = re.sub(r"[,.]?\s*\(?(?:[Ee]d(?:itor)?s?\.?|[Hh]rsg\.?)\)?\W*$", "", value)
    return re.sub(r"[\W_]+", "", _EDGES.sub("", value).casefold())


def table(entries: Sequence[Labelled]) -> str:
    """The shares of each field's outcomes as a Markdown table."""
    counts = {name: Counter[str]() for name in FIELDS}
    for entry in entries:
        for name, outcome, _ in outcomes(entry):
            counts[name][outcome] += 1
    lines = [
        f"| {len(entries)} entries | labelled | right | wrong | missing | invented |",
        "| :-- " + "| --: " * 5 + "|",
    ]
    for name, count in counts.items():
        total = count["right"] + count["wrong"] + count["missing"]
        shares = (f"{count[one] / max(1, total):.1%}" for one in ("right", "wrong", "missing"))
        lines.append(f"| {name} | {total} | {' | '.join(shares)} | {count['invented']} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the folder that is named: the reported half, unless the other is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.fields", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of XML files with labelled entries")
    parser.add_argument("--tuning", action="store_true", help="measure the half for tuning")
    parser.add_argument("--wrong", metavar="FIELD", choices=FIELDS, help="list the entries whose field is not right")
    options = parser.parse_args(arguments)
    entries = [entry for entry in labelled(options.folder) if entry.reported is not options.tuning]
    if options.wrong and options.tuning:  # the reported half is not to be looked at
        for entry in entries:
            for name, outcome, value in outcomes(entry):
                if name == options.wrong and outcome != "right":
                    print(f"{outcome}: {value!r}, not {entry.fields.get(name)}\n    {entry.text}")
    print(table(entries))


if __name__ == "__main__":
    main()
