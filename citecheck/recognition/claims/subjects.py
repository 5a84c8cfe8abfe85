"""Marks that are a word of the sentence they open."""

from __future__ import annotations

from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_GOES_ON = lazy_regex(r" \p{Ll}")


def is_sentence_subject(text: str, mark: Span, before: Span) -> bool:
    """Whether a mark opens a sentence as its subject: `[3] shows that`, after a full stop and a mark right at it."""
    end = mark.start
    while mark.start - end < 3 and text[end - 1 : end].isspace():
        end -= 1
    if end == mark.start or _GOES_ON.match(text, mark.end) is None:
        return False
    stop = before.start if before.end == end else end
    return text[stop - 1 : stop] == "."
