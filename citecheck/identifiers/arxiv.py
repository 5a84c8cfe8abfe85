"""arXiv identifiers, by arXiv's own description ("Understanding the arXiv identifier", info.arxiv.org).

From July 1991 to March 2007: `hep-th/9901001`, an archive, perhaps with a subject class as in `math.GT/0309136`, year,
month and three digits. From April 2007: `0704.0001`, year, month and a number counted from 1, of four digits until
December 2014 and of five since. `v2` names a version, counted from 1.
"""

from __future__ import annotations

from datetime import date, timedelta

import regex

from citecheck.identifiers import Fault
from citecheck.text.patterns import lazy_regex

_NEW = lazy_regex(r"(\d{2})(\d{2})\.(\d{1,9})(?:v(\d{1,4}))?", regex.IGNORECASE)
_OLD = lazy_regex(
    r"([a-z]{1,8}(?:-[a-z]{1,4})?)(?:\.[a-z-]{2,9})?/(\d{2})(\d{2})(\d{0,5})(?:v(\d{1,4}))?", regex.IGNORECASE
)
_ARCHIVES = frozenset(
    """acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga
    funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph
    q-alg q-bio quant-ph solv-int supr-con""".split()
)
_FIRST = (2007, 4)  # year and month of the first number without an archive
_OLDEST = (1991, 7)
_FIVE_DIGITS = (2015, 1)


def fault(written: str, today: date) -> Fault | None:
    """What is wrong with an arXiv identifier, without `arXiv:`; nothing can be repaired.

    A month that has not begun anywhere on the day after `today` is still to come.
    """
    if new := _NEW.fullmatch(written):
        return _new_fault(new[1], new[2], new[3], new[4], today)
    if old := _OLD.fullmatch(written):
        return _old_fault(old[1], old[2], old[3], old[4], old[5])
    return Fault("an arXiv identifier is written YYMM.NNNNN, or archive/YYMMNNN until March 2007")


def _new_fault(year: str, month: str, number: str, version: str | None, today: date) -> Fault | None:
    when = (2000 + int(year), int(month))
    tomorrow = today + timedelta(days=1)
    if not 1 <= when[1] <= 12:
        return Fault(f"the arXiv identifier names month {month}")
    if when < _FIRST:
        return Fault("arXiv identifiers of this form begin with 0704, in April 2007")
    if when > (tomorrow.year, tomorrow.month):
        return Fault(f"the arXiv identifier is of {when[0]}-{month}, which is still to come")
    length = 5 if when >= _FIVE_DIGITS else 4
    if len(number) != length:
        return Fault(
            f"an arXiv identifier of {when[0]} has {length} digits after its point; this one has {len(number)}"
        )
    return _count_fault(number, version)


def _old_fault(archive: str, year: str, month: str, number: str, version: str | None) -> Fault | None:
    when = (int(year) + (1900 if int(year) > 90 else 2000), int(month))
    if archive.lower() not in _ARCHIVES:
        return Fault(f"arXiv has had no archive called {archive}")
    if len(number) != 3:
        return Fault(f"an arXiv identifier with an archive has 7 digits, and this one has {4 + len(number)}")
    if not 1 <= when[1] <= 12:
        return Fault(f"the arXiv identifier names month {month}")
    if not _OLDEST <= when < _FIRST:
        return Fault("arXiv identifiers with an archive are of July 1991 to March 2007")
    return _count_fault(number, version)


def _count_fault(number: str, version: str | None) -> Fault | None:
    if not int(number):
        return Fault(f"arXiv counts from {1:0{len(number)}}, and this identifier ends in {number}")
    if version is not None and not int(version):
        return Fault("versions of an arXiv paper are counted from v1")
    return None
