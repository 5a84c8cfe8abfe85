"""Who wrote what, and where it stands: author, title, container and publisher in the words of an entry.

Style guides set a title off in one of few ways, which are tried in turn: a link's text; quotation marks (IEEE, MLA,
Chicago, RFCs, newspapers); title brackets 《》; a type such as `[J]` behind it (GB/T 7714); a year before it, in
brackets (APA) or behind a full stop (ACM); italics or bold (books); full stops about it (Vancouver, ISO 690). Where
none of them is used, it is what is left of the words.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from citecheck.lexicon import phrases, words_of
from citecheck.recognition.entries.dates import CALENDAR
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span

_LINK = lazy_regex(r"(?<!!)\[((?:[^\[\]\n]|\[[^\[\]\n]*\]){1,400}+)\][(\[]")
_QUOTED = lazy_regex(
    r"“([^“”]{2,400})”|(?<![\w\"])\"([^\"]{2,400})\"(?!\w)|«\s?([^«»]{2,400}?)\s?»|„([^„“”]{2,400})[“”]"
    r"|(?<=^|[).,:;]\s)'((?:[^'\n]|'(?=\w)){8,400}+)'(?=[.,;]|$)"
    r"|(?<![\w‘])‘((?:[^‘’]|’(?=\w)){8,400}+)’(?!\w)|「([^「」]{2,200})」|『([^『』]{2,200})』"
)
_MARK = lazy_re(r"[“\"«„‘'「『]")
_BRACKETED = lazy_regex(r"《([^《》]{1,200})》")
_TYPED = lazy_regex(
    r"(?:^|[.．。]\s?)([^.．。\[\]]{2,200})\[(?:(?:[JMNDRCPSAZG]|EB|DB|CP)(?:/OL)?|(?i:internet|online))\][.．。/]{0,2}\s?"
)
_APA = lazy_regex(
    rf"\((?:(?:1[4-9]|20)\d\d[a-z]?(?:,[^()\n]{{0,24}})?|{words_of('entries.in_press').pattern})\)[.,:]?\s+"
    r"(?!(?:\p{L}{1,2}\.\s?)?\d+(?:[-–]\d|[.,]|$))"  # what pages follow is the year of a volume
)
_AND = words_of("joining.and").spaced
_PARTICLES = words_of("names.particles").spaced
_GIVEN = rf"(?:\p{{Lu}}\p{{Ll}}?\.|\p{{Lu}}[\p{{L}}'’\-]{{0,30}}|(?:{_PARTICLES}|{_AND}|al)\b\.?|&)"
_YEARED = lazy_regex(
    rf"\s*+{_GIVEN}(?:[,;]?\s{_GIVEN}){{0,60}}+\.{{0,2}}(?<=\.)\s(?P<year>(?:1[4-9]|20)\d\d[a-z]?)\.\s"
)  # ACM
_SENTENCE = lazy_regex(r"(?:(?!\s//?\s(?<=//\s|(?=\p{Lu}\.)))[^.?!\n]|[.](?=\w|,|\s\p{Ll})|\n(?!\n)){3,300}+[.?!]?")
_EMPHASISED = lazy_regex(  # a volume in bold is no title, nor is a name with a colon: `**Salt** 9`, `**Harbour News:**`
    r"(?<![*\w])(?:\*|\*\*(?=[^*\n]{0,40}\p{L})(?![^*\n]{0,80}(?::\*\*|\*\*:)))([^*\n]{2,300})\*{1,2}(?!\*)"
    r"|(?<![_\w])_([^_\n]{2,300})_(?!\w)"
)
_INITIAL = r"\p{Lu}\p{Ll}?\."
_INITIALS = rf"{_INITIAL}(?:[ \-]?{_INITIAL}){{0,3}}"
_BEFORE_SURNAME = words_of("names.particles", "names.particles_only_before").spaced
_SURNAME = rf"(?:(?:{_BEFORE_SURNAME})\s){{0,2}}\p{{Lu}}[\p{{L}}'’\-]{{1,30}}"
_PERSON = (
    rf"(?:{_INITIALS}(?:\s{{1,20}}|-)?{_SURNAME}"
    rf"|{_SURNAME}(?:\s{_SURNAME})?(?:,\s?{_INITIALS}|\s(?:{_INITIALS}|\p{{Lu}}{{1,3}}(?:-\p{{L}})?(?=[,.;:\s]))))"
)
_AUTHORS = lazy_regex(
    rf"\s*+({_PERSON}(?:(?:,?\s(?:{_AND}|&)\s|[,;]\s(?:&\s|and\s)?|(?<=\.)\s){_PERSON}){{0,30}}+"
    rf"(?:,?\s(?:et al\.?|and others))?)\s?(?:[.,:;]|(?<=\.))\s"
)
_FORENAMES = r"(?>\p{Lu}\p{Ll}[\p{L}'’\-]{0,30}+(?:\s\p{Lu}\p{Ll}[\p{L}'’\-]{0,30}+){0,2}+(?:\s\p{Lu}\.){0,3}+)"
_FAMILY = rf"(?>{_SURNAME}(?:\s(?:[ye]\s)?{_SURNAME}){{0,2}}+)"
_FULL = rf"(?>(?:\p{{Lu}}\.|{_SURNAME})(?:\s(?:\p{{Lu}}\.|{_SURNAME})){{1,4}}+)"
_IN_OTHER = words_of("entries.in_other").across_lines()
_INVERTED = lazy_regex(  # `QUILL, Hester, Ines T. MARLOWE.`, `Quill, Hester; Marlowe, Ines.`
    rf"\s*+({_FAMILY},\s{_FORENAMES}"
    rf"(?:(?:,?\s(?:{_AND}|&)\s|\s?[;,]\s)(?:{_FAMILY},\s{_FORENAMES}|{_FULL})){{0,8}}+(?:,?\set al)?)"
    rf"(?:\.{{0,2}}(?<=\.)|:(?=[^\n]{{0,300}}\s(?:{_IN_OTHER.pattern})))\s"  # with a colon in DIN 1505
)
_NAME = lazy_regex(
    r"[\s,.:–—|•·/\-]{0,6}(?:[Ii]n:?\s+)?"
    r"(?:[*_]{1,2}([^*_\n]{2,120})[*_]{1,2}|([^\d\s,.;|()\[\]*_￼][^,;|()\[\]*_\n￼]{1,80}))(?=\s*[,.;(|\[]|\s*$)"
)
_STOP = lazy_regex(r"(?<=\p{Ll}{4})[.。]$")  # the sentence's, not an abbreviation's
_AUTHOR_STOP = lazy_regex(r"(?<=\p{Lu}\p{Ll}{2,3})\.$")  # `Hollis, Mary.`, but not `Hollis, M.`
_VOLUME = lazy_regex(r"[.,]?\s{1,20}\(?\d[\d()\s:–\-]{0,40}(?:\s\p{L}{3,9}\.?(?:\s\d{1,4})?)?\.?$")
_PLACE = lazy_regex(
    r"(?:^|[\s.,(])\p{Lu}[\p{L}.'’ ]{1,40}(?:,\s\p{Lu}{2})?:\s(\p{Lu}[^,;:()\n]{2,60}?)(?=[,;.]?\s\(?(?:1[4-9]|20)\d\d)"
)
_LEADING = frozenset(phrases("titles.leading"))
_GENERIC = frozenset(phrases("titles.generic"))
_WHERE = frozenset(phrases("titles.places"))
_WORDS = lazy_regex(r"\w+")
# What leads from the words to an address, looked for from there: `, available at`, `| Link:`, ` URL:`.
_LEADS = lazy_regex(
    r"(?r)(?:\[(?:online|internet|web)\]\s{0,9})?+(?:"
    r"(?:[.,;:|(\[。，；（]|\s[-–—]\s|\n[ \t]{0,9}[-*•]?)\s{0,9}"
    rf"(?:(?:{words_of('titles.visited').pattern})(?: [^;:\s]{{1,12}}){{0,5}}(?: from)?"
    rf"|{words_of('titles.leads').pattern})[:：]?"
    rf"|\s(?:{words_of('titles.leads_announced').pattern})\s?[:：]"
    r")\s{0,9}$",
    regex.IGNORECASE,
)
_FIELD = lazy_regex(  # what tells more of a source, in a line of its own or behind its title
    rf"\n[ \t]*+(?:[-*•][ \t]*+)?+(?:\*\*)?(?:{words_of('titles.fields').pattern})(?:\*\*)?[:：]"
    r"|(?<=\s)(?:doi:?\s?10\.\d{4}|arXiv:\s?\d|ISBN(?:-1[03])?:?\s?\d)"
    rf"|(?<=[.,;(\[]\s?)(?:{words_of('titles.notes_behind').pattern})\s",
    regex.IGNORECASE,
)
_ANNOUNCED = lazy_regex(
    rf"\s{{0,9}}(?:\*\*)?(?:{words_of('titles.announced').pattern})(?:\*\*)?:(?:\*\*)?\s{{0,9}}", regex.IGNORECASE
)
_EDGES = " \t\n\f￼-–—:：|<>()[]•·,，;；*_"
_UNBROKEN = lazy_regex(r"[^\n￼]++(?:\n(?![^\S\n]*+\n)[^\n￼]++)*+")
_WHOLE = lazy_regex(r"[“\"«„‘*_]{1,3}+([^“”\"«»„*_]{2,400})[”\"»“’*_]{1,3}")
_YEAR_BEHIND = lazy_regex(r"(?<=[,.(]\s?)(?:1[4-9]|20)\d\d[a-z]?[\s).,:]*+$")
_DATED_NAME = lazy_regex(
    r"\s?\([^()\n]{0,24}(?:1[4-9]|20)\d\d[a-z]?[^()\n]{0,24}\)[.,:]?$"
)  # `Osei, Paul (3 May 2019).`
_LOOKED = phrases("titles.no_names")
_DIGIT = lazy_re(r"\d")
_GOES_ON = lazy_regex(r"\w{8}")
_YEAR_LENGTH = 12  # code points of a year with the punctuation behind it
_SHORT = 4  # words; a shorter quotation in the middle of a sentence is a word in inverted commas, no title


class NameSpans(NamedTuple):
    """Spans in an entry's words, none where nothing was read; `free` when the title is only what was left."""

    title: Span | None = None
    author: Span | None = None
    container: Span | None = None
    publisher: Span | None = None
    free: bool = False


def parse_names(words: str) -> NameSpans:
    """What the words of an entry name; U+FFFC, the object replacement character, stands for each part of an address."""
    for form in (_linked, _quoted, _bracketed, _typed, _dated, _emphasised, _stopped):
        found = form(words)
        if found is not None:
            return found if not _is_imprint(found) else found._replace(container=None)
    return _left(words)


def _is_imprint(named: NameSpans) -> bool:
    """Whether what was read as a container is the place and the publisher: `Porto: Casa do Sal`."""
    return bool(named.container and named.publisher and named.container.covers(named.publisher))


def _linked(words: str) -> NameSpans | None:
    for link in _LINK.finditer(words) if "](" in words or "][" in words else ():
        title = _trimmed(words, Span(*link.span(1)))
        text = title.of(words).casefold() if title else ""
        if title and text not in _GENERIC and any(map(str.isalpha, text)):
            before = _trimmed(words, Span(0, link.start()))
            closing = words.find(")" if link[0].endswith("(") else "]", link.end())
            after = _name(words, closing + 1) if closing >= 0 else None
            return NameSpans(_unquoted(words, title), _author(words, before), after)
    return None


def _quoted(words: str) -> NameSpans | None:
    quoted = _QUOTED.search(words) if _MARK.search(words) else None
    if quoted is None:
        return None
    title = Span(*quoted.span(quoted.lastindex or 0))
    if len(title.of(words).split()) < _SHORT and _in_sentence(words, quoted):
        return None  # a word in inverted commas is no title
    author = _author(words, _trimmed(words, Span(0, quoted.start())))
    return NameSpans(_trimmed(words, title), author, _name(words, quoted.end()), _publisher(words))


def _in_sentence(words: str, quoted: regex.Match[str]) -> bool:
    """Whether a sentence goes on about a quotation, rather than names coming before and behind it."""
    if quoted[0][0] in "「『":  # no spaces between words tell
        return _GOES_ON.match(words, quoted.end()) is not None
    before, behind = words[: quoted.start()].split(), words[quoted.end() :].split()
    leads = bool(before) and before[-1][-1:].isalpha() and before[-1].casefold() not in _LEADING
    return leads or (bool(behind) and behind[0][:1].islower() and behind[0] != "in")


def _bracketed(words: str) -> NameSpans | None:
    if "《" not in words:
        return None
    names = [Span(*found.span(1)) for found in _BRACKETED.finditer(words)]
    if not names:
        return None
    title, *others = names
    return NameSpans(title, _author(words, _trimmed(words, Span(0, title.start - 1))), others[0] if others else None)


def _typed(words: str) -> NameSpans | None:
    typed = _TYPED.search(words) if "[" in words else None
    if typed is None:
        return None
    title, author = _trimmed(words, Span(*typed.span(1))), _trimmed(words, Span(0, typed.start()))
    publisher = _publisher(words)
    return NameSpans(title, author, None if publisher else _name(words, typed.end()), publisher)


def _dated(words: str) -> NameSpans | None:
    yeared = _YEARED.match(words)
    dated = yeared or _APA.search(words)
    if dated is None:
        return None
    if (untold := _EMPHASISED.match(words)) and not words[untold.end() : dated.start()].strip(" ."):
        return NameSpans(_inner(untold), None, _name(words, dated.end()), _publisher(words))  # nobody wrote it
    author = _author(words, Span(0, yeared.start("year") if yeared else dated.start()))
    italic = _EMPHASISED.match(words, dated.end())
    if italic:
        return NameSpans(_inner(italic), author, None, _publisher(words) or _name(words, italic.end()))
    title = _SENTENCE.match(words, dated.end())
    if title is None:
        return None
    return NameSpans(_trimmed(words, Span(*title.span())), author, _name(words, title.end()), _publisher(words))


def _emphasised(words: str) -> NameSpans | None:
    italic = _EMPHASISED.search(words) if "*" in words or "_" in words else None
    if italic is None or words[: italic.start()].rstrip(" :")[-1:].isalpha():
        return None  # a word that is stressed in a sentence is no title, nor what a title stands in
    authors = _authors(words, italic.start())
    author = Span(*authors.span(1)) if authors else None
    between = _trimmed(words, Span(authors.end() if authors else 0, italic.start()))
    if (
        between
        and len(between.of(words).split()) >= _SHORT
        and words[: italic.start()].rstrip().endswith((".", "?", "!"))
    ):
        return NameSpans(between, author, _inner(italic))
    return NameSpans(
        _inner(italic), author or _author(words, between), None, _publisher(words) or _name(words, italic.end())
    )


def _stopped(words: str) -> NameSpans | None:
    authors = _authors(words, len(words))
    title = _SENTENCE.match(words, authors.end()) if authors else None
    if authors is None or title is None:
        return None
    author = Span(*authors.span(1))
    if words[authors.end() - 2] == ".":
        container = _name(words, _behind_names(words, title.end()))
        return NameSpans(_trimmed(words, Span(*title.span())), author, container, _publisher(words))
    comma = words.find(", ", *title.span())
    end = comma if comma >= 0 else title.end()
    return NameSpans(_trimmed(words, Span(title.start(), end)), author, None, _publisher(words), free=True)


def _authors(words: str, end: int) -> regex.Match[str] | None:
    """The names that an entry begins with."""
    return _AUTHORS.match(words, 0, end) or _INVERTED.match(words, 0, end)


def _behind_names(words: str, end: int) -> int:
    """Where a title's container follows: behind the names that GOST repeats, `Salt / H. Quill // Tea`."""
    if not words.startswith(" / ", end):
        return end
    slashes = words.find(" // ", end)
    return slashes if slashes >= 0 else len(words)


def _left(words: str) -> NameSpans:
    """The first run of words that no address breaks, to the date at its end."""
    for piece in _UNBROKEN.finditer(words):
        start, end = piece.span()
        end = words.rfind("[", start, end) if piece[0].endswith("](") and "[" in piece[0].lstrip(_EDGES) else end
        if field := _FIELD.search(words, start, end):
            end = field.start()
        elif words.startswith("￼", end) and (leads := _LEADS.search(words, start, end)):
            end = leads.start()
        if announced := _ANNOUNCED.match(words, start, end):
            start = announced.end()
        title = _trimmed(words, _undated(words, Span(start, end)))
        if title and any(map(str.isalpha, title.of(words))) and not _WHERE.issuperset(_names_in(title.of(words))):
            return NameSpans(title, free=True)  # `Available at` is no title
    return NameSpans()


def _names_in(words: str) -> list[str]:
    return _WORDS.findall(words.casefold())


def _trimmed(words: str, span: Span) -> Span | None:
    """A span without the punctuation at its edges and the full stop of a sentence; None where nothing else is in it."""
    part = words[span.start : span.end].rstrip(_EDGES)
    if part[-1:] in (".", "。") and _STOP.search(part):
        part = part[:-1]
    inner = part.lstrip(_EDGES)
    start, end = span.start + len(part) - len(inner), span.start + len(part)
    if "(" in inner and inner.count("(") > inner.count(")") and words[end : end + 1] == ")":
        end += 1  # that bracket is the title's own, and so is the next
    elif ")" in inner and inner.count(")") > inner.count("(") and words[start - 1 : start] == "(":
        start -= 1
    return Span(start, end) if inner else None


def _unquoted(words: str, span: Span) -> Span:
    """A title without the quotation marks or the emphasis that are all about it."""
    quoted = _WHOLE.fullmatch(words, *span)
    return Span(*quoted.span(1)) if quoted else span


def _inner(italic: regex.Match[str]) -> Span:
    return Span(*italic.span(1 if italic[1] else 2))


def _undated(words: str, span: Span) -> Span:
    """A span without the year that it ends in."""
    near = max(span.start, span.end - _YEAR_LENGTH)
    if not _DIGIT.search(words, near, span.end):
        return span
    year = _YEAR_BEHIND.search(words, near, span.end)
    return Span(span.start, year.start()) if year else span


def _author(words: str, before: Span | None) -> Span | None:
    """Who is named before a title, without the year behind the name."""
    if before is None:
        return None
    dated = _DATED_NAME.search(words, *before)
    author = _trimmed(words, _undated(words, Span(before.start, dated.start()) if dated else before))
    name = author.of(words) if author else ""
    if author is None or name.casefold() in _LEADING or "￼" in name or not any(map(str.isalpha, name)):
        return None
    stopped = words[author.end - 1] == "." and _AUTHOR_STOP.search(words, *author)
    return Span(author.start, author.end - 1) if stopped else author


def _name(words: str, start: int) -> Span | None:
    """The name that comes right behind a title, without volume and number."""
    found = _NAME.match(words, start)
    if found is None:
        return None
    span = Span(*found.span(1 if found[1] else 2))
    volume = _VOLUME.search(words, *span) if _DIGIT.search(words, *span) else None
    span = _trimmed(words, Span(span.start, volume.start() if volume else span.end)) or span
    name = span.of(words).casefold().rstrip(".")
    return None if name in CALENDAR or name in _GENERIC or name.startswith(_LOOKED) else span


def _publisher(words: str) -> Span | None:
    """A name between a place and a year: `Porto: Casa do Sal, 1987`."""
    found = _PLACE.search(words) if ": " in words else None
    return Span(*found.span(1)) if found else None
