"""The text of an HTML page, by Python's own parser: only block elements part words."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final, NamedTuple

from citecheck.text.patterns import lazy_re

_DROPPED: Final = frozenset({"script", "style", "template", "svg", "object", "iframe"})
_INLINE: Final = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter output q ruby rb rt rp s
    samp small span strike strong sub sup time tt u var wbr""".split()
)
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
_DATED: Final = ("published", "modified", "date", "dc.date", "citation_publication_date")
_MARKER = lazy_re(r"\[? ?(?:\d{1,3}|[a-z]|note \d{1,2}) ?\]?")


class Page(NamedTuple):
    """The words of a page, and its title."""

    text: str
    title: str


def html_text(source: str) -> Page:
    """The words of a page, whole, its title and its dates before them; without scripts, styles and markers."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    title = " ".join("".join(reader.title).split())
    text = "".join(reader.pieces)
    return Page("\n".join(filter(None, (title, *reader.dates, text))), title)


class _Reader(HTMLParser):
    """Collects the words of a page. A raised link that is a number is a marker, any other one a power."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.title: list[str] = []
        self.dates: list[str] = []
        self._dropped = 0
        self._in_title = False
        self._raised: int | None = None  # where in the pieces a raised element began
        self._linked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Breaks before a block, and looks for dates."""
        if tag in _DROPPED:
            self._dropped += 1
        elif tag == "title" and not self.title:
            self._in_title = True
        elif tag == "meta":
            self._meta(dict(attrs))
        elif tag == "sup":
            self._raised, self._linked = len(self.pieces), False
        elif tag == "a":
            self._linked = True
        elif tag == "time":
            self.dates += [value for name, value in attrs if name == "datetime" and value][:1]
        if tag not in _INLINE:
            self.pieces.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that is closed at once; `<script/>` is none to HTML, and all after it would be dropped."""
        if tag not in _DROPPED or tag == "svg":
            self.handle_starttag(tag, attrs)
            if tag not in _VOID:
                self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Breaks after a block."""
        if tag in _DROPPED:
            self._dropped = max(0, self._dropped - 1)
        elif tag == "title":
            self._in_title = False
        elif tag == "sup" and self._raised is not None:
            self._settle_raised(self._raised)
            self._raised = None
        if tag not in _INLINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Keeps words that a reader sees."""
        if self._in_title:
            self.title.append(data)
        elif not self._dropped:
            self.pieces.append(data)

    def _settle_raised(self, start: int) -> None:
        words = "".join(self.pieces[start:])
        if _MARKER.fullmatch(words.strip()) and (self._linked or "[" in words):
            del self.pieces[start:]
        elif words.strip().isdecimal():
            self.pieces[start:] = [f"^{words.strip()}"]

    def _meta(self, attributes: dict[str, str | None]) -> None:
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        content = attributes.get("content") or ""
        if content and len(content) < 100 and any(word in name for word in _DATED):
            self.dates.append(content)
