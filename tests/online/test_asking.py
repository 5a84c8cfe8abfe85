"""Many questions: the pace of each host, and a run that is killed between any two answers."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from citecheck.model.outcomes import Reason
from citecheck.sources.online.asking import Asking
from citecheck.sources.online.cache import Cache
from citecheck.sources.online.client import Question, Unanswered
from citecheck.sources.online.hosts import PACES, Hosts, Pace
from citecheck.sources.online.lanes import Task, in_lanes
from tests.online.server import Clock, Exchange, Server, client, hosts, serving

KILLS = int(os.environ.get("CITECHECK_TEST_KILLS", "3"))
ADDRESSES = 200
NAMES = 32  # of hosts

RUN = """
import json, sys
from citecheck.sources.online.asking import Asking
from citecheck.sources.online.cache import Cache
from citecheck.sources.online.client import Client, Limits
from citecheck.sources.online.guard import Guard
from citecheck.sources.online.hosts import Hosts, Pace
from citecheck.sources.online.liveness import judged
from citecheck.sources.online.lookups import Inquiry, Wanted
from tests.online.server import everywhere, only
port, folder, count, names = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
hosts = Hosts({}, Pace(0.0, 2))
cache = Cache(folder)
asking = Asking(Client(Guard(only(port), everywhere), hosts.turn, agent="test", limits=Limits()), hosts, cache)
urls = [f"http://host{n % names}.test:{port}/{n}" for n in range(count)]
answers = Inquiry(asking, hosts).told(Wanted("url", url) for url in urls)
said = {each.value: judged(told.asked.answer)[:3] for each, told in answers}
cache.close()
print(json.dumps(sorted(said.items())))
"""


def page(exchange: Exchange) -> None:
    """One of several answers, by the number in the path, each after a while."""
    number = int(exchange.path[1:])
    time.sleep(0.01)
    if number % 7 == 0:
        exchange.send(404, b"")
    elif number % 11 == 0:
        exchange.send(403, b"")
    else:
        exchange.send(200)


@contextmanager
def running(server: Server, folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", RUN, str(server.port), str(folder), str(ADDRESSES), str(NAMES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def whole(server: Server, folder: Path) -> object:
    with running(server, folder) as process:
        return json.loads(process.communicate(timeout=60)[0])


def test_a_killed_run_is_taken_up_where_it_was(tmp_path: Path) -> None:
    chance = random.Random(23)
    with serving({"^/": page}) as server:
        undisturbed = whole(server, tmp_path / "undisturbed")
        for kill in range(KILLS):
            server.asked = Counter()
            folder = tmp_path / str(kill)
            with running(server, folder) as process:
                moment = chance.randrange(1, ADDRESSES - NAMES)
                while server.asked.total() < moment:
                    time.sleep(0.001)
                process.kill()
            assert server.asked.total() < ADDRESSES
            assert undisturbed == whole(server, folder)
            assert max(server.asked.values()) <= 2
            before = server.asked.total()
            assert before <= ADDRESSES + NAMES  # only what was under way is asked again
            assert undisturbed == whole(server, folder)
            assert before == server.asked.total()


def test_a_host_is_asked_no_more_often_than_its_pace_allows() -> None:
    clock = Clock()
    at = Hosts({"slow.test": Pace(3.0, 1)}, Pace(0.25, 2), clock=clock, sleep=clock.sleep)
    starts: list[tuple[str, float]] = []

    def ask(host: str) -> None:
        with at.turn(host):
            starts.append((host, clock.now))

    for _ in in_lanes([Task("slow.test", lambda: ask("slow.test")) for _ in range(5)], at):
        pass
    assert [0.0, 3.0, 6.0, 9.0, 12.0] == [when for host, when in starts]


@pytest.mark.parametrize(("host", "at_once"), [("export.arxiv.org", 1), ("example.org", 2)])
def test_no_more_are_under_way_at_a_host_than_it_allows(host: str, at_once: int) -> None:
    at = Hosts(PACES, Pace(0.0, 2), sleep=lambda _: None)
    under_way, most = 0, 0
    lock = threading.Lock()

    def ask() -> None:
        nonlocal under_way, most
        with at.turn(host):
            with lock:
                under_way += 1
                most = max(most, under_way)
            time.sleep(0.005)
            with lock:
                under_way -= 1

    for _ in in_lanes([Task(host, ask) for _ in range(12)], at):
        pass
    assert at_once == most


def test_what_a_service_says_of_its_pace_counts() -> None:
    with serving(
        {"/": lambda exchange: exchange.send(200, x_rate_limit_limit="2", x_rate_limit_interval="1s")}
    ) as server:
        clock = Clock()
        at = Hosts({}, Pace(0.1, 2), clock=clock, sleep=clock.sleep)
        asking = Asking(client(server, at), at, Cache(None))
        for number in range(3):
            list(asking.answers([Question(server.url(f"/?{number}"))]))
    assert [0.1, 0.5] == [pytest.approx(each) for each in clock.slept][:2]


def test_a_host_that_is_left_alone_is_not_asked() -> None:
    at = hosts()
    at.leave("a.test", Reason.HTTP_429, "HTTP 429")
    with pytest.raises(Unanswered, match="429"), at.turn("a.test"):
        pass
    with at.turn("b.test"):
        pass


def test_an_error_of_a_task_is_raised() -> None:
    def fail() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(in_lanes([Task("a.test", fail)], hosts()))


def test_three_hundred_addresses_a_second_are_asked() -> None:
    """Of 32 hosts that take 50 ms each; half as many here, as the server shares the processors."""

    def slowly(exchange: Exchange) -> None:
        time.sleep(0.05)
        exchange.send(200)

    with serving({"^/": slowly}) as server:
        at = Hosts({}, Pace(0.0, 2))
        asking = Asking(client(server, at), at, Cache(None))
        questions = [Question(server.url(f"/{number}", f"host{number % NAMES}.test")) for number in range(320)]
        start = time.monotonic()
        answers = list(asking.answers(questions))
        seconds = time.monotonic() - start
    assert 320 == sum(asked.answer.good for _, asked in answers)
    assert 320 / seconds > 60, f"{320 / seconds:.0f} a second"
