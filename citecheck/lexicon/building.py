"""From the files of languages to `lexicon.json`, and to the README's table of languages.

`groups.toml` says what each group is for and how it is used. Months come from the Unicode Common Locale Data
Repository by way of Babel, which only this module needs: what it says is committed with the rest.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from citecheck.lexicon.notation import pattern, plain_spellings, script, signs, spellings

_FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = _FOLDER / "languages"
NO_LANGUAGE: Final = "und"
_EXCEPTIONS: Final = "_not"  # ends the name of a group of words in which a phrase of another group is none
_SCRIPTS: Final = ("spaced", "suffixed", "unspaced")
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_LICENCE: Final = (
    "Names of months, words within dates: Unicode Common Locale Data Repository, by way of Babel. Copyright Unicode, "
    "Inc., under the Unicode License, https://www.unicode.org/license.txt"
)
_QUOTED_WORD: Final = re.compile(r"'(\w+)'")  # of a pattern for dates
_WORD: Final = re.compile(r"[^\W\d_]{3,}")

_Meaning = TypeVar("_Meaning", int, str)


class Group(NamedTuple):
    """What a group is for, how `groups.toml` says that it is used, and which column of the README's table counts it."""

    name: str
    says: str
    use: str
    column: str


class Language(NamedTuple):
    """A language, or `und` for what belongs to none: its code, its name and its phrases by group."""

    code: str
    name: str
    groups: Mapping[str, Sequence[str]]
    months: Mapping[str, int]
    seasons: Mapping[str, int]
    values: Mapping[str, int]
    parts: Mapping[str, int]
    money: Mapping[str, str]


def groups() -> dict[str, Group]:
    """Read what the groups are for, by name."""
    table = tomllib.loads((_FOLDER / "groups.toml").read_text(encoding="utf-8"))
    return {name: Group(name, **facts) for name, facts in _flat(table, 2)}


def languages() -> list[Language]:
    """Read the files of all languages, in the order of their codes.

    Raises ValueError where a file has a group that `groups.toml` does not know, or an empty one.
    """
    known = groups()
    return [_language(path, known) for path in sorted(LANGUAGES.glob("*.toml"))]


def compiled() -> str:
    """Return the text of `lexicon.json` for the files as they are."""
    every = languages()
    known = groups()
    result = {
        "licence": _LICENCE,
        "patterns": {
            name: _patterns(every, name, signed=group.use == "signs")
            for name, group in known.items()
            if group.use in ("pattern", "signs", "both")
        },
        "phrases": {name: _phrases(every, name) for name, group in known.items() if group.use in ("phrases", "both")},
        "numbers": {
            "months": _unambiguous((each.code, each.months) for each in every),
            "seasons": _seasons(every),
            "values": _unambiguous((each.code, each.values) for each in every),
            "parts": _unambiguous((each.code, each.parts) for each in every),
        },
        "money": _unambiguous((each.code, each.money) for each in every),
        "dates": _date_words(every),
    }
    return json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def table() -> str:
    """Return the README's table of languages: how many phrases each has, by part."""
    columns = list(dict.fromkeys(group.column for group in groups().values()))
    of_group = {name: group.column for name, group in groups().items()}
    lines = [f"| language | {' | '.join(columns)} | months |", f"| --- |{' ---: |' * (len(columns) + 1)}"]
    for language in languages():
        if language.code == NO_LANGUAGE:
            continue
        counts = dict.fromkeys(columns, 0)
        for group, own in language.groups.items():
            counts[of_group[group]] += len(own)
        cells = [str(count or "") for count in (*counts.values(), len({*language.months.values()}))]
        lines.append(f"| {language.name} (`{language.code}`) | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _language(path: Path, known: Mapping[str, Group]) -> Language:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    name = table.pop("name")
    months, seasons = table.pop("months", {}), table.pop("seasons", {})
    values, parts, money = (table.pop(each, {}) for each in ("values", "parts", "money"))
    own = dict(_flat(table, 2))
    if unknown := own.keys() - known.keys():
        raise ValueError(f"{path.name} has a group that groups.toml does not know: {', '.join(sorted(unknown))}")
    if empty := [group for group, each in own.items() if not each]:
        raise ValueError(f"{path.name} has an empty group: {', '.join(empty)}")
    return Language(
        path.stem,
        name,
        own,
        _own_months(path.stem, months),
        {word: _SEASONS[season] for season, each in seasons.items() for word in each},
        {word: int(value) for value, each in values.items() for word in each},
        {word: int(number) for number, each in parts.items() for word in each},
        {word: currency for currency, each in money.items() for word in each},
    )


def _own_months(code: str, given: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The months of a language: those of the repository but for those that its file takes back, and its file's own."""
    refused = given.get("not", ())
    found = {name: number for name, number in _repository_months(code) if name not in refused}
    return found | {word: int(number) for number, each in given.items() if number != "not" for word in each}


def _repository_months(code: str) -> Iterator[tuple[str, int]]:
    """The full names of months as the repository has them, within dates and alone, in lower case."""
    if code == NO_LANGUAGE:
        return
    from babel import Locale

    months = Locale.parse(code).months
    for context in ("format", "stand-alone"):
        for number, name in months[context]["wide"].items():
            if _WORD.fullmatch(name) and script(name) == "spaced":
                yield name.casefold(), number


def _date_words(every: Iterable[Language]) -> dict[str, list[str]]:
    """The words within dates: those before a month or a year, and those after a year that comes first."""
    from babel import Locale

    found: dict[str, set[str]] = {"before": set(), "behind": set()}
    for language in every:
        if language.code != NO_LANGUAGE:
            written = str(Locale.parse(language.code).date_formats["long"].pattern)
            first, *later = _QUOTED_WORD.findall(written) or [""]
            if written.startswith("y"):
                found["behind"].add(first)
            else:
                found["before"].update(
                    word for word in (first, *later) if f"'{word}' M" in written or f"'{word}' y" in written
                )
    return {place: sorted(filter(None, each)) for place, each in found.items()}


def _patterns(every: Sequence[Language], group: str, *, signed: bool) -> dict[str, Any]:
    own = [phrase for language in every for phrase in language.groups.get(group, ())]
    exceptions = [phrase for language in every for phrase in language.groups.get(group + _EXCEPTIONS, ())]
    found: dict[str, Any] = {name: _alternatives(own, exceptions, name) for name in _SCRIPTS}
    found["signs"] = signs(own) if signed else []
    return found


def _alternatives(own: Iterable[str], exceptions: Sequence[str], name: str) -> str:
    """The pattern of the phrases in one kind of script, the longest first."""
    chosen = {_apart_from(phrase, exceptions) + pattern(phrase): None for phrase in own if script(phrase) == name}
    return "|".join(sorted(chosen, key=len, reverse=True))


def _apart_from(phrase: str, exceptions: Iterable[str]) -> str:
    """What keeps the pattern of a phrase from matching where it would begin inside of an exception."""
    first = {spelling[:1] for spelling in spellings(phrase)}
    return "".join(
        f"(?!{f'(?<={re.escape(each[:place])})' if place else ''}{re.escape(each[place:])})"
        for each in exceptions
        for place, character in enumerate(each)
        if character in first
    )


def _phrases(every: Iterable[Language], group: str) -> dict[str, list[str]]:
    return {
        language.code: [spelled for phrase in language.groups[group] for spelled in plain_spellings(phrase)]
        for language in every
        if group in language.groups
    }


def _unambiguous(every: Iterable[tuple[str, Mapping[str, _Meaning]]]) -> dict[str, _Meaning]:
    """All words of a table, by language; raises ValueError where one means two things in two languages."""
    found: dict[str, _Meaning] = {}
    for code, own in every:
        for word, meaning in own.items():
            if found.setdefault(word, meaning) != meaning:
                raise ValueError(f"{word} is {meaning} in {code} and {found[word]} in another language")
    return found


def _seasons(every: Iterable[Language]) -> dict[str, int]:
    return {name: number for language in every for name, number in language.seasons.items()}


def _flat(table: Mapping[str, Any], depth: int) -> Iterator[tuple[str, Any]]:
    """The values so many tables deep, by their dotted names."""
    for name, value in table.items():
        if depth == 1:
            yield name, value
        else:
            yield from ((f"{name}.{rest}", each) for rest, each in _flat(value, depth - 1))
