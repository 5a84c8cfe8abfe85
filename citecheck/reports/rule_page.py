"""Rules for readers: one page as a manual, and the table of all rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TextIO

import regex

from citecheck.reports.terminal import Screen, plain, wrapped
from citecheck.rulebook.pages import Rule, Status
from citecheck.text.patterns import lazy_regex
from citecheck.text.spans import Span

_WIDEST: Final = 88  # cells; longer lines are hard to read
_HEAD: Final = lazy_regex(r"(?s)\A#[^\n]*\n.*?```toml\n.*?```\n")
_FENCE: Final = lazy_regex(r"(?m)^(?P<fence>`{3,}) *+(?P<words>[^`\n]*+)\n(?P<text>(?:.*\n)*?)(?P=fence)`* *$")
_MARK: Final = lazy_regex(r"(?:[-*+]|\d+\.) ")
_ITEM: Final = lazy_regex(rf"\n(?={_MARK.pattern})")
_AS_WRITTEN: Final = ("#", "|", ">", "    ")
_CARETS: Final = lazy_regex(r"(?P<indent> *)(?P<carets>\^+) (?P<message>\S.*)\n")
_MARKED: Final = lazy_regex(rf"(?P<line>.*)\n(?P<marks>(?:{_CARETS.pattern})*)")
_EXAMPLE: Final = 74  # columns: what is left of 80 in either rendering
_CAPTIONS: Final = {
    "bad": "Incorrect",
    "good": "Correct",
    "fixed": "Fixed",
    "config": "With these settings",
    "outcomes": "Where the sources answer so",
}
_STATUSES: Final = {
    Status.DEFAULT: "on by default",
    Status.PEDANTIC: "off unless selected, or with --pedantic",
    Status.CONFIG: "off until its settings are given",
    Status.ONLINE: "on with --online",
    Status.RETIRED: "retired",
}


def write_page(rule: Rule, stream: TextIO, screen: Screen) -> None:
    """Writes a rule's page: rendered where there are colours, else as Markdown of the screen's width."""
    width = min(screen.width, _WIDEST)
    if screen.paint is plain:
        stream.write("\n".join(_plain(manual(rule), width)).rstrip() + "\n")
        return
    from rich.console import Console  # slow to import, and a pipe needs none of it
    from rich.markdown import Markdown

    console = Console(file=stream, width=width, force_terminal=True, highlight=False)
    console.print(Markdown(manual(rule), code_theme="ansi_dark", hyperlinks=False))


def write_table(rules: Iterable[Rule], stream: TextIO, screen: Screen) -> None:
    """Writes a row for each rule: code, name, severity, status, whether it can be fixed, and its summary."""
    rules = list(rules)
    name = max(len(rule.name) for rule in rules)
    for rule in rules:
        facts = f"{screen.rule(rule.code, rule.code, rule.name)}  {screen.paint('heading', f'{rule.name:<{name}}')}  "
        severity = screen.paint(rule.severity, f"{rule.severity:<7}")
        fixable = "  fixable" if rule.fixable else ""
        stream.write(f"{facts}{severity}  {rule.status:<8}{fixable}".rstrip() + "\n")
        for line in wrapped(" " * 7 + rule.summary, min(screen.width, _WIDEST), " " * 7):
            stream.write(screen.paint("code", line) + "\n")


def manual(rule: Rule) -> str:
    """A rule's page as Markdown for readers: its facts in words, its examples captioned."""
    body = _HEAD.sub("", rule.page, count=1)
    facts = [f"**{rule.severity.capitalize()}**", _STATUSES[rule.status], f"since {rule.since}"]
    if rule.fixable:
        facts.append("fixable")
    options = "".join(f"\n- `{name} = {default!r}`" for name, default in rule.options.items())
    head = f"# {rule.name} ({rule.code})\n\n{rule.summary}\n\n{', '.join(facts)}\n"
    if options:
        head += f"\nOptions, with their defaults:\n{options}\n"
    return head + _FENCE.sub(_captioned, body)


def _captioned(match: regex.Match[str]) -> str:
    kind, _, format = match["words"].partition(" ")
    if kind == "source":
        caption = f"The text of source {format}"
    elif kind in _CAPTIONS:
        caption = _CAPTIONS[kind] + (f" ({format})" if format else "")
    else:
        return match[0]
    text = "".join(f"{line}\n" for marked in _MARKED.finditer(match["text"]) for line in _folded(marked))
    return f"{caption}:\n\n{match['fence']}text\n{text}{match['fence']}"


def _folded(marked: regex.Match[str]) -> Iterator[str]:
    """A line of an example in parts that are not too wide, and below each part the carets that are under it."""
    for part in _parts(marked["line"]):
        yield part.of(marked["line"])
        for mark in _CARETS.finditer(marked["marks"]):
            yield from _below(part, mark)


def _parts(line: str) -> Iterator[Span]:
    """A line cut at spaces."""
    start = 0
    while len(line) - start > _EXAMPLE:
        end = line.rfind(" ", start + 1, start + _EXAMPLE + 1)
        if end < 0 and (end := line.find(" ", start + _EXAMPLE)) < 0:
            break
        yield Span(start, end)
        start = end + 1
    yield Span(start, max(len(line), start + _EXAMPLE))  # carets may follow its end


def _below(part: Span, mark: regex.Match[str]) -> Iterator[str]:
    """The carets under a part of a line; where they end the message, beside them or, too wide for that, below them."""
    first = len(mark["indent"])
    last = first + len(mark["carets"])
    meant = Span(max(first, part.start), min(last, part.end))
    if meant.start >= meant.end:
        return
    carets = f"{' ' * (meant.start - part.start)}{'^' * (meant.end - meant.start)}"
    message = mark["message"]
    if last > part.end:
        yield carets
    elif len(carets) + 1 + len(message) <= _EXAMPLE:
        yield f"{carets} {message}"
    else:
        yield carets
        yield from wrapped(" " * max(0, min(meant.start - part.start, _EXAMPLE - len(message))) + message, _EXAMPLE)


def _plain(manual: str, width: int) -> Iterator[str]:
    """The lines of a manual whose paragraphs are filled to a width and whose examples are indented."""
    at = 0
    for fence in _FENCE.finditer(manual):
        yield from _filled(manual[at : fence.start()], width)
        yield from (f"    {line}".rstrip() for line in fence["text"].split("\n")[:-1])
        yield ""
        at = fence.end()
    yield from _filled(manual[at:], width)


def _filled(text: str, width: int) -> Iterator[str]:
    """The lines of Markdown without fenced blocks, its paragraphs and list items filled to a width."""
    for block in text.strip("\n").split("\n\n"):
        if block.startswith(_AS_WRITTEN):
            yield from block.split("\n")
        else:
            for item in _ITEM.split(block):
                mark = _MARK.match(item)
                yield from wrapped(" ".join(item.split()), width, " " * len(mark[0]) if mark else "")
        yield ""
