"""JUnit's XML, as Jenkins and similar tools read it: a suite a document, a failed case a diagnostic.

A document without faults is one case that passes; one that could not be read is a case in error, or one that is skipped
where its settings take that for a warning or the baseline knows it. What could not be checked against its source is
skipped. One that was not understood, and of which nothing
else is said, is skipped too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from citecheck.model.findings import Diagnostic
from citecheck.model.results import Result, Summary
from citecheck.reports.locations import gathered, named
from citecheck.reports.summary import unchecked
from citecheck.reports.terminal import Screen
from citecheck.reports.xml import DECLARATION, tag, text


def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
    """Writes the suites of all documents; nothing is left out."""
    every, summary = gathered(results)
    cases = sum(_cases(result) for result in every)
    failures = sum(len(result.diagnostics) for result in every)
    errors = sum(result.failed for result in every)
    totals = tag("testsuites", name="citecheck", tests=cases, failures=failures, errors=errors)
    stream.write(f"{DECLARATION}<{totals}>\n")
    for result in every:
        stream.writelines(_suite(result))
    stream.write("</testsuites>\n")
    return summary


def _suite(result: Result) -> Iterator[str]:
    path = named(result)
    failures = len(result.diagnostics)
    suite = tag("testsuite", name=path, tests=_cases(result), failures=failures, errors=int(result.failed))
    yield f"<{suite}>\n"
    if result.summary.unread:
        yield f"<{tag('testcase', name='read', classname=path)}>"
        if result.failed:
            yield f"<{tag('error', type='unread', message=result.unread)}/></testcase>\n"
        else:
            yield f"<skipped>{text(result.unread or 'not read, as the baseline knows')}</skipped></testcase>\n"
    elif not result.diagnostics and result.summary.not_understood:
        yield f"<{tag('testcase', name='citations', classname=path)}>"
        yield f"<{tag('skipped', message='not understood')}/></testcase>\n"
    elif not result.diagnostics:
        yield f"<{tag('testcase', name='citations', classname=path)}/>\n"
    for each in result.diagnostics:
        yield from _case(each, path)
    for words in unchecked(result):
        yield f"<{tag('testcase', name=words, classname=path)}><{tag('skipped', message='could not be checked')}/>"
        yield "</testcase>\n"
    yield "</testsuite>\n"


def _cases(result: Result) -> int:
    return max(1, len(result.diagnostics)) + sum(1 for _ in unchecked(result))


def _case(diagnostic: Diagnostic, path: str) -> Iterator[str]:
    line, column = diagnostic.start
    yield f"<{tag('testcase', name=f'{diagnostic.code} {diagnostic.rule} at {line}:{column}', classname=path)}>"
    yield f"<{tag('failure', type=diagnostic.severity, message=diagnostic.message)}>"
    yield text(f"{path}:{line}:{column}: {diagnostic.code} {diagnostic.message}")
    yield "</failure></testcase>\n"
