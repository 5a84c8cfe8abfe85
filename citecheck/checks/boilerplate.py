"""Boilerplate of a page that was copied with a text: CC602."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from citecheck.checks.families import Checks
from citecheck.checks.messages import listed
from citecheck.lexicon import phrases, words_of
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Finding, Fix, Safety
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

# What pages say to their visitors, in the words of common page templates, whole lines in lower case, 0 for any number.
# Words that may just as well be an author's own ("Read more", "About the author", "Related articles") are left out.
_KINDS = {
    phrase: kind
    for group, kind in (
        ("boilerplate.comments", "a comment box"),
        ("boilerplate.buttons", "buttons to share it"),
        ("boilerplate.subscription", "an invitation to subscribe"),
        ("boilerplate.cookies", "a cookie notice"),
        ("boilerplate.skipping", "a link past the menu"),
        ("boilerplate.advertising", "the frame of an advertisement"),
        ("boilerplate.browser", "a message of the browser"),
    )
    for phrase in phrases(group)
}
# A notice of cookies is a sentence or two, of which only the beginning is known.
_NOTICE = lazy_regex(
    rf"(?:{words_of('boilerplate.cookie_notice').pattern}) (?:[\w-]+ ){{0,2}}cookies?\b"
    rf"|(?:{words_of('boilerplate.cookie_consent').pattern})\b.*\bcookies\b"
)
_NOTICES = phrases("boilerplate.cookie_notice", "boilerplate.cookie_consent")
_BUTTON = frozenset(phrases("boilerplate.button_words"))
_FEWEST_BUTTONS = 3
_LONGEST = 90  # code points of a line; a longer one is a paragraph, or a notice of cookies
_DIGITS = lazy_regex(r"\d{1,3}(?:[.,]?\d{3})*+")
_LINK = lazy_regex(r"\[([^\[\]]{1,80})\]\([^()\s#]{0,200}#[^()\s]{0,200}\)")  # to a place on a page
_COUNTS = tuple(f" {count}" for count in phrases("boilerplate.comment_count"))
# How lines of boilerplate begin, after their markup.
_KEY = 3  # code points
_BEGINNINGS = frozenset(
    beginning[:_KEY].replace("'", mark) for beginning in (*_KINDS, *_BUTTON, *_NOTICES) for mark in "'’"
)
_ALONE = "xX0123456789"  # a button, and the number of comments
_MARGIN = "[*_ \t.!:…»›→↓"


class _Line(NamedTuple):
    """A line without its ending: its span, whether it is blank, and what kind of boilerplate it is, if any."""

    span: Span
    blank: bool
    kind: str | None


def boilerplate_text(document: Document) -> Iterator[Finding]:
    """CC602: lines that a page addresses to its visitors are in the text, apart from what it says; one a run."""
    if not _suspected(document.text):
        return
    lines = list(_lines(document))
    for run in _runs(lines):
        first, last = lines[run[0]], lines[run[-1]]
        kinds = list(dict.fromkeys(kind for place in run if (kind := lines[place].kind)))
        message = f"boilerplate, not part of the text: {listed(kinds, limit=len(kinds))}"
        edit = Edit(_cut(lines, run[0], run[-1], document), "")
        yield Finding(Span(first.span.start, last.span.end), message, fix=Fix("remove it", (edit,), Safety.UNSAFE))


def _suspected(text: str) -> bool:
    """Whether any line begins like boilerplate and is some: most texts have none, and are read no further."""
    notices = "ookie" in text
    for line in (text.replace("\r", "\n") if "\r" in text else text).split("\n"):
        if len(line) > _LONGEST and not notices and line[0] != "[" and len(line.strip()) > _LONGEST:
            continue
        start = line.lstrip(_MARGIN)[:_KEY]
        if start and (start.casefold() in _BEGINNINGS or start[0] in _ALONE):
            words = line.strip()
            if _telling(words) and _kind(words):
                return True
    return False


def _telling(words: str) -> bool:
    """Whether a line is short enough for a button or a link, or may be a notice of cookies."""
    if words[:1] == "[":
        return "](" in words
    return 2 < len(words) <= _LONGEST or "ookie" in words


def _lines(document: Document) -> Iterator[_Line]:
    """The lines of a document, their kind told only outside code."""
    text = document.text
    for start, end in pairwise([*document.lines.starts, len(text)]):
        written = text[start:end]
        words = written.strip()
        first = start + written.find(words)
        kind = _kind(words) if _telling(words) and first not in document.structure.verbatim else None
        yield _Line(Span(first, first + len(words)), not words, kind)


def _kind(line: str) -> str | None:
    """The kind of boilerplate that a line is; a heading, an item of a list and a link to elsewhere are the author's."""
    if line[0] in "#-+>|" or line.startswith("* "):
        return None
    link = _LINK.fullmatch(line)
    words = (link[1] if link else line).strip("*_ \t.!:…»›→↓").casefold().replace("’", "'")
    words = " ".join(_DIGITS.sub("0", words).split())
    if kind := _KINDS.get(words) or _KINDS.get(_uncounted(words)):
        return kind
    if _NOTICE.match(words):
        return "a cookie notice"
    buttons = words.replace("|", " ").replace("·", " ").split()
    return "buttons to share it" if len(buttons) >= _FEWEST_BUTTONS and _BUTTON.issuperset(buttons) else None


def _uncounted(words: str) -> str:
    """The words without a count of comments after them."""
    return next((words.removesuffix(count) for count in _COUNTS if words.endswith(count)), words)


def _runs(lines: list[_Line]) -> Iterator[list[int]]:
    """The places of boilerplate with nothing but blank lines between, where no other line touches it."""
    run: list[int] = []
    for place, line in enumerate(lines):
        if line.blank:
            continue
        if line.kind and (not place or lines[place - 1].blank or place - 1 in run[-1:]):
            run.append(place)
            continue
        if run and run[-1] == place - 1:
            run.pop()  # the words go on in the next line
        if run:
            yield run
        run = []
    if run:
        yield run


def _cut(lines: list[_Line], first: int, last: int, document: Document) -> Span:
    """The lines of a run with the blank ones after it; at the end of a text, those before it.

    Where the last line of a text has no ending, the line that is last afterwards has none either.
    """
    after = last + 1
    while after < len(lines) and lines[after].blank:
        after += 1
    while after == len(lines) and first and lines[first - 1].blank:
        first -= 1
    start = document.lines.line(first + 1).start
    if after == len(lines) and not document.text.endswith(("\n", "\r")):
        start = len(document.text[:start].rstrip("\r\n"))
    return Span(start, document.lines.line(after).end)


CHECKS: Final[Checks] = {
    "CC602": boilerplate_text,
}
