"""The commonest command line, `citecheck check …`, understood without Typer.

Typer takes longer to import than a document to check, and this command runs before every commit. What is not wholly
clear is left to Typer, which knows how to say what is wrong: the tables here only repeat, in few words, what
`citecheck.cli.check` declares, and a test compares the two.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from citecheck.cli.requests import CheckOptions

_FLAGS = {
    "--show-files": "show_files",
    "--pedantic": "pedantic",
    "--fail-on-not-understood": "fail_on_not_understood",
    "--fix": "fix",
    "--unsafe-fixes": "unsafe_fixes",
    "--diff": "diff",
    "--changed-lines": "changed_lines",
    "--no-baseline": "no_baseline",
    "--update-baseline": "update_baseline",
    "--add-ignores": "add_ignores",
    "--statistics": "statistics",
    "--quiet": "quiet",
    "-q": "quiet",
    "--exit-zero": "exit_zero",
    "--watch": "watch",
    "--no-cache": "no_cache",
}
_VALUES = {
    "--as": "as_",
    "--stdin-filename": "stdin_filename",
    "--encoding": "encoding",
    "--language": "language",
    "--fail-on": "fail_on",
    "--since": "since",
    "--baseline": "baseline",
    "--output": "output",
    "--color": "color",
    "--jobs": "jobs",
    "-j": "jobs",
}
_LISTS = {
    "--exclude": "exclude",
    "--select": "select",
    "--ignore": "ignore",
    "--fixable": "fixable",
    "--unfixable": "unfixable",
    "--format": "format",
}
_DIGITS = 10  # of a number of processes; more are left to Typer
_COMPLETING = "_CITECHECK_COMPLETE"  # the variable by which a shell asks Typer what could follow


def parse_check(arguments: Sequence[str]) -> CheckOptions | None:
    """What a command line asks `check` for; None where it is another command's, or not wholly clear."""
    if not arguments or arguments[0] != "check" or _COMPLETING in os.environ:
        return None
    given: dict[str, object] = {}
    lists: dict[str, list[str]] = {}
    rest = iter(arguments[1:])
    for argument in rest:
        if argument == "--":
            lists.setdefault("paths", []).extend(rest)
        elif argument == "-" or not argument.startswith("-"):
            lists.setdefault("paths", []).append(argument)
        elif argument in _FLAGS:
            given[_FLAGS[argument]] = True
        else:
            name, equals, value = argument.partition("=")
            value = value if equals else next(rest, "")
            if not value or (value.startswith("-") and not equals) or (equals and not name.startswith("--")):
                return None
            if name in _LISTS:
                lists.setdefault(_LISTS[name], []).append(value)
            elif name in ("--jobs", "-j"):
                if not (value.isascii() and value.isdecimal() and len(value) < _DIGITS and int(value)):
                    return None
                given["jobs"] = int(value)
            elif name in _VALUES:
                given[_VALUES[name]] = value
            else:
                return None
    return CheckOptions(**given, **lists)  # type: ignore[arg-type]  # the tables name its fields
