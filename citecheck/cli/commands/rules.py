"""`citecheck rule` and `citecheck rules`: the rule reference."""

from __future__ import annotations

import sys

from citecheck.cli.commands import PASSED
from citecheck.cli.commands.output import screen
from citecheck.config.selection import named
from citecheck.errors import UsageError
from citecheck.reports.rule_page import write_page, write_table
from citecheck.rulebook.pages import rules


def print_rule(word: str, *, color: str = "auto") -> int:
    """Prints the page of a rule, named by its code or its name."""
    codes = named(word)
    if len(codes) > 1:
        raise UsageError(f"{word!r} names {len(codes)} rules: {', '.join(sorted(codes))}")
    (code,) = codes
    write_page(rules()[code], sys.stdout, screen(color))
    return PASSED


def print_rules(*, color: str = "auto") -> int:
    """Prints the table of all rules."""
    write_table(rules().values(), sys.stdout, screen(color))
    return PASSED
