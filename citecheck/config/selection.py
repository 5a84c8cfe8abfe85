"""Selection: which rules settings turn on, and what the options of each rule are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from citecheck.config.json_schema import Schema, check, schema_of
from citecheck.config.retractions import retractions
from citecheck.errors import UsageError, known, shown
from citecheck.model.settings import _WITH_A_FILE, Settings
from citecheck.model.sources import FIELDS
from citecheck.rulebook.pages import rules
from citecheck.text.patterns import lazy_re

STYLES = ("auto", "ieee", "ama", "vancouver", "nature", "wikipedia")
LANGUAGES = frozenset(  # the codes of ISO 639-1
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee "
    "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is "
    "it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms "
    "mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk "
    "sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi "
    "yo za zh zu".split()
)
# A scheme, a path or a star would match no host, and so silently deny nothing and allow nothing.
_HOSTS = {"type": "string", "pattern": r"^[^\s:/?#@*]+$", "title": "the name of a host, such as 'example.org'"}
_SPECIAL: Mapping[str, Mapping[str, Any]] = {  # what options may hold that their defaults do not tell
    "style": {"enum": list(STYLES)},
    "allow": {"items": _HOSTS},
    "deny": {"items": _HOSTS},
    "kinds": {"items": {"type": "string", "enum": ["percent", "money", "number", "date", "year", "decade"]}},
    "fields": {"items": {"type": "string", "enum": [*FIELDS, "url"]}},
}
_PREFIX = lazy_re(r"CC[0-9]{0,2}")
_CODE = lazy_re(r"CC[0-9]*", re.IGNORECASE)
_FOREIGN = lazy_re(r"(?!CC)[A-Z]{1,6}[0-9]{1,5}")  # a code of another linter


def known_language(word: str) -> str:
    """The word itself, where it is a code of ISO 639-1; raises UsageError otherwise."""
    if word not in LANGUAGES:
        raise UsageError(f"no language is called {shown(word)}; give a code of ISO 639, such as 'de'")
    return word


def selected(settings: Settings) -> frozenset[str]:
    """The codes of the rules that the settings turn on.

    Raises UsageError where a word names no rule, where a retired rule is selected, and where nothing is
    left to check: a check of nothing must not look like a pass.
    """
    for code in (*settings.options, *settings.severity):
        known(code, rules(), "code of a rule")
    configured = frozenset(settings.options)
    if settings.online:
        configured |= {_WITH_A_FILE}  # which needs no list then
    statuses = ("default", *["pedantic"] * settings.pedantic, *["online"] * settings.online)
    chosen = _selected(settings.select, settings.extend_select, settings.ignore, statuses, configured)
    return chosen - _union(map(named, settings.ignore_here))


def options(settings: Settings, code: str) -> Mapping[str, object]:
    """The options of a rule: as set, otherwise as its page has them.

    A list of retractions is read here, once a run. Raises UsageError where a rule has no such option, where a value is
    not what the option may hold, and where it names a file that cannot be read.
    """
    defaults = rules()[code].options
    given = settings.options.get(code, {})
    if not given and not settings.style and code != _WITH_A_FILE:
        return defaults  # requested each rule of each document
    schemas = option_schemas(code)
    chosen = {"style": settings.style, **given} if settings.style and "style" in defaults else given
    for name, value in chosen.items():
        check(value, schemas[known(name, schemas, f"option of {code}")], f"option {name!r} of {code}")
    values = {**defaults, **chosen}
    if code == _WITH_A_FILE:  # a check opens no file
        values["file"] = retractions(str(values["file"]))
    return values


def option_schemas(code: str) -> Mapping[str, Schema]:
    """What each option of a rule may hold."""
    return {name: {**schema_of(default), **_SPECIAL.get(name, {})} for name, default in rules()[code].options.items()}


@lru_cache(maxsize=64)  # asked once a document, and a run has one answer
def _selected(
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    on: tuple[str, ...],
    configured: frozenset[str],
) -> frozenset[str]:
    statuses = frozenset(on)
    chosen = _union(_turned_on(word, statuses) for word in select) if select else _with(statuses, rules())
    chosen |= _with(frozenset({"config"}), configured) if not select else frozenset()
    chosen |= _union(_turned_on(word, statuses) for word in extend_select)
    chosen -= _union(map(named, ignore))
    if not chosen:
        raise UsageError("no rule is left to check: all that is selected is ignored")
    return chosen


def named(word: str) -> frozenset[str]:
    """The codes that a word names: one for a rule's code or name, a family's for a prefix such as `CC3`.

    Codes are understood in either case. Raises UsageError where the word names nothing.
    """
    book = rules()
    if _CODE.fullmatch(word):
        word = word.upper()
    if _PREFIX.fullmatch(word) and (family := frozenset(code for code in book if code.startswith(word))):
        return family
    if _FOREIGN.fullmatch(word) and word not in book:
        raise UsageError(f"no rule is called {shown(word)}; `citecheck rules` lists those that there are")
    codes = {rule.name: code for code, rule in book.items()} | {code: code for code in book}
    return frozenset({codes[known(word, codes, "rule")]})


def _turned_on(word: str, statuses: frozenset[str]) -> frozenset[str]:
    """What selecting a word turns on: a rule that is named itself, or those of a family that are on by default."""
    codes = named(word)
    if _PREFIX.fullmatch(word.upper()):
        return _with(statuses, codes)
    for code in codes:
        if rules()[code].status == "retired":
            raise UsageError(f"rule {word!r} is retired and checks nothing; `citecheck rule {code}` says why")
        if rules()[code].status == "online" and "online" not in statuses:
            raise UsageError(f"rule {word!r} is checked only with --online")
    return codes


def _with(statuses: frozenset[str], codes: Iterable[str]) -> frozenset[str]:
    book = rules()
    return frozenset(code for code in codes if book[code].status in statuses)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
