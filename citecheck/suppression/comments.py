"""Ignore comments: which findings they silence, and which of them did nothing.

    citecheck: ignore [RULES] [-- REASON]       on its own line, or on the next one when it is alone
    citecheck: ignore-file [RULES] [-- REASON]  in the whole document
    citecheck: off [RULES] … citecheck: on [RULES]  between the two, or to the end

RULES are codes, names and prefixes, separated by spaces or commas; none means all. Only `ignore-file`
silences CC901, the rule about these comments themselves. It also reports comments in the shape that other linters
have, such as `citecheck-disable-line`, which silence nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import takewhile
from typing import Final, NamedTuple

import regex

from citecheck.config.selection import named
from citecheck.errors import UsageError, known
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Finding, Fix, Safety
from citecheck.model.structure import FOREIGN_DIRECTIVE, Comment
from citecheck.rulebook.pages import rules
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

UNUSED_IGNORE: Final = "CC901"
_REASON: Final = "--"  # what follows it is for people
_FOREIGN: Final = lazy_regex(FOREIGN_DIRECTIVE)
_HEAD: Final = lazy_re(r"citecheck:\s*([^\s,]*)")
_WORD: Final = lazy_re(r"[^\s,]+")
_RULE: Final = lazy_re(r"[\w-]+")


class DirectiveKind(StrEnum):
    """What a directive does."""

    IGNORE = "ignore"
    IGNORE_FILE = "ignore-file"
    OFF = "off"
    ON = "on"


_VERBS: Final = frozenset(DirectiveKind)


class Target(NamedTuple):
    """One rule word of a directive, and the rules it names; the whole comment where it names no rule."""

    words: str
    span: Span
    codes: frozenset[str]


class Directive(NamedTuple):
    """A comment that citecheck obeys. `general` means that it names no rule and so means all."""

    comment: Span
    verb: DirectiveKind
    targets: tuple[Target, ...]
    general: bool


class Directives(NamedTuple):
    """All directives of a document, and what is wrong with those that could not be understood."""

    understood: tuple[Directive, ...]
    faults: tuple[Finding, ...]

    @classmethod
    def of(cls, document: Document) -> Directives:
        """The directives that are in a document's comments."""
        understood: list[Directive] = []
        faults: list[Finding] = []
        for comment in document.structure.comments:
            if directive := _read(comment, document, faults):
                understood.append(directive)
        return cls(tuple(understood), tuple(faults))


def _read(comment: Comment, document: Document, faults: list[Finding]) -> Directive | None:
    offset = document.text.find(comment.words, comment.span.start, comment.span.end)
    if offset < 0:
        return None  # words that the format had to unescape: no directive is written so
    head = _HEAD.match(comment.words)
    verb = head[1] if head else ""
    if (not head or verb not in _VERBS) and (foreign := _FOREIGN.fullmatch(comment.words)):
        faults.append(Finding(comment.span, f"this silences nothing; write {_translated(foreign)!r}"))
        return None
    if not head:
        return None  # a comment that mentions citecheck
    if verb not in _VERBS:
        if fault := _unknown_verb(verb, comment, document):
            faults.append(fault)
        return None
    words = list(takewhile(lambda word: word[0] != _REASON, _WORD.finditer(comment.words, head.end())))
    if not words:
        everything = Target("", comment.span, frozenset(rules()))
        return Directive(comment.span, DirectiveKind(verb), (everything,), general=True)
    targets = []
    for word in words:
        span = Span(offset + word.start(), offset + word.end())
        try:
            targets.append(Target(word[0], span, named(word[0])))
        except UsageError as error:
            faults.append(Finding(span, str(error)))
    return Directive(comment.span, DirectiveKind(verb), tuple(targets), general=False) if targets else None


def _translated(foreign: regex.Match[str]) -> str:
    """The directive that a comment in the shape of another linter's seems to mean."""
    words = foreign["verb"].replace("_", "-").split("-")
    if "file" in words:
        verb = DirectiveKind.IGNORE_FILE
    elif words[0] in ("enable", "on") or words[-1] in ("end", "stop"):
        verb = DirectiveKind.ON
    elif words[-1] in ("start", "begin") or (
        words[0] in ("disable", "off", "skip", "suppress") and "line" not in words
    ):
        verb = DirectiveKind.OFF
    else:
        verb = DirectiveKind.IGNORE
    rules = [word for word in _RULE.findall(foreign["rules"]) if word != "all"]
    return " ".join([f"citecheck: {verb}", *rules])


def _unknown_verb(verb: str, comment: Comment, document: Document) -> Finding | None:
    """What to say of a comment that is no directive: nothing, where it is a line of prose (`citecheck: a linter`)."""
    try:
        known(verb, [each.value for each in DirectiveKind], "directive")
    except UsageError as error:
        prose = comment.span.of(document.text).lstrip().startswith("citecheck:")
        if prose and "did you mean" not in str(error):
            return None
        expected = ", ".join(DirectiveKind)
        message = str(error) if verb else f"a directive needs one of {expected} after the colon"
        return Finding(comment.span, message)
    return None


class Suppression:
    """Which findings the directives of one document silence; remembers which of them silenced any."""

    __slots__ = ("_directives", "_document", "_file", "_lines", "_regions", "_used")

    def __init__(self, document: Document, directives: Sequence[Directive]) -> None:
        self._document = document
        self._directives = directives
        self._used: set[Span] = set()  # targets by their spans, which are unique
        self._file = _by_code(each for each in directives if each.verb is DirectiveKind.IGNORE_FILE)
        self._lines = _ignored_lines(document, directives)
        self._regions = _Regions(len(document.text))
        for directive in directives:
            self._used |= set(self._regions.follow(directive))
        self._regions.close()

    def silences(self, code: str, span: Span) -> bool:
        """Whether a finding of a rule at a place is silenced."""
        used = [self._file[code]] if code in self._file else []
        if code != UNUSED_IGNORE:
            used += self._on_lines(code, span)
            used += self._regions.around(code, span)
        self._used.update(used)
        return bool(used)

    def _on_lines(self, code: str, span: Span) -> Iterator[Span]:
        if not self._lines:
            return
        position = self._document.lines.position
        first, last = position(span.start).line, position(max(span.start, span.end - 1)).line
        touched = range(first, last + 1)
        lines: Iterable[int] = touched if len(touched) < len(self._lines) else self._lines.keys()
        for line in lines:
            if line in touched and line in self._lines and code in self._lines[line]:
                yield self._lines[line][code]

    def unused(self, selected: frozenset[str]) -> Iterator[Finding]:
        """What to say of the directives that silenced nothing; of those only whose rules were selected."""
        for directive in self._directives:
            idle = [each for each in directive.targets if each.span not in self._used and _judged(each, selected)]
            if len(idle) == len(directive.targets):
                yield Finding(directive.comment, _idle(directive, idle), fix=_removal(self._document, directive))
            else:
                for target in idle:
                    yield Finding(
                        target.span, _idle(directive, [target]), fix=_narrowing(self._document, directive, idle)
                    )


def _by_code(directives: Iterable[Directive]) -> dict[str, Span]:
    """Which target silences a rule: the first that names it, so that a second one is known to be idle."""
    targets = [target for directive in directives for target in directive.targets]
    return {code: target.span for target in reversed(targets) for code in target.codes}


def _ignored_lines(document: Document, directives: Iterable[Directive]) -> dict[int, dict[str, Span]]:
    """The lines that `ignore` directives act on, and which target silences a rule there."""
    acting: dict[int, list[Directive]] = defaultdict(list)
    layout = _CommentLines(document)
    for directive in reversed([each for each in directives if each.verb is DirectiveKind.IGNORE]):
        for line in layout.acted_on(directive.comment):
            acting[line].append(directive)
    return {line: _by_code(there) for line, there in acting.items()}


class _CommentLines:
    """What is beside the comments on their lines, and which line follows them; linear over a document."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._index = document.lines
        self._comments: dict[int, list[Span]] = defaultdict(list)
        for comment in document.structure.comments:
            for line in self.of(comment.span):
                self._comments[line].append(comment.span)
        self._alone = {line: self._is_alone(line) for line in self._comments}
        self._next: dict[int, int | None] = {}

    def of(self, span: Span) -> range:
        """The lines a span is on."""
        position = self._index.position
        return range(position(span.start).line, position(max(span.start, span.end - 1)).line + 1)

    def acted_on(self, comment: Span) -> Iterable[int]:
        """The comment's own lines where anything else is on them, else the next that is not blank."""
        own = self.of(comment)
        if not all(self._alone[line] for line in own):
            return own
        following = self._following(own[-1] + 1)
        return () if following is None else (following,)

    def _following(self, line: int) -> int | None:
        first, count = line, len(self._index.starts)
        while line <= count and line not in self._next and self._passed_over(line):
            line += 1
        found = self._next.get(line, line if line <= count else None)
        self._next[first] = found  # later comments are asked first, so that no run of lines is walked twice
        return found

    def _passed_over(self, line: int) -> bool:
        return self._alone[line] if line in self._alone else _blank(self._index.line(line).of(self._text))

    def _is_alone(self, line: int) -> bool:
        place = self._index.line(line)
        gaps = []
        at = place.start
        for comment in self._comments[line]:
            gaps.append(self._text[at : max(at, comment.start)])
            at = max(at, comment.end)
        gaps.append(self._text[at : max(at, place.end)])
        return _blank("".join(gaps))


def _blank(line: str) -> bool:
    return not line.replace(">", " ").strip()  # the marks of a block quote are no text


class _Regions:
    """The parts of a document where rules are off, by their codes."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._open: dict[str, tuple[int, Span]] = {}
        self._closed: dict[str, list[tuple[int, int, Span]]] = defaultdict(list)

    def follow(self, directive: Directive) -> Iterator[Span]:
        """Obeys `off` and `on`; yields the spans of the targets of `on` that turned something on again."""
        for target in directive.targets:
            if directive.verb is DirectiveKind.OFF:
                for code in target.codes - self._open.keys():
                    self._open[code] = (directive.comment.end, target.span)
            elif directive.verb is DirectiveKind.ON and (ended := target.codes & self._open.keys()):
                for code in ended:
                    start, off = self._open.pop(code)
                    self._closed[code].append((start, directive.comment.start, off))
                yield target.span

    def close(self) -> None:
        """Ends what is still off where the document ends."""
        for code, (start, off) in self._open.items():
            self._closed[code].append((start, self._length + 1, off))
        self._open.clear()

    def around(self, code: str, span: Span) -> Iterator[Span]:
        """The span of the `off` whose region shares a code point with the span."""
        regions = self._closed.get(code, ())
        place = bisect_left(regions, max(span.end, span.start + 1), key=lambda region: region[0]) - 1
        if place >= 0 and span.start < regions[place][1]:
            yield regions[place][2]


def _judged(target: Target, selected: frozenset[str]) -> bool:
    """Whether this run can tell that a target is idle: all that it might have silenced was looked for."""
    expected = {code for code in target.codes if rules()[code].status == "default"}
    return bool(target.codes & selected) and expected <= selected


def _idle(directive: Directive, idle: Sequence[Target]) -> str:
    if all(target.codes == {UNUSED_IGNORE} for target in idle):
        return f"only {DirectiveKind.IGNORE_FILE} silences {UNUSED_IGNORE}"
    of = "" if directive.general else f" of {_listing([target.words for target in idle])}"
    if directive.verb is DirectiveKind.ON:
        return f"this on{of} ends nothing"
    return f"this {directive.verb}{of} silences nothing"


def _listing(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _removal(document: Document, directive: Directive) -> Fix:
    """The fix that deletes the whole comment, and its line where it is alone."""
    lines, text, comment = document.lines, document.text, directive.comment
    first, last = lines.position(comment.start).line, lines.position(max(comment.start, comment.end - 1)).line
    before = text[lines.line(first).start : comment.start]
    after = text[comment.end : lines.line(last).end]
    if not before.strip() and not after.strip():
        # Between two lines of text the comment parts two paragraphs, which would run together without it.
        neighbours = [lines.line(line).of(text) for line in (first - 1, last + 1) if 1 <= line <= len(lines.starts)]
        parts = len(neighbours) == 2 and all(line.strip() for line in neighbours)
        span = Span(lines.line(first).start, lines.line(last).end)
        return Fix("delete the comment", (Edit(span, ""),), Safety.UNSAFE if parts else Safety.SAFE)
    gap = len(before) - len(before.rstrip(" \t")) if not after[:1].strip() else 0
    # A line that begins with a comment is raw HTML to its end, and would be read as Markdown without it.
    raw = _blank(before) and not _blank(after)
    edit = Edit(Span(comment.start - gap, comment.end), "")
    return Fix("delete the comment", (edit,), Safety.UNSAFE if raw else Safety.SAFE)


def _narrowing(document: Document, directive: Directive, idle: Sequence[Target]) -> Fix | None:
    """The fix that deletes the idle words and leaves the others; none where a word is not understood."""
    span = Span(directive.targets[0].span.start, directive.targets[-1].span.end)
    words = span.of(document.text)
    if len(words.replace(",", " ").split()) != len(directive.targets):
        return None
    kept = [target.words for target in directive.targets if target not in idle]
    return Fix("delete the unused rules", (Edit(span, (", " if "," in words else " ").join(kept)),))
