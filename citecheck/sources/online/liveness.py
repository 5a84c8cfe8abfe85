"""What an answer says of an address: that a reader finds the page there, that none does, or that nobody can tell.

Only a server that says so itself makes an address dead: 404, 410, a page whose title is `Page not found`, redirects
in a circle, or to the front page from deep within a site. A refusal says nothing of a page.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from citecheck.checks.titles import is_generic
from citecheck.identifiers.url import bare
from citecheck.lexicon import words_of
from citecheck.model.outcomes import Outcome, Reason
from citecheck.sources.online.client import Answer, host_of
from citecheck.text.patterns import lazy_re

_TITLE = lazy_re(r"<title\b[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_HEADING = lazy_re(r"<h1\b[^>]{0,300}>([^<]{0,300})", re.IGNORECASE)
_PARTS = lazy_re(r" [|–—·»:-] | ?[|»] ?")
_NOT_FOUND = lazy_re(
    r"(?:http )?(?:error )?404(?: error)?[.!:,-]?(?: ?[-:–]? ?(?:page |file |error |page was )?not found)?[.!]?"
    r"|(?:error:? )?(?:the |this |that )?(?:page|file|content|article|document)(?: you requested)?"
    r"(?: was| is| could)? ?(?:not|can ?not|can.t|cannot)(?: be)? found[.!]?|not found"
    rf"|page (?:does not|doesn.t) exist[.!]?|(?:{words_of('soft_404.not_found').pattern})[.!]?",
    re.IGNORECASE,
)
_NAMED_SO = lazy_re(r"404|not[-_ ]?found", re.IGNORECASE)  # a page about such pages
_LOGIN = lazy_re(
    r"/(?:log[-_]?in|sign[-_]?in|sso|auth|authenticate|account/login|users/sign_in|wp-login\.php|cas/login"
    r"|saml2?|oauth2?|session/new)(?:/|$|\.)",
    re.IGNORECASE,
)
_FRONT = lazy_re(r"/?(?:index\.\w{2,5}|home|[a-z]{2}(?:-[a-z]{2})?)?/?", re.IGNORECASE)
_DEEP: Final = 2  # parts of a path below which the front page may be the page that was meant
_TOO_EARLY: Final = frozenset({401, 407})


class Judgement(NamedTuple):
    """An outcome, why it is unknown, where it is, and the answer in a reader's words; where a page has moved to."""

    outcome: Outcome
    reason: Reason | None = None
    words: str = ""
    moved: str = ""


def judged(answer: Answer) -> Judgement:
    """What an answer says of its address."""
    if answer.reason is Reason.NO_HOST:
        return Judgement(Outcome.WRONG, None, "no host has this name")
    if answer.reason is not None:
        return Judgement(Outcome.UNKNOWN, answer.reason, answer.words)
    status = answer.status
    if 300 <= status < 400:
        told = answer.words or f"HTTP {status} without an address"
        return Judgement(Outcome.WRONG if answer.words else Outcome.UNKNOWN, _unknown(answer.words), told)
    if status in (404, 410):
        behind = "" if answer.final == answer.url else f" at {host_of(answer.final)}, where it redirects to"
        return Judgement(Outcome.WRONG, None, f"HTTP {status}{behind}")
    if status in _TOO_EARLY:
        return Judgement(Outcome.UNKNOWN, Reason.LOGIN, f"HTTP {status}")
    if not 200 <= status < 300:
        return Judgement(Outcome.UNKNOWN, _refusal(status), f"HTTP {status}")
    return _page(answer)


def _unknown(words: str) -> Reason | None:
    return None if words else Reason.CANNOT_TELL


def _refusal(status: int) -> Reason:
    if status in (403, 429):
        return Reason.HTTP_403 if status == 403 else Reason.HTTP_429
    return Reason.HTTP_5XX if 500 <= status < 600 else Reason.HTTP_4XX


def _page(answer: Answer) -> Judgement:
    """What a page that was sent says of its address."""
    asked, final = urlsplit(answer.url), urlsplit(answer.final)
    if answer.final != answer.url:
        if _LOGIN.search(final.path) and not _LOGIN.search(asked.path):
            return Judgement(Outcome.UNKNOWN, Reason.LOGIN, f"it redirects to {final.path} at {host_of(answer.final)}")
        if _is_front(asked.path, asked.query, final.path, final.query) and bare(asked.netloc) == bare(final.netloc):
            return Judgement(Outcome.WRONG, None, "it redirects to the front page of the site")
    named_so = _NAMED_SO.search(unquote(f"{asked.path}?{asked.query}"))
    if "html" in answer.headers.get("content-type", "html") and not named_so:
        titles = _titles(answer.body.decode("utf-8", "replace"))
        for title in filter(_NOT_FOUND.fullmatch, titles):
            return Judgement(Outcome.WRONG, None, f"the page says “{title}”")
        for title in filter(is_generic, titles):
            return Judgement(Outcome.UNKNOWN, Reason.WALL, f"the page says “{title}”")
    return Judgement(Outcome.OK, None, f"HTTP {answer.status}", _moved(answer))


def _titles(text: str) -> list[str]:
    """What a page calls itself: the parts of its title, and its first heading."""
    title, heading = _TITLE.search(text), _HEADING.search(text)
    parts = _PARTS.split(_plain(title[1])) if title else []
    whole = [_plain(title[1])] if title else []
    return [part for part in (*whole, *parts, *([_plain(heading[1])] if heading else [])) if part]


def _plain(words: str) -> str:
    return " ".join(unescape(words).split())


def _is_front(asked: str, query: str, final: str, final_query: str) -> bool:
    """Whether a page deep within a site points to its front page."""
    deep = len([part for part in asked.split("/") if part]) >= _DEEP
    return deep and not query and not final_query and _FRONT.fullmatch(final) is not None


def _moved(answer: Answer) -> str:
    """Where a page has moved to for good: to another place, and not only to https, `www.` or a slash at its end."""
    if not answer.moved or answer.moved != answer.final or _same(answer.moved, answer.url):
        return ""
    return answer.moved


def _same(one: str, other: str) -> bool:
    return bare(one).rstrip("/").casefold() == bare(other).partition("#")[0].rstrip("/").casefold()
