"""Reports: one file an output format, from results to a stream. A further report is one more file and one more row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TextIO

from citecheck.document import Document
from citecheck.engine import Result, Summary
from citecheck.reports import concise, inspection, json, text
from citecheck.reports.screen import Screen

Report = Callable[[Iterable[Result], TextIO, Screen], Summary]
Inspection = Callable[[Iterable[Document], TextIO, Screen], None]

REPORTS: Mapping[str, Report] = MappingProxyType({"text": text.write, "concise": concise.write, "json": json.write})
INSPECTIONS: Mapping[str, Inspection] = MappingProxyType({"text": inspection.write, "json": json.write_documents})
