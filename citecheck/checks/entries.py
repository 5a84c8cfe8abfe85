"""Entries of a source list, one by one and against each other: CC304, CC305, CC306, CC311 and CC313."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import regex

from citecheck.checks.families import Checks
from citecheck.checks.messages import called
from citecheck.lexicon import words_of
from citecheck.model.document import Document, per_document
from citecheck.model.findings import MOST_RELATED, Edit, Finding, Fix, RelatedSpan, counted
from citecheck.model.sources import ListKind, Source, SourceList
from citecheck.model.structure import NativeEntry
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span


@per_document
def entry_lists(document: Document) -> Sequence[tuple[SourceList, Sequence[Source]]]:
    """The lists whose entries are sources, each with its entries: one for each, however many labels it carries.

    Footnotes may be remarks. They are held to be sources where most of a document's footnotes resemble some.
    """
    found: list[tuple[SourceList, Sequence[Source]]] = []
    for listing in document.source_lists:
        sources = list({source.span: source for source in listing.sources[::-1]}.values())[::-1]
        if listing.kind is ListKind.FOOTNOTES and 2 * sum(map(_reads_as_source, sources)) <= len(sources):
            continue
        found.append((listing, sources))
    return found


@per_document
def worded_lists(document: Document) -> Sequence[tuple[SourceList, Sequence[Source]]]:
    """Those of these lists whose entries are worded by their authors, rather than made of named fields."""
    return [(listing, own) for listing, own in entry_lists(document) if listing.kind is not ListKind.DATABASE]


def keyed_entries(document: Document) -> Iterator[NativeEntry]:
    """The entries of databases, each once, however many keys it has."""
    told = None
    for entry in document.structure.entries:
        if entry.record and entry.span != told:
            told = entry.span
            yield entry


def _reads_as_source(source: Source) -> bool:
    """Whether a footnote leads somewhere: it has an address or an identifier, or a date and a name beside its title."""
    record = source.record
    return record.identified or bool(record.date and (record.author or record.container or record.publisher))


# CC304 ------------------------------------------------------------------------------------------------------

# What a reader can follow besides addresses and identifiers: pages, volumes, editions, numbers of standards, laws,
# cases and reports, hosts without a scheme, message ids, commits and paths.
_FOLLOWED = lazy_regex(
    rf"""\b(?:
        (?i:(?:{words_of("entries.counted").pattern})s?\.?\s?\#?\w{{0,3}}\d
          | (?:{words_of("entries.works").pattern})(?:\W|$))
      | [0-9a-f]{{7,40}}\b | v\.\s | [A-Z]{{2,8}}[\s-]?(?:\d{{3}}|\d\d?\.\d)
      )
    | (?<![\w.-])(?i:(?:[a-z0-9-]{{1,63}}+\.){{1,8}}
        (?:com|org|net|io|gov|edu|int|mil|info|dev|eu|tv|co|ai|app|uk|de|fr|cn|jp|ru|es|it|nl|ch|at|se|no|ca|au|in|br|us)\b)
    | \d(?:\s?\(\d+\) | :\s?\d+\s?[-–] | \s?[-–]\s?\d | \s?(?:{words_of("entries.measures").pattern})) | § | \#\d
    | (?:{words_of("entries.ordinal").pattern})\s?\d
    | (?<=(?<![\w.+-])[\w.+-]{{1,64}})@\w | (?<=\w)/[\w-]{{1,64}}+[/.]\w""",
    regex.VERBOSE,
)
_QUOTING = frozenset('“"«„')
_OPENING = _QUOTING | frozenset("‘'「『《[*_`")
_MARK = lazy_re(r"[“”\"«»„‘’'『』《》「」\[\]*_`]")
_WEB = 1995  # an undated page, or one dated since, may well be on the web; what is older was printed


def missing_locator(document: Document) -> Iterator[Finding]:
    """CC304: an entry names a page of a site or a newspaper and gives no way to it; once for a list of which most do.

    A work with an author, a publisher or a volume can be found in a library by what the entry says.
    """
    for listing, sources in worded_lists(document):
        if listing.kind in (ListKind.READING, ListKind.UNLABELLED):
            continue
        lost = [source for source in sources if _lost(source, document)]
        if 2 * len(lost) > len(sources) and len(lost) > 1:
            first, *others = lost
            message = f"{len(lost)} of {counted(len(sources), 'source')} have no address, identifier or page to follow"
            related = tuple(
                RelatedSpan(other.span, f"nor has {called(other.label, listing.kind)}")
                for other in others[:MOST_RELATED]
            )
            yield Finding(first.span, message, label=first.label, related=related)
            continue
        for source in lost:
            message = f"{called(source.label, listing.kind)} has no address, identifier or page to follow"
            yield Finding(source.span, message, label=source.label)


def _lost(source: Source, document: Document) -> bool:
    """Whether a reader has a title that is set off by marks, the name of an outlet or a date, and no way to it."""
    record = source.record
    (start, end), text = source.text_span, document.text
    marks = [mark.start() for mark in _MARK.finditer(text, max(0, start - 1), end)]  # a title is between two of them
    if record.identified or not marks or _FOLLOWED.search(text, marks[-1] + 1, end):
        return False
    title = record.title
    if record.author or record.publisher or title is None:
        return False
    before = text[title.span.start - 1 : title.span.start]
    if before not in _OPENING or not (record.container or (before in _QUOTING and record.date)):
        return False
    if record.date and int(record.date.value[:4]) < _WEB:
        return False
    opening, closing = title.span
    return not (_FOLLOWED.search(text, start, opening) or _FOLLOWED.search(text, closing, end))


# CC305 ------------------------------------------------------------------------------------------------------

_BARE = lazy_regex(rf"[\W_]*(?:(?:{words_of('entries.bare').pattern})\b[\W_]*)*", regex.IGNORECASE)


def bare_url_source(document: Document) -> Iterator[Finding]:
    """CC305: an entry is an address and nothing else; once a list.

    A definition that a link uses, `[text][1]`, is not shown: the text of the link says what it is.
    """
    linked = {citation.key for citation in document.links}
    for listing, sources in worded_lists(document):
        bare = [source for source in sources if source.key not in linked and _bare(source)]
        if not bare:
            continue
        first, *others = bare
        rest = f", and so {'is' if len(others) == 1 else 'are'} {len(others)} more" if others else ""
        message = f"{called(first.label, listing.kind)} is an address and nothing else{rest}"
        related = tuple(
            RelatedSpan(other.span, f"so is {called(other.label, listing.kind)}") for other in others[:MOST_RELATED]
        )
        yield Finding(first.span, message, label=first.label, related=related)


def _bare(source: Source) -> bool:
    if not source.record.urls or source.record.title:
        return False
    words = source.text
    for url in sorted(source.record.urls, key=lambda url: len(url.value), reverse=True):  # one may begin another
        words = words.replace(url.value, "")
    return _BARE.fullmatch(words) is not None


# CC306 ------------------------------------------------------------------------------------------------------

_OPEN_END = ",;:(，；：（、 \t\r\n"
_CODE_SIGNS = ("{", " = ", "->")
_ENTITY = lazy_regex(r"&#?\w{1,10};\Z")  # of HTML: what `&#x20;` ends in is no punctuation
_PARAGRAPHS = lazy_regex(r"\n[ \t>]*\n")
_ITEM_BELOW = lazy_regex(r"(?:[ \t\r]*+\n)++([ \t]*+)[-*+•]\s")
_AND = words_of("joining.and", "joining.or")
_ENUMERATED = lazy_regex(rf"[,;，；、]\s*+(?:\b(?:{_AND.spaced})|{_AND.unspaced})?+\s*+\Z")


def dangling_punctuation(document: Document) -> Iterator[Finding]:
    """CC306: an entry ends where more was to come; once a list.

    A list written as one sentence, `…; …; and ….`, ends its entries so on purpose. A colon may lead into what follows.
    """
    for listing, sources in worded_lists(document):
        loose = [(source, tail) for source in sources if (tail := _tail(source, document))]
        if not loose or _one_sentence(sources):
            continue
        (first, tail), *others = loose
        rest = f", and so {'does' if len(others) == 1 else 'do'} {len(others)} more" if others else ""
        message = f"{called(first.label, listing.kind)} ends in “{tail.of(document.text).strip()[-1]}”{rest}"
        related = tuple(
            RelatedSpan(span, f"and {called(other.label, listing.kind)}") for other, span in others[:MOST_RELATED]
        )
        edits = tuple(Edit(span, "") for _, span in loose)
        fix = Fix("remove the punctuation", edits)
        yield Finding(tail, message, label=first.label, related=related, fix=fix)


def _one_sentence(sources: Sequence[Source]) -> bool:
    """Whether the entries are parts of one sentence, which only the last of them ends."""
    *others, last = sources
    return (
        bool(others)
        and last.text.rstrip().endswith((".", "。"))
        and all(_ENUMERATED.search(one.text) for one in others)
    )


def _tail(source: Source, document: Document) -> Span | None:
    """The punctuation that an entry's words end in; none where they lead into a list of their own, or are code."""
    start, end = source.text_span
    words = document.text[start:end].rstrip()
    kept = words.rstrip(_OPEN_END)
    if kept == words or not kept or _ENTITY.search(words):
        return None
    item = _ITEM_BELOW.match(document.text, start + len(words))
    leads = words.endswith((":", "：")) and (source.label is None or item or _PARAGRAPHS.search(words))
    if leads or (source.label is None and item and item[1]):
        return None  # into the next entries, or into a list of its own
    *_, last = words.split()
    if "://" in last and last[-1] > "\u2e7f" and last[-2] > "\u2e7f":
        return None  # the title of a page may end so
    if words.endswith(";") and any(sign in words for sign in _CODE_SIGNS):
        return None
    return Span(start + len(kept), start + len(words))


# CC311 ------------------------------------------------------------------------------------------------------

_FEWEST = 5  # entries of which one can be said to be unlike the others
_MAJORITY = 0.8


def inconsistent_source_format(document: Document) -> Iterator[Finding]:
    """CC311: an entry writes its date or its quotation marks otherwise than nearly all others of its list."""
    for listing, sources in worded_lists(document):
        for manner in (_date_form, _quotation_marks):
            forms: dict[str, list[Source]] = defaultdict(list)
            for source in sources:
                if form := manner(source, document):
                    forms[form].append(source)
            total = sum(map(len, forms.values()))
            usual = max(forms, key=lambda form: len(forms[form]), default="")
            if total < _FEWEST or len(forms[usual]) < _MAJORITY * total:
                continue
            for form, unlike in forms.items():
                for source in unlike if form != usual else ():
                    message = f"{called(source.label, listing.kind)} has {form}, where the list has {usual}"
                    yield Finding(source.span, message, label=source.label)


def _date_form(source: Source, document: Document) -> str | None:
    """How an entry writes a date of day, month and year."""
    date = source.record.date
    if date is None or len(date.value) != len("2023-03-02"):
        return None
    words = date.span.of(document.text)
    if words[:4].isdecimal():
        return "a date in figures, year first" if words[5:6].isdecimal() else "a date that begins with the year"
    if words[0].isdecimal():
        return "a date in figures, day first" if words[-6:-5].isdecimal() else "a date that begins with the day"
    return "a date that begins with the month"


def _quotation_marks(source: Source, document: Document) -> str | None:
    """Which quotation marks are about an entry's title."""
    title = source.record.title
    before = document.text[title.span.start - 1] if title and title.span.start else ""
    return {"“": "curly quotation marks", '"': "straight quotation marks", "‘": "single quotation marks"}.get(before)


# CC313 ------------------------------------------------------------------------------------------------------

_TRAILER = lazy_regex(r"[\p{Lu}][\w-]{2,30}:\s")  # `Signed-off-by: …`, as git reads it


def text_after_sources(document: Document) -> Iterator[Finding]:
    """CC313: the text goes on after the last source list, with no heading between."""
    lists = [listing for listing in document.source_lists if listing.kind is ListKind.NUMBERED]
    if not lists:
        return
    end = max(listing.span.end for listing in lists)
    behind = [claim for claim in document.claims if claim.span.start >= end and not _TRAILER.match(claim.text)]
    if behind and not any(end <= heading.span.start < behind[0].span.start for heading in document.structure.headings):
        yield Finding(behind[0].span, "the text continues after its sources")


CHECKS: Final[Checks] = {
    "CC304": missing_locator,
    "CC305": bare_url_source,
    "CC306": dangling_punctuation,
    "CC311": inconsistent_source_format,
    "CC313": text_after_sources,
}
