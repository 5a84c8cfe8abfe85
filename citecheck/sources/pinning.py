"""What is stored of a source: its hashes, and its text, or the passages that documents rely on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from citecheck.model.document import Document
from citecheck.model.outcomes import Aspect, Outcome, Reason
from citecheck.sources.extraction import Extracted
from citecheck.sources.figure_support import place
from citecheck.sources.figures import figures
from citecheck.sources.lock import SNAPSHOTS, Evidence, Pin, hashed
from citecheck.sources.quotations import Match, passage_at, quoted
from citecheck.sources.source_text import Backing, SourceText
from citecheck.sources.verification import Wanted, verified

_FEWEST: Final = 30  # letters of a text; fewer are those of a scanned page, or of none


class Keep(StrEnum):
    """What is kept of a source's text."""

    EVIDENCE = "evidence"  # the passages that documents rely on: small, and kinder to who wrote them
    TEXT = "text"  # all of it
    HASH = "hash"  # nothing


def pin(name: str, source: Extracted, data: bytes, documents: Iterable[Document], keep: Keep) -> Pin:
    """What is to be stored of a source of this identity, whose file has these bytes, for documents that cite it."""
    usable = sum(map(str.isalpha, source.text)) >= _FEWEST
    text = hashed(source.text)
    return Pin(
        name,
        title=source.title,
        type=source.type,
        raw=hashed(data),
        text=text,
        reader=source.reader,
        characters=len(source.text),
        file=stored_name(text) if keep is Keep.TEXT and usable else "",
        unusable="" if usable else Reason.NO_TEXT.value,
        evidence=tuple(_evidence(name, source.text, documents)) if keep is Keep.EVIDENCE and usable else (),
    )


def stored_name(text: str) -> str:
    """The path of a stored text, from the folder of the lock, by its hash."""
    return f"{SNAPSHOTS}/{text.partition(':')[2]}.txt"


def _evidence(name: str, text: str, documents: Iterable[Document]) -> Iterator[Evidence]:
    """The passages that documents take quotations and figures from."""
    source = SourceText(text)
    whole = Backing(name, source, whole=True)
    wanted = Wanted(small=True)
    for document in documents:
        for each in verified(document, lambda other: whole if other == name else Backing(other), wanted):
            if each.outcome is not Outcome.OK or each.source != name:
                continue
            if each.aspect is Aspect.QUOTATION and (found := quoted(each.text, source)).match is Match.FOUND:
                prefix, exact, suffix = found.passage()
                yield Evidence("quotation", exact, prefix, suffix)
            elif each.aspect is Aspect.FIGURE and (span := _figure_place(each.text, source.whole.text)):
                prefix, exact, suffix = passage_at(source.whole.text, *span)
                yield Evidence("figure", exact, prefix, suffix)


def _figure_place(words: str, text: str) -> tuple[int, int] | None:
    return next((found for figure in figures(words) if (found := place(figure, text))), None)
