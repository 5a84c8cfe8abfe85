"""The list of all rules, written from their pages: `python -m citecheck.catalogue > rules/README.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby

from citecheck.rulebook import Rule, rules

_FAMILIES = {
    "CC1": "Markers and the sources they name",
    "CC2": "Numbering and order",
    "CC3": "Source entries",
    "CC4": "Identifiers and URLs",
    "CC5": "Claims",
    "CC6": "Leaked tokens and boilerplate",
    "CC7": "Source snapshots",
    "CC8": "Online checks",
    "CC9": "citecheck's own comments",
}
_OPENING = """\
# The rule book

<!-- Written by `python -m citecheck.catalogue` from the pages beside it. Change a page, then write this again. -->

A page a rule: what it finds and why, documents in which it speaks and documents in which it must not, and when to turn
it off. The pages are what `citecheck rule` prints, and their examples are run as tests. Where a setting, an option or
an ignore comment names a rule, its code and its name do equally well, and the beginning of a code (`CC1`) names a
family.

A `default` rule is on unless it is ignored, a `pedantic` one speaks only when asked to, a `config` one once its
setting is given. A `retired` rule finds nothing any more; its page stays, since a code is never given twice.
"""


def catalogue(book: Iterable[Rule]) -> str:
    """The rules of a book as Markdown: a table a family, a row a rule."""
    return "\n".join([_OPENING, *_tables(book)])


def _tables(book: Iterable[Rule]) -> Iterator[str]:
    """The tables, each with its heading."""
    for family, members in groupby(book, key=lambda rule: rule.code[:3]):
        yield f"## {family}: {_FAMILIES[family]}\n"
        yield "| code | name | severity | status | fix | what it says |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for rule in members:
            fix = "yes" if rule.fixable else ""
            page = f"[{rule.code}]({rule.file})"
            yield f"| {page} | {rule.name} | {rule.severity} | {rule.status} | {fix} | {_cell(rule.summary)} |"
        yield ""


def _cell(words: str) -> str:
    """Words that stay inside their cell."""
    return words.replace("|", r"\|")


if __name__ == "__main__":
    sys.stdout.write(catalogue(rules().values()).rstrip("\n") + "\n")
