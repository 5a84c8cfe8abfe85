"""Reports: one file an output format, from results to a stream. A further report is one more file and one more row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, TextIO, cast

from citecheck.model.results import Result, Summary
from citecheck.reports.terminal import Screen

if TYPE_CHECKING:  # which a run with a warm cache has no use for
    from citecheck.model.document import Document
    from citecheck.reports.explanation import Explained

Report = Callable[[Iterable[Result], TextIO, Screen], Summary]
Inspection = Callable[[Iterable["Document"], TextIO, Screen], None]
Explanation = Callable[[Iterable["Explained"], TextIO, Screen], None]


def _report(module: str, function: str = "write") -> Report:
    """A report that is imported when it is first written: a run needs one of them."""

    def write(results: Iterable[Result], stream: TextIO, screen: Screen) -> Summary:
        report = cast("Report", getattr(import_module(f"{__name__}.{module}"), function))
        return report(results, stream, screen)

    return write


def _inspection(module: str, function: str = "write") -> Inspection:
    def write(documents: Iterable[Document], stream: TextIO, screen: Screen) -> None:
        cast("Inspection", getattr(import_module(f"{__name__}.{module}"), function))(documents, stream, screen)

    return write


def _explanation(function: str) -> Explanation:
    def write(explained: Iterable[Explained], stream: TextIO, screen: Screen) -> None:
        cast("Explanation", getattr(import_module(f"{__name__}.explanation"), function))(explained, stream, screen)

    return write


REPORTS: Mapping[str, Report] = MappingProxyType(
    {
        "text": _report("text"),
        "concise": _report("concise"),
        "grouped": _report("grouped"),
        "json": _report("json"),
        "jsonl": _report("json", "write_lines"),
        "sarif": _report("sarif"),
        "github": _report("github"),
        "gitlab": _report("gitlab"),
        "junit": _report("junit"),
        "rdjson": _report("rdjson"),
        "checkstyle": _report("checkstyle"),
        "markdown": _report("markdown"),
        "html": _report("page"),
    }
)
STATISTICS: Mapping[str, Report] = MappingProxyType(
    {"text": _report("statistics"), "json": _report("statistics", "write_json")}
)
COUNTING = frozenset({"json", "jsonl"})  # the reports whose summary counts claims
EXPLANATIONS: Mapping[str, Explanation] = MappingProxyType(
    {"text": _explanation("write"), "json": _explanation("write_json")}
)
READING = frozenset({"html"})  # the reports that show the text of documents, and how they were read
INSPECTIONS: Mapping[str, Inspection] = MappingProxyType(
    {"text": _inspection("inspection"), "json": _inspection("json", "write_documents")}
)
