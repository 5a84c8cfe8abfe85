"""Options that several commands have, and what completes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final

from citecheck.cli.declarations import GLOB, Argument, Option

DOCUMENTS: Final = "Documents"
RULES: Final = "Rules"
FIXES: Final = "Fixes"
NEW: Final = "New findings"
OUTPUT: Final = "Output"
EXECUTION: Final = "Execution"
SOURCES: Final = "Sources"


def formats() -> Iterable[str]:
    """The formats that are read."""
    from citecheck.readers import FORMATS

    return FORMATS


def rule_words() -> Iterable[str]:
    """The codes and names of rules."""
    from citecheck.rulebook.pages import rules

    return [word for rule in rules().values() for word in (rule.code, rule.name)]


Paths = Annotated[
    tuple[str, ...],
    Argument("Files and folders, - for standard input; the current folder by default.", "PATHS"),
]
NamedPaths = Annotated[
    tuple[str, ...], Argument("Files and folders, - for standard input; . is the current folder.", "PATHS")
]
Exclude = Annotated[
    tuple[str, ...],
    Option("Exclude files; a pattern as in a .gitignore.", GLOB, DOCUMENTS, setting="extend-exclude"),
]
As = Annotated[
    str | None,
    Option(
        "Read everything as one of markdown, bibtex, latex, notebook, rst, text.",
        "FORMAT",
        DOCUMENTS,
        completion=formats,
    ),
]
StdinFilename = Annotated[
    str | None, Option("The name of standard input; its suffix chooses the format.", "NAME", DOCUMENTS)
]
Encoding = Annotated[
    str | None,
    Option("The encoding, such as latin-1; utf-8 by default.", "NAME", DOCUMENTS, setting="encoding"),
]
Language = Annotated[
    str | None,
    Option("The language, such as de; guessed by default.", "CODE", DOCUMENTS, setting="language"),
]
Select = Annotated[
    tuple[str, ...],
    Option(
        "Only these rules: codes, names or prefixes, separated by commas.",
        "RULES",
        RULES,
        setting="select",
        completion=rule_words,
    ),
]
Ignore = Annotated[tuple[str, ...], Option("Not these rules.", "RULES", RULES, setting="ignore", completion=rule_words)]
Pedantic = Annotated[
    bool, Option("The pedantic rules as well; see `citecheck rules`.", group=RULES, setting="pedantic")
]
FailOn = Annotated[
    str | None,
    Option(
        "Lowest severity that fails: error (default), warning or info.",
        "SEVERITY",
        RULES,
        setting="fail-on",
        completion=lambda: ("error", "warning", "info"),
    ),
]
ExtendSelect = Annotated[
    tuple[str, ...],
    Option("These rules as well as those that are on.", "RULES", RULES, setting="extend-select", completion=rule_words),
]
Config = Annotated[str | None, Option("Read settings from this file only; paths in it start here.", "FILE", EXECUTION)]
Isolated = Annotated[bool, Option("Read no settings file.", group=EXECUTION)]
NoCache = Annotated[bool, Option("Neither read nor keep cached results.", group=EXECUTION)]
CacheDir = Annotated[str | None, Option("Keep cached results in this folder.", "FOLDER", EXECUTION)]
Jobs = Annotated[
    int | None,
    Option("Number of processes; one per CPU core by default.", "N", EXECUTION, short="-j", least=1),
]
Online = Annotated[
    bool,
    Option("Ask the sources: registries about identifiers, hosts about addresses. Sends nothing else.", group=SOURCES),
]
Offline = Annotated[bool, Option("With --online: only answers of earlier runs; opens no connection.", group=SOURCES)]
Refresh = Annotated[bool, Option("With --online: ask again what earlier runs know.", group=SOURCES)]
MaxAge = Annotated[
    str | None, Option("With --online: how long an answer holds, such as 12h; 7d by default.", "AGE", SOURCES)
]
DryRun = Annotated[
    bool, Option("With --online: list the hosts and what each would be sent, and ask nothing.", group=SOURCES)
]
AllowPrivate = Annotated[
    tuple[str, ...],
    Option("With --online: connect to this address too, as 10.0.0.7 or 10.0.0.7:8080.", "ADDRESS", SOURCES),
]
Registry = Annotated[
    tuple[str, ...],
    Option(
        "With --online: ask a registry at another address, as Crossref=https://mirror.example.", "NAME=URL", SOURCES
    ),
]
Diff = Annotated[bool, Option("Show the changes as a diff, and write nothing.", group=FIXES)]
Colour = Annotated[
    str,
    Option("auto (the default), always or never.", "WHEN", OUTPUT, completion=lambda: ("auto", "always", "never")),
]
TextOrJson = Annotated[
    str, Option("text (the default) or json.", "REPORT", OUTPUT, completion=lambda: ("text", "json"))
]
BaselineFile = Annotated[str | None, Option("The baseline, if it is not the one found by default.", "FILE", NEW)]
NoBaseline = Annotated[bool, Option("Report all findings, known or not.", group=NEW)]
