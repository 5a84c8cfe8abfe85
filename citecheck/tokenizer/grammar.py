"""How labels are written inside a marker: numbers, ranges, separators, locators.

Each piece is a source of a pattern; the files that look for markers and entries put them together. Every
repetition is bounded or possessive, so that no text makes a pattern run away.
"""

from __future__ import annotations

DIGIT = "[0-9０-９٠-٩۰-۹]"  # European, full-width, Arabic and Persian
NUMBER = rf"{DIGIT}{{1,5}}"
CLAUSE_END = r"[ \t]*(?:[.,;:!?)\]。，；：、）،؛؟۔\r\n]|$)"  # right behind a marker
CLUSTER_END = rf"(?:\[\d{{1,3}}\]){{0,9}}+{CLAUSE_END}"  # behind the markers that follow: `[3][77][4].`
BARE_NUMBER = r"(?<![\w.])\d{1,3}$"  # right before a marker
DASH = r"(?:--|[-‐‑‒–—−~～])"
_JOINING = r"(?:and|und|et|y|e|и|en|&)\s"
SEPARATOR = rf"(?:\s{{0,2}}[,;，、；،؛]\s{{0,16}}(?:{_JOINING})?|\s{_JOINING})"
ITEM = rf"{NUMBER}(?:\s?{DASH}\s?{NUMBER})?+"
ENDS = rf"({NUMBER})(?:\s?{DASH}\s?({NUMBER}))?+"  # the same, with its two numbers

# Chicago 14.148 ff., IEEE Reference Guide II, ISO 690 A.4: the words that announce a place inside a source.
LEAD = (  # words that lead to a citation inside its brackets
    r"(?:(?i:see(?:\salso)?|cf\.?|e\.g\.,?|refs?\.?|references?|vgl\.|siehe|s\.|voir|véase|ver|vedi|zie|см\.|nos?\.|nn?\.)\s?)"
)
LOCATOR = (
    r"(?i:[,:;，]?\s{0,2}(?:pp?\.|pages?\b|p\s?\d|S\.|Seiten?\b|[сc]\.|стр\.|pág\.|§+|¶+|sec(?:s?\.|tions?\b|\b)|abs(?:chnitt|atz|\.)"
    r"|ch(?:aps?\.|apters?\b|s?\.)|kap(?:itel|\.)|cap(?:ítulo|itolo|\.)|hoofdstuk|fig(?:s?\.|ures?\b)|tab(?:les?\b|\.)|eqs?(?:\.|uation)"
    r"|th(?:eore)?ms?\b\.?|lemmas?\b|prop(?:osition)?s?\b\.?|cor(?:ollary)?\b\.?|def(?:inition)?s?\b\.?|app(?:endix|\.)|annex|alg(?:orithm)?\b\.?"
    r"|part\b|vols?\.|para(?:graph)?s?\b\.?|arts?\.|article\b|clause\b|cols?\.|lines?\b|ll?\.|note\b|nn?\.|ad\.|ff?\.|ex(?:ample|\.)|step\b"
    r"|esp\.|see\spp?\.|at\s\d|and\sreferences\stherein|and\srefs?\.|第|頁|页)[^\[\]\n;]{0,60})"
)
ITEMS = rf"{ITEM}(?:{SEPARATOR}{ITEM})*+"
GROUP = rf"{LEAD}?{ITEM}(?:{LOCATOR})?+(?:{SEPARATOR}{LEAD}?{ITEM}(?:{LOCATOR})?+)*+"
