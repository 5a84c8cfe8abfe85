"""Why something is read as it is: `citecheck inspect --why`, for people and as JSON.

docs/kettle.md
  12:1     1  Moss, A. (1931). Salt wells. Quill Press.

  12:4     Moss
           author, not title (+131): “name” +54, “start” +41, “before ,” +38, …
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import dumps
from typing import Any, Final, NamedTuple, TextIO

from citecheck.model.author_years import AGAINST, AuthorYear, Verdict
from citecheck.model.document import Document
from citecheck.model.sources import Evidence, Source
from citecheck.reports.inspection import at, hanging
from citecheck.reports.terminal import Screen

_VERDICTS: Final = {
    Verdict.RESOLVED: "cites {}",
    Verdict.UNDEFINED: "undefined: no entry is {}",
    Verdict.POSSIBLE: "perhaps undefined: no entry is {}, and the evidence is weak",
    Verdict.USE: "a use of {}, in a form that is no evidence of a missing entry",
}
_MOST: Final = 8  # signals of a part that people are shown; JSON has all


class Explained(NamedTuple):
    """A source, and why the parts that were asked about are read as what they are; or a citation by author and year."""

    document: Document
    subject: Source | AuthorYear
    evidence: tuple[Evidence, ...] = ()


def write(explained: Iterable[Explained], stream: TextIO, screen: Screen) -> None:
    """Writes each source, then its parts in order, each with what it is read as and why."""
    name = None
    for each in explained:
        if each.document.name != name:
            name = each.document.name
            stream.write(f"{screen.paint('path', screen.shown(name))} ({each.document.format})\n")
        lines = _source(each, each.subject, screen) if isinstance(each.subject, Source) else _cited(each, screen)
        stream.writelines(f"{line}\n" for line in lines)


def _cited(explained: Explained, screen: Screen) -> Iterator[str]:
    """A citation by author and year: what it is treated as, and its signals."""
    document, reading = explained.document, explained.subject
    assert isinstance(reading, AuthorYear)
    words = " ".join(reading.span.of(document.text).split())
    yield from hanging(at(reading.span, document), screen.paint("code", screen.shown(words)), screen)
    told = [_VERDICTS[reading.verdict].format(screen.shown(reading.citation.label))]
    told.append(f"{reading.form}, for it: {', '.join(_signals(reading, against=False)) or 'nothing'}")
    if against := _signals(reading, against=True):
        told.append(f"against it: {', '.join(against)}")
    told += [f"near {screen.shown(near.label)}, which differs in the {near.difference}" for near in reading.near]
    for line in told:
        yield from hanging("", line, screen)


def _signals(reading: AuthorYear, *, against: bool) -> list[str]:
    return [str(signal) for signal in reading.evidence if (signal in AGAINST) is against]


def _source(explained: Explained, source: Source, screen: Screen) -> Iterator[str]:
    document, evidence = explained.document, explained.evidence
    label = "-" if source.label is None else screen.shown(source.label)
    yield from hanging(at(source.span, document), f"{label}  {screen.shown(' '.join(source.text.split()))}", screen)
    if not evidence:
        yield from hanging("", "its format names its fields", screen)
    for one in evidence:
        yield ""
        yield from hanging(
            at(one.span, document), screen.paint("code", screen.shown(" ".join(one.text.split()))), screen
        )
        yield from hanging("", _reasons(one, screen), screen)


def _reasons(one: Evidence, screen: Screen) -> str:
    if not one.signals:
        return one.read_as
    signals = [f"“{screen.shown(signal)}” {value:+}" for signal, value in one.signals[:_MOST]]
    more = [f"and {len(one.signals) - _MOST} more"] if len(one.signals) > _MOST else []
    total = sum(value for _, value in one.signals)
    return f"{one.read_as}, not {one.otherwise} ({total:+}): {', '.join([*signals, *more])}"


def write_json(explained: Iterable[Explained], stream: TextIO, screen: Screen) -> None:
    """Writes one object: the sources, each with its parts and all their signals."""
    stream.write(dumps({"explained": [_object(each) for each in explained]}, indent=2) + "\n")


def _object(explained: Explained) -> dict[str, Any]:
    document, source, evidence = explained
    if isinstance(source, AuthorYear):
        return _reading(document, source)
    return {
        "path": document.name,
        "label": source.label,
        "text": source.text,
        **document.lines.position(source.span.start)._asdict(),
        "parts": [
            {
                "text": one.text,
                **document.lines.position(one.span.start)._asdict(),
                "start": one.span.start,
                "end": one.span.end,
                "read_as": one.read_as,
                "otherwise": one.otherwise or None,
                "signals": [{"signal": signal, "weight": value} for signal, value in one.signals],
            }
            for one in evidence
        ],
    }


def _reading(document: Document, reading: AuthorYear) -> dict[str, Any]:
    return {
        "path": document.name,
        "label": reading.citation.label,
        "text": reading.span.of(document.text),
        **document.lines.position(reading.span.start)._asdict(),
        "start": reading.span.start,
        "end": reading.span.end,
        "form": str(reading.form),
        "verdict": str(reading.verdict),
        "for": _signals(reading, against=False),
        "against": _signals(reading, against=True),
        "near": [{"label": near.label, "differs_in": str(near.difference)} for near in reading.near],
    }
