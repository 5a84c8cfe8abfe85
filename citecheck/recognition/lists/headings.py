"""The words that head a source list, in the languages that documents are written in."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from citecheck.lexicon import phrases, words_of
from citecheck.model.sources import ListKind
from citecheck.text.patterns import lazy_regex

NOUNS: Final = words_of("labels.nouns")
"""What a source is called beside its number, `Source 3`."""
NOUN_FORMS: Final = words_of("labels.nouns", "labels.plurals")
"""The same in all their forms: `sources 1 and 2`."""
# What may be about the noun without making it something else. "Reference Implementation" is no source list.
_BEFORE = frozenset(phrases("headings.before"))
_AFTER = frozenset(phrases("headings.after"))
_BEFORE_UNSPACED = phrases("headings.before_unspaced")
_AFTER_UNSPACED = phrases("headings.after_unspaced")

_NUMERAL = "".join(phrases("numbers.numerals"))
_NUMBERING = lazy_regex(
    rf"(?:(?:{words_of('headings.appendices', 'headings.parts').pattern})\s+)?"
    r"(?:\d{1,3}(?:\.\d{1,3})*+|[a-z](?=[.):])|[ivx]{1,6}(?=[.):\s]))[.):、．]*\s+"
    rf"|\d{{1,2}}[.)、．]|[{_NUMERAL}]{{1,3}}[、.．]\s*"
)
_EDGE = lazy_regex(r"^[^\p{L}\p{N}(（]+|[^\p{L}\p{N})）]+$")
_EDIT = phrases("headings.edit_link")  # after a heading, in what is copied from a wiki
_ASIDE = lazy_regex(r"\s{0,20}[(（\[][^()（）\[\]]{0,60}[)）\]]\s{0,20}$")
_HERE = lazy_regex(rf"\s+(?:{words_of('headings.here').across_lines().pattern})$")
_AND = words_of("joining.and", "joining.or")
_JOIN = lazy_regex(rf"\s{{0,20}}[,/&+、|]\s{{0,20}}|\s{{1,20}}(?:{_AND.spaced})\s{{1,20}}|{_AND.unspaced}|・")

_KINDS = {
    phrase.casefold(): kind
    for group, kind in (
        ("headings.notes", ListKind.FOOTNOTES),
        ("headings.further_reading", ListKind.READING),
        ("headings.references", ListKind.NUMBERED),
    )
    for phrase in phrases(group)
}
_LONGEST = 80  # code points; a longer line is a sentence


@lru_cache(maxsize=1_024)  # most documents head their sections alike
def classify_heading(title: str) -> ListKind | None:
    """What kind of source list a heading announces; None where its words announce none.

    "References and further reading" is held to the manners of references.
    """
    if not title or len(title) > _LONGEST:
        return None
    title = title.casefold()
    for link in _EDIT:
        title = title.removesuffix(link)
    title = _HERE.sub("", _EDGE.sub("", title))
    numbering = _NUMBERING.match(title)
    title = _EDGE.sub("", _ASIDE.sub("", title[numbering.end() :] if numbering else title))
    kinds = [_phrase_kind(" ".join(part.split())) for part in ([title] if title in _KINDS else _JOIN.split(title))]
    if not kinds or None in kinds:
        return None
    return ListKind.NUMBERED if ListKind.NUMBERED in kinds else kinds[0]


def _phrase_kind(phrase: str) -> ListKind | None:
    """The kind of one noun, without the words that only qualify it."""
    if phrase in _KINDS:
        return _KINDS[phrase]
    words = phrase.split(" ")
    while len(words) > 1 and words[-1] in _AFTER:
        words.pop()
    while len(words) > 1 and words[0] in _BEFORE:
        words.pop(0)
        if (kind := _KINDS.get(" ".join(words))) is not None:
            return kind
    bare = " ".join(words)
    for word in _AFTER_UNSPACED:
        if bare not in _KINDS:
            bare = bare.removesuffix(word)
    for word in _BEFORE_UNSPACED:
        if bare not in _KINDS:
            bare = bare.removeprefix(word)
    return _KINDS.get(bare)
