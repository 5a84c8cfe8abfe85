"""Reports of comparisons: what became of the citations of documents, as text, as JSON, as a table in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from json import dumps
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TextIO

from citecheck import __version__
from citecheck.comparison.changes import Change, ChangeKind, Comparison
from citecheck.model.citations import Citation
from citecheck.model.document import Document
from citecheck.model.findings import counted
from citecheck.reports.markdown import as_words
from citecheck.reports.terminal import Screen, visible
from citecheck.text.spans import Span

_TITLE: Final = 60  # code points of a source's words that tell which it is
_STYLES: Final = {  # how the kinds are painted: as findings of such severity
    ChangeKind.LOST: "error",
    ChangeKind.REPOINTED: "error",
    ChangeKind.MOVED: "info",
    ChangeKind.ADDED: "info",
}


class Compared(NamedTuple):
    """All that was compared: pairs of documents, and documents that have no counterpart, with the side they are on."""

    pairs: Sequence[Comparison]
    alone: Sequence[str] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """How many documents and citations were compared, and how many changes there are of each kind."""
        kinds = Counter(change.kind for each in self.pairs for change in each.changes)
        return {
            "documents": len(self.pairs),
            "citations": sum(each.citations[0] for each in self.pairs),
            **{kind.name.lower(): kinds[kind] for kind in ChangeKind},
            "alone": len(self.alone),
        }


def write_text(compared: Compared, stream: TextIO, screen: Screen) -> None:
    """Writes a line for each change, with both places, and how many there are."""
    for each in compared.pairs:
        for change in each.changes:
            kind = screen.paint(_STYLES[change.kind], change.kind)
            stream.write(f"{screen.shown(_places(change, each))}: {kind}: {screen.shown(message(change, each))}\n")
    stream.write(f"{_tally(compared)}\n")


def write_json(compared: Compared, stream: TextIO, screen: Screen) -> None:
    """Writes one object: the version of citecheck, the changes, the summary, and what has no counterpart."""
    changes = [_object(change, each) for each in compared.pairs for change in each.changes]
    stream.write(f'{{"version": {dumps(__version__)},\n"changes": [')
    stream.write(",".join(f"\n{dumps(change)}" for change in changes))
    stream.write(f'\n],\n"summary": {dumps(compared.counts)},\n"alone": {dumps(list(compared.alone))}}}\n')


def write_markdown(compared: Compared, stream: TextIO, screen: Screen) -> None:
    """Writes how many changes there are, and a table of them, those that fail first."""
    stream.write(f"**citecheck**: {_tally(compared)}\n")
    rows = [(change, each) for each in compared.pairs for change in each.changes]
    if rows:
        stream.write("\n| change | before | after | what changed |\n| :-- | :-- | :-- | :-- |\n")
    for change, each in sorted(rows, key=lambda row: not row[0].kind.fails):
        before, after = _place(each.old, change.old_span), _place(each.new, change.new_span)
        words = " | ".join(as_words(words) for words in (before, after, message(change, each)))
        stream.write(f"| {change.kind} | {words} |\n")


Write = Callable[[Compared, TextIO, Screen], None]
COMPARISONS: Mapping[str, Write] = MappingProxyType(
    {"text": write_text, "json": write_json, "markdown": write_markdown}
)


def message(change: Change, compared: Comparison) -> str:
    """What a change is, in words."""
    match change.kind:
        case ChangeKind.LOST:
            gone = "" if change.new_span else ", with its paragraph"
            return f"{_named(change.old, compared.old)} is no longer cited{gone}"
        case ChangeKind.REPOINTED:
            if change.new and not compared.new.resolves(change.new.key):
                return (
                    f"{_named(change.old, compared.old)} is not listed any more, and [{change.new.label}] names nothing"
                )
            return f"{_named(change.old, compared.old)} became {_named(change.new, compared.new)}"
        case ChangeKind.MOVED:
            return f"{_named(change.new, compared.new)} is cited elsewhere"
        case ChangeKind.ADDED:
            return f"{_named(change.new, compared.new)} is cited in addition"


def _named(citation: Citation | None, document: Document) -> str:
    """A citation by its label, and the source that it names."""
    assert citation
    sources = document.listed.get(citation.key, ())
    if not sources:
        return f"[{citation.label}]"
    title = sources[0].record.title
    words = " ".join((title.value if title else sources[0].text).split())
    shown = words if len(words) <= _TITLE else f"{words[: _TITLE - 1].rstrip()}…"
    return f"[{citation.label}] “{shown}”"


def _places(change: Change, compared: Comparison) -> str:
    before, after = _place(compared.old, change.old_span), _place(compared.new, change.new_span)
    return f"{before} -> {after}" if before and after else before or after


def _place(document: Document, span: Span | None) -> str:
    """Where a change is, as `file:line:column`."""
    if span is None:
        return ""
    return f"{document.name}:{document.line_of(span.start)}:{document.lines.position(span.start).column}"


def _object(change: Change, compared: Comparison) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "message": message(change, compared),
        "old": _side(change.old, change.old_span, compared.old),
        "new": _side(change.new, change.new_span, compared.new),
    }


def _side(citation: Citation | None, span: Span | None, document: Document) -> dict[str, Any] | None:
    """One side of a change; a `label` of null where the citation is gone, and this is the block that it was in."""
    if span is None:
        return None
    line, column = document.lines.position(span.start)
    label = citation.label if citation else None
    return {"path": document.name, "label": label, "line": line, "column": column, "start": span.start, "end": span.end}


def _tally(compared: Compared) -> str:
    counts = compared.counts
    told = [f"{counts[kind.name.lower()]:,} {kind}" for kind in ChangeKind if counts[kind.name.lower()]]
    read = f"{counted(counts['documents'], 'document')}, {counted(counts['citations'], 'citation')} before"
    alone = f"; {counted(len(compared.alone), 'document')} without a counterpart" if compared.alone else ""
    return f"{read}: {', '.join(told) if told else 'none lost, re-pointed, moved or added'}{alone}"


def shown_alone(compared: Compared) -> Iterable[str]:
    """What is said of documents that were not compared."""
    return (f"{visible(name)}: has no counterpart, and was not compared" for name in compared.alone)
