"""BibTeX and BibLaTeX databases: their entries, with the place of each key, field and value.

Read as BibTeX reads them, where it does: what comes between entries is a comment, braces count whatever precedes
them, and values are braced, quoted, a number or the name of a `@string`, joined by `#`. A line that begins with
`@word{key,` begins an entry at any depth, or a missing brace would swallow all that follows. Time is linear in the
length of the text, whatever the text; so Python's own engine is used: the other looks through to the end of a text for
what a pattern requires.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from citecheck.limits import MOST_ENTRIES, bounded
from citecheck.model.structure import NativeField
from citecheck.text.patterns import lazy_re
from citecheck.text.spans import Span

_HEAD = lazy_re(r"@[ \t]*([A-Za-z][\w-]*)\s*([{(])")
_NEXT = lazy_re(r"^[ \t]*+@[ \t]*+[A-Za-z]++\s*+[{(]\s*+[^\s,{}()=\"%]++\s*+,", re.MULTILINE)
_KEY = lazy_re(r"\s*+((?:[^\s,{}=\"]++(?:[ \t]++(?=[^\s,{}=\"]))?+)*+)\s*+,")
_JUNK = lazy_re(r"[^\s=,{}()\"#%@]++|.", re.DOTALL)
_NAME = lazy_re(r"([^\s=,{}()\"#%@]++)\s*+=\s*+")
_BETWEEN = lazy_re(r"(?:[\s,]++|%[^\n]*+)++")  # fields; `%` is a comment to biber, and to anyone who wrote it
_JOIN = lazy_re(r"\s*+\#\s*+")
_BARE = lazy_re(r"[^\s,{}()\"#=%]++")
_BRACED = lazy_re(r"\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\}")  # as deep as nearly all of them are
_QUOTED = lazy_re(r"\"(?:[^{}\"]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\"")
_SIGN = lazy_re(r"[{}]")
_QUOTING_SIGN = lazy_re(r'[{}"]')
_INDENTED: Final = 100  # code points before an entry on its line, in which a `%` may be
_CLOSERS: Final = {"{": "}", "(": ")"}
_NO_ENTRIES: Final = frozenset({"comment", "preamble"})
_ALIASES: Final = "ids"
# The names that BibTeX's standard styles define: journals of computing, and the months.
STANDARD_STRINGS: Final = frozenset(
    """acmcs acta cacm ibmjrd ibmsj ieeese ieeetc ieeetcad ipl jacm jcss scp sicomp tocs tods tog toms toois toplas tcs
    jan feb mar apr may jun jul aug sep oct nov dec""".split()
)


class BibEntry(NamedTuple):
    """An entry: its type in lower case, its key, its fields, and where each is.

    The value of a braced or quoted literal is what is inside, and its span is that; a `@string` that is defined
    above is what it represents. `head` is `@type{key`. One that is not `closed` ends where the next begins, and its
    fields are not to be trusted. One that is `commented` out follows `%`: to BibTeX an entry, and none to biber
    and to anyone who wrote it.
    """

    type: str
    span: Span
    head: Span
    key: str
    key_span: Span
    fields: tuple[NativeField, ...]
    closed: bool = True
    commented: bool = False

    def field(self, name: str) -> NativeField | None:
        """The first field of a name, with anything in it."""
        return next((field for field in self.fields if field.name == name and field.value.strip()), None)

    @property
    def aliases(self) -> Iterator[tuple[str, Span]]:
        """The further keys that BibLaTeX knows it by, each with its place."""
        for field in self.fields:
            if field.name == _ALIASES:
                yield from keys_in(field)


class Database(NamedTuple):
    """What a file defines: its entries, and the names of its `@string`s in lower case with what they represent."""

    entries: tuple[BibEntry, ...]
    strings: dict[str, str]


_LISTED = lazy_re(r"[^\s,]+")


def keys_in(field: NativeField) -> Iterator[tuple[str, Span]]:
    """The keys that a field names, as `ids`, `xdata` and `crossref` do, with their places."""
    for found in _LISTED.finditer(field.value):
        yield found[0], Span(field.span.start + found.start(), field.span.start + found.end())


def read(text: str) -> Database:
    """The entries of a database. Raises TooMuch where there are more than any document may have."""
    return _Scanner(text).database()


def keys(text: str) -> frozenset[str]:
    """The keys that a database defines, aliases and entries that are commented out among them."""
    found: set[str] = set()
    for entry in read(text).entries:
        found.add(entry.key)
        found.update(alias for alias, _ in entry.aliases)
    return frozenset(found - {""})


class _Scanner:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._strings: dict[str, str] = {}
        self._starts = [found.start() for found in _NEXT.finditer(text)]
        self._comments_close = True  # until one does not: then none is looked through to its end any more

    def database(self) -> Database:
        entries = tuple(bounded(self._entries(), "entries", MOST_ENTRIES))
        return Database(entries, self._strings)

    def _entries(self) -> Iterator[BibEntry]:
        text, end = self._text, 0
        while head := _HEAD.search(text, end):
            kind, end = head[1].lower(), head.end()
            if kind in _NO_ENTRIES:
                end = self._behind_comment(head.end() - 1)
                continue
            limit = self._limit(head.start(), head.end())
            if kind == "string":
                end = self._string(head.end(), limit, _CLOSERS[head[2]])
                continue
            entry = self._entry(kind, head.start(), head.end(), limit, _CLOSERS[head[2]])
            if entry is not None:
                end = entry.span.end
                yield entry

    def _limit(self, start: int, opened: int) -> int:
        """Where the next entry begins, or the text ends."""
        place = bisect_right(self._starts, max(start, opened - 1))
        return self._starts[place] if place < len(self._starts) else len(self._text)

    def _behind_comment(self, opening: int) -> int:
        end = self._closing(opening, len(self._text)) if self._comments_close else None
        if end is None:
            self._comments_close = False
            return opening + 1
        return end

    def _string(self, start: int, limit: int, closer: str) -> int:
        fields, end, _ = self._fields(start, limit, closer)
        for field in fields[:1]:
            self._strings[field.name] = field.value
        return end

    def _entry(self, kind: str, start: int, opened: int, limit: int, closer: str) -> BibEntry | None:
        """An entry; None where what looks like the beginning of one has no key and no field: `@media(print) {`."""
        text = self._text
        key = _KEY.match(text, opened, limit)
        key_span = Span(*key.span(1)) if key else Span(opened, opened)
        first = key.end() if key else opened
        if not (key and key[1]):
            between = _BETWEEN.match(text, first, limit)
            if not _NAME.match(text, between.end() if between else first, limit):
                return None
        fields, end, closed = self._fields(first, limit, closer)
        line = text.rfind("\n", max(0, start - _INDENTED), start) + 1
        return BibEntry(
            type=kind,
            span=Span(start, end),
            head=Span(start, key_span.end),
            key=key_span.of(text),
            key_span=key_span,
            fields=tuple(fields),
            closed=closed,
            commented="%" in text[max(line, start - _INDENTED) : start],
        )

    def _fields(self, start: int, limit: int, closer: str) -> tuple[list[NativeField], int, bool]:
        """The fields from an offset on, where they end, and whether they are closed there."""
        text, fields, end = self._text, list[NativeField](), start
        while end < limit:
            if between := _BETWEEN.match(text, end, limit):
                end = between.end()
            if text.startswith(closer, end):
                return fields, end + 1, True
            name = _NAME.match(text, end, limit)
            if name is None:
                if end < limit and text[end] == "{":  # a stray group
                    behind = self._closing(end, limit)
                    if behind is None:
                        break
                    end = behind
                elif junk := _JUNK.match(text, end, limit):
                    end = junk.end()
                continue
            value = self._value(name.end(), limit)
            if value is None:
                break
            span, words, strings, end = value
            fields.append(NativeField(name[1].lower(), Span(*name.span(1)), words, span, strings))
        end = limit
        while end > start and text[end - 1].isspace():
            end -= 1
        return fields, end, False

    def _value(self, start: int, limit: int) -> tuple[Span, str, tuple[tuple[str, Span], ...], int] | None:
        """A value: its span, its words, the strings in it, and where it ends; None where a part is not closed."""
        text, end = self._text, start
        pieces: list[str] = []
        spans: list[Span] = []
        strings: list[tuple[str, Span]] = []
        while True:
            if text.startswith(("{", '"'), end) and end < limit:
                behind = self._closing(end, limit)
                if behind is None:
                    return None
                spans.append(Span(end + 1, behind - 1))
                pieces.append(text[end + 1 : behind - 1])
                end = behind
            elif bare := _BARE.match(text, end, limit):
                spans.append(Span(*bare.span()))
                if bare[0].isdecimal():
                    pieces.append(bare[0])
                else:
                    strings.append((bare[0], spans[-1]))
                    pieces.append(self._strings.get(bare[0].lower(), bare[0]))
                end = bare.end()
            else:
                break
            join = _JOIN.match(text, end, limit)
            if join is None:
                break
            end = join.end()
        span = Span(spans[0].start, spans[-1].end) if spans else Span(start, start)
        return span, "".join(pieces), tuple(strings), end

    def _closing(self, start: int, limit: int) -> int | None:
        """Where a braced or quoted value ends that begins at an offset; None where nothing before the limit ends it."""
        text = self._text
        quoted = text[start] == '"'
        if found := (_QUOTED if quoted else _BRACED).match(text, start, limit):
            return found.end()
        depth, signs = 0, (_QUOTING_SIGN if quoted else _SIGN)
        for sign in signs.finditer(text, start + quoted, limit):
            if sign[0] == "{":
                depth += 1
            elif sign[0] == "}":
                depth -= 1
                if depth < 0:
                    return None
            if not depth and sign[0] == ('"' if quoted else "}"):
                return sign.end()
        return None
