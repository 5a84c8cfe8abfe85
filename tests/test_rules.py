"""The pages of the rule book as tests: each rule says what its page draws, and nothing where the page says so."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from citecheck import Settings
from citecheck.engine.linting import lint_document
from citecheck.model.claims import Coverage
from citecheck.model.document import Document
from citecheck.model.findings import Diagnostic
from citecheck.model.key_spaces import Beside, Bibliography
from citecheck.model.outcomes import Aspect, Outcome, Reason, Verification
from citecheck.readers import FORMATS
from citecheck.recognition import parse
from citecheck.rulebook.pages import Example, ExpectedFinding, Rule, examples, rules
from citecheck.sources.identity import identity
from citecheck.sources.source_text import Backing, SourceText
from citecheck.sources.verification import verified
from citecheck.text.spans import Span

PAGES = [(rule, example) for rule in rules().values() for example in examples(rule)]
ROUNDS = 5  # more than any example needs


def label(case: tuple[Rule, Example]) -> str:
    rule, example = case
    return f"{rule.file}:{example.line}"


def cases(kept: Iterable[tuple[Rule, Example]]) -> Any:
    kept = list(kept)
    return pytest.mark.parametrize(("rule", "example"), kept, ids=[label(case) for case in kept])


def settings(rule: Rule, example: Example) -> Settings:
    """The defaults and the rule itself: an ignore comment is judged only where the rules it names are run."""
    given = tomllib.loads(example.config or "")
    online = example.outcomes is not None
    return Settings(**{"select": ("CC", rule.code), "online": online, **given})


def verifications(example: Example) -> tuple[Verification, ...]:
    """What checks against the outside come to in an example, each about the words where they first stand."""
    return tuple(
        Verification(
            Aspect(each["aspect"]),
            Outcome(each["outcome"]),
            f"doi:{each['text']}" if each["text"].startswith("10.") else each["text"],
            _labels(example.text, each["text"]),
            Span(start := example.text.index(each["text"]), start + len(each["text"])),
            each["text"],
            Reason(each["reason"]) if "reason" in each else None,
            each["evidence"],
        )
        for each in tomllib.loads(example.outcomes or "").get("verification", ())
    )


def _labels(text: str, words: str) -> tuple[str, ...]:
    """The label of the entry that words stand in, on a line of its own."""
    line = next(line for line in text.split("\n") if words in line)
    return (line.strip("[").split(" ")[0].rstrip(".]"),)


def every_diagnostic(text: str, rule: Rule, example: Example) -> list[Diagnostic]:
    """What is said of an example, which stands alone: no file that it names is there."""
    named = FORMATS[example.format].bibliographies(text)
    absent = [Bibliography(each.path, None, f"the bibliography {each.path} is not there") for each in named]
    given = settings(rule, example)
    document = parse(
        text,
        name="example",
        format=example.format,
        language=given.language,
        coverage=Coverage(given.coverage),
        beside=Beside(tuple(absent)),
    )
    if example.sources:
        outcomes = verified(document, partial(backing, example=example, document=document))
        document = replace(document, verifications=outcomes)
    if example.outcomes:
        document = replace(document, verifications=verifications(example))
    return list(lint_document(document, given).diagnostics)


def backing(name: str, *, example: Example, document: Document) -> Backing:
    """What an example has of a source."""
    names = {identity(source): source.label for source in document.sources}
    for source in example.sources:
        if source.label == names.get(name):
            reason = Reason(source.reason) if source.reason else None
            return Backing(name, reason=reason) if reason else Backing(name, SourceText(source.text), whole=True)
    return Backing(name, reason=Reason.NOT_PINNED)


def diagnostics(text: str, rule: Rule, example: Example) -> list[Diagnostic]:
    found = every_diagnostic(text, rule, example)
    return [diagnostic for diagnostic in found if diagnostic.code == rule.code]


def pin(diagnostic: Diagnostic, text: str) -> ExpectedFinding:
    """A diagnostic as a page draws it: of several lines, the part on the first."""
    line, column = diagnostic.start
    whole = len(text.split("\n")[line - 1]) + 1
    end = diagnostic.end.column if diagnostic.end.line == line else whole
    return ExpectedFinding(line, column, end, diagnostic.message)


@cases((rule, example) for rule, example in PAGES if example.kind == "bad")
def test_a_rule_says_what_its_page_draws(rule: Rule, example: Example) -> None:
    found = diagnostics(example.text, rule, example)
    assert list(example.expected) == [pin(diagnostic, example.text) for diagnostic in found]


@cases((rule, example) for rule, example in PAGES if example.kind == "good")
def test_a_sound_document_is_left_in_peace_by_every_rule(rule: Rule, example: Example) -> None:
    found = every_diagnostic(example.text, rule, example)
    assert [] == [(diagnostic.code, pin(diagnostic, example.text)) for diagnostic in found]


@cases((rule, example) for rule, example in PAGES if example.fixed is not None)
def test_fixing_makes_of_a_faulty_document_what_its_page_shows(rule: Rule, example: Example) -> None:
    text = example.text
    for _ in range(ROUNDS):
        fixes = [diagnostic.fix for diagnostic in diagnostics(text, rule, example) if diagnostic.fix]
        if not fixes:
            break
        for edit in fixes[-1].edits[::-1]:
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert example.fixed == text


@cases((rule, example) for rule, example in PAGES if example.kind == "bad" and example.fixed is None)
def test_a_page_shows_what_its_fixes_make(rule: Rule, example: Example) -> None:
    fixes = [diagnostic.fix for diagnostic in diagnostics(example.text, rule, example) if diagnostic.fix]
    assert [] == fixes, "a `fixed` block belongs after this one"
