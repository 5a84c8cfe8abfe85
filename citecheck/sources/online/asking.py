"""Many questions: each from the cache where that knows the answer, otherwise asked, each host at its pace.

A question is asked once a run, anyone who asks it. What a host refuses for now, 429 and 5xx, and what breaks is asked
again twice at most, after what `Retry-After` says where that is a minute at most; a host that wants to be left alone
for longer is, for the rest of the run. An answer that comes to nothing never takes the place of a good one that holds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Final, NamedTuple

from citecheck.model.outcomes import Reason
from citecheck.sources.online.cache import Cache, Stored
from citecheck.sources.online.client import Answer, Client, Question, host_of
from citecheck.sources.online.hosts import Hosts
from citecheck.sources.online.lanes import Task, in_lanes

DAY: Final = 86_400.0
WEEK: Final = 7 * DAY
_HOUR: Final = 3_600.0
_AGAIN: Final = 2  # times that a question is asked again
_LATER: Final = frozenset({429, 500, 502, 503, 504})
_GONE: Final = frozenset({404, 410})
_PATIENCE: Final = 60.0  # seconds that a host may ask to be left alone for
_PAUSE: Final = 1.0  # seconds before a question is asked again, twice as many the next time


class Asked(NamedTuple):
    """An answer, when it came (seconds since 1970), and whether that was in an earlier run."""

    answer: Answer
    at: float
    cached: bool = False

    @property
    def when(self) -> str:
        """When it came, by RFC 3339 in UTC."""
        return datetime.fromtimestamp(self.at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Asking:
    """Asks within one run.

    An answer holds for `max_age` seconds; one that something is gone for a day at most, and one that came to nothing
    for an hour. Where it is `offline`, the cache alone is asked, whatever the age of what it has, and no connection is
    made.
    """

    def __init__(
        self,
        client: Client,
        hosts: Hosts,
        cache: Cache,
        *,
        max_age: float = WEEK,
        offline: bool = False,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._client = client
        self._hosts = hosts
        self._cache = cache
        self._max_age = max_age
        self._now = now
        self.offline: Final = offline

    def known(self, key: str) -> Asked | None:
        """The answer under a key, where the cache has one that holds."""
        stored = self._cache.get(key)
        return Asked(*stored, cached=True) if stored and (self.offline or self._fresh(stored)) else None

    def keep(self, key: str, answer: Answer) -> Asked:
        """Keeps an answer under a key, unless it comes to nothing and a good one still holds."""
        now = self._now()
        held = None if answer.good or is_gone(answer) else self._cache.get(key)
        if not (held and held.answer.good and now - held.at < WEEK):
            self._cache.put(key, answer, now)
        return Asked(answer, now)

    def answers(self, questions: Iterable[Question]) -> Iterator[tuple[Question, Asked]]:
        """Each question with its answer, as they come: those that the cache knows first."""
        tasks: list[Task[tuple[Question, Asked]]] = []
        for question in dict.fromkeys(questions):
            if known := self.known(key_of(question)):
                yield question, known
            elif self.offline:
                yield question, self.unasked(question.url)
            else:
                tasks.append(Task(host_of(question.url), partial(self.asked, question)))
        yield from in_lanes(tasks, self._hosts)

    def unasked(self, url: str) -> Asked:
        """What is said offline of what no earlier run asked."""
        return Asked(Answer(url, url, 0, Reason.OFFLINE, "no earlier run asked"), self._now())

    def asked(self, question: Question) -> tuple[Question, Asked]:
        """The answer to one question, asked now, and kept."""
        key = key_of(question)
        stored = self._cache.get(key)
        answer = self._persistent(question, _validators(stored))
        if answer.status == 304 and stored:
            answer = stored.answer
        return question, self.keep(key, answer)

    def fetch(self, question: Question) -> Answer:
        """The answer to one question, asked now, and not kept: what reads it keeps what it makes of it."""
        return self._persistent(question, {})

    def _persistent(self, question: Question, validators: Mapping[str, str]) -> Answer:
        """The answer, after asking again where that may help."""
        answer = self._client.ask(question, validators)
        for attempt in range(_AGAIN):
            host = host_of(answer.final)
            if answer.status not in _LATER and answer.reason is not Reason.BROKEN:
                break
            wait = _wait(answer.headers.get("retry-after", ""), self._now()) or _PAUSE * 2**attempt
            if wait > _PATIENCE:
                reason = Reason.HTTP_429 if answer.status == 429 else Reason.HTTP_5XX
                self._hosts.leave(host, reason, f"HTTP {answer.status}, and wants to be left alone for long")
                break
            self._hosts.rest(host, wait)
            answer = self._client.ask(question, validators)
        self._heed(answer)
        return answer

    def _heed(self, answer: Answer) -> None:
        """Keeps the pace that a service names in its headers."""
        limit, interval = (answer.headers.get(f"x-rate-limit-{name}", "") for name in ("limit", "interval"))
        seconds = interval.strip().removesuffix("s")
        if limit.isdecimal() and seconds.isdecimal() and int(limit):
            self._hosts.slow(host_of(answer.final), min(int(seconds) / int(limit), _PATIENCE))

    def _fresh(self, stored: Stored) -> bool:
        age, answer = self._now() - stored.at, stored.answer
        most = self._max_age if answer.good else min(self._max_age, DAY if is_gone(answer) else _HOUR)
        return 0 <= age < most


def is_gone(answer: Answer) -> bool:
    """Whether an answer says that there is nothing: 404, 410, or redirects without end."""
    return answer.reason is None and (answer.status in _GONE or 300 <= answer.status < 400)


def key_of(question: Question) -> str:
    """What the answer to a question is kept under."""
    return f"{question.url} {question.accept} {question.most}"


def _validators(stored: Stored | None) -> dict[str, str]:
    """The headers by which a host tells whether an answer still holds."""
    if stored is None or not stored.answer.good or stored.answer.final != stored.answer.url:
        return {}
    headers = stored.answer.headers
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {sent: headers[name] for name, sent in names.items() if name in headers and headers[name].isprintable()}


def _wait(header: str, now: float) -> float:
    """The seconds that `Retry-After` asks for, by number or by date (RFC 9110, section 10.2.3); nought for none."""
    if header.strip().isdecimal():
        return float(header.strip()[:12])
    try:
        return max(parsedate_to_datetime(header).timestamp() - now, 0.0) if header else 0.0
    except (ValueError, OverflowError):
        return 0.0
