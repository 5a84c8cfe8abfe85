"""Globs as the lines of a `.gitignore`, matched in a time that no glob can make long.

Both globs and names may come with a repository that nobody has read yet. Python's pattern engine tries every way in
which the stars of `a*a*a*b` could share out a name, of which there are more than anybody can wait for. Here a star
takes as little as it can, once and for all: what it leaves over, the next star takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from citecheck.errors import UsageError, shown
from citecheck.text.patterns import lazy_re

_WINDOWS: Final = lazy_re(r"\\[\w.*]")  # git knows a backslash by its need, as in `\#`; here it is meant for a slash
_NO_GLOB: Final = (ValueError, re.error)  # a lone `!`, a `\` at the end; a range that runs backwards, `[z-a]`
_MOST_STARS: Final = 16  # of a glob; a name that needs more is written out more easily
_LONGEST: Final = 4096  # code points of a glob: no path that a system takes is longer

# What pathspec makes of `**/` at the beginning, of `/**` in the middle, and of `*`.
_ABOVE: Final = "^(?:.+/)?"
_BETWEEN: Final = "(?:/.+)?"
_SHORTEST: Final = lazy_re(r"\[\^/\]\*((?:\[\^/\](?!\*)|\(\?!/\)|[^/])*?)(?=\[\^/\]\*)")
_TOKEN: Final = lazy_re(r"\\.|(\[\^?\]?[^\]]{0,300}\])|[^\\\[]")  # in parentheses one of several characters


class Globs:
    """Lines of a `.gitignore`, and what they say of paths below the folder it is in."""

    def __init__(self, lines: Iterable[str]) -> None:
        from pathspec import GitIgnoreSpec  # slow to import, and many runs need none

        rules = [(each.regex, bool(each.include)) for each in GitIgnoreSpec.from_lines(lines).patterns]
        rules.reverse()
        self._rules = [(_linear(regex), include) for regex, include in rules if regex]  # a remark has none

    def verdict(self, path: str) -> bool | None:
        """Whether a path is matched; None where no line mentions it. It has slashes, a folder's at its end as well.

        The last line that does decides, one that names the path itself before one that names a folder above it.
        """
        found = None
        for pattern, include in self._rules:
            if match := pattern.search(path):
                if not match.groupdict().get("ps_d"):
                    return include
                found = include if found is None else found
        return found


def readable(lines: Iterable[str]) -> Globs:
    """The globs among the lines; git, too, matches nothing by a line that it cannot read, and goes on."""
    lines = [line for line in lines if len(line) <= _LONGEST and line.count("*") <= _MOST_STARS]
    try:
        return Globs(lines)
    except _NO_GLOB:
        return Globs(filter(_is_glob, lines))


def well_formed(globs: Iterable[str]) -> None:
    """Raises UsageError for a glob that cannot be read, or that would silently match nothing."""
    for glob in globs:
        if len(glob) > _LONGEST or glob.count("*") > _MOST_STARS:
            raise UsageError(
                f"{shown(glob)} is not a valid glob: it has more than {_MOST_STARS} stars, or {_LONGEST:,} characters"
            )
        if _WINDOWS.search(glob):
            raise UsageError(f"{shown(glob)} has a backslash; write / between folders")
        if not _is_glob(glob):
            raise UsageError(f"{shown(glob)} is not a valid glob; use the form of a .gitignore")


def _is_glob(glob: str) -> bool:
    try:
        Globs([glob])
    except _NO_GLOB:
        return False
    return True


def _linear(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The pattern of a glob, without the choices that make no difference to whether it matches.

    All between two stars of a name has a fixed length, as has all between two `**` of a path in names, so that its
    first place is as good as any: the star after it takes what is left.
    """
    source = _TOKEN.sub(_within_a_name, pattern.pattern)
    source = _SHORTEST.sub(r"(?>[^/]*?\1)", source)
    first, *others = source.split(_BETWEEN)
    if others:
        if first.startswith(_ABOVE):
            first = f"^(?>(?:.+?/)??{first.removeprefix(_ABOVE)}(?=/))"
        *inner, last = others
        source = first + "".join(f"(?>(?:/.+?)??{each}(?=/))" for each in inner) + _BETWEEN + last
    return pattern if source == pattern.pattern else re.compile(source)


def _within_a_name(token: re.Match[str]) -> str:
    """A part of a pattern such that `[!a]` and `[+-9]` are no slash, which no glob but `**` goes across."""
    return f"(?!/){token[0]}" if token[1] and token[1] != "[^/]" else token[0]
