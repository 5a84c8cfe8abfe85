"""Words of the project that standard terms have replaced: the glossary in CONTRIBUTING.md says which."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

ROOT = Path(__file__).parents[1]
BANNED = {  # what not to write, and what to write instead
    r"\banew\b": "again; renumber",
    r"\bamiss\b": "wrong",
    r"\bquarrels?\b": "conflict",
    r"\bpass(?:es|ed) over\b": "skips, skipped",
    r"\blistless\b": "without a list",
    r"\braised (?:number|digit)s?\b": "superscript",
    r"\bpage furniture\b": "boilerplate",
    r"\bstands? (?:in|at|on|behind|before|between|for)\b": "is, follows, precedes, represents",
    r"\bright (?:behind|before)\b": "immediately after, immediately before",
    r"(?<!left )\bbehind (?:a|an|the|it|them|its|their)\b": "after",
    r"\bthe writer\b": "the author",
    r"\bis to be one of\b": "must be one of",
    r"\bunasked\b": "by default",
    r"\brules? speaks?\b": "reports",
    r"\bmended\b": "fixed",
}
PATTERNS = {regex.compile(banned): instead for banned, instead in BANNED.items()}
MODULES = sorted((ROOT / "citecheck").rglob("*.py"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "rules").glob("CC*.md"))]
_CODE = regex.compile(r"^(`{3,}|~{3,}).*?^\1|`[^`\n]*`", regex.MULTILINE | regex.DOTALL)


def found(words: str) -> list[tuple[str, str]]:
    """Each banned term in some words, with what to write instead."""
    plain = _CODE.sub("", words)
    return [(match[0], instead) for pattern, instead in PATTERNS.items() for match in pattern.finditer(plain)]


def prose(source: str) -> Iterator[str]:
    """The docstrings and the comments of a module."""
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        for each in body if isinstance(body, list) else ():
            if (
                isinstance(each, ast.Expr)
                and isinstance(each.value, ast.Constant)
                and isinstance(each.value.value, str)
            ):
                yield each.value.value
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_has_the_standard_terms(path: Path) -> None:
    assert [] == [each for words in prose(path.read_text(encoding="utf-8")) for each in found(words)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_has_the_standard_terms(path: Path) -> None:
    assert [] == found(path.read_text(encoding="utf-8"))


def test_a_banned_term_is_seen() -> None:
    assert [("anew", "again; renumber")] == found("Number them anew, not `anew`.")
