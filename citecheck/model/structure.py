"""What a format says of a text before anyone looks for a marker: its blocks, and where no marker can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from citecheck.model.citations import Syntax
from citecheck.model.sources import Record
from citecheck.text.spans import Span, SpanSet

# An ignore comment in the shape that other linters give theirs: `citecheck-disable-line CC101`, `citecheck: disable`,
# `citecheck ignore[CC101]`. All that may follow are rules and a reason, or words of prose would be one, too.
FOREIGN_DIRECTIVE = (
    r"citecheck(?:[ \t]*[-.:_][ \t]*|[ \t]+)"
    r"(?P<verb>(?:disable|enable|ignore|skip|suppress|off|on|noqa|nolint)(?:[-_][a-z]++)*+)"
    r"(?P<rules>(?:[ \t=:,;()\[\]]++(?:[Cc]{2}\d*+|[a-z]++(?:-[a-z]++)++|all))*+)[ \t)\]]*+(?:--[^\n]*?)?"
)


class BlockKind(StrEnum):
    """What a block of text is, as far as claims are concerned."""

    PARAGRAPH = "paragraph"
    ITEM = "item"  # text of a list item
    QUOTE = "quote"
    CELL = "cell"  # of a table
    NOTE = "note"  # text of a footnote definition


class Block(NamedTuple):
    """A run of text that a sentence never crosses."""

    kind: BlockKind
    span: Span


class Heading(NamedTuple):
    """A heading: its whole span, its level (1 is the highest), and its words without markup."""

    span: Span
    level: int
    title: str


class Link(NamedTuple):
    """A link as the format reads it: the whole of it, its text, and where it leads.

    `reference` is the label of the definition it uses, `[text][label]` or `[label]`; None for a link that
    carries its own address.
    """

    span: Span
    text: Span
    address: str
    reference: str | None = None


class Definition(NamedTuple):
    """A link definition, `[label]: address "title"`."""

    span: Span
    label: str
    address: str


class Comment(NamedTuple):
    """A comment, or a line of plain text, that might hold a directive: its span, and its words."""

    span: Span
    words: str


class KeyStanding(StrEnum):
    """What else there must be for a label in a format's own syntax to be a citation."""

    CERTAIN = "certain"  # nothing: the format reads it so
    BRACKETED = "bracketed"  # a bibliography that is named: `[@key]`
    BARE = "bare"  # one that is read, and lists the key or one like it: `@key` may be anybody's name
    LISTED = "listed"  # one that lists this very key: `@fig-tides` is a figure


class NativeCitation(NamedTuple):
    """A citation in the format's own syntax: the whole of it, each label with its place, and where they are listed.

    `numbering` is `FOOTNOTES` or `CITATIONS`.
    """

    span: Span
    syntax: Syntax
    labels: tuple[tuple[str, Span], ...]
    numbering: int
    standing: KeyStanding = KeyStanding.CERTAIN


class NativeField(NamedTuple):
    """A named field of an entry, as written: its name in lower case, its value, and where both are.

    `strings` are the names in its value that represent something else, each with its place.
    """

    name: str
    name_span: Span
    value: str
    span: Span
    strings: tuple[tuple[str, Span], ...] = ()


class NativeEntry(NamedTuple):
    """A source, or a note, in the format's own syntax: the whole of it, its label and its words, each with its place.

    A label that the format makes up, as for `[#]`, is where it would be written. An entry of a database has
    `fields`, and a `record` that they tell; one that is not `closed` ends only where the next begins.
    """

    span: Span
    label: str
    label_span: Span
    text_span: Span
    numbering: int
    record: Record | None = None
    fields: tuple[NativeField, ...] = ()
    closed: bool = True


class NativeFault(NamedTuple):
    """Something meant as the format's own citation or entry that it does not read so: why, and how it is to be written.

    `citation` is what it would cite.
    """

    span: Span
    fault: str
    repair: str | None
    citation: NativeCitation | None = None


class BibliographyReference(NamedTuple):
    """A file of entries that a document names: its path as written, and where.

    `folds_case` is whether the program that reads the file finds `Knuth` there under `knuth`, as BibTeX does.
    """

    path: str
    span: Span
    folds_case: bool = False


class Inclusion(NamedTuple):
    """A file that a text includes: its path as written; `here` is whether it is seen from the text's own folder."""

    path: str
    here: bool = False


class Wording(NamedTuple):
    """The words of a text without their markup, and where each of their code points is written.

    The one at `place` is written from `starts[place]` to `ends[place]`.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class Conventions(NamedTuple):
    """What a format does by its own rules, which nobody needs to guess.

    `comment` is how a comment is written, with `{}` for its words. `rendered` is whether readers see what is made of
    the text, rather than the text: entities, emphasis, links, numbers of items. `brackets_cite` is whether `[1]` in its
    text may be a citation marker, and what begins so an entry of a list; `folds_case` whether `[Knuth]` names what is
    listed as `knuth`, `keys_elsewhere` whether what is cited by key may be listed in another document, or cited there,
    and `shows_all_notes` whether readers see a footnote that nothing names. `wording` gives the words of an entry,
    where they are too full of markup to be read as they are.
    """

    comment: str
    rendered: bool
    brackets_cite: bool = True
    folds_case: bool = True
    keys_elsewhere: bool = False
    shows_all_notes: bool = False
    wording: Callable[[str], Wording] | None = None


class Structure(NamedTuple):
    """A text seen through its format.

    `text` has the same length as the document's, offset for offset, but only `\\n` ends a line in it, no
    code point is one that a parser chokes on, and what a printed page puts between two lines is blank.
    `opaque` is where no marker can be: code, mathematics, addresses, tags, comments, front matter. `code` is
    where no source list can be; in plain text, where only its looks distinguish code from prose, it is not opaque: a
    comment in it may cite. `verbatim` is what the author set off as code. `hidden` is text that a reader does not
    see. `items` maps the offset of an ordered list item's first character to the number that is shown for it.
    `citations`, `entries` and `faults` are what is written in the format's own syntax; no marker is looked for in them.
    `uses` name entries too, and are no markers. `bibliographies` are the files that it takes entries from. `complete`
    is whether all that cites and all that is listed under `CITATIONS` is in this text: of what is elsewhere
    only the whole project can tell whether it is undefined or unused. `inclusions` are the files that the text takes
    in, and `whole` is False for a text that others take in. `legible` is whether it writes out all its keys, and the
    names of all these files; `everything` is whether it wants every entry of its bibliographies to be listed.
    `strings` are the names, in lower case, that a database defines for use in its values.
    """

    conventions: Conventions
    text: str
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    opaque: SpanSet
    code: SpanSet
    verbatim: SpanSet
    hidden: SpanSet
    links: tuple[Link, ...]
    definitions: tuple[Definition, ...]
    items: Mapping[int, int]
    comments: tuple[Comment, ...]
    citations: tuple[NativeCitation, ...] = ()
    entries: tuple[NativeEntry, ...] = ()
    faults: tuple[NativeFault, ...] = ()
    uses: tuple[NativeCitation, ...] = ()
    bibliographies: tuple[BibliographyReference, ...] = ()
    complete: bool = True
    inclusions: tuple[Inclusion, ...] = ()
    whole: bool = True
    legible: bool = True
    everything: bool = False
    strings: frozenset[str] = frozenset()


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with spaces in place of the spans, which come in order; its length stays."""
    pieces, end = [], 0
    for span in spans:
        pieces += [text[end : span.start], " " * (span.end - span.start)]
        end = span.end
    return "".join([*pieces, text[end:]])
