"""`citecheck rule` and `citecheck rules`: the rule reference."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Final

from citecheck.cli.commands import PASSED
from citecheck.cli.commands.output import screen
from citecheck.config.layers import SettingsResolver
from citecheck.config.selection import named
from citecheck.errors import UsageError, known
from citecheck.reports.json import write_rules
from citecheck.reports.rule_page import write_page, write_table
from citecheck.reports.terminal import Screen
from citecheck.rulebook.pages import Rule, rules

RULE_FORMATS: Final = ("text", "json")


def print_pages(words: Sequence[str], *, report: str = "text", color: str = "auto") -> int:
    """Prints the pages of rules, each named by its code or its name."""
    known(report, RULE_FORMATS, "format")
    pages = [_rule(word) for word in words]
    if report == "json":
        write_rules(pages, sys.stdout, _screen(color), pages=True)
        return PASSED
    for number, rule in enumerate(pages):
        sys.stdout.write("\n" if number else "")
        write_page(rule, sys.stdout, _screen(color))
    return PASSED


def _screen(color: str) -> Screen:
    return screen(color, rules_url=SettingsResolver().of_folder(os.curdir).rules_url)


def _rule(word: str) -> Rule:
    codes = named(word)
    if len(codes) > 1:
        raise UsageError(f"{word!r} names {len(codes)} rules: {', '.join(sorted(codes))}")
    (code,) = codes
    return rules()[code]


def print_rules(*, report: str = "text", color: str = "auto") -> int:
    """Prints the table of all rules."""
    known(report, RULE_FORMATS, "format")
    write = write_rules if report == "json" else write_table
    write(rules().values(), sys.stdout, _screen(color))
    return PASSED
