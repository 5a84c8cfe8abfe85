"""What a check against the outside comes to: an outcome of three, never of two.

Only `wrong` makes a finding. `unknown` is counted and reported with its reason, and never counts as a pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from citecheck.text.spans import Span


class Outcome(StrEnum):
    """What a check against the outside can say."""

    OK = "ok"
    WRONG = "wrong"
    UNKNOWN = "unknown"


class Aspect(StrEnum):
    """What of a source, or of a claim that cites it, is checked."""

    QUOTATION = "quotation"  # quoted words, in the text of the source
    FIGURE = "figure"  # a number with its unit, in the texts of all sources of its claim
    SNAPSHOT = "snapshot"  # the stored text, against its hash
    LINK = "link"  # the address, as a reader would follow it
    PLACE = "place"  # whether the page is still at that address
    IDENTIFIER = "identifier"  # whether a registry knows it
    WORK = "work"  # whether the identifier is that of the work that the entry describes
    METADATA = "metadata"  # the entry's title, year and first author, against the registry's record
    RETRACTION = "retraction"
    VERSION = "version"  # whether there is a newer one
    ARCHIVE = "archive"  # whether an archive has a copy


class Reason(StrEnum):
    """Why an outcome is unknown; a closed list, so that programs can count."""

    HTTP_403 = "http-403"
    HTTP_429 = "http-429"
    HTTP_4XX = "http-4xx"  # another refusal of the request, such as 401 or 451
    HTTP_5XX = "http-5xx"
    TIMEOUT = "timeout"
    BROKEN = "broken"  # the connection was reset, or the answer is no HTTP
    WALL = "wall"  # a page that asks for payment, consent, or proof of being human
    LOGIN = "login"
    ROBOTS = "robots"  # the host's robots.txt does not allow a copy
    TLS = "tls"
    NO_HOST = "no-host"
    OFFLINE = "offline"
    PROXY = "proxy"  # after a proxy, where the address cannot be judged
    TOO_LARGE = "too-large"
    NO_TEXT = "no-text"  # an answer or a file without text: a scanned PDF, an image
    NO_LOCATOR = "no-locator"  # the entry names nothing that could be looked up
    REFUSED = "refused"  # an address that is never asked, such as one of a private network
    NOT_INDEXED = "not-indexed"  # the registry does not have all works, so that absence says nothing
    CANNOT_TELL = "cannot-tell"
    NOT_PINNED = "not-pinned"  # no text of the source is stored
    NOT_KEPT = "not-kept"  # only passages of the source are stored, and not these words
    CHANGED = "changed"  # the stored text is not the one that was pinned

    @property
    def words(self) -> str:
        """It in a reader's words: `HTTP 403`, `no host`."""
        plain = self.value.replace("-", " ")
        return plain.replace("http", "HTTP") if plain.startswith("http") else plain


class Verification(NamedTuple):
    """The outcome of one check of one source, or of one claim against its sources.

    `source` is the identity of the source that was asked, as `citecheck.sources.identity` writes it: of the first,
    where a figure is looked for in several. `labels` are all that were asked, as the document lists them. `span` is
    what the check is about: a quotation, a figure, an entry; `text` is how the document writes it. `evidence` is what a
    reader needs to judge for himself: the passage of the source, the answer of a registry. `checked_at` is when the
    outside was asked, by RFC 3339 in UTC; None for a check of texts at hand. `cached` is whether the answer was stored
    earlier. `elsewhere` is the label of another listed source that has what this one lacks. `detail` says in a few
    words what differs, or what a quotation that is found leaves out.
    """

    aspect: Aspect
    outcome: Outcome
    source: str
    labels: tuple[str, ...]
    span: Span
    text: str = ""
    reason: Reason | None = None
    evidence: str = ""
    checked_at: str | None = None
    cached: bool = False
    elsewhere: str | None = None
    detail: str = ""

    @property
    def online(self) -> bool:
        """Whether somebody was asked over a network."""
        return self.aspect in _ONLINE

    @property
    def unanswered(self) -> bool:
        """Whether it counts as not checked: of all that is asked of an identifier or an address, one does."""
        reaching = self.aspect in _REACHED and self.reason is not Reason.NO_LOCATOR
        return self.outcome is Outcome.UNKNOWN and (reaching or not self.online)

    @property
    def told(self) -> str:
        """Why it is unknown, in a reader's words."""
        return self.evidence or (self.reason or Reason.CANNOT_TELL).words


_REACHED: Final = frozenset({Aspect.LINK, Aspect.IDENTIFIER})  # what tells whether there is such a source at all
_COUNTED: Final = _REACHED | {Aspect.WORK, Aspect.METADATA, Aspect.RETRACTION}
_ONLINE: Final = _COUNTED | {Aspect.PLACE, Aspect.VERSION, Aspect.ARCHIVE}


def counts_of(verifications: Iterable[Verification]) -> dict[str, int]:
    """How much was asked, and of each outcome how much, by the names of a summary's fields.

    All that is asked of an identifier or an address counts as one: it is wrong where anything is, otherwise ok where
    there is such a source, otherwise unknown. An entry that names nothing to ask was not asked about.
    """
    found: list[Outcome] = []
    together: dict[tuple[str, Span], list[Verification]] = {}
    for each in verifications:
        if not each.online:
            found.append(each.outcome)
        elif each.aspect in _COUNTED and each.reason is not Reason.NO_LOCATOR:
            together.setdefault((each.source, each.span), []).append(each)
    found += map(_as_one, together.values())
    return {"asked": len(found), **{outcome.value: found.count(outcome) for outcome in Outcome}}


def _as_one(verifications: Sequence[Verification]) -> Outcome:
    if any(each.outcome is Outcome.WRONG for each in verifications):
        return Outcome.WRONG
    reached = any(each.outcome is Outcome.OK and each.aspect in _REACHED for each in verifications)
    return Outcome.OK if reached else Outcome.UNKNOWN
