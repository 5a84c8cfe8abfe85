"""What a report for people ends with: what was read, what was found in it, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from citecheck.model.findings import Safety, counted
from citecheck.model.outcomes import Reason, Verification
from citecheck.model.results import Result, Summary
from citecheck.reports.terminal import Screen, cells

_MANY: Final = 100  # findings; they are met one by one no longer


class Closing:
    """What the results of a report add up to, as they pass, and the lines that say so at its end."""

    def __init__(self) -> None:
        self.summary = Summary()
        self._codes: dict[str, None] = {}  # in the order in which they were met
        self._fixable = dict.fromkeys(Safety, 0)
        self._failed = 0
        self._reasons = Counter[str]()
        self._online = False

    def passing(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results, counted as they pass."""
        for result in results:
            self.summary += result.summary
            self._failed += result.failed
            self._reasons.update(reason_of(each) for each in result.verifications if each.unanswered)
            self._online |= any(each.online for each in result.verifications)
            for each in result.diagnostics:
                self._codes[each.code] = None
                if each.fix:
                    self._fixable[each.fix.safety] += 1
            yield result

    def lines(self, screen: Screen, *, listed: bool = True, drawn: bool = False) -> Iterator[str]:
        """The summary, and how to go on from there.

        `listed` is whether the report lists each finding, and `drawn` whether it is the one for who may not know the
        rules. Nothing is said where nothing could be read, as an error has been reported for each document.
        """
        if screen.quiet or (self._failed and self._failed == self.summary.unread and not self.summary.documents):
            return
        yield tally(self.summary)
        if self.summary.asked or self._online:
            yield self._against_sources()
        if screen.advising:
            yield from self._steps(screen, listed=listed)
        if drawn and self._codes:
            yield self._explained(screen)
            if screen.on_github:
                yield "GitHub shows findings beside the lines of a change with --format github"

    def _steps(self, screen: Screen, *, listed: bool) -> Iterator[str]:
        safe, unsafe = self._fixable[Safety.SAFE], self._fixable[Safety.UNSAFE]
        if safe:
            more = f", {unsafe:,} more with --unsafe-fixes" if unsafe else ""
            yield f"{safe:,} fixable with --fix{more}"
        elif unsafe:
            yield f"{unsafe:,} fixable with --fix --unsafe-fixes"
        if self.summary.errors + self.summary.warnings + self.summary.infos >= _MANY:
            steps = ["--statistics counts them per rule"] if listed else []
            steps += [] if self.summary.baselined else ["`citecheck baseline` records them"]
            if steps:
                yield ", ".join(steps)

    def _against_sources(self) -> str:
        """What checks against sources came to: `against sources: 11 ok, 1 wrong, 2 not checked (2 × HTTP 403)`."""
        if not self.summary.asked:
            return "against sources: none names an address or an identifier to ask about"
        told = [f"{self.summary.ok:,} ok", f"{self.summary.wrong:,} wrong"]
        if self.summary.unknown:
            reasons = ", ".join(f"{count:,} × {reason}" for reason, count in self._reasons.most_common())
            told.append(f"{self.summary.unknown:,} could not be checked ({reasons})")
        return f"against sources: {', '.join(told)}"

    def _explained(self, screen: Screen) -> str:
        """The command that prints the pages of the rules that were met, of as many as fit in a line."""
        command = "more on the rules: citecheck rule"
        for code in self._codes:
            if cells(command) + 1 + len(code) > screen.width:
                break
            command += f" {code}"
        return command if len(self._codes) > 1 else command.replace("the rules", "the rule")


def tally(summary: Summary) -> str:
    """What was read and found, in one line: `3 documents, 212 markers, 61 sources: 2 errors, 1 warning`."""
    read = [
        counted(summary.documents, "document"),
        counted(summary.markers, "marker"),
        counted(summary.sources, "source"),
    ]
    if summary.unread:
        read.append(f"{summary.unread} not read")
    if summary.not_understood:
        read.append(f"{summary.not_understood:,} not understood")
    found = [
        counted(number, noun)
        for number, noun in ((summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "info"))
        if number
    ] or [_nothing(summary)]
    if summary.suppressed:
        found.append(f"{summary.suppressed:,} suppressed")
    if summary.baselined:
        found.append(f"{summary.baselined:,} in the baseline")
    if summary.untouched:
        found.append(f"{summary.untouched:,} not touched by the change")
    return f"{', '.join(read)}: {', '.join(found)}"


def unchecked(result: Result) -> Iterator[str]:
    """What is said of each thing that could not be checked: `figure 45 % of source 3: not pinned`."""
    for each in result.verifications:
        if each.unanswered:
            asked = f"source {', '.join(each.labels)}" if each.labels else each.source
            about = f"{each.aspect} “{each.text}”, {asked}" if each.text else f"{each.aspect} of {asked}"
            yield f"{about}: {reason_of(each)}"


def reason_of(each: Verification) -> str:
    """Why something could not be checked, in words: `HTTP 403`, `not pinned`."""
    return (each.reason or Reason.CANNOT_TELL).words


def _nothing(summary: Summary) -> str:
    """What is said where nothing was found: of a document that was not understood that it is sound is not known."""
    if summary.not_understood:
        return "nothing found in what was understood"
    return "no faults found" if summary.documents else "nothing checked"
