"""Plain text: paragraphs between blank lines, pages as line printers made them, examples set off by indentation.

Running headers are what RFC 7322 (section 3.1) and similar documents print between pages: a footer such as
`Author  [Page 7]`, a form feed, a running header.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import regex

from citecheck.lexicon import words_of
from citecheck.limits import MOST_FINDINGS, MOST_PARTS, bounded, few_enough
from citecheck.model.structure import (
    FOREIGN_DIRECTIVE,
    Block,
    BlockKind,
    Comment,
    Conventions,
    Heading,
    Structure,
    blanked,
)
from citecheck.readers.addresses import addresses
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import SUPERSCRIPTS, Span, SpanSet

CONVENTIONS: Final = Conventions(comment="{}", rendered=False)
# A rule of underscores parts the notes of a printed page from its text.
_PARAGRAPH = lazy_regex(r"(?:^(?!_{10,}[ \t]*$)[^\n]*[^\s][^\n]*(?:\n|\Z))++", regex.MULTILINE)
_OWN = r"citecheck:[ \t]*(?:ignore|ignore-file|off|on)\b[^\n]*?"
_DIRECTIVE = lazy_regex(
    rf"^[ \t]*(?:(?:#|//|%|;|<!--)[ \t]*)?({_OWN}|{FOREIGN_DIRECTIVE})[ \t]*(?:-->)?[ \t]*$", regex.MULTILINE
)
_FOOTER = lazy_regex(r"^[^\n]*\[Page[ \t]+[\divxlc]+\][ \t]*$", regex.MULTILINE)
_FORM_FEED = lazy_regex(r"\f\s*+")
_LINE_END = lazy_regex(r"[\n\f]")  # about a page break, where pages that are one line each have nothing else
_LAST_LINE_END = lazy_regex(r"(?r)[\n\f]")
_GAP = lazy_regex(r"\n(?:[ \t]*\n){2,}+")  # between a foot and a head, where nothing else marks a page
_IN_COLUMNS = lazy_regex(r"\S {4,60}\S")  # as running lines are set
_FEWEST_PAGES = 3
_FEWEST_ITEMS = 3  # of a list whose numbers do not count on
_INK = lazy_regex(r"[^\n]")
_ITEM = lazy_regex(r"^[ \t]*(?:[-*+•o]|\d{1,3}[.)]|\(?[a-z]\))[ \t]+(?=\S)", regex.MULTILINE)
_LABEL = lazy_regex(r"[ \t]*\[(?:[^\[\]]{1,30}\][ \t]+\p{L}|\d{1,3}\]:?[ \t]*$)")
_UNDERLINE = lazy_regex(r"\A[ \t]*([^\n]+)\n[ \t]*([=\-~^#*+_\"'`.:])\2{2,}[ \t]*\n?\Z")
_SIGNS = ("#", "=")  # of headings, `# Results` and `= Results`
_UNDERLINING = frozenset("=-~^")  # what a title is underlined with
_INEXACT = 3  # code points; few underline a title as far as it goes
_APPENDIX = words_of("headings.appendices").pattern
_NUMBERING = lazy_regex(
    rf"(?:§[ ]?)?(?:(\d{{1,3}}(?:\.\d{{1,3}})*+)\.?|(?:{_APPENDIX})[ ]+[A-Z\d]+[.:]?|[A-Z](?:\.\d{{1,3}})*+\."
    r"|[IVX]{1,6}\.)[ \t]+(?=(?-i:\p{Lu})|\p{Lo})",
    regex.IGNORECASE,
)
# `2. Design [DESIGN]`, where texts refer to sections by name.
_NAMED_SECTION = lazy_regex(
    r"(?:§[ ]?)?\d{1,3}(?:\.\d{1,3})*+\.?[ \t]+(?:[^\[\]\n]{1,60}[ \t])?\[\p{Lu}[\p{Lu}_ -]{2,30}\]"
)
_MARKS = lazy_regex(rf"(?r)(?:[{SUPERSCRIPTS}]|\[\d{{1,3}}\]|\s)++$")  # at the end of a line, looked for from there
_IN_MARKS = lazy_regex(rf"[{SUPERSCRIPTS}\[\]\d\s]*+")  # all that marks are made of
_ENDS_OF_MARKS = f"{SUPERSCRIPTS}]"
_LONGEST_HEADING = 78  # code points
_MOST_MARKED = 200  # code points of marks at its end
_TWO_SENTENCES = lazy_regex(rf"\p{{Ll}}[.!?][\d{SUPERSCRIPTS}\[\]]{{0,6}}\s+\p{{Lu}}")
_WHOLE_NUMBER = lazy_regex(r"[ \t]*(\d{1,4})[.)]?[ \t]")
_SENTENCE_END = ".!?,;:…。！？，；"
_NO_TITLE_END = _SENTENCE_END + ')]】］"”»'
_SUSPICIOUS = lazy_regex(r"[{}();=\\|\[#>%$/+]|--")  # without one of these a line is no code
_CODE_ENDS = ("{", "}", "\\")  # of a line
_CODE_LINE = lazy_regex(
    r"""
      ^\s*[{}]
    | ^\s*(?:[\w*]+\s+)?[\w*\[\]]+(?:\([^()]*\))?;\s*$  # a declaration, a call
    | ^\s*(?:\#(?:include|define|if|endif)\b|typedef\b|struct\b|/\*|\*/|//|(?:--|\$|>>>|%)\s+\S)
    | ^\s*(?:\+[-=+]{3,}|\|(?:[^|]*+\|)++\s*$)  # a box
    | ^\s+[\w.-]+\s*\[\d+\]\s+\p{Lu}\w  # a field with its tag
    | ^\s*[\w.\[\]]+\s*:?=\s*\S+\s*$ | ^\s*\w+\([^()]*\)\s*$
    | ^\s*\[?\.\.\.\]?\s*$  # more of it
    """,
    regex.VERBOSE,
)
_NOTATION = lazy_regex(  # ASN.1 (ITU-T X.680), and C
    r"::=|\b(?:IMPLICIT|EXPLICIT)\b|\bOCTET STRING\b|\bSEQUENCE(?: OF| \{)|\bOPTIONAL,|\{[^\S\n]*$|^[^\S\n]*\}",
    regex.MULTILINE,
)
_NOTATION_SIGNS = ("{", "}", "::=", "IMPLICIT", "EXPLICIT", "OCTET", "SEQUENCE", "OPTIONAL")
_PROSE_LINE = lazy_regex(r"(?:\p{L}[\p{L}'’-]*[,.;:]? +){4}")
_TABLE_LINE = lazy_regex(r"\S(?: {3,}|\t+)\S")
# As in Markdown, which plain texts borrow from: fences, and backticks about words. Older texts quote with them, too:
# ``pan'' and `pan'.
_IN_BACKTICKS = r"`(?<![`\w]`)(?=[^\s`])[^`\n]{0,200}(?<=[^\s`])`(?![`\w])"
_QUOTED_WORDS = lazy_regex(_IN_BACKTICKS)
_QUOTED = lazy_regex(rf"^[ \t]*+(```|~~~)[^\n]*+\n(?:(?![ \t]*\1)[^\n]*+\n)*+[ \t]*\1|{_IN_BACKTICKS}", regex.MULTILINE)
_SET_IN = lazy_regex(r"^(?:[ ]{4}|\t)[^\n]*", regex.MULTILINE)
_BRACES = lazy_regex(r"[{}]")


def layout(text: str) -> Structure:
    """The layout of a plain text whose only line ending is `\\n`."""
    comments = tuple(_comments(text))
    text = blanked(_without_furniture(text), [comment.span for comment in comments]).replace("\f", " ")
    blocks: list[Block] = []
    headings: list[Heading] = []
    code: list[Span] = []
    for span, kind in bounded(_paragraphs(text), "paragraphs", MOST_PARTS):
        if kind == "code":
            code.append(span)
        elif kind == "heading":
            headings.append(_heading(text, span))
        elif kind == "table":
            blocks.append(Block(BlockKind.CELL, span))
        else:
            blocks.extend(_items(text, span))
            few_enough(len(blocks), "paragraphs and items", MOST_PARTS)
    quoted = _quoted(text)
    return Structure(
        conventions=CONVENTIONS,
        text=text,
        blocks=tuple(blocks),
        headings=tuple(_without_items(text, headings)),
        opaque=SpanSet([*addresses(text), *quoted]),
        code=SpanSet(code),
        verbatim=SpanSet([*quoted, *_set_in(text)]),
        hidden=SpanSet(()),
        links=(),
        definitions=(),
        items={},
        comments=comments,
    )


def _comments(text: str) -> Iterator[Comment]:
    if "citecheck" in text:
        for found in bounded(_DIRECTIVE.finditer(text), "ignore comments", MOST_FINDINGS):
            yield Comment(Span(*found.span()), found[1])


def _quoted(text: str) -> list[Span]:
    if "`" not in text and "~" not in text:
        return []
    pattern = _QUOTED if "```" in text or "~~~" in text else _QUOTED_WORDS
    return [Span(*found.span()) for found in bounded(pattern.finditer(text), "words in backticks", MOST_PARTS)]


def _set_in(text: str) -> list[Span]:
    if "\n    " not in text and "\n\t" not in text and not text.startswith(("    ", "\t")):
        return []
    return [Span(*found.span()) for found in bounded(_SET_IN.finditer(text), "indented lines", MOST_PARTS)]


def _without_furniture(text: str) -> str:
    """The text with page footers, form feeds and running headers blank.

    A paragraph that a page break cuts is made whole again: the line ends of the break become spaces too.
    """
    breaks = _page_breaks(text)
    if not breaks:
        return text
    pieces, end = [], 0
    for start, stop in breaks:
        kept = text[end:start]
        gap = text[start:stop]
        broken = kept.rstrip()[-1:] not in _SENTENCE_END and text[stop : stop + 80].lstrip()[:1].islower()
        pieces += [kept, " " * len(gap) if broken else _INK.sub(" ", gap)]
        end = stop
    return "".join([*pieces, text[end:]])


def _page_breaks(text: str) -> list[Span]:
    """From after the last line of each page to the first line of the next."""
    marks = _FORM_FEED if "\f" in text else _FOOTER if "[Page" in text else _GAP
    around = [
        (mark, _line_before(text, mark.start()), _line_after(text, mark.end()))
        for mark in bounded(marks.finditer(text), "breaks of pages", MOST_PARTS)
    ]
    seen = Counter(_shape(text, line) for _, *lines in around for line in lines)
    spans: list[Span] = []
    for mark, before, after in around:
        if marks is _GAP and not all(
            seen[_shape(text, line)] >= _FEWEST_PAGES and _IN_COLUMNS.search(text, *line) for line in (before, after)
        ):
            continue
        start, stop = mark.span()
        if seen[_shape(text, before)] > 1 or _FOOTER.match(text, before.start):
            start = before.start
        if seen[_shape(text, after)] > 1:
            stop = after.end
        while start and text[start - 1].isspace():
            start -= 1
        while stop < len(text) and text[stop].isspace():
            stop += 1
        stop = text.rfind("\n", start, stop) + 1 or stop
        if not spans or start >= spans[-1].end:
            spans.append(Span(start, stop))
    return spans


def _line_before(text: str, offset: int) -> Span:
    """The nearest line above the offset that is not blank."""
    end = offset
    while end and text[end - 1].isspace():
        end -= 1
    found = _LAST_LINE_END.search(text, 0, end)
    return Span(found.end() if found else 0, end)


def _line_after(text: str, offset: int) -> Span:
    """The nearest line at or below the offset that is not blank."""
    start = offset
    while start < len(text) and text[start].isspace():
        start += 1
    found = _LINE_END.search(text, start)
    return Span(start, found.start() if found else len(text))


def _shape(text: str, line: Span) -> str:
    """A line without its numbers and the width of its gaps, which change from page to page."""
    return regex.sub(r"[\d\s]+", " ", line.of(text).strip())


def _paragraphs(text: str) -> Iterator[tuple[Span, str]]:
    """Each run of lines between blank ones, as `heading`, `code`, `table` or `prose`."""
    margin = _margin(text)
    notation = any(sign in text for sign in _NOTATION_SIGNS)
    depth = 0  # of braces still open: an example may hold blank lines
    for found in _PARAGRAPH.finditer(text):
        span = Span(*found.span())
        lines = found[0].rstrip("\n").split("\n")
        if len(lines) > 2 and _underlines(*lines[:2]):
            title = Span(span.start, span.start + len(lines[0]) + 1 + len(lines[1]) + 1)
            yield title, "heading"
            span, lines = Span(title.end, span.end), lines[2:]
        indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
        if indent <= margin and _reads_as_heading(lines):
            depth = 0
            yield span, "heading"
        elif _reads_as_code(paragraph := span.of(text), lines, notation=notation) or (depth > 0 and indent > margin):
            depth = max(0, depth + sum(1 if brace == "{" else -1 for brace in _BRACES.findall(paragraph)))
            yield span, "code"
        elif len(lines) > 1 and _reads_as_table(paragraph, lines):
            yield span, "table"
        else:
            depth = 0
            yield span, "prose"


def _margin(text: str) -> int:
    """The smallest indentation of a paragraph: headings are there."""
    smallest = 99
    for found in _PARAGRAPH.finditer(text):
        line = found[0]
        smallest = min(smallest, len(line) - len(line.lstrip()))
        if not smallest:
            break
    return smallest


def _reads_as_heading(lines: list[str]) -> bool:
    line = lines[0].strip()
    signed = line.startswith(_SIGNS)
    if len(lines) > 2 or (len(lines) == 1 and not signed and not _IN_MARKS.fullmatch(line, _LONGEST_HEADING)):
        return False
    if line[-1:] in _ENDS_OF_MARKS:
        line = line[:-_MOST_MARKED] + _MARKS.sub("", line[-_MOST_MARKED:])
    if not line or _TWO_SENTENCES.search(line):
        return False
    if len(lines) == 1 and line[-1] == "]" and _NAMED_SECTION.fullmatch(line):
        return True
    if len(lines) == 2 and (_UNDERLINE.match("\n".join(lines)) or _wrapped_heading(*lines)):
        return True
    if signed and len(lines) == 1:
        return line.lstrip("#=").startswith(" ")
    if len(lines) > 1 or len(line) > _LONGEST_HEADING or line[-1] in _NO_TITLE_END or "://" in line:
        return False
    return line[0].isalnum() or line[0] == "§"


def _underlines(title: str, line: str) -> bool:
    """Whether a line under a title is as long as it, and of nothing but one sign; text may go on right below it."""
    title, line = title.strip(), line.strip()
    if line[:1] not in _UNDERLINING or line.strip(line[0]) or "  " in title:
        return False
    return title[:1].isalnum() and abs(len(title) - len(line)) <= _INEXACT and title[-1] not in _SENTENCE_END


def _wrapped_heading(first: str, second: str) -> bool:
    """A numbered heading that goes on in a second line, indented below its words."""
    numbering = _NUMBERING.match(first.strip())
    return (
        numbering is not None
        and len(second) - len(second.lstrip()) > len(first) - len(first.lstrip())
        and len(second.strip()) < 60
        and "://" not in second  # what is indented is the address of an entry
        and second.rstrip()[-1] not in _NO_TITLE_END
    )


def _heading(text: str, span: Span) -> Heading:
    line = text[span.start : span.end].strip().split("\n")[0].strip()
    numbering = _NUMBERING.match(line)
    if line.startswith(_SIGNS):
        level = len(line) - len(line.lstrip("#="))
    elif numbering and numbering[1]:
        level = numbering[1].count(".") + 1
    else:
        level = 1
    title = line.lstrip("#= ") if line.startswith(_SIGNS) else line[numbering.end() if numbering else 0 :]
    return Heading(span, level, title.strip())


def _without_items(text: str, headings: list[Heading]) -> Iterator[Heading]:
    """The headings, without those that are a list, one line an item.

    These follow each other with nothing between, and count on from one to the next, or are more than two.
    """
    for row in _rows(text, headings):
        numbers = [number for _, number in row]
        for place, (heading, number) in enumerate(row):
            beside = numbers[max(0, place - 1) : place + 2]
            counted = len(row) >= _FEWEST_ITEMS or number + 1 in beside or number - 1 in beside
            if number < 0 or not counted:
                yield heading


def _rows(text: str, headings: list[Heading]) -> Iterator[list[tuple[Heading, int]]]:
    """The headings with their numbers, -1 for none: those together that have one and nothing between them."""
    row: list[tuple[Heading, int]] = []
    for heading in headings:
        found = _WHOLE_NUMBER.match(text, heading.span.start)
        number = int(found[1]) if found else -1
        if row and (number < 0 or row[-1][1] < 0 or text[row[-1][0].span.end : heading.span.start].strip()):
            yield row
            row = []
        row.append((heading, number))
    if row:
        yield row


def _reads_as_table(text: str, lines: list[str]) -> bool:
    if "   " not in text and "\t" not in text:
        return False
    return sum(bool(_TABLE_LINE.search(line)) for line in lines) > len(lines) * 0.6


def _reads_as_code(text: str, lines: list[str], *, notation: bool) -> bool:
    """Whether the lines of a paragraph look like code; `notation` where any of the document's might be ASN.1 or C."""
    if not _SUSPICIOUS.search(text):
        return False
    suspicious = sum(line.rstrip()[-1:] in _CODE_ENDS or bool(_CODE_LINE.match(line)) for line in lines)
    if suspicious * 5 >= len(lines) * 2 and not _LABEL.match(lines[0]):
        return True
    if not notation or not _NOTATION.search(text):
        return False
    return 2 * sum(bool(_PROSE_LINE.search(line)) for line in lines) < len(lines)


def _items(text: str, span: Span) -> Iterator[Block]:
    """The paragraph, cut where a list item begins."""
    starts = [found.start() for found in _ITEM.finditer(text, span.start, span.end)]
    if not starts:
        yield Block(BlockKind.PARAGRAPH, span)
        return
    if starts[0] > span.start:
        yield Block(BlockKind.PARAGRAPH, Span(span.start, starts[0]))
    for start, end in zip(starts, [*starts[1:], span.end], strict=True):
        yield Block(BlockKind.ITEM, Span(start, end))
