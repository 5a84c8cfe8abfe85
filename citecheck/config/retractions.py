"""Retracted works, from a file in the form of the Retraction Watch database, which Crossref publishes as CSV.

Its columns are described at https://gitlab.com/crossref/retraction-watch-data.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from citecheck.errors import SettingsError

_COLUMNS = ("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "RetractionDate")


class Retractions(NamedTuple):
    """The days on which works were retracted, as the file writes them, by DOI in lower case and by PMID."""

    by_doi: Mapping[str, str]
    by_pmid: Mapping[str, str]


@cache  # read once a run, not once a document
def retractions(path: str) -> Retractions:
    """The retractions that a file lists; corrections, concerns and reinstatements are none.

    An empty path represents no file. Raises SettingsError where the file cannot be read or lacks a column.
    """
    by_doi: dict[str, str] = {}
    by_pmid: dict[str, str] = {}
    if not path:
        return Retractions(by_doi, by_pmid)
    import csv  # here, as few settings name such a file

    try:
        with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = csv.DictReader(file)
            if missing := [column for column in _COLUMNS if column not in (rows.fieldnames or ())]:
                raise SettingsError(f"{path} has no column {missing[0]}: it is not in the form of Retraction Watch")
            for row in rows:
                if (row["RetractionNature"] or "").strip().casefold() != "retraction":
                    continue
                doi, pmid = (row["OriginalPaperDOI"] or "").strip().casefold(), row["OriginalPaperPubMedID"] or ""
                if doi.startswith("10."):
                    by_doi[doi] = _day(row["RetractionDate"])
                if pmid.strip().strip("0").isdecimal():  # `0` represents none
                    by_pmid[pmid.strip()] = _day(row["RetractionDate"])
    except OSError as error:
        raise SettingsError(f"the list of retractions {path} cannot be read: {error.strerror or error}") from error
    except csv.Error as error:
        raise SettingsError(f"the list of retractions {path} cannot be read: {error}") from error
    return Retractions(MappingProxyType(by_doi), MappingProxyType(by_pmid))


def _day(written: str | None) -> str:
    """A day as ISO 8601; the file writes the month first, `6/1/2007 0:00`."""
    parts = (written or "").partition(" ")[0].split("/")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return written or ""
    month, day, year = parts
    return f"{year}-{month:>02}-{day:>02}"
