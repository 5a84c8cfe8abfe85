"""How messages name things, so that every rule calls one thing by one word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from citecheck.model.citations import Syntax
from citecheck.model.sources import ListKind


def called(label: str | None, kind: ListKind | None) -> str:
    """A source of a list: `source 3`, `footnote salt`; `this source` where it carries no label.

    A label that says so itself is enough: `Source 3`.
    """
    noun = "footnote" if kind is ListKind.FOOTNOTES else "source"
    if label and (kind is ListKind.AUTHORS or label.casefold().startswith("source ")):
        return label
    return f"this {noun}" if label is None else f"{noun} {label}"


def absent(label: str, syntax: Syntax) -> str:
    """A source that is not there: `no source is numbered 3`, `no footnote is named salt`."""
    if syntax is Syntax.AUTHOR_YEAR:
        return f"no entry is {label}"
    noted = syntax in (Syntax.FOOTNOTE, Syntax.REFERENCE)
    if label.isdecimal():
        return f"no {'footnote' if noted else 'source'} is numbered {label}"
    return f"no footnote is named {label}" if noted else f"no source is labelled {label}"


def written(syntax: Syntax) -> str:
    """A marker of a syntax, with its article."""
    match syntax:
        case Syntax.BRACKET:
            return "a number in brackets"
        case Syntax.FOOTNOTE:
            return "a footnote"
        case Syntax.LENTICULAR:
            return "a number in lenticular brackets"
        case Syntax.SUPERSCRIPT:
            return "a superscript"
        case Syntax.REFERENCE:
            return "a footnote reference"
        case Syntax.PAREN:
            return "a number in parentheses"
        case Syntax.BARE:
            return "a bare number"
        case Syntax.KEY:
            return "a citation key"
        case Syntax.AUTHOR_YEAR:
            return "an author and a year"
        case _:
            assert_never(syntax)


def listed(words: Sequence[str], *, limit: int) -> str:
    """`4`, `4 and 5`, `4, 5 and 6`; beyond the limit, `4, 5, 6 and 2 more`."""
    shown = list(words[:limit])
    if len(words) > limit:
        shown.append(f"{len(words) - limit} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
