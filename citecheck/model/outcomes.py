"""What a check against the outside comes to: an outcome of three, never of two.

Only `wrong` makes a finding. `unknown` is counted and reported with its reason, and never counts as a pass.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

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
    PROXY = "proxy"  # behind a proxy, where the address cannot be judged
    TOO_LARGE = "too-large"
    NO_TEXT = "no-text"  # an answer or a file without text: a scanned PDF, an image
    NO_LOCATOR = "no-locator"  # the entry names nothing that could be looked up
    REFUSED = "refused"  # an address that is never asked, such as one of a private network
    NOT_INDEXED = "not-indexed"  # the registry does not have all works, so that absence says nothing
    CANNOT_TELL = "cannot-tell"
    NOT_PINNED = "not-pinned"  # no text of the source is stored
    NOT_KEPT = "not-kept"  # only passages of the source are stored, and not these words
    CHANGED = "changed"  # the stored text is not the one that was pinned


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
