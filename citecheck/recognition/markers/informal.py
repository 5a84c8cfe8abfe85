"""Mentions: what names a source, and is no marker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import regex

from citecheck.lexicon import phrases, words_of
from citecheck.limits import MOST_PARTS, bounded
from citecheck.model.citations import Citation, Syntax
from citecheck.model.structure import Structure
from citecheck.recognition.labels import display_label
from citecheck.recognition.lists.headings import NOUN_FORMS, NOUNS
from citecheck.recognition.markers.candidates import Candidate, Context, word_before
from citecheck.recognition.markers.grammar import BARE_NUMBER, CLUSTER_END, DASH, ENDS, NUMBER
from citecheck.recognition.markers.ranges import free_labels, spelled_out
from citecheck.recognition.markers.superscripts import is_exponent
from citecheck.recognition.scopes import LabelIndex
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span, SpanSet

# A bracket with a number and words, `[5, passim]`, `[reviewed in 5]`, not `[Fig. 5]`, or with a gap, `[4, 9,]`; as a
# token of a program it may be at a word, `falls[cite: 2]`. And what does without brackets, `ref. 4`,
# `(Source 1, Source 3)`.
_MENTION = lazy_regex(
    r"(?:(?<![\w\])])|(?=\[(?:[Cc]ite|citation):|\[\d{1,4}†))"
    r"\[(?!(?i:fig|figure|table|eq|equation|page|section|chapter|step|part|version)s?\.?\s?\d++\])"
    r"((?=[^\[\]\n]{0,70}\d)(?=[,;]|[^\[\]\n]{0,70}(?:[^\[\]\n\d,; –\\-]|[,;][ ]{0,3}\\?[,;\]]))"
    r"[^\[\]\n]{2,70})\](?!\()"
)
_UNSPACED_NOUN = f"{NOUNS.suffixed}|{NOUNS.unspaced}"
_SOURCE_WORD = rf"(?:\b(?:{NOUN_FORMS.spaced})\.? |(?:{_UNSPACED_NOUN}) ?)"
_IN_WORDS = lazy_regex(
    rf"{_SOURCE_WORD}((?:\d{{1,3}}(?:\s?(?:[,;、，&–-]|{words_of('joining.and').pattern})\s?{_SOURCE_WORD}?)?){{1,12}}+)",
    regex.IGNORECASE,
)
# A quick look for each, in lower case: a search for a word is many times as fast as one for any of several.
_LOOKS = tuple((form, lazy_re(rf"{form}\.? ?\d")) for form in phrases("labels.nouns", "labels.plurals"))
_WORD_AND_NUMBER = lazy_regex(rf"({NOUNS.pattern})\d{{1,3}}")
_WHOLE = lazy_regex(
    rf"(?:(?<=refs?|fn|notes?|sources?|{_UNSPACED_NOUN})|(?<![\d\p{{L}}]|\d[-./]|\bAPPLICATION ))"
    rf"(\d{{1,3}})(?:\s?{DASH}\s?(\d{{1,3}}))?+(?!\d|/\p{{L}}|\.\d{{1,4}}\.\d)",  # `[1.2.0]` is a version
    regex.IGNORECASE,
)
# A marker that a character nobody sees keeps from being read, one that closes as it did not open or not at all, and one
# with a sign that does not belong, `[#2]`, `[2.]`. `[0, 1)` may be an interval.
_NUMBERS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,9}+"
_BROKEN = lazy_regex(
    r"[\[【［](?=[^\[\]【】［］\n]{0,30}\p{Cf})(?P<veiled>[\d\p{Cf}^][^\[\]【】［］\n]{0,40})[\]】］]"
    rf"|\[\^?(?P<open>{_NUMBERS})(?:[。！？!?|}}]|(?<!\[\d++,\s?\d++)\)|\.?[ \t]*$|\.\])"
    rf"|\[#(?P<signed>{_NUMBERS})\]|\((?P<closed>\d{{1,3}}(?:\s?[;–-]\s?\d{{1,3}}){{0,9}}+)\]",
    regex.MULTILINE,
)
_UNSEEN = lazy_regex(r"\p{Cf}")
# A group that a converter of PDFs has torn into links, each to its entry's page: `[\[4,](#page-1-2)[6\]](#page-1-4)`.
_PIECE = rf"(?:{NUMBER}|[\s,;]|{DASH}){{1,20}}+"
_SEAM = r"\]\(\#[^()\s]{0,80}+\)\s?\["
_TORN = lazy_regex(
    rf"\[\\?\[((?:{_PIECE}{_SEAM}){{1,20}}+{_PIECE})\\?\]\]\(\#[^()\s]{{0,80}}\)"
    rf"|\[\\?\[({NUMBER}),\]\(\#[^()\s]{{0,80}}\)(?=[ ][^\[\]\n]{{1,60}}\])"  # `[[2,](#p-8) App. A]`
)
_SEAMS = lazy_regex(_SEAM)
_ITEM = lazy_regex(ENDS)
_ENDS_CLUSTER = lazy_regex(CLUSTER_END)
_BARE_NUMBER = lazy_regex(BARE_NUMBER)
_GOES_ON = lazy_regex(r" \p{Ll}")


def informal_references(
    layout: Structure, rejected: Iterable[Candidate], labels: LabelIndex, lists: SpanSet, *, raised: bool
) -> Iterator[Citation]:
    """Uses of listed labels by what is no marker: `[1 (p. 3)]`, `[2a]`, a superscript number among bracketed ones.

    They are not understood well enough to be markers, and too much like one for their source to be called unused.
    Where markers are `raised`, so is every superscript number, though it may be an exponent.
    """
    if not labels.numbered:
        return
    for mark in rejected:
        known = [each for each in mark.labels if labels.lists(labels.key(mark, each[0]))]
        if mark.standing is Context.UNORDERED:
            alike = 2 * len(known) > len(mark.labels)  # `[3, 14, 2]`, of which 14 is not listed
        else:
            alike = _stands_like_a_marker(layout.text, mark)
        if alike and not is_exponent(layout.text, mark, raised=raised):
            yield from (Citation(display_label(label), span, labels.key(mark, label)) for label, span in known)
    budget = free_labels(layout.text)
    for mark, ranges, nouns in (*_in_words(layout, labels, lists), *_torn(layout), *_broken(layout)):
        for first, last in ranges:
            numbers = spelled_out(int(first), int(last or first))
            budget -= len(numbers)
            for number in numbers if budget > 0 else numbers[:: len(numbers) - 1 or 1]:
                for label in (f"{noun}{number}" for noun in nouns):
                    if labels.lists(key := labels.key(mark, label)):
                        yield Citation(label, mark.span, key)


class _Mention(NamedTuple):
    """What names sources, the ends of its ranges, and the words that may precede a number in their labels."""

    mark: Candidate
    ranges: Sequence[tuple[str, str]]
    nouns: Sequence[str] = ("",)


def _in_words(layout: Structure, labels: LabelIndex, lists: SpanSet) -> Iterator[_Mention]:
    """Uses of labels by what has words with a number; `Source 1` within a list is but its label."""
    listed = (_WORD_AND_NUMBER.fullmatch(label) for group in labels.scopes.labels for label in group)
    nouns = sorted({"", *(found[1] for found in listed if found)})  # `source`, where there is a `Source 1`
    lower = layout.text.lower()
    worded = (
        _IN_WORDS.finditer(layout.text) if any(form in lower and look.search(lower) for form, look in _LOOKS) else ()
    )
    links = frozenset(link.span.start for link in layout.links)  # `[Version 2][7]` leads where it leads
    numbered = SpanSet(link.span for link in layout.links if link.reference and link.reference.isdecimal())
    for found in bounded(chain(_MENTION.finditer(layout.text), worded), "places that may name a source", MOST_PARTS):
        if found.start() in layout.opaque or found.start() in links or found.start() in numbered:
            continue
        mark = Candidate(found[0], Span(*found.span()), Syntax.BRACKET, (), Context.WEAK)
        yield _Mention(mark, _WHOLE.findall(found[1]), ("",) if found.start() in lists else nouns)


def _broken(layout: Structure) -> Iterator[_Mention]:
    """Uses by markers that are broken, and that nothing else reports."""
    for found in _BROKEN.finditer(layout.text):
        if found.start() in layout.opaque or found.start() in layout.code:
            continue
        syntax = Syntax.FOOTNOTE if "^" in found[0] else Syntax.BRACKET
        mark = Candidate(found[0], Span(*found.span()), syntax, (), Context.STANDALONE)
        yield _Mention(mark, _WHOLE.findall(_UNSEEN.sub("", found[found.lastgroup or 0])))


def _torn(layout: Structure) -> Iterator[_Mention]:
    """Uses by groups whose links tear them, but for those in code."""
    for found in _TORN.finditer(layout.text) if "](#" in layout.text else ():
        if found.start() not in layout.code:
            mark = Candidate(found[0], Span(*found.span()), Syntax.BRACKET, (), Context.STANDALONE)
            yield _Mention(mark, _ITEM.findall(_SEAMS.sub("", found[1] or found[2])))


def _stands_like_a_marker(text: str, mark: Candidate) -> bool:
    """Whether a mark is where markers do, which may be at the name of a file or at a number: `salt.c[1]`, `7[1]`.

    A name may have an index, a number has none, not even in code. A term with a capital or a digit that a sentence
    goes on after, `CO2[1] is`, may have either.
    """
    start = mark.span.start
    if mark.standing in (Context.IDENTIFIER_SUFFIX, Context.CODE) and _BARE_NUMBER.search(
        text, max(0, start - 4), start
    ):
        return True
    if mark.standing is Context.IDENTIFIER_SUFFIX:
        term = word_before(text, mark).split()[-1]
        termed = "_" not in term and any(sign.isupper() or sign.isdigit() for sign in term)
        end = mark.span.end
        return _ENDS_CLUSTER.match(text, end) is not None or (termed and _GOES_ON.match(text, end) is not None)
    return mark.standing in (Context.STANDALONE, Context.WORD_SUFFIX)
