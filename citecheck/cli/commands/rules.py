"""`citecheck rule` and `citecheck rules`: the rule reference."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from citecheck.cli.commands import PASSED
from citecheck.cli.commands.output import screen
from citecheck.config.selection import named
from citecheck.errors import UsageError
from citecheck.reports.rule_page import write_page, write_table
from citecheck.rulebook.pages import Rule, rules


def print_pages(words: Sequence[str], *, color: str = "auto") -> int:
    """Prints the pages of rules, each named by its code or its name."""
    pages = [_rule(word) for word in words]
    for number, rule in enumerate(pages):
        sys.stdout.write("\n" if number else "")
        write_page(rule, sys.stdout, screen(color))
    return PASSED


def _rule(word: str) -> Rule:
    codes = named(word)
    if len(codes) > 1:
        raise UsageError(f"{word!r} names {len(codes)} rules: {', '.join(sorted(codes))}")
    (code,) = codes
    return rules()[code]


def print_rules(*, color: str = "auto") -> int:
    """Prints the table of all rules."""
    write_table(rules().values(), sys.stdout, screen(color))
    return PASSED
