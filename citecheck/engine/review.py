"""A verdict on one text for the program that has written it, whole or while it is still being written.

The program often knows the sources, as the passages that it gave a model, and the text need not list them then: what
it cites is among these, or undefined. Ignore comments silence nothing here: a text does not judge itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from citecheck import recognition
from citecheck.config.selection import selected
from citecheck.engine.fixing import fix_document
from citecheck.engine.linting import lint_document
from citecheck.engine.measures import Measures, measures
from citecheck.errors import UsageError
from citecheck.model.citations import Citation
from citecheck.model.claims import Claim, Coverage
from citecheck.model.document import Document
from citecheck.model.findings import Diagnostic, Severity
from citecheck.model.outcomes import Outcome, Verification
from citecheck.model.settings import Settings
from citecheck.model.sources import ListKind
from citecheck.recognition.labels import display_label, normalize_label
from citecheck.sources.verification import verify
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_CITED: Final = frozenset({ListKind.NUMBERED, ListKind.FOOTNOTES})  # lists whose entries are expected to be cited
_QUOTED: Final = 100  # code points of a sentence that feedback repeats
_NAMED: Final = 10  # labels that feedback names
_TITLE: Final = "<text>"

Sources = Sequence[str | Mapping[str, object]] | Mapping[str, str]
"""Passages: in the order of their numbers, as texts or as mappings with a `text` and perhaps an `id`; or by id."""


class Reading(NamedTuple):
    """How a text is read: its format, what applies to it, and the labels of the sources it is given, if any are."""

    format: str = "markdown"
    settings: Settings = Settings()
    labels: tuple[str, ...] | None = None

    def read(self, text: str) -> Document:
        """The document that a text is."""
        return recognition.parse(
            text,
            name=_TITLE,
            format=self.format,
            language=self.settings.language,
            coverage=Coverage(self.settings.coverage),
            given=self.labels,
        )


@dataclass(frozen=True)
class Review:
    """What is to be said of a text's citations.

    `diagnostics` are all findings by position; `verifications` what quotations and figures come to by the texts that
    were given of sources.
    """

    document: Document
    diagnostics: tuple[Diagnostic, ...]
    reading: Reading
    verifications: tuple[Verification, ...] = ()

    @property
    def labels(self) -> tuple[str, ...] | None:
        """The labels of the sources that were given; None where the text lists its own."""
        return self.reading.labels

    @property
    def ok(self) -> bool:
        """Whether nothing was found that weighs an error, and no quotation or figure is wrong."""
        return not self.wrong and all(each.severity is not Severity.ERROR for each in self.diagnostics)

    @property
    def wrong(self) -> tuple[Verification, ...]:
        """The quotations and figures that their sources do not have, in reading order."""
        return tuple(each for each in self.verifications if each.outcome is Outcome.WRONG)

    @cached_property
    def measures(self) -> Measures:
        """The counts after `coverage` and `resolvable_rate`."""
        return measures(self.document)

    @property
    def coverage(self) -> float | None:
        """The share of statements that a resolving marker supports, 0 to 1; None where nothing is stated."""
        return self.measures.citation_coverage

    @property
    def resolvable_rate(self) -> float | None:
        """The share of citations that name a source, 0 to 1; None where nothing is cited."""
        return self.measures.resolvable_rate

    @cached_property
    def uncited(self) -> tuple[Claim, ...]:
        """The statements that no marker supports, in reading order."""
        return tuple(claim for claim in self.document.claims if claim.wants_citation and not claim.covered)

    @cached_property
    def unresolved(self) -> tuple[Citation, ...]:
        """The citations that name no source, in reading order."""
        lost = {citation.span for marker in self.document.listless for citation in marker.citations}
        return tuple(
            each
            for each in self.document.citations
            if each.span in lost or not (self.document.resolves(each.key) or _leads_away(each, self.document))
        )

    @cached_property
    def unused(self) -> tuple[str, ...]:
        """The labels of sources that nothing cites: of those that were given, else of those that the text lists."""
        if self.labels is not None:
            used = {citation.label for citation in self.document.citations}
            used |= {key.label for key in self.document.cited}
            return tuple(label for label in self.labels if label not in used and normal(label) not in used)
        listed = (source for each in self.document.source_lists if each.kind in _CITED for source in each.sources)
        return tuple(
            source.label for source in listed if source.label and source.key and source.key not in self.document.cited
        )

    @cached_property
    def fixed(self) -> str:
        """The text after all safe fixes."""
        return fix_document(self.document, self.reading.settings, self.reading.read).text

    def feedback(self, limit: int = 10) -> str:
        """What is to be put right, as numbered lines for anyone who writes the text again; empty where nothing is.

        At most `limit` points: what was found, by weight, what sources do not have, the statements without support.
        """
        points = list(dict.fromkeys(self._points()))
        lines = [f"{number}. {point}" for number, point in enumerate(points[:limit], 1)]
        if len(points) > limit:
            lines.append(f"And {len(points) - limit} more.")
        if self.unresolved and self.labels:
            lines.append(_naming(self.labels))
        return "\n".join(lines)

    def _points(self) -> Iterator[str]:
        for each in sorted(self.diagnostics, key=lambda one: -one.severity.weight):
            yield f"Line {each.start.line}: {each.message}: {self._quoted(each.span)}"
        for wrong in self.wrong:
            line = self.document.lines.position(wrong.span.start).line
            nearest = f"; it has {_shortened(wrong.evidence)}" if wrong.evidence else ""
            yield f"Line {line}: source {' or '.join(wrong.labels)} does not have {_shortened(wrong.text)}{nearest}"
        told = [*(each.span for each in self.diagnostics), *(each.span for each in self.wrong)]
        for claim in self.uncited:
            if not any(span.overlaps(claim.span) for span in told):
                line = self.document.lines.position(claim.span.start).line
                yield f"Line {line}: nothing supports this statement: {_shortened(claim.text)}"

    def _quoted(self, span: Span) -> str:
        """The sentence that a finding is in; else what it is about."""
        for claim in self.document.claims:
            if claim.span.overlaps(span):
                return _shortened(claim.text)
        return _shortened(" ".join(span.of(self.document.raw).split()))


def review(text: str, reading: Reading, texts: Mapping[str, str] | None = None) -> Review:
    """The review of a text; `texts` are those of sources, by their labels or identities.

    Raises UsageError where the settings name a rule that does not exist.
    """
    document = reading.read(text)
    result = lint_document(document, reading.settings, counting=False, suppressing=False)
    return Review(document, result.diagnostics, reading, verify(document, texts) if texts else ())


def labels_of(sources: Sources, first: int) -> tuple[str, ...]:
    """The labels of passages: their ids, else their numbers from `first`. Raises UsageError where two are the same."""
    if isinstance(sources, str):
        raise UsageError("sources is a list of passages, or a mapping of ids to passages; a text is neither")
    if isinstance(sources, Mapping):
        labels = tuple(map(str, sources))
    else:
        labels = tuple(_label(source, number) for number, source in enumerate(sources, first))
    if len(set(map(normal, labels))) < len(labels):
        twice = next(label for place, label in enumerate(labels) if normal(label) in map(normal, labels[:place]))
        raise UsageError(f"two sources are labelled {twice!r}; a marker could name either")
    return labels


def texts_of(sources: Sources, first: int) -> Mapping[str, str]:
    """The texts of passages by their labels; of mappings their `text`."""
    passages = sources.values() if isinstance(sources, Mapping) else sources
    texts = (str(each.get("text", "")) if isinstance(each, Mapping) else each for each in passages)
    return dict(zip(labels_of(sources, first), texts, strict=True))


def _label(source: str | Mapping[str, object], number: int) -> str:
    own = source.get("id") if isinstance(source, Mapping) else None
    return str(number) if own is None else str(own)


def normal(label: str) -> str:
    """A label as it is compared."""
    return normalize_label(display_label(label))


def _leads_away(citation: Citation, document: Document) -> bool:
    """Whether the marker of a citation is a link, where nothing is listed."""
    if document.listed or document.given is not None:
        return False
    return any(marker.address and citation in marker.citations for marker in document.markers)


def _shortened(words: str) -> str:
    return f"“{words}”" if len(words) <= _QUOTED else f"“{words[: _QUOTED - 1].rstrip()}…”"


def _naming(labels: Sequence[str]) -> str:
    """The sources that there are, in a sentence."""
    numbers = [int(label) for label in labels if label.isdecimal()]
    if len(labels) > 1 and numbers == list(range(min(numbers, default=0), min(numbers, default=0) + len(labels))):
        return f"The sources are numbered {labels[0]} to {labels[-1]}."
    shown = ", ".join(labels[:_NAMED])
    return f"The sources are {shown}{f' and {len(labels) - _NAMED} more' if len(labels) > _NAMED else ''}."


# While it is being written ----------------------------------------------------------------------------------

# Rules whose findings in finished sentences nothing that follows can take back, where the sources are given.
_SETTLED: Final = ("CC101",)
_READABLE: Final = frozenset({"markdown", "text"})  # formats in which a beginning is read as in the whole
_SENTENCE_END: Final = lazy_regex(r"[.!?…][\"'”’»)\]*_]*\s|[。！？][」』”]?")
_PARAGRAPH_END: Final = lazy_regex(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_PAIRED: Final = ("[]", "()", "<>", "{}")
_SIGNS: Final = "`$*_~"  # what has to close what it opened
_LONGEST: Final = 10_000  # code points of a paragraph in which sentences are looked for before it ends
_GROWTH: Final = 50  # a text is read again when it has grown by this part of itself, or a long one would be too often


def review_stream(pieces: Iterable[str], reading: Reading) -> Iterator[Diagnostic]:
    """The findings of a text that comes in pieces, each once: those of finished sentences as soon as they are certain.

    Certain before the end are markers that name no source, where the sources are given; whatever depends on what is
    still to come is yielded at the end, so that all findings together are those of the whole text. The excerpt of a
    finding ends where the text did then.
    """
    text, paragraph, seen, told = "", 0, 0, Counter[_Identity]()
    early = _early(reading)
    for piece in pieces:
        text += piece
        if early is None:
            continue
        for found in _PARAGRAPH_END.finditer(text, paragraph, len(text) - 1):
            paragraph = found.end()
        end = _finished(text, paragraph) if reading.format == "markdown" else paragraph
        if end - seen > end // _GROWTH:
            seen = end
            yield from _untold(_certain(review(text[:end], early)), told)
    yield from _untold(review(text, reading).diagnostics, told)


_Identity = tuple[str, Span, str | None]  # of a finding: its rule, its place, its label


def _early(reading: Reading) -> Reading | None:
    """How a text is read that is not whole: for the rules that can be checked then; None where there are none."""
    if reading.labels is None or reading.format not in _READABLE:
        return None
    codes = tuple(code for code in _SETTLED if code in selected(reading.settings))
    return reading._replace(settings=reading.settings._replace(select=codes, extend_select=())) if codes else None


def _certain(found: Review) -> Iterator[Diagnostic]:
    """The findings that stay.

    A footnote may still be defined, and so may what makes a link of `[salt][7]` or `[7][8]`; a number that begins a
    line may begin an entry. After the first source list, what is an entry depends on what follows.
    """
    text, lines = found.document.text, found.document.lines
    listed = min((listing.span.start for listing in found.document.source_lists), default=len(text))
    for each in found.diagnostics:
        start, end = each.span
        if start > listed:
            break
        before = text[lines.line(each.start.line)[0] : start]
        linked = text.startswith(("[", "(", ":"), end) or before.endswith("]")
        if "^" not in each.span.of(text) and any(map(str.isalpha, before)) and not linked:
            yield each


def _untold(found: Iterable[Diagnostic], told: Counter[_Identity]) -> Iterator[Diagnostic]:
    """What is found and was not yielded yet; `told` counts what was."""
    seen = Counter[_Identity]()
    for each in found:
        identity = each.code, each.span, each.label
        seen[identity] += 1
        if seen[identity] > told[identity]:
            told[identity] += 1
            yield each


def _finished(text: str, paragraph: int) -> int:
    """Where the last sentence ends that leaves nothing open, in the last paragraph or before it.

    A bracket, a code span or emphasis that is open may make anything of what is in it, up to the end of its paragraph.
    """
    words = text[paragraph : paragraph + _LONGEST]
    for found in reversed(list(_SENTENCE_END.finditer(words))):
        if _is_closed(words[: found.end()]):
            return paragraph + found.end()
    return paragraph


def _is_closed(words: str) -> bool:
    return all(words.count(opening) == words.count(closing) for opening, closing in _PAIRED) and all(
        words.count(sign) % 2 == 0 for sign in _SIGNS
    )
