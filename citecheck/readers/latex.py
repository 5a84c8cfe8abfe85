"""LaTeX: citations are commands with keys, and the list is a `thebibliography` or a file of entries.

A text is read as TeX reads it as far as that can be determined without running it: commands in closed tables
(`latex_commands`), and those that the text itself defines by a citation command. Any other command is markup.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from citecheck.limits import MOST_MARKERS, MOST_PARTS, few_enough
from citecheck.model.citations import CITATIONS, FOOTNOTES, Syntax
from citecheck.model.structure import (
    BibliographyReference,
    Block,
    BlockKind,
    Comment,
    Conventions,
    Heading,
    Inclusion,
    NativeCitation,
    NativeEntry,
    Structure,
    blanked,
)
from citecheck.readers import latex_commands as table
from citecheck.readers.latex_arguments import KEYS, Arguments
from citecheck.readers.latex_tokens import ENVIRONMENT, Command, Tokens
from citecheck.readers.latex_words import wording
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span, SpanSet

CONVENTIONS: Final = Conventions(
    comment="% {}", rendered=True, brackets_cite=False, folds_case=False, shows_all_notes=True, wording=wording
)
_DIRECTIVE = lazy_regex(r"%++[ \t]*+(citecheck(?![a-z])[^\n]*?)[ \t]*+$")
_NAME = lazy_regex(r"\s*+\{?\s*+\\([A-Za-z@]++)\s*+\}?")
_ALIAS = lazy_regex(r"\s*+\\([A-Za-z@]++)\s*+=?\s*+\\([A-Za-z@]++)")
_PARAMETERS = lazy_regex(r"[^{}\\\n]*+")
_PARAMETER = lazy_regex(r"\s*+#([1-9])\s*+")
_PATH = lazy_regex(r"\s*+(?:\{([^{}\n]*+)\}|([^\s{}\[\]\\%]++))")  # TeX's own \input needs no braces
_PART_OF_ANOTHER = lazy_regex(r"\s*+\[[^\[\]]*+\]\s*+\{subfiles\}")
_BEGUN = "\\begin{document}"
_NUMBER = lazy_regex(r"\[\s*+(\d{1,4})\s*+\]")
_LETTER = lazy_regex(r"[^\W\d_]")
_GROUP = lazy_regex(r"(?:\\([A-Za-z@]++)\*?)?+(?:\[[^\[\]\n]*+\])*+\{([^{}\\\n%]*+)\}")
# What cites nothing, though its argument may be written like a key.
_OTHERS = frozenset(
    "bibitem label begin end bibliographystyle usepackage documentclass textbf textit texttt textsc textsf emph "
    "underline mbox newcommand renewcommand section subsection caption item".split()
)


def layout(text: str) -> Structure:
    """The layout of a LaTeX text whose only line ending is `\\n`."""
    return _Reader(text).layout()


def bibliographies(text: str) -> tuple[BibliographyReference, ...]:
    """The files of entries that a document names; what is part of another is seen from that one's folder."""
    if _BEGUN not in text or not any(map(text.__contains__, table.BIBLIOGRAPHIES)):
        return ()
    return layout(text).bibliographies


def mentions(text: str) -> frozenset[str]:
    """What a text gives to commands that nobody knows, and that may cite: the arguments that are like keys."""
    tokens = Tokens(text)
    unread = SpanSet([*tokens.comments, *tokens.unread])
    found = _GROUP.finditer(text, 0, tokens.end)
    arguments = (each[2] for each in found if each[1] not in _OTHERS and each.start() not in unread)
    return frozenset(key.strip() for words in arguments for key in words.split(",")) - {""}


def rendered(text: str) -> str:
    """The text without its comments, and with runs of spaces as one: TeX makes the same of two that agree in this."""
    tokens = Tokens(text)
    pieces, end = [], 0
    for comment in tokens.comments:
        pieces.append(text[end : comment.start])
        end = comment.end + len(text[comment.end :][:1])
        while text[end : end + 1] in (" ", "\t"):
            end += 1
    return " ".join("".join([*pieces, text[end : tokens.end]]).split())


class _Own(NamedTuple):
    """A citation command that the text defines: which of its arguments has the keys, and whether its first is optional.

    `keys` is None where it represents another citation command.
    """

    keys: int | None = None
    optional: bool = False


class _Definition(NamedTuple):
    """The definition of a command: its name, whether its first argument is optional, and where it ends."""

    name: str
    optional: bool
    end: int


class _Reader:
    """One pass over the commands of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = Tokens(text)
        self.arguments = Arguments(text, self.tokens)
        self.headings: list[Heading] = []
        self.citations: list[NativeCitation] = []
        self.uses: list[NativeCitation] = []
        self.entries: list[NativeEntry] = []
        self.bibliographies: list[BibliographyReference] = []
        self.marks: list[NativeCitation] = []
        self.notes: list[NativeEntry] = []
        self.blank: list[Span] = []
        self.opaque: list[Span] = []
        self.definitions: list[Span] = []
        self._breaks: list[Span] = list(self.tokens.breaks)
        self._kinds: list[tuple[int, BlockKind | None]] = [(0, BlockKind.PARAGRAPH)]
        self._environments: list[tuple[str, int, BlockKind | None]] = []
        self._open = Counter[str]()
        self._inner: list[tuple[str, Span]] = []
        self._own: dict[str, _Own] = {}
        self._definition = _Definition("", optional=False, end=0)
        self._entry: tuple[Span, str, Span] | None = None
        self._listed = self._begun = False
        self._inclusions: list[Inclusion] = []
        self._part = False  # of the document that its class names
        self._legible = True  # whether nothing is cited or listed by a macro, whose words nobody knows
        self._everything: Span | None = None
        self._automatic = False  # whether TeX counts footnotes itself

    def layout(self) -> Structure:
        for command in self.tokens.commands:
            self._take(command)
        self._finish_entry(self.tokens.end)
        self._join_inner()
        few_enough(len(self.citations), "citations", MOST_MARKERS)
        alone = self._begun and not self._part and not self._inclusions
        complete = alone and (self._listed or bool(self.bibliographies)) and self._legible
        if self._everything:
            self.uses.append(self._of_all(self._everything))
        elif complete:
            self.uses += self._by_other_commands()
        return self._finished(complete)

    def _finished(self, complete: bool) -> Structure:
        unread = [*self.tokens.unread, *self.definitions]
        self.blank += [*unread, *self.tokens.comments, *self._signs()]
        opaque = SpanSet([*self.opaque, *self.tokens.formulae, *self.tokens.addresses])
        kept = [each.span for each in self.citations]
        kept += [each.span for each in (*self.entries, *self.notes)]
        shown = blanked(self.text, SpanSet(self.blank)).replace("``", " “").replace("''", "” ")
        for sign in "{}~&":
            shown = shown.replace(sign, " ")
        shown = _restored(shown, self.text, kept)
        verbatim = SpanSet([*unread, *self.tokens.comments, *self.tokens.formulae])
        marks, notes = self._footnotes()
        return Structure(
            conventions=CONVENTIONS,
            text=shown,
            blocks=tuple(self._blocks(shown)),
            headings=tuple(self.headings),
            opaque=opaque,
            code=verbatim,
            verbatim=verbatim,
            hidden=SpanSet(()),
            links=(),
            definitions=(),
            items={},
            comments=tuple(self._comments()),
            citations=tuple(sorted([*self.citations, *marks])),
            entries=tuple(sorted([*self.entries, *notes])),
            faults=tuple(sorted(self.arguments.faults)),
            uses=tuple(self.uses),
            bibliographies=tuple(self.bibliographies),
            complete=complete,
            inclusions=tuple(self._inclusions),
            whole=self._begun and not self._part,
            legible=self._legible,
            everything=self._everything is not None,
        )

    # Commands -----------------------------------------------------------------------------------------------

    def _take(self, command: Command) -> None:
        name, (start, end) = command
        if name in table.ALL_CITING:
            self._cite(command)
        elif name in self._own:
            self._cite_own(command, self._own[name])
        elif start < self._definition.end:
            self._legible &= name not in table.INCLUDING and name not in table.BIBLIOGRAPHIES
        elif name == "begin":
            self._begin(start, end)
        elif name == "end":
            self._end(start, end)
        elif name == "bibitem":
            self._item_of_list(start, end)
        elif name in table.HEADINGS:
            self._heading(name, start, end)
        elif name in table.DEFINING:
            self._define(name, start, end)
        elif name == "let":
            self._alias(end)
        elif name in table.INCLUDING:
            self._include(name, start, end)
        elif name in table.BIBLIOGRAPHIES or name in table.PRINTING:
            self._name_bibliographies(name, start, end)
        elif name == "documentclass":
            self._part |= _PART_OF_ANOTHER.match(self.text, end) is not None
            self._markup(name, start, end)
        elif name == "item":
            self._breaks.append(Span(start, self.arguments.behind_options(end, 1)))
        else:
            self._markup(name, start, end)

    def _markup(self, name: str, start: int, end: int) -> None:
        """Takes in a command of which nothing but its place in the words matters."""
        if name in table.REFERRING:
            self.opaque.append(Span(start, self.arguments.behind_argument(end)))
        elif name in table.SILENT:
            for _ in range(table.SILENT[name]):
                end = self.arguments.behind_argument(end)
            self.blank.append(Span(start, end))
        elif name in table.APART:
            self._automatic |= name in ("footnote", "thanks")
            if name == "footnotetext":
                self._note(start, end)
            self.blank.append(Span(start, self.arguments.behind_argument(end)))
        elif name in table.STANDING_ALONE:
            self._breaks.append(Span(start, self.arguments.behind_argument(end)))
        elif name == "footnotemark":
            self._mark(start, end)
        else:
            self.blank.append(Span(start, end))
            if name in ("par", "maketitle", "clearpage", "newpage", "appendix"):
                self._breaks.append(Span(start, end))

    def _begin(self, start: int, end: int) -> None:
        opened = ENVIRONMENT.match(self.text, end)
        if opened is None:
            return
        name, end = opened[1], opened.end()
        if name in table.MATHEMATICS:
            self._environments.append((name, start, self._kinds[-1][1]))
            self._open[name] += 1
            self.blank.append(Span(start, end))
            return
        before = self._kinds[-1][1]
        if name == "document":
            self._begun = True
            self._kinds = [(0, None)]
            kind: BlockKind | None = BlockKind.PARAGRAPH
        elif name in table.PROSE:
            kind = before
        elif name in table.LISTS:
            kind = before and BlockKind.ITEM
        elif name in table.QUOTATIONS:
            kind = before and BlockKind.QUOTE
        else:
            kind = None
        if name == table.LIST_OF_SOURCES:
            self._listed = True
            end = self.arguments.behind_argument(end)
        self._environments.append((name, start, before))
        self._open[name] += 1
        self._breaks.append(Span(start, end))
        self._kinds.append((end, kind))

    def _end(self, start: int, end: int) -> None:
        closed = ENVIRONMENT.match(self.text, end)
        if closed is None or not self._open[closed[1]]:
            return
        self._finish_entry(start)
        while self._environments:
            name, begun, before = self._environments.pop()
            self._open[name] -= 1
            if name == closed[1]:
                break
        if closed[1] in table.MATHEMATICS:
            self.opaque.append(Span(begun, closed.end()))
            return
        self._breaks.append(Span(start, closed.end()))
        self._kinds.append((start, before))

    def _heading(self, name: str, start: int, end: int) -> None:
        opened = self.arguments.gap(self.arguments.behind_options(end, 1))
        closed = self.tokens.pairs.get(opened) if self.text.startswith("{", opened) else None
        if closed is None:
            return
        span = Span(start, closed + 1)
        title = wording(self.text[opened + 1 : closed]).text.replace("*", "").strip()
        self.headings.append(Heading(span, table.HEADINGS[name], title))
        self._breaks.append(span)

    def _define(self, name: str, start: int, end: int) -> None:
        """Takes in the definition of a command or an environment; what it says is read with it in mind."""
        named = _NAME.match(self.text, end)
        optional = False
        if named:
            end = named.end()
        if name.endswith("def"):
            end = _PARAMETERS.match(self.text, end).end()  # type: ignore[union-attr]  # it matches nothing, too
        else:
            behind = self.arguments.behind_options(end, 1)
            end = self.arguments.behind_options(behind, 1)
            optional = end > behind
        groups = 3 if "nvironment" in name else 2 if "Document" in name or name.startswith("Declare") else 1
        for _ in range(groups):
            end = self.arguments.behind_group(end)
        if end > start:
            self.definitions.append(Span(start, end))
            self._definition = _Definition(named[1] if named else "", optional, end)

    def _alias(self, end: int) -> None:
        if (found := _ALIAS.match(self.text, end)) and found[2] in table.CITING:
            self._own[found[1]] = _Own()

    def _include(self, name: str, start: int, end: int) -> None:
        """Keeps the path of a file that TeX reads here, after that of a folder where the command names one."""
        paths: list[str] = []
        for _ in range(2 if name in table.INCLUDING_FROM else 1):
            if found := _PATH.match(self.text, self.arguments.gap(end)):
                paths.append((found[1] or found[2] or "").strip(' \t"').strip())
                end = found.end()
        self._breaks.append(Span(start, end))
        if all(paths) and paths:
            self._inclusions.append(Inclusion(posixpath.join(*paths), here=name in table.INCLUDING_HERE))
        else:
            self._legible = False

    def _name_bibliographies(self, name: str, start: int, end: int) -> None:
        behind = self.arguments.behind_argument(end)
        self._breaks.append(Span(start, behind))
        opened = self.arguments.gap(self.arguments.behind_options(end, 1))
        closed = self.tokens.pairs.get(opened)
        if name not in table.BIBLIOGRAPHIES or not self.text.startswith("{", opened) or closed is None:
            self._legible &= name not in table.BIBLIOGRAPHIES
            return
        place = opened + 1
        for path in self.text[opened + 1 : closed].split(","):
            span = Span(place + len(path) - len(path.lstrip()), place + len(path.rstrip()))
            if path.strip():
                self.bibliographies.append(BibliographyReference(path.strip(), span, name in table.BY_BIBTEX))
            place += len(path) + 1

    # Citations ----------------------------------------------------------------------------------------------

    def _cite(self, command: Command) -> None:
        name, (start, end) = command
        labels: list[tuple[str, Span]] = []
        faults = len(self.arguments.faults)
        known, read, place = True, False, end
        several = name in table.CITING_SEVERAL
        if name in table.CITING_VOLUMES:
            place = self.arguments.behind_group(self.arguments.behind_options(place, 1))
        while True:
            opened = self.arguments.of_keys(place)
            if not self.text.startswith("{", opened) or (read and not several):
                break
            read = True
            keys = self.arguments.keys(start, opened)
            labels += keys.labels
            known &= keys.known
            place = keys.end
        if not read:
            self._without_keys(start, end, opened)
            return
        if start < self._definition.end:
            del self.arguments.faults[faults:]  # of a macro's arguments nobody knows what they are
        self._settle(Span(start, place), labels, known, all_cited=name == "nocite")

    def _settle(self, span: Span, labels: list[tuple[str, Span]], known: bool, *, all_cited: bool = False) -> None:
        """Keeps a citation that is read: as a marker, or as a use where it is no part of the text."""
        parameters = [found for label, _ in labels if (found := _PARAMETER.fullmatch(label))]
        if span.start < self._definition.end:
            if parameters:
                number = int(parameters[0][1])
                self._own[self._definition.name] = _Own(number, self._definition.optional)
            elif not labels and not known:
                self._legible = False
        else:
            self._legible &= known
        labels = [(label, place) for label, place in labels if "#" not in label]
        if all_cited and any(label == "*" for label, _ in labels):
            self._everything = span
            labels = [each for each in labels if each[0] != "*"]
        if not labels:
            return
        citation = NativeCitation(span, Syntax.KEY, tuple(labels), CITATIONS)
        if span.start < self._definition.end:
            self.uses.append(citation)
        elif self.citations and span.start < self.citations[-1].span.end:
            self._inner += labels
        else:
            self._join_inner()
            self.citations.append(citation)

    def _join_inner(self) -> None:
        """Makes the citations in an optional argument of the last one a part of it."""
        if self._inner:
            outer = self.citations.pop()
            known = {label for label, _ in outer.labels}
            labels = [*outer.labels, *(each for each in self._inner if each[0] not in known)]
            self.citations.append(outer._replace(labels=tuple(sorted(labels, key=lambda each: each[1]))))
            self._inner.clear()

    def _without_keys(self, start: int, end: int, opened: int) -> None:
        """A citation command without an argument: an alias in a definition, or an optional argument without its end."""
        if start < self._definition.end:
            if self.text[end : self._definition.end].strip() in ("", "}"):
                self._own[self._definition.name] = _Own()
        elif self.text.startswith("[", opened) and opened not in self.tokens.pairs:
            self.arguments.fault(Span(start, opened + 1), "the bracket of this citation is not closed")
            self._legible = False
        else:
            self.blank.append(Span(start, end))

    def _cite_own(self, command: Command, own: _Own) -> None:
        """A citation by a command that the text defines."""
        if own.keys is None:
            self._cite(Command("cite", command.span))
            return
        if command.span.start < self._definition.end:
            return
        place = self.arguments.behind_options(command.span.end, 1) if own.optional else command.span.end
        for _ in range(own.keys - 1 - own.optional):
            place = self.arguments.behind_group(place)
        opened = self.arguments.gap(place)
        if self.text.startswith("{", opened):
            keys = self.arguments.keys(command.span.start, opened)
            self._settle(Span(command.span.start, keys.end), keys.labels, keys.known)
        else:
            self._legible = False

    def _of_all(self, span: Span) -> NativeCitation:
        """What `\\nocite{*}` names: every entry."""
        return NativeCitation(span, Syntax.KEY, tuple((entry.label, span) for entry in self.entries), CITATIONS)

    def _by_other_commands(self) -> Iterator[NativeCitation]:
        """The uses of entries by commands that nobody knows: keys that nothing cites are all of their argument."""
        cited = {label for citation in (*self.citations, *self.uses) for label, _ in citation.labels}
        cited |= {label for fault in self.arguments.faults if fault.citation for label, _ in fault.citation.labels}
        left = {entry.label for entry in self.entries} - cited
        unread = SpanSet([*self.tokens.comments, *self.tokens.unread])
        for found in _GROUP.finditer(self.text, 0, self.tokens.end) if left else ():
            if (
                found[1] not in _OTHERS
                and found.start() not in unread
                and (named := left.intersection(map(str.strip, found[2].split(","))))
            ):
                span = Span(*found.span())
                yield NativeCitation(span, Syntax.KEY, tuple((label, span) for label in sorted(named)), CITATIONS)

    # Sources ------------------------------------------------------------------------------------------------

    def _item_of_list(self, start: int, end: int) -> None:
        self._finish_entry(start)
        opened = self.arguments.gap(self.arguments.behind_options(end, 1))
        keys = KEYS.match(self.text, opened + 1) if self.text.startswith("{", opened) else None
        if keys is None or not self.text.startswith("}", keys.end()) or not keys[0].strip():
            self._legible = False  # a key that a macro makes
            return
        words = keys[0]
        place = opened + 1 + len(words) - len(words.lstrip())
        label = Span(place, place + len(words.strip()))
        self._entry = Span(start, keys.end() + 1), words.strip(), label

    def _finish_entry(self, end: int) -> None:
        if self._entry is None:
            return
        head, label, place = self._entry
        self._entry = None
        words = self.text[head.end : end]
        start = head.end + len(words) - len(words.lstrip())
        stop = max(start, head.end + len(words.rstrip()))
        self.entries.append(NativeEntry(Span(head.start, stop), label, place, Span(start, stop), CITATIONS))
        few_enough(len(self.entries), "entries", MOST_MARKERS)

    # Footnotes ----------------------------------------------------------------------------------------------

    def _mark(self, start: int, end: int) -> None:
        if number := _NUMBER.match(self.text, end):
            span = Span(start, number.end())
            label = (number[1], Span(*number.span(1)))
            self.marks.append(NativeCitation(span, Syntax.REFERENCE, (label,), FOOTNOTES))
        else:
            self._automatic = True
            self.blank.append(Span(start, end))

    def _note(self, start: int, end: int) -> None:
        number = _NUMBER.match(self.text, end)
        opened = self.arguments.gap(number.end()) if number else end
        closed = self.tokens.pairs.get(opened)
        if number is None or closed is None:
            self._automatic = True
            return
        own = Span(*number.span(1))
        self.notes.append(
            NativeEntry(Span(start, closed + 1), own.of(self.text), own, Span(opened + 1, closed), FOOTNOTES)
        )

    def _footnotes(self) -> tuple[list[NativeCitation], list[NativeEntry]]:
        """The marks and texts of footnotes, where their numbers tell which belong together.

        They do not where TeX counts others itself, or where a number comes again, as in each of several tables.
        """
        numbers = Counter(note.label for note in self.notes)
        marked = {label for mark in self.marks for label, _ in mark.labels}
        if self._automatic or not marked.intersection(numbers) or max(numbers.values()) > 1 or not self._begun:
            return [], []
        return self.marks, self.notes

    # The rest -----------------------------------------------------------------------------------------------

    def _signs(self) -> Iterator[Span]:
        """What of the commands of one sign is no sign of the text."""
        for start, end in self.tokens.signs:
            yield Span(start, start + 1 if self.text[start + 1 : end] in "%&$#_" else end)

    def _comments(self) -> Iterator[Comment]:
        if "citecheck" not in self.text:
            return
        behind = (Span(*found.span()) for found in _DIRECTIVE.finditer(self.text, self.tokens.end))
        for span in (*self.tokens.comments, *behind):
            if found := _DIRECTIVE.match(self.text, *span):
                yield Comment(span, found[1])

    def _blocks(self, shown: str) -> Iterator[Block]:
        """The paragraphs of the body: what comes between the breaks, where there are any words."""
        starts = [start for start, _ in self._kinds]
        end, number = 0, 0
        for span in (*SpanSet(self._breaks), Span(self.tokens.end, self.tokens.end)):
            words = shown[end : span.start]
            start, stop = end + len(words) - len(words.lstrip()), end + len(words.rstrip())
            kind = self._kinds[max(0, bisect_right(starts, start) - 1)][1]
            if kind and start < stop and _LETTER.search(shown, start, stop):
                number += 1
                few_enough(number, "paragraphs and items", MOST_PARTS)
                yield Block(kind, Span(start, stop))
            end = span.end


def _restored(shown: str, text: str, kept: Iterable[Span]) -> str:
    """The words as they are shown, with citations and entries as they are written."""
    pieces, end = [], 0
    for span in SpanSet(kept):
        pieces += [shown[end : span.start], span.of(text)]
        end = span.end
    return "".join([*pieces, shown[end:]])
