"""Measurements as Markdown, ready to be pasted."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from citecheck.engine.proving import Reported
from tests.accuracy import injection
from tests.accuracy.injection import Trial
from tests.accuracy.measurement import KINDS, Measurement, Outcome


def accuracy_table(measurement: Measurement) -> str:
    """For each set, and for all: documents exactly right, and labels of each kind expected and found."""
    header = ["set", "documents", "exactly right"]
    for kind in KINDS:
        header += [f"{kind}: expected", "found", "recall", "precision"]
    sets = {name: _read(outcomes) for name, outcomes in measurement.sets.items()}
    rows = [_accuracy(name, outcomes) for name, outcomes in sets.items() if outcomes]
    rows.append(_accuracy("all", _read(measurement.outcomes)))
    table = _table(header, rows)
    if measurement.unread:
        table += f"\n\nIn formats that are not read yet, and left out above: {len(measurement.unread)} documents."
    return table


def _read(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The documents that somebody read."""
    return [outcome for outcome in outcomes if outcome.expected is not None]


def _accuracy(name: str, outcomes: Sequence[Outcome]) -> list[str]:
    """The row of one set."""
    row = [name, str(len(outcomes)), str(sum(outcome.right for outcome in outcomes))]
    for kind in KINDS:
        expected = {(outcome.file, label) for outcome in outcomes for label in (outcome.expected or {})[kind]}
        found = {(outcome.file, label) for outcome in outcomes for label in outcome.found(kind)}
        both = len(expected & found)
        row += [str(len(expected)), str(len(found)), _share(both, len(expected)), _share(both, len(found))]
    return row


def _share(part: int, whole: int) -> str:
    """A part of a whole in per cent; a dash where there is no whole."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def findings_table(measurement: Measurement) -> str:
    """For each rule, its findings per 100 documents in each set, labelled or not."""
    sets = measurement.sets
    counts = {name: _counts(outcomes) for name, outcomes in sets.items()}
    rows = [["documents", *(str(len(outcomes)) for outcomes in sets.values())]]
    rows.append(["documents with a finding", *(str(_touched(outcomes)) for outcomes in sets.values())])
    for rule in sorted({rule for count in counts.values() for rule in count}):
        rows.append([rule, *(_rate(counts[name][rule], len(outcomes)) for name, outcomes in sets.items())])
    return _table(["findings per 100 documents", *sets], rows)


def _counts(outcomes: Iterable[Outcome]) -> Counter[str]:
    """How many findings each rule has."""
    return Counter(f"{found.code} {found.rule}" for outcome in outcomes for found in outcome.diagnostics)


def _touched(outcomes: Iterable[Outcome]) -> int:
    """How many documents have a finding of any rule."""
    return sum(bool(outcome.diagnostics) for outcome in outcomes)


def _rate(findings: int, documents: int) -> str:
    """Findings per 100 documents, and in brackets their number; a dash where there are none."""
    return f"{100 * findings / documents:.1f} ({findings})" if findings else "–"


def injection_table(measurement: Measurement) -> str:
    """For each set, and for all: the faults put into its documents, and how many of each kind were told exactly."""
    found = {name: list(injection.trials(outcomes)) for name, outcomes in measurement.sets.items()}
    rows = [_injection(name, trials) for name, trials in found.items() if trials]
    rows.append(_injection("all", [trial for trials in found.values() for trial in trials]))
    return _table(["told exactly", *injection.KINDS, "of all"], rows)


def _injection(name: str, trials: Sequence[Trial]) -> list[str]:
    """The row of one set."""
    kinds = [[trial.exact for trial in trials if trial.fault.kind == kind] for kind in injection.KINDS]
    exact = sum(map(sum, kinds))
    return [name, *(f"{sum(kind)} of {len(kind)}" for kind in kinds), _share(exact, len(trials))]


def missed(measurement: Measurement) -> str:
    """Each fault that was put into a document and was not told, or not alone."""
    return "\n".join(
        f"- {trial.file}, {trial.fault.kind}: {_what(trial.found)}, not {_what(trial.fault.expected)}"
        for trial in injection.trials(measurement.outcomes)
        if not trial.exact
    )


def _what(told: Reported) -> str:
    return ", ".join(f"{code} {label} × {count}" for (code, label), count in told.items()) or "nothing"


def wrong_documents(measurement: Measurement) -> str:
    """Each document that is not exactly right, with the labels that are missing and those that are too many."""
    wrong = [outcome for outcome in measurement.outcomes if outcome.expected is not None and not outcome.right]
    return "\n".join(_fault(outcome) for outcome in wrong) or "Every document is exactly right."


def _fault(outcome: Outcome) -> str:
    """One wrong document in one line."""
    parts = []
    for kind, expected in (outcome.expected or {}).items():
        found = outcome.found(kind)
        parts += [f"{kind} and not found: {_labels(expected - found)}"] if expected - found else []
        parts += [f"found {kind} and not so: {_labels(found - expected)}"] if found - expected else []
    return f"- {outcome.file}: {'; '.join(parts)}"


def _labels(labels: frozenset[str]) -> str:
    """Labels in the order a person would write them."""
    return ", ".join(sorted(labels, key=lambda label: (len(label), label)))


def listing(measurement: Measurement, code: str, name: str | None = None, size: int | None = None) -> str:
    """The findings of one rule with the lines they stand in; of one set, and a sample of them, where so asked."""
    found = list(_found(measurement, code, name))
    if size is not None and size < len(found):
        found = sorted(random.Random(code).sample(found, size))
    return "\n".join(found)


def _found(measurement: Measurement, code: str, name: str | None) -> Iterator[str]:
    """Each finding as its place, its message, and the line it begins in."""
    for outcome in measurement.outcomes:
        if name is None or outcome.set == name:
            for diagnostic in outcome.diagnostics:
                if diagnostic.code == code:
                    place = f"{outcome.file}:{diagnostic.start.line}:{diagnostic.start.column}"
                    yield f"{place}: {diagnostic.message}\n    {diagnostic.excerpt.text.strip()}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table whose first column reads from the left and whose others are numbers."""
    rule = [":--", *("--:" for _ in header[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, rule, *rows))
