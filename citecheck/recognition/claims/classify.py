"""What a sentence does in its text: most state something, and some only ask, announce, point or conclude.

Words of the lexicon tell; a sentence that none of them marks is a statement.
"""

from __future__ import annotations

import regex

from citecheck.lexicon import phrases, words_of
from citecheck.model.claims import ClaimKind
from citecheck.text.patterns import lazy_re, lazy_regex

_MARKUP = lazy_regex(r"[*_`~]+|<[^<>]*>")
_ASIDE = lazy_regex(r"[\[(][^\[\]().!?。]{1,60}[\])]\.?")  # all of a sentence: `[A]`, a grade; `(low certainty)`
_QUOTES = "\"'”’“»」』 \u00a0\u202f"  # what may follow a question mark

_NUMERAL = "".join(phrases("numbers.numerals"))
_CAPTION = lazy_regex(
    rf"(?:{words_of('captions.numbered').pattern})\s{{0,2}}"
    rf"(?:\d{{1,3}}(?:[.-]\d{{1,3}})*|[IVX]{{1,5}}|[{_NUMERAL}]{{1,3}})\s{{0,2}}[.:：)|—–-]"
    rf"|(?:{words_of('captions.credits').pattern})\s{{0,2}}[:：]|{words_of('captions.credits_alone').pattern}",
    regex.IGNORECASE,
)
_METADATA = lazy_regex(
    rf"(?:{words_of('metadata.labels').pattern})(?: on| by| date)?\s{{0,2}}[:：]"
    rf"|(?:{words_of('metadata.dated').pattern}) (?:on |in |at |by |\d|(?-i:\p{{Lu}}))"
    r"|by (?-i:\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){0,4})[,.|·]?\s*(?:\Z|\||·|—|(?-i:\p{Lu}\p{Ll}+) \d)"
    rf"|©|\(c\)|(?:{words_of('metadata.rights').ended})",
    regex.IGNORECASE,
)
_CONTENTS = lazy_regex(
    rf"(?:(?:\.\s?){{4}}|……)\s{{0,4}}\d{{1,4}}\Z|\A(?:{words_of('metadata.contents').pattern})\Z", regex.IGNORECASE
)
# Looked for in lower case, by the pattern engine that is quick to leave a word that begins none of these.
_REMARK = lazy_re(
    rf"{words_of('remarks.anywhere').whole}|\b(?:{words_of('remarks.before_label').pattern}) [\da-z]"
    rf"|\A(?:{words_of('remarks.opening').whole}|(?:{words_of('remarks.opening_numbered').pattern}) \d"
    rf"|(?:{words_of('remarks.opening_labels').pattern}):|(?:{words_of('remarks.see').pattern})(?=\s))"
)
_CONCLUSION = lazy_regex(
    rf"(?:{words_of('conclusions.opening').pattern})(?=\W|[\p{{Han}}\p{{Hiragana}}\p{{Katakana}}\p{{Hangul}}]|\Z)",
    regex.IGNORECASE,
)


def classify_sentence(sentence: str, *, opens: bool) -> ClaimKind:
    """What a sentence of the body does; `opens` where it is the first of its block."""
    if any(mark in sentence for mark in ("](", "][", "://")):
        return ClaimKind.POINTER
    words = _MARKUP.sub("", sentence).strip()
    if words.endswith((":", "：")):
        return ClaimKind.LEAD_IN
    if words.rstrip(_QUOTES).endswith(("?", "？", "؟")):
        return ClaimKind.QUESTION
    if _ASIDE.fullmatch(words):
        return ClaimKind.REMARK
    if opens and _CAPTION.match(words):
        return ClaimKind.CAPTION
    if (opens and _METADATA.match(words)) or _CONTENTS.search(words):
        return ClaimKind.METADATA
    if _CONCLUSION.match(words):
        return ClaimKind.CONCLUSION
    return ClaimKind.REMARK if _REMARK.search(words.lower()) else ClaimKind.STATEMENT
