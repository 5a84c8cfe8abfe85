"""The texts of pages, to be stored: fetched where the host's robots.txt allows a copy, and read by their type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from citecheck.errors import CitecheckError
from citecheck.model.outcomes import Outcome, Reason
from citecheck.sources.extraction import Extracted, from_html, from_pdf, from_text
from citecheck.sources.online.asking import Asked, Asking
from citecheck.sources.online.client import Answer, Question
from citecheck.sources.online.liveness import judged

_LARGEST: Final = 20 * 1024 * 1024  # bytes of a page
_LARGEST_RULES: Final = 500 * 1024  # bytes of a robots.txt that are read (RFC 9309, section 2.5)
_AGENT: Final = "citecheck"
_READERS: Final = MappingProxyType(
    {
        **dict.fromkeys(("text/html", "application/xhtml+xml"), from_html),
        **dict.fromkeys(("text/plain", "text/markdown"), from_text),
        "application/pdf": from_pdf,
    }
)


class Copy(NamedTuple):
    """What was fetched from an address: its text and its bytes, or why there is none, in words and by its reason."""

    url: str
    asked: Asked
    text: Extracted | None = None
    outcome: Outcome = Outcome.OK
    reason: Reason | None = None
    words: str = ""


def copies(asking: Asking, urls: Iterable[str]) -> Iterator[Copy]:
    """What is at each address, as it comes."""
    wanted = list(dict.fromkeys(urls))
    rules = {_rules(url): url for url in wanted}
    allowed = {question.url: asked.answer for question, asked in asking.answers(map(_question_of_rules, rules))}
    open_to_us = [url for url in wanted if _allows(url, allowed)]
    for url in wanted:
        if url not in open_to_us:
            nothing = Asked(Answer(url, url), 0.0)
            yield Copy(url, nothing, None, Outcome.UNKNOWN, Reason.ROBOTS, "its robots.txt does not allow a copy")
    for question, asked in asking.answers(Question(url, most=_LARGEST, whole=True) for url in open_to_us):
        yield _copy(question.url, asked)


def _copy(url: str, asked: Asked) -> Copy:
    judgement = judged(asked.answer)
    if judgement.outcome is not Outcome.OK:
        return Copy(url, asked, None, judgement.outcome, judgement.reason, judgement.words)
    type_ = asked.answer.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if asked.answer.body[:5] == b"%PDF-":
        type_ = "application/pdf"
    if type_ not in _READERS:
        return Copy(url, asked, None, Outcome.UNKNOWN, Reason.NO_TEXT, f"no text is read from {type_[:60]}")
    try:
        return Copy(url, asked, _READERS[type_](url, asked.answer.body))
    except CitecheckError as error:  # a broken PDF, or one without the extra that reads it
        return Copy(url, asked, None, Outcome.UNKNOWN, Reason.NO_TEXT, str(error))


def _rules(url: str) -> str:
    """Where the rules of an address's host are (RFC 9309, section 2.3)."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def _question_of_rules(url: str) -> Question:
    return Question(url, "text/plain", _LARGEST_RULES)


def _allows(url: str, rules: Mapping[str, Answer]) -> bool:
    """Whether a host lets its page be copied: it does where it has no rules, or none that can be read."""
    answer = rules.get(_rules(url))
    if answer is None or not answer.good:
        return True
    parser = RobotFileParser()
    parser.parse(answer.body.decode("utf-8", "replace").splitlines())
    return parser.can_fetch(_AGENT, url)
