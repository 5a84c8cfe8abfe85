"""How labels are written inside a marker: numbers, ranges, separators, locators.

Each piece is a source of a pattern; the files that look for markers and entries put them together. Every
repetition is bounded or possessive, so that no text makes a pattern run away.
"""

from __future__ import annotations

from citecheck.lexicon import phrases, words_of

DIGIT = "[0-9０-９٠-٩۰-۹]"  # European, full-width, Arabic and Persian
NUMBER = rf"{DIGIT}{{1,5}}"
CLAUSE_END = r"[ \t]*(?:[.,;:!?)\]。，；：、）،؛؟۔\r\n]|$)"  # immediately after a marker
CLUSTER_END = rf"(?:\[\d{{1,3}}\]){{0,9}}+{CLAUSE_END}"  # after the markers that follow: `[3][77][4].`
BARE_NUMBER = r"(?<![\w.])\d{1,3}$"  # immediately before a marker
DASH = r"(?:--|[-‐‑‒–—−~～])"
_JOINING = rf"(?:{words_of('joining.and').spaced}|&)\s"
SEPARATOR = rf"(?:\s{{0,2}}[,;，、；،؛]\s{{0,16}}(?:{_JOINING})?|\s{_JOINING})"
ITEM = rf"{NUMBER}(?:\s?{DASH}\s?{NUMBER})?+"
ENDS = rf"({NUMBER})(?:\s?{DASH}\s?({NUMBER}))?+"  # the same, with its two numbers

# Chicago 14.148 ff., IEEE Reference Guide II, ISO 690 A.4: the words that announce a place inside a source.
LEAD = rf"(?:(?i:{words_of('markers.lead_ins').pattern})\s?)"  # words that point to a citation inside its brackets
LEAD_INITIALS = f"[{''.join(sorted({phrase[0] for phrase in phrases('markers.lead_ins')}))}]"  # how any of them begins
LOCATOR = (
    rf"(?i:[,:;，]?\s{{0,16}}(?:§+|¶+|{words_of('locators.words').across_lines().ended}"
    rf"|(?:{words_of('locators.before_number').pattern})\s?\d)[^\[\]\n;]{{0,60}}"
    r"(?:\n[ \t>]{0,9}[^\s\[\];][^\[\]\n;]{0,60})?+)"  # what is wrapped goes on in the next line
)
ITEMS = rf"{ITEM}(?:{SEPARATOR}{ITEM})*+"
GROUP = rf"{LEAD}?{ITEM}(?:{LOCATOR})?+(?:{SEPARATOR}{LEAD}?{ITEM}(?:{LOCATOR})?+)*+"
