"""PMID and PMCID: the numbers of PubMed and of PubMed Central.

A PMID has one to eight digits and no leading zero (NLM, "MEDLINE/PubMed Data Element Descriptions", PMID). A PMCID is
`PMC` and digits, with `.1` perhaps for a version (same place, PMC); eight digits are in use.
"""

from __future__ import annotations

import regex

from citecheck.identifiers import Fault
from citecheck.text.patterns import lazy_regex

_PMCID = lazy_regex(r"PMC(\d{1,20})(?:\.\d{1,3})?", regex.IGNORECASE)
_LONGEST = 8  # digits


def pmid_fault(written: str) -> Fault | None:
    """What is wrong with a PMID, without the word."""
    if _PMCID.fullmatch(written):
        return Fault("this is a PMCID, not a PMID")
    for character in written:
        if not ("0" <= character <= "9"):
            return Fault(f"{character} is no digit of a PMID")
    return _number_fault("PMID", written)


def pmcid_fault(written: str) -> Fault | None:
    """What is wrong with a PMCID, without the word."""
    if number := _PMCID.fullmatch(written):
        return _number_fault("PMCID", number[1])
    if written.isdecimal():
        return Fault("a PMCID begins with PMC")
    return Fault("a PMCID is PMC and digits")


def _number_fault(kind: str, digits: str) -> Fault | None:
    if len(digits) > _LONGEST:
        return Fault(f"a {kind} has at most {_LONGEST} digits, and this one has {len(digits)}")
    if digits.startswith("0"):
        return Fault(f"a {kind} does not begin with 0")
    return None
