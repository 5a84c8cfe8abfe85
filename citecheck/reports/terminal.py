"""What a terminal makes of text: characters that must not reach it raw, the cells they take up, and its width."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple, TextIO

from citecheck.text import patterns

_TAB: Final = 4  # cells; a tab stop would depend on what precedes the text
_NARROWEST: Final = 40  # cells; below that a report is not readable anyhow
_VTE_WITH_LINKS: Final = 5000  # the version, 0.50, in which GNOME's terminal and others came to know them

Paint = Callable[[str, str], str]
"""Takes the name of a style and a text; gives the text as the stream should have it."""


def plain(style: str, text: str) -> str:
    """No paint: the text as it is."""
    return text


class Screen(NamedTuple):
    """What a report is written on: its width in cells, how it is painted, and how much is wanted of it.

    `quiet` leaves the summary out; `advising` is whether it says what to do next; `show_all` draws every finding,
    however many there are of one rule in one document. `rules_url` is where the pages of rules are, with `{code}` or
    `{name}` in it, or empty; `links` is whether the terminal makes links of text. `on_github` is whether GitHub Actions
    shows it. `file` is the path of the file that it is, if it is one, and `earlier` that of a page to compare with.
    """

    width: int = 80
    paint: Paint = plain
    quiet: bool = False
    encoding: str = "utf-8"
    advising: bool = True
    show_all: bool = False
    rules_url: str = ""
    links: bool = False
    on_github: bool = False
    file: str = ""
    earlier: str = ""

    def in_file(self, file: str) -> Screen:
        """The same for a file, which has neither colours nor a width of its own."""
        plainly = Screen()
        return self._replace(
            width=plainly.width, paint=plain, encoding="utf-8", links=False, on_github=False, file=file
        )

    def url_of(self, code: str, name: str) -> str | None:
        """The address of the page of a rule, where it has one."""
        return self.rules_url.replace("{code}", code).replace("{name}", name) or None

    def rule(self, text: str, code: str, name: str) -> str:
        """A text that names a rule, painted, and linked to its page where that can be."""
        painted = self.paint("code", text)
        url = self.url_of(code, name) if self.links else None
        return f"\x1b]8;;{url}\x1b\\{painted}\x1b]8;;\x1b\\" if url else painted

    @property
    def ellipsis(self) -> str:
        """What represents text that is left out."""
        return "…" if self.encoding.lower().replace("-", "").startswith("utf") else "..."

    def shown(self, text: str) -> str:
        """A text on one line, harmless: what cannot be seen, or cannot be written here, is escaped."""
        text = visible(text)
        if text.isascii() or self.ellipsis == "…":
            return text
        return text.encode(self.encoding, "backslashreplace").decode(self.encoding)


def width_of(stream: TextIO) -> int:
    """The width to write for, in cells: that of the terminal, or COLUMNS, or 80."""
    if stream.isatty() or os.environ.get("COLUMNS", "").isdecimal():
        import shutil  # here, as most runs have no terminal

        return max(_NARROWEST, shutil.get_terminal_size().columns)
    return 80


def coloured(stream: TextIO, choice: str, environment: Mapping[str, str]) -> bool:
    """Whether to write colours: as chosen, else as NO_COLOR and FORCE_COLOR say, else on a terminal only.

    The log of GitHub Actions is no terminal, but shows them.
    """
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return environment["FORCE_COLOR"] != "0"
    if on_github(environment):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def on_github(environment: Mapping[str, str]) -> bool:
    """Whether this is a run of GitHub Actions."""
    return environment.get("GITHUB_ACTIONS") == "true"


def linked(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether a stream makes links of OSC 8: as FORCE_HYPERLINK says, else a terminal that is known to."""
    if forced := environment.get("FORCE_HYPERLINK"):
        return forced != "0"
    if not stream.isatty():
        return False
    version = environment.get("VTE_VERSION", "")
    return (
        bool(environment.keys() & {"WT_SESSION", "KONSOLE_VERSION", "DOMTERM"})
        or (version.isdecimal() and int(version) >= _VTE_WITH_LINKS)
        or environment.get("TERM_PROGRAM") in {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby"}
        or environment.get("TERM") in {"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm"}
    )


def visible(text: str) -> str:
    """The text with everything escaped that a terminal would obey, or not show: ESC becomes `\\x1b`."""
    return text if text.isprintable() else text.translate(_ESCAPES)


class _Escapes(dict[int, str]):
    """What to write for each code point; found out when it is first met."""

    def __missing__(self, code: int) -> str:
        """Escapes what is unseen, or changes how its neighbours are seen.

        Controls, bidirectional marks and other formats, private use, surrogates, line separators, unassigned.
        Joiners stay: they spell words in Persian and Hindi, and make emoji.
        """
        character = chr(code)
        seen = character.isprintable() or unicodedata.category(character) == "Zs" or character in "\u200c\u200d"
        self[code] = character if seen else character.encode("unicode_escape").decode()
        return self[code]


_ESCAPES: Final = _Escapes({ord("\t"): " " * _TAB})
_UNEVEN: Final = patterns.lazy_re("[^\\u0000-\\u02ff\\u2010-\\u2027]")  # what may take up more or less than one cell


def cells(text: str) -> int:
    """How many cells of a terminal a visible text takes up."""
    return len(text) if text.isascii() or even(text) else sum(map(_width, text))


@lru_cache(maxsize=256)  # asked several times of one line
def even(text: str) -> bool:
    """Whether each code point of a visible text takes up one cell."""
    return not _UNEVEN.search(text)


def _width(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def shortened(text: str, width: int, ellipsis: str = "…") -> str:
    """A visible text, cut to a width in cells, the ellipsis included."""
    if cells(text) <= width:
        return text
    ends = accumulate(map(_width, text))
    kept = sum(end <= width - len(ellipsis) for end in ends)
    return text[:kept].rstrip() + ellipsis


def wrapped(text: str, width: int, indent: str = "") -> Iterator[str]:
    """The lines of a visible text, broken at spaces to a width in cells; all but the first are indented."""
    words = text.lstrip(" ")
    line = text[: len(text) - len(words)]
    for number, word in enumerate(words.split(" ")):
        longer = f"{line} {word}" if number else line + word
        if line.strip() and cells(longer) > width:
            yield line
            longer = indent + word
        line = longer
    yield line
