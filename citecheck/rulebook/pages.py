"""The rule reference: one Markdown page per rule, read as the catalogue entry, the manual and the test that it is.

A page is `CC101-undefined-marker.md`. It begins with its title, `# undefined-marker (CC101)`, then one sentence, the
summary, then a `toml` block of facts: `severity`, `status`, `since`, and a table `[options]` of options with their
defaults. Sections follow: `## Why`, `## Examples`, `## When not to use`, `## References` and perhaps `## Measured`.
Under `## Examples`, `### Incorrect` holds the `bad` blocks and `### Correct` the `good` ones; every block is one of:

    bad     a whole document with faults, each drawn by a caret line beneath it
    good    a whole document in which the rule finds nothing
    fixed   what the bad document just before it becomes when its fixes are applied
    config  settings, in TOML, for the one example that comes after it
    source  the text of a source of the one example that comes after it: `source 1`, by its label; or a reason why
            there is none, `source 1 changed`
    outcomes
            what checks against the outside come to in the one example that comes after it, in TOML: for each a table
            `[[verification]]` with its `aspect`, `outcome` and `evidence`, about the `text` where it comes first

A second word names the format, `bad text`; without one it is Markdown. A caret line holds spaces, carets, one space
and a message, and nothing else. It pins the nearest line above that is not itself a caret line, and is taken out of
the document. Its carets count code points. Of a span that runs over several lines the carets cover the part on its
first line, to that line's end. Related places are not drawn.

The title, the sentence and the facts are read when the rules are first requested; examples only when someone wants
them, since a run over documents never does.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, NoReturn

import regex

from citecheck.errors import RulebookError
from citecheck.model.findings import Severity
from citecheck.text.patterns import lazy_regex

_TITLE = lazy_regex(r"# ([a-z][a-z0-9]*(?:-[a-z0-9]+)*) \((CC[0-9]{3})\)")
_HEAD = lazy_regex(_TITLE.pattern + r"\n\n(\S.*(?:\n\S.*)*)\n\n```toml\n((?:(?!```).*\n)*)```\n")
_FENCE = lazy_regex(r"(`{3,}) *([^`]*)")
_FIXED = lazy_regex(r"^`{3,}fixed\b", regex.MULTILINE)
_CARETS = lazy_regex(r"( *)(\^+) (\S.*)")
_FACTS = ("severity", "status", "since")
_MOST_WORDS = 3  # after the fence of a `source`
_BLOCKS = ("bad", "good", "fixed", "config", "outcomes", "source")
_BEFORE = ("config", "outcomes")  # what comes before the example that it is for


class Status(StrEnum):
    """When a rule reports: by default, in pedantic mode, once its setting is given, with `--online`, or never again."""

    DEFAULT = "default"
    PEDANTIC = "pedantic"
    CONFIG = "config"
    ONLINE = "online"
    RETIRED = "retired"


class Rule(NamedTuple):
    """What the head of a page says of a rule; `page` is all of it, as written."""

    code: str
    name: str
    summary: str
    severity: Severity
    status: Status
    since: str
    options: Mapping[str, Any]
    fixable: bool
    page: str

    def __hash__(self) -> int:
        return hash(self.code)

    @property
    def file(self) -> str:
        """The name of the page's file."""
        return f"{self.code}-{self.name}.md"


class ExpectedFinding(NamedTuple):
    """A fault as a page draws it: line and columns from 1, in code points, `end_column` exclusive."""

    line: int
    column: int
    end_column: int
    message: str


class SourceExample(NamedTuple):
    """The text of a source of an example by its label; `reason` says why there is none, where it does."""

    label: str
    text: str
    reason: str | None = None


class Example(NamedTuple):
    """A whole document from a page, without its caret lines; `line` is where the page begins it."""

    kind: Literal["bad", "good"]
    format: str
    text: str
    expected: tuple[ExpectedFinding, ...]
    line: int
    fixed: str | None = None
    config: str | None = None
    outcomes: str | None = None
    sources: tuple[SourceExample, ...] = ()


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of codes.

    Raises RulebookError for a page that does not have the form of one, and where there are no pages.
    """
    shelf = _shelf()
    found = (rule_of(_page(os.path.join(shelf, file)), file) for file in _pages_in(shelf))
    return MappingProxyType({rule.code: rule for rule in found})


@cache
def names() -> Mapping[str, str]:
    """The names of all rules by their codes, from the names of the pages alone, which are not read."""
    found = (file.removesuffix(".md").partition("-") for file in _pages_in(_shelf()))
    return MappingProxyType({code: name for code, _, name in found})


def _shelf() -> str:
    """The folder of pages: inside the package in a wheel, beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside, beside = os.path.join(package, "rules"), os.path.join(os.path.dirname(package), "rules")
    for folder in (inside, beside):
        if _pages_in(folder):
            return folder
    raise RulebookError(f"the rule pages are missing: none in {inside} or {beside}")


def _pages_in(folder: str) -> list[str]:
    with suppress(OSError):
        return sorted(name for name in os.listdir(folder) if name.startswith("CC") and name.endswith(".md"))
    return []


def _page(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def rule_of(page: str, file: str) -> Rule:
    """The rule of a page, given the page's text and the name of its file; raises RulebookError."""
    head = _HEAD.match(page)
    if head is None:
        _blame_head(page, file)
    name, code, summary, block = head.groups()
    if file != f"{code}-{name}.md":
        _fail(file, 1, f"the title belongs to {code}-{name}.md")
    facts = _facts(block, file, page.count("\n", 0, head.start(4)) + 1)
    return Rule(
        code,
        name,
        summary.replace("\n", " "),
        Severity(facts["severity"]),
        Status(facts["status"]),
        facts["since"],
        MappingProxyType(facts.get("options", {})),
        fixable=_FIXED.search(page, head.end()) is not None,
        page=page,
    )


def _blame_head(page: str, file: str) -> NoReturn:
    """Says which part of a head is not as it should be."""
    lines = [*page.split("\n"), "", "", ""]
    if not _TITLE.fullmatch(lines[0]):
        _fail(file, 1, "a page begins with its title, `# fault-name (CC123)`")
    if lines[1] or not lines[2] or lines[2].startswith("`"):
        _fail(file, 2 if lines[1] else 3, "an empty line and the summary, one sentence, come after the title")
    after = lines.index("", 2) + 1
    if lines[after] != "```toml":
        _fail(file, after + 1, "a `toml` block comes after the summary")
    _fail(file, after + 1, "the `toml` block has no end")


def _facts(block: str, file: str, line: int) -> dict[str, Any]:
    """The facts of a `toml` block that begins on a line of the page."""
    try:
        facts = tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        place = regex.search(r"at line (\d+)", str(error))
        _fail(file, line + int(place[1]) - 1 if place else line, str(error).partition(" (at ")[0])
    for key in facts:
        if key not in (*_FACTS, "options"):
            _fail(file, _line_of(key, block, line), f"no fact is called `{key}`")
    for key in _FACTS:
        if not isinstance(facts.get(key), str):
            _fail(file, _line_of(key, block, line), f"`{key}` is missing, or is not a string")
    for key, words in (("severity", Severity), ("status", Status)):
        if facts[key] not in tuple(words):
            _fail(file, _line_of(key, block, line), f"`{key}` is one of {', '.join(words)}")
    if not isinstance(facts.get("options", {}), dict):
        _fail(file, _line_of("options", block, line), "`options` is a table")
    return facts


def _line_of(key: str, block: str, line: int) -> int:
    """The line of the page on which a block sets a key; the block's first where it does not."""
    setting = regex.search(rf"^\[?{regex.escape(key)}\b", block, regex.MULTILINE)
    return line + (block.count("\n", 0, setting.start()) if setting else 0)


def _fail(file: str, line: int, fault: str) -> NoReturn:
    raise RulebookError(f"{file}, line {line}: {fault}")


class _Block(NamedTuple):
    """A fenced block: the words after its fence, the line of the page it begins on, its lines."""

    words: list[str]
    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


@cache
def examples(rule: Rule) -> tuple[Example, ...]:
    """The examples of a rule's page, in its order; raises RulebookError for one that is malformed."""
    found: list[Example] = []
    before: dict[str, _Block] = {}
    sources: list[SourceExample] = []
    for block in _blocks(rule):
        kind = block.words[0]
        if kind in _BEFORE:
            before[kind] = block
        elif kind == "source":
            sources.append(SourceExample(block.words[1], block.text, *block.words[2:]))
        elif kind == "fixed":
            if not found or found[-1].kind == "good" or found[-1].fixed is not None:
                _fail(rule.file, block.line - 1, "a `fixed` block comes right after the `bad` one it belongs to")
            found[-1] = found[-1]._replace(fixed=block.text)
        else:
            found.append(_example(rule, block, before)._replace(sources=tuple(sources)))
            before, sources = {}, []
    for kind, block in before.items():
        _fail(rule.file, block.line - 1, f"a `{kind}` block comes before the example it is for")
    return tuple(found)


def _example(rule: Rule, block: _Block, before: Mapping[str, _Block]) -> Example:
    """The example of a `bad` or `good` block."""
    format = block.words[1] if len(block.words) > 1 else "markdown"
    config, outcomes = (before[kind].text if kind in before else None for kind in _BEFORE)
    if block.words[0] == "good":
        return Example("good", format, block.text, (), block.line, config=config, outcomes=outcomes)
    text, pins = _drawn(rule, block)
    if not pins:
        _fail(rule.file, block.line - 1, "no caret line shows what is wrong in this `bad` block")
    return Example("bad", format, text, pins, block.line, config=config, outcomes=outcomes)


def _drawn(rule: Rule, block: _Block) -> tuple[str, tuple[ExpectedFinding, ...]]:
    """The document of a `bad` block, and what its caret lines pin."""
    kept: list[str] = []
    pins: list[ExpectedFinding] = []
    for number, line in enumerate(block.lines, block.line):
        if carets := _CARETS.fullmatch(line):
            column, end = carets.end(1) + 1, carets.end(2) + 1
            if not kept or end > len(kept[-1]) + 1:
                _fail(rule.file, number, "the carets reach beyond the line above")
            pins.append(ExpectedFinding(len(kept), column, end, carets[3]))
        else:
            kept.append(line)
    return "".join(f"{line}\n" for line in kept), tuple(pins)


def _blocks(rule: Rule) -> Iterator[_Block]:
    """The fenced blocks under `## Examples`."""
    section = ""
    lines = iter(enumerate(rule.page.split("\n"), 1))
    for number, line in lines:
        if line.startswith("## "):
            section = line
        fence = _FENCE.fullmatch(line)
        if fence is None:
            continue
        block = _Block(fence[2].split(), number + 1, [])
        for _, inner in lines:
            if inner.startswith(fence[1]) and not inner.strip("` "):
                break
            block.lines.append(inner)
        else:
            _fail(rule.file, number, "this block has no end")
        if section == "## Examples":
            most = _MOST_WORDS if block.words[:1] == ["source"] else 2
            if not 0 < len(block.words) <= most or block.words[0] not in _BLOCKS:
                _fail(rule.file, number, f"a block of an example is one of {', '.join(_BLOCKS)}, then perhaps a format")
            yield block
