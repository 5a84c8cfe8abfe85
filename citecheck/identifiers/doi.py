"""DOIs, by the DOI Handbook (section 2, "Numbering") and ISO 26324.

A DOI is a prefix, a slash and a suffix. The prefix is `10.` and a registrant's number, which may be divided by further
points: `10.1000.10`. Crossref counts four to nine digits in the numbers that were given out ("DOIs and matching regular
expressions", 2015). The suffix may hold any printable character: brackets, `<`, `>` and `;` are in those that Wiley
made of SICIs. Letters are compared without regard to case. `10/` and a few letters is a shortDOI (shortdoi.org), as
good as the long one.
"""

from __future__ import annotations

import regex

from citecheck.identifiers import BRACKETS, Fault
from citecheck.identifiers.url import decoded
from citecheck.text.patterns import lazy_regex

_PREFIX = lazy_regex(r"10\.\d{4,9}(?:\.\d{1,9})*+")
_SHORT = lazy_regex(r"10/[a-z0-9]{3,9}", regex.IGNORECASE)
_LOOKALIKES = str.maketrans("OoIl,", "0011.")  # in a prefix, which has only digits and points
_DASHES = lazy_regex(r"(?<=\w)[‐‑‒–—−](?=\w)")
PAGES = "/(?:full|fulltext|full-text|abstract|pdf|epdf|pdfdirect|html|meta)"
"""A pattern for what publishers' sites put after a DOI for one of its pages."""
_PAGE = lazy_regex(rf"{PAGES}\Z")
_ENDS = {
    ".": "a full stop",
    ",": "a comma",
    ";": "a semicolon",
    ":": "a colon",
    "'": "a quotation mark",
    '"': "a quotation mark",
    "”": "a quotation mark",
    "’": "a quotation mark",
}

# 10.5555 is Crossref's prefix for tests; the ACM and CABI number real works under it, with long numbers. 10.1234 is a
# prefix of nobody's that invented DOIs like to begin with.
_MADE_UP = lazy_regex(
    r"10\.1234/.*|10\.5555/(?:(?!\d{6,12}(?:\.\d{4,8})?$).*|12345678)|10\.(?:xxxx|XXXX|0000)/.*"
    r"|10\.\d{4,9}/(?:x{3,}|X{3,}|example|placeholder).*"
)


def fault(written: str) -> Fault | None:
    """What is wrong with a DOI, or the part of an address after `doi.org/`; percent-encoding is understood."""
    prefix, slash, suffix = decoded(written).partition("/")
    if _SHORT.fullmatch(decoded(written)):
        return None
    if not _PREFIX.fullmatch(prefix):
        return _prefix_fault(prefix, written)
    if not slash or not suffix:
        return Fault("the DOI ends before its suffix")
    if any(map(str.isspace, suffix)):
        return Fault("there is a space in the DOI")
    if trimmed := _trimmed(written):
        return Fault(*trimmed)
    if _DASHES.search(written):
        return Fault("there is a dash in the DOI where a hyphen belongs", _DASHES.sub("-", written))
    if page := _PAGE.search(written):
        return Fault(f"{page[0]} belongs to a publisher's page, not to the DOI", written[: page.start()])
    return None


def made_up(written: str) -> bool:
    """Whether a DOI is one of a manual, of a test, or of a form to be filled in."""
    return _MADE_UP.fullmatch(written) is not None


def same(one: str, other: str) -> bool:
    """Whether two written DOIs are one: case and percent-encoding do not count."""
    return decoded(one).casefold() == decoded(other).casefold()


def _prefix_fault(prefix: str, written: str) -> Fault:
    likely = prefix.translate(_LOOKALIKES)
    if _PREFIX.fullmatch(likely):
        strange = next(one for one, meant in zip(prefix, likely, strict=True) if one != meant)
        return Fault(f"{strange} is in the DOI's prefix, which has digits only", likely + written[len(likely) :])
    return Fault(f"a DOI's prefix is 10. and four to nine digits, not {prefix}")


def _trimmed(written: str) -> tuple[str, str] | None:
    """What a DOI ends in that is not its own, in words, and the DOI without it."""
    end, named = len(written), ""
    while end:
        last = written[end - 1]
        if last in BRACKETS and written.count(last, 0, end) > written.count(BRACKETS[last], 0, end):
            named = named or "a bracket that it does not open"
        elif last in _ENDS:
            named = named or _ENDS[last]
        else:
            break
        end -= 1
    return (f"the DOI ends in {named}", written[:end]) if named else None
